"""The words for the codes in the column `rule`, which each package has for its own tables."""

from clippings.actors.wording import describe_rule as describe_rule_of_actors
from clippings.timeline.wording import describe_rule as describe_rule_of_dates


def describe_rule(rule: str) -> str:
    """Put the rule of a row into words, whichever table the row is from.

    Parameters
    ----------
    rule : str
        As in the column `rule`.

    Returns
    -------
    str
        The wording; the rule itself if no package has words for it.

    Examples
    --------
    >>> describe_rule("past_date"), describe_rule("quotation_signed"), describe_rule("body")
    ('mentions this date as past', 'quotation marks, signed', 'body')
    """
    words = describe_rule_of_actors(rule)
    is_known = words != rule
    return words if is_known else describe_rule_of_dates(rule)
