"""Every code of the tables of actors has words, and no word is a code."""

import re

from clippings.actors import aliases, candidates, references, speaker_choice, wording
from clippings.timeline import wording as wording_of_dates

CODES_OF_RULES = (
    candidates.CODEBOOK_ALIAS,
    candidates.CAPITALISED_NAME,
    candidates.OTHER_TOOL,
    speaker_choice.REPORTED,
    speaker_choice.VERB_BESIDE_QUOTATION,
    speaker_choice.SUBJECT_OF_SENTENCE,
    speaker_choice.SIGNED,
    speaker_choice.TRANSCRIBED,
    speaker_choice.BLOCK_QUOTATION,
    speaker_choice.SPEAKER_GOES_ON,
)
CODES_OF_REFERENCES = (
    references.NAMED,
    references.BY_PRONOUN,
    references.BY_ROLE,
    references.CARRIED_ON,
    references.UNNAMED,
    references.UNRESOLVED,
)
CODES_OF_ALIASES = (aliases.INITIALS, aliases.DEFINED_ACRONYM, aliases.SPELLING)


def test_every_code_has_words():
    assert set(CODES_OF_RULES) == set(wording.RULE_WORDS)
    assert set(CODES_OF_REFERENCES) == set(wording.REFERENCE_WORDS)
    assert set(CODES_OF_ALIASES) == set(wording.ALIAS_REASON_WORDS)


def test_codes_are_short_words_without_blanks():
    codes = [*CODES_OF_RULES, *CODES_OF_REFERENCES, *CODES_OF_ALIASES]
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)] == []


def test_no_rule_of_dates_has_the_same_code():
    """Hints show the rules of all tables, so that a code must have one meaning."""
    assert wording.RULE_WORDS.keys().isdisjoint(wording_of_dates.RULE_WORDS)
