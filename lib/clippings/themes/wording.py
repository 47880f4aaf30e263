"""English descriptions of the codes of this package.

Tables contain codes next to these sentences; no code may depend on the wording.
"""

# The column `rule` of topics: the words of a passage that show its topic
RULE_WORDS = {
    "topic_label": "contains the name of the topic",
    "topic_words": "contains other words of the topic",
}

# What the agreement of two coders allows, by the code in the column `reading`.
AGREEMENT_READINGS = {
    "no_variation": "no measure: both coded the theme in none, or both in all, of the passages",
    "too_few": "too few passages with the theme to tell whether the coders agree",
    "unreliable": "too little agreement (below 0.667): discuss the passages, and define the theme",
    "tentative": "moderate agreement (0.667 to 0.8): draw tentative conclusions only",
    "reliable": "good agreement (0.8 or more)",
}


def describe_reading(code: str) -> str:
    """Describe a code of the column `reading` in English.

    Parameters
    ----------
    code : str

    Returns
    -------
    str
        The description, or the code itself if it is unknown.

    Examples
    --------
    >>> describe_reading("reliable")
    'good agreement (0.8 or more)'
    """
    return AGREEMENT_READINGS.get(code, code)
