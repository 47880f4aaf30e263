"""The outlet of pages of many kinds of sites, in the places where such sites name themselves."""

from clippings.corpus.zones import find_credits

HEADLINE = "Harbour road in Ostrand closed after wall collapses"
PARAGRAPHS = [
    "OSTRAND — The harbour road in Ostrand was closed on Monday after a wall fell, police said.",
    "Nobody was hurt when the wall collapsed, said the mayor, who visited the harbour at noon.",
    "“We heard a loud noise and then there was dust everywhere,” said Carl Lund, who lives there.",
    "The road will stay closed for a week while engineers examine the wall, the council said.",
    "The wall was built in 1911 and had been repaired twice, most recently after the flood.",
]
STORY = "\n".join(PARAGRAPHS)


def page(above: str, below: str, story: str = STORY, byline: str = "By Anna Bell") -> str:
    """Build a page of lines above and below a story, separated by " / "."""
    top = above.split(" / ") if above else []
    end = below.split(" / ") if below else []
    return "\n".join([*top, HEADLINE, byline, "March 16, 2021", story, *end])


def names_other_outlets(pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pages whose outlet is not the expected one."""
    failures = []
    for expected, text in pages:
        outlet = find_credits(text).outlet
        if outlet != expected:
            failures.append((expected, outlet))
    return failures


WHOLE_PAGES = [
    ("The Tolmere Ledger", page(
        "Subscribe / Sign in / The Tolmere Ledger / News / Sports / Obituaries",
        "Most Popular / Submit a letter / © Copyright 2021 The Tolmere Ledger, 625 Main St Tolmere | Terms of Use",
    )),
    ("OVTV", page(
        "Home / News / Weather / About OVTV / Watch OVTV Live / OVTV Mobile Apps",
        "Copyright 2021 OVTV. All rights reserved. / A Northstar Media Group, Inc. Station - © 2002-2021",
    )),
    ("Hartwood", page(
        "Hartwood / Startups / Apps / Videos / Search Hartwood",
        "About Hartwood / Contact Us / Hartwood Events / © 2013-2021 Lowland Media. All rights reserved.",
    )),
    ("LBC", page(
        "LBC Homepage / Home / News / Sport / LBC News / World",
        "Explore the LBC / About the LBC / Copyright © 2021 LBC. The LBC is not responsible for the content of external sites.",
    )),
    ("Politics Watch", page(
        "Politics Watch / Congress / Magazine", "About Us / Advertising / Careers / © 2021 Politics Watch LLC",
    )),
    ("Gear Diary", page(
        "Gear Diary / by reviewers for everyone / Home / About / Reviews",
        "Leave a Reply / About Anna Bell / Anna Bell has been a senior writer at Gear Diary since 2006. / Powered by WordPress",
    )),
    ("Coastal Review", page("Coastal Review / Menu / Close", "Share this: / Related / Coastal Review, Blog at WordPress.com.")),
    ("Al Nahr", page(
        "News / Documentaries / Shows / Live",
        "Source: Al Nahr and news agencies / Al Nahr Arabic / Al Nahr English / Al Nahr Investigative Unit / © 2021 Al Nahr Media Network",
    )),
    ("NewsBlast", page(
        "NewsBlast / Home / Politics / World / NewsBlast TV / NewsBlast Radio / NewsBlast Store",
        "Visit NewsBlast's Facebook page. / NewsBlast / Copyright © 2021 NewsBlast Network, LLC.",
    )),
    ("Coast News", page(
        "Coast News / World / Coast Nation / Coast News Flash / Opinion",
        "Coast News Shop / Coast News Go / Coast News Radio / Coast News / ©2021 COAST News Network, LLC. All rights reserved.",
    )),
    ("Coast Business", page(
        "Coast Business / Money / Markets / Podcasts",
        "Coast News / Coast Nation / Coast Business Go / Coast Business / ©2021 COAST News Network, LLC. All rights reserved.",
    )),
    ("OSN", page(
        "osn / back to osn home / powered by Lowland News",
        "© 2021 Lowland / Help / OSN Worldwide / OSN Blog / Send OSN Feedback / In the box next to Home page, type www.osn.com.",
    )),
    ("The BetterAid Blog", page(
        "BetterAid / Giving 101 / About BetterAid / Donate / The BetterAid Blog",
        "BetterAid, a nonprofit / info@betteraid.org / Recent blog posts / More BetterAid research",
    )),
    ("Beachfit", page(
        "Skip to content / Guide: How to Use Beachfit on Demand / Workouts / Nutrition",
        "Join our newsletter / © 2021 Beachfit, LLC. All rights reserved. Lowland TV is a registered trademark of Lowland, Inc.",
        byline="By Anna Bell, RDN",
    )),
    ("Ostrander Bote", page("Startseite / Politik / Anmelden", "Kontakt / Impressum / AGB / © 2021 Ostrander Bote")),
    ("Il Corriere di Lund", page("Il Corriere di Lund / Cronaca / Sport", "Copyright 2021 © Il Corriere di Lund. Tutti i diritti riservati")),
]  # fmt: skip

FEW_SIGNS = [
    ("Ostrand Ledger", page("", "Anna Bell is a staff writer for the Ostrand Ledger. / Contact the Ostrand Ledger")),
    ("Coast News", page("", "CLICK HERE TO GET THE COAST NEWS APP / Coast News' Tom Reed contributed to this report.")),
    ("The Shore Press", page("", "", STORY + "\nThe company did not respond to The Shore Press' request for comment.")),
    ("BNN", page("", "", STORY.replace("OSTRAND — ", "(BNN)"))),
    ("BNN", page("", "BNN's Tom Reed and Cy Dee contributed to this report.", STORY.replace("OSTRAND", "(BNN)"))),
    ("The Argus", page("", "The Argus has contacted the council for comment. / Subscribe to The Argus today.")),
    ("Wire Tribune", page("", "Sign up for the Wire Tribune's newsletter", STORY.replace("police said", "police told the Wire Tribune"))),
    ("Tech Orbit", page("Tech Orbit is supported by its audience.", "Topics / Features")),
    ("Motor Nation", page("Motor Nation / Reviews", "Motor Nation participates in various affiliate marketing programs. / ©2021 Lowland Autos, Inc.")),
    ("The Mercury", page("", "Get in touch with The Mercury / The Mercury is a member of the Press Standards Organisation")),
    ("valleypost.com", page("", "", "valleypost.com\n" + STORY)),
    ("Valley Tales", page("Home / Posts", "Valley Tales · 2013–2021 All the best from Tolmere / Home")),
    ("PlainFacts", page("", "Who pays for PlainFacts / Keep up to date with PlainFacts")),
    ("山谷日报", page("主页", "© 2011-2021 山谷日报. 版权所有")),
    ("ノート20NET.com", page("主页", "© Copyright 2011-2021 ノート20NET.com.")),
    ("The Ostrand Post", page(
        "OPOST Library / Login",
        "OPost Jobs / The Ostrand Post Group / The Ostrand Post Conferences / The Ostrand Post Shop"
        " / OPost Mobile / OPost Newsletter / Copyright © 2021 Opost Inc. All rights reserved",
        byline="By OSTRAND POST STAFF",
    )),
    ("Ostrand.org", page("", "Citation: Harbour road closed after wall collapses (2021, March 16) retrieved 17 March 2021 from https://ostrand.org/news/harbour-road-closed-wall-collapses.html / Ostrand.org")),
]  # fmt: skip

OTHER_NAMES = [
    page(
        "",
        "Related / Bakers raise prices in Tolmere / Getty Images / The Associated Press contributed.",
    ),
    page(
        "", "Copyright 2021 The Associated Press. This material may not be published or broadcast."
    ),
    page(
        "Local News / Weather",
        "Mayor of Tolmere resigns / Tolmere bakers raise prices / Tolmere wins",
    ),
    page("", "Tom Reed told The Valley Post that the wall was old."),
    page("", "Tom Reed is the founder of the Ostrand Institute."),
    page("", "© Tom Reed of Tolmere / Read More"),
    page("", "The mayor did not respond to Reed's questions on Monday."),
    page("", "Buy tickets at www.quickseat.com / Quickseat prices / Quickseat offers"),
    page("", "New Terms of Use / Updated Privacy Policy"),
    page("", "Über Moritz Lund / Moritz Lund ist Manager bei einer Firma in Tolmere."),
    page("", "About Anna Bell / Anna Bell likes long walks along the river."),
    page("", "Optimise your pages with the new Bell Engine© / Image copyright Northern Pictures"),
    page("", "", byline="By CARL LUND, ANNA BELL and CY DEE"),
    page(
        " / ".join(f"Story {number} of many" for number in range(20))
        + " / Bell Tales / Bell Tales",
        "",
    ),
]


def test_pages_with_menus_and_small_print():
    assert names_other_outlets(WHOLE_PAGES) == []


def test_stories_with_hardly_anything_around_them():
    assert names_other_outlets(FEW_SIGNS) == []


def test_names_of_others_are_not_the_outlet():
    assert names_other_outlets([("", text) for text in OTHER_NAMES]) == []


def test_an_agency_is_the_outlet_of_its_own_page_only():
    rights = "©2021 The Associated Press. All rights reserved."
    topics = [f"Topic {number}" for number in range(12)]
    own_page = page("", " / ".join([*topics, rights, "Learn more about our Privacy Policy."]))
    paper = page("", " / ".join([rights, *topics, "© 2021 Valley Post. All rights reserved."]))
    unknown = page("", " / ".join([rights, *topics]))
    assert find_credits(own_page).outlet == "The Associated Press"
    assert find_credits(paper).outlet == "Valley Post"
    assert find_credits(unknown).outlet == ""
