"""Functions whose findings are cached give the same tables with and without the cache."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings import pipeline
from clippings.core import cache
from clippings.core.tables import make_table
from helpers import codebook_of


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


def counted_runs(monkeypatch) -> list[int]:
    """A list that grows whenever the steps that depend on all articles are run."""
    runs = []
    find_claims = pipeline.find_claims

    def counted(*arguments, **options):
        runs.append(1)
        return find_claims(*arguments, **options)

    monkeypatch.setattr(pipeline, "find_claims", counted)
    return runs


def test_a_second_run_reads_all_tables_as_they_were(tmp_path, flood, monkeypatch):
    articles, codebook = flood[:2]
    runs = counted_runs(monkeypatch)
    first = cl.find_all(articles, codebook, cache_dir=tmp_path)
    second = cl.find_all(articles, codebook, cache_dir=tmp_path)
    assert len(runs) == 1
    assert list(first) == list(second)
    for name, table in first.items():
        assert_frame_equal(table, second[name])


def test_whatever_all_tables_depend_on_makes_them_found_again(tmp_path, flood, monkeypatch):
    articles, codebook = flood[:2]
    runs = counted_runs(monkeypatch)
    cl.find_all(articles, codebook, cache_dir=tmp_path)
    cl.find_all(articles, codebook, cache_dir=tmp_path, min_words=9)
    assert len(runs) == 2
    rejected = cl.find_all(articles, codebook)["claims"].iloc[[0]]
    row = {"table": "claims", "article": rejected.article.iloc[0], "verdict": "no"}
    verdict = codebook_of("verdicts", row)
    cl.find_all(articles, codebook | {"verdicts": verdict}, cache_dir=tmp_path, min_words=9)
    fewer = articles.iloc[1:]
    assert len(cl.find_all(fewer, codebook, cache_dir=tmp_path)["articles"]) == len(fewer)
    assert len(runs) == 5  # one of them without a cache


def test_only_the_last_result_is_kept_and_a_damaged_one_is_found_again(
    tmp_path, flood, monkeypatch
):
    articles, codebook = flood[:2]
    cl.find_all(articles, codebook, cache_dir=tmp_path, min_words=9)
    tables = cl.find_all(articles, codebook, cache_dir=tmp_path)
    (result,) = tmp_path.glob("result-*")
    (result / "quotes.parquet").write_bytes(b"damaged")
    again = cl.find_all(articles, codebook, cache_dir=tmp_path)
    assert_frame_equal(again["quotes"], tables["quotes"])
    assert (result / "quotes.parquet").stat().st_size > len(b"damaged")
