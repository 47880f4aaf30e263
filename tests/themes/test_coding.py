"""Sentences coded with a codebook, and the contribution of each of its rows."""

import pandas as pd
import pytest

import clippings as cl
from benchmarks.theme_credit import Reports, credit_reports, read_reports
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_lexicon
from clippings.core.search_terms import compile_term
from clippings.themes import coding
from helpers import FLOOD, ROOT, SEEDS, codebook_of, story_of

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


@pytest.fixture(scope="module")
def reports():
    return read_reports(REPORTS)


def codes_of(**terms: str) -> pd.DataFrame:
    """A row for each line of the terms of a theme; CLASS_crew is the class $crew."""
    rows = []
    for theme, lines in terms.items():
        name = theme.replace("CLASS_", "$")
        rows += [{"theme": name, "side": "for", "term": term} for term in lines.splitlines()]
    return codebook_of("themes", *rows)


def sides(codes: pd.DataFrame, *texts: str) -> list[str]:
    return cl.find_themes(story_of(*texts), codes).side.to_list()


def rows_of(text: str) -> list[tuple[str, str, str]]:
    themes = cl.find_themes(story_of(text), CODES)
    return [(row.side, row.text, row.rule) for row in themes.itertuples()]


def test_conditions_hold_in_the_same_sentence():
    assert rows_of("The flood closed the road. The road closed.") == [
        ("for", "The flood closed the road.", "clos*")
    ]
    assert rows_of("The flood never closed the road.") == []
    assert rows_of("The flood closed the school.") == []


def test_a_sentence_is_one_row_per_side_with_all_terms_that_match():
    sentence = "The flood closed a bridge and shut a road, one stays open."
    assert sorted(rows_of(sentence)) == [
        ("against", sentence, "open"),
        ("for", sentence, "clos*; shut"),
    ]


def test_uncoded_passages_and_what_each_row_is_worth():
    story = story_of("The shop shut.", "It rained.", "The flood closed the road and shut the shop.")
    themes = cl.find_themes(story, CODES)
    assert cl.find_uncoded(story, themes).text.to_list() == ["It rained."]
    counted = cl.count_codes(themes, CODES)
    assert counted[["pattern", "hits", "articles", "articles_lost"]].values.tolist() == [
        ["clos*", 1, 1, 0],
        ["shut", 2, 2, 1],
        ["open", 0, 0, 0],
    ]


def test_each_alternative_of_a_row_is_counted_with_the_articles_that_rest_on_it():
    codes = codes_of(closure="clos* | shut\nbarred").set_axis([4, 7])
    story = story_of("It closed. A bar shut.", "It shut.", "It was barred and shut.")
    counted = cl.count_codes(cl.find_themes(story, codes), codes)
    last_columns = ["row", "pattern", "hits", "articles", "articles_lost", "only_in"]
    second = story.article.iloc[1]
    assert counted[last_columns].values.tolist() == [
        [4, "clos*", 1, 1, 0, ""],
        [4, "shut", 3, 3, 1, second],
        [7, "barred", 1, 1, 0, ""],
    ]


def test_an_alternative_with_the_separator_of_rules_in_it_is_counted():
    texts = ("They came; they shut the shop.", "It shut. A bar: closed; a shop too.", "It rained.")
    alternatives = ("came; they", "closed; a shop | opened; shut", "/bar: \\w+; a/")
    codes = codes_of(closure="\n".join(alternatives))
    themes = cl.find_themes(story_of(*texts), codes)
    counted = cl.count_codes(themes, codes)
    assert counted[["hits", "articles", "articles_lost"]].values.tolist() == [
        [1, 1, 1],
        [1, 1, 0],
        [0, 0, 0],
        [1, 1, 0],
    ]


def test_themes_of_the_seeds():
    articles = cl.read_articles(SEEDS)
    passages = cl.find_passages(articles)
    story = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    story = cl.drop_duplicates(story[story.label.isin(cl.STORY)])
    themes = cl.find_themes(story, cl.read_codebook(SEEDS)["themes"])

    by_theme = themes.groupby("label").article.agg(lambda names: sorted({n[:3] for n in names}))
    assert by_theme["desertion"] == ["001", "002"]
    assert by_theme["mutiny_plots"] == ["003", "004"]
    assert by_theme["propaganda_vs_reality"] == ["003"]
    assert by_theme["promotion_of_foreigners"] == ["000", "001"]
    assert by_theme["pay_and_money"] == ["001"]
    assert any("still enjoys" in text for text in themes[themes.side == "against"].text)


@pytest.mark.parametrize("folder", [SEEDS, FLOOD], ids=["seeds", "flood"])
def test_every_row_of_a_codebook_finds_something_and_is_missed_without_it(folder, reports):
    """Sentences that one row alone finds are lost without it."""
    codes = cl.read_codebook(folder)["themes"]
    passages = cl.find_passages(cl.read_articles(folder))
    story = passages[passages.label.isin(cl.STORY)]
    themes = cl.find_themes(story, codes)

    counted = cl.count_codes(themes, codes)
    elsewhere = cl.count_codes(cl.find_themes(reports.sentences, codes), codes)
    hits_of_row = (counted.hits + elsewhere.hits).groupby(counted.row).sum()
    assert codes.term[hits_of_row.index[hits_of_row == 0]].to_list() == []

    is_class = codes.theme.str.startswith("$")
    found_by_one_row = themes[~themes.rule.str.contains(coding.RULE_SEPARATOR)]
    not_missed = []
    for number, code in codes.iterrows():
        alone = found_by_one_row[
            (found_by_one_row.label == code.theme)
            & (found_by_one_row.side == code.side)
            & found_by_one_row.rule.str.split(": ").str[0].eq(code.term)
        ]
        if alone.empty:
            continue
        affected = story[story.article.isin(alone.article)]
        of_theme = codes[is_class | (codes.theme == code.theme)]  # the others change nothing
        without = cl.find_themes(affected, of_theme.drop(index=number))
        without = without[(without.label == code.theme) & (without.side == code.side)]
        places = set(zip(without.article, without.start, strict=True))
        not_missed += [
            (code.term, row.text)
            for row in alone.itertuples()
            if (row.article, row.start) in places
        ]
    assert not_missed == []


def reports_of_sets(reports, sets: str) -> Reports:
    """The reports whose name begins with one of these letters."""
    sentences = reports.sentences
    in_sets = sentences[sentences.article.str[0].isin(list(sets))]
    themes_of = {
        place: themes for place, themes in reports.themes_of.items() if place[0][0] in sets
    }
    return Reports(in_sets.reset_index(drop=True), themes_of)


# The dictionary contains general words only, so it does not find every theme of reports that were
# written independently of it (sets B, C and D: F1 0.69, precision 0.91; older sets: 0.80, 0.89).
# The limits leave room for editing word classes; if classes, conditions or denials stop working,
# the values are far below them.
MIN_PRECISION = 0.85
MIN_F1_OF_SETS = {"ahrstu": 0.65, "BCD": 0.55}


def test_the_codes_of_the_seeds_carry_over_to_reports_in_other_words(reports):
    codes = cl.read_codebook(SEEDS)["themes"]
    for sets, min_f1 in MIN_F1_OF_SETS.items():
        credits = credit_reports(reports_of_sets(reports, sets), codes)
        assert credits.precision > MIN_PRECISION, sets
        assert credits.f1 > min_f1, sets


def test_reports_about_other_subjects_get_few_themes(reports):
    """Most are traps: armies, parties, clubs and gangs that do what rebels do."""
    credits = credit_reports(reports, cl.read_codebook(SEEDS)["themes"])
    with_theme = {report for report, _ in credits.carried}
    without_theme = set(reports.sentences.article) - with_theme
    assert len(without_theme) > 20
    credited = credits.credited[credits.credited.article.isin(without_theme)]
    assert credited.article.nunique() <= 0.25 * len(without_theme)
    assert len(credited) <= 0.35 * len(without_theme)


@pytest.mark.parametrize("folder", [SEEDS, FLOOD], ids=["seeds", "flood"])
def test_the_examples_of_a_codebook_have_their_themes(folder):
    codes = cl.read_codebook(folder)["themes"]
    checked = cl.check_codes(codes)
    assert checked[checked.problem != ""].example.to_list() == []
    assert set(checked.theme) == set(codes.theme[~codes.theme.str.startswith("$")])


def test_the_codebook_of_the_seeds_is_readable():
    path = SEEDS / "codebook" / "themes.csv"
    assert path.stat().st_size <= 8_000
    codes = cl.read_codebook(SEEDS)["themes"]
    themes = codes[~codes.theme.str.startswith("$")]
    assert themes.theme.nunique() == 17
    has_definition = themes.groupby("theme").definition.agg(lambda cells: (cells != "").any())
    assert has_definition.all()
    assert codes.term.str.len().max() <= 160


CREW = codes_of(CLASS_about="$crew", CLASS_crew="sailor* | crew", leaving="$crew ... left")
TWO_ROWS = codes_of(CLASS_crew="sailor*\nstoker*", leaving="$crew ... left")
HINTED = codes_of(CLASS_about="sailor*", CLASS_hint="deck | mast | anchor", leaving="left")
NEAR = codes_of(closure="shop*").assign(near="shut")
CLASSES_HINTS_GAPS_AND_DENIALS = [
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
]


def test_classes_hints_gaps_and_denials():
    wrong = []
    for codes, text, expected in CLASSES_HINTS_GAPS_AND_DENIALS:
        found = sides(codes, text)
        if found != expected:
            wrong.append((text, found, expected))
    assert wrong == []


def test_a_word_class_that_does_not_exist_is_named():
    with pytest.raises(BadInput, match=r"\$crew"):
        cl.find_themes(story_of("a"), CREW[CREW.theme != "$crew"])


INCLUDED = codebook_of(
    "themes",
    {"theme": "$include", "side": "for", "term": "armed_groups"},
    {"theme": "$fighter", "side": "for", "term": "raider*"},
    {"theme": "flight", "side": "for", "term": "$fighter .. fled"},
)


def test_a_codebook_can_use_and_extend_the_classes_of_a_dictionary():
    texts = ("Two gunmen fled.", "The raiders fled.", "The bakers fled.")
    themes = cl.find_themes(story_of(*texts), INCLUDED)
    assert themes.text.to_list() == ["Two gunmen fled.", "The raiders fled."]

    by_class = INCLUDED.assign(term=INCLUDED.term.replace("$fighter .. fled", "$fighter"))
    counted = cl.count_codes(cl.find_themes(story_of(*texts), by_class), by_class)
    assert counted[["pattern", "hits"]].values.tolist() == [
        ["$fighter: gunm*n", 1],
        ["$fighter: raider*", 1],
    ]
    counted = cl.count_codes(cl.find_themes(story_of("It rained."), by_class), by_class)
    assert counted[["pattern", "hits"]].values.tolist() == [["$fighter", 0]]

    tried = cl.try_term(INCLUDED, 2, "$fighter .. fled | $fighter .. left")
    assert len(cl.find_themes(story_of("The rebels left.", *texts), tried)) == 3
    assert set(cl.count_codes(themes, INCLUDED).theme) == {"flight"}


def test_a_dictionary_that_does_not_exist_is_named_with_those_that_do():
    wrong = INCLUDED.assign(term=INCLUDED.term.str.replace("armed_groups", "armed_group"))
    with pytest.raises(BadInput, match=r"'armed_group'.*armed_groups"):
        cl.find_themes(story_of("a"), wrong)
    with pytest.raises(BadInput, match="armed_groups"):
        cl.read_dictionary("../stopwords")


@pytest.mark.parametrize("name", cl.list_dictionaries())
def test_each_pattern_of_a_dictionary_matches_its_example(name):
    dictionary = cl.read_dictionary(name)
    assert dictionary[dictionary.duplicated(["class", "pattern"])].empty
    patterns = [
        {
            "theme": f"{number}",
            "side": "for",
            "term": row.pattern,
            "example": row.example,
            "if_denied": "for",
        }
        for number, row in enumerate(dictionary.itertuples())
    ]
    include = {"theme": "$include", "side": "for", "term": name}
    checked = cl.check_codes(codebook_of("themes", include, *patterns))
    assert len(checked) == len(dictionary)
    assert checked[checked.problem != ""].example.to_list() == []


EXAMPLES = [
    # term, side of the row, example, problem
    ("shut", "for", "It shut.", ""),
    ("shut", "for", "It closed.", "not matched"),
    ("shut", "for", "It never shut.", "other side"),
    ("shut", "against", "It shut.", ""),
    ("shut", "for", "It shut. | It was shut.", ""),
    ("shut", "for", "It shut. | It closed.", "not matched"),
    ("shut", "for", "It rained. It shut.", ""),
    ("$crew ... left", "for", "The crew has left.", ""),
    ("shut", "for", "", ""),
]


def test_examples_that_a_theme_does_not_match_are_reported():
    wrong = []
    for term, side, example, problem in EXAMPLES:
        codes = codebook_of(
            "themes",
            {"theme": "$about", "side": "for", "term": "ship*"},  # not required of an example
            {"theme": "$crew", "side": "for", "term": "crew"},
            {"theme": "closure", "side": side, "term": term, "example": example},
        )
        checked = cl.check_codes(codes)
        expected_rows = len([sentence for sentence in example.split("|") if sentence])
        if len(checked) != expected_rows or "".join(checked.problem) != problem:
            wrong.append((term, side, example, checked.problem.to_list()))
    assert wrong == []


def test_an_example_may_be_matched_by_another_row_of_its_theme_only():
    rows = [
        {"theme": "closure", "side": "for", "term": "shut", "example": "It closed."},
        {"theme": "closure", "side": "for", "term": "clos*"},
        {"theme": "rain", "side": "for", "term": "rain*", "example": "It closed."},
    ]
    checked = cl.check_codes(codebook_of("themes", *rows))
    assert checked[["row", "problem", "rule"]].values.tolist() == [
        [0, "", "clos*"],
        [2, "not matched", ""],
    ]


def test_a_codebook_without_the_optional_columns_can_be_used():
    codes = CODES.drop(columns=["if_denied", "definition", "example"])
    themes = cl.find_themes(story_of("The shop never shut. It is open."), codes)
    assert sorted(themes.rule) == ["not shut", "open"]
    assert len(cl.count_codes(themes, codes)) == 3
    assert cl.check_codes(codes).empty


def test_what_a_denied_match_counts_as():
    for if_denied, expected in [
        ("", ["against"]),
        ("against", ["against"]),
        ("for", ["for"]),
        ("ignored", []),
    ]:
        codes = codes_of(foxes="fox*").assign(if_denied=if_denied)
        assert sides(codes, "There was no fox in the wood.") == expected, if_denied
        assert sides(codes, "There was a fox in the wood.") == ["for"], if_denied


DENIALS = read_lexicon("en/themes/denials")


@pytest.fixture
def sides_with_denials(monkeypatch):
    """Themes with other rows in the word list denials."""
    caches = (coding._denials, coding._has_denial, coding._unfounded_spans)

    def clear():
        for cached in caches:
            cached.cache_clear()

    def find(rows, codes, text):
        def read_words(name, kind):
            return tuple(row["word"] for row in rows if row["kind"] == kind)

        clear()
        monkeypatch.setattr(coding, "read_words", read_words)
        return sides(codes, text)

    yield find
    clear()


def sentence_with(row):
    """A sentence about shops that shut, denied or emphasised with the words of a row."""
    words = row["word"].replace("* ", "one ").replace("*n't", "didn't").replace("*", "s")
    if row["kind"] == "unfounded":
        return words, f"Shops shut, it was said in the long evening: {words} this."
    return words, f"It is {words} shops shut."


def test_each_row_of_the_denials_is_needed(sides_with_denials):
    codes = codes_of(closure="shop* shut")
    wrong = []
    not_needed = []
    for row in DENIALS:
        words, text = sentence_with(row)
        expected = ["for"] if row["kind"] == "emphasis" else ["against"]
        if sides_with_denials(DENIALS, codes, text) != expected:
            wrong.append(row["word"])

        others = [other for other in DENIALS if other is not row]
        # A shorter row of the same kind may stand in these words as well.
        has_shorter = any(
            other["kind"] == row["kind"] and compile_term(other["word"]).search(words)
            for other in others
        )
        if not has_shorter and sides_with_denials(others, codes, text) == expected:
            not_needed.append(row["word"])
    assert wrong == []
    assert not_needed == []


def test_a_rule_shows_the_alternative_that_matched_and_the_start_of_a_long_one():
    long = f"/shut{'|x' * 50}/"
    codes = codes_of(closure=f"clos* | was .. barred\n{long}")
    themes = cl.find_themes(story_of("It was then barred, and shut."), codes)
    assert themes.rule.to_list() == [f"{long[:59]}…; was .. barred"]
    assert cl.count_codes(themes, codes).hits.to_list() == [0, 1, 1]


def test_a_headline_alone_carries_no_theme():
    story = story_of("The shop shut.", "It rained.").assign(article="a", label=["headline", "body"])
    story.loc[1, ["start", "end"]] = [20, 29]
    assert cl.find_themes(story, CODES).empty
    assert len(cl.find_themes(story[:1], CODES)) == 1


def test_a_row_of_a_class_is_tried_as_a_theme_of_its_own():
    codes = codes_of(CLASS_man="rebel*", flight="$man ... fled")
    tried = cl.try_term(codes, 0, "gunm*n")
    found = cl.find_themes(story_of("Rebels fled. Gunmen came."), tried)
    assert found[["label", "text"]].to_numpy().tolist() == [["man", "Gunmen came."]]
    with pytest.raises(KeyError):
        cl.try_term(codes, 2, "rebel*")


def test_rows_are_in_the_order_of_the_articles():
    articles, codebook = cl.load_example()
    story = story_of(*articles.text)
    themes = cl.find_themes(story, codebook["themes"])
    order = {article: number for number, article in enumerate(story.article.drop_duplicates())}
    positions = list(zip(themes.article.map(order), themes.start, strict=True))
    assert len(positions) > 10
    assert positions == sorted(positions)
