"""Small tables for tests, made from strings; and the paths of the corpora."""

import re
from pathlib import Path

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.corpus.codebook import TABLES

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
FLOOD = ROOT / "lib" / "clippings" / "data" / "flood"


def articles_of(*texts: str, **columns) -> pd.DataFrame:
    """One article per text, named a0.txt, a1.txt …"""
    rows = [
        {"article": f"a{number}.txt", "text": text, "title": "", **columns}
        for number, text in enumerate(texts)
    ]
    return make_table("articles", rows)


def story_of(*texts: str) -> pd.DataFrame:
    """One passage of body per text, each an article of its own."""
    rows = [
        {"article": f"a{n}.txt", "start": 0, "end": len(text), "text": text, "label": "body"}
        for n, text in enumerate(texts)
    ]
    return make_table("passages", rows)


def codebook_of(name: str, *rows: dict) -> pd.DataFrame:
    """A codebook table; columns that a row leaves out are empty."""
    return pd.DataFrame(
        [dict.fromkeys(TABLES[name], "") | row for row in rows], columns=TABLES[name], dtype="str"
    )


def files_below(folder: Path) -> dict[str, bytes]:
    """The contents of every file in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def lines_of(text: str) -> list[str]:
    """The lines of one of our own files: only a newline ends a line, whatever str.splitlines does."""
    return text.removesuffix("\n").split("\n") if text else []


def chain(
    passages: pd.DataFrame, articles: pd.DataFrame, codebook: dict
) -> dict[str, pd.DataFrame]:
    """Every finder that sees one article at a time."""
    mentions = cl.find_mentions(passages, codebook["actors"])
    quotes = cl.find_quotes(passages, mentions)
    times = cl.find_times(passages, articles)
    events = cl.find_events(passages, codebook["events"], mentions, times, quotes)
    return {
        "page_dates": cl.find_page_dates(passages, articles),
        "phrases": cl.find_phrases(passages, r"\w+ed\b"),
        "themes": cl.find_themes(passages, codebook["themes"]),
        "mentions": mentions,
        "quotes": quotes,
        "times": times,
        "events": events,
        "amounts": cl.find_amounts(passages, events),
        "cues": cl.find_cues(passages, codebook["calendar"]),
    }


def whole(articles: pd.DataFrame, codebook: dict) -> dict[str, pd.DataFrame]:
    """Every finder, from passages to claims, clusters and topics."""
    passages = cl.find_passages(articles)
    found = {"passages": passages, "repeats": cl.find_repeats(passages, articles, min_words=3)}
    found |= chain(passages, articles, codebook)
    found["constraints"] = cl.find_constraints(
        articles, found["times"], found["events"], found["cues"]
    )
    found["dates"] = cl.find_dates(found["constraints"])
    found["claims"] = cl.find_claims(found["events"], found["amounts"], found["dates"])
    found["clusters"] = cl.find_clusters(passages, k=2)
    found["topics"] = cl.find_topics(passages)
    return found


def placed_in(texts: dict[str, tuple[str, str]], row) -> tuple[str, int, int]:
    """Return the article and the span of the trigger in [[ ]] in the sentence of a gold row.

    `texts` maps the beginnings of ids to the articles and their texts.
    """
    article, text = texts[row.article]
    before, trigger, after = re.split(r"\[\[|\]\]", row.sentence)
    start = text.index(before + trigger + after) + len(before)
    return article, start, start + len(trigger)
