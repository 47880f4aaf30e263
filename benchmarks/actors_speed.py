"""Words per CPU second for names and statements together:  python benchmarks/actors_speed.py folder [rounds]

Reads the .txt files of a folder as stories of one corpus, finds passages first, and prints the median rate of
find_mentions and find_quotes in one table, and article by article.
"""

import sys
import time
from pathlib import Path
from statistics import median

import clippings as cl
from clippings.core.tables import make_table


def stories(folder: str):
    paths = sorted(Path(folder).rglob("*.txt"))
    rows = [
        {"article": path.name, "text": path.read_text(encoding="utf-8", errors="replace")}
        for path in paths
    ]
    return cl.find_passages(make_table("articles", rows)).assign(label="body")


def rate(parts: list, actors, words: int) -> float:
    start = time.process_time()
    for part in parts:
        cl.find_quotes(part, cl.find_mentions(part, actors))
    return words / (time.process_time() - start)


def main():
    passages, actors = stories(sys.argv[1]), cl.read_codebook("")["actors"]
    words = sum(len(text.split()) for text in passages.text)
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    for name, parts in (
        ("one table", [passages]),
        ("article by article", [part for _, part in passages.groupby("article")]),
    ):
        rates = [rate(parts, actors, words) for _ in range(rounds)]
        print(f"{name}: {median(rates):,.0f} words a CPU second ({words:,} words)")


if __name__ == "__main__":
    main()
