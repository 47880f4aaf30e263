"""Terms that many articles share: phrases first of all, no names, persons or general nouns."""

import clippings as cl
from clippings.themes.passage_words import without_first_names
from clippings.themes.shared_terms import MAX_NOUNS, list_shared_terms
from helpers import story_of

SHARED = [
    "The candidate kept an email server at home. The presidential candidate kept Bell aides away.",
    "An email server at home failed, said a presidential candidate. The government of Bell knew.",
    "Bell aides said the email server was safe. The government asked the presidential candidate.",
    "The email server had been wiped, and the government of Bell asked for it.",
]
OTHERS = [f"A boat of the river club sank near pier {number}." for number in range(4)]


def shared_terms_of(texts: list[str]) -> dict[str, int]:
    """The shared terms of articles with these texts, with their numbers of articles."""
    passages = story_of(*texts)
    return {term.term: term.articles for term in list_shared_terms(passages)}


def test_a_phrase_that_many_articles_share_is_listed_with_their_number():
    terms = shared_terms_of(SHARED + OTHERS)
    assert terms["email server"] == len(SHARED)
    assert not {"presidential candidate", "government", "Bell", "Bell aides", "server"} & set(terms)


def test_the_passages_of_a_term_contain_it():
    passages = story_of(*SHARED, *OTHERS)
    (term,) = [term for term in list_shared_terms(passages) if term.term == "email server"]
    assert passages.text[term.passages].str.contains("email server").all()
    assert passages.article[term.passages].nunique() == term.articles


def test_rare_terms_single_nouns_and_small_folders():
    rare = shared_terms_of([*SHARED[:2], *OTHERS, *OTHERS])
    assert "email server" not in rare
    nouns = "The dam, the levee, the valley, the storm and the bridge."
    assert len(shared_terms_of([nouns] * 4)) <= MAX_NOUNS
    assert shared_terms_of(SHARED[:2]) == {}
    assert shared_terms_of([]) == {}


def test_french_articles_have_no_list_of_nouns_and_thus_no_shared_terms():
    passages = story_of(*SHARED).assign(language="fr")
    assert list_shared_terms(passages) == []


def test_the_brief_names_shared_terms_only_without_themes_of_a_codebook(seeds):
    articles, _, tables = seeds
    assert "overview.shared_terms" not in set(cl.compose_brief(tables).template)
    without_codebook = cl.find_all(articles, cl.read_codebook(""))
    assert "overview.shared_terms" in set(cl.compose_brief(without_codebook).template)


def test_a_first_name_is_no_noun():
    assert without_first_names("Bill Clinton vetoed the bill.") == " Clinton vetoed the bill."
    assert without_first_names("Mark A. Lund left.") == " A. Lund left."
    for unchanged in ("The Bill Passes", "Austin Police came.", "Bill came.", "May Reports Rose"):
        assert without_first_names(unchanged) == unchanged
