"""Headline, authors and outlet of pages in the layouts of many countries and kinds of sites."""

from typing import NamedTuple

from clippings.corpus.author_lines import author_name, read_author_line
from clippings.corpus.zones import find_credits, find_zones

STORY = """\
The harbour road in Ostrand will stay closed until the end of the month after part of a sea wall \
collapsed on Monday night, the town council said.

“We cannot take the risk,” said Carla Dorn, who leads the council. “The next storm could bring \
down the rest of it.”

Two shops were damaged, and forty people were asked to leave their homes while engineers looked \
at the cracks in the stone.

Residents said they had warned the council twice last year that the wall was moving, and had been \
asked to wait."""
HEADLINE = "Harbour road closed after wall falls"


class Page(NamedTuple):
    """A page around the story, and what it says of itself."""

    text: str
    headline: str = HEADLINE
    author: str = ""
    outlet: str = ""


def page(*lines: str, **answers) -> Page:
    """A page of lines, STORY among them."""
    return Page("\n\n".join(lines), **answers)


PAGES = {
    "local paper, US": page(
        "Valley Post", "News", "Sports", "Obituaries", "Subscribe", "LOCAL NEWS", HEADLINE,
        "By ANNA BELL", "Staff writer", "March 16, 2021 10:04 am", STORY,
        "Anna Bell covers the harbour for the Valley Post. Reach her at abell@valleypost.example.",
        "© 2021 Valley Post. All rights reserved.",
        author="Anna Bell", outlet="Valley Post",
    ),
    "British paper": page(
        "Skip to main content", "Support The Ostrand Guardian", "News", "Opinion", "Sport",
        "Coast", HEADLINE, "Council says the wall is not safe and that repairs will take weeks",
        "Anna Bell and Tom Reed", "Tue 16 Mar 2021 07.15 GMT", "Share on Facebook", STORY,
        "The Ostrand Guardian is supported by its readers.",
        "© 2021 The Ostrand Guardian Media Group Limited",
        author="Anna Bell, Tom Reed", outlet="The Ostrand Guardian",
    ),
    "television station, US": page(
        "WOST 7", "Watch Live", "Weather", "Traffic", HEADLINE,
        "By Tom Reed", "Published March 16, 2021 at 6:12 PM | Updated March 16, 2021 at 7:40 PM",
        STORY, "Download the WOST 7 app", "Follow WOST 7 on Twitter", "Copyright 2021 WOST 7. All rights reserved.",
        author="Tom Reed", outlet="WOST 7",
    ),
    "wire copy": page(
        HEADLINE, "By Anna Bell, Northern Wire", "March 16, 2021", f"OSTRAND (Northern Wire) — {STORY}",
        "Reporting by Anna Bell; Editing by Lena Lund",
        author="Anna Bell",
    ),
    "wire copy signed at the end": page(
        HEADLINE, f"OSTRAND, March 16 (Reuters) - {STORY}",
        "(Reporting by Anna Bell in Ostrand and Tom Reed in Tolmere; Editing by Lena Lund)",
        author="Anna Bell, Tom Reed",
    ),
    "agency copy on the page of a paper": page(
        "Coast Courier", "Home", "News", "Sport", HEADLINE, "By Anna Bell, Associated Press", "March 16, 2021",
        STORY, "Copyright 2021 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
        "Subscribe to the Coast Courier", "About Coast Courier", "© 2021 Coast Courier",
        author="Anna Bell", outlet="Coast Courier",
    ),
    "blog": page(
        "Harbour Notes", "About", "Archive", HEADLINE, "Posted on March 16, 2021 by Anna Bell", STORY,
        "Filed under: Harbour", "Leave a comment",
        author="Anna Bell",
    ),
    "magazine with labels": page(
        HEADLINE, "Author:", "Anna Bell", "Publish date:", "Mar 16, 2021", STORY,
        author="Anna Bell",
    ),
    "German paper": page(
        "Startseite", "Politik", "Sport", "Hafenstraße in Ostrand nach Mauersturz gesperrt",
        "Von Anna Bell und Tom Reed", "16. März 2021, 9:14 Uhr",
        "Die Hafenstraße in Ostrand bleibt bis zum Ende des Monats gesperrt, nachdem am Montag ein Teil der Mauer eingestürzt ist, teilte die Stadt mit.",
        "Zwei Läden wurden beschädigt, und vierzig Menschen mussten ihre Häuser verlassen, während Fachleute die Risse in der Mauer untersuchten.",
        "Mehr zum Thema", "© 2021 Ostrander Anzeiger. Alle Rechte vorbehalten.",
        headline="Hafenstraße in Ostrand nach Mauersturz gesperrt", author="Anna Bell, Tom Reed", outlet="Ostrander Anzeiger",
    ),
    "French paper": page(
        "La route du port fermée après la chute d'un mur", "Par Anna Bell", "Publié le 16 mars 2021 à 9h14",
        "La route du port d'Ostrand restera fermée jusqu'à la fin du mois après la chute d'une partie du mur lundi soir, a annoncé la mairie.",
        "Deux magasins ont été endommagés et quarante personnes ont dû quitter leur logement pendant que les ingénieurs examinaient le mur.",
        "© 2021 Le Courrier d'Ostrand",
        headline="La route du port fermée après la chute d'un mur", author="Anna Bell", outlet="Le Courrier d'Ostrand",
    ),
    "Spanish paper": page(
        "Cerrada la carretera del puerto tras caer un muro", "Por Ana Bell | Ostrand",
        "La carretera del puerto de Ostrand seguirá cerrada hasta final de mes después de que parte del muro cayera el lunes, dijo el ayuntamiento.",
        "Dos tiendas sufrieron daños y cuarenta personas tuvieron que dejar sus casas mientras los ingenieros miraban las grietas del muro.",
        headline="Cerrada la carretera del puerto tras caer un muro", author="Ana Bell",
    ),
    "plain text": page(HEADLINE, STORY),
    "plain text, site in the headline": page(
        f"{HEADLINE} | The Valley Post", "Anna Bell, Political Editor", STORY,
        author="Anna Bell", outlet="The Valley Post",
    ),
    "headline below the date and author": page(
        "16 March 2021", "By Anna Bell", HEADLINE, STORY, author="Anna Bell",
    ),
    "headline of another story above": page(
        "Bread prices rise again in the valley", "Ferry strike enters its second week", HEADLINE,
        "By Anna Bell", "March 16, 2021", STORY, author="Anna Bell",
    ),
    "headline repeated, trail": page(
        f"Home › News › {HEADLINE}", HEADLINE, "Anna Bell - Mar 16, 2021, 8:15 pm", STORY,
        author="Anna Bell",
    ),
    "signed with a dash": page(HEADLINE, STORY, "— Anna Bell in Ostrand", author="Anna Bell"),
    "note on the author": page(
        HEADLINE, STORY, "Anna Bell is a reporter for the Valley Post who lives in Ostrand.", author="Anna Bell",
    ),
    "guest": page(HEADLINE, "Guest contributor", STORY, author="Guest contributor"),
    "staff": page(
        HEADLINE, "Valley Post staff", "March 16, 2021", STORY, "Source: Valley Post",
        author="Valley Post staff", outlet="Valley Post",
    ),
    "first printed elsewhere": page(
        HEADLINE, "Anna Bell", "March 16, 2021", STORY, "This article first appeared in the Coast Courier.",
        author="Anna Bell", outlet="Coast Courier",
    ),
    "address of the page": page(
        HEADLINE, "By Anna Bell", STORY, "Valley Post", "https://www.valleypost.example/2021/03/harbour-road-closed-after-wall-falls",
        author="Anna Bell", outlet="Valley Post",
    ),
    "capitals": page(HEADLINE.upper(), "BY ANNA BELL AND TOM REED", STORY, headline=HEADLINE.upper(), author="Anna Bell, Tom Reed"),
    "question": page("Who closed the harbour road?", "Anna Bell", "16 March 2021", STORY, headline="Who closed the harbour road?", author="Anna Bell"),
    "another paper is quoted": page(HEADLINE, STORY, "“It moved every winter,” a fisher told the Coast Courier."),
    "story only": page(STORY, headline=""),
}  # fmt: skip


def test_pages():
    failures = []
    for name, expected in PAGES.items():
        credits = find_credits(expected.text)
        wanted = (expected.headline, expected.author, expected.outlet)
        if tuple(credits) != wanted:
            failures.append((name, tuple(credits), wanted))
    assert failures == []
