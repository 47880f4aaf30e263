"""How accurately a codebook credits reports with themes:  python -m benchmarks.theme_credit REPORTS.tsv CODEBOOK

REPORTS.tsv has, below a header line, a line for each sentence: report, the themes in it (separated by blanks; empty
or -), sentence. CODEBOOK is a folder with a codebook. A report is credited with a theme for any of its sentences, and
correctly so if one of these was coded with it. Prints precision, recall, F1 and each wrong credit with the first
sentence that it was given for.
"""

import argparse
from pathlib import Path

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table


def read_reports(path) -> pd.DataFrame:
    """The sentences of a file as passages, each report an article; rule is the themes that a sentence carries."""
    rows, ends = [], {}
    for line in Path(path).read_text(encoding="utf-8").splitlines()[1:]:
        report, themes, text = line.split("\t")
        start = ends.get(report, 0)
        ends[report] = start + len(text) + 1
        place = {
            "article": report,
            "start": start,
            "end": start + len(text),
            "text": text,
            "label": "body",
        }
        rows.append(place | {"rule": themes.strip("-")})
    return make_table("passages", rows)


def credit(reports: pd.DataFrame, codes: pd.DataFrame) -> tuple[set, set, pd.DataFrame]:
    """Pairs of report and theme: those told, those rightly credited, and all credited, as the first row of each."""
    themes = cl.find_themes(reports, codes).query("side == 'for'")
    carried = {(row.article, row.start): row.rule.split() for row in reports.itertuples()}
    told = {(article, theme) for (article, _), own in carried.items() for theme in own}
    right = {
        (row.article, row.label)
        for row in themes.itertuples()
        if row.label in carried[row.article, row.start]
    }
    return told, right, themes.drop_duplicates(["article", "label"])


def f1(told, right, credited) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * len(right) / max(len(told) + len(credited), 1)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("reports", type=Path)
    options.add_argument("codebook", type=Path)
    asked = options.parse_args()
    reports = read_reports(asked.reports)
    told, right, credited = credit(reports, cl.read_codebook(asked.codebook)["themes"])
    print(
        f"{reports.article.nunique()} reports: {len(told)} themes told, {len(credited)} credited, {len(right)} rightly"
    )
    print(
        f"precision {len(right) / max(len(credited), 1):.3f}, recall {len(right) / max(len(told), 1):.3f}",
        end=", ",
    )
    print(f"F1 {f1(told, right, credited):.3f}; credited wrongly:")
    for row in credited.itertuples():
        if (row.article, row.label) not in right:
            print(f"  {row.article} {row.label} ({row.rule}): {row.text}")


if __name__ == "__main__":
    main()
