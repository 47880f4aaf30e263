"""Many articles: seconds and memory of a first run, of one in which nothing changed, and of one with a changed article.

    python -m benchmarks.many FOLDER [--jobs 2] [--scheduler local] [--articles N] [--codebook D] [--shuffle | --first]

FOLDER is not written to: the requested articles are copied. Each run reads the articles, finds
all tables and writes them as Parquet; memory is the largest sum over all its processes, shared pages counted once.
The last word of a line is a hash of all rows of all tables: runs with the same hash have the same results. With --first,
there is only the first run.
With --shuffle, only repeated text is searched for, by processes and by a cluster of as many workers: the rows must be
the same, and the bytes of the tables that the workers exchange are printed.
"""

import argparse
import hashlib
import os
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import psutil

import clippings as cl
from clippings.core.parallel import map_chunks, processes
from clippings.repeats import distributed as shuffle


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--scheduler", default="")
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--codebook", default="seeds")
    options.add_argument("--shuffle", action="store_true")
    options.add_argument("--first", action="store_true", help="the first run only")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch, "corpus")
        corpus.mkdir()
        paths = sorted(asked.folder.glob("*.txt"))[: asked.articles]
        for path in paths:
            (corpus / path.name).write_bytes(path.read_bytes())
        if asked.shuffle:
            compare_shuffle(corpus, asked)
            return
        print(f"{len(paths):,} articles, {asked.jobs} processes")
        runs = (("first run", False), ("nothing changed", False), ("one article changed", True))
        for name, change in runs[: 1 if asked.first else 3]:
            if change:
                text = paths[len(paths) // 2].read_text(encoding="utf-8")
                (corpus / paths[len(paths) // 2].name).write_text(
                    f"{text}\n\nThe road was closed.\n", encoding="utf-8"
                )
            _run(name, corpus, Path(scratch), asked)


def compare_shuffle(corpus: Path, asked) -> None:
    """Repeated text found by one process and by the workers of a cluster."""
    with processes(asked.jobs) as executor:
        articles = cl.read_articles(corpus, executor=executor)
        shares = [articles.iloc[at : at + 100] for at in range(0, len(articles), 100)]
        passages = pd.concat(
            map_chunks(executor, cl.find_passages, shares, "pages"), ignore_index=True
        )
    words = passages.text.str.count(r"\w+").sum()
    print(f"{len(articles):,} articles, {words:,} words", flush=True)
    expected, sent = _found("one process", passages, articles, None), Counter()
    with processes(asked.jobs, asked.scheduler or "local") as executor:
        send = shuffle._exchange
        shuffle._exchange = lambda client, tables, column: send(
            client, _weighed(client, tables, sent), column
        )
        found = _found(f"{asked.jobs} workers", passages, articles, executor)
    pd.testing.assert_frame_equal(found, expected)
    for names, size in sent.items():
        print(f"{names:70} {size / 1e6:9.1f} MB, {size / words:5.2f} bytes a word")
    print(f"{'all':70} {sent.total() / 1e6:9.1f} MB; {len(found):,} rows, the same")


def _found(name: str, passages: pd.DataFrame, articles: pd.DataFrame, executor) -> pd.DataFrame:
    started, peak, done = time.time(), [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(peak, done))
    watch.start()
    found = cl.find_repeats(passages, articles, executor=executor)
    done.set()
    watch.join()
    print(f"{name}: {time.time() - started:.1f} s, {peak[0]:.2f} GB in all processes", flush=True)
    return found


def _weighed(client, tables: list, sent: Counter) -> list:
    for names, size in client.gather(client.map(_weight, tables)):
        sent[names] += size
    return tables


def _weight(table: pd.DataFrame) -> tuple[str, int]:
    return ", ".join(table.columns), int(table.memory_usage(index=False, deep=True).sum())


def _run(name: str, corpus: Path, scratch: Path, asked) -> None:
    started, before, peak, done = time.time(), _seconds(), [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(peak, done))
    watch.start()
    with processes(asked.jobs, asked.scheduler) as executor:
        articles = cl.read_articles(corpus, executor=executor, cache_dir=scratch / "kept")
        read = time.time() - started
        tables = cl.find_all(
            articles,
            cl.read_codebook(asked.codebook),
            executor=executor,
            cache_dir=scratch / "kept",
        )
        found = time.time() - started
        for table, rows in tables.items():
            rows.to_parquet(scratch / f"{table}.parquet")
    done.set()
    watch.join()
    wall, seconds = time.time() - started, _seconds() - before
    print(
        f"{name:20} {wall:8.1f} s, of them reading {read:.1f}, finding {found - read:.1f}; "
        f"{seconds:.1f} CPU s, {1000 * seconds / max(len(articles), 1):.1f} ms an article; {peak[0]:.2f} GB; "
        f"rows {_digest(tables)}",
        flush=True,
    )


def _digest(tables: dict[str, pd.DataFrame]) -> str:
    whole = hashlib.sha256()
    for table in tables.values():
        whole.update(pd.util.hash_pandas_object(table).to_numpy().tobytes())
    return whole.hexdigest()[:8]


def _seconds() -> float:
    return sum(os.times()[:4])


def _watch(peak: list[float], done: threading.Event) -> None:
    """The largest memory of this process and all below it, looked at five times a second."""
    own = psutil.Process()
    while not done.wait(0.2):
        total = 0
        for process in (own, *own.children(recursive=True)):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total / 1e9)


if __name__ == "__main__":
    main()
