"""Measure how accurately a codebook credits reports with themes.

    python -m benchmarks.theme_credit REPORTS.tsv CODEBOOK

REPORTS.tsv contains, below a header, one line per sentence: the report, the themes of the sentence
(separated by spaces; `-` for none), and the sentence. CODEBOOK is a folder of articles with a
codebook.

A report carries the themes of its sentences. It is credited with a theme if any of its sentences
is coded with it, and correctly so if one of the coded sentences carries the theme. Prints
precision, recall and F1, and each wrong credit with the first sentence that it rests on.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table

NO_THEME = "-"


class Reports(NamedTuple):
    """Sentences of reports, and the themes that they carry."""

    sentences: pd.DataFrame  # passages, each report an article
    themes_of: dict[tuple[str, int], list[str]]  # (report, start) → themes of the sentence


class Credits(NamedTuple):
    """The themes of reports, as pairs of report and theme."""

    carried: set[tuple[str, str]]
    correct: set[tuple[str, str]]
    credited: pd.DataFrame  # the first row of the table themes for each credit

    @property
    def precision(self) -> float:
        """Return the share of credits that are correct."""
        return len(self.correct) / max(len(self.credited), 1)

    @property
    def recall(self) -> float:
        """Return the share of the carried themes that are credited correctly."""
        return len(self.correct) / max(len(self.carried), 1)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * len(self.correct) / max(len(self.carried) + len(self.credited), 1)


def read_reports(path: str | Path) -> Reports:
    """Read the sentences of a file of reports."""
    rows = []
    themes_of = {}
    length_of: dict[str, int] = {}  # characters of each report that have been read
    for line in Path(path).read_text(encoding="utf-8").splitlines()[1:]:
        report, themes, sentence = line.split("\t")
        start = length_of.get(report, 0)
        end = start + len(sentence)
        length_of[report] = end + 1
        themes_of[report, start] = [] if themes == NO_THEME else themes.split()
        rows.append(
            {"article": report, "start": start, "end": end, "text": sentence, "label": "body"}
        )
    return Reports(make_table("passages", rows), themes_of)


def credit_reports(reports: Reports, codes: pd.DataFrame) -> Credits:
    """Credit reports with the themes of a codebook."""
    themes = cl.find_themes(reports.sentences, codes)
    supported = themes[themes.side == "for"]
    carried = set()
    for (report, _), themes_of_sentence in reports.themes_of.items():
        carried |= {(report, theme) for theme in themes_of_sentence}
    correct = {
        (row.article, row.label)
        for row in supported.itertuples()
        if row.label in reports.themes_of[row.article, row.start]
    }
    return Credits(carried, correct, supported.drop_duplicates(["article", "label"]))


def main() -> None:
    """Print the measures for a file of reports and a codebook."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path)
    parser.add_argument("codebook", type=Path)
    options = parser.parse_args()

    reports = read_reports(options.reports)
    credits = credit_reports(reports, cl.read_codebook(options.codebook)["themes"])
    print(
        f"{reports.sentences.article.nunique()} reports: {len(credits.carried)} themes, "
        f"{len(credits.credited)} credited, {len(credits.correct)} correctly"
    )
    print(
        f"precision {credits.precision:.3f}, recall {credits.recall:.3f}, F1 {credits.f1:.3f}; "
        "wrong credits:"
    )
    for row in credits.credited.itertuples():
        if (row.article, row.label) not in credits.correct:
            print(f"  {row.article} {row.label} ({row.rule}): {row.text}")


if __name__ == "__main__":
    main()
