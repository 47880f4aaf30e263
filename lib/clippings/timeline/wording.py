"""English descriptions of the reasons for dates.

Tables contain only codes; `describe_rule` returns the description of a code. In the column `rule`
of constraints, a code may be followed by the entry that it is based on: "calendar:spring thaw".
"""

# Codes that are followed by the entry they are based on.
CALENDAR = "calendar"
OFFICE = "office"

RULE_WORDS = {
    "published": "the publication date is known",
    "nothing_known": "nothing is known",
    "same_event": "confirmed to be the same event",
    "past_date": "date described as past",
    "named_date": "date mentioned in the text",
    "awaited_date": "date described as future",
    "compared_quarters": "comparison of quarters or halves of this year",
    "stated": "stated in the text",
    "understood": "most likely meaning of the text",
    "weekday": "weekday, interpreted as in a daily newspaper",
    "from_writing": "counted from the day of writing",
    "recent_year": "date without a year, assumed to be recent",
    "time_in_sentence": "date in the same sentence",
    "recent_news": "reported as recent",
    "after_writing": "planned, and therefore after the day of writing",
}

RULE_WITH_ENTRY_WORDS = {
    CALENDAR: "calendar entry “{entry}”",
    OFFICE: "{entry} described as current",
}

CONTRADICTION = "contradiction"
CONTRADICTION_WORDS = "certain constraints contradict each other (rows {rows})"


def rule_with_entry(code: str, entry: str) -> str:
    """Combine the code of a rule with the entry that it is based on.

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
    """Describe a rule of the table of constraints in English.

    Parameters
    ----------
    rule : str
        A value from the column `rule`.

    Returns
    -------
    str
        The description, or the rule itself if its code is unknown.

    Examples
    --------
    >>> describe_rule("past_date"), describe_rule("calendar:spring thaw")
    ('date described as past', 'calendar entry “spring thaw”')
    """
    code, _, entry = rule.partition(":")
    if code in RULE_WITH_ENTRY_WORDS and entry:
        return RULE_WITH_ENTRY_WORDS[code].format(entry=entry)
    return RULE_WORDS.get(rule, rule)


def describe_problem(problem: str) -> str:
    """Describe a problem of the table of dates in English.

    Parameters
    ----------
    problem : str
        A value from the column `problem`: a code and row numbers.

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
