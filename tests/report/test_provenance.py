"""Every row of a chart or table rests on rows that slice back; without them it is another row or none."""

import pytest

import clippings as cl
from clippings.core.tables import STORY, cited
from clippings.core.tokens import folded_words
from clippings.themes.coding import shown_in_rule

# Each row tried is counted anew without its evidence; key words alone have many hundred rows.
ROWS_TRIED = 60


def story(tables):
    return tables["passages"][tables["passages"].label.isin(STORY)]


def zones(tables):
    return cl.count_words(tables["passages"], by=["article", "label"])


def shared(tables):
    return cl.count_shared(tables["repeats"], tables["articles"])[
        ["article_a", "article_b", "words"]
    ]


def themes(tables):
    spoken = cl.drop_duplicates(tables["themes"]).query("side == 'for'")
    return spoken.groupby(["label", "article", "duplicate_status"], as_index=False).size()


def speakers(tables):
    return cl.count_words(cl.drop_duplicates(tables["quotes"]), by=["label", "source_type"])


def network(tables):
    return cl.count_cooccurrence(cl.drop_duplicates(tables["mentions"]), story(tables))


def keyness(tables):
    told = cl.drop_duplicates(cl.mark_duplicates(story(tables), tables["repeats"]))
    first = tables["articles"].article[0]
    return cl.count_keyness(told[told.article == first], told[told.article != first])[
        ["word", "target", "reference"]
    ]


def origins(tables):
    return cl.count_origins(*(tables[name] for name in ("claims", "quotes", "repeats", "articles")))


def timeline(tables):
    return cl.find_dates(tables["constraints"])[
        ["article", "start", "end", "label", "earliest", "likely_earliest"]
    ]


def codes(tables):
    counted = cl.count_codes(cl.drop_duplicates(tables["themes"]), tables["codes"])
    return counted[counted.hits > 0]


def chains(tables):
    return cl.count_chains(cl.drop_duplicates(tables["quotes"]))


def unnamed(tables):
    return cl.count_unnamed(cl.drop_duplicates(tables["quotes"]), tables["articles"])


def tellings(tables):
    """The rows that are copies: first occurrences rest on the text of the article itself."""
    return cl.count_duplicates(tables["repeats"], tables["articles"]).query(
        "duplicate_status != 'first' and words > 0"
    )


def fired(tables, row):
    own = same(tables["themes"].rename(columns={"label": "theme"}), row, "theme", "side").rename(
        columns={"theme": "label"}
    )
    pattern = shown_in_rule(row.pattern)
    return own[[pattern in rule.split("; ") for rule in own.rule]]


def chained(tables, row):
    told = same(tables["quotes"], row, "via", "told_to")
    return told[told.source_type.replace("", "unknown") == row.source]


def same(table, row, *columns):
    """The rows of a table that have a row's values."""
    kept = table
    for column in columns:
        kept = kept[kept[column] == getattr(row, column)]
    return kept


def copies(tables, row):
    own = tables["repeats"][tables["repeats"].article == row.article_b]
    return (
        own[own.relation == "within"]
        if row.article_a == row.article_b
        else own[own.match_article == row.article_a]
    )


CHARTS = {  # chart or table: how it is counted, the table it rests on, which rows of that a row rests on
    "zones": (zones, "passages", lambda t, row: same(t["passages"], row, "article", "label")),
    "repeats": (shared, "repeats", copies),
    "themes": (themes, "themes", lambda t, row: same(t["themes"], row, "article", "label")),
    "speakers": (speakers, "quotes", lambda t, row: same(t["quotes"], row, "label", "source_type")),
    "network": (
        network,
        "mentions",
        lambda t, row: t["mentions"][t["mentions"].label.isin([row.actor_a, row.actor_b])],
    ),
    "keyness": (
        keyness,
        "passages",
        lambda t, row: t["passages"][
            [row.word in folded_words(text) for text in t["passages"].text]
        ],
    ),
    "origins": (origins, "claims", lambda t, row: t["claims"][t["claims"].label == row.claim]),
    "codes": (codes, "themes", fired),
    "chains": (chains, "quotes", chained),
    "unnamed": (unnamed, "quotes", lambda t, row: same(t["quotes"], row, "article")),
    "tellings": (
        tellings,
        "repeats",
        lambda t, row: t["repeats"][
            (t["repeats"].article == row.article) & (t["repeats"].relation == row.duplicate_status)
        ],
    ),
    "timeline": (
        timeline,
        "constraints",
        lambda t, row: same(t["constraints"], row, "article", "start", "end", "label"),
    ),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_row_of_a_count_rests_on_rows_that_it_cannot_do_without(chart, corpus):
    articles, codebook, tables = corpus
    count, name, evidence = CHARTS[chart]
    tables = tables | {"codes": codebook["themes"]}
    table = count(tables)
    assert len(table) > 1
    kept = []
    step = max(1, len(table) // ROWS_TRIED)
    for row in table.iloc[::step].itertuples(index=False):
        rows = evidence(tables, row)
        assert len(rows)
        assert len(cl.check_spans(rows, articles)) == len(rows)
        fewer = count(tables | {name: tables[name].drop(index=rows.index)})
        kept += [row] if row in set(fewer.itertuples(index=False)) else []
    assert kept == []


def test_every_day_of_the_timeline_cites_bounds_that_slice_back(corpus):
    articles, _, tables = corpus
    dated = tables["dates"].dropna(
        subset=["earliest", "latest", "likely_earliest", "likely_latest"], how="all"
    )
    assert len(dated) > 10
    for row in dated.itertuples():
        reasons = tables["constraints"].loc[cited(row.because) + cited(row.likely_because)]
        assert len(cl.check_spans(reasons, articles)) == len(reasons) > 0


def test_a_row_that_rests_on_others_is_seen(seeds):
    """The measure falls if a row is not based on its evidence."""
    tables = seeds[2]
    row = next(themes(tables).itertuples(index=False))
    other = tables["themes"][tables["themes"].label != row.label]
    assert row in set(
        themes(tables | {"themes": tables["themes"].drop(index=other.index)}).itertuples(
            index=False
        )
    )
