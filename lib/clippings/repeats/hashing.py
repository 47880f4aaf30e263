"""Convert the words of many texts to arrays of numbers that are equal for equal folded words.

The texts are read in blocks of about 260,000 characters, and every step processes a whole block.
Two tables, which are filled as new characters appear, contain the kind of each character and its
value in a hash. Words that contain a mark but count as one token (al-Hussein, U.S., 1,000) are
hashed in pieces. All pieces except the first are flagged, so that a span can be extended to the
whole word.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from clippings.core.characters import PlainText, has_special_characters, plain_text
from clippings.core.tokens import fold

# A block and its tables should fit into the processor's second-level cache.
CHARACTERS_PER_BLOCK = 1 << 18

# Joining blocks in stacks keeps at most this many small arrays alive at once.
BLOCKS_PER_STACK = 64

# Multipliers as in common 64-bit hash functions: odd, with irregular bits. HASH_BASE must be odd to
# have an inverse modulo 2**64 (see _hash_block).
HASH_BASE = 0x9E3779B97F4A7C15
HASH_MIXER = 0xD6E8FEB86659FD93

# Kinds of characters. The order matters: everything from LETTER on is part of a word.
OTHER = 0
CLAUSE_MARK = 1  # ends a sentence or a clause
JOINER = 2  # connects the pieces of a word
POINT = 3  # may end a sentence or appear inside a word
COMMA = 4
LETTER = 5
DIGIT = 6
WHOLE_WORD = 7  # a character of a script without spaces: counts as a word of its own
SPECIAL = 64  # added to the kind of a character that `plain_text` may change
UNKNOWN_KIND = 255  # not yet entered in the table

MARKS = {
    **dict.fromkeys('!?:;"“”„', CLAUSE_MARK),
    **dict.fromkeys("-‑'’", JOINER),
    ".": POINT,
    ",": COMMA,
}

# First and last code point of the scripts that put no spaces between words.
UNSPACED_SCRIPTS = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x312F),  # kana and bopomofo
    (0x3400, 0x9FFF),  # Chinese characters
    (0xF900, 0xFAFF),  # Chinese compatibility characters
    (0x20000, 0x3FFFF),  # rare Chinese characters
)


class Words(NamedTuple):
    """The words of a list of texts, one after the other; a row for each word."""

    hashes: np.ndarray  # uint64, equal for equal folded words
    starts: np.ndarray  # in characters of the word's own text
    ends: np.ndarray
    ends_clause: np.ndarray  # bool: a sentence or clause ends after the word
    continues: np.ndarray  # bool: a later piece of a word, as the Hussein of al-Hussein
    text_bounds: np.ndarray  # number of the first word of each text, and the number of all words


class _Block(NamedTuple):
    """The words of a few texts, or of several blocks joined; fields as in Words."""

    hashes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    ends_clause: np.ndarray
    continues: np.ndarray
    word_counts: np.ndarray  # words of each text


def hash_words(texts: Iterable[str]) -> Words:
    """Hash the words of texts and record where each one starts and ends.

    Parameters
    ----------
    texts : iterable of str
        Read once, in order.

    Returns
    -------
    Words
        Arrays with a row for each word; offsets count the characters of each text separately.

    Notes
    -----
    The hash of a word is a polynomial of its characters modulo 2**64, computed as the difference of
    two running sums over the block. A letter that folds to several letters (ß) equals only itself.
    In scripts without spaces, each character counts as a word. About one in 10**19 pairs of
    different words has the same hash.

    References
    ----------
    Karp and Rabin (1987). Efficient randomized pattern-matching algorithms. IBM Journal of Research
    and Development 31(2).

    Examples
    --------
    >>> words = hash_words(["Rome al-Bab", "ROME"])
    >>> words.starts.tolist(), words.ends.tolist()
    ([0, 5, 8, 0], [4, 7, 11, 4])
    >>> words.continues.tolist(), words.text_bounds.tolist()
    ([False, False, True, False], [0, 3, 4])
    >>> bool(words.hashes[0] == words.hashes[3])
    True
    """
    stacks: list[_Block] = []
    blocks: list[_Block] = []
    waiting: list[str] = []  # texts of the block that is being filled
    characters = 0

    for text in texts:
        if waiting and characters + len(text) > CHARACTERS_PER_BLOCK:
            blocks.append(_hash_block(waiting))
            waiting = []
            characters = 0
            if len(blocks) == BLOCKS_PER_STACK:
                stacks.append(_join_blocks(blocks))
        waiting.append(text)
        characters += len(text) + 1

    blocks.append(_hash_block(waiting))
    stacks.append(_join_blocks(blocks))
    *columns, word_counts = _join_blocks(stacks)
    return Words(*columns, np.concatenate([[0], np.cumsum(word_counts)]))


def _join_blocks(blocks: list[_Block]) -> _Block:
    """Join blocks column by column, emptying the list, so that one column at a time is copied."""
    columns = [list(column) for column in zip(*blocks, strict=True)]
    blocks.clear()
    return _Block(*(np.concatenate(columns.pop(0)) for _ in range(len(columns))))


def _hash_block(texts: list[str]) -> _Block:
    """Hash the words of a few texts at once."""
    kinds, values = _look_up_characters(_code_points(_join_texts(texts)))
    if kinds.max() < SPECIAL:
        return _hash_characters(texts, kinds, values)

    # Soft hyphens and similar characters are rare, so the slower method is used only for texts with
    # them.
    plain_texts = [plain_text(text) if has_special_characters(text) else None for text in texts]
    hashed_texts = [
        plain.text if plain else text for text, plain in zip(texts, plain_texts, strict=True)
    ]
    kinds, values = _look_up_characters(_code_points(_join_texts(hashed_texts)))
    kinds[kinds >= SPECIAL] -= SPECIAL  # as the primes of 5′10″, which stay
    return _in_originals(_hash_characters(hashed_texts, kinds, values), plain_texts)


def _join_texts(texts: list[str]) -> str:
    """Join texts with a line feed in front and two at the end: each word has one on either side."""
    return "\n" + "\n".join(texts) + "\n\n"


def _in_originals(block: _Block, plain_texts: list[PlainText | None]) -> _Block:
    """Return a block with offsets in the original texts; None represents a plain text."""
    starts = block.starts.copy()
    ends = block.ends.copy()
    first_words = np.concatenate([[0], np.cumsum(block.word_counts)])
    for number, plain in enumerate(plain_texts):
        if plain is not None:
            words = slice(first_words[number], first_words[number + 1])
            starts[words] = np.array(plain.starts, np.int32)[block.starts[words]]
            ends[words] = np.array(plain.ends, np.int32)[block.ends[words] - 1]
    return block._replace(starts=starts, ends=ends)


def _hash_characters(texts: list[str], kinds: np.ndarray, values: np.ndarray) -> _Block:
    """Hash the words of joined texts, of whose characters kinds and values are known."""
    starts, ends, continues = _find_words(kinds)

    hashes = _hash_spans(values, starts, ends)

    # A point or another mark right after the word; or a mark one character later: after a bracket,
    # after a comma, or after a space, where a quotation begins.
    ends_clause = (kinds[ends] == CLAUSE_MARK) | (kinds[ends] == POINT)
    ends_clause |= kinds[ends + 1] == CLAUSE_MARK

    text_starts = np.cumsum([1] + [len(text) + 1 for text in texts])
    word_counts = np.diff(np.searchsorted(starts, text_starts))
    last_of_text = np.cumsum(word_counts)[word_counts > 0] - 1
    ends_clause[last_of_text] = True

    # From offsets in the block to offsets in each text.
    shift = np.repeat(text_starts[:-1], word_counts)
    return _Block(
        hashes=hashes,
        starts=(starts - shift).astype(np.int32),
        ends=(ends - shift).astype(np.int32),
        ends_clause=ends_clause,
        continues=continues,
        word_counts=word_counts,
    )


def _code_points(text: str) -> np.ndarray:
    """Return the code points of a text, one byte each if all are ASCII."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _hash_spans(values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Hash spans of characters; equal values have equal hashes, regardless of position."""
    powers, inverse_powers = _powers(max(2 * CHARACTERS_PER_BLOCK, 1 << len(values).bit_length()))
    # The sum of value * base**place over a span depends on where the span starts; multiplying by
    # base**-start removes that.
    sums = values * powers[: len(values)]
    np.cumsum(sums, out=sums)
    hashes = (sums[ends - 1] - sums[starts - 1]) * inverse_powers[starts]

    # Mix the bits: the search sorts by the upper bits, which must depend on all characters.
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(HASH_MIXER)
    hashes ^= hashes >> np.uint64(32)
    return hashes


def _find_words(kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find runs of letters and digits: starts, ends, and which continue the preceding word."""
    in_word = kinds >= LETTER
    boundary = in_word[1:] != in_word[:-1]

    whole_word = kinds == WHOLE_WORD
    if whole_word.any():
        boundary |= whole_word[1:] | whole_word[:-1]

    starts = np.flatnonzero(boundary & in_word[1:]) + 1
    ends = np.flatnonzero(boundary & in_word[:-1]) + 1
    return starts, ends, _continues_word(kinds, starts, ends)


def _continues_word(kinds: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return which runs of letters and digits are joined to the preceding one by a mark."""
    gap = starts[1:] - ends[:-1]
    mark = kinds[ends[:-1]]
    kind_before = kinds[ends[:-1] - 1]
    kind_after = kinds[starts[1:]]
    one_character = ends - starts == 1

    # 1,000 and 3.5
    number = (mark == POINT) | (mark == COMMA)
    number &= (kind_before == DIGIT) & (kind_after == DIGIT)

    # U.S. and a.m.
    initials = (mark == POINT) & one_character[:-1] & one_character[1:]
    initials &= (kind_before == LETTER) & (kind_after == LETTER)

    # al-Hussein and don't
    joined = (mark == JOINER) & (kind_before != WHOLE_WORD) & (kind_after != WHOLE_WORD)

    # U.S.-led: a point and a hyphen
    point_and_joiner = (gap == 2) & (mark == POINT) & (kinds[ends[:-1] + 1] == JOINER)

    continues = np.zeros(len(starts), dtype=bool)
    continues[1:] = (gap == 1) & (number | initials | joined)
    continues[1:] |= point_and_joiner
    return continues


@cache
def _character_tables() -> tuple[np.ndarray, np.ndarray]:
    """Return the kind of each code point and its value in a hash; filled by _learn_characters."""
    kinds = np.full(0x110000, UNKNOWN_KIND, np.uint8)
    values = np.zeros(0x110000, np.uint64)
    _learn_characters(np.arange(128), kinds, values)
    return kinds, values


def _learn_characters(points: np.ndarray, kinds: np.ndarray, values: np.ndarray) -> None:
    """Enter code points in both tables, in place."""
    for point in points.tolist():
        character = chr(point)
        kinds[point] = MARKS.get(character, OTHER)
        if character.isalnum() or character == "_" or _is_mark(character):
            kinds[point] = _kind_in_word(character)
            values[point] = _hash_character(character)
        if has_special_characters(character):
            kinds[point] += SPECIAL


def _is_mark(character: str) -> bool:
    """Return whether a character is an accent or vowel sign of the preceding letter.

    In scripts without spaces, each letter counts as a word, and marks are not compared.
    """
    is_mark = unicodedata.category(character) in ("Mn", "Mc")
    return is_mark and not _is_unspaced(character)


def _kind_in_word(character: str) -> int:
    """Return the kind of a character that can be part of a word."""
    if _is_unspaced(character):
        return WHOLE_WORD
    return DIGIT if character.isdecimal() else LETTER


def _is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script without spaces between words."""
    return any(first <= ord(character) <= last for first, last in UNSPACED_SCRIPTS)


def _hash_character(character: str) -> int:
    """Return an odd 64-bit number, equal for characters that fold to the same text."""
    folded = fold(character)
    value = int.from_bytes(folded.encode(), "little") * HASH_BASE % 2**64
    value = (value ^ value >> 29) * HASH_MIXER % 2**64
    return value | 1


def _look_up_characters(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the kind and value of each code point."""
    kinds, values = _character_tables()
    looked_up = kinds[points]
    if points.itemsize > 1:  # else all are ASCII, which the tables have from the start
        unknown = looked_up == UNKNOWN_KIND
        if unknown.any():
            _learn_characters(np.unique(points[unknown]), kinds, values)
            looked_up = kinds[points]
    return looked_up, values[points]


@cache
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the powers 0 to size - 1 of HASH_BASE and of its inverse, modulo 2**64."""
    factors = np.full((2, size), 1, np.uint64)
    factors[0, 1:] = HASH_BASE
    factors[1, 1:] = pow(HASH_BASE, -1, 2**64)
    powers, inverse_powers = np.cumprod(factors, axis=1)
    return powers, inverse_powers
