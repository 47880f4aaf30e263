"""The headline of pages with labels, decks, lists of titles and videos around it."""

from clippings.corpus.zones import find_credits

HEADLINE = "Harbour road in Ostrand closed after wall collapses"
PARAGRAPHS = [
    "OSTRAND — The harbour road in Ostrand was closed on Monday after a wall fell, police said.",
    "Nobody was hurt when the wall collapsed, said the mayor, who visited the harbour at noon.",
    "“We heard a loud noise and then there was dust everywhere,” said Carl Lund, who lives there.",
    "The road will stay closed for a week while engineers examine the wall, the council said.",
]
DECK = "Council says the wall will be examined before the road opens again"
BYLINE = "By Anna Bell"
DATE = "March 16, 2021"
LIST = [
    "Trending",
    "Bakers in Tolmere raise prices again",
    "Whale seen off the northern islands",
    "Wall in Ostrand was old, engineers say",
]

LINES_ABOVE_STORY = {
    "label": ["Local News", HEADLINE, BYLINE, DATE],
    "label in capitals": ["HARBOUR ROAD", HEADLINE, BYLINE, DATE],
    "long label in capitals": ["COLLAPSE OF THE HARBOUR WALL", HEADLINE, BYLINE],
    "label of a place": ["Ostrand harbour", HEADLINE, "Anna Bell", DATE],
    "deck": ["News", HEADLINE, DECK, BYLINE, DATE],
    "deck without byline": [HEADLINE, DECK],
    "deck below the date": [HEADLINE, DATE, DECK],
    "list of titles": [*LIST, HEADLINE, BYLINE, DATE],
    "list of titles, deck": [*LIST, HEADLINE, DECK, BYLINE, DATE],
    "list of titles with dates": [LIST[1], "March 15, 2021", LIST[2], DATE, HEADLINE, DATE],
    "trail": [f"Home > News > {HEADLINE}", HEADLINE, BYLINE],
    "tagline": ["Valley Post", "Serving the towns of Ostrand since 1902", HEADLINE, BYLINE],
    "news of the hour": ["BREAKING: Ferry union calls strike in all ports", "Menu", HEADLINE, BYLINE],
    "date above": [DATE, HEADLINE],
    "byline above": [BYLINE, HEADLINE, DATE],
    "share buttons": [HEADLINE, "1.2K shares", "5 min read", "Share", "Tweet", BYLINE],
    "topics": ["HOT TOPICS", "Election 2021", "Harbour wall", HEADLINE, f"{BYLINE} | {DATE}"],
    "video above": ["Video", "Ferry stuck in Ostrand harbour for three hours", HEADLINE, BYLINE],
}  # fmt: skip


def test_headlines_among_other_lines():
    failures = []
    for name, lines in LINES_ABOVE_STORY.items():
        headline = find_credits("\n".join([*lines, *PARAGRAPHS])).headline
        if headline != HEADLINE:
            failures.append((name, headline))
    assert failures == []


def test_short_headlines_below_labels_and_titles():
    short = "The harbour wall"
    for above in (["News"], ["White House"], [*LIST[1:3], "Donate", "News"]):
        text = "\n".join([*above, short, BYLINE, DATE, *PARAGRAPHS])
        assert find_credits(text).headline == short


def test_the_title_of_a_video_is_not_the_headline():
    for label in ("Video", "VIDEO3:4503:45", "Watch 1:20"):
        text = "\n".join([label, "Ferry stuck in Ostrand harbour for three hours", *PARAGRAPHS])
        assert find_credits(text).headline == ""


def test_a_title_that_only_a_list_below_the_story_gives():
    text = "\n".join([*PARAGRAPHS, *LIST[:3], HEADLINE, "Ferry union calls strike"])
    assert find_credits(text).headline == HEADLINE
    # Another story on the same matter shares only some words.
    others = "\n".join([*PARAGRAPHS, *LIST[:3], "Ostrand mayor wants money for roads and walls"])
    assert find_credits(others).headline == ""


def test_headlines_below_buttons_statements_and_trails():
    share_panel = ["Share this with", "Email", "Facebook", "Share this with Facebook"] * 8
    pages = {
        "share panel": [
            *(HEADLINE, DATE),
            *(*share_panel, "Copy this link", "https://post.example/harbour-road"),
        ],
        "address above": ["https://post.example/harbour-road", HEADLINE, BYLINE],
        "statement": ["“The wall was safe.”", "— Carl Lund on Monday, May 3, 2021", HEADLINE, BYLINE],
        "trail": ["Home ›", "Local news ›", HEADLINE, DATE],
        "trail with headline": ["Read our free guide to the harbour road", HEADLINE, HEADLINE, DATE],
        "time at the end of the byline": [HEADLINE, "By Anna Bell on Monday, May 3, 2021 at 11:08 a.m."],
    }  # fmt: skip
    failures = []
    for name, lines in pages.items():
        headline = find_credits("\n".join([*lines, *PARAGRAPHS])).headline
        if headline != HEADLINE:
            failures.append((name, headline))
    assert failures == []


def test_a_headline_that_begins_with_a_name_is_not_a_byline():
    for headline in ("Carl Lund: Ostrand drops harbour plan", "Anna Bell: My year on the wall"):
        text = "\n".join([headline, DATE, *PARAGRAPHS])
        assert find_credits(text).headline == headline


def test_lines_right_below_each_other_above_the_story():
    caption = (
        "The wall at the harbour of Ostrand before it fell in the storm. (credit: Post/Tom Reed)"
    )
    text = "\n".join([caption, HEADLINE, "by Anna Bell", DATE, "", "\n\n".join(PARAGRAPHS)])
    assert find_credits(text).headline == HEADLINE


def test_a_page_may_be_a_single_line():
    for line in ("Bell Checks Into Ostrand", "by Anna Bell", "March 3, 2021", "Video", "…"):
        for text in (line, f"{line}\n", f"\n{line}"):
            assert find_credits(text).headline in ("", line), text
