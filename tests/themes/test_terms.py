"""Tests of clippings.themes.terms."""

import numpy as np
import pytest

from clippings.themes.terms import count_terms, distinctive_terms, label_groups

HARBOUR = """The Harbour Quarter of Ostrand was flooded. Interest rates were raised by the bank.
They talk about peace. The peace talks in Ostrand continued, Anna Bell told reporters last week.
The peace talks were held in the Harbour Quarter. The interest rate is high. Bell said on Monday
that the head of state would visit. A head of state and another head of state met."""


def terms_of(text: str, **options) -> dict[str, int]:
    """Return the terms of a text and their counts."""
    counts = count_terms([text], ["a"], **options)
    return dict(zip(counts.terms.tolist(), counts.matrix.toarray()[0].tolist(), strict=True))


def test_terms_are_whole_noun_phrases():
    terms = terms_of(HARBOUR)

    assert terms["Harbour Quarter"] == 2
    assert terms["peace talks"] == 2
    assert terms["head of state"] == 3
    # Singular and plural are one term.
    assert sum(count for term, count in terms.items() if term.startswith("interest")) == 2


def test_fragments_formulas_and_grammatical_words_are_not_terms():
    terms = {term.casefold() for term in terms_of(HARBOUR)}

    fragments = {"harbour", "quarter", "interest", "head", "state", "head of", "talks"}
    formulas = {"told", "reporters", "told reporters", "week", "last week", "said", "monday"}
    grammatical = {"the", "they", "of", "was", "and", "another"}
    assert not terms & (fragments | formulas | grammatical)


def test_a_fragment_is_omitted_only_if_one_longer_term_contains_it():
    text = "The real estate investment fell. Our real estate investment fell. " * 3
    assert set(terms_of(text)) == {"real estate investment"}

    several = text + "The real estate market and the real estate tax. The real estate. " * 3
    assert "real estate" in terms_of(several)
    assert "estate investment" not in terms_of(several)


def test_verbs_are_recognised_by_their_use():
    text = "We saw Anna Bell in the rain. Then Anna Bell left the rain in Tolmere, and it was late."
    text = (
        f"{text} The road from New Lund to Tolmere and back to New Lund was closed by the police."
    )
    counts = count_terms([text], ["a"])
    is_name = dict(zip(counts.terms, counts.is_name, strict=True))
    assert is_name == {"Anna Bell": True, "New Lund": True, "Tolmere": True, "rain": False}


def test_adjectives_and_numerals_are_part_of_names():
    text = "We read it in Lund Weekly and heard it at Seven Wells. So Lund Weekly and Seven Wells."
    counts = count_terms([text], ["a"])
    assert counts.terms[counts.is_name].tolist() == ["Lund Weekly", "Seven Wells"]


def test_german_nouns_are_not_names():
    text = "Nach dem Hochwasser steht die Europäische Bank am Damm. Der Damm hat ein Hochwasser. "
    counts = count_terms([text + "Hilft die Europäische Bank?"], ["a"], languages=["de"])
    is_name = dict(zip(counts.terms, counts.is_name, strict=True))
    assert is_name == {"Damm": False, "Europäische Bank": True, "Hochwasser": False}


def test_words_at_the_start_of_sentences_are_not_names():
    counts = count_terms(["Herons came. Herons left. Herons rest."], ["a"])
    assert dict(zip(counts.terms, counts.is_name, strict=True)) == {"Herons": False}


def test_clauses_without_spaces_are_not_terms():
    for language in ("zh", "ja"):
        counts = count_terms(["奥斯特兰德市宣布进入紧急状态。" * 3], ["a"], languages=[language])
        assert counts.terms.size == 0


def test_common_acronyms_are_not_names():
    counts = count_terms(["We sold the CD and the DVDs, a CD and a DVD."], ["a"])
    assert dict(zip(counts.terms, counts.is_name, strict=True)) == {"CD": False, "DVDs": False}


def test_counts_do_not_depend_on_the_order_of_texts():
    texts = ["The dam broke.", "The Dam broke.", "A river bank.", "The river banks."]
    forward = count_terms(texts, list("abcd"))
    backward = count_terms(texts[::-1], list("dcba"))

    assert forward.terms.tolist() == backward.terms.tolist()
    order = [backward.units.index(unit) for unit in forward.units]
    assert (forward.matrix.toarray() == backward.matrix.toarray()[order]).all()


OTHER_LANGUAGES = {
    "de": ("Die Friedensgespräche in Lund dauern an. Die Friedensgespräche ruhen.", "gespräche"),
    "es": (
        "Los tipos de interés suben. Suben los tipos de interés. Los tipos de interés.",
        "tipos",
    ),
    "fr": ("Le taux d'intérêt monte. Le taux d'intérêt baisse. Un taux d'intérêt.", "taux d'"),
    "it": ("Il tasso di interesse sale. Il tasso di interesse. Un tasso di interesse.", "tasso di"),
    "nl": ("De rente op de hypotheek stijgt. De hypotheek is duur.", "hypotheek"),
    "pt": ("A taxa de juros subiu. A taxa de juros caiu. Uma taxa de juros.", "taxa de"),
    "ru": ("Мирные переговоры идут. Мирные переговоры прерваны.", "переговоры"),
}


def test_terms_in_other_languages():
    failures = []
    for language, (text, expected) in OTHER_LANGUAGES.items():
        terms = count_terms([text], ["a"], languages=[language]).terms
        if not any(expected in term.casefold() for term in terms):
            failures.append((language, terms.tolist()))
    assert not failures


def test_without_words_there_are_no_terms():
    for texts in ([], [""], ["the of and", "12 34, 5"]):
        counts = count_terms(texts, list(range(len(texts))))
        assert counts.terms.size == 0
        assert counts.matrix.shape == (len(texts), 0)
        assert distinctive_terms(counts, ["g"] * len(texts)).empty
        assert not any(label_groups(counts, ["g"] * len(texts)).values())


@pytest.fixture(scope="module")
def two_groups():
    """Ten articles on a dam and ten on a bus, one of which repeats a word of its own."""
    dam = ["The dam wall holds. The dam wall is old."] * 10
    dam[3] += " The heron." * 30
    bus = ["The bus fare rises. The bus fare is new."] * 10
    groups = ["dam"] * 10 + ["bus"] * 10
    return count_terms(dam + bus, range(20)), groups


def test_a_word_of_one_article_does_not_lead_its_group(two_groups):
    table = distinctive_terms(*two_groups)
    of_dam = table[table.group == "dam"]

    assert of_dam.term.iloc[0] == "dam wall"
    heron = of_dam[of_dam.term == "heron"].squeeze()
    assert heron["count"] == 30
    assert heron.articles == 1
    assert heron.score < of_dam.score.iloc[0]
    assert label_groups(*two_groups) == {"dam": ["dam wall"], "bus": ["bus fare"]}


def test_the_interval_contains_the_log_ratio(two_groups):
    table = distinctive_terms(*two_groups)
    assert (table.low <= table.log_ratio).all()
    assert (table.log_ratio <= table.high).all()


def test_a_single_group_is_labelled_by_its_frequent_terms(two_groups):
    counts, _ = two_groups
    assert label_groups(counts, ["all"] * 20, n=2)["all"]


def test_units_without_a_group_belong_to_the_reference(two_groups):
    counts, groups = two_groups
    with_none = [None if group == "bus" else group for group in groups]
    table = distinctive_terms(counts, with_none)
    assert set(table.group) == {"dam"}
    assert np.isfinite(table.log_ratio).all()


def test_passages_of_one_article_are_one_observation(two_groups):
    counts, groups = two_groups
    articles = [f"{group} {number % 2}" for number, group in enumerate(groups)]
    table = distinctive_terms(counts, groups, articles=articles)
    assert set(table.group_articles) == {2}
