"""Cyclic garbage is searched for less often within a block, and as before after it."""

import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from clippings.core.garbage import SELDOM, fewer_collections

USUAL = (700, 10, 10)


@pytest.fixture(autouse=True)
def usual_thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_thresholds_are_restored_after_nested_blocks_and_errors():
    with pytest.raises(ValueError, match="in the block"), fewer_collections():
        with fewer_collections():
            assert gc.get_threshold() == SELDOM
        assert gc.get_threshold() == SELDOM
        raise ValueError("in the block")
    assert gc.get_threshold() == USUAL


def test_a_decorated_function_can_be_called_repeatedly():
    @fewer_collections()
    def thresholds() -> tuple[int, int, int]:
        return gc.get_threshold()

    assert [thresholds(), thresholds()] == [SELDOM, SELDOM]
    assert gc.get_threshold() == USUAL


def test_a_switched_off_or_rarer_search_stays_so():
    for thresholds in ((0, 10, 10), (SELDOM[0] + 1, 5, 5)):
        gc.set_threshold(*thresholds)
        with fewer_collections():
            assert gc.get_threshold() == thresholds
        assert gc.get_threshold() == thresholds


def test_the_last_of_several_threads_restores_the_thresholds():
    both_inside = Barrier(3)
    first_left = Barrier(2)

    def leave_first() -> None:
        with fewer_collections():
            both_inside.wait()
        first_left.wait()

    def leave_last() -> None:
        with fewer_collections():
            both_inside.wait()
            first_left.wait()
            assert gc.get_threshold() == SELDOM

    threads = [Thread(target=leave_first), Thread(target=leave_last)]
    for thread in threads:
        thread.start()
    both_inside.wait()
    for thread in threads:
        thread.join()
    assert gc.get_threshold() == USUAL
