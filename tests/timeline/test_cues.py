"""Cues of the analyst's calendar, and names of offices."""

import clippings as cl
from clippings.core.lexicon import read_lexicon, read_words
from helpers import codebook_of, story_of


def test_the_name_of_a_holder_of_an_office_dates_a_text():
    """Once with its title, but not after "former"; names of states and bodies, which have no title, always."""
    rows = read_lexicon("en/time/offices")
    texts = []
    for row in rows:
        title = row["title"].split("|")[0]
        texts.append(f"Then {title} {row['name']} spoke; former {title} {row['name']} did not.")
    cues = cl.find_cues(story_of(*texts), codebook_of("calendar"))
    wrong = []
    for number, row in enumerate(rows):
        label = f"{row['title'].split('|')[0]} {row['name']}".strip()
        own_cues = cues[(cues.article == f"a{number}.txt") & (cues.label == label)]
        has_order = row["day_to"] == "" or row["day_from"] < row["day_to"]
        is_in_office = (own_cues.relation == "in_office").all()
        if len(own_cues) != (1 if row["title"] else 2) or not is_in_office or not has_order:
            wrong.append((label, len(own_cues)))
    assert wrong == []


def test_each_title_of_a_holder_of_an_office_is_read():
    rows = read_lexicon("en/time/offices")
    titled_names = [
        f"{title} {row['name']}"
        for row in rows
        if row["title"]
        for title in row["title"].split("|")
    ]
    cues = cl.find_cues(story_of(*titled_names), codebook_of("calendar"))
    assert set(cues.text) == set(titled_names)


def test_cues_of_the_calendar_are_found_with_their_days():
    calendar = codebook_of(
        "calendar",
        {"entry": "bridge", "day_from": "2020-01-01", "cue": "bridge*", "relation": "not_before"},
        {"entry": "ferry", "day_to": "2021-01-01", "cue": "/ferr(y|ies)/", "relation": "not_after"},
    )
    cues = cl.find_cues(story_of("The bridges closed.", "No ferries ran."), calendar)
    assert cues[["article", "text", "label", "relation", "rule"]].to_numpy().tolist() == [
        ["a0.txt", "bridges", "bridge", "not_before", "bridge*"],
        ["a1.txt", "ferries", "ferry", "not_after", "/ferr(y|ies)/"],
    ]
    assert cues.day_from.notna().to_list() == [True, False]


def test_every_calendar_row_has_a_cue_that_its_own_words_meet(seeds):
    """Rows that no seed meets are kept for other reports; each must at least be readable and dated."""
    calendar = seeds[1]["calendar"]
    assert {
        "SDF founded",
        "Kobane retaken",
        "Suluk lost",
        "Mosul offensive launched",
        "caliphate declared",
    } <= set(seeds[2]["cues"].label)
    assert ((calendar.day_from != "") | (calendar.day_to != "")).all()


def test_an_office_no_longer_held_is_not_a_cue():
    calendar = codebook_of("calendar")
    for word in read_words("en/time/syntax", kind="before a former title"):
        former = word if word.endswith("-") else f"{word} "
        of_former = cl.find_cues(story_of(f"He met {former}President Clinton."), calendar)
        assert of_former.empty, word
    in_office = cl.find_cues(story_of("He met President Clinton."), calendar)
    assert len(in_office) == 1
