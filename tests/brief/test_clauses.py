"""The sentence around a mention, in every layout of text."""

import textwrap

from clippings.brief.clauses import clause_around, sentence_around

HEADLINE = "DAM BREAKS"
BREACH = (
    "The old dam above Ostrand collapsed early on Monday, and the river rose by three metres "
    "within an hour, a spokesman for the Water Board said."
)
DAMAGE = (
    "Two bridges and a mill were carried away, and the lower market of Tolmere stood under water "
    "until the evening."
)
PARAGRAPHS = (HEADLINE, BREACH, DAMAGE)


def wrapped(*paragraphs: str, indent: str = "") -> list[str]:
    return [textwrap.fill(text, 60, initial_indent=indent) for text in paragraphs]


LAYOUTS = {
    "one line per paragraph": "\n".join(PARAGRAPHS),
    "blank lines": "\n\n".join(PARAGRAPHS),
    "hard-wrapped, blank lines": "\n\n".join(wrapped(*PARAGRAPHS)),
    "hard-wrapped, indented": "\n".join([HEADLINE, *wrapped(BREACH, DAMAGE, indent="    ")]),
    "hard-wrapped, Windows": "\r\n\r\n".join(wrapped(*PARAGRAPHS)).replace("\n", "\r\n"),
}


def test_a_sentence_is_found_in_every_layout():
    wrong = {}
    for layout, text in LAYOUTS.items():
        start, end = sentence_around(text, text.index("rose"))
        sentence = " ".join(text[start:end].split())
        if sentence != BREACH:
            wrong[layout] = sentence
    assert wrong == {}


def test_a_clause_is_quoted_in_one_line_in_every_layout():
    clauses = set()
    for text in LAYOUTS.values():
        start = text.index("rose")
        clauses.add(clause_around(text, start, start + len("rose")))
    assert clauses == {"the river rose by three metres within an hour"}


def test_between_sentences_there_is_none():
    assert sentence_around("One. \n\nTwo.", 5) == (5, 5)


def test_a_cut_leaves_names_whole():
    before = (
        "Officials say that South Tolmere has again now bombed a camp of the old mining company"
    )
    start = before.index("bombed")
    quoted = clause_around(before, start, start + len("bombed"))
    assert quoted.startswith("… South Tolmere has again now bombed")
    after = "The army has bombed a camp for people who came from the United Lower Islands in May this year"
    start = after.index("people")
    quoted = clause_around(after, start, start + len("people"))
    assert quoted.endswith("from the United Lower Islands …")


def test_a_headline_in_capitals_is_still_cut():
    text = "Police Arrest Two Men Over The Fire At The Old Mill In Ostrand After A Long Search Of Homes"
    start = text.index("Fire")
    assert len(clause_around(text, start, start + len("Fire")).split()) <= 18


def test_a_comma_beside_a_larger_place_does_not_end_a_clause():
    text = (
        "He has been on the run since the bombing of an Ostrand, Tolmere, clinic, officials there "
        "said last week."
    )
    start = text.index("bombing")
    quoted = clause_around(text, start, start + len("bombing"))
    assert quoted == "… the run since the bombing of an Ostrand, Tolmere, clinic"


def test_a_quotation_does_not_end_with_words_that_lead_to_something_omitted():
    quotations = {
        "Jury in eastern Ostrand convicted a Tolmere man of two counts of theft on Monday.": (
            "Jury in eastern Ostrand convicted a Tolmere man …"
        ),
        "Tom Reed, who fell in the flood of Ostrand is “absolutely wrong”.": (
            "Tom Reed, who fell in the flood of Ostrand"
        ),
        "The mayor checked in.": "The mayor checked in",
    }
    wrong = {}
    for text, expected in quotations.items():
        [verb] = [word for word in ("convicted", "fell", "checked") if word in text]
        start = text.index(verb)
        quoted = clause_around(text, start, start + len(verb))
        if quoted != expected:
            wrong[text] = quoted
    assert wrong == {}


def test_a_cut_does_not_make_the_owner_of_a_firm_the_firm():
    text = (
        "On Friday, the majority owner of embattled Tolmere rail firm Tidewater has sued the "
        "government of the whole valley for damages of many millions in a court."
    )
    at = text.index("sued")
    quoted = clause_around(text, at, at + len("sued"))
    assert quoted.startswith("the majority owner of embattled Tolmere rail firm Tidewater has sued")
    plain = "Engineers who came from the coast on Friday closed the bridge over the river again"
    at = plain.index("closed")
    assert clause_around(plain, at, at + len("closed")).startswith("… ")


def test_a_relative_clause_is_quoted_with_its_noun_and_a_conjunction_is_dropped():
    text = "Tolmere wanted Tidewater Rail, which was secretly bought last year, to stay."
    at = text.index("bought")
    quoted = "Tolmere wanted Tidewater Rail, which was secretly bought last year"
    assert clause_around(text, at, at + 6) == quoted
    text = "Guards were sent in June, and again since the Ostrand attacks in November, but left."
    at = text.index("attacks")
    assert clause_around(text, at, at + 7) == "again since the Ostrand attacks in November"
