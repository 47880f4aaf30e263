"""Which descriptions without a name are sources, and whose names an article withholds."""

from actor_tables import quotes_in

from clippings.actors.described_sources import DescribedSource, is_withheld, kind_of_source

KINDS = {
    DescribedSource.PERSON: [
        "a resident",
        "the jogger",
        "one bus driver",
        "a 43-year-old",
        "a co-founder",
        "an investigator quoted",
        "a ministry official",
        "her stepmother",
    ],
    DescribedSource.PEOPLE: [
        "residents",
        "police",
        "some kenyans",
        "two women",
        "spokespeople",
        "baker's relatives",
        "rights groups",
        "news reports",
        "residents who",
        "medics",
    ],
    DescribedSource.BODY: ["the ministry", "another carmaker", "the ostrand army", "the fund"],
    DescribedSource.DOCUMENT: ["the report", "a recent survey", "the indictment"],
    DescribedSource.NOT_A_SOURCE: [
        "the measure",
        "the nonstop",
        "the licence plate number",
        "a box",
        "anyone",
        "not all residents",
        "few residents",
        "nobody",
        "seventeen percent",
        "shooting clays",
    ],
}


def test_the_last_noun_decides_what_a_description_denotes():
    wrong = [
        (words, kind_of_source(words), kind)
        for kind, descriptions in KINDS.items()
        for words in descriptions
        if kind_of_source(words) != kind
    ]
    assert wrong == []


def test_an_amount_of_people_is_people():
    rests = {
        " of local residents in lund": DescribedSource.PEOPLE,
        " of former soldiers": DescribedSource.PEOPLE,
        " of empty boxes": DescribedSource.NOT_A_SOURCE,
        "": DescribedSource.NOT_A_SOURCE,
    }
    assert {rest: kind_of_source("a handful", rest) for rest in rests} == rests


def test_only_descriptions_of_several_possible_sources_withhold_a_name():
    withheld = [
        ("a resident", ""),
        ("officials", ""),
        ("police", ""),
        ("the mayor", ""),
        ("a minister", " of health"),
        ("a rights group", ""),
        ("another carmaker", ""),
        ("bell's lawyer", ""),
        ("bell's relatives", ""),
        ("a spokesman", " for the council"),
    ]
    not_withheld = [
        ("the ostrand mayor", ""),
        ("the mayor", " of ostrand"),
        ("ostrand's president", ""),
        ("bell's father", ""),
        ("the grandmother", ""),
        ("my father", ""),
        ("our reporter", ""),
        ("the government", ""),
        ("ostrand's government", ""),
        ("the tolmere campaign", ""),
        ("the report", ""),
        ("the measure", ""),
        ("74 percent of likely voters", ""),
    ]
    assert [words for words in withheld if not is_withheld(*words)] == []
    assert [words for words in not_withheld if is_withheld(*words)] == []


def test_things_and_nobody_in_particular_make_no_statements():
    texts = [
        "The measure comes on top of the plans announced in January for the town.",
        "The move against Lund took place despite repeated warnings that it was late.",
        "Not that anyone in Ostrand is arguing that it was late.",
        "Not all residents insist that the wall should stay.",
        "Few residents said that the wall should stay.",
        "His financial disclosure report provides clarity on the wall.",
        "There is no way to tell that it was late without seeing the wall.",
        "Rules that allow companies to say that they are late are bad.",
        "A baker, described as late for work, left the town that day.",
        "Lund, who is fair, wants to tell people that it was late.",
    ]
    by_text = dict(zip(texts, quotes_in(*texts), strict=True))
    wrong = {
        text: rows[["label", "anonymous"]].values.tolist()
        for text, rows in by_text.items()
        if rows.anonymous.any() or (rows.kind == "indirect").any()
    }
    assert wrong == {}


def test_withheld_names_are_counted_as_anonymous():
    anonymous = [
        "A resident who saw the wall fall said it was late.",
        "Sources who spoke on condition of anonymity said that the wall fell.",
        "A senior official who saw the papers was quoted by the Wire as saying that it fell.",
        "Lund spoke to five aid workers, all of whom said that four walls fell.",
        "A handful of residents said that the wall should stay.",
        "A Tolmere Bakers negotiator said that the wall should stay.",
    ]
    named_or_clear = [
        "The Ostrand government said that the wall should stay.",
        "The president of Ostrand said that the wall should stay.",
        "Anna Bell’s father said that the wall should stay.",
        "The ruling said that the wall should stay.",
        "74 percent of likely voters said that the wall should stay.",
    ]
    by_text = dict(zip(anonymous, quotes_in(*anonymous), strict=True))
    assert [text for text, rows in by_text.items() if not rows.anonymous.any()] == []
    by_text = dict(zip(named_or_clear, quotes_in(*named_or_clear), strict=True))
    assert [text for text, rows in by_text.items() if rows.anonymous.any()] == []
    assert [text for text, rows in by_text.items() if rows.empty] == []
