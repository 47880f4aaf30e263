"""Interactive views: decisions, choices, errors."""

import pandas as pd
import pytest

import clippings as cl
from clippings.show import wording
from clippings.show.widgets import (
    MAX_OPTIONS,
    Condition,
    Content,
    Option,
    Special,
    View,
    make_choice,
    make_text,
    offer_options,
    select_rows,
)
from helpers import articles_of, story_of


def control(view: View, words: str):
    """A control of a view by its words."""
    return next(child for child in view.children[0].children if child.description == words)


def press(view: View, words: str) -> str:
    """Press a button, and return the message of the view."""
    next(child for child in view.children[1].children if child.description == words).click()
    return view.children[2].value


@pytest.fixture
def actors_view(tmp_path):
    texts = (
        "Anna Bellington came. Later Anna Belington of Rome left.",
        "Then Anna Bellington spoke.",
    )
    story, articles = story_of(*texts), articles_of(*texts)
    mentions = cl.find_mentions(story, cl.read_codebook("")["actors"])
    mentions = mentions.assign(duplicate_status="first", verdict="")
    quotes = cl.find_quotes(story, mentions).assign(duplicate_status="first", verdict="")
    (tmp_path / "codebook").mkdir()
    return cl.explore_actors(mentions, quotes, story, articles, tmp_path), tmp_path


def test_a_merge_is_saved_and_counted(actors_view):
    view, folder = actors_view
    pair = control(view, wording.MERGE_CONTROL)
    proposal = pair.options[1]
    pair.value = proposal.value
    status = press(view, wording.MERGE_BUTTON)
    assert "(3 mentions)" in status
    actors = cl.read_codebook(folder)["actors"]
    assert set(actors.alias) == {"Anna Bellington", "Anna Belington"}
    assert pair.options == (Option(wording.NO_OPTION, Special.NONE),)
    assert ("Anna Bellington", 3) in [
        (option.value, int(option.words.rpartition("(")[2].strip(")")))
        for option in control(view, wording.ACTOR_CONTROL).options
    ]


def test_any_two_names_can_be_merged(actors_view):
    view, folder = actors_view
    control(view, wording.ACTOR_CONTROL).value = "Anna Bellington"
    other = control(view, wording.MERGE_WITH_CONTROL)
    assert "Rome" in other.options
    for name in ("Anna Bellington", "Nobody"):
        other.value = name
        assert name in press(view, wording.MERGE_BUTTON)
        assert cl.read_codebook(folder)["actors"].empty
    other.value = "Rome"
    assert "3 mentions" in press(view, wording.MERGE_BUTTON)
    assert set(cl.read_codebook(folder)["actors"].alias) == {"Anna Bellington", "Rome"}
    assert other.value == ""
    assert "Rome" not in other.options


def test_a_rejected_match_is_no_longer_counted(flood, tmp_path):
    articles, _, tables = flood
    claims = tables["claims"]
    linked = claims[claims.match_start.notna()]
    (tmp_path / "codebook").mkdir()
    view = cl.explore_claims(claims, articles, tmp_path)
    claim = control(view, wording.CLAIM_CONTROL)
    claim.value = linked.label.iloc[0]
    before = {option.value: option.words for option in claim.options}[claim.value]
    mention = control(view, wording.MENTION_CONTROL)
    mention.value = linked.index[0]
    press(view, wording.OTHER_EVENT_BUTTON)
    assert linked.index[0] not in [option.value for option in mention.options]
    after = {option.value: option.words for option in claim.options}[linked.label.iloc[0]]
    number = int(before.rpartition("(")[2].strip(")"))
    assert after.endswith(f"({number - 1})")


def test_a_merge_without_a_choice_is_refused(actors_view):
    view, folder = actors_view
    assert wording.NO_MERGE in press(view, wording.MERGE_BUTTON)
    assert cl.read_codebook(folder)["actors"].empty


def test_a_rejected_merge_is_not_proposed_again(actors_view):
    view, folder = actors_view
    pair = control(view, wording.MERGE_CONTROL)
    pair.value = pair.options[1].value
    press(view, wording.NOT_SAME_ACTOR_BUTTON)
    assert cl.read_codebook(folder)["verdicts"].verdict.to_list() == ["not same"]
    assert len(pair.options) == 1


def test_a_rejected_row_is_saved_and_no_longer_shown(actors_view):
    view, folder = actors_view
    control(view, wording.ACTOR_CONTROL).value = "Anna Bellington"
    row = control(view, wording.ROW_CONTROL)
    before = len(row.options)
    row.value = row.options[1].value
    press(view, wording.REJECT_ROW_BUTTON)
    assert cl.read_codebook(folder)["verdicts"].verdict.to_list() == ["no"]
    assert len(row.options) == before - 1


def test_nothing_is_saved_if_nothing_is_chosen(actors_view):
    view, folder = actors_view
    buttons = [button.description for button in view.children[1].children]
    said = {press(view, words) for words in buttons}
    assert len(said) == 2  # choose a row, choose a merge
    assert list((folder / "codebook").iterdir()) == []


def test_a_verdict_that_cannot_be_saved_changes_nothing(actors_view):
    view, folder = actors_view
    (folder / "codebook" / "verdicts.csv").write_text("changed,meanwhile\n")
    control(view, wording.ACTOR_CONTROL).value = "Anna Bellington"
    row = control(view, wording.ROW_CONTROL)
    before = row.options
    row.value = before[1].value
    press(view, wording.REJECT_ROW_BUTTON)
    assert row.options == before
    assert (folder / "codebook" / "verdicts.csv").read_text() == "changed,meanwhile\n"


def test_an_unusable_pattern_is_said_in_the_view():
    text = "Rain fell."
    view = cl.explore_concordance(story_of(text), articles_of(text))
    control(view, wording.QUERY_CONTROL).value = "("
    assert 'role="alert"' in view.children[3].value


def test_a_choice_keeps_its_value_if_it_is_still_offered():
    choice = make_choice("x", [Option("one", 1), Option("two", 2)])
    choice.value = 2
    assert offer_options(choice, [Option("two!", 2), Option("three", 3)]) == 2
    assert offer_options(choice, [Option("three", 3)]) == 3
    assert offer_options(choice, []) is Special.NONE
    many = [Option(str(number), number) for number in range(MAX_OPTIONS + 1)]
    offer_options(choice, many)
    assert len(choice.options) == MAX_OPTIONS


def test_a_label_that_reads_as_all_or_none_is_a_label():
    table = pd.DataFrame({"label": [wording.ALL_OPTION, "x"]})
    rows, code = select_rows(table, "t", Condition("label", "==", wording.ALL_OPTION))
    assert len(rows) == 1 and eval(code, {"t": table}).equals(rows)
    rows, code = select_rows(table, "t", Condition("label", "==", Special.NONE))
    assert rows.empty and eval(code, {"t": table}).empty
    assert select_rows(table, "t", Condition("label", "==", Special.ALL)).code == "t"


def test_what_a_view_sets_on_a_control_is_not_a_new_choice():
    calls = []
    second = make_text("second")

    def show(first, second_text):
        calls.append(first)
        second.value = f"of {first}"
        return Content("", "")

    view = View(show, {"first": make_text("first"), "second_text": second})
    control(view, "first").value = "x"
    assert calls == ["", "x"]


def test_an_error_in_a_view_does_not_block_it():
    def show(words):
        if words == "bad":
            raise ValueError(words)
        return Content("", words)

    view = View(show, {"words": make_text("words")})
    with pytest.raises(ValueError):
        control(view, "words").value = "bad"
    control(view, "words").value = "good"
    assert repr(view) == "good"
