"""Groups of many texts: CPU seconds and peak memory compared with plain scikit-learn TF-IDF and NMF, in one run.

    python -m benchmarks.clusters_speed TEXTS.jsonl [--k 20]

TEXTS.jsonl: one object with the key "text" in each line. Each side runs in its own process; reading the file is
not counted.
"""

import argparse
import json
import resource
import subprocess
import sys
import time


def library(texts: list[str], k: int):
    import clippings as cl
    from clippings.core.tables import make_table

    rows = [
        {"article": f"{number:06d}", "start": 0, "end": len(text), "text": text, "label": "body"}
        for number, text in enumerate(texts)
    ]
    passages = make_table("passages", rows)
    del rows
    start = time.process_time()
    cl.find_clusters(passages, k=k)
    return time.process_time() - start


def peer(texts: list[str], k: int):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    start = time.process_time()
    vectorizer = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, min_df=3, max_df=0.5, max_features=20000
    )
    NMF(k, init="nndsvda", random_state=0, max_iter=400).fit_transform(
        vectorizer.fit_transform(texts)
    )
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts")
    parser.add_argument("--k", type=int, default=20)
    parser.add_argument(
        "--side", choices=["library", "peer"], help="run this side only, in this process"
    )
    given = parser.parse_args()
    if given.side:
        with open(given.texts, encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        seconds = {"library": library, "peer": peer}[given.side](texts, given.k)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{given.side}: {len(texts):,} texts, k = {given.k}: {seconds:.1f} CPU s, peak {memory:,} MB"
        )
        return
    for side in ("library", "peer"):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "benchmarks.clusters_speed",
                given.texts,
                "--k",
                str(given.k),
                "--side",
                side,
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
