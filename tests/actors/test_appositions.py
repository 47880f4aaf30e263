"""The name next to the description of a speaker."""

from actor_tables import quotes_in

SPEAKERS = {
    "Anna Bell, chair of Local 1520, Tolmere Bakers union said the plan was late.": "Anna Bell",
    "Anna Bell, the president of Tolmere Bakers said she had been told of it.": "Anna Bell",
    "Anna Bell, the Ostrand foreign minister said on Monday that it was late.": "Anna Bell",
    "“I saw many people there,” Anna Bell, a hospital official told the Valley Post.": "Anna Bell",
    "But Mayor Anna Bell, a doctor said that it was late.": "Anna Bell",
    "“It was late,” said the chairman of Lund Motors LLC Jim Bell.": "Jim Bell",
    "Secretary of State John Bell said the town would work with others.": "John Bell",
    "On the contrary, according to analyst Anna Bell believes that it will close.": "Anna Bell",
    "The lawyer (Anna Bell) said that the wall fell.": "Anna Bell",
    "“It was late,” said the lawyer (Anna Bell).": "Anna Bell",
    "Another carmaker, Ostrand Motors (OM), announced that it needs a loan.": "Ostrand Motors",
    "A third carmaker, Tolmere Motor Company, has said that it can wait.": "Tolmere Motor Company",
    "Anna Bell, who lived in Ostrand, was a baker, says the Press Association.": "Press Association",
    "The wall was late, says the Press Association news agency.": "Press Association",
}
NOT_NAMED = [
    "After a talk with Anna Bell, the mayor said it was late.",
    "When asked about Anna Bell, a resident said it was late.",
    "Anna Bell, the mayor said, was late again and again.",
    "“It was late,” said a friend of Mayor Anna Bell.",
    "Anna Bell’s relatives went to court on Monday, saying they would appeal.",
]


def test_the_name_next_to_a_description_is_the_speaker():
    tables = dict(zip(SPEAKERS, quotes_in(*SPEAKERS), strict=True))
    speakers = {text: rows.label.tolist()[-1:] for text, rows in tables.items()}
    assert speakers == {text: [speaker] for text, speaker in SPEAKERS.items()}


def test_a_name_elsewhere_in_the_sentence_is_not_the_speaker():
    tables = dict(zip(NOT_NAMED, quotes_in(*NOT_NAMED), strict=True))
    named = {text: rows.label.tolist() for text, rows in tables.items() if (rows.label != "").any()}
    assert named == {}
    assert [text for text, rows in tables.items() if not rows.anonymous.any()] == []
