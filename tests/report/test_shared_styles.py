"""Inline styles of a report become classes, and nothing looks different."""

from bs4 import BeautifulSoup

from clippings.report.shared_styles import MIN_USES, share_styles

WIDE = '<p style="width: 9em">a</p>'


def styles_of(html: str, sheet: str = "") -> list[tuple[str, ...]]:
    """The declarations of each element, whether they are inline or those of its shared class."""
    rules = dict(rule.rstrip("}").split("{") for rule in sheet.splitlines())
    by_class = {selector.split(".")[1]: style for selector, style in rules.items()}
    styles = []
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        inline = [tag["style"]] if tag.has_attr("style") else []
        shared = [by_class[name] for name in tag.get("class", []) if name in by_class]
        styles.append((tag.name, *inline, *shared))
    return styles


def test_every_element_keeps_its_style():
    html = (
        WIDE * MIN_USES
        + '<td id="x" class="a b" style="color:red" title="t">b</td>' * MIN_USES
        + '<b style="color:red">c</b><i style="left: 1px">only once</i><u style="">d</u>'
        + '<svg><path style="fill: none" d="M 0 0"/></svg>' * MIN_USES
    )
    shared = share_styles(html)
    assert styles_of(shared.html, shared.sheet) == styles_of(html)
    cell = BeautifulSoup(shared.html, "html.parser").td
    assert cell["class"][:2] == ["a", "b"]
    assert (cell["id"], cell["title"]) == ("x", "t")
    assert 'style="left: 1px"' in shared.html
    assert len(shared.html) + len(shared.sheet) < len(html)


def test_styles_that_an_article_mentions_are_text():
    words = "<p>style=&#34;color:red&#34; &lt;p style=&#34;color:red&#34;&gt;</p>"
    title = '<mark title="&lt;p style=&#34;x&#34;&gt;">a</mark>'
    html = (words + title + WIDE) * MIN_USES
    shared = share_styles(html)
    assert words in shared.html
    assert title in shared.html
    assert shared.sheet.count("{") == 1


def test_rare_styles_stay_where_they_are():
    html = WIDE * (MIN_USES - 1)
    assert share_styles(html) == (html, "")
