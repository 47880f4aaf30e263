"""Array idioms and packed keys, on empty arrays too."""

import numpy as np

from clippings.repeats import arrays

EMPTY = np.zeros(0, np.int64)


def test_idioms_of_empty_arrays_are_empty():
    for result in (
        arrays.run_starts(EMPTY),
        arrays.sequence_starts(EMPTY),
        arrays.positions_within(EMPTY),
        arrays.pack(EMPTY, EMPTY),
        *arrays.unpack_links(EMPTY),
    ):
        assert len(result) == 0


def test_keys_sort_by_both_numbers_and_give_them_back():
    random = np.random.default_rng(3)
    high = random.integers(0, 2**31, 1000)
    low = random.integers(0, 2**32, 1000)
    order = np.lexsort((low, high))
    np.testing.assert_array_equal(np.argsort(arrays.pack(high, low)), order)
    for part, expected in zip(arrays.unpack(arrays.pack(high, low)), (high, low), strict=True):
        np.testing.assert_array_equal(part, expected)
