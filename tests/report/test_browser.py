"""Real JupyterLab and the report in a real browser: an analyst's clicks, and a check that nothing leaves the machine."""

import base64
import re
import shutil

import nbformat
import pytest
from playwright.sync_api import expect, sync_playwright

import clippings as cl
from browser import FLAGS, chromium, jupyterlab, open_notebook, run_all, stop_outside
from clippings.core.tables import make_table
from clippings.core.tokens import folded_words
from clippings.core.wording import count_noun
from clippings.report.build import make_report
from clippings.report.reader_tables import SHOWN_ROWS
from clippings.show import wording
from helpers import FLOOD, ROOT, articles_of

pytestmark = pytest.mark.browser
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SLOW = {"timeout": 30_000}
EVIL = '<script>window.hacked = true</script><img src="x" onerror="window.hacked = true"> $5 or $6'
ARTICLE = f"""Flood returns to Ostrand {EVIL}

OSTRAND, 3 May — The river Lenn rose again on Monday and flooded {EVIL} two streets, the mayor said.

“The levee has failed and we were not warned,” Anna Bellington, a resident of the town, told reporters on Tuesday.

Her neighbours agreed. Anna Belington and others blamed the {EVIL} council for the breach in the levee.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Notebooks next to a corpus with one hostile article."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(
        ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copytree(FLOOD, root / "seeds")
    (root / "seeds" / "00_evil.txt").write_text(ARTICLE, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def found(root):
    """Articles and all tables of that corpus, as it is before anything is decided."""
    articles, codebook = cl.read_articles(root / "seeds"), cl.read_codebook(root / "seeds")
    return articles, cl.find_all(articles, codebook)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(root):
    with jupyterlab(root) as address:
        yield address


@pytest.fixture(scope="module")
def notebook(lab, found, browser):
    """Gives a notebook that was run from top to bottom, each once; no request may have left the machine."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    outside, pages = stop_outside(context), {}

    def opened(name: str):
        if name not in pages:
            pages[name] = open_notebook(context.new_page(), lab, name)
            pages[name].problems = run_all(pages[name])
        return pages[name]

    yield opened
    context.close()
    assert outside == []


def view_of(page, number: int = 0):
    """The interactive view of an opened notebook."""
    view = page.locator(
        ".jp-OutputArea-output > .widget-vbox, .jp-OutputArea-output .widget-vbox"
    ).nth(number)
    view.scroll_into_view_if_needed()
    return view


def control(view, label: str):
    """The field of a control, found by its words."""
    return view.locator(".widget-inline-hbox", has_text=label).first.locator("select, input").first


def code_of(view) -> str:
    """The code that shows the same."""
    return view.locator("textarea").input_value()


def in_sight(mark) -> bool:
    """Check whether something is inside the window and inside every box that scrolls."""
    return mark.evaluate(
        """mark => { const place = mark.getBoundingClientRect(); let box = mark.parentElement, seen = true;
        for (; box; box = box.parentElement) { if (getComputedStyle(box).overflowY === 'visible') continue;
          const edge = box.getBoundingClientRect(); seen = seen && place.bottom > edge.top && place.top < edge.bottom; }
        return seen && place.bottom > 0 && place.top < innerHeight; }"""
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_without_error_and_runs_nothing_that_an_article_says(notebook, name):
    page = notebook(name)
    assert page.problems == []
    assert page.evaluate("window.hacked") is None
    assert page.locator(".jp-OutputArea script, .jp-OutputArea img[onerror]").count() == 0
    assert (
        page.locator(".jp-OutputArea mjx-container").count() == 0
    )  # nor reads a formula from $5 to $6
    assert view_of(page).is_visible()


def test_an_article_with_a_script_shows_it_as_text(notebook):
    page = notebook("01_corpus").locator(".clip-page").first
    assert EVIL in page.text_content()


def test_a_notebook_that_is_not_trusted_reads_well_and_runs_nothing(lab, root, found, browser):
    """A notebook that was received from somebody and not run here: JupyterLab keeps HTML but no style sheet, script, SVG or target of a link."""
    articles, tables = found
    told = [tables[name] for name in ("passages", "quotes", "mentions")]
    shown = {"text/html": cl.show_article(articles, "00_evil.txt", *told)._repr_html_()}
    shown["text/html"] += (
        '<script>window.hacked = true</script><img src="x" onerror="window.hacked = true">'
    )
    zones = cl.count_words(tables["passages"], by=["article", "label"])
    chart, alt = cl.chart_zones(zones)._repr_mimebundle_()
    chart["image/png"] = base64.b64encode(chart["image/png"]).decode()
    marks = {
        "text/html": cl.show_chart(
            cl.chart_zones(zones), zones, tables["passages"], articles
        )._repr_html_()
    }
    outputs = [
        nbformat.v4.new_output("display_data", data, metadata=said)
        for data, said in ((shown, {}), (chart, alt), (marks, {}))
    ]
    cell = nbformat.v4.new_code_cell("sent", outputs=outputs)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / "notebooks" / "sent.ipynb")
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    outside, page = stop_outside(context), open_notebook(context.new_page(), lab, "sent")
    page.locator("article.clip").first.wait_for()
    assert page.evaluate("jupyterapp.shell.currentWidget.content.widgets[0].model.trusted") is False
    assert page.evaluate("window.hacked") is None
    assert page.locator(".jp-OutputArea script, .jp-OutputArea img[onerror]").count() == 0
    text = page.locator(".clip-page").first
    assert text.inner_text().strip() == ARTICLE.strip()
    looks = text.locator("mark").evaluate_all(
        "marks => marks.map(mark => [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).borderBottomWidth, "
        "mark.title])"
    )
    assert len(looks) > 10
    assert not [look for look in looks if look[0] == "rgba(0, 0, 0, 0)" or look[1] == "0px"]
    assert any("speaker of Anna Bellington" in title for *_, title in looks)
    labels = page.locator("article.clip").first.locator(".clip-legend label").all_inner_texts()
    assert {"body (3)", "headline (1)"} <= {label.strip() for label in labels}
    for picture in page.locator(".jp-OutputArea img[src^=data]").all():
        assert picture.evaluate("img => img.naturalWidth") > 600
    mark = page.locator("summary[title*='00_evil.txt'][title*=body]")
    passage = mark.locator("..").locator("td mark", has_text="The river Lenn rose again")
    assert not passage.is_visible()
    mark.click()
    assert passage.is_visible() and EVIL in passage.inner_text()
    assert outside == []
    context.close()


def test_a_concordance_follows_its_query_order_and_width(notebook, found):
    articles, tables = found
    view = view_of(notebook("01_corpus"))
    control(view, wording.QUERY_CONTROL).fill("levee")
    control(view, wording.QUERY_CONTROL).press("Enter")
    rows = cl.find_phrases(tables["passages"], "levee")
    expect(view.locator("caption")).to_contain_text(f"{len(rows)} of {len(rows)}", **SLOW)
    control(view, wording.SORT_CONTROL).select_option(label=wording.SORT_OPTIONS["right"])
    expect(view.locator("textarea")).to_have_value(re.compile("sort='right'"), **SLOW)
    shown = repr(cl.show_evidence(rows, articles, n=200, sort="right")).splitlines()[:-1]
    lines = [line.partition(": ")[2].rpartition(" (")[0] for line in shown]
    seen = view.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert [re.sub(r"\s", "", line) for line in seen] == [
        re.sub(r"[\s\[\]]", "", line) for line in lines
    ]
    after = [
        " ".join(folded_words(words))  # punctuation does not count
        for words in view.locator("tbody td > span:last-child").all_inner_texts()
    ]
    assert after == sorted(after) and len(set(after)) > 3
    control(view, wording.QUERY_CONTROL).fill("(")
    control(view, wording.QUERY_CONTROL).press("Enter")
    expect(view.get_by_role("alert")).to_contain_text("regular expression", **SLOW)


def test_a_switch_takes_a_zone_off_and_the_tab_key_tells_the_rule(notebook):
    page = notebook("01_corpus").locator("article.clip").first
    mark = page.locator("mark", has_text="The river Lenn rose again").first
    before = mark.evaluate("mark => getComputedStyle(mark).backgroundColor")
    switch = page.locator("label", has_text=re.compile("^body")).locator("input")
    switch.uncheck()
    assert (
        mark.evaluate("mark => getComputedStyle(mark).backgroundColor")
        == "rgba(0, 0, 0, 0)"
        != before
    )
    switch.check()
    assert mark.evaluate("mark => getComputedStyle(mark).backgroundColor") == before
    page.locator(".clip-legend input").last.focus()
    page.page.keyboard.press("Tab")
    hint = page.page.evaluate("getComputedStyle(document.activeElement, '::after').content")
    assert hint.startswith('"headline; rule: ')


def test_a_slider_leaves_the_longer_copies(notebook, found):
    repeats = found[1]["repeats"]
    copies = repeats[repeats.relation != "first"]
    view = view_of(notebook("02_repeats"))
    expect(view.locator("caption").first).to_contain_text(f"of {len(copies)} copies", **SLOW)
    least = int(copies.words.min())
    assert (copies.words > least).sum() < len(copies)
    view.locator(".noUi-handle").first.focus()
    notebook("02_repeats").keyboard.press("ArrowRight")
    expect(view.locator("caption").first).to_contain_text(
        f"of {(copies.words > least).sum()} copies", **SLOW
    )
    assert f"(repeats.words >= {least + 1})" in code_of(view)


def test_from_a_number_of_the_matrix_to_its_passages_and_their_place_in_the_page(notebook, found):
    articles, tables = found
    spoken = cl.drop_duplicates(tables["themes"]).query("side == 'for'")
    cells = spoken.groupby(["label", "article"], as_index=False).size()
    cell = cells.loc[cells["size"].idxmax()]
    view = view_of(notebook("03_themes"))
    control(view, wording.THEME_CONTROL).select_option(
        label=f"{cell.label} ({(spoken.label == cell.label).sum()})"
    )
    control(view, wording.ARTICLE_CONTROL).select_option(
        index=1 + articles.article.to_list().index(cell.article)
    )
    expect(view.locator("p", has_text=re.compile(r"^\d+ sentences$"))).to_have_text(
        f"{cell['size']} sentences", **SLOW
    )
    rows = spoken[(spoken.label == cell.label) & (spoken.article == cell.article)]
    last = view.locator("td a").last
    last.click()
    mark = view.locator(f"mark[id='{last.get_attribute('href').removeprefix('#')}']")
    expect(mark).to_be_in_viewport(**SLOW)
    assert rows.text.iloc[-1].startswith(mark.inner_text())


def test_a_mark_of_a_picture_unfolds_its_passages_and_they_lead_to_their_page(notebook):
    page = notebook("03_themes")
    mark = page.locator("summary[title*=passage]").first
    count = int(re.search(r"(\d+) passages?$", mark.get_attribute("title"))[1])
    unfolded = mark.locator("..")
    assert not unfolded.locator("table").is_visible()
    mark.click()
    expect(unfolded.locator("tbody tr")).to_have_count(min(count, 12), **SLOW)
    link = unfolded.locator("tbody tr a").first
    words = unfolded.locator("tbody tr").first.locator("td mark").inner_text()
    place = page.locator(f"mark[id='{link.get_attribute('href').removeprefix('#')}']")
    expect(place).not_to_be_in_viewport()
    link.click()
    expect(place).to_be_in_viewport(**SLOW)
    assert words.startswith(place.inner_text())
    mark.press("Enter")
    assert not unfolded.locator("table").is_visible()


def test_a_row_of_the_codebook_is_tried_and_saved(notebook, root, found):
    book = cl.read_codebook(root / "seeds")["themes"]
    story = found[1]["passages"][found[1]["passages"].label.isin(cl.STORY)]
    row = int(book.index[~book.theme.str.startswith("$")][0])
    before, tried = (
        len(cl.find_themes(story, cl.try_term(book, row, t)))
        for t in (book.term[row], "river | water")
    )
    view = view_of(notebook("03_themes"))
    control(view, wording.CODEBOOK_ROW_CONTROL).select_option(index=1 + row)
    expect(control(view, wording.TERM_CONTROL)).to_have_value(book.term[row], **SLOW)
    counted = view.locator("p", has_text=re.compile(r"^\d+ sentences?$"))
    expect(counted).to_have_text(count_noun(before, "sentence"), **SLOW)
    control(view, wording.TERM_CONTROL).fill("river | water")
    control(view, wording.TERM_CONTROL).press("Enter")
    expect(counted).to_have_text(count_noun(tried, "sentence"), **SLOW)
    assert cl.read_codebook(root / "seeds")["themes"].term[row] == book.term[row]
    control(view, wording.TERM_CONTROL).fill("river; water")
    control(view, wording.TERM_CONTROL).press("Enter")
    view.get_by_role("button", name=wording.SAVE_ROW_BUTTON).click()
    expect(view.get_by_role("status")).to_contain_text(
        f"row {row + 1} of the new codebook/themes.csv: term 'river; water'", **SLOW
    )
    assert cl.read_codebook(root / "seeds")["themes"].term[row] == book.term[row]
    control(view, wording.TERM_CONTROL).fill("river | water")
    control(view, wording.TERM_CONTROL).press("Enter")
    view.get_by_role("button", name=wording.SAVE_ROW_BUTTON).click()
    expect(view.get_by_role("status")).to_contain_text(wording.SAVED.format(table="themes"), **SLOW)
    assert cl.read_codebook(root / "seeds")["themes"].term[row] == "river | water"
    (root / "seeds" / "codebook" / "themes.csv").open("a").write("# meanwhile\n")
    view.get_by_role("button", name=wording.SAVE_ROW_BUTTON).click()
    expect(view.get_by_role("status")).to_contain_text(
        "has changed since it was read: nothing was saved", **SLOW
    )


def test_an_accepted_merge_is_in_the_file_and_in_the_next_count(notebook, root):
    page = notebook("04_actors")
    view = view_of(page)
    control(view, wording.MERGE_CONTROL).select_option(
        label="Anna Belington = Anna Bellington (spelling)"
    )
    expect(view.locator("p", has_text=re.compile(r"^\d+ mentions$"))).to_have_text(
        "2 mentions", **SLOW
    )
    view.get_by_role("button", name=wording.MERGE_BUTTON).click()
    expect(view.get_by_role("status")).to_contain_text("Anna Bellington (2 mentions)", **SLOW)
    saved = cl.read_codebook(root / "seeds")["actors"].query("actor == 'Anna Bellington'")
    assert saved.alias.to_list() == ["Anna Bellington", "Anna Belington"]
    assert (root / "seeds" / "codebook" / "actors.csv.backup").read_bytes() == (
        FLOOD / "codebook" / "actors.csv"
    ).read_bytes()
    assert run_all(page) == []
    view = view_of(page)
    control(view, wording.NAME_CONTROL).fill("bellington")
    control(view, wording.NAME_CONTROL).press("Enter")
    expect(control(view, wording.ACTOR_CONTROL).locator("option")).to_have_text(
        ["Anna Bellington (2)"], **SLOW
    )
    assert "Belington" not in control(view, wording.MERGE_CONTROL).inner_text()


def test_a_threshold_thins_the_network(notebook, root, found):
    tables = found[1]
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    mentions = cl.find_mentions(story, cl.read_codebook(root / "seeds")["actors"])
    together = cl.count_cooccurrence(
        cl.drop_duplicates(cl.mark_duplicates(mentions, tables["repeats"])), story
    )
    view = view_of(notebook("04_actors"), 1)
    pairs = control(view, wording.PAIR_CONTROL).locator("option")
    expect(pairs).to_have_count(1 + len(together), **SLOW)
    view.locator(".noUi-handle").first.focus()
    notebook("04_actors").keyboard.press("ArrowRight")
    expect(view.locator("textarea")).to_have_value(re.compile(">= 2"), **SLOW)
    expect(pairs).to_have_count(1 + int((together["count"] >= 2).sum()), **SLOW)
    assert 0 < (together["count"] >= 2).sum() < len(together)


def test_a_kind_of_subject_shows_its_chain_of_reasons(notebook, found):
    dates = found[1]["dates"]
    view = view_of(notebook("05_timeline"))
    count = int((dates.label == "article").sum())
    control(view, wording.KIND_CONTROL).select_option(label=f"article ({count})")
    expect(view.locator("p", has_text=re.compile(r"^\d+ dates$"))).to_have_text(
        f"{count} dates", **SLOW
    )
    assert "dates.label == 'article'" in code_of(view)
    reason = view.locator("td li a").first
    words = reason.inner_text().strip("“”…")
    reason.click()
    mark = view.locator(f"mark[id='{reason.get_attribute('href').removeprefix('#')}']")
    expect(mark).to_be_in_viewport(**SLOW)
    assert mark.inner_text().split()[0] == words.split()[0]


def test_the_corpus_is_searched_and_filtered(notebook):
    view = view_of(notebook("06_brief"))
    number = view.get_by_role("note")
    every = int(number.inner_text().split()[0])
    control(view, wording.QUERY_CONTROL).fill("levee")
    control(view, wording.QUERY_CONTROL).press("Enter")
    expect(number).to_contain_text(wording.OCCURRENCE, **SLOW)
    assert 0 < int(number.inner_text().split()[0]) < every
    assert "words='levee'" in view.locator("textarea").input_value()
    view.locator("table a").first.click()
    expect(view.locator("mark:target")).to_be_in_viewport(**SLOW)


def test_a_refused_claim_is_remembered(notebook, root):
    view = view_of(notebook("06_brief"), 1)
    one = control(view, wording.MENTION_CONTROL)
    claims = control(view, wording.CLAIM_CONTROL)
    for number in range(claims.locator("option").count()):
        claims.select_option(index=number)
        notebook("06_brief").wait_for_timeout(400)
        if one.locator("option").count() > 1:
            break
    one.select_option(index=1)
    view.get_by_role("button", name=wording.OTHER_EVENT_BUTTON).click()
    expect(view.get_by_role("status")).to_contain_text(
        wording.SAVED.format(table="verdicts"), **SLOW
    )
    saved = cl.read_codebook(root / "seeds")["verdicts"].iloc[-1]
    assert (saved["table"], saved.verdict) == ("claims", "not same")
    assert (
        saved.text
        and saved.text in cl.read_articles(root / "seeds").set_index("article").text[saved.article]
    )


@pytest.fixture(scope="module")
def report(root, browser, tmp_path_factory):
    """A report of two notebooks, opened from disk by a browser that runs no script."""
    notebooks = tmp_path_factory.mktemp("two")
    for name in ("03_themes", "06_brief"):
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", notebooks)
    corpus = tmp_path_factory.mktemp("report") / "pages"
    shutil.copytree(FLOOD, corpus)
    (corpus / "00_evil.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clippings.report.notebooks.NOTEBOOKS", notebooks)
        target = make_report(corpus, tmp_path_factory.mktemp("out"), progress=False).folder
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1100, "height": 900}
    )
    outside = stop_outside(context)
    page = context.new_page()
    page.goto((target / "report.html").as_uri())
    for question in page.locator("details.question:not([open]) > summary").all()[::-1]:
        question.click()
    yield page
    context.close()
    assert outside == []


def test_from_a_mark_of_a_chart_to_the_passage_in_its_page_and_back(report):
    number = report.locator("#chart-themes svg a").first
    count, anchor = int(number.text_content()), number.get_attribute("xlink:href").removeprefix("#")
    section = report.locator(f"section[id='{anchor}']")
    assert not section.is_visible()
    number.click()
    assert section.is_visible()
    assert section.inner_text().startswith(f"{count} passage")
    words = section.locator("tbody tr").first.locator("td mark").inner_text()
    link = section.locator("tbody tr a").first
    link.click()
    mark = report.locator(f"mark[id='{link.get_attribute('href').removeprefix('#')}']")
    assert in_sight(mark)
    assert words.startswith(mark.inner_text())
    report.locator(f".back[href='#{link.get_attribute('id')}']").click()
    assert section.is_visible() and in_sight(link)
    section.locator("a", has_text="back to the chart").click()
    assert in_sight(report.locator("#chart-themes"))


def test_the_contents_stay_in_sight_beside_the_text(report):
    link = report.locator("nav a").first
    report.locator("#pages").scroll_into_view_if_needed()
    assert in_sight(link)
    assert not report.locator("nav label[for=show-contents]").is_visible()
    link.click()
    heading = report.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")
    assert in_sight(heading)


def test_on_a_narrow_screen_the_contents_are_shown_on_request(report):
    width = report.viewport_size
    report.set_viewport_size({"width": 400, "height": 800})
    try:
        link = report.locator("nav a").first
        assert not link.is_visible()
        report.locator("nav label[for=show-contents]").click()
        assert link.is_visible()
        report.locator("#show-contents").press("Space")
        assert not link.is_visible()
        assert report.evaluate("document.documentElement.scrollWidth") == 400
    finally:
        report.set_viewport_size(width)


def test_a_long_table_shows_ten_rows_until_all_are_wanted(report):
    table = report.locator(".table:has(.all-rows)").first
    rows = table.locator("tbody tr")
    assert rows.locator("visible=true").count() == SHOWN_ROWS
    table.locator("summary").click()
    assert rows.locator("visible=true").count() == rows.count() > SHOWN_ROWS
    table.locator("summary").click()
    assert rows.locator("visible=true").count() == SHOWN_ROWS


def test_the_printed_report_has_the_text_and_no_controls(report):
    report.emulate_media(media="print")
    try:
        assert not report.locator("nav").is_visible()
        controls = report.locator("details:not(.question) > summary")  # questions are headings
        assert controls.locator("visible=true").count() == 0
        assert report.locator(".when-printed").first.is_visible()
        chapter = report.locator(".chapter").nth(1)
        assert chapter.evaluate("part => getComputedStyle(part).breakBefore") == "page"
        chart = report.locator("figure").first
        assert chart.evaluate("part => getComputedStyle(part).breakInside") == "avoid"
    finally:
        report.emulate_media(media="screen")


def test_the_report_shows_a_script_as_text(report):
    # Pages out of sight are not laid out, so they have a text content, but no inner text.
    assert EVIL in report.locator(".pages").text_content()
    assert report.locator("img[onerror]").count() == 0
    assert report.locator("script").count() == 1  # the script of the page


def test_a_long_page_with_two_thousand_spans_is_painted_within_half_a_second(browser, tmp_path):
    text = " ".join(f"word{number}" for number in range(5000))
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    rows = [
        {
            "article": "a0.txt",
            "start": s,
            "end": e,
            "text": text[s:e],
            "label": f"label {n % 30}",
            "rule": "some rule",
        }
        for n, (s, e) in enumerate(
            (starts[n * 2], starts[min(n * 2 + n % 9 + 1, 4999)] - 1) for n in range(2000)
        )
    ]
    html = cl.show_article(articles_of(text), "a0.txt", make_table("passages", rows)).html
    (tmp_path / "page.html").write_text(
        f"<!doctype html><meta charset=utf-8><body>{html}", encoding="utf-8"
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert page.locator("mark[tabindex]").count() == 2000
    assert paint < 500
    slow = page.evaluate(
        """async () => { const begun = performance.now(); document.querySelector('.clip-legend input:not([class^=l])').click();
        await new Promise(done => requestAnimationFrame(() => setTimeout(done))); return performance.now() - begun; }"""
    )
    assert slow < 500
    page.close()
