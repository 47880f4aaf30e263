"""Teaching a theme in a real JupyterLab: the keyboard alone is enough, and the focus stays."""

import shutil

import nbformat
import pytest
from playwright.sync_api import expect, sync_playwright

import clippings as cl
from browser import FLAGS, chromium, jupyterlab, open_notebook, run_all, stop_outside
from clippings.show import wording
from helpers import FLOOD

pytestmark = pytest.mark.browser
SLOW = {"timeout": 30_000}
CELL = """import clippings as cl
articles = cl.read_articles("../flood")
passages = cl.find_passages(articles)
story = passages[passages.label.isin(cl.STORY)]
cl.explore_teaching(story, articles, "../flood", "alarm", terms=["warn*", "siren*"])"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("teaching")
    shutil.copytree(FLOOD, root / "flood")
    (root / "notebooks").mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    nbformat.write(notebook, root / "notebooks" / "teaching.ipynb")
    return root


def test_passages_are_judged_and_saved_with_the_keyboard(root):
    with sync_playwright() as playwright, jupyterlab(root) as address:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        outside = stop_outside(context)
        page = open_notebook(context.new_page(), address, "teaching")
        assert run_all(page) == []
        view = page.locator(".jp-OutputArea-output .widget-vbox").first
        progress = view.locator("[role=status] b")
        expect(progress).to_have_text(wording.TEACHING_NOT_STARTED, **SLOW)

        field = view.get_by_placeholder(wording.ANSWERS_HINT)
        field.click()
        for number, letter in enumerate("yynny", start=1):
            page.keyboard.press(letter)
            expect(progress).to_contain_text(f"{number} read", **SLOW)
            expect(field).to_be_focused()
        page.keyboard.press("Backspace")
        expect(progress).to_contain_text("4 read, 2 with the theme", **SLOW)
        expect(field).to_be_focused()
        page.keyboard.type("nsyn")  # without waiting for the next passage
        expect(progress).to_contain_text("7 read, 3 with the theme", **SLOW)
        expect(field).to_have_value("yynnnsyn")
        assert page.locator(".jp-Cell").count() == 1  # no letter was a command of JupyterLab

        assert cl.read_codebook(root / "flood")["verdicts"].empty
        for _ in range(5):  # the buttons follow: yes, no, skip, terms, save
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(view.get_by_role("status").first).to_contain_text(
            wording.SAVED.format(table="verdicts"), **SLOW
        )
        verdicts = cl.read_codebook(root / "flood")["verdicts"]
        assert set(verdicts.label) == {"alarm"}
        assert sorted(verdicts.verdict) == ["no"] * 4 + ["yes"] * 3
        assert outside == []
        browser.close()
