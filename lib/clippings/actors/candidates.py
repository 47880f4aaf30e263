"""A name while its label and type are being decided."""

from dataclasses import dataclass
from typing import Any

from clippings.actors.name_spans import Position
from clippings.actors.name_types import Clue, most_likely_type

# Codes of the column `rule` of mentions: how a name was found
CODEBOOK_ALIAS = "codebook_alias"
CAPITALISED_NAME = "capitalised_name"
OTHER_TOOL = "other_tool"


@dataclass(slots=True)
class Candidate:
    """A name in a passage while its label and type are being decided."""

    passage: Any
    start: int  # in the article
    end: int
    label: str  # the actor: of the codebook, or the fullest form of the name
    type: str  # "" while not decided
    role: str  # "rights activist"
    rule: str
    clues: list[Clue]
    position: Position = Position.IN_SENTENCE
    is_confirmed: bool = False  # certainly a name: found in the codebook or by another tool

    @property
    def text(self) -> str:
        """Return the name as the article writes it."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]


def pool_clues(candidates: list[Candidate]) -> dict[str, list[Clue]]:
    """Collect the distinct clues to each actor from all its mentions.

    Parameters
    ----------
    candidates : list of Candidate
        The names of an article.

    Returns
    -------
    dict of str to list of Clue
        The clues to each label.

    Examples
    --------
    >>> pool_clues([])
    {}
    """
    clues_by_label: dict[str, dict[Clue, None]] = {}
    for candidate in candidates:
        clues_by_label.setdefault(candidate.label, {}).update(dict.fromkeys(candidate.clues))
    return {label: list(clues) for label, clues in clues_by_label.items()}


def types_of_labels(candidates: list[Candidate]) -> dict[str, str]:
    """Choose a type for each actor of an article; that of the codebook takes precedence.

    Parameters
    ----------
    candidates : list of Candidate
        The names of an article.

    Returns
    -------
    dict of str to str
        The type of each label; "" if there is no evidence for one.

    Examples
    --------
    >>> types_of_labels([])
    {}
    """
    types = {label: most_likely_type(clues) for label, clues in pool_clues(candidates).items()}
    for candidate in candidates:
        if candidate.rule == CODEBOOK_ALIAS:
            types[candidate.label] = candidate.type
    return types
