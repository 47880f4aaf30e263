"""Bar and dot charts: their counts and marks."""

import pandas as pd

import clippings as cl
from clippings.show.chart_style import SIZES
from clippings.show.figure import marks_of

MAX_ROWS = SIZES["page"].max_rows


def labels_of(figure) -> list[str]:
    """The names on the vertical axis, from the top."""
    return [label.get_text() for label in figure.axes[0].get_yticklabels()][::-1]


def test_the_title_is_counted_from_the_table_or_given():
    counts = pd.DataFrame({"article": ["a", "b"], "label": ["body", "form"], "words": [30, 10]})
    assert "75%" in cl.chart_zones(counts).finding
    assert "40 words" in cl.chart_zones(counts).get_label()
    assert cl.chart_zones(counts, title="Mine").finding == "Mine."


def test_articles_beyond_the_longest_are_counted_in_the_title():
    names = [f"a{number:02}" for number in range(MAX_ROWS + 5)]
    counts = pd.DataFrame({"article": names, "label": "body", "words": range(1, len(names) + 1)})
    figure = cl.chart_zones(counts)
    assert labels_of(figure) == names[5:]
    assert figure.note.startswith(f"{MAX_ROWS} of {MAX_ROWS + 5} ")
    assert figure.note in figure.get_label()


def test_unnamed_speakers_are_rows_of_their_source_type():
    """A speaker may be called as the rows of unnamed ones are: they stay two rows."""
    counts = pd.DataFrame(
        [
            {"label": "Ann", "source_type": "official", "words": 30},
            {"label": "Ann", "source_type": "", "words": 10},
            {"label": "", "source_type": "official", "words": 40},
            {"label": "", "source_type": "", "words": 15},
            {"label": "unnamed: official", "source_type": "", "words": 5},
        ]
    )
    figure = cl.chart_speakers(counts)
    assert len(labels_of(figure)) == 4
    assert "Ann" in figure.finding and "40 of 100 words" in figure.finding
    assert "55%" in figure.finding
    links = {mark.link for mark in marks_of(figure)}
    assert "label=&source_type=official&anonymous=True" in links
    assert "label=Ann&source_type=&anonymous=False" in links
    hatched = [bar.get_hatch() for bar in figure.axes[0].patches if bar.get_hatch()]
    assert len(hatched) == 2


def test_a_speaker_who_could_not_be_identified_is_not_called_unnamed():
    counts = pd.DataFrame(
        [
            {"label": "Ann", "source_type": "", "anonymous": False, "words": 50},
            {"label": "", "source_type": "official", "anonymous": True, "words": 10},
            {"label": "", "source_type": "official", "anonymous": False, "words": 30},
            {"label": "", "source_type": "", "anonymous": False, "words": 10},
        ]
    )
    figure = cl.chart_speakers(counts)
    assert labels_of(figure) == ["Ann", "speaker not identified", "unnamed: official"]
    assert "10%" in figure.finding
    hatches = {bar.get_hatch() for bar in figure.axes[0].patches}
    assert len(hatches) == 3


def test_no_named_speaker_is_no_error():
    counts = pd.DataFrame({"label": [""], "source_type": ["official"], "words": [5]})
    assert cl.chart_speakers(counts).finding


def test_claims_are_named_by_their_kind_and_place_and_linked_by_their_label():
    counts = pd.DataFrame(
        {
            "claim": ["river_flood in New York 39a2ce", "breach 0f0f0f"],
            "kind": ["river_flood", "breach"],
            "place": ["New York", ""],
            "origin": ["x", "y"],
            "folded_into": ["", "not independent"],
            "mentions": [1, 1],
        }
    )
    figure = cl.chart_origins(counts)
    assert labels_of(figure) == ["river flood in New York", "breach"]
    assert {mark.link for mark in marks_of(figure)} == {
        "label=river_flood+in+New+York+39a2ce",
        "label=breach+0f0f0f",
    }
    assert [bar.get_width() for bar in figure.axes[0].patches] == [0, 1]
    unknown = counts.drop(columns=["kind", "place"])
    assert labels_of(cl.chart_origins(unknown))[1] == "breach 0f0f0f"


def test_of_claims_with_equally_many_sources_the_most_mentioned_ones_are_drawn():
    counts = pd.DataFrame({"claim": ["a", "b", "c"], "origin": "x", "folded_into": ""})
    figure = cl.chart_origins(counts.assign(mentions=[1, 5, 3]), n=2)
    assert labels_of(figure) == ["b", "c"]


def test_key_words_in_the_title_are_those_whose_interval_lies_above_zero():
    counts = pd.DataFrame(
        {"word": ["dam", "as"], "log_ratio": [2.0, 1.0], "low": [1.0, -0.5], "high": [3.0, 2.5]}
    )
    assert "dam" in cl.chart_keyness(counts).finding
    assert "as" not in cl.chart_keyness(counts).finding.replace("\n", " ").split()
    assert "dam" not in cl.chart_keyness(counts.assign(low=-1.0)).finding


def test_a_sample_is_mentioned_only_where_there_was_one():
    counts = pd.DataFrame(
        {"k": [2, 3], "stability": [1.0, 0.5], "lowest": [0.9, 0.2], "fit": [0.1, 0.2]}
    ).assign(score=[0.1, 0.1], proposed=[True, False], tried=16, articles=24)
    sampled = cl.chart_stability(counts).finding
    assert "16" in sampled and "24" in sampled
    whole = cl.chart_stability(counts.assign(tried=24)).finding
    assert "24" not in whole and len(whole) < len(sampled)
    assert not cl.chart_stability(counts[:1]).axes
