"""The words of many texts as arrays of numbers, equal for equal folded words, so that copies can be sorted out.

Runs of letters and digits are found in whole blocks of text at once: tables say what each character is. Those of one
word (al-Hussein, U.S., 1,000) are compared part by part and marked, so that a span can take the whole word.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

BLOCK = 1 << 18  # characters taken at once: small enough for the processor's cache
MANY = 64  # blocks put together at a time
BASE = 0x9E3779B97F4A7C15  # an odd multiplier, so that its powers can be undone modulo 2**64
MIX = 0xD6E8FEB86659FD93
OTHER, STOP, JOINT, POINT, COMMA, LETTER, DIGIT, ALONE = range(8)
MARKS = {**dict.fromkeys('!?:;"“”„', STOP), **dict.fromkeys("-‑'’", JOINT)}
MARKS |= {".": POINT, ",": COMMA}
# scripts without spaces: Thai to Tibetan, Burmese, Khmer, kana and bopomofo, Chinese characters
UNSPACED = (
    (0xE00, 0xFFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x312F),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
)
UNSPACED += ((0x20000, 0x3FFFF),)


class Words(NamedTuple):
    """The words of a list of texts, one after the other."""

    hashes: np.ndarray  # equal for equal folded words
    starts: np.ndarray  # characters in the word's own text
    ends: np.ndarray
    stops: np.ndarray  # a sentence or clause ends behind the word
    inner: np.ndarray  # it is part of the word before it: the Hussein of al-Hussein, the 5 of 3.5
    texts: np.ndarray  # number of the first word of each text, and at the end of all words


def hash_words(texts: Iterable[str]) -> Words:
    """The words of texts as hashes with their places.

    In: texts. Out: Words; starts and ends count the characters of each text by itself. Raises: nothing.
    Misses: letters that fold to several (ß, ﬁ) equal only themselves; in scripts without spaces each character is
    a word; two words in 10**19 pairs are taken for equal.
    Source: polynomial hashing modulo 2**64 (Karp and Rabin 1987), taken as differences of one running sum.
    Example:
        >>> words = hash_words(["Rome al-Bab", "ROME"])
        >>> words.starts.tolist(), words.ends.tolist(), words.inner.tolist(), words.texts.tolist()
        ([0, 5, 8, 0], [4, 7, 11, 4], [False, False, True, False], [0, 3, 4])
        >>> bool(words.hashes[0] == words.hashes[3])
        True
    """
    stacks, blocks, part, size = [], [], [], 0
    for text in texts:
        if part and size + len(text) > BLOCK:
            blocks.append(_hash_block(part))
            if len(blocks) == MANY:
                stacks.append(_stacked(blocks))
            part, size = [], 0
        part.append(text)
        size += len(text) + 1
    blocks.append(_hash_block(part))
    stacks.append(_stacked(blocks))
    *columns, counts = _stacked(stacks)
    return Words(*columns, np.concatenate([[0], np.cumsum(counts)]))


def _stacked(blocks: list[tuple]) -> tuple[np.ndarray, ...]:
    """The blocks as one; they are emptied on the way, so that memory holds one column twice and not all."""
    columns = [list(column) for column in zip(*blocks, strict=True)]
    blocks.clear()
    return tuple(np.concatenate(columns.pop(0)) for _ in range(len(columns)))


def _hash_block(part: list[str]) -> tuple[np.ndarray, ...]:
    """The columns of Words for some texts, and the number of words of each."""
    joined = "\n" + "\n".join(part) + "\n\n"
    if joined.isascii():
        points = np.frombuffer(joined.encode("ascii"), np.uint8)
    else:
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds, values = _characters(points)
    starts, ends, inner = _bounds(kinds)
    powers, inverse = _powers(max(2 * BLOCK, 1 << len(points).bit_length()))
    values = values * powers[: len(values)]
    np.cumsum(values, out=values)
    hashes = (values[ends - 1] - values[starts - 1]) * inverse[starts]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(MIX)
    hashes ^= hashes >> np.uint64(32)
    stops = (kinds[ends] == STOP) | ((kinds[ends] == POINT) | (kinds[ends + 1] == STOP))
    heads = np.cumsum([1] + [len(text) + 1 for text in part])
    counts = np.diff(np.searchsorted(starts, heads))
    stops[np.cumsum(counts)[counts > 0] - 1] = True
    shift = np.repeat(heads[:-1], counts)
    return (
        hashes,
        (starts - shift).astype(np.int32),
        (ends - shift).astype(np.int32),
        stops,
        inner,
        counts,
    )


def _bounds(kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Starts and ends of runs of letters and digits in a block, and which of them go on the word before."""
    inside, alone = kinds >= LETTER, kinds == ALONE
    cut = inside[1:] != inside[:-1]
    if alone.any():
        cut |= alone[1:] | alone[:-1]
    starts, ends = np.flatnonzero(cut & inside[1:]) + 1, np.flatnonzero(cut & inside[:-1]) + 1
    mark, before, behind = kinds[ends[:-1]], kinds[ends[:-1] - 1], kinds[starts[1:]]
    single = ends - starts == 1
    number = ((mark == POINT) | (mark == COMMA)) & (before == DIGIT) & (behind == DIGIT)
    initial = (mark == POINT) & single[:-1] & single[1:] & (before == LETTER) & (behind == LETTER)
    joined = (mark == JOINT) & (before != ALONE) & (behind != ALONE)
    inner = (starts[1:] - ends[:-1] == 1) & (number | initial | joined)
    inner |= (
        (starts[1:] - ends[:-1] == 2) & (mark == POINT) & (kinds[ends[:-1] + 1] == JOINT)
    )  # U.S.-led
    return starts, ends, np.append(False, inner)[: len(starts)]


@cache
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """For each code point its kind (255: not looked at yet) and its value in a hash; filled as they appear."""
    kinds, values = np.full(0x110000, 255, np.uint8), np.zeros(0x110000, np.uint64)
    _learn(np.arange(128), kinds, values)
    return kinds, values


def _learn(points: np.ndarray, kinds: np.ndarray, values: np.ndarray) -> None:
    for point in points.tolist():
        character = chr(point)
        kinds[point] = MARKS.get(character, OTHER)
        if character.isalnum() or character == "_":
            alone = any(first <= point <= last for first, last in UNSPACED)
            kinds[point] = ALONE if alone else DIGIT if character.isdecimal() else LETTER
            folded = unicodedata.normalize("NFKC", character).casefold()
            value = int.from_bytes(folded.encode(), "little") * BASE % 2**64
            values[point] = (value ^ value >> 29) * MIX % 2**64 | 1


def _characters(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    kinds, values = _tables()
    found = kinds[points]
    if points.itemsize > 1 and (found == 255).any():
        _learn(np.unique(points[found == 255]), kinds, values)
        found = kinds[points]
    return found, values[points]


@cache
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """BASE to the powers 0 to size - 1, and to their negatives, modulo 2**64."""
    factors = np.full((2, size), 1, np.uint64)
    factors[:, 1:] = np.array([[BASE], [pow(BASE, -1, 2**64)]], np.uint64)
    forth, back = np.cumprod(factors, axis=1)
    return forth, back
