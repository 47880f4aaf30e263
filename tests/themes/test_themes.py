"""Themes, words and groups."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_info, threadpool_limits

import clippings as cl
from benchmarks.theme_credit import credit, f1, read_reports
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_lexicon
from clippings.core.search_terms import compile_term
from clippings.themes import clusters
from clippings.themes import coding as themes_room
from clippings.themes.clusters import _mean_npmi
from helpers import ROOT, SEEDS, codebook_of, story_of

REPORTS = ROOT / "tests" / "theme_reports.tsv"
CODES = codebook_of(
    "themes",
    {
        "theme": "closure",
        "side": "for",
        "term": "clos*",
        "near": "road* | bridge* & flood*",
        "not_near": "never",
    },
    {"theme": "closure", "side": "for", "term": "shut"},
    {"theme": "closure", "side": "against", "term": "open"},
)


def found(text: str) -> list[tuple[str, str, str]]:
    themes = cl.find_themes(story_of(text), CODES)
    return [(row.side, row.text, row.rule) for row in themes.itertuples()]


def test_conditions_hold_in_the_same_sentence():
    assert found("The flood closed the road. The road closed.") == [
        ("for", "The flood closed the road.", "clos*")
    ]
    assert found("The flood never closed the road.") == []
    assert found("The flood closed the school.") == []


def test_a_sentence_is_one_row_per_side_with_all_terms_that_fired():
    assert sorted(found("The flood closed a bridge and shut a road, one stays open.")) == [
        ("against", "The flood closed a bridge and shut a road, one stays open.", "open"),
        ("for", "The flood closed a bridge and shut a road, one stays open.", "clos*; shut"),
    ]


def test_uncoded_passages_and_what_each_code_is_worth():
    story = story_of("The shop shut.", "It rained.", "The flood closed the road and shut the shop.")
    themes = cl.find_themes(story, CODES)
    assert cl.find_uncoded(story, themes).text.to_list() == ["It rained."]
    counted = cl.count_codes(themes, CODES)
    assert counted[["term", "hits", "articles", "articles_lost"]].values.tolist() == [
        ["clos*", 1, 1, 0],
        ["shut", 2, 2, 1],
        ["open", 0, 0, 0],
    ]


def test_themes_of_the_seeds(seeds):
    once = cl.drop_duplicates(seeds[2]["themes"])
    carried = {
        theme: sorted({a[:3] for a in rows.article}) for theme, rows in once.groupby("label")
    }
    assert carried["desertion"] == ["001", "002"]
    assert carried["mutiny_plots"] == ["003", "004"]
    assert carried["propaganda_vs_reality"] == ["003"]
    assert carried["promotion_of_foreigners"] == ["000", "001"]
    assert carried["pay_and_money"] == ["001"]
    against = once[once.side == "against"]
    assert any("still enjoys" in text for text in against.text)


def test_a_codebook_row_that_is_taken_away_is_missed(corpus):
    """Every row of themes.csv finds something, and the sentences it alone finds are lost without it."""
    _, codebook, tables = corpus
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    counted = cl.count_codes(tables["themes"], codebook["themes"])
    elsewhere = cl.count_codes(
        cl.find_themes(read_reports(REPORTS), codebook["themes"]), codebook["themes"]
    )
    assert counted[(counted.hits == 0) & (elsewhere.hits == 0)].term.to_list() == []
    alone = tables["themes"][~tables["themes"].rule.str.contains("; ")]
    for number, code in enumerate(codebook["themes"].itertuples()):
        own = alone[
            (alone.label == code.theme) & (alone.rule == code.term) & (alone.side == code.side)
        ]
        if own.empty:
            continue
        kept = cl.find_themes(story, codebook["themes"].drop(index=number))
        lost = set(zip(own.article, own.start, strict=True))
        still = kept[(kept.label == code.theme) & (kept.side == code.side)]
        assert not lost & set(zip(still.article, still.start, strict=True))


def test_the_codes_of_the_seeds_carry_over_to_reports_in_other_words():
    reports = read_reports(REPORTS)
    told, right, credited = credit(reports, cl.read_codebook(SEEDS)["themes"])
    assert f1(told, right, credited) > 0.95
    silent = set(reports.article) - {article for article, _ in told}
    assert set(credited.article) & silent == set()
    assert len(silent) > 9


def codes_of(**terms: str) -> pd.DataFrame:
    """A row for each line of the terms of a theme; CLASS_crew is the class $crew."""
    rows = [
        (theme.replace("CLASS_", "$"), term)
        for theme, lines in terms.items()
        for term in lines.splitlines()
    ]
    return codebook_of(
        "themes", *({"theme": theme, "side": "for", "term": term} for theme, term in rows)
    )


def sides(codes: pd.DataFrame, *texts: str) -> list[str]:
    return cl.find_themes(story_of(*texts), codes).side.to_list()


CREW = codes_of(CLASS_about="$crew", CLASS_crew="sailor* | crew", leaving="$crew ... left")
TWO_ROWS = codes_of(CLASS_crew="sailor*\nstoker*", leaving="$crew ... left")
HINTED = codes_of(CLASS_about="sailor*", CLASS_hint="deck | mast | anchor", leaving="left")
NEAR = codes_of(closure="shop*").assign(near="shut")


@pytest.mark.parametrize(
    ("codes", "text", "found"),
    [
        (CREW, "The crew, sailors all, have left.", ["for"]),
        (CREW, "The crew left.", []),  # named once: in passing
        (CREW, "The sailors of the crew have not left.", ["against"]),
        (CREW, "No sailor of the crew left.", ["against"]),
        (CREW, "Sailors and crew. They left.", []),
        (TWO_ROWS, "The sailors left.", ["for"]),
        (TWO_ROWS, "The stokers left.", ["for"]),
        (TWO_ROWS, "Not only the stokers left.", ["for"]),
        (TWO_ROWS, "Hardly a day goes by without sailors who left.", ["for"]),
        (TWO_ROWS, "None of the stokers left.", ["against"]),
        (TWO_ROWS, "It is hardly true that sailors left.", ["against"]),
        (HINTED, "A sailor left the deck, the mast and the anchor.", ["for"]),
        (HINTED, "A sailor left the deck and the mast.", []),
        (HINTED, "One left the deck, the mast and the anchor on the deck.", []),
        (HINTED, "A sailor left the deck, the mast and the anchor." + " It rained on." * 160, []),
        (NEAR, "The shops on the long road by the river shut.", ["for"]),
        (NEAR, "The shops on the long road by the river never shut.", ["against"]),
    ],
)
def test_classes_of_words_hints_gaps_and_denials(codes, text, found):
    assert sides(codes, text) == found


def test_a_class_of_words_that_is_not_there_is_named():
    with pytest.raises(BadInput, match="word class"):
        cl.find_themes(story_of("a"), CREW[CREW.theme != "$crew"])


DENIALS = read_lexicon("en/themes/denials")


@pytest.mark.parametrize("row", DENIALS, ids=lambda row: row["word"])
def test_each_denial_is_needed(row, monkeypatch):
    """A shop that shut, with the words that deny it, or make a denial none, before it; and without the row."""
    codes = codes_of(closure="shop* shut")
    words = row["word"].replace("* ", "one ").replace("*n't", "didn't").replace("*", "s")
    said = {"denial": f"It is {words} shops shut.", "emphasis": f"It is {words} shops shut."}
    text = said.get(row["kind"], f"Shops shut, it was said in the long evening: {words} this.")

    def sides_by(rows):
        for cached in (themes_room._denials, themes_room._has_denial, themes_room._unfounded_spans):
            cached.cache_clear()
        kind_of = lambda name, kind: tuple(r["word"] for r in rows if r["kind"] == kind)  # noqa: E731
        monkeypatch.setattr(themes_room, "read_words", kind_of)
        return sides(codes, text)

    after = ["for"] if row["kind"] == "emphasis" else ["against"]
    assert sides_by(DENIALS) == after
    own = [other for other in DENIALS if other is not row]
    shorter = [
        other for other in own if other["kind"] == row["kind"] and _within(other["word"], words)
    ]
    assert shorter or sides_by(own) != after
    sides_by(DENIALS)


def _within(word: str, words: str) -> bool:
    """Does another row stand in these words too?"""
    return bool(compile_term(word).search(words))


def test_a_rule_tells_the_way_that_fired_and_of_a_long_one_the_beginning():
    long = f"/shut{'|x' * 50}/"
    codes = codebook_of(
        "themes", {"theme": "closure", "side": "for", "term": "clos* | was .. barred"}
    )
    codes = pd.concat(
        [codes, codebook_of("themes", {"theme": "closure", "side": "for", "term": long})]
    )
    themes = cl.find_themes(story_of("It was then barred, and shut."), codes.reset_index(drop=True))
    assert themes.rule.to_list() == [f"{long[:59]}…; was .. barred"]
    assert cl.count_codes(themes, codes).hits.to_list() == [1, 1]


def test_a_headline_alone_carries_no_theme():
    story = story_of("The shop shut.", "It rained.").assign(article="a", label=["headline", "body"])
    story.loc[1, ["start", "end"]] = [20, 29]
    assert cl.find_themes(story, CODES).empty
    assert len(cl.find_themes(story[:1], CODES)) == 1


def test_dispersion_collocations_and_agreement_by_hand():
    even = cl.count_dispersion(story_of("a b", "a c"), min_count=2)
    assert even[["word", "articles", "dp"]].values.tolist() == [["a", 2, 0.0]]
    pairs = cl.count_collocations(story_of("grey heron", "grey heron", "grey heron", "cold rain"))
    assert pairs[["word_a", "word_b", "count"]].values.tolist() == [["grey", "heron", 3]]
    for text in (
        "river river river river",
        "river river river bank river river",
    ):  # there are no cells for "another word"
        same = cl.count_collocations(story_of(text)).iloc[0]
        assert same.word_b == "river"
        assert same[["g2", "chi2"]].isna().all()
    story = story_of("The shop shut.", "It rained.", "The bar shut.", "Sun.")
    themes = cl.find_themes(story, CODES)
    assert cl.count_agreement(themes, themes, story).values.tolist() == [["closure", 2, 2, 2, 1.0]]
    partly = cl.count_agreement(themes, themes[:1], story).iloc[
        0
    ]  # by hand: 1 - 7 * 2 / (2 * 3 * 5)
    assert partly.alpha == round(1 - 14 / 30, 3)


def test_numbers_of_groups_are_tried_on_some_of_many_articles_and_the_chart_says_so(monkeypatch):
    wet = [
        "river flood water levee rain",
        "flood rain river water boats",
        "levee water flood river rain",
    ] * 4
    loud = [
        "guitar concert band stage song",
        "song band album concert guitar",
        "stage band guitar concert album",
    ] * 4
    monkeypatch.setattr(clusters, "STABILITY_ARTICLES", 16)
    curve = cl.count_stability(story_of(*wet, *loud), ks=[2, 3])
    assert curve[["articles", "tried"]].values.tolist() == [[24, 16]] * 2
    assert curve.stability[0] == 1.0
    assert (
        cl.chart_stability(curve).finding
        == "2 groups stay the same most, 1 of 1; tried on 16 of 24 articles, by lot."
    )
    assert (
        cl.chart_stability(curve.assign(tried=24)).finding == "2 groups stay the same most, 1 of 1."
    )
    assert set(cl.find_clusters(story_of(*wet, *loud)).rule.str.rpartition(", ")[2]) == {
        "the most stable of 2 to 8 for 16 articles"
    }


def test_stability_of_groups():
    wet = [
        "river flood water levee rain",
        "flood rain river water boats",
        "levee water flood river rain",
    ]
    loud = [
        "guitar concert band stage song",
        "song band album concert guitar",
        "stage band guitar concert album",
    ]
    curve = cl.count_stability(story_of(*wet, *loud), ks=[2, 3])
    assert curve.k.to_list() == [2, 3]
    assert curve.stability[0] == 1.0
    assert curve.diversity[0] == 1.0
    assert curve.npmi[0] > 0.5  # the words of a group stand in the same texts
    assert cl.count_stability(story_of(*wet, *loud)).equals(
        curve
    )  # half of six texts are the most groups tried
    assert cl.count_stability(story_of("one", "two", "three", "four"), ks=[2]).empty
    found = cl.find_clusters(story_of(*wet, *loud))
    assert found.label.nunique() == 2
    method = "TF-IDF of word stems and spherical k-means"
    assert set(found.rule) == {f"{method}, k = 2, the most stable of 2 to 3"}


def test_npmi_by_hand():
    stands = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]])
    assert _mean_npmi(csr_matrix(stands), [[0, 1]]) == 1.0
    assert _mean_npmi(csr_matrix(stands), [[0, 2]]) == -1.0
    by_chance = csr_matrix(np.array([[1, 1], [1, 0], [0, 1], [0, 0]]))
    assert _mean_mean_npmi(by_chance, [[0, 1]]) == 0.0


def test_keyness_by_hand():
    target, reference = story_of("a a a b"), story_of("a b b b b b")
    row = cl.count_keyness(target, reference).set_index("word").loc["a"]
    expected = 2 * (3 * math.log(3 / (4 * 4 / 10)) + 1 * math.log(1 / (6 * 4 / 10)))
    assert row.g2 == round(expected, 2)
    assert row.log_ratio == round(math.log2((3 / 4) / (1 / 6)), 2)
    assert row.low < row.log_ratio < row.high


def test_keyness_of_nothing_is_nothing():
    assert cl.count_keyness(story_of("a b"), story_of("")).empty


def test_phrases_and_a_pattern_that_cannot_be_read():
    phrases = cl.find_phrases(story_of("He told them. She told us."), r"told \w+")
    assert phrases.text.to_list() == ["told them", "told us"]
    with pytest.raises(BadInput, match="not a regular expression"):
        cl.find_phrases(story_of("x"), "(")


def test_groups_tell_two_subjects_apart_and_say_nothing_of_too_little():
    wet = [
        "river flood water levee rain",
        "flood rain river water boats",
        "levee water flood river rain",
    ]
    loud = [
        "guitar concert band stage song",
        "song band album concert guitar",
        "stage band guitar concert album",
    ]
    groups = cl.find_clusters(story_of(*wet, *loud), k=2).label
    assert groups[:3].nunique() == groups[3:].nunique() == 1
    assert groups.nunique() == 2
    assert cl.find_clusters(story_of(*wet)).empty
    assert cl.find_clusters(story_of("one", "two", "three", "four")).empty


def test_groups_are_found_by_one_core_however_many_there_are(monkeypatch):
    real, cores = clusters._group, []

    def looked(*given):
        found = real(*given)
        cores.extend(library["num_threads"] for library in threadpool_info())
        return found

    monkeypatch.setattr(clusters, "_group", looked)
    wet = [
        "river flood water levee rain",
        "flood rain river water boats",
        "levee water flood river rain",
    ]
    loud = [
        "drum music concert stage band",
        "band stage concert drum song",
        "song concert music stage drum",
    ]
    with threadpool_limits(3):
        cl.find_clusters(story_of(*wet, *loud), k=2)
        assert set(cores) == {1}
        assert 3 in {library["num_threads"] for library in threadpool_info()}


def test_forms_of_a_word_count_as_one_and_the_commonest_names_the_group():
    wet = [
        "river floods boats",
        "rivers flooding boat",
        "rivers flooded levee",
        "flooding levee rivers",
    ]
    loud = [
        "guitar concerts band",
        "guitars concert bands",
        "guitar concert band",
        "guitar concert stages",
    ]
    found = cl.find_clusters(story_of(*wet, *loud), k=2).label
    assert found[:4].nunique() == found[4:].nunique() == 1
    assert {"rivers", "flooding"} <= set(found[0].split(" · "))
    assert {"guitar", "concert"} <= set(found[4].split(" · "))


def test_of_thousands_a_sample_is_grouped_and_the_rest_read():
    wet, loud = (
        ["river", "flood", "water", "levee", "rain", "boats"],
        ["guitar", "band", "stage", "song", "album", "drum"],
    )
    words = [wet, loud]
    texts = [" ".join(words[n % 2][(n // 2 + step) % 6] for step in range(3)) for n in range(3100)]
    found = cl.find_clusters(story_of(*texts), k=2)
    assert found.label.nunique() == 2
    assert found.groupby(found.text.str.contains("|".join(wet))).label.nunique().to_list() == [1, 1]
    assert "of 3,000 articles, the others read by ridge regression, k = 2" in found.rule[0]


def test_counting_words_by_group():
    table = story_of("one two", "three").assign(kind=["x", "x"])
    assert cl.count_words(table, by=["kind"]).values.tolist() == [["x", 3, 2, 2]]
    assert isinstance(cl.count_words(table, by=["article"]), pd.DataFrame)


def test_a_row_of_a_class_is_tried_as_a_theme_of_its_own():
    codes = codebook_of(
        "themes", {"theme": "$man", "term": "rebel*"}, {"theme": "flight", "term": "$man ... fled"}
    )
    found = cl.find_themes(story_of("Rebels fled. Gunmen came."), cl.try_term(codes, 0, "gunm*n"))
    assert found[["label", "text"]].to_numpy().tolist() == [["man", "Gunmen came."]]
