"""The persons meant by "she", "the senator" and a missing name, and cases without a choice."""

import pandas as pd
from actor_tables import quotes_in, quotes_of_paragraphs

from clippings.actors.references import (
    BY_PRONOUN,
    BY_ROLE,
    CARRIED_ON,
    NAMED,
    UNNAMED,
    UNRESOLVED,
)


def last_speakers(*texts: str) -> list[tuple]:
    """Label, reference and anonymity of the last statement of each text."""
    rows = [quotes_of_paragraphs(*text.split("\n")).iloc[-1] for text in texts]
    return [(row.label, row.reference, bool(row.anonymous)) for row in rows]


def test_a_pronoun_means_the_person_of_that_gender_the_text_is_about():
    texts = {
        # a person who has not spoken yet
        "Anna Bell, 54, lost her house when the wall fell on Monday.\n“I have nothing left,” she said.": "Anna Bell",
        "In the summer Peter Lund went away. He said, “I am going to the coast.”": "Peter Lund",
        # the last person who spoke has another gender
        "Mr. Lund said the wall was safe. Anna Bell, the mayor, shook her head. “It is not safe,” she said.": "Anna Bell",
        "Peter Lund, a baker, said he saw nothing. His wife, Marta Lund, was at home. “I heard a bang,” she said.": "Marta Lund",
        # the speaker, not who is spoken of
        "Peter Lund said that John Reed had gone.\n“He went on Monday,” he said.": "Peter Lund",
        # a spokeswoman goes on to speak for the council
        "“It is over,” said a spokeswoman for the Ostrand Council.\n“We are glad,” she said.": "Ostrand Council",
    }  # fmt: skip
    found = last_speakers(*texts)
    assert [label for label, _, _ in found] == list(texts.values())
    assert {reference for _, reference, _ in found} == {BY_PRONOUN}
    assert not any(anonymous for _, _, anonymous in found)


def test_somebody_without_a_name_stays_unnamed_and_is_not_somebody_else():
    text = "Peter Lund was away.\nA resident said the wall had moved.\n“I saw it move,” she said."
    assert last_speakers(text) == [("", UNNAMED, True)]


def test_between_two_people_nobody_is_chosen():
    text = "It was a long talk between Ruth Reed and Jane Cole.\n“It is late,” she said."
    quote = quotes_of_paragraphs(*text.split("\n")).iloc[-1]
    assert (quote.label, quote.reference, bool(quote.anonymous)) == ("", UNRESOLVED, False)
    assert len(quote.candidates.split(" | ")) >= 2


def test_nobody_of_another_gender_is_ever_chosen():
    texts = [
        "Mr. Lund walked home.\n“I am tired,” she said.",
        "Peter Lund walked home.\n“I am tired,” she said.",
        "Lund, the councilman, walked home.\n“I am tired,” she said.",
        "Mrs. Lund walked home.\n“I am tired,” he said.",
        "His daughter, Kit, walked home.\n“I am tired,” he said.",
    ]
    assert {label for label, _, _ in last_speakers(*texts)} == {""}


def test_a_role_means_the_one_person_who_is_called_so():
    texts = {
        "Gov. Anna Bell met the council.\nThe governor said that it was late.": "Anna Bell",
        "Rep. Peter Lund met Rep. Anna Bell.\nThe congressman said that it was late.": "Peter Lund",
        "Peter Lund, a lawyer for the town, came late.\nThe lawyer said that it was late.": "Peter Lund",
        "The town’s former engineer said that it was late. Peter Lund, an engineer, left in May.": "Peter Lund",
    }  # fmt: skip
    assert last_speakers(*texts) == [(label, BY_ROLE, False) for label in texts.values()]
    two = "Rep. Peter Lund met Rep. John Reed.\nThe congressman said that it was late."
    assert last_speakers(two) == [("", UNRESOLVED, False)]
    withheld = "Peter Lund met a nurse.\nA senator said that it was late."
    assert last_speakers(withheld) == [("", UNNAMED, True)]


def test_a_name_may_follow_its_description():
    names = {
        "“It was late,” said her lawyer, Maria Costa.": "Maria Costa",
        "“It was late,” said Bell’s neighbour, Maria Costa.": "Maria Costa",
        "“It was late,” said a friend, Maria Costa, 54.": "Maria Costa",
        "“It was late,” said the engineer, Maria Costa, on Monday.": "Maria Costa",
    }
    tables = quotes_in(*(f"Anna Bell met Peter Lund. {text}" for text in names))
    assert [table.label.iloc[-1] for table in tables] == list(names.values())
    assert {table.reference.iloc[-1] for table in tables} == {NAMED}


def test_a_joint_statement_has_a_row_for_each_speaker():
    together = [
        "Anna Bell and Peter Lund said they ran.",
        "Both Anna Bell and Peter Lund said they ran.",
        "On Monday, Mayor Anna Bell and Peter Lund said they ran.",
        "“We ran for our lives,” said Anna Bell and Peter Lund.",
    ]
    assert [set(table.label) for table in quotes_in(*together)] == [{"Anna Bell", "Peter Lund"}] * 4
    alone = [
        "Ruth Reed met Anna Bell and Peter Lund said they ran.",
        "“We ran for our lives,” said Peter Lund and left Anna Bell alone.",
    ]
    assert [set(table.label) for table in quotes_in(*alone)] == [{"Peter Lund"}] * 2


def test_who_goes_on_without_words_is_carried_on():
    quotes = quotes_of_paragraphs("“It is late,” said Anna Bell.", "“We must go home now.”")
    assert quotes.reference.to_list() == [NAMED, CARRIED_ON]
    assert pd.unique(quotes.label).tolist() == ["Anna Bell"]


def test_after_a_paragraph_about_somebody_else_it_is_open_who_speaks():
    said = "“It will hold,” Peter Lund said."
    quotation = "“It is forty years old, and it leaks.”"
    about_others = [
        "Anna Bell disagreed.",
        "Anna Bell, who lives behind the wall, was not so sure.",
        "The mayor, Anna Bell, came late.",
        "But Anna Bell shook her head.",
        "Bell's predecessor Anna Cole left the hall.",
    ]
    for paragraph in about_others:
        last = quotes_of_paragraphs(said, paragraph, quotation).iloc[-1]
        assert (last.label, last.reference) == ("", UNRESOLVED), paragraph
        assert "Peter Lund" in last.candidates, paragraph
        assert not last.anonymous, paragraph
    later = quotes_of_paragraphs(
        said, about_others[0], quotation, "“I left,” he said. “It rained.”"
    )
    assert later.reference.iloc[-3] == UNRESOLVED
    not_about_others = [
        "Peter Lund then left the hall.",
        "The water rose all night, and Anna Bell left her house.",
        "He took a bus to see Anna Bell.",
    ]
    for paragraph in not_about_others:
        last = quotes_of_paragraphs(said, paragraph, quotation).iloc[-1]
        assert (last.label, last.reference) == ("Peter Lund", CARRIED_ON), paragraph


def test_a_pronoun_may_follow_a_quotation_whose_speaker_is_open():
    paragraphs = [
        "Officials said that the wall fell.",
        "Tom Reed left the town on Monday.",
        "“It was late on that day.”",
        "The wall fell, he said on Monday.",
    ]
    quotes = quotes_of_paragraphs(*paragraphs)
    assert quotes.reference.tolist()[1] == "unresolved"
    assert quotes.text.tolist()[-1] == "The wall fell"


def test_a_description_means_the_person_the_text_is_about():
    texts = {
        "Ruth Cole attacked the plan.\n“We need a change,” the Tolmere businesswoman said.": "Ruth Cole",
        "Tom Reed says too much is made of the wall.\nThe Ostrand governor said it was safe.": "Tom Reed",
        "Tom Reed lost the house.\n“I have nothing left,” the 43-year-old said.": "Tom Reed",
        "Tom Reed lost the house.\n“I have nothing left,” the father of two said.": "Tom Reed",
        "Tom Reed, 43, met Peter Lund.\nThe 43-year-old said he had nothing left.": "Tom Reed",
        "Tom Reed met Anna Bell, a baker.\nThe baker said that bread was short.": "Anna Bell",
    }  # fmt: skip
    assert last_speakers(*texts) == [(label, BY_ROLE, False) for label in texts.values()]
    strangers = [
        "Tom Reed called on the board to act.\nThe police chief said that it was late.",
        "Tom Reed, a baker, called on the board to act.\nThe governor said that it was late.",
        "Ruth Cole lost the house.\nThe man said that it was late.",
        "A Tolmere man fell. Tom Reed saw it.\nThe man said that it was late.",
        "Tom Reed attacked the court.\nThe court said that it was late.",
    ]
    assert {label for label, _, _ in last_speakers(*strangers)} == {""}


def test_a_description_that_fits_only_in_part_is_unresolved():
    text = "Tom Reed spoke at a rally with Sen. Ruth Cole of Ostrand. The Tolmere senator said it was late."
    assert last_speakers(text) == [("", UNRESOLVED, False)]
    former = (
        "Gov. Tom Reed came. Former governor Ruth Cole came. The governor said that it was late."
    )
    assert last_speakers(former) == [("Tom Reed", BY_ROLE, False)]


def test_a_sentence_that_goes_on_with_a_pronoun_stays_about_its_person():
    text = (
        "“It is late,” Ruth Cole said.\n"
        "She left in May, while the council talked with Jane Moss, the engineer. She moved away.\n"
        "She said she would not return."
    )
    assert last_speakers(text) == [("Ruth Cole", BY_PRONOUN, False)]


def test_who_is_asked_answers():
    text = "Peter Lund runs a show. Lund asked Tom Reed how it was.\n“It was a long day,” he said."
    assert last_speakers(text) == [("Tom Reed", BY_PRONOUN, False)]


def test_a_pronoun_does_not_mean_who_is_named_after_its_verb():
    text = "Peter Lund met Tom Reed on Monday. “It was a long day,” he told Lund."
    assert [label for label, _, _ in last_speakers(text)] in (["Tom Reed"], [""])
    aside = "Peter Lund was late. Ruth Cole, a Moss supporter, and Jane Moss left. Cole was tired. “It was a long day,” she said."
    assert last_speakers(aside) == [("Ruth Cole", BY_PRONOUN, False)]


def test_a_name_that_modifies_a_role_is_not_the_subject():
    text = (
        "Mary Bell built the dam. Bell paid for it. Bell opened it. Bell closed it again.\n"
        "Bell won every vote. Bell lost none. Bell ran Ostrand. Bell loved Tolmere.\n"
        "Bell press director Ruth Reed said the dam was safe. “We are ready for it,” she said."
    )
    assert last_speakers(text) == [("Ruth Reed", BY_PRONOUN, False)]


def test_his_lawyer_is_not_who_was_introduced_as_a_womans_lawyer():
    start = "Mary Bell’s lawyer Tom Reed left early. Henrik Lund stayed at home. "
    [his] = quotes_in(f"{start}His lawyer said he would not answer questions.")
    [hers] = quotes_in(f"{start}Her lawyer said she would not answer questions.")
    assert (his.label.tolist(), hers.label.tolist()) == ([""], ["Tom Reed"])


def test_an_age_or_children_are_no_rivals_of_a_role():
    start = "Mary Bell, the chief engineer of Ostrand, spoke on Monday. "
    parent, engineer, other = quotes_in(
        f"{start}The mother of three said the dam was safe.",
        f"{start}The engineer said the dam was safe.",
        f"{start}The governor said the dam was safe.",
    )
    assert parent.label.tolist() == engineer.label.tolist() == ["Mary Bell"]
    assert other.label.tolist() == [""]


def test_a_first_name_alone_does_not_mean_somebody_of_another_gender():
    quotes = quotes_of_paragraphs(
        "“We should go,” Melanie said. The radio was on until late.", "“It rains,” he said."
    )
    assert quotes[["label", "reference"]].iloc[-1].tolist() == ["", "unresolved"]


def test_a_woman_introduced_since_may_be_meant_and_has_no_name():
    texts = [
        "Giorgos Pappas said his boat was gone. {} lost hers too. “It was all we had,” she said.",
        "Mary Bell said her boat was gone. {} lost hers too. “It was all we had,” she said.",
    ]
    for someone in ("A woman from the next village", "Another young woman", "One old lady"):
        found = last_speakers(*(text.format(someone) for text in texts))
        assert [row[:2] for row in found] == [("", UNRESOLVED)] * len(texts)
    assert last_speakers(texts[1].format("A man"))[0][0] == "Mary Bell"


def test_what_a_person_owns_does_not_speak():
    things = ["house was the first to go", "old red boat sank", "farm is under water"]
    texts = [f"Mary Bell’s {thing}.\n“It was all we had,” she said." for thing in things]
    assert last_speakers(*texts) == [("Mary Bell", BY_PRONOUN, False)] * len(texts)
    people = ["sister was the first to go", "team is under water", "lawyer had warned everybody"]
    texts = [f"Mary Bell’s {person}.\n“It was all we had,” she said." for person in people]
    assert {label for label, _, _ in last_speakers(*texts)} == {""}
