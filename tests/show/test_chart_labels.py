"""Labels of charts: cut between words, different from one another, and in lines of similar length."""

import pytest

from clippings.show.chart_labels import (
    ELLIPSIS,
    cut_between_words,
    distinct_labels,
    text_width,
    wrap_evenly,
)

WIDTH = 2.0  # inches
SIZE = 9  # points

# Titles as newspapers write them, with names, brackets, quotes, amounts and long words.
TITLES = [
    "Sluice in Tolmere opens a day early, farmers complain",
    "Residents of Ostrand (and Lund) return to their homes",
    "‘We were not warned’: what the engineer said in court",
    "River Lenn – a chronology of the flood in three parts",
    "Why the levee/dam question will not go away this year",
    "Damage estimated at $12m, insurers say; $3m uninsured",
    "The beautiful old mill of Tolmere …",
    "Wasserstandsvorhersagezentrale warns of a second crest",
    "Bell, Lund & Co. to rebuild the bridge in Ostrand soon",
]


def cut(title: str, characters: int) -> str:
    return cut_between_words(title, lambda label: len(label) <= characters)


def test_labels_are_cut_between_words():
    wrong = {}
    for title in TITLES:
        for characters in range(20, 50):
            label = cut(title, characters)
            beginning = label.removesuffix(ELLIPSIS)
            words = title.split()
            is_whole_words = any(
                " ".join(words[:number]).startswith(beginning)
                and len(" ".join(words[:number])) - len(beginning) <= 2  # marks at the end
                for number in range(1, len(words) + 1)
            )
            has_mark_before = beginning.endswith((" ", "(", ",", "–", "/", "‘", "…"))
            has_long_first_word = len(words[0]) > characters / 2
            if len(label) > characters or has_mark_before:
                wrong[title, characters] = label
            if not is_whole_words and not has_long_first_word:
                wrong[title, characters] = label
    assert wrong == {}


def test_text_without_spaces_is_cut_between_characters():
    assert cut("水" * 50, 10) == "水" * 9 + ELLIPSIS
    assert cut("a" * 50, 10) == "a" * 9 + ELLIPSIS


def test_a_short_text_is_not_changed():
    assert cut("Sluice opens", 12) == "Sluice opens"
    assert cut("", 5) == ""


def test_brackets_that_would_not_be_closed_are_left_out():
    assert (
        cut("clash of fishermen in Tolmere (Lund Post, 2)", 36) == "clash of fishermen in Tolmere…"
    )


# Groups of texts whose beginnings are equal, and how many of them there are.
ALIKE = [
    ["Residents of Ostrand return to their homes", "Residents of Ostrand return to the school"],
    ["Lenn Valley Emergency Service North", "Lenn Valley Emergency Service South"],
    ["Sluice opens", "Sluice opens"],
    ["Sluice opens", "sluice opens", "SLUICE OPENS"],
    ["Live: flood in the Lenn Valley, day 1", "Live: flood in the Lenn Valley, day 2"] * 2,
    ["The mayor of Tolmere resigns after the flood"] * 3
    + ["The mayor of Tolmere resigns after the flood report is published"],
    ["a", "a (1)", "a"],
    ["Morning news from the Lenn Valley (a0.txt)", "Morning news from the Lenn Valley (a1.txt)"],
    ["洪水が谷を襲い多くの住民が避難したと町長が述べた" + end for end in ("朝", "夜")],
    [
        "Costs of $5 and of $6 for the rebuilding",
        "Costs of $5 and of $6 for the rebuilding, part 2",
    ],
]


@pytest.mark.filterwarnings("ignore:Glyph")
def test_labels_are_never_equal_and_always_fit():
    wrong = {}
    for texts in ALIKE:
        for width in (0.8, 1.5, 2.5):
            labels = distinct_labels(texts, width, SIZE)
            different = {label.casefold() for label in labels}
            widest = max(text_width(label.replace(r"\$", "$"), SIZE) for label in labels)
            if len(different) < len(texts) or widest > 1.05 * width:
                wrong[texts[0], width] = labels
    assert wrong == {}


def test_labels_that_begin_alike_show_what_differs():
    labels = distinct_labels(ALIKE[1], WIDTH, SIZE)
    assert [label.split()[-1] for label in labels] == ["North", "South"]
    assert all(label.startswith("Lenn Valley") and ELLIPSIS in label for label in labels)


def test_equal_texts_are_followed_by_the_first_detail_that_distinguishes_them():
    texts = ["Morning news", "Morning news"]
    same_outlet = [["Lund Post", "1 March"], ["Lund Post", "2 March"]]
    assert distinct_labels(texts, WIDTH, SIZE, same_outlet) == [
        "Morning news (1 March)",
        "Morning news (2 March)",
    ]
    unknown_outlet = [["Lund Post", ""], ["", ""]]
    assert distinct_labels(texts, WIDTH, SIZE, unknown_outlet) == [
        "Morning news (1)",
        "Morning news (2)",
    ]
    long_details = [["The morning paper of Lund and Tolmere"], ["The evening paper of Ostrand"]]
    labels = distinct_labels(texts, WIDTH, SIZE, long_details)
    assert len(set(labels)) == 2
    assert all(label.startswith("Morning") for label in labels)


def test_lines_have_similar_lengths():
    wrong = {}
    for title in TITLES:
        for width in (1.2, 2, 3):
            lines = wrap_evenly(title, width, SIZE)
            widths = [text_width(line, SIZE) for line in lines]
            is_single_word = len(lines) > 1 and len(lines[-1].split()) == 1
            if max(widths) > width or (is_single_word and widths[-1] < 0.4 * max(widths)):
                wrong[title, width] = lines
            if "".join(lines).replace(" ", "") != title.replace(" ", ""):
                wrong[title, width] = lines
    assert wrong == {}


def test_two_lines_are_divided_after_a_clause():
    title = "Anna Bell is quoted most (207 of 1,269 words); unnamed speakers account for 22%"
    assert wrap_evenly(title, 4, SIZE) == [
        "Anna Bell is quoted most (207 of 1,269 words);",
        "unnamed speakers account for 22%",
    ]


def test_words_wider_than_a_line_are_divided():
    lines = wrap_evenly("W" * 60, 1, SIZE)
    assert "".join(lines) == "W" * 60
    assert all(text_width(line, SIZE) <= 1 for line in lines)
