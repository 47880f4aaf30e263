"""Many articles: seconds and memory of a first run, of one in which nothing changed, and of one with a changed article.

    python -m benchmarks.many FOLDER [--jobs 2] [--scheduler local] [--articles N] [--codebook FOLDER]

FOLDER is not written to: the articles asked for are copied. Each run reads the articles, finds
all tables and writes them as Parquet; memory is the largest sum over all its processes, shared pages counted once.
"""

import argparse
import os
import tempfile
import threading
import time
from pathlib import Path

import psutil

import clippings as cl
from clippings.jobs import processes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--scheduler", default="")
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--codebook", default="seeds")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch, "corpus")
        corpus.mkdir()
        paths = sorted(asked.folder.glob("*.txt"))[: asked.articles]
        for path in paths:
            (corpus / path.name).write_bytes(path.read_bytes())
        print(f"{len(paths):,} articles, {asked.jobs} processes")
        for name, change in (("first run", False), ("nothing changed", False), ("one article changed", True)):
            if change:
                text = paths[len(paths) // 2].read_text(encoding="utf-8")
                (corpus / paths[len(paths) // 2].name).write_text(f"{text}\n\nThe road was closed.\n", encoding="utf-8")
            _run(name, corpus, Path(scratch), asked)


def _run(name: str, corpus: Path, scratch: Path, asked) -> None:
    begun, before, peak, done = time.time(), _seconds(), [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(peak, done))
    watch.start()
    with processes(asked.jobs, asked.scheduler) as executor:
        articles = cl.read_articles(corpus, executor=executor, kept=scratch / "kept")
        read = time.time() - begun
        tables = cl.find_all(articles, cl.read_codebook(asked.codebook), executor=executor, kept=scratch / "kept")
        found = time.time() - begun
        for table, rows in tables.items():
            rows.to_parquet(scratch / f"{table}.parquet")
    done.set()
    watch.join()
    wall, seconds = time.time() - begun, _seconds() - before
    print(
        f"{name:20} {wall:8.1f} s, of them reading {read:.1f}, finding {found - read:.1f}; "
        f"{seconds:.1f} CPU s, {1000 * seconds / max(len(articles), 1):.1f} ms an article; {peak[0]:.2f} GB",
        flush=True,
    )


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
