"""Story told from page: goldens on the seeds and on a messy page, read by a person, and each rule left out in turn."""

import re

import clippings as cl
from clippings.corpus import paragraphs as page
from clippings.corpus import zones
from clippings.corpus.zones import find_credits, find_zones
from helpers import ROOT, SEEDS, articles_of


def zones_of(text: str, **columns) -> list[tuple[str, str]]:
    return [
        (row.label, row.text) for row in cl.find_passages(articles_of(text, **columns)).itertuples()
    ]


def test_everything_on_the_seeds_that_is_not_story():
    passages = cl.find_passages(cl.read_articles(SEEDS))
    page = passages[~passages.label.isin(["body", "headline", "subhead"])]
    found = [
        (row.article[:3], row.label, row.text[:24].replace("\u00a0", " "))
        for row in page.itertuples()
    ]
    assert found == [
        ("000", "caption", "ISIS militants moving to"),
        ("000", "byline", "ARA News"),
        ("000", "dateline", "DUHOK"),
        ("000", "sign-off", "Reporting by: Ali Issa"),
        ("000", "sign-off", "Source: ARA News"),
        ("000", "furniture", "For the latest news foll"),
        ("000", "furniture", "Join our Weekly Newslett"),
        ("000", "furniture", "Related Items"),
        ("000", "comment", "One thought on “Internal"),
        ("000", "comment", "1. Dujac says:"),
        ("000", "comment", "Haha, these coward Daesh"),
        ("000", "form", "Leave a Reply"),
        ("000", "form", "Your email address will "),
        ("000", "form", "two × 2 ="),
        ("001", "caption", "Militants of the Islamic"),
        ("001", "byline", "ARA News"),
        ("001", "dateline", "QAMISHLI –"),
        ("001", "sign-off", "Reporting by: Ahmed Shiw"),
        ("001", "sign-off", "source: ARA News"),
        ("001", "furniture", "For the latest on Syria "),
        ("001", "furniture", "• Short link :"),
        ("001", "form", "Leave a comment"),
        ("001", "form", "3 × one ="),
        ("002", "byline", "ARA News"),
        ("002", "dateline", "Erbil, Kurdistan Region "),
        ("002", "sign-off", "Reporting by: Sarbaz Yus"),
        ("002", "sign-off", "Source: ARA News"),
        ("002", "furniture", "For the latest on Syria "),
        ("002", "furniture", "• Short link :"),
        ("002", "form", "Leave a comment"),
        ("002", "form", "four × 5 ="),
        ("003", "furniture", "Iraq News"),
        ("003", "byline", "By Khalid al-Taie"),
        ("003", "caption", "Iraqi forces found this "),
        ("003", "caption", "Iraqi forces found this "),
        ("003", "furniture", "Do you like this article"),
        ("003", "comment", "1 Comment(s)"),
        ("003", "form", "Comment Policy * Denotes"),
        ("003", "comment", "Iraq cannot take out ISI"),
    ]
    assert passages[passages.label == "subhead"].text.str.strip().to_list() == [
        "Internal Conflict",
        "Growing internal tensions",
        "Leadership losing support",
    ]
    assert (passages.label == "headline").sum() == 5


def messy() -> tuple[str, list[tuple[str, str]]]:
    """Return a page with all kinds of furniture, and the annotated zone of each paragraph."""
    lines = (ROOT / "tests" / "pages" / "messy.tsv").read_text(encoding="utf-8").splitlines()
    expected = [tuple(line.split("\t")) for line in lines]
    text = "\n\n".join(part for _, part in expected)
    for zone, part in expected:
        text = text.replace(f"{part}\n\n", f"{part} ") if zone == "dateline" else text
    return text, expected


def test_a_messy_page():
    text, expected = messy()
    assert zones_of(text, outlet="Evening News") == expected


def test_each_look_is_needed(monkeypatch):
    monkeypatch.setattr(page, "_cached_look_at", page._look_at)
    text, expected = messy()
    below = f"{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\nBy Someone Else\n\n{LONG}\n\n{LONG}"
    needless = []
    for test in page.TESTS:
        if test.__name__ in ("_prose", "_line"):
            continue
        with monkeypatch.context() as patch:
            patch.setattr(page, "TESTS", tuple(look for look in page.TESTS if look is not test))
            is_byline_in_story = ("byline", "By Someone Else") in zones_of(below)
            if zones_of(text, outlet="Evening News") == expected and is_byline_in_story:
                needless.append(test.__name__)
    assert needless == []


NEVER = re.compile("(?!)")
WITHOUT_RULE = [
    ("PROSE_COST", 40),
    ("PROSE_NEIGHBOUR_WORTH", -30),
    ("CUT_OFF_WORTH", 200),
    ("UNRELATED_WORTH", 99),
    ("MIN_SHARED_WITH_STORY", 0),
    ("MIN_STORY_WORDS", 9999),
    ("GAP_COST", 99),
    ("WALL", 9999),
    ("MAX_SUBHEAD", 1),
    ("MIN_LINK", 99),
    ("CREDITS_DISTANCE", 0),
    ("AUTHOR_NOTE", NEVER),
    ("CAPITALS_START", NEVER),
    ("COLON_START", NEVER),
    ("GLUED_BYLINE", NEVER),
    ("PERSON", NEVER),
    *(("DATELINES", zones.DATELINES[:n] + zones.DATELINES[n + 1 :]) for n in range(3)),
]


def test_each_rule_of_the_story_is_needed(monkeypatch):
    talk = f"{LONG}\n\n" * 5 + "12 Comments\n\n" + f"{LONG} {LONG}\n\n" * 6
    texts = [
        messy()[0],
        talk,
        *(text for text, _, _ in GLUED_PAGES),
        f"{TITLE}\n\nA B Writer\n\nMay 3, 2019\n\n{LONG}",
    ]
    before = [find_zones(text) for text in texts]
    needless = []
    for name, value in WITHOUT_RULE:
        with monkeypatch.context() as patch:
            patch.setattr(zones, name, value)
            if [find_zones(text) for text in texts] == before:
                needless.append(name)
    assert needless == []


TITLE = "Headline of the council of the town"
LONG = "The council of the town said on Monday that the road would be closed until the end of the month."
GLUED_PAGES = [
    (f"OSLO\u00a0 {LONG}", "dateline", "OSLO"),
    (
        f"OSLO {LONG.replace('council of', 'Council of')}",
        "body",
        f"OSLO {LONG.replace('council of', 'Council of')}",
    ),
    (f"OSLO Town councils agree. {LONG}", "dateline", "OSLO"),
    (
        f"NATO Town councils agree that NATO is right. {LONG}",
        "body",
        f"NATO Town councils agree that NATO is right. {LONG}",
    ),
    (f"OSLO – {LONG}", "dateline", "OSLO –"),
    (f"OSLO - {LONG}", "dateline", "OSLO -"),
    (f"NEW OSLO: {LONG} They like New Oslo.", "dateline", "NEW OSLO:"),
    (f"NOTE: {LONG}", "body", f"NOTE: {LONG}"),
    (f"OSLO, Norway, Nov 20 (Agency) - {LONG}", "dateline", "OSLO, Norway, Nov 20 (Agency) -"),
    (f"SAINT-OSLO, N.Y. (AP) — {LONG}", "dateline", "SAINT-OSLO, N.Y. (AP) —"),
    (f"(Agency) — {LONG}", "dateline", "(Agency) —"),
    (f"New York, United States — {LONG}", "dateline", "New York, United States —"),
    (f"Erbil, Some Region – {LONG}", "dateline", "Erbil, Some Region –"),
    (f"By Jo Doe OSLO, Norway — {LONG}", "byline", "By Jo Doe"),
    (f"By Jo Doe OSLO, Norway — {LONG}", "dateline", "OSLO, Norway —"),
    (f"{LONG}\n\nOSLO (AP) – {LONG}", "dateline", "OSLO (AP) –"),
    (f"{LONG}\n\nOSLO – {LONG}", "body", f"OSLO – {LONG}"),
    (f"“No” – {LONG}", "body", f"“No” – {LONG}"),
]


def test_datelines_and_bylines_are_cut_at_the_right_character():
    failures = [row for row in GLUED_PAGES if row[1:] not in zones_of(row[0])]
    assert failures == []


ZONE_RULES = [
    (f"{TITLE}\n\nBy Someone Else\n\n{LONG}", "byline", "By Someone Else"),
    (f"{TITLE}\n\nEvening News\n\n{LONG}", "byline", "Evening News"),
    (f"{TITLE}\n\nSomeone Else\n\n3 May 2019\n\n{LONG}", "byline", "Someone Else"),
    (f"{LONG}\n\nA subhead here\n\n{LONG}", "subhead", "A subhead here"),
    (f"{LONG}\n\n12 Comments\n\nI do not think so.", "comment", "I do not think so."),
    (f"0 Comments\n\n{LONG}\n\n{LONG}", "body", LONG),
    (f"{LONG}\n\nseven + 2 =", "form", "seven + 2 ="),
    (
        f"{LONG}\n\nWe use cookies to improve the site",
        "furniture",
        "We use cookies to improve the site",
    ),
    ("It rains.", "subhead", "It rains."),
    (f"{LONG}\n\nIt rains.", "furniture", "It rains."),
    ("It rains here again.", "body", "It rains here again."),
]


def test_zone_rules():
    failures = [row for row in ZONE_RULES if row[1:] not in zones_of(row[0], outlet="Evening News")]
    assert failures == []


HEADLINES = [
    (
        f"World\n\nThe ferries of the north strike again\n\nRoad closed, council says\n\n{LONG}",
        "Road closed, council says",
    ),
    (
        f"Who closed the road of the town?\n\n{LONG}\n\n{LONG}",
        "Who closed the road of the town?",
    ),
    (LONG, ""),
    ("", ""),
]


def test_the_headline_shares_its_words_with_the_story():
    failures = [
        (text, headline) for text, headline in HEADLINES if find_credits(text).headline != headline
    ]
    assert failures == []


def test_a_title_that_is_known_is_the_headline():
    text = f"Road of the town closed, council says\n\nA quiet night\n\n{LONG}"
    assert ("headline", "A quiet night") in zones_of(text, title="A quiet night")


STORIES_IN_OTHER_SCRIPTS = {
    "Chinese": (
        "大桥关闭六周",
        "市长星期一表示，河上的大桥已关闭六周，无人受伤，但有轨电车将停运到月底。",
        "居民对此十分担心，市政府说替代巴士每十分钟一班，费用由国家承担。",
        "“我们不能再等了。”市长说，大桥的钢梁在春天已经发现裂缝。",
    ),
    "Japanese": (
        "橋が閉鎖",
        "川にかかる橋が月曜日に閉鎖されたと市長が発表した。けが人はいなかった。",
        "住民は不安を訴え、市は代替バスを十分おきに走らせると説明した。",
        "「待つことはできない。」と市長は述べ、橋の費用は国が負担すると話した。",
    ),
    "Hindi": (
        "पुल बंद",
        "नदी पर बना पुल सोमवार को बंद कर दिया गया, मेयर ने कहा।",
        "लोग चिंतित हैं और बसें चल रही हैं।",
    ),
    "Thai": (
        "ปิดสะพาน",
        "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานข้ามแม่น้ำถูกปิดเป็นเวลาหกสัปดาห์",
        "ชาวบ้านกังวลเรื่องนี้มาก เทศบาลกล่าวว่าจะมีรถโดยสารทดแทนทุกสิบนาที",
    ),
}


def test_paragraphs_in_scripts_without_blanks_are_body():
    failures = {}
    for language, (headline, *paragraphs) in STORIES_IN_OTHER_SCRIPTS.items():
        # Long stories too: their paragraphs must not be strangers to each other.
        for repetitions in (1, 8):
            text = "\n\n".join([headline, *paragraphs * repetitions])
            labels = [zone.zone for zone in find_zones(text)]
            if labels != ["headline", *["body"] * len(paragraphs) * repetitions]:
                failures[language, repetitions] = labels
    assert failures == {}


# Enough different words for paragraphs that share none with the story to be found.
NAMES = [
    f"{first}{last}" for first in ("Al", "Bor", "Cal", "Dor") for last in ("by", "den", "sted")
]
NAMES += [f"{name}{last}" for name in NAMES for last in ("gate", "moor", "wick", "holm", "ford")]
NAMES += [f"{name}{last}" for name in NAMES[:40] for last in ("ie", "us")]


def test_a_text_without_anything_of_a_page_is_article_from_first_to_last_paragraph():
    """The first and last words of a column may have no word in common with the rest."""
    middle = "\n\n".join(
        f"The council of Ostrand voted on dam {name} of the River Lenn, and engineer {name} Lund of "
        f"the {name} Board warned that {name} would not hold the {name} river beyond its level."
        for name in NAMES
    )
    opening = (
        "“I would rather keep geese than a diary.” That remark by a retired baker hung above my "
        "desk for decades, and it came back to me last week when friends asked what mattered."
    )
    closing = (
        "Grown people rarely look past their own fence, seldom further than supper. Whoever thinks "
        "in generations finds such habits worrying, and says so, politely, year after year."
    )
    notice = "Have you got a story? Email us at desk@example.org"
    text = f"A remark about geese\n\n{opening}\n\n{middle}\n\nA note on level\n\n{closing}\n"
    zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
    assert zones[opening] == zones[closing] == "body"
    assert zones["A note on level"] == "subhead"
    with_notice = text.replace("A note on level", notice)
    zones = {with_notice[zone.start : zone.end]: zone.zone for zone in find_zones(with_notice)}
    assert zones[notice] == "furniture"
