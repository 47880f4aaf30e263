"""Reporting verbs and what they report."""

import pytest
from actor_tables import quotes_in, speakers_in

from clippings.actors.reporting_verbs import grammar_of
from clippings.core.lexicon import read_lexicon, read_words

VERBS = read_lexicon("en/speech/reporting_verbs")


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
def test_what_is_reported_and_who_reports_it(text, content, speaker):
    [quotes] = quotes_in(text)
    assert quotes[["text", "kind"]].values.tolist() == [[content, "indirect"]]
    assert speakers_in(text) == [[speaker]]


def test_every_verb_links_quoted_words_to_a_speaker():
    texts = {}
    for row in VERBS:
        verb = row["word"]
        if row["reports"] == "quotation":
            texts[verb] = f"Anna Bell {verb} it “a thing to be gone”."
        elif "speaker-follows" in grammar_of(verb):
            texts[verb] = f"In the morning, {verb} Anna Bell, “we go home now”."
        else:
            texts[verb] = f"Anna Bell {verb} “we go home now”."
    quotes = dict(zip(texts, quotes_in(*texts.values()), strict=True))
    assert [verb for verb in texts if "Anna Bell" not in set(quotes[verb].label)] == []


def test_a_verb_that_needs_a_quotation_reports_nothing_without_one():
    verbs = [row["word"] for row in VERBS if row["reports"] == "quotation"]
    quotes = quotes_in(*(f"Anna Bell {verb} all the people of Rome." for verb in verbs))
    wrong = [verb for verb, rows in zip(verbs, quotes, strict=True) if "indirect" in set(rows.kind)]
    assert wrong == []


def test_the_list_of_verbs_is_sound():
    words = [row["word"] for row in VERBS]
    assert sorted(set(words)) == sorted(words)
    assert {row["reports"] for row in VERBS} == {"clause", "quotation"}
    grammar = {value for row in VERBS for value in row["grammar"].split()}
    assert grammar == {"addressee", "infinitive", "noun", "that", "speaker-follows", "named"}


def test_whoever_issues_a_statement_says_it():
    verbs = read_words("en/speech/subjects", kind="issues a statement")
    texts = [f"The group {verb} a statement on Monday saying that it fell." for verb in verbs]
    last = [quotes.iloc[-1] for quotes in quotes_in(*texts)]
    assert {(row.text, row.kind) for row in last} == {("that it fell.", "indirect")}
    assert {speakers[-1] for speakers in speakers_in(*texts)} == {"The group"}


@pytest.mark.parametrize(
    "text",
    [
        "The “Islamic State of Rome” met.",
        "It was reported closed.",
        "There were reports of rain.",
        "A ‘severe blow’.",
    ],
)
def test_passives_nouns_and_names_report_nothing(text):
    [quotes] = quotes_in(text)
    assert quotes.empty


def test_a_clause_ends_where_the_speaker_goes_on():
    [quotes] = quotes_in(
        "The dam holds, Anna Bell said, adding that it is old and that “nobody cares about it”."
    )
    assert quotes.text.to_list() == ["The dam holds", "that it is old and that “nobody cares about it”.", "“nobody cares about it”"]  # fmt: skip
    assert set(quotes.label) == {"Anna Bell"}

    [quotes] = quotes_in("Anna Bell said that the dam fell, and added that it was old.")
    assert quotes.text.to_list() == ["that the dam fell", "that it was old."]
    assert set(quotes.label) == {"Anna Bell"}


def test_a_verb_may_end_its_text():
    texts = [
        "The levee had failed again on Monday, the mayor said",
        "The road will close soon, and for long, officials in Rome said",
        "“It fell,” he said, the road, she said",
    ]
    assert [quotes.text.to_list() for quotes in quotes_in(*texts)] == [
        ["The levee had failed again on Monday"],
        ["The road will close soon, and for long"],
        ["“It fell,”", "“It fell,” he said, the road"],
    ]


def test_adverbs_may_separate_a_subject_from_a_verb_that_is_also_a_noun():
    verbs = ["also claims", "still reports", "often notes", "repeatedly promises", "is saying"]
    clauses = [f"Anna Bell {verb} that the dam holds." for verb in [*verbs, "also estimates"]]
    nouns = ["has notes on", "now has claims against", "had reports from"]
    objects = [f"Anna Bell {noun} the town of Tolmere." for noun in nouns]
    speakers = speakers_in(*clauses, *objects)
    assert speakers == [["Anna Bell"]] * len(clauses) + [[]] * len(objects)


def test_hearsay_has_the_speaker_whose_words_are_passed_on():
    texts = [
        "The Valley Wire reported Anna Bell as saying the dam was full.",
        "The Valley Wire reported Anna Bell as having said the dam was full.",
        "Anna Bell is reported to have said that the dam was full.",
        "Anna Bell was also alleged to have told the staff that the dam was full.",
    ]
    assert speakers_in(*texts) == [["Anna Bell"]] * len(texts)
    [[reporter]] = speakers_in("Anna Bell reported a fall in crime as spending on police rose.")
    assert reporter == "Anna Bell"


def test_what_no_one_has_said_is_not_a_statement():
    texts = [
        "No one has said who will pay.",
        "No one from Ostrand said the dam was safe.",
        "So far no one said the dam was safe.",
    ]
    assert speakers_in(*texts) == [[]] * len(texts)
    assert speakers_in("One of the men said the dam was safe.") == [["One of the men"]]


def test_per_reports_only_with_a_name():
    names = ["Per Anna Bell, the dam is full.", "The dam is full, per Anna Bell."]
    others = [
        "Per day, the dam takes in two feet of water.",
        "The dam takes in two feet, per the plan of May.",
        "They sold two boats per Anna Bell and went home.",
    ]
    assert speakers_in(*names, *others) == [["Anna Bell"]] * 2 + [[]] * 3


def test_a_participle_or_a_second_verb_has_the_subject_that_opens_its_sentence():
    """Not that of a relative clause, nor a person whom the sentence is about."""
    speakers = {
        "In August, several farm groups sued Tom Reed, saying his “plan was a poor one”.": "several farm groups",
        "The town council gave Tom Reed a year, saying the “plan was a poor one”.": "The town council",
        "But the mayor of Tolmere met Tom Reed, adding that the “plan was a poor one”.": "the mayor",
        "The Tolmere candidate also praised Tom Reed and vowed “to build a new wall”.": "The Tolmere candidate",
        "Her lawyer had met Tom Reed and promised “a long and bitter fight”.": "Her lawyer",
        "Tom Reed wept over a man who said it was late, saying, “The plan was a poor one.”": "Tom Reed",
        "Tom Reed met farmers who claim that he lied, adding, “The plan was a poor one.”": "Tom Reed",
        "The mayor wept and Tom Reed left the hall, saying the “plan was a poor one”.": "Tom Reed",
        "Although Ann Lund had won, Mayor Tom Reed wept, saying the “plan was a poor one”.": "Tom Reed",
        "After a row over Ann Lund, Tom Reed took the step of saying the “plan was a poor one”.": "Tom Reed",
        "The old dam broke, and Tom Reed wept, saying the “plan was a poor one”.": "Tom Reed",
        "The visit of Tom Reed ended badly, Reed saying the “plan was a poor one”.": "Reed",
        "A man who said it was late and added that the “plan was a poor one” left.": "who",
    }  # fmt: skip
    chosen = {text: rows[-1] for text, rows in zip(speakers, speakers_in(*speakers), strict=True)}
    assert chosen == speakers


def test_the_person_seen_or_heard_speaks_and_not_the_recording():
    speakers = {
        "The ad uses footage of Anna Bell asking, “Why is the dam not safe?”": "Anna Bell",
        "The film ends with a video of Anna Bell saying, “The dam is not safe.”": "Anna Bell",
        "An audio recording of Mayor Anna Bell admitting “the dam is not safe” was found.": "Anna Bell",
        "The court heard a tape of Anna Bell telling them that “the dam is not safe”.": "Anna Bell",
        "The video shows Anna Bell saying, “The dam is not safe.”": "Anna Bell",
        "There is a clip of Anna Bell claiming that “the dam is not safe”.": "Anna Bell",
    }  # fmt: skip
    chosen = {text: rows[-1] for text, rows in zip(speakers, speakers_in(*speakers), strict=True)}
    assert chosen == speakers


def test_a_preposition_before_a_participle_is_not_its_subject():
    words = read_words("en/speech/subjects", kind="before a participle phrase")
    texts = [
        f"Mayor Anna Bell, {word} admitting that she had “a long list of fears,” voted for it."
        for word in words
    ]
    assert {text: set(rows) for text, rows in zip(texts, speakers_in(*texts), strict=True)} == (
        {text: {"Anna Bell"} for text in texts}
    )


def test_a_relative_clause_inside_a_statement_does_not_end_it():
    people = [
        "anybody who complains about a broken pump",
        "people who claim to know the dam",
        "a man who said so",
        "the farmers who insist that it holds",
        "those who deny it",
        "everybody who warned of the flood",
    ]
    texts = [f"Anna Bell wept, saying {person} “had never been to the dam”." for person in people]
    labels = {
        text: quotes[quotes.text.str.startswith("“")].label.to_list()
        for text, quotes in zip(texts, quotes_in(*texts), strict=True)
    }
    assert labels == {text: ["Anna Bell"] for text in texts}
