"""Which date of a page is that of its article: many layouts and languages, and pages without one."""

from typing import NamedTuple

import pandas as pd

import clippings as cl
from clippings.core.languages import detect_language
from clippings.corpus.page_dates import PageDates, read_page_dates
from clippings.corpus.zones import find_zones
from helpers import FLOOD, SEEDS, articles_of

TITLE = "Harbour road in Ostrand closed after wall collapses"
DAY = "2021-03-16"
NEXT_DAY = "2021-03-17"

STORY = """The road to the harbour of Ostrand will stay closed until the end of the month after \
part of a wall collapsed on Monday night, the council said.

“We cannot take the risk,” said Anna Bell, who leads the council. “The next storm could bring down \
the rest of the wall.”

Two shops in Ostrand were damaged on 2 January 2020, and forty people were asked to leave their \
homes while engineers looked at the cracks in the stone.

Residents said they had warned the council twice last year that the wall of the harbour was moving, \
and had been asked to wait."""

STORIES = {
    "de": """Die Straße zum Hafen von Ostrand bleibt bis zum Ende des Monats gesperrt, nachdem am \
Montagabend ein Teil der Mauer eingestürzt ist, teilte die Stadt mit.

„Wir können das Risiko nicht eingehen“, sagte Anna Bell, die den Rat leitet. „Der nächste Sturm \
könnte den Rest der Mauer zum Einsturz bringen.“

Zwei Geschäfte wurden beschädigt, und vierzig Menschen mussten ihre Häuser verlassen.""",
    "fr": """La route du port d'Ostrand restera fermée jusqu'à la fin du mois après l'effondrement \
d'une partie du mur lundi soir, a annoncé la mairie.

« Nous ne pouvons pas prendre ce risque », a déclaré Anna Bell, qui dirige le conseil. « La \
prochaine tempête pourrait faire tomber le reste du mur. »

Deux magasins ont été endommagés et quarante personnes ont dû quitter leurs maisons.""",
    "es": """La carretera del puerto de Ostrand seguirá cerrada hasta finales de mes después de que \
parte del muro se derrumbara el lunes por la noche, dijo el ayuntamiento.

«No podemos correr el riesgo», dijo Anna Bell, que dirige el consejo. «La próxima tormenta podría \
derribar el resto del muro.»

Dos tiendas sufrieron daños y cuarenta personas tuvieron que dejar sus casas.""",
    "pt": """A estrada do porto de Ostrand ficará fechada até o fim do mês depois que parte do muro \
desabou na noite de segunda-feira, disse a prefeitura.

“Não podemos correr o risco”, disse Anna Bell, que dirige o conselho. “A próxima tempestade pode \
derrubar o resto do muro.”

Duas lojas foram danificadas e quarenta pessoas tiveram que deixar suas casas.""",
    "ko": """오스트란드 항구로 가는 도로가 월요일 밤 방파제 일부가 무너진 뒤 이달 말까지 폐쇄된다고 시의회가 밝혔다.

시의회 의장은 “우리는 위험을 감수할 수 없다”고 말했다. 다음 폭풍이 오면 나머지 벽도 무너질 수 있다고 그는 덧붙였다.

상점 두 곳이 파손됐고 기술자들이 균열을 조사하는 동안 주민 40명이 집을 떠나야 했다.""",
}


class Page(NamedTuple):
    """A page with the dates it states; in the head, "#" stands for the headline."""

    head: str
    published: str = ""
    updated: str = ""
    saved: str = ""
    foot: str = ""
    language: str = "en"

    @property
    def text(self) -> str:
        story = STORIES.get(self.language, STORY)
        return f"{self.head.replace('#', TITLE)}\n\n{story}{self.foot}"


def read(text: str) -> PageDates:
    return read_page_dates(text, find_zones(text), detect_language(text))


def wrong_of(pages: list[Page]) -> list:
    """Return the pages whose dates are read incorrectly, with these dates."""
    wrong = []
    for page in pages:
        dates = read(page.text)
        published = "..".join(dict.fromkeys((dates.published_from, dates.published_to)))
        if (published, dates.updated, dates.saved) != (page.published, page.updated, page.saved):
            wrong.append((page.head, page.foot, dates))
    return wrong


def test_the_day_with_a_label_is_read():
    assert not wrong_of(
        [
            Page("#\n\nPublished: 16 March 2021", DAY),
            Page("#\n\nPosted on March 16, 2021 by Anna Bell", DAY),
            Page("#\n\nPosted by Anna Bell on 16th March 2021 in News", DAY),
            Page("#\nBy Anna Bell\nPublication date:\n16 March 2021", DAY),
            Page("Date: 16 March 2021\nTitle: #\nAuthor: Anna Bell", DAY),
            Page("#\n16.03.2021 published", DAY),
            Page("#\nPosted: Tue 6:45 PM, Mar 16, 2021", DAY),
            Page(
                "From: Ostrand Post <news@post.example>\nSent: Tuesday, March 16, 2021 10:04 AM\n"
                "To: Tom Reed\nSubject: #\n\n#",
                DAY,
            ),
        ]
    )


def test_the_day_with_a_byline_or_headline_needs_no_label():
    assert not wrong_of(
        [
            Page("#\nBy Anna Bell and Tom Reed, Northern Wire\nMar 16, 2021 10:04 am ET", DAY),
            Page("Home\nNews\nSport\n#\nAnna Bell\nTuesday 16 March 2021 | 07.15 GMT\nShare", DAY),
            Page("#\n16/03/21", DAY),
            Page("#\n2021-03-16 08:00", DAY),
            Page("#\nBy Anna Bell - 03/16/21 11:04 PM EST", DAY),
            Page("#\n16 Mar 2021  3 min read", DAY),
            Page("#\nAnna Bell · 16 March 2021 · 4 min read", DAY),
            Page("#\nBy Anna Bell\nVol. 12, No. 4, 16 March 2021, page A4", DAY),
            Page("#\nBy Anna Bell, Tom Reed on Tuesday, March 16th, 2021 at 11:08 a.m.", DAY),
        ]
    )


def test_the_day_above_a_headline_is_read_where_no_menu_stands_between():
    assert not wrong_of(
        [
            Page("March 16, 2021\n\n#\n\nBy Anna Bell", DAY),
            Page("Tuesday, March 16, 2021\n\n#\n\nBy Anna Bell", DAY),
            Page("News | Ostrand | 16 March 2021\n#\nBy Anna Bell", DAY),
            Page("March 16, 2021 10:04 am\nTweet\n#\nBy Anna Bell", DAY),
            Page(
                "The Ostrand Post\nMarch 16, 2021 Tuesday\n#\nBYLINE: Anna Bell\nSECTION: NEWS",
                DAY,
                foot="\n\nLOAD-DATE: March 18, 2021",
            ),
        ]
    )


def test_days_of_publication_update_and_saving_are_kept_apart():
    assert not wrong_of(
        [
            Page(
                "#\nPublished 9:14 p.m. ET March 16, 2021 | Updated March 17, 2021", DAY, NEXT_DAY
            ),
            Page("#\nUpdated: 17 Mar 2021 9:38 pm\nPosted: 16 Mar 2021 8:11 pm", DAY, NEXT_DAY),
            Page("#\nTue 16 Mar 2021 18.54 GMT Last modified on Wed 17 Mar 2021", DAY, NEXT_DAY),
            Page(
                "#\nPublished Tue, Mar 16 20217:05 AM ESTUpdated Mar 17 20217:16 AM", DAY, NEXT_DAY
            ),
            Page("#\nBy Anna Bell\nUpdated 16 March 2021", updated=DAY),
            Page("#\nLast updated at 10:15 on 16 March 2021", updated=DAY),
            Page("#\n\nBy Anna Bell", updated="2023-05-05", foot="\n\nLast updated: 5 May 2023"),
            Page(
                "#\nUpdated on: March 17, 2021 / 10:07 AM",
                DAY,
                NEXT_DAY,
                foot="\n\nFirst published on March 16, 2021 / 8:16 AM",
            ),
            Page(
                "Saved from https://post.example/2021/03/02/a on 3 April 2022\n\n#",
                saved="2022-04-03",
            ),
            Page(
                "13/04/2022, 10:04 # - Ostrand Post\nhttps://post.example/road 1/2\n#\nMarch 16, 2021",
                DAY,
                saved="2022-04-13",
            ),
        ]
    )


def test_the_day_at_the_foot_is_read_if_its_words_say_that_it_is_of_this_article():
    assert not wrong_of(
        [
            Page(
                "#\nBy Anna Bell",
                DAY,
                foot="\n\nThis article was first published on 16 March 2021.",
            ),
            Page("#\nBy Anna Bell", DAY, foot="\n\nFirst published on March 16, 2021 / 8:16 AM"),
            Page(
                "#\nBy Anna Bell", foot="\n\nRead next\nFerry crews strike\nPublished 2 March 2021"
            ),
        ]
    )


def test_pages_in_other_languages_are_dated():
    assert not wrong_of(
        [
            Page("#\nVon Anna Bell publiziert am 16. März 2021", DAY, language="de"),
            Page("#\n16.03.2021, 08:57", DAY, language="de"),
            Page("#\nVeröffentlicht am 16.03.2021 | Lesedauer: 3 Minuten", DAY, language="de"),
            Page("#\nStand: 16.03.2021 | Aktualisiert: 17.03.2021", DAY, NEXT_DAY, language="de"),
            Page("Politik\nSport\n#\nDienstag, 16. März 2021, 09:14 Uhr", DAY, language="de"),
            Page(
                "#\nPublié le 16 mars 2021 à 10h15, mis à jour le 17 mars 2021 à 09h02\nPar Anna Bell",
                DAY,
                NEXT_DAY,
                language="fr",
            ),
            Page("#\nPar Anna Bell\nLe 16/03/2021 à 10:15", DAY, language="fr"),
            Page("#\nPublié le 03/04/2021 à 10:15", "2021-04-03", language="fr"),
            Page("#\nAnna Bell\nOstrand - 16 mar 2021 - 10:15 CET", DAY, language="es"),
            Page(
                "#\nPublicado: 16 de marzo de 2021\nActualizado: 17 de marzo de 2021",
                DAY,
                NEXT_DAY,
                language="es",
            ),
            Page("#\n16/03/2021 10h15  Atualizado 17/03/2021", DAY, NEXT_DAY, language="pt"),
            Page("#\nterça-feira, 16 de Março de 2021", DAY, language="pt"),
            Page("#\n입력 2021.03.16 10:15 | 수정 2021.03.17 09:00", DAY, NEXT_DAY, language="ko"),
            Page(
                "#\n기사입력 :[ 2021-03-16 15:24 ]",
                DAY,
                foot="\n\n[ 등록년월일 : 2012년 11월 06일 ]",
                language="ko",
            ),
        ]
    )


def test_relative_dates_date_nothing():
    stamps = ("Published 1 day ago", "Updated 3 hours ago", "Today 12:01 AM", "Tuesday 5:30 PM")
    assert not wrong_of([Page(f"#\n{stamp}") for stamp in stamps])


def test_days_of_the_visit_other_stories_comments_and_events_are_not_the_article_s():
    comments = "\n\n3 Comments\n\nriverman\nMarch 20, 2021 at 10:12 am\nI knew it would happen."
    related = "\n\nRelated\nFerry crews strike\nMarch 2, 2021\nBakery opens\nMarch 9, 2021"
    assert not wrong_of(
        [
            Page("Saturday, 2 November 2024\nHome\nNews\nSport\nOpinion\nSign in\n#\nBy Anna Bell"),
            Page("Sat, 2 Nov 2024\nHome\nSport\nSign in\n#\nBy Anna Bell\n16 March 2021", DAY),
            Page("Today: 2 November 2024\n#\nBy Anna Bell"),
            Page("Weather\nOstrand, 2 November 2024: rain, 9 degrees\n#\nBy Anna Bell"),
            Page("Most read\nFerry crews strike\n2 March 2021\nBakery opens\n9 March 2021\n#"),
            Page("#\nBy Anna Bell", foot=related),
            Page("#\nBy Anna Bell", foot=comments),
            Page("#\nBy Anna Bell", foot="\n\nCopyright 2021 Ostrand Post. All rights reserved."),
            Page("#\n\nWhen: Saturday, March 20, 2021, 7 pm\nWhere: Town hall"),
            Page("#\n\nHearing set for 22 March 2021"),
            Page("#\n\nUntil 30 April 2021 the museum is free"),
            Page("#\nAlso read:\nFerry crews to strike - 2 March 2021"),
            Page("Our privacy policy was updated on 2 March 2021.\nAccept\n#\nBy Anna Bell"),
            Page("2 November 2024 10:04 AM\nHome\nNews\nSport\nOpinion\n#\nBy Anna Bell"),
            Page("#\nPhoto: Tom Reed, 2 March 2021"),
            Page("#\n\nPhoto taken on 12 March 2021 by Tom Reed"),
        ]
    )


def test_the_order_of_day_and_month_is_that_of_the_page_or_left_open():
    open_days = "2021-03-04..2021-04-03"
    story_without_dates = STORY.replace(" on 2 January 2020", "")
    page = f"{TITLE}\nBy Anna Bell, 03/04/2021\n\n{story_without_dates}"
    dates = read(page)
    assert f"{dates.published_from}..{dates.published_to}" == open_days
    assert dates.published_day_first == "2021-04-03"
    decided = {
        "By Anna Bell - 03/04/21 11:04 PM EST": "2021-03-04",
        "By Anna Bell - 03/04/21 09:04 GMT": "2021-04-03",
        "Saturday 03/04/2021": "2021-04-03",
        "03/04/2021 | Updated 16/04/2021": "2021-04-03",
        "03/04/2021 | Updated 04/16/2021": "2021-03-04",
        "03/04/2021\nAlso on: April 3, 2021": "2021-04-03",
    }
    for line, day in decided.items():
        dates = read(f"{TITLE}\n{line}\n\n{story_without_dates}")
        assert (line, dates.published_from, dates.published_to) == (line, day, day)


def test_a_dateline_with_its_year_dates_the_article():
    for dateline in (
        "OSTRAND, March 16, 2021 (Northern Wire) –",
        "Ostrand, 16. März 2021 –",
        "Ostrand (Northern Wire), 16 March 2021 –",
    ):
        dates = read(f"{TITLE}\n\n{dateline} {STORY}")
        assert (dateline, dates.published_from, dates.rule) == (dateline, DAY, "dateline")


def test_a_day_without_its_year_needs_two_signs_of_the_year():
    latest = "\n\nLatest\nFerry crews strike\nMarch 18, 2021"
    rights = "\n\n© 2021 Ostrand Post"
    assert read(f"{TITLE}\nMarch 16\n\n{STORY}{latest}{rights}").published_from == DAY
    assert read(f"{TITLE}\nTuesday, March 16\n\n{STORY}{rights}").published_from == DAY
    for undecided in (
        f"{TITLE}\nMarch 16\n\n{STORY}{rights}",
        f"{TITLE}\nMonday, March 16\n\n{STORY}{rights}",
        f"{TITLE}\nMarch 25\n\n{STORY}{latest}{rights}",
        f"{TITLE}\n\nOSTRAND, March 16 (Northern Wire) – {STORY}{latest}{rights}",
    ):
        assert read(undecided).published_from == ""


def test_a_date_over_several_lines_is_one_date():
    heads = (
        "#\nMarch 16,\n2021",
        "#\n16\nMar\n2021",
        "#\nMar\n16\n2021",
        "#\n16.\nMärz\n2021\nAnna Bell",
        "#\nPublished\nTuesday, March 16\n2021, 9:12 AM\nBy Anna Bell",
        "#\nMarch 16\n15:23 2021\nBy Anna Bell",
    )
    assert wrong_of([Page(head, DAY) for head in heads]) == []
    # A day and a number that is no year, and months in a list of archives
    for head in ("#\n16\nMar\n12", "#\nArchives\nMarch\n2021\nApril\n2021"):
        assert read(Page(head).text).published_from == ""


def test_a_citation_below_the_story_gives_the_day_of_publication():
    retrieved = "2021-05-04"
    citations = {
        f"{TITLE} (2021, March 16) retrieved 4 May 2021 from https://post.example/wall": retrieved,
        f"Cite this page: “{TITLE}.” Ostrand Post, 16 March 2021. <www.post.example/wall>": "",
        f"Cite this article: Bell, A. {TITLE}. Ostrand Post. 16 March 2021. Accessed May 4, 2021.": retrieved,
    }
    pages = [Page("#", DAY, "", saved, f"\n\n{text}") for text, saved in citations.items()]
    assert wrong_of(pages) == []
    # The story of another day, and a list of stories
    for foot in (
        "\n\nBell, A. Ferry crews of Tolmere strike. Ostrand Post. 2 March 2021. https://post.example",
        f"\n\nRelated\n{TITLE}\nMarch 2, 2021",
    ):
        assert read(Page("#", foot=foot).text).published_from == ""


def test_the_table_shows_every_date_outside_the_story_with_its_rule():
    text = Page("#\nPublished 16 March 2021", foot="\n\nRelated\nMarch 2, 2021").text
    articles = articles_of(text)
    table = cl.find_page_dates(cl.find_passages(articles), articles)
    assert cl.check_spans(table, articles) is table
    assert table.label.to_list() == ["published", "other"]
    assert table.text.to_list() == ["16 March 2021", "March 2, 2021"]
    assert table.rule.to_list() == ["label", "below the story"]
    assert table.day_from.to_list() == [pd.Timestamp(DAY), pd.Timestamp("2021-03-02")]


def test_pages_without_dates_get_none():
    for folder in (FLOOD, SEEDS):
        articles = cl.read_articles(folder)
        undated = articles[articles.dated_by != "codebook"]
        assert len(undated) > 4
        assert undated[["published_from", "published_to", "updated", "saved"]].isna().all(axis=None)
        assert cl.find_page_dates(cl.find_passages(articles), articles).empty
