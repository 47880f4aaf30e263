"""The charts of two corpora, which several tests look at."""

import pytest

import clippings as cl


@pytest.fixture(scope="session", params=["seeds", "flood"])
def tables(request):
    """All tables of a corpus."""
    articles, _, tables = request.getfixturevalue(request.param)
    return tables | {"articles": articles}


@pytest.fixture(scope="session")
def draw_charts():
    """A function that draws every chart from all tables."""
    return charts_of


def charts_of(tables: dict) -> dict:
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    articles, repeats = tables["articles"], tables["repeats"]
    themes = cl.drop_duplicates(tables["themes"])
    return {
        "zones": cl.chart_zones(cl.count_words(tables["passages"], by=["article", "label"])),
        "shared": cl.chart_shared(cl.count_shared(repeats, articles), repeats),
        "themes": cl.chart_themes(themes.groupby(["label", "article"], as_index=False).size()),
        "topics": cl.chart_topics(cl.count_topics(cl.find_topics(story), articles)),
        "keyness": cl.chart_keyness(cl.count_keyness(story.iloc[:10], story.iloc[10:])),
        "key_terms": cl.chart_key_terms(cl.count_key_terms(story)),
        "stability": cl.chart_stability(cl.count_stability(story, ks=[2, 3])),
        "speakers": cl.chart_speakers(
            cl.count_words(tables["quotes"], by=["label", "source_type", "anonymous"])
        ),
        "network": cl.chart_network(cl.count_cooccurrence(tables["mentions"], story)),
        "timeline": cl.chart_timeline(tables["dates"], tables["events"], tables["amounts"]),
        "origins": cl.chart_origins(
            cl.count_origins(tables["claims"], tables["quotes"], repeats, articles)
        ),
    }


@pytest.fixture(scope="session")
def charts(tables):
    """Every chart of a corpus by name."""
    return charts_of(tables)
