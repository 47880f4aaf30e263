"""Recognise pictures, scripts and other files that accompany articles.

A browser that saves a complete page writes `story.html` and a folder `story_files/` with pictures,
scripts, stylesheets and framed pages. A row for each of them would bury the important rows, so all
files of one kind share a row, and so do all such folders. Each file is counted in one of the rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from clippings.core.lexicon import read_words
from clippings.corpus import problems
from clippings.corpus.file_kinds import KIND_OF_SUFFIX, companion_kind, suffix_of, unread_problem


class Companions(NamedTuple):
    """The report on files that are not articles."""

    problems: dict[str, str]  # name of a file or folder that represents others → their problem
    names: frozenset[str]  # all files that are not read for this reason


def find_companions(names: Iterable[str]) -> Companions:
    """Find the files that appear next to articles and are not articles.

    Parameters
    ----------
    names : iterable of str
        Paths of files below one folder or in one archive, with "/" between their parts.

    Returns
    -------
    Companions
        One problem for all files of a kind, with the name of the first of them; one for all folders
        that browsers saved with pages, with the name of the first of them.

    Notes
    -----
    Not recognised: such a folder whose page is missing or has another name; a picture whose name
    has no suffix.

    Examples
    --------
    >>> found = find_companions(["a.html", "a_files/ad.js", "wall.jpg", "well.jpg", "b.txt"])
    >>> sorted(found.names)
    ['a_files/ad.js', 'wall.jpg', 'well.jpg']
    >>> sorted(found.problems)
    ['a_files', 'wall.jpg']
    """
    names = sorted(names)
    folder_of = _page_folders(names)
    problem_of: dict[str, str] = {}
    if folder_of:
        folders = sorted(set(folder_of.values()))
        problem_of[folders[0]] = problems.page_folders(len(folder_of), len(folders))
    names_by_kind: dict[str, list[str]] = defaultdict(list)
    for name in names:
        kind = None if name in folder_of else companion_kind(name)
        if kind is not None:
            names_by_kind[kind.companions].append(name)
    for kinds, members in names_by_kind.items():
        first = companion_kind(members[0])
        if len(members) == 1:
            problem = unread_problem(first.suffix)
        else:
            problem = problems.companion_files(len(members), kinds, first.fix, first.suffix)
        problem_of[members[0]] = problem
    alone = set(chain.from_iterable(names_by_kind.values()))
    return Companions(problem_of, frozenset(alone | folder_of.keys()))


def _page_folders(names: list[str]) -> dict[str, str]:
    """Return the files in folders that a browser saved with a page, and the folder of each."""
    endings = read_words("reading/page_folders", "ending")
    possible_folders = set()
    for name in names:
        if KIND_OF_SUFFIX.get(suffix_of(name)) == ".html":
            page = name[: name.rfind(".")]
            possible_folders.update((page + ending).casefold() for ending in endings)
    if not possible_folders:
        return {}
    folder_of = {}
    for name in names:
        parts = name.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if folder.casefold() in possible_folders:
                folder_of[name] = folder
                break
    return folder_of
