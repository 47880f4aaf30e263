"""Topics of many passages: CPU seconds and peak memory compared with TF-IDF and NMF, in one run.

    python -m benchmarks.topics_speed FOLDER [--articles 100000] [--k 20]

FOLDER contains text files, also in subfolders. Further articles are generated from their
paragraphs in random order, with a tenth of the paragraphs from another article. Both sides get the
same articles: the library their paragraphs as passages, scikit-learn their whole texts, as a user
of each would. Each side runs in its own process; reading and generating are not counted.
"""

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

# The share of the paragraphs of a generated article that come from another article.
FOREIGN_SHARE = 0.1


def generate(folder: Path, number: int) -> list[list[str]]:
    """Return the paragraphs of this number of articles."""
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))
    ]
    originals = [
        [line.strip() for line in text.splitlines() if line.strip()] for text in texts if text
    ]
    draw = random.Random(0)
    draw.shuffle(originals)
    articles = originals[:number]
    while len(articles) < number:
        paragraphs = list(draw.choice(originals))
        draw.shuffle(paragraphs)
        others = draw.choice(originals)
        articles.append(
            [
                draw.choice(others) if draw.random() < FOREIGN_SHARE else paragraph
                for paragraph in paragraphs
            ]
        )
    return articles


def library(articles: list[list[str]], k: int) -> float:
    """Return the CPU seconds of `find_topics`."""
    import clippings as cl
    from clippings.core.tables import make_table

    rows = []
    for number, paragraphs in enumerate(articles):
        start = 0
        for paragraph in paragraphs:
            end = start + len(paragraph)
            rows.append(
                {
                    "article": f"{number:06d}",
                    "start": start,
                    "end": end,
                    "text": paragraph,
                    "label": "body",
                    "language": "en",
                }
            )
            start = end + 1
    passages = make_table("passages", rows)
    rows.clear()
    begin = time.process_time()
    topics = cl.find_topics(passages, k=k)
    seconds = time.process_time() - begin
    share = len(topics) / len(passages)
    print(f"{len(passages):,} passages, {topics.label.nunique()} topics, {share:.0%} with a topic")
    return seconds


def peer(articles: list[list[str]], k: int) -> float:
    """Return the CPU seconds of TF-IDF and NMF in scikit-learn."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ["\n".join(paragraphs) for paragraphs in articles]
    begin = time.process_time()
    vectorizer = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, min_df=3, max_df=0.5, max_features=20000
    )
    model = NMF(k, init="nndsvda", random_state=0, max_iter=400)
    model.fit_transform(vectorizer.fit_transform(texts))
    return time.process_time() - begin


SIDES = {"library": library, "peer": peer}


def main() -> None:
    """Run both sides, or one of them in this process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--k", type=int, default=20)
    parser.add_argument("--side", choices=list(SIDES), help="run this side only, in this process")
    given = parser.parse_args()
    if not given.side:
        for side in SIDES:
            command = [sys.executable, "-m", "benchmarks.topics_speed", *sys.argv[1:]]
            subprocess.run([*command, "--side", side], check=True)
        return
    articles = generate(given.folder, given.articles)
    seconds = SIDES[given.side](articles, given.k)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{given.side}: {len(articles):,} articles, k = {given.k}: "
        f"{seconds:.1f} CPU s, peak {memory:,} MB"
    )


if __name__ == "__main__":
    main()
