"""Thin wrappers of the public functions, so that any external scorer can call the library.

Texts in, plain Python out; offsets are characters of the given text. `corpus` is a folder whose codebook applies.
"""

import tempfile
from pathlib import Path

import networkx
import numpy as np
import pandas as pd

import clippings as cl
from clippings.actors.speaker_choice import TRANSCRIBED
from clippings.core.search_terms import find_term
from clippings.core.sentences import sentence_spans
from clippings.core.tables import make_table
from clippings.themes import statistics as measures
from clippings.themes.statistics import g2

KINDS = {"person": "PER", "organisation": "ORG", "group": "ORG", "place": "LOC"}


def _articles(texts: dict[str, str], published: str | None = None) -> pd.DataFrame:
    day = pd.Timestamp(published) if published else pd.NaT
    rows = [
        {"article": name, "text": text, "published_from": day, "published_to": day}
        for name, text in texts.items()
    ]
    return make_table("articles", rows)


def _story(text: str) -> pd.DataFrame:
    """A text without a page around it: each line is a paragraph of story."""
    passages = cl.find_passages(_articles({"text": text}))
    return passages.assign(label="body")


def _codebook(corpus=None) -> dict[str, pd.DataFrame]:
    return cl.read_codebook(corpus or "")


def _days(row) -> tuple:
    names = ("earliest", "latest", "likely_earliest", "likely_latest")
    return tuple(
        None if pd.isna(getattr(row, name)) else f"{getattr(row, name):%Y-%m-%d}" for name in names
    )


def zones(text):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.txt").write_text(text, encoding="utf-8", newline="")
        passages = cl.find_passages(cl.read_articles(folder))
    return [(row.start, row.end, row.label) for row in passages.itertuples()]


def sentences(text):
    return sentence_spans(text)


def names(text, corpus=None):
    mentions = cl.find_mentions(_story(text), _codebook(corpus)["actors"])
    return [
        (row.start, row.end, KINDS.get(row.type, "PER")) for row in mentions.itertuples()
    ]  # undecided: the commonest


def _quotes(text, corpus=None) -> pd.DataFrame:
    story = _story(text)
    return cl.find_quotes(story, cl.find_mentions(story, _codebook(corpus)["actors"]))


def _with_speaker(quotes: pd.DataFrame) -> list[tuple]:
    spans = quotes[["start", "end", "speaker_start", "speaker_end"]].fillna(-1).astype("int64")
    spans = spans.drop_duplicates()  # "they said" has a row for each of them
    return [tuple(row) for row in spans.itertuples(index=False)]


def quotes(text):
    """Statements; words in marks inside a reported clause are part of it."""
    found = _quotes(text)
    clauses = found[found.kind == "indirect"]
    inside = [
        ((clauses.start <= row.start) & (clauses.end >= row.end)).any()
        for row in found.itertuples()
    ]
    return _with_speaker(
        found[(found.kind == "indirect") | ~pd.Series(inside, index=found.index, dtype="bool")]
    )


def direct_quotes(text):
    """Those in double quotation marks, straight or curly, opened by an opening mark: as in the gold."""
    found = _quotes(text)
    found = found[(found.kind != "indirect") & (found.rule != TRANSCRIBED)]
    return _with_speaker(found[found.text.str.startswith(("“", '"'))])


def statements(text, corpus=None):
    columns = ["start", "end", "kind", "label", "told_to", "via", "source_type", "anonymous"]
    return _quotes(text, corpus)[columns].rename(columns={"label": "speaker"}).to_dict("records")


def times(text, published, mode="news"):
    story = make_table(
        "passages",
        [{"article": "text", "start": 0, "end": len(text), "text": text, "label": "body"}],
    )
    found = cl.find_times(story, _articles({"text": text}, published), mode=mode)
    return [(row.start, row.end, row.label, row.value) for row in found.itertuples()]


def times_narrative(text, published):
    return times(text, published, mode="narrative")


def written(text, calendar=None):
    with tempfile.TemporaryDirectory() as folder:
        if calendar:
            Path(folder, "codebook").mkdir()
            Path(folder, "codebook", "calendar.csv").write_bytes(Path(calendar).read_bytes())
        codebook = cl.read_codebook(folder)
    articles, story = _articles({"text": text}), _story(text)
    found = cl.find_times(story, articles)
    constraints = cl.find_constraints(
        articles, found, make_table("events"), cl.find_cues(story, codebook["calendar"])
    )
    return _days(cl.find_dates(constraints).query("label == 'article'").iloc[0])


def _all(folder) -> dict[str, pd.DataFrame]:
    return cl.find_all(cl.read_articles(folder), cl.read_codebook(folder))


def bounds(folder):
    dates = _all(folder)["dates"]
    return {
        "articles": {
            row.article: _days(row) for row in dates[dates.label == "article"].itertuples()
        },
        "times": [
            (r.article, r.start, r.end, *_days(r)[2:])
            for r in dates[dates.label == "time"].itertuples()
        ],
    }


def events(folder):
    tables = _all(folder)
    amounts = tables["amounts"][tables["amounts"].event_start.notna()].sort_values(
        "low"
    )  # the largest is the whole
    sizes = {(row.article, row.event_start): (row.low, row.high) for row in amounts.itertuples()}
    return [
        (
            row.article,
            row.start,
            row.end,
            row.label,
            row.modality,
            *sizes.get((row.article, row.start), (None, None)),
        )
        for row in tables["events"].itertuples()
    ]


def claims(folder):
    kept = _all(folder)["claims"].query("status != 'rejected'")
    spans = [(row.article, row.start, row.end) for row in kept.itertuples()]
    groups = pd.Series(spans, index=kept.index, dtype="object").groupby(kept.label)
    return [list(group) for _, group in groups]


def themes(texts, corpus="seeds"):
    passages = cl.find_passages(_articles(texts))
    found = cl.find_themes(passages[passages.label.isin(cl.STORY)], _codebook(corpus)["themes"])
    columns = {"label": "theme", "article": "file"}
    return (
        found.query("side == 'for'")
        .rename(columns=columns)[["theme", "file", "start", "end"]]
        .to_dict("records")
    )


def clusters(texts, k, seed):
    named = {f"{number:06d}": text for number, text in enumerate(texts)}
    passages = pd.concat(
        [_story(text).assign(article=name) for name, text in named.items()], ignore_index=True
    )
    found = cl.find_clusters(passages, k=k).drop_duplicates("article").set_index("article").label
    found = found[found != ""]  # articles in no group
    groups = sorted(found.unique())
    return {
        "labels": [groups.index(found[name]) if name in found.index else None for name in named],
        "terms": [group.split(" · ") for group in groups],
    }


# known answers of statistics


def g2_two_cell(a, b, n1, n2):
    return float(g2([a, b], [n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)]))


def g2_four_cell(a, b, n1, n2):
    size, rest = n1 + n2, n1 + n2 - a - b
    expected = [n1 * (a + b) / size, n2 * (a + b) / size, n1 * rest / size, n2 * rest / size]
    return float(g2([a, b, n1 - a, n2 - b], expected))


def log_ratio(a, b, n1, n2):
    return float(measures.log_ratio(a, b, n1, n2))


def lrc(a, b, n1, n2, tests=1):
    return measures.conservative_log_ratio(a, b, n1, n2, tests=tests)


def weighted_log_odds(y1, y2, alpha, terms):
    return measures.log_odds(y1, y2, np.array(alpha), np.array(alpha), terms=terms).tolist()


def weighted_log_odds_vs_all(counts, prior):
    counts = np.array(counts)
    prior = counts.sum(axis=0) if prior == "total" else np.ones(counts.shape[1])
    return [
        measures.log_odds(row, counts.sum(axis=0), prior, len(counts) * prior).tolist()
        for row in counts
    ]


def dispersion(freqs, sizes):
    found = measures.dispersion(freqs, sizes)
    return {
        "range": found.parts,
        "D": found.juilland_d,
        "D2": found.carroll_d2,
        "S": found.rosengren_s,
        "DP": found.dp,
        "DPnorm": found.dp_norm,
        "KL": found.kl_divergence,
    }


def bigram_t(n12, n1, n2, n):
    return measures.collocation(n12, n1, n2, n).t


def bigram_chi2(n12, n1, n2, n):
    return measures.collocation(n12, n1, n2, n).chi2


def bigram_g2(n12, n1, n2, n):
    return measures.collocation(n12, n1, n2, n).g2


def npmi(n12, n1, n2, n):
    return measures.collocation(n12, n1, n2, n).npmi


def krippendorff_alpha(rows, level):
    return measures.krippendorff_alpha(rows, level)


def best_modularity(edges):
    """The best of twenty runs of Louvain's method, which the network of actors could be grouped by."""
    graph = networkx.Graph(edges)
    found = (networkx.community.louvain_communities(graph, seed=seed) for seed in range(20))
    return max(networkx.community.modularity(graph, groups) for groups in found)


def mentions(text, corpus=None):
    found = cl.find_mentions(_story(text), _codebook(corpus)["actors"])
    return [(row.text, row.type, row.role) for row in found.itertuples()]


def amounts(text):
    """Amounts with what is counted and the interval."""
    found = cl.find_amounts(_story(text), make_table("events"))
    return [(row.text, row.label, row.low, row.high) for row in found.itertuples()]


def matches(term, text):
    return bool(find_term(term, text))
