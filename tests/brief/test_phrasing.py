"""The templates of the brief, and how they are filled."""

import pandas as pd

from clippings.brief.phrasing import choose_form, dates_in_words, fill_sentence, list_first


def test_dates_are_written_without_repetition():
    cases = {
        ("2021-03-12", "2021-03-12"): "on 12 March 2021",
        ("2021-03-03", "2021-03-07"): "between 3 and 7 March 2021",
        ("2021-03-30", "2021-04-02"): "between 30 March and 2 April 2021",
        ("2020-12-30", "2021-01-02"): "between 30 December 2020 and 2 January 2021",
        ("2021-03-01", "2021-03-31"): "in March 2021",
        ("2021-03-01", "2021-04-30"): "in March or April 2021",
        ("2020-12-01", "2021-01-31"): "in December 2020 or January 2021",
        ("2021-03-01", "2021-06-30"): "between March and June 2021",
        ("2020-03-01", "2021-03-31"): "between March 2020 and March 2021",
        ("2021-01-01", "2021-12-31"): "in 2021",
        ("2020-01-01", "2021-12-31"): "in 2020 or 2021",
        ("2016-01-01", "2019-12-31"): "between 2016 and 2019",
        ("2021-03-12", None): "on or after 12 March 2021",
        (None, "2021-03-12"): "on or before 12 March 2021",
        (None, None): "",
        ("2021-03-31", "2021-04-01"): "on 31 March or 1 April 2021",
    }
    written = {
        (first, last): dates_in_words(pd.Timestamp(first), pd.Timestamp(last))
        for first, last in cases
    }
    assert written == cases


def test_numbers_choose_singular_or_plural():
    forms = "{n:# file was|# files were}"
    assert [fill_sentence(forms, n=n) for n in (0, 1, 9, 10, 20, 43, 2_000)] == [
        "No files were",
        "One file was",
        "Nine files were",
        "Ten files were",
        "Twenty files were",
        "Forty-three files were",
        "A total of 2,000 files were",
    ]
    assert choose_form(3, "#") == "three"
    assert choose_form(3, "# article") == "three articles"


def test_braces_in_a_title_are_not_fields():
    assert fill_sentence("{title} was read.", title="“{n:x} {0}”") == "“{n:x} {0}” was read."


def test_of_many_names_the_first_are_listed_and_the_rest_counted():
    names = ["a", "b", "c"]
    assert list_first(names, 3, 3) == "a, b and c"
    assert list_first(names, 1, 3) == "a and two more"


def test_a_single_further_name_is_given_if_it_is_known():
    names = ["a", "b", "c"]
    assert list_first(names, 2, 3) == "a, b and c"
    assert list_first(names[:2], 2, 3) == "a, b and one more"
