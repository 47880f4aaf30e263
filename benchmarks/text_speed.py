"""Words and sentences a CPU second, side by side with NLTK:  python benchmarks/text_speed.py folder [rounds]

Reads the .txt files of a folder (about 1 MB of them) and lets both sides take turns in one process; prints each
side's median and the median of the ratios, which says more than either on a machine that does other work too.
"""

import sys
import time
from pathlib import Path
from statistics import median

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer

from clippings.sentences import sentence_spans
from clippings.text import word_spans

CHARACTERS = 1_000_000


def read(folder: str) -> list[str]:
    texts, size = [], 0
    for path in sorted(Path(folder).rglob("*.txt")):
        texts.append(path.read_text(encoding="utf-8", errors="replace"))
        size += len(texts[-1])
        if size >= CHARACTERS:
            break
    return texts


def cost(function, texts: list[str]) -> tuple[float, int]:
    """CPU seconds, and how many spans came out."""
    start = time.process_time()
    spans = sum(len(list(function(text))) for text in texts)
    return time.process_time() - start, spans


def compare(unit: str, ours, theirs, texts: list[str], rounds: int, amount=None) -> float:
    """Median of ours / theirs in units a CPU second; `amount` is the work done, or the spans found when None."""
    rates = []
    for _ in range(rounds):
        pair = [cost(function, texts) for function in (ours, theirs)]
        rates.append([(amount or spans) / seconds for seconds, spans in pair])
    ratio = median(a / b for a, b in rates)
    print(f"{unit}: {median(a for a, _ in rates):,.2f} to {median(b for _, b in rates):,.2f}, {ratio:.2f} times")
    return ratio


def main():
    texts = read(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    characters = sum(map(len, texts)) / 1e6
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    words, punkt = NLTKWordTokenizer(), PunktSentenceTokenizer()
    compare("words, tokens a second", word_spans, words.span_tokenize, texts, rounds)
    compare(
        "sentences of whole texts, million characters a second",
        sentence_spans,
        punkt.span_tokenize,
        texts,
        rounds,
        characters,
    )
    compare(
        "sentences line by line, million characters a second",
        sentence_spans,
        punkt.span_tokenize,
        lines,
        rounds,
        characters,
    )


if __name__ == "__main__":
    main()
