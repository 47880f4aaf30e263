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
