"""Sections of the brief: what is said holds for all articles of which it is said."""

import pandas as pd

import clippings as cl
from clippings.brief.comparison import OUTSTANDING, Account, Difference
from clippings.brief.findings import Findings
from clippings.brief.prominence import names_of_types
from clippings.brief.sections.dates import write_dates
from clippings.brief.sections.events import (
    _all_name_place,
    _all_state_dates,
    _is_planned_afterwards,
    _points_of_agreement,
    _regions_named,
    common_dates,
    write_shared_events,
)
from clippings.brief.sections.overview import write_overview
from clippings.brief.sections.speakers import write_speakers
from clippings.brief.sections.themes import write_themes
from clippings.brief.sections.unknown import write_unknown
from clippings.brief.templates import DATE_SOURCES
from clippings.core.tables import cited, make_table
from clippings.corpus import date_sources
from helpers import articles_of

EMPTY_BOOK = cl.read_codebook("")


def claim_of_articles(*reason_codes: str) -> pd.DataFrame:
    """A claim with one mention in each article; the codes are those of the later articles."""
    return pd.DataFrame(
        {
            "article": [f"{number}.txt" for number in range(len(reason_codes) + 1)],
            "start": 0,
            "end": 5,
            "reason_codes": ["", *reason_codes],
        }
    )


def test_articles_agree_only_on_what_all_share():
    both = claim_of_articles("kind place amount", "kind place")
    assert _points_of_agreement(both, is_dated=False, is_placed=True) == ["the place"]
    none = claim_of_articles("kind place", "kind amount")
    assert _points_of_agreement(none, is_dated=False, is_placed=True) == []
    dated = claim_of_articles("kind dates", "kind dates")
    assert _points_of_agreement(dated, is_dated=True, is_placed=True) == ["the date"]
    assert _points_of_agreement(dated, is_dated=False, is_placed=True) == []


def dates_by_rules(rules: list[str], first: str, last: str) -> str:
    """The dates of an event that rest on constraints of these rules."""
    claim = claim_of_articles()
    dates = pd.DataFrame(
        {
            "article": ["0.txt"],
            "start": 0,
            "end": 5,
            "label": "event",
            "likely_earliest": pd.Timestamp(first),
            "likely_latest": pd.Timestamp(last),
            "because": "",
            "likely_because": [" ".join(str(number) for number in range(len(rules)))],
        }
    )
    return common_dates(claim, dates, pd.DataFrame({"rule": rules}))


def test_an_event_is_dated_only_by_evidence_and_to_a_month():
    assert dates_by_rules(["published", "recent_news"], "2021-03-14", "2021-03-16") == ""
    assert dates_by_rules(["published", "from_writing"], "2021-03-14", "2021-03-16") != ""
    assert dates_by_rules(["stated"], "2021-03-01", "2021-03-31") == "in March 2021"
    assert dates_by_rules(["stated"], "2021-01-05", "2021-03-16") == ""


def test_a_mention_agrees_on_a_place_only_if_it_is_that_of_the_claim(seeds, flood):
    for _, _, tables in (seeds, flood):
        claims = tables["claims"]
        says_place = claims.reason_codes.str.split().map(lambda codes: "place" in codes)
        events = tables["events"].set_index(["article", "start"]).place
        linked = claims[says_place & (claims.status == "proposed")]
        linked = linked[linked.rule == "kind, place and dates"]
        places = [events[row.article, row.start] for row in linked.itertuples()]
        assert places == linked.place.to_list()


STORY = (
    "“The pumps were never tested before the flood came over the levee,” Anna Lund said. "
    "The mayor of Ostrand opened a shelter in the school on Tuesday evening. "
    "Boats brought forty families across the river before it was dark."
)
OTHER_STORY = "“The bridge in Tolmere stays closed until the end of the week,” Peter Bell said."


def test_a_story_in_two_files_counts_once_among_speakers():
    once = articles_of(STORY, OTHER_STORY)
    twice = articles_of(STORY, OTHER_STORY, STORY.replace("Tuesday", "Monday"))
    texts = []
    for articles in (once, twice):
        sentences = write_speakers(Findings(cl.find_all(articles, EMPTY_BOOK)))
        texts.append([sentence.text for sentence in sentences])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 1


def test_the_source_of_publication_dates_is_named(flood):
    tables = flood[2]
    day = pd.Timestamp("2021-03-16")
    dated = tables["articles"].assign(published_from=day, published_to=day)
    for source, words in DATE_SOURCES.items():
        articles = dated.assign(dated_by=source)
        sentence = write_dates(Findings(tables | {"articles": articles}))[0]
        assert sentence.template == "dates.stated_by_all"
        assert sentence.text.endswith(f"according to {words}.")


def test_a_date_with_day_and_month_in_doubt_is_one_of_two_days(flood):
    tables = flood[2]
    cases = {
        ("2021-02-03", "2021-03-02"): "dates.day_or_month",
        ("2021-02-03", "2021-03-03"): "dates.doubtful",
        ("2020-02-03", "2021-03-02"): "dates.doubtful",
    }
    for (first, last), template in cases.items():
        articles = tables["articles"].assign(
            published_from=pd.Timestamp(first), published_to=pd.Timestamp(last)
        )
        sentences = write_dates(Findings(tables | {"articles": articles}))
        assert sentences[0].template == template


def test_every_source_of_dates_has_words():
    codes = {value for name, value in vars(date_sources).items() if name.isupper()}
    assert codes <= set(DATE_SOURCES)


def test_articles_with_one_title_have_different_names():
    articles = articles_of(STORY, OTHER_STORY, "It rained in Ostrand.")
    tables = cl.find_all(articles, EMPTY_BOOK)
    titled = articles.assign(title=["River rises", "River rises", "Rain"])
    names = Findings(tables | {"articles": titled}).article_names
    assert len(set(names.values())) == 3
    assert names[articles.article[2]] == "“Rain”"


def test_groups_of_two_articles_are_left_out(flood):
    tables = flood[2] | {"themes": flood[2]["themes"].iloc[:0]}
    clusters = pd.DataFrame({"article": [f"{number}.txt" for number in range(9)]})
    labels = ["flood · river"] * 4 + ["mayor · pump"] * 3 + ["goat · cheese"] * 2
    (sentence,) = write_themes(Findings(tables | {"clusters": clusters.assign(label=labels)}))
    assert sentence.template == "themes.groups"
    assert "pump" in sentence.text
    assert "goat" not in sentence.text
    assert cited(sentence.rows) == list(range(7))


EVENT_COLUMNS = ("article", "start", "end", "text", "label", "family")


def claims_of_spans(texts: tuple[str, ...], *words_of_claims: str) -> Findings:
    """Findings in which each claim is mentioned where its words first are in each article."""
    tables = cl.find_all(articles_of(*texts), EMPTY_BOOK)
    rows = [
        {
            "article": article,
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "text": words,
            "label": words,
            "claim": words,
            "kind": "attack",
            "status": "same",
        }
        for article, text in zip(tables["articles"].article, texts, strict=True)
        for words in words_of_claims
    ]
    events = [{**row, "label": "attack", "family": row["label"]} for row in rows]
    return Findings(
        tables
        | {
            "claims": make_table("claims", rows),
            "events": make_table(
                "events",
                [{key: row[key] for key in EVENT_COLUMNS} for row in events],
            ),
        }
    )


NEWS = (
    "Gunmen raided the mill in Ostrand on Tuesday in March 2021. The town was quiet afterwards. "
    "Nobody knew where they had come from.\n\nIn 2004 a storm wrecked the harbour of Tolmere and "
    "killed 40 people there. Later one guard was beaten.",
    "The mill was raided by gunmen, said the mayor, who was in Lund in March 2021.\n\nTolmere, "
    "whose harbour a storm wrecked in 2004, which killed 40 people, sent help. One guard was "
    "beaten.",
)


def test_news_precedes_background_and_a_sentence_makes_one_event():
    findings = claims_of_spans(NEWS, "wrecked", "killed", "beaten", "raided")
    assert findings.shared_claims == ["raided", "beaten", "killed"]


def test_a_claim_that_may_be_a_listed_event_is_not_listed_as_another():
    findings = claims_of_spans(NEWS, "wrecked", "killed", "beaten", "raided")
    claims = findings["claims"]
    group = claims.claim.mask(claims.label == "beaten", "raided")
    grouped = Findings(findings.tables | {"claims": claims.assign(claim=group)})
    assert grouped.shared_claims == ["raided", "killed"]
    assert set(grouped.further_reports("raided").label) <= {"beaten"}


def test_an_event_is_quoted_once_in_its_section_and_named_once_in_short():
    findings = claims_of_spans(NEWS, "raided", "beaten")
    label = findings.shared_claims[0]
    claim = findings.claims[findings.claims.label == label]
    assert "“" in findings.event_of(claim)
    assert "“" not in findings.event_of(claim, is_quoted=False)
    in_short = next(
        sentence
        for sentence in write_overview(findings)
        if sentence.template == "overview.shared_events"
    )
    assert in_short.text.count("the attack") == 1
    assert set(findings["claims"].label[cited(in_short.rows)]) == {label}


def test_articles_that_name_different_regions_do_not_agree_on_the_place():
    texts = {
        "0.txt": "Boats burned in the southern Ostrand Bay. It was cold in northern Ostrand Bay.",
        "1.txt": "A boat burned in central Ostrand Bay.",
        "2.txt": "Boats burned in Ostrand Bay.",
    }
    rows = [
        {"article": article, "start": text.index("burned"), "place": "Ostrand Bay"}
        for article, text in texts.items()
    ]
    claim = pd.DataFrame(rows)
    assert _regions_named(claim, texts) == {"southern", "central"}
    assert _regions_named(claim[claim.article != "1.txt"], texts) == {"southern"}
    same_place = claim_of_articles("kind place")
    assert _points_of_agreement(same_place, is_dated=False, is_placed=False) == []


def sources_of_event(*texts: str) -> list[str]:
    """The codes of the sentence on the sources of a collapse that all articles report."""
    articles = articles_of(*texts)
    tables = cl.find_all(articles, EMPTY_BOOK)
    events = tables["events"].query("label == 'collapse'")
    claims = make_table(
        "claims",
        [
            {
                "article": event.article,
                "start": event.start,
                "end": event.end,
                "text": event.text,
                "label": "collapse",
                "claim": "collapse",
                "kind": "collapse",
                "status": "same",
                "tier": "certain",
            }
            for event in events.itertuples()
        ],
    )
    findings = Findings(tables | {"claims": claims})
    return [
        sentence.template
        for sentence in write_shared_events(findings)
        if sentence.template in SOURCE_TEMPLATES
    ]


SOURCE_TEMPLATES = (
    "events.origins",
    "events.origins_at_least",
    "events.no_origin",
    "events.no_source_named",
    "events.source_unclear",
)


def test_nothing_is_said_of_sources_that_a_sentence_contradicts():
    own_words = "A dam collapsed in the hills on Monday.\n"
    second_article = {
        "The old dam near Tolmere collapsed before dawn.\n": "events.no_source_named",
        "The old dam near Tolmere collapsed, it is claimed.\n": "events.source_unclear",
        "Anna Lund: the old dam near Tolmere collapsed.\n": "events.source_unclear",
        "Anna Lund condemned the collapse of the old dam.\n": "events.no_origin",
        "The Water Board, whose dam collapsed, said that it would pay.\n": "events.no_origin",
        "The old dam near Tolmere collapsed, Anna Lund said.\n": "events.origins_at_least",
    }
    templates = {text: sources_of_event(own_words, text) for text in second_article}
    assert templates == {text: [template] for text, template in second_article.items()}


def test_a_plan_reported_after_the_event_is_no_difference():
    planned = Account("0.txt", ("planned",))
    happened = Account("1.txt", ("happened",))
    difference = Difference("planned", [planned, happened], [0, 1])
    later = {}
    for plan, report in (("2021-03-12", "2021-03-14"), ("2021-03-14", "2021-03-12")):
        articles = pd.DataFrame(
            {
                "article": ["0.txt", "1.txt"],
                "published_from": [pd.Timestamp(plan), pd.Timestamp(report)],
            }
        )
        later[plan] = _is_planned_afterwards(difference, articles)
    assert later == {"2021-03-12": False, "2021-03-14": True}
    undated = articles.assign(published_from=pd.NaT)
    assert not _is_planned_afterwards(difference, undated)


def test_an_article_without_a_title_is_named_by_its_first_words():
    text = "The river rose again in Ostrand on Monday, and the mayor left the town hall in a boat."
    findings = Findings(cl.find_all(articles_of(text, text, f"“Why?” {text}"), EMPTY_BOOK))
    same = "the article that begins “The river rose again in Ostrand …”"
    assert list(findings.article_names.values()) == [
        f"{same} (a0.txt)",
        f"{same} (a1.txt)",
        "the article that begins “Why?” The river rose again in …”",
    ]


def test_a_name_has_the_article_that_the_texts_give_it():
    texts = (
        "The Water Board met in the Old Quarter. Water Board Street was closed by the Water Board.",
        "Ostrand slept. The Ostrand Fire Service left Lund, and Anna Bell met the Fire Service.",
    )
    findings = Findings(cl.find_all(articles_of(*texts), EMPTY_BOOK))
    names = ["Water Board", "Old Quarter", "Ostrand", "Lund", "Anna Bell", "mayor of Lund"]
    assert [findings.name_in_sentence(name) for name in names] == [
        "the Water Board",
        "the Old Quarter",
        "Ostrand",
        "Lund",
        "Anna Bell",
        "the mayor of Lund",
    ]


def test_the_article_of_a_noun_after_a_name_is_not_that_of_the_name():
    texts = (
        "He told the Echo News website so. The Water Board said no.",
        "The Echo News site fell.",
    )
    findings = Findings(cl.find_all(articles_of(*texts), EMPTY_BOOK))
    assert findings.name_in_sentence("Echo News") == "Echo News"
    assert findings.name_in_sentence("Water Board") == "the Water Board"


def test_short_titles_are_as_long_as_they_must_be():
    titles = [
        "River Lenn rises fast as snow melts",
        "River Lenn rises fast as rain falls in the hills",
        "River Lenn rises fast as rain falls",
        "Levee holds in Ostrand.",
        "Mayor of Ostrand blames the council for the breach",
        "",
    ]
    articles = articles_of(*["The river rose again on Monday night."] * len(titles))
    findings = Findings(cl.find_all(articles.assign(title=titles), EMPTY_BOOK))
    assert list(findings.short_titles.values()) == [
        "“River Lenn rises fast as snow…”",
        "“River Lenn rises fast as rain falls in…”",
        "“River Lenn rises fast as rain falls”",
        "“Levee holds in Ostrand”",
        "“Mayor of Ostrand blames the…”",
        "“The river rose again on…”",
    ]


def test_unclear_matches_of_the_same_two_articles_are_one_sentence(flood):
    tables = flood[2]
    claims = tables["claims"]
    is_unclear = claims.against_codes == "kind_and_place_only"
    pair = claims[is_unclear].iloc[0]
    moved = claims.assign(
        article=claims.article.mask(is_unclear, pair.article),
        match_article=claims.match_article.mask(is_unclear, pair.match_article),
    )
    sentences = write_unknown(Findings(tables | {"claims": moved}))
    unclear = [sentence for sentence in sentences if "same_event" in sentence.template]
    assert is_unclear.sum() > 1
    assert len(unclear) == 1
    assert len(unclear[0].rows.split()) == is_unclear.sum()


def test_the_summary_names_who_most_articles_mention(flood):
    tables = flood[2]
    mentions = tables["mentions"]
    sentence = next(
        sentence
        for sentence in write_overview(Findings(tables))
        if sentence.template == "overview.most_mentioned"
    )
    named = mentions.loc[cited(sentence.rows)]
    assert set(named.type) <= {"person", "organisation", "group"}
    assert named.groupby("label").article.nunique().min() >= 3
    assert not set(named.label) & set(tables["articles"].outlet)

    places = tables | {"mentions": mentions.assign(type="place")}
    templates = {sentence.template for sentence in write_overview(Findings(places))}
    assert "overview.most_mentioned" not in templates


def test_the_summary_names_topics_only_without_themes(flood):
    with_themes = {sentence.template for sentence in write_overview(Findings(flood[2]))}
    tables = flood[2] | {"themes": flood[2]["themes"].iloc[:0]}
    without_themes = {sentence.template for sentence in write_overview(Findings(tables))}
    assert "overview.widest_topics" not in with_themes
    assert "overview.widest_topics" in without_themes


def test_speakers_of_unknown_type_are_not_called_a_kind(flood):
    quotes = flood[2]["quotes"].assign(anonymous=True, source_type="")
    unknown = write_speakers(Findings(flood[2] | {"quotes": quotes}))
    officials = write_speakers(
        Findings(flood[2] | {"quotes": quotes.assign(source_type="official")})
    )
    assert len(officials[-1].text) > len(unknown[-1].text)
    assert officials[-1].template == unknown[-1].template


def test_events_with_the_same_name_are_counted():
    texts = (
        "The council dismissed the engineer Anna Lund in Ostrand on 4 May 2016.",
        "In Ostrand, the council dismissed the engineer Anna Lund on 4 May 2016.",
        "The port dismissed its pilot Peter Bell in Ostrand on 9 August 2017.",
        "The pilot Peter Bell was dismissed by the port in Ostrand on 9 August 2017.",
    )
    findings = Findings(cl.find_all(articles_of(*texts), EMPTY_BOOK))
    claims = [findings.claims[findings.claims.label == label] for label in findings.shared_claims]
    assert len(claims) == 2
    nouns = {findings._noun_for(claim) for claim in claims}
    listed = findings.list_events(claims)
    assert nouns == {"dismissal"}
    assert listed.count("dismissals") == 1
    assert "the dismissal" not in listed


def test_articles_agree_only_on_a_place_and_a_date_that_each_of_them_states():
    texts = {
        "0.txt": "The dam broke in Sala on Monday. It was old.",
        "1.txt": "The dam broke in Sala. It was old.",
        "2.txt": "The dam broke. Sala is a town.",
    }
    claim = claim_of_articles("place dates", "place dates").assign(place="Sala")
    assert _all_name_place(claim.iloc[:2], texts)
    assert not _all_name_place(claim, texts)
    events = claim[["article", "start"]].assign(time_start=[25, pd.NA, pd.NA])
    assert _all_state_dates(claim.iloc[:1], events)
    assert not _all_state_dates(claim, events)


def test_a_source_is_named_by_its_outlet_if_it_has_no_other_article():
    articles = articles_of(STORY, OTHER_STORY, "It rained in Ostrand.")
    tables = cl.find_all(articles, EMPTY_BOOK)
    published = articles.assign(outlet=["Valley Post", "Valley Post", "Coast Courier"])
    findings = Findings(tables | {"articles": published})
    assert findings.source_names == findings.short_titles | {"a2.txt": "Coast Courier"}


def test_places_that_a_quarter_of_the_articles_name_are_in_the_summary(flood):
    tables = flood[2]
    sentences = {sentence.template: sentence for sentence in write_overview(Findings(tables))}
    places = sentences["overview.places"]
    named = tables["mentions"].loc[cited(places.rows)]
    assert set(named.type) == {"place"}
    assert set(named.label) == {"Ostrand"}
    assert named.article.nunique() == 6
    without = tables | {"mentions": tables["mentions"].query("type != 'place'")}
    assert "overview.places" not in {
        sentence.template for sentence in write_overview(Findings(without))
    }


def test_a_pair_of_articles_is_asked_about_once(flood):
    tables = flood[2]
    findings = Findings(tables)
    asked = {row for _, rows in findings.pairs_to_decide for row in rows}
    sentences = [*write_shared_events(findings), *write_unknown(findings)]
    again = {"events.possible", "unknown.same_event", "unknown.further_same_event"}
    others = [cited(sentence.rows) for sentence in sentences if sentence.template in again]
    assert asked and others
    assert asked.isdisjoint({row for rows in others for row in rows})


def test_a_name_counts_wherever_it_is_mentioned_if_it_is_usually_that_of_an_actor():
    rows = [("Tidewater", "organisation")] * 3 + [("Tidewater", "place"), ("Tidewater", "")]
    rows += [("Sala", "place")] * 4 + [("Sala", "person"), ("Lund", "")]
    mentions = pd.DataFrame(rows, columns=["label", "type"])
    actors = names_of_types(mentions, ("person", "organisation"))
    assert actors.label.tolist() == ["Tidewater"] * 5
    assert set(names_of_types(mentions, ("place",), min_share=0.8).label) == {"Sala"}
    assert names_of_types(mentions, ("place",), min_share=0.9).empty
    assert names_of_types(mentions[mentions.type == ""], ("place",)).empty


def test_a_speaker_in_a_single_one_of_many_articles_is_marked():
    said = "“The pumps were never tested before the flood came over the levee,” Anna Lund said."
    things = ("ferry", "market", "school", "harbour", "chapel", "library", "stadium", "museum")
    others = [
        f"“The {thing} will open after {10 + number} long days,” Peter Bell said on the {thing} hill."
        for number, thing in enumerate((*things, "theatre", "clinic", "prison", "airport"))
    ]
    many = cl.find_all(articles_of(said, *others), EMPTY_BOOK)
    (sentence,) = write_speakers(Findings(many))
    assert "Anna Lund (about 10%, all in one article)" in sentence.text
    assert "Peter Bell (about 90%)" in sentence.text
    few = cl.find_all(articles_of(said, *others[:3]), EMPTY_BOOK)
    (sentence,) = write_speakers(Findings(few))
    assert "in one article" not in sentence.text


def test_what_is_still_to_come_is_not_reported_to_have_happened():
    sentences = (
        "The merger of Tidewater Rail and Lenn Buses will go ahead.",
        "Tidewater Rail is in the process of merging with Lenn Buses.",
        "Tidewater Rail is to merge with Lenn Buses.",
    )
    for text in sentences:
        assert OUTSTANDING.search(text)
    assert not OUTSTANDING.search("Tidewater Rail merged with Lenn Buses on Monday.")
