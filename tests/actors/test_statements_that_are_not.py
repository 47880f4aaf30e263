"""Words that nobody said, sources quoted by others, and short statements after an opening phrase."""

from actor_tables import quotes_in, quotes_of_paragraphs

from clippings.actors.speaker_choice import TRANSCRIBED

INTRODUCTION = "Anna Bell met Peter Lund in Ostrand. "


def statements_in(*sentences: str) -> list[list[tuple]]:
    """Label, way and words of the statements in each sentence."""
    tables = quotes_in(*(INTRODUCTION + sentence for sentence in sentences))
    columns = ["label", "via", "text"]
    return [list(table[columns].itertuples(index=False, name=None)) for table in tables]


def test_what_somebody_did_not_say_is_no_statement():
    sentences = [
        "Anna Bell declined to say whether the wall was safe.",
        "Anna Bell declined to publicly say whether the wall was safe.",
        "Anna Bell would not say if the wall was safe.",
        "Anna Bell wouldn’t immediately confirm that the wall was safe.",
        "Anna Bell has never said that the wall was safe.",
        "The council has not said how many shops were damaged.",
        "It goes without saying that the wall was safe.",
        "Anna Bell stopped short of saying that the wall was safe.",
        "Neither Anna Bell nor Peter Lund said that the wall was safe.",
        "Nobody said that the wall was safe.",
    ]
    found = dict(zip(sentences, statements_in(*sentences), strict=True))
    assert {sentence: rows for sentence, rows in found.items() if rows} == {}


def test_what_was_put_to_the_speaker_is_no_statement():
    answers = {
        "Anna Bell, asked about the wall, said it was safe.": "it was safe.",
        "Anna Bell, asked if she would resign, said no decision had been made.": "no decision had been made.",
        "Anna Bell, told of the plan by a reporter, later said she knew nothing.": "she knew nothing.",
        "Asked about the wall, Anna Bell said it was safe.": "it was safe.",
        "When asked if the wall was safe, Anna Bell said yes.": "yes.",
        # these ask or tell something themselves
        "Anna Bell asked whether the wall was safe.": "the wall was safe.",
        "Anna Bell, a baker, told Peter Lund that the wall was safe.": "that the wall was safe.",
    }  # fmt: skip
    expected = [[("Anna Bell", "", words)] for words in answers.values()]
    assert statements_in(*answers) == expected


def test_who_is_quoted_speaks_and_who_quotes_passes_it_on():
    chains = {
        "Reuters quoted Peter Lund as saying that the wall was safe.": ("Peter Lund", "Reuters"),
        "The Valley Post cited Peter Lund as saying that the wall was safe.": ("Peter Lund", "Valley Post"),
        "Peter Lund was quoted by the Valley Post as saying that the wall was safe.": ("Peter Lund", "Valley Post"),
        "Peter Lund was quoted as saying that the wall was safe.": ("Peter Lund", ""),
        "The Valley Post quoted a resident as saying that the wall was safe.": ("", "Valley Post"),
    }  # fmt: skip
    expected = [[(*chain, "that the wall was safe.")] for chain in chains.values()]
    assert statements_in(*chains) == expected


def test_an_opening_phrase_is_not_what_is_said():
    said = {
        "After the vote, Peter Lund said he would stay.": "he would stay.",
        "In a statement, Peter Lund said he was sorry.": "he was sorry.",
        "On Monday, Peter Lund said he was tired.": "he was tired.",
        "Last week, Peter Lund said prices would rise.": "prices would rise.",
        # these words come before their verb
        "The road would be closed, Peter Lund said on Monday.": "The road would be closed",
        "The road would be closed, Peter Lund said this week.": "The road would be closed",
    }
    expected = [[("Peter Lund", "", words)] for words in said.values()]
    assert statements_in(*said) == expected


def test_a_name_after_a_quotation_signs_it():
    signatures = (
        "-Mayor Peter Lund",
        "– Peter Lund, baker",
        "(Peter Lund, baker).",
        "~ Peter Lund",
    )
    sentences = [f"“The wall is safe and the road will open.” {end}" for end in signatures]
    assert [rows[0][0] for rows in statements_in(*sentences)] == ["Peter Lund"] * len(signatures)


def test_a_transcript_has_a_statement_for_each_turn():
    debate = [
        "Ann Reed met Anna Bell and Peter Lund, a baker.",
        "REED: Mayor, is the wall safe?",
        "BELL: It is safe, and “we all know it”.",
        "LUND: It is not.",
        "MAYOR BELL: That is not right.",
    ]
    quotes = quotes_of_paragraphs(*debate)
    assert set(quotes.rule) == {TRANSCRIBED}
    assert quotes[["label", "text"]].values.tolist() == [
        ["Ann Reed", "Mayor, is the wall safe?"],
        ["Anna Bell", "It is safe, and “we all know it”."],
        ["Peter Lund", "It is not."],
        ["Anna Bell", "That is not right."],
    ]
    interview = ["Q: Is it safe?", "A: It is safe, I think.", "Q: Who said so?", "A: The engineer."]
    assert quotes_of_paragraphs(*interview).text.to_list() == [
        "It is safe, I think.",
        "The engineer.",
    ]


def test_labels_and_lists_are_no_transcript():
    for paragraphs in (
        ["NOTE: This is a correction.", "OSTRAND: The road is closed.", "UPDATE: It is open."],
        ["Bell: 547", "Lund: 46", "Bell: 2,316", "Lund: 1,547"],
        ["Anna Bell: I am not afraid", "Peter Lund: The wall that fell", "Anna Bell: My town"],
    ):
        assert TRANSCRIBED not in set(quotes_of_paragraphs(*paragraphs).rule)
