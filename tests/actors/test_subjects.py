"""Who is the subject of a reporting verb."""

from string import ascii_lowercase
from types import SimpleNamespace

import pytest
from actor_tables import quotes_in, speakers_in

from clippings.actors.subjects import PlacedMention, find_person_before_participle
from clippings.core.lexicon import read_words


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We shall come back,” Anna Bell, a doctor, said.", "Anna Bell"),
        ("“We shall come back,” said Anna Bell, who lives in Rome.", "Anna Bell"),
        ("“We shall come back,” said one of the witnesses.", "one of the witnesses"),
        ("On Monday in Rome, Anna Bell (Labour), said, “We shall come back.”", "Anna Bell"),
        ("“We shall come back,” said a senior Bell adviser.", "a senior Bell adviser"),
        ("“We shall come back,” Sen. Harry M. Reed (D-Nev.) said.", "Harry M. Reed"),
        ("In a statement to the Observer, her senior adviser, Jake Reed, said: “We shall come back.”", "Jake Reed"),
        ("Anna Bell, 45, of Rome, Italy, told us “we shall come back again.”", "Anna Bell"),
        ("Speaking to Rome TV, activist Anna Bell, based in Oslo, said “we shall come back again.”", "Anna Bell"),
        ("“We shall come back,” Anna Bell, 45 said.", "Anna Bell"),
        ("A source close to Anna Bell said “we shall come back again.”", "A source"),
        ("Residents still in the town said that they shall come back.", "Residents"),
        ("Officials and analysts say they shall come back.", "Officials and analysts"),
        ("In a survey, 21 percent said they shall come back.", "21 percent"),
    ],
)  # fmt: skip
def test_the_subject_of_a_verb(text, speaker):
    [speakers] = speakers_in(text)
    assert set(speakers) == {speaker}


def test_a_subject_before_an_insertion_may_end_in_any_letter():
    """Quotations were blanked with x, and a word that ends in x was taken for a quotation."""
    names = [f"Vello{ending}" for ending in [*ascii_lowercase, "X", "Xx", "xxx", "é", "ß"]]
    names += ["Phoenix", "Netflix", "FedEx", "Essex", "Felix", "X", "Xxxxxxx"]
    no_letters = ["Vello7", "Vello\ufffc", "Vello\u0000", "\ufffc\ufffc\ufffc", "\u0000"]
    sentences = [f"{name}, a large firm, said that the dam holds." for name in names]
    sentences += [
        f"The mayor of {name}, a Democrat, said that the dam holds." for name in names + no_letters
    ]
    sentences += [f"The minister for {word}, a Democrat, said so again." for word in ("tax", "x")]

    speakers = zip(sentences, speakers_in(*sentences), strict=True)
    assert [text for text, named in speakers if len(named) != 1 or not named[0]] == []


def test_a_quotation_before_an_insertion_is_not_a_subject():
    for text in (
        "“The dam holds,” a doctor, said so.",
        '"The dam of Phoenix holds," a doctor, said so.',
        "''The dam holds,'' a doctor, said so.",
    ):
        assert "The dam" not in " ".join(*speakers_in(text))


def test_every_word_that_looks_like_an_adverb_may_speak():
    words = read_words("en/speech/subjects", kind="looks like an adverb")
    texts = [
        f"On Monday the {word} said that it would rain, and nobody doubted it." for word in words
    ]
    assert speakers_in(*texts) == [[f"the {word}"] for word in words]


def test_every_noun_of_speech_has_an_owner():
    nouns = read_words("en/speech/clauses", kind="noun of speech")
    by_name = [
        f"Tom Reed was angry over Anna Bell’s {noun} that “we shall come back”." for noun in nouns
    ]
    by_pronoun = [
        f"Anna Bell met Tom Reed after her {noun} that “we shall come back”." for noun in nouns
    ]
    owners = [speakers[-1] for speakers in speakers_in(*by_name, *by_pronoun)]
    assert dict(zip(by_name + by_pronoun, owners, strict=True)) == (
        dict.fromkeys(by_name, "Anna Bell") | dict.fromkeys(by_pronoun, "her")
    )


def test_a_spokeswoman_speaks_for_her_organisation():
    [quotes] = quotes_in("A spokeswoman for the Water Authority said that it was over.")
    assert quotes.label.to_list() == ["Water Authority"]
    assert quotes.source_type.to_list() == ["official"]


def test_a_noun_with_hyphens_is_read_as_a_whole():
    nouns = ["mother-in-law", "sister-in-law", "editor-in-chief", "next-to-last tenant"]
    texts = [f"“The water came at night,” said her {noun}, Tom Reed." for noun in nouns]
    assert speakers_in(*texts) == [["Tom Reed"]] * len(texts)
    [[described]] = speakers_in("“The water came at night,” said the commander-in-chief.")
    assert described == "the commander-in-chief"


def test_a_description_may_lead_to_a_name():
    descriptions = [
        "his boss, a baker named Anna Bell",
        "a woman called Anna Bell",
        "a woman who gave her name as Anna Bell",
        "a farmer, giving her name only as Anna Bell",
        "a woman who identified herself as Anna Bell",
    ]
    texts = [f"“The water came at night,” said {description}." for description in descriptions]
    assert speakers_in(*texts) == [["Anna Bell"]] * len(texts)
    [[other]] = speakers_in("“The water came at night,” said a farmer who knows Anna Bell.")
    assert other == "a farmer"


def test_a_person_before_a_participle_speaks_unless_the_noun_before_can():
    speaks = {
        "footage of Anna Bell": True,
        "a video of Mayor Anna Bell": True,
        "the recording of Anna Bell": True,
        "a friend of Anna Bell": False,
        "the lawyer of Anna Bell": False,
        "the party of Anna Bell": False,
    }
    chosen = {}
    for text in speaks:
        name = PlacedMention(text.index("Anna"), len(text), SimpleNamespace(type="person"))
        subject = find_person_before_participle(f"{text} saying so", len(text) + 1, [name])
        chosen[text] = subject is not None
    assert chosen == speaks


def test_one_name_identifies_one_person_and_not_several():
    speakers = {
        "The bridge fell, according to her lawyer, Anna Bell.": "Anna Bell",
        "“It fell,” said one of the nurses, Anna Bell.": "Anna Bell",
        "According to police, Anna Bell, 36, of Tolmere, hit the wall on Monday.": "police",
        "The man police say hit the wall on Monday was charged.": "police",
        "The envoys of Germany, Hungary and Poland said it fell.": "The envoys",
    }
    chosen = {text: rows[-1] for text, rows in zip(speakers, speakers_in(*speakers), strict=True)}
    assert chosen == speakers
    bell = "The minister, Anna Bell, who left in 1968, when they invaded Ostrand, said it fell."
    assert "Ostrand" not in speakers_in(bell)[0]
