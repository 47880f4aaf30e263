"""Corpora and tables that the tests share."""

from pathlib import Path

import clippings as cl
import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
FLOOD = ROOT / "tests" / "corpora" / "flood"


@pytest.fixture(scope="session", params=[SEEDS, FLOOD], ids=["seeds", "flood"])
def corpus(request):
    """Articles, codebook and all tables of a corpus."""
    articles, codebook = cl.read_articles(request.param), cl.read_codebook(request.param)
    return articles, codebook, cl.find_all(articles, codebook)


@pytest.fixture(scope="session")
def seeds():
    articles, codebook = cl.read_articles(SEEDS), cl.read_codebook(SEEDS)
    return articles, codebook, cl.find_all(articles, codebook)


@pytest.fixture(scope="session")
def flood():
    articles, codebook = cl.read_articles(FLOOD), cl.read_codebook(FLOOD)
    return articles, codebook, cl.find_all(articles, codebook)
