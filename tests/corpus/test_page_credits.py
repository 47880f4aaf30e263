"""Headline, authors and outlet of pages in the layouts of many countries and kinds of sites."""

from typing import NamedTuple

from clippings.core.tables import STORY as STORY_ZONES
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
asked to wait.

The council will meet on Thursday to decide who is to pay for the work, which is expected to cost \
about 4 million crowns."""
HEADLINE = "Harbour road closed after wall falls"


class Page(NamedTuple):
    """A page around the story, and what it says of itself."""

    text: str
    headline: str = HEADLINE
    author: str = ""
    outlet: str = ""


def page(*lines: str, **answers) -> Page:
    """Build a page of lines with STORY among them."""
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
    "staff without a paper": page(HEADLINE, "By Staff Reports -", "March 16, 2021", STORY, author="Staff Reports"),
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


AUTHOR_LINES = [
    ("By Anna Bell and Tom Reed, Reuters", "by", ["Anna Bell", "Tom Reed"]),
    ("By Anna Bell -", "by", ["Anna Bell"]),
    ("By Staff Reports –", "by", ["Staff Reports"]),
    ("BY ANNA BELL", "by", ["ANNA BELL"]),
    ("By ANNA BELL, TOM REED and LENA LUND Associated Press", "by", ["ANNA BELL", "TOM REED", "LENA LUND"]),
    ("By Anna Bell, Political Editor, and Tom Reed", "by", ["Anna Bell", "Tom Reed"]),
    ("By Anna Bell in Ostrand and Tom Reed in Tolmere", "by", ["Anna Bell", "Tom Reed"]),
    ("By Anna Bell | Special to the Valley Post", "by", ["Anna Bell"]),
    ("By Anna BellVPNews", "by", ["Anna Bell"]),
    ("By Anna Bell anna.bell@post.example", "by", ["Anna Bell"]),
    ("By Anna Bell On 11/13/21 at 4:00 PM EST", "by", ["Anna Bell"]),
    ("By Khalid al-Bell", "by", ["Khalid al-Bell"]),
    ("By Anna van der Lund Jr.", "by", ["Anna van der Lund Jr."]),
    ("Monday May 3, 2021 7:45 am by Anna Bell", "by", ["Anna Bell"]),
    ("Analysis by Anna Bell, VPN Editor-at-large", "by", ["Anna Bell"]),
    ("Von Anna Bell publiziert am 25. September 2018", "by", ["Anna Bell"]),
    ("Par Anna Bell, avec AFP", "by", ["Anna Bell"]),
    ("Por Ana Bell | Madrid", "by", ["Ana Bell"]),
    ("Di Anna Bell", "by", ["Anna Bell"]),
    ("Author: Anna Bell", "label", ["Anna Bell"]),
    ("Autorin: Anna Bell", "label", ["Anna Bell"]),
    ("By", "nothing", []),
    ("Anna Bell, Political Editor", "post", ["Anna Bell"]),
    ("Anna Bell Senior Contributor", "post", ["Anna Bell"]),
    ("Anna BellView More Articles", "post", ["Anna Bell"]),
    ("Anna Bell - Nov 19, 2021, 8:15 pm CST", "date", ["Anna Bell"]),
    ("Valley Post staff", "house", ["Valley Post staff"]),
    ("Ostrand, Valley Post Bureau | Updated: 19 November 2021", "house", ["Valley Post Bureau"]),
    ("Reuters", "house", ["Reuters"]),
    ("Guest contributor", "house", ["Guest contributor"]),
    ("Anna Bell and Tom Reed", "bare", ["Anna Bell", "Tom Reed"]),
    ("Anna Bell (@annabell)", "bare", ["Anna Bell"]),
    ("By the time they came, the river had risen", "", []),
    ("By Monday the river had risen", "", []),
    ("Posted by admin on May 3, 2021", "", []),
    ("BELL INC 4TH QTR JAN 31 NET", "", []),
    ("The boats by June Lund sell well", "", []),
]  # fmt: skip


def test_lines_that_name_authors():
    failures = []
    for line, form, names in AUTHOR_LINES:
        author_line = read_author_line(line)
        printed = [line[name.start : name.end] for name in author_line.names]
        if (author_line.form, printed) != (form, names):
            failures.append((line, author_line.form, printed))
    assert failures == []


def test_names_in_capitals_are_written_in_small_letters():
    names = {
        "ANNA BELL": "Anna Bell",
        "SEAN O'NEIL": "Sean O'Neil",
        "ANNA BELL-LUND": "Anna Bell-Lund",
        "J.R. BELL III": "J.R. Bell III",
        "TOM MCBELL": "Tom McBell",
        "AFP": "AFP",
        "Anna Bell": "Anna Bell",
        "the Coast Courier news desk": "Coast Courier news desk",
    }
    assert {name: author_name(name) for name in names} == names


PARAGRAPHS = STORY.split("\n\n")
# Notices between paragraphs; " / " separates their lines.
NOTICES = [
    "This article is for subscribers only. / Already a subscriber? Log in / You have 2 free articles left this month.",
    "Sign up to Morning Letter / Free daily newsletter / Our morning email breaks down the key stories of the day, telling you what is happening. / after newsletter promotion",
    "To continue reading this article, log in or create an account.",
    "Start your free trial",
    "Advertisement / Article continues below",
    "Advertisement - story continues below",
    "If you value our reporting, please consider supporting us.",
    "Get the Valley Post app",
    "Listen to this article / 5 min",
    "RELATED STORIES / Who pays for the sea wall? / Storm leaves thousands without power",
    "RELATED | Storm leaves thousands without power",
    "[ Storm leaves thousands without power ]",
    "More on this story / Storm leaves thousands without power",
    "Trending / Ferry strike enters its second week / Bread prices rise again",
    "This is a breaking news story. Please check back for updates.",
    "More to follow.",
    "Correction (3 May 2021): The builder is Dorn and Sons, not Dorn Brothers.",
    "Editor's note: This article contains descriptions of violence.",
    "To view this content, click 'Allow and continue'.",
    "Have you been affected by the storm? Email us at news@valleypost.example.",
    "Anna Bell is a reporter for the Valley Post. / Contact her at anna.bell@valleypost.example",
    "Comments (12)",
    "Sponsored by the Ostrand Savings Bank",
    "Lesen Sie auch / Sturm über Ostrand und Tolmere",
    "Anzeige",
    "À lire aussi / Tempête sur la ville d'Ostrand",
    "Publicidad",
]  # fmt: skip


def test_notices_between_paragraphs_are_not_story():
    failures = []
    for notice in NOTICES:
        lines = notice.split(" / ")
        text = "\n\n".join([HEADLINE, *PARAGRAPHS[:2], *lines, *PARAGRAPHS[2:]])
        zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
        in_story = [line for line in lines if zones[line] in STORY_ZONES]
        lost = [line for line in PARAGRAPHS if zones[line] != "body"]
        if in_story or lost:
            failures.append((in_story, lost))
    assert failures == []


def test_the_last_paragraph_stays_below_a_notice():
    lost = []
    for notice in ("Advertisement", "You have 2 free articles left this month.", "Read more"):
        text = "\n\n".join([HEADLINE, *PARAGRAPHS[:4], notice, PARAGRAPHS[4]])
        zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
        if zones[PARAGRAPHS[4]] != "body":
            lost.append(notice)
    assert lost == []


def test_a_subhead_below_an_advertisement_stays():
    text = "\n\n".join([*PARAGRAPHS[:2], "Advertisement", "Cracks in the stone", *PARAGRAPHS[2:]])
    zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
    assert zones["Cracks in the stone"] == "subhead"


POSTS = [
    "The road is shut until the end of the month, the council says.",
    "Forty people have left their homes and are in the school, police say.",
    "A wall has fallen at the harbour in Ostrand, reports say.",
]
TIMES = [
    ("18:45", "18:30", "17:10"),
    ("2 hours ago", "3 hours ago", "4 hours ago"),
    ("12 min ago", "1 hr 2 min ago", "2 hr ago"),
    ("6.45pm GMT", "6.30pm GMT", "5.10pm GMT"),
    ("18.45 Uhr", "18.30 Uhr", "17.10 Uhr"),
    ("18h45", "18h30", "17h10"),
    ("10:12 AM", "10:40 AM", "11:02 AM"),
    ("3 May 2021, 18:45", "3 May 2021, 18:30", "3 May 2021, 17:10"),
    ("Posted at 18:45", "Posted at 18:30", "Posted at 17:10"),
    ("[18:45]", "[18:30]", "[17:10]"),
]


def test_every_post_of_a_live_report_is_story():
    failures = []
    for times in TIMES:
        lines = [line for pair in zip(times, POSTS, strict=True) for line in pair]
        text = "\n\n".join([HEADLINE, *lines])
        zones = {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}
        if [zones[post] for post in POSTS] != ["body"] * 3 or zones[times[1]] != "dateline":
            failures.append((times, zones))
    assert failures == []


def test_a_list_of_other_stories_with_times_is_not_a_live_report():
    others = [
        "Ferry strike enters its second week",
        "2 hours ago",
        "The captains stay away from talks.",
    ] * 4
    text = "\n\n".join([HEADLINE, *PARAGRAPHS * 2, "Most read", *others])
    story = [text[zone.start : zone.end] for zone in find_zones(text) if zone.zone in STORY_ZONES]
    assert story == [HEADLINE, *PARAGRAPHS * 2]


FIRST_LINES = [
    "Wall falls", "HARBOUR ROAD CLOSED", "Harbour road closed on May 3", "Storm of March 12: what fell", "Photos: the wall after it fell",
    "Analysis: why the wall fell", "Watch: the road falls", "No comment from the council", "12 comments on a wall",
    "By Monday, the wall was gone", "Trump and Bell talk of walls...", "LIVE: road closed", "Search for walls goes on",
    "Harbour Road Is Closed After Sea Wall Falls.", "“We cannot wait”", "Home at last", "4 things to know",
]  # fmt: skip


def test_the_first_line_of_a_plain_text_is_its_headline():
    wrapped = (
        "The harbour road in Ostrand will stay closed until the end\nof the month after part of a sea wall "
        "collapsed on Monday\nnight, the council said.\n\nTwo shops were damaged, and forty people were asked\n"
        "to leave their homes."
    )
    failures = []
    for headline in FIRST_LINES:
        for text in (f"{headline}\n\n{STORY}", f"{headline}\n{STORY}", f"{headline}\n\n{wrapped}"):
            if find_credits(text).headline != headline:
                failures.append((headline, text[:60], find_credits(text).headline))
    assert failures == []


def test_a_headline_over_two_lines_or_right_above_wrapped_text():
    two_lines = f"Harbour road closed after\nwall falls into the sea\n\n{STORY}"
    assert find_credits(two_lines).headline == "Harbour road closed after wall falls into the sea"
    wrapped = (
        "The harbour road in Ostrand will stay closed until the end of\nthe month after part of a sea wall "
        "collapsed on Monday night,\nthe council said, and nobody knows who is to pay for the work."
    )
    assert find_credits(f"{HEADLINE}\n{wrapped}").headline == HEADLINE
    assert (
        find_credits(f"{HEADLINE.upper()} AND MORE OF IT\n{wrapped}").headline
        == f"{HEADLINE.upper()} AND MORE OF IT"
    )
    assert find_credits(wrapped).headline == ""


NO_OUTLETS = [
    "Follow Anna Bell on Twitter.",
    "“No,” she said to the court. The court has asked the Ministry of Water for papers.",
    "The wall was first reported on by Tom Reed, as an article published in The Coast Courier says.",
    "(Image: © Ostrand Survey)",
    "About Anna Bell",
]


def test_others_that_a_page_names_are_not_its_outlet():
    failures = [
        (line, find_credits(f"{HEADLINE}\n\nBy Anna Bell\n\n{STORY}\n\n{line}").outlet)
        for line in NO_OUTLETS
        if find_credits(f"{HEADLINE}\n\nBy Anna Bell\n\n{STORY}\n\n{line}").outlet
    ]
    assert failures == []


def test_a_story_below_a_column_of_teasers():
    teasers = [
        "Ferry captains will stay away from the talks with the company for another week, a union said in the evening after a long vote.",
        "Bread will cost more from June on, bakers in the hills say, because flour from abroad has become rare and mills stand still.",
        "A whale was seen off the northern islands again, and scientists who followed it by boat counted eleven others far from the coast.",
        "The museum of clocks opens its doors once more after four years of repairs, with a show on bells, towers and sundials of old.",
    ]
    story = "\n\n".join(PARAGRAPHS)
    text = "\n\n".join([*teasers, HEADLINE, "By Anna Bell", "March 16, 2021", story])
    assert find_credits(text).headline == HEADLINE
    bodies = [text[zone.start : zone.end] for zone in find_zones(text) if zone.zone == "body"]
    assert bodies == PARAGRAPHS
