"""Names that other tools found, as votes for `find_mentions`.

No such tool is needed, and none is imported: a document of spaCy is recognised by its attributes.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clippings.actors.candidates import OTHER_TOOL
from clippings.core.errors import BadInput
from clippings.core.tables import make_table


def read_votes(names: Mapping[str, Any], articles: pd.DataFrame) -> pd.DataFrame:
    """Convert names found by another tool to the table that `find_mentions` accepts as `votes`.

    Parameters
    ----------
    names : dict of str to spaCy Doc or iterable of (int, int, str)
        The tool's result for each article id: a document from spaCy, or from another library whose
        ``ents`` have ``start_char``, ``end_char`` and ``label_``; or rows of start, end and label.
        Offsets count the characters of the article's entire text.
    articles : pandas.DataFrame
        The articles, which provide the texts.

    Returns
    -------
    pandas.DataFrame
        One row per name, sorted by article and position: article, start, end, text, and the tool's
        tag as label.

    Raises
    ------
    BadInput
        If an article is not in `articles`, or offsets exceed its text, so that the tool must have
        read a different text.

    Notes
    -----
    Tags that begin with PER, ORG, GPE, LOC, FAC or NORP are evidence for the type of a name, and an
    empty tag is only evidence that it is a name. `find_mentions` ignores names with other tags
    (DATE, MONEY).

    For example, with spaCy::

        nlp = spacy.load("en_core_web_sm")
        docs = dict(zip(articles.article, nlp.pipe(articles.text), strict=True))
        votes = cl.read_votes(docs, articles)
        mentions = cl.find_mentions(story, codebook["actors"], votes=votes)

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> article = articles.iloc[0]
    >>> start = article.text.index("Ostrand")
    >>> cl.read_votes({article.article: [(start, start + 7, "GPE")]}, articles)[["text", "label"]]
          text label
    0  Ostrand   GPE
    """
    text_of = dict(zip(articles.article, articles.text, strict=True))
    rows = []
    for article, names_of_article in names.items():
        if article not in text_of:
            raise BadInput(f"votes name {article!r}, which is not among the articles")
        text = text_of[article]
        for start, end, label in _spans(names_of_article):
            if not 0 <= start < end <= len(text):
                raise BadInput(
                    f"votes for {article} have a name at {start} to {end}, but its text has "
                    f"{len(text)} characters: find names in the column text of the articles"
                )
            rows.append(
                {
                    "article": article,
                    "start": int(start),
                    "end": int(end),
                    "text": text[start:end],
                    "label": str(label or ""),
                    "rule": OTHER_TOOL,
                }
            )
    return make_table("phrases", rows)


def _spans(names: Any) -> list[tuple[int, int, str]]:
    """List the start, end and tag of each name of a document, or of rows."""
    if hasattr(names, "ents"):
        return [(name.start_char, name.end_char, name.label_) for name in names.ents]
    return [(start, end, tag) for start, end, tag, *_ in names]
