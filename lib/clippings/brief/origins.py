"""Origins of claims: who reported each claim first, and how many sources are independent."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from clippings.brief.affiliations import Speaker, are_shown_apart, speaks_for
from clippings.brief.assertion import asserts_event
from clippings.brief.attribution import (
    AGENCY,
    NAME,
    OUTLET,
    REPORTS,
    agency_of_article,
    attribution_in,
    belongs_to,
    canonical_name,
    is_judgement_or_denial,
    is_same_name,
    is_unnamed_medium,
    medium_of,
    relay_in,
    standard_name,
)
from clippings.brief.clauses import sentence_around
from clippings.core.lexicon import words_of
from clippings.core.spans import SpanIndex, enclosing
from clippings.core.tables import by_article
from clippings.core.tokens import fold, folded_words
from clippings.corpus.paragraphs import paragraph_spans
from clippings.repeats.copies import mark_duplicates
from clippings.timeline.default_events import OTHER, STATEMENT, is_finite_verb

COLUMNS = {
    "claim": "str",
    "kind": "str",
    "place": "str",
    "origin": "str",
    "origin_type": "str",
    "speaker": "str",
    "outlet": "str",
    "mentions": "int64",
    "chain": "str",
    "folded_into": "str",
    "folded_because": "str",
    "reason": "str",
}

# Types of origins
NAMED_SOURCE = "named_source"
UNNAMED_SOURCE = "unnamed_source"

# Reasons for folding one origin into another
DUPLICATE = "duplicate"
SAME_CHAIN = "same_chain"
SAME_BODY = "same_body"
COLLEAGUE = "colleague"
ATTRIBUTED = "attributed"
NOT_SHOWN = "not_shown"
SAME_NAME = "same_name"
SAME_WORDS = "same_words"
PRESUPPOSED = "presupposed"
SAME_SENTENCE = "same_sentence"

# Separator between the steps of a chain, which leads from the article to the origin.
CHAIN_ARROW = " ← "

# Number of characters around a speaker's name in which to look for the body that the person
# represents: "Anna Lund, a spokeswoman for the Water Board".
SPOKESPERSON_WIDTH = 80

# Number of consecutive words that two people rarely use by chance: if they are equal, they are the
# same statement, or one is copied from the other.
SHARED_WORDS = 8

# The first word of a clause at the start of a sentence: "When the dam broke, Lund said".
FRONTED_CLAUSE = re.compile(
    r"\s*(?:Although|After|As|Because|Before|Once|Since|Though|Until|When|While)\s"
)

# Singapore Airlines (SIA)
DEFINITION = re.compile(rf"(?P<name>{NAME})\s+\((?P<short>[A-Z][A-Za-z&.]{{1,7}})\)", re.VERBOSE)

# Number of characters between a name and its verb: "Lund also said", "said Mr Lund".
MAX_DISTANCE_OF_CUE = 6

# "The Water Board, whose dam collapsed, said"
ASIDE_AFTER_NAME = re.compile(r",\s[^“”\"]{1,120},\s")

# Words about the future, which do not make the speaker a witness: "After the dam broke, the Board
# said that it would pay"
INTENTION = re.compile(
    r"(?:\S+\s){0,5}(?:will|would|shall|should|must|plans?|planned|intends?|wants?)\s"
)

# Only titles stand between the comma and the name: ", Mr Lund", ", the agency's director Anna Lund"
COMMA_BEFORE_SPEAKER = re.compile(r",\s(?!with\s)(?:[\w’'-]+\.?\s){0,4}$")

# An inserted attribution ends with a comma: ", Lund said on Monday, and"
COMMA_AFTER_CUE = re.compile(r"(?:\s[\w.]+){0,4},")

# A quotation that continues in the next paragraph is closed only there.
QUOTED = re.compile(
    r"""
      “ [^“”]+ (?: ” | $ )        # “The dam collapsed before dawn”
    | " [^"]+ (?: " | $ )        # "The dam collapsed before dawn"
    | `` .+? (?: '' | $ )        # ``The dam collapsed before dawn''
    """,
    re.VERBOSE | re.DOTALL,  # a quotation can extend over several lines of its paragraph
)


def count_origins(
    claims: pd.DataFrame, quotes: pd.DataFrame, repeats: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Count the mentions of each claim by the origin that the articles state.

    Parameters
    ----------
    claims, quotes, repeats, articles : pandas.DataFrame
        Tables of the same articles. Rejected rows of claims, claims of the kind "other" and
        statements are excluded.

    Returns
    -------
    pandas.DataFrame
        One row per claim, origin and way of counting it, sorted by these columns:

        - `claim`, `kind`, `place`: the label, kind and place of the claim.
        - `origin`: the named speaker, agency or outlet. An unnamed source is described in the words
          of the article, with the outlet in brackets. If an article's outlet is unknown, its id
          takes the place of the outlet.
        - `origin_type`: `named_source`, `agency`, `unnamed_source`, `unnamed_reports` or `outlet`.
        - `speaker`: the speaker's name, or the article's description of an unnamed speaker; ""
          for the article's own words. For an agency or outlet that relays an unnamed source, the
          description of that source.
        - `outlet`: the outlet (or article id) that quotes an unnamed source or is itself the
          origin; "" for named sources, whom several outlets may quote.
        - `mentions`: the number of mentions of the claim.
        - `chain`: how the information reached the article: its outlet, any agency or outlet that
          it relays, and the origin, separated by CHAIN_ARROW.
        - `folded_into`: "" if the origin counts as independent; otherwise the origin with which
          it is counted.
        - `folded_because`: the reason for this. `duplicate`: the text repeats an earlier article;
          `unnamed_reports`: the article does not say whose reports they are; `same_chain`: the
          information came through the other origin; `same_body`: the speaker represents the other
          origin, or is a part of it; `colleague`: the speaker represents the same body as the
          other; `same_name`: the name is the surname of the other origin; `same_words`: at
          least eight consecutive words are equal, so both are the same statement or text;
          `attributed`: the article's own words or an unnamed source, in an article that names the
          agency, outlet or speaker it relies on; `not_shown`: the articles do not show that the two
          are independent; `presupposed`: the speaker refers to the event without reporting it ("he
          condemned the attack"); `same_sentence`: the speaker is quoted in the sentence that
          mentions the event, but perhaps not on the event. The last two name the outlet of the
          article in `folded_into`, as there is no other origin.
        - `reason`: how the origin was identified. `quoted`: a named speaker; `relayed`: an agency
          or another outlet; `unnamed`: an unnamed source; `own_words`: the article itself;
          `no_speaker`: a quotation whose speaker was not identified; `unnamed_reports`: reports
          whose author is not named.

    Notes
    -----
    An origin that is not folded counts as independent: each named speaker who reports the event
    rather than referring to it as known, and at most one agency or outlet that others relay. If
    there is a named speaker, the agency or outlet counts only if it cites a source of another type
    (residents rather than an official); otherwise it may rely on the speaker. If a claim also has
    rows folded as `not_shown`, `presupposed` or `same_sentence`, this number is a minimum. An
    article's own words do not count as an independent source, because two articles may rely on the
    same press conference.

    A mention is attributed to the speaker of the outermost quotation around it, who is responsible
    for repeating the words of others. Inside the report of an agency or another outlet, however,
    it is attributed to the speaker whom the report quotes. "The source" and "he" refer to the last
    unnamed source of the same type in the article. Outside quotations, the origin is taken from
    datelines and from phrases such as "as first reported by", "the announcement by Lund that" and
    "Lund accused them of".

    Not recognised: a source that is named in a different sentence from the mention.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> origins = cl.count_origins(tables["claims"], tables["quotes"], tables["repeats"], articles)
    >>> breach = origins[(origins.kind == "breach") & (origins.place == "Harbour Quarter")]
    >>> breach[["origin", "folded_because", "reason"]]
                     origin folded_because   reason
    0         Northern Wire      not_shown  relayed
    1  Ostrand Fire Service                  quoted
    """
    reader = _OriginReader(quotes, repeats, articles)
    particular = claims[(claims.status != "rejected") & ~claims.kind.isin([OTHER, STATEMENT])]
    mentions_of_claim: dict[tuple[str, str, str], list[_Attributed]] = defaultdict(list)
    for row in mark_duplicates(particular, repeats).itertuples():
        attributed = reader.read(row)
        mentions_of_claim[row.label, row.kind, row.place].append(attributed)

    rows = []
    for claim, mentions in mentions_of_claim.items():
        _fold(mentions, reader.defined)
        numbers: dict[tuple, int] = defaultdict(int)
        for mention in mentions:
            numbers[mention.origin, mention.folded_into, mention.folded_because] += 1
        for (origin, folded_into, folded_because), number in numbers.items():
            rows.append(
                {
                    **dict(zip(("claim", "kind", "place"), claim, strict=True)),
                    "origin": origin.name,
                    "origin_type": origin.origin_type,
                    "speaker": origin.speaker,
                    "outlet": origin.outlet,
                    "mentions": number,
                    "chain": CHAIN_ARROW.join(origin.chain),
                    "folded_into": folded_into,
                    "folded_because": folded_because,
                    "reason": origin.reason,
                }
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    order = ["claim", "origin", "folded_into", "folded_because", "reason", "chain"]
    return table.sort_values(order, kind="stable", ignore_index=True)


def is_shown(origins: pd.DataFrame) -> pd.Series:
    """Mark origins that the articles identify: speakers, and the agencies or outlets they relay.

    Parameters
    ----------
    origins : pandas.DataFrame
        Rows of `count_origins`.

    Returns
    -------
    pandas.Series of bool
        False for an article's own words and for unnamed sources, whose origin is unknown.

    Examples
    --------
    >>> is_shown(pd.DataFrame({"reason": ["quoted", "own_words"]})).to_list()
    [True, False]
    """
    return origins.reason.isin(["quoted", "relayed"])


class _Origin(NamedTuple):
    """The origin of a mention; see the columns of count_origins."""

    name: str
    origin_type: str
    speaker: str
    outlet: str
    reason: str
    chain: tuple[str, ...]

    def is_named(self) -> bool:
        """Return whether the article names a source other than itself."""
        return self.origin_type == NAMED_SOURCE or self.reason == "relayed"

    def relays_unnamed_source(self) -> bool:
        """Return whether the origin is an agency or outlet that cites an unnamed source."""
        return self.reason == "relayed" and self.speaker != self.name


class _Beside(NamedTuple):
    """A speaker in the sentence of a mention who is not shown to report the event."""

    origin: _Origin
    reason: str  # PRESUPPOSED or SAME_SENTENCE


@dataclass
class _Attributed:
    """A mention with its origin, and the origin into which that one is folded."""

    article: str
    outlet: str  # or the article's id
    origin: _Origin
    original: str  # for copied text, the outlet of the earlier article; otherwise ""
    body: str  # which the speaker represents, as a standard name; "" if unknown
    body_words: str  # around the name of the speaker, in all articles; each place is a line
    source_type: str  # of the speaker of the quotation; "" if there is none
    words: list[str]  # of the quotation around the mention, or else of its sentence
    is_verbatim: bool  # whether these words are in quotation marks
    presupposed: bool  # whether the origin only refers to the event
    beside: "_Beside | None"  # a speaker whom the sentence names although it has another origin
    folded_into: str = ""
    folded_because: str = ""

    def is_of_named_speaker(self) -> bool:
        """Return whether the origin is a speaker whom the article names."""
        return self.origin.origin_type == NAMED_SOURCE and self.origin.reason == "quoted"

    def unfold(self) -> None:
        """Count the origin of this mention separately again."""
        self.folded_into = ""
        self.folded_because = ""

    def fold(self, other: str, because: str) -> None:
        """Fold this mention into another origin unless it is folded already."""
        if not self.folded_into:
            self.folded_into = other
            self.folded_because = because

    def fold_as_named(self, other: str, because: str) -> None:
        """Fold a speaker into another name even in a copy, whose speaker has the same name."""
        if self.folded_because == DUPLICATE:
            self.unfold()
        self.fold(other, because)


class _OriginReader:
    """Determines origins from the quotation and the sentence around each mention."""

    def __init__(self, quotes: pd.DataFrame, repeats: pd.DataFrame, articles: pd.DataFrame):
        self.texts = dict(zip(articles.article, articles.text, strict=True))
        self.outlets = {row.article: row.outlet or row.article for row in articles.itertuples()}
        self._outlet_names = frozenset(fold(outlet) for outlet in articles.outlet if outlet)
        self.defined = {
            (match["short"], match["name"])
            for text in articles.text
            for match in DEFINITION.finditer(text)
        }
        self._agencies: dict[str, str] = {}
        self._quotes: dict[str, SpanIndex] = {}
        self._named_quotes: dict[str, list] = {}
        self._words_around: dict[str, list[str]] = defaultdict(list)
        self._bodies: dict[str, str] = {}
        self._speaker_words: dict[tuple[str, int, int], str] = {}
        copies = repeats[repeats.relation != "first"]
        self._copies = {article: SpanIndex(rows) for article, rows in by_article(copies).items()}
        for article, rows in by_article(quotes).items():
            self._quotes[article] = SpanIndex(rows)
            self._named_quotes[article] = [
                row for row in rows if row.label and pd.notna(row.speaker_start)
            ]
            for row in self._named_quotes[article]:
                self._words_around[row.label].append(_words_around(row, self.texts[article]))
            self._speaker_words |= _words_for_unnamed_speakers(rows, self.texts[article])

    def read(self, row) -> _Attributed:
        """Return the origin of a mention."""
        index = self._quotes.get(row.article)
        quotes = sorted(index.around(row.start, row.end), key=_outermost_first) if index else []
        origin, quote = self._origin(row, quotes)
        is_speaker = origin.reason in ("quoted", "unnamed")
        presupposed = is_speaker and not self._is_reported(row, quote)
        agency = self._agency(row.article)
        if presupposed and agency is not None:
            origin = agency
        is_own = origin.reason in ("own_words", "no_speaker")
        start, end = sentence_around(self.texts[row.article], row.start)
        body_words = ""
        body = ""
        if quote is not None and quote.label:
            body_words = "\n".join(self._words_around.get(quote.label, []))
            body = self._body_of(quote.label) if origin.reason == "quoted" else ""
        elif origin.origin_type == NAMED_SOURCE:
            words_around = self._words_around.get(origin.name, [])
            body_words = "\n".join([*words_around, fold(self.texts[row.article][start:end])])
        quoted_words = self._quoted_words(row)
        return _Attributed(
            article=row.article,
            outlet=self.outlets[row.article],
            origin=origin,
            original=self._original(row),
            body=body,
            body_words=body_words,
            source_type="" if quote is None else quote.source_type,
            words=quoted_words or folded_words(self.texts[row.article][start:end]),
            is_verbatim=bool(quoted_words),
            presupposed=presupposed,
            beside=self._speaker_beside_event(row) if is_own else None,
        )

    def _is_asserted(self, row) -> bool:
        """Return whether the sentence of a mention reports the event."""
        text = self.texts[row.article]
        return asserts_event(text, row.start, row.end, sentence_around(text, row.start))

    def _body_of(self, speaker: str) -> str:
        """Return the body that a person represents, if it is quoted anywhere; "" if unknown."""
        if speaker not in self._bodies:
            words = "\n".join(self._words_around.get(speaker, []))
            bodies = {
                standard_name(body)
                for body in self._words_around
                if body != speaker and " " in speaker and speaks_for(speaker, body, words)
            }
            self._bodies[speaker] = bodies.pop() if len(bodies) == 1 else ""
        return self._bodies[speaker]

    def _is_reported(self, row, quote) -> bool:
        """Return whether the speaker of a quotation reports the event in it."""
        if not self._is_asserted(row):
            return False
        if quote is None or pd.isna(quote.cue_start):
            return True
        cue = self.texts[row.article][int(quote.cue_start) : int(quote.cue_end)]
        return not _is_aim(quote, row) and not is_judgement_or_denial(cue)

    def _quoted_words(self, row) -> list[str]:
        """Return the words in quotation marks around a mention; none if it is not quoted."""
        text = self.texts[row.article]
        paragraph = enclosing(paragraph_spans(text), row.start) or (row.start, row.end)
        for quoted in QUOTED.finditer(text, *paragraph):
            if quoted.start() <= row.start and row.end <= quoted.end():
                return folded_words(quoted[0])
        return []

    def _original(self, row) -> str:
        """Return the outlet of the article that a mention repeats; "" if it is not a copy."""
        if row.duplicate_status == "first":
            return ""
        copies = self._copies.get(row.article)
        around = copies.around(row.start, row.end) if copies else []
        earlier = [copy.match_article for copy in around if copy.match_article]
        return self.outlets.get(earlier[0], "") if earlier else self.outlets[row.article]

    def _origin(self, row, quotes: list) -> tuple[_Origin, object | None]:
        """Return the origin of a mention, and the quotation that identifies it."""
        chain = [self.outlets[row.article]]
        relay = None
        for quote in quotes:
            origin = self._speaker(quote, tuple(chain))
            if origin is None:
                continue
            if origin.origin_type in (AGENCY, OUTLET) and origin.speaker:
                relay = relay or (origin, quote)
                chain.append(origin.name)
                continue
            if origin.origin_type in (UNNAMED_SOURCE, REPORTS):
                # "AFP reported that residents said": the origin is the report by AFP.
                if relay is not None and origin.origin_type == UNNAMED_SOURCE:
                    return relay[0]._replace(speaker=origin.speaker), quote
                if relay is not None:
                    return relay
                return self._relay_of_unnamed(row, origin), quote
            return origin, quote
        if relay is not None:
            return relay
        if quotes:
            outlet = self.outlets[row.article]
            own = _Origin(outlet, OUTLET, "", outlet, "no_speaker", (outlet,))
            return self._statement_in_sentence(row) or (own, quotes[0])
        return self._outside_quotations(row)

    def _relay_of_unnamed(self, row, origin: _Origin) -> _Origin:
        """Return the agency or outlet that quotes an unnamed source, or else the source itself."""
        outlet = self.outlets[row.article]
        media = [step for step in origin.chain[1:-1] if fold(step) != fold(outlet)]
        start, end = sentence_around(self.texts[row.article], row.start)
        relay = relay_in(self.texts[row.article][start:end], self._outlet_names)
        if not media and relay is not None and relay.name and fold(relay.name) != fold(outlet):
            media = [relay.name]
        if not media:
            return origin
        name = media[-1]
        medium = medium_of(name) or OUTLET
        speaker = origin.speaker if origin.origin_type == UNNAMED_SOURCE else name
        return _Origin(name, medium, speaker, "", "relayed", (outlet, name))

    def _speaker(self, quote, chain: tuple[str, ...]) -> _Origin | None:
        """Return the speaker of a quotation as an origin; None if the speaker is unidentified."""
        outlet = self.outlets[quote.article]
        if quote.told_to and medium_of(quote.told_to):
            chain = (*chain, canonical_name(quote.told_to))
        if quote.via and medium_of(quote.via):
            chain = (*chain, canonical_name(quote.via))
        words = quote.label
        if not words and pd.notna(quote.speaker_start):
            words = self._speaker_words[quote.article, quote.start, quote.end]
        if not words:
            return None

        medium = medium_of(words)
        if not medium and (quote.source_type == "agency" or fold(words) in self._outlet_names):
            medium = AGENCY if quote.source_type == "agency" else OUTLET
        is_named = bool(quote.label) or (medium != "" and not is_unnamed_medium(words))
        if medium and is_named:
            name = canonical_name(words)
            if fold(name) == fold(outlet):
                return _Origin(outlet, OUTLET, "", outlet, "own_words", (outlet,))
            return _Origin(name, medium, name, "", "relayed", _extended(chain, name))
        if quote.label:
            return _Origin(words, NAMED_SOURCE, words, "", "quoted", _extended(chain, words))

        name = f"{words} ({outlet})"
        if quote.source_type == "outlet" or is_unnamed_medium(words):
            # "News reports said": their author is unknown, so they are not an independent source.
            return _Origin(name, REPORTS, words, outlet, "unnamed_reports", _extended(chain, words))
        return _Origin(name, UNNAMED_SOURCE, words, outlet, "unnamed", _extended(chain, words))

    def _outside_quotations(self, row) -> tuple[_Origin, object | None]:
        """Return the origin of a mention outside quotations: the article or a source it relays."""
        outlet = self.outlets[row.article]
        start, end = sentence_around(self.texts[row.article], row.start)
        relay = relay_in(self.texts[row.article][start:end], self._outlet_names)
        is_relay = relay is not None and fold(relay.name) != fold(outlet)
        if is_relay and relay.relay_type != REPORTS:
            chain = (outlet, relay.name)
            return _Origin(relay.name, relay.relay_type, relay.name, "", "relayed", chain), None

        statement = self._statement_in_sentence(row)
        if statement is not None:
            return statement
        if is_relay:
            name = f"{relay.words} ({outlet})"
            chain = (outlet, relay.words)
            return _Origin(name, REPORTS, relay.words, outlet, "unnamed_reports", chain), None
        own = _Origin(outlet, OUTLET, "", outlet, "own_words", (outlet,))
        return self._agency(row.article) or own, None

    def _agency(self, article: str) -> _Origin | None:
        """Return the agency to which an article credits its text; None if there is none."""
        if article not in self._agencies:
            self._agencies[article] = agency_of_article(self.texts[article])
        agency = self._agencies[article]
        outlet = self.outlets[article]
        if not agency or fold(agency) == fold(canonical_name(outlet)):
            return None
        return _Origin(agency, AGENCY, agency, "", "relayed", (outlet, agency))

    def _statement_in_sentence(self, row) -> tuple[_Origin, object | None] | None:
        """Return the named source that reports an event outside the recognised quotations.

        It is the speaker of the main clause ("When the dam broke, Lund said nobody was inside") or
        the source of an accusation, an announcement or a headline.
        """
        if not self._is_asserted(row):
            return None
        text = self.texts[row.article]
        start, end = sentence_around(text, row.start)
        for quote in self._named_quotes_of_sentence(row):
            origin = self._speaker(quote, (self.outlets[row.article],))
            is_person = origin is not None and origin.reason == "quoted"
            if is_person and (
                _speaks_after_event(text, start, row, quote) or _follows_description(row, quote)
            ):
                return origin, quote
        attribution = attribution_in(text[start:end], row.start - start, row.end - start)
        if attribution is None or not attribution.is_statement:
            return None
        origin = self._named_source(row.article, attribution.name)
        return (origin, None) if origin is not None else None

    def _speaker_beside_event(self, row) -> _Beside | None:
        """Return a speaker whom the sentence names but who may not report its event, and why."""
        text = self.texts[row.article]
        start, end = sentence_around(text, row.start)
        attribution = attribution_in(text[start:end], row.start - start, row.end - start)
        if attribution is not None:
            origin = self._named_source(row.article, attribution.name)
            if origin is not None:
                return _Beside(origin, PRESUPPOSED)
        for quote in self._named_quotes_of_sentence(row):
            if not _is_subject_of_cue(quote, text):
                continue
            origin = self._speaker(quote, (self.outlets[row.article],))
            if origin is not None and origin.reason == "quoted":
                return _Beside(origin, SAME_SENTENCE)
        return None

    def _named_source(self, article: str, name: str) -> _Origin | None:
        """Return a named source as an origin; None for agencies and outlets."""
        outlet = self.outlets[article]
        if medium_of(name) or fold(name) in self._outlet_names:
            return None
        return _Origin(name, NAMED_SOURCE, name, "", "quoted", (outlet, name))

    def _named_quotes_of_sentence(self, row) -> list:
        """Return the quotations whose named speaker is in the sentence of a mention."""
        start, end = sentence_around(self.texts[row.article], row.start)
        quotes = self._named_quotes.get(row.article, [])
        return [quote for quote in quotes if start <= quote.speaker_start < end]


def _words_around(quote, text: str) -> str:
    """Return the words around the name of a speaker, folded and in one line."""
    start = max(0, int(quote.speaker_start) - SPOKESPERSON_WIDTH)
    end = int(quote.speaker_end) + SPOKESPERSON_WIDTH
    return " ".join(fold(text[start:end]).split())


def _is_subject_of_cue(quote, text: str) -> bool:
    """Return whether a sentence names the speaker right before or after the reporting verb."""
    if quote.kind == "fragment" or quote.reference != "named" or pd.isna(quote.cue_start):
        return False
    before, after = sorted(
        [
            (int(quote.speaker_start), int(quote.speaker_end)),
            (int(quote.cue_start), int(quote.cue_end)),
        ]
    )
    between = text[before[1] : after[0]]
    return len(between) <= MAX_DISTANCE_OF_CUE or ASIDE_AFTER_NAME.fullmatch(between) is not None


def _speaks_after_event(text: str, start: int, row, quote) -> bool:
    """Return whether the speaker is named after a clause with the event, which is the speaker's.

    The clause opens the sentence ("When the dam broke, Mr Lund said nobody was inside"), or the
    attribution is inserted ("The dam broke, Lund said on Monday, and nobody was inside").
    """
    name_start = int(quote.speaker_start)
    if row.end > name_start or not COMMA_BEFORE_SPEAKER.search(text, start, name_start):
        return False
    is_opening = (
        FRONTED_CLAUSE.match(text, start) is not None
        and quote.kind == "indirect"
        and name_start < quote.start
        and INTENTION.match(quote.text) is None
    )
    is_inserted = pd.notna(quote.cue_end) and name_start < quote.cue_start
    return is_opening or (
        is_inserted and COMMA_AFTER_CUE.match(text, int(quote.cue_end)) is not None
    )


def _follows_description(row, quote) -> bool:
    """Return whether a description of the speaker was read as the statement, which follows.

    In "A spokesman for the Water Board, Peter Bell, said the dam broke", the words before the name
    have no verb.
    """
    if quote.kind != "indirect" or pd.isna(quote.cue_start):
        return False
    is_in_order = quote.end <= quote.speaker_start < quote.cue_start < row.start
    has_role = not set(folded_words(quote.text)).isdisjoint(words_of("en/speech/source_nouns"))
    has_verb = any(is_finite_verb(word) for word in folded_words(quote.text))
    return is_in_order and has_role and not has_verb


def _is_aim(quote, row) -> bool:
    """Return whether a statement is an aim in which a known event is named.

    "Lund vowed to hunt down the men behind the attack"; not "Lund vowed to attack".
    """
    words_before = quote.text[: max(0, row.start - quote.start)].split()
    return len(words_before) > 1 and words_before[0] == "to"


def _words_for_unnamed_speakers(quotes: list, text: str) -> dict[tuple[str, int, int], str]:
    """Return the article's description of the unnamed speaker of each quotation."""
    words_of: dict[tuple[str, int, int], str] = {}
    last_of_type: dict[str, str] = {}
    for quote in quotes:
        if quote.label != "" or pd.isna(quote.speaker_start):
            continue
        words = " ".join(text[int(quote.speaker_start) : int(quote.speaker_end)].split())

        # "the source" and "he" refer to a speaker introduced earlier: "a local source".
        is_back_reference = fold(words).startswith("the ") or " " not in words
        if is_back_reference:
            words = last_of_type.get(quote.source_type, words)

        last_of_type[quote.source_type] = words
        words_of[quote.article, quote.start, quote.end] = words
    return words_of


def _outermost_first(quote) -> tuple[int, int]:
    """Return the sort key that puts outer quotations before those inside them."""
    return quote.start, -quote.end


def _extended(chain: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Add a step to a chain unless it repeats the last one."""
    return chain if fold(chain[-1]) == fold(name) else (*chain, name)


def _fold(mentions: list[_Attributed], defined: set[tuple[str, str]]) -> None:
    """Fold the origins of one claim that are not shown to be independent of another origin."""
    for mention in mentions:
        if mention.presupposed:
            mention.fold(mention.outlet, PRESUPPOSED)
        if mention.original:
            is_own = mention.origin.reason == "own_words"
            mention.fold(mention.original if is_own else mention.origin.name, DUPLICATE)

    _fold_chains(mentions)
    _fold_short_names(mentions, defined)
    _fold_bodies(mentions)
    _fold_spokespersons(mentions)
    _fold_colleagues(mentions)
    _fold_unknown_affiliations(mentions)
    _fold_same_words(mentions)
    _fold_relaying_articles(mentions)
    _fold_speakers_beside(mentions)
    _fold_not_shown(mentions)


def _fold_chains(mentions: list[_Attributed]) -> None:
    """Fold the sources quoted by an agency or outlet that is itself an origin of the claim."""
    relayed = {
        fold(mention.origin.name): mention.origin.name
        for mention in mentions
        if mention.origin.origin_type in (AGENCY, OUTLET) and mention.origin.reason == "relayed"
    }
    for mention in mentions:
        steps = [fold(step) for step in mention.origin.chain[1:-1]]
        through = next((relayed[step] for step in steps if step in relayed), None)
        if through is not None:
            mention.fold(through, SAME_CHAIN)


def _fold_spokespersons(mentions: list[_Attributed]) -> None:
    """Fold speakers into the body that they represent if it is an origin of the claim."""
    named = _named_sources(mentions)
    for mention in mentions:
        speaker = mention.origin.name
        is_full_name = " " in speaker
        if mention.origin.origin_type != NAMED_SOURCE or not is_full_name:
            continue
        for body in sorted(named - {speaker}):
            if speaks_for(speaker, body, mention.body_words):
                mention.fold_as_named(body, SAME_BODY)


def _fold_colleagues(mentions: list[_Attributed]) -> None:
    """Fold speakers into the first one who represents the same body."""
    first_of_body: dict[str, str] = {}
    for mention in mentions:
        is_counted = mention.folded_because in ("", DUPLICATE)
        if not mention.body or not is_counted or mention.presupposed:
            continue
        first = first_of_body.setdefault(mention.body, mention.origin.name)
        if first != mention.origin.name:
            mention.fold_as_named(first, COLLEAGUE)


def _fold_unknown_affiliations(mentions: list[_Attributed]) -> None:
    """Fold speakers who may belong to the same body as a speaker who is already counted."""
    counted: dict[str, Speaker] = {}
    for mention in mentions:
        is_counted = mention.folded_because in ("", DUPLICATE) and not mention.presupposed
        if not mention.is_of_named_speaker() or not is_counted:
            continue
        speaker = Speaker(mention.origin.name, mention.body_words)
        others = [other for name, other in counted.items() if name != speaker.name]
        if all(are_shown_apart(other, speaker) for other in others):
            counted.setdefault(speaker.name, speaker)
    for mention in mentions:
        if mention.is_of_named_speaker() and counted and mention.origin.name not in counted:
            mention.fold(next(iter(counted)), NOT_SHOWN)


def _fold_same_words(mentions: list[_Attributed]) -> None:
    """Fold origins to which the same words are attributed: one statement has one speaker.

    Named speakers come first, because they are closest to the origin. Two named speakers are folded
    only if the words are in quotation marks, because two people may be cited for one description.
    """
    # A copy may also name another speaker, or name the one whom the earlier article leaves out.
    candidates = [m for m in mentions if m.folded_because in ("", DUPLICATE)]
    candidates.sort(key=_nearest_to_origin_first)
    first_with_words: dict[tuple[str, ...], _Attributed] = {}
    for mention in candidates:
        sequences = _word_sequences(mention.words)
        earlier = next((first_with_words[s] for s in sequences if s in first_with_words), None)
        if earlier is not None and _has_same_origin(earlier, mention):
            mention.unfold()
            mention.fold(earlier.origin.name, SAME_WORDS)
        for sequence in sequences:
            first_with_words.setdefault(sequence, mention)


def _word_sequences(words: list[str]) -> list[tuple[str, ...]]:
    """Return all sequences of SHARED_WORDS consecutive words."""
    last_start = len(words) - SHARED_WORDS
    return [tuple(words[start : start + SHARED_WORDS]) for start in range(last_start + 1)]


def _has_same_origin(earlier: _Attributed, mention: _Attributed) -> bool:
    """Return whether a mention in the words of an earlier one has its origin by another name."""
    if earlier.origin.name == mention.origin.name:
        return False
    if mention.folded_because == DUPLICATE and not earlier.origin.is_named():
        # Unless both quote the same unnamed speaker, the copy is folded as a copy.
        return earlier.origin.speaker == mention.origin.speaker != ""
    are_speakers = NAMED_SOURCE == earlier.origin.origin_type == mention.origin.origin_type
    return not are_speakers or (earlier.is_verbatim and mention.is_verbatim)


def _nearest_to_origin_first(mention: _Attributed) -> int:
    """Return the sort key that puts named speakers first, then relayed sources, then the rest."""
    if mention.origin.origin_type == NAMED_SOURCE:
        return 0
    return 1 if mention.origin.is_named() else 2


def _fold_relaying_articles(mentions: list[_Attributed]) -> None:
    """Fold an article's own words and unnamed sources into the sources that it names."""
    named_of_article: dict[str, str] = {}
    for mention in mentions:
        if mention.origin.is_named() and not mention.folded_into:
            named_of_article.setdefault(mention.article, mention.origin.name)
    for mention in mentions:
        if not mention.origin.is_named() and mention.article in named_of_article:
            mention.fold(named_of_article[mention.article], ATTRIBUTED)

    # If the article of a relayed outlet names a source, the outlet is merely a link in the chain.
    named_of_outlet = {
        fold(mention.outlet): named_of_article[mention.article]
        for mention in mentions
        if mention.article in named_of_article
    }
    for mention in mentions:
        source = named_of_outlet.get(fold(mention.origin.name))
        if source is not None and fold(source) != fold(mention.origin.name):
            mention.fold(source, SAME_CHAIN)


def _fold_short_names(mentions: list[_Attributed], defined: set[tuple[str, str]]) -> None:
    """Fold a surname or an abbreviation into the full name, if it can only be short for that one.

    The pairs of names and abbreviations are those that an article defines: "Lund Airlines (LUA)".
    """
    names = _named_sources(mentions)
    for mention in mentions:
        name = mention.origin.name
        if mention.origin.origin_type != NAMED_SOURCE:
            continue
        longer = [
            other
            for other in sorted(names - {name})
            if is_same_name(name, other) or (name, other) in defined
        ]
        if len({standard_name(other) for other in longer}) == 1:
            mention.fold_as_named(max(longer, key=len), SAME_NAME)


def _fold_bodies(mentions: list[_Attributed]) -> None:
    """Fold a body into the one to which it belongs: the Israeli army into Israel."""
    names = _named_sources(mentions)
    for mention in mentions:
        if mention.origin.origin_type == NAMED_SOURCE:
            name = mention.origin.name
            bodies = [other for other in sorted(names - {name}) if belongs_to(name, other)]
            if bodies:
                mention.fold_as_named(bodies[0], SAME_BODY)


def _named_sources(mentions: list[_Attributed]) -> set[str]:
    """Return the names of the speakers who report the event."""
    return {
        mention.origin.name
        for mention in mentions
        if mention.origin.origin_type == NAMED_SOURCE and not mention.presupposed
    }


def _fold_speakers_beside(mentions: list[_Attributed]) -> None:
    """Name the speaker beside an event if its article names nobody else."""
    for mention in mentions:
        if mention.beside is not None and not mention.folded_into:
            mention.origin = mention.beside.origin
            mention.fold(mention.outlet, mention.beside.reason)


def _fold_not_shown(mentions: list[_Attributed]) -> None:
    """Fold the remaining origins into an independent one or, if there is none, into the first."""
    present = {mention.origin.name for mention in mentions if not mention.folded_into}
    for mention in mentions:
        if mention.folded_because == DUPLICATE and mention.folded_into not in present:
            mention.unfold()  # the earlier article does not mention the event
            present.add(mention.origin.name)

    for mention in mentions:
        if mention.origin.origin_type == REPORTS:
            mention.fold(mention.outlet, "unnamed_reports")

    remaining = [mention for mention in mentions if not mention.folded_into]
    speakers = [m.origin.name for m in remaining if m.origin.origin_type == NAMED_SOURCE]
    relays = [m.origin.name for m in remaining if m.origin.reason == "relayed"]
    if speakers:
        # A relay that names no source may rest on the speaker, as may one that cites "officials".
        with_source = _relays_with_other_source(mentions, speakers)
        relays = [relay for relay in relays if relay in with_source]
    others = [m.origin.name for m in remaining if not m.origin.is_named()]
    # Two agencies may rely on the same source, and so may two articles that do not name one.
    shown = dict.fromkeys([*speakers, *relays[:1]]) or dict.fromkeys(others[:1])
    for mention in remaining:
        if mention.origin.name not in shown:
            mention.fold(next(iter(shown)), NOT_SHOWN)


def _relays_with_other_source(mentions: list[_Attributed], speakers: list[str]) -> set[str]:
    """Return the relays that cite an unnamed source of another type than the named speakers."""
    types_of_speakers = {m.source_type for m in mentions if m.origin.name in speakers}
    relays = set()
    for mention in mentions:
        if mention.source_type in types_of_speakers:
            continue
        if mention.origin.relays_unnamed_source():
            relays.add(mention.origin.name)
        if mention.origin.origin_type == UNNAMED_SOURCE and mention.folded_because == ATTRIBUTED:
            relays.add(mention.folded_into)
    return relays
