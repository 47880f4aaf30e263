"""The brief: every sentence rests on rows that slice back and that it cannot do without.

The tests look at templates and rows, so that the English can be improved without editing them. The whole text of
two corpora is kept in brief_of_seeds.txt and brief_of_flood.txt, to be read; after a change of wording,
`python tests/brief/test_brief.py` (with tests and lib on PYTHONPATH) writes them anew.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.brief import findings as findings_module
from clippings.brief.comparison import compare_accounts
from clippings.brief.findings import Findings
from clippings.brief.sections import repeats as repeats_section
from clippings.brief.sentences import WRITERS
from clippings.brief.templates import SECTIONS, SENTENCES
from clippings.core.tables import STORY, cited, make_table
from helpers import FLOOD, SEEDS, articles_of

FLOOD_BOOK = cl.read_codebook(FLOOD)
EMPTY_BOOK = cl.read_codebook("")


def templates_of(brief: pd.DataFrame, section: str) -> list[str]:
    """Templates of one section, in order."""
    return brief.template[brief.section == SECTIONS[section]].to_list()


def claim_of(tables: dict, kind: str, place: str) -> pd.DataFrame:
    """Rows of the largest claim of a kind and place."""
    claims = tables["claims"]
    claims = claims[claims.status != "rejected"]
    claims = claims[(claims.kind == kind) & (claims.place == place)]
    return claims[claims.label == claims.label.value_counts().index[0]]


def whole_text(brief: pd.DataFrame) -> str:
    """The brief as a text with headings."""
    parts = []
    for section, rows in brief.groupby("section", sort=False):
        parts.append("\n".join([f"# {section}", *rows.sentence]))
    return "\n\n".join(parts) + "\n"


def text_file(name: str) -> Path:
    return Path(__file__).with_name(f"brief_of_{name}.txt")


@pytest.mark.parametrize("name", ["seeds", "flood"])
def test_the_whole_text(name, request):
    tables = request.getfixturevalue(name)[2]
    expected = text_file(name).read_text(encoding="utf-8")
    assert whole_text(cl.compose_brief(tables)) == expected


def test_the_foiled_plot_is_one_event_reported_differently(seeds):
    tables = seeds[2]
    brief = cl.compose_brief(tables)
    plot = claim_of(tables, "plot", "Mosul")
    templates = [
        row.template
        for row in brief[brief.section == SECTIONS["events"]].itertuples()
        if set(cited(row.rows)) <= set(plot.index)
    ]
    assert templates == [
        "events.proposed_dated",
        "events.origins",
        "accounts.aim",
    ]
    (aims,) = compare_accounts(plot, tables)
    assert {account.article[:3]: account.words for account in aims.accounts} == {
        "003": ("to topple his leadership",),
        "004": ("to mutiny and support the Iraqi military’s upcoming offensive",),
    }


def test_the_offensive_is_planned_in_one_article_and_has_happened_in_another(seeds):
    tables = seeds[2]
    differences = compare_accounts(claim_of(tables, "offensive", "Mosul"), tables)
    planned = next(difference for difference in differences if difference.aspect == "planned")
    assert {account.article[:3]: account.words for account in planned.accounts} == {
        "003": ("happened",),
        "004": ("planned",),
    }


def test_a_body_printed_twice_counts_once(seeds):
    """Without its second half the article has the same claims, mentions and numbers."""
    articles, codebook, tables = seeds
    name = next(article for article in articles.article if article.startswith("004"))
    text = articles.set_index("article").text[name]
    opening = "Reuters reported that the militants"
    second_half = text.index(opening, text.index(opening) + 1)
    once = articles.assign(text=articles.text.mask(articles.article == name, text[:second_half]))
    shorter = cl.find_all(once, codebook)

    columns = ["start", "label", "status"]
    claims = []
    for found in (shorter, tables):
        is_in_article = found["claims"].article == name
        claims.append(found["claims"][is_in_article][columns].to_numpy().tolist())
    assert claims[0] == claims[1]
    for section in ("events", "numbers", "themes"):
        write = WRITERS[section]
        texts = [
            [sentence.text for sentence in write(Findings(found))] for found in (shorter, tables)
        ]
        assert texts[0] == texts[1]


def test_every_sentence_rests_on_rows_that_slice_back(corpus):
    articles, _, tables = corpus
    for row in cl.compose_brief(tables).itertuples():
        rows = tables[row.table].loc[cited(row.rows)]
        assert len(rows) or row.template.endswith(".none"), row.sentence
        assert len(cl.check_spans(rows, articles)) == len(rows)


def test_a_sentence_without_its_rows_is_another_or_none(corpus):
    """Only the section of the sentence is written again: the others do not have it."""
    tables = corpus[2]
    unchanged = []
    sentences = 0
    for write in WRITERS.values():
        for sentence in write(Findings(tables)):
            if sentence.template.endswith(".none"):
                continue
            sentences += 1
            fewer = tables[sentence.table].drop(index=cited(sentence.rows))
            rewritten = write(Findings(tables | {sentence.table: fewer}))
            if sentence.text in {other.text for other in rewritten}:
                unchanged.append(sentence.text)
    assert unchanged == []
    assert sentences > 30


def test_a_brief_of_one_article_without_findings_is_complete():
    text = "The levee broke.\n\nNobody was hurt when the water came, and it went as it had come.\n"
    tables = cl.find_all(articles_of(text), EMPTY_BOOK)
    brief = cl.compose_brief(tables)
    shown = ("overview", "decisions", "not_found")
    assert list(brief.section.unique()) == [SECTIONS[section] for section in shown]
    assert (brief.sentence.str[-1] == ".").all()
    nothing = brief[brief.template.str.endswith(".none")]
    assert set(nothing.template) == {
        "left_out.none",
        "events.none",
        "speakers.none",
        "themes.none",
        "dates.none",
        "repeats.none",
    }
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    assert {row for rows in nothing.rows for row in cited(rows)} == set(story.index)
    assert "decisions.dates" in set(brief.template)


def test_a_brief_of_no_article_says_so():
    brief = cl.compose_brief(cl.find_all(make_table("articles"), EMPTY_BOOK))
    assert brief.template.to_list() == ["overview.unreadable.none"]


def test_no_sentence_has_a_name_of_a_column_or_file(corpus):
    sentences = cl.compose_brief(corpus[2]).sentence
    pattern = re.compile(r"_|\.txt|<NA>|\bnan\b|NaT|[{}]")
    assert [sentence for sentence in sentences if pattern.search(sentence)] == []


def test_of_many_dated_articles_the_first_are_listed_and_the_rest_counted():
    speakers = ("Anna Bell", "Bob Call", "Dan Egan", "Eve Ford", "Gus Hall", "Ida Jones")
    texts = [
        f"{speakers[number % 6]} said that {number} people were killed in Kiel on 2 May 2016. "
        "The road will be closed from 4 May 2016."
        for number in range(20, 55)
    ]
    tables = cl.find_all(articles_of(*texts), FLOOD_BOOK)
    brief = cl.compose_brief(tables)
    templates = templates_of(brief, "dates")
    assert templates == ["dates.likely"] * 5 + ["dates.others"]
    others = brief[brief.template == "dates.others"]
    assert len(cited(others.rows.item())) == 30
    summary = ">6 of 35 passages</summary>"
    assert summary in cl.show_brief(brief, tables)._repr_html_()


RIVER = "The river rose by one metre over night and nobody slept."
COUNCIL = "The council met in the afternoon and agreed on nothing at all."


def test_the_brief_says_that_an_article_is_nearly_another_one():
    text = " ".join(
        [
            RIVER,
            COUNCIL,
            "Nobody at the mill had seen such a flood before.",
            "The bridge was closed at noon.",
        ]
    )
    for copy, is_near_duplicate in (
        (text.replace("noon", "night"), True),
        (f"{text} {' '.join(f'w{n}' for n in range(20))}.", False),
    ):
        articles = articles_of(text, copy)
        brief = cl.compose_brief(cl.find_all(articles, cl.read_codebook("")))
        repeats = brief[brief.template.str.startswith("repeats.")]
        assert (
            repeats.template.iloc[0]
            == f"repeats.{'near_duplicate' if is_near_duplicate else 'shared'}"
        )


def test_most_words_are_more_than_half(flood):
    tables = flood[2]
    quotes = tables["quotes"]
    speakers = [f"Speaker {number % 30}" for number in range(len(quotes))]
    for labels, template in (
        (speakers, "speakers.largest_shares"),
        (["Anna Bell"] * len(quotes), "speakers.most_words"),
    ):
        brief = cl.compose_brief(tables | {"quotes": quotes.assign(label=labels)})
        assert templates_of(brief, "speakers")[0] == template


def test_of_many_conflicts_the_first_events_are_named():
    towns = ("Kiel", "Lyon", "Oslo", "Porto", "Malmo", "Turin", "Seville")
    report = "{number} people were evacuated in {town} on 4 May 2016."
    texts = [
        report.format(number=first + number, town=town)
        for first in (20, 29)
        for number, town in enumerate(towns)
    ]
    tables = cl.find_all(articles_of(*texts), FLOOD_BOOK)
    brief = cl.compose_brief(tables)
    conflicts = brief[brief.template == "overview.conflicting_numbers"]
    sentence = conflicts.sentence.item()
    assert sum(town in sentence for town in towns) == 5
    assert len(cited(conflicts.rows.item())) == 14


def test_an_unclear_match_is_found_by_its_code_whatever_the_words(flood):
    tables = flood[2]
    claims = tables["claims"].assign(reasons="", against="")
    brief = cl.compose_brief(tables | {"claims": claims})
    assert brief.equals(cl.compose_brief(tables))


def without_dates(tables: dict) -> dict:
    missing = dict.fromkeys(("earliest", "latest", "likely_earliest", "likely_latest"), pd.NaT)
    return tables | {"dates": tables["dates"].assign(**missing)}


def confirmed(tables: dict) -> dict:
    return tables | {"claims": tables["claims"].assign(status="same")}


def from_unnamed_reports(tables: dict) -> dict:
    """Every mention of a claim is in a quotation of unnamed news reports."""
    quotes = [
        {
            "article": row.article,
            "start": row.start,
            "end": row.end,
            "text": row.text,
            "speaker_start": row.start,
            "speaker_end": row.end,
            "source_type": "outlet",
            "anonymous": True,
        }
        for row in tables["claims"].itertuples()
    ]
    quotes = make_table("quotes", quotes).assign(duplicate_status="first", verdict="")
    return tables | {"quotes": quotes}


def unnamed_things(tables: dict) -> dict:
    """The amounts count nothing that is named."""
    return tables | {"amounts": tables["amounts"].assign(label="")}


def equal_unnamed_things(tables: dict) -> dict:
    """The amounts are equal and count nothing that is named."""
    return tables | {"amounts": tables["amounts"].assign(label="", low=5, high=5)}


def unreadable(tables: dict) -> dict:
    rows = [{"article": f"{number:02d}.pdf", "problem": "no text"} for number in range(12)]
    articles = pd.concat([tables["articles"], make_table("articles", rows)], ignore_index=True)
    return tables | {"articles": articles}


def many_dates(tables: dict) -> dict:
    return tables | {"dates": pd.concat([tables["dates"]] * 10, ignore_index=True)}


def with_dates(tables: dict, first: str, last: str, number: int = 100) -> dict:
    """The first articles state these dates."""
    articles = tables["articles"].copy()
    articles.loc[: number - 1, "published_from"] = pd.Timestamp(first)
    articles.loc[: number - 1, "published_to"] = pd.Timestamp(last)
    return tables | {"articles": articles}


def on_other_day(tables: dict) -> dict:
    """The last article dates everything a week later, as after the analyst joined two claims."""
    dates = tables["dates"].copy()
    columns = ["earliest", "latest", "likely_earliest", "likely_latest"]
    dates.loc[dates.article == dates.article.iloc[-1], columns] += pd.Timedelta(days=7)
    return tables | {"dates": dates}


def no_story(tables: dict) -> dict:
    return tables | {"passages": tables["passages"].assign(label="furniture")}


def refused(tables: dict) -> dict:
    return tables | {"themes": tables["themes"].assign(verdict="no")}


def many_topics(tables: dict) -> dict:
    """No codebook themes, and more topics than the summary can name."""
    topics = tables["topics"]
    labels = [f"topic {number % 6}" for number in range(len(topics))]
    return tables | {"themes": tables["themes"][:0], "topics": topics.assign(label=labels)}


# Changes to the tables of the flood, with which the sentences appear that its articles do not call for.
VARIANTS = {
    "nothing is dated": without_dates,
    "the analyst confirmed every match": confirmed,
    "confirmed without dates": lambda tables: confirmed(without_dates(tables)),
    "no source is independent": from_unnamed_reports,
    "files could not be read": unreadable,
    "many articles are dated": many_dates,
    "reasons of dates are lost": lambda tables: tables | {"constraints": tables["constraints"][:0]},
    "no story": no_story,
    "themes are only denied": lambda tables: (
        tables | {"themes": tables["themes"].assign(side="against")}
    ),
    "themes were refused": refused,
    "there are many topics": many_topics,
    "articles in other languages": lambda tables: (
        tables | {"articles": tables["articles"].assign(language="de")}
    ),
    "all articles are dated": lambda tables: with_dates(tables, "2021-03-16", "2021-03-16"),
    "dates have an open end": lambda tables: (
        tables | {"dates": tables["dates"].assign(likely_earliest=pd.NaT)}
    ),
    "dates are not exact": lambda tables: with_dates(tables, "2021-03-04", "2021-04-05"),
    "day and month are in doubt": lambda tables: with_dates(tables, "2021-03-04", "2021-04-03"),
    "two articles are dated": lambda tables: with_dates(tables, "2021-03-16", "2021-03-16", 2),
    "file names give other dates": lambda tables: (
        tables | {"articles": tables["articles"].assign(dates_against="file name 2021-04-02")}
    ),
    "most speakers are unnamed": lambda tables: (
        tables | {"quotes": tables["quotes"].assign(anonymous=tables["quotes"].index > 5)}
    ),
    "only a few words are repeated": lambda tables: (
        tables | {"repeats": tables["repeats"].query("words < 20")}
    ),
    "no number was found": lambda tables: tables | {"amounts": tables["amounts"][:0]},
    "no speaker was identified": lambda tables: (
        tables | {"quotes": tables["quotes"].assign(label="", anonymous=False)}
    ),
    "no codebook for themes": lambda tables: (
        tables
        | {
            "themes": tables["themes"].iloc[:0],
            "clusters": tables["clusters"].assign(
                label=tables["clusters"].article.map(
                    lambda article: "flood · river" if article < "04" else "mayor · pump"
                )
            ),
        }
    ),
    "one theme": lambda tables: tables | {"themes": tables["themes"].query("label == 'damage'")},
}


def in_dollars(tables: dict) -> dict:
    """All numbers are sums of money."""
    amounts = tables["amounts"]
    return tables | {"amounts": amounts.assign(text="$" + amounts.text, label="")}


def possibly_one_event(tables: dict) -> dict:
    """The second article's evacuation is only proposed to be that of the first."""
    claims = tables["claims"].query("kind == 'evacuation'").drop_duplicates("article")
    first, second = claims.astype(object).to_dict("records")
    second |= {
        "label": "evacuation of the lower town",
        "claim": first["label"],
        "tier": "proposed",
        "status": "proposed",
        "match_article": first["article"],
        "match_start": first["start"],
        "match_end": first["end"],
        "reason_codes": "kind dates",
        "against_codes": "amounts",
    }
    return tables | {"claims": pd.DataFrame([first, second])}


def series_of_one_outlet() -> list[str]:
    """Three stories of an outlet, each with the same sentence of article text."""
    series = "This is one of a series of articles about the harbour and the people who work there."
    stories = (
        "The council closed the old mill on Monday, and the owner of the mill left the town.",
        "A ferry ran aground near the lighthouse, but nobody on board was hurt by the impact.",
        "Fishermen sold more herring this spring than in any year since the harbour was built.",
    )
    return [
        f"{story}\n\n{series} The paper will print the next one a week from now."
        for story in stories
    ]


NEWS_OF_TOWN = (
    "The town of Ostrand has a new harbour wall, and the masons who built it danced on it until "
    "midnight. Boats from Tolmere came with lanterns, the bakers gave away their rolls, and the "
    "mayor played the accordion, badly, while the children slept in the fish market. Nobody could "
    "say when the last such wall had been finished, or who had paid for the accordion. The council "
    "meets on it again in autumn, when the wall has dried and the masons have gone home to Lund."
)


@pytest.fixture(scope="module")
def briefs(seeds, flood):
    """Briefs in which every sentence appears, and the texts of the templates that were filled."""
    used = set()
    fill_sentence = findings_module.fill_sentence

    def recorded(text: str, **fields) -> str:
        used.add(text)
        return fill_sentence(text, **fields)

    nothing = cl.find_all(articles_of("The levee broke."), EMPTY_BOOK)
    no_article = {name: table[:0] for name, table in nothing.items()}
    quotes = flood[2]["quotes"]
    many_speakers = quotes.assign(label=[f"Speaker {n % 30}" for n in range(len(quotes))])
    alike = (
        "Rebels seized the harbour of the island before dawn, residents said.",
        "The harbour of the island was seized by men with rifles, and boats were burning.",
    )
    possible = cl.find_all(articles_of(*alike), EMPTY_BOOK)
    numbers = ("On 4 May 2016, {} people were evacuated in Ostrand.",) * 2
    texts = [text.format(number) for text, number in zip(numbers, (20, 29), strict=True)]
    conflicting = cl.find_all(articles_of(*texts), FLOOD_BOOK)
    rounded = numbers[0].format("about 20")
    compatible = cl.find_all(articles_of(texts[0], rounded), FLOOD_BOOK)
    two_speakers = [
        f"On 4 May 2016, 20 people were evacuated in Ostrand, {speaker} said."
        for speaker in ("Anna Lund", "Peter Bell")
    ]
    corpora = [seeds[2], flood[2], nothing, no_article, flood[2] | {"quotes": many_speakers}]
    other_words = "The river rose so fast that 29 people were evacuated in Ostrand on 4 May 2016."
    differing = cl.find_all(articles_of(texts[0], other_words), FLOOD_BOOK)
    corpora += [possible, conflicting, compatible, possibly_one_event(differing)]
    corpora += [in_dollars(conflicting), in_dollars(compatible), on_other_day(differing)]
    corpora += [change(conflicting) for change in (unnamed_things, equal_unnamed_things)]
    corpora.append(cl.find_all(articles_of(*two_speakers), FLOOD_BOOK))
    no_speaker = (texts[0], "The river rose. On 4 May 2016, 20 people in Ostrand were evacuated.")
    corpora.append(cl.find_all(articles_of(*no_speaker), FLOOD_BOOK))
    corpora.append(cl.find_all(articles_of(*series_of_one_outlet(), outlet="Post"), EMPTY_BOOK))
    [story, *_] = series_of_one_outlet()
    corpora.append(cl.find_all(articles_of(f"{story}\n\n{NEWS_OF_TOWN}", story), EMPTY_BOOK))
    corpora += [change(flood[2]) for change in VARIANTS.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings_module, "fill_sentence", recorded)
        written = [cl.compose_brief(tables) for tables in corpora]
        patch.setattr(repeats_section, "NEAR_DUPLICATE", 0)
        patch.setattr(repeats_section, "MAX_PAIRS", 1)
        written.append(cl.compose_brief(flood[2]))
    return pd.concat(written, ignore_index=True), used


def test_every_template_is_filled_by_some_brief(briefs):
    """No template is dead, and each gets the fields it needs."""
    assert {name for name, text in SENTENCES.items() if text not in briefs[1]} == set()
    assert set(briefs[0].template) <= set(SENTENCES)


def test_no_sentence_has_a_gap(briefs):
    """It begins with a capital, a digit or a quotation mark, ends with a full stop, and every field has words."""
    whole = re.compile(r"[A-Z0-9“](?:(?!  | [.,;:)]|\(\))[^{}])*\.")
    sentences = briefs[0].sentence.drop_duplicates()
    assert [sentence for sentence in sentences if not whole.fullmatch(sentence)] == []


if __name__ == "__main__":
    for name, folder in (("seeds", SEEDS), ("flood", FLOOD)):
        found = cl.find_all(cl.read_articles(folder), cl.read_codebook(folder))
        text_file(name).write_text(whole_text(cl.compose_brief(found)), encoding="utf-8")
