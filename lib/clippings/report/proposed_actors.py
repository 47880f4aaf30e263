"""Propose codebook rows for the actors of a corpus that do not change any result if accepted.

An alias matches wherever it occurs, even within other names: "Bell" in "Bell Street". The rows are
therefore tested, and aliases that would split or rename a name are omitted. So are actors whose
type rests on weak evidence: the article alone makes "the Rose Garden" an organisation.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from clippings.actors.candidates import CAPITALISED_NAME
from clippings.actors.first_names import first_names
from clippings.actors.identities import apply_links, link_actors
from clippings.actors.mentions import find_mentions, lower_case_words
from clippings.actors.name_spans import NAME_HEADS, ORGANISATION_HEADS, PLACE_HEADS, is_nationality
from clippings.actors.name_types import AGE, VERB_OF_SAYING, known_places
from clippings.core.lexicon import either, read_lexicon, words_of
from clippings.core.tables import by_article
from clippings.core.tokens import fold, word_spans
from clippings.corpus.codebook import TABLES

MIN_MENTIONS = 2  # minimum for a proposed actor; a single mention may be a mistake
MIN_MENTIONS_OF_PLACE = 3  # minimum for a place that is not in a word list
# Minimum number of these mentions in datelines or after words such as "in": "from Acme" is not
# evidence of a place.
MIN_MENTIONS_AS_PLACE = 1
MIN_WEIGHT_OF_PREPOSITION = 1.6  # points in `type_clues.csv`, for "in" and stronger words
CONTEXT_LENGTH = 40  # characters examined on each side of a mention
# People who are named this often in one article also appear with their surname alone, with a role
# or as speakers. A car called "Mercedes Lund" does not.
MIN_MENTIONS_WITH_SIGNS = 2
MAX_TRIALS = 4  # maximum number of rounds; each removes all faulty rows
# Maximum number of longer names that contain an alias; a word in more names is too general.
MAX_LONGER_NAMES = 30

RELATIVE_PRONOUN = re.compile(r",?\s+(?:who|whose)\b")  # Anna Bell, *who* left


class Place(NamedTuple):
    """The place of a mention."""

    article: str
    start: int
    end: int

    def overlaps(self, other: "Place") -> bool:
        """Return whether two places of the same article have characters in common."""
        return other.start < self.end and self.start < other.end


class Signs(NamedTuple):
    """Evidence for the type of an actor in its mentions, apart from the name itself."""

    has_other_form: bool  # such as "Bell" for Anna Bell; cars are also called by their first name
    has_role: bool  # "mayor"
    acts_like_person: bool  # speaks, has an age, is somebody who …
    most_mentions_in_article: int
    mentions: int
    mentions_as_place: int  # in datelines, or after words such as "in"
    types: int  # number of different types across articles


class AliasRow(NamedTuple):
    """One name of an actor."""

    actor: str
    type: str
    alias: str
    not_alias: tuple[str, ...]  # longer names in which the alias means something else
    is_first: bool  # whether this is the first row of the actor
    times: int  # number of mentions of the actor
    articles: int


def propose_actor_rows(
    story: pd.DataFrame, known: pd.DataFrame, max_actors: int
) -> tuple[list[AliasRow], pd.DataFrame]:
    """Propose rows for the most frequent actors, each with all its names.

    Parameters
    ----------
    story : pandas.DataFrame
        Passages of the story, without duplicates.
    known : pandas.DataFrame
        `codebook["actors"]`.
    max_actors : int
        The maximum number of actors.

    Returns
    -------
    rows : list of AliasRow
        The rows, sorted by number of articles and mentions; the rows of an actor are consecutive.
    mentions : pandas.DataFrame
        The mentions found without these rows, with linked actors.
    """
    mentions = _linked_mentions(story, known)
    rows = _all_rows(story, mentions)[: max_actors * 4]
    actors = list(dict.fromkeys(row.actor for row in rows))[:max_actors]
    rows = [row for row in rows if row.actor in set(actors)]
    for _ in range(MAX_TRIALS):
        faulty = _faulty_aliases(story, known, mentions, rows)
        if not faulty:
            break
        rows = [row for row in rows if row.alias not in faulty]
    return _with_first_rows(rows), mentions


def _linked_mentions(story: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    mentions = find_mentions(story, actors)
    return apply_links(mentions, link_actors(mentions))


def _all_rows(story: pd.DataFrame, mentions: pd.DataFrame) -> list[AliasRow]:
    """Return a row for each suitable name, starting with the most frequent actor."""
    new = mentions[mentions.rule == CAPITALISED_NAME]
    counts = new.groupby("label").agg(
        times=("text", "size"), articles=("article", "nunique"), type=("type", "first")
    )
    frequent = counts[counts.times >= MIN_MENTIONS].sort_values(
        ["articles", "times"], ascending=False, kind="stable"
    )
    names = [" ".join(text.split()) for text in mentions.text]
    actors_of_name: dict[str, set[str]] = defaultdict(set)
    for name, label in zip(names, mentions.label, strict=True):
        actors_of_name[name].add(label)
    forms: dict[str, Counter] = defaultdict(Counter)
    for name, label in zip(names, mentions.label, strict=True):
        forms[label][name] += 1
    longer_names = _longer_names(actors_of_name)
    common_words = lower_case_words(story.text)
    signs = _signs(story, new[new.label.isin(frequent.index)])

    rows = []
    for actor, counted in frequent.iterrows():
        if not _is_clear(actor, counted.type, signs[actor]):
            continue
        for form in _forms_in_order(actor, forms[actor]):
            is_other = actors_of_name[form] != {actor} or form.isupper() != actor.isupper()
            longer = sorted(longer_names.get(form, set()) - set(forms[actor]))
            is_too_general = len(longer) > MAX_LONGER_NAMES
            if is_other or is_too_general or _is_common_word(form, common_words):
                continue
            rows.append(
                AliasRow(
                    actor,
                    counted.type,
                    form,
                    tuple(name for name in longer if "|" not in name),
                    is_first=False,
                    times=int(counted.times),
                    articles=int(counted.articles),
                )
            )
    return rows


def _forms_in_order(actor: str, forms: Counter) -> list[str]:
    """Return the names of an actor: its label, followed by the others in order of frequency."""
    return sorted(forms, key=lambda form: (form != actor, -forms[form], form))


def _is_common_word(form: str, common_words: set[str]) -> bool:
    """Return whether a single-word name is also a common word: "Young", "May"."""
    word = fold(form)
    if " " in word or form.isupper():
        return False
    return (
        word in common_words
        or word in words_of("en/text/stopwords")
        or word in words_of("en/names/name_openers")
        or word in words_of("en/time/words", kind="month")
        or is_nationality(word)
    )


def _signs(story: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, Signs]:
    """Collect the evidence for the type of each actor from its mentions."""
    passages = by_article(story)
    forms: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, Counter] = defaultdict(Counter)
    types: dict[str, set[str]] = defaultdict(set)
    with_role: set[str] = set()
    like_persons: set[str] = set()
    as_place: Counter = Counter()
    for article, rows in by_article(mentions).items():
        for passage, row in _with_passages(rows, passages.get(article, [])):
            start = row.start - passage.start
            end = row.end - passage.start
            before = passage.text[max(0, start - CONTEXT_LENGTH) : start]
            after = passage.text[end : end + CONTEXT_LENGTH]
            forms[row.label].add(" ".join(row.text.split()))
            articles[row.label][article] += 1
            types[row.label].add(row.type)
            if row.role:
                with_role.add(row.label)
            if AGE.match(after) or RELATIVE_PRONOUN.match(after) or VERB_OF_SAYING.match(after):
                like_persons.add(row.label)
            if passage.label == "dateline" or _place_prepositions().search(before):
                as_place[row.label] += 1
    return {
        actor: Signs(
            has_other_form=bool(forms[actor] - {actor, actor.split()[0]}),
            has_role=actor in with_role,
            acts_like_person=actor in like_persons,
            most_mentions_in_article=max(articles[actor].values()),
            mentions=sum(articles[actor].values()),
            mentions_as_place=as_place[actor],
            types=len(types[actor]),
        )
        for actor in forms
    }


def _with_passages(mentions: list, passages: list) -> Iterator[tuple[Any, Any]]:
    """Yield the mentions of an article, each with its passage."""
    number = 0
    for mention in mentions:
        while passages[number].end < mention.end:
            number += 1
        yield passages[number], mention


@cache
def _place_prepositions() -> re.Pattern:
    """Return a pattern for words that are followed by a place: in, near, outside."""
    words = [
        row["word"]
        for row in read_lexicon("en/names/type_clues")
        if row["side"] == "before"
        and row["type"] == "place"
        and float(row["weight"]) >= MIN_WEIGHT_OF_PREPOSITION
    ]
    return re.compile(rf"\b{either(words)}\s+$", re.IGNORECASE)


def _is_clear(actor: str, type_: str, signs: Signs) -> bool:
    """Return whether a type is certain enough to be proposed."""
    words = [fold(word).strip(".,“”\"'’") for word in actor.split()]
    if type_ == "person":
        is_initial = len(words[0]) == 1
        has_first_name = len(words) > 1 and (words[0] in first_names() or is_initial)
        has_signs = signs.has_other_form or signs.has_role or signs.acts_like_person
        return has_first_name and (
            has_signs or signs.most_mentions_in_article < MIN_MENTIONS_WITH_SIGNS
        )
    if type_ == "place":
        is_listed = fold(actor) in known_places() or " ".join(words) in known_places()
        is_agreed = signs.types == 1 and signs.mentions >= MIN_MENTIONS_OF_PLACE
        # "(UPI)" in a dateline is a news agency
        is_shown = signs.mentions_as_place >= MIN_MENTIONS_AS_PLACE and not actor.isupper()
        return is_listed or not PLACE_HEADS.isdisjoint(words) or (is_agreed and is_shown)
    if type_ == "organisation":
        is_acronym = actor.isupper() and len(words) == 1
        is_common = words[0] in words_of("en/names/common_acronyms")
        has_head = not ORGANISATION_HEADS.isdisjoint(words)
        has_further_word = len(words) > 1 or words[0] not in NAME_HEADS
        return (is_acronym and not is_common) or (has_head and has_further_word)
    return type_ != ""


def _longer_names(names: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return, for each name, the names in the corpus that contain its words."""
    longer: dict[str, set[str]] = defaultdict(set)
    for name in names:
        spans = word_spans(name)
        for first in range(len(spans)):
            for last in range(first, len(spans)):
                part = name[spans[first][0] : spans[last][1]]
                if part != name and part in names:
                    longer[part].add(name)
    return longer


def _table(rows: list[AliasRow], known: pd.DataFrame) -> pd.DataFrame:
    """Return the codebook with all rows accepted."""
    accepted = [(row.actor, row.type, row.alias, " | ".join(row.not_alias), "") for row in rows]
    added = pd.DataFrame(accepted, columns=TABLES["actors"], dtype="str")
    return pd.concat([known, added], ignore_index=True)


def _faulty_aliases(
    story: pd.DataFrame, known: pd.DataFrame, mentions: pd.DataFrame, rows: list[AliasRow]
) -> set[str]:
    """Return the aliases that would split, rename or remove a name."""
    after = _linked_mentions(story, _table(rows, known))
    before_actors = _actors_by_place(mentions)
    after_actors = _actors_by_place(after)
    aliases = {row.alias for row in rows}
    text_of = {_place_of(row): " ".join(row.text.split()) for row in after.itertuples()}
    places_in: dict[str, list[Place]] = defaultdict(list)
    for place in after_actors:
        places_in[place.article].append(place)
    faulty = set()
    for place, actor in before_actors.items():
        if after_actors.get(place) == actor:
            continue
        causes = {text_of[place]} & aliases if place in text_of else set()
        for other in places_in[place.article]:
            if other != place and place.overlaps(other):
                causes.add(text_of[other])
        if not causes & aliases:
            # The surname refers to a different person later in the article
            changed = {actor, after_actors.get(place, "")}
            causes = {row.alias for row in rows if row.actor in changed}
        faulty |= causes
    for place in after_actors.keys() - before_actors.keys():
        # A full name also refers to the actor in languages or lines of capitals in which names are
        # not recognised.
        if " " not in text_of[place]:
            faulty.add(text_of[place])
    return faulty & aliases


def _place_of(mention) -> Place:
    return Place(mention.article, mention.start, mention.end)


def _actors_by_place(mentions: pd.DataFrame) -> dict[Place, str]:
    """Map the places of mentions to the actors they refer to."""
    return {_place_of(mention): mention.label for mention in mentions.itertuples()}


def _with_first_rows(rows: list[AliasRow]) -> list[AliasRow]:
    """Mark the first row of each actor."""
    seen: set[str] = set()
    marked = []
    for row in rows:
        marked.append(row._replace(is_first=row.actor not in seen))
        seen.add(row.actor)
    return marked
