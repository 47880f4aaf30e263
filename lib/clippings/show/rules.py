"""Descriptions of the codes in the column `rule` of all tables."""

from clippings.actors.wording import RULE_WORDS as RULE_WORDS_OF_ACTORS
from clippings.themes.wording import RULE_WORDS as RULE_WORDS_OF_THEMES
from clippings.timeline.wording import describe_rule as describe_rule_of_constraints


def describe_rule(rule: str) -> str:
    """Describe the rule of a row in English, for any table.

    Parameters
    ----------
    rule : str
        A value from the column `rule`.

    Returns
    -------
    str
        The description, or the rule itself if there is none.

    Examples
    --------
    >>> describe_rule("past_date"), describe_rule("quotation_signed"), describe_rule("body")
    ('date described as past', 'signed quotation', 'body')
    """
    if rule in RULE_WORDS_OF_ACTORS:
        return RULE_WORDS_OF_ACTORS[rule]
    if rule in RULE_WORDS_OF_THEMES:
        return RULE_WORDS_OF_THEMES[rule]
    return describe_rule_of_constraints(rule)
