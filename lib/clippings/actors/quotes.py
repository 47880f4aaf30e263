"""Find statements: direct quotations and reported clauses, each with its speaker.

In each paragraph, the quotations and the reporting verbs are found; then the speaker of each
statement is chosen (`speaker_choice`), and addressees and intermediaries are added.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from clippings.actors.quotation_marks import (
    FILLER,
    blank_quotes,
    is_closed,
    is_speech,
    marked_spans,
)
from clippings.actors.references import NAMED, NO_SPEAKER, UNNAMED, UNRESOLVED
from clippings.actors.reporting_verbs import (
    ReportingVerb,
    find_reporting_verbs,
    grammar_of,
    verb_pattern,
)
from clippings.actors.source_nouns import source_type, source_type_of_name
from clippings.actors.speaker_choice import (
    BLOCK_QUOTATION,
    SIGNED,
    SPEAKER_GOES_ON,
    TRANSCRIBED,
    Attribution,
    Paragraph,
    Speaker,
    SpeakerHistory,
    choose_speaker,
)
from clippings.actors.subjects import PlacedMention, first_subject_in
from clippings.core.cache import cacheable
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.lexicon import any_of, read_words, words_of
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing, trim
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.text_marks import blank_marks
from clippings.core.tokens import WORD, fold

Span = tuple[int, int]


class Statement(NamedTuple):
    """A quoted or reported statement; offsets in the paragraph."""

    span: Span
    kind: str  # direct, fragment, indirect
    verb: ReportingVerb | None = None  # the verb that reports an indirect statement


class Turn(NamedTuple):
    """The introduction of a paragraph in a transcript: "BELL: "."""

    name: Span  # offsets in the article
    length: int  # characters, with the colon and the blank
    mention: Any  # of the speaker somewhere in the article; None if the article does not name them


# Maximum number of characters read at once: the cost is quadratic in the length of a paragraph.
# Longer paragraphs are texts that have lost their line breaks.
MAX_PARAGRAPH_LENGTH = 6000
MAX_FRAGMENT_WORDS = 4  # words; a longer quotation is "direct"
MIN_QUOTED_SHARE = 0.6  # of a reported clause: above, its quotations are the statement
HEARER_GAP = 6  # characters between "told" and a name: "told the ", at most
HEARER_CONTEXT_LENGTH = 40  # characters before a name, where "in an interview with" appears
CITING_CONTEXT_LENGTH = 120  # characters after a statement, where "citing local elders" appears

CONTEXT_OF_HEARER = re.compile(
    r"""
    (?: (?: sp(?:ea|o)k\w* | talk\w* ) \s+ (?: to | with )     # speaking to, talked with
      | interview\ with | statement\ to )
    \s+ (?: the\s+ )? $                                        # the (Rome Post)
    """,
    re.IGNORECASE | re.VERBOSE,
)
CITED_SOURCE = re.compile(
    rf"""
      \b (?:{any_of("en/speech/subjects", "citing")}) \s+ ([^,.”"]{{3,60}})   # citing local elders
    | ^ .? According\ to\ ([^,.”"]{{3,60}}),                  # “According to a source, it fell”
    """,
    re.VERBOSE,
)
TURN = re.compile(  # BELL: We left. / Q: Why? / Q. Why? / Anna Bell (mayor): We left.
    r"""
    \s* [“"«]?                                           # “BELL: We left.
    (?: (?P<name> [A-Z][\w.'’-]* (?: \s [A-Z][\w.'’-]* ){0,3} )
        (?: \s? [(\[] [^()\[\]]{1,40} [)\]] | , \s [^:,.]{1,40} )?
        \s{0,3} :                                     # **Anna Bell**: We left.
      | (?P<letter> [QA] ) \.
    )
    \s+ (?= \S )
    """,
    re.VERBOSE,
)
ENDS_IN_STOP = re.compile(r"[.!?…][”\"')\]]*\s*$")  # a turn, but not a headline
CLOSING_MARK = re.compile(r"(?<=\S)(?:[”\"»]|'')(?!\w)")  # the water was low*,”* said Bell
HAS_LETTERS = re.compile(r"[^\W\d_]{2}")
INTERVIEWER = re.compile(  # *Q:* Why? *Q.* Why?
    rf"\s*[“\"«]?(?:{any_of('en/speech/subjects', 'interviewer')})(?:\.?\s?:|\.\s)", re.IGNORECASE
)
INTERVIEWEE = words_of("en/speech/subjects", kind="interviewee")
OPENING_MARK = re.compile(r"\s*[“\"«]")
STAGE_DIRECTION = re.compile(r"\W*[(\[][^()\[\]]*[)\]]\W*")  # “(Applause.)
MIN_TURNS = 3  # of a transcript; a single "NOTE: …" or "OSLO: …" is none
MIN_SPEAKERS = 2  # of a conversation
ASKING_VERBS = words_of("en/speech/subjects", kind="asks somebody")
SIGNATURE_LINE = re.compile(
    r"\s*[-–—―~]{1,2}\s?[^\W\d_][^.:;!?]{2,80}\.?\s*"
)  # – Anna Bell, farmer
REST_OF_SIGNATURE_LINE = re.compile(r",\s[^.:;,!?“”]{3,50}\s*")  # Anna Bell*, farmer in Ostrand*
END_OF_PULL_QUOTE = re.compile(r"(?:,\s[^.:;!?“”\"]{3,60})?\.?[”\"]\s*")  # Anna Bell*, farmer."*
INTRODUCTION_END = re.compile(r"[^“”,;:.]{0,50}:\s*")  # Bell wrote*:*, Bell told the Wire*:*


@cacheable
@needs_word_lists
@reads_plain_text
def find_quotes(passages: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find all direct quotations and reported statements with their speakers.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search, usually those of the article text. Headlines are skipped.
    mentions : pandas.DataFrame
        The result of `find_mentions` for these passages.

    Returns
    -------
    pandas.DataFrame
        One row per statement and speaker, sorted by article and position. A joint statement has a
        row for each speaker, and words in quotation marks inside a reported clause have a separate
        row.

        - label: the speaker; "" if the article does not name one.
        - kind: "direct", "fragment" (up to four words in quotation marks) or "indirect".
        - speaker_start, speaker_end: the words that name or describe the speaker.
        - cue_start, cue_end: the reporting verb.
        - told_to: the addressee: "told the Valley Post".
        - via: the intermediary: "citing local elders", "the Wire reported".
        - source_type: the type of the speaker from `lexicon/en/speech/source_nouns.csv`; "" if
          unknown.
        - anonymous: whether the article withholds the speaker's name: "a resident", "officials".
          Not for descriptions of only one person or organisation: "the Ostrand government", "Bell's
          father".
        - reference: how the speaker is identified. "named", "pronoun" and "role" refer to the words
          for the speaker; "role" includes descriptions of the person whom the text is about ("the
          Ostrand businessman") and of groups ("the senators"). "carried_on": there are no such
          words, so the previous speaker or else the last person mentioned is assumed; "unnamed":
          the article withholds the name; "unresolved": a pronoun or role may refer to several
          people, or a description to a person or organisation whose name is not known; "": no
          speaker was found.
        - candidates: the possible actors for an unresolved speaker, separated by " | ".
        - part_start, part_end: the first part of a statement that is interrupted by its verb.
        - rule: the reason for attributing the words to the speaker.

    Notes
    -----
    `clippings.actors.speaker_choice.choose_speaker` explains how the speaker is chosen.

    A paragraph without quotation marks counts as a quotation if a verb of saying and a colon
    introduce it ("Bell wrote:"), and in transcripts and interviews.

    Not found: statements without a verb from `lexicon/en/speech/reporting_verbs.csv`; the speakers
    in a dialogue without verbs; statements that cross the points at which paragraphs of more than
    6,000 characters are split; the second and later paragraphs of a block quotation.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> quotes = cl.find_quotes(story, mentions)
    >>> quotes[["label", "kind", "told_to", "source_type", "anonymous"]].head(5)
                      label      kind      told_to source_type  anonymous
    0  River Lenn Authority  indirect                 official      False
    1          hydrologists  indirect                  analyst      False
    2  River Lenn Authority    direct  Valley Post    official      False
    3  River Lenn Authority    direct                 official      False
    4                        indirect                 official      False
    >>> quotes.text[3]
    '“Nobody should wait until the water is at the door,”'
    """
    mentions_by_article = by_article(mentions)
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "statements"):
        mentions_of_article = mentions_by_article.get(article, [])
        reader = _ArticleReader(mentions_of_article, article_passages)
        for passage in article_passages:
            if passage.label != "headline":
                for piece in _split_long(passage):
                    reader.read_paragraph(piece)
        rows += reader.rows
    return make_table("quotes", rows)


def _turns(passages: list, mentions: list) -> dict[int, Turn]:
    """Return the paragraphs of a transcript by their starts; none for other articles."""
    heads = {}
    are_sentences = True
    for passage in passages:
        head = TURN.match(blank_marks(passage.text))  # **Anna Bell:** We left.
        # A list of numbers ("Bell: 547") is not a transcript.
        if head and HAS_LETTERS.search(passage.text, head.end()):
            heads[passage.start] = head
            are_sentences = are_sentences and ENDS_IN_STOP.search(passage.text) is not None
    names = {start: head["name"] or head["letter"] for start, head in heads.items()}
    # "Ostrand: dam fails" may be a headline above a transcript with names in capitals.
    in_capitals = {start: name for start, name in names.items() if name.isupper()}
    if len(in_capitals) < len(names) and _is_transcript(list(in_capitals.values())):
        names = in_capitals
        heads = {start: heads[start] for start in names}
    full_names = {fold(mention.text) for mention in mentions if " " in mention.text.strip()}
    is_conversation = are_sentences and _is_conversation(list(names.values()), full_names)
    if not (is_conversation or _is_transcript(list(names.values()))):
        return {}
    persons: dict[str, Any] = {}
    # The longest name first: BELL is Anna Bell.
    for mention in sorted(mentions, key=lambda mention: -len(mention.label.split())):
        if mention.type == "person":
            persons.setdefault(fold(mention.label), mention)
            persons.setdefault(fold(mention.label).split()[-1], mention)
    # An interview with the only person of the article: the answers are hers
    if len({mention.label for mention in persons.values()}) == 1:
        [only_person, *_] = persons.values()
        persons |= dict.fromkeys(INTERVIEWEE, only_person)

    turns = {}
    for start, head in heads.items():
        name = names[start]
        name_start, name_end = head.span("name") if head["name"] else head.span("letter")
        name_span = (start + name_start, start + name_end)
        turns[start] = Turn(name_span, head.end(), persons.get(_without_title(name)))
    return turns


def _is_conversation(names: list[str], full_names: set[str]) -> bool:
    """Return whether paragraphs begin with the full names of persons who answer each other."""
    turns = Counter(fold(name) for name in names)
    if len(turns) < MIN_SPEAKERS or not set(turns) <= full_names:
        return False
    return all(name.isupper() for name in names) or len(names) > len(turns)


def _is_transcript(names: list[str]) -> bool:
    """Return whether paragraphs that begin with these names and a colon are a transcript."""
    turns = Counter(_without_title(name) for name in names)
    number_of_regulars = sum(count > 1 for count in turns.values())
    # Lists of headlines also begin with names, but transcripts write them in capitals or as Q and A
    if all(name.isupper() for name in names):
        return len(names) >= MIN_TURNS and number_of_regulars > 0
    return len(names) > MIN_TURNS and number_of_regulars > 1


def _without_title(name: str) -> str:
    """Return a folded name as transcripts write it, without the title: "MAYOR BELL" is "bell"."""
    words = fold(name).replace(".", "").split()
    while len(words) > 1 and words[0] in _titles():
        words = words[1:]
    return " ".join(words)


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.removesuffix(".") for word in read_words("en/names/titles"))


def _split_long(passage: Any) -> Iterator[Any]:
    """Yield a paragraph; if it is too long, pieces that end with a sentence or at least a word."""
    text = passage.text
    start = 0
    while len(text) - start > MAX_PARAGRAPH_LENGTH:
        end = start + MAX_PARAGRAPH_LENGTH
        for gap in (". ", "” ", "? ", "! ", " "):
            last_gap = text.rfind(gap, start + MAX_PARAGRAPH_LENGTH // 2, end)
            if last_gap >= 0:
                end = last_gap + len(gap)
                break
        yield passage._replace(
            start=passage.start + start, end=passage.start + end, text=text[start:end]
        )
        start = end
    yield passage._replace(start=passage.start + start, text=text[start:])


class _ArticleReader:
    """Reads the paragraphs of one article in order and collects the rows of its statements."""

    def __init__(self, mentions: list, passages: list):
        self.rows: list[dict] = []  # of the quotes table
        self.turns = _turns(passages, mentions)
        self.open_turn: Turn | None = None  # of a transcript, which may go on
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.history = SpeakerHistory(mentions, passages)
        self.hearer = ""  # the addressee of the last statement
        # rows of the last paragraph that a later one may complete:
        self.unsigned_rows: list[dict] = []  # the whole paragraph is in quotation marks
        self.introduction: Attribution | None = None  # of the next paragraph: "Bell wrote:"
        self.unfinished_rows: list[dict] = []  # a quotation that continues in the next paragraph
        self.is_quotation_open = False  # at the end of the last paragraph
        self.is_sentence_complete = True  # at the end of the last paragraph

    def read_paragraph(self, passage: Any) -> None:
        """Add the statements of one paragraph."""
        text = passage.text
        if passage.start in self.turns:
            turn = self.turns[passage.start]
            self._add_turn(passage, turn)
            # If turns begin with a quotation mark, so do the further paragraphs of a turn
            self.open_turn = turn if OPENING_MARK.match(text) else None
            return
        if self.open_turn and _is_all_quoted(text):
            if not STAGE_DIRECTION.fullmatch(text):
                self._add_turn(passage, self.open_turn._replace(length=1))
            return
        self.open_turn = None
        first = bisect_left(self.starts, passage.start)
        last = bisect_left(self.starts, passage.end)
        mentions = self.mentions[first:last]
        if mentions and _is_signature(text, mentions[0], passage):
            self._sign(self.unsigned_rows, mentions[0], text)
        self.unsigned_rows = []

        nicknames, marked = _nicknames_and_quotations(passage, mentions)
        if self.is_quotation_open:
            rest = _end_of_quotation(text, marked)
            if rest and mentions and _is_signature_in_marks(text, mentions[0], passage):
                self._sign(self.unfinished_rows, mentions[0], text)
                self.is_quotation_open = False
                return
            marked = [*rest, *marked]
        introduction = self.introduction
        self.introduction = None
        if introduction and not marked:
            self._add_block_quotation(passage, introduction)
            return
        introduces_next = text.rstrip().endswith(":")  # "She went on:" before a paragraph of hers
        if not marked:
            # a line in the middle of an open quotation, or a new paragraph without one
            self.is_quotation_open = self.is_quotation_open and not self.is_sentence_complete
            if not self.is_quotation_open:
                self.unfinished_rows = []
        self.is_sentence_complete = ENDS_IN_STOP.search(text) is not None
        if not marked:
            self.history.remember_topic(mentions, passage)
        if not marked and not introduces_next and not verb_pattern().search(text):
            return
        paragraph = _parse_paragraph(passage, marked, nicknames, mentions)
        if len(text) < MAX_PARAGRAPH_LENGTH:
            self.history.persons.add_paragraph(passage, marked, paragraph.sentences)
        rows = self._read_statements(passage, paragraph)
        if introduces_next:
            self._introduce_next(paragraph)

        self._finish_quotation(rows, text, marked)
        self.unsigned_rows = [row for row in rows if row["text"] == text.strip()]
        self.rows += rows

    def _finish_quotation(self, rows: list[dict], text: str, marked: list[Span]) -> None:
        """Attribute a quotation over several paragraphs to the speaker whom a later one names."""
        starts_with_quotation = rows and marked and not text[: marked[0][0]].strip()
        goes_on = starts_with_quotation and _lacks_named_speaker(rows[0])
        if starts_with_quotation and not goes_on:
            for row in self.unfinished_rows:
                _copy_speaker(rows[0], row)

        if not marked:
            return
        self.is_quotation_open = not is_closed(text, marked[-1])
        earlier_rows = self.unfinished_rows if goes_on and len(rows) == 1 else []
        last_rows = [row for row in rows[-1:] if _lacks_named_speaker(row)]
        self.unfinished_rows = [*earlier_rows, *last_rows] if self.is_quotation_open else []

    def _add_turn(self, passage: Any, turn: "Turn") -> None:
        """Add a statement of a transcript, unless it is the question of an interviewer."""
        if INTERVIEWER.match(passage.text):
            return
        text = passage.text
        end = len(text.rstrip())
        is_marked = OPENING_MARK.match(text) is not None
        if is_marked and is_closed(text, (0, end)):
            end -= 1
        row = span_row(passage, turn.length, end, kind="direct")
        row |= {"rule": TRANSCRIBED, "anonymous": False, "told_to": "", "via": ""}
        mention = turn.mention
        row["label"] = mention.label if mention is not None else ""
        row["reference"] = NAMED if mention is not None else UNRESOLVED
        row["candidates"] = ""
        row["source_type"] = source_type(mention.role) if mention is not None else ""
        row |= _link("speaker", turn.name, 0)
        self.rows.append(row)

    def _add_block_quotation(self, passage: Any, introduction: Attribution) -> None:
        """Add a paragraph without quotation marks that "Bell wrote:" introduces."""
        span = trim(passage.text, 0, len(passage.text))
        row = _quote_row(passage, Statement(span, "direct"), introduction)
        row |= {"rule": BLOCK_QUOTATION, "told_to": self.hearer}
        self.rows.append(row)

    def _sign(self, rows: list[dict], mention: Any, line: str) -> None:
        """Attribute quotations to the name below them: – Anna Bell, farmer."""
        for row in rows:
            row["label"] = mention.label
            row["speaker_start"] = mention.start
            row["speaker_end"] = mention.end
            row["source_type"] = source_type(mention.role or fold(line))
            row["anonymous"] = False
            row["reference"] = NAMED
            row["candidates"] = ""
            row["rule"] = SIGNED

    def _introduce_next(self, paragraph: Paragraph) -> None:
        """Record the speaker of the next paragraph: "She went on:"."""
        if paragraph.verbs:
            subject = paragraph.verbs[-1].subject
        else:
            end = len(paragraph.blanked)
            subject = first_subject_in(paragraph.blanked, 0, end, paragraph.mentions)
        if subject:
            speaker = self.history.identify(subject, paragraph.start)
            self.history.remember_speaker(speaker)
            if paragraph.verbs and _ends_with_saying(paragraph):
                self.introduction = Attribution(BLOCK_QUOTATION, speaker)

    def _read_statements(self, passage: Any, paragraph: Paragraph) -> list[dict]:
        """Return the rows of a paragraph's statements, in order."""
        intermediaries = _intermediaries(paragraph.verbs)
        parts: dict[int, list[Span]] = {}  # start of a verb: the statements it reports so far
        rows = []
        for statement in _statements(paragraph):
            previous = self.history.latest_speakers[-1:]
            attribution = choose_speaker(statement.span, paragraph, self.history, statement.verb)
            if attribution is None:
                continue
            self._update_hearer(attribution, paragraph, previous)
            verb = attribution.verb
            if attribution.speaker:
                is_asking = verb is not None and verb.word in ASKING_VERBS
                self.history.remember_speaker(attribution.speaker._replace(is_asking=is_asking))

            row = _quote_row(passage, statement, attribution)
            row["told_to"] = self.hearer
            if verb:
                through = verb.quoted_by or intermediaries.get(verb.start, "")
                row["via"] = row["via"] or through
                row |= _link("cue", (verb.start, verb.end), passage.start)
                parts_of_verb = parts.setdefault(verb.start, [])
                earlier = [part for part in parts_of_verb if part[1] <= statement.span[0]]
                if earlier:  # “We left,” Bell said, “and came back.”
                    row |= _link("part", earlier[0], passage.start)
                parts_of_verb.append(statement.span)
            rows.append(row)
            rows += _rows_of_joint_speakers(row, attribution, paragraph)
        return rows

    def _update_hearer(
        self, attribution: Attribution, paragraph: Paragraph, previous: list[Speaker]
    ) -> None:
        """Record the addressee of a statement; it also applies if the speaker continues."""
        verb = attribution.verb
        if verb:
            goes_on = verb.shares_subject
        else:
            speaker = attribution.speaker
            goes_on = bool(previous and speaker and speaker.actor == previous[0].actor)
        if not goes_on:
            self.hearer = _hearer_of(verb, paragraph) if verb else ""


def _nicknames_and_quotations(passage: Any, mentions: list) -> tuple[list[Span], list[Span]]:
    """Separate marks inside a name from all others: Anna “Annie” Bell."""
    nicknames = []
    quotations = []
    for start, end in marked_spans(passage.text):
        is_inside = any(
            mention.start < passage.start + start and passage.start + end < mention.end
            for mention in mentions
        )
        (nicknames if is_inside else quotations).append((start, end))
    return nicknames, quotations


def _end_of_quotation(text: str, marked: list[Span]) -> list[Span]:
    """Return the end of a quotation that began in an earlier line: *it rained,”* said Bell."""
    first_opening = marked[0][0] if marked else len(text)
    closing = CLOSING_MARK.search(text, 0, first_opening)
    return [(0, closing.end())] if closing else []


def _parse_paragraph(
    passage: Any, marked: list[Span], nicknames: list[Span], mentions: list
) -> Paragraph:
    """Find sentences, names and reporting verbs outside the quotations of a paragraph."""
    blanked = blank_quotes(blank_marks(passage.text), marked)
    for start, end in nicknames:  # so that their marks end no subject
        blanked = f"{blanked[:start]}{FILLER}{blanked[start + 1 : end - 1]}{FILLER}{blanked[end:]}"
    placed = [
        PlacedMention(mention.start - passage.start, mention.end - passage.start, mention)
        for mention in mentions
    ]
    outside = [name for name in placed if not enclosing(marked, name.start)]
    sentences = sentence_spans(blanked)
    verbs = find_reporting_verbs(blanked, sentences, outside, marked)
    return Paragraph(passage.start, passage.text, blanked, marked, sentences, outside, verbs)


def _statements(paragraph: Paragraph) -> list[Statement]:
    """Return the statements of a paragraph: quotations that are speech, and reported clauses."""
    clauses = [span for verb in paragraph.verbs for span in verb.content]
    quotations = [
        span
        for span in paragraph.marked
        if is_speech(paragraph.text, span)
        or any(span[0] <= start and end <= span[1] for start, end in clauses)
    ]
    statements = [Statement(span, _quotation_kind(paragraph.text, span)) for span in quotations]
    for verb in paragraph.verbs:
        for span in verb.content:
            if not _is_mostly_quoted(span, quotations):
                statements.append(Statement(span, "indirect", verb))
    return sorted(statements, key=lambda statement: (statement.span[0], -statement.span[1]))


def _quotation_kind(text: str, span: Span) -> str:
    word_count = sum(1 for _ in WORD.finditer(text, *span))
    return "direct" if word_count > MAX_FRAGMENT_WORDS else "fragment"


def _is_mostly_quoted(span: Span, quotations: list[Span]) -> bool:
    """Return whether a reported clause is nearly all in quotation marks."""
    quoted_length = sum(
        max(0, min(span[1], end) - max(span[0], start)) for start, end in quotations
    )
    return quoted_length > MIN_QUOTED_SHARE * (span[1] - span[0])


def _intermediaries(verbs: list[ReportingVerb]) -> dict[int, str]:
    """Map the start of each verb to its intermediary: "…, she said, the Wire reported"."""
    reported_by: dict[int, str] = {}
    for outer in verbs:
        mention = outer.subject.mention
        if mention is None or source_type(fold(mention.label)) not in ("agency", "outlet"):
            continue
        for verb in verbs:
            if any(start <= verb.start < end for start, end in outer.content):
                reported_by[verb.start] = mention.label
    return reported_by


def _hearer_of(verb: ReportingVerb, paragraph: Paragraph) -> str:
    """Find the person spoken to in the sentence of a verb: "told X", "speaking to X"."""
    for name in paragraph.mentions:
        follows_verb = 0 < name.start - verb.end < HEARER_GAP
        if follows_verb and "addressee" in grammar_of(verb.word):
            return name.mention.label
        if verb.sentence[0] <= name.start < verb.sentence[1]:
            before = paragraph.text[max(0, name.start - HEARER_CONTEXT_LENGTH) : name.start]
            if CONTEXT_OF_HEARER.search(before):
                return name.mention.label
    return ""


def _quote_row(passage: Any, statement: Statement, attribution: Attribution) -> dict:
    """Return a row of quotes, as far as it can be filled from a statement and its speaker."""
    start, end = trim(passage.text, *statement.span)
    speaker = attribution.speaker
    row = span_row(passage, start, end, kind=statement.kind, rule=attribution.rule)
    row["anonymous"] = False

    context_end = end + CITING_CONTEXT_LENGTH
    cited = CITED_SOURCE.search(passage.text[start:context_end])
    row["via"] = (cited[1] or cited[2]).strip() if cited else ""

    if not speaker:
        nobody = {"label": "", "source_type": "", "reference": NO_SPEAKER, "candidates": ""}
        return row | nobody | {"speaker_start": None, "speaker_end": None}
    type_ = source_type(speaker.description) or source_type_of_name(fold(speaker.actor))
    # "the statement said": a document is neither a type of source nor somebody unnamed
    is_document = type_ == "document"
    return row | {
        "label": speaker.actor,
        "source_type": "" if is_document else type_,
        "anonymous": speaker.reference == UNNAMED and not is_document,
        "reference": speaker.reference,
        "candidates": " | ".join(speaker.candidates),
        "speaker_start": speaker.start,
        "speaker_end": speaker.end,
    }


def _rows_of_joint_speakers(
    row: dict, attribution: Attribution, paragraph: Paragraph
) -> list[dict]:
    """Return a row for each further speaker of a statement: "Ann Reed and Peter Lund said"."""
    companions = attribution.speaker.companions if attribution.speaker else ()
    rows = [row | _joint_speaker(mention, row["reference"]) for mention in companions]
    if attribution.verb:
        for name in attribution.verb.subject.others:
            joint = _joint_speaker(name.mention, NAMED)
            rows.append(row | joint | _link("speaker", name[:2], paragraph.start))

    further = {joint["label"]: joint for joint in rows if joint["label"] != row["label"]}
    return list(further.values())


def _joint_speaker(mention: Any, reference: str) -> dict:
    """Return the columns of a row of quotes that a further speaker changes."""
    return {
        "label": mention.label,
        "source_type": source_type(mention.role) or source_type_of_name(fold(mention.label)),
        "anonymous": False,
        "reference": reference,
        "candidates": "",
    }


def _ends_with_saying(paragraph: Paragraph) -> bool:
    """Return whether a verb of saying ends a paragraph: "Bell wrote:", "Bell told the Wire:"."""
    verb = paragraph.verbs[-1]
    rest = paragraph.blanked[verb.end :]
    return not verb.needs_quotation and INTRODUCTION_END.fullmatch(rest) is not None


def _is_all_quoted(text: str) -> bool:
    """Return whether a paragraph is one quotation, which may be open at its end."""
    spans = marked_spans(text)
    return len(spans) == 1 and (spans[0][0], spans[0][1]) == (0, len(text.rstrip()))


def _is_signature(text: str, mention: Any, passage: Any) -> bool:
    """Return whether a paragraph signs the one before: "– Anna Bell", "Anna Bell, farmer"."""
    if SIGNATURE_LINE.fullmatch(text):
        return True
    name_end = mention.end - passage.start
    is_person = mention.type == "person" and mention.start == passage.start
    return is_person and REST_OF_SIGNATURE_LINE.fullmatch(text, name_end) is not None


def _is_signature_in_marks(text: str, mention: Any, passage: Any) -> bool:
    """Return whether a line before the closing mark signs a pull quote: *Anna Bell, farmer."*."""
    name_end = mention.end - passage.start
    is_person = mention.type == "person" and mention.start == passage.start
    return is_person and END_OF_PULL_QUOTE.fullmatch(text, name_end) is not None


def _copy_speaker(source: dict, target: dict) -> None:
    """Attribute a quotation over several paragraphs to the speaker named in a later one."""
    for column in (
        "label",
        "speaker_start",
        "speaker_end",
        "source_type",
        "anonymous",
        "reference",
        "candidates",
        "told_to",
    ):
        target[column] = source[column]


def _lacks_named_speaker(row: dict) -> bool:
    """Return whether no words of its paragraph name the speaker of a quotation."""
    return row["speaker_start"] is None or row["rule"] == SPEAKER_GOES_ON


def _link(name: str, span: Span, paragraph_start: int) -> dict[str, int]:
    """Return the two columns of a link to a span of the paragraph."""
    return {
        f"{name}_start": paragraph_start + span[0],
        f"{name}_end": paragraph_start + span[1],
    }
