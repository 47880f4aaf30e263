"""Seconds that a step in each explore_ view takes in JupyterLab:  python benchmarks/views_speed.py folder

Opens the views on a folder of articles in Chromium and prints, for each control, the time from the key press or choice to
the last change on the page, including the answer of the kernel and rendering. Nothing is saved.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from browser import FLAGS, chromium, jupyterlab, open_notebook, run_all
from clippings.show import wording

FOUND = """import clippings as cl
articles, codebook = cl.read_articles(CORPUS), cl.read_codebook(CORPUS)
tables = cl.find_all(articles, codebook, k=8)
story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
named, voices = cl.drop_duplicates(tables["mentions"]), cl.drop_duplicates(tables["quotes"])"""
VIEWS = {
    "concordance": 'cl.explore_concordance(tables["passages"], articles)',
    "repeats": 'cl.explore_repeats(tables["repeats"], articles)',
    "themes": 'cl.explore_themes(tables["themes"], story, articles, CORPUS)',
    "actors": 'cl.explore_actors(tables["mentions"], tables["quotes"], story, articles, CORPUS)',
    "network": "cl.explore_network(named, voices, story, articles)",
    "timeline": 'cl.explore_timeline(tables["dates"], tables["constraints"], tables["events"], articles)',
    "claims": 'cl.explore_claims(tables["claims"], articles, CORPUS)',
}
STEPS = [  # view, words on the control, what is written, chosen by its number, or moved by a key
    ("concordance", wording.QUERY_CONTROL, "government"),
    ("concordance", wording.SORT_CONTROL, 1),
    ("concordance", wording.CONTEXT_CONTROL, "ArrowRight"),
    ("repeats", wording.MIN_WORDS_CONTROL, "ArrowRight"),
    ("themes", wording.CODEBOOK_ROW_CONTROL, 1),
    ("themes", wording.TERM_CONTROL, "government | minister*"),
    ("actors", wording.NAME_CONTROL, "an"),
    ("actors", wording.ACTOR_CONTROL, 1),
    ("actors", wording.ROLE_CONTROL, 1),
    ("actors", wording.MERGE_CONTROL, 1),
    ("network", wording.MIN_SENTENCES_CONTROL, "ArrowRight"),
    ("network", wording.PAIR_CONTROL, 1),
    ("timeline", wording.KIND_CONTROL, 1),
    ("timeline", wording.KIND_CONTROL, 2),
    ("timeline", wording.MONTHS_CONTROL, "ArrowRight"),
    ("timeline", wording.CERTAINTY_CONTROL, 1),
    ("claims", wording.CLAIM_CONTROL, 1),
    ("claims", wording.MENTION_CONTROL, 1),
]
WATCH = """view => {
  const seen = window.seen = {begun: performance.now(), last: 0, answered: false};
  for (const kind of ['change', 'keydown'])
    view.addEventListener(kind, () => { seen.begun = performance.now() }, {capture: true, once: true});
  const code = view.querySelector('textarea');
  let call = code.value;
  const look = () => {
    if (code.value !== call) { call = code.value; seen.last = performance.now(); seen.answered = true; }
    if (window.seen === seen) requestAnimationFrame(look);
  };
  look();
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => { seen.last = performance.now() })))
    .observe(view, {subtree: true, childList: true, characterData: true});
}"""
QUIET = """key => (window.seen.answered || !key) && window.seen.last && performance.now() - window.seen.last > 1000"""


def step(page, view, label: str, what) -> float:
    field = view.locator(".widget-inline-hbox", has_text=label).first
    view.evaluate(WATCH)
    if what == "ArrowRight":
        field.locator(".noUi-handle").first.press(what)
    elif isinstance(what, int):
        field.locator("select").select_option(index=what)
    else:
        field.locator("input").fill(what)
        page.evaluate("window.seen.last = 0")
        field.locator("input").press("Enter")
    page.wait_for_function(
        QUIET, arg=what == "ArrowRight", timeout=60_000
    )  # a slider itself changes first
    return page.evaluate("(window.seen.last - window.seen.begun) / 1000")


def main(folder: str):
    root = Path(tempfile.mkdtemp())
    (root / "notebooks").mkdir()
    sources = [f"CORPUS = {os.path.abspath(folder)!r}\n{FOUND}", *VIEWS.values()]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "notebooks" / "views.ipynb")
    with jupyterlab(root) as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        page = open_notebook(
            browser.new_page(viewport={"width": 1400, "height": 1000}), lab, "views"
        )
        run_all(page)
        views = page.locator(
            ".jp-OutputArea-output > .widget-vbox, .jp-OutputArea-output .widget-vbox"
        )
        for name, label, what in STEPS:
            view = views.nth(list(VIEWS).index(name))
            view.scroll_into_view_if_needed()
            print(f"{name:12} {label:22} {step(page, view, label, what):5.2f} s", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
