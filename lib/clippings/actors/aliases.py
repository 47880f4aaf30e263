"""Propose names that may refer to the same actor, and merge or split actors."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz.distance import Levenshtein

from clippings.actors.candidates import CAPITALISED_NAME, CODEBOOK_ALIAS
from clippings.core.errors import BadInput
from clippings.core.tables import by_article
from clippings.core.tokens import fold

# Codes of the column `reason` of proposals
INITIALS = "initials"
DEFINED_ACRONYM = "acronym_after_name"
SPELLING = "spelling"

DEFINITION_SIMILARITY = 0.9  # for "Islamic Front (ISFR)": less certain than equal initials
MIN_SIMILARITY = 0.75  # share of letters that two spellings have in common: Hatimlat, Hatmilat
MIN_LETTERS = 5  # minimum letters for comparing spellings: in short names, every letter counts
# Spellings are compared only if they share their first or last letters, or all letters.
PREFIX_LENGTH = 3
SUFFIX_LENGTH = 5
MIN_WORDS_OF_PERSON_WITH_ACRONYM = 3  # people are called JFK, but not "AB"
DEFINITION_GAP = 2  # characters between a name and its acronym: " ("

# Maximum number of names of similar length with which each name is compared: without a limit, the
# cost would be quadratic in the number of names.
MAX_COMPARED_NAMES = 49


class AliasProposal(NamedTuple):
    """Two actors that may be one; `actor_a` comes first in the alphabet."""

    actor_a: str
    actor_b: str
    reason: str
    similarity: float


def propose_aliases(mentions: pd.DataFrame, verdicts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Propose pairs of actors that may be the same, without merging them.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The result of `find_mentions`.
    verdicts : pandas.DataFrame, optional
        The analyst's verdicts, `codebook["verdicts"]`. Pairs with the verdict "not same" are left
        out.

    Returns
    -------
    pandas.DataFrame
        One row per pair, in descending order of similarity.

        - actor_a, actor_b: the two actors, in alphabetical order.
        - reason: "initials" (WB, Water Board), "acronym_after_name" (Islamic Front (ISFR)) or
          "spelling" (up to a quarter of the letters differ).
        - similarity: the similarity of the names, 0 to 1.

    Notes
    -----
    Spellings are compared by Levenshtein distance. Translations and nicknames are not found. Names
    that are already in the codebook are not proposed as acronyms.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"].head(0))
    >>> cl.propose_aliases(mentions)
                     actor_a                actor_b    reason  similarity
    0  Valley Farmers' Union  Valley Farmers’ Union  spelling         1.0
    """
    proposals = _pairs_by_initials(mentions)
    known_pairs = {proposal[:2] for proposal in proposals}
    for pair in sorted(_defined_pairs(mentions) - known_pairs):
        proposals.append(AliasProposal(*pair, DEFINED_ACRONYM, DEFINITION_SIMILARITY))
    for actor_a, actor_b in _similar_spellings(sorted(mentions.label.unique())):
        similarity = round(_similarity(actor_a, actor_b), 2)
        proposals.append(AliasProposal(actor_a, actor_b, SPELLING, similarity))

    refused = refused_pairs(mentions, verdicts) if verdicts is not None else set()
    proposals = [proposal for proposal in proposals if proposal[:2] not in refused]
    proposals.sort(key=lambda pair: (-pair.similarity, pair.actor_a, pair.actor_b))
    return pd.DataFrame(proposals, columns=AliasProposal._fields)


def _pairs_by_initials(mentions: pd.DataFrame) -> list[AliasProposal]:
    """Return names in capitals and the names whose initials they are: WB, Water Board."""
    names_by_initials = defaultdict(list)
    persons = set(mentions.label[mentions.type == "person"])
    for name in sorted(mentions.label.unique()):
        if name in persons and len(name.split()) < MIN_WORDS_OF_PERSON_WITH_ACRONYM:
            continue
        names_by_initials[_initials(name)].append(name)
    proposals = []
    for acronym in sorted(mentions.label[mentions.rule == CAPITALISED_NAME].unique()):
        if acronym.isupper():
            for name in names_by_initials.get(acronym, ()):
                proposals.append(AliasProposal(*sorted([acronym, name]), INITIALS, 1.0))
    return proposals


def _initials(name: str) -> str:
    """Return the capitals that begin the words of a name; "" for a single word."""
    words = name.split()
    if len(words) < 2:
        return ""
    return "".join(word[0] for word in words if word[0].isupper())


def _defined_pairs(mentions: pd.DataFrame) -> set[tuple[str, str]]:
    """Return pairs of a name and an acronym in brackets: "Front (ISFR)", "ISFR (Front)"."""
    pairs = set()
    for article_mentions in by_article(mentions).values():
        for first, second in pairwise(article_mentions):
            if second.start - first.end != DEFINITION_GAP:
                continue
            if _defines(first, second) or _defines(second, first):
                pairs.add(_ordered(first.label, second.label))
    return pairs


def _defines(name: Any, acronym: Any) -> bool:
    """Return whether a mention in capitals is an acronym for the adjacent name."""
    is_decided = name.rule == acronym.rule == CODEBOOK_ALIAS  # by the analyst, in the codebook
    if is_decided or acronym.label == name.label or " " not in name.text:
        return False
    letters = acronym.text.replace(".", "")
    return letters.isupper() and letters[0] in _first_letters(name.text)


def _first_letters(name: str) -> set[str]:
    """Return the capitals that begin words of a name: U, R and A for "UN Refugee Agency"."""
    return {word[0] for word in name.split() if word[0].isupper()}


def _similar_spellings(names: list[str]) -> list[tuple[str, str]]:
    """Return pairs of names of similar length that share first or last letters, or all letters."""
    buckets = defaultdict(set)  # so that not all pairs need to be compared
    for name in names:
        folded = fold(name)
        if len(folded) >= MIN_LETTERS:
            buckets[folded[:PREFIX_LENGTH]].add(name)
            buckets[f"…{folded[-SUFFIX_LENGTH:]}"].add(name)
            buckets["".join(sorted(folded))].add(name)
    neighbours = chain.from_iterable(map(_neighbours_in_length, buckets.values()))
    return sorted({pair for pair in neighbours if _similarity(*pair) >= MIN_SIMILARITY})


def _neighbours_in_length(names: set[str]) -> Iterator[tuple[str, str]]:
    by_length = sorted(names, key=lambda name: (len(name), name))
    for number, name in enumerate(by_length):
        for other in by_length[number + 1 : number + 1 + MAX_COMPARED_NAMES]:
            yield _ordered(name, other)


def _ordered(name: str, other: str) -> tuple[str, str]:
    return (name, other) if name < other else (other, name)


def _similarity(name: str, other: str) -> float:
    """Return Levenshtein similarity of two folded names, 0 to 1."""
    return Levenshtein.normalized_similarity(fold(name), fold(other))


def refused_pairs(mentions: pd.DataFrame, verdicts: pd.DataFrame) -> set[tuple[str, str]]:
    """Collect the pairs of actors that have the verdict "not same".

    Parameters
    ----------
    mentions : pandas.DataFrame
        Mentions, from `find_mentions`.
    verdicts : pandas.DataFrame
        `codebook["verdicts"]`; "not same" refers to a mention of one actor and names the other.

    Returns
    -------
    set of (str, str)
        The names of each pair in alphabetical order.
    """
    refused = verdicts[(verdicts["table"] == "mentions") & (verdicts.verdict == "not same")]
    judged = refused.merge(
        mentions[["article", "text", "label"]], on=["article", "text"], suffixes=("", "_found")
    )
    return {
        _ordered(label, label_found)
        for label, label_found in zip(judged.label, judged.label_found, strict=True)
    }


def merge_actors(
    actors: pd.DataFrame, mentions: pd.DataFrame, actor_a: str, actor_b: str
) -> pd.DataFrame:
    """Merge two actors of the codebook into one.

    Parameters
    ----------
    actors : pandas.DataFrame
        `codebook["actors"]`.
    mentions : pandas.DataFrame
        The result of `find_mentions`. It provides the types of actors that are not in the codebook.
    actor_a, actor_b : str
        The two actors, in any order.

    Returns
    -------
    pandas.DataFrame
        The actors, with rows for the two names added if necessary. The merged actor has the name
        that is in the codebook or, if there is none, the longer name.

    Raises
    ------
    BadInput
        If both names are the same, or one of them is neither in the articles nor in the codebook.
        `count_actors` lists the names.

    Notes
    -----
    Short forms of the other name ("Bell" for "Anna Bell") are not added, because an alias refers to
    the same actor in all articles.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> no_actors = codebook["actors"].head(0)
    >>> mentions = cl.find_mentions(story, no_actors)
    >>> actors = cl.merge_actors(
    ...     no_actors, mentions, "Valley Farmers' Union", "Valley Farmers’ Union"
    ... )
    >>> actors[["actor", "type", "alias"]]
                       actor          type                  alias
    0  Valley Farmers' Union  organisation  Valley Farmers' Union
    1  Valley Farmers' Union  organisation  Valley Farmers’ Union
    """
    if actor_a == actor_b:
        raise BadInput(f"{actor_a!r} cannot be merged with itself")
    in_codebook = set(actors.actor)
    if not {actor_a, actor_b} & (in_codebook | set(mentions.label)):
        raise BadInput(
            f"neither {actor_a!r} nor {actor_b!r} is an actor of the mentions or the codebook; "
            "count_actors lists the actors"
        )
    main, other = sorted([actor_a, actor_b], key=lambda name: (name not in in_codebook, -len(name)))
    types = [
        *actors.type[actors.actor == main],
        *mentions.type[mentions.label.isin([main, other])],
    ]
    merged = actors.assign(actor=actors.actor.replace({other: main}))
    known_aliases = set(merged.alias[merged.actor == main])
    aliases = [*_names_in_texts(main, mentions), *_names_in_texts(other, mentions)]
    rows = [
        {
            "actor": main,
            "type": next(filter(None, types), ""),
            "alias": alias,
            "not_alias": "",
            "note": f"also {other}",
        }
        for alias in dict.fromkeys(aliases)
        if alias not in known_aliases
    ]
    added = pd.DataFrame(rows, columns=actors.columns, dtype="str")
    return pd.concat([merged, added], ignore_index=True)


def _names_in_texts(actor: str, mentions: pd.DataFrame) -> list[str]:
    """Return the names in the texts of an actor whose label does not occur in them: "Mr. Bell"."""
    forms = [" ".join(text.split()) for text in mentions.text[mentions.label == actor]]
    if not forms or actor in forms:
        return [actor]
    longest = max(len(form.split()) for form in forms)
    return sorted({form for form in forms if len(form.split()) == longest})


def split_actors(
    actors: pd.DataFrame, mentions: pd.DataFrame, actor: str, form: str
) -> pd.DataFrame:
    """Turn a name into a separate actor in the codebook.

    Parameters
    ----------
    actors : pandas.DataFrame
        `codebook["actors"]`.
    mentions : pandas.DataFrame
        The result of `find_mentions`, which provides the type.
    actor : str
        The actor to which the name currently belongs.
    form : str
        The name as written in the articles.

    Returns
    -------
    pandas.DataFrame
        The actors. The name now refers only to a new actor with this name. If it was also the name
        of the original actor, that actor is renamed to the longest of its other aliases.

    Raises
    ------
    BadInput
        If no article contains the name, or if it is the actor's only alias in the codebook. The
        message lists the possible names.

    Notes
    -----
    Actors in the codebook are never linked to each other, so the two remain separate in all
    articles, including those in which the name is a short form of the original actor.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> actors = cl.split_actors(
    ...     codebook["actors"], mentions, "River Lenn Authority", "the authority"
    ... )
    >>> actors[actors.alias == "the authority"][["actor", "type", "alias"]]
                actor          type          alias
    25  the authority  organisation  the authority
    """
    types = [
        *actors.type[actors.actor == actor],
        *mentions.type[mentions.label.isin([actor, form])],
    ]
    forms = {" ".join(text.split()) for text in mentions.text[mentions.label == actor]}
    forms |= set(actors.alias[actors.actor == actor])
    # Before linking across articles, "Bell" may not be linked to Anna Bell yet.
    all_forms = {" ".join(text.split()) for text in mentions.text}
    if form not in forms | all_forms:
        raise BadInput(
            f"{form!r} is not a name of {actor!r}; its names are: {', '.join(sorted(forms))}"
        )
    is_moved = (actors.alias == form) & (actors.actor == actor)
    is_left = (actors.actor == actor) & ~is_moved
    if form == actor:
        if not is_left.any():
            raise BadInput(
                f"{form!r} is the name of the actor itself: split another of its names: "
                f"{', '.join(sorted(forms - {form}))}"
            )
        remaining_name = max(actors.alias[is_left], key=lambda alias: (len(alias), alias))
        actors = actors.assign(actor=actors.actor.mask(is_left, remaining_name))
    row = {
        "actor": form,
        "type": next(filter(None, types), ""),
        "alias": form,
        "not_alias": "",
        "note": f"not {actor}",
    }
    added = pd.DataFrame([row], columns=actors.columns, dtype="str")
    return pd.concat([actors[~is_moved], added], ignore_index=True)
