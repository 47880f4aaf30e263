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
        # the other is introduced as a relative
        (["Tom Reed and his daughter Ruth Reed came. Reed smiled."], "Reed", "Tom Reed"),
        (["Tom Reed went to daughter Ruth Reed’s flat.", "At noon Reed smiled."], "Reed", "Tom Reed"),
        (["Tom Reed’s wife, Ruth Reed, came.", "At noon Reed smiled."], "Reed", "Tom Reed"),
        # pronouns after the surname show the gender
        (["Reed wins", "Ruth Reed thanked Tom Reed. Reed said she knew, and Reed praised her team."], "Reed", "Ruth Reed"),
        # a pronoun alone shows nothing
        (["Ruth Reed saw Tom Reed.", "Later Reed said he knew."], "Reed", "Reed"),
        # a first name that is a common word, too
        (["Bill Reed and Ruth Reed left.", "Then Reed wept."], "Reed", "Reed"),
        # titles of one person
        (["President Lund spoke, and Mr. Lund left with Ruth Lund.", "Lund wept."], "Lund", "Mr. Lund"),
        # what opens the sentence is no first name of another bearer
        (["Donald Reed spoke. Notice Reed there. Later Reed left."], "Reed", "Donald Reed"),
        # a general who is named in full further on
        (["They met General Lund.", "David Lund came later."], "Lund", "David Lund"),
        # a president who is not the wife named later
        (["They saw President Lund.", "Anna Lund came later."], "Lund", "Lund"),
    ],
)  # fmt: skip
def test_bearers_of_one_surname(paragraphs, form, label):
    rows = [row for row in labels_in(*paragraphs) if row[0] == form]
    assert rows[-1] == (form, label)


def test_kinds_of_short_forms():
    cases = [
        # a surname that is a title, too
        ("Larry King spoke. They liked Mr. King’s show.", "King", "Larry King"),
        ("Jim Justice paid. Through a spokesman of Mr. Justice, he said no.", "Justice", "Jim Justice"),
        ("Julie Bishop flew to Tarnow. Bishop will return.", "Bishop", "Julie Bishop"),
        ("Tom Judge won. Judge beat Anna Lund.", "Judge", "Tom Judge"),
        # a first name that is a particle, too; particles
        ("The Rev. Al Reed spoke. Mr. Reed left.", "Reed", "Al Reed"),
        ("Van Reed spoke. Reed left.", "Reed", "Van Reed"),
        ("Hamad Al Lund spoke. Later Al Lund left.", "Al Lund", "Hamad Al Lund"),
        ("Tarek al-Lund spoke. Lund left.", "Lund", "Tarek al-Lund"),
        # a short form of the first name alone
        ("Lawrence H. Reed wrote it. “I love Larry,” she said.", "Larry", "Lawrence H. Reed"),
        ("Elizabeth Reed won. Her friends shouted, “Go, Liz!”", "Liz", "Elizabeth Reed"),
        # a shared surname
        ("Tom and Ruth Reed own the farm. Tom smiled.", "Tom", "Tom Reed"),
        ("Charles G. and David H. Lund paid. Charles Lund left.", "Charles G", "Charles G. Lund"),
        # a full name in a headline only
        ("Hilda Lund Goes After Her Rival Again\n\nThey met Mr Fenn and Lund. Later Lund, they said, left her rival again.", "Lund", "Hilda Lund"),
        # a surname that is a nationality
        ("They met Ashley French. Ms. French left.", "Ashley French", "Ashley French"),
        # a name that an editor completed
        ("“I met Hilda [Reed],” he said. Hilda Reed left.", "Hilda [Reed]", "Hilda Reed"),
        ("Hilda Reed left. “Secretary [Hilda] Reed knew,” he said.", "[Hilda] Reed", "Hilda Reed"),
        # a participle that opens a sentence
        ("Hilda Reed spoke. Praising Reed, he left. Reed left, too.", "Reed", "Hilda Reed"),
        # the initial of a surname
        ("Alicia Reed spoke. “Why Alicia R.?” he asked. Alicia Reed left.", "Alicia R", "Alicia Reed"),
        # initials without stops
        ("Joanne K. Reed wrote it. JK Reed left.", "JK Reed", "Joanne K. Reed"),
        # family names that come first
        ("President Xin Jinpeng spoke. Later Xin left.", "Xin", "Xin Jinpeng"),
        ("Park Jin-ho spoke. Ms. Park left. Then Park wept.", "Park", "Park Jin-ho"),
        ("They met Nan Lai Suu Bell. Suu Bell left, said Suu Bell.", "Nan Lai Suu Bell", "Nan Lai Suu Bell"),
    ]  # fmt: skip
    failures = []
    for text, form, label in cases:
        rows = [row for row in labels_in(text) if row[0] == form]
        if rows[-1:] != [(form, label)]:
            failures.append((text, rows))
    assert failures == []


def test_what_is_nobodys_short_form():
    cases = [
        # an office, not the bearer of such a surname
        ("Larry King spoke. They asked the King of Tarnow.", "King", "Larry King"),
        ("Larry King spoke. Then they asked the King.", "King", "Larry King"),
        # a relative with the short form of somebody’s first name
        ("Lawrence Reed spoke. His son, Larry, left.", "Larry", "Lawrence Reed"),
        # a surname that is a first name
        ("Tom Cooper spoke. Then Cooper and Ruth Reed left.", "Cooper", "Cooper Reed"),
        # a first name with another surname in the article
        ("Tom Bell spoke. Then Tom and Ruth Reed left.", "Tom", "Tom Reed"),
    ]
    wrong = [case for case in cases if case[1:] in labels_in(case[0])]
    assert wrong == []


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


def test_the_surname_is_not_that_of_somebody_who_is_called_by_the_first_name():
    paragraphs = [
        "Tom Bell, a boy of six, was found at sea. His father, Peter Bell, wants him back.",
        "Tom is in Ostrand. Tom goes to school there. On Monday Tom was ill.",
        "On Sunday, Bell said that Tom was well.",
    ]
    assert ("Bell", "Peter Bell") in labels_in(*paragraphs)

    # Headlines use the first names of politicians, but texts use their surnames
    politician = [
        "Anna Bell spoke in Ostrand. Her husband, Peter Bell, listened.",
        "In the town Bell said that it rained. In the end, Bell left. Later Bell came back.",
        "The crowd called Anna. The mayor called Anna, too.",
    ]
    assert ("Bell", "Anna Bell") in labels_in(*politician)
