"""The reasons in the tables of actors, in English. Tables contain codes; these are their words."""

# The column `rule` of mentions (how a name was found) and of quotes (why words are attributed to a
# speaker)
RULE_WORDS = {
    "codebook_alias": "codebook alias",
    "capitalised_name": "capitalised name",
    "other_tool": "found by another tool",
    "reporting_verb": "verb of saying",
    "quotation_with_verb": "quotation marks, a verb next to them",
    "quotation_with_subject": "quotation marks, the subject of the sentence",
    "quotation_signed": "quotation marks, signed",
    "quotation_carried_on": "quotation marks, the same speaker goes on",
    "transcript": "transcript, name before a colon",
    "block_quotation": "paragraph after a colon, a verb before it",
}

# The column `reference` of quotes: how a speaker is identified
REFERENCE_WORDS = {
    "named": "named",
    "pronoun": "pronoun",
    "role": "role",
    "carried_on": "carried on",
    "unnamed": "unnamed",
    "unresolved": "unresolved",
}

# The column `reason` of proposed aliases
ALIAS_REASON_WORDS = {
    "initials": "initials",
    "acronym_after_name": "acronym after the name",
    "spelling": "spelling",
}


def describe_rule(rule: str) -> str:
    """Put a rule of the tables of mentions and quotes into words.

    Parameters
    ----------
    rule : str
        As in the column `rule`.

    Returns
    -------
    str
        The wording; the rule itself if it is from another table.

    Examples
    --------
    >>> describe_rule("reporting_verb"), describe_rule("codebook_alias")
    ('verb of saying', 'codebook alias')
    """
    return RULE_WORDS.get(rule, rule)


def describe_reference(reference: str) -> str:
    """Put into words how a speaker is identified.

    Parameters
    ----------
    reference : str
        As in the column `reference` of quotes.

    Returns
    -------
    str
        The wording; "" for an empty cell.

    Examples
    --------
    >>> describe_reference("carried_on")
    'carried on'
    """
    return REFERENCE_WORDS.get(reference, reference)


def describe_alias_reason(reason: str) -> str:
    """Put the reason for a proposed alias into words.

    Parameters
    ----------
    reason : str
        As in the column `reason` of `propose_aliases`.

    Returns
    -------
    str
        The wording.

    Examples
    --------
    >>> describe_alias_reason("acronym_after_name")
    'acronym after the name'
    """
    return ALIAS_REASON_WORDS[reason]
