"""Headline and outlet of invented pages in the layouts of many kinds of sites."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from clippings.corpus.outlet_names import outlet_key
from clippings.corpus.zones import Credits, find_credits

PAGES = Path(__file__).with_name("site_pages.txt")
STORY = "story: "  # begins the name of a text that pages share

# The owner or a department, where no sign of the outlet is left.
OUTLETS_OF_CUT_PAGES = {"university news": "Tolmere News", "ctrl-a with cookies": "Lowland World"}
MIN_SHARE_OF_CUT_PAGES = 0.7


class SitePage(NamedTuple):
    """A page and the details that it states; "" for missing ones."""

    kind: str
    outlet: str
    headline: str
    text: str


@cache
def read_pages() -> tuple[SitePage, ...]:
    """Read the pages of site_pages.txt, with their stories filled in."""
    parts = PAGES.read_text(encoding="utf-8").split("\n=== ")[1:]
    named = {name: text for name, _, text in (part.partition("\n") for part in parts)}
    stories = {
        f"{{{name.removeprefix(STORY)}}}": text.strip()
        for name, text in named.items()
        if name.startswith(STORY)
    }
    return tuple(
        _site_page(kind, part, stories)
        for kind, part in named.items()
        if not kind.startswith(STORY)
    )


def _site_page(kind: str, part: str, stories: dict[str, str]) -> SitePage:
    """Read a page: its outlet, its headline, a line of hyphens and its text."""
    head, _, text = part.partition("\n---\n")
    outlet, headline = (line.partition(": ")[2] for line in head.strip("\n").split("\n"))
    for name, story in stories.items():
        text = text.replace(name, story)
    return SitePage(kind, outlet, headline, text)


@cache
def credits_of(page: SitePage) -> Credits:
    return find_credits(page.text)


def test_headlines_of_many_kinds_of_sites():
    failures = []
    for page in read_pages():
        headline = credits_of(page).headline
        if headline != page.headline:
            failures.append((page.kind, headline))
    assert failures == []


def test_outlets_of_many_kinds_of_sites():
    failures = []
    for page in read_pages():
        outlet = credits_of(page).outlet
        if outlet.casefold() != page.outlet.casefold():
            failures.append((page.kind, outlet))
    assert failures == []


def test_outlets_of_pages_without_their_navigation():
    """What is cut off may be missed, but nothing else is taken for the outlet."""
    failures = []
    examined = 0
    recognised = 0
    for page in read_pages():
        if not page.headline or not page.outlet:
            continue
        examined += 1
        start = page.text.find("\n" + page.headline + "\n") + 1
        outlet = find_credits(page.text[start:]).outlet
        expected = OUTLETS_OF_CUT_PAGES.get(page.kind, page.outlet)
        if not outlet:
            continue
        recognised += 1
        if outlet_key(outlet) != outlet_key(expected):
            failures.append((page.kind, outlet))
    assert failures == []
    # Most pages also name their outlet below the headline.
    assert recognised >= MIN_SHARE_OF_CUT_PAGES * examined, (recognised, examined)
