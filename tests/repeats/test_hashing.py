"""Words as numbers: the same words as the tokenizer, equal numbers for equal folded words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clippings.core.tokens import WORD, folded_words
from clippings.repeats import hashing
from clippings.repeats.hashing import hash_words
from helpers import SEEDS

HARD_WORDS = (
    "U.S.-led a.m. O’Neill’s 1,000.5 x2 al‑Hussein's (A.B.) 3.5. "
    "İstanbul’s e\u0301cole a-b-c rock'n'roll"
)


def whole_words(words, number):
    """Start and end of the words of one text, with their pieces put together."""
    of_text = slice(words.text_bounds[number], words.text_bounds[number + 1])
    first_pieces = np.flatnonzero(~words.continues[of_text])
    last_pieces = np.append(first_pieces[1:], len(words.continues[of_text])) - 1
    starts = words.starts[of_text][first_pieces].tolist()
    ends = words.ends[of_text][last_pieces[: len(first_pieces)]].tolist()
    return list(zip(starts, ends, strict=True))


def test_words_are_those_of_the_tokenizer():
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    texts += [HARD_WORDS, "", " "]
    words = hash_words(texts)
    for number, text in enumerate(texts):
        # with the possessive s, and without the last point of U.S.
        expected = [(m.start(), m.end() - m[0].endswith(".")) for m in WORD.finditer(text)]
        assert whole_words(words, number) == expected


@given(st.lists(st.text(st.sampled_from("aAé.,-’' 1s\n"), max_size=20), max_size=6))
def test_equal_hashes_are_equal_folded_words(texts):
    words = hash_words(texts)
    spelling = {}
    for number, text in enumerate(texts):
        for at in range(words.text_bounds[number], words.text_bounds[number + 1]):
            piece = f"{text[words.starts[at] : words.ends[at]]} "
            word = "".join(folded_words(piece))
            assert spelling.setdefault(words.hashes[at], word) == word


def test_blocks_and_stacks_make_no_difference(monkeypatch):
    texts = [f"text {number} of al-Hussein, 1,000 words. {HARD_WORDS}" for number in range(50)]
    whole = hash_words(texts)
    monkeypatch.setattr(hashing, "CHARACTERS_PER_BLOCK", 300)
    monkeypatch.setattr(hashing, "BLOCKS_PER_STACK", 3)
    for column, expected in zip(hash_words(texts), whole, strict=True):
        np.testing.assert_array_equal(column, expected)


def test_clauses_end_at_marks_and_at_the_end_of_a_text():
    text = 'He came, saw. She (the winner) left; "no," he said'
    words = hash_words([text, "end"])
    clause_ends = [
        text[start:end]
        for start, end, ends_clause in zip(
            words.starts[:-1], words.ends[:-1], words.ends_clause[:-1], strict=True
        )
        if ends_clause
    ]
    assert clause_ends == ["saw", "left", "no", "said"]
    assert words.ends_clause[-1]
