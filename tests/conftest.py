"""Tables that the tests share."""

import pytest

import clippings as cl
from helpers import FLOOD, SEEDS


def everything(folder):
    articles, codebook = cl.read_articles(folder), cl.read_codebook(folder)
    return articles, codebook, cl.find_all(articles, codebook)


@pytest.fixture(scope="session", params=[SEEDS, FLOOD], ids=["seeds", "flood"])
def corpus(request):
    """Articles, codebook and all tables of a corpus."""
    return everything(request.param)


@pytest.fixture(scope="session")
def seeds():
    return everything(SEEDS)


@pytest.fixture(scope="session")
def flood():
    return everything(FLOOD)
