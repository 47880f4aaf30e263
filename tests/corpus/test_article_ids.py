"""Ids of articles and names of their files stay apart, whatever the names in a corpus."""

import io
import os
import random
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.core.errors import BadInput
from clippings.corpus.article_ids import text_file_names, with_unique_ids
from clippings.corpus.rows import ArticleRow

COMPOSED = "caf\u00e9.txt"
DECOMPOSED = "cafe\u0301.txt"


def zip_of(*files: tuple[str, bytes]) -> bytes:
    """Build an archive that may contain a name several times."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def write(folder: Path, files: dict[bytes, bytes]) -> None:
    """Write files under names that may be any bytes."""
    for name, data in files.items():
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(data)
        except OSError:
            pytest.skip("the disk takes UTF-8 names only")


def doubles(names) -> list[str]:
    """Return the names that occur twice, in one Unicode form."""
    plain = [unicodedata.normalize("NFC", name) for name in names]
    return sorted({name for name in plain if plain.count(name) > 1})


CORPORA = {
    "a file like a row of a table": {b"a.csv": b"text\nIt fell.\nIt rose.\n", b"a.csv#1": b"We left."},
    "an archived file like a row of an archived table": {
        b"a.zip": zip_of(("t.csv", b"text\nIt fell.\n"), ("t.csv#1", b"We left."))
    },
    "an escaped byte like a name with a backslash": {
        b"caf\xe9.txt": b"It fell.",
        rb"caf\xe9.txt": b"It rose.",
    },
    "Unicode twins": {COMPOSED.encode(): b"It fell.", DECOMPOSED.encode(): b"It rose."},
    "Unicode twins in an archive": {
        b"a.zip": zip_of((COMPOSED, b"It fell."), (DECOMPOSED, b"It rose."))
    },
    "an archive beside a folder of its name": {
        b"p\xe9.zip": zip_of(("a.txt", b"It fell.")),
        rb"p\xe9.zip/a.txt": b"It rose.",
    },
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_ids_are_unique_whatever_the_names(tmp_path):
    failures = []
    for number, (kind, files) in enumerate(CORPORA.items()):
        write(tmp_path / str(number), files)
        articles = cl.read_articles(tmp_path / str(number))
        if doubles(articles.article):
            failures.append((kind, doubles(articles.article)))
        cl.check_spans(cl.find_passages(articles), articles)
    assert failures == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_names_in_an_archive_are_articles_of_their_own(tmp_path):
    files = [("a.txt", b"It fell."), ("a.txt", b"It rose."), ("a.txt", b"We left.")]
    (tmp_path / "p.zip").write_bytes(zip_of(*files, ("a.txt (2)", b"We stayed.")))
    (tmp_path / "b.txt").write_bytes(b"They came.")
    articles = cl.read_articles(tmp_path)
    assert doubles(articles.article) == []
    assert sorted(articles.text[articles.problem == ""]) == [
        "It fell.",
        "It rose.",
        "They came.",
        "We left.",
        "We stayed.",
    ]
    # The same files, packed in another order, have the same ids.
    (tmp_path / "p.zip").write_bytes(zip_of(*reversed(files), ("a.txt (2)", b"We stayed.")))
    again = cl.read_articles(tmp_path)
    assert dict(zip(again.article, again.text, strict=True)) == dict(
        zip(articles.article, articles.text, strict=True)
    )


def test_an_id_that_was_made_unique_is_not_taken_by_a_file_of_that_name(tmp_path):
    write(tmp_path, {COMPOSED.encode(): b"It fell.", DECOMPOSED.encode(): b"It rose."})
    names = set(cl.read_articles(tmp_path).article)
    (made,) = names - {COMPOSED}
    write(tmp_path, {made.encode(): b"We left."})
    assert doubles(cl.read_articles(tmp_path).article) == []


def test_a_file_that_cannot_be_read_takes_no_id_from_an_article(tmp_path):
    write(tmp_path, {b"a.csv": b"text\nIt fell.\n"})
    before = cl.read_articles(tmp_path).article.to_list()
    write(tmp_path, {b"a.csv#1": b"We left."})
    articles = cl.read_articles(tmp_path)
    assert before == articles.article[articles.problem == ""].to_list() == ["a.csv#1"]


def test_names_that_are_not_ambiguous_are_ids_as_they_are(tmp_path):
    write(tmp_path, {b"A.txt": b"It fell.", b"a.txt": b"It rose.", b"b/a.txt": b"We left."})
    assert sorted(cl.read_articles(tmp_path).article) == ["A.txt", "a.txt", "b/a.txt"]


PARTS = st.sampled_from(["a", "a.csv", "#1", "\0", "~", "\\xe9", "\u00e9", "e\u0301", "/"])
NAMES = st.lists(PARTS, min_size=1, max_size=4).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from("xy")), max_size=12), st.randoms())
def test_ids_do_not_depend_on_the_order(origins, chance):
    rows = [
        ArticleRow(article=origin.replace("\0", ""), origin=origin, sha256=content)
        for origin, content in origins
    ]
    unique = with_unique_ids(rows)
    assert doubles(row.article for row in unique) == []
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert sorted(with_unique_ids(shuffled)) == sorted(unique)


def test_many_copies_of_one_name_do_not_take_quadratic_time():
    rows = [ArticleRow(article="a", origin="z\0a", sha256="x")] * 20_000
    assert len({row.article for row in with_unique_ids(rows)}) == 20_000


ARTICLES = st.lists(
    st.text(alphabet="aAbB.%2F/~#\\ä", min_size=1, max_size=8) | st.just("x" * 300), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_file_names_stay_apart_on_disks_that_ignore_case(articles):
    names = text_file_names(articles)
    assert len({name.casefold() for name in names}) == len(articles)
    assert [name for name in names if "/" in name or len(name) > 255] == []


def test_a_crafted_name_does_not_overwrite_another_text(tmp_path):
    # The names that the two get from each other's ids, as ids of articles, and again of these.
    articles = ["A.txt", "a.txt"]
    for _ in range(3):
        articles += text_file_names(articles)
    articles = list(dict.fromkeys(articles))
    random.Random(1).shuffle(articles)
    names = text_file_names(articles)
    assert len({name.casefold() for name in names}) == len(articles)


def test_texts_of_a_hostile_archive_are_files_of_their_own(tmp_path):
    names = ["a.txt", "A.txt", "a", "A", "a%2Etxt", "b/../c.txt"]
    (tmp_path / "p.zip").write_bytes(zip_of(*((name, f"Text {name}".encode()) for name in names)))
    articles = cl.read_articles(tmp_path)
    texts = articles.text[articles.problem == ""]
    folder = cl.write_texts(articles, tmp_path / "out")
    assert sorted(path.read_text() for path in folder.iterdir()) == sorted(texts)


def test_a_corpus_and_its_files_may_have_names_that_are_not_utf_8(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        (folder / "codebook").mkdir(parents=True)
    except OSError:
        pytest.skip("the disk takes UTF-8 names only")
    write(folder, {b"caf\xe9/b\xe9.txt": b"It fell.", b"b\xe9.csv": b"text\nIt rose.\n"})
    write(folder, {b"\xe9.zip": zip_of(("a.txt", b"We left."))})
    (folder / "codebook" / "articles.csv").write_text(
        "article,published_from,published_to,outlet,url\nb\\xe9.csv#1,,,Post,\n"
    )
    articles = cl.read_articles(folder).set_index("article")
    assert articles.text.to_dict() == {
        r"b\xe9.csv#1": "It rose.",
        r"caf\xe9/b\xe9.txt": "It fell.",
        r"\xe9.zip/a.txt": "We left.",
    }
    assert articles.outlet[r"b\xe9.csv#1"] == "Post"
    cl.find_all(articles.reset_index(), cl.read_codebook(folder))
    with pytest.raises(BadInput) as error:
        cl.read_articles(folder / "nowhere")
    str(error.value).encode()
