"""What is shown: pages, evidence, alignments, charts; everything from articles is escaped."""

import io
import itertools
import re

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.alignment import _edits, show_alignment
from clippings.show.article_page import MOST_CHARACTERS
from clippings.show.figure import INK, STORY_COLOUR, marks_of, picture
from helpers import articles_of, story_of

EVIL = "<script>alert(1)</script> & \"x\" 'y' <b onclick=z>"


def bare(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_text_from_articles_is_escaped_everywhere():
    articles = articles_of(f"{EVIL}\n\n{EVIL}")
    articles["title"] = EVIL
    passages = cl.find_passages(articles)
    repeats = cl.find_repeats(passages, articles, min_words=1)
    evidence = passages.assign(label=EVIL, rule=EVIL)
    constraints = make_table(
        "constraints",
        [
            {
                "article": "a0.txt",
                "start": 0,
                "end": 0,
                "label": "article",
                "relation": "inside",
                "rule": EVIL,
                "because_start": 0,
                "because_end": 9,
                "strength": "hard",
                "trust": 1.0,
                "day_from": pd.Timestamp("2020-01-01"),
            }
        ],
    )
    shown = [
        cl.show_article(articles, "a0.txt", evidence),
        cl.show_evidence(evidence, articles),
        show_alignment(repeats, articles),
        alignment(f"{EVIL} old {EVIL}", f"{EVIL} new {EVIL} {EVIL}"),
        cl.show_reasons(cl.find_dates(constraints), constraints, articles),
        cl.show_brief(
            pd.DataFrame([{"section": EVIL, "sentence": EVIL, "table": "passages", "rows": "0"}]),
            {"passages": evidence, "articles": articles},
        ),
    ]
    for page in shown:
        assert "<script" not in page.html
        assert "<b onclick" not in page.html
        assert "&lt;script&gt;" in page.html


def test_a_page_holds_the_text_once_whatever_overlaps():
    text = "One two three four five."
    articles = articles_of(text)
    spans = [(0, 7, "a"), (4, 13, "b"), (4, 23, "c"), (8, 13, "d"), (0, 24, "e"), (13, 14, "f")]
    layer = make_table(
        "passages",
        [
            {"article": "a0.txt", "start": s, "end": e, "text": text[s:e], "label": label}
            for s, e, label in spans
        ],
    )
    html = cl.show_article(articles, "a0.txt", layer).html
    page = html[html.index("<div") :]
    assert bare(page) == text
    assert 'title="d\nb\nc\ne"' in page


def test_a_long_page_is_cut_and_says_so():
    articles = articles_of("word " * 10_000)
    html = cl.show_article(articles, "a0.txt").html
    assert f"First {MOST_CHARACTERS:,} of 50,000 characters" in bare(html)
    assert len(html) < 2 * MOST_CHARACTERS


def test_a_concordance_is_sorted_by_the_words_to_the_right():
    articles = articles_of("he said no. she said yes. they said maybe.")
    phrases = cl.find_phrases(story_of("he said no. she said yes. they said maybe."), "said")
    lines = repr(cl.show_evidence(phrases, articles, sort="right")).splitlines()
    assert [line.partition("] ")[2].split()[0] for line in lines[:3]] == ["maybe.", "no.", "yes."]


def test_labels_take_turns_in_evidence():
    articles = articles_of("a b c d")
    rows = [
        {"article": "a0.txt", "start": n, "end": n + 1, "text": "abcd"[n // 2], "label": label}
        for n, label in ((0, "x"), (2, "x"), (4, "x"), (6, "y"))
    ]
    shown = repr(cl.show_evidence(make_table("passages", rows), articles, n=2))
    assert [line.partition(":")[0] for line in shown.splitlines()[:2]] == ["x", "y"]


def alignment(first: str, again: str):
    """What is shown of two texts that stand one after the other in one article."""
    articles = articles_of(f"{first}\n{again}")
    row = {
        "article": "a0.txt",
        "start": len(first) + 1,
        "end": len(first) + 1 + len(again),
        "text": again,
        "label": "g",
        "relation": "within",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": len(first),
        "words": 4,
        "similarity": 0.75,
    }
    return show_alignment(make_table("repeats", [row]), articles)


def test_edits_of_an_alignment_are_told_apart_without_colour():
    shown = alignment(
        "The river then rose fast, they said.", "The RIVER fell quickly fast they all said"
    )
    marks = re.findall(
        r"<(del|ins|mark) style=\"[^\"]*?(line-through|underline|dashed)\">([^<]*)</", shown.html
    )
    assert marks[3:] == [  # behind those of the key
        ("mark", "dashed", "then rose"),
        ("mark", "dashed", "fell quickly"),
        ("ins", "underline", "all"),
    ]
    assert repr(shown).splitlines()[1:3] == [
        "  first (a0.txt, 0 to 36): The river [~then rose~] fast, they said.",
        "  again (a0.txt, 37 to 78): The RIVER {~fell quickly~} fast they {+all+} said",
    ]
    assert "The [-old-] man" in repr(alignment("The old man", "The man"))


def test_long_equal_runs_are_shortened_and_nothing_else():
    words = [f"w{number}" for number in range(500)]
    shown = alignment(
        " ".join([*words, "old", *words[:101]]), " ".join([*words, *words[:101], "new"])
    )
    first, again = repr(shown).splitlines()[1:3]
    assert (
        first.partition(": ")[2]
        == f"{' '.join(words[:40])} … 420 equal words … {' '.join(words[-40:])} [-old-] {' '.join(words[:40])} … 21 equal words … {' '.join(words[61:101])}"
    )
    assert again.endswith("{+new+}")
    assert bare(shown.html).count("420 equal words") == 2


def test_every_word_of_a_very_long_pair_is_shown_or_counted():
    random = np.random.default_rng(3)
    first = [f"w{number}" for number in random.integers(0, 3000, 30_000)]
    again = [word for number, word in enumerate(first) if number % 11]
    again[20_000:20_000] = ["new"] * 1_000
    edits = _edits(first, again)
    assert edits[0][1::2] == (0, 0) and edits[-1][2::2] == (30_000, 28_272)
    assert all(
        one[2] == other[1] and one[4] == other[3] for one, other in itertools.pairwise(edits)
    )
    assert all(first[a:b] == again[c:d] for tag, a, b, c, d in edits if tag == "equal")
    assert sum(b - a for tag, a, b, _, _ in edits if tag == "equal") > 0.9 * 27_272


def test_strips_stand_where_the_passages_are(seeds):
    articles, _, tables = seeds
    figure = cl.chart_shared(cl.count_shared(tables["repeats"], articles), tables["repeats"])
    matrix, strips = figure.axes
    lengths = dict(enumerate(articles.text.str.len()))
    drawn = {
        (round(bar.get_y() + 0.3), round(bar.get_x()), round(bar.get_width()))
        for bar in strips.patches
    }
    spans = {(int(r.article[:3]), r.start, r.end - r.start) for r in tables["repeats"].itertuples()}
    assert drawn == spans | {(row, 0, length) for row, length in lengths.items()}
    styles = {(bar.get_facecolor(), bar.get_hatch()) for bar in strips.patches}
    assert len(styles) == len({hatch for _, hatch in styles} - {None, ""}) + 2
    assert {text.get_text() for text in matrix.texts} == {"14", "25", "33", "214"}
    assert (
        figure.finding
        == "261 words are printed again inside 3 articles; 25 words are shared by 1 pair of articles."
    )


def test_the_chain_says_what_was_refused(seeds):
    articles, _, tables = seeds
    shown = repr(
        cl.show_reasons(
            tables["dates"].query("label == 'article'"), tables["constraints"], articles
        )
    )
    assert "not before 2015-10-10 (calendar: SDF founded): “Syrian Democratic Forces”" in shown
    assert "0 to 90 days before the article (no year: a recent one, likely): “October 4”" in shown


def charts_of(tables: dict, articles) -> dict:
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    once = cl.drop_duplicates(tables["themes"])
    return {
        "zones": cl.chart_zones(cl.count_words(tables["passages"], by=["article", "label"])),
        "shared": cl.chart_shared(cl.count_shared(tables["repeats"], articles), tables["repeats"]),
        "themes": cl.chart_themes(once.groupby(["label", "article"], as_index=False).size()),
        "keyness": cl.chart_keyness(cl.count_keyness(story.iloc[:10], story.iloc[10:])),
        "stability": cl.chart_stability(cl.count_stability(story, ks=[2, 3])),
        "speakers": cl.chart_speakers(
            cl.count_words(tables["quotes"], by=["label", "source_type"])
        ),
        "network": cl.chart_network(cl.count_cooccurrence(tables["mentions"], story)),
        "timeline": cl.chart_timeline(tables["dates"], tables["events"], tables["amounts"]),
        "origins": cl.chart_origins(
            cl.count_origins(tables["claims"], tables["quotes"], tables["repeats"], articles)
        ),
    }


def test_charts_give_the_same_bytes_and_say_what_they_show(corpus):
    articles, _, tables = corpus
    again = charts_of(tables, articles)
    for name, figure in charts_of(tables, articles).items():
        for kind in ("png", "svg"):
            assert picture(figure, kind) == picture(again[name], kind), name
        assert figure.get_label().startswith(
            ("Bar chart", "Matrix", "Dot chart", "Network", "Timeline")
        ), name
        numbers = re.findall(r"\d+", figure.finding.partition(" (")[0])
        assert set(numbers) <= set(re.findall(r"\d+", figure.get_label())), name


def test_nothing_is_cut_off_at_the_edges(corpus):
    """The outermost pixels of every chart are paper."""
    articles, _, tables = corpus
    for name, figure in charts_of(tables, articles).items():
        image = np.asarray(Image.open(io.BytesIO(picture(figure, "png"))).convert("L"))
        edges = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        assert edges.min() > 250, name


def test_ink_follows_the_page_and_labels_are_text(corpus):
    articles, _, tables = corpus
    for figure in charts_of(tables, articles).values():
        svg = picture(figure, "svg").decode()
        assert INK in svg
        assert "<text" in svg


def test_the_title_is_counted_from_the_table():
    counts = pd.DataFrame({"article": ["a", "b"], "label": ["body", "form"], "words": [30, 10]})
    assert cl.chart_zones(counts).finding == "75 % of the words are story."
    assert cl.chart_zones(counts, title="Mine").finding == "Mine."


def test_a_figure_shows_itself_with_its_alternative_text():
    counts = pd.DataFrame({"article": ["a"], "label": ["body"], "words": [3]})
    data, metadata = cl.chart_zones(counts)._repr_mimebundle_()
    assert data["image/png"][:4] == b"\x89PNG"
    assert metadata["image/png"]["alt"].startswith("Bar chart of words per article")


def test_a_dollar_sign_is_no_mathematics():
    counts = pd.DataFrame({"label": ["costs $5 and $6"], "article": ["a"], "size": [1]})
    figure = cl.chart_themes(counts)
    assert "costs $5 and $6" in figure.finding
    assert b"costs $5 and $6" in picture(figure, "svg")


def test_exported_tables_come_back_as_they_were(tmp_path):
    cells = ["=1+1", "+x", "-y", "@z", "'quoted", "plain", "NA", 'a,b\r\n"c"', "\tq", ""]
    cl.write_tables({"cells": pd.DataFrame({"text": cells, "n": range(len(cells))})}, tmp_path)
    raw = (tmp_path / "tables" / "cells.csv").read_bytes().decode()
    assert not re.search(r"(?m)^[\"]?[=+\-@]", raw)
    assert cl.read_table(tmp_path / "tables" / "cells.csv").text.to_list() == cells


@pytest.mark.parametrize("name", ["../x", "a b", ""])
def test_a_chart_needs_a_file_name(tmp_path, name):
    with pytest.raises(cl.BadInput, match="is no file name"):
        cl.write_chart(None, None, None, tmp_path, name)


def test_passages_that_touch_on_paper_are_drawn_as_one():
    articles = articles_of("word " * 2000, "word " * 2000)
    row = {
        "article": "a1.txt",
        "relation": "shared",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": 40,
    }
    spans = [
        row | {"start": start, "end": start + 39, "words": 8}
        for start in (*range(0, 4000, 40), 8000)
    ]
    repeats = make_table("repeats", spans)
    _, strips = cl.chart_shared(cl.count_shared(repeats, articles), repeats).axes
    assert [(bar.get_x(), bar.get_width()) for bar in strips.patches[2:]] == [(0, 3999), (8000, 39)]


def timeline_of(*rows: tuple, claims=None, **options):
    """A timeline of one article and of events: (name, modality, earliest, latest, likely from, likely to)."""
    names = ("earliest", "latest", "likely_earliest", "likely_latest")
    dates, events = [], []
    for number, (text, modality, *days) in enumerate(rows):
        own = {"article": f"a{number}.txt", "start": 0, "end": 4, "text": text}
        dates.append(
            own
            | {"label": "event"}
            | {name: pd.Timestamp(day) for name, day in zip(names, days, strict=True)}
        )
        events.append(own | {"label": text, "modality": modality})
    tables = make_table("dates", dates), make_table("events", events), make_table("amounts")
    return cl.chart_timeline(*tables, claims=claims, **options).axes[0]


DAYS = ("2020-01-01", "2020-02-01")


def test_a_bar_of_the_timeline_is_solid_only_where_it_must_lie():
    sure = timeline_of(("fire", "happened", *DAYS, *DAYS))
    fading = timeline_of(("fire", "happened", None, None, *DAYS))
    assert [patch.get_alpha() for patch in sure.patches if patch.get_alpha()] == [0.85]
    assert len([patch for patch in fading.patches if patch.get_alpha()]) == 5
    widths = [patch.get_width() for patch in fading.patches if patch.get_alpha()]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 5


@pytest.mark.parametrize(
    ("modality", "hatch", "line"), [("reported", "////", "-"), ("planned", None, "--")]
)
def test_planned_and_reported_events_look_otherwise(modality, hatch, line):
    outline = timeline_of(("fire", modality, *DAYS, *DAYS)).patches[-1]
    plain = timeline_of(("fire", "happened", *DAYS, *DAYS)).patches[-1]
    assert (outline.get_hatch() or None, outline.get_linestyle()) == (hatch, line)
    assert (plain.get_hatch() or None, plain.get_linestyle()) != (hatch, line)


def test_open_ends_are_arrows_and_one_day_is_a_tick():
    marks = [
        line.get_marker() for line in timeline_of(("fire", "happened", DAYS[0], None, *DAYS)).lines
    ]
    assert marks == ["|", ">"]
    day = timeline_of(("fire", "happened", DAYS[0], DAYS[0], DAYS[0], DAYS[0]))
    assert [line.get_markersize() for line in day.lines] == [6, 6, 12]


def test_tellings_of_one_event_are_joined_and_order_alone_can_be_shown():
    rows = (
        ("fire", "happened", *DAYS, *DAYS),
        ("fire", "reported", *DAYS, "2020-01-10", "2020-01-20"),
    )
    same = [
        {
            "article": f"a{n}.txt",
            "start": 0,
            "end": 4,
            "text": "fire",
            "label": "fire 1",
            "status": "same",
        }
        for n in (0, 1)
    ]
    joined = timeline_of(*rows, claims=make_table("claims", same))
    assert len([line for line in joined.lines if line.get_marker() == "o"]) == 1
    assert [line for line in timeline_of(*rows).lines if line.get_marker() == "o"] == []
    assert timeline_of(*rows, order_only=True).get_xlim() == (-1, 4)


def test_each_mark_of_a_picture_lies_where_it_is_drawn():
    counts = pd.DataFrame(
        {"article": ["a", "b", "b"], "label": ["body", "body", "caption"], "words": [300, 200, 90]}
    )
    figure = cl.chart_zones(counts)
    pixels = np.asarray(Image.open(io.BytesIO(picture(figure, "png"))))
    seen = {}
    for link, (left, top, width, height) in marks_of(figure):
        row, column = (
            round(place * pixels.shape[1] / (6.3 * 96))
            for place in (top + height / 2, left + width / 2)
        )
        seen[link] = bytes(pixels[row, column, :3]).hex()
    assert (
        seen.pop("article=a&label=body")
        == seen.pop("article=b&label=body")
        == STORY_COLOUR.lower().removeprefix("#")
    )
    assert "article=b&label=caption" in seen


def test_marks_unfold_what_they_rest_on_and_escape_it():
    articles = articles_of("Rain <b>fell</b>. It rose.", title="<i>Rain</i>")
    rows = [
        {
            "article": "a0.txt",
            "start": 0,
            "end": 17,
            "text": articles.text[0][:17],
            "label": "body",
        },
        {
            "article": "a0.txt",
            "start": 18,
            "end": 26,
            "text": articles.text[0][18:],
            "label": "caption",
        },
    ]
    passages = make_table("passages", rows)
    counts = cl.count_words(passages, by=["article", "label"])
    html = cl.show_chart(
        cl.chart_zones(counts), counts, passages.query("label == 'body'"), articles
    ).html
    assert re.findall('<summary title="([^"]*)"', html) == ["a0.txt · body: 1 passage"]
    assert "&lt;b&gt;fell&lt;/b&gt;" in html and "<b>fell" not in html and "<i>Rain" not in html
    target = re.search(r'<a href="#([^"]*)"', html)[1]
    assert html.count(f'id="{target}"') == 1


def test_a_mark_of_the_timeline_unfolds_its_reasons_whose_words_lead_to_the_page(flood):
    articles, _, tables = flood
    dates = tables["dates"].merge(articles[["article", "title"]])
    figure = cl.chart_timeline(dates, tables["events"], tables["amounts"])
    html = cl.show_chart(figure, dates, tables["constraints"], articles).html
    reasons = re.findall(r'<li>[^<]*<a href="#([^"]*)"', html)
    assert len(reasons) > 5
    assert all(html.count(f' id="{reason}"') == 1 for reason in reasons)


def test_names_of_the_network_hardly_cover_each_other(corpus):
    tables = corpus[2]
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    figure = cl.chart_network(cl.count_cooccurrence(cl.drop_duplicates(tables["mentions"]), story))
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert len(boxes) > 15
    assert (
        sum(a.overlaps(b) for a, b in itertools.combinations(boxes, 2)) <= 1
    )  # where no side of a mark is free
