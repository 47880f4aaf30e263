"""The wording of changes between two reports; no code depends on it."""

from clippings.core.terminal import printable

# One line. {finding} is an entry of FINDINGS with its label.
LINE = "{article}: {finding} {change}{passage}{others}. Cause: {cause}."
CHANGES = {
    "came": "added",
    "went": "removed",
    "changed": "changed: {before} → {after}",
    "renamed": "renamed from {before}",
}
FINDINGS = {
    "articles": "article",
    "passages": "passage",
    "repeats": "repeat",
    "themes": "theme",
    "mentions": "mention",
    "quotes": "quote",
    "events": "event",
    "amounts": "amount",
    "dates": "date",
    "claims": "claim",
}
CAUSES = {
    "article_added": "article added",
    "article_removed": "article removed",
    "article_renamed": "article renamed",
    "article_edited": "article edited in another place",
    "paragraph_added": "paragraph added",
    "paragraph_removed": "paragraph removed",
    "paragraph_edited": "paragraph edited",
    "other_articles": "another article added, removed or edited: {articles}",
    "verdict_added": "verdict added: {verdict}",
    "verdict_removed": "verdict removed: {verdict}",
    "codebook_row_added": "codebook/{table}.csv, row added: {row}",
    "codebook_row_removed": "codebook/{table}.csv, row removed: {row}",
    "settings": "{settings}",
    "unknown": "unknown",
}
SETTING = "{place}: {name} {new} instead of {old}"
TEXT_ONLY = "its words"  # what changed in a passage whose text was edited
EMPTY = "empty"

# The page about what is new. The fields in braces are filled in as in brief/templates.py.
NEWS_TITLE = "What is new"
NEWS = {
    "news.added": "{number:# article was|# articles were} added: {names}.",
    "news.edited": "The text of {number:# article|# articles} was edited: {names}.",
    "news.removed": "{number:# article was|# articles were} removed: {names}.",
    "news.events": (
        "{number:# event is|# events are} reported by more articles than before: {names}."
    ),
    "news.names": (
        "{number:# person or organisation is|# people and organisations are} named for the first "
        "time, in several articles: {names}."
    ),
    "news.themes": (
        "{number:# theme or topic appears|# themes or topics appear} in more articles than before: "
        "{names}."
    ),
    "news.dates": "{number:# article has|# articles have} another date than before: {names}.",
    "news.decisions": (
        "{number:# change does|# changes do} not come from the articles, but from the codebook, "
        "a decision, a parameter or another version of the library."
    ),
}
NEWS_PHRASES = {
    "title": "“{title}”",
    "new": "{name} ({after:# article})",
    "growth": "{name} ({after:# article}, {before:#} before)",
}
# The tables of the page, in their order, and their columns
NEWS_HEADINGS = {
    "added": "New articles",
    "edited": "Edited articles",
    "removed": "Removed articles",
    "events": "Events that more articles report",
    "names": "Names that more articles mention",
    "themes": "Themes and topics that more articles share",
    "repeats": "New repeated text",
    "dates": "Articles with another date",
}
ARTICLE_COLUMNS = ("article", "outlet", "published")
GROWTH_COLUMNS = ("articles before", "articles now")
NEWS_COLUMNS = {
    "added": ARTICLE_COLUMNS,
    "edited": ARTICLE_COLUMNS,
    "removed": ARTICLE_COLUMNS,
    "events": ("event", *GROWTH_COLUMNS),
    "names": ("name", *GROWTH_COLUMNS),
    "themes": ("theme or topic", *GROWTH_COLUMNS),
    "repeats": ("article", "shares text with", "words"),
    "dates": ("article", "before", "now", "cause"),
}

MOST_ARTICLES = 3  # other articles that a cause lists
LONGEST_PASSAGE = 80  # characters of a passage that a line quotes


def describe_cause(code: str, **details: str) -> str:
    """Describe a cause in English.

    Parameters
    ----------
    code : str
        A key of `CAUSES`.
    **details : str
        Values for the fields of the description.

    Returns
    -------
    str
        Part of a sentence.

    Examples
    --------
    >>> describe_cause("verdict_added", verdict="no")
    'verdict added: no'
    """
    return CAUSES[code].format(**details)


def describe_others(articles: list[str]) -> str:
    """List article names, or only the first few if there are many."""
    ellipsis = " …" if len(articles) > MOST_ARTICLES else ""
    return ", ".join(articles[:MOST_ARTICLES]) + ellipsis


def describe_values(values: dict[str, str]) -> str:
    """List the values of a row in the columns that changed."""
    parts = [f"{column} {value or EMPTY}" for column, value in values.items()]
    return "; ".join(parts) or TEXT_ONLY


def describe_amount(text: str, low: str, high: str) -> str:
    """Describe an amount as printed in the article, with its values."""
    return f"“{text}” ({low} to {high})"


def describe_change(change, count: int) -> str:
    """Write one line for several similar changes.

    Parameters
    ----------
    change : namedtuple
        The first of these changes, a row of `find_changes`.
    count : int
        The number of changes.

    Returns
    -------
    str
        A line that is safe to print in a terminal.
    """
    finding = FINDINGS.get(change.table, change.table)
    if change.label:
        finding += f" ({change.label})"
    text = " ".join(change.text.split())
    if len(text) > LONGEST_PASSAGE:
        text = f"{text[:LONGEST_PASSAGE]}…"
    line = LINE.format(
        article=change.article,
        finding=finding,
        change=CHANGES[change.change].format(before=change.before, after=change.after),
        passage=f" “{text}”" if text else "",
        others=f" and {count - 1:,} more" if count > 1 else "",
        cause=change.cause,
    )
    return printable(line)
