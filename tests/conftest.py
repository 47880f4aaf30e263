"""Tables that the tests share."""

import os
import signal

import pytest

import clippings as cl
from clippings.show.notebook import CORPUS_VARIABLE
from helpers import FLOOD, SEEDS


def pytest_configure() -> None:
    """Let the programs that tests start notice Control-C, and ignore a chosen corpus.

    A shell that runs the tests in the background has it ignored, and programs inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # The notebooks are checked with the articles that their saved outputs are about.
    os.environ.pop(CORPUS_VARIABLE, None)


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
