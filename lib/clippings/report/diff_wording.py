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
NEWS_DOCUMENT_TITLE = "What is new: {title}"
NEWS_TO_REPORT = "To the report"
NEWS = {
    "added": "{number:# article|# articles}{published} {number:was|were} added: {names}.",
    "removed": "{number:# article is|# articles are} no longer in the folder: {names}.",
    "edited": "The text of {number:# article|# articles} was edited: {names}.",
    "new_events": "{number:# new event is|# new events are} reported by several articles: {names}.",
    "numbers": "The articles now give conflicting numbers for {names}.",
    "events": "{number:# event is|# events are} reported by more articles than before: {names}.",
    "sources": "Further independent sources report {names}.",
    "repeats_one": "{pair}.",
    "repeats": (
        "{number:# pair|# pairs} of articles have text in common that is new; in the longest case, "
        "{pair}."
    ),
    "new_names": "{names} {number:is|are} named for the first time.",
    "names": "More articles than before mention {names}.",
    "themes": (
        "{number:# theme or topic appears|# themes or topics appear} in more articles than before: "
        "{names}."
    ),
    "dates": "{number:# article has|# articles have} another date than before: {names}.",
    "causes": "{number:# finding|# findings} changed because of {groups}.",
}
NEWS_PHRASES = {
    "title": "“{title}”",
    "published": ", published {dates},",
    "new": "{name} ({now:# article})",
    "growth": "{name} ({now:# article}, {before:#} before)",
    "source": "{name} ({sources})",
    "numbers": "{event} ({thing})",
    "repeats": "{title} repeats at least {words:# word} of {other}",
    "shares": "{title} shares at least {words:# word} with {other}",
}
# The groups of causes that a sentence names; the keys are those of CAUSES
CAUSE_GROUPS = {
    "codebook_row_added": "the codebook",
    "codebook_row_removed": "the codebook",
    "verdict_added": "your decisions",
    "verdict_removed": "your decisions",
    "settings": "parameters or versions",
}
# The tables of the page, in their order, and their columns. The first column contains the links.
NEWS_HEADINGS = {
    "added": "New articles",
    "removed": "Removed articles",
    "edited": "Edited articles",
    "new_events": "New events",
    "events": "Events that are reported more widely",
    "numbers": "Conflicting numbers",
    "new_names": "New names",
    "names": "Names in more articles",
    "themes": "Themes and topics in more articles",
    "repeats": "New repeated text",
    "dates": "Articles with another date",
    "causes": "Because of the codebook, decisions, parameters or versions",
}
ARTICLE_COLUMNS = ("article", "outlet", "published")
DATE_COLUMNS = {"published", "before", "now"}
NEWS_COLUMNS = {
    "added": ARTICLE_COLUMNS,
    "removed": ARTICLE_COLUMNS,
    "edited": ARTICLE_COLUMNS,
    "new_events": ("event", "articles", "outlets", "independent sources"),
    "events": ("event", "articles", "outlets", "independent sources", "new sources"),
    "numbers": ("event", "numbers of", "numbers"),
    "new_names": ("name", "described as", "articles", "mentions"),
    "names": ("name", "articles"),
    "themes": ("theme or topic", "articles"),
    "repeats": ("article", "shares text with", "equal words", "order"),
    "dates": ("article", "before", "now", "cause"),
    "causes": ("cause", "findings"),
}
# What a table leaves out, or how to read its numbers
GROWTH_CAPTION = "In the articles of the previous report → in all articles of this report"
NEWS_CAPTIONS = {
    "new_events": (
        "Only events in several articles or with several mentions; text that an added article "
        "repeats is not counted"
    ),
    "events": f"{GROWTH_CAPTION}; text that an added article repeats is not counted",
    "numbers": "Numbers that cannot all be right, with the titles of their articles",
    "new_names": "Only names in several articles or with several mentions",
    "names": GROWTH_CAPTION,
    "themes": GROWTH_CAPTION,
    "repeats": "Only pairs of articles with at least {words} equal words",
    "causes": "Number of findings that were added, removed or changed for each cause",
}
BEFORE_AND_NOW = "{before} → {now}"
PUBLISHED_LATER = "published after the other"  # of the article in the first column of repeats
NEWS_VERSIONS = "clippings {before} created the previous report, and clippings {now} this one."
NEWS_NOTHING = "Nothing of what the articles say is new."
ALL_CHANGES = "All changes"
ALL_CHANGES_SHOWN = "Show {number}, with their causes"
FIRST_CHANGES_SHOWN = "Show the first {number} of {all}, with their causes"
SHOW_ALL = "Show all {number}"
SHOW_FIRST = "Show only the first {number}"

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
