"""Actors seen together: who is named with whom, and which names may be one."""

from collections import defaultdict
from itertools import pairwise

import pandas as pd
from rapidfuzz.distance import Levenshtein

from clippings.core.tables import by_article
from clippings.core.tokens import fold

BESIDE = 50  # names of like length that each is held against


def propose_aliases(mentions: pd.DataFrame, verdicts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Pairs of actors that may be one; nothing is merged.

    In: mentions; verdicts = codebook["verdicts"]: pairs that it calls not the same are left out.
    Out: actor_a, actor_b, reason, similarity (0 to 1): initials; an acronym defined right behind the
    name ("Islamic Front (ISFR)"); two spellings within a quarter of their letters; sorted by similarity, largest
    first.
    Raises: nothing. Misses: translations and nicknames. Source: Levenshtein distance (rapidfuzz).
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(propose_aliases(make_table("mentions")).columns)
        ['actor_a', 'actor_b', 'reason', 'similarity']
    """
    actors = sorted(mentions.loc[mentions.rule == "capitalised name", "label"].unique())
    everyone = sorted(mentions.label.unique())
    full, rows = defaultdict(list), []
    for name in everyone:
        full[_initials(name)].append(name)
    for actor in actors:
        if actor.isupper():
            rows += [(*sorted([actor, other]), "initials", 1.0) for other in full.get(actor, ())]
    pairs = {row[:2] for row in rows}
    for own in by_article(mentions).values():  # two characters between: " ("
        defined = {
            tuple(sorted([a.label, b.label]))
            for a, b in pairwise(own)
            if b.start - a.end == 2 and _defines(a, b)
        }
        rows += [(*pair, "acronym behind the name", 0.9) for pair in sorted(defined - pairs)]
        pairs |= defined
    for a, b in _near_in_spelling(everyone):
        rows.append((a, b, "spelling", round(_likeness(a, b), 2)))
    refused = _refused(mentions, verdicts) if verdicts is not None else set()
    rows = sorted(
        (row for row in rows if row[:2] not in refused), key=lambda row: (-row[3], row[0], row[1])
    )
    return pd.DataFrame(rows, columns=["actor_a", "actor_b", "reason", "similarity"])


def _refused(mentions: pd.DataFrame, verdicts: pd.DataFrame) -> set[tuple]:
    said = verdicts[(verdicts["table"] == "mentions") & (verdicts.verdict == "not same")]
    pairs = said.merge(
        mentions[["article", "text", "label"]], on=["article", "text"], suffixes=("", "_found")
    )
    return {tuple(sorted(pair)) for pair in zip(pairs.label, pairs.label_found, strict=True)}


def merge_actors(
    actors: pd.DataFrame, mentions: pd.DataFrame, actor_a: str, actor_b: str
) -> pd.DataFrame:
    """The analyst's actors with two made one: under the name that the codebook knows, else the longer one.

    In: actors = codebook["actors"]; mentions, for the type; two actors. Out: actors, the other name an alias.
    Raises: nothing. Misses: short forms of the other name ("Bell" of "Anna Bell"): as an alias they would be taken for
    this actor in every article. Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from clippings.core.tables import make_table
        >>> merge_actors(read_codebook("")["actors"], make_table("mentions"), "Rome", "Roma").alias.to_list()
        ['Rome', 'Roma']
    """
    kept, other = sorted(
        [actor_a, actor_b], key=lambda name: (name not in set(actors.actor), -len(name))
    )
    types = [
        *actors.type[actors.actor == kept],
        *mentions.type[mentions.label.isin([kept, other])],
        "",
    ]
    merged = actors.assign(actor=actors.actor.replace({other: kept}))
    have = set(merged.alias[merged.actor == kept])
    new = {
        "actor": kept,
        "type": next(filter(None, types), ""),
        "not_alias": "",
        "note": f"also {other}",
    }
    rows = [new | {"alias": name} for name in (kept, other) if name not in have]
    return pd.concat(
        [merged, pd.DataFrame(rows, columns=actors.columns, dtype="str")], ignore_index=True
    )


def _defines(name, acronym) -> bool:
    """Is it "Islamic Front (ISFR)"? Where the codebook names both, the analyst has decided."""
    short, decided = acronym.text, name.rule == acronym.rule == "codebook alias"
    return (
        not decided
        and acronym.label != name.label
        and short.isupper()
        and short[0] == name.text[0].upper()
    )


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _near_in_spelling(names: list[str]) -> list[tuple[str, str]]:
    """Pairs of like length with the same first letters or the same letters: no pass over all pairs."""
    buckets = defaultdict(set)
    for name in names:
        folded = fold(name)
        if len(folded) >= 5:
            buckets[folded[:3]].add(name)
            buckets["".join(sorted(folded))].add(name)
    pairs = set()
    for bucket in buckets.values():
        ordered = sorted(bucket, key=lambda name: (len(name), name))
        for number, a in enumerate(ordered):
            near = (b for b in ordered[number + 1 : number + BESIDE] if _likeness(a, b) >= 0.75)
            pairs |= {tuple(sorted((a, b))) for b in near}
    return sorted(pairs)


def _likeness(a: str, b: str) -> float:
    return Levenshtein.normalized_similarity(fold(a), fold(b))
