"""Many articles: processes and clusters find the same rows, and cached findings are not searched for again."""

import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path

import dask
import distributed  # noqa: F401 - registers its settings
import pandas as pd
import pytest

import clippings as cl
from clippings import pipeline
from clippings.core import cache
from clippings.core.errors import BadInput
from clippings.core.parallel import map_chunks, processes, run_in_background
from clippings.core.tables import make_table
from clippings.corpus import reader as read
from clippings.repeats import distributed as shuffle
from helpers import FLOOD, ROOT, files_below

CORPORA = ROOT / "lib" / "clippings" / "data"
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """Articles of two small corpora in one folder, under names whose order is not that of the corpora."""
    folder = tmp_path_factory.mktemp("many") / "corpus"
    folder.mkdir()
    paths = [*sorted(CORPORA.glob("*/*.txt")), *sorted(SEEDS.glob("*.txt"))[:2]]
    for number, path in enumerate(paths):
        (folder / f"{number * 7 % 31:02d}-{number:02d}.txt").write_bytes(path.read_bytes())
    headline, _, story = (FLOOD / "01_river_rises.txt").read_text(encoding="utf-8").partition("\n")
    dated = (
        f"{headline}\n\nPublished 16 March 2021\n{story}\nIt was the first flood in ten years.\n"
    )
    (folder / "dated.txt").write_text(dated, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def articles(corpus) -> pd.DataFrame:
    return cl.read_articles(corpus)


@pytest.fixture(scope="module")
def few_articles(articles) -> pd.DataFrame:
    return articles.head(6)


@pytest.fixture(scope="module")
def codebook() -> dict:
    book = cl.read_codebook(CORPORA / "flood")
    return book | {
        "verdicts": book["verdicts"].iloc[:0],
        "themes": cl.read_codebook(SEEDS)["themes"],
    }


@pytest.fixture(scope="module")
def tables(articles, codebook) -> dict:
    return cl.find_all(articles, codebook)


@pytest.fixture(autouse=True)
def small_shares(monkeypatch):
    monkeypatch.setattr(pipeline, "CHARACTERS_PER_SHARE", 3000)


@pytest.fixture
def searched(monkeypatch) -> list[str]:
    """The articles that are looked at."""
    names: list[str] = []

    def listen(articles, codebook):
        names.extend(articles.article)
        return find(articles, codebook)

    find = pipeline.find_per_article
    monkeypatch.setattr(pipeline, "find_per_article", listen)
    return names


def assert_same(found: dict, expected: dict) -> None:
    assert list(found) == list(expected)
    for name, table in expected.items():
        pd.testing.assert_frame_equal(found[name], table, obj=name)


def test_there_is_something_to_compare(articles, tables):
    assert len(list(pipeline._shares(articles))) > 5
    assert [name for name, table in tables.items() if table.empty] == []
    assert (tables["dates"].likely_because.str.contains(" ")).any()


def test_shares_and_processes_find_the_same_rows(corpus, articles, codebook, tables):
    assert_same(cl.find_all(articles, codebook), tables)
    with processes(2) as executor:
        pd.testing.assert_frame_equal(cl.read_articles(corpus, executor=executor), articles)
        assert_same(cl.find_all(articles, codebook, executor=executor), tables)


class _Counting(Executor):
    """Run each task at once, and count the tasks."""

    def __init__(self):
        self.given = Counter()

    def submit(self, work, *values):
        self.given[work.func.__name__ if hasattr(work, "func") else work.__name__] += 1
        done = Future()
        done.set_result(work(*values))
        return done


def test_an_executor_is_given_every_share(corpus, articles, codebook, monkeypatch):
    monkeypatch.setattr(read, "SHARE_SIZE", 4)
    shares = len(list(pipeline._shares(articles)))
    executor = _Counting()
    cl.find_all(articles, codebook, executor=executor)
    assert executor.given == {"find_per_article": shares}
    executor = _Counting()
    cl.read_articles(corpus, executor=executor)
    assert executor.given == dict.fromkeys(("_read_files", "_describe"), -(-len(articles) // 4))


def test_articles_in_any_order_give_the_same_rows(articles, codebook, tables):
    turned = articles.iloc[::-1].reset_index(drop=True)
    found = cl.find_all(turned, codebook)
    assert_same({**found, "articles": articles}, tables)


def drop_result(folder: Path) -> None:
    """Delete the tables of the last run as a whole, so that they are joined from the parts again."""
    (result,) = folder.glob("result-*/")
    shutil.rmtree(result)


def test_what_is_kept_is_the_same_and_only_what_is_new_is_looked_at(
    corpus, articles, codebook, tables, tmp_path, searched
):
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path / "kept"), tables)
    assert sorted(searched) == sorted(articles.article)
    searched.clear()
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path / "kept"), tables)
    drop_result(tmp_path / "kept")
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path / "kept"), tables)
    assert searched == []
    changed = articles.copy()
    changed.loc[3, "text"] += (
        "\n\nOn Monday 16 March 2015 the road was closed, said Anna Bell in Oslo.\n"
    )
    expected = cl.find_all(changed, codebook)
    searched.clear()
    assert_same(cl.find_all(changed, codebook, cache_dir=tmp_path / "kept"), expected)
    assert searched == [articles.article[3]]
    fewer = changed.drop(index=[0, 5]).reset_index(drop=True)
    expected = cl.find_all(fewer, codebook)
    searched.clear()
    assert_same(cl.find_all(fewer, codebook, cache_dir=tmp_path / "kept"), expected)
    assert searched == []


@pytest.mark.parametrize("change", ["codebook", "day", "library", "outlet"])
def test_whatever_results_rest_on_makes_them_old(
    few_articles, codebook, tmp_path, searched, monkeypatch, change
):
    cl.find_all(few_articles, codebook, cache_dir=tmp_path)
    searched.clear()
    articles = few_articles.copy()
    codebook = dict(codebook)
    if change == "codebook":
        codebook["actors"] = codebook["actors"].iloc[1:]
    if change == "library":
        monkeypatch.setattr(cache, "library_key", lambda: "another")
    if change == "day":
        articles.loc[1, "published_from"] = articles.loc[1, "published_to"] = pd.Timestamp(
            "2015-03-16"
        )
    if change == "outlet":
        articles.loc[1, "outlet"] = "Another"
    expected = cl.find_all(articles, codebook)
    searched.clear()
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), expected)
    assert len(searched) == (len(articles) if change in ("codebook", "library") else 1)


def test_a_decision_makes_nothing_old_and_counts_at_once(
    articles, codebook, tables, tmp_path, searched
):
    cl.find_all(articles, codebook, cache_dir=tmp_path)
    events = tables["events"].drop_duplicates("article")[["article", "start", "text"]].head(2)
    rows = events.assign(
        table="claims", label="one", verdict="same", start=events.start.astype("str")
    )
    verdicts = (
        pd.concat([codebook["verdicts"], rows]).fillna("").astype("str").reset_index(drop=True)
    )
    searched.clear()
    found = cl.find_all(articles, codebook | {"verdicts": verdicts}, cache_dir=tmp_path)
    assert searched == []
    tied = found["constraints"].query("rule == 'same_event'")
    assert len(tied) == 1
    constraints = cl.find_constraints(
        articles, *(tables[name] for name in ("times", "events", "cues")), verdicts=verdicts
    )
    pd.testing.assert_frame_equal(found["constraints"], constraints)
    pd.testing.assert_frame_equal(found["dates"], cl.find_dates(constraints))


def test_an_interrupted_run_goes_on_where_it_stopped(
    articles, codebook, tables, tmp_path, monkeypatch
):
    find, seen = pipeline.find_per_article, []

    def stop(articles, codebook):
        if len(seen) == 3:
            raise KeyboardInterrupt
        seen.append(set(articles.article))
        return find(articles, codebook)

    monkeypatch.setattr(pipeline, "find_per_article", stop)
    with pytest.raises(KeyboardInterrupt):
        cl.find_all(articles, codebook, cache_dir=tmp_path)
    again = []
    monkeypatch.setattr(
        pipeline,
        "find_per_article",
        lambda part, codebook: again.extend(part.article) or find(part, codebook),
    )
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), tables)
    assert set(again) == set(articles.article) - set().union(*seen)


def test_what_was_kept_and_is_damaged_is_found_again(articles, codebook, tables, tmp_path):
    cl.find_all(articles, codebook, cache_dir=tmp_path)
    files = sorted(tmp_path.rglob("*.parquet"))
    for number, path in enumerate(files):
        if number % 4 == 0:
            path.write_bytes(path.read_bytes()[: number * 10])
        if number % 4 == 1:
            path.unlink()
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), tables)


def test_many_small_parts_are_put_together(
    articles, codebook, tables, tmp_path, searched, monkeypatch
):
    monkeypatch.setattr(pipeline, "CHARACTERS_PER_SHARE", 1)
    monkeypatch.setattr(cache, "PART_ARTICLES", 8)
    monkeypatch.setattr(cache, "MOST_SMALL_PARTS", 3)
    cl.find_all(articles, codebook, cache_dir=tmp_path)
    assert len(list(tmp_path.glob("part-*/"))) == -(-len(articles) // 8)
    drop_result(tmp_path)
    searched.clear()
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), tables)
    assert searched == []


def test_what_else_lies_in_the_folder_of_what_is_kept_is_left_alone(
    corpus, articles, codebook, tables, tmp_path, monkeypatch
):
    own = (
        "notes.txt",
        "repeats-notes.parquet",
        "repeats-2021.parquet",
        "clusters.parquet",
        "headlines-mine.parquet",
    )
    own += ("deadbeef.parquet", f"{'0a' * 12}.parquet", f"part-{'0a' * 12}.txt", "keys.parquet")
    own += (
        "part-one/keys.parquet",
        f"part-{'0a' * 13}/keys.parquet",
        f"{'0a' * 12}/keys.parquet",
        "parts/a/b.csv",
        "result-one/tables.parquet",
        f"result-{'0a' * 13}/tables.parquet",
    )
    for name in own:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    monkeypatch.setattr(pipeline, "CHARACTERS_PER_SHARE", 1)
    monkeypatch.setattr(cache, "MOST_SMALL_PARTS", 3)
    cl.read_articles(corpus, cache_dir=tmp_path)
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), tables)
    before = set(files_below(tmp_path)) - set(own)
    monkeypatch.setattr(
        cache, "library_key", lambda: "0b" * 12
    )  # all that was kept is old, and goes
    cl.read_articles(corpus, cache_dir=tmp_path)
    cl.find_all(articles.iloc[1:], codebook, cache_dir=tmp_path)
    after = files_below(tmp_path)
    assert {name: after.pop(name, None) for name in own} == dict.fromkeys(own, b"mine")
    assert before and not before & set(after)


def test_titles_and_languages_are_kept_for_texts(corpus, articles, tmp_path, monkeypatch):
    pd.testing.assert_frame_equal(cl.read_articles(corpus, cache_dir=tmp_path), articles)
    monkeypatch.setattr(
        read, "find_credits_and_zones", lambda *page: pytest.fail("looked for again")
    )
    pd.testing.assert_frame_equal(cl.read_articles(corpus, cache_dir=tmp_path), articles)


def test_without_parquet_the_command_to_install_it_is_named(articles, codebook, monkeypatch):
    monkeypatch.setattr(cache, "find_spec", lambda name: None)
    for call in (
        lambda: cl.find_all(articles, codebook, cache_dir="x"),
        lambda: cl.read_articles(CORPORA / "flood", cache_dir="x"),
    ):
        with pytest.raises(BadInput, match=r"pip install -e '\.\[tables\]'"):
            call()


def _die(share: list) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _twice(share: list) -> list:
    time.sleep(0.3)
    return share * 2


def test_a_process_that_is_killed_is_said():
    with (
        ProcessPoolExecutor(1) as executor,
        pytest.raises(RuntimeError, match="was killed"),
    ):
        list(map_chunks(executor, _die, [[1], [2]], "dying"))


def test_what_is_begun_beside_other_work_says_that_its_process_was_killed(threads):
    with processes(2) as executor:
        given = run_in_background(executor, partial(_twice, [2]))
        assert given() == given() == [2, 2]
        own, end = run_in_background(executor, os.getpid)(), time.time() + 60
        assert own not in executor._processes
        with pytest.raises(ProcessLookupError):  # it goes with its memory when its work is done
            while time.time() < end:
                os.kill(own, 0)
                time.sleep(0.1)
        given = run_in_background(executor, partial(_die, [1]))
        with pytest.raises(RuntimeError, match="killed"):
            given()
    work = partial(_twice, [3])
    assert (
        run_in_background(threads, work) is run_in_background(None, work) is work
    )  # to a cluster nothing large is sent


def test_a_cluster_finds_the_same_rows_though_a_worker_is_killed(
    corpus, articles, codebook, tables, monkeypatch
):
    monkeypatch.setattr(shuffle, "CHARACTERS_PER_SHARE", 3000)
    with processes(2, "local") as executor:
        pd.testing.assert_frame_equal(cl.read_articles(corpus, executor=executor), articles)
        assert_same(cl.find_all(articles, codebook, executor=executor), tables)
        client, kill, victims = executor._client, shuffle._exchange_by_share, []

        def kill_first(*arguments):
            if not victims:
                victims.append(next(iter(client.run(os.getpid).values())))
                os.kill(victims[0], signal.SIGKILL)
            return kill(*arguments)

        monkeypatch.setattr(shuffle, "_exchange_by_share", kill_first)
        found = cl.find_repeats(tables["passages"], articles, executor=executor)
        pd.testing.assert_frame_equal(found, tables["repeats"])
        threading.Timer(
            1, os.kill, (next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        ).start()
        assert list(
            map_chunks(executor, _twice, [[number] for number in range(12)], "doubling")
        ) == [[n, n] for n in range(12)]
        assert victims[0] not in client.run(os.getpid).values()


@pytest.fixture(scope="module")
def threads():
    """A cluster within this process, so that the debugger and the coverage can see its work."""
    from distributed import Client

    with Client(
        processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None
    ) as client:
        yield client.get_executor()


@pytest.mark.parametrize(
    ("min_words", "share"), [(1, 2500), (4, 2500), (8, 400), (8, 2500), (8, 10**9)]
)
def test_words_are_shuffled_to_the_same_repeats_whatever_the_shares(
    threads, monkeypatch, min_words, share
):
    monkeypatch.setattr(shuffle, "CHARACTERS_PER_SHARE", share)
    chance = random.Random(min_words)
    words = [f"word{number}" for number in range(400)]
    told = [" ".join(chance.choices(words, k=60)) for _ in range(4)]
    texts = []
    for number in range(24):
        edited = chance.choice(told).split()
        edited[chance.randrange(60)] = "edited"
        line = "Sign up for our letter of the day. " * (12 if number % 6 == 0 else 1)
        texts.append(
            " ".join(
                [
                    *chance.choices(words, k=90),
                    *edited[: chance.randrange(20, 61)],
                    ". ",
                    line,
                    told[0],
                ]
            )
        )
    articles = make_table(
        "articles",
        [{"article": f"{number:02d}", "text": text} for number, text in enumerate(texts)],
    )
    passages = make_table("passages", [
        {"article": row.article, "start": 0, "end": len(row.text), "text": row.text, "label": "body"}
        for row in articles.itertuples()
    ])  # fmt: skip
    expected = cl.find_repeats(passages, articles, min_words=min_words)
    assert len(expected) > 40
    found = cl.find_repeats(passages, articles, min_words=min_words, executor=threads)
    pd.testing.assert_frame_equal(found, expected)


def test_words_of_very_many_articles_are_shuffled(threads):
    """What is known of all articles is then too large for Dask to send with each piece of work."""
    chance = random.Random(1)
    told = " ".join(f"told{number}" for number in range(12))
    texts = [
        f"word{chance.randrange(10**9)} {told if number % 1000 == 0 else ''}"
        for number in range(14_000)
    ]
    articles = make_table(
        "articles", [{"article": f"{n:05d}", "text": text} for n, text in enumerate(texts)]
    )
    passages = make_table("passages", [
        {"article": row.article, "start": 0, "end": len(row.text), "text": row.text, "label": "body"}
        for row in articles.itertuples()
    ])  # fmt: skip
    expected = cl.find_repeats(passages, articles)
    assert len(expected) == 14
    pd.testing.assert_frame_equal(cl.find_repeats(passages, articles, executor=threads), expected)


def test_what_was_kept_and_is_damaged_inside_is_said_and_mended_by_the_next_run(
    articles, codebook, tables, tmp_path
):
    cl.find_all(articles, codebook, cache_dir=tmp_path)
    drop_result(tmp_path)
    path = min(tmp_path.glob("part-*/mentions.parquet"))
    data = bytearray(path.read_bytes())
    data[4:60] = bytes(56)
    path.write_bytes(data)
    with pytest.raises(RuntimeError, match="run again"):
        cl.find_all(articles, codebook, cache_dir=tmp_path)
    assert_same(cl.find_all(articles, codebook, cache_dir=tmp_path), tables)


def test_a_cluster_of_another_version_is_refused(monkeypatch):
    from clippings.core import parallel as jobs

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(OSError, match=r"tcp://127\.0\.0\.1:9"),
        processes(2, "tcp://127.0.0.1:9"),
    ):
        pass
    here = os.getpid()
    monkeypatch.setattr(jobs, "library_key", lambda: "another" if os.getpid() == here else "this")
    with pytest.raises(RuntimeError, match="another version of clippings"), processes(1, "local"):
        pass
    monkeypatch.setattr(jobs, "find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"pip install -e '\.\[cluster\]'"), processes(1, "local"):
        pass
