"""Text from articles is data from strangers: whatever it contains, it remains text wherever it is shown."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pandas as pd
import pytest

import clippings as cl
from clippings.show.figure import draw_picture, inline_svg
from clippings.show.html import FORBIDDEN, visible

HOSTILE = (
    "</script><script>alert(1)</script> </style></article></td> <img src=x onerror=alert(1)> "
    "\" onmouseover=\"alert(1) ' onclick='alert(1) <!-- ]]> & &lt; &#60; {{ 7*7 }} {% raw %} "
    '<cite data-at="00000000-0-4">x</cite> <mark data-at="00000000-0"> javascript:alert(1) $x$ '
    "NUL\x00 bell\x07 escape\x1b[31m CSI\x9b31m NEL\x85 FF\x0c CR\r LS\u2028 PS\u2029 "
    "RLO\u202e <b\x00> \\x \\ud800 "
)
MARKER = "alert(1)"
CONCORDANCE_TERM = "alert"

# What our templates write. Attributes of any other name, as onclick, come from somewhere else.
TAGS = {
    *("article", "b", "br", "caption", "cite", "del", "details", "div", "em", "h3", "img"),
    *("input", "ins", "label", "li", "mark", "p", "small", "span", "strong", "style", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul", "a"),
}
ATTRIBUTES = {
    *(
        "alt",
        "aria-label",
        "checked",
        "class",
        "colspan",
        "data-at",
        "dir",
        "href",
        "id",
        "role",
        "scope",
    ),
    *("src", "style", "tabindex", "title", "type"),
}
VOID_TAGS = {"br", "img", "input"}

# Columns that hold codes or citations and no text of an article.
CODES = {
    "repeats": {"relation"},
    "constraints": {"relation", "strength", "mask"},
    "dates": {"label", "because", "likely_because", "refused"},
    "claims": {"status"},
    "mentions": {"duplicate_status", "verdict"},
    "quotes": {"duplicate_status", "verdict"},
    "events": {"duplicate_status", "verdict"},
    "themes": {"duplicate_status", "verdict"},
}


class Structure(HTMLParser):
    """Tags, attributes and text of a piece of HTML, and the faults in them."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.open_tags: list[str] = []
        self.wrong: list[str] = []
        self.words = ""
        if forbidden := FORBIDDEN.search(html):
            self.wrong.append(f"character {forbidden[0]!r}")
        html.encode("utf-8")
        self.feed(str(html))
        self.close()
        self.wrong += [f"{tag} is not closed" for tag in self.open_tags]

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.wrong.append(f"tag {tag}")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.wrong.append(f"attribute {name} of {tag}")
            if name in ("href", "src") and not value.startswith(("#", "data:image/png;base64,")):
                self.wrong.append(f"{name} {value}")
            if name in ("style", "class", "id", "data-at") and MARKER in value:
                self.wrong.append(f"{name} {value}")
            self.words += f" {value}" if name in ("title", "alt") else ""
        if tag not in VOID_TAGS:
            self.open_tags.append(tag)

    def handle_endtag(self, tag):
        if not self.open_tags or self.open_tags.pop() != tag:
            self.wrong.append(f"end of {tag}")

    def handle_data(self, data):
        if self.open_tags[-1:] == ["style"]:
            if MARKER in data:
                self.wrong.append("text in a style sheet")
        else:
            self.words += data

    def handle_comment(self, data):
        self.wrong.append(f"comment {data[:40]}")

    def handle_decl(self, decl):
        self.wrong.append(f"declaration {decl[:40]}")


@pytest.fixture(scope="module")
def hostile(flood):
    """The tables of a corpus with hostile text in every column of text, and hostile article ids."""
    articles, codebook, tables = flood
    ids = {article: f"{HOSTILE}{number}" for number, article in enumerate(articles.article)}
    replaced = {}
    for name, table in (tables | {"articles": articles}).items():
        table = table.copy()
        for column in table.select_dtypes(["str", "object"]).columns:
            if column.endswith("article"):
                table[column] = table[column].map(lambda article: ids.get(article, ""))
            elif column == "text" and name == "articles":
                table[column] = [(HOSTILE * 30)[: len(text)] for text in table[column]]
            elif column not in CODES.get(name, set()):
                # Different labels stay different, for groups and colours.
                table[column] = table[column].map(lambda cell: HOSTILE + cell if cell else "")
        replaced[name] = table
    return replaced, codebook


def views_of(tables: dict) -> dict:
    """Everything that can be shown of tables."""
    articles = tables["articles"]
    first = articles.article.iloc[0]
    layers = [tables[name] for name in ("passages", "themes", "quotes", "mentions", "repeats")]
    sentences = pd.DataFrame(
        [
            {"section": HOSTILE, "sentence": HOSTILE, "table": name, "rows": "0 1 2 3"}
            for name in ("passages", "constraints", "articles", "claims", "repeats", "events")
        ]
    )
    return {
        "show_article": cl.show_article(articles, first, *layers),
        "show_evidence": cl.show_evidence(tables["quotes"], articles, n=50),
        "show_evidence, sorted": cl.show_evidence(tables["mentions"], articles, sort="left"),
        "show_concordance": cl.show_concordance(tables["passages"], articles, CONCORDANCE_TERM),
        "show_alignment": cl.show_alignment(tables["repeats"], articles, n=20),
        "show_reasons": cl.show_reasons(tables["dates"], tables["constraints"], articles),
        "show_brief": cl.show_brief(sentences, tables),
    }


def charts_of(tables: dict) -> dict:
    """Charts whose labels are text from articles, with the tables that they are drawn from."""
    articles = tables["articles"]
    titles = articles[["article", "title"]]
    passages = tables["passages"].assign(label="body")
    zones = cl.count_words(passages, by=["article", "label"]).merge(titles)
    shared = cl.count_shared(tables["repeats"], articles)
    themes = tables["themes"].groupby(["label", "article"], as_index=False).size().merge(titles)
    speakers = cl.count_words(tables["quotes"], by=["label", "source_type", "anonymous"])
    together = pd.DataFrame({"actor_a": [HOSTILE], "actor_b": [f"{HOSTILE}2"], "count": [3]})
    origins = pd.DataFrame(
        {"claim": [HOSTILE], "kind": [HOSTILE], "place": [HOSTILE], "origin": [HOSTILE]}
    ).assign(folded_into="", mentions=1)
    words = pd.DataFrame({"word": [HOSTILE], "log_ratio": [2.0], "low": [1.0], "high": [3.0]})
    key_terms = pd.DataFrame(
        {"group": HOSTILE, "term": [HOSTILE], "is_name": False, "rank": 1, "group_articles": 1}
    ).assign(log_ratio=2.0, low=1.0, high=3.0)
    dates = tables["dates"].merge(titles)
    days = {
        "published_from": pd.Timestamp("2021-03-16"),
        "published_to": pd.Timestamp("2021-03-16"),
    }
    dated = articles.assign(**days)
    hostile_mentions = cl.mark_periods(tables["mentions"].assign(label=HOSTILE), dated)
    periods = cl.count_periods(hostile_mentions, dated)
    return {
        "periods": (cl.chart_periods(periods), periods, hostile_mentions),
        "zones": (cl.chart_zones(zones), zones, passages),
        "shared": (cl.chart_shared(shared, tables["repeats"]), shared, tables["repeats"]),
        "themes": (cl.chart_themes(themes), themes, tables["themes"]),
        "speakers": (cl.chart_speakers(speakers), speakers, tables["quotes"]),
        "network": (cl.chart_network(together), together, tables["mentions"]),
        "origins": (cl.chart_origins(origins), origins, tables["claims"]),
        "keyness": (cl.chart_keyness(words), words, passages),
        "key_terms": (cl.chart_key_terms(key_terms), key_terms, passages),
        "timeline": (
            cl.chart_timeline(dates, tables["events"], tables["amounts"], claims=tables["claims"]),
            dates,
            tables["constraints"],
        ),
    }


@pytest.fixture(scope="module")
def charts(hostile):
    return charts_of(hostile[0])


def test_whatever_is_shown_stays_text(hostile):
    wrong = {}
    for name, view in views_of(hostile[0]).items():
        structure = Structure(view._repr_html_())
        if structure.wrong or MARKER not in structure.words:
            wrong[name] = structure.wrong[:5]
        if FORBIDDEN.search(repr(view)) or "\r" in repr(view):
            wrong[f"{name}, as text"] = repr(view)[:200]
    assert wrong == {}


def test_the_text_of_an_article_is_whole(hostile):
    articles = hostile[0]["articles"]
    html = cl.show_article(articles, articles.article.iloc[0], hostile[0]["mentions"]).html
    page = re.sub(r' title="[^"]*"', "", html[html.index('<div class="clip-page"') :])
    text = visible(articles.text.iloc[0])
    assert Structure(page).words.strip().startswith(text.strip())


def test_charts_with_their_passages_stay_text(hostile, charts):
    wrong = {}
    for name, (figure, counts, evidence) in charts.items():
        html = cl.show_chart(figure, counts, evidence, hostile[0]["articles"])._repr_html_()
        if problems := Structure(html).wrong:
            wrong[name] = problems[:5]
    assert wrong == {}


def test_pictures_are_well_formed_and_hold_no_script(charts):
    wrong = {}
    for name, (figure, _, _) in charts.items():
        svg = draw_picture(figure, "svg").decode()
        for text in (svg, inline_svg(svg, "n1-", figure.get_label())):
            try:
                root = ElementTree.fromstring(text)
            except ElementTree.ParseError as error:
                wrong[name] = str(error)
                continue
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            names = {attribute for element in root.iter() for attribute in element.attrib}
            handlers = {attribute for attribute in names if attribute.startswith("on")}
            if handlers or tags & {"script", "img", "foreignObject"}:
                wrong[name] = f"{tags} {handlers}"
    assert wrong == {}


def test_interactive_views_stay_text(hostile, tmp_path):
    tables, _ = hostile
    articles, passages = tables["articles"], tables["passages"]
    views = {
        "concordance": cl.explore_concordance(passages, articles),
        "repeats": cl.explore_repeats(tables["repeats"], articles),
        "themes": cl.explore_themes(tables["themes"], passages, articles, tmp_path),
        "timeline": cl.explore_timeline(
            tables["dates"], tables["constraints"], tables["events"], articles
        ),
        "claims": cl.explore_claims(tables["claims"], articles, tmp_path),
        "corpus": cl.explore_corpus(tables | {"passages": passages.assign(label="body")}),
    }
    wrong = {}
    for name, view in views.items():
        structure = Structure(view.children[3].value)
        if structure.wrong or MARKER not in structure.words:
            wrong[name] = structure.wrong[:5]
    assert wrong == {}


def test_the_parser_of_these_tests_notices_what_is_not_escaped():
    cases = (
        "<script>",
        "<p onclick=x></p>",
        "<p>",
        "</p>",
        "<a href='javascript:x'></a>",
        "<!-- x -->",
    )
    assert [html for html in cases if not Structure(html).wrong] == []
    assert Structure("<p>&lt;script&gt;</p>").wrong == []
