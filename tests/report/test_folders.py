"""Writing reports: nothing that clippings did not create is changed, moved or deleted."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.__main__ import DONE, FAILED, LEFT_OUT, main
from clippings.core.atomic import MARKER, atomic_write
from clippings.core.errors import BadInput
from clippings.corpus.snapshot import read_snapshot, write_snapshot
from clippings.report import build, folders
from clippings.report.build import make_report
from helpers import FLOOD, SEEDS, files_below
from in_process import make_reports_small, one_by_one

DRAWS = int(os.environ.get("FOLDER_DRAWS", "300"))
TEXT = "Levee breaks in the town\n\nThe mayor said on Tuesday that 40 houses were flooded.\n"


# ---------------------------------------------------------------- a report without its notebooks


def write_something(notebook, folder, name, on_cell=None, environment=None) -> None:
    """In place of running a notebook: only write to the given folder, as notebooks do."""
    out = Path(parameters_of(notebook)["OUT"])
    (out / "charts").mkdir(exist_ok=True)
    (out / "charts" / "zones.csv").write_text("label\n", encoding="utf-8")


def parameters_of(notebook) -> dict[str, str]:
    """The parameters that were injected into a notebook."""
    values: dict[str, str] = {}
    exec(notebook.cells[1].source, values)
    return values


@pytest.fixture(scope="module", autouse=True)
def fast_reports(tmp_path_factory) -> Iterator[None]:
    """One small notebook that is not run; every operation on files is real."""
    with pytest.MonkeyPatch.context() as patch:
        make_reports_small(patch, tmp_path_factory.mktemp("notebooks"), write_something)
        yield


# ---------------------------------------------------------------- comparing before and after


def entries_below(root: Path) -> dict[str, object]:
    """What everything below a folder is: bytes of a file, target of a link, None for a folder."""
    entries: dict[str, object] = {}
    for folder, subfolders, names in os.walk(root):
        for name in (*subfolders, *names):
            path = Path(folder, name)
            key = os.fsdecode(os.path.relpath(path, root))
            if path.is_symlink():
                entries[key] = ("link", os.readlink(path))
            else:
                entries[key] = path.read_bytes() if path.is_file() else None
    return entries


def lost(before: dict, after: dict) -> list[str]:
    """The entries that are no longer as they were."""
    return [name for name, entry in before.items() if name not in after or after[name] != entry]


def strays(before: dict, after: dict, out: str, name: str) -> list[str]:
    """New entries in other places than those that belong to the report `name` below `out`."""
    places = [
        os.path.normpath(os.path.join(out, name + end))
        for end in ("", ".previous", ".cache", ".lock")
    ]
    new = after.keys() - before.keys()
    return sorted(
        entry
        for entry in new
        if not any(entry == place or entry.startswith(f"{place}/") for place in places)
        and not f"{os.path.normpath(out)}/".startswith(f"{entry}/")  # --out itself is created
    )


@contextmanager
def standing_in(folder: Path, home: Path) -> Iterator[None]:
    """Another current folder and home folder for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.chdir(folder)
        yield


def put(path: Path, text: str = TEXT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- all positions and spellings

POSITIONS = {  # where the corpus lies: its path, and --out
    "inside out": ("out/deep/news", "out"),
    "above out": ("news", "news/deep/out"),
    "directly above out": ("news", "news/out"),
    "equal to out": ("news", "news"),
    "sibling of out": ("news", "out"),
    "the report itself": ("out/news", "out"),
    "inside the report": ("out/news/news", "out"),
    "inside previous": ("out/news.previous/news", "out"),
    "above previous": ("out/news", "out/news/deep"),
    "named like a previous report": ("out/news.previous", "out"),
    "sibling of previous": ("out/other/news", "out"),
    "inside partial": ("out/.news.abc.partial/news", "out"),
    "named like partial": ("out/.news.abc.partial", "out"),
    "inside cache": ("out/news.cache/news", "out"),
    "named like a cache": ("out/news.cache", "out"),
}
IN_THE_WAY = (
    "",
    "news",
    "news.previous",
    "news.cache",
    ".news.abc.partial",
    ".news.partial",
    "news.lock",
)
SPELLINGS = ("real", "link", "relative", "trailing slash", "dot")


def spelled(path: Path, spelling: str, root: Path) -> str:
    """A folder as one can name it on the command line."""
    if spelling == "link":
        link = root / f"link to {path.name}"
        if not link.is_symlink():
            link.symlink_to(path)
        return str(link)
    if spelling == "relative":
        return os.path.relpath(path)
    if spelling == "trailing slash":
        return f"{path}/"
    if spelling == "dot":
        return "." if Path.cwd() == path else os.path.relpath(path)
    return str(path)


def test_the_corpus_survives_in_every_position_under_every_spelling(tmp_path, capsys):
    wrong = []
    codes = set()
    number = 0
    for position, (corpus_name, out_name) in POSITIONS.items():
        for spelling in SPELLINGS:
            for way in IN_THE_WAY:
                number += 1
                root = tmp_path / str(number)
                corpus, out = root / corpus_name, root / out_name
                put(corpus / "a.txt")
                if way:
                    put(out / way / "mine.txt", "mine")
                put(root / "precious.txt", "precious")
                link_target = spelled(corpus, "link", root) if spelling == "link" else None
                before = entries_below(root)
                (root / "home").mkdir()
                standing = corpus if spelling == "dot" else root
                with standing_in(standing, root / "home"):
                    for _ in range(2):
                        argument = link_target or spelled(corpus, spelling, root)
                        code = main(
                            [
                                "report",
                                argument,
                                "--out",
                                spelled(out, spelling if spelling != "link" else "real", root),
                                "--quiet",
                            ]
                        )
                        codes.add(code)
                if lost(before, entries_below(root)):
                    wrong.append((position, spelling, way, lost(before, entries_below(root))))
    capsys.readouterr()
    assert wrong == []
    assert codes == {DONE, FAILED}


# ---------------------------------------------------------------- anything at all

ODD_NAMES = [
    "a.txt", "-rf.txt", "it's $(touch x).txt", "new\nline.txt", "ü.md", "manifest.json", MARKER,
    "a.txt.lock", "feed.csv", "news", "news.previous", ".hidden.txt", "README", os.fsdecode(b"caf\xe9.txt"),
]  # fmt: skip
FOLDER_NAMES = [
    "news",
    "a b",
    "it's <b>",
    "$HOME",
    os.fsdecode(b"caf\xe9"),
    "news.previous",
    ".news",
    "-n",
]
PLACES_OF_CORPUS = [
    "{n}",
    "out/{n}",
    "out/{n}/{n}",
    "out/{n}.previous/{n}",
    "out/{n}.cache/{n}",
    "home/{n}",
    "a/{n}",
]
PLACES_OF_OUT = ["out", ".", "out/deeper", "{corpus}", "{corpus}/out", "home", "a/../out", "link"]
CONTENTS = st.one_of(
    st.just(TEXT.encode()),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=40),
    st.sampled_from(
        [b'{"made_by": "clippings"}', b'{"made_by": "clippings", "report": "news"}', b"12345\n"]
    ),
)
FILES = st.dictionaries(st.sampled_from(ODD_NAMES), CONTENTS, max_size=4)
KINDS = st.sampled_from(
    [
        "nothing",
        "file",
        "folder",
        "empty folder",
        "link to precious",
        "link to corpus",
        "dangling link",
    ]
)


class Layout(NamedTuple):
    """Folders before a run."""

    name: str
    corpus: str
    out: str
    files: dict
    in_the_way: dict  # end of the name → kind
    standing: str
    runs: int
    short: bool


LAYOUTS = st.builds(
    Layout,
    name=st.sampled_from(FOLDER_NAMES),
    corpus=st.sampled_from(PLACES_OF_CORPUS),
    out=st.sampled_from(PLACES_OF_OUT),
    files=FILES,
    in_the_way=st.dictionaries(
        st.sampled_from(["", ".previous", ".cache", ".lock", ".partial", ".kept"]),
        KINDS,
        max_size=3,
    ),
    standing=st.sampled_from(["root", "corpus", "out"]),
    runs=st.integers(1, 3),
    short=st.booleans(),
)


def lay_out(layout: Layout, root: Path) -> tuple[Path, Path]:
    """Make the folders of a layout; return corpus and --out."""
    corpus = root / layout.corpus.format(n=layout.name)
    (root / "a").mkdir(exist_ok=True)  # so that a/.. exists
    out = root / layout.out.format(corpus=corpus.relative_to(root))
    put(corpus / "good.txt")
    for name, content in layout.files.items():
        (corpus / name).write_bytes(content)
    put(root / "precious" / "b.txt", "precious")
    (root / "home").mkdir(exist_ok=True)
    (root / "real out").mkdir()
    (root / "link").symlink_to(root / "real out")
    for end, kind in layout.in_the_way.items():
        hidden = "." if end == ".partial" else ""
        stand_in_the_way(out / f"{hidden}{layout.name}{end}", kind, root, corpus)
    return corpus, out


def stand_in_the_way(path: Path, kind: str, root: Path, corpus: Path) -> None:
    """Put something where the report, or a folder that belongs to it, would go."""
    if os.path.lexists(path) or kind == "nothing":
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        path.write_text("mine", encoding="utf-8")
    elif kind == "folder":
        put(path / "mine.txt", "mine")
    elif kind == "empty folder":
        path.mkdir()
    else:
        targets = {"link to precious": root / "precious", "link to corpus": corpus}
        path.symlink_to(targets.get(kind, root / "nowhere"))


@settings(max_examples=DRAWS, deadline=None, suppress_health_check=list(HealthCheck))
@given(LAYOUTS)
def test_nothing_outside_our_folders_changes_whatever_is_there(layout):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus, out = lay_out(layout, root)
        before = entries_below(root)
        places = {"root": root, "corpus": corpus, "out": out if out.is_dir() else root}
        options = ["--quotes", "short"] if layout.short else []
        with standing_in(places[layout.standing], root / "home"):
            for _ in range(layout.runs):
                code = main(["report", "--quiet", f"--out={out}", *options, "--", str(corpus)])
                assert code in (DONE, LEFT_OUT, FAILED)
        after = entries_below(root)
        assert lost(before, after) == []
        out_name = os.path.relpath(os.path.realpath(out), os.path.realpath(root))
        assert strays(before, after, out_name, layout.name) == []


# ---------------------------------------------------------------- what is ours, and whose


@pytest.fixture
def corpus(tmp_path) -> Path:
    put(tmp_path / "one" / "news" / "a.txt")
    return tmp_path / "one" / "news"


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


def make(corpus: Path, out: Path) -> Path:
    return make_report(corpus, out, progress=False).folder


@pytest.fixture
def with_articles(monkeypatch):
    """Reports whose only table is that of the articles."""

    def write_articles(notebook, folder, name, on_cell, environment):
        given = parameters_of(notebook)
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in environment.items():
                patch.setenv(variable, value)
            cl.write_tables({"articles": cl.read_articles(given["CORPUS"])}, given["OUT"])

    monkeypatch.setattr(build, "run_notebooks", one_by_one(write_articles))


def test_a_report_says_what_is_new_if_something_is(corpus, out, with_articles):
    first = make(corpus, out)
    assert not (first / "changes.html").exists()
    put(corpus / "b.txt", f"{TEXT} And another one.\n")
    second = make(corpus, out)
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert "changes.html" in manifest["files"]
    assert 'href="changes.html"' in (second / "report.html").read_text(encoding="utf-8")
    assert "b.txt" in (second / "changes.html").read_text(encoding="utf-8")
    third = make(corpus, out)
    assert not (third / "changes.html").exists()
    assert "changes.html" not in (third / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("column", "is_comparable"), [("title", True), ("sha256", False)])
def test_a_previous_report_of_another_version_never_prevents_a_new_one(
    corpus, out, with_articles, column, is_comparable
):
    first = make(corpus, out)
    table = first / "tables" / "articles.csv"
    cl.read_table(table).drop(columns=column).to_csv(table, index=False)
    put(corpus / "b.txt", f"{TEXT} And another one.\n")
    report = make_report(corpus, out, progress=False)
    assert (report.comparison.problem == "") == is_comparable
    assert (report.folder / "changes.html").exists() == is_comparable


def test_a_report_replaces_the_one_before_which_is_kept(corpus, out):
    for number in range(3):
        put(corpus / "a.txt", f"{TEXT}{number}\n")
        make(corpus, out)
    texts = {
        name: (out / name / "texts" / "a.txt").read_text() for name in ("news", "news.previous")
    }
    assert texts == {"news": f"{TEXT}2\n", "news.previous": f"{TEXT}1\n"}
    assert {path.name for path in out.iterdir()} == {
        "news",
        "news.previous",
        "news.lock",
        "news.cache",
    }


def test_two_corpora_of_one_name_do_not_replace_each_other(corpus, out, tmp_path):
    put(tmp_path / "two" / "news" / "a.txt", "Another town is flooded\n\nIt rained, she said.\n")
    report = make(corpus, out)
    before = files_below(report)
    with pytest.raises(BadInput, match=str(corpus)):
        make(tmp_path / "two" / "news", out)
    assert files_below(report) == before
    make(corpus, out)  # the refused run has not taken over
    assert make(tmp_path / "two" / "news", tmp_path / "out2").is_dir()


def test_without_a_lock_file_another_corpus_is_still_refused(corpus, out, tmp_path):
    put(tmp_path / "two" / "news" / "a.txt")
    make(corpus, out)
    (out / "news.lock").unlink()
    with pytest.raises(BadInput):
        make(tmp_path / "two" / "news", out)


def test_a_report_names_no_path_of_the_machine(corpus, out):
    report = make(corpus, out)
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["corpus"]["name"] == "news"
    assert str(corpus.parent) not in (report / "manifest.json").read_text(encoding="utf-8")
    assert manifest["files"] == sorted(files_below(report))


def old_report(path: Path, articles: dict[str, str]) -> None:
    """A report as clippings 0.9.2 wrote it: no word in the manifest says who made it."""
    manifest = {
        "articles": articles,
        "codebook": {},
        "versions": {"clippings": "0.9.2"},
        "parameters": {},
    }
    put(path / "manifest.json", json.dumps(manifest))
    put(path / "report.html", "old")


def test_a_report_of_an_earlier_version_is_replaced_if_it_is_about_these_articles(corpus, out):
    sha256 = cl.read_articles(corpus).sha256[0]
    old_report(out / "news", {"a.txt": sha256, "gone.txt": "0" * 64})
    put(out / "news.lock", "4711\n")
    make(corpus, out)
    assert (out / "news.previous" / "report.html").read_text() == "old"


def test_a_report_of_an_earlier_version_about_other_articles_is_left_alone(corpus, out):
    old_report(out / "news", {"b.txt": "0" * 64})
    with pytest.raises(BadInput):
        make(corpus, out)
    assert (out / "news" / "report.html").read_text() == "old"


NOT_OURS = {
    "another tool's manifest": '{"name": "app", "versions": {}}',
    "a manifest that is no object": "[1]",
    "a manifest that is no JSON": "made_by: clippings",
    "a manifest by another tool": '{"made_by": "other"}',
    "deeply nested": "[" * 100_000,
    "half of the keys": '{"articles": {}, "versions": {"clippings": "0.9.2"}}',
}


@pytest.mark.parametrize("manifest", NOT_OURS.values(), ids=NOT_OURS)
def test_a_folder_is_not_ours_because_it_has_a_manifest(corpus, out, manifest):
    put(out / "news" / "manifest.json", manifest)
    with pytest.raises(BadInput):
        make(corpus, out)
    assert files_below(out / "news") == {"manifest.json": manifest.encode()}


@pytest.mark.parametrize("place", ["notes.txt", "charts/mine.png", "mine/b.txt"])
def test_files_that_somebody_put_into_a_report_are_not_deleted_with_it(corpus, out, place):
    put(make(corpus, out) / place, "mine")
    make(corpus, out)
    with pytest.raises(BadInput, match=Path(place).name):
        make(corpus, out)
    assert (out / "news.previous" / place).read_text() == "mine"


def test_files_of_the_operating_system_in_a_report_do_not_matter(corpus, out):
    put(make(corpus, out) / ".DS_Store", "")
    make(corpus, out)
    make(corpus, out)
    assert not (out / "news.previous" / ".DS_Store").exists()


@pytest.mark.parametrize("name", ["news", "news.previous", "news.cache"])
def test_a_link_to_a_report_of_ours_is_not_followed(corpus, out, tmp_path, name):
    elsewhere = make(corpus, tmp_path / "elsewhere")
    before = files_below(elsewhere)
    out.mkdir()
    (out / name).symlink_to(elsewhere)
    with pytest.raises(BadInput):
        make(corpus, out)
    assert (files_below(elsewhere), (out / name).is_symlink()) == (before, True)


@pytest.mark.parametrize(
    "content", ["my notes", "{}", '{"made_by": "other"}', "99999999999999999999"]
)
def test_a_file_named_like_our_lock_is_left_alone(corpus, out, content):
    put(out / "news.lock", content)
    with pytest.raises(BadInput):
        make(corpus, out)
    assert (out / "news.lock").read_text() == content


@pytest.mark.parametrize("inside", ["out", ".", "deep/out", "codebook"])
def test_nothing_is_written_below_the_articles(corpus, inside):
    before = entries_below(corpus)
    with pytest.raises(BadInput):
        make(corpus, corpus / inside)
    assert entries_below(corpus) == before


@pytest.mark.parametrize("name", ["news", "news.previous", "news.cache"])
def test_articles_that_were_put_into_a_folder_of_ours_are_not_moved_with_it(corpus, out, name):
    make(corpus, out)
    make(corpus, out)
    inner = out / name / "news"
    put(inner / "a.txt")
    with pytest.raises(BadInput):
        make(inner, out)
    assert files_below(inner) == {"a.txt": TEXT.encode()}


def test_articles_that_were_put_into_an_abandoned_work_folder_are_not_deleted(out):
    out.mkdir()
    work = folders.make_marked_folder(out, ".news.", ".partial", report="news")
    put(work / "news" / "a.txt")
    make(work / "news", out)
    assert (work / "news" / "a.txt").read_text(encoding="utf-8") == TEXT


def test_neither_the_home_folder_nor_the_current_folder_is_replaced(corpus, tmp_path):
    out = tmp_path / "place"
    report = make(corpus, out)
    before = files_below(report)
    for standing, home in (
        (report, tmp_path),
        (report / "charts", tmp_path),
        (tmp_path, report),
        (tmp_path, report / "texts"),
    ):
        with standing_in(standing, home), pytest.raises(BadInput):
            make(corpus, out)
    assert files_below(report) == before


def test_two_spellings_of_a_folder_are_recognised_as_one(tmp_path):
    """As on a disk that ignores case, where News and news are one folder and the names differ."""
    (tmp_path / "news" / "deep").mkdir(parents=True)
    (tmp_path / "NEWS").symlink_to(tmp_path / "news")
    pairs = [("NEWS", "news"), ("NEWS/deep", "news"), ("news/deep/new", "NEWS")]
    assert [
        folders._is_same_or_inside(tmp_path / inner, tmp_path / outer) for inner, outer in pairs
    ] == [True] * 3
    assert not folders._is_same_or_inside(tmp_path, tmp_path / "NEWS")


# ---------------------------------------------------------------- between looking and acting


@pytest.mark.parametrize("name", ["news", "news.previous"])
def test_a_folder_that_turns_up_after_the_check_is_not_deleted(corpus, out, monkeypatch, name):
    make(corpus, out)
    make(corpus, out)
    real = folders.replace_report

    def exchanged(work, planned):
        shutil.rmtree(out / name)
        put(out / name / "mine.txt", "mine")
        return real(work, planned)

    monkeypatch.setattr(build, "replace_report", exchanged)
    with pytest.raises(BadInput):
        make(corpus, out)
    assert [path for path in out.rglob("mine.txt") if path.read_text() == "mine"] != []
    reports = [
        path for path in (out / "news", out / "news.previous") if folders.read_manifest(path)
    ]
    assert reports != []


KILLED = {  # what a run that was killed left: entries of the work folder, and of --out
    "while it was made": (["report"], ["news", "news.previous"]),
    "after the report was moved away": (["report", "replaced"], ["news.previous"]),
    "after the new one was moved in": (["replaced"], ["news", "news.previous"]),
    "after the previous one was moved away": (["replaced", "outdated"], ["news"]),
    "at the end": (["outdated"], ["news", "news.previous"]),
    "in the first exchange": (["replaced"], ["news"]),
}


@pytest.mark.parametrize("state", KILLED)
def test_a_killed_run_is_put_right_by_the_next(corpus, out, state, tmp_path):
    made = make(corpus, tmp_path / "elsewhere")
    in_work, in_out = KILLED[state]
    work = folders.make_marked_folder(tmp_path, ".news.", ".partial", report="news")
    out.mkdir()
    work = work.rename(out / work.name)
    for number, name in enumerate(in_work):
        shutil.copytree(made, work / name)
        put(work / name / "report.html", f"work {number}")
    for name in in_out:
        shutil.copytree(made, out / name)
        put(out / name / "report.html", name)
    last = out / "news" / "report.html" if "news" in in_out else work / "replaced" / "report.html"
    expected = last.read_text()
    make(corpus, out)
    assert {path.name for path in out.iterdir()} == {
        "news",
        "news.previous",
        "news.lock",
        "news.cache",
    }
    assert (out / "news.previous" / "report.html").read_text() == expected


def test_the_work_folder_of_another_report_is_left_alone(corpus, out):
    out.mkdir()
    other = folders.make_marked_folder(out, ".news.extra.", ".partial", report="news.extra")
    make(corpus, out)
    assert other.is_dir()


def test_what_is_being_made_is_private_and_cannot_be_guessed(corpus, out, monkeypatch):
    seen = []

    def look(*given, **__):
        seen.extend((path.name, path.stat().st_mode & 0o777) for path in out.glob(".*"))
        write_something(*given)

    monkeypatch.setattr(build, "run_notebooks", one_by_one(look))
    make(corpus, out)
    make(corpus, out)
    assert [mode for _, mode in seen] == [0o700, 0o700]
    assert len({name for name, _ in seen}) == 2
    assert (out / "news").stat().st_mode & 0o777 == 0o777 & ~folders._file_mode_mask()


def test_files_are_written_in_private_and_keep_their_permissions(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o640)
    with atomic_write(path) as temporary:
        temporary.write_text("new")
        assert temporary.parent.stat().st_mode & 0o777 == 0o700
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


# ---------------------------------------------------------------- one reading for all notebooks


@pytest.mark.parametrize("folder", [SEEDS, FLOOD], ids=["seeds", "flood"])
def test_a_snapshot_gives_back_every_cell(folder, tmp_path):
    articles = cl.read_articles(folder)
    write_snapshot(tmp_path, articles)
    pd.testing.assert_frame_equal(read_snapshot(tmp_path), articles)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_snapshot_gives_back_every_character(text):
    article = {
        "article": text,
        "text": f"{text}\u2028\x85\r\n",
        "published_from": pd.Timestamp("0001-01-01"),
    }
    articles = cl.core.tables.make_table("articles", [article, {"article": "b", "problem": text}])
    with tempfile.TemporaryDirectory() as folder:
        write_snapshot(Path(folder), articles)
        pd.testing.assert_frame_equal(read_snapshot(Path(folder)), articles)


def test_files_in_a_folder_cannot_pass_for_a_snapshot(corpus):
    write_snapshot(corpus, cl.read_articles(corpus).assign(text="forged"))
    articles = cl.read_articles(corpus).set_index("article")
    assert articles.text["a.txt"] == TEXT  # the forged file is one more file to read, and no more
    assert len(articles) == 2


def test_the_notebooks_read_the_articles_as_they_were_and_changes_are_listed(
    corpus, out, monkeypatch, capsys
):
    put(
        corpus / "codebook" / "themes.csv",
        "theme,side,term,near,not_near,note\nflood,for,flood*,,,\n",
    )
    put(corpus / "gone.txt", f"{TEXT} gone")
    seen = []

    def change(notebook, folder, name, on_cell, environment):
        given = parameters_of(notebook)["CORPUS"]
        put(corpus / "a.txt", "Changed\n\nAnother text of another town.\n")
        put(corpus / "new.txt", "New")
        put(corpus / "codebook" / "themes.csv", "theme,side,term,near,not_near,note\n")
        (corpus / "gone.txt").unlink()
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in environment.items():
                patch.setenv(variable, value)
            seen.append((cl.read_articles(given), cl.read_codebook(given)["themes"]))

    monkeypatch.setattr(build, "run_notebooks", one_by_one(change))
    before = cl.read_articles(corpus)
    assert main(["report", str(corpus), "--out", str(out), "--quiet"]) == DONE
    articles, themes = seen[0]
    pd.testing.assert_frame_equal(articles, before)
    assert themes.theme.to_list() == ["flood"]
    assert (out / "news" / "texts" / "a.txt").read_text(encoding="utf-8") == TEXT
    printed = capsys.readouterr().out
    assert [
        name
        for name in ("a.txt", "new.txt", "gone.txt", "codebook/themes.csv")
        if f"  {name}\n" not in printed
    ] == []


def test_a_codebook_that_is_saved_while_it_is_read_is_read_again(corpus, tmp_path, monkeypatch):
    table = corpus / "codebook" / "outlets.csv"
    put(table, "outlet,pattern,agency\n")
    real = build.read_articles
    readings = []

    def read(*given, **options):
        articles = real(*given, **options)
        readings.append(table.read_text())
        if len(readings) == 1:
            put(table, "outlet,pattern,agency\nTown Post,mayor,\n")
        return articles

    monkeypatch.setattr(build, "read_articles", read)
    snapshot = tmp_path / "snapshot"
    articles = build._read_once(corpus, snapshot, None, None)
    assert len(readings) == 2
    assert articles.outlet.to_list() == ["Town Post"]
    assert "Town Post" in (snapshot / "codebook" / "outlets.csv").read_text()


# ---------------------------------------------------------------- names that are not UTF-8


def test_folders_whose_names_are_not_utf8_can_be_used(tmp_path, capsys):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    corpus = odd / os.fsdecode(b"n\xfcws")
    put(corpus / "a.txt")
    # Without a name that the articles share, the report is named after the folder.
    for name in ("a.txt", "b.txt"):
        (corpus / name).write_text("it rained all day, and nobody went out until the evening.\n")
    with standing_in(odd, tmp_path):
        assert main(["report", str(corpus), "--out", "out", "--quiet"]) == DONE
    report = odd / "out" / corpus.name
    assert json.loads((report / "manifest.json").read_text())["corpus"]["name"] == "n\\xfcws"
    assert "N\\xfcws" in (report / "report.html").read_text(encoding="utf-8")
    assert capsys.readouterr().out.splitlines()[-1].endswith("/report.html")
