"""Functions whose findings are cached give the same tables with and without the cache."""

import pandas as pd
import pytest

import clippings as cl
from clippings.core import cache
from clippings.core.tables import make_table


@pytest.fixture
def cache_in(tmp_path):
    """Return a cache in a folder of its own, for one test."""
    cl.use_cache(tmp_path / "cache")
    yield tmp_path / "cache"
    cl.use_cache(None)


def cached(find):
    """Return a cacheable function and the list of arguments with which it was really called."""
    calls = []

    def find_something(*arguments, **options):
        calls.append((arguments, options))
        return find(*arguments, **options)

    return cache.cacheable(find_something), calls


def test_a_table_is_found_once_and_read_back_the_same(cache_in, flood):
    articles, _, tables = flood
    for name, table in tables.items():
        find, calls = cached(lambda *_, which, table=table: table)
        first = find(articles, which=name)
        again = find(articles, which=name)
        assert len(calls) == 1, name
        pd.testing.assert_frame_equal(again, first)
        pd.testing.assert_frame_equal(again, table)
        assert again.attrs == table.attrs == {}


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ((make_table("passages", [{"article": "a", "start": 0, "end": 1, "text": "x"}]),), {}),
        ((make_table("passages"),), {"min_words": 4}),
        ((make_table("passages"), make_table("mentions")), {}),
        ((make_table("passages").rename(columns={"rule": "reason"}),), {}),
    ],
    ids=["another row", "an option", "another table", "another column"],
)
def test_whatever_a_finding_rests_on_makes_it_found_again(cache_in, arguments, options):
    find, calls = cached(lambda *_, **__: make_table("times"))
    find(make_table("passages"))
    find(*arguments, **options)
    assert len(calls) == 2


def test_another_version_of_the_library_finds_again(cache_in, monkeypatch):
    find, calls = cached(lambda *_: make_table("times"))
    find(make_table("passages"))
    monkeypatch.setattr(cache, "library_key", lambda: "another")
    find(make_table("passages"))
    assert len(calls) == 2


def test_a_damaged_file_is_found_again(cache_in):
    find, calls = cached(lambda *_: make_table("times"))
    find(make_table("passages"))
    for path in cache_in.iterdir():
        path.write_bytes(b"PAR1")
    assert find(make_table("passages")).empty
    assert len(calls) == 2


def test_without_a_cache_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    find, calls = cached(lambda *_: make_table("times"))
    find(make_table("passages"))
    find(make_table("passages"))
    assert len(calls) == 2
    assert list(tmp_path.iterdir()) == []
