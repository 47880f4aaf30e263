"""Repeated passages of a JSON lines file (id, text) as pairs of spans, for external scorers.

python -m benchmarks.repeats docs.jsonl pairs.csv
"""

import csv
import json
import sys
import time

import pandas as pd

import clippings as cl


def read_docs(path: str) -> pd.DataFrame:
    """The documents as articles."""
    with open(path, encoding="utf-8") as lines:
        rows = [(row["id"], row["text"]) for row in map(json.loads, lines)]
    articles = pd.DataFrame(rows, columns=["article", "text"], dtype="str")
    return articles.assign(
        outlet="", title="", published_from=pd.Series(pd.NaT, articles.index, "datetime64[s]")
    )


def find_pairs(articles: pd.DataFrame) -> pd.DataFrame:
    """Repeats of whole texts, each read as one passage."""
    passages = articles[["article", "text"]].assign(
        start=0, end=articles.text.str.len(), label="body", rule=""
    )
    return cl.find_repeats(passages, articles)


def main(docs: str, pairs: str) -> None:
    articles = read_docs(docs)
    began = time.process_time()
    found = find_pairs(articles)
    print(f"text to aligned spans: {time.process_time() - began:.2f} CPU seconds", file=sys.stderr)
    copies = found[found.relation != "first"]
    columns = ["match_article", "match_start", "match_end", "article", "start", "end"]
    with open(pairs, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b"])
        writer.writerows(zip(*(copies[column].tolist() for column in columns), strict=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
