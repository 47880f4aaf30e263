"""Resolve "she", "he" or "the senator" to one of the persons of an article.

All persons mentioned before the pronoun, and all earlier speakers, are candidates, except those of
the other gender. They are ranked by distance, by whether their sentence is about them, and by
whether they have just spoken. If two candidates are too close, nobody is chosen: a wrong name is
worse than none. Groups ("they", "the two") are resolved in `group_references`.
"""

import re
from bisect import bisect_left
from functools import cache
from math import log2
from typing import Any, NamedTuple

from clippings.actors.persons import (
    AGE_ENDING,
    FEMALE,
    MALE,
    NOT_PERSONS,
    ArticlePersons,
    Naming,
    genders_of_words,
)
from clippings.actors.pronoun_chains import OpeningPronoun, PronounChains
from clippings.actors.source_nouns import source_noun_in, source_type
from clippings.core.lexicon import any_of, words_of
from clippings.core.tokens import fold

# Codes of the column `reference` of quotes: how a speaker is identified
NAMED = "named"  # the words contain the name
BY_PRONOUN = "pronoun"  # "she" is somebody named earlier
BY_ROLE = "role"  # "the senator" is somebody with this role
CARRIED_ON = "carried_on"  # no words for a speaker: the previous one or the last person named
UNNAMED = "unnamed"  # the article has a description but no name
UNRESOLVED = "unresolved"  # a pronoun or role that may mean several people, or nobody known
NO_SPEAKER = ""  # no words for a speaker, and no earlier speaker or person

DEFINITE_ARTICLE = "the"  # other determiners may begin the description of a new person
SOMEBODY = words_of("en/speech/references", kind="somebody")
MORE_THAN_ONE = words_of("en/speech/references", kind="more than one")
GENDER_OF_PRONOUN = {"he": MALE, "she": FEMALE}
GENDER_OF_POSSESSIVE = {"his": MALE, "her": FEMALE}

# Points, set by hand on two thirds of 94 statements of news articles; the order matters more than
# the numbers.
SENTENCES_BEFORE = (6.0, 5.5, 4.5, 4.0)  # sentences between a name and the pronoun: 0, 1, 2, more
PARAGRAPHS_BEFORE = (0.0, 3.8, 2.2, 1.4, 0.8)  # paragraphs between them; the first is not used
SUBJECT = 1.5  # the sentence is about the person
POSSESSIVE = -2.0  # "Bell’s lawyer": more likely the lawyer; not "Bell’s house"
OBLIQUE = -1.2  # "a friend of Bell"
EMBEDDED = -0.5  # "Bell said that Reed left": the sentence is about Bell
JUST_SPOKE = 1.5  # said the statement before, at most a paragraph away
ASKED = -1.5  # asked something just before: what follows is somebody else's answer
SPOKE_BEFORE = 0.5  # said it, and is further away
KNOWN_GENDER = 0.6  # a title or first name agrees with the pronoun
SALIENCE = 0.25  # for each doubling of the number of times a person is named …
MAX_SALIENCE = 1.0  # … and no more than that
MIN_LEAD = 1.0  # by which the best candidate must lead
MIN_POINTS = 4.5  # of the best; with less, it is mentioned in passing
MIN_POINTS_OF_SOLE = 3.5  # of the only one whose gender is known to agree

SUBORDINATE_LENGTH = 12  # characters before a pronoun, where "because" appears
OPENS_SUBORDINATE_CLAUSE = re.compile(
    rf"\b(?:{any_of('en/speech/function_words', 'conjunction')})\s+$", re.IGNORECASE
)

INTRODUCES_SOMEBODY = re.compile(  # *A young woman* from the next village also lost hers
    r"(?:an?|another|one)\s+(?:[\w-]+\s+){0,3}?"
    rf"(?P<noun>{any_of('en/speech/references', 'shows only the gender')})\b",
    re.IGNORECASE,
)

SPOKESPERSON = "spokes"  # how such words begin: spokesman, spokeswoman, spokesperson
FORMER_WORDS = words_of("en/speech/references", kind="former")
TOPIC_NOUNS = words_of("en/speech/references", kind="describes who a text is about")
PARTY_NOUNS = words_of("en/speech/references", kind="party")
PLAIN_NOUNS = words_of("en/speech/references", kind="describes anybody")
AGE_AS_NOUN = re.compile(rf"\d{AGE_ENDING}$")  # the 43-year-old
PARENT_OF_SOME = re.compile(  # the father of two
    rf"\b{any_of('en/speech/references', 'parent')} of "
    rf"{any_of('en/speech/function_words', 'determiner')}$"
)
FAR_PARAGRAPHS = 6  # since a person was named; a text may have gone on to somebody else
PARAGRAPHS_OF_TOPIC = 3  # read backwards for whom the text is about, that of the words included

MAX_CANDIDATES = 3  # that an unresolved statement lists


def begins_with_the(description: str) -> bool:
    """Return whether a description has the definite article: "the mayor", not "her mayor".

    Parameters
    ----------
    description : str
        Folded words.

    Returns
    -------
    bool
    """
    return description.partition(" ")[0] == DEFINITE_ARTICLE


def describes_known_person(description: str) -> bool:
    """Return whether a description is one for a person whom the article has named.

    Parameters
    ----------
    description : str
        Folded words, up to the noun.

    Returns
    -------
    bool
        True for "the candidate", but not for "the officer", who may have no name in the article.
    """
    return begins_with_the(description) and description.split()[-1] in TOPIC_NOUNS


class Candidate(NamedTuple):
    """A person to whom a pronoun may refer."""

    actor: str  # "" for somebody described and not named
    points: float
    speaker: Any = None  # the earlier Speaker, if this is somebody who spoke


class Choice(NamedTuple):
    """The result of a choice."""

    best: Candidate | None  # None if nobody leads
    candidates: tuple[str, ...]  # the actors that come into question, the likeliest first


class _RoleFit(NamedTuple):
    """How well a person fits a description; larger values are better, the first counts most."""

    shared: int  # words of the description by which the person is called
    is_current: bool  # neither the description nor the role is of the past
    nearness: int  # paragraphs since the person was named, negative


def choose_person(pronoun: str, start: int, chains: PronounChains, latest_speakers: list) -> Choice:
    """Choose the person to whom "he" or "she" refers.

    Parameters
    ----------
    pronoun : str
        "he" or "she".
    start : int
        Offset of the pronoun in the article.
    chains : PronounChains
        The persons of the article, and the pronouns that open its sentences.
    latest_speakers : list of Speaker
        The last speakers, in order.

    Returns
    -------
    Choice
        Without `best` if two candidates are close, or if there is none.
    """
    # In order, so that each pronoun can rest on those before it
    for opening in chains.before(start, len(PARAGRAPHS_BEFORE)):
        if opening.start not in chains.actors:
            choice = _choose(opening.pronoun, opening.start, chains, latest_speakers)
            chains.actors[opening.start] = choice.best.actor if choice.best else ""
    choice = _choose(pronoun, start, chains, latest_speakers)
    chains.actors[start] = choice.best.actor if choice.best else ""
    return choice


def _choose(pronoun: str, start: int, chains: PronounChains, latest_speakers: list) -> Choice:
    """Choose the person a pronoun refers to; earlier opening pronouns are already resolved."""
    candidates = _ranked_candidates(pronoun, start, chains, latest_speakers)
    if not candidates:
        return Choice(None, ())
    persons = chains.persons
    gender = GENDER_OF_PRONOUN[pronoun]
    names = tuple(candidate.actor for candidate in candidates[:MAX_CANDIDATES] if candidate.actor)
    best = candidates[0]
    second = candidates[1] if len(candidates) > 1 else None
    if second and best.points - second.points < MIN_LEAD:
        return Choice(None, names)
    if best.actor and _is_somebody_introduced(best.actor, gender, start, persons):
        return Choice(None, names)
    # "Melanie said so. “We left,” he said": more likely a person whom the text has not identified
    if persons.gender_of_single_name(best.actor) not in ("", gender):
        return Choice(None, names)
    is_known = bool(best.actor) and persons.gender_of(best.actor) == gender
    min_points = MIN_POINTS_OF_SOLE if second is None and is_known else MIN_POINTS
    if best.points < min_points and best.speaker is None:
        return Choice(None, names)
    if best.actor:
        persons.learn_gender(best.actor, gender)
    return Choice(best, names[:1])


def _ranked_candidates(
    pronoun: str, start: int, chains: PronounChains, latest_speakers: list
) -> list[Candidate]:
    """Return all persons a pronoun may refer to, the likeliest first."""
    persons = chains.persons
    gender = GENDER_OF_PRONOUN[pronoun]
    others = _named_after(pronoun, start, persons)
    candidates = [
        Candidate(actor, points + _salience(persons, actor))
        for actor, points in _points_of_actors(pronoun, start, chains, others).items()
    ]
    possible_speakers = [
        speaker
        for speaker in latest_speakers
        if persons.fuller_name(speaker.actor, gender) not in others
    ]
    candidates = _with_speakers(candidates, gender, start, persons, possible_speakers)
    candidates.sort(key=lambda candidate: (-candidate.points, candidate.actor))
    return candidates


def _points_of_actors(
    pronoun: str, start: int, chains: PronounChains, others: set[str]
) -> dict[str, float]:
    """Return the points of the persons named before a pronoun, except `others`.

    A person has the points of the most favourable mention, by name or by an opening pronoun.
    """
    persons = chains.persons
    gender = GENDER_OF_PRONOUN[pronoun]
    points: dict[str, float] = {}
    for naming in persons.namings_before(start, len(PARAGRAPHS_BEFORE)):
        actor = persons.fuller_name(naming.row.label, gender)
        actor_gender = persons.gender_of(actor)
        if actor in others or actor_gender not in ("", gender):
            continue
        value = _closeness(naming, start, persons)
        if actor_gender == gender:
            value += KNOWN_GENDER
        points[actor] = max(points.get(actor, value), value)
    for opening in chains.before(start, len(PARAGRAPHS_BEFORE)):
        actor = chains.actors.get(opening.start, "")
        if actor and actor not in others and opening.pronoun == pronoun:
            value = SUBJECT + KNOWN_GENDER + _nearness(opening, start, persons)
            points[actor] = max(points.get(actor, value), value)
    return points


def _is_somebody_introduced(actor: str, gender: str, start: int, persons: ArticlePersons) -> bool:
    """Return whether a sentence since somebody was named is about another: "A woman lost hers"."""
    number = persons.paragraph_number(start)
    paragraph = persons.paragraph(number)
    last_named = max(
        (row.start for row in persons.rows_by_actor[actor] if row.start < start), default=0
    )
    for sentence_start in paragraph.sentence_starts:
        if not last_named < sentence_start < start:
            continue
        introduced = INTRODUCES_SOMEBODY.match(paragraph.text, sentence_start - paragraph.start)
        if introduced and genders_of_words().get(fold(introduced["noun"])) == gender:
            return True
    return False


def _named_after(pronoun: str, start: int, persons: ArticlePersons) -> set[str]:
    """Return the persons a pronoun cannot refer to: "he told Bell", "he said Bell had left"."""
    paragraph = persons.paragraph(persons.paragraph_number(start))
    offset = start - paragraph.start
    is_subject = paragraph.text[offset : offset + len(pronoun) + 1].lower() == f"{pronoun} "
    # "When she spoke, Bell said so": a pronoun may point forward from a clause before the main one
    before = paragraph.text[max(0, offset - SUBORDINATE_LENGTH) : offset]
    if not is_subject or OPENS_SUBORDINATE_CLAUSE.search(before):
        return set()
    gender = GENDER_OF_PRONOUN[pronoun]
    return {
        persons.fuller_name(row.label, gender) for row in persons.named_in_sentence_after(start)
    }


def _salience(persons: ArticlePersons, actor: str) -> float:
    """Return the points for a person who is often named in the article."""
    # "she" may be a spokeswoman, who goes by the name of her organisation
    number_of_mentions = len(persons.rows_by_actor.get(actor, ()))
    return min(MAX_SALIENCE, SALIENCE * log2(max(1, number_of_mentions)))


def _closeness(naming: Naming, start: int, persons: ArticlePersons) -> float:
    """Return how near a name is to a pronoun, and whether its sentence is about it."""
    value = _nearness(naming, start, persons)
    if naming.is_subject:
        value += SUBJECT
    if naming.is_possessive and not naming.is_owner:
        value += POSSESSIVE
    if naming.is_oblique:
        value += OBLIQUE
    if naming.is_embedded:
        value += EMBEDDED
    return value


def _nearness(place: Naming | OpeningPronoun, start: int, persons: ArticlePersons) -> float:
    """Return the points for the sentences or paragraphs between a place and a pronoun."""
    paragraphs = persons.paragraph_number(start) - place.paragraph
    if paragraphs:
        return PARAGRAPHS_BEFORE[paragraphs]
    sentences = persons.sentence_number(start) - place.sentence
    return SENTENCES_BEFORE[min(max(sentences, 0), len(SENTENCES_BEFORE) - 1)]


def _with_speakers(
    candidates: list[Candidate],
    gender: str,
    start: int,
    persons: ArticlePersons,
    latest_speakers: list,
) -> list[Candidate]:
    """Return the candidates with points added for those who have just spoken."""
    earlier = [speaker for speaker in latest_speakers if speaker.start < start]
    if not earlier:
        return candidates
    speaker = earlier[-1]
    # "a spokeswoman for the council": she continues to speak for the council
    speaks_for_others = SPOKESPERSON in speaker.description
    if speaker.type not in ("person", "") and not speaks_for_others:
        return candidates
    paragraphs = persons.paragraph_number(start) - persons.paragraph_number(speaker.start)
    if paragraphs >= len(PARAGRAPHS_BEFORE):
        return candidates
    bonus = JUST_SPOKE if paragraphs <= 1 else SPOKE_BEFORE
    if speaker.is_asking:
        bonus = ASKED
    points = SENTENCES_BEFORE[1] if paragraphs == 0 else PARAGRAPHS_BEFORE[paragraphs]

    if not speaker.actor:
        if _named_since(speaker, start, persons) or not _may_be(speaker.description, gender):
            return candidates
        return [*candidates, Candidate("", points + SUBJECT + bonus, speaker)]

    if speaks_for_others and not _may_be(speaker.description, gender):
        return candidates
    actor = persons.fuller_name(speaker.actor, gender)
    actor_gender = persons.gender_of(actor)
    if actor_gender not in ("", gender):
        return candidates
    if actor_gender:
        points += KNOWN_GENDER
    if speaker.reference in (NAMED, BY_PRONOUN, BY_ROLE) and not speaker.is_asking:
        points += SUBJECT  # "the road was closed, Bell said": the subject of that verb
    by_actor = {candidate.actor: candidate for candidate in candidates}
    if actor in by_actor:
        points = max(points, by_actor[actor].points)
    by_actor[actor] = Candidate(actor, points + bonus, speaker)
    return list(by_actor.values())


def _named_since(speaker: Any, start: int, persons: ArticlePersons) -> bool:
    """Return whether a sentence since an unnamed speaker is about a person with a name.

    "A resident said so. Bell nodded, and she added": Bell is likelier than the resident.
    """
    return any(
        naming.is_subject and naming.row.start > speaker.start
        for naming in persons.namings_before(start, len(PARAGRAPHS_BEFORE))
    )


def _may_be(description: str, gender: str) -> bool:
    """Return whether one person of a gender may be described so: "a resident", not "officials"."""
    words = description.split()
    if not words:  # a speaker between whom and another one nothing decides
        return False
    genders = {genders_of_words()[word] for word in words if word in genders_of_words()}
    if genders:
        return genders == {gender}
    if any(word in SOMEBODY for word in words):
        return True
    noun = source_noun_in(description)
    is_plural = f"{noun}s" in description or words[0] in MORE_THAN_ONE
    return bool(noun) and not is_plural


def choose_by_role(description: str, start: int, persons: ArticlePersons) -> Choice:
    """Choose the person to whom "the senator" or "her lawyer" refers.

    Parameters
    ----------
    description : str
        Folded words: a determiner, perhaps modifiers, and a noun.
    start : int
        Offset of the words in the article.
    persons : ArticlePersons
        The persons of the article.

    Returns
    -------
    Choice
        Without `best` if nobody has this role, or if several persons fit equally well.
    """
    words = [word for word in description.split() if word not in words_of("en/text/stopwords")]
    if not words or not means_a_person(words[-1]):
        return Choice(None, ())
    head = words[-1]
    fits = _fits_of_role(description, words, start, persons)
    if not fits:
        return Choice(None, ())
    best_first = sorted(fits, key=lambda actor: fits[actor], reverse=True)
    names = tuple(best_first[:MAX_CANDIDATES])
    best = fits[names[0]]
    if any(fits[actor] == best for actor in best_first[1:]):
        return Choice(None, names)
    if head in PLAIN_NOUNS and best.shared < len(words):
        return Choice(None, ())  # "the last man who", "the other woman"
    # "Reed met Senator Bell of Ostrand. The Tolmere senator said": perhaps Reed
    is_partly_known = best.shared < len(words) or best.nearness < -FAR_PARAGRAPHS
    if head in TOPIC_NOUNS and is_partly_known:
        topic = _topic(start, genders_of_words().get(head, ""), persons)
        if topic not in ("", names[0]) and topic not in _others_of_role(start, persons):
            return Choice(None, (topic, *names)[:MAX_CANDIDATES])
    return Choice(Candidate(names[0], float(best.shared)), names[:1])


def _fits_of_role(
    description: str, words: list[str], start: int, persons: ArticlePersons
) -> dict[str, _RoleFit]:
    """Return how well a description fits each person who is called by its last word."""
    head = words[-1]
    gender = genders_of_words().get(head, "")
    owner_gender = GENDER_OF_POSSESSIVE.get(description.split()[0], "")
    others = _others_of_role(start, persons)
    fits: dict[str, _RoleFit] = {}
    for actor, rows in persons.rows_by_actor.items():
        role_words = persons.role_words_of(actor)
        if actor in others or head not in role_words:
            continue
        # a congressman is not a woman
        if gender and persons.gender_of(actor) not in ("", gender):
            continue
        if owner_gender and _belongs_to_another(actor, owner_gender, persons):
            continue
        distance = _paragraphs_since(rows, start, persons)
        if distance is None:
            continue
        shared = sum(word in role_words for word in words)
        # "the governor" is more likely the governor than the former governor
        is_current = FORMER_WORDS.isdisjoint(words) and FORMER_WORDS.isdisjoint(role_words)
        fits[actor] = _RoleFit(shared, is_current, -distance)
    return fits


def _paragraphs_since(rows: list, start: int, persons: ArticlePersons) -> int | None:
    """Return the paragraphs between the last mention of a person and a description.

    None if the person is named only later, except right after the description.
    """
    position = bisect_left(rows, start, key=lambda row: row.start)
    if position:
        last_named = rows[position - 1].start
        return persons.paragraph_number(start) - persons.paragraph_number(last_named)
    return 0 if _follows_at_once(rows[0].start, start, persons) else None


def _belongs_to_another(actor: str, owner_gender: str, persons: ArticlePersons) -> bool:
    """Return whether "his lawyer" cannot be somebody: who was introduced as a woman's lawyer."""
    genders = {persons.gender_of(owner) for owner in persons.owners_of(actor)}
    return bool(genders) and not genders & {"", owner_gender}


def _others_of_role(start: int, persons: ArticlePersons) -> set[str]:
    """Return the persons a description cannot refer to: those right before and after it."""
    # "The mayor told Bell" / "In a talk with Bell, the mayor said"
    rows = persons.named_in_sentence_after(start) + persons.named_right_before(start)
    return {row.label for row in rows}


def _topic(start: int, gender: str, persons: ArticlePersons) -> str:
    """Return the person whom the preceding sentences are about, if the gender fits; or ""."""
    namings = persons.namings_before(start, PARAGRAPHS_OF_TOPIC)
    subjects = [naming.row.label for naming in namings if naming.is_subject]
    if not subjects:
        return ""
    actor = persons.fuller_name(subjects[-1], gender)
    fits_gender = not gender or persons.gender_of(actor) in ("", gender)
    return actor if fits_gender else ""


def _has_another_role(actor: str, persons: ArticlePersons) -> bool:
    """Return whether the article states a role of the actor; an age is not a role."""
    return any(not word.endswith(AGE_ENDING) for word in persons.role_words_of(actor))


@cache
def means_a_person(noun: str) -> bool:
    """Return whether a noun can be somebody's role.

    Parameters
    ----------
    noun : str
        A folded word.

    Returns
    -------
    bool

    Examples
    --------
    >>> means_a_person("mayor"), means_a_person("court"), means_a_person("statement")
    (True, False, False)
    """
    if (
        noun.endswith("'s")
        or noun in words_of("en/names/organisation_heads")
        or noun in NOT_PERSONS
    ):
        return False
    return source_type(noun) not in ("document", "outlet", "agency")


def _follows_at_once(name_start: int, start: int, persons: ArticlePersons) -> bool:
    """Return whether a name comes at most two sentences after a description of its bearer."""
    paragraphs = persons.paragraph_number(name_start) - persons.paragraph_number(start)
    sentence = persons.sentence_number(name_start)
    if paragraphs == 0:
        return sentence - persons.sentence_number(start) <= 2
    return paragraphs == 1 and sentence <= 1


def choose_topic(
    description: str, start: int, persons: ArticlePersons, latest_speakers: list
) -> Choice:
    """Choose the person to whom "the Ostrand businessman" refers: the topic of the text.

    Parameters
    ----------
    description : str
        Folded words: "the", perhaps modifiers, and a noun, with what follows the noun.
    start : int
        Offset of the words in the article.
    persons : ArticlePersons
        The persons of the article.
    latest_speakers : list of Speaker
        The last speakers, in order.

    Returns
    -------
    Choice
        Without `best` if the noun may refer to a new person, or if the topic of the text is
        unclear.

    Notes
    -----
    Writers describe well-known people in this way, whose role the article does not give. Somebody
    with another role is never chosen: after "Anna Bell, a baker," the governor is somebody else.
    """
    words = description.split()
    head = words[-1]
    is_plain = len(words) == 2 and head in PLAIN_NOUNS
    is_age = AGE_AS_NOUN.search(description) is not None
    is_family = PARENT_OF_SOME.search(description) is not None
    describes_topic = head in TOPIC_NOUNS or is_plain or is_age or is_family
    if not begins_with_the(description) or not describes_topic:
        return Choice(None, ())
    genders = genders_of_words()
    gender = next((genders[word] for word in reversed(words) if word in genders), "")
    actor = _topic(start, gender, persons)
    if not actor or actor in _others_of_role(start, persons):
        return Choice(None, ())
    if _is_introduced(head, start, persons):
        return Choice(None, ())
    # "Anna Bell, a baker … The mother of three said": a family or a party is not a rival of a role
    is_beside_role = is_family or head in PARTY_NOUNS
    if not is_beside_role and _has_another_role(actor, persons):
        return Choice(None, ())
    last_named = max(row.start for row in persons.rows_by_actor[actor] if row.start < start)
    speakers = [speaker for speaker in latest_speakers if speaker.start < start]
    if speakers and speakers[-1].start > last_named and speakers[-1].actor != actor:
        return Choice(None, ())  # somebody else has spoken since
    return Choice(Candidate(actor, MIN_POINTS), (actor,))


def _is_introduced(noun: str, start: int, persons: ArticlePersons) -> bool:
    """Return whether an unnamed person was called so before: "A man fell. … The man said"."""
    number = persons.paragraph_number(start)
    introduction = re.compile(rf"\b(?:an?|another|one)\s+(?:[\w-]+\s+){{0,4}}{re.escape(noun)}\b")
    for earlier in range(max(0, number - PARAGRAPHS_OF_TOPIC + 1), number + 1):
        paragraph = persons.paragraph(earlier)
        if introduction.search(fold(paragraph.text[: max(0, start - paragraph.start)])):
            return True
    return False
