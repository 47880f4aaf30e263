"""Quotation marks, speakers, what they said, to whom and through whom."""

from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.actors.quotation_marks import blank_quotes, is_speech, marked_spans
from clippings.actors.source_nouns import source_type
from clippings.core.lexicon import read_lexicon, read_words
from helpers import articles_of, codebook_of, story_of

NOBODY = codebook_of("actors")


def quotes_of(text: str, *more: str):
    story = story_of(text)
    if more:
        story = cl.find_passages(articles_of("\n\n".join((text, *more)))).assign(label="body")
    return cl.find_quotes(story, cl.find_mentions(story, NOBODY))


def said(text: str, *more: str) -> list[tuple[str, str, str]]:
    """Words, kind, and the words that name the speaker."""
    whole = "\n\n".join((text, *more))
    rows = quotes_of(text, *more).itertuples()
    return [
        (r.text, r.kind, "" if pd.isna(r.speaker_start) else whole[r.speaker_start : r.speaker_end])
        for r in rows
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“One,” he said. \"Two\" and “three.", ["“One,”", '"Two"', "“three."]),
        ("“We left. She wept. “It is over,” he said.", ["“We left. She wept.", "“It is over,”"]),
        ('"Over ", Bell said. "Again."', ['"Over "', '"Again."']),
        ("He said ''it is so.'' Then ''not.''", ["''it is so.''", "''not.''"]),
        ("closed” and no more", []),
        ("“”", ["“”"]),
    ],
)  # fmt: skip
def test_marks_are_paired(text, spans):
    assert [text[start:end] for start, end in marked_spans(text)] == spans
    assert len(blank_quotes(text, marked_spans(text))) == len(text)


@pytest.mark.parametrize(
    ("text", "speech"),
    [("“Gone With the Wind”", False), ("“Meet the Press.”", False), ("“Not yet!”", True), ("“so it is”", True), ("“big”", False)],
)  # fmt: skip
def test_titles_and_scare_quotes_are_no_speech(text, speech):
    assert is_speech(text, (0, len(text))) is speech


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We shall come back,” Anna Bell, a doctor, said.", "Anna Bell"),
        ("“We shall come back,” said Anna Bell, who lives in Rome.", "Anna Bell"),
        ("“We shall come back?” Bell said.", "Bell"),
        ("“We shall come back,” said one of the witnesses.", "one of the witnesses"),
        ("“We shall come back,” Bell fumed on Monday.", "Bell"),  # any verb right behind such words
        ("“We shall come back!” beamed Anna Bell of Rome.", "Anna Bell"),
        ("“We shall come back,” they whined.", "they"),
        ("“We shall come back,” a voice in the crowd boomed.", "a voice"),
        ("“We shall come back,“ said Anna Bell.", "Anna Bell"),  # a mark typed the wrong way round
        ("Beaming, Anna Bell said she thinks “we shall come back”.", "Anna Bell"),
        ("Anna Bell issued a statement saying “we shall come back”.", "Anna Bell"),
        ("On Monday in Rome, Anna Bell (Labour), said, “We shall come back.”", "Anna Bell"),
        ("Informed of the plan, Anna Bell praised it as “our way back”.", "Anna Bell"),
        ("Anna Bell spoke, calling Tom Reed’s proposed law “our way back”.", "Anna Bell"),
        ("“We shall come back,” said a senior Bell adviser.", "a senior Bell adviser"),
        ("“We shall come back,” Sen. Harry M. Reed (D-Nev.) said.", "Harry M. Reed"),
        ("In a statement to the Observer, her senior adviser, Jake Reed, said: “We shall come back.”", "Jake Reed"),
        ("Anna Bell, 45, of Rome, Italy, told us “we shall come back again.”", "Anna Bell"),
        ("On Monday, Bell met Reed, saying “we shall come back again.”", "Bell"),
        ("Anna Bell laughed and then added, “We shall come back.”", "Anna Bell"),
        ("Speaking to Rome TV, activist Anna Bell, based in Oslo, said “we shall come back again.”", "Anna Bell"),
        ("Trump said he thinks it was “a terrible mistake for us”.", "Trump"),
        ("A source close to Anna Bell said “we shall come back again.”", "A source"),
        ("Anna Bell gave no thanks. “We shall come back.”", "Anna Bell"),
    ],
)  # fmt: skip
def test_who_says_it(text, speaker):
    direct = [row for row in said(text) if "back" in row[0] or "mistake" in row[0]]
    assert direct[-1][2] == speaker


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Anna Bell said on Monday that the dam holds.", "that the dam holds.", "Anna Bell"),
        ("The dam holds, Anna Bell told Rome TV.", "The dam holds", "Anna Bell"),
        ("The dam holds, according to the mayor.", "The dam holds", "the mayor"),
        ("Anna Bell told Rome TV in May that the dam holds.", "that the dam holds.", "Anna Bell"),
        ("The dam holds well now, as the mayor reported earlier.", "The dam holds well now", "the mayor"),
        ("Officials and analysts say the dam holds.", "the dam holds.", "Officials and analysts"),
        ("In a survey, 21 percent said they were afraid of it.", "they were afraid of it.", "21 percent"),
    ],
)  # fmt: skip
def test_what_is_reported(text, content, speaker):
    assert said(text) == [(content, "indirect", speaker)]


def test_a_verb_that_splits_a_statement_gives_two_rows_that_are_linked():
    rows = quotes_of("“We left Rome early,” Anna Bell said, “and shall not come back.”")
    assert rows.text.to_list() == ["“We left Rome early,”", "“and shall not come back.”"]
    assert set(rows.label) == {"Anna Bell"}
    assert (rows.iloc[1].part_start, rows.iloc[1].part_end) == (
        rows.iloc[0].start,
        rows.iloc[0].end,
    )
    rows = quotes_of("The old dam, Anna Bell said, would not hold for long.")
    assert rows.text.to_list() == ["The old dam", "would not hold for long."]


def test_a_quotation_over_several_paragraphs_has_one_speaker():
    rows = quotes_of("“The first day was long and it rained.", "“The second was short,” said Anna Bell.", "“It was the best of all.”")  # fmt: skip
    assert rows.label.to_list() == ["Anna Bell"] * 3
    rows = quotes_of("Anna Bell went on:", "“The first day was long.", "“The second was short.”")
    assert rows.label.to_list() == ["Anna Bell"] * 2


def test_clauses_of_one_speaker_are_parted():
    rows = said(
        "The dam holds, Anna Bell said, adding that it is old and that “nobody cares about it”."
    )
    assert [row[0] for row in rows] == ["The dam holds", "that it is old and that “nobody cares about it”.", "“nobody cares about it”"]  # fmt: skip
    assert {row[2] for row in rows} == {"Anna Bell"}


def test_words_inside_a_reported_clause_count_once():
    rows = quotes_of("Anna Bell said that in her home town “nobody cares” any more.")
    assert rows.kind.to_list() == ["indirect", "fragment"]
    assert cl.count_words(rows, by=["label"]).values.tolist() == [["Anna Bell", 9, 2, 1]]


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
def test_to_whom_and_through_whom(text, told_to, via):
    own = [row for row in quotes_of(text).itertuples() if row.label == "Anna Bell"]
    assert (own[0].told_to, own[0].via) == (told_to, via)


def test_they_are_those_who_have_no_name():
    rows = quotes_of(
        "Local officials told Rome TV that it was over. The Water Board claims it is not. It was late, they said."
    )
    assert (rows.iloc[-1].source_type, rows.iloc[-1].anonymous) == ("official", True)


def test_the_mayor_is_who_was_called_mayor():
    rows = quotes_of("We met the old mayor Anna Bell. The dam holds, the mayor said.")
    assert (rows.iloc[0].label, rows.iloc[0].source_type) == ("Anna Bell", "official")


def test_a_report_is_neither_a_source_type_nor_anonymous():
    rows = quotes_of("The statement said that the dam holds.")
    assert (rows.iloc[0].label, rows.iloc[0].source_type, rows.iloc[0].anonymous) == ("", "", False)


def test_no_article_is_given_up_for_its_marks():
    for text in (
        "“““",
        '"',
        "”",
        "''",
        '" " "',
        "“a” “",
        'He said "',
        "“He said. “She said. “They said.",
    ):
        quotes_of(f"Anna Bell said so. {text} Tom Reed told us that it rains.")


@pytest.mark.parametrize("row", read_lexicon("en/speech/source_nouns"), ids=lambda row: row["word"])
def test_each_word_for_a_source_has_its_type(row):
    assert source_type(f"the {row['word']}") == row["source_type"]


@pytest.mark.parametrize(
    "row",
    [row for row in read_lexicon("en/speech/reporting_verbs") if row["reports"] == "clause"],
    ids=lambda row: row["word"],
)
def test_each_verb_of_saying_ties_words_to_a_speaker(row):
    verb = row["word"]
    text = (
        f"In the morning, {verb} Anna Bell, “we go home now”."
        if verb in ("according to", "in the words of")
        else f"Anna Bell {verb} “we go home now”."
    )
    assert "Anna Bell" in set(quotes_of(text).label)


@pytest.mark.parametrize(
    "row",
    [row for row in read_lexicon("en/speech/reporting_verbs") if row["reports"] == "quotation"],
    ids=lambda row: row["word"],
)
def test_each_verb_of_quoting_reports_nothing_without_marks(row):
    assert [
        r for r in said(f"Anna Bell {row['word']} all the people of Rome.") if r[1] == "indirect"
    ] == []
    assert said(f"Anna Bell {row['word']} it “a thing to be gone”.")[0][2] == "Anna Bell"


@pytest.mark.parametrize("word", read_words("en/speech/syntax", kind="looks like an adverb"))
def test_words_that_look_like_adverbs_speak(word):
    text = f"On Monday the {word} said that it would rain, and nobody doubted it."
    row = quotes_of(text).iloc[0]
    assert text[row.speaker_start : row.speaker_end] == f"the {word}"


def test_small_words_behind_a_speaker_are_no_part_of_it():
    text = "Residents still in the town said that it would rain."
    row = quotes_of(text).iloc[0]
    assert text[row.speaker_start : row.speaker_end] == "Residents"


def test_a_paragraph_of_any_length_costs_as_its_length():
    text = "“Yes,” Anna Bell said. " * 3000
    found = quotes_of(text)
    assert len(found) == 3000
    assert set(found.label) == {"Anna Bell"}
    assert (found.text == "“Yes,”").all()


def test_shares_without_a_name_and_chains():
    articles = articles_of(
        "The mayor said that it rained.\n\nAnna Bell told ARA Post that it snowed.",
        "Anna Bell said it was dry.",
        outlet="Post",
    )
    story = cl.find_passages(articles).assign(label="body")
    quotes = cl.find_quotes(story, cl.find_mentions(story, NOBODY))
    assert cl.count_unnamed(quotes, articles).values.tolist() == [
        ["Post", "a0.txt", 2, 0.5],
        ["Post", "a1.txt", 1, 0.0],
    ]
    assert cl.count_chains(quotes).values.tolist() == [["", "unknown", "ARA Post", 1, 1]]


WORDS_AROUND = {
    "participle after a hyphen": ("The Vellby-{} group left.", "Vellby", None),
    "plural with apostrophe s": ("They met the {}'s Party of the north.", "{}'s Party", None),
    "kind of place": ("It rained in {} such as Vellby.", "Vellby", "place"),
    "holding after a hyphen": ("They fled the rebel-{} Vellby by night.", "Vellby", "place"),
    "home after a hyphen": ("They left the Vellby-{} firm by night.", "Vellby", "place"),
}


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (row["kind"], row["word"])
        for row in read_lexicon("en/names/syntax")
        if row["kind"] in WORDS_AROUND
    ],
)
def test_each_word_around_a_name_counts(kind, word):
    text, name, type_ = WORDS_AROUND[kind]
    written = word.capitalize() if kind == "plural with apostrophe s" else word
    found = cl.find_mentions(story_of(text.format(written)), NOBODY).set_index("text").type
    assert found[name.format(written)] == (found[name.format(written)] if type_ is None else type_)


@pytest.mark.parametrize("word", read_words("en/speech/syntax", kind="citing"))
def test_each_word_for_citing_names_who_told_it(word):
    assert quotes_of(
        f"“It rained all night,” Anna Bell said, {word} the Northern Wire."
    ).via.to_list() == ["the Northern Wire"]


@pytest.mark.parametrize("word", read_words("en/names/syntax", kind="small in titles"))
def test_each_small_word_stands_in_titles(word):
    text = f"“Rain {word} Snow!”"
    assert not is_speech(text, (0, len(text)))


@pytest.mark.parametrize("word", read_words("en/time/syntax", kind="before a former title"))
def test_each_word_before_a_title_says_that_the_office_is_not_held(word):
    cues = [
        cl.find_cues(story_of(f"He met {before}President Clinton."), codebook_of("calendar"))
        for before in (word if word.endswith("-") else f"{word} ", "")
    ]
    assert [len(found) for found in cues] == [0, 1]


def test_a_name_behind_a_whole_sentence_does_not_speak():
    assert said("Tom Reed went home. “We shall come back.” Anna Bell stayed.")[0][2] == "Tom Reed"


@pytest.mark.parametrize("word", read_words("en/speech/syntax", kind="former"))
def test_who_was_once_an_officer_is_what_they_are_now(word):
    once = word if word.endswith("-") else f"{word} "
    assert (
        source_type(f"analyst and {once}army officer")
        == "analyst"
        != source_type("analyst and army officer")
    )
    assert source_type(f"{once}army officer") == "military"


def test_the_statements_of_the_five_articles_are_as_a_person_read_them(seeds):
    tables = pd.read_csv(
        Path(__file__).with_name("seed_statements.tsv"), sep="\t", keep_default_na=False
    )
    quotes = seeds[2]["quotes"]
    found = {
        (row.article[:3], " ".join(row.text[:44].split())): [
            row.label,
            row.source_type,
            row.told_to,
            row.anonymous,
        ]
        for row in quotes.itertuples()
    }
    for row in tables.itertuples():
        read = [row.speaker, row.source_type, row.told_to, row.anonymous == "yes"]
        assert found[f"{row.article:03d}", row.begins] == read
    assert len(found) <= len(tables) + 1  # one more: the leader "who infamously declared"


def test_a_quotation_is_signed_below_it():
    rows = quotes_of(
        "Tom Reed wept.", "“We shall come back again.”", "– Anna Bell, farmer in Rome"
    ).to_dict("records")
    assert [(row["label"], row["source_type"], row["rule"]) for row in rows] == [
        ("Anna Bell", "resident", "quotation marks, signed")
    ]
    beside = quotes_of("Tom Reed wept. “We shall come back again.” ― Anna Bell, farmer.").iloc[-1]
    assert (beside.label, beside.source_type, beside.rule) == (
        "Anna Bell",
        "resident",
        "quotation marks, signed",
    )
    told = said("Tom Reed said: “We shall come back again.” – Anna Bell was there.")
    assert {speaker for *_, speaker in told} == {"Tom Reed"}
    assert quotes_of("“We shall come back again.”", "– and so it went on.").label.to_list() == [""]


@pytest.mark.parametrize("word", read_words("en/speech/syntax", kind="noun of speech"))
def test_each_noun_for_what_was_said_names_its_owner(word):
    text = f"Tom Reed was angry over Anna Bell’s {word} that “we shall come back”."
    assert said(text)[-1][2] == "Anna Bell"
    assert (
        said(f"Anna Bell met Tom Reed after her {word} that “we shall come back”.")[-1][2] == "her"
    )


@pytest.mark.parametrize("word", read_words("en/speech/syntax", kind="issues a statement"))
def test_who_issued_a_statement_says_what_it_says(word):
    assert said(f"The group {word} a statement on Monday saying that it fell.")[-1] == (
        "that it fell.",
        "indirect",
        "The group",
    )


def test_a_passage_may_end_with_the_word_for_saying():
    story = story_of("The levee had failed again on Monday, the mayor said")
    assert cl.find_quotes(story, cl.find_mentions(story, NOBODY)).text.to_list() == [
        "The levee had failed again on Monday"
    ]


def test_a_statement_that_ends_its_text_without_a_stop_is_read():
    """The sign behind the last verb was looked at, and there was none: IndexError."""
    story = story_of(
        "The road will close soon, and for long, officials in Rome said",
        "“It fell,” he said, the road, she said",
    )
    found = cl.find_quotes(story, cl.find_mentions(story, cl.read_codebook("")["actors"]))
    assert found.text.to_list() == [
        "The road will close soon, and for long",
        "“It fell,”",
        "“It fell,” he said, the road",
    ]
