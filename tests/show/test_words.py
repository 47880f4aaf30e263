"""The words of charts, evidence and widgets: every one is used, plurals agree, and one text to read."""

import re
from pathlib import Path
from string import Formatter

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.show import wording
from helpers import articles_of

PACKAGE = Path(wording.__file__).parent
GOLDEN = Path(__file__).with_name("words_of_charts.txt")


def names_of_words() -> list[str]:
    return [name for name in vars(wording) if name.isupper()]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_text_is_used_and_every_used_text_is_there():
    sources = [path.read_text() for path in PACKAGE.glob("*.py") if path.name != "wording.py"]
    used = {
        name for source in sources for name in re.findall(r"\bwording\.([A-Z][A-Z_]+)\b", source)
    }
    assert used == set(names_of_words())


def test_both_forms_of_a_plural_have_the_same_fields():
    plurals = {
        name: value
        for name in names_of_words()
        if isinstance(value := getattr(wording, name), wording.Plural)
    }
    assert len(plurals) > 5
    differing = {
        name: plural
        for name, plural in plurals.items()
        if not fields(plural.one) <= fields(plural.other)
    }
    assert differing == {}
    assert wording.Plural("{number} day", "{number} days").fill(1) == "1 day"
    assert wording.Plural("{number} day", "{number} days").fill(0) == "0 days"


def test_text_with_braces_is_filled_in_as_it_is():
    filled = wording.CLAIM_NAME_WITH_PLACE.format(kind="{place}", place="{0}")
    assert filled == "{place} in {0}"


def small_charts() -> list:
    """Every chart of a small table, and of one that asks for other words."""
    zones = pd.DataFrame({"article": ["a", "b"], "label": ["body", "form"], "words": [30, 10]})
    pair = {"article_a": ["a", "a"], "article_b": ["a", "b"], "words": [80, 1]}
    lengths = {"title_a": "A", "title_b": "B", "length_a": 900, "length_b": 500}
    shared = pd.DataFrame(pair).assign(**lengths)
    repeats = make_table(
        "repeats",
        [
            {"article": "a", "start": 0, "end": 90, "relation": relation, "words": 8}
            for relation in wording.RELATIONS
        ],
    )
    themes = pd.DataFrame({"label": ["river_level"], "article": ["a"], "size": [2]})
    topics = pd.DataFrame(
        {"label": ["floods", "rain"], "parent": ["", "floods"], "articles": [3, 2]}
    )
    words = pd.DataFrame(
        {"word": ["dam", "rain"], "log_ratio": [3.0, 2.0], "low": [1.0, 0.5], "high": [4.0, 3.0]}
    )
    key_terms = pd.DataFrame(
        {"group": ["north", "south"], "term": ["dam wall", "rain"], "is_name": False, "rank": 1}
    ).assign(group_articles=3, log_ratio=[3.0, 2.0], low=[1.0, 0.5], high=[4.0, 3.0])
    stability = pd.DataFrame(
        {
            "k": [2, 3],
            "stability": [0.7, 0.5],
            "lowest": 0.2,
            "fit": 0.1,
            "score": [0.07, 0.05],
            "proposed": [True, False],
        }
    ).assign(tried=16, articles=24)
    speakers = pd.DataFrame(
        {"label": ["Ann", ""], "source_type": ["official", ""], "words": [30, 10]}
    )
    together = pd.DataFrame({"actor_a": ["Ann", "Ann"], "actor_b": ["Bob", "Eve"], "count": [5, 1]})
    origins = pd.DataFrame({"claim": ["x", "y", "y"], "origin": ["A", "A", "B"]})
    origins = origins.assign(
        folded_into="", mentions=1, kind="breach", place=["", "Ostrand", "Ostrand"]
    )
    events = make_table("events"), make_table("amounts")
    dated = {"likely_earliest": pd.Timestamp("2021-03-01")}
    dated |= {"likely_latest": pd.Timestamp("2021-03-14")}
    articles = [
        {"article": name, "start": 0, "end": 0, "label": "article"} | dated for name in "abc"
    ]
    articles[2] = articles[2] | {"likely_latest": pd.NaT}
    on_days = [article | {"likely_latest": dated["likely_earliest"]} for article in articles[:2]]
    return [
        cl.chart_zones(zones),
        cl.chart_shared(shared, repeats),
        cl.chart_themes(themes),
        cl.chart_themes(themes.assign(duplicate_status="shared")),
        cl.chart_topics(topics),
        cl.chart_keyness(words),
        cl.chart_keyness(words.assign(low=-1.0)),
        cl.chart_key_terms(key_terms),
        cl.chart_stability(stability),
        cl.chart_stability(stability[:1]),
        cl.chart_speakers(speakers),
        cl.chart_speakers(speakers[1:]),
        cl.chart_network(together, n=1),
        cl.chart_origins(origins),
        cl.chart_origins(origins[:1]),
        cl.chart_timeline(make_table("dates", articles), *events),
        cl.chart_timeline(make_table("dates", articles[:2]), *events),
        cl.chart_timeline(make_table("dates", articles[:1]), *events),
        cl.chart_timeline(make_table("dates", articles[2:]), *events),
        cl.chart_timeline(make_table("dates", on_days + articles[2:]), *events),
        cl.chart_timeline(make_table("dates", on_days), *events),
        cl.chart_timeline(make_table("dates", on_days[:1]), *events),
        cl.chart_zones(zones[:0]),
        *charts_of_periods(),
    ]


def charts_of_periods() -> list:
    """The chart of periods with each of its findings and captions."""
    days = ["2021-03-01"] * 6 + ["2021-03-08"] * 6 + ["2021-03-22"] * 6
    articles = articles_of(*["Rain"] * len(days))
    articles = articles.assign(
        published_from=pd.Series(days, dtype="datetime64[s]"),
        published_to=pd.Series(days, dtype="datetime64[s]"),
    )
    with_range = articles.assign(
        published_to=articles.published_to.mask(articles.index == 0, pd.Timestamp("2021-03-30"))
    )
    with_range.loc[1, ["published_from", "published_to"]] = pd.NaT
    with_stray = articles.assign(
        published_from=articles.published_from.mask(articles.index == 0, pd.Timestamp("2001-03-01"))
    )
    with_stray = with_stray.assign(
        published_to=with_stray.published_to.mask(articles.index == 0, pd.Timestamp("2001-03-01"))
    )
    undated = articles.assign(published_from=pd.NaT, published_to=pd.NaT)

    def counts_of(numbers: list[int], dated: pd.DataFrame, **options) -> pd.DataFrame:
        rows = [
            {"article": f"a{number}.txt", "start": 0, "end": 4, "text": "Rain", "label": "big_rain"}
            for number in numbers
        ]
        options = {"period": "week"} | options
        return cl.count_periods(make_table("themes", rows), dated, **options)

    passages = cl.find_passages(articles)
    steady = [0, 3, 6, 9, 12, 15]
    return [
        cl.chart_periods(counts_of(list(range(12, 18)), articles)),  # new
        cl.chart_periods(counts_of([0, *range(11, 18)], articles)),  # rises
        cl.chart_periods(counts_of([*range(7), 17], articles)),  # falls
        cl.chart_periods(counts_of(list(range(6)), articles)),  # is gone
        cl.chart_periods(counts_of([1, 6, 7, 8], articles)),  # a peak
        cl.chart_periods(counts_of(steady, with_range)),
        cl.chart_periods(counts_of(steady, with_range), measure="share"),
        cl.chart_periods(counts_of(steady, with_range, passages=passages), measure="rate"),
        cl.chart_periods(counts_of([0, 16], articles, period="day")),
        cl.chart_periods(counts_of([0, 16], articles, period="month")),
        cl.chart_periods(counts_of(list(range(18)), articles)),
        cl.chart_periods(counts_of([0, 17], articles.iloc[[0, 17]])),
        cl.chart_periods(counts_of([0], articles[:1], period="year")),
        cl.chart_periods(counts_of([0], with_range[:1])),
        cl.chart_periods(counts_of([0], with_range.iloc[[0, 2]])),
        cl.chart_periods(counts_of([0, 17], with_stray, period="day")),
        cl.chart_periods(counts_of([0], undated)),
        cl.chart_periods(counts_of([0], undated[:1])),
        cl.chart_periods(counts_of([], articles)),
    ]


def test_the_words_of_charts_read_well():
    """After a change of words, read the difference, then copy the new text to the file."""
    lines = []
    for figure in small_charts():
        lines += [figure.finding, f"  {figure.get_label()}"]
        for axes in figure.axes:
            lines += [f"  {axes.get_xlabel()}"] if axes.get_xlabel() else []
        for legend in figure.legends:
            lines.append(f"  {', '.join(text.get_text() for text in legend.get_texts())}")
            caption = " ".join(legend.get_title().get_text().split())
            # A short title names the entries; a sentence is a caption of the chart.
            lines += [f"  {caption}"] if caption.endswith(".") else []
    assert "\n".join(lines) + "\n" == GOLDEN.read_text(encoding="utf-8")
