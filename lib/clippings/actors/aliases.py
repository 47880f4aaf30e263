"""Actors seen together: who is named with whom, and which names may be one."""

from collections import Counter, defaultdict
from itertools import pairwise

import pandas as pd
from rapidfuzz.distance import Levenshtein

from clippings.core.sentences import sentence_spans
from clippings.core.tables import by_article
from clippings.core.tokens import fold

CROWD = 100  # actors in one sentence: their pairs grow with the square, and say nothing
BESIDE = 50  # names of like length that each is held against


def count_together(mentions: pd.DataFrame, passages: pd.DataFrame, *, unit: str = "sentence") -> pd.DataFrame:
    """How often two actors are named together.

    In: mentions; passages they stand in; unit, "sentence" or "passage".
    Out: actor_a, actor_b (in alphabetical order), count (units that name both); sorted by count, largest first.
    Raises: KeyError for another unit. Misses: actors meant by pronouns; units that name more than 100 actors, which are
    lists. Source: co-occurrence.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_together(make_table("mentions"), make_table("passages")).columns)
        ['actor_a', 'actor_b', 'count']
    """
    cut = {"sentence": lambda p: sentence_spans(p.text, p.start), "passage": lambda p: [(p.start, p.end)]}[unit]
    own, pairs = by_article(mentions), Counter()
    for article, rows in by_article(passages).items():
        spans = [span for row in rows for span in cut(row)]
        number, named = 0, defaultdict(set)
        for mention in own.get(article, []):
            while number < len(spans) and spans[number][1] <= mention.start:
                number += 1
            if number < len(spans) and spans[number][0] <= mention.start:
                named[number].add(mention.label)
        for actors in named.values():
            ordered = sorted(actors) if len(actors) <= CROWD else []
            pairs.update((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])
    counted = [(a, b, count) for (a, b), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))]
    return pd.DataFrame(counted, columns=["actor_a", "actor_b", "count"])


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
            tuple(sorted([a.label, b.label])) for a, b in pairwise(own) if b.start - a.end == 2 and _defines(a, b)
        }
        rows += [(*pair, "acronym behind the name", 0.9) for pair in sorted(defined - pairs)]
        pairs |= defined
    for a, b in _near_in_spelling(everyone):
        rows.append((a, b, "spelling", round(_likeness(a, b), 2)))
    refused = _refused(mentions, verdicts) if verdicts is not None else set()
    rows = sorted((row for row in rows if row[:2] not in refused), key=lambda row: (-row[3], row[0], row[1]))
    return pd.DataFrame(rows, columns=["actor_a", "actor_b", "reason", "similarity"])


def _refused(mentions: pd.DataFrame, verdicts: pd.DataFrame) -> set[tuple]:
    said = verdicts[(verdicts["table"] == "mentions") & (verdicts.verdict == "not same")]
    pairs = said.merge(mentions[["article", "text", "label"]], on=["article", "text"], suffixes=("", "_found"))
    return {tuple(sorted(pair)) for pair in zip(pairs.label, pairs.label_found, strict=True)}


def merge_actors(actors: pd.DataFrame, mentions: pd.DataFrame, actor_a: str, actor_b: str) -> pd.DataFrame:
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
    kept, other = sorted([actor_a, actor_b], key=lambda name: (name not in set(actors.actor), -len(name)))
    types = [*actors.type[actors.actor == kept], *mentions.type[mentions.label.isin([kept, other])], ""]
    merged = actors.assign(actor=actors.actor.replace({other: kept}))
    have = set(merged.alias[merged.actor == kept])
    new = {"actor": kept, "type": next(filter(None, types), ""), "not_alias": "", "note": f"also {other}"}
    rows = [new | {"alias": name} for name in (kept, other) if name not in have]
    return pd.concat([merged, pd.DataFrame(rows, columns=actors.columns, dtype="str")], ignore_index=True)


def _defines(name, acronym) -> bool:
    """Is it "Islamic Front (ISFR)"? Where the codebook names both, the analyst has decided."""
    short, decided = acronym.text, name.rule == acronym.rule == "codebook alias"
    return not decided and acronym.label != name.label and short.isupper() and short[0] == name.text[0].upper()


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


def count_unnamed(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many statements of each article come from speakers without a name.

    In: quotes (those that count); articles, whose outlets are told. Out: outlet, article, statements, share (without
    a name, 0 to 1), sorted by the first two; articles without statements are left out.
    Raises: KeyError for a column that is not there. Misses: speakers that were not found. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> count_unnamed(make_table("quotes"), make_table("articles")).columns.to_list()
        ['outlet', 'article', 'statements', 'share']
    """
    outlets = dict(zip(articles.article, articles.outlet, strict=True))
    told = quotes.assign(outlet=quotes.article.map(outlets).astype("str"))
    sums = {"statements": ("anonymous", "size"), "share": ("anonymous", "mean")}
    counted = told.groupby(["outlet", "article"], as_index=False).agg(**sums)
    return counted.assign(share=counted.share.astype("float64").round(2))


def count_chains(quotes: pd.DataFrame) -> pd.DataFrame:
    """Through how many hands statements came: whom a speaker cites, the kind of speaker, to whom it was told.

    In: quotes (those that count). Out: via, source ("unknown" where the kind of speaker is not known), told_to,
    statements, articles; sorted by the first three. Statements with neither via nor told_to are left out.
    Raises: KeyError for a column that is not there. Misses: hands that the text does not name. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> count_chains(make_table("quotes")).columns.to_list()
        ['via', 'source', 'told_to', 'statements', 'articles']
    """
    linked = quotes[(quotes.via != "") | (quotes.told_to != "")]
    told = linked.assign(source=linked.source_type.replace("", "unknown"))
    sums = {"statements": ("text", "size"), "articles": ("article", "nunique")}
    return told.groupby(["via", "source", "told_to"], as_index=False).agg(**sums)
