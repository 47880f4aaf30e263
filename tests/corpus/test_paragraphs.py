"""What a paragraph looks like by itself: each row of the page lexicon and each test, one by one."""

import time

from clippings.core.lexicon import read_lexicon, read_words
from clippings.corpus import paragraphs as page
from clippings.corpus.paragraphs import cut_page
from clippings.corpus.zones import find_zones

LONG = "The council of the town said on Monday that the road would be closed until the end of the month."
AROUND = {
    "start": "{} and the people of the town, who had waited for a long time, went home.",
    "anywhere": "The people of the town, who had waited for it, {}, went home after all.",
    "notice": "The people of the town, who had waited for it, {}, went home after all.",
    "end": "The river again, {}",
    "whole": "{}",
}


def parts() -> list[tuple[str, dict, str]]:
    """Return each alternative of each row with a paragraph that it should recognise."""
    found = []
    for row in page.page_phrase_rows():
        if row["term"].startswith("/"):
            found.append((row["term"], row, row["example"]))
        else:
            terms = [term.strip() for term in row["term"].split("|")]
            found += [(term, row, AROUND[row["where"]].format(term)) for term in terms]
    return found


def zone_in_story(paragraph: str) -> str:
    text = f"{LONG} {LONG}\n\n{LONG}\n\n{paragraph}\n\n{LONG}\n\n{LONG} {LONG}"
    start = text.index(paragraph, len(LONG) * 3)
    return next(zone for first, end, zone, _ in find_zones(text) if first <= start < end)


def test_each_term_of_the_page_lexicon_is_needed(monkeypatch):
    monkeypatch.setattr(page, "_cached_look_at", page._look_at)
    rows = page.page_phrase_rows()
    failures = []
    for term, row, paragraph in parts():
        if zone_in_story(paragraph) != row["zone"]:
            failures.append((term, "is not recognised"))
        rest = " | ".join(other for other in row["term"].split(" | ") if other != term)
        shorter = [{**other, "term": rest} if other is row else other for other in rows]
        with monkeypatch.context() as patch:
            left = page.PhraseIndex(phrases_of(other for other in shorter if other["term"]))
            patch.setattr(page, "_page_phrases", lambda left=left: left)
            if zone_in_story(paragraph) == row["zone"]:
                failures.append((term, "is not needed"))
    assert failures == []


_phrases: dict[tuple, page.PagePhrase] = {}


def phrases_of(rows) -> list[page.PagePhrase]:
    """Return the rows as the library compiles them, each once."""
    made = []
    for row in rows:
        key = (row["zone"], row["where"], row["term"])
        if key not in _phrases:
            _phrases[key] = page._page_phrase(row)
        made.append(_phrases[key])
    return made


KINDS = [
    ("1500 / 1500", "form"),
    ("two × 2 =", "form"),
    ("The score was 3 + 2 = 5, and all of them knew it by heart.", "prose"),
    ("12/10/2019", "day"),
    ("12 Comments", "comment"),
    ("One thought on “The river rises”", "comment"),
    ("1. riverman says:", "comment"),
    ("Somebody on September 29, 2018 at 12:16 am said:", "comment"),
    ("The mayor of the town said:", "prose"),
    ("By A Staff Writer", "byline"),
    ("Story by the night desk", "line"),
    ("By the time they came, the river had risen.", "prose"),
    ("The bridge at dawn. Getty", "caption"),
    ("The bridge at dawn (Image: GETTY )", "caption"),
    ("The bridge in Ostrand, O. (AP)", "caption"),
    ("The bridge at dawn (AP/Staff)", "caption"),
    ("The water is clean, according to the Environmental Protection Agency (EPA).", "prose"),
    ("They all spoke to the Associated Press (AP)", "line"),
    ("The bridge at dawn. Photo: A Photographer", "caption"),
    ("The bridge at dawn.Credit...A Name/The Evening Times", "caption"),
    ("The bridge was closed, a spokesman told Reuters.", "prose"),
    ("The paper has a photo of it, and the council knows.", "prose"),
    (
        "A boat waits beside the bridge in the lower town, Monday, Nov. 11, 2019, before dawn.",
        "caption",
    ),
    ("3 hours ago", "day"),
    ("— Tolmere Council (@tolmerecouncil) November 12, 2019", "post"),
    ("Look at this bridge pic.twitter.com/abc123", "post"),
    ("• The bridge stays closed for a week", "list"),
    ("The bridge", "line"),
    ("Nobody was hurt, he said.", "prose"),
]


def test_kinds():
    failures = [
        (paragraph, kind, [piece.kind for piece in cut_page(paragraph)])
        for paragraph, kind in KINDS
        if [piece.kind for piece in cut_page(paragraph)] != [kind]
    ]
    assert failures == []


def kind_of(paragraph: str) -> str:
    return cut_page(paragraph)[0].kind


def test_each_agency_is_a_credit_and_no_other_word():
    failures = []
    for agency in read_words("en/page/credits", kind="agency"):
        kinds = [
            kind_of(f"The bridge at dawn. {name}") for name in (agency, agency.upper(), "Someone")
        ]
        story = kind_of(f"The bridge was closed on Monday, a spokesman told {agency}.")
        if [*kinds, story] != ["caption", "caption", "line", "prose"]:
            failures.append((agency, kinds, story))
    assert failures == []


def test_each_word_for_a_picture_is_a_credit():
    failures = []
    for word in read_words("en/page/credits", kind="picture"):
        kinds = [kind_of(f"The bridge at dawn ({name} the night desk)") for name in (word, "from")]
        if kinds != ["caption", "line"]:
            failures.append((word, kinds))
    assert failures == []


def test_each_post_of_a_newsroom_signs_a_byline_and_a_note():
    failures = []
    for row in read_lexicon("en/page/newsroom_roles"):
        byline = kind_of(f"Evening News {row['word']}")
        note = f"Night Desk is a {row['word']} of the river pages and lives in the lower town with two cats and a boat."
        zones = [zone for _, _, zone, _ in find_zones(f"{LONG} {LONG}\n\n{LONG} {LONG}\n\n{note}")]
        is_person = row["kind"] == "person"
        if byline != "byline" or (zones[-1] == "furniture") != is_person:
            failures.append((row["word"], byline, zones[-1]))
    assert failures == []


def test_a_long_paragraph_with_a_term_stays_prose():
    text = f"{LONG} {LONG} Sign up, he told them, for our newsletter. {LONG}"
    assert [piece.kind for piece in cut_page(f"Subscribe to it, he said. {text}")] == ["prose"]


def test_hard_wrapped_lines_are_one_paragraph_and_others_are_not():
    wrapped = "The council of the town said on Monday that the\nroad would be closed until the end of May,\nno longer."
    assert [wrapped[piece.start : piece.end] for piece in cut_page(wrapped)] == [wrapped]
    assert len(cut_page(f"{LONG}\n{LONG}")) == 2
    titles = "The council of the town says that the road is closed\n2 people hurt as the river takes the bridge\nNews"
    assert len(cut_page(titles)) == 3
    short = "The council of the town said on Monday that the\nRoad of the Captains would be closed until the\nLevee was repaired."
    assert len(cut_page(f"{short}\n\n{short}\n\n{short}")) == 3
    listed = "The council of the town said that it would now,\nafter all,\n• close the road\n• open the school again"
    assert len(cut_page(listed)) == 3


STRANGE = [
    *(part * (200_000 // len(part)) for part in ("=", "1 ", "9", "a\n", "(", "A b ")),
    *(part * (page.LONGEST_EXAMINED // len(part)) for part in ("x", "x ", "A", "a", "1", " 1", "1/", "x=", "x -", "A. ", "By ", "•", "@", "(@", "— ", ":", "(", "/", "12:", "may 1 ", "the ", "“", "?!")),
]  # fmt: skip


def test_a_strange_page_is_cut_without_loss_and_in_time():
    failures = []
    for text in STRANGE:
        started = time.process_time()
        zones = find_zones(text)
        seconds = time.process_time() - started
        characters = "".join(text[start:end] for start, end, _, _ in zones).replace(" ", "")
        if characters != "".join(text.split()) or seconds > 5:
            failures.append((text[:10], seconds))
    assert failures == []
