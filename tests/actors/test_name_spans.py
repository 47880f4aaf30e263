"""Where names begin and end."""

import pytest
from actor_tables import NO_ACTORS, mentions_in

import clippings as cl
from clippings.actors.name_spans import is_nationality
from clippings.core.lexicon import read_lexicon, read_words
from helpers import articles_of, story_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Abu Omar al-Masri, José de la Cruz and J. R. Smith-Jones.", ["Abu Omar al-Masri", "José de la Cruz", "J. R. Smith-Jones"]),
        ("He saw Anna\u00a0Bell and Ludwig van Beethoven.", ["Anna\u00a0Bell", "Ludwig van Beethoven"]),
        ("The law of Rome’s Farmers’ Union and the People’s Party failed.", ["Rome", "Farmers’ Union", "People’s Party"]),
        ("German Chancellor Anna Bell met U.S. Secretary of State Tom Reed.", ["Anna Bell", "U.S.", "Tom Reed"]),
        ("The Russian Boris Petrov flew with British Airways to the Czech Republic.", ["Boris Petrov", "British Airways", "Czech Republic"]),
        ("The Ministry of Health and Sport said Rome and Paris agreed.", ["Ministry of Health and Sport", "Rome", "Paris"]),
        ("Marks & Spencer left St. Louis for Springfield.", ["Marks & Spencer", "St. Louis", "Springfield"]),
        ("He won the Davis Cup on Friday at 1800 GMT.", []),
        ("It rained. Yesterday I met Germans and the Prime Minister.", []),
        ("Many people came. It rained on Monday in May.", []),
        ("the Iraqi people and a German car", []),
    ],
)  # fmt: skip
def test_names_end_where_other_words_begin(text, names):
    [mentions] = mentions_in(text)
    assert [name for name, _ in mentions] == names


def test_a_word_in_lower_case_elsewhere_is_not_a_name():
    assert mentions_in("Shares fell. Other shares rose in Rome.") == [[("Rome", "place")]]


def test_lines_of_capitals_hold_only_names_known_from_elsewhere():
    heading = "ANNA BELL LEAVES ROME AS RAIN FALLS"
    sentence = "Yesterday Anna Bell left the town."
    in_two_articles = cl.find_mentions(story_of(heading, sentence), NO_ACTORS)
    assert in_two_articles.text.to_list() == ["ROME", "Anna Bell"]

    passages = cl.find_passages(articles_of(f"{heading}\n{sentence}")).assign(label="body")
    in_one_article = cl.find_mentions(passages, NO_ACTORS)
    assert in_one_article.text.to_list() == ["ANNA BELL", "ROME", "Anna Bell"]


def test_nationalities():
    for word in ("iraqi", "germans", "african-american"):
        assert is_nationality(word)
    for word in ("al-arab", "rome"):
        assert not is_nationality(word)


def test_things_do_not_act():
    words = [row["word"] for row in read_lexicon("en/names/thing_heads")]
    found = mentions_in(*(f"we like Xylo {word.capitalize()} now" for word in words))
    assert [word for word, mentions in zip(words, found, strict=True) if mentions] == []


def test_participles_after_a_hyphen_are_not_part_of_a_name():
    words = read_words("en/names/syntax", kind="participle after a hyphen")
    found = mentions_in(*(f"The Vellby-{word} group left." for word in words))
    names = [[name for name, _ in mentions] for mentions in found]
    assert names == [["Vellby"]] * len(words)


def test_plurals_with_an_apostrophe_join_names():
    words = read_words("en/names/syntax", kind="plural with apostrophe s")
    found = mentions_in(
        *(f"They met the {word.capitalize()}'s Party of the north." for word in words)
    )
    names = [[name for name, _ in mentions] for mentions in found]
    assert names == [[f"{word.capitalize()}'s Party"] for word in words]


def test_name_openers_repeat_no_other_list():
    others = {*read_words("en/text/stopwords"), *read_words("en/text/sentence_starters")}
    openers = read_words("en/names/name_openers")
    assert sorted(set(openers)) == sorted(openers)
    assert others.intersection(openers) == set()
