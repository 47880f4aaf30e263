"""The view that teaches a theme: answers by keyboard and button, taking back, saving, escaping."""

import pytest
from test_hostile_text import HOSTILE, MARKER, Structure

import clippings as cl
from clippings.core.errors import BadInput
from clippings.show import wording
from helpers import articles_of, codebook_of, story_of

TEXTS = [
    "The river rose and flooded the lower streets of Ostrand.",
    "Flood water reached the school, and the streets were closed.",
    "The council elected a new mayor after a long debate.",
    "The team of Tolmere won the match by two goals.",
    "After the flooding, people pumped water out of their cellars.",
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "codebook").mkdir()
    return tmp_path


def view_of(folder, texts=TEXTS, **given):
    given = {"terms": ["flood*"]} | given
    articles = articles_of(*texts)
    titled = articles.assign(title=articles.article)
    return cl.explore_teaching(story_of(*texts), titled, folder, "flood", **given)


def control(view, words: str):
    return next(child for child in view.children[0].children if child.description == words)


def press(view, words: str) -> str:
    next(child for child in view.children[1].children if child.description == words).click()
    return view.children[2].value


def verdicts_of(folder) -> dict[str, str]:
    verdicts = cl.read_codebook(folder)["verdicts"]
    assert set(verdicts["table"]) <= {"themes"}
    return dict(zip(verdicts.text, verdicts.verdict, strict=True))


def shown_article(view) -> str:
    """The id of the article whose passage is shown (its title is its id)."""
    words = Structure(view.children[3].value).words
    return next(f"a{n}.txt" for n in range(len(TEXTS)) if f"a{n}.txt" in words)


def test_letters_and_buttons_are_the_same_answers(folder):
    by_letter = view_of(folder)
    by_button = view_of(folder)
    order = []
    for letter, button in (
        ("y", wording.YES_BUTTON),
        ("n", wording.NO_BUTTON),
        ("s", wording.SKIP_BUTTON),
    ):
        order.append(shown_article(by_letter))
        control(by_letter, wording.ANSWERS_CONTROL).value += letter
        press(by_button, button)
        assert by_letter.children[3].value == by_button.children[3].value
    assert control(by_button, wording.ANSWERS_CONTROL).value == "yns"
    assert len(set(order)) == 3
    assert repr(by_letter) == repr(by_button)


def test_several_letters_at_once_and_other_letters(folder):
    one_by_one = view_of(folder)
    for letter in "yyn":
        control(one_by_one, wording.ANSWERS_CONTROL).value += letter
    at_once = view_of(folder)
    control(at_once, wording.ANSWERS_CONTROL).value = "Y, y x N"
    assert one_by_one.children[3].value == at_once.children[3].value


def test_an_answer_that_is_deleted_is_taken_back(folder):
    view = view_of(folder)
    answers = control(view, wording.ANSWERS_CONTROL)
    answers.value = "y"
    second = shown_article(view)
    answers.value = "yn"
    answers.value = "y"
    assert shown_article(view) == second
    answers.value = ""
    assert "yes=" not in repr(view) and "no=" not in repr(view)


def test_nothing_is_saved_before_the_button_is_pressed(folder):
    view = view_of(folder)
    control(view, wording.ANSWERS_CONTROL).value = "yns"
    press(view, wording.PROPOSE_TERMS_BUTTON)
    assert list((folder / "codebook").iterdir()) == []
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert sorted(verdicts_of(folder).values()) == ["no", "yes"]
    assert {path.name for path in (folder / "codebook").iterdir()} == {"verdicts.csv"}


def test_saved_answers_can_be_taken_back_and_other_verdicts_stay(folder):
    other = {"table": "themes", "article": "a3.txt", "start": "0", "text": TEXTS[3]}
    other |= {"label": "sport", "verdict": "yes"}
    cl.write_codebook(folder, "verdicts", codebook_of("verdicts", other), seen="")
    view = view_of(folder)
    answers = control(view, wording.ANSWERS_CONTROL)
    answers.value = "yy"
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert len(verdicts_of(folder)) == 3
    answers.value = "y"
    press(view, wording.SAVE_ANSWERS_BUTTON)
    verdicts = cl.read_codebook(folder)["verdicts"]
    assert sorted(verdicts.label) == ["flood", "sport"]


def test_teaching_continues_with_the_saved_answers(folder):
    view = view_of(folder)
    control(view, wording.ANSWERS_CONTROL).value = "yyn"
    press(view, wording.SAVE_ANSWERS_BUTTON)
    again = view_of(folder)
    assert repr(again) == repr(view)
    assert press(again, wording.SAVE_ANSWERS_BUTTON).count(wording.NO_ANSWERS) == 1


def test_examples_and_terms_of_the_codebook_are_a_start(folder):
    codes = codebook_of(
        "themes",
        {"theme": "flood", "side": "for", "term": "flood*"},
        {"theme": "flood", "side": "against", "term": "dry"},
        {"theme": "sport", "side": "for", "term": "team"},
    )
    cl.write_codebook(folder, "themes", codes, seen="")
    assert "terms=['flood*'])" in repr(view_of(folder, terms=None))
    story = story_of(*TEXTS)
    label = int(story.index[story.text == TEXTS[3]][0])
    view = view_of(folder, terms=[], yes=[label])
    assert repr(view) == f"cl.propose_passages(story, yes=[{label}])"
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert verdicts_of(folder) == {TEXTS[3]: "yes"}


def test_the_code_ranks_the_same_passages(folder):
    view = view_of(folder, definition="High water")
    control(view, wording.ANSWERS_CONTROL).value = "yn"
    proposed = eval(repr(view), {"cl": cl, "story": story_of(*TEXTS)})
    assert proposed.article.iloc[0] == shown_article(view)


def test_a_view_without_a_description_asks_for_one_and_shows_errors(folder):
    view = view_of(folder, terms=[])
    assert wording.NO_DESCRIPTION in view.children[3].value
    assert wording.NOTHING_TO_ANSWER in press(view, wording.YES_BUTTON)
    control(view, wording.TERMS_CONTROL).value = "flood* | "
    assert "flood" in Structure(view.children[3].value).words.lower()
    control(view, wording.TERMS_CONTROL).value = "***"
    assert 'role="alert"' in view.children[3].value
    control(view, wording.TERMS_CONTROL).value = "river"
    assert 'role="alert"' not in view.children[3].value
    with pytest.raises(BadInput):
        view_of(folder, yes=[99])


def test_all_passages_can_be_read(folder):
    view = view_of(folder)
    control(view, wording.ANSWERS_CONTROL).value = "yyynnnnnn"
    assert repr(view).count(",") >= 4
    assert wording.NOTHING_TO_ANSWER in press(view, wording.NO_BUTTON)
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert len(verdicts_of(folder)) == len(TEXTS)


def test_proposed_terms_can_be_copied_to_the_codebook(folder):
    view = view_of(folder)
    control(view, wording.ANSWERS_CONTROL).value = "yyynn"
    press(view, wording.PROPOSE_TERMS_BUTTON)
    line = view.children[-1].value
    header = "theme,side,term,near,not_near,note"
    assert line.count(",") == header.count(",")
    (folder / "codebook" / "themes.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    codes = cl.read_codebook(folder)["themes"]
    found = cl.find_themes(story_of(*TEXTS), codes)
    assert set(found.article) >= {"a0.txt", "a1.txt", "a4.txt"}


def test_answers_that_cannot_be_saved_are_not_lost(folder):
    view = view_of(folder)
    control(view, wording.ANSWERS_CONTROL).value = "y"
    path = folder / "codebook" / "verdicts.csv"
    path.write_text("changed,meanwhile\n")
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert path.read_text() == "changed,meanwhile\n"
    assert control(view, wording.ANSWERS_CONTROL).value == "y"
    path.unlink()
    press(view, wording.SAVE_ANSWERS_BUTTON)
    assert list(verdicts_of(folder).values()) == ["yes"]


def test_text_of_articles_stays_text(folder):
    texts = [f"{HOSTILE} flood {HOSTILE}", f"flood {HOSTILE}", "A play."]
    view = cl.explore_teaching(
        story_of(*texts), articles_of(*texts, title=HOSTILE), folder, HOSTILE, terms=["flood"]
    )
    for letters in ("", "y", "yn"):
        control(view, wording.ANSWERS_CONTROL).value = letters
        press(view, wording.PROPOSE_TERMS_BUTTON)
        structure = Structure(view.children[3].value)
        assert structure.wrong == []
        assert MARKER in structure.words or letters == "yn"
