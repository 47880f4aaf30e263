"""The report page in a real browser: search, sorting, filtering, the way from a mark to its page, accessibility."""

import re
import shutil
from base64 import b64encode

import nbformat.v4 as nb
import pandas as pd
import pytest
from playwright.sync_api import expect, sync_playwright

import clippings as cl
from browser import FLAGS, chromium, stop_outside
from clippings.report import build
from clippings.report.changes_page import write_changes_page
from clippings.report.diff import find_changes
from clippings.report.diff_news import find_news
from clippings.report.reader_tables import SHOWN_ROWS
from clippings.report.web_page import write_report
from helpers import FLOOD
from in_process import one_by_one, run_notebook_in_process

pytestmark = pytest.mark.browser

EVIL = '<script>window.hacked = true</script><img src="x" onerror="window.hacked = true">'
ARTICLE = f"""Ferry across the Lenn stays closed {EVIL}

Élodie Brandt’s café in Tolmere
 reopened on Tuesday, one day before the ferry.

The quay is closed {EVIL} and the ferrymen wait, Brandt said.

A quay closed twice is closed, and the waiting ferry is empty.
洪水は町に達した。
{"Each quay-side house has a number. " * 5}
"""
# More passages with one word than the search lists at once
LONG_ARTICLE = "\n\n".join(f"Milestone {number} stands on the road." for number in range(60))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A report with a chart, passages of all articles, and tables of every kind of column."""
    corpus = tmp_path_factory.mktemp("corpus") / "flood"
    shutil.copytree(FLOOD, corpus)
    (corpus / "07_ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (corpus / "08_road.txt").write_text(LONG_ARTICLE, encoding="utf-8")
    articles = cl.read_articles(corpus)
    passages = cl.find_passages(articles)
    folder = tmp_path_factory.mktemp("report")
    counts = cl.count_words(passages, by=["article", "label"])
    chart = cl.chart_zones(counts)
    cl.write_chart(chart, counts, passages, folder, "zones")
    data, metadata = chart._repr_mimebundle_()
    data["image/png"] = b64encode(data["image/png"]).decode()
    first_passages = passages.groupby("article").head(1)
    outputs = [
        nb.new_output("display_data", data, metadata=metadata),
        nb.new_output(
            "display_data", {"text/html": cl.show_evidence(first_passages, articles).html}
        ),
        *[
            nb.new_output("display_data", {"text/html": table._repr_html_()})
            for table in (table_of_kinds(), pd.DataFrame({"count": range(70)}))
        ],
    ]
    cells = [
        nb.new_markdown_cell("# The flood"),
        nb.new_markdown_cell("## Where was the flood?"),
        nb.new_code_cell("", outputs=outputs),
        nb.new_markdown_cell("## What remains open?\n\nThis question is folded."),
    ]
    cells[2]["execution_count"] = 1
    write_report(folder, "The flood", [nb.new_notebook(cells=cells)], articles)
    return folder


def table_of_kinds() -> pd.DataFrame:
    """Twelve rows: numbers, dates, text with numbers, and empty cells."""
    return pd.DataFrame(
        {
            "phrase": [f"gauge {number}" for number in (2, 10, 1)]
            + ["Äcker", "acre", "Zoo"]
            + ["quay"] * 6,
            "high": [9.0, 10.0, float("inf"), 12_000.0, -3.0, None, 0.5, 1, 2, 3, 4, 5],
            "edtf": [
                "2021-03-16",
                "2020-12",
                "2021-W11",
                "",
                "1992-01-01/1992-12-31",
                "../2021-03-14",
            ]
            + ["2022"] * 6,
        }
    )


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, folder):
    """The report, opened from disk; no request, error or warning may come of it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    outside = stop_outside(context)
    page = context.new_page()
    problems = record_problems(page)
    page.goto((folder / "report.html").as_uri())
    yield page
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[onerror]").count() == 0
    context.close()
    assert outside == []
    assert problems == []


def record_problems(page) -> list[str]:
    """Collect the messages on the console and the errors of scripts as they come."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    return problems


# Search


def results_of(page, query: str) -> list[str]:
    """Search, and return the words of each result."""
    field = page.get_by_label("Search the articles")
    field.fill(query)
    field.press("Shift")  # any key shows the results without the pause after typing
    return page.locator("#search-results li span").all_inner_texts()


def numbers_in_status(page) -> list[int]:
    status = page.locator("#search-status").inner_text()
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", status)]


def test_the_search_lists_the_passages_with_a_word_and_their_articles(page):
    lines = [
        line
        for path in sorted(FLOOD.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if "levee" in line.casefold()
    ]
    results = results_of(page, "LEVEE")
    assert len(results) == len(lines) > 10
    assert numbers_in_status(page)[0] == len(lines)
    marked = page.locator("#search-results mark").all_inner_texts()
    assert {mark.casefold() for mark in marked} == {"levee"}
    titles = page.locator("#search-results strong").all_text_contents()
    assert len(titles) == len(results) and "" not in titles
    assert numbers_in_status(page)[1] == len(set(titles))


QUERIES = {
    "elodie CAFE": 1,  # neither case nor accents count, and a passage may span two lines
    "“Élodie Brandt's café”": 1,  # any quotation marks and apostrophes
    "tolmere reopened brandt": 1,  # words in any order
    "ferry brandt ostrand": 0,  # not in the same passage
    '"ferry is empty"': 1,
    '"empty is ferry"': 0,
    '"ferry" empty': 1,
    "ferrym": 1,
    '"ferrym"': 0,  # exact words are whole words
    '"quay': 3,  # while the phrase is still being typed
    "町に": 1,
    '"町に"': 1,
    "「町に」": 1,
    "quayside": 0,
    "quay‑side": 1,  # any hyphen
    "  \t": 0,
    '""': 0,
    "window.hacked": 2,
    ".*": 0,
}


def test_words_accents_and_phrases(page):
    wrong = {}
    for query, expected in QUERIES.items():
        count = len(results_of(page, query))
        if count != expected:
            wrong[query] = count
    assert wrong == {}


def test_the_words_around_a_match_are_whole(page):
    """An apostrophe does not end a word, and Japanese has no spaces at which it could."""
    articles = [path.read_text(encoding="utf-8") for path in FLOOD.glob("*.txt")]
    words = {word for text in [*articles, ARTICLE, LONG_ARTICLE] for word in text.split()}
    shown = [
        word
        for query in ("the", "quay", "wait")
        for result in results_of(page, query)
        for word in result.replace("…", " ").split()
    ]
    assert len(shown) > 100
    assert {word for word in shown if word not in words} == set()
    assert results_of(page, "町に達") == ["洪水は町に達した。"]


def test_fifty_results_are_listed_and_all_are_counted(page):
    assert len(results_of(page, "milestone")) == 50
    assert numbers_in_status(page) == [60, 1, 50]


def test_a_result_leads_by_keyboard_to_its_passage_and_back_to_the_search(page):
    field = page.get_by_label("Search the articles")
    field.press_sequentially("quay")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    passage = page.locator(".found-passage").first
    expect(passage).to_be_in_viewport()
    expect(passage).to_be_focused()
    assert "".join(page.locator(".found-passage").all_text_contents()).startswith("A quay closed")
    assert page.locator(".found-words").first.text_content() == "quay"
    assert passage.evaluate("mark => mark.closest('section').id.startsWith('page-')")
    page.go_back()
    expect(passage).not_to_be_in_viewport()
    page.go_forward()
    expect(passage).to_be_in_viewport()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert not page.locator("#search-results").is_visible()
    assert page.locator(".found-passage, .found-words").count() == 0


def test_the_text_of_a_page_is_the_same_after_a_search(page):
    text = page.locator(".pages").text_content()
    links = page.locator("#search-results a")
    for number in range(len(results_of(page, "quay"))):
        links.nth(number).click()
        expect(page.locator(".found-words").first).to_be_in_viewport()
    assert page.locator(".pages").text_content() == text


def test_the_enter_key_opens_the_first_result_and_the_arrow_up_returns_to_the_field(page):
    field = page.get_by_label("Search the articles")
    field.fill("quay")
    field.press("Enter")
    expect(page.locator(".found-words").first).to_be_in_viewport()
    field.press("ArrowDown")
    expect(page.locator("#search-results a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_the_address_of_a_passage_can_be_opened(page):
    results_of(page, '"is empty"')
    anchor = page.locator("#search-results a").get_attribute("href")
    page.goto("about:blank")
    page.go_back()
    page.evaluate("anchor => { location.hash = anchor }", anchor)
    expect(page.locator(".found-passage").first).to_be_in_viewport()


def test_without_a_script_there_are_no_dead_controls(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())
    assert not page.locator(".search").is_visible()
    assert page.locator("main button, main input:not(.clip-legend input)").count() == 0
    assert page.locator("table.reader-table").first.is_visible()
    context.close()


def test_only_the_script_of_the_page_may_run(browser, folder, tmp_path):
    """Even if the text of an article was inserted as HTML by mistake, its script would not run."""
    html = (folder / "report.html").read_text(encoding="utf-8")
    copy = tmp_path / "report.html"
    copy.write_text(html.replace("<main>", f"<main>{EVIL}", 1), encoding="utf-8")
    page = browser.new_page()
    page.goto(copy.as_uri())
    assert page.locator("main script").count() == 1
    assert page.evaluate("window.hacked") is None
    assert page.locator(".search").is_visible()
    page.close()


# Tables


def column(table, number: int) -> list[str]:
    """The cells of a column that are shown, in their order."""
    cells = table.locator(f"tbody tr td:nth-child({number})").locator("visible=true")
    return cells.all_inner_texts()


SORTED_COLUMNS = {
    1: ["Äcker", "acre", "gauge 1", "gauge 2", "gauge 10", *["quay"] * 6, "Zoo"],
    2: ["-3", "0.5", "1", "2", "3", "4", "5", "9", "10", "12,000", "no upper limit", ""],
    3: [
        *("1992-01-01/1992-12-31", "2020-12", "../2021-03-14", "2021-W11", "2021-03-16"),
        *["2022"] * 6,
        "",
    ],
}


def test_columns_are_sorted_as_numbers_dates_and_text(page):
    table = page.locator("table.reader-table").first
    page.locator(".all-rows summary").first.click()
    for number, expected in SORTED_COLUMNS.items():
        original = column(table, number)
        heading = table.locator("thead th").nth(number - 1)
        heading.get_by_role("button").press("Enter")
        assert heading.get_attribute("aria-sort") == "ascending"
        assert column(table, number) == expected
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == "descending"
        filled = [cell for cell in expected if cell]
        # Empty cells are last in both directions.
        assert column(table, number) == [*filled[::-1], *[""] * (len(expected) - len(filled))]
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") is None
        assert column(table, number) == original


def test_only_one_column_is_sorted_at_a_time_and_ten_rows_stay_shown(page):
    table = page.locator("table.reader-table").first
    for number in (0, 1):
        table.locator("thead button").nth(number).click()
    assert table.locator("th[aria-sort]").count() == 1
    assert column(table, 2) == SORTED_COLUMNS[2][:SHOWN_ROWS]


def test_the_sign_for_omitted_rows_keeps_its_place_when_the_order_is_restored(page):
    table = page.locator("table.reader-table").nth(1)
    original = column(table, 1)
    assert original.count("…") == 1
    button = table.get_by_role("button")
    button.click()
    button.click()
    assert column(table, 1) == ["69", "68", "67", "66", "65", "4", "3", "2", "1", "0", "…"]
    button.click()
    assert column(table, 1) == original


def test_a_filter_searches_all_rows_and_counts_them(page):
    assert page.get_by_label("Filter the rows").count() == 1  # only for the long table
    table = page.locator("table.reader-table").first
    field = page.get_by_label("Filter the rows")
    status = page.locator(".table-filter [role=status]")
    hidden_row = column(table, 1)[-1]
    assert len(column(table, 1)) == SHOWN_ROWS
    field.fill("5")
    assert column(table, 2) == ["0.5", "5"]
    assert [int(number) for number in re.findall(r"\d+", status.inner_text())] == [2, 12]
    assert not page.locator(".all-rows").first.is_visible()
    field.fill("QUAY 2022")
    assert column(table, 1) == [hidden_row] * 6
    field.fill("acker")
    assert column(table, 1) == ["Äcker"]
    table.locator("thead button").first.click()
    assert column(table, 1) == ["Äcker"]
    field.press("Escape")
    assert len(column(table, 1)) == SHOWN_ROWS
    assert status.inner_text() == ""
    assert page.locator(".all-rows").first.is_visible()


# Charts


def test_by_keyboard_from_a_mark_to_its_passages_to_the_page_and_back(page):
    mark = page.locator("#chart-zones svg a[id]").nth(2)
    assert mark.get_attribute("aria-label")
    mark.focus()
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    section = page.locator(f"[id='{mark.get_attribute('xlink:href').removeprefix('#')}']")
    expect(section).to_be_in_viewport()
    page.keyboard.press("Tab")  # the focus continues from the passages
    back_to_chart = section.get_by_role("link").first
    expect(back_to_chart).to_be_focused()
    page.keyboard.press("Tab")
    link = section.locator("tbody a").first
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    place = page.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")
    expect(place).to_be_in_viewport()
    expect(place).to_be_focused()

    page.go_back()
    expect(section).to_be_in_viewport()
    assert link.is_visible()

    page.go_forward()
    expect(page).to_have_url(re.compile(f"#{place.get_attribute('id')}$"))
    page.locator(f".back[href='#{link.get_attribute('id')}']").press("Enter")
    expect(link).to_be_in_viewport()
    expect(link).to_be_focused()
    back_to_chart.press("Enter")
    expect(mark).to_be_focused()
    expect(page.locator("#chart-zones")).to_be_in_viewport(ratio=1)


def test_the_contents_open_a_folded_question(page):
    question = page.locator("details.question")
    assert not question.get_by_text("This question is folded.").is_visible()
    page.get_by_role("link", name="What remains open?").press("Enter")
    expect(question.get_by_text("This question is folded.")).to_be_in_viewport()


# Print


def test_nothing_of_the_script_is_printed(page):
    table = page.locator("table.reader-table").first
    rows = column(table, 1)
    page.get_by_label("Filter the rows").fill("Zoo")
    results_of(page, "quay")
    page.locator("#search-results a").first.click()
    expect(page.locator(".found-words").first).to_be_in_viewport()
    page.emulate_media(media="print")
    assert not page.locator(".search").is_visible()
    assert not page.locator(".table-filter").is_visible()
    assert column(table, 1) == rows
    assert page.locator(".when-printed").first.is_visible()
    mark = page.locator(".found-words").first
    assert mark.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgba(0, 0, 0, 0)"
    arrow = "button => getComputedStyle(button, '::after').display"
    assert table.locator("thead button").first.evaluate(arrow) == "none"


# Accessibility


@pytest.fixture(scope="module")
def flood_report(tmp_path_factory):
    """The whole report of the flood example."""
    corpus = tmp_path_factory.mktemp("whole") / "flood"
    shutil.copytree(FLOOD, corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "run_notebooks", one_by_one(run_notebook_in_process))
        return build.make_report(corpus, tmp_path_factory.mktemp("out"), progress=False).folder


# The lists below the charts, which are shown for one mark at a time, and the pages out of sight
EVERYTHING_SHOWN = """
.marks section { display: block !important; }
.pages section { content-visibility: visible !important; }
"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_axe_finds_no_serious_violation(browser, flood_report, width, scheme):
    """Everything that can be unfolded is unfolded, because axe does not see what is hidden."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    outside = stop_outside(context)
    page = context.new_page()
    problems = record_problems(page)
    page.goto((flood_report / "report.html").as_uri())
    assert results_of(page, "levee")
    page.add_style_tag(content=EVERYTHING_SHOWN)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.get_by_label("Filter the rows").first.fill("a")
    violations = [
        (violation["id"], node["html"])
        for violation in axe.Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
    assert outside == []
    assert problems == []


def test_axe_finds_no_serious_violation_on_the_page_about_changes(browser, folder, tmp_path):
    """On a narrow screen with the dark style, with tables that scroll and are folded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    articles, codebook = cl.load_example()
    runs = [
        {"tables": cl.find_all(chosen, codebook), "codebook": codebook, "manifest": {}}
        for chosen in (articles[:3], articles)
    ]
    changes = find_changes(*runs)
    news = find_news(changes, *runs)
    path = tmp_path / "changes.html"
    write_changes_page(changes, news, folder, path)
    context = browser.new_context(viewport={"width": 400, "height": 900}, color_scheme="dark")
    outside = stop_outside(context)
    page = context.new_page()
    problems = record_problems(page)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    violations = [
        (violation["id"], node["html"])
        for violation in axe.Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    context.close()
    assert outside == []
    assert problems == []
