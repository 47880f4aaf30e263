"""Each step compared with the usual tools for it:  python -m benchmarks.peers [folder] [rounds]

Both sides of a row read the same texts, in turn, in one process: the first million characters of the .txt files of the
folder (of the seeds and the corpora of the tests when none is given), for much slower tools the first 50,000. Our side
is the function that the notebooks call. Passages are found in advance, everything that a tool loads is loaded, and a
first round fills the caches of both sides. CPU seconds are those of all threads, so that they are the same on any number of cores; the ratio
is the median over the rounds.
"""

import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pandas as pd
import pysbd
import spacy
from dateparser.search import search_dates
from nltk.chunk.named_entity import NEChunkParserTagger
from nltk.classify.maxent import BinaryMaxentFeatureEncoding, MaxentClassifier
from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from syntok import segmenter

import clippings as cl
from benchmarks.repeats_peers import run_datasketch
from clippings.core.sentences import sentence_spans
from clippings.core.tables import make_table
from clippings.core.tokens import word_spans

OWN = ("seeds", "lib/clippings/data")
MANY, FEW = 1_000_000, 50_000  # characters
LEAST = 0.2  # CPU seconds a side is measured for in each round, by doing it again where the texts are few
GOAL = 3
TYPES = (
    "FACILITY",
    "GPE",
    "GSP",
    "LOCATION",
    "ORGANIZATION",
    "PERSON",
)  # types of names in NLTK's chunker


class Texts(NamedTuple):
    articles: pd.DataFrame
    passages: pd.DataFrame
    words: int


class Row(NamedTuple):
    step: str
    tool: str
    ours: Callable[[Texts], object]
    theirs: Callable[[Texts], object]
    unlike: str  # in what the two sides do not do the same
    characters: int = MANY


def read(folders: list[str], characters: int) -> Texts:
    rows, size = [], 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")[: characters - size]
        rows.append({"article": path.as_posix(), "text": text})
        size += len(text)
        if size >= characters:
            break
    articles = make_table("articles", rows)
    words = sum(len(text.split()) for text in articles.text)
    return Texts(articles, cl.find_passages(articles).assign(label="body"), words)


def rows() -> Iterator[Row]:
    """The comparisons, each tool made ready."""
    ours = _each("articles", word_spans)
    cut = spacy.blank("en").tokenizer
    theirs = _each(
        "articles", lambda text: [(word.idx, word.idx + len(word)) for word in cut(text)]
    )
    yield Row(
        "words",
        "spacy",
        ours,
        theirs,
        "theirs cuts off punctuation and n't, and makes an object of each word",
    )
    theirs = _each("articles", NLTKWordTokenizer().span_tokenize)
    yield Row("words", "nltk", ours, theirs, "theirs cuts off punctuation and n't")

    ours = _each("passages", sentence_spans)
    theirs = _each("passages", pysbd.Segmenter(language="en", clean=False).segment)
    yield Row("sentences", "pysbd", ours, theirs, "theirs gives texts without offsets", FEW)
    theirs = _each("passages", lambda text: map(list, segmenter.analyze(text)))
    yield Row("sentences", "syntok", ours, theirs, "theirs gives the words too", FEW)
    theirs = _each("passages", PunktSentenceTokenizer().span_tokenize)
    yield Row(
        "sentences", "nltk", ours, theirs, "theirs is Punkt, untrained: it knows no abbreviation"
    )

    unlike = "theirs finds whole passages that are alike, without offsets; ours any 8 words, aligned word for word"
    yield Row("repeats", "datasketch", _repeats, _datasketch, unlike)

    theirs = _each("passages", lambda text: search_dates(text, languages=["en"]) or ())
    unlike = "theirs makes dates, counted from today; ours spans, sets, TIMEX3 values, direction and anchor too"
    yield Row("times", "dateparser", _times, theirs, unlike, FEW)

    theirs = _each("passages", _chunker())
    unlike = "theirs is the chunker only, on words cut and tagged, its weights (a download) empty: it costs more than this"
    yield Row("names", "nltk", _names(), theirs, unlike, FEW)


def _each(table: str, function: Callable[[str], Iterable]) -> Callable[[Texts], list]:
    return lambda texts: [list(function(text)) for text in getattr(texts, table).text]


def _repeats(texts: Texts) -> pd.DataFrame:
    return cl.find_repeats(texts.passages, texts.articles)


def _datasketch(texts: Texts) -> list[tuple]:
    return list(
        run_datasketch(
            [(row.Index, row.text.replace("\n\n", "\n")) for row in texts.passages.itertuples()]
        )
    )


def _times(texts: Texts) -> pd.DataFrame:
    return cl.find_times(texts.passages, texts.articles)


def _names() -> Callable[[Texts], pd.DataFrame]:
    actors = cl.read_codebook("")["actors"]
    return lambda texts: cl.find_mentions(texts.passages, actors)


def _chunker() -> Callable[[str], list]:
    """NLTK's chunker of names as it is, but that it has learned nothing; every word is tagged as a name."""
    labels = ["O", *(f"{place}-{name}" for place in "BI" for name in TYPES)]
    tagger = NEChunkParserTagger(
        classifier=MaxentClassifier(BinaryMaxentFeatureEncoding(labels, {}), [])
    )
    tagger._en_wordlist = set()  # another download
    return lambda text: tagger.tag([(word, "NNP") for word in text.split()])


def cost(function: Callable[[Texts], object], texts: Texts) -> float:
    """CPU seconds of doing it once."""
    times, start = 0, time.process_time()
    while (spent := time.process_time() - start) < LEAST:
        function(texts)
        times += 1
    return spent / times


def measure(row: Row, texts: Texts, rounds: int) -> tuple[float, float, float]:
    """Median words a CPU second of ours and of theirs, and the median of the ratios."""
    for function in (row.ours, row.theirs):
        function(texts)
    seconds = [
        [cost(function, texts) for function in (row.ours, row.theirs)] for _ in range(rounds)
    ]
    rates = (texts.words / median(side) for side in zip(*seconds, strict=True))
    return *rates, median(theirs / ours for ours, theirs in seconds)


def main(folder: str = "", rounds: str = "5") -> None:
    warnings.simplefilter("ignore")
    texts = {
        characters: read([folder] if folder else OWN, characters) for characters in (MANY, FEW)
    }
    print(
        f"{texts[MANY].words:,} words of {folder or ' and '.join(OWN)}, {rounds} rounds; words a CPU second"
    )
    print("| step | beside | ours | theirs | times as fast | not the same |\n|" + " --- |" * 6)
    missed = []
    for row in rows():
        ours, theirs, ratio = measure(row, texts[row.characters], int(rounds))
        tool = f"{row.tool} {version(row.tool)}"
        print(
            f"| {row.step} | {tool} | {ours:,.0f} | {theirs:,.0f} | {ratio:.1f} | {row.unlike} |",
            flush=True,
        )
        missed += [f"{row.step} beside {row.tool}"] * (ratio < GOAL)
    print(f"less than {GOAL} times as fast: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
