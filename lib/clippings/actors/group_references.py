"""Resolve "they", "the two" and "the senators" to persons or an organisation.

The preceding sentences are searched backwards for one that mentions several persons together
("Reed and Bell"), or whose subject is an organisation or a plural noun.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from clippings.actors.persons import (
    EMBEDDED,
    MAX_SUBJECT_OFFSET,
    OBLIQUE,
    POSSESSIVE,
    ArticlePersons,
)
from clippings.actors.references import SOMEBODY
from clippings.actors.source_nouns import source_noun_in
from clippings.actors.subjects import JOINS_NAMES
from clippings.core.lexicon import any_of, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

# Names of unknown type also count: a person would not be called "they" or "it"
COLLECTIVE_TYPES = ("organisation", "group", "")
MEANS_TWO = words_of("en/speech/references", kind="means two persons")  # the pair, both
MEANS_SEVERAL = words_of("en/speech/references", kind="means several persons")  # the siblings

# "the firm": the organisation that the text is about
ORGANISATION_DESCRIPTIONS = frozenset(
    f"the {noun}" for noun in words_of("en/speech/references", kind="means an organisation")
)

# Number of paragraphs searched backwards, including that of the words. "They" refers to something
# nearby; "the senators" can refer to persons farther away.
PARAGRAPHS_FOR_PRONOUN = 2
PARAGRAPHS_FOR_NOUN = 4

INTRODUCES_EXAMPLES = re.compile(  # critics *like Senators* Reed and Bell
    rf"(?:\b{any_of('en/speech/function_words', 'introduces examples')}|,)\s+"
    r"(?:[A-Z][\w.'’-]*\s+){0,3}$"
)
PLURAL_PRONOUN = re.compile(r"[\s“”\"]*they\b", re.IGNORECASE)
PLURAL_SUBJECT = re.compile(  # *The town’s officials* closed the road
    rf"""
    [\s“”"]*
    (?P<phrase>
        (?: (?:{any_of("en/speech/function_words", "determiner")}) \s+ )?
        (?: [\w’'-]+ \s+ ){{0,3}}?
        (?P<head> [a-z-]+s | {any_of("en/speech/references", "plural without s")} ) ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
VERB_AFTER_NAME = re.compile(r"(?:\s*\([^()]*\))?\s+[a-z]|,")  # the Wire *met*, the Wire*,* a paper


class Group(NamedTuple):
    """Several persons, an organisation, or people without names."""

    start: int  # where they are named, in the article
    members: tuple[Any, ...]  # rows of mentions; empty for people without names
    description: str = ""  # folded, of people without names: "critics"


class _Sentence(NamedTuple):
    """A sentence; offsets in the article."""

    start: int
    end: int
    text: str
    marked: list[tuple[int, int]]  # its paragraph's quotations


def choose_group(
    description: str, start: int, mentions: list, persons: ArticlePersons
) -> Group | None:
    """Choose the group to which "they", "it", "the two" or "the senators" refers.

    Parameters
    ----------
    description : str
        The folded words.
    start : int
        Their offset in the article.
    mentions : list
        The rows of mentions of the article, in order.
    persons : ArticlePersons
        The persons of the article.

    Returns
    -------
    Group or None
        None if the words do not refer to a group, or if no group is mentioned nearby.
    """
    if description == "it" or description in ORGANISATION_DESCRIPTIONS:
        return _last_collective(start, mentions, persons)
    if description == "they":
        return _group_of_pronoun(start, mentions, persons)
    words = description.split()
    head = words[-1]
    if words[0] not in ("the", "both"):
        return None
    is_two = not MEANS_TWO.isdisjoint(words)
    is_plural = head in MEANS_SEVERAL or head.endswith("s")
    if not (is_two or is_plural):
        return None
    for sentence in _sentences_before(start, persons, PARAGRAPHS_FOR_NOUN):
        members = _joined_persons(sentence, persons)
        if head in MEANS_TWO and not members:
            members = _both_persons(sentence, persons)
        if not members or (is_two and len(members) != 2):
            continue
        if head in MEANS_TWO or head in MEANS_SEVERAL or _are_called(head, members, persons):
            return Group(members[0].start, members)
    return None


def _sentences_before(start: int, persons: ArticlePersons, paragraphs: int) -> Iterator[_Sentence]:
    """Yield the sentences before an offset, the nearest first; its own up to the offset."""
    last = persons.paragraph_number(start)
    for number in range(last, max(-1, last - paragraphs), -1):
        paragraph = persons.paragraph(number)
        ends = [*paragraph.sentence_starts[1:], paragraph.end]
        for sentence_start, end in zip(
            reversed(paragraph.sentence_starts), reversed(ends), strict=True
        ):
            if sentence_start >= start:
                continue
            visible_end = min(end, start)
            text = paragraph.text[sentence_start - paragraph.start : visible_end - paragraph.start]
            yield _Sentence(sentence_start, visible_end, text, paragraph.marked)


def _joined_persons(sentence: _Sentence, persons: ArticlePersons) -> tuple[Any, ...]:
    """Return the last persons of a sentence that are named together: "Reed and Bell"."""
    rows = _unquoted(persons.rows, persons.row_starts, sentence)
    groups: list[list[Any]] = []
    for row in rows:
        previous = groups[-1][-1] if groups else None
        if previous is not None and JOINS_NAMES.fullmatch(
            sentence.text, previous.end - sentence.start, row.start - sentence.start
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    joined = [group for group in groups if len({row.label for row in group}) > 1]
    return tuple(joined[-1]) if joined else ()


def _both_persons(sentence: _Sentence, persons: ArticlePersons) -> tuple[Any, ...]:
    """Return the two persons of a sentence that names exactly two: "Reed met Bell"."""
    by_label: dict[str, Any] = {}
    for row in _unquoted(persons.rows, persons.row_starts, sentence):
        by_label.setdefault(row.label, row)
    return tuple(by_label.values()) if len(by_label) == 2 else ()


def _are_called(head: str, members: tuple[Any, ...], persons: ArticlePersons) -> bool:
    """Return whether a plural noun is the role of somebody in a list: "Senators Reed and Bell"."""
    forms = {head, head.removesuffix("s")}
    return any(not forms.isdisjoint(persons.role_words_of(row.label)) for row in members)


def _group_of_pronoun(start: int, mentions: list, persons: ArticlePersons) -> Group | None:
    """Choose the group to which "they" refers."""
    starts = [row.start for row in mentions]
    for sentence in _sentences_before(start, persons, PARAGRAPHS_FOR_PRONOUN):
        if PLURAL_PRONOUN.match(sentence.text):
            continue  # "They sent a letter": about the same group
        members = _joined_persons(sentence, persons)
        people = _plural_subject(sentence)
        if members and _are_subject(members, people, sentence):
            return Group(members[0].start, members)
        collective = _collective_subject(sentence, mentions, starts)
        if people and not (collective and collective.start <= people.start):
            return people
        if collective:
            return Group(collective.start, (collective,))
        if members:
            return Group(members[0].start, members)
    return None


def _last_collective(start: int, mentions: list, persons: ArticlePersons) -> Group | None:
    """Choose the organisation to which "it" refers: the subject of an earlier sentence."""
    starts = [row.start for row in mentions]
    for sentence in _sentences_before(start, persons, PARAGRAPHS_FOR_PRONOUN):
        collective = _collective_subject(sentence, mentions, starts)
        if collective:
            return Group(collective.start, (collective,))
        if _unquoted(persons.rows, persons.row_starts, sentence) and sentence.end < start:
            return None  # the text has moved on to another subject
    return None


def _are_subject(members: tuple[Any, ...], people: Group | None, sentence: _Sentence) -> bool:
    """Return whether persons begin their sentence, or are examples of those who do."""
    before = sentence.text[: members[0].start - sentence.start]
    if INTRODUCES_EXAMPLES.search(before):
        return True
    if people:  # "Officers arrested Reed and Bell"
        return False
    return len(before) <= MAX_SUBJECT_OFFSET and not (
        OBLIQUE.search(before) or EMBEDDED.search(before)
    )


def _plural_subject(sentence: _Sentence) -> Group | None:
    """Return the people without names that a sentence is about: "Critics of the plan left"."""
    subject = PLURAL_SUBJECT.match(sentence.text)
    if not subject:
        return None
    head = fold(subject["head"])
    if not source_noun_in(head) and head.removesuffix("s") not in SOMEBODY:
        return None
    start = sentence.start + subject.start("phrase")
    if enclosing(sentence.marked, start) is not None:
        return None
    return Group(start, (), fold(subject["phrase"]))


def _collective_subject(sentence: _Sentence, mentions: list, starts: list[int]) -> Any | None:
    """Return the organisation that a sentence is about."""
    for row in _unquoted(mentions, starts, sentence):
        before = sentence.text[: row.start - sentence.start]
        if len(before) > MAX_SUBJECT_OFFSET:
            return None
        after = sentence.text[row.end - sentence.start :]
        is_aside = OBLIQUE.search(before) or EMBEDDED.search(before) or POSSESSIVE.match(after)
        if row.type in COLLECTIVE_TYPES and not is_aside and VERB_AFTER_NAME.match(after):
            return row
        if row.type == "person" and not is_aside:
            return None
    return None


def _unquoted(rows: list, starts: list[int], sentence: _Sentence) -> list:
    """Return the mentions of a sentence outside its quotations."""
    first = bisect_left(starts, sentence.start)
    last = bisect_right(starts, sentence.end - 1)
    return [
        row
        for row in rows[first:last]
        if row.end <= sentence.end and enclosing(sentence.marked, row.start) is None
    ]
