"""How soon the passages of a theme are found, beside random order and the models of ASReview.

    python -m benchmarks.teaching DATA [DATA …] [--seeds 5] [--held-out] [--intervals]

DATA is a folder with one folder of text files per class (BBC, ECB+), or a folder of text files
with a headline in the first line (Reuters): there, the classes are words of the headlines, which
are hidden. Each class is a theme. It is also reduced to 3% of its texts plus all others, as rare
themes are harder and a class of more than 10% cannot be found completely in the first 10%.

Reading starts from three random texts of the class. One text is read after another, in the order of
each model, which is trained again after every answer. Prints the share of all texts of the class
among the first 5% and 10% of all texts, the mean over classes and seeds.

- random: random order
- asreview-nb: TF-IDF and multinomial naive Bayes (alpha 3.822) with balanced weights, the default
  of ASReview 1 in its documentation. It also needs texts without the theme: it gets three for free.
- asreview-svm: TF-IDF of words and pairs and a linear SVM, the default of ASReview 2, likewise
- clippings: `propose_passages`

With --intervals, it also prints how often the interval of `count_remaining` contains the true
number, after 20, 40, 80, 150, 250 and 400 answers.

With --held-out, only the classes are measured that were set aside when the method was developed
(HELD_OUT_CLASSES); otherwise, all others.
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from clippings.core.tables import make_table
from clippings.themes.ranking import Judgements, PassageRanker
from clippings.themes.teaching import estimate_remaining

STARTING_TEXTS = 3
RARE_SHARE = 0.03
SHARES_READ = (0.05, 0.10)
INTERVALS_AFTER = (20, 40, 80, 150, 250, 400)
MAX_TEXTS = 4000  # of a folder without classes
MIN_CLASS_TEXTS = 15
# The model is trained after each of the first answers, then after every fifth, to save time. This
# is the same for all models.
SINGLE_STEPS = 20
STEP = 5

HELD_OUT_CLASSES = {"politics", "tech"}  # BBC
HELD_OUT_CLASSES |= {"cocoa", "copper", "grain", "rates", "ship", "sugar", "trade"}  # Reuters
HELD_OUT_CLASSES |= {"t03", "t07", "t11", "t19", "t23", "t27", "t31", "t35", "t39", "t43"}  # ECB+

HEADLINE_CLASSES = {
    "cocoa": "COCOA",
    "coffee": "COFFEE",
    "copper": "COPPER",
    "currency": "DOLLAR|YEN|STG|MARK|CURRENCY|CURRENCIES",
    "gold": "GOLD",
    "grain": "WHEAT|GRAIN|CORN|MAIZE|BARLEY",
    "merger": "MERGER|ACQUIRES?|TAKEOVER|BUYOUT|ACQUISITION",
    "oil": "OIL|CRUDE|OPEC|PETROLEUM",
    "rates": "PRIME RATE|DISCOUNT RATE|LENDING RATE|BASE RATE|INTEREST RATES?",
    "ship": "SHIP|SHIPPING|TANKER|PORT|VESSEL",
    "strike": "STRIKE|STRIKES|UNION",
    "sugar": "SUGAR",
    "trade": "TRADE",
}


@dataclass(frozen=True)
class Corpus:
    """Texts, and which of them belong to each class."""

    name: str
    texts: list[str]
    classes: dict[str, np.ndarray]


@dataclass(frozen=True)
class Task:
    """Texts, and which of them carry the theme."""

    group: str
    theme: str
    texts: list[str]
    has_theme: np.ndarray


def read_corpus(folder: Path) -> Corpus:
    """Read the texts of a folder with their classes."""
    in_folders = sorted(folder.glob("*/*.txt"))
    if not in_folders:
        return _read_headline_classes(folder)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in in_folders]
    names = np.array([path.parent.name for path in in_folders])
    return Corpus(folder.name, texts, {name: names == name for name in sorted(set(names))})


def _read_headline_classes(folder: Path) -> Corpus:
    """Read stories without their headlines; the classes are words of the headlines."""
    paths = sorted(folder.glob("*.txt"))
    chosen = np.sort(np.random.default_rng(0).permutation(len(paths))[:MAX_TEXTS])
    headlines = []
    texts = []
    for number in chosen:
        story = paths[number].read_text(encoding="utf-8", errors="replace")
        headline, _, text = story.partition("\n")
        if text.strip():
            headlines.append(headline)
            texts.append(text)
    classes = {}
    for name, words in HEADLINE_CLASSES.items():
        pattern = re.compile(rf"\b(?:{words})\b")
        classes[name] = np.array([bool(pattern.search(headline)) for headline in headlines])
    return Corpus(folder.name, texts, classes)


def tasks_of(corpus: Corpus, *, held_out: bool) -> Iterator[Task]:
    """Yield the classes of a corpus as themes: as they are, and reduced to a rare theme."""
    names = [name for name in corpus.classes if (name in HELD_OUT_CLASSES) == held_out]
    for name in names:
        has_theme = corpus.classes[name]
        if has_theme.sum() >= MIN_CLASS_TEXTS:
            yield Task(corpus.name, name, corpus.texts, has_theme)
    for name in names:
        has_theme = corpus.classes[name]
        others = np.flatnonzero(~has_theme)
        number = round(RARE_SHARE / (1 - RARE_SHARE) * len(others))
        if has_theme.sum() > number >= MIN_CLASS_TEXTS:
            of_class = np.random.default_rng(7).permutation(np.flatnonzero(has_theme))[:number]
            chosen = np.sort(np.concatenate([others, of_class]))
            texts = [corpus.texts[row] for row in chosen]
            yield Task(f"{corpus.name}, rare", name, texts, has_theme[chosen])


# Models -----------------------------------------------------------------------------------------


class RandomOrder:
    """Scores at random."""

    starting_texts_without = 0

    def __init__(self, texts: list[str]):
        self.random = np.random.default_rng(1)
        self.number = len(texts)

    def score(self, read: np.ndarray, has_theme: np.ndarray) -> np.ndarray:
        return self.random.random(self.number)


class NaiveBayes:
    """The default model of ASReview 1, from its documentation."""

    starting_texts_without = 3

    def __init__(self, texts: list[str]):
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.matrix = TfidfVectorizer(stop_words="english").fit_transform(texts)

    def score(self, read: np.ndarray, has_theme: np.ndarray) -> np.ndarray:
        from sklearn.naive_bayes import MultinomialNB

        model = MultinomialNB(alpha=3.822)
        model.fit(self.matrix[read], has_theme, sample_weight=balanced_weights(has_theme, 1.0))
        return model.predict_log_proba(self.matrix)[:, 1]


class LinearSvm:
    """The default model of ASReview 2, from its documentation."""

    starting_texts_without = 3

    def __init__(self, texts: list[str]):
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.matrix = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, max_df=0.9
        ).fit_transform(texts)

    def score(self, read: np.ndarray, has_theme: np.ndarray) -> np.ndarray:
        from sklearn.svm import LinearSVC

        model = LinearSVC(C=0.11, random_state=0)
        model.fit(self.matrix[read], has_theme, sample_weight=balanced_weights(has_theme, 9.7))
        return model.decision_function(self.matrix)


class Clippings:
    """The ranking of `propose_passages`."""

    starting_texts_without = 0

    def __init__(self, texts: list[str]):
        rows = [
            {"article": f"{number:06d}", "start": 0, "end": len(text), "text": text, "label": "x"}
            for number, text in enumerate(texts)
        ]
        self.ranker = PassageRanker(make_table("passages", rows))

    def score(self, read: np.ndarray, has_theme: np.ndarray) -> np.ndarray:
        return self.ranker.score(Judgements(yes=read[has_theme], no=read[~has_theme]))


def balanced_weights(has_theme: np.ndarray, ratio: float) -> np.ndarray:
    """Weight the answers so that those with the theme count `ratio` times as much in total."""
    with_theme = has_theme.sum()
    without_theme = max((~has_theme).sum(), 1)
    weights = np.where(has_theme, 1.0, with_theme / (ratio * without_theme))
    return weights * len(weights) / weights.sum()


MODELS = {
    "random": RandomOrder,
    "asreview-nb": NaiveBayes,
    "asreview-svm": LinearSvm,
    "clippings": Clippings,
}


# Measuring --------------------------------------------------------------------------------------


def read_in_order(model, has_theme: np.ndarray, seed: int, number: int) -> np.ndarray:
    """Return the first texts that a model makes an analyst read, in order."""
    random = np.random.default_rng(seed)
    order = list(random.choice(np.flatnonzero(has_theme), STARTING_TEXTS, replace=False))
    free = list(
        random.choice(np.flatnonzero(~has_theme), model.starting_texts_without, replace=False)
    )
    is_read = np.zeros(len(has_theme), dtype=bool)
    is_read[order] = True
    while len(order) < number:
        known = np.array([*order, *(text for text in free if not is_read[text])])
        scores = model.score(known, has_theme[known]).copy()
        scores[is_read] = -np.inf
        step = 1 if len(order) < SINGLE_STEPS else STEP
        for text in np.argsort(-scores, kind="stable")[: min(step, number - len(order))]:
            order.append(text)
            is_read[text] = True
    return np.array(order)


def measure(tasks: list[Task], seeds: int) -> pd.DataFrame:
    """Return the share that each model finds, for each task and seed."""
    rows = []
    for name, make in MODELS.items():
        model = None
        texts = None
        for task in tasks:
            if task.texts is not texts:
                model = make(task.texts)
                texts = task.texts
            for seed in range(seeds):
                most = int(np.ceil(max(SHARES_READ) * len(task.texts)))
                order = read_in_order(model, task.has_theme, seed, most)
                row = {"group": task.group, "theme": task.theme, "model": name}
                for share in SHARES_READ:
                    read = order[: int(np.ceil(share * len(task.texts)))]
                    row[f"{share:.0%}"] = task.has_theme[read].sum() / task.has_theme.sum()
                rows.append(row)
    return pd.DataFrame(rows)


def measure_intervals(tasks: list[Task], seeds: int) -> pd.DataFrame:
    """Return the interval and the true number of remaining texts, after several answers."""
    rows = []
    model = None
    texts = None
    for task in tasks:
        if task.texts is not texts:
            model = Clippings(task.texts)
            texts = task.texts
        for seed in range(seeds):
            # Later, hardly a text is left.
            numbers = [number for number in INTERVALS_AFTER if number < 0.9 * len(task.texts)]
            order = read_in_order(model, task.has_theme, seed, max(numbers))
            for number in numbers:
                read = order[:number]
                has_theme = task.has_theme[read]
                judged = Judgements(yes=read[has_theme], no=read[~has_theme])
                remaining = estimate_remaining(model.ranker, judged)
                true = int(task.has_theme.sum() - has_theme.sum())
                rows.append(
                    {
                        "group": task.group,
                        "answers": number,
                        "true": true,
                        "low": remaining.low,
                        "high": remaining.high,
                        "contains": remaining.low <= true <= remaining.high,
                    }
                )
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--held-out", action="store_true", help="measure the classes set aside")
    parser.add_argument("--intervals", action="store_true", help="measure the intervals as well")
    options = parser.parse_args()

    tasks = []
    for folder in options.data:
        tasks += tasks_of(read_corpus(folder), held_out=options.held_out)
    print_shares(measure(tasks, options.seeds))
    if options.intervals:
        print_intervals(measure_intervals(tasks, options.seeds))


def print_shares(found: pd.DataFrame) -> None:
    """Print the mean share found by each model, by group of tasks and for all tasks."""
    columns = [f"{share:.0%}" for share in SHARES_READ]
    by_task = found.groupby(["group", "theme", "model"], sort=False)[columns].mean()
    for column in columns:
        print(f"\nshare of the theme found after reading {column} (mean over themes)")
        table = by_task[column].unstack("model")[list(MODELS)]
        means = table.groupby(level="group", sort=False).mean()
        means.loc["all themes"] = table.mean()
        means.insert(0, "themes", [*table.groupby(level="group", sort=False).size(), len(table)])
        print(means.round(3).to_string())


def print_intervals(intervals: pd.DataFrame) -> None:
    """Print how often the interval contains the true number, and medians."""
    for by in ("answers", "group"):
        groups = intervals.groupby(by, sort=False)
        table = groups[["true", "low", "high"]].median()
        table.insert(0, "contains", groups.contains.mean().round(3))
        table.insert(0, "cases", groups.size())
        print(f"\nintervals of what remains, by {by} (medians)")
        print(table.to_string())
    print(
        f"\nthe interval contains the true number in {intervals.contains.mean():.1%} of all cases"
    )


if __name__ == "__main__":
    main()
