"""Find the subject of a reporting verb: a name, a noun or a pronoun.

The subject appears before its verb ("the mayor, a doctor, said") or after it ("said the mayor").
The choice between several candidates is made in `reporting_verbs` (the subject of a verb) and
`speaker_choice` (the speaker of a quotation).

All offsets count from the start of the paragraph. Texts have their quotations blanked.
"""

import re
from typing import Any, NamedTuple

from clippings.actors.appositions import (
    name_before_apposition,
    name_before_verb_form,
    name_in_brackets,
    name_of_office,
)
from clippings.actors.described_sources import (
    DescribedSource,
    kind_of_source,
    without_modifiers,
)
from clippings.actors.source_nouns import source_noun_in, source_type
from clippings.core.lexicon import any_of, either, read_words, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]


class PlacedMention(NamedTuple):
    """A row of the mentions table, with its offsets in the paragraph."""

    start: int
    end: int
    mention: Any


class Subject(NamedTuple):
    """The words of the text that name or describe a speaker."""

    start: int  # the words that name or describe the speaker: "Anna Bell", "the mayor", "he"
    end: int
    phrase_start: int  # where the phrase begins: at "rights" in "rights activist Anna Bell"
    description: str  # folded nouns or pronoun: "rights activist", "the mayor", "he"; "" for none
    mention: Any = None  # the row of mentions; None if the speaker is only described
    affiliation: Any = None  # the mention of the council in "a spokesman for the council"
    description_rest: str = ""  # folded: " for the council"
    others: tuple[PlacedMention, ...] = ()  # who speaks with them: Reed in "Reed and Bell said"


class NounPhrase(NamedTuple):
    """A phrase and where its head ends: "a friend" in "a friend of the mayor"."""

    start: int
    head_end: int
    end: int


# Distances in characters, set by hand: large enough for ordinary sentences, small enough to bound
# the cost of texts without any. They are not critical: halving or doubling one of them changes the
# speaker of at most 8 in 1,072 statements of 123 news articles.
MAX_SUBJECT_DISTANCE = 260  # from the start of the subject to its verb
MAX_INVERTED_LENGTH = 160  # of a subject that follows its verb
MAX_INSERTION_LENGTH = 200  # of ", a doctor from the north," between subject and verb
JOINED_NOUN_LENGTH = 24  # of "officials and" before the subject
PREPOSITION_LENGTH = 14  # of "familiar with " before a name
NOUN_OF_LENGTH = 80  # of "footage of Mayor " before a name
CONJUNCTION_LENGTH = 4  # of "But " at the start of a sentence
PERCENTAGE_LENGTH = 30  # of "seventy-four percent of " before a noun
MAX_INSERTIONS = 4  # insertions between a subject and its verb; sentences with more are lists

# Words, set by hand; of these 1,072 speakers at most 14 change if one of them is 1 to 3 higher or
# lower.
MAX_WORDS_BEFORE_DETERMINER = 5  # a longer phrase begins at its last determiner
MAX_BARE_WORDS = 4  # a longer phrase without a determiner is cut to its last two words
MAX_DESCRIPTION_WORDS = 12  # a longer phrase is a clause that was misread

WEEKDAY = f"(?i:{'|'.join(read_words('en/time/words', kind='weekday'))})"

_between = any_of("en/speech/subjects", "between subject and verb")
_not_adverbs = any_of("en/speech/subjects", "looks like an adverb")
_conjunctions = any_of("en/speech/function_words", "conjunction")
_joins_clauses = any_of("en/speech/function_words", "joins clauses")
_verbs_between = any_of("en/speech/subjects", "ends before another subject")
_ends_inverted = any_of("en/speech/subjects", "ends a subject after its verb")
_hearsay = any_of("en/speech/subjects", "hearsay")
_determiners = any_of("en/speech/function_words", "determiner")
_break = r"""[,;:!?“”"–—]|''|\s-+\s"""  # punctuation that no noun phrase crosses

WORDS_BEFORE_VERB = re.compile(
    rf"""
    (?: \b
        (?: {_between}                        # the mayor *has also* said, *did not* say
          | (?!(?:{_not_adverbs})\b) \w+ly    # the mayor *repeatedly* said; not "the *family* said"
          | (?:{_hearsay}) \s+ to \s+ have    # the mayor is *reported to have* said
          | {WEEKDAY}                         # the mayor *Monday* said
        ) \s+
    )+ $
    """,
    re.IGNORECASE | re.VERBOSE,
)
BOTH = re.compile(r"both\b", re.IGNORECASE)
WORDS_AFTER_NOUN = re.compile(rf"(?:\s+(?:{_between}))+$", re.IGNORECASE)  # residents *still* in
RELATIVE_PRONOUN_BEFORE_VERB = re.compile(r",?\s*\b(who|which)\s*$")  # the mayor*, who* said
AGE_BEFORE_VERB = re.compile(r",\s*\d+$")  # Anna Bell*, 45*
BRACKETS = re.compile(r"\([^()]*\)")  # Anna Bell *(Labour)* said

SUBJECT_BOUNDARY = re.compile(  # the subject begins after the last of these before its verb
    rf"""
      {_break} | \(                                   # “It fell,” | the mayor said
    | (?i: \b (?: {_conjunctions} | {_joins_clauses} ) \b )   # it fell and | the mayor said
    | \b {_verbs_between} \b (?: \s+ {WEEKDAY} \b )?     # Reed said Monday | the mayor told them
    """,
    re.VERBOSE,
)
END_OF_INVERTED_SUBJECT = re.compile(  # a subject after its verb ends before the first of these
    rf"""
      {_break} | [()]                                 # said the mayor |, a doctor
    | (?<![\w-])                                      # said her brother-in-law
      (?: {_ends_inverted} | {_conjunctions} ) (?![\w-])      # said the mayor | on Monday
    """,
    re.IGNORECASE | re.VERBOSE,
)
WORD_AFTER_HEAD = re.compile(  # a friend *of* the mayor, residents *in* Rome
    rf"\s(?:{any_of('en/speech/subjects', 'inside a noun phrase')})\s"
)
LEADING_PREPOSITION = re.compile(  # *In* Rome the mayor said, *According* to him
    rf"(?:{any_of('en/speech/function_words', 'opens a phrase that is not a subject')})\b",
    re.IGNORECASE,
)
LOWER_CASE_WORDS = re.compile(r"\s+(?:[a-z-]+\s+){1,4}")  # Labour *backbench politician* Tom Reed
LEADING_PARTICIPLE = re.compile(r"[\s”]*(?:[A-Z][a-z]+ed|Led)\s[^,]*?\bby\s")  # *Led by* Reed,
QUANTITY = re.compile(  # *one* of the witnesses, *21 percent* in Rome of the voters
    rf"(?:{any_of('en/speech/subjects', 'quantity')}|\w+ percent)(?: in \w+)?", re.IGNORECASE
)

END_OF_NAME = re.compile(r"\s*(?:[,.;:!?()—–“”]|$)|\s+(?:on|in|at|of|from)\b")
_before_joined_name = r"""
    (?: (?:his|her|their|the)\s+ (?:[\w-]+\s+){0,2} [\w-]+,?\s+ )?    # and *her husband,* Reed
    (?: [A-Z][\w.'’-]*\s+ ){0,3}                                       # and *Sen.* Reed
"""
BEFORE_NAME_OF_DESCRIBED = re.compile(
    r"""
    (?: \s+ (?: at | in | of | for | from | with ) \s+ [^,;:]{2,40} )?
    (?: \s* , \s*                                            # said a friend *in Rome,* Anna Bell
      | (?: , \s an? \s [^,;:]{2,40} )? ,?
        \s+ (?: named | called                     # said her boss*, a baker named* Bell
              # said a man *who gave his name as* Bell
              | (?: who \s+ )? (?: gave | gives | giving ) \s+ (?: his | her | their ) \s+
                (?: full \s+ )? name \s+ (?: only \s+ )? as
              # said a man *who identified himself as* Bell
              | who \s+ (?: identified | introduced ) \s+ (?: him | her ) self
                \s+ (?: only \s+ )? as )
        \s+
    )
    """,
    re.VERBOSE,
)
JOINS_NAMES = re.compile(  # Reed*,* Lund; Reed *and* Lund; Reed*, a baker, and* Lund
    rf",\s+ | (?: ,\s[^,;:.“”]{{2,50}} )? ,?\s+ (?:and|&)\s+ {_before_joined_name}", re.VERBOSE
)
AND_NAME = re.compile(
    rf"""
    (?: (?: ,\s[^,;:.“”]{{2,50}}, )? \s+ (?:and|&)
      | ,? \s+ (?: (?:along|together)\s+with | as\s+well\s+as ) )    # Bell*, along with* Lund
    \s+ {_before_joined_name}
    """,
    re.VERBOSE,
)
BEFORE_JOINED_NAMES = re.compile(  # *On Monday, both* Reed and Lund said
    r"\W*(?:[^,;:“”]{2,50},\s+|but\s+|and\s+)?(?:both\s+)?(?:the\s+)?", re.IGNORECASE
)
TITLE_BEFORE_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,3}$")
PRONOUNS = words_of("en/speech/function_words", kind="pronoun")
PRONOUN_BEFORE_VERB = re.compile(  # *others* said, *we*’ve said, *she* is saying
    rf"\b(?P<pronoun>{any_of('en/speech/function_words', 'pronoun')})(?:['’](?:s|ve|re|d|m|ll))?$",
    re.IGNORECASE,
)
PRONOUN_AND_VERB = re.compile(  # *she* also pledged (to ask)
    r"(?P<pronoun>he|she|they|it)\s+(?:\w+ly\s+|also\s+|then\s+)?[a-z]+$", re.IGNORECASE
)
PERSONAL_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
PRONOUN_AFTER_VERB = re.compile(r"(?:he|she|they|it)\b", re.IGNORECASE)  # said he
PERSONAL_OF_POSSESSIVE = {"his": "he", "her": "she", "their": "they"}

# fumed, whispers; of verbs in t only irregular ones of speech, because most words in t are nouns
# ("guest") or adjectives.
ANY_VERB = re.compile(
    rf"(?:[a-z]{{3,}}(?:ed|[^s\W]s)|{any_of('en/speech/subjects', 'irregular verb of speech')})\s"
)
PHRASE_BEFORE_NAME = re.compile(r"[^,.;:“”\"()—]{0,40}")  # beamed *the proud farmer* Anna Bell
PREDICATE = re.compile(r",?\s*[a-z]")  # Anna Bell *fumed*, Anna Bell*, who* fumed
NOUN_PHRASE_AND_VERB = re.compile(
    rf"""
    ( (?:{_determiners}) \s [^,.;:“”"()—]{{2,60}}? )    # a voice in the crowd
    \s [a-z]+ (?:ed|[^s\W]s) \b                         # boomed, shouts
    """,
    re.VERBOSE,
)
OWNED_REMARK = re.compile(
    rf"""
    (?: \b (his|her|their) | ['’]s? )                       # her, Bell’s, the Democrats’
    (?: [ ] [\w-]+ ){{0,2}}                                 # first public
    [ ] (?:{any_of("en/speech/clauses", "noun of speech")})  # warning
    (?: [ ]that | : | , )? [^.;:!?]{{0,40}} $               # that it was
    """,
    re.IGNORECASE | re.VERBOSE,
)
REMARK_AFTER_QUOTATION = re.compile(  # (“It fell,”) *was Bell’s first answer*
    rf"""
    (?P<verb> was | is | were | came | ran ) \s [^,;:.“”]{{0,50}}?
    \b (?:{any_of("en/speech/clauses", "noun of speech")}) \b
    """,
    re.VERBOSE,
)
# the rebels *invaded* Ostrand: the phrase is a clause, and not a noun with its name
VERB_BEFORE_NAME = re.compile(r"[a-z]\s+[a-z]{2,}(?:ed|ing|es)\s+(?:the\s+)?$")
# *The ambassadors of* Ostrand, Tolmere *and* Lund said: these do not speak
NOUN_BEFORE_LIST_OF_NAMES = re.compile(
    r"""
    (?P<noun> (?: \b [Tt]he \s+ )? (?: [a-z-]+ \s+ ){0,3}? [A-Za-z-]+ )
    \s+ (?: of | for | from ) \s+
    (?: the \s+ )? [A-Z] [^.;:“”]{1,80}? ,? \s and \s+ (?: the \s+ )? $
    """,
    re.VERBOSE,
)
SEVERAL_PERSONS = (DescribedSource.PEOPLE, DescribedSource.BODY)
# *The man* police say fled: a relative clause without "who"
SPOKEN_ABOUT = re.compile(
    rf"\s* (?:{_determiners}) \s (?: [\w-]+ \s ){{0,3}}"
    rf"(?:{any_of('en/speech/subjects', 'spoken about')}) \s+ (?= [a-z]+ $ )",
    re.IGNORECASE | re.VERBOSE,
)
FINITE_VERB = re.compile(  # the mayor *was*, the mayor *didn’t*: a clause, not a noun phrase
    rf"\b(?:{any_of('en/speech/function_words', 'finite verb')}|\w+n['’]t)\b"
)
DETERMINER_AND_NOUN = re.compile(  # In Rome *the mayor*, On Monday *Bell’s lawyer*
    rf"\b(?:{_determiners}|\w+['’]s?)\s+[^,;]*$", re.IGNORECASE
)
# *In August,* several groups …
OPENING_OF_CLAUSE = re.compile(r"\s*(?:(?:but|and|yet|so)\s+)?", re.IGNORECASE)
NOUN_PHRASE_AND_PAST = re.compile(
    rf"""
    (?P<noun>
        (?i:{_determiners}) \s [^,.;:“”"()—]{{0,60}}?       # several farm groups in the north
        (?<! ly ) )
    (?: \s+ (?: {_between} | \w+ly ) )*                   # later
    \s+ (?: [a-z]{{2,}}ed                                 # refused
          | {either(read_words("en/time/words", kind="tense", value="past"))}      # gave
          | {any_of("en/speech/function_words", "finite verb")} ) \b           # had
    """,
    re.VERBOSE,
)
OWNED_NOUNS = re.compile(  # Bell*’s Miami relatives went to*
    r"['’]s?\s+(?P<nouns>(?:[\w-]+\s+){0,3}[\w-]+)"
)
LOWER_CASE_NOUNS = re.compile(r"(?:\s[a-z-]+){1,2}")  # the Lund *news agency*
PERCENTAGE_BEFORE = re.compile(r"\S+\s?(?:percent|per\scent|%)\s+of\s+$")  # *74 percent of* voters
WORD_OF_NOUNS = re.compile(r"[\w-]+")
OTHER_CLAUSE_BEFORE_NAME = re.compile(  # It fell *and* Bell left
    rf"\b(?:{_conjunctions}|{_joins_clauses})\s+$", re.IGNORECASE
)
NOUN_BEFORE_OF = re.compile(  # a *video* of (Bell), *footage* of Mayor (Bell)
    r"\b(?P<noun>[a-z][\w-]*)\s+of\s+(?:[A-Z][\w.'’-]*\s+){0,3}$"
)
LOWER_CASE_START = re.compile(r"[a-z]")  # a phrase in the middle of a sentence
INNER_ARTICLE = re.compile(  # damage *the mayor* said was large
    r"""
    (?<=\s) (?<! \b (?:of|in|on|at|by|or)\s ) (?<! \b (?:for|and|all)\s )
    (?<! \b (?:with|from|both|half)\s )                # in the mayor, all the mayors
    the\s+ [^,;]*? $
    """,
    re.IGNORECASE | re.VERBOSE,
)


def find_subject_before(
    text: str,
    sentence_start: int,
    verb: Span,
    mentions: list[PlacedMention],
    marked: list[Span],
) -> Subject | None:
    """Find the subject that appears before a reporting verb.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    sentence_start : int
        Where the sentence of the verb begins.
    verb : (int, int)
        The verb.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.
    marked : list of (int, int)
        The quotations of the paragraph.

    Returns
    -------
    Subject or None
        None if no subject is recognised.

    Notes
    -----
    Insertions between subject and verb are skipped: ", a doctor,", "— he is a doctor —", ", 45",
    ", who". Not found: subjects before insertions of more than 200 characters.

    Examples
    --------
    >>> text = "The mayor, a doctor by trade, later said so."
    >>> subject = find_subject_before(text, 0, (36, 40), [], [])
    >>> text[subject.start : subject.end], subject.description
    ('The mayor', 'the mayor')
    """
    start = max(sentence_start, verb[0] - MAX_SUBJECT_DISTANCE)
    text_with_brackets = text
    text = text[:start] + BRACKETS.sub(lambda match: " " * len(match[0]), text[start : verb[0]])
    adverbs = WORDS_BEFORE_VERB.search(text, start)
    end = adverbs.start() if adverbs else verb[0]
    # "Tom Early said": a name is not an adverb
    end = max([end, *(name.end for name in mentions if end <= name.start and name.end <= verb[0])])
    if not text[start:end].strip() and BOTH.match(text, end):  # "Both also said"
        end += len("both")

    relative_pronoun = None
    for _ in range(MAX_INSERTIONS):
        end = start + len(text[start:end].rstrip())
        before = text[start:end]
        if before.endswith((",", "—", "–")):
            insertion_start = _insertion_start(text, start, end, mentions, marked)
            if insertion_start is None:
                return None
            end = insertion_start
        elif relative := RELATIVE_PRONOUN_BEFORE_VERB.search(before):
            relative_pronoun = (start + relative.start(1), start + relative.end(1))
            end = start + relative.start()
        elif age := AGE_BEFORE_VERB.search(before):
            end = start + age.start()
        else:
            break

    phrase_start = _subject_start(text, start, end)
    spoken_about = SPOKEN_ABOUT.match(text[:end], phrase_start)
    if spoken_about and kind_of_source(fold(text[spoken_about.end() : end])) in SEVERAL_PERSONS:
        phrase_start = spoken_about.end()
    subject = subject_in_phrase(text, phrase_start, end, mentions)
    if subject and subject.mention is not None and subject.mention.type != "person":
        if VERB_BEFORE_NAME.search(text, subject.phrase_start, subject.start):
            return None  # "Bell, who left when they invaded Ostrand, said"
        subject = _noun_before_list(text, start, subject) or subject
    # "A resident who saw the flood said": the noun before the relative clause
    relative_clause = RELATIVE_PRONOUN_BEFORE_VERB.search(text, start, phrase_start)
    if subject and relative_clause and _is_not_a_source(subject):
        end = relative_clause.start()
        phrase_start = _subject_start(text, start, end)
        subject = subject_in_phrase(text, phrase_start, end, mentions)
    if subject and relative_pronoun:
        # "Anna Bell, the editor who said so, left": the editor is Bell
        name = next((name for name in mentions if _is_followed_by(name, text, phrase_start)), None)
        if name and subject.mention is None:
            subject = _subject_of_name(text, name, name.start)
        # "Bell, who said": the pronoun next to the verb is the place that names the speaker
        return subject._replace(start=relative_pronoun[0], end=relative_pronoun[1])
    if subject and subject.mention is None and not _is_insertion(text_with_brackets, verb[1]):
        name = name_in_brackets(text_with_brackets, subject.end, mentions)
        # "Anna Bell, chair of the council said": the second comma is missing
        if not name:
            name = name_before_apposition(
                text, sentence_start, (phrase_start, end), subject.description, mentions
            )
        if name:
            named = _subject_of_name(text, name, name.start)
            return named._replace(description=subject.description)
    return subject


def _noun_before_list(text: str, start: int, subject: Subject) -> Subject | None:
    """Return the noun before a list that ends with a name: "the envoys of Ostrand and Lund"."""
    before = NOUN_BEFORE_LIST_OF_NAMES.search(text[start : subject.phrase_start])
    if not before or kind_of_source(fold(before["noun"])) not in SEVERAL_PERSONS:
        return None
    noun_start = start + before.start("noun")
    noun_end = start + before.end("noun")
    return Subject(noun_start, noun_end, noun_start, fold(before["noun"]))


def _is_not_a_source(subject: Subject) -> bool:
    """Return whether a subject is neither a name nor a pronoun nor a noun for a source."""
    if subject.mention is not None or subject.description in PRONOUNS:
        return False
    kind = kind_of_source(subject.description, subject.description_rest)
    return kind == DescribedSource.NOT_A_SOURCE


def _are_several_persons(subject: Subject) -> bool:
    """Return whether one name cannot identify a subject: "according to police, Bell fell"."""
    if subject.description.partition(" ")[0] == "one":  # one of the nurses, Anna Bell
        return False
    kind = kind_of_source(subject.description, subject.description_rest)
    return kind in SEVERAL_PERSONS


def _is_insertion(text: str, verb_end: int) -> bool:
    """Return whether subject and verb are inserted: "Bell, the mayor said, was late"."""
    return text[verb_end : verb_end + 1] == ","


def _is_followed_by(name: PlacedMention, text: str, phrase_start: int) -> bool:
    """Return whether a comma and a phrase follow a person's name: "Anna Bell, the editor"."""
    return name.mention.type == "person" and text[name.end : phrase_start].strip() == ","


def _insertion_start(
    text: str, start: int, end: int, mentions: list[PlacedMention], marked: list[Span]
) -> int | None:
    """Return the start of the insertion before `end` (", a doctor,"); None if it is none."""
    mark = text[end - 1]
    opening = text.rfind(mark, start, end - 1)
    has_opening = opening > start
    name = _name_around_insertions(text, start, end, mentions)
    if name:
        return name.end
    if has_opening and enclosing(marked, opening):
        return None  # “We left,” a doctor, said: the first comma belongs to the quotation
    if has_opening and end - opening > MAX_INSERTION_LENGTH:
        return None
    return opening if has_opening else end - 1


def _name_around_insertions(
    text: str, start: int, end: int, mentions: list[PlacedMention]
) -> PlacedMention | None:
    """Return the name before insertions, or the one inserted last.

    Before: "Bell, a doctor, of Rome, Italy,". Inserted: "her senior aide, Tom Reed,".
    """
    inserted = next(
        (
            name
            for name in mentions
            if start < name.end < end
            and name.mention.type in ("person", "organisation")
            and not text[name.end : end - 1].strip()
        ),
        None,
    )
    if inserted:
        comma = text.rfind(",", start, inserted.start)
        # "her aide, | Tom Reed,", but not "it fell, and Tom Reed,"
        follows_comma = comma > start and not any(
            pattern.search(text, comma + 1, inserted.start)
            for pattern in (SUBJECT_BOUNDARY, WORD_AFTER_HEAD, FINITE_VERB)
        )
        is_fitting = inserted.mention.type == "person" or _is_described_body(text, start, comma)
        if follows_comma and is_fitting:
            return inserted

    first = next((name for name in mentions if start <= name.start and name.end < end - 1), None)
    if first is None or text[first.end : end].lstrip()[:1] != ",":
        return None
    if LEADING_PREPOSITION.match(text, start):  # "In Rome, Italy, the mayor,"
        return None
    # Not Bell in "it fell, a friend of Bell, a doctor,". A conjunction that opens the sentence
    # ("But Bell, a doctor,") is not a boundary: the search begins after its first letters.
    opening_end = min(start + CONJUNCTION_LENGTH, first.start)
    is_apart = SUBJECT_BOUNDARY.search(text, opening_end, first.start) or WORD_AFTER_HEAD.search(
        text, start, first.start
    )
    return None if is_apart else first


def _is_described_body(text: str, start: int, end: int) -> bool:
    """Return whether an organisation is described: "another carmaker" before ", Lund Motors,"."""
    phrase_start = _subject_start(text, start, end)
    description = fold(text[phrase_start:end].strip())
    return kind_of_source(description) == DescribedSource.BODY


def _subject_start(text: str, start: int, end: int) -> int:
    """Return the start of the subject's phrase: after the last boundary before the verb."""
    boundaries = [start, start]
    boundaries += [match.end() for match in SUBJECT_BOUNDARY.finditer(text, start, end)]
    last_but_one, last = boundaries[-2:]
    joined = text[last_but_one:last]
    # "officials and analysts said": both of them speak
    is_pair_of_sources = joined.endswith(" and") and source_noun_in(joined[-JOINED_NOUN_LENGTH:])
    return last_but_one if is_pair_of_sources else last


def find_subject_after(
    text: str,
    sentence_end: int,
    verb: Span,
    mentions: list[PlacedMention],
    *,
    any_noun: bool = False,
) -> Subject | None:
    """Find the subject that follows a reporting verb: "said the mayor".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    sentence_end : int
        Where the sentence of the verb ends.
    verb : (int, int)
        The verb.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.
    any_noun : bool
        Accept nouns that are not known to speak: "according to reports".

    Returns
    -------
    Subject or None
        None if no subject is recognised.

    Examples
    --------
    >>> text = "It fell, said the mayor on Monday."
    >>> subject = find_subject_after(text, 34, (9, 13), [])
    >>> text[subject.start : subject.end]
    'the mayor'
    """
    end = min(sentence_end, verb[1] + MAX_INVERTED_LENGTH)
    boundary = END_OF_INVERTED_SUBJECT.search(text, verb[1] + 1, end)
    if boundary:
        end = boundary.start()
    conjunction = text.find(" and ", verb[1], end)
    if conjunction > 0 and any(verb[1] < name.start < conjunction for name in mentions):
        end = conjunction  # "said Anna Bell | and left"
    if text[end - 1 : end] == ".":
        end -= 1

    phrase = _noun_phrase(text, verb[1], end)
    names = _names_within(mentions, phrase)
    for name in names:
        if name.mention.type == "person" and name.end == phrase.head_end:
            return _subject_of_name(text, name, phrase.start)
    if names and name_of_office(text, (phrase.start, phrase.end), names[-1], _last_but_one(names)):
        return _subject_of_name(text, names[-1], phrase.start)
    pronoun = PRONOUN_AFTER_VERB.match(text, phrase.start, phrase.end)
    if pronoun:
        return _subject_of_pronoun(pronoun)
    subject = _subject_of_noun(text, phrase, names, any_noun=any_noun)
    # "said her lawyer, Anna Bell": the name follows its description
    persons = (name for name in mentions if name.mention.type == "person")
    name = next((name for name in persons if name.start >= phrase.end), None)
    if (
        subject
        and subject.mention is None
        and name
        and not _are_several_persons(subject)
        and BEFORE_NAME_OF_DESCRIBED.fullmatch(text, phrase.end, name.start)
        and END_OF_NAME.match(text, name.end)
    ):
        return _subject_of_name(text, name, subject.phrase_start)
    if subject and subject.mention is None:
        name = name_in_brackets(text, subject.end, mentions)
        if name:  # said the lawyer (Anna Bell)
            return _subject_of_name(text, name, subject.phrase_start)
    return subject


def find_joined_names(
    text: str, subject: Subject, sentence: Span, mentions: list[PlacedMention]
) -> tuple[PlacedMention, ...]:
    """Find who speaks together with a named subject: "Ann Reed and Peter Lund said".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    subject : Subject
        The subject of a verb; only one with a name can be joined by others.
    sentence : (int, int)
        The sentence of the verb.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    tuple of PlacedMention
        The other persons, in order; empty if the subject speaks alone.

    Notes
    -----
    "Bell met Reed and Lund said so" has one speaker: a list of speakers begins its clause.
    """
    starts = [name.start for name in mentions]
    if subject.mention is None or subject.start not in starts:
        return ()
    position = starts.index(subject.start)

    preceding: list[PlacedMention] = []
    first_start = _title_start(text, subject.start, sentence[0])
    for name in reversed(mentions[:position]):
        is_joined = JOINS_NAMES.fullmatch(text, name.end, first_start)
        if name.start < sentence[0] or name.mention.type != "person" or not is_joined:
            break
        # only the last name of a list has an "and" before it
        if not preceding and text[name.end : first_start].strip() == ",":
            break
        preceding.insert(0, name)
        first_start = _title_start(text, name.start, sentence[0])
    # “It fell,” Reed and Lund said. / It fell, Reed and Lund said.
    ends_clause = text[:first_start].rstrip().endswith(("”", ","))
    begins_sentence = BEFORE_JOINED_NAMES.fullmatch(text, sentence[0], first_start)
    if preceding and (begins_sentence or ends_clause):
        return tuple(preceding)

    following = mentions[position + 1 : position + 2]
    if following and following[0].mention.type == "person":
        [name] = following
        is_joined = AND_NAME.fullmatch(text, subject.end, name.start)
        if is_joined and name.end <= sentence[1] and END_OF_NAME.match(text, name.end):
            return (name,)
    return ()


def _title_start(text: str, start: int, sentence_start: int) -> int:
    """Return the start of capitalised words right before a name: "Mayor" in "Mayor Anna Bell"."""
    title = TITLE_BEFORE_NAME.search(text, sentence_start, start)
    return title.start() if title else start


def find_subject_after_quotation(
    text: str, quotation_end: int, sentence_end: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find who is named right after a quotation, whatever the verb.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    quotation_end, sentence_end : int
        Where the quotation and the sentence end.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        None if no name or pronoun, and no noun with a verb, follows.

    Examples
    --------
    >>> text = "“It fell,” a voice in the crowd boomed."
    >>> subject = find_subject_after_quotation(text, 10, 41, [])
    >>> text[subject.start : subject.end]
    'a voice'
    """
    rest = text[quotation_end:sentence_end]
    start = quotation_end + len(rest) - len(rest.lstrip(", \xa0"))

    # “It fell,” beamed the farmer Anna Bell. / “It fell,” Anna Bell fumed.
    verb = ANY_VERB.match(text, start, sentence_end)
    phrase_start = verb.end() if verb else start
    name = next((name for name in mentions if phrase_start <= name.start < sentence_end), None)
    if (
        name
        and name.mention.type != "place"
        and PHRASE_BEFORE_NAME.fullmatch(text, phrase_start, name.start)
        and (verb or PREDICATE.match(text, name.end))
    ):
        return _subject_of_name(text, name, phrase_start)

    # “It fell,” was Bell’s answer.
    remark = REMARK_AFTER_QUOTATION.match(text, start, sentence_end)
    if remark:
        return find_owner_of_remark(text, remark.end("verb"), remark.end(), mentions)

    # “It fell,” whined they. / “It fell,” they whined.
    pronoun = PRONOUN_AFTER_VERB.match(text, phrase_start, sentence_end)
    if pronoun:
        return _subject_of_pronoun(pronoun)

    # “It fell,” a voice in the crowd boomed.
    noun = NOUN_PHRASE_AND_VERB.match(text, start, sentence_end)
    if noun:
        return _subject_of_noun(text, _noun_phrase(text, *noun.span(1)), [], any_noun=True)
    return None


def find_owner_of_remark(
    text: str, start: int, quotation_start: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find whose remark a quotation is: "her remark that “…”", "after Bell's warning: “…”".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    start, quotation_start : int
        Where to look: from the start of the sentence to the quotation.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        None if no noun of speech with an owner precedes the quotation.

    Examples
    --------
    >>> text = "They left after her warning: “It fell.”"
    >>> find_owner_of_remark(text, 0, 29, []).description
    'she'
    """
    remark = OWNED_REMARK.search(text, start, quotation_start)
    if not remark:
        return None
    name = next((name for name in mentions if name.end == remark.start()), None)
    if name:
        return _subject_of_name(text, name, name.start)
    possessive = remark[1]
    if possessive:
        return Subject(
            *remark.span(1),
            phrase_start=remark.start(),
            description=PERSONAL_OF_POSSESSIVE[fold(possessive)],
        )
    return None


def first_subject_in(
    text: str, start: int, end: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find the first person, group, organisation or pronoun in a stretch of text.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    start, end : int
        The stretch.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        What follows "On Monday," or "In Rome," is preferred to its own words.

    Examples
    --------
    >>> first_subject_in("After that, she wept: ", 0, 22, []).description
    'she'
    """
    if LEADING_PREPOSITION.match(text, start) or LEADING_PARTICIPLE.match(text, start):
        comma = text.find(",", start, end)
        if comma >= 0 and (subject := first_subject_in(text, comma + 1, end, mentions)):
            return subject
    name = next(
        (name for name in mentions if start <= name.start < end and name.mention.type != "place"),
        None,
    )
    if name:
        following = next((other for other in mentions if name.end <= other.start < end), None)
        # "Labour backbencher Tom Reed": the person, not the party
        if following and _describes_person(text, name, following):
            name = following
    pronoun = PERSONAL_PRONOUN.search(text, start, end)
    if name and not (pronoun and pronoun.start() < name.start):
        owned = _owned_source(text, name, end)
        if owned:  # "Bell's lawyers went to court, saying that": the lawyers
            return owned
        return _subject_of_name(text, name, name.start)
    return _subject_of_pronoun(pronoun) if pronoun else None


def _is_name_of_body(text: str, start: int, name: PlacedMention, head_end: int) -> bool:
    """Return whether a name is that of the body after it: "the Lund news agency"."""
    after = text[name.end : head_end]
    begins_phrase = fold(text[start : name.start].strip()) in ("", "the")
    if name.mention.type != "organisation" or not begins_phrase:
        return False
    if not LOWER_CASE_NOUNS.fullmatch(after):
        return False
    kind = kind_of_source(f"the{after}")
    return kind == DescribedSource.BODY or source_type(after) in ("agency", "outlet")


def _owned_source(text: str, name: PlacedMention, end: int) -> Subject | None:
    """Return the people after a possessive: "Bell's lawyers", but not "Bell's house"."""
    owned = OWNED_NOUNS.match(text, name.end, end)
    if not owned:
        return None
    for word in WORD_OF_NOUNS.finditer(text, owned.start("nouns"), owned.end("nouns")):
        description = fold(text[name.start : word.end()])
        if kind_of_source(description) not in (
            DescribedSource.NOT_A_SOURCE,
            DescribedSource.DOCUMENT,
        ):
            return Subject(name.start, word.end(), name.start, description)
    return None


def find_opening_noun(
    text: str, start: int, end: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find the noun that is the subject of a clause: "Several groups sued Bell, saying that".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    start, end : int
        The clause, up to the verb whose subject is wanted.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        None if the clause does not begin with a determiner and a noun for a speaker, or if a name
        is the subject of another clause in the stretch.

    Examples
    --------
    >>> text = "In May, the town council sued Bell, saying that it fell."
    >>> find_opening_noun(text, 0, 36, []).description
    'the town council'
    """
    if LEADING_PREPOSITION.match(text, start):
        comma = text.find(",", start, end)
        if comma < 0:
            return None
        start = comma + 1
    start = OPENING_OF_CLAUSE.match(text, start, end).end()
    clause = NOUN_PHRASE_AND_PAST.match(text, start, end)
    if not clause:
        return None

    # "The mayor wept and Bell left, saying that": Bell
    later_names = [name for name in mentions if clause.end() <= name.start < end]
    if any(OTHER_CLAUSE_BEFORE_NAME.search(text, start, name.start) for name in later_names):
        return None
    phrase = _noun_phrase(text, *clause.span("noun"))
    names = _names_within(mentions, phrase)
    if any(name.start < phrase.head_end for name in names if name.mention.type == "person"):
        return None
    if not _names_a_speaker(text[phrase.start : phrase.head_end]):
        return None
    return _subject_of_noun(text, phrase, names, any_noun=True)


def find_person_before_participle(
    text: str, verb_start: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find the person who is seen or heard to speak: "footage of Anna Bell saying that".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    verb_start : int
        Where the participle begins.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        None if no name precedes the participle, or if the noun before "of" can speak itself ("a
        friend of Anna Bell saying that").

    Examples
    --------
    >>> find_person_before_participle("Footage of him saying that", 15, []) is None
    True
    """
    name = next((name for name in mentions if not text[name.end : verb_start].strip()), None)
    if name is None or name.end > verb_start or name.mention.type != "person":
        return None
    noun = NOUN_BEFORE_OF.search(text, max(0, name.start - NOUN_OF_LENGTH), name.start)
    if noun is None:
        return None
    is_recording = source_type(noun["noun"]) == "document"  # a video
    if _names_a_speaker(noun["noun"]) and not is_recording:
        return None
    return _subject_of_name(text, name, name.start)


def _names_a_speaker(noun: str) -> bool:
    """Return whether a noun phrase is one for persons or organisations: "several groups"."""
    head = fold(noun.split()[-1])
    singular = head.removesuffix("s")
    heads = words_of("en/names/organisation_heads")
    return bool(source_noun_in(noun)) or head in heads or singular in heads


def _describes_person(text: str, name: PlacedMention, person: PlacedMention) -> bool:
    """Return whether a name belongs to the description of the person named next."""
    gap = text[name.end : person.start]
    head = gap.split()[-1:]
    is_description = LOWER_CASE_WORDS.fullmatch(gap) and (
        source_noun_in(gap) or head == person.mention.role.split()[-1:]
    )
    return person.mention.type == "person" != name.mention.type and bool(is_description)


def _noun_phrase(text: str, start: int, end: int) -> NounPhrase:
    """Return a stretch without blanks at its ends; its head ends before "of", "in", "for"."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = max(start, start + len(text[start:end].rstrip()))
    preposition = WORD_AFTER_HEAD.search(text, start, end)
    if preposition and QUANTITY.fullmatch(text, start, preposition.start()):
        # "one of the witnesses | in Rome"
        preposition = WORD_AFTER_HEAD.search(text, preposition.end(), end)
    head_end = end
    if preposition and not LEADING_PREPOSITION.match(text, start):
        head_end = preposition.start()
    head = WORDS_AFTER_NOUN.sub("", text[start:head_end])  # "residents | still in Rome"
    return NounPhrase(start, start + len(head), end)


def _last_but_one(names: list[PlacedMention]) -> PlacedMention | None:
    """Return the name before the last of a list."""
    return names[-2] if len(names) > 1 else None


def _names_within(mentions: list[PlacedMention], phrase: NounPhrase) -> list[PlacedMention]:
    """Return the mentions inside a phrase."""
    return [name for name in mentions if phrase.start <= name.start and name.end <= phrase.end]


def subject_in_phrase(
    text: str, start: int, end: int, mentions: list[PlacedMention]
) -> Subject | None:
    """Find the name, pronoun or noun that heads a phrase.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    start, end : int
        The phrase.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    Subject or None
        None if nothing in the phrase can speak.

    Examples
    --------
    >>> subject_in_phrase("A friend of the mayor said so.", 0, 21, []).description
    'a friend'
    """
    phrase = _noun_phrase(text, start, end)
    names = _names_within(mentions, phrase)
    if names and names[-1].end == phrase.end:
        name = names[-1]
        # "a rights activist Anna Bell", but not Bell in "a friend of Bell"
        leads_to_name = name.start == phrase.start or phrase.head_end >= name.start
        before = text[max(phrase.start, name.start - PREPOSITION_LENGTH) : name.start] + " "
        is_person = name.mention.type == "person" and not WORD_AFTER_HEAD.search(before)
        is_in_office = name_of_office(text, (phrase.start, phrase.end), name, _last_but_one(names))
        if leads_to_name or is_person or is_in_office:
            return _subject_of_name(text, name, phrase.start)
    pronoun = PRONOUN_BEFORE_VERB.search(text, phrase.start, phrase.end)
    if not pronoun:
        pronoun = PRONOUN_AND_VERB.fullmatch(text, phrase.start, phrase.head_end)
    if pronoun:
        return _subject_of_pronoun(pronoun, "pronoun")
    return _subject_of_noun(text, phrase, names, any_noun=True)


def _subject_of_name(text: str, name: PlacedMention, phrase_start: int) -> Subject:
    """Return a name with the nouns before it: "rights activist Anna Bell"."""
    description = fold(" ".join(text[phrase_start : name.start].split()))
    return Subject(name.start, name.end, phrase_start, description, name.mention)


def _subject_of_pronoun(match: re.Match, group: int | str = 0) -> Subject:
    """Return a pronoun as a subject."""
    description = fold(match[group])
    return Subject(*match.span(group), phrase_start=match.start(), description=description)


def _subject_of_noun(
    text: str, phrase: NounPhrase, names: list[PlacedMention], *, any_noun: bool
) -> Subject | None:
    """Return a noun that is not a name: "a source", "the commission", "activists"."""
    start, head_end, end = phrase
    name = next((name for name in reversed(names) if name.end <= head_end), None)
    determiner = DETERMINER_AND_NOUN.search(text, start, head_end)
    if LEADING_PREPOSITION.match(text, start):
        if not determiner:  # "In Rome Anna Bell"
            return _subject_of_name(text, name, name.start) if name else None
        start = determiner.start()  # "In Rome | the mayor"
    if name and name.end == head_end:
        return _subject_of_name(text, name, start)

    if name and _is_name_of_body(text, start, name, head_end):  # the Lund news agency
        return _subject_of_name(text, name, start)._replace(end=head_end)

    # "according to analyst Anna Bell believes": a name and a verb instead of a noun
    description = fold(text[start:head_end])
    if name and kind_of_source(description) == DescribedSource.NOT_A_SOURCE:
        name_with_verb = name_before_verb_form(text, start, head_end, names)
        if name_with_verb:
            return _subject_of_name(text, name_with_verb, start)

    article = INNER_ARTICLE.search(text, start, head_end)
    if article and LOWER_CASE_START.match(text, start):
        names_before = any(other.start < article.start() for other in names)
        start = start if names_before else article.start()

    words = text[start:head_end].split()
    if determiner and len(words) > MAX_WORDS_BEFORE_DETERMINER:
        start = determiner.start()
    elif not name and not determiner and len(words) > MAX_BARE_WORDS:
        last_two_words = text[start:head_end].split(None, len(words) - 2)[-1]
        start = head_end - len(last_two_words)
    percentage = PERCENTAGE_BEFORE.search(text, max(0, start - PERCENTAGE_LENGTH), start)
    if percentage:  # "74 percent of | likely voters"
        start = percentage.start()
    noun = text[start:head_end]
    if not words or len(words) > MAX_DESCRIPTION_WORDS:
        return None
    if not noun[-1:].isalpha() or FINITE_VERB.search(noun):
        return None
    is_participle = len(words) == 1 and words[0].islower() and words[0].endswith("ing")
    if is_participle or fold(words[-1]) in words_of("en/text/stopwords"):
        return None
    if not (any_noun or determiner or source_noun_in(noun)):
        return None

    return Subject(
        start,
        head_end,
        phrase_start=start,
        description=without_modifiers(fold(" ".join(noun.split()))),
        affiliation=next((name.mention for name in names if name.start >= head_end), None),
        description_rest=fold(text[head_end:end]),
    )
