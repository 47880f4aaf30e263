"""The persons, organisations or unnamed people meant by "they", "it", "the two", "the senators"."""

from actor_tables import quotes_of_paragraphs

from clippings.actors.references import BY_PRONOUN, BY_ROLE, UNNAMED, UNRESOLVED


def speakers_of_last(*texts: str) -> list[tuple[set[str], str]]:
    """The labels and the reference of the last statement of each text."""
    speakers = []
    for text in texts:
        quotes = quotes_of_paragraphs(*text.split("\n"))
        last = quotes[quotes.start == quotes.start.max()]
        speakers.append((set(last.label), last.reference.iloc[-1]))
    return speakers


def test_they_are_persons_named_together():
    pair = {"Ruth Cole", "Tom Reed"}
    texts = [
        "Ruth Cole and Tom Reed wrote to the board.\n“The dam is not safe at all,” they wrote.",
        "Ruth Cole and her husband, Tom Reed, were at home. “It was a huge bang,” they said.",
        "Critics of the dam, like Senators Ruth Cole, a baker, and Tom Reed, want a wall. They sent a letter.\n“The dam is not safe at all,” they wrote.",
        "Ruth Cole and Tom Reed lost the vote. Peter Lund won. They said it was unfair.",
    ]  # fmt: skip
    assert speakers_of_last(*texts) == [(pair, BY_PRONOUN)] * len(texts)


def test_two_and_several_are_persons_named_together():
    pair = {"Ruth Cole", "Tom Reed"}
    by_reference = {
        "Ruth Cole and Tom Reed met in Ostrand. The two said they would stay.": BY_ROLE,
        "Ruth Cole met Tom Reed in Ostrand.\nThe pair said they would stay.": BY_ROLE,
        "Ruth Cole met Tom Reed in Ostrand. Both said they would stay.": BY_PRONOUN,
        "Councillors Ruth Cole and Tom Reed lost. The councillors said they would stay.": BY_ROLE,
        "“We go,” Ruth Cole and Tom Reed, both senators, said.\nThe senators said they would stay.": BY_ROLE,
    }  # fmt: skip
    expected = [(pair, reference) for reference in by_reference.values()]
    assert speakers_of_last(*by_reference) == expected
    strangers = "Ruth Cole and Tom Reed met in Ostrand. The doctors said they would stay."
    assert speakers_of_last(strangers) == [({""}, UNNAMED)]


def test_they_and_it_are_the_organisation_that_a_sentence_is_about():
    texts = [
        "The Ostrand Water Board closed the sluice on Monday. They said the wall had cracked.",
        "The Ostrand Water Board closed the sluice on Monday.\nIt said the wall had cracked.",
    ]
    assert speakers_of_last(*texts) == [({"Ostrand Water Board"}, BY_PRONOUN)] * 2
    firm = "The Ostrand Motor Works sold the mill. The firm said it was glad."
    assert speakers_of_last(firm) == [({"Ostrand Motor Works"}, BY_ROLE)]
    others = [
        "Anna Bell works for the Ostrand Water Board. It said the wall had cracked.",
        "The Ostrand Water Board closed it. Peter Lund left.\nIt said the wall had cracked.",
    ]
    assert speakers_of_last(*others) == [({""}, UNRESOLVED)] * 2


def test_they_are_people_without_names_who_act():
    texts = [
        "Residents of Tolmere blocked the road. They said the noise was unbearable.",
        "Two nurses at the clinic were hurt. They said the door was locked.",
        "Officers arrested John Reed and Peter Lund on Monday. They said the men had a knife.",
    ]
    assert speakers_of_last(*texts) == [({""}, UNNAMED)] * len(texts)
