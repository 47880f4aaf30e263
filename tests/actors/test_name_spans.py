"""Where names begin and end."""

import pytest
from actor_tables import NO_ACTORS, mentions_in

import clippings as cl
from clippings.actors.name_spans import is_nationality
from clippings.core.lexicon import read_lexicon, read_words
from helpers import articles_of, story_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Abu Omar al-Masri, José de la Cruz and J. R. Smith-Jones.", ["Abu Omar al-Masri", "José de la Cruz", "J. R. Smith-Jones"]),
        ("He saw Anna\u00a0Bell and Ludwig van Beethoven.", ["Anna\u00a0Bell", "Ludwig van Beethoven"]),
        ("The law of Rome’s Farmers’ Union and the People’s Party failed.", ["Rome", "Farmers’ Union", "People’s Party"]),
        ("German Chancellor Anna Bell met U.S. Secretary of State Tom Reed.", ["Anna Bell", "U.S.", "Tom Reed"]),
        ("The Russian Boris Petrov flew with British Airways to the Czech Republic.", ["Boris Petrov", "British Airways", "Czech Republic"]),
        ("The Ministry of Health and Sport said Rome and Paris agreed.", ["Ministry of Health and Sport", "Rome", "Paris"]),
        ("Marks & Spencer left St. Louis for Springfield.", ["Marks & Spencer", "St. Louis", "Springfield"]),
        ("They met Anna Bell Monday and left Rome in May.", ["Anna Bell", "Rome"]),
        ("He won the Davis Cup on Friday at 1800 GMT.", []),
        ("It rained. Yesterday I met Germans and the Prime Minister.", []),
        ("Many people came. It rained on Monday in May.", []),
        ("the Iraqi people and a German car", []),
    ],
)  # fmt: skip
def test_names_end_where_other_words_begin(text, names):
    [mentions] = mentions_in(text)
    assert [name for name, _ in mentions] == names


def test_a_word_in_lower_case_elsewhere_is_not_a_name():
    assert mentions_in("Shares fell. Other shares rose in Rome.") == [[("Rome", "place")]]


def test_lines_of_capitals_hold_only_names_known_from_elsewhere():
    heading = "ANNA BELL LEAVES ROME AS RAIN FALLS"
    sentence = "Yesterday Anna Bell left the town."
    in_two_articles = cl.find_mentions(story_of(heading, sentence), NO_ACTORS)
    assert in_two_articles.text.to_list() == ["ROME", "Anna Bell"]

    passages = cl.find_passages(articles_of(f"{heading}\n{sentence}")).assign(label="body")
    in_one_article = cl.find_mentions(passages, NO_ACTORS)
    assert in_one_article.text.to_list() == ["ANNA BELL", "ROME", "Anna Bell"]


def test_nationalities():
    for word in ("iraqi", "germans", "african-american"):
        assert is_nationality(word)
    for word in ("al-arab", "rome"):
        assert not is_nationality(word)


def test_things_do_not_act():
    words = [row["word"] for row in read_lexicon("en/names/thing_heads")]
    found = mentions_in(*(f"we like Xylo {word.capitalize()} now" for word in words))
    assert [word for word, mentions in zip(words, found, strict=True) if mentions] == []


def test_participles_after_a_hyphen_are_not_part_of_a_name():
    words = read_words("en/names/syntax", kind="participle after a hyphen")
    found = mentions_in(*(f"The Vellby-{word} group left." for word in words))
    names = [[name for name, _ in mentions] for mentions in found]
    assert names == [["Vellby"]] * len(words)


def test_plurals_with_an_apostrophe_join_names():
    words = read_words("en/names/syntax", kind="plural with apostrophe s")
    found = mentions_in(
        *(f"They met the {word.capitalize()}'s Party of the north." for word in words)
    )
    names = [[name for name, _ in mentions] for mentions in found]
    assert names == [[f"{word.capitalize()}'s Party"] for word in words]


def test_name_openers_repeat_no_other_list():
    others = {*read_words("en/text/stopwords"), *read_words("en/text/sentence_starters")}
    openers = read_words("en/names/name_openers")
    assert sorted(set(openers)) == sorted(openers)
    assert others.intersection(openers) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # offices in capitals, what precedes them, and their fields
        ("They met Labour MP Lucy Barner and Acme CEO Tom Reed.", ["Labour", "Lucy Barner", "Acme", "Tom Reed"]),
        ("Interior Minister Anna Bell and Attorney General Tom Reed left.", ["Anna Bell", "Tom Reed"]),
        ("The minister for Women and Equalities Nina Marsh left.", ["Nina Marsh"]),
        ("They asked the Secretary of State for Health Matt Hand.", ["Matt Hand"]),
        ("They asked the Ministry of Defence and Defence Secretary Ann Bell.", ["Ministry of Defence", "Ann Bell"]),
        # organisations joined by "and"
        ("We wrote to the University of Tarnow and the Ministry of Defence.", ["University of Tarnow", "Ministry of Defence"]),
        ("We wrote to the Department of Justice and the Federal Bureau of Investigation.", ["Department of Justice", "Federal Bureau of Investigation"]),
        ("We wrote to the Bank of Tarnow and Anna Bell.", ["Bank of Tarnow", "Anna Bell"]),
        ("We wrote to the Ministry of Culture and the Arts.", ["Ministry of Culture and the Arts"]),
        # possessives, and names with 's
        ("They like Jeff Reeds’ Blue Vellby and Carlos’ Tarnow United.", ["Jeff Reeds", "Blue Vellby", "Carlos", "Tarnow United"]),
        ("She knew James’ dog at King’s College London and St John’s.", ["James", "King’s College London", "St John’s"]),
        ("They ate at McDonald's, and later at St Mary's Hospital.", ["McDonald's", "St Mary's Hospital"]),
        # tags, degrees, ranks, suffixes
        ("They met Sen. Amy Kline (D-Minn.) and Gov. Ron Marsh, R-Fla., there.", ["Amy Kline", "Ron Marsh"]),
        ("They met Jo Reed, PhD, Anna Bell OBE, Tom Lee KC and Pte John Dunn.", ["Jo Reed", "Anna Bell", "Tom Lee", "John Dunn"]),
        ("They met Tom Bell, Jr., and Ken Lund Sr. It rained.", ["Tom Bell, Jr.", "Ken Lund Sr."]),
        # storms and ships
        ("We feared Hurricane Maria and Storm Ciara on the HMS Vellby.", []),
        # nicknames in marks
        ("They met Anna “Annie” Bell and Joaquín \"El Chapo\" Guzmán.", ["Anna “Annie” Bell", "Joaquín \"El Chapo\" Guzmán"]),
        ("They met Robert (Bob) Reed and Tom ‘The Rock’ Lund.", ["Robert (Bob) Reed", "Tom ‘The Rock’ Lund"]),
        # months
        ("They met Theresa May in May, and Mrs May in June.", ["Theresa May", "May"]),
        ("They met April Ross and August Knox. In May Anna Bell left.", ["April Ross", "August Knox", "Anna Bell"]),
        # words of a headline or sentence
        ("They met Miss Universe Alicia Bell. Apparently Lund left. I'm late.", ["Alicia Bell", "Lund"]),
    ],
)  # fmt: skip
def test_names_without_offices_tags_and_owners(text, names):
    [mentions] = mentions_in(text)
    assert [name for name, _ in mentions] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("John raised money.", ["John"]),
        ("Wines believes that it rained.", ["Wines"]),
        ("McLenney said no.", ["McLenney"]),
        ("Scientists said no.", []),
        ("Everyone said no.", []),
        ("Management said no.", []),
        ("Grace periods ended.", []),
        ("Bringing Tarnow back to the cup took years.", ["Tarnow"]),
        ("Sterling Bell and the Banking Board met.", ["Sterling Bell", "Banking Board"]),
    ],
)
def test_names_at_the_start_of_a_sentence(text, names):
    [mentions] = mentions_in(text)
    assert [name for name, _ in mentions] == names


def test_names_after_what_people_head():
    cases = [
        ("They met the governor of the Bank of Ostrand Anna Bell.", ["Bank of Ostrand", "Anna Bell"]),
        ("The Director of Public Prosecutions Tom Reed quit.", ["Public Prosecutions", "Tom Reed"]),
        ("The Speaker of the House Paul Lund left.", ["Paul Lund"]),
        ("The head coach and the leader of Tarnow United Ruth Vane met.", ["Tarnow United", "Ruth Vane"]),
        ("They asked PC Tom Hale and Special Agent Kim Dale.", ["Tom Hale", "Kim Dale"]),
        ("It was Rear Adm. Joe Reed.", ["Joe Reed"]),
    ]  # fmt: skip
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []


def test_organisations_with_small_words_inside():
    cases = [
        (
            "The Department for Education and Ofrail replied.",
            ["Department for Education", "Ofrail"],
        ),
        ("The Ministry of Culture and the Arts paid.", ["Ministry of Culture and the Arts"]),
        ("The City of Tarnow and the State of Lund sued.", ["City of Tarnow", "State of Lund"]),
        ("The Centers for Disease Control replied.", ["Centers for Disease Control"]),
        ("They left the Queen's Theatre.", ["Queen's Theatre"]),
        # two fields of one head
        ("The Seed and Drug Board replied.", ["Seed", "Drug Board"]),
        ("The Food and Drug Board replied.", ["Food and Drug Board"]),
        ("The Securities and Exchange Board replied.", ["Securities and Exchange Board"]),
        ("The Royal Oceanic and Climatic Office met.", ["Royal Oceanic and Climatic Office"]),
        ("They sued the Senate and Health Ministry.", ["Senate", "Health Ministry"]),
        ("They asked Anna Jovanovic and Water Board.", ["Anna Jovanovic", "Water Board"]),
        ("They asked the Water Board and Health Ministry.", ["Water Board", "Health Ministry"]),
        # lists of fields, and other small words
        (
            "The Ministry for Culture, Media and Sport paid Rome, Tarnow and Lund.",
            ["Ministry for Culture, Media and Sport", "Rome", "Tarnow", "Lund"],
        ),
        ("The Ministry of Health, Labour and Welfare paid.", ["Ministry of Health, Labour and Welfare"]),
        ("The Ministry of Land and Sea paid.", ["Ministry of Land and Sea"]),
        ("The Ministry of Women and Child Development paid.", ["Ministry of Women and Child Development"]),
        ("The Centres for Drug Control and Prevention paid.", ["Centres for Drug Control and Prevention"]),
        ("The Ministry for the Environment paid.", ["Ministry for the Environment"]),
        ("The Department of the Interior paid.", ["Department of the Interior"]),
        ("The Commission on Public Debates paid.", ["Commission on Public Debates"]),
        ("They asked the Tarnow Commission on Monday.", ["Tarnow Commission"]),
        ("They asked the Water Board for the Lund report.", ["Water Board", "Lund"]),
    ]  # fmt: skip
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []


def test_titles_without_marks_and_the_pronoun_are_not_part_of_a_name():
    cases = [
        ("As Anna Bell turns 70, it rains.", ["Anna Bell"]),
        ("They flew with Tolmere Air I am told.", ["Tolmere Air"]),
        ("Elizabeth I died.", ["Elizabeth I"]),
        ("Poll: Anna Bell Is Right. They met Mayor Bell and Anna Bell.", ["Anna Bell", "Bell", "Anna Bell"]),
        ("Poll: Anna Bell Checks Into Clinic. They met Anna Bell.", ["Anna Bell", "Anna Bell"]),
        ("They met the AS Roma team.", ["AS Roma"]),
        # names completed by an editor
        ("“I met Anna [Bell] and [Tom] Reed,” she said.", ["Anna [Bell]", "[Tom] Reed"]),
        ("“I met [Bell] and Anna [not Tom],” she said.", ["Bell", "Anna", "Tom"]),
    ]  # fmt: skip
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []


def test_surnames_that_are_months():
    texts = ["Brian May played, and May smiled.", "They asked Elaine May. In May, May had said no."]
    for mentions in mentions_in(*texts):
        assert [name for name, _ in mentions][1:] == ["May"]
    [mentions] = mentions_in("They met in April and May, or in June or May.")
    assert mentions == []


def test_surnames_that_are_also_titles():
    for text, names in (
        ("The journalist Mark Singer wrote a book.", ["Mark Singer"]),
        ("It fell, Mr. Singer said.", ["Singer"]),
        ("They thanked Mr. President.", []),
        ("They met singer Anna Bell.", ["Anna Bell"]),
    ):
        [mentions] = mentions_in(text)
        assert [name for name, _ in mentions] == names, text


def test_several_storms_do_not_act():
    [mentions] = mentions_in("Storms Anna and Dennis came. Then Dennis left Rome.")
    assert mentions == [("Rome", "place")]
    [mentions] = mentions_in("Ex-Hurricane Anna came. Then Anna left Rome.")
    assert mentions == [("Rome", "place")]


def test_headlines_of_two_words_hold_only_names_known_from_elsewhere():
    body = "Mayor Hilda Lund left Tolmere on Monday, and it rained all day in the harbour."
    failures = []
    for headline, names in [
        ("Bridge Reopens", []),
        ("The Week in Pictures", []),
        ("Tolmere Burns", ["Tolmere"]),
        ("Lund Quits", ["Lund"]),
    ]:
        passages = cl.find_passages(articles_of(f"{headline}\n\n{body}\n\n{body}"))
        story = passages[passages.label.isin(cl.STORY)]
        mentions = cl.find_mentions(story, NO_ACTORS)
        in_headline = mentions.text[mentions.start < len(headline)].to_list()
        if in_headline != names:
            failures.append((headline, in_headline))
    assert failures == []


def test_offices_in_capitals_that_no_list_has():
    cases = [
        ("PM Ruth Vane flew home.", ["Ruth Vane"]),
        ("They met Acme Ltd EVP Ruth Vane and DCI Tom Hale.", ["Acme Ltd", "Ruth Vane", "Tom Hale"]),
        ("They met with Tarnow Police DI Tom Hale.", ["Tarnow Police", "Tom Hale"]),
        ("Former TNB MD Anna Bell left.", ["TNB", "Anna Bell"]),
        ("Senator-elect Anna Bell left.", ["Anna Bell"]),
        ("They met ANNA Bell and JK Lund of the XTV Anna Bell Bank.", ["ANNA Bell", "JK Lund", "XTV Anna Bell Bank"]),
    ]  # fmt: skip
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []


def test_ranks_of_several_words_and_offices_of_other_fields():
    cases = [
        ("Wing Commander Anna Bell and Sgt. First Class Tom Hale met.", ["Anna Bell", "Tom Hale"]),
        ("They met Wg Cdr Anna Bell and Fr Tom Hale SJ.", ["Anna Bell", "Tom Hale"]),
        ("The Permanent Secretary to the Treasury Anna Bell left.", ["Anna Bell"]),
        ("The Minister without Portfolio Anna Bell left.", ["Anna Bell"]),
        ("They asked an adviser to Health Secretary Anna Bell.", ["Anna Bell"]),
    ]
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []


def test_the_county_of_an_office_is_named_and_the_rank_is_not():
    sentences = {
        "Lenn County Deputy Prosecuting Attorney Jacob Hale agreed.": ["Lenn County", "Jacob Hale"],
        "He met Lenn County Sheriff Anna Bell.": ["Lenn County", "Anna Bell"],
        "He met Ostrand District Attorney Anna Bell.": ["Ostrand", "Anna Bell"],
        "Presiding Judge Anna Bell left.": ["Anna Bell"],
        "Commanding Officer Anna Bell left.": ["Anna Bell"],
        "Investigating Magistrate Anna Bell left.": ["Anna Bell"],
    }
    found = {text: [name for name, _ in mentions_in(text)[0]] for text in sentences}
    assert found == sentences


def test_owners_and_particles_inside_names():
    cases = [
        ("They went to St Thomas’ Hospital in Rome.", ["St Thomas’ Hospital", "Rome"]),
        ("They asked the Workers’ Compensation Board.", ["Workers’ Compensation Board"]),
        ("They asked the Lawyers' Guild of Tarnow.", ["Lawyers' Guild of Tarnow"]),
        ("They asked the Stage Actors’ Guild.", ["Stage Actors’ Guild"]),
        ("They like Anna Rivers' Acme Bank.", ["Anna Rivers", "Acme Bank"]),
        ("They met Karl zu Lund and José Marsh y Bell.", ["Karl zu Lund", "José Marsh y Bell"]),
    ]
    failures = []
    for text, names in cases:
        [mentions] = mentions_in(text)
        if [name for name, _ in mentions] != names:
            failures.append((text, mentions))
    assert failures == []
