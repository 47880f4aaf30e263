"""Names, speakers and statements."""

import pytest

import clippings as cl
from helpers import articles_of, codebook_of, story_of

NOBODY = codebook_of("actors")
ACTORS = codebook_of(
    "actors",
    {"actor": "Islamic State", "type": "group", "alias": "IS"},
    {"actor": "Islamic State", "type": "group", "alias": "Islamic State"},
    {"actor": "Iraq", "type": "place", "alias": "Iraq", "not_alias": "Bank of Iraq"},
    {"actor": "town hall", "type": "organisation", "alias": "the town hall"},
    {"actor": "Union", "type": "organisation", "alias": "Farmers' Union"},
)


def names(text: str, actors=NOBODY) -> list[tuple[str, str, str]]:
    return [
        (row.text, row.label, row.type)
        for row in cl.find_mentions(story_of(text), actors).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IS is strong, and Is IS-held land", [("IS", "Islamic State", "group"), ("IS", "Islamic State", "group")]),
        ("the Bank of Iraq in Iraq", [("Bank of Iraq", "Bank of Iraq", "organisation"), ("Iraq", "Iraq", "place")]),
        ("The town hall and the town hall", [("The town hall", "town hall", "organisation")] * 1 + [("the town hall", "town hall", "organisation")]),
        ("The Farmers’ Union met", [("Farmers’ Union", "Union", "organisation")]),
        ("ISLAMIC STATE GAINS", [("ISLAMIC STATE", "Islamic State", "group")]),
    ],
)  # fmt: skip
def test_aliases_of_the_codebook(text, found):
    assert [row for row in names(text, ACTORS) if row[0] != "GAINS"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rights activist Anna Bell told us. Later Bell left.", [("Anna Bell", "Anna Bell", "person"), ("Bell", "Anna Bell", "person")]),
        ("He met Abu\u00a0Bakr al-Baghdadi.", [("Abu\u00a0Bakr al-Baghdadi", "Abu Bakr al-Baghdadi", "person")]),
        ("the city of Springfield and Paris", [("Springfield", "Springfield", "place"), ("Paris", "Paris", "place")]),
        ("Yesterday the Ministry of Health said so.", [("Ministry of Health", "Ministry of Health", "organisation")]),
        ("Many people came. It rained on Monday in May.", []),
        ("the Iraqi people and a German car", []),
    ],
)  # fmt: skip
def test_capitalised_names(text, found):
    assert names(text) == found


def test_a_surname_that_two_people_share_is_not_tied():
    found = names("Anna Bell spoke. Then Tom Bell spoke. Finally, said Bell, it was over.")
    assert ("Bell", "Bell") in [(text, label) for text, label, _ in found]


def test_roles_stand_before_names(seeds):
    mentions = seeds[2]["mentions"]
    roles = mentions[mentions.role != ""].groupby("label").role.first().to_dict()
    assert roles["Ali al-Hussein"] == "media activist"
    assert roles["Amir Qassim"] == "rights activist"
    assert roles["Ahmed al-Sharifi"] == "strategic expert and former iraqi military officer"


def test_no_actor_in_page_furniture(corpus):
    tables = corpus[2]
    page = tables["passages"][~tables["passages"].label.isin(cl.STORY)]
    for table in ("mentions", "quotes", "times", "events", "amounts", "cues", "themes"):
        for row in tables[table].itertuples():
            inside = page[
                (page.article == row.article) & (page.start <= row.start) & (page.end > row.start)
            ]
            assert inside.empty, (table, row.text)


def statements(text: str) -> list[tuple[str, str, str, bool]]:
    story = story_of(text)
    quotes = cl.find_quotes(story, cl.find_mentions(story, NOBODY))
    return [(row.kind, row.label, row.source_type, row.anonymous) for row in quotes.itertuples()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We shall come back again,” rights activist Anna Bell told the Rome Post.", ("direct", "Anna Bell", "activist", False)),
        ("\"We shall come back again,\" a local resident said.", ("direct", "", "resident", True)),
        ("“We shall come back again,” said strategic expert and former officer Anna Bell.", ("direct", "Anna Bell", "analyst", False)),
        ("A source close to Anna Bell said that it was over.", ("indirect", "", "insider", True)),
        ("It was over, according to military sources.", ("indirect", "", "military", True)),
        ("A spokeswoman for the Water Authority said that it was over.", ("indirect", "Water Authority", "official", False)),
        ("“We shall come back again, she told us without end", ("direct", "", "", False)),
    ],
)  # fmt: skip
def test_speakers(text, found):
    assert statements(text)[0] == found


@pytest.mark.parametrize(
    "text",
    [
        "The “Islamic State of Rome” met.",
        "It was reported closed.",
        "There were reports of rain.",
        "A ‘severe blow’.",
    ],
)
def test_no_speech(text):
    assert statements(text) == []


def test_he_and_the_source_are_the_last_fitting_speaker():
    text = "“We shall come back again,” a media source said. “It is not over yet at all,” he added."
    assert [row[1:] for row in statements(text)] == [("", "insider", True)] * 2
    text = "“We shall come back again,” Anna Bell said.\n\n“It is not over yet at all,” she added."
    articles = articles_of(text)
    story = cl.find_passages(articles)
    quotes = cl.find_quotes(story, cl.find_mentions(story, NOBODY))
    assert quotes.label.to_list() == ["Anna Bell", "Anna Bell"]


def test_direct_quotations_of_the_seeds(seeds):
    """Speakers as a person reads them, copies left out."""
    articles, _, tables = seeds
    quotes = cl.drop_duplicates(tables["quotes"])
    texts = articles.set_index("article").text
    direct = quotes[quotes.kind == "direct"]
    found = [
        (row.article[:3], row.label, texts[row.article][row.speaker_start : row.speaker_end])
        for row in direct.itertuples()
    ]
    assert found == [
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
    told = dict(zip(direct.text.str[:12], direct.told_to, strict=True))
    assert told["“This is a c"] == "Reuters"
    assert set(direct[direct.article.str.startswith("003")].told_to) == {"", "Diyaruna"}


def test_proposals_name_spellings_and_initials_and_merge_nothing(seeds):
    found = cl.propose_aliases(seeds[2]["mentions"])
    assert ("Hatimlat", "Hatmilat", "spelling") in found[
        ["actor_a", "actor_b", "reason"]
    ].itertuples(index=False, name=None)
    story = story_of("The Water Board (WB) met. The WB said so.")
    assert cl.propose_aliases(cl.find_mentions(story, NOBODY)).values.tolist() == [
        ["WB", "Water Board", "initials", 1.0]
    ]


def test_who_is_named_with_whom():
    story = story_of("Anna Bell met Tom Reed. Tom Reed left. Later Anna Bell rang Tom Reed.")
    mentions = cl.find_mentions(story, NOBODY)
    assert cl.count_cooccurrence(mentions, story).values.tolist() == [["Anna Bell", "Tom Reed", 2]]
    assert cl.count_cooccurrence(mentions, story, unit="passage")["count"].to_list() == [1]
