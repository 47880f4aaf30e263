"""Assess the terms of a codebook: what each of them finds, and whether the examples are found."""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from clippings.core.tables import make_table
from clippings.themes.coding import (
    ABOUT_CLASS,
    CLASS_MARK,
    CLASS_SEPARATOR,
    RULE_SEPARATOR,
    find_themes,
    shown_in_rule,
)
from clippings.themes.matcher import split_alternatives

COUNT_COLUMNS = ["row", "theme", "side", "pattern", "hits", "articles", "articles_lost", "only_in"]
CHECK_COLUMNS = ["row", "theme", "side", "example", "problem", "rule"]

# What separates articles in the column only_in, and examples in a cell of the codebook.
LIST_SEPARATOR = " | "


class _Pattern(NamedTuple):
    """An alternative of a term of the codebook."""

    row: int
    theme: str
    side: str
    pattern: str


def count_codes(themes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the hits of each pattern in a codebook and the articles that depend on it.

    Parameters
    ----------
    themes : pandas.DataFrame
        The result of `find_themes`.
    codes : pandas.DataFrame
        The codebook with which they were found.

    Returns
    -------
    pandas.DataFrame
        One row per alternative of each term, in the order of the codebook; word classes are left
        out.

        - `row`: the row of the codebook, as in the index of `codes`
        - `theme`, `side`: as in the codebook
        - `pattern`: the alternative. For a term that consists of a word class only, there is a row
          for each pattern of the class that matched (`$crew: sailor*`); without any match, there is
          a single row with the name of the class
        - `hits`: number of sentences; 0 for a pattern that never matches
        - `articles`: number of articles with a hit
        - `articles_lost`: number of articles that would lose this side of the theme without the
          pattern
        - `only_in`: these articles, separated by vertical bars

    Notes
    -----
    The function does not check whether the hits are correct. If a pattern appears in two rows of a
    theme, it counts for both. Only the first 60 characters of a pattern are compared.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.find_themes(cl.find_passages(articles), codebook["themes"])
    >>> counted = cl.count_codes(themes, codebook["themes"])
    >>> counted[["row", "theme", "pattern", "hits", "articles_lost", "only_in"]].iloc[16:19]
        row    theme pattern  hits  articles_lost                         only_in
    16   10  warning   warn*     2              1              01_river_rises.txt
    17   10  warning  alert*     1              1  03_ostrand_counts_the_cost.txt
    18   11  warning   siren     1              1            04_tolmere_levee.txt
    """
    matched = themes.assign(shown=themes.rule.str.split(RULE_SEPARATOR)).explode("shown")
    shown_in_article = matched.groupby(["label", "side", "article"]).shown.agg(set).to_dict()
    sentences_of = dict(iter(matched.groupby(["label", "side", "shown"])))

    rows = []
    for pattern in _patterns_of(codes, set(sentences_of)):
        shown = shown_in_rule(pattern.pattern)
        hits = sentences_of.get((pattern.theme, pattern.side, shown), matched.head(0))
        articles = list(hits.article.unique())
        lost = [
            article
            for article in articles
            if shown_in_article[pattern.theme, pattern.side, article] == {shown}
        ]
        counts = {
            "hits": len(hits.drop_duplicates(["article", "start"])),
            "articles": len(articles),
            "articles_lost": len(lost),
            "only_in": LIST_SEPARATOR.join(lost),
        }
        rows.append(pattern._asdict() | counts)
    return pd.DataFrame(rows, columns=COUNT_COLUMNS)


def _patterns_of(codes: pd.DataFrame, matched: set[tuple[str, str, str]]) -> list[_Pattern]:
    """Return the alternatives of all themes; for a class, its patterns that matched."""
    patterns_of_class = defaultdict(list)
    for theme, side, shown in sorted(matched):
        if shown.startswith(CLASS_MARK) and CLASS_SEPARATOR in shown:
            class_ = shown.split(CLASS_SEPARATOR)[0]
            patterns_of_class[theme, side, class_].append(shown)

    patterns = []
    for code in codes[~codes.theme.str.startswith(CLASS_MARK)].itertuples():
        side = code.side or "for"
        for alternative in split_alternatives(code.term):
            in_class = patterns_of_class.get((code.theme, side, code.term), [alternative])
            patterns += [_Pattern(code.Index, code.theme, side, shown) for shown in in_class]
    return patterns


def check_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Check whether the terms of each theme match the theme's example sentences.

    Parameters
    ----------
    codes : pandas.DataFrame
        `codebook["themes"]`. A cell in the column `example` can contain several sentences,
        separated by vertical bars.

    Returns
    -------
    pandas.DataFrame
        One row per example sentence, in the order of the codebook.

        - `row`: the row of the codebook, as in the index of `codes`
        - `theme`, `side`: as in the codebook
        - `example`: the sentence
        - `problem`: empty if a term of this theme and side matches; `not matched` if no term of the
          theme matches; `other side` if only terms of the other side match
        - `rule`: the alternatives that matched, as in `find_themes`

    Raises
    ------
    BadInput
        As `find_themes`.

    Notes
    -----
    Any row of the theme may match an example, not only its own. The class `$about` is not applied
    because a single sentence rarely mentions the subject twice.

    Examples
    --------
    >>> import clippings as cl
    >>> _, codebook = cl.load_example()
    >>> codes = codebook["themes"].head(3)
    >>> codes = codes.assign(example=["They left by boat.", "Shelters opened.", "All remained."])
    >>> cl.check_codes(codes)[["theme", "side", "problem", "example"]]
            theme     side      problem             example
    0  evacuation      for  not matched  They left by boat.
    1  evacuation      for                 Shelters opened.
    2  evacuation  against  not matched       All remained.
    """
    if "example" not in codes.columns:
        return pd.DataFrame(columns=CHECK_COLUMNS)

    examples = []
    for code in codes[~codes.theme.str.startswith(CLASS_MARK)].itertuples():
        for sentence in code.example.split(LIST_SEPARATOR.strip()):
            if sentence.strip():
                examples.append((code, sentence.strip()))

    themes = find_themes(
        _passages_of([sentence for _, sentence in examples]), codes[codes.theme != ABOUT_CLASS]
    )
    rows_of = dict(iter(themes.groupby(["article", "label"])))
    rows = []
    for number, (code, sentence) in enumerate(examples):
        side = code.side or "for"
        matched = rows_of.get((_name_of(number), code.theme), themes.head(0))
        on_side = matched[matched.side == side]
        problem = ""
        if matched.empty:
            problem = "not matched"
        elif on_side.empty:
            problem = "other side"
        rows.append(
            {
                "row": code.Index,
                "theme": code.theme,
                "side": side,
                "example": sentence,
                "problem": problem,
                "rule": RULE_SEPARATOR.join((matched if problem else on_side).rule),
            }
        )
    return pd.DataFrame(rows, columns=CHECK_COLUMNS)


def _passages_of(sentences: list[str]) -> pd.DataFrame:
    """Return example sentences as the passages of one article each."""
    rows = [
        {
            "article": _name_of(number),
            "start": 0,
            "end": len(sentence),
            "text": sentence,
            "label": "body",
        }
        for number, sentence in enumerate(sentences)
    ]
    return make_table("passages", rows)


def _name_of(number: int) -> str:
    """Return the article name of an example; names sort in the order of the examples."""
    return f"{number:06d}"
