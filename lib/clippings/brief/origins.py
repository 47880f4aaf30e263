"""Origins of claims: who reported each claim first, and how many sources are independent."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.brief.attribution import (
    AGENCY,
    OUTLET,
    REPORTS,
    agency_of_article,
    canonical_name,
    is_unnamed_medium,
    medium_of,
    relay_in,
)
from clippings.brief.clauses import sentence_around
from clippings.core.lexicon import either, words_of
from clippings.core.spans import SpanIndex, enclosing
from clippings.core.tables import by_article
from clippings.core.tokens import fold, folded_words
from clippings.corpus.paragraphs import paragraph_spans
from clippings.repeats.copies import mark_duplicates
from clippings.timeline.default_events import OTHER, STATEMENT

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
ATTRIBUTED = "attributed"
NOT_SHOWN = "not_shown"
SAME_NAME = "same_name"
SAME_WORDS = "same_words"

# Separator between the steps of a chain, which leads from the article to the origin.
CHAIN_ARROW = " ← "

# Number of characters around a speaker's name in which to look for the body that the person
# represents: "Anna Lund, a spokeswoman for the Water Board".
SPOKESPERSON_WIDTH = 80

# Number of consecutive words that two people rarely use by chance: if they are equal, they are the
# same statement, or one is copied from the other.
SHARED_WORDS = 8

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
          origin; `same_name`: the name is the surname of the other origin; `same_words`: at
          least eight consecutive words are equal, so both are the same statement or text;
          `attributed`: the article's own words or an unnamed source, in an article that names the
          agency, outlet or speaker it relies on; `not_shown`: the articles do not show that the two
          are independent.
        - `reason`: how the origin was identified. `quoted`: a named speaker; `relayed`: an agency
          or another outlet; `unnamed`: an unnamed source; `own_words`: the article itself;
          `no_speaker`: a quotation whose speaker was not identified; `unnamed_reports`: reports
          whose author is not named.

    Notes
    -----
    An origin that is not folded counts as independent: each named speaker, and at most one agency
    or outlet that others relay. If there is a named speaker, the agency or outlet counts only if it
    cites a source of another type (residents rather than an official); otherwise it may rely on the
    speaker. If a claim also has rows folded as `not_shown`, this number is a
    minimum. An article's own words do not count as an independent source, because two articles may
    rely on the same press conference.

    A mention is attributed to the speaker of the outermost quotation around it, who is responsible
    for repeating the words of others. Inside the report of an agency or another outlet, however,
    it is attributed to the speaker whom the report quotes. "The source" and "he" refer to the last
    unnamed source of the same type in the article. Outside quotations, the origin is taken from
    datelines and phrases such as "as first reported by".

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
        _fold(mentions)
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


@dataclass
class _Attributed:
    """A mention with its origin, and the origin into which that one is folded."""

    article: str
    outlet: str  # or the article's id
    origin: _Origin
    original: str  # for copied text, the outlet of the earlier article; otherwise ""
    body_words: str  # around the name of a speaker
    source_type: str  # of the speaker of the quotation; "" if there is none
    words: list[str]  # of the quotation around the mention, or else of its sentence
    is_verbatim: bool  # whether these words are in quotation marks
    folded_into: str = ""
    folded_because: str = ""

    def unfold(self) -> None:
        """Count the origin of this mention separately again."""
        self.folded_into = ""
        self.folded_because = ""

    def fold(self, other: str, because: str) -> None:
        """Fold this mention into another origin unless it is folded already."""
        if not self.folded_into:
            self.folded_into = other
            self.folded_because = because


class _OriginReader:
    """Determines origins from the quotation and the sentence around each mention."""

    def __init__(self, quotes: pd.DataFrame, repeats: pd.DataFrame, articles: pd.DataFrame):
        self.texts = dict(zip(articles.article, articles.text, strict=True))
        self.outlets = {row.article: row.outlet or row.article for row in articles.itertuples()}
        self._outlet_names = frozenset(fold(outlet) for outlet in articles.outlet if outlet)
        self._agencies: dict[str, str] = {}
        self._quotes: dict[str, SpanIndex] = {}
        self._speaker_words: dict[tuple[str, int, int], str] = {}
        copies = repeats[repeats.relation != "first"]
        self._copies = {article: SpanIndex(rows) for article, rows in by_article(copies).items()}
        for article, rows in by_article(quotes).items():
            self._quotes[article] = SpanIndex(rows)
            self._speaker_words |= _words_for_unnamed_speakers(rows, self.texts[article])

    def read(self, row) -> _Attributed:
        """Return the origin of a mention."""
        index = self._quotes.get(row.article)
        quotes = sorted(index.around(row.start, row.end), key=_outermost_first) if index else []
        origin, quote = self._origin(row, quotes)
        body_words = ""
        if quote is not None and pd.notna(quote.speaker_start):
            start = max(0, int(quote.speaker_start) - SPOKESPERSON_WIDTH)
            end = int(quote.speaker_end) + SPOKESPERSON_WIDTH
            body_words = " ".join(fold(self.texts[row.article][start:end]).split())
        quoted_words = self._quoted_words(row)
        start, end = sentence_around(self.texts[row.article], row.start)
        return _Attributed(
            article=row.article,
            outlet=self.outlets[row.article],
            origin=origin,
            original=self._original(row),
            body_words=body_words,
            source_type="" if quote is None else quote.source_type,
            words=quoted_words or folded_words(self.texts[row.article][start:end]),
            is_verbatim=bool(quoted_words),
        )

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
            return _Origin(outlet, OUTLET, "", outlet, "no_speaker", (outlet,)), quotes[0]
        return self._outside_quotations(row), None

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

    def _outside_quotations(self, row) -> _Origin:
        """Return the origin of a mention outside quotations: the article or a source it relays."""
        outlet = self.outlets[row.article]
        text = self.texts[row.article]
        start, end = sentence_around(text, row.start)
        relay = relay_in(text[start:end], self._outlet_names)
        if relay is not None and fold(relay.name) != fold(outlet):
            if relay.relay_type == REPORTS:
                name = f"{relay.words} ({outlet})"
                chain = (outlet, relay.words)
                return _Origin(name, REPORTS, relay.words, outlet, "unnamed_reports", chain)
            chain = (outlet, relay.name)
            return _Origin(relay.name, relay.relay_type, relay.name, "", "relayed", chain)

        if row.article not in self._agencies:
            self._agencies[row.article] = agency_of_article(text)
        agency = self._agencies[row.article]
        if agency and fold(agency) != fold(canonical_name(outlet)):
            return _Origin(agency, AGENCY, agency, "", "relayed", (outlet, agency))
        return _Origin(outlet, OUTLET, "", outlet, "own_words", (outlet,))


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


def _fold(mentions: list[_Attributed]) -> None:
    """Fold the origins of one claim that are not shown to be independent of another origin."""
    for mention in mentions:
        if mention.original:
            is_own = mention.origin.reason == "own_words"
            mention.fold(mention.original if is_own else mention.origin.name, DUPLICATE)

    _fold_chains(mentions)
    _fold_short_names(mentions)
    _fold_spokespersons(mentions)
    _fold_same_words(mentions)
    _fold_relaying_articles(mentions)
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
    named = {
        mention.origin.name for mention in mentions if mention.origin.origin_type == NAMED_SOURCE
    }
    for mention in mentions:
        speaker = mention.origin.name
        is_full_name = " " in speaker
        if mention.origin.origin_type != NAMED_SOURCE or not is_full_name:
            continue
        for body in sorted(named - {speaker}):
            if _speaks_for(speaker, body, mention.body_words):
                mention.fold(body, SAME_BODY)


def _speaks_for(speaker: str, body: str, words: str) -> bool:
    """Return whether the grammar of the words around a speaker's name ties them to a body.

    It is not enough that the body is named nearby, because the speaker may be talking about an
    opponent.
    """
    person = re.escape(fold(speaker))  # with its spaces, which re.VERBOSE would drop
    institution = rf"(?:the\ )?{re.escape(fold(re.sub(r'^[Tt]he ', '', body)))}"
    tie = re.compile(
        rf"""
          \b {person} ,? \s of \s {institution} \b                      # Anna Lund of the Board
        | \b {person} , \s (?:[\w-]+\s){{0,4}} {_roles()} \s
          (?:of|for|at|from|with) \s {institution} \b         # A. Lund, a spokeswoman for it
        | \b {person} , \s {institution} (?:'s)? \s
          (?:[\w-]+\s){{0,2}} {_roles()} \b                  # Anna Lund, the Board's chief engineer
        | \b {institution} (?:'s)? \s (?:[\w-]+\s){{0,2}}
          {_roles()} ,? \s {person} \b                       # the Board's spokeswoman, Anna Lund
        | \b {_roles()} \s (?:of|for|at|from|with) \s
          {institution} ,? \s {person} \b                    # a spokeswoman for it, Anna Lund
        """,
        re.VERBOSE,
    )
    return tie.search(words) is not None


@cache
def _roles() -> str:
    """Return a pattern for the offices of people who speak for a body: "spokesman", "minister"."""
    titles = words_of("en/names/titles")
    offices = words_of("en/speech/source_nouns", source_type="official")
    return either(titles | offices)


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
        return False
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


def _fold_short_names(mentions: list[_Attributed]) -> None:
    """Fold a surname into the full name that ends with it, if there is only one."""
    names = {
        mention.origin.name for mention in mentions if mention.origin.origin_type == NAMED_SOURCE
    }
    for mention in mentions:
        if mention.origin.origin_type == NAMED_SOURCE:
            longer = [name for name in sorted(names) if name.endswith(f" {mention.origin.name}")]
            if len(longer) == 1:
                mention.fold(longer[0], SAME_NAME)


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
