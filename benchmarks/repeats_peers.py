"""Repeated text compared with other tools, on an invented corpus:  python -m benchmarks.repeats_peers [million words] [tool …]

Passages of 20 to 100 words are copied into other texts with 0, 5 or 15 % of their words edited, and one line is put
into 500 texts. Each tool runs in its own process on the same file; CPU seconds and peak memory are those of its
whole process tree, imports and reading included. Found: copies of which at least half was reported on both sides.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import psutil

EDITS = (0.0, 0.05, 0.15)
COPIES = 300  # of each rate of edits
LINE = "for more on this and all other stories follow our reporters on every channel day and night"
LINES = 500
FIELDS = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b")
LEAST = 50  # characters of an equal string that the suffix array reports
MINHASHES, ALIKE, SHINGLE = 128, 0.8, 5  # the usual settings of the two MinHash tools
TOOLS = ("clippings", "datasketch", "rensa", "suffix array")


def make_corpus(folder: Path, words: int, seed: int = 1) -> tuple[list[dict], list[tuple]]:
    """Texts of invented words, some 200 each, in paragraphs; and the places of the copies and the line."""
    draw = random.Random(seed)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    vocabulary = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(40_000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    texts = [
        draw.choices(vocabulary, weights, k=draw.randint(120, 280)) for _ in range(words // 200)
    ]
    places = draw.sample(range(len(texts)), 2 * len(EDITS) * COPIES + LINES)
    put = defaultdict(list)
    for number in range(len(EDITS) * COPIES):
        source, target = places[2 * number : 2 * number + 2]
        size = draw.randint(20, 100)
        at = draw.randrange(len(texts[source]) - size)
        put[target].append((texts[source][at : at + size], EDITS[number % len(EDITS)], source, at))
    gold, lines = [], []
    for target, passages in put.items():
        for passage, rate, source, at in passages:
            copy = [edited for word in passage for edited in _edited(word, rate, draw, vocabulary)]
            spot = draw.randrange(len(texts[target]))
            texts[target][spot:spot] = copy
            gold.append((rate, source, at, len(passage), target, spot, len(copy)))
    for target in places[-LINES:]:
        spot = draw.randrange(len(texts[target]))
        texts[target][spot:spot] = LINE.split()
        lines.append((target, spot, len(LINE.split())))
    starts = [_starts(text) for text in texts]
    with open(folder / "docs.jsonl", "w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            joined = "".join(
                word + ("\n\n" if at % 50 == 49 else " ") for at, word in enumerate(text)
            )
            file.write(json.dumps({"id": str(number), "text": joined}) + "\n")

    def span(text, at, size):
        return (
            str(text),
            starts[text][at],
            starts[text][at + size - 1] + len(texts[text][at + size - 1]),
        )

    copies = [
        {"rate": rate, "a": span(*a), "b": span(*b)}
        for rate, *rest in gold
        for a, b in [(rest[:3], rest[3:])]
    ]
    return copies, [span(*line) for line in lines]


def _edited(word: str, rate: float, draw: random.Random, vocabulary: list[str]) -> list[str]:
    if draw.random() >= rate:
        return [word]
    other = draw.choice(vocabulary)
    return draw.choice(([], [other], [word, other]))


def _starts(words: list[str]) -> list[int]:
    found, at = [], 0
    for number, word in enumerate(words):
        found.append(at)
        at += len(word) + (2 if number % 50 == 49 else 1)
    return found


def paragraphs(docs: list[tuple]) -> list[tuple]:
    """(text, start, end) and the set of word sequences of each paragraph."""
    found = []
    for name, text in docs:
        at = 0
        for piece in text.split("\n\n"):
            words = piece.split()
            grams = {" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}
            if grams:
                found.append(((name, at, at + len(piece)), grams))
            at += len(piece) + 2
    return found


def run_datasketch(docs: list[tuple]):
    from datasketch import MinHash, MinHashLSH

    index, units = MinHashLSH(threshold=ALIKE, num_perm=MINHASHES), paragraphs(docs)
    for number, (place, grams) in enumerate(units):
        sketch = MinHash(num_perm=MINHASHES)
        sketch.update_batch([gram.encode() for gram in grams])
        yield from ((*units[other][0], *place) for other in index.query(sketch))
        index.insert(number, sketch)


def run_rensa(docs: list[tuple]):
    from rensa import RMinHash, RMinHashLSH

    index, units = RMinHashLSH(threshold=ALIKE, num_perm=MINHASHES, num_bands=16), paragraphs(docs)
    for number, (place, grams) in enumerate(units):
        sketch = RMinHash(num_perm=MINHASHES, seed=42)
        sketch.update(sorted(grams))
        yield from ((*units[other][0], *place) for other in index.query(sketch))
        index.insert(number, sketch)


def run_suffix_array(docs: list[tuple]):
    """Equal strings of neighbours in the suffix array, each as long as it can be; exact copies only."""
    import numpy as np
    import pydivsufsort

    text = "\0".join(text.replace("\n\n", " ") + " " * text.count("\n\n") for _, text in docs)
    heads = np.cumsum([0] + [len(text) + 1 for _, text in docs])
    order = pydivsufsort.divsufsort(text.encode("ascii"))
    common = pydivsufsort.kasai(text.encode("ascii"), order)[:-1]
    letters = np.frombuffer(text.encode("ascii"), np.uint8)
    rows = np.flatnonzero(common >= LEAST)
    a, b, size = order[rows].astype(int), order[rows + 1].astype(int), common[rows].astype(int)
    opens = (a == 0) | (b == 0) | (letters[a - 1] != letters[b - 1]) | (letters[a - 1] == 0)
    for x, y, n in zip(a[opens], b[opens], size[opens], strict=True):
        n = min(n, *(heads[np.searchsorted(heads, at, side="right")] - 1 - at for at in (x, y)))
        if n >= LEAST:
            one, two = (np.searchsorted(heads, at, side="right") - 1 for at in (x, y))
            yield (
                docs[one][0],
                x - heads[one],
                x - heads[one] + n,
                docs[two][0],
                y - heads[two],
                y - heads[two] + n,
            )


def run(tool: str, docs_path: str, out: str) -> None:
    """One tool, in this process."""
    with open(docs_path, encoding="utf-8") as lines:
        docs = [(row["id"], row["text"]) for row in map(json.loads, lines)]
    pairs = {"datasketch": run_datasketch, "rensa": run_rensa, "suffix array": run_suffix_array}[
        tool
    ](docs)
    with open(out, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([FIELDS, *pairs])


def measure(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a command with all that it starts."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    root, seconds, peak = psutil.Process(process.pid), {}, 0
    while process.poll() is None:
        size = 0
        with suppress(psutil.Error):  # it ended meanwhile
            for one in [root, *root.children(recursive=True)]:
                size += one.memory_info().rss
                seconds[one.pid] = sum(one.cpu_times()[:2])
        peak = max(peak, size)
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return sum(seconds.values()), peak / 2**20


def covered(place: tuple, spans: list[tuple]) -> float:
    """Share of a place that lies in any of the spans of its text."""
    _, start, end = place
    inside = bytearray(end - start)
    for low, high in spans:
        low, high = max(low, start), min(high, end)
        inside[low - start : max(high - start, low - start)] = b"\1" * max(high - low, 0)
    return sum(inside) / (end - start)


def score(path: Path, copies: list[dict], lines: list[tuple]) -> tuple[list[float], float]:
    """Share of copies at least half found, for each rate of edits; share of the line covered."""
    pairs, marks = defaultdict(list), defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            a, b = ((row[f"doc_{s}"], int(row[f"start_{s}"]), int(row[f"end_{s}"])) for s in "ab")
            for one, two in ((a, b), (b, a)):
                pairs[one[0], two[0]].append((one[1:], two[1:]))
                marks[one[0]].append(one[1:])
    found = defaultdict(list)
    for copy in copies:
        both = pairs[copy["a"][0], copy["b"][0]]
        halves = [
            covered(copy[side], [pair[number] for pair in both]) >= 0.5
            for number, side in enumerate("ab")
        ]
        found[copy["rate"]].append(all(halves))
    shares = [sum(found[rate]) / len(found[rate]) for rate in EDITS]
    return shares, sum(covered(line, marks[line[0]]) for line in lines) / len(lines)


def main(million: float = 1, *tools: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        docs, out = Path(folder, "docs.jsonl"), Path(folder, "pairs.csv")
        copies, lines = make_corpus(Path(folder), int(float(million) * 1e6))
        print(
            f"{float(million):g} million words; copies at least half found with 0 / 5 / 15 % of the words edited"
        )
        print(
            "| tool | CPU seconds | peak MB | copies found | line in 500 texts covered |\n|"
            + " --- |" * 5
        )
        for tool in tools or TOOLS:
            own = ["-m", "benchmarks.repeats", str(docs), str(out)]
            other = ["-m", "benchmarks.repeats_peers", "run", tool, str(docs), str(out)]
            seconds, size = measure([sys.executable, *(own if tool == "clippings" else other)])
            shares, line = score(out, copies, lines)
            said = " / ".join(f"{share:.2f}" for share in shares)
            print(f"| {tool} | {seconds:.1f} | {size:,.0f} | {said} | {line:.2f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        run(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
