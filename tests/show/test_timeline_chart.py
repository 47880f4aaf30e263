"""The timeline: bars, limits, arrows, and reports of the same event."""

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.figure import draw_picture

RANGE = ("2020-01-01", "2020-02-01")
LIMITS = ("earliest", "latest", "likely_earliest", "likely_latest")


def timeline_of(*rows: tuple, claims=None, amounts=(), **options):
    """A timeline of events: (name, modality, earliest, latest, likely earliest, likely latest)."""
    dates, events = [], []
    for number, (text, modality, *days) in enumerate(rows):
        place = {"article": f"a{number}.txt", "start": 0, "end": 4, "text": text}
        limits = {name: pd.Timestamp(day) for name, day in zip(LIMITS, days, strict=True)}
        dates.append(place | {"label": "event"} | limits)
        events.append(place | {"label": text, "modality": modality})
    tables = (
        make_table("dates", dates),
        make_table("events", events),
        make_table("amounts", amounts),
    )
    return cl.chart_timeline(*tables, claims=claims, **options).axes[0]


def claim_of(*numbers: int, status: str = "same") -> pd.DataFrame:
    """One claim of the events of these articles."""
    return make_table(
        "claims",
        [
            {"article": f"a{n}.txt", "start": 0, "end": 4, "label": "fire 1", "status": status}
            for n in numbers
        ],
    )


def names_of(axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()][::-1]


def test_a_bar_is_solid_only_if_both_ends_are_certain():
    solid = timeline_of(("fire", "happened", *RANGE, *RANGE))
    fading = timeline_of(("fire", "happened", None, None, *RANGE))
    assert [bar.get_alpha() for bar in solid.patches if bar.get_alpha()] == [0.85]
    widths = [bar.get_width() for bar in fading.patches if bar.get_alpha()]
    assert len(set(widths)) == 5 and widths == sorted(widths, reverse=True)
    half = timeline_of(("fire", "happened", RANGE[0], None, *RANGE))
    bars = [bar for bar in half.patches if bar.get_alpha()]
    assert len({bar.get_x() for bar in bars}) == 1 and len({bar.get_width() for bar in bars}) == 5


def test_modalities_differ_by_hatch_and_line():
    looks = {}
    for modality in ("happened", "reported", "planned", "habitual", "denied"):
        axes = timeline_of(("fire", modality, *RANGE, *RANGE))
        outline = axes.patches[-1]
        filled = any(bar.get_alpha() for bar in axes.patches)
        looks[modality] = (outline.get_hatch() or "", outline.get_linestyle(), filled)
    assert len(set(looks.values())) == len(looks)
    assert looks["planned"] == ("", "--", False)


def test_open_ends_are_arrows_and_a_single_day_is_a_tick():
    open_end = timeline_of(("fire", "happened", RANGE[0], None, *RANGE))
    assert [line.get_marker() for line in open_end.lines] == ["|", ">"]
    day = timeline_of(("fire", "happened", RANGE[0], RANGE[0], RANGE[0], RANGE[0]))
    assert [line.get_markersize() for line in day.lines] == [6, 6, 12]


def test_reports_of_an_event_are_joined_unless_rejected():
    rows = (
        ("fire", "happened", *RANGE, *RANGE),
        ("fire", "reported", *RANGE, "2020-01-10", "2020-01-20"),
    )

    def joins(claims) -> int:
        axes = timeline_of(*rows, claims=claims)
        return sum(line.get_marker() == "o" for line in axes.lines)

    assert joins(claim_of(0, 1)) == 1
    assert joins(None) == 0
    assert joins(claim_of(0, 1, status="rejected")) == 0


def test_order_alone_has_steps_of_equal_width():
    rows = (
        ("fire", "happened", *RANGE, *RANGE),
        ("rain", "happened", *RANGE, "2020-01-10", "2020-01-20"),
    )
    assert timeline_of(*rows, order_only=True).get_xlim() == (-1, 4)


def test_an_undated_report_is_drawn_for_its_number_if_another_one_dates_the_event():
    rows = (
        ("fire", "happened", *RANGE, *RANGE),
        ("fire", "reported", None, None, None, None),
        ("rain", "reported", None, None, None, None),
    )
    amount = {"article": "a1.txt", "start": 0, "end": 2, "text": "40", "label": "houses"}
    amount |= {"low": 40.0, "high": 40.0, "event_start": 0, "event_end": 4}
    numbered = timeline_of(*rows, claims=claim_of(0, 1), amounts=[amount])
    assert names_of(numbered) == ["fire", "fire: 40 houses"]
    assert names_of(timeline_of(*rows, amounts=[amount])) == ["fire"]


def test_an_event_is_named_with_its_participant_place_and_number():
    day = dict.fromkeys(LIMITS, pd.Timestamp("2020-01-01"))
    span = {"article": "a.txt", "start": 0, "end": 4, "text": "fire"}
    event = span | {"label": "arrest", "modality": "happened", "target": "Lund", "place": "Tolmere"}
    tables = make_table("dates", [span | {"label": "event"} | day]), make_table("events", [event])
    axes = cl.chart_timeline(*tables, make_table("amounts")).axes[0]
    assert names_of(axes) == ["arrest (Lund) in Tolmere"]


def test_of_too_many_events_those_that_most_articles_report_are_drawn():
    days = pd.date_range("2020-01-01", periods=40)
    rows = [(f"fire {n}", "happened", day, day, day, day) for n, day in enumerate(days)]
    axes = timeline_of(*rows, claims=claim_of(35, 38))
    names = names_of(axes)
    assert len(names) == 30
    assert names[:1] == ["fire 0"] and names[-2:] == ["fire 35", "fire 38"]


def timeline_of_articles(*ranges: tuple):
    """A timeline of articles with these likely ranges."""
    rows = [
        {
            "article": f"a{number:02}.txt",
            "start": 0,
            "end": 0,
            "label": "article",
            "likely_earliest": pd.Timestamp(first),
            "likely_latest": pd.Timestamp(last),
        }
        for number, (first, last) in enumerate(ranges)
    ]
    return cl.chart_timeline(make_table("dates", rows), make_table("events"), make_table("amounts"))


def articles_dated(*ranges: tuple):
    """The finding of a timeline of articles with these likely ranges."""
    return timeline_of_articles(*ranges).finding


def test_the_title_says_how_many_articles_are_dated_and_how_closely():
    close, wide, open_range = RANGE, ("2020-01-01", "2020-12-31"), ("2020-01-01", None)
    every = articles_dated(close, wide, wide)
    assert "3 articles" in every and "32 days" in every
    partly = articles_dated(close, wide, open_range)
    assert "2 of 3 articles" in partly and "32 days" in partly
    assert "32 days" in articles_dated(close)
    assert "day" not in articles_dated(open_range, open_range)
    assert "1 day." in articles_dated(("2020-01-01", "2020-01-01"), close, close)


def test_the_title_gives_the_period_if_half_of_the_articles_are_dated_to_the_day():
    days = [(f"2020-01-{day:02}", f"2020-01-{day:02}") for day in (9, 3, 5)]
    assert "3 to 9 January 2020" in articles_dated(*days)
    assert "3 of 5 articles" in articles_dated(*days, RANGE, RANGE)
    assert "2020" not in articles_dated(*days, *[RANGE] * 4)


def test_articles_are_in_order_of_their_dates():
    figure = timeline_of_articles((None, None), ("2020-03-01", "2020-03-02"), RANGE)
    order = [name.split()[-1] for name in names_of(figure.axes[0])]
    assert order == ["a02.txt", "a01.txt", "a00.txt"]


def test_many_articles_dated_to_the_day_share_a_row_and_so_do_undated_ones():
    days = [(f"2020-01-{day:02}", f"2020-01-{day:02}") for day in range(1, 12)]
    figure = timeline_of_articles(*days, *days, RANGE, (None, None), (None, None))
    axes = figure.axes[0]
    names = names_of(axes)
    assert ["22" in names[0], "a22.txt" in names[1], "2" in names[2]] == [True] * 3
    assert len(names) == 3
    ticks = [line for line in axes.lines if line.get_markersize() == 12]
    assert len({float(line.get_xdata()[0]) for line in ticks}) == len(ticks) == len(days)
    link = axes.get_yticklabels()[-1].get_url()
    assert link.count("a00.txt") == link.count("a21.txt") == 1
    few = timeline_of_articles(*days[:10], (None, None), (None, None))
    assert len(names_of(few.axes[0])) == 12


def test_events_without_articles_have_a_title_too():
    axes = timeline_of(("fire", "happened", *RANGE, *RANGE))
    assert "1 event" in axes.figure.finding


PERIODS = [
    ("0001-01-01", "0001-01-01"),
    ("0001-01-02", "0003-05-01"),
    ("0001-01-01", "9999-12-31"),
    ("9990-01-01", "9999-12-30"),
    ("9999-12-31", "9999-12-31"),
]


def test_the_first_and_the_last_year_can_be_drawn():
    wrong = {}
    for earliest, latest in PERIODS:
        row = {"article": "a.txt", "start": 0, "end": 3, "text": "abc", "label": "article"}
        row["earliest"] = row["likely_earliest"] = pd.Timestamp(earliest)
        row["latest"] = row["likely_latest"] = pd.Timestamp(latest)
        dates = make_table("dates", [row])
        for order_only in (False, True):
            figure = cl.chart_timeline(
                dates, make_table("events"), make_table("amounts"), order_only=order_only
            )
            try:
                pictures = [draw_picture(figure, kind) for kind in ("svg", "png")]
            except ValueError as error:
                wrong[earliest, latest, order_only] = str(error)
            else:
                assert all(pictures)
    assert wrong == {}


def test_articles_with_long_ranges_leave_room_for_events_and_undated_articles():
    """Of many articles, those with the shortest ranges are drawn next to the shared rows."""
    rows = []
    for number in range(40):
        first = pd.Timestamp("2021-01-01")
        last = first + pd.Timedelta(days=5 + number)
        dated = {"likely_earliest": first, "likely_latest": last} if number < 35 else {}
        rows.append(
            {"article": f"a{number:02}.txt", "label": "article", "start": 0, "end": 0} | dated
        )
        day = {"likely_earliest": first, "likely_latest": first}
        rows.append(
            {"article": f"a{number:02}.txt", "label": "event", "start": number, "end": number} | day
        )
    dates = make_table("dates", rows)
    events = make_table(
        "events",
        [
            {"article": f"a{number:02}.txt", "start": number, "end": number + 4}
            | {"label": f"breach_{number}", "modality": "happened"}
            for number in range(40)
        ],
    )
    figure = cl.chart_timeline(dates, events, make_table("amounts"))
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    articles = [name for name in names if not name.startswith("breach")]
    assert (len(names), len(articles)) == (30, 12)
    assert any("5 " in name for name in articles)  # the articles without a date
    assert any("a10.txt" in name for name in articles)
    assert not any("a34.txt" in name for name in articles)
