"""Exports of news databases with invented articles, as each database lays them out.

Every sample holds the same three stories, which quote the marks of the databases, have a table, a
byline and a headline over two lines, and lack a byline.
"""

import io
from dataclasses import dataclass, field
from html import escape

RULE = "_" * 60


@dataclass
class Story:
    """An article as it appeared."""

    title: str
    outlet: str
    day: int  # of March 2021
    paragraphs: list[str]
    author: str = ""
    section: str = "News"
    title_lines: list[str] = field(default_factory=list)
    byline_lines: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.title_lines = self.title_lines or [self.title]
        self.byline_lines = self.byline_lines or ([self.author] if self.author else [])

    @property
    def words(self) -> int:
        return len(" ".join(self.paragraphs).split())

    @property
    def iso(self) -> str:
        return f"2021-03-{self.day:02}"


STORIES = [
    Story(
        "Levee at Ostrand holds after a week of rain",
        "Valley Post",
        16,
        [
            "The levee at Ostrand held on Monday night, although the river stood higher than ever, the mayor said.",
            "“We found a sheet of paper on the wall,” said Anna Bell. “It read:",
            "1 of 3 DOCUMENTS",
            "End of Document",
            "Nobody knew what it meant, and the guards took it down before the next tide came in.",
            "Language: never stop learning new ones, the teacher of the lower school told the children.",
            "The council meets on Thursday.",
        ],
        author="Jo Reed",
    ),
    Story(
        "Ferry crews of Tolmere to strike on Friday",
        "Coast Courier",
        17,
        [
            "Ferry crews in Tolmere will strike on Friday after talks over pay broke down, their union said.",
            "Talks between the union and the company had gone on for two months, and both sides had hoped for an end before the spring, when most of the visitors come.",
            "The ferry company said it would run one boat an hour from the old quay.",
            "Boat\tSeats\nHeron\t120\nPelican\t80",
            "The council of Tolmere asked both sides to return to the table, since the hospital on the other bank cannot be reached by road after dark.",
        ],
        author="Sam Hill and Maria Lund",
        section="Business",
        byline_lines=["Sam Hill and", "Maria Lund"],
    ),
    Story(
        "Bakery that was shut by the flood of Lund opens again in the old customs house",
        "Valley Post",
        20,
        [
            "A bakery that was shut by the flood in Lund has opened again in the old customs house.",
            "Its owner said she had sold out by nine in the morning: “Full text or nothing, I told them.”",
        ],
        title_lines=[
            "Bakery that was shut by the flood of Lund",
            "opens again in the old customs house",
        ],
    ),
]

SIMPLE = [
    Story(
        "Levee at Ostrand holds",
        "Valley Post",
        16,
        [
            "The levee at Ostrand held on Monday night, the mayor said.",
            "The council meets on Thursday.",
        ],
        author="Jo Reed",
    ),
    Story(
        "Ferry crews of Tolmere to strike",
        "Coast Courier",
        17,
        [
            "Ferry crews in Tolmere will strike on Friday, their union said.",
            "Talks over pay broke down.",
        ],
        author="Sam Hill",
    ),
    Story(
        "Bakery of Lund opens again",
        "Valley Post",
        20,
        ["A bakery in Lund has opened again.", "Its owner had sold out by nine in the morning."],
        author="Jo Reed",
    ),
]
"""Stories without traps, for the layouts that show no difference between a mark and its quotation."""


def centred(text: str) -> str:
    return text.center(78).rstrip()


def nexis_classic(stories: list[Story]) -> str:
    out = [
        "",
        "Download Request: Selected Items: 1-3",
        "Time Of Request: Friday, March 26, 2021",
        "",
        "Terms: (levee and not (TYPE(web)))",
        "",
        "",
    ]
    for number, story in enumerate(stories, 1):
        out += [centred(f"{number} of {len(stories)} DOCUMENTS"), "", "", centred(story.outlet), ""]
        out += [
            centred(f"March {story.day}, 2021 Tuesday"),
            centred("Edition 1;"),
            centred("Scotland"),
            "",
        ]
        out += [*story.title_lines, ""]
        if story.author:
            out += ["BYLINE: " + story.byline_lines[0], *story.byline_lines[1:], ""]
        out += [f"SECTION: {story.section}", "", f"LENGTH: {story.words} words", "", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            "GRAPHIC: The levee on Monday night,",
            "seen from the bridge",
            "",
            f"LOAD-DATE: March {story.day + 1}, 2021",
            "",
        ]
        out += [
            "LANGUAGE: ENGLISH",
            "",
            "PUBLICATION-TYPE: Newspaper",
            "",
            "JOURNAL-CODE: VPO",
            "",
            "",
        ]
        out += [centred(f"Copyright 2021 {story.outlet}"), centred("All Rights Reserved"), "", ""]
    return "\n".join(out)


def nexis_academic(stories: list[Story]) -> str:
    """The older layout: the copyright on top, HEADLINE and BODY as labels."""
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            centred(f"{number} of {len(stories)} DOCUMENTS"),
            "",
            centred(f"Copyright 2021 {story.outlet} Company"),
            centred("All Rights Reserved"),
            centred(story.outlet),
            "",
        ]
        out += [
            centred(f"March {story.day}, 2021, Tuesday, Late Edition - Final"),
            "",
            f"SECTION: {story.section}",
            "",
            f"LENGTH: {story.words} words",
            "",
        ]
        out += ["HEADLINE: " + story.title_lines[0], *story.title_lines[1:], ""]
        if story.author:
            out += ["BYLINE:  By " + story.byline_lines[0], *story.byline_lines[1:], ""]
        out += ["", "BODY:"]
        for paragraph in story.paragraphs:
            out += [f"   {paragraph}", ""]
        out += [
            "URL: http://www.post.example",
            "",
            "SUBJECT: FLOODS (90%); LEVEES (89%);",
            "BRIDGES (50%)",
            "",
            f"LOAD-DATE: March {story.day}, 2021",
            "",
            "",
        ]
    return "\n".join(out)


def nexis_german(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            centred(f"Dokument {number} von {len(stories)}"),
            "",
            centred(story.outlet),
            "",
            centred(f"{story.day}. März 2021 Dienstag"),
            "",
            *story.title_lines,
            "",
        ]
        if story.author:
            out += ["AUTOR: " + story.byline_lines[0], *story.byline_lines[1:], ""]
        out += ["RUBRIK: Politik; S. 4", "", f"LÄNGE: {story.words} Wörter", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"UPDATE: {story.day}. März 2021",
            "",
            "SPRACHE: GERMAN; DEUTSCH",
            "",
            "PUBLICATION-TYPE: Zeitung",
            "",
            centred(f"Copyright 2021 {story.outlet}"),
            centred("Alle Rechte vorbehalten"),
            "",
        ]
    return "\n".join(out)


def nexis_french(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            centred(f"Document {number} de {len(stories)}"),
            "",
            centred(story.outlet),
            "",
            centred(f"mardi {story.day} mars 2021"),
            "",
            *story.title_lines,
            "",
        ]
        if story.author:
            out += ["AUTEUR: " + story.byline_lines[0], *story.byline_lines[1:], ""]
        out += ["RUBRIQUE: Pays; Pg. 4", "", f"LONGUEUR: {story.words} mots", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"DATE-CHARGEMENT: {story.day} mars 2021",
            "",
            "LANGUE: FRENCH; FRANÇAIS",
            "",
            "TYPE-PUBLICATION: Journal",
            "",
            centred(f"Copyright 2021 {story.outlet}"),
            centred("Tous droits réservés"),
            "",
        ]
    return "\n".join(out)


def nexis_uni_paragraphs(
    stories: list[Story], with_cover: bool = True, with_pages: bool = False
) -> list[str]:
    """The paragraphs of a document of Nexis Uni or Lexis+."""
    out = []
    if with_cover:
        out += [
            "User Name: A. Lund",
            "Date and Time: Friday, March 26, 2021 10:04:00 AM GMT",
            "Job Number: 12345",
            f"Documents ({len(stories)})",
        ]
        for number, story in enumerate(stories, 1):
            out += [
                f"{number}. {story.title}",
                "Client/Matter: -None-",
                "Search Terms: levee or ferry",
                "Search Type: Terms and Connectors",
                "Narrowed by:",
                "Content Type\tNarrowed by",
                "News\t-None-",
            ]
        out += [
            "| About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2021 LexisNexis"
        ]
    for story in stories:
        if with_pages:
            out += ["Page 1 of 2", story.title]
        out += [
            "\n".join(story.title_lines),
            story.outlet,
            f"March {story.day}, 2021 Tuesday",
            "Edition 1",
            f"Copyright 2021 {story.outlet} All Rights Reserved",
        ]
        out += [f"Section: {story.section}; Pg. 1", f"Length: {story.words} words"]
        if story.author:
            out += ["Byline: " + "\n".join(story.byline_lines)]
        out += ["Body", *story.paragraphs[:1]]
        if with_pages:
            out += ["Page 2 of 2", story.title]
        out += [
            *story.paragraphs[1:],
            "Graphic",
            "The levee, seen from the bridge",
            "Classification",
            "Language: ENGLISH",
            "Publication-Type: Newspaper",
            "Journal Code: VPO",
            "Subject: FLOODS (90%); LEVEES (89%)",
            f"Load-Date: March {story.day}, 2021",
            "End of Document",
        ]
    return out


def factiva_coded(stories: list[Story], gap: str = "  ") -> str:
    """With codes; the gap is between a code and its value."""
    out = []
    for number, story in enumerate(stories, 1):
        if story.section:
            out += [f"SE{gap}{story.section}"]
        out += [
            f"HD{gap}{story.title_lines[0]}",
            *(f"    {line}" for line in story.title_lines[1:]),
        ]
        if story.author:
            out += [
                f"BY{gap}By {story.byline_lines[0]}",
                *(f"    {line}" for line in story.byline_lines[1:]),
            ]
        out += [
            f"WC{gap}{story.words} words",
            f"PD{gap}{story.day} March 2021",
            f"ET{gap}10:04",
            f"SN{gap}{story.outlet}",
            f"SC{gap}VPOST",
            f"ED{gap}First",
            f"PG{gap}4",
            f"LA{gap}English",
            f"CY{gap}(c) 2021 {story.outlet}. All rights reserved.",
            "",
            f"LP{gap}",
            story.paragraphs[0],
            "",
            f"TD{gap}",
        ]
        for paragraph in story.paragraphs[1:]:
            out += [paragraph, ""]
        out += [
            f"CO{gap}valley : Valley Ferries Ltd",
            f"IN{gap}i71 : Shipping",
            f"NS{gap}gflood : Floods | gcat : News",
            f"RE{gap}ost : Ostrand",
            f"PUB{gap}Valley Press",
            f"AN{gap}Document VPOST0000202103{story.day}eh3g0000{number}",
            "",
            "",
        ]
    out += [
        "Search Summary",
        "Text",
        "levee or ferry",
        "Date",
        "In the last year",
        "Results Found",
        "3",
        "Timestamp",
        "26 March 2021 10:04",
    ]
    return "\n".join(out)


def factiva_displayed(stories: list[Story], words: str = "words") -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            *story.title_lines,
            *([f"By {story.byline_lines[0]}", *story.byline_lines[1:]] if story.author else []),
            f"{story.words} {words}",
            f"{story.day} March 2021",
            "10:04 GMT",
            story.outlet,
            "VPOST",
            "First",
            "4",
            "English",
            f"Copyright 2021. {story.outlet}. All rights reserved.",
            "",
        ]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"Document VPOST0000202103{story.day}eh3g0000{number}",
            "",
            "Page 3 of 9 © 2021 Factiva, Inc. All rights reserved.",
            "",
        ]
    out += ["Search Summary", "Text", "levee or ferry", "Results Found", "3"]
    return "\n".join(out)


def factiva_page(stories: list[Story]) -> str:
    out = ["<html><head><title>Factiva</title></head><body>"]
    for number, story in enumerate(stories, 1):
        out.append(
            f'<div id="article-VPOST{number}" class="article"><div class="article enArticle"><p><div id="hd"><span class="enHeadline">{escape(story.title)}</span></div>'
        )
        if story.author:
            out.append(f'<div class="author">By {escape(" ".join(story.byline_lines))}</div>')
        head = [
            f"{story.words} words",
            f"{story.day} March 2021",
            story.outlet,
            "VPOST",
            "English",
            f"Copyright 2021 {story.outlet}",
        ]
        out += [f"<div>{escape(line)}</div>" for line in head]
        out.append("</p>")
        out += [
            f'<p class="articleParagraph enarticleParagraph">{escape(paragraph)}</p>'
            for paragraph in story.paragraphs
        ]
        out.append(f"<p>Document VPOST0000202103{story.day}eh3g0000{number}</p></div></div><br/>")
    return "".join([*out, "</body></html>"])


def factiva_coded_page(stories: list[Story]) -> str:
    out = ["<html><head><title>Factiva</title></head><body>"]
    for number, story in enumerate(stories, 1):
        rows = [
            ("HD", escape(story.title)),
            ("BY", f"By {escape(story.author)}" if story.author else ""),
            ("WC", f"{story.words} words"),
            ("PD", f"{story.day} March 2021"),
            ("SN", story.outlet),
            ("SC", "VPOST"),
            ("LA", "English"),
            ("CY", f"(c) 2021 {story.outlet}"),
        ]
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
        rows += [
            ("LP", body),
            ("CO", "valley : Valley Ferries"),
            ("AN", f"Document VPOST0000202103{story.day}eh3g0000{number}"),
        ]
        out.append(
            "<table>"
            + "".join(
                f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
                for code, value in rows
                if value
            )
            + "</table>"
        )
    return "".join([*out, "</body></html>"])


def proquest_old(stories: list[Story]) -> str:
    out = [
        RULE,
        "Report Information from ProQuest",
        "26 March 2021 10:04",
        RULE,
        "",
        "Table of contents",
        "",
    ]
    out += [f"{number}. {story.title}" for number, story in enumerate(stories, 1)]
    for number, story in enumerate(stories, 1):
        out += [RULE, f"Document {number} of {len(stories)}", "", *story.title_lines, ""]
        if story.author:
            out += [f"Author: {' '.join(story.byline_lines)}", ""]
        out += [
            f"Publication info: {story.outlet} ; Ostrand [Ostrand]{story.day} Mar 2021: A.1.",
            "",
            "ProQuest document link",
            "",
            f"Abstract: {story.paragraphs[0][:60]}",
            "",
            "Links: http://link.example",
            "",
            f"Full text: {story.paragraphs[0]}",
            "",
        ]
        for paragraph in story.paragraphs[1:]:
            out += [paragraph, ""]
        out += [
            "Subject: Floods; Levees",
            "",
            "Location: Ostrand",
            "",
            f"Title: {story.title}",
            "",
            f"Publication title: {story.outlet}",
            "",
            "Pages: A.1",
            "",
            "Publication year: 2021",
            "",
            f"Publication date: Mar {story.day}, 2021",
            "",
            "Year: 2021",
            "",
            f"Section: {story.section}",
            "",
            "Publisher: Valley Press",
            "",
            "Source type: Newspapers",
            "",
            "Language of publication: English",
            "",
            "Document type: NEWSPAPER",
            "",
            f"ProQuest document ID: 10{number}",
            "",
            f"Document URL: https://search.example/docview/10{number}",
            "",
            f"Copyright: Copyright Valley Press Mar {story.day}, 2021",
            "",
            "Last updated: 2021-03-25",
            "",
            "Database: Global Newsstream",
            "",
        ]
    out += [
        RULE,
        "",
        "Contact us at: http://www.proquest.example  Copyright © 2021 ProQuest LLC. All rights reserved.",
    ]
    return "\n".join(out)


def proquest_new(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            RULE,
            "",
            "Title: " + story.title_lines[0],
            *story.title_lines[1:],
            "",
            f"Publication title: {story.outlet}; Ostrand"
            if number == 0
            else f"Publication title: {story.outlet}",
            "",
            "First page: A1",
            "",
            f"Publication year: 2021\n\nPublication date: Mar {story.day}, 2021",
            "",
            f"Section: {story.section}",
            "",
            "Source type: Newspaper",
            "",
            "Language of publication: English",
            "",
            f"ProQuest document ID: 10{number}",
            "",
            f"Document URL: https://search.example/docview/10{number}",
            "",
        ]
        if story.author:
            out += [f"Author: {story.author}", ""]
        out += [f"Full text: {story.paragraphs[0]}", ""]
        for paragraph in story.paragraphs[1:]:
            out += [paragraph, ""]
        out += ["Last updated: 2021-03-25", "", "Database: Global Newsstream", ""]
    return "\n".join([*out, RULE])


def ebsco(stories: list[Story], numbered: bool = True) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        if numbered:
            out += [f"Record: {number}"]
        out += [f"Title:\t{story.title}"]
        if story.author:
            names = [name.split() for name in story.author.split(" and ")]
            out += ["Authors:\t" + "; ".join(f"{name[1]}, {name[0]}" for name in names)]
        out += [
            f"Source:\t{story.outlet} (Ostrand), 03/{story.day}/2021, p1",
            f"Section:\t{story.section}",
            "Document Type:\tArticle",
            f"Full Text Word Count:\t{story.words}",
            f"Accession Number:\t2W62{number}",
            "Persistent link to this record (Permalink):\thttps://search.example/login?db=nfh",
            "Database:\tNewspaper Source",
            "",
            story.title,
            "",
        ]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"Copyright of {story.outlet} is the property of Valley Press and its content may not be copied or emailed to multiple sites without permission.",
            "",
        ]
    return "\n".join(out)


def newsbank_old(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [story.title, "", f"{story.outlet} (Ostrand) - March {story.day}, 2021", ""]
        out += [f"Author: {story.author}", ""] if story.author else []
        out += [f"Section: {story.section}", "Page: 1", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"Record Number: 17A2B3C{number}",
            f"Copyright: Copyright (c) 2021 {story.outlet}",
            "",
            "OpenURL Link: https://infoweb.example/openurl?x",
            "",
            "",
        ]
    return "\n".join(out)


def newsbank_labelled(stories: list[Story]) -> str:
    out = ["NewsBank: Access World News", ""]
    for number, story in enumerate(stories, 1):
        out += [
            f"Headline: {story.title}",
            f"Source: {story.outlet}",
            f"Date: March {story.day}, 2021",
            *([f"Author: {story.author}"] if story.author else []),
            f"Section: {story.section}",
            "",
            *"\n\n".join(story.paragraphs).split("\n"),
            "",
            f"Record Number: 17A2B3C{number}",
            "",
            "",
        ]
    return "\n".join(out)


def newsbank_new(stories: list[Story], foot: str = "citation and number") -> str:
    """With a foot of citation and record number, of one of them, or of the copyright alone."""
    out = []
    for story in stories:
        out += [
            story.title,
            "",
            f"March {story.day}, 2021 | {story.outlet} (Ostrand)",
            f"Author: {story.author} | Section: {story.section} | {story.words} Words"
            if story.author
            else f"Section: {story.section} | {story.words} Words",
            "OpenURL Link",
            "",
        ]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        if "citation" in foot:
            style = "MLA" if "MLA" in foot else "AGLC"
            out += [
                f"CITATION ({style} STYLE)",
                *([""] if "gap" in foot else []),
                f"'{story.title}', {story.outlet} (online), {story.day} Mar 2021",
                "‹https://infoweb.newsbank.example/x›",
                "",
            ]
        out += ["Record: 17A2B3"] if "number" in foot else []
        out += [f"Copyright (c) 2021 {story.outlet}", "", ""]
    return "\n".join(out)


def gale(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            story.title,
            *([f"Author: {story.author}"] if story.author else []),
            f"Date: Mar. {story.day}, 2021",
            f"From: {story.outlet}(Ostrand)",
            "Publisher: Valley Press",
            "Document Type: Article",
            f"Length: {story.words} words",
            "",
            "Full Text: ",
            f"COPYRIGHT 2021 {story.outlet}",
            "",
        ]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            "Source Citation (MLA 9th Edition)",
            f"“{story.title}.” {story.outlet}, {story.day} Mar. 2021. Gale OneFile, link.example/doc. Accessed 26 Mar. 2021.",
            f"Gale Document Number: GALE|A65500{number}",
            "",
        ]
    return "\n".join(out)


def westlaw(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            story.title,
            story.outlet,
            f"March {story.day}, 2021",
            "",
            f"2021 WLNR 841234{number}",
            "",
            f"{story.outlet} (Ostrand)",
            f"Copyright 2021 {story.outlet}",
            "",
            f"March {story.day}, 2021",
            "",
            f"Section: {story.section}",
            "",
            story.title,
            "",
            story.author,
            "",
        ]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            "---- Index References ----",
            "",
            "Company: VALLEY FERRIES",
            "",
            "News Subject: (Floods (1FL12))",
            "",
            "Language: EN",
            "",
            f"Word Count: {story.words}",
            "",
            "End of Document\t© 2021 Thomson Reuters. No claim to original U.S. Government Works.",
            "",
        ]
    return "\n".join(out)


def pressreader(stories: list[Story]) -> str:
    out = []
    for story in stories:
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"Article Name:{story.title}",
            f"Publication:{story.outlet}",
            f"Date:{story.day} Mar 2021",
            f"Section:{story.section}",
            *([f"Author:{story.author}"] if story.author else []),
            "Start Page:8",
            "End Page:8",
            "",
            "",
        ]
    return "\n".join(out)


def pressreader_printed(stories: list[Story]) -> str:
    out = []
    for story in stories:
        out += [story.title, f"{story.outlet} · {story.day} Mar 2021 · Page 4", ""]
        out += [f"By {story.author}", ""] if story.author else []
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += ["Printed and distributed by PressReader", "PressReader.com + 1 604 278 4604", ""]
    return "\n".join(out)


NEXIS_IN_OTHER_LANGUAGES = {
    "Dutch": (
        "{} van {} DOCUMENTEN",
        "{} maart 2021 dinsdag",
        ("AUTEUR", "RUBRIEK", "LENGTE", "TAAL", "LAADDATUM"),
        "woorden",
        "DUTCH; NEDERLANDS",
    ),
    "Spanish": (
        "Documento {} de {}",
        "martes {} de marzo de 2021",
        ("AUTOR", "SECCIÓN", "LONGITUD", "IDIOMA", "FECHA-CARGA"),
        "palabras",
        "SPANISH; ESPAÑOL",
    ),
    "Italian": (
        "Documento {} di {}",
        "{} marzo 2021 martedì",
        ("AUTORE", "SEZIONE", "LUNGHEZZA", "LINGUA", "DATA DI CARICAMENTO"),
        "parole",
        "ITALIAN; ITALIANO",
    ),
}


def nexis_in(language: str, stories: list[Story]) -> str:
    mark, date, labels, words, name = NEXIS_IN_OTHER_LANGUAGES[language]
    author, section, length, language_label, loaded = labels
    out = []
    for number, story in enumerate(stories, 1):
        out += [centred(mark.format(number, len(stories))), "", centred(story.outlet), ""]
        out += [centred(date.format(story.day)), "", *story.title_lines, ""]
        out += [f"{author}: {' '.join(story.byline_lines)}", ""] if story.author else []
        out += [f"{section}: 4", "", f"{length}: {story.words} {words}", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [f"{loaded}: {date.format(story.day)}", "", f"{language_label}: {name}", ""]
    return "\n".join(out)


def nexis_without_marks(stories: list[Story]) -> str:
    lines = nexis_classic(stories).split("\n")
    return "\n".join(line for line in lines if not line.strip().endswith(" DOCUMENTS"))


def europresse_text(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            f"{story.outlet}, no. 1234{number}",
            f"{story.section}, mardi {story.day} mars 2021 - 10:04 UTC {story.words} mots, p. 4",
            "",
            *story.title_lines,
            "",
        ]
        out += [" ".join(story.byline_lines), ""] if story.author else []
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += [
            f"© 2021 {story.outlet}. Tous droits réservés.",
            "Certificat émis le 26 mars 2021 à UNIVERSITÉ-D'OSTRAND à des fins de visualisation personnelle et temporaire.",
            f"news·202103{story.day}·VP·001{number}",
            "",
        ]
    return "\n".join(out)


def europresse_page(stories: list[Story]) -> str:
    out = ["<html><head><title>Europresse</title></head><body>"]
    for number, story in enumerate(stories, 1):
        paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
        author = (
            f'<p class="sm-margin-bottomNews">{escape(" ".join(story.byline_lines))}</p>'
            if story.author
            else ""
        )
        out.append(
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{story.outlet}, no. 1234{number}</span></div>'
            f'<div><span class="DocHeader">{story.section}, mardi {story.day} mars 2021 <span>{story.words} mots, p. 4</span></span></div>'
            f'<div class="titreArticle"><p class="titreArticleVisu">{escape(story.title)}</p></div>{author}</header>'
            f'<section><div class="docOcurrContainer">{paragraphs}</div></section>'
            f"<footer><small>© 2021 {story.outlet}. Tous droits réservés.</small><p>news·202103{story.day}·VP·001{number}</p></footer></article>"
        )
    return "".join([*out, "</body></html>"])


def labelled(
    stories: list[Story], labels: tuple[str, ...] = ("Title", "Source", "Date", "Author", "Text")
) -> str:
    title, source, date, author, text = labels
    out = []
    for number, story in enumerate(stories, 1):
        out += [
            f"Article {number}",
            f"{title}: {story.title}",
            f"{source}: {story.outlet}",
            f"{date}: {story.day}.03.2021",
            *([f"{author}: {story.author}"] if story.author else []),
            f"{text}:",
            *"\n\n".join(story.paragraphs).split("\n"),
            "",
            "-" * 40,
            "",
        ]
    return "\n".join(out)


def labelled_title_last(stories: list[Story]) -> str:
    out = []
    for story in stories:
        out += [f"Newspaper: {story.outlet}", f"Date: 2021-03-{story.day}", f"Title: {story.title}"]
        out += [f"Byline: {story.author}"] if story.author else []
        out += ["", "\n\n".join(story.paragraphs), "", "=" * 40, ""]
    return "\n".join(out)


def ris(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        authors = [
            f"AU  - {name.split()[1]}, {name.split()[0]}"
            for name in story.author.split(" and ")
            if name
        ]
        out += [
            "TY  - NEWS",
            f"T1  - {story.title}",
            *authors,
            f"T2  - {story.outlet}",
            f"DA  - 2021/03/{story.day}/",
            "PY  - 2021",
            "LA  - English",
            f"UR  - https://search.example/{number}",
            f"N2  - {' '.join(story.paragraphs)}",
            "ER  - ",
            "",
        ]
    return "\r\n".join(out)


def bibtex(stories: list[Story]) -> str:
    out = []
    for number, story in enumerate(stories, 1):
        author = f"  author = {{{story.author}}},\n" if story.author else ""
        abstract = " ".join(story.paragraphs)
        out.append(
            f"@article{{key{number},\n  title = {{{story.title}}},\n{author}  journal = {{{story.outlet}}},\n  year = {{2021}},\n  month = mar,\n  day = {{{story.day}}},\n  abstract = {{{abstract}}}\n}}\n"
        )
    return "\n".join(out)


def docx_of(paragraphs: list[str]) -> bytes:
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page_of(text: str, title: str = "Export") -> str:
    """A text as a web page with a paragraph for each block of lines."""
    blocks = text.split("\n\n")
    body = "".join(
        f"<p>{escape(block.strip()).replace(chr(10), '<br/>')}</p>"
        for block in blocks
        if block.strip()
    )
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
