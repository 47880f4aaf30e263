"""Represent texts as numbers of their words, to look at each different word only once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from clippings.core.tokens import folded_words


class NumberedWords(NamedTuple):
    """The words of texts, one after the other, as numbers."""

    numbers: np.ndarray  # of all words of all texts
    text: np.ndarray  # the position of the text of each of them
    lengths: np.ndarray  # words in each text
    words: list[str]  # the folded word that each number stands for


def number_words(texts: Iterable[str]) -> NumberedWords:
    """Number the folded words of texts in order of first appearance.

    Parameters
    ----------
    texts : iterable of str
        Texts.

    Returns
    -------
    NumberedWords
        Their words.

    Examples
    --------
    >>> numbered = number_words(["The dam broke.", "The river rose."])
    >>> numbered.words, numbered.numbers.tolist(), numbered.lengths.tolist()
    (['the', 'dam', 'broke', 'river', 'rose'], [0, 1, 2, 0, 3, 4], [3, 3])
    """
    number_of: defaultdict[str, int] = defaultdict()
    number_of.default_factory = number_of.__len__
    numbers = []
    for text in texts:
        words = folded_words(text)
        numbers.append(np.fromiter(map(number_of.__getitem__, words), "int32", len(words)))
    lengths = np.array([len(of_text) for of_text in numbers], dtype="int64")
    return NumberedWords(
        numbers=np.concatenate(numbers) if numbers else np.array([], dtype="int32"),
        text=np.repeat(np.arange(len(numbers)), lengths),
        lengths=lengths,
        words=list(number_of),
    )
