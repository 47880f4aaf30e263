"""Live reports: the forms of the time above a post, and lists that only resemble posts."""

from clippings.corpus.zones import find_zones

HEADLINE = "Harbour road closed in Ostrand – live"
POSTS = (
    "The harbour road is shut until the end of the month, the council says.",
    "Forty people have left their homes and are in the school, police say.",
    "A wall has fallen at the harbour in Ostrand, reports say.",
)
PARAGRAPHS = (
    "The harbour road in Ostrand will stay closed until the end of the month after part of a sea "
    "wall collapsed on Monday night, the council said.",
    "Two shops were damaged, and forty people were asked to leave their homes in the old town.",
)
STORY = ("headline", "body", "subhead", "dateline")

HEADS_OF_POSTS = (
    ("18:45", "18:30", "17:10"),
    ("18:45:11", "18:30:02", "17:10:40"),
    ("18.45 Ann Bell", "18.30 Tom Reed", "17.10 Ann Bell"),
    ("Ann Bell, 18:45", "Tom Reed, 18:30", "Ann Bell, 17:10"),
    ("1845 GMT", "1830 GMT", "1710 GMT"),
    ("6:45 PM EST, Tue November 6, 2018", "6:30 PM EST, Tue November 6, 2018", "5:10 PM EST"),
    ("Tue 6 Nov 2018 18.45 GMT", "Tue 6 Nov 2018 18.30 GMT", "Tue 6 Nov 2018 17.10 GMT"),
    ("2018-11-06 18:45", "2018-11-06 18:30", "2018-11-06 17:10"),
    ("06.11.2018, 18:45 Uhr", "06.11.2018, 18:30 Uhr", "06.11.2018, 17:10 Uhr"),
    ("18:45 | Road closed", "18:30 | People leave", "17:10 | Wall falls"),
    ("18:45 – Road closed", "18:30 – People leave", "17:10 – Wall falls"),
    ("6.45pm Road closed", "6.30pm People leave", "5.10pm Wall falls"),
    ("Update 18:45", "Update 18:30", "Update 17:10"),
    ("Just now", "20 minutes ago", "an hour ago"),
    ("2m ago", "45m ago", "1h ago"),
    ("Today, 00:45", "Yesterday, 23:15", "Yesterday, 22:50"),
    ("Il y a 5 minutes", "Il y a 17 minutes", "Il y a une heure"),
    ("Vor 5 Minuten", "Vor 17 Minuten", "Vor einer Stunde"),
    ("Hace 5 minutos", "Hace 17 minutos", "Hace una hora"),
    ("5 minuti fa", "17 minuti fa", "un'ora fa"),
    ("5 minuten geleden", "17 minuten geleden", "een uur geleden"),
    ("Há 5 minutos", "Há 17 minutos", "Há uma hora"),
    ("5 minuter sedan", "för 17 minuter sedan", "en timme sedan"),
    ("5 минут назад", "17 мин. назад", "1 час тому назад"),
    ("5 minut temu", "17 min. temu", "1 godz. temu"),
    ("5 dakika önce", "17 dk. önce", "1 saat önce"),
    ("5分钟前", "17 分钟前", "1小时前"),
    ("Heute um 00:45", "Gestern um 23:15 Uhr", "Gestern um 22:50 Uhr"),
    ("Hoy a las 00:45", "Ayer a las 23:15", "Ayer a las 22:50"),
    ("18:45\n\nBy Ann Bell", "18:30\n\nBy Tom Reed", "17:10\n\nBy Ann Bell"),
    ("18:45\n\nRoad closed", "18:30\n\nPeople leave", "17:10\n\nWall falls"),
    ("18:45\n\nShare", "18:30\n\nShare", "17:10\n\nShare"),
    (
        "Road closed\n\npublished at 18:45 6 November 2018",
        "People leave\n\npublished at 18:30 6 November 2018",
        "Wall falls\n\npublished at 17:10 6 November 2018",
    ),
)


def zones_of(text: str) -> dict[str, str]:
    return {text[zone.start : zone.end]: zone.zone for zone in find_zones(text)}


def test_every_post_of_a_live_report_is_story_whatever_stands_above_it():
    failures = []
    for heads in HEADS_OF_POSTS:
        lines = [line for pair in zip(heads, POSTS, strict=True) for line in pair]
        zones = zones_of("\n\n".join([HEADLINE, *lines]))
        if [zones[post] for post in POSTS] != ["body"] * 3 or "dateline" not in zones.values():
            failures.append((heads, zones))
    assert failures == []


OTHER_ARTICLES = (
    ("Ferry strike enters its second week\n\n2 hours ago", "The captains stay away from talks."),
    ("18:45 | Ferry strike enters its second week", "The captains stay away from talks."),
    ("Ferry strike enters its second week, 2 hours ago", "The captains stay away from talks."),
)


def test_a_list_of_other_articles_with_times_is_not_a_live_report():
    failures = []
    for title, teaser in OTHER_ARTICLES:
        text = "\n\n".join([HEADLINE, *PARAGRAPHS * 2, "Most read", *([title, teaser] * 4)])
        zones = zones_of(text)
        if zones[teaser] in STORY or zones[PARAGRAPHS[1]] != "body":
            failures.append((title, zones))
    assert failures == []
