"""Small folders about a dam that collapsed, and how many independent origins they show."""

from typing import NamedTuple

import clippings as cl
from clippings.core.tables import make_table
from clippings.repeats.detect import find_repeats
from helpers import articles_of

NO_CODEBOOK = cl.read_codebook("no such folder")

WIRE = (
    "The old dam above Tolmere collapsed before dawn, and the river carried away two bridges, "
    "a mill and most of the lower market, while the people of the valley were asleep."
)


TEXT = "The dam collapsed."
OUTCRY = "The dam collapsed with a roar and people ran out of their homes"


class Folder(NamedTuple):
    """Articles (outlet, text), and the origins that a careful reader counts as independent."""

    kind: str
    articles: list[tuple[str, str]]
    independent: set[str]
    is_at_least: bool = False  # there may be more


FOLDERS = [
    Folder(
        "an agency's report, in every wording",
        [
            ("Valley Post", "Reuters reported that the dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, according to Reuters."),
            ("Hill Herald", "As first reported by Reuters, the dam at Tolmere collapsed."),
            ("Lund Gazette", "TOLMERE (Reuters) - The dam at Tolmere collapsed."),
            ("Sala Times", "The dam at Tolmere collapsed, Thomson Reuters said."),
        ],
        {"Reuters"},
    ),
    Folder(
        "an agency and its own article",
        [
            ("Reuters", "The dam at Tolmere collapsed."),
            ("Valley Post", "The dam at Tolmere collapsed, Reuters reported."),
        ],
        {"Reuters"},
    ),
    Folder(
        "two names of one agency",
        [
            ("Valley Post", "The dam at Tolmere collapsed, the AP reported."),
            ("Coast Courier", "The Associated Press said that the dam at Tolmere collapsed."),
        ],
        {"Associated Press"},
    ),
    Folder(
        "a byline and a credit",
        [
            ("Valley Post", "By Anna Bell, Associated Press\n\nThe dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed.\n\nSource: Associated Press"),
        ],
        {"Associated Press"},
    ),
    Folder(
        "an outlet that others relay",
        [
            ("Valley Post", "The dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, the Valley Post reported."),
            ("Hill Herald", "As the Valley Post first reported, the dam at Tolmere collapsed."),
            ("Lund Gazette", "According to the Valley Post, the dam at Tolmere collapsed."),
        ],
        {"Valley Post"},
    ),
    Folder(
        "an outlet that others relay, and its source",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund said."),
            ("Coast Courier", "The dam at Tolmere collapsed, the Valley Post reported."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a speaker who talks to several outlets",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund told AFP."),
            ("Coast Courier", "Anna Lund told the Coast Courier that the dam collapsed."),
            ("Hill Herald", "In an interview with Reuters, Anna Lund said the dam collapsed."),
            ("Sala Times", "The Valley Post quoted Anna Lund as saying the dam had collapsed."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a speaker whom an agency quotes, and the agency",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund told AFP."),
            ("Coast Courier", "AFP reported that the dam at Tolmere collapsed."),
        ],
        {"AFP"},
    ),
    Folder(
        "two speakers in two outlets",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund said."),
            ("Coast Courier", "“The dam collapsed before dawn,” Peter Bell said."),
        ],
        {"Anna Lund", "Peter Bell"},
    ),
    Folder(
        "an agency and a speaker",
        [
            ("Valley Post", "Reuters reported that the dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, Anna Lund said."),
        ],
        {"Anna Lund"},
        is_at_least=True,
    ),
    Folder(
        "an outlet without a source and a speaker",
        [
            ("Valley Post", "Lund TV reported that other networks said the dam collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, Anna Lund said."),
        ],
        {"Anna Lund"},
        is_at_least=True,
    ),
    Folder(
        "an agency with residents as its source, and a speaker",
        [
            (
                "Valley Post",
                "Reuters reported that the dam at Tolmere collapsed. "
                "Residents said the dam collapsed with a roar.",
            ),
            ("Coast Courier", "The dam collapsed, said Anna Lund, a minister."),
        ],
        {"Reuters", "Anna Lund"},
    ),
    Folder(
        "one quotation with two names",
        [
            ("Valley Post", f"“{OUTCRY},” Anna Lund said."),
            ("Coast Courier", f"“{OUTCRY},” Peter Bell said on Monday."),
            ("Hill Herald", f"“{OUTCRY} in minutes,” AFP reported."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "one quotation of two paragraphs with two names",
        [
            ("Valley Post", f"“{OUTCRY}.\n\n“Nobody was asleep,” Anna Lund said."),
            ("Coast Courier", f"“{OUTCRY}.\n\n“Nobody was asleep,” said Peter Bell."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a sentence with and without its speaker",
        [
            ("Valley Post", f"Anna Lund said: “{OUTCRY}.”"),
            ("Coast Courier", f"{OUTCRY}. It happened before dawn."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a sentence without its speaker, and then with",
        [
            ("Coast Courier", f"{OUTCRY}. It happened before dawn."),
            ("Valley Post", f"Anna Lund said: “{OUTCRY}.”"),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "two speakers in one description, which is not quoted",
        [
            ("Valley Post", f"{OUTCRY}, Anna Lund said."),
            ("Coast Courier", f"{OUTCRY}, Peter Bell said."),
        ],
        {"Anna Lund", "Peter Bell"},
    ),
    Folder(
        "headline and lead of an article that relays",
        [
            (
                "Valley Post",
                "Dam collapsed at Tolmere\n\nThe dam at Tolmere collapsed before dawn. "
                "Reuters reported that the dam collapsed after rain. "
                "Residents said the dam collapsed with a roar.",
            ),
        ],
        {"Reuters"},
    ),
    Folder(
        "a person named inside a quotation",
        [
            ("Valley Post", "“Peter Bell told me the dam collapsed,” Anna Lund said."),
            ("Coast Courier", "Anna Lund said: “Bell reported that the dam collapsed.”"),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a surname and the full name",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund said."),
            ("Coast Courier", "The dam at Tolmere collapsed, Lund said."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "a body and its spokeswoman",
        [
            ("Valley Post", "The Water Board said the dam collapsed."),
            (
                "Coast Courier",
                "Anna Lund, a spokeswoman for the Water Board, said the dam collapsed.",
            ),
        ],
        {"Water Board"},
    ),
    Folder(
        "a body named near the speaker of its enemy",
        [
            ("Valley Post", "Sorland said the dam collapsed."),
            (
                "Coast Courier",
                "After a row with Sorland, Ostrand Water Secretary Anna Lund said the dam "
                "collapsed.",
            ),
        ],
        {"Sorland", "Anna Lund"},
    ),
    Folder(
        "a press release",
        [
            ("Valley Post", "The Water Board said in a statement that the dam collapsed."),
            ("Coast Courier", "The dam collapsed, the Water Board said in a press release."),
            ("Hill Herald", "A statement by the Water Board said that the dam collapsed."),
            ("Sala Times", "According to the Water Board, the dam collapsed."),
            ("Lund Gazette", "The dam collapsed, the Water Board announced."),
        ],
        {"Water Board"},
    ),
    Folder(
        "the same text in five outlets",
        [
            (outlet, WIRE)
            for outlet in ("Valley Post", "Coast Courier", "Hill Herald", "Sala Times")
        ],
        {"Valley Post"},
    ),
    Folder(
        "two articles in their own words",
        [
            ("Valley Post", "The dam at Tolmere collapsed on Monday."),
            ("Coast Courier", "On Monday a dam collapsed in the hills near Tolmere."),
        ],
        {"Valley Post"},
        is_at_least=True,
    ),
    Folder(
        "two unnamed sources",
        [
            ("Valley Post", "The dam at Tolmere collapsed, residents said."),
            ("Coast Courier", "A police officer said the dam collapsed."),
        ],
        {"residents (Valley Post)"},
        is_at_least=True,
    ),
    Folder(
        "a speaker, and an article in its own words",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund said."),
            ("Coast Courier", "On Monday a dam collapsed in the hills near Tolmere."),
        ],
        {"Anna Lund"},
        is_at_least=True,
    ),
    Folder(
        "two agencies",
        [
            ("Valley Post", "The dam at Tolmere collapsed, AFP reported."),
            ("Coast Courier", "Reuters said the dam at Tolmere collapsed."),
        ],
        {"AFP"},
        is_at_least=True,
    ),
    Folder(
        "reports without an author",
        [
            ("Valley Post", "The dam at Tolmere reportedly collapsed."),
            ("Coast Courier", "News reports said the dam at Tolmere collapsed."),
            ("Hill Herald", "State media said the dam at Tolmere collapsed."),
            ("Sala Times", "It was reported that the dam at Tolmere collapsed."),
            ("Lund Gazette", "The dam at Tolmere collapsed, according to local media."),
        ],
        set(),
    ),
    Folder(
        "media without a name",
        [
            ("Valley Post", "The paper said the dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, state television reported."),
            ("Hill Herald", "The newspaper reported that the dam collapsed."),
            ("Sala Times", "The dam collapsed, the agency said."),
        ],
        set(),
    ),
    Folder(
        "an agency and reports without an author",
        [
            ("Valley Post", "Reuters reported that the dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere reportedly collapsed."),
        ],
        {"Reuters"},
    ),
    Folder(
        "a body, its abbreviation and a part of it",
        [
            ("Valley Post", "The US Dam Survey said the dam at Tolmere collapsed."),
            ("Lund Gazette", "The U. S. Dam Survey said the dam at Tolmere collapsed."),
            ("Coast Courier", "The dam at Tolmere collapsed, the USDS said."),
            ("Hill Herald", "The dam at Tolmere collapsed, the US Dam Survey Board announced."),
        ],
        {"U. S. Dam Survey"},  # the longest spelling
    ),
    Folder(
        "a speaker, and one who refers to the event as known",
        [
            ("Valley Post", "The dam at Tolmere collapsed, Anna Lund said."),
            ("Coast Courier", "Peter Bell said he would await the inquiry into the collapse."),
        ],
        {"Anna Lund"},
    ),
    Folder(
        "two speakers of one body",
        [
            ("Valley Post", "Water Board spokesman Peter Bell said the dam collapsed."),
            ("Coast Courier", "The dam collapsed, said Anna Lund, director of the Water Board."),
            ("Hill Herald", "The Water Board said that the people were safe."),
        ],
        {"Peter Bell"},
    ),
    Folder(
        "a body and its abbreviation, which an article defines",
        [
            ("Valley Post", "Tolmere Power (TOP) said the dam collapsed."),
            ("Coast Courier", "The dam collapsed, TOP said."),
        ],
        {"Tolmere Power"},
    ),
    Folder(
        "a government, its capital and its minister",
        [
            ("Valley Post", "Washington said the dam collapsed."),
            ("Coast Courier", "U.S. Water Secretary Anna Lund said the dam collapsed."),
            ("Hill Herald", "The dam collapsed, the United States said."),
        ],
        {"United States"},
    ),
    Folder(
        "an accuser and an announcement",
        [
            ("Valley Post", "Sala accused Ostrand of letting the dam collapse."),
            (
                "Coast Courier",
                "He left after a statement by Anna Lund of Tolmere that the dam collapsed.",
            ),
        ],
        {"Sala", "Anna Lund of Tolmere"},
    ),
    Folder(
        "phrases that are not statements",
        [
            ("Valley Post", "The dam at Tolmere collapsed, per Reuters."),
            ("Coast Courier", "The dam at Tolmere collapsed, a Reuters report said."),
            ("Hill Herald", "The dam at Tolmere collapsed (Reuters)."),
            ("Sala Times", "Citing Reuters, the mayor’s office said the dam collapsed."),
        ],
        {"Reuters"},
    ),
]


# Sentences of an outlet called Own Paper, and the origin of what they report; "" if it is unknown.
WORDINGS = {
    "The Valley Post, citing two officials, said the dam collapsed.": "Valley Post",
    "The dam collapsed, people familiar with the matter told Reuters.": "Reuters",
    "The dam collapsed, officials told AFP on condition of anonymity.": "AFP",
    "Officials quoted by Reuters said the dam collapsed.": "Reuters",
    "The dam collapsed, according to a report in the Valley Post.": "Valley Post",
    "A report in the Valley Post on Sunday said the dam collapsed.": "Valley Post",
    "The dam collapsed, the Lund Insider can reveal.": "Lund Insider",
    "The dam collapsed, the BBC has learned.": "BBC",
    "The dam collapsed, reports the Valley Post.": "Valley Post",
    "The dam collapsed, the official Xinhua news agency reported.": "Xinhua",
    "The dam collapsed, the company said in a statement carried by Reuters.": "Reuters",
    "Footage aired by Lund TV showed the dam collapsed.": "Lund TV",
    "AP - The dam collapsed on Monday.": "Associated Press",
    "TOLMERE, March 3 (Xinhua) -- The dam collapsed on Monday.": "Xinhua",
    "TOLMERE — AFP — The dam collapsed on Monday.": "AFP",
    "Anna Lund was quoted by TASS as saying the dam collapsed.": "Anna Lund",
    "Anna Lund, speaking to CNN, said the dam collapsed.": "Anna Lund",
    "According to Anna Lund of the Water Board, the dam collapsed.": "Anna Lund",
    "The dam collapsed, Anna Lund wrote on Facebook.": "Anna Lund",
    "The dam, according to Anna Lund, collapsed before dawn.": "Anna Lund",
    "According to Anna Lund, who runs the plant, the dam collapsed.": "Anna Lund",
    "When the dam collapsed at noon, Mr Lund said 40 people were inside.": "Lund",
    "The dam collapsed at noon, Anna Lund said on Monday, and people fled.": "Anna Lund",
    "A spokesman for the Water Board, Peter Bell, said the dam collapsed.": "Peter Bell",
    "In a statement on Monday, the Water Board said the dam collapsed.": "Water Board",
    "The dam collapsed, alleges Anna Lund.": "Anna Lund",
    "He left after the announcement by Lund Brothers that the dam collapsed.": "Lund Brothers",
    "He left after Lund Brothers' admission that the dam collapsed.": "Lund Brothers",
    "He left after General Mills' admission that the dam collapsed.": "General Mills",
    "Anna Lund, the mayor, on Monday accused Sala of letting the dam collapse.": "Anna Lund",
    "Sala, accused by Ostrand of letting the dam collapse, was silent.": "Ostrand",
    "Sala: “Ostrand let dam collapse”": "Sala",
    "“Ostrand let dam collapse” – Sala": "Sala",
    "Dam collapsed before dawn, says Water Board": "Water Board",
    "Dam collapsed before dawn: UN": "UN",
    "Update: “The dam collapsed before dawn”": "Own Paper",
    "Sala: Swimmer Missing After Dam Collapsed": "Own Paper",
    # Speakers who refer to the event as known, or who may speak of something else
    "Anna Lund said she would await the inquiry into the collapse of the dam.": "",
    "Anna Lund said people fled after the collapse of the dam.": "",
    "Anna Lund said that if the dam collapsed, people would die.": "",
    "After the dam collapsed, Anna Lund said that she would resign.": "",
    "Anna Lund condemned the collapse of the dam as a crime.": "",
    "Anna Lund vowed to find those who made the dam collapse.": "",
    "The mayor denied Anna Lund's claim that the dam collapsed.": "",
    "People fled, according to Anna Lund, who left when the dam collapsed.": "Own Paper",
    "“It is quiet,” said Anna Lund, a friend of Peter Bell, whose dam collapsed.": "Own Paper",
    "The Water Board, whose dam collapsed on Monday, said that it would pay.": "",
    "The dam is reported to have collapsed.": "",
    "The dam is believed to have collapsed.": "",
    "The dam collapsed, it emerged on Monday.": "",
    "State-run television said the dam collapsed.": "",
    "Multiple outlets reported that the dam collapsed.": "",
    "The dam collapsed on Monday.": "Own Paper",
}


def origins_of(folder: Folder):
    articles = articles_of(*(text for _, text in folder.articles))
    articles = articles.assign(outlet=[outlet for outlet, _ in folder.articles])
    tables = cl.find_all(articles, NO_CODEBOOK)
    events = tables["events"].query("label == 'collapse'")
    claims = events[["article", "start", "end", "text"]].assign(
        label="collapse of the dam", kind="collapse", place="Tolmere", status="same"
    )
    repeats = find_repeats(tables["passages"], articles)
    return cl.count_origins(claims, tables["quotes"], repeats, articles)


def test_independent_origins_are_those_that_a_careful_reader_counts():
    wrong = {}
    for folder in FOLDERS:
        origins = origins_of(folder)
        independent = set(origins[origins.folded_into == ""].origin)
        is_at_least = (origins.folded_because == "not_shown").any()
        if (independent, is_at_least) != (folder.independent, folder.is_at_least):
            wrong[folder.kind] = independent, is_at_least
    assert wrong == {}


def test_a_copy_is_folded_as_a_copy():
    outlets = ("Valley Post", "Coast Courier", "Hill Herald")
    origins = origins_of(Folder("", [(outlet, WIRE) for outlet in outlets], set()))
    reason_of = dict(zip(origins.origin, origins.folded_because, strict=True))
    assert reason_of == {
        "Valley Post": "",
        "Coast Courier": "duplicate",
        "Hill Herald": "duplicate",
    }


def test_a_surname_is_folded_into_the_only_full_name_with_it():
    quotes = make_table(
        "quotes",
        [
            {"article": "a.txt", "start": 0, "end": 20, "label": "Anna Lund"},
            {"article": "b.txt", "start": 0, "end": 20, "label": "Lund"},
            {"article": "c.txt", "start": 0, "end": 20, "label": "Bell"},
            {"article": "d.txt", "start": 0, "end": 20, "label": "Peter Bell"},
            {"article": "e.txt", "start": 0, "end": 20, "label": "Maria Bell"},
        ],
    )
    names = quotes.article.to_list()
    articles = make_table("articles", [{"article": name, "text": TEXT} for name in names])
    collapse = {"start": 8, "end": 17, "text": "collapsed", "kind": "collapse", "status": "same"}
    claims = make_table("claims", [{"article": name, **collapse} for name in names])
    origins = cl.count_origins(claims, quotes, make_table("repeats"), articles)
    folded = origins[origins.folded_because == "same_name"]
    assert folded[["origin", "folded_into"]].to_numpy().tolist() == [["Lund", "Anna Lund"]]


def test_every_origin_has_the_chain_from_its_article():
    folder = Folder("", [("Valley Post", "The dam collapsed, Anna Lund told AFP.")], set())
    assert origins_of(folder).chain.to_list() == ["Valley Post ← AFP ← Anna Lund"]


def test_the_origin_is_recognised_in_every_wording():
    texts = [("Own Paper", f"{text}\n") for text in WORDINGS]
    articles = articles_of(*(text for _, text in texts)).assign(outlet="Own Paper")
    tables = cl.find_all(articles, NO_CODEBOOK)
    events = tables["events"].query("label == 'collapse'")
    claims = events[["article", "start", "end", "text"]].assign(
        label=events.article, kind="collapse", place="", status="same"
    )
    repeats = find_repeats(tables["passages"], articles)
    origins = cl.count_origins(claims, tables["quotes"], repeats, articles)
    counted = origins[origins.folded_into == ""]
    origin_of = dict(zip(counted.claim, counted.origin, strict=True))
    found = {
        text.strip(): origin_of.get(article, "")
        for article, text in zip(articles.article, articles.text, strict=True)
    }
    assert found == WORDINGS


def test_line_breaks_inside_a_sentence_do_not_separate_it_from_its_source():
    beginning = "The old dam in the hills above the market town of Tolmere\ncollapsed before dawn"
    texts = [
        ("Valley Post", f"{beginning} on Monday,\nReuters reported.\n"),
        ("Coast Courier", f"{beginning}, as was first\nreported by Reuters.\n"),
        ("Hill Herald", f"{beginning}, according\nto Reuters.\n"),
    ]
    origins = origins_of(Folder("", texts, set()))
    assert set(origins.origin) == {"Reuters"}
