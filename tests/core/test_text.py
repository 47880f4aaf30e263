"""Words, sentences and codebook terms as spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clippings.core import sentences
from clippings.core.errors import BadInput
from clippings.core.lexicon import FOLDER, read_lexicon, read_words
from clippings.core.search_terms import compile_term
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing, trim
from clippings.core.tokens import fold, folded_words, word_spans


def cut(text, spans):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.-led coalition’s raid", ["the", "U.S.-led", "coalition", "raid"]),
        ("Ali al-Hussein didn’t", ["Ali", "al-Hussein", "didn’t"]),
        ("1,000 people, 3.5 km at 5 p.m.", ["1,000", "people", "3.5", "km", "at", "5", "p.m."]),
        ("group's ‘severe blow’", ["group", "severe", "blow"]),
        ("Abu\u00a0Bakr", ["Abu", "Bakr"]),
        ("It ended. ___ A snake_case b_", ["It", "ended", "A", "snake_case", "b_"]),
    ],
)
def test_words(text, words):
    assert cut(text, word_spans(text)) == words


# Each case is its sentences, joined: by one blank, or by what a row of GLUED says.
SENTENCES = [
    # quotations
    ["“We left.” he said.", "Mr. X stayed."],
    ["“Go.”", "She went."],
    ["“We heard shots,” Bell said.", "“We ran.", "We hid.”", "The police came."],
    ["“Where were they?” Anna Bell asked.", "“Gone.”"],
    ["''Where were they?'' Mr. Bell asked."],
    ["“Never!” Bell shouted."],
    ['"Stop!" Rep. Anna Bell, D-Ohio, said on Monday.', "Nobody stopped."],
    ["“Who is he?”", "He said nothing."],
    ["“Who is he?”", "Bell said that nobody knew."],
    ["“It is all gone.” Bell said.", "The rest is known."],
    ["“It is all gone.”", "Bell said no more of it."],
    ["“It is all gone!” – Bell on Monday."],
    ["(Who was he?)", "Bell asked nobody."],
    # names, titles, initials
    ["The U.S.-led coalition struck.", "It hit No. 10.", "It hit no. 9."],
    ["J. R. Smith and George W. Bush met Lt. Col. Bell.", "They spoke."],
    ["J. A. Smith led the No. 2 unit.", "I. Bell did not."],
    ["The judge, Anna P. Bell, met St. Mary’s Bell."],
    ["GEN. BELL MEETS MR. SMITH"],
    ["We spoke to al-Amin.", "al-Amin wept."],
    ["“We left.” al-Amin said."],
    ["They met Gen. al-Amin from mid-Sept. 5 on."],
    ["The S.&P. 500 fell.", "AT&T.", "And others rose."],
    ["She works at Yahoo! News in Rome.", "He left Yahoo!", "The rest stayed."],
    # abbreviations that may end a sentence
    ["The U.S. President left the U.S.", "The army stayed in the U.S. Senate."],
    ["They met in the U.S.", "Initially, nobody came."],
    ["He is Anna Bell Jr.", "Mrs. Bell is his mother."],
    ["The U.S. No. 1 won in the U.K.", "No other did."],
    ["It was sold to Bell Inc.", "Shares rose."],
    ["It was sold to Bell Inc.", "Rome’s 8 per cent bond fell."],
    ["The writer (A. B.) Smith died.", "Anna Bell (b. 1950) did not."],
    ["Bell Inc. Chief Executive Anna Smith left."],
    ["They live in Reno, Nev.", "Police found them there."],
    ["RENO, Nev. — The army left.", "It went to Trenton, N.J.", "Police said so."],
    ["Former Fla. Gov. Anna Bell met Sen. Bell (R-Ariz.) in Rome."],
    ["Troops left on Sept. 5 and Oct. 6.", "Rain fell in Sept.", "The river rose."],
    ["It stands on Wall St.", "The rest is on Bell St. near it."],
    # times of day
    ["At 5 a.m. Mr. Bell left.", "He was back at 6 p.m.", "Mr. Smith was not."],
    ["At 5 p.m. he left."],
    ["It began at 9 p.m. Friday, at 8 p.m. Eastern in Rome and at 1 a.m. GMT."],
    ["It ended at 9 p.m.", "Police left."],
    ["They saw the 6 p.m. Bell show."],
    # ellipses
    ["We waited…", "They never came…", "Bell never came."],
    ["It was the end . . . .", "Rome agreed."],
    ["The thing is . . . I never came."],
    ["We waited ... Bell never came."],
    ["We waited.", "... Bell never came."],
    ["It was . . . the end . . . . ", "The rest is known."],
    ["The report [...] Bell wrote said (!) Rome was safe."],
    # numbers and lists
    [
        "It grew 3.5 per cent to 1,000.",
        "In 2014 it fell.",
        "20 people left in 2014.",
        "The rest stayed.",
    ],
    ["1. Rome agreed", "2. Paris did not", "3. London left"],
    ["a) Rome agreed", "b) Paris did not"],
    ["1. It won 1 of 2.", "The rest is known."],
    ["• Rome agreed", "• Paris did not"],
    ["The reasons were two.", "1. Rome agreed.", "2. Paris did not."],
    # addresses
    [
        "Write to Anna.Bell@example.com.",
        "See https://example.com/a.Page?b=c.",
        "Visit www.example.com.",
        "Thanks.",
    ],
    # brackets and notes
    ["He left (she had left already.) at noon.", "(She came back.)", "He did not."],
    ["The army left.[12]", "It came back."],
    # other
    ["Mr.\u00a0Bell left.\u00a0", "He was back at 5\u00a0p.m."],
    ["No stop at the end"],
    ["Really?!", "Yes.", "No?", "Never!!"],
    ["وصل الوزير؟", "نعم."],
]
GLUED = [
    ["The army left.", "The town was quiet."],
    ["The army left Rome.", "It was quiet."],
    ["“The army left.”", "Bell wept."],
    ["The army left.", "“We stayed,” Bell said."],
    ["the U.S.A and node.js and Bell.com and example.com/Page.Html and M.I.T"],
]


@pytest.mark.parametrize(
    ("between", "sentences"), [(" ", row) for row in SENTENCES] + [("", row) for row in GLUED]
)
def test_sentences(between, sentences):
    text = between.join(sentences)
    assert cut(text, sentence_spans(text)) == [sentence.strip() for sentence in sentences]


def test_an_empty_line_ends_a_sentence_and_a_line_does_not():
    text = "A HEADLINE\n \nThe army\nleft.\r\n\r\nand so on"
    assert cut(text, sentence_spans(text)) == ["A HEADLINE", "The army\nleft.", "and so on"]


# For each kind of abbreviation, texts and how many sentences they are; without its row one count at least is another.
FRAMES = {
    "title": [("They met {}. The rest stood.", 1)],
    "number": [("It is {}. 5 of the rest.", 1), ("It is {}. The rest stood.", 2)],
    "either": [("It is {} Bell alone.", 1), ("It is {} The rest stood.", 2)],
    "suffix": [("It is {}. Anna Bell alone.", 1), ("It is {}. Police left.", 2)],
    "time": [("It ended at 9 {}. Police left.", 2), ("It ended at 9 {}. Friday in Rome.", 1)],
}


def in_frames(row):
    word = row["word"] + "." * (row["kind"] == "either" and row["word"][-1] != "!")
    return [
        (len(sentences._find_spans(frame.format(word))), count)  # not from the cache
        for frame, count in FRAMES[row["kind"]]
    ]


@pytest.mark.parametrize("row", read_lexicon("en/text/abbreviations"), ids=lambda row: row["word"])
def test_every_abbreviation_matters(row, monkeypatch):
    assert all(found == count for found, count in in_frames(row))
    others = {word: kind for word, kind in sentences._kinds().items() if word != row["word"]}
    monkeypatch.setattr(sentences, "_kinds", lambda: others)
    assert any(found != count for found, count in in_frames(row))


SMALL = {  # the first sentence of each is longer with a word of the kind than with "xyz" in its place
    "determiner": "They like {} 5 p.m. The show was late.",
    "counting": "1. They won 1 {} 2. The rest was lost.",
    "opening": "{} 5 a.m. The police came.",
    "time zone": "It begins at 5 p.m. {} on Friday.",
}


@pytest.mark.parametrize(
    "row", read_lexicon("en/text/sentence_words"), ids=lambda row: f"{row['kind']} {row['word']}"
)
def test_every_small_word_matters(row):
    word = row["word"].capitalize() if row["kind"] == "opening" else row["word"]
    other = "Xyz" if row["kind"] in ("opening", "time zone") else "xyz"
    ends = [sentence_spans(SMALL[row["kind"]].format(w))[0][1] - len(w) for w in (word, other)]
    assert ends[0] > ends[1]


@pytest.mark.parametrize("word", read_words("en/text/sentence_starters"))
def test_every_starter_matters(word, monkeypatch):
    text = f"It left the U.S. {word.capitalize()} and the rest."
    assert len(sentence_spans(text)) == 2
    others = sentences._starters() - {word.capitalize()}
    monkeypatch.setattr(sentences, "_starters", lambda: others)
    assert len(sentences._find_spans(text)) == 1  # not from the cache


PIECES = [sentence for row in SENTENCES + GLUED for sentence in row] + [
    *"“”\"'().…?!\n•",
    "\n\n",
    "1.",
    "...",
    "\u00a0",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).flatmap(
    lambda pieces: st.sampled_from(["", " ", "\u2009"]).map(lambda between: between.join(pieces))
)
HOSTILE = ["a", ".", "“", " ", "(", "a. ", "? ", ". … ", "A. ", "1. ", '!" A ', "• ", "U.S. A"]


def check_tiling(text, spans):
    """Spans in order, none empty or blank at an end, and only blanks between them."""
    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert not any(
        text[end:start].strip() for end, start in zip(ends[::2], ends[1::2], strict=True)
    )


@given(TEXTS)
def test_every_character_that_is_not_blank_is_in_one_sentence(text):
    check_tiling(text, sentence_spans(text))


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_keeps_the_law(unit):
    text = unit * (200_000 // len(unit))
    check_tiling(text, sentence_spans(text))
    assert all(text[start:end].strip() for start, end in word_spans(text))


@given(TEXTS, st.integers(1, 50))
def test_a_prefix_moves_the_spans(text, shift):
    for spans_of in (sentence_spans, word_spans):
        moved = [(start + shift, end + shift) for start, end in spans_of(text)]
        assert spans_of(text, shift) == moved
        assert spans_of("\n" * shift + text) == moved


@given(TEXTS)
def test_words_are_in_order_and_hold_every_letter(text):
    spans = word_spans(text)
    held = {place for start, end in spans for place in range(start, end)}
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    lost = [
        place for place, character in enumerate(text) if character.isalnum() and place not in held
    ]
    assert all(text[place] == "s" and text[place - 1] in "'’" for place in lost)  # possessives


def test_offsets_are_shifted():
    assert word_spans("a bc", 10) == [(10, 11), (12, 14)]
    assert sentence_spans(" One. Two.", 5) == [(6, 10), (11, 15)]


def test_folding_levels_case_apostrophes_and_compatibility_forms():
    assert folded_words("THE Mayor’s ﬁre didn’t") == ["the", "mayor", "fire", "didn't"]
    assert fold("İ") == "i"


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("desert*", "They deserted.", "deserted"),
        ("desert", "They deserted.", None),
        ("left the group | quit", "He LEFT  the\u00a0group", "LEFT  the\u00a0group"),
        ("the group's ranks", "in the group’s ranks", "the group’s ranks"),
        (
            "anticipated * offensive",
            "long anticipated Iraqi offensive",
            "anticipated Iraqi offensive",
        ),
        ("/fl(?:ee|ed)/", "they fled", "fled"),
        ("us-led", "the US-led force", "US-led"),
        ("act", "a fact", None),
    ],
)
def test_terms(term, text, found):
    match = compile_term(term).search(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize("term", ["", "a | ", " * ", "/(/"])
def test_a_term_that_cannot_be_read_is_named(term):
    with pytest.raises(BadInput, match="the term"):
        compile_term(term)


def test_trim_and_enclosing():
    assert trim("\u00a0 a b \n", 0, 7) == (2, 5)
    assert trim("   ", 0, 3) == (3, 3)
    assert enclosing([(0, 4), (5, 9)], 4) is None


def test_every_word_list_names_its_source_in_its_header():
    unnamed = []
    for path in FOLDER.rglob("*.csv"):
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
        if not any(line.startswith("# Source") for line in head):
            unnamed.append(path.relative_to(FOLDER).as_posix())
    assert unnamed == []
