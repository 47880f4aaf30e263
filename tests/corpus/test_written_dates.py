"""Dates as people write them, and texts that only look like dates."""

from datetime import date

import pytest
from babel.dates import get_day_names, get_month_names

from clippings.core.lexicon import read_lexicon
from clippings.corpus.written_dates import (
    CALENDAR_NAMES,
    find_compact_dates,
    find_written_dates,
    is_day_first,
    read_written_date,
)

DAY = date(2021, 3, 16)  # a Tuesday

SAME_DAY = """
16 March 2021
16th March, 2021
16th of March 2021
March 16, 2021
March 16 2021
March 16th, 2021 at 11:08 a.m.
MARCH 16, 2021
16 MAR 2021
Mar 16, 2021 10:04 am ET
Mar. 16, 2021 5:52 AM EST
Tuesday 16 March 2021 | 07.15 GMT
Tue, Mar 16 20217:05 AM EST
Tues., March 16, 2021
10:48, Tue, Mar 16, 2021
March 16, 2021 Tuesday
Tue Mar 16 10:00:00 2021
Tue Mar 16 15:23:11 EST 2021
Tue Mar 16 2021 10:11:12 GMT+0100
Tue, 16 Mar 2021 10:00:00 GMT
16-Mar-21
16-Mar-2021
16Mar2021
16 Mar '21
16 Mar 21
2021-Mar-16
2021, March 16
16/03/21
16/03/2021
3/16/2021
3/16/21 11:04 PM EST
16.03.2021, 08:57
16. 3. 2021
16-03-2021
2021-03-16
2021-3-16
2021-03-16T12:48:14Z
2021-03-16T12:48:14.000+01:00
2021-03-16 08:00:00 UTC
2021/03/16
2021.03.16
2021. 3. 16.
2021年3月16日
2021年03月16日 10:15
2021年3月16日（火）10時15分
令和3年3月16日
2021년 3월 16일 화요일
16. März 2021
16. Maerz 2021
Dienstag, den 16. März 2021, 9:14 Uhr
16 mars 2021 à 10h15
le 16 mars 2021
16 de marzo de 2021
martes, 16 de marzo de 2021 a las 10:15
16 marzo 2021
terça-feira, 16 de Março de 2021
terça-feira, 16 de Marco de 2021
16 de març del 2021
16 maart 2021 om 10:15 uur
16. marts 2021 kl. 10.04
16. maaliskuuta 2021
16 марта 2021 г.
16 марта 2021 года, 10:15
16 Березня 2021
16. března 2021
16 marca 2021
2021. március 16.
16 Mart 2021 Salı
16 Μαρτίου 2021
16 मार्च 2021
16 מרץ 2021
16 במרץ 2021
16 مارس 2021
١٦ مارس ٢٠٢١
16 آذار/مارس 2021
16 tháng 3, 2021
16 tháng 3 năm 2021
16 Maret 2021
16 มีนาคม 2564
""".strip().split("\n")

ONLY_IN_FIELDS = [
    "20210316",
    "20210316T101500Z",
    "D:20210316101500+01'00'",
    "Mar 16, 21",
    "16-03-21",
]

OTHER_DAYS = {
    "02 Ago 2017": date(2017, 8, 2),
    "25. September 2018": date(2018, 9, 25),
    "sexta-feira, 22 de Novembro de 2019": date(2019, 11, 22),
    "1er janvier 2020": date(2020, 1, 1),
    "1 d’abril de 2021": date(2021, 4, 1),
    "1º maggio 2021": date(2021, 5, 1),
    "5. Jänner 2021": date(2021, 1, 5),
    "29 February 2020": date(2020, 2, 29),
    "7 juill. 2020": date(2020, 7, 7),
    "16 listopada 2021, wtorek": date(2021, 11, 16),  # in Polish; Croatian means October
    "31.12.1999": date(1999, 12, 31),
    "31/12/99": date(1999, 12, 31),
}

NOT_DATES = """
31 June 2021
June 31, 2021
29 February 2021
30/02/2021
13/13/2021
2021-13-01
99/99/99
on page 3/4
prices of 10.5 and 11.2
version 1.2.2021 of the plan
v1.2.2021
1.2.2021.4
call 555-12-2021
+49 30 1203 2021
the score was 10-12-15
won 6-3 6-4 7-5
it is open 24/7/365
uploads/2018/10/26e39cee
$12/10/20
10.5.2021%
16-18 March 2021
March 16-18, 2021
March 2021
in March 2021 10 people
you may 3 times
16 listopada 2021
1609459200
""".strip().split("\n")


def _not_read_as(texts: dict[str, date], read) -> dict:
    return {text: read(text) for text, day in texts.items() if read(text) != [day]}


def _days_found(text: str) -> list:
    return [written.day_of_calendar for written in find_written_dates(text)]


def _day_read(text: str) -> list:
    written = read_written_date(text)
    return [written.day_of_calendar] if written and not written.is_ambiguous else []


def test_days_in_many_languages_and_orders_are_found_and_read():
    texts = dict.fromkeys(SAME_DAY, DAY) | OTHER_DAYS
    assert _not_read_as(texts, _days_found) == {}
    assert _not_read_as(dict.fromkeys(SAME_DAY, DAY), _day_read) == {}
    assert _not_read_as(dict.fromkeys(ONLY_IN_FIELDS, DAY), _day_read) == {}


def test_what_is_not_in_the_calendar_or_not_a_date_is_passed_over():
    assert {text: _days_found(text) for text in NOT_DATES if _days_found(text)} == {}
    assert [text for text in NOT_DATES if read_written_date(text)] == []


def test_spans_hold_the_date_and_the_weekday_before_it():
    text = "By Ann Bell | Tuesday, March 16, 2021 at 10:04; PublishedNovember 18, 2019Updated"
    spans = [text[written.start : written.end] for written in find_written_dates(text)]
    assert spans == ["Tuesday, March 16, 2021", "November 18, 2019"]


@pytest.mark.parametrize("separator", ["/", "-"])
def test_day_and_month_that_could_be_exchanged_are_left_open(separator):
    text = separator.join(("03", "04", "2021"))
    (written,) = find_written_dates(text)
    assert written.is_ambiguous
    assert set(written.readings) == {date(2021, 4, 3), date(2021, 3, 4)}
    assert read_written_date(text, day_first=True).day_of_calendar == date(2021, 4, 3)
    assert read_written_date(text, day_first=False).day_of_calendar == date(2021, 3, 4)
    assert read_written_date(text, day_first=False).order == "mdy"


def test_a_weekday_or_a_number_above_twelve_decides_the_order():
    texts = {
        "Saturday 03/04/2021": date(2021, 4, 3),
        "Thursday 03/04/2021": date(2021, 3, 4),
        "13/04/2021": date(2021, 4, 13),
        "04/13/2021": date(2021, 4, 13),
        "04/04/2021": date(2021, 4, 4),
        "03.04.2021": date(2021, 4, 3),
    }
    assert _not_read_as(texts, _day_read) == {}


def test_other_dates_of_a_column_show_the_order():
    def order(text: str) -> bool | None:
        return is_day_first(find_written_dates(text))

    assert order("03/04/2021 31/12/2021") is True
    assert order("03/04/2021 12/31/2021") is False
    assert order("03/04/2021 04/04/2021 16 March 2021 2021-03-16") is None
    assert order("31/12/2021 12/31/2021") is None


def test_a_wrong_weekday_is_noticed():
    right, wrong, none = find_written_dates("Tue 16 Mar 2021, Fri 16 Mar 2021, 16 Mar 2021")
    agreements = [right.weekday_agrees, wrong.weekday_agrees, none.weekday_agrees]
    assert agreements == [True, False, None]


def test_a_day_without_a_year_has_none():
    (written,) = find_written_dates("OSLO, March 16 (Northern Wire) – The road was closed.")
    assert (written.year, written.month, written.day) == (None, 3, 16)
    assert written.readings == ()


def test_of_two_ways_to_read_overlapping_words_the_one_with_a_year_wins():
    assert _days_found("See page 3 March 16, 2021") == [DAY]
    assert _days_found("Top 3\nMarch 2021") == []


def test_compact_dates_are_found_in_names_only():
    days = [written.day_of_calendar for written in find_compact_dates("nyt_20190125.html")]
    assert days == [date(2019, 1, 25)]
    assert find_compact_dates("20191325 220190125") == []
    assert find_written_dates("id 20190125") == []


def test_the_list_has_the_names_of_months_and_weekdays_of_cldr():
    names_of_babel = {"month": get_month_names, "weekday": get_day_names}
    widths = {"full": "wide", "short": "abbreviated"}
    listed: dict[tuple, list] = {}
    for row in read_lexicon(CALENDAR_NAMES):
        key = (row["language"], row["kind"], row["form"])
        listed.setdefault(key, []).append(row["names"].split("|"))
    failures = []
    for (language, kind, form), names in listed.items():
        for context in ("format", "stand-alone"):
            by_number = names_of_babel[kind](widths[form], context, language)
            in_order = [by_number[number] for number in sorted(by_number)]
            if in_order not in names:
                failures.append((language, kind, form, context, in_order))
    assert len(listed) >= 150
    assert failures == []
