"""Names of columns as readers of a report see them; tables and files use the short names."""

from clippings.brief.phrasing import readable

# Columns with words of articles or patterns of the codebook, whose cells remain as they are.
VERBATIM_COLUMNS = frozenset(
    {
        "author",
        "example",
        "forms",
        "outlet",
        "pattern",
        "phrase",
        "text",
        "title",
        "title_a",
        "title_b",
        "word",
    }
)

# Columns with ids of articles. The report shows the titles of the articles instead.
ARTICLE_COLUMNS = frozenset(
    {
        "article",
        "chain",
        "folded_into",
        "match_article",
        "only_in",
        "origin",
        "other_article",
        "outlet",
    }
)

COLUMN_NAMES = {
    # articles and where findings are
    "article": "article",
    "title": "title",
    "title_a": "first article",
    "title_b": "second article",
    "outlet": "outlet",
    "author": "author",
    "section": "section",
    "language": "language",
    "text": "text",
    "start": "start (character)",
    "end": "end (character)",
    "match_article": "same text in",
    "matched_with": "matched with",
    "match_start": "start there (character)",
    "match_end": "end there (character)",
    "other_article": "other article",
    "problem": "problem",
    "oddity": "what is unusual",
    "detail": "detail",
    "repair": "what to do",
    "note": "note",
    # dates of articles
    "published_from": "publication date (earliest)",
    "published_to": "publication date (latest)",
    "updated": "updated",
    "saved": "saved",
    "dated_by": "date taken from",
    "date_note": "note on the date",
    "dates_against": "other dates on the page",
    "day_from": "first day",
    "day_to": "last day",
    # times, events and amounts
    "value": "date code (TIMEX3)",
    "mod": "part of the period",
    "anchor": "counted from",
    "edtf": "date range (EDTF)",
    "earliest": "earliest date",
    "latest": "latest date",
    "likely_earliest": "likely earliest date",
    "likely_latest": "likely latest date",
    "modality": "reported as",
    "family": "kind of event",
    "agent": "who acted",
    "target": "who or what was affected",
    "place": "place",
    "strength": "strength of the evidence",
    "low": "at least",
    "high": "at most",
    "qualifier": "wording of the number",
    # names, sources and statements
    "actor_a": "one name",
    "actor_b": "other name",
    "type": "type",
    "role": "role",
    "forms": "forms in the articles",
    "speaker": "speaker",
    "source": "kind of source",
    "source_type": "kind of source",
    "via": "passed on by",
    "told_to": "spoke to",
    "statements": "statements",
    "reason": "reason",
    "similarity": "similarity",
    # claims
    "claim": "claim",
    "kind": "kind",
    "origin": "origin",
    "origin_type": "kind of origin",
    "mentions": "mentions",
    "chain": "path of the report",
    "folded_into": "counted with",
    "folded_because": "why counted together",
    "status": "status",
    "reasons": "reasons for",
    "against": "reasons against",
    # themes, topics and terms
    "theme": "theme",
    "side": "for or against",
    "pattern": "search term",
    "example": "example",
    "row": "row of the codebook",
    "hits": "matches",
    "articles_lost": "articles lost without it",
    "only_in": "only match in",
    "parent": "part of",
    "terms": "terms",
    "names": "names",
    "word": "word",
    "phrase": "phrase",
    "is_name": "is a name",
    "weight": "weight",
    "dp": "unevenness (DP)",
    "dp_norm": "unevenness (DP, normalised)",
    "d": "evenness (Juilland’s D)",
    "s": "evenness (Rosengren’s S)",
    "npmi": "association (NPMI)",
    # counts and trends
    "label": "name",
    "rule": "rule",
    "relation": "relation",
    "duplicate_status": "repetition",
    "size": "number",
    "count": "number",
    "rows": "passages",
    "passages": "passages",
    "articles": "articles",
    "outlets": "outlets",
    "words": "words",
    "share": "share",
    "shortest": "shortest (words)",
    "longest": "longest (words)",
    "least_similar": "lowest similarity",
    "peak": "peak",
    "earlier": "articles, first part",
    "earlier_all": "all articles, first part",
    "later": "articles, second part",
    "later_all": "all articles, second part",
    "p_adjusted": "p (adjusted)",
    "trend": "trend",
    # agreement of two coders
    "first": "passages with the theme, first coder",
    "second": "passages with the theme, second coder",
    "both": "passages with the theme, both coders",
    "alpha": "Krippendorff's alpha",
    "reading": "result",
    "meaning": "meaning",
}

# What the columns of a cross-table are. Headings that speak for themselves need no name.
COLUMN_AXES = {
    "label": "kind of text",
    "duplicate_status": "repetition",
    "edits": "share of words that may differ",
    "source_type": "kind of source",
    "is_name": "",
    "title": "",
}


def column_name(column: str) -> str:
    """Return the name of a column as a reader sees it.

    Parameters
    ----------
    column : str
        The name of the column in the table.

    Returns
    -------
    str
        Its readable name; for other columns, the same name with spaces instead of underscores.

    Examples
    --------
    >>> column_name("dated_by"), column_name("my_column")
    ('date taken from', 'my column')
    """
    return COLUMN_NAMES.get(column) or readable(column)


def axis_name(axis: str) -> str:
    """Return what the columns of a cross-table are, or "" if their headings say it.

    Parameters
    ----------
    axis : str
        The name of the column axis of a DataFrame; "" if it has none.

    Returns
    -------
    str
        The readable name.

    Examples
    --------
    >>> axis_name("source_type"), axis_name("title")
    ('kind of source', '')
    """
    return COLUMN_AXES.get(axis, column_name(axis))
