"""HTML: escaping, characters that cannot be shown, links from places to marks."""

import tomllib
import unicodedata

from markupsafe import Markup

import clippings as cl
from clippings.show.html import (
    TEMPLATES,
    HtmlView,
    cite_place,
    escape_text,
    link_places,
    mark_words,
    page_key,
    render,
    visible,
)
from helpers import ROOT, articles_of


def test_control_characters_are_replaced_one_by_one():
    every_character = "".join(map(chr, range(0x3000))) + "\ud800\udfff\ufffe\uffff😀"
    shown = visible(every_character)
    assert len(shown) == len(every_character)
    left = {char for char in shown if unicodedata.category(char) in ("Cc", "Cs")}
    assert left == {"\t", "\n", "\r"}
    changed = [a for a, b in zip(every_character, shown, strict=True) if a != b]
    assert {unicodedata.category(char) for char in changed} == {"Cc", "Cs", "Cn"}


def test_a_terminal_gets_no_escape_sequences():
    view = HtmlView(Markup(""), "red \x1b[31m, hidden\rtext, bell \x07")
    assert repr(view).replace("\n", "").isprintable()


def test_templates_escape_their_fields_and_refuse_missing_ones():
    assert "&lt;b&gt;␀" in render("message", role="note", text="<b>\x00")
    assert "<b>" in render("message", role="note", text=Markup("<b>"))
    assert all(path.name.endswith(".html.jinja") for path in TEMPLATES.iterdir())
    assert not any("|safe" in path.read_text() for path in TEMPLATES.iterdir())


def test_text_is_escaped_once():
    assert escape_text(escape_text("a < b")) == "a &lt; b"
    assert "&amp;lt;" not in mark_words(escape_text("<"), hint="x")


def test_places_lead_to_marks_that_start_where_they_do_and_others_stay_words():
    articles = articles_of("Rain fell.")
    key = page_key("a0.txt")
    marked = f'<mark data-at="{key}-0">Rain</mark>'
    places = cite_place(articles, "a0.txt", 0, 4) + cite_place(articles, "a0.txt", 5, 9)
    linked = link_places(places + Markup(marked), "x")
    assert linked.count("<a ") == 1
    assert f'<a href="#x-{key}-0"' in linked
    assert f'<mark id="x-{key}-0">' in linked
    assert linked.count("<cite ") == 1


def test_the_html_of_a_view_is_a_string_like_any_other():
    page = cl.show_article(articles_of("Rain & fell."), "a0.txt")
    assert type(page.html) is str
    assert type(link_places(page.html)) is str
    assert ("<div>" + page.html).startswith("<div><article")
    assert render("box", parts=[page]).count("Rain &amp; fell.") == 1


def test_templates_and_styles_are_part_of_the_package():
    """An installed package has only the files that pyproject.toml names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["clippings"]
    package = ROOT / "lib" / "clippings"
    shipped = {path for pattern in patterns for path in package.glob(pattern)}
    needed = {
        path
        for folder in ("show", "report")
        for path in (package / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert needed - shipped == set()
