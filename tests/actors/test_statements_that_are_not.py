"""Words that nobody said, sources quoted by others, and short statements after an opening phrase."""

from actor_tables import quotes_in, quotes_of_paragraphs

from clippings.actors.speaker_choice import BLOCK_QUOTATION, TRANSCRIBED

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
        "Anna Bell avoided saying whether the wall was safe.",
        "Needless to say, the wall was safe.",
        "Anna Bell gave an alleged reason for it on Monday.",
        "For the mayor to claim that the wall was safe is wrong.",
        "The plan announced by the council cost ten million.",
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


def test_full_names_begin_the_turns_of_a_conversation():
    start = "Anna Bell and Peter Lund, a baker, met on Friday."
    turns = [("Anna Bell", "It is safe."), ("Peter Lund", "It is not!"), ("Anna Bell", "Is it?")]
    expected = [list(turn) for turn in turns]
    for line in ("{}: {}", "**{}:** {}", "**{}**: {}"):
        quotes = quotes_of_paragraphs(start, *(line.format(*turn) for turn in turns))
        assert quotes[["label", "text"]].values.tolist() == expected, line
    capitals = [f"{name.upper()}: {words}" for name, words in turns[:2]]
    assert quotes_of_paragraphs(start, *capitals).label.tolist() == ["Anna Bell", "Peter Lund"]
    single = quotes_of_paragraphs(start, "Anna Bell: It is safe.", "The road is open.")
    assert single.empty


def test_the_turns_of_a_transcript_may_begin_with_quotation_marks():
    start = "Anna Bell met Jane Wallis."
    turns = [
        ("WALLIS: Will it hold?", ["Jane Wallis", "Will it hold?"]),
        ("BELL: It is old, you know.", ["Anna Bell", "It is old, you know."]),
        ("(Applause.)", None),
        ("It has held before.", ["Anna Bell", "It has held before."]),
        ("WALLIS: Are you sure?", ["Jane Wallis", "Are you sure?"]),
        ("BELL: I am sure.", ["Anna Bell", "I am sure."]),
    ]
    statements = [statement for _, statement in turns if statement]
    wrong = []
    for opening, closing in ("“ ", "“”", '" ', '""', "« ", "«»"):
        lines = [f"{opening}{line}{closing}".strip() for line, _ in turns]
        quotes = quotes_of_paragraphs(start, *lines, "Tom Reed wept.")
        if quotes[["label", "text"]].values.tolist() != statements:
            wrong.append((opening, closing, quotes[["label", "text"]].values.tolist()))
    assert wrong == []

    # A headline with a colon above it is no turn; marks may be opened and not closed
    lines = [f'"{line}' for line, statement in turns if statement and ":" in line]
    quotes = quotes_of_paragraphs("Ostrand: Bell says it will hold.", start, *lines)
    assert list(quotes[quotes.rule == TRANSCRIBED].label) == ["Jane Wallis", "Anna Bell"] * 2

    # After a transcript without marks, a paragraph in marks is an ordinary quotation
    plain = [line for line, _ in turns if line != "(Applause.)"]
    quotes = quotes_of_paragraphs(start, *plain, "“We shall come back again.”")
    assert quotes.rule.iloc[-1] != TRANSCRIBED


def test_labels_and_lists_are_no_transcript():
    for paragraphs in (
        ["NOTE: This is a correction.", "OSTRAND: The road is closed.", "UPDATE: It is open."],
        ["Bell: 547", "Lund: 46", "Bell: 2,316", "Lund: 1,547"],
        ["Anna Bell: I am not afraid", "Peter Lund: The wall that fell", "Anna Bell: My town"],
    ):
        assert TRANSCRIBED not in set(quotes_of_paragraphs(*paragraphs).rule)


def test_who_is_quoted_speaks_in_every_order():
    sentences = [
        "“The wall is old and wet,” the Valley Post quoted Peter Lund as saying.",
        "“The wall is old and wet,” Peter Lund was quoted as saying by the Valley Post.",
        "The Valley Post quoted Peter Lund as having said that the wall was old.",
    ]
    speakers = [{label for label, _, _ in rows} for rows in statements_in(*sentences)]
    assert speakers == [{"Peter Lund"}] * 3


def test_a_reported_clause_ends_before_an_aside():
    sentences = {
        "Anna Bell said she was sorry, according to the Valley Post.": "she was sorry",
        "Anna Bell said she was sorry, in an interview on Friday.": "she was sorry",
        "Anna Bell, who said she was sorry, left the town on Friday.": "she was sorry",
        "Anna Bell said she was sorry, a claim that nobody believed.": "she was sorry",
        "In a letter on Monday, Anna Bell said: “I am very sorry.”": "“I am very sorry.”",
        "Anna Bell wept as she recalled how the wall fell.": "how the wall fell.",
    }
    found = [rows[-1][2] for rows in statements_in(*sentences)]
    assert found == list(sentences.values())


def test_joint_speakers_stand_after_a_quotation_and_a_clause():
    sentences = [
        "“We are very sorry for it,” Anna Bell and Peter Lund said in a statement.",
        "The road was closed, Anna Bell and Peter Lund said.",
        "Anna Bell, along with Peter Lund, said they were sorry.",
    ]
    speakers = [{label for label, _, _ in rows} for rows in statements_in(*sentences)]
    assert speakers == [{"Anna Bell", "Peter Lund"}] * 3


def test_a_paragraph_after_a_verb_and_a_colon_is_a_block_quotation():
    quotes = quotes_of_paragraphs(
        "Anna Bell met Peter Lund.", "Lund wrote:", "The wall is old. It must go.", "She then left."
    )
    assert quotes[["label", "rule", "text"]].to_numpy().tolist() == [
        ["Peter Lund", BLOCK_QUOTATION, "The wall is old. It must go."]
    ]
    lists = quotes_of_paragraphs("Anna Bell bought three things:", "A wall, a road and a house.")
    assert lists.empty


def test_an_interview_may_mark_its_turns_with_letters_and_stops():
    paragraphs = [
        "Anna Bell is an engineer.",
        "Q. Is it safe?",
        "A. It is safe, I think.",
        "Q. Who said so?",
        "A. We all did.",
    ]
    quotes = quotes_of_paragraphs(*paragraphs)
    assert quotes.text.to_list() == ["It is safe, I think.", "We all did."]
    brackets = ["REED [on the phone]: It is old.", "BELL (laughs): It is.", "REED: Then go."]
    texts = quotes_of_paragraphs("Ann Reed met Anna Bell.", *brackets).text.to_list()
    assert texts == ["It is old.", "It is.", "Then go."]


def test_a_line_with_name_and_role_signs_the_quotation_above():
    quotes = quotes_of_paragraphs(
        "Anna Bell met Peter Lund, a baker.", "“The wall is old and wet.”", "Anna Bell, mayor"
    )
    assert quotes.label.to_list() == ["Anna Bell"]


def test_a_verb_after_a_comma_shares_the_subject_of_the_main_clause():
    text = "Anna Bell acknowledged some people believed she was late, but said she was on time."
    quotes = quotes_of_paragraphs(text)
    speaker_of = dict(zip(quotes.text, quotes.label, strict=True))
    assert speaker_of["she was on time."] == "Anna Bell"
    assert speaker_of["she was late"] == ""


def test_the_whole_hearer_is_no_part_of_the_statement():
    sentences = {
        "Anna Bell told the Valley Post newspaper there would be no wall.": "there would be no wall.",
        "Anna Bell told Ostrand residents not to drink the water.": "not to drink the water.",
        "Anna Bell told Peter Lund he should leave.": "he should leave.",
    }
    found = [rows[-1][2] for rows in statements_in(*sentences)]
    assert found == list(sentences.values())
