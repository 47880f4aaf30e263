"""Propose codebook rows for the actors of a corpus that do not change any result if accepted.

An alias matches wherever it occurs, even within other names: "Bell" in "Bell Street". The rows are
therefore tested, and aliases that would split or rename a name are omitted.
"""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

import pandas as pd

from clippings.actors.candidates import CAPITALISED_NAME
from clippings.actors.first_names import first_names
from clippings.actors.identities import apply_links, link_actors
from clippings.actors.mentions import find_mentions
from clippings.actors.name_spans import NAME_HEADS, ORGANISATION_HEADS, PLACE_HEADS, is_nationality
from clippings.actors.name_types import known_places
from clippings.core.lexicon import words_of
from clippings.core.tokens import fold, word_spans
from clippings.corpus.codebook import TABLES

MIN_MENTIONS = 2  # minimum for a proposed actor; a single mention may be a mistake
MIN_MENTIONS_OF_PLACE = 3  # minimum for a place that is not in a word list
MAX_TRIALS = 4  # maximum number of rounds; each removes all faulty rows
MAX_LONGER_NAMES = (
    30  # maximum number of longer names that contain an alias; a word in more names is too general
)

LOWER_CASE_WORD = re.compile(r"(?<![\w'’-])[a-z][^\W\d_]*")

Place = tuple[str, int, int]  # article, start, end


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
    """Return a row for each name that is suitable for a codebook, starting with the most frequent
    actor."""
    new = mentions[mentions.rule == CAPITALISED_NAME]
    counts = new.groupby("label").agg(
        times=("text", "size"),
        articles=("article", "nunique"),
        type=("type", "first"),
        types=("type", "nunique"),
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
    small_words = _small_words(story)

    rows = []
    for actor, counted in frequent.iterrows():
        is_agreed = counted.types == 1 and counted.times >= MIN_MENTIONS_OF_PLACE
        if not _is_clear(actor, counted.type, is_agreed):
            continue
        for form in _forms_in_order(actor, forms[actor]):
            is_other = actors_of_name[form] != {actor} or form.isupper() != actor.isupper()
            longer = sorted(longer_names.get(form, set()) - set(forms[actor]))
            if is_other or len(longer) > MAX_LONGER_NAMES or _is_common_word(form, small_words):
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


def _small_words(story: pd.DataFrame) -> set[str]:
    """Return the folded words that the corpus also writes in lower case."""
    return {fold(word) for text in story.text for word in LOWER_CASE_WORD.findall(text)}


def _is_common_word(form: str, small_words: set[str]) -> bool:
    """Return whether a single-word name is also a common word: "Young", "May"."""
    word = fold(form)
    if " " in word or form.isupper():
        return False
    return (
        word in small_words
        or word in words_of("en/text/stopwords")
        or word in words_of("en/names/name_openers")
        or word in words_of("en/time/words", kind="month")
        or is_nationality(word)
    )


def _is_clear(actor: str, type_: str, is_agreed: bool) -> bool:
    """Return whether a type is certain enough to be proposed; `is_agreed`: all mentions agree on
    it.

    Prepositions are good evidence of places, but an article alone is weak evidence of an
    organisation ("the Rose Garden").
    """
    words = [fold(word).strip(".,“”\"'’") for word in actor.split()]
    if type_ == "person":
        is_initial = len(words[0]) == 1
        return len(words) > 1 and (words[0] in first_names() or is_initial)
    if type_ == "place":
        is_known = " ".join(words) in known_places() or not PLACE_HEADS.isdisjoint(words)
        return is_known or is_agreed
    if type_ == "organisation":
        is_acronym = actor.isupper() and len(words) == 1
        has_head = not ORGANISATION_HEADS.isdisjoint(words)
        return is_acronym or (has_head and (len(words) > 1 or words[0] not in NAME_HEADS))
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
    text_of = {
        (row.article, row.start, row.end): " ".join(row.text.split()) for row in after.itertuples()
    }
    starts: dict[str, list[Place]] = defaultdict(list)
    for place in after_actors:
        starts[place[0]].append(place)
    faulty = set()
    for place, actor in before_actors.items():
        if after_actors.get(place) == actor:
            continue
        if place in text_of and text_of[place] in aliases:
            faulty.add(text_of[place])
        for other in starts[place[0]]:
            if other != place and other[1] < place[2] and place[1] < other[2]:
                faulty.add(text_of[other])
    for place in after_actors.keys() - before_actors.keys():
        faulty.add(text_of[place])
    return faulty & aliases


def _actors_by_place(mentions: pd.DataFrame) -> dict[Place, str]:
    return {(row.article, row.start, row.end): row.label for row in mentions.itertuples()}


def _with_first_rows(rows: list[AliasRow]) -> list[AliasRow]:
    """Mark the first row of each actor."""
    seen: set[str] = set()
    marked = []
    for row in rows:
        marked.append(row._replace(is_first=row.actor not in seen))
        seen.add(row.actor)
    return marked
