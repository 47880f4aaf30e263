"""Headline and outlet of invented pages in the layouts of many kinds of sites."""

from pathlib import Path
from typing import NamedTuple

from clippings.corpus.outlet_names import outlet_key
from clippings.corpus.zones import find_credits

PAGES = Path(__file__).with_name("site_pages.txt")
STORY = "story: "  # begins the name of a text that pages share

# The owner or a department, where no sign of the outlet is left.
OUTLETS_OF_CUT_PAGES = {"university news": "Tolmere News", "ctrl-a with cookies": "Lowland World"}


class SitePage(NamedTuple):
    """A page with what it should be read as; "" where it does not say."""

    kind: str
    outlet: str
    headline: str
    text: str


def read_pages() -> list[SitePage]:
    """The pages of site_pages.txt, their stories filled in."""
    parts = PAGES.read_text(encoding="utf-8").split("\n=== ")[1:]
    named = {name: text for name, _, text in (part.partition("\n") for part in parts)}
    stories = {
        f"{{{name.removeprefix(STORY)}}}": text.strip()
        for name, text in named.items()
        if name.startswith(STORY)
    }
    pages = []
    for kind, part in named.items():
        if kind.startswith(STORY):
            continue
        head, _, text = part.partition("\n---\n")
        outlet, headline = (line.partition(": ")[2] for line in head.strip("\n").split("\n"))
        for name, story in stories.items():
            text = text.replace(name, story)
        pages.append(SitePage(kind, outlet, headline, text))
    return pages


def test_headlines_of_many_kinds_of_sites():
    failures = []
    for page in read_pages():
        headline = find_credits(page.text).headline
        if headline != page.headline:
            failures.append((page.kind, headline))
    assert failures == []


def test_outlets_of_many_kinds_of_sites():
    failures = []
    for page in read_pages():
        outlet = find_credits(page.text).outlet
        if outlet.casefold() != page.outlet.casefold():
            failures.append((page.kind, outlet))
    assert failures == []


def test_outlets_of_pages_without_their_navigation():
    """What is cut off may be missed, but nothing else is taken for the outlet."""
    failures = []
    for page in read_pages():
        if not page.headline or not page.outlet:
            continue
        start = page.text.find("\n" + page.headline + "\n") + 1
        outlet = find_credits(page.text[start:]).outlet
        expected = OUTLETS_OF_CUT_PAGES.get(page.kind, page.outlet)
        if outlet and outlet_key(outlet) != outlet_key(expected):
            failures.append((page.kind, outlet))
    assert failures == []
