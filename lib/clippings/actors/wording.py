"""English descriptions of the codes in the tables of actors."""

# The column `rule` of mentions (how a name was found) and of quotes (why a statement was attributed
# to its speaker)
RULE_WORDS = {
    "codebook_alias": "codebook alias",
    "capitalised_name": "capitalised name",
    "other_tool": "found by another tool",
    "reporting_verb": "reporting verb",
    "quotation_with_verb": "quotation next to a reporting verb",
    "quotation_with_subject": "quotation, attributed to the subject of the sentence",
    "quotation_signed": "signed quotation",
    "quotation_carried_on": "continued quotation by the same speaker",
    "transcript": "transcript, with the name before a colon",
    "block_quotation": "paragraph that follows a reporting verb and a colon",
}

# The column `reference` of quotes: how a speaker is identified
REFERENCE_WORDS = {
    "named": "named",
    "pronoun": "pronoun",
    "role": "role",
    "carried_on": "same speaker as before",
    "unnamed": "unnamed",
    "unresolved": "unresolved",
}

# The column `reason` of proposed aliases
ALIAS_REASON_WORDS = {
    "initials": "initials",
    "acronym_after_name": "acronym after the name",
    "spelling": "spelling",
}


def describe_reference(reference: str) -> str:
    """Describe in English how a speaker was identified.

    Parameters
    ----------
    reference : str
        A value from the column `reference` of quotes.

    Returns
    -------
    str
        The description; "" for an empty cell.

    Examples
    --------
    >>> describe_reference("carried_on")
    'same speaker as before'
    """
    return REFERENCE_WORDS.get(reference, reference)


def describe_alias_reason(reason: str) -> str:
    """Describe the reason for a proposed alias in English.

    Parameters
    ----------
    reason : str
        A value from the column `reason` of `propose_aliases`.

    Returns
    -------
    str
        The description.

    Examples
    --------
    >>> describe_alias_reason("acronym_after_name")
    'acronym after the name'
    """
    return ALIAS_REASON_WORDS[reason]
