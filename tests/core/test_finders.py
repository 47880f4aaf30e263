"""All finders read special characters like plain ones, and only languages that have word lists."""

import unicodedata

import pandas as pd
import pytest

import clippings as cl
from clippings.core.finders import needs_word_lists
from clippings.core.tables import make_table
from helpers import FLOOD, chain

CODEBOOK = cl.read_codebook(FLOOD)
STORY = (
    "River rises in Ostrand\n\n"
    "The mayor of Tolmere, José Peña, warned on Monday, March 8, 2021, that the office and the "
    "levee in Ostrand could flood. “Nobody should wait,” Peña said. At least 120 people fled, "
    "and the first fire crews arrived in the afternoon.\n\n"
    "Peña said the River Lenn had risen by two metres. The levee broke on Friday.\n"
)
SOFT_HYPHEN = "\u00ad"


def with_soft_hyphens(text: str) -> str:
    return text.replace("ayor", f"ay{SOFT_HYPHEN}or").replace("onday", f"on{SOFT_HYPHEN}day")


def with_many_soft_hyphens(text: str) -> str:
    pieces = [
        character + SOFT_HYPHEN
        if character.isalpha() and text[place + 1 : place + 2].isalpha()
        else character
        for place, character in enumerate(text)
    ]
    return "".join(pieces)


DISGUISES = {
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": with_soft_hyphens,
    "soft hyphens everywhere": with_many_soft_hyphens,
    "zero-width spaces": lambda text: text.replace("evee", "ev\u200bee").replace(
        "eña", "e\u200bña"
    ),
    "ligatures": lambda text: (
        text.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")
    ),
    "full-width digits": lambda text: text.translate(
        {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
    ),
}


def tables_of(text: str, language: str = "en") -> tuple[pd.DataFrame, dict]:
    articles = make_table("articles", [{"article": "a.txt", "text": text, "language": language}])
    passages = cl.find_passages(articles)
    return articles, chain(passages.assign(label="body"), articles, CODEBOOK)


@pytest.fixture(scope="module")
def plain_tables():
    return tables_of(STORY)[1]


# Columns that must not differ between a text and its disguise: all but those that hold its letters.
def comparable(table: pd.DataFrame) -> list[tuple]:
    places = {"start", "end", "text", "article"}
    columns = [
        name
        for name in table.columns
        if name not in places and not name.endswith(("_start", "_end"))
    ]
    return [tuple(map(str, row)) for row in table[columns].itertuples(index=False)]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_finders_find_the_same_in_special_characters(disguise, plain_tables):
    articles, tables = tables_of(DISGUISES[disguise](STORY))
    assert articles.text[0] != STORY
    for name, table in tables.items():
        cl.check_spans(table, articles)
        assert list(table.columns) == list(plain_tables[name].columns)
        assert table.dtypes.to_dict() == plain_tables[name].dtypes.to_dict()
        assert comparable(table) == comparable(plain_tables[name]), name
    assert len(tables["mentions"]) and len(tables["quotes"]) and len(tables["times"])


def test_links_point_to_the_same_words():
    articles, tables = tables_of(with_many_soft_hyphens(STORY))
    text = articles.text[0]
    speakers = {
        text[quote.speaker_start : quote.speaker_end].replace(SOFT_HYPHEN, "")
        for quote in tables["quotes"].itertuples()
        if not pd.isna(quote.speaker_start)
    }
    assert "Peña" in speakers or "José Peña" in speakers


def test_a_codebook_may_be_decomposed():
    actors = CODEBOOK["actors"]
    decomposed = actors.head(1).assign(actor="Peña", alias=unicodedata.normalize("NFD", "Peña"))
    story = make_table(
        "passages",
        [{"article": "a", "start": 0, "end": 9, "text": "Peña left", "label": "body"}],
    )
    assert cl.find_mentions(story, decomposed).label.tolist() == ["Peña"]


def test_repeats_are_found_at_full_length_in_special_characters():
    for disguise in DISGUISES.values():
        articles = make_table(
            "articles",
            [{"article": "a", "text": STORY}, {"article": "b", "text": disguise(STORY)}],
        )
        repeats = cl.find_repeats(cl.find_passages(articles), articles)
        cl.check_spans(repeats, articles)
        assert repeats.similarity.eq(1).all()
        assert repeats.groupby("article").words.sum().nunique() == 1
        assert set(repeats.article) == {"a", "b"}


GERMAN = (
    "Der Bürgermeister von Ostrand, Paul Weber, sagte am Montag, dass die Brücke gesperrt bleibt. "
    "„Wir haben keine andere Wahl“, sagte Weber. Mehr als 300 Menschen mussten ihre Häuser "
    "verlassen, als der Damm am 8. März brach."
)


def test_in_other_languages_only_the_codebook_speaks():
    _, tables = tables_of(GERMAN, language="de")
    assert set(tables["mentions"].label) <= set(CODEBOOK["actors"].actor)
    assert "Ostrand" in set(tables["mentions"].text)
    for name in ("quotes", "times", "events", "amounts"):
        assert tables[name].empty, name
        assert tables[name].dtypes.to_dict() == make_table(name).dtypes.to_dict()


def test_an_unknown_language_is_read_as_english(plain_tables):
    _, tables = tables_of(STORY, language="")
    assert comparable(tables["mentions"]) == comparable(plain_tables["mentions"])


def test_each_passage_counts_when_an_article_mixes_languages():
    articles = make_table("articles", [{"article": "a", "text": f"{STORY}\n{GERMAN}"}])
    passages = cl.find_passages(articles)
    assert set(passages.language) >= {"en", "de"}
    mentions = cl.find_mentions(passages.assign(label="body"), CODEBOOK["actors"])
    german = passages[passages.language == "de"]
    in_german = mentions[mentions.start >= german.start.min()]
    assert set(in_german.label) <= set(CODEBOOK["actors"].actor)


def test_themes_of_the_codebook_work_in_every_language():
    codes = pd.DataFrame(
        [{"theme": "damm", "side": "", "term": "Damm* | Brücke*", "near": "", "not_near": ""}]
    )
    articles = make_table("articles", [{"article": "a", "text": GERMAN, "language": "de"}])
    themes = cl.find_themes(cl.find_passages(articles).assign(label="body"), codes)
    assert len(themes) == 2


def test_one_call_equals_the_steps_in_a_mixed_folder():
    articles = make_table(
        "articles",
        [
            {"article": "a", "text": STORY, "language": "en"},
            {"article": "b", "text": GERMAN, "language": "de"},
        ],
    )
    tables = cl.find_all(articles, CODEBOOK)
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    steps = cl.find_mentions(story, CODEBOOK["actors"])
    assert tables["mentions"][steps.columns].equals(steps)


def test_passages_of_older_tables_have_no_language():
    passages = make_table(
        "passages", [{"article": "a", "text": "no", "label": "body", "end": 2, "start": 0}]
    )
    old = passages.drop(columns="language")
    assert needs_word_lists(lambda table: table)(old).equals(old)
