"""One person, one actor within an article."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from clippings.actors.person_names import may_be_one_person, parse_name
from helpers import articles_of, codebook_of


def labels_in(*paragraphs: str, actors=NO_ACTORS) -> list[tuple[str, str]]:
    """The names of one article and their actors."""
    story = cl.find_passages(articles_of("\n\n".join(paragraphs))).assign(label="body")
    mentions = cl.find_mentions(story, actors)
    return list(zip(mentions.text, mentions.label, strict=True))


@pytest.mark.parametrize(
    ("text", "form", "label"),
    [
        ("Anna Bell spoke. Then Mrs Bell left.", "Bell", "Anna Bell"),
        ("Anna Bell spoke. J. Lund left, and A. Bell, too.", "A. Bell", "Anna Bell"),
        ("Charles E. Lund spoke. Later, said Chuck Lund, it rained.", "Chuck Lund", "Charles E. Lund"),
        ("Robert C. “Bobby” Reed spoke. Later Bobby Reed left.", "Bobby Reed", "Robert C. “Bobby” Reed"),
        ("Robert (Bob) Reed spoke. Later Bob left.", "Bob", "Robert (Bob) Reed"),
        ("They met Theresa May. Later May said no.", "May", "Theresa May"),
        ("Ludwig van der Lund spoke. Then van der Lund left.", "Lund", "Ludwig van der Lund"),
        ("Tom Bell Jr. spoke. Then Tom Bell left.", "Tom Bell", "Tom Bell Jr."),
    ],
)  # fmt: skip
def test_forms_of_one_name_have_one_label(text, form, label):
    assert (form, label) in labels_in(text)


@pytest.mark.parametrize(
    ("paragraphs", "form", "label"),
    [
        # a title decides
        (["Tom Bell met Ruth Bell.", "Then Mrs. Bell left."], "Bell", "Ruth Bell"),
        (["Tom Bell spoke.", "His lawyer met Mrs. Bell."], "Bell", "Mrs. Bell"),
        # the paragraph decides
        (["Tom Reed and Anna Lund met.", "Ruth Reed was ill. At noon Reed left."], "Reed", "Ruth Reed"),
        # nothing decides
        (["Tom Reed met Ruth Reed.", "At noon Reed left."], "Reed", "Reed"),
        # the first is called by the surname before another bearer is named
        (["Tom Reed spoke.", "Later Reed wept.", "Heidi Reed wept, too.", "Then Reed left."], "Reed", "Tom Reed"),
        # a president who is not the wife named later
        (["They saw President Lund.", "Anna Lund came later."], "Lund", "Lund"),
    ],
)  # fmt: skip
def test_bearers_of_one_surname(paragraphs, form, label):
    rows = [row for row in labels_in(*paragraphs) if row[0] == form]
    assert rows[-1] == (form, label)


def test_names_that_contradict_each_other_stay_apart():
    pairs = [
        ("Tom Bell Jr.", "Tom Bell Sr."),
        ("George W. Lund", "George H. W. Lund"),
        ("Anna Bell", "Anne Bell"),
        ("Anna Bell", "Anna Lund"),
    ]
    merged = [pair for pair in pairs if may_be_one_person(parse_name(pair[0]), parse_name(pair[1]))]
    assert merged == []


def test_a_name_of_two_people_is_nobodys_short_form():
    rows = labels_in("John Bell met Jane Bell. Then J. Bell left.")
    assert ("J. Bell", "J. Bell") in rows


def test_short_forms_of_an_actor_of_the_codebook_count_as_it():
    actors = codebook_of("actors", {"actor": "the mayor", "type": "person", "alias": "Anna Bell"})
    rows = labels_in("Anna Bell spoke. Then Bell left, and A. Bell, too.", actors=actors)
    assert {label for _, label in rows} == {"the mayor"}


def test_an_alias_does_not_cut_the_name_of_somebody_else():
    actors = codebook_of("actors", {"actor": "Anna Bell", "type": "person", "alias": "Bell"})
    rows = labels_in("Bell met Tom Bell and Charles E. Bell in Rome.", actors=actors)
    assert rows[:3] == [
        ("Bell", "Anna Bell"),
        ("Tom Bell", "Tom Bell"),
        ("Charles E. Bell", "Charles E. Bell"),
    ]


def test_names_in_capitals_have_the_label_of_the_same_name_in_small_letters():
    rows = labels_in("VELLBY – It rained in Vellby.", "Later it rained in VELLBY again.")
    assert {label for _, label in rows} == {"Vellby"}
