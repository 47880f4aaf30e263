"""The table of quotes: kinds, hearers, intermediaries, parts, and quotations over paragraphs."""

from pathlib import Path

import pandas as pd
import pytest
from actor_tables import quotes_in, quotes_of_paragraphs

import clippings as cl
from clippings.actors.speaker_choice import SIGNED
from clippings.core.lexicon import read_words


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("“We shall come back again,” rights activist Anna Bell told the Rome Post.", ("direct", "Anna Bell", "activist", False)),
        ("\"We shall come back again,\" a local resident said.", ("direct", "", "resident", True)),
        ("“We shall come back again,” said strategic expert and former officer Anna Bell.", ("direct", "Anna Bell", "analyst", False)),
        ("A source close to Anna Bell said that it was over.", ("indirect", "", "insider", True)),
        ("It was over, according to military sources.", ("indirect", "", "military", True)),
        ("Anna Bell praised the “old and proud town”.", ("fragment", "Anna Bell", "", False)),
    ],
)  # fmt: skip
def test_a_statement_has_a_kind_and_a_source(text, row):
    [quotes] = quotes_in(text)
    columns = ["kind", "label", "source_type", "anonymous"]
    assert tuple(quotes[columns].iloc[0]) == row


@pytest.mark.parametrize(
    ("text", "told_to", "via"),
    [
        ("“We shall come back,” Anna Bell told the Rome Post.", "Rome Post", ""),
        ("“We shall come back,” Anna Bell said, speaking to Rome Radio.", "Rome Radio", ""),
        ("“We shall come back,” Anna Bell told the Rome Post, citing local elders.", "Rome Post", "local elders"),
        ("Anna Bell said that the dam holds, Reuters reported.", "", "Reuters"),
        ("“According to a source in Rome, we shall come back,” Anna Bell said.", "", "a source in Rome"),
    ],
)  # fmt: skip
def test_to_whom_it_was_said_and_through_whom_it_came(text, told_to, via):
    [quotes] = quotes_in(text)
    row = quotes[quotes.label == "Anna Bell"].iloc[0]
    assert (row.told_to, row.via) == (told_to, via)


def test_every_word_for_citing_names_the_source():
    words = read_words("en/speech/subjects", kind="citing")
    texts = [f"“It rained all night,” Anna Bell said, {word} the Northern Wire." for word in words]
    assert [quotes.via.to_list() for quotes in quotes_in(*texts)] == [["the Northern Wire"]] * len(
        words
    )


def test_a_verb_that_splits_a_statement_gives_two_linked_rows():
    [quotes] = quotes_in("“We left Rome early,” Anna Bell said, “and shall not come back.”")
    assert quotes.text.to_list() == ["“We left Rome early,”", "“and shall not come back.”"]
    assert set(quotes.label) == {"Anna Bell"}
    first, second = quotes.itertuples()
    assert (second.part_start, second.part_end) == (first.start, first.end)

    [quotes] = quotes_in("The old dam, Anna Bell said, would not hold for long.")
    assert quotes.text.to_list() == ["The old dam", "would not hold for long."]


def test_a_quotation_over_several_paragraphs_has_one_speaker():
    quotes = quotes_of_paragraphs(
        "“The first day was long and it rained.",
        "“The second was short,” said Anna Bell.",
        "“It was the best of all.”",
    )
    assert quotes.label.to_list() == ["Anna Bell"] * 3
    quotes = quotes_of_paragraphs(
        "Anna Bell went on:", "“The first day was long.", "“The second was short.”"
    )
    assert quotes.label.to_list() == ["Anna Bell"] * 2


def test_an_open_quotation_has_the_speaker_whom_its_last_paragraph_names():
    """Whoever spoke before it is somebody else."""
    before = "“The dam is old,” Tom Reed said."
    articles = [
        ["“We left in the spring.", "“The water was low,” said Anna Bell."],
        ["“We left in the spring.", "“The water was low,” Anna Bell said, “and the road open.”"],
        ['"We left in the spring.', '"The water was low," said Anna Bell.'],
        ["«We left in the spring.", "«The water was low», said Anna Bell."],
        ["“We left in the spring.", "“It rained for days.", "“The dam broke,” Anna Bell said."],
        ["“We left in the spring, when it", "rained for days,” said Anna Bell."],
        ["“We left in the spring,", "for days it rained,” Anna Bell said. “It broke.”"],
        ['"We left in the spring,', 'when it rained for days," said Anna Bell.'],
        ["“We left in spring when", "it rained for days. It", "rained all night,” Anna Bell said."],
    ]
    wrong = []
    for paragraphs in articles:
        quotes = quotes_of_paragraphs(before, *paragraphs)
        labels = quotes.label.to_list()
        if labels != ["Tom Reed", *["Anna Bell"] * (len(quotes) - 1)] or len(quotes) < 3:
            wrong.append((paragraphs, labels))
    assert wrong == []

    # A closed quotation is complete: the next one may be somebody else's.
    closed = quotes_of_paragraphs(before, "“We left in spring.”", "“It rained,” said Anna Bell.")
    assert closed.label.to_list() == ["Tom Reed", "Tom Reed", "Anna Bell"]
    # Nor does an open quotation end where the next paragraph does not go on with it.
    broken = quotes_of_paragraphs(before, "“We left in spring.", "Anna Bell said that it rained.")
    assert broken.label.to_list() == ["Tom Reed", "Tom Reed", "Anna Bell"]


def test_a_line_below_a_quotation_signs_it():
    quotes = quotes_of_paragraphs(
        "Tom Reed wept.", "“We shall come back again.”", "– Anna Bell, farmer in Rome"
    )
    columns = ["label", "source_type", "rule"]
    assert quotes[columns].values.tolist() == [["Anna Bell", "resident", SIGNED]]

    [quotes] = quotes_in("Tom Reed wept. “We shall come back again.” ― Anna Bell, farmer.")
    assert quotes[columns].iloc[-1].to_list() == ["Anna Bell", "resident", SIGNED]

    [quotes] = quotes_in("Tom Reed said: “We shall come back again.” – Anna Bell was there.")
    assert set(quotes.label) == {"Tom Reed"}
    quotes = quotes_of_paragraphs("“We shall come back again.”", "– and so it went on.")
    assert quotes.label.to_list() == [""]


def test_a_name_inside_the_marks_signs_a_pull_quote():
    before = "“The dam is old,” Tom Reed said."
    signed = {
        "Anna Bell.”": "Anna Bell",
        "Anna Bell”": "Anna Bell",
        "Anna Bell, farmer in Ostrand.”": "Anna Bell",
        "Anna Bell, the mayor”": "Anna Bell",
        "Anna Bell left us in the spring.”": "Tom Reed",
    }
    labels = {
        line: quotes_of_paragraphs(before, "“It rained for days.", line).label.iloc[1]
        for line in signed
    }
    assert labels == signed


def test_quoted_words_in_a_reported_clause_are_counted_once():
    [quotes] = quotes_in("Anna Bell said that in her home town “nobody cares” any more.")
    assert quotes.kind.to_list() == ["indirect", "fragment"]
    assert cl.count_words(quotes, by=["label"]).values.tolist() == [["Anna Bell", 9, 2, 1]]


def test_stray_marks_end_nothing():
    marks = [
        "“““",
        '"',
        "”",
        "''",
        '" " "',
        "“a” “",
        'He said "',
        "“He said. “She said. “They said.",
    ]
    texts = [f"Anna Bell said so. {mark} Tom Reed told us that it rains." for mark in marks]
    for text, quotes in zip(texts, quotes_in(*texts), strict=True):
        for row in quotes.itertuples():
            assert text[row.start : row.end] == row.text


def test_a_long_paragraph_costs_in_proportion_to_its_length():
    [quotes] = quotes_in("“Yes,” Anna Bell said. " * 3000)
    assert len(quotes) == 3000
    assert set(quotes.label) == {"Anna Bell"}
    assert set(quotes.text) == {"“Yes,”"}


def test_the_statements_of_the_five_articles_are_as_a_person_read_them(seeds):
    expected = pd.read_csv(
        Path(__file__).with_name("seed_statements.tsv"), sep="\t", keep_default_na=False
    )
    _, _, tables = seeds
    found = {
        (row.article[:3], " ".join(row.text[:44].split())): [
            row.label,
            row.source_type,
            row.told_to,
            row.anonymous,
        ]
        for row in tables["quotes"].itertuples()
    }
    wrong = []
    for row in expected.itertuples():
        as_read = [row.speaker, row.source_type, row.told_to, row.anonymous == "yes"]
        place = (f"{row.article:03d}", row.begins)
        if found.get(place) != as_read:
            wrong.append((place, found.get(place), as_read))
    assert wrong == []
    assert len(found) <= len(expected) + 1  # one more: the leader "who infamously declared"


def test_the_speakers_of_direct_quotations_in_the_seeds(seeds):
    """As a person reads them; duplicates are left out."""
    articles, _, tables = seeds
    quotes = cl.drop_duplicates(tables["quotes"])
    texts = articles.set_index("article").text
    direct = quotes[quotes.kind == "direct"]
    speakers = [
        (row.article[:3], row.label, texts[row.article][row.speaker_start : row.speaker_end])
        for row in direct.itertuples()
    ]
    assert speakers == [
        ("000", "Ali al-Hussein", "Ali al-Hussein"),
        ("000", "Ali al-Hussein", "al-Hussein"),
        ("000", "Amir Qassim", "Amir Qassim"),
        ("000", "Amir Qassim", "Qassim"),
        ("001", "", "a media source"),
        ("001", "", "he"),
        ("001", "Ammar al-Hassan", "Ammar al-Hassan"),
        ("001", "Ali Jaafar", "Ali Jaafar"),
        ("002", "Abu Yazan", "the source"),
        ("002", "Abu Yazan", "the former IS member"),
        ("002", "Abu Yazan", "the source"),
        ("002", "Abu Yazan", "Abu Yazan"),
        ("002", "", "the source"),
        ("002", "", "the source"),
        *[("003", "Binyan al-Jarba", "he")] * 4,
        *[("003", "Said Mamuzini", "he")] * 4,
        *[("003", "Said Mamuzini", "Mamuzini")] * 2,
        *[("003", "Ahmed al-Sharifi", "he")] * 2,
        ("003", "Ahmed al-Sharifi", "al-Sharifi"),
        ("004", "Sabah al-Nuamni", "Sabah al-Nuamni"),
    ]
    hearers = dict(zip(direct.text.str[:12], direct.told_to, strict=True))
    assert hearers["“This is a c"] == "Reuters"
    assert set(direct[direct.article.str.startswith("003")].told_to) == {"", "Diyaruna"}


def test_a_name_and_a_role_may_sign_a_quotation_without_a_dash():
    signed, sentence = quotes_in(
        "Tom Reed left. “The dam will be repaired before the winter.” Anna Bell, Mayor of Ostrand",
        "Tom Reed said so. “The dam will be repaired soon.” Anna Bell, the mayor, left early.",
    )
    assert signed[["label", "rule"]].values.tolist() == [["Anna Bell", "quotation_signed"]]
    assert "Anna Bell" not in set(sentence.label)


def test_a_role_between_a_quotation_and_a_name_is_not_a_statement():
    texts = [
        "“We left at dawn,” the mayor, Anna Bell, said.",
        "“We left at dawn,” the mayor of Ostrand, Anna Bell, said.",
        "“We left at dawn,” his lawyer, Anna Bell, said on Monday.",
        "“Why did it fall?” the mayor, Anna Bell, asked.",
        "“We left at dawn,” a baker from Tolmere, Anna Bell, said.",
    ]
    for text in texts:
        quotes = quotes_of_paragraphs(text)
        assert quotes.label.to_list() == ["Anna Bell"], text
        assert quotes.text[0].startswith("“"), text
        assert "mayor" not in quotes.text[0], text
