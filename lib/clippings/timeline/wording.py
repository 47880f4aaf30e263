"""The reasons for dates in English. Tables contain codes; `describe_rule` puts them into words.

A code in the column `rule` of constraints can carry the entry that it rests on: "calendar:spring
thaw".
"""

# Codes with the entry that they rest on.
CALENDAR = "calendar"
OFFICE = "office"

RULE_WORDS = {
    "published": "the publication date is known",
    "nothing_known": "nothing is known",
    "same_event": "confirmed to be the same event",
    "past_date": "mentions this date as past",
    "named_date": "mentions this date",
    "awaited_date": "mentions this date as still to come",
    "compared_quarters": "compares quarters or halves with those of this year",
    "stated": "as the text says",
    "understood": "the most likely reading of the text",
    "weekday": "a weekday, read as in a daily paper",
    "from_writing": "counted from the day of writing",
    "recent_year": "a date without a year, taken as recent",
    "time_in_sentence": "the date in its sentence",
    "recent_news": "reported as recent",
    "after_writing": "planned, so after the day of writing",
}

RULE_WITH_ENTRY_WORDS = {
    CALENDAR: "calendar entry “{entry}”",
    OFFICE: "mentions {entry} as in office or existing",
}

CONTRADICTION = "contradiction"
CONTRADICTION_WORDS = "certain constraints contradict each other (rows {rows})"


def rule_with_entry(code: str, entry: str) -> str:
    """Write the code of a rule that rests on an entry of a list.

    Parameters
    ----------
    code : str
        CALENDAR or OFFICE.
    entry : str

    Returns
    -------
    str

    Examples
    --------
    >>> rule_with_entry(CALENDAR, "spring thaw")
    'calendar:spring thaw'
    """
    return f"{code}:{entry}"


def describe_rule(rule: str) -> str:
    """Put a rule of the constraints table into words.

    Parameters
    ----------
    rule : str
        As in the column `rule`.

    Returns
    -------
    str
        The wording; the rule itself if its code is not known.

    Examples
    --------
    >>> describe_rule("past_date"), describe_rule("calendar:spring thaw")
    ('mentions this date as past', 'calendar entry “spring thaw”')
    """
    code, _, entry = rule.partition(":")
    if code in RULE_WITH_ENTRY_WORDS and entry:
        return RULE_WITH_ENTRY_WORDS[code].format(entry=entry)
    return RULE_WORDS.get(rule, rule)


def describe_problem(problem: str) -> str:
    """Put a problem of the dates table into words.

    Parameters
    ----------
    problem : str
        As in the column `problem`: a code and row numbers.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_problem("contradiction 3 5")
    'certain constraints contradict each other (rows 3 5)'
    """
    code, _, rows = problem.partition(" ")
    return CONTRADICTION_WORDS.format(rows=rows) if code == CONTRADICTION else problem
