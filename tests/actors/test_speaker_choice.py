"""How a speaker is chosen: one test per step of `choose_speaker` and of `identify`."""

import pytest
from actor_tables import quotes_in, quotes_of_paragraphs, speakers_in

from clippings.actors import speaker_choice


@pytest.mark.parametrize(
    ("rule", "text", "speaker"),
    [
        # 1. A reported clause has the subject of its verb.
        (speaker_choice.REPORTED, "Anna Bell said that we shall come back.", "Anna Bell"),
        # 2. A reporting verb in the sentence of the quotation
        (speaker_choice.VERB_BESIDE_QUOTATION, "“We shall come back?” Bell said.", "Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "“We shall come back,“ said Anna Bell.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Beaming, Anna Bell said she thinks “we shall come back”.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Trump said he thinks it was “a mistake for us to come back”.", "Trump"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Informed of the plan, Anna Bell praised it as “our way back”.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Anna Bell spoke, calling Tom Reed’s proposed law “our way back”.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "On Monday, Bell met Reed, saying “we shall come back again.”", "Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Anna Bell laughed and then added, “We shall come back.”", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Anna Bell issued a statement saying “we shall come back”.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Anna Bell said it was “a good day to come back” before Tom Reed said so.", "Anna Bell"),
        (speaker_choice.VERB_BESIDE_QUOTATION, "Anna Bell told Tom Reed that officials say it is “a good day to come back”.", "Anna Bell"),
        # 3. A signature
        (speaker_choice.SIGNED, "Tom Reed wept. “We shall come back.” ― Anna Bell, farmer.", "Anna Bell"),
        # 4. Somebody right after the quotation, whatever the verb
        (speaker_choice.SUBJECT_OF_SENTENCE, "“We shall come back,” Bell fumed on Monday.", "Bell"),
        (speaker_choice.SUBJECT_OF_SENTENCE, "“We shall come back!” beamed Anna Bell of Rome.", "Anna Bell"),
        (speaker_choice.SUBJECT_OF_SENTENCE, "“We shall come back,” they whined.", "they"),
        (speaker_choice.SUBJECT_OF_SENTENCE, "“We shall come back,” a voice in the crowd boomed.", "a voice"),
        # 5. The owner of a remark
        (speaker_choice.SUBJECT_OF_SENTENCE, "Tom Reed left after Anna Bell’s warning: “We shall come back.”", "Anna Bell"),
        # 6. The subject of the last reporting verb
        (speaker_choice.SUBJECT_OF_SENTENCE, "Tom Reed was told by all, Anna Bell said. “We shall come back.”", "Anna Bell"),
        # 7. The first person, group or pronoun
        (speaker_choice.SUBJECT_OF_SENTENCE, "Anna Bell gave no thanks. “We shall come back.”", "Anna Bell"),
        (speaker_choice.SUBJECT_OF_SENTENCE, "Tom Reed went home. “We shall come back.” Anna Bell stayed.", "Tom Reed"),
        # 8. Whoever spoke last
        (speaker_choice.SPEAKER_GOES_ON, "Bell said: “It is over.” “We shall come back again.”", "Bell"),
    ],
)  # fmt: skip
def test_the_steps_of_the_choice(rule, text, speaker):
    [quotes] = quotes_in(text)
    [speakers] = speakers_in(text)
    back = ["back" in words for words in quotes.text]
    chosen = [
        (row.rule, named)
        for row, named, is_asked in zip(quotes.itertuples(), speakers, back, strict=True)
        if is_asked
    ]
    assert chosen[-1] == (rule, speaker)


def test_any_word_beside_a_quotation_makes_it_a_part_of_its_sentence():
    """Only a quotation that is a sentence of its own has the speaker of the one before."""
    went_on = "Anna Bell said that it fell. “We shall come back again.”"
    assert speakers_in(went_on) == [["Anna Bell", "Anna Bell"]]

    for word in ("xyz", "xylem", "xxx", "box", "six", "old"):
        text = f"Anna Bell said that it fell. A {word}: “we shall come back again.”"
        assert speakers_in(text) == [["Anna Bell"]], word


def test_nobody_has_spoken_yet():
    [quotes] = quotes_in("“We shall come back again, she told us without end")
    assert quotes[["kind", "label", "anonymous"]].values.tolist() == [["direct", "", False]]


def test_a_paragraph_that_ends_with_a_colon_introduces_the_next():
    quotes = quotes_of_paragraphs("Anna Bell turned to Tom Reed:", "“We shall come back again.”")
    assert quotes.label.to_list() == ["Anna Bell"]


def test_he_and_the_source_are_the_last_fitting_speaker():
    [quotes] = quotes_in(
        "“We shall come back again,” a media source said. “It is not over yet at all,” he added."
    )
    assert quotes.source_type.to_list() == ["insider", "insider"]
    assert quotes.anonymous.to_list() == [True, True]

    quotes = quotes_of_paragraphs(
        "“We shall come back again,” Anna Bell said.", "“It is not over yet at all,” she added."
    )
    assert quotes.label.to_list() == ["Anna Bell", "Anna Bell"]


def test_they_are_those_without_a_name():
    [quotes] = quotes_in(
        "Local officials told Rome TV that it was over. The Water Board claims it is not. It was late, they said."
    )
    assert (quotes.iloc[-1].source_type, quotes.iloc[-1].anonymous) == ("official", True)


def test_the_mayor_is_whoever_was_called_mayor():
    [quotes] = quotes_in("We met the old mayor Anna Bell. The dam holds, the mayor said.")
    assert (quotes.iloc[0].label, quotes.iloc[0].source_type) == ("Anna Bell", "official")


def test_a_document_is_neither_a_source_type_nor_anonymous():
    [quotes] = quotes_in("The statement said that the dam holds.")
    row = quotes.iloc[0]
    assert (row.label, row.source_type, row.anonymous) == ("", "", False)


def test_whoever_praises_or_attacks_somebody_goes_on():
    verbs = ["called her a hero of the flood", "praised her", "criticised her plan", "dismissed it"]
    verbs += ["defended the plan", "mocked her for it"]
    texts = [
        f"Anna Bell ran a mill, which she sold. Her partner, Tom Reed, {verb}. “It was late.”"
        for verb in verbs
    ]
    last_speakers = [rows[-1] for rows in speakers_in(*texts)]
    assert dict(zip(texts, last_speakers, strict=True)) == dict.fromkeys(texts, "Tom Reed")

    # A verb of saying is preferred, and a quotation before the verb has its own speaker
    others = [
        "Tom Reed said Anna Bell criticised the plan. “It was late.”",
        "“It fell,” said Tom Reed, of whom Anna Bell praised the plan. “It was late.”",
    ]
    assert [rows[-1] for rows in speakers_in(*others)] == ["Tom Reed"] * 2


def test_a_person_whom_partial_quotations_describe_does_not_say_them():
    described = [
        "There was some hope that Tom Reed would be “a good and able mayor”.",
        "The choice was between going after Tom Reed as “quite unfit for it” or silence.",
        "The rule applies to voters if they “took part in person” in the flood.",
        "Much depends on whether Tom Reed is “a good and able mayor”.",
        "It was late when Tom Reed became “a good and able mayor”.",
    ]
    assert dict(zip(described, speakers_in(*described), strict=True)) == {
        text: [] for text in described
    }
    assert speakers_in("It was late when Tom Reed wept: “We shall come back.”") == [["Tom Reed"]]
