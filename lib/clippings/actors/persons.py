"""The persons of an article: their mentions, genders and roles.

`references` uses this information to resolve "she" and "the senator".
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from clippings.actors.first_names import gender_of_first_name
from clippings.actors.quotation_marks import blank_quotes, marked_spans
from clippings.core.lexicon import any_of, either, read_lexicon, read_words, words_of
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]

FEMALE = "f"
MALE = "m"

# Characters around a name
CONTEXT_BEFORE = 40  # where "His wife, " appears
CONTEXT_AFTER = 70  # where ", the mayor of Ostrand," appears
OBLIQUE_LENGTH = 24  # where "with the" appears
MAX_SUBJECT_OFFSET = 60  # from the start of a sentence to its subject: "On Monday, Mayor Anna Bell"

# Pronouns of one gender that must follow a name before they show its bearer's gender, and how many
# of them there must be for each of the other: a single one often means somebody else ("Lund thanked
# her").
MIN_PRONOUNS = 2
MIN_PRONOUN_RATIO = 3

AGE_ENDING = "-year-old"  # of an age that describes somebody: "the 54-year-old"
NOT_PERSONS = words_of("en/speech/references", kind="speaks and is not a person")

GENDERED_BEFORE = re.compile(
    rf"\b({either(read_words('en/names/gendered_words'))})\.?,?\s+$", re.IGNORECASE
)  # *Mrs.* Bell, his *wife*, (Anna Bell)
# A stop belongs to a short title ("Gov."), or else ends the sentence before.
_stopword = either(words_of("en/text/stopwords"))
_short_title = r"(?-i:[A-Z])[a-z]{1,4}\."
_content_word = rf"(?!(?:{_stopword})\b)(?:{_short_title}|[\w’'-]+(?!\.))"
ROLE_BEFORE = re.compile(  # *Indiana Gov.* Mike Pence, the *Republican nominee*, Anna Bell
    rf"(?<![\w’'-])(?:{_content_word}\s+){{0,4}}{_content_word},?\s+$", re.IGNORECASE
)
APPOSITION = re.compile(
    r"""
    ,\s                                        # Anna Bell,
    (?: \d{1,3} ,\s )?              # 54,
    (?: (?: (?P<indefinite> an? ) | the | one\ of | his | her | their | its | our ) \s+ )?
    (?P<role> [^,.;:()“”"]{3,60} )             # mayor of Ostrand
    (?: [,.;] | $ )
    """,
    re.VERBOSE,
)
HEAD_OF_APPOSITION = re.compile(  # Anna Bell, a *retired baker* who lives in Ostrand
    rf"(?:(?!\b(?:{any_of('en/speech/function_words', 'ends an apposition')})\b).)*", re.IGNORECASE
)
AGE_AFTER_NAME = re.compile(r"(?:,\s|\s\()(\d{1,3})(?=[,;)])")  # Anna Bell, 54, / Anna Bell (54)
PERSONAL_PRONOUN = re.compile(
    rf"""
    \b (?: (?P<m> {any_of("en/speech/function_words", "pronoun of a man")} )
         | (?P<f> {any_of("en/speech/function_words", "pronoun of a woman")} ) ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
OBLIQUE = re.compile(  # a friend *of* Bell, *of old* Bell
    rf"\b(?:{any_of('en/speech/function_words', 'oblique')})\s+(?:\w+\s+)?$", re.IGNORECASE
)
WITH = re.compile(r"\bwith\s+(?:\w+\s+)?$", re.IGNORECASE)
PARTICIPLE_AFTER_NAME = re.compile(  # with Bell *, who is ill, missing* the vote
    r"\s* (?: (?P<mark>[,—–-]) [^,—–]{2,60} (?P=mark) )? \s+ (?:\w+ly\s+)? [a-z]{2,}ing\b",
    re.VERBOSE,
)
EMBEDDED = re.compile(  # Then someone asked *how* Bell; Lund said *that* Bell
    rf"\b(?:{any_of('en/speech/function_words', 'embeds a name')})\b", re.IGNORECASE
)
MODIFIED_NOUN = re.compile(r"\s+[a-z]")  # a Bell *supporter*
BEFORE_MODIFIER = re.compile(r"\b(?:an?|the|his|her|its|their)\s+$", re.IGNORECASE)
ASKED = re.compile(  # Lund *asked* Bell how high it was: the answer is Bell’s
    rf"\s+(?:\w+ly\s+)?(?:{any_of('en/speech/subjects', 'asks somebody')})\s+(?:[\w.]+\s+){{0,2}}",
    re.IGNORECASE,
)
LOWER_CASE_ROLE = re.compile(  # Bell *press adviser* Tom Reed
    r"\s+(?:[a-z-]+\s+){0,3}(?P<head>[a-z-]+),?\s+"
)
OWNED_ROLE = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,3}[a-z-]+,?\s+")  # Bell*’s lawyer* Tom Reed
OWNED_NOUN = re.compile(  # Bell*’s old house was* the first to go
    rf"['’]s?\s+(?:[a-z-]+\s+){{0,2}}?(?P<noun>[a-z-]+)\s+"
    rf"(?:{any_of('en/speech/function_words', 'finite verb')}|[a-z]+ed)\b"
)
JOINED = re.compile(r",\s+|,?\s+(?:and|or|&)\s+")
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Paragraph(NamedTuple):
    """A passage with its quotations and sentences; offsets in the article."""

    start: int
    end: int
    text: str
    marked: list[Span]
    sentence_starts: list[int]


class Naming(NamedTuple):
    """A place where a person is named."""

    row: Any  # of mentions
    paragraph: int  # number of the paragraph
    sentence: int  # number of the sentence in the paragraph
    is_subject: bool
    is_possessive: bool  # "Bell’s lawyer", "a Bell supporter"
    is_owner: bool  # "Bell’s house" begins the sentence: it is about Bell, nobody else
    is_oblique: bool  # "a friend of Bell"
    is_quoted: bool  # inside quotation marks
    is_embedded: bool  # "Lund said that Bell left": the sentence is about Lund


class ArticlePersons:
    """The persons of one article, determined only when they are needed."""

    def __init__(self, mentions: list, passages: list):
        self.passages = passages
        self.passage_starts = [passage.start for passage in passages]
        self.rows = [mention for mention in mentions if mention.type == "person"]
        self.row_starts = [row.start for row in self.rows]
        self.rows_by_actor: dict[str, list] = defaultdict(list)
        for row in self.rows:
            self.rows_by_actor[row.label].append(row)
        self.learnt_genders: dict[str, str] = {}
        self._paragraphs: dict[int, Paragraph] = {}
        self._namings: dict[int, list[Naming]] = {}
        self._genders: dict[str, str] = {}
        self._roles: dict[str, frozenset[str]] = {}

    def paragraph_number(self, offset: int) -> int:
        """Return the number of the paragraph that contains an offset of the article."""
        return max(0, bisect_right(self.passage_starts, offset) - 1)

    def paragraph(self, number: int) -> Paragraph:
        """Return a paragraph with its quotations and sentences."""
        if number not in self._paragraphs:
            passage = self.passages[number]
            marked = marked_spans(passage.text)
            self.add_paragraph(passage, marked, sentence_spans(blank_quotes(passage.text, marked)))
        return self._paragraphs[number]

    def add_paragraph(self, passage: Any, marked: list[Span], sentences: list[Span]) -> None:
        """Record the quotations and sentences of a passage, if they are known."""
        number = self.paragraph_number(passage.start)
        self._paragraphs.setdefault(
            number,
            Paragraph(
                passage.start,
                passage.end,
                passage.text,
                [(passage.start + start, passage.start + end) for start, end in marked],
                [passage.start + start for start, _ in sentences],
            ),
        )

    def sentence_number(self, offset: int) -> int:
        """Return the number of the sentence, within its paragraph, that contains an offset."""
        starts = self.paragraph(self.paragraph_number(offset)).sentence_starts
        return max(0, bisect_right(starts, offset) - 1)

    def namings_before(self, offset: int, paragraphs: int) -> list[Naming]:
        """Return unquoted mentions of persons in a number of paragraphs before an offset."""
        last = self.paragraph_number(offset)
        first = max(0, last - paragraphs + 1)
        namings = []
        for number in range(first, last + 1):
            namings.extend(self._namings_of(number))
        return [naming for naming in namings if naming.row.end <= offset and not naming.is_quoted]

    def named_in_sentence_after(self, offset: int) -> list:
        """Return the mentions of persons after an offset in its sentence, quotations left out."""
        paragraph = self.paragraph(self.paragraph_number(offset))
        next_sentence = bisect_right(paragraph.sentence_starts, offset)
        starts = [*paragraph.sentence_starts, paragraph.end]
        first = bisect_left(self.row_starts, offset)
        last = bisect_left(self.row_starts, starts[next_sentence])
        return [
            row for row in self.rows[first:last] if enclosing(paragraph.marked, row.start) is None
        ]

    def named_right_before(self, offset: int) -> list:
        """Return the mention of a person that a comma separates from an offset."""
        number = bisect_left(self.row_starts, offset) - 1
        if number < 0:
            return []
        row = self.rows[number]
        passage = self.passages[self.paragraph_number(offset)]
        gap = passage.text[max(0, row.end - passage.start) : offset - passage.start]
        return [row] if gap.strip() == "," else []

    def _namings_of(self, number: int) -> list[Naming]:
        """Return the mentions of persons in a paragraph."""
        if number not in self._namings:
            first = bisect_left(self.row_starts, self.passages[number].start)
            last = bisect_left(self.row_starts, self.passages[number].end)
            self._namings[number] = self._find_namings(number, self.rows[first:last])
        return self._namings[number]

    def _find_namings(self, number: int, rows: list) -> list[Naming]:
        """Return the mentions of persons in a paragraph, each with its part in its sentence."""
        if not rows:
            return []
        paragraph = self.paragraph(number)
        namings: list[Naming] = []
        sentence_with_subject = None
        for row in rows:
            sentence = max(0, bisect_right(paragraph.sentence_starts, row.start) - 1)
            naming = self._find_naming(
                row, paragraph, number, sentence, is_first=sentence != sentence_with_subject
            )
            if namings and _is_joined(paragraph, namings[-1], row):
                # "a talk between Bell and Reed": both appear in the same place
                naming = naming._replace(
                    is_subject=namings[-1].is_subject, is_oblique=namings[-1].is_oblique
                )
            if _is_asked(paragraph, namings, row):
                # "Lund asked Bell": the next sentence is about Bell
                namings[-1] = namings[-1]._replace(is_subject=False)
                naming = naming._replace(is_subject=True, is_embedded=False)
            namings.append(naming)
            if naming.is_subject and not naming.is_quoted:
                sentence_with_subject = sentence
        return namings

    def _find_naming(
        self, row: Any, paragraph: Paragraph, number: int, sentence: int, *, is_first: bool
    ) -> Naming:
        """Return the part of a mention in its sentence; `is_first`: it has no subject so far."""
        sentence_start = ([*paragraph.sentence_starts, paragraph.start])[sentence]
        before = paragraph.text[sentence_start - paragraph.start : row.start - paragraph.start]
        after = paragraph.text[row.end - paragraph.start :][:CONTEXT_AFTER]
        is_possessive = _is_possessive(before, after) or self._modifies_role(row, after)
        owned = OWNED_NOUN.match(after)
        is_owner = bool(owned) and not before.strip() and not _may_be_person(owned["noun"])
        # "with Bell missing the vote" has a subject after its preposition
        is_in_participle_clause = WITH.search(before) and PARTICIPLE_AFTER_NAME.match(after)
        is_after_preposition = bool(OBLIQUE.search(before[-OBLIQUE_LENGTH:]))
        is_oblique = is_after_preposition and not is_in_participle_clause
        is_in_clause = bool(EMBEDDED.search(before))
        is_late = len(before) > MAX_SUBJECT_OFFSET
        return Naming(
            row,
            number,
            sentence,
            is_subject=is_first and not (is_late or is_possessive or is_oblique or is_in_clause),
            is_possessive=is_possessive,
            is_owner=is_owner,
            is_oblique=is_oblique,
            is_quoted=enclosing(paragraph.marked, row.start) is not None,
            # "Officials said that Bell left": nobody else comes into question
            is_embedded=is_in_clause and not is_first,
        )

    def _modifies_role(self, row: Any, after: str) -> bool:
        """Return whether a name only describes the next one's role: "Bell adviser Tom Reed"."""
        position = bisect_right(self.row_starts, row.start)
        if position == len(self.rows):
            return False
        words = LOWER_CASE_ROLE.fullmatch(after[: max(0, self.rows[position].start - row.end)])
        return words is not None and words["head"] in role_nouns()

    def owners_of(self, actor: str) -> set[str]:
        """Return whose lawyer or wife somebody is: Bell in "Bell’s lawyer Tom Reed"."""
        owners = set()
        for row in self.rows_by_actor.get(actor, []):
            position = bisect_left(self.row_starts, row.start)
            if not position:
                continue
            owner = self.rows[position - 1]
            before = self._before(row)
            gap = before[len(before) - max(0, row.start - owner.end) :]
            if row.start - owner.end <= len(before) and OWNED_ROLE.fullmatch(gap):
                owners.add(owner.label)
        return owners

    def fuller_name(self, actor: str, gender: str) -> str:
        """Return the only person of a gender with a surname that several people share."""
        if " " in actor:
            return actor
        bearers = [name for name in self.rows_by_actor if name.endswith(f" {actor}")]
        possible = [name for name in bearers if self.gender_of(name) in ("", gender)]
        return possible[0] if len(possible) == 1 and len(bearers) > 1 else actor

    def gender_of(self, actor: str) -> str:
        """Return the gender that words, the first name or pronouns show; "" if nothing does."""
        if actor not in self._genders:
            self._genders[actor] = self._find_gender(actor)
        return self._genders[actor] or self.learnt_genders.get(actor, "")

    def gender_of_single_name(self, actor: str) -> str:
        """Return the gender that a name of one word would show as a first name: "Anna"."""
        # "Mr. Kelly" and pronouns are better evidence than the word itself
        if not actor or " " in actor or self._find_gender(actor):
            return ""
        return gender_of_first_name(fold(actor))

    def learn_gender(self, actor: str, gender: str) -> None:
        """Remember the pronoun by which a person was called."""
        self.learnt_genders.setdefault(actor, gender)

    def _find_gender(self, actor: str) -> str:
        """Return the gender that the article itself shows; "" if nothing does."""
        rows = self.rows_by_actor.get(actor, [])
        for row in rows:
            gender = _gender_of_words(self._before(row), self._after(row), row)
            if gender:
                return gender
        first_name = _first_name(actor)
        if first_name:
            return gender_of_first_name(first_name)
        return self._gender_by_pronouns(rows)

    def _gender_by_pronouns(self, rows: list) -> str:
        """Return the gender of the pronouns that follow a name in its sentence."""
        counts = {MALE: 0, FEMALE: 0}
        for row in rows:
            after = self._after(row).split(". ")[0]
            pronoun = PERSONAL_PRONOUN.search(after)
            if pronoun:
                counts[pronoun.lastgroup or MALE] += 1
        return gender_of_counts(counts)

    def _before(self, row: Any) -> str:
        """Return the text right before a mention."""
        passage = self.passages[self.paragraph_number(row.start)]
        start = row.start - passage.start
        return passage.text[max(0, start - CONTEXT_BEFORE) : start]

    def _after(self, row: Any) -> str:
        """Return the text right after a mention."""
        passage = self.passages[self.paragraph_number(row.start)]
        end = row.end - passage.start
        return passage.text[end : end + CONTEXT_AFTER]

    def role_words_of(self, actor: str) -> frozenset[str]:
        """Return the folded words for the roles of a person, and other nouns for such people."""
        if actor not in self._roles:
            words: set[str] = set()
            for row in self.rows_by_actor.get(actor, []):
                words |= _role_words(self._before(row), self._after(row), row)
            self._roles[actor] = frozenset(words)
        return self._roles[actor]


def gender_of_counts(counts: dict[str, int]) -> str:
    """Return the gender that pronouns after a name show; "" if they are few or disagree.

    Parameters
    ----------
    counts : dict of str to int
        The number of pronouns of each gender, MALE and FEMALE.

    Returns
    -------
    str
        MALE, FEMALE or "".

    Examples
    --------
    >>> gender_of_counts({"m": 1, "f": 3}), gender_of_counts({"m": 1, "f": 2})
    ('f', '')
    """
    rarer, more_frequent = sorted([MALE, FEMALE], key=lambda gender: counts[gender])
    is_clear = counts[more_frequent] >= max(MIN_PRONOUNS, MIN_PRONOUN_RATIO * counts[rarer])
    return more_frequent if is_clear else ""


def _may_be_person(noun: str) -> bool:
    """Return whether a noun after a possessive may speak: a lawyer, a team, but not a house."""
    word = fold(noun)
    return word in role_nouns() or word.removesuffix("s") in role_nouns() or word in NOT_PERSONS


def _is_possessive(before: str, after: str) -> bool:
    """Return whether a name describes a noun after it: "Bell’s lawyer", "a Bell supporter"."""
    if POSSESSIVE.match(after):
        return True
    return bool(BEFORE_MODIFIER.search(before)) and bool(MODIFIED_NOUN.match(after))


def _is_joined(paragraph: Paragraph, previous: Naming, row: Any) -> bool:
    """Return whether only a comma, "and" or "or" separates two mentions."""
    gap_start = previous.row.end - paragraph.start
    gap_end = row.start - paragraph.start
    return JOINED.fullmatch(paragraph.text, gap_start, gap_end) is not None


def _is_asked(paragraph: Paragraph, namings: list[Naming], row: Any) -> bool:
    """Return whether the person named last asks this one something."""
    if not namings or not namings[-1].is_subject:
        return False
    gap_start = namings[-1].row.end - paragraph.start
    gap_end = row.start - paragraph.start
    return ASKED.fullmatch(paragraph.text, gap_start, gap_end) is not None


def _gender_of_words(before: str, after: str, row: Any) -> str:
    """Return the gender that a title, a word for a relative or an apposition shows."""
    genders = genders_of_words()
    word_before = GENDERED_BEFORE.search(before)
    if word_before:
        return genders[fold(word_before[1])]
    title = fold(row.text.split()[0]).rstrip(".")
    if title in genders:
        return genders[title]
    apposition = APPOSITION.match(after)
    words = [fold(word) for word in row.role.split()]
    if apposition:
        # "Anna Bell, a farmer whose husband": only the head of the apposition counts
        words += fold(HEAD_OF_APPOSITION.match(apposition["role"])[0]).split()[-1:]
    genders_of_role = {genders[word] for word in words if word in genders}
    return genders_of_role.pop() if len(genders_of_role) == 1 else ""


def _role_words(before: str, after: str, row: Any) -> set[str]:
    """Return the words that describe a person before and after the name."""
    words: set[str] = set()
    phrases = [row.role]
    role_before = ROLE_BEFORE.search(before)
    if role_before:
        phrases.append(role_before[0])
    apposition = APPOSITION.match(after)
    if apposition:
        phrases.append(apposition["role"])
        if apposition["indefinite"]:
            # "Anna Bell, a baker of Ostrand,": a new noun, whatever it is
            head = HEAD_OF_APPOSITION.match(apposition["role"])
            words |= {fold(word) for word in WORD.findall(head[0])}
    age = AGE_AFTER_NAME.match(after)
    if age:
        words.add(f"{age[1]}{AGE_ENDING}")
    for phrase in phrases:
        folded = [fold(word).rstrip(".") for word in WORD.findall(phrase)]
        # "Senators Reed and Bell"
        folded = [
            word.removesuffix("s") if word.removesuffix("s") in role_nouns() else word
            for word in folded
        ]
        if not any(word in role_nouns() for word in folded):
            continue
        words |= set(folded)
        for length in (1, 2):
            for start in range(len(folded) - length + 1):
                words |= _called().get(" ".join(folded[start : start + length]), frozenset())
    return words - words_of("en/text/stopwords")


@cache
def genders_of_words() -> dict[str, str]:
    """Return the gender of each folded word of `lexicon/en/names/gendered_words.csv`."""
    rows = read_lexicon("en/names/gendered_words")
    return {fold(row["word"]): row["gender"] for row in rows}


@cache
def role_nouns() -> frozenset[str]:
    """Return the folded nouns that make a phrase the description of a role."""
    source_nouns = {noun.split()[-1] for noun in words_of("en/speech/source_nouns")}
    called = set(chain.from_iterable(_called().values()))
    return frozenset(source_nouns | called | set(_called()) | set(genders_of_words()))


@cache
def _called() -> dict[str, frozenset[str]]:
    """Return the nouns that refer to people with a role."""
    return {
        row["role"]: frozenset(row["called"].split("|"))
        for row in read_lexicon("en/names/role_words")
    }


def _first_name(label: str) -> str:
    """Return the folded first name of a full name; "" for a single word."""
    words = [fold(word).strip(".,“”\"'’") for word in label.split()]
    titles = words_of("en/names/titles")
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
    if len(words) == 1:
        # A single word is usually a surname: Kelly, Jordan, James
        return ""
    return words[0]
