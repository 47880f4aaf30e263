"""Find reporting verbs ("said", "according to") with their subjects and the reported clauses.

All offsets count from the start of the paragraph, whose quotations have been blanked.
"""

import re
from functools import cache
from itertools import groupby, takewhile
from operator import itemgetter
from typing import NamedTuple

from clippings.actors.described_sources import (
    NOBODY_IN_PARTICULAR,
    DescribedSource,
    kind_of_source,
)
from clippings.actors.subjects import (
    WEEKDAY,
    WORDS_BEFORE_VERB,
    PlacedMention,
    Subject,
    find_joined_names,
    find_opening_noun,
    find_person_before_participle,
    find_subject_after,
    find_subject_before,
    first_subject_in,
    subject_in_phrase,
)
from clippings.core.lexicon import any_of, either, read_words, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]


class ReportingVerb(NamedTuple):
    """A verb of `lexicon/en/speech/reporting_verbs.csv` with its subject and what it reports."""

    start: int
    end: int
    word: str  # folded
    sentence: Span
    subject: Subject
    shares_subject: bool  # the subject is that of another verb: "Bell said it fell, *adding* that"
    needs_quotation: bool  # it reports nothing without quotation marks: "Bell praised the town"
    content: tuple[Span, ...]  # the reported clauses; two if the verb splits one
    quoted_by: str = ""  # who quotes the speaker: the Wire in "the Wire quoted Bell as saying"


class _VerbInText(NamedTuple):
    """A word that looks like a reporting verb, and the text in which its subject is searched."""

    text: str  # the paragraph, with its quotations blanked
    start: int
    end: int
    word: str  # folded
    sentence: Span
    earlier: list[ReportingVerb]  # in the same sentence
    mentions: list[PlacedMention]
    marked: list[Span]  # quotations of the paragraph

    @property
    def before(self) -> str:
        """Return the words of the sentence before the verb."""
        return self.text[self.sentence[0] : self.start].rstrip()

    @property
    def is_participle(self) -> bool:
        """Return whether the verb ends in -ing."""
        return self.word.endswith("ing")


class _SubjectOfVerb(NamedTuple):
    """The subject of a reporting verb, and how it was recognised."""

    subject: Subject | None
    is_shared: bool = False  # it is the subject of another verb, too
    is_quoted: bool = False  # an outlet quotes the speaker: "the Wire quoted Bell as saying"
    quoted_by: str = ""  # the outlet


# Lengths in characters
CONTEXT_LENGTH = 14  # before a verb, where "was never", "false" or "news" appear
DENIAL_LENGTH = 48  # before a verb, where "declined to publicly" and "would not" appear
NEITHER_LENGTH = 80  # before the second name in "neither Bell nor Lund"
PASSIVE_LENGTH = 160  # from "asked" in "Bell, asked about it, said" to the verb of saying
SHARING_CONTEXT_LENGTH = 60  # before a verb, where "and later" appears
CLAUSE_START_LENGTH = 24  # before a verb, where ", and then" appears
MAX_GAP_TO_SUBJECT = 2  # between a subject and the verb right after it: a blank, or ", "
HEARER_GAP = 6  # between "told" and a name: "told the ", at most

# Words
MIN_STATEMENT_WORDS = 2
MIN_WORDS_BEFORE_VERB = 3  # "It will fall, she said": shorter stretches are insertions
MIN_WORDS_BEFORE_AS = 4  # "The dam holds well, as the mayor reported"
MIN_WORDS_AFTER_SPLIT = 4  # “…,” she said, *with a smile* is not a second part
WORD_LIMIT = 4  # splits of a text; counting stops there, so long sentences cost nothing

MAX_WORDS_AFTER_THING = 4  # "the ruling | of the court in Tolmere | said"; more are a clause

# Earlier reporting verbs of a sentence that are considered. Without a limit the cost is quadratic
# in the length of a sentence that repeats "said"; ordinary sentences have two or three.
MAX_EARLIER_VERBS = 12

_insertion_openers = any_of("en/speech/clauses", "opens an insertion")
_citing = any_of("en/speech/subjects", "citing")

ISSUED_STATEMENT = re.compile(
    rf"""
    \b ({any_of("en/speech/subjects", "issues a statement")})   # released
    \s+ (?: an? | its | his | her | their )                   # a
    \s [^,;:“”]{{2,50}} $                                     # statement on Monday (saying)
    """,
    re.IGNORECASE | re.VERBOSE,
)
PASSIVE_BEFORE_VERB = re.compile(
    rf"""
    \b (?:{any_of("en/speech/subjects", "passive auxiliary")})  # was
    \s+ (?: \w+ly\s+ | also\s+ | not\s+ )? $                  # also (reported)
    """,
    re.IGNORECASE | re.VERBOSE,
)
ROLE_AFTER_QUOTATION = re.compile(  # “It fell,” the mayor of Ostrand
    r"""
    [“"‘'] [^”"]* [”"’'] \s+ (?: [Tt]he | [Aa]n? | [Hh]is | [Hh]er | [Tt]heir | [Ii]ts | \w+['’]s? )
    (?: \s [\w’'-]+ ){1,6}
    """,
    re.VERBOSE,
)

NOT_SAID = re.compile(  # what somebody did not say is not a statement
    rf"""
    (?: \b (?:{any_of("en/speech/subjects", "refuses to")})           # declined
        (?: \s+ to (?: \s+ \w+ly )? | \s+ comment (?:ing)? (?: \s+ or )? )   # to publicly (say)
      | (?: \b (?:{any_of("en/speech/subjects", "auxiliary of a denial")}) \s+ (?: not | never )
          | \b cannot | \b \w+n['’]t | \b never )                    # would not, didn’t, never
        (?: \s+ (?! {any_of("en/speech/subjects", "limits a denial")} ) \w+ly
          | \s+ even | \s+ yet )?                                     # immediately (say)
      | \b {any_of("en/speech/subjects", "instead of speaking")}           # goes without (saying)
      | \b {any_of("en/speech/subjects", "remark of the writer")} \s+ to   # needless to (say)
    ) \s+ $
    """,
    re.IGNORECASE | re.VERBOSE,
)
PUT_TO_THE_SPEAKER = re.compile(
    rf"(?:{any_of('en/speech/subjects', 'put to the speaker')})\b", re.IGNORECASE
)
SAID_AFTER_COMMA = re.compile(  # Bell, asked about the wall*, later said* it was safe
    rf",\s+(?:(?:\w+ly|only|{any_of('en/speech/subjects', 'between subject and verb')})\s+)?"
    r"(?P<verb>[a-z]+)\b"
)
QUOTED_AS = re.compile(
    rf"""
    \b (?P<passive> (?: was | were | is | are | been | being ) \s+ (?: \w+ly \s+ )? )?
    (?P<verb> {any_of("en/speech/subjects", "quotes somebody")} ) \s+
    (?P<who> [^;:“”]{{0,90}}? ) \s* \b as (?P<having> \s+ having )? \s+ $  # quoted Bell as (saying)
    """,
    re.IGNORECASE | re.VERBOSE,
)
QUOTES_SOMEBODY_AS = re.compile(  # “It fell,” the Wire *quoted Bell as saying*
    rf"""
    (?:{any_of("en/speech/subjects", "quotes somebody")}) \s
    [^;:“”]{{0,90}}? \b as \s+ (?: having \s | [a-z]+ing\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
REPORTS_SOMEBODY_AS = re.compile(  # the Wire *reported Bell as saying*; not "reported rain as"
    rf"""
    (?:{any_of("en/speech/subjects", "quotes somebody")}) \s
    (?! that\b ) [^,;:“”]{{1,60}}? \b as \s+
    (?: having \s | {any_of("en/speech/subjects", "participle of a quotation")} \b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
QUOTED_BY = re.compile(r"by\s+(?P<outlet>[^,;]{2,60}?)(?:\s+(?:on|in|at)\b.*)?$")
AUXILIARY = re.compile(  # Bell *has* notes on it, Bell is *to* answer
    rf"\b(?:{any_of('en/speech/subjects', 'auxiliary of a denial')}|be|been|being|to)\b",
    re.IGNORECASE,
)
NOBODY = re.compile(  # Nobody said
    rf"(?:{any_of('en/speech/subjects', 'nobody')})\b", re.IGNORECASE
)
NO_BEFORE_ONE = re.compile(r"\bno\s+$", re.IGNORECASE)  # No (one)
NEITHER_NOR = re.compile(r"\bneither\b[^.;:]*\bnor\s+$", re.IGNORECASE)  # Neither Bell nor (Lund)
NOUN_CONTEXT = re.compile(  # *the* reports, *false* claims, *Bell’s* answers
    rf"(?:\b(?:{any_of('en/speech/subjects', 'before a noun')})|['’]s?)\s+$", re.IGNORECASE
)
FOR_SOMEBODY_TO = re.compile(r"\bfor\s+[^,.;:“”]{2,40}\s+to\s+$", re.IGNORECASE)
AGENT_AFTER_PARTICIPLE = re.compile(  # announced *by* the council, but not "by phone"
    rf"\s+by\s+(?!{any_of('en/speech/clauses', 'means of speaking')})"
)
_before_participle = any_of("en/speech/subjects", "before a participle")
BEFORE_PARTICIPLE = re.compile(  # *an* alleged bias, *Bell’s* reported plans, *547* pledged votes
    rf"(?:\b(?:{_before_participle}|\d+(?:,\d{{3}})*)|['’]s)\s+$", re.IGNORECASE
)
BEFORE_PARTICIPLE_PHRASE = re.compile(  # Bell, *despite* saying that
    rf"\b(?:{any_of('en/speech/subjects', 'before a participle phrase')})$", re.IGNORECASE
)
HEARER = re.compile(
    r"""
    \s+ (?: (?: the | a | an | his | her | their ) \s+ )?     # (told) the
    [\w’'.&-]+ (?: \s+ [A-Z][\w’'.&-]* )*                     # Rome Post
    """,
    re.VERBOSE,
)
_clause_words = any_of("en/speech/clauses", "opens a clause after its hearer")
NOUN_OF_HEARER = re.compile(  # (told Ostrand) *residents* not to drink
    rf"""
    \s+ (?! (?:{_clause_words}) \b )
    (?! (?:{any_of("en/speech/clauses", "opens a clause of place or time")}) \b )
    (?! (?:{any_of("en/speech/function_words", "determiner")}
         |{any_of("en/speech/function_words", "embeds a name")}
         |{any_of("en/speech/function_words", "oblique")}) \b )
    [a-z]+ (?= \s+ (?:{_clause_words}) \b )
    """,
    re.VERBOSE,
)
HEARER_BEFORE_THAT = re.compile(r"[^,.;:“\"]{1,70}?(?=\s+that\b)")  # (told) a crowd in Rome (that)
END_OF_CLAUSE = re.compile(  # what may follow "…, said Anna Bell": a stop, "on Monday", "who lives"
    rf"\s*(?:[^\w\s]|$|(?:{any_of('en/speech/clauses', 'closes a clause')})\b)"
)
TIME_OF_SAYING = re.compile(  # "said on Monday that": it belongs to the saying, not to what is said
    rf"""
      (?: on\s+ )? {WEEKDAY}                                  # (said) on Monday
    | (?:{_insertion_openers}) \s                             # (said) in
      [^,.;:“”"]{{1,60}}? (?= ,\s | \s+that\s )               # a speech to miners, / that
    | again (?= \s+that )                                     # (said) again that
    """,
    re.VERBOSE,
)
ENDS_SENTENCE = re.compile(  # the wall, which is old, fell, says the Wire* news agency.*
    rf"(?:\s+(?:news\s+)?[a-z]+)?\s*(?:{WEEKDAY})?\s*[.!?]?\s*$"
)
ONLY_TIME_OF_SAYING = re.compile(  # It fell, Bell said *this week*
    rf"(?:on\s+)?{WEEKDAY}"
    rf"|{any_of('en/speech/clauses', 'time of saying')}\b|(?:{_insertion_openers})\s"
)
SHORT_CLAUSE = re.compile(  # After the vote, Bell said *he would stay*
    rf"(?:{any_of('en/speech/clauses', 'opens a short clause')})\b", re.IGNORECASE
)
ANSWER = re.compile(  # Asked about it, Bell said *yes*
    rf"(?:{any_of('en/speech/clauses', 'short answer')})\W*", re.IGNORECASE
)
OPENING_PHRASE = re.compile(  # *After the vote*, Bell said; *asked about it*, Bell said
    rf"(?:{any_of('en/speech/function_words', 'opens a phrase that is not a subject')}"
    rf"|{any_of('en/speech/subjects', 'put to the speaker')}"
    rf"|{any_of('en/speech/clauses', 'opens a sentence')}|{WEEKDAY})\b",
    re.IGNORECASE,
)
SPEAKING_OR_CITING = re.compile(rf"(?:speaking|{_citing}) ")  # (he said,) *speaking* to reporters
PLACE_OR_TIME_CLAUSE = re.compile(  # (…, she said) *in* Rome, *when* asked
    rf"(?:{any_of('en/speech/clauses', 'opens a clause of place or time')})\b"
)
AS = re.compile(r"\s+as\s")
THAT = re.compile(r"\s+that\s")
FRONTED_CLAUSE = re.compile(  # *Although* it fell, Bell left, saying that
    rf"\s*(?:{any_of('en/speech/function_words', 'conjunction')})\s", re.IGNORECASE
)
COMMA = re.compile(r",\s")
WORDS_BEFORE_MAIN_SUBJECT = re.compile(r"(?:the\s)?(?:[A-Z][\w.’'-]*\s){0,4}")  # *Mayor* Lund
ASIDE = re.compile(  # Bell said it fell*, according to the Wire*
    rf"""
    ,\s+
    (?: according\ to \b
      | compared\ (?:with|to) \b                                  # compared with 38 percent
      | (?:in|during|at|on) \s (?:an?|his|her|the) \s [^,“”]{{0,30}}? # in an interview on Monday
        \b (?:{any_of("en/speech/clauses", "occasion of speech")}
             |{any_of("en/speech/clauses", "published statement")}) \b
      | an? \s [^,“”]{{3,40}}? \s (?:that|which) \b                # a claim that
      | (?:remarks|comments|words) \s that \b
    )
    """,
    re.VERBOSE,
)
MAIN_VERB_AFTER_RELATIVE = re.compile(  # Bell, who said it fell*, left* the town
    rf"""
    ,\s+ (?:\w+ly\s+)?
    (?: [a-z]+(?:ed|s) | {any_of("en/speech/function_words", "finite verb")}
      | {either(read_words("en/time/words", kind="tense", value="past"))} ) \b
    """,
    re.VERBOSE,
)
OCCASION = re.compile(  # *In a letter on Monday*, Bell said; *asked about it*, Bell said
    rf"""
      (?:{any_of("en/speech/subjects", "put to the speaker")} | speaking | writing) \b
    | (?:when|if) \s+ (?:{any_of("en/speech/subjects", "put to the speaker")}) \b
    | (?:{_insertion_openers}|by|via) \s [^,“”]{{0,80}}?
      \b (?:{any_of("en/speech/clauses", "noun of speech")}
           |{any_of("en/speech/clauses", "occasion of speech")}
           |{WEEKDAY}) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
AS_AT_END = re.compile(r"(?P<comma>,)?\s(?P<as>as)\s*$")  # The dam holds*, as* (Bell reported)
OPENING_CONJUNCTION = re.compile(r"(?:but|and|yet|so)\s+", re.IGNORECASE)
QUOTATION_FOLLOWS = re.compile(r"[,:]?\s*“|:\s*$")  # (Bell said)*, “It fell”*
JOINS_VERBS = re.compile(  # Bell laughed *and then* said
    r"\b(?:and|but|then)(?:\s+(?:\w+ly|also|then|later))?$"
)
CLAUSE_START = re.compile(
    r"[,\s]*(?:\band\b|\bbut\b)?[\s\w]{0,12}$"
)  # (it fell)*, and later* (said)
CLAUSE_BREAK = re.compile(r"[;—]|, (?:while|but|as)\b")  # Bell left*, while* Reed stayed, saying
PRONOUNS = words_of("en/speech/function_words", kind="pronoun")
VERB_IN_DESCRIPTION = re.compile(  # an official *denied a* report, a review *made by* the office
    r"[a-z]{2,}(?:ed|en|made)\s+(?:by|an?|the|his|her|their|its)\s"
)
PRONOUN_IN_CLAUSE = re.compile(  # *they* opposed abortion, *it's* worth
    r"^(?:he|she|they|it|we|you|i|there)\b"
)
TRIMMED_MARKS = " ,;:\xa0—–-\n\r\t"
CLOSING_MARKS = ("”", '"', "'")


@cache
def grammar_of(word: str) -> frozenset[str]:
    """Look up the grammar of a reporting verb in the lexicon.

    Parameters
    ----------
    word : str
        The folded verb.

    Returns
    -------
    frozenset of str
        Of "addressee", "infinitive", "named", "noun", "that" and "speaker-follows"; see
        `lexicon/en/speech/reporting_verbs.csv`.

    Examples
    --------
    >>> sorted(grammar_of("told")), sorted(grammar_of("according to"))
    (['addressee'], ['speaker-follows'])
    """
    cells = read_words("en/speech/reporting_verbs", "grammar", word=word)
    return frozenset(" ".join(cells).split())


@cache
def verb_pattern() -> re.Pattern:
    """Compile all reporting verbs into one pattern.

    Returns
    -------
    re.Pattern
        The longest match first; grouped by the first letter, which makes it several times faster.

    Examples
    --------
    >>> [match[0] for match in verb_pattern().finditer("He said so, according to Bell.")]
    ['said', 'according to']
    """
    verbs = sorted(
        set(read_words("en/speech/reporting_verbs")),
        key=lambda verb: (verb[0], -len(verb), verb),
    )
    groups = []
    for letter, verbs_of_letter in groupby(verbs, itemgetter(0)):
        endings = "|".join(re.escape(verb[1:]) for verb in verbs_of_letter)
        groups.append(f"{letter}(?:{endings})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])", re.IGNORECASE)


def find_reporting_verbs(
    text: str, sentences: list[Span], mentions: list[PlacedMention], marked: list[Span]
) -> list[ReportingVerb]:
    """Find the reporting verbs of a paragraph that have a subject.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    sentences : list of (int, int)
        Its sentences.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.
    marked : list of (int, int)
        The quotations of the paragraph.

    Returns
    -------
    list of ReportingVerb
        In order.

    Notes
    -----
    Not found: verbs that the lexicon does not list, and most passives ("it was said that").

    Examples
    --------
    >>> text = "The mayor said that it rains."
    >>> [verb] = find_reporting_verbs(text, [(0, 29)], [], [])
    >>> verb.word, verb.subject.description, [text[start:end] for start, end in verb.content]
    ('said', 'the mayor', ['that it rains.'])
    """
    verbs: list[ReportingVerb] = []
    name_spans = [name[:2] for name in mentions]
    for match in verb_pattern().finditer(text):
        start, end = match.span()
        sentence = enclosing(sentences, start)
        if not sentence or enclosing(name_spans, start) or enclosing(marked, start):
            continue
        word = fold(match[0])
        if _only_looks_like_reporting(text, start, word, sentence):
            continue
        earlier = _earlier_in_sentence(verbs, sentence)
        place = _VerbInText(text, start, end, word, sentence, earlier, mentions, marked)
        verb = _with_subject(place)
        if verb is None:
            continue
        if not verb.needs_quotation:
            earlier = _cut_earlier_content(text, verb, earlier)
            verbs[len(verbs) - len(earlier) :] = earlier
            content = _content(text, verb, earlier, mentions)
            verb = verb._replace(
                content=tuple(_without_aside(text, verb, span) for span in content)
            )
        verbs.append(verb)
    return verbs


def _with_subject(place: _VerbInText) -> ReportingVerb | None:
    """Return a verb with its subject, but without what it reports; None if nobody speaks."""
    text = place.text
    word = place.word
    subject, is_shared, is_quoted, quoted_by = _subject_of_verb(place)
    if not subject or _is_nobody(text, subject) or _is_no_source(place, subject):
        return None
    # "per Anna Bell", but not "per day"; and not "two boats per Bell"
    is_apart = place.before[-1:] in (",", "")
    if "named" in grammar_of(word) and not (is_apart and subject.mention is not None):
        return None
    # "Bell reports that" next to its subject is a verb; "to give reports" is a noun
    is_certain = is_shared or is_quoted or _is_next_to_subject(text, subject, place.start, word)
    if "noun" in grammar_of(word) and not is_certain:
        return None
    if not is_shared:
        subject = _with_joined_names(place, subject)
    return ReportingVerb(
        place.start,
        place.end,
        word,
        place.sentence,
        subject,
        shares_subject=is_shared,
        needs_quotation=_needs_quotation(word) and not _reports_that(text, place.end, word),
        content=(),
        quoted_by=quoted_by,
    )


def _with_joined_names(place: _VerbInText, subject: Subject) -> Subject:
    """Return a subject with those who speak together with it: "Reed and Bell said"."""
    others = find_joined_names(place.text, subject, place.sentence, place.mentions)
    if not others:
        return subject
    first_start = min(subject.phrase_start, others[0].start)
    return subject._replace(others=others, phrase_start=first_start)


def _is_next_to_subject(text: str, subject: Subject, start: int, word: str) -> bool:
    """Return whether only adverbs separate a verb from its subject: "Bell also claims"."""
    if start - subject.end <= MAX_GAP_TO_SUBJECT:
        return True
    if not WORDS_BEFORE_VERB.fullmatch(text[subject.end : start].lstrip()):
        return False
    # "Bell has notes on it": a noun; but "Bell is saying", "Bell has been saying"
    return word.endswith("ing") or not AUXILIARY.search(text, subject.end, start)


def _needs_quotation(word: str) -> bool:
    """Return whether a verb reports nothing without quotation marks."""
    return word in words_of("en/speech/reporting_verbs", reports="quotation")


def _reports_that(text: str, end: int, word: str) -> bool:
    """Return whether a verb that else needs a quotation has a clause: "agreed that it fell"."""
    return "that" in grammar_of(word) and bool(THAT.match(text, end))


def _only_looks_like_reporting(text: str, start: int, word: str, sentence: Span) -> bool:
    """Return whether a word only looks like a reporting verb."""
    before = text[max(0, start - CONTEXT_LENGTH) : start]
    needs_quotation = _needs_quotation(word)
    # "Informed of the plan, Bell praised it": a participle that opens the sentence
    if needs_quotation and word.endswith("ed") and sentence[0] == start:
        return True
    # "declined to say", "would not confirm", "goes without saying"
    if NOT_SAID.search(text, max(sentence[0], start - DENIAL_LENGTH), start):
        return True
    # "“It fell,” the Wire quoted Bell as saying": Bell says it, not the Wire
    if needs_quotation and QUOTES_SOMEBODY_AS.match(text, start, sentence[1]):
        return True
    if REPORTS_SOMEBODY_AS.match(text, start, sentence[1]):
        return True
    # "Bell, asked about the wall, said it was safe": Bell does not ask
    if _is_put_to_the_speaker(text, start, sentence):
        return True
    # "the reports", "Bell’s answers"
    may_be_noun = needs_quotation or "noun" in grammar_of(word)
    if may_be_noun and NOUN_CONTEXT.search(before):
        return True
    # "For the mayor to claim that it fell is wrong"
    if FOR_SOMEBODY_TO.search(text, sentence[0], start):
        return True
    # "the plan announced by the council": no statement of the plan's
    if word.endswith("ed") and AGENT_AFTER_PARTICIPLE.match(text, start + len(word)):
        return True
    # "Bell, described as late for work, left": others describe Bell
    if before.rstrip().endswith(",") and word.endswith("ed") and AS.match(text, start + len(word)):
        return True
    # "an alleged bias", "her promised return"
    if word.endswith("ed") and BEFORE_PARTICIPLE.search(before):
        return True
    # "it was reported": no reporter is named. But "he was saying" is not passive.
    return not word.endswith("ing") and bool(PASSIVE_BEFORE_VERB.search(before))


def _is_put_to_the_speaker(text: str, start: int, sentence: Span) -> bool:
    """Return whether a verb is a participle: something was put to the speaker of a later verb."""
    is_apart = text[sentence[0] : start].rstrip()[-1:] in (",", "—", "–", "")
    if not is_apart or not PUT_TO_THE_SPEAKER.match(text, start):
        return False
    end = min(sentence[1], start + PASSIVE_LENGTH)
    return any(
        verb_pattern().fullmatch(match["verb"]) and not match["verb"].endswith("ing")
        for match in SAID_AFTER_COMMA.finditer(text, start, end)
    )


def _earlier_in_sentence(verbs: list[ReportingVerb], sentence: Span) -> list[ReportingVerb]:
    """Return the last reporting verbs so far that are in the same sentence."""
    latest_first = reversed(verbs[-MAX_EARLIER_VERBS:])
    earlier = list(takewhile(lambda verb: verb.sentence == sentence, latest_first))
    return earlier[::-1]


def _subject_of_verb(verb: _VerbInText) -> _SubjectOfVerb:
    """Return the subject of a reporting verb: the first of these steps that applies decides."""
    steps = (
        _subject_that_follows,  # 1. "according to the mayor"
        _quoted_subject,  # 2. "the Wire quoted Bell as saying"
        _inverted_subject,  # 3. “It fell,” said the mayor.
        _issuer_of_statement,  # 4. "The group issued a statement saying that"
        _preceding_subject,  # 5. "The mayor said"
        _subject_of_earlier_verb,  # 6. "Bell said that it fell and added that"
    )
    for step in steps:
        subject = step(verb)
        if subject is not None:
            return subject
    return _first_subject_of_clause(verb)  # 7. "On Monday, Bell met Reed, saying that"


def _subject_that_follows(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return the speaker after "according to", where it always stands."""
    if "speaker-follows" not in grammar_of(verb.word):
        return None
    return _SubjectOfVerb(_subject_after(verb, any_noun=True))


def _inverted_subject(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return a subject that follows its verb: “It fell,” said the mayor. / It fell, said Bell."""
    before = verb.before
    follows_quotation = before.endswith(CLOSING_MARKS)
    may_be_inverted = not before or follows_quotation or before[-1] in ",—–"
    if not may_be_inverted or verb.is_participle or "addressee" in grammar_of(verb.word):
        return None
    subject = _subject_after(verb, any_noun=follows_quotation)
    if not subject or not END_OF_CLAUSE.match(verb.text, subject.end):
        return None
    # not "Bell, a doctor in Rome, said officials …": a name before insertions is preferred
    # But "Bell, a doctor in Rome, left, says the Wire.": nothing follows that Bell could say
    is_clear = (
        subject.mention is not None
        and not verb.text[verb.end : subject.phrase_start].strip()  # not "said of the Wire."
        and not _needs_quotation(verb.word)
        and ENDS_SENTENCE.match(verb.text, subject.end, verb.sentence[1])
    )
    if before.endswith(",") and before.count(",") > 1 and not is_clear:
        preceding = _subject_before(verb)
        if preceding and preceding.mention is not None:
            return None
    return _SubjectOfVerb(subject)


def _issuer_of_statement(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return who issued a statement: "The group issued a statement saying that"."""
    if not verb.is_participle:
        return None
    issued = ISSUED_STATEMENT.search(verb.text, verb.sentence[0], verb.start)
    if not issued:
        return None
    subject = find_subject_before(
        verb.text, verb.sentence[0], issued.span(1), verb.mentions, verb.marked
    )
    return _SubjectOfVerb(subject, is_shared=True)


def _preceding_subject(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return a subject before its verb: "The mayor said", "with Bell saying that".

    None if the verb has no subject of its own: "It fell, adding that".
    """
    is_joined = bool(JOINS_VERBS.search(verb.before[-SHARING_CONTEXT_LENGTH:]))
    if is_joined or (verb.is_participle and not verb.before[-1:].isalnum()):
        return None
    if verb.is_participle:
        # "Bell, despite saying that": Bell
        if BEFORE_PARTICIPLE_PHRASE.search(verb.before):
            return None
        # "footage of Bell saying that": Bell
        person = find_person_before_participle(verb.text, verb.start, verb.mentions)
        if person:
            return _SubjectOfVerb(person)
    subject = _subject_before(verb)
    return _SubjectOfVerb(subject) if subject or not verb.is_participle else None


def _subject_of_earlier_verb(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return the subject of the verb before: "Bell said that it fell and added that"."""
    earlier = verb.earlier
    # "Bell wept about a man who said it fell, saying that": Bell says so, not the man
    if verb.is_participle and verb.before.endswith(","):
        earlier = [other for other in earlier if not _is_in_relative_clause(verb.text, other)]
    if not earlier:
        return None
    return _SubjectOfVerb(_shared_subject(earlier, verb.before), is_shared=True)


def _is_in_relative_clause(text: str, verb: ReportingVerb) -> bool:
    """Return whether "who" without a comma is the subject: "a man *who* said it fell"."""
    is_relative = text[verb.subject.start : verb.subject.end] in ("who", "that", "which")
    return is_relative and text[: verb.subject.start].rstrip()[-1:].isalnum()


def _first_subject_of_clause(verb: _VerbInText) -> _SubjectOfVerb:
    """Return the first person of the clause: "On Monday, Bell met Reed, saying that"."""
    breaks = [match.end() for match in CLAUSE_BREAK.finditer(verb.before)]
    clause_start = verb.sentence[0] + max(breaks, default=0)
    clause_start = _end_of_fronted_clause(verb, clause_start)
    clause = (verb.text, clause_start, verb.start, verb.mentions)
    subject = find_opening_noun(*clause) or first_subject_in(*clause)
    return _SubjectOfVerb(subject, is_shared=True)


def _end_of_fronted_clause(verb: _VerbInText, start: int) -> int:
    """Return where the main clause begins: "Although Bell had won, | Mayor Lund left, saying"."""
    if not FRONTED_CLAUSE.match(verb.text, start, verb.start):
        return start
    for comma in COMMA.finditer(verb.text, start, verb.start):
        for name in verb.mentions:
            is_near = comma.end() <= name.start < verb.start
            if is_near and WORDS_BEFORE_MAIN_SUBJECT.fullmatch(verb.text, comma.end(), name.start):
                return comma.end()
    return start


def _subject_before(verb: _VerbInText) -> Subject | None:
    """Return the subject before a verb."""
    return find_subject_before(
        verb.text, verb.sentence[0], (verb.start, verb.end), verb.mentions, verb.marked
    )


def _subject_after(verb: _VerbInText, *, any_noun: bool) -> Subject | None:
    """Return the subject after a verb."""
    return find_subject_after(
        verb.text, verb.sentence[1], (verb.start, verb.end), verb.mentions, any_noun=any_noun
    )


def _shared_subject(earlier: list[ReportingVerb], before: str) -> Subject:
    """Return the subject that a joined verb has in common with an earlier one."""
    # "Bell said that Lund claimed it fell, but added that": after a comma the main clause goes on
    joiner = JOINS_VERBS.search(before[-SHARING_CONTEXT_LENGTH:])
    follows_comma = (
        joiner and before[-SHARING_CONTEXT_LENGTH:][: joiner.start()].rstrip()[-1:] == ","
    )
    if follows_comma:
        spans = [span for verb in earlier for span in verb.content]
        for verb in reversed(earlier):
            if not any(start <= verb.start < end for start, end in spans):
                return verb.subject
    return earlier[-1].subject


def _quoted_subject(verb: _VerbInText) -> _SubjectOfVerb | None:
    """Return the speaker whom an outlet quotes: "the Wire quoted Bell as saying"."""
    context_start = max(verb.sentence[0], verb.start - PASSIVE_LENGTH)
    quoted = QUOTED_AS.search(verb.text, context_start, verb.start)
    if not quoted or not (verb.is_participle or quoted["having"]):
        return None
    before_quoted = find_subject_before(
        verb.text, verb.sentence[0], quoted.span(), verb.mentions, verb.marked
    )
    if quoted["passive"]:  # "Bell was quoted by the Wire as saying"
        if before_quoted is None:
            return None
        outlet = QUOTED_BY.match(quoted["who"])
        quoted_by = outlet["outlet"].removeprefix("the ") if outlet else ""
        return _SubjectOfVerb(before_quoted, is_quoted=True, quoted_by=quoted_by)
    speaker = subject_in_phrase(verb.text, *quoted.span("who"), verb.mentions)
    if speaker is None:
        return None
    quoted_by = ""
    if before_quoted is not None:
        mention = before_quoted.mention
        quoted_by = mention.label if mention is not None else before_quoted.description
    return _SubjectOfVerb(speaker, is_quoted=True, quoted_by=quoted_by)


def _is_nobody(text: str, subject: Subject) -> bool:
    """Return whether a subject means that nobody spoke: "Neither Bell nor Lund said"."""
    if NOBODY.match(text, subject.phrase_start):
        return True
    before = text[max(0, subject.phrase_start - NEITHER_LENGTH) : subject.phrase_start]
    return bool(NEITHER_NOR.search(before) or NO_BEFORE_ONE.search(before))


def _is_no_source(place: _VerbInText, subject: Subject) -> bool:
    """Return whether nobody speaks, because the subject is a thing or nobody in particular.

    "The ruling said" and "the data show" report something, although nobody speaks; "the measure
    comes amid repeated warnings" and "his financial reports" do not.
    """
    description = subject.description
    if subject.mention is not None or description in PRONOUNS:
        return False
    if description.partition(" ")[0] in NOBODY_IN_PARTICULAR:
        return True
    # "guidelines that allow companies to say", "an official denied a newspaper report"
    words_between = place.text[subject.end : place.start].split()
    if words_between == ["to"] or VERB_IN_DESCRIPTION.search(description):
        return True
    if kind_of_source(description, subject.description_rest) != DescribedSource.NOT_A_SOURCE:
        return False
    if PRONOUN_IN_CLAUSE.search(description):
        return True
    if place.is_participle or "noun" in grammar_of(place.word):
        return True
    is_infinitive = words_between[-1:] == ["to"]
    return is_infinitive or len(words_between) > MAX_WORDS_AFTER_THING


def _clause_edge(text: str, verb: ReportingVerb) -> int:
    """Return the start of the words that introduce a clause: "Bell said", ", and added"."""
    if verb.shares_subject:
        search_start = max(0, verb.start - CLAUSE_START_LENGTH)
        return CLAUSE_START.search(text, search_start, verb.start).start()
    return verb.start if _is_inverted(verb) else verb.subject.phrase_start


def _is_inverted(verb: ReportingVerb) -> bool:
    """Return whether the subject follows its verb."""
    return verb.subject.start >= verb.end


def _mark_before(text: str, verb: ReportingVerb) -> str:
    """Return the character before the subject and its verb, or before a verb without its own."""
    has_own_subject = not (_is_inverted(verb) or verb.shares_subject)
    head = verb.subject.phrase_start if has_own_subject else verb.start
    return text[:head].rstrip()[-1:]


def _follows_clause(text: str, verb: ReportingVerb) -> bool:
    """Return whether a comma or a quotation precedes: "It fell, Bell said"."""
    if _is_in_relative_clause(text, verb):  # "It fell, adding anybody who said"
        return False
    return _mark_before(text, verb) in (",", "”", '"', "'")


def _cut_earlier_content(
    text: str, verb: ReportingVerb, earlier: list[ReportingVerb]
) -> list[ReportingVerb]:
    """End what earlier verbs report where a later verb goes on: "… said it fell | and added"."""
    goes_on = verb.shares_subject or (_follows_clause(text, verb) and not _is_inverted(verb))
    if not goes_on:
        return earlier
    edge = _clause_edge(text, verb)
    shortened = []
    for other in earlier:
        cut = [
            _trim_marks(text, start, min(end, edge)) for start, end in other.content if start < edge
        ]
        content = tuple(
            span
            for span in cut
            if _count_words(text, span) >= MIN_STATEMENT_WORDS or _is_quoted(text, span)
        )
        shortened.append(other._replace(content=content))
    return shortened


def _content(
    text: str, verb: ReportingVerb, earlier: list[ReportingVerb], mentions: list[PlacedMention]
) -> tuple[Span, ...]:
    """Return the clause after a verb, the one before it ("…, she said"), or both."""
    before = _stretch_before(text, verb, earlier)
    is_statement_before = _count_words(text, before) >= MIN_WORDS_BEFORE_VERB or _is_quoted(
        text, before
    )

    # "It will fall, said Bell." / "Said Bell: It will fall."
    if _is_inverted(verb):
        if is_statement_before:
            return (before,)
        if text[verb.start].isupper():
            return (_trim_marks(text, verb.subject.end, verb.sentence[1]),)
        return ()

    # "The dam holds well, as Bell reported." But "Bell wept as she recalled how it fell" has its
    # statement after the verb.
    after = _content_after(text, verb, mentions)
    as_start = _start_of_as(text, verb, before, after)
    if as_start is not None:
        return (_trim_marks(text, before[0], as_start),)

    # "Bell said that it will fall."
    if verb.shares_subject or not (_follows_clause(text, verb) and is_statement_before):
        return _if_statement(text, after)
    return _content_around(text, verb, before, after)


def _stretch_before(text: str, verb: ReportingVerb, earlier: list[ReportingVerb]) -> Span:
    """Return the stretch before a verb and its subject that the verb may report."""
    start = verb.sentence[0]
    if not _follows_clause(text, verb):
        # a clause that an earlier verb reports is not reported again
        ends = [end for other in earlier for _, end in other.content if end <= verb.start]
        start = max([start, *ends])
    return _quotation_at_end(text, _trim_marks(text, start, _clause_edge(text, verb)))


def _start_of_as(text: str, verb: ReportingVerb, before: Span, after: Span) -> int | None:
    """Return where "as" starts in "The dam holds, as Bell reported"; None for other sentences."""
    as_before_verb = AS_AT_END.search(text, before[0], _clause_edge(text, verb))
    if not as_before_verb or _count_words(text, before) < MIN_WORDS_BEFORE_AS:
        return None
    is_parenthesis = as_before_verb["comma"] is not None or _is_short(text, after)
    return as_before_verb.start("as") if is_parenthesis else None


def _content_around(text: str, verb: ReportingVerb, before: Span, after: Span) -> tuple[Span, ...]:
    """Return the content of a verb that follows a comma or a quotation: "It will fall, Bell said".

    The words before may be the statement, only its occasion, or its first part.
    """
    mark = _mark_before(text, verb)
    # “It fell,” the mayor, Anna Bell, said: only the role of the subject follows the quotation
    if mark == "," and ROLE_AFTER_QUOTATION.fullmatch(text, *before):
        return ()
    # "In a letter on Monday, she said, “It will fail.”"
    opening_start = _end_of_conjunction(text, before[0])
    is_occasion = mark == "," and OCCASION.match(text, opening_start, before[1])
    if is_occasion and QUOTATION_FOLLOWS.match(text, verb.end):
        return _if_statement(text, after)

    # "The plan, she said, would fail."
    if mark == "," and text[verb.end : verb.end + 1] == ",":
        return (before, after) if _count_words(text, after) >= MIN_WORDS_AFTER_SPLIT else (before,)

    # "It will fall, Bell said on Monday." / "In a long letter, Bell said that it will fall."
    if mark != ",":
        return (before,)
    if not _is_short(text, after) or _is_short_clause(text, before, after):
        return (after,)
    # "Asked about the wall, Bell said yes."
    if OPENING_PHRASE.match(text, before[0]) and ANSWER.fullmatch(text, *after):
        return (after,)
    return (before,)


def _if_statement(text: str, span: Span) -> tuple[Span, ...]:
    """Return a stretch as content, if it has enough words for a statement."""
    return (span,) if _count_words(text, span) >= MIN_STATEMENT_WORDS else ()


def _quotation_at_end(text: str, span: Span) -> Span:
    """Cut a stretch to the quotation at its end after a colon: "Bell left: “It fell”"."""
    colon = text.rfind(": “", *span)
    is_all_quoted = colon >= 0 and text.find("”", colon, span[1]) in (-1, span[1] - 1)
    return (colon + 2, span[1]) if is_all_quoted else span


def _end_of_conjunction(text: str, start: int) -> int:
    """Return the offset after "But" or "And" at the start of a sentence."""
    conjunction = OPENING_CONJUNCTION.match(text, start)
    return conjunction.end() if conjunction else start


def _without_aside(text: str, verb: ReportingVerb, span: Span) -> Span:
    """Cut what follows a reported clause and is not reported: ", according to the Wire"."""
    start, end = span
    if start < verb.end:
        return span
    aside = ASIDE.search(text, start, end)
    if aside:
        end = aside.start()
    # "Bell, who said it fell, left the town": the main clause goes on
    relative_pronoun = text[verb.subject.start : verb.subject.end]
    follows_comma = text[: verb.subject.start].rstrip().endswith(",")
    if relative_pronoun in ("who", "which") and follows_comma:
        main_verb = MAIN_VERB_AFTER_RELATIVE.search(text, start, end)
        if main_verb:
            end = main_verb.start()
    cut = _trim_marks(text, start, end)
    return cut if _count_words(text, cut) >= MIN_STATEMENT_WORDS else span


def _is_short(text: str, after: Span) -> bool:
    """Return whether the words after a verb are too few for a clause that nothing else marks."""
    return _count_words(text, after) < MIN_WORDS_AFTER_SPLIT and not _is_quoted(text, after)


def _is_short_clause(text: str, before: Span, after: Span) -> bool:
    """Return whether few words after a verb are a clause: "On Monday, Bell said he left"."""
    if _count_words(text, after) < MIN_STATEMENT_WORDS or _is_quoted(text, before):
        return False
    if ONLY_TIME_OF_SAYING.match(text, after[0]):
        return False
    opens_only = bool(OPENING_PHRASE.match(text, before[0]))
    return opens_only or bool(SHORT_CLAUSE.match(text, after[0]))


def _content_after(text: str, verb: ReportingVerb, mentions: list[PlacedMention]) -> Span:
    """Return the clause after a verb, without hearer, time and place of saying; may be empty."""
    start, end = _trim_marks(text, _end_of_hearer(text, verb, mentions), verb.sentence[1])
    if SPEAKING_OR_CITING.match(text, start):  # "he said, speaking to reporters"
        start = end
    time = TIME_OF_SAYING.match(text, start, end)
    if time:  # "said on Monday that"
        return _trim_marks(text, time.end(), end)
    # "…, she said in Rome", but "asked to leave" and "told the Wire in Rome that" report something
    takes_phrase = grammar_of(verb.word) & {"infinitive", "addressee"}
    if PLACE_OR_TIME_CLAUSE.match(text, start, end) and not takes_phrase:
        return end, end
    return start, end


def _end_of_hearer(text: str, verb: ReportingVerb, mentions: list[PlacedMention]) -> int:
    """Return the end of the hearer in "told X that", or of the verb if it takes none."""
    if "addressee" not in grammar_of(verb.word):
        return verb.end
    before_that = HEARER_BEFORE_THAT.match(text, verb.end)
    if before_that:
        return before_that.end()
    name = next((name for name in mentions if 0 < name.start - verb.end < HEARER_GAP), None)
    end = verb.end
    hearer = HEARER.match(text, verb.end)
    if name:
        end = name.end
    elif hearer:
        end = hearer.end()
    # "told the Wire | newspaper there would be", "told Ostrand | residents not to drink it"
    noun = NOUN_OF_HEARER.match(text, end)
    return noun.end() if noun else end


def _trim_marks(text: str, start: int, end: int) -> Span:
    """Return a stretch without blanks, commas, colons and dashes at its ends."""
    stretch = text[start:end]
    trimmed_start = start + len(stretch) - len(stretch.lstrip(TRIMMED_MARKS))
    trimmed_end = start + len(stretch.rstrip(TRIMMED_MARKS))
    return trimmed_start, max(trimmed_start, trimmed_end)


def _is_quoted(text: str, span: Span) -> bool:
    """Return whether a stretch contains or ends in a quotation."""
    stretch = text[slice(*span)]
    return "”" in stretch or stretch.endswith(CLOSING_MARKS)


def _count_words(text: str, span: Span) -> int:
    """Return the number of words; five stands for any larger number."""
    return len(text[slice(*span)].split(None, WORD_LIMIT))
