"""The command line on folders that are wrong, odd or hostile: one clear line, or a valid report."""

import contextlib
import io
import re
import shutil
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

import clippings as cl
from clippings.__main__ import DONE, FAILED, FAULT, LEFT_OUT, WRONG_USAGE, main
from helpers import FLOOD, ROOT, files_below
from in_process import one_by_one, run_notebook_in_process

ARTICLE = FLOOD / "01_river_rises.txt"
ARABIC = "قالت الهيئة يوم الثلاثاء إن منسوب المياه ارتفع مترا واحدا خلال يومين."
FORMULA = '=HYPERLINK("http://x","y")'
MARKUP = "“We <b>warned</b> them &amp; left,” Anna Berg said."
UNUSABLE = {
    "b<i>.txt": b"",
    "empty.txt": b"\n \n",
    "latin.txt": "Der Fluß".encode("latin-1"),
    "photo.jpg": bytes(range(256)),
    "scan.txt": b"%PDF-1.7\n\0\0\0",
}
WITHOUT_STORY = (
    "Share this page:  Print  Email\n\nWe use cookies to improve your visit. Accept all cookies\n\n"
    "Follow us for daily updates\n\nSign up for our newsletter\n\nLeave a comment\n\n"
    "Your email address will not be published. Required fields are marked *\n\nfour + 2 =\n"
)


def stored_notebooks() -> dict[str, bytes]:
    """The six notebooks of the checkout, which a report runs but never writes."""
    return {path.name: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}


class Done(NamedTuple):
    """A run of `clippings report`."""

    code: int
    out: str
    error: str
    folder: Path  # the folder of articles

    @property
    def report(self) -> Path:
        return self.folder.parent / "made" / self.folder.name

    @property
    def page(self) -> str:
        return (self.report / "report.html").read_text(encoding="utf-8")

    @property
    def brief(self) -> str:
        """The words of the page's first part, without markup."""
        first = self.page.partition('id="n6-0"')[2].partition('id="n1-0"')[0]
        return unescape(re.sub(r"<[^>]+>", " ", first))

    def table(self, name: str):
        return cl.read_table(self.report / "tables" / f"{name}.csv")


def report(folder: Path, *options: str) -> Done:
    """Run the command in this process, and the notebooks too."""
    out, error = io.StringIO(), io.StringIO()
    arguments = ["report", str(folder), "--out", str(folder.parent / "made"), "--quiet", *options]
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(error),
    ):
        patch.setattr("clippings.report.build.run_notebooks", one_by_one(run_notebook_in_process))
        code = main(arguments)
    return Done(code, out.getvalue(), error.getvalue(), folder)


def refused(done: Done, *words: str) -> None:
    """Exit code 3, one line that says why, and no report."""
    assert done.code == FAILED, done.error
    assert re.fullmatch(r"clippings: [^\n]+\n", done.error)
    assert [word for word in words if word not in done.error] == [], done.error
    assert done.out == ""
    assert not done.report.exists()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Done:
    """The report of a folder with good, odd, hostile and unusable files under a name that hurts."""
    folder = tmp_path_factory.mktemp("mixed") / "it's <b>"
    folder.mkdir()
    for name in ("good.txt", "same.txt", "same.md"):
        shutil.copy(ARTICLE, folder / name)
    (folder / "markup.txt").write_text(
        f"Levee <script>alert(1)</script> breaks in the town\n\n{FORMULA}\n\n"
        "The mayor said on Tuesday that 40 houses <img src=x onerror=alert(2)> were flooded.\n\n"
        f"{MARKUP}\n",
        encoding="utf-8",
    )
    # The first by name is the article whose page notebook 01 shows.
    (folder / "a_arabic.txt").write_text(
        f"ارتفاع منسوب النهر بعد ذوبان الثلوج في الجبال\n\n{ARABIC}\n\n"
        "«لقد حذرنا كل بيت خلف السد»، قالت متحدثة باسم الهيئة.\n",
        encoding="utf-8",
    )
    for name, content in UNUSABLE.items():
        (folder / name).write_bytes(content)
    before = files_below(folder)
    notebooks = stored_notebooks()
    assert len(notebooks) == 6
    done = report(folder, "--strict")
    assert files_below(folder) == before
    assert stored_notebooks() == notebooks
    return done


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    refused(report(tmp_path / "nowhere"), str(tmp_path / "nowhere"))


def test_an_empty_folder_is_named(folder):
    refused(report(folder), str(folder))


def test_a_folder_of_unreadable_files_is_refused_with_the_first_reason(folder):
    (folder / "a.odt").write_bytes(b"PK")
    (folder / "b.txt").write_bytes("übrig".encode("latin-1"))
    refused(report(folder), str(folder), "a.odt: ")


@pytest.mark.parametrize(
    "arguments", [(), ("report",), ("report", "pages", "--colour"), ("publish", "pages")]
)
def test_wrong_usage_is_answered_with_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert stopped.value.code == WRONG_USAGE
    assert capsys.readouterr().err.startswith("usage: clippings")


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == DONE
    assert capsys.readouterr().out == f"clippings {cl.__version__}\n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "themes",
            "theme,side,word,near,not_near,note\nflood,for,flood*,,,\n",
            ["no column term"],
        ),
        (
            "calendar",
            "# days\nentry,day_from,day_to,cue,relation,source\n"
            "thaw,2021-03-01,,thaw,not_before,\nfair,2021-02-30,,fair,not_before,\n",
            ["line 4", "day_from", "'2021-02-30'", "YYYY-MM-DD"],
        ),
        (
            "articles",
            "article,published_from,published_to,outlet,url\nriver.txt,yesterday,,,\n",
            ["line 2", "published_from", "'yesterday'", "YYYY-MM-DD"],
        ),
        (
            "events",
            "kind,trigger,modality,note\n# the flood\nflood,flooded,,\nflood,flood*,perhaps,\n",
            ["line 4", "modality", "'perhaps'", "one of", "planned"],
        ),
    ],
    ids=["column", "no such day", "day in words", "modality"],
)
def test_a_mistake_in_the_codebook_is_named_with_its_place(folder, name, text, words):
    shutil.copy(ARTICLE, folder)
    (folder / "codebook").mkdir()
    (folder / "codebook" / f"{name}.csv").write_text(text, encoding="utf-8")
    refused(report(folder), f"codebook/{name}.csv", *words)


def test_a_report_that_another_run_writes_is_left_to_it(folder):
    shutil.copy(ARTICLE, folder)
    (folder.parent / "made").mkdir()
    with FileLock(folder.parent / "made" / "pages.lock"):
        refused(report(folder))


def errors_of_the_layers_below() -> list[BaseException]:
    """One of each kind of error that can reach the command line, and some that should not."""
    builtin = [
        error
        for error in vars(__import__("builtins")).values()
        if isinstance(error, type) and issubclass(error, Exception)
    ]
    special = {
        UnicodeDecodeError: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        UnicodeEncodeError: UnicodeEncodeError("ascii", "ü", 0, 1, "ordinal not in range"),
        UnicodeTranslateError: UnicodeTranslateError("ü", 0, 1, "why"),
    }
    errors = [special.get(kind) or _made(kind) for kind in builtin]
    return [
        *errors,
        cl.BadInput("this is why"),
        OSError(28, "No space left on device", "/disk/a.txt"),
        OSError(28, "No space left on device", b"/disk/caf\xe9.txt"),
        PermissionError(13, "Permission denied", "/disk/new\nline\x1b[31m.txt"),
        RuntimeError("03_themes.ipynb failed: KeyError: 'a'\nTraceback:\n\x1b[31m many lines"),
        ValueError(""),
        KeyboardInterrupt(),
    ]


def _made(kind: type) -> Exception:
    """An error of that class; the group of errors takes other arguments."""
    return kind("why", [ValueError("a")]) if issubclass(kind, BaseExceptionGroup) else kind("why")


def test_every_error_is_one_line_and_a_documented_exit_code(monkeypatch, capsys):
    wrong = {}
    for error in errors_of_the_layers_below():

        def fail(*_, _error=error, **__):
            raise _error

        monkeypatch.setattr("clippings.__main__.make_report", fail)
        code = main(["report", "pages", "--quiet"])
        printed = capsys.readouterr()
        one_line = re.fullmatch(r"clippings: [^\n\x00-\x1f]+\n", printed.err)
        is_silent = isinstance(error, BrokenPipeError) and printed.err == ""
        if code not in (FAILED, FAULT) or not (one_line or is_silent) or printed.out:
            wrong[repr(error)] = (code, printed.err)
    assert wrong == {}


def test_an_unexpected_error_has_an_exit_code_of_its_own(monkeypatch, capsys):
    def fail(*_, **__):
        raise AttributeError("no attribute x")

    monkeypatch.setattr("clippings.__main__.make_report", fail)
    assert main(["report", "pages"]) == FAULT
    assert "AttributeError" in capsys.readouterr().err


def test_the_help_names_every_exit_code(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert [
        code for code in (DONE, LEFT_OUT, WRONG_USAGE, FAILED, FAULT) if str(code) not in text
    ] == []


def test_many_copies_of_one_article_are_counted(folder):
    text = ARTICLE.read_text(encoding="utf-8")
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(f"{text}{number}\n", encoding="utf-8")
    articles = cl.read_articles(folder)
    tables = cl.find_all(articles, cl.read_codebook(folder))
    copies = tables["repeats"].query("text.str.startswith('River Lenn rises fast')")
    assert copies.relation.value_counts().to_dict() == {"shared": 149, "first": 1}
    assert len(cl.compose_brief(tables)) > 0


def test_nothing_but_the_report_is_written(mixed):
    made = {path.name for path in mixed.report.parent.iterdir()}
    assert made <= {mixed.folder.name, f"{mixed.folder.name}.lock", f"{mixed.folder.name}.cache"}


def test_unusable_files_are_listed_and_left_out(mixed):
    assert mixed.code == LEFT_OUT
    lines = mixed.out.splitlines()
    listed = [line.strip().partition(": ")[0] for line in lines[1:8]]
    assert listed == [
        "b<i>.txt",
        "empty.txt",
        "latin.txt",
        "photo.jpg",
        "same.md",
        "same.txt",
        "scan.txt",
    ]
    assert lines[-1] == f"Open {mixed.report / 'report.html'}"
    missing = [
        line for line in lines[1:8] if line.strip().replace("<i>", "&lt;i&gt;") not in mixed.page
    ]
    assert missing == []
    assert len(mixed.table("articles")) == 10


def test_a_file_saved_twice_is_counted_once(mixed):
    problems = mixed.table("articles").set_index("article").problem
    assert problems["good.txt"] == ""
    assert all("good.txt" in problems[name] for name in ("same.txt", "same.md"))
    assert "River Lenn rises fast as snow melts in the hills" in mixed.brief
    repeated = mixed.table("repeats")
    assert "good.txt" not in set(repeated.article)


def test_text_from_right_to_left_is_shown_in_its_direction(mixed):
    turned = re.findall(r'<(\w+) dir="auto"[^>]*>(.*?)</\1>', mixed.page, re.DOTALL)
    assert any(ARABIC in unescape(re.sub(r"<[^>]+>", "", inner)) for _, inner in turned)
    assert ARABIC in mixed.table("passages").text.tolist()


def test_markup_and_formulas_are_shown_but_never_run(mixed):
    page = mixed.page
    assert [tag for tag in ("<img", "<b>", "<i>") if tag in page] == []
    assert page.count("<script") == 1  # the script of the page, the only one that may run
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "b&lt;i&gt;.txt" in page
    passages = (mixed.report / "tables" / "passages.csv").read_text(encoding="utf-8")
    assert '"\'=HYPERLINK(""http://x"",""y"")"' in passages
    assert not re.search(r'(^|,)"?[=+@]', passages, re.MULTILINE)
    texts = mixed.table("passages").text.tolist()
    assert (FORMULA in texts, MARKUP in texts) == (True, True)


def test_a_page_without_a_story_makes_a_report(folder):
    (folder / "page.txt").write_text(WITHOUT_STORY, encoding="utf-8")
    done = report(folder)
    # Without the extra `report`, another line says which files were not created.
    lines = [line for line in done.out.splitlines() if not line.startswith("Not created: ")]
    assert (done.code, lines) == (DONE, [f"Open {done.report / 'report.html'}"])
    passages = done.table("passages")
    assert len(passages) > 5
    assert not set(passages.label) & set(cl.STORY)
    found = ("mentions", "quotes", "events", "themes", "claims")
    assert [name for name in found if len(done.table(name))] == []


def test_a_very_long_line_makes_a_page_that_opens(folder):
    line = (
        "The river stood high at the old mill on Tuesday, and the lower streets were closed after dark. "
        "Rain fell in the hills all week. “We warned every household behind the levee,” the mayor said. "
    )
    (folder / "line.txt").write_text(line * (500_000 // len(line.encode())), encoding="utf-8")
    done = report(folder)
    assert done.code == DONE
    assert len(done.table("passages")) == 1
    assert len(done.page.encode()) < 2_000_000


def test_control_characters_in_names_are_not_sent_to_the_terminal(folder):
    shutil.copy(ARTICLE, folder)
    (folder / "red\x1b[31m\nline.txt").write_bytes(b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clippings.report.build._run_notebooks", lambda *_: [])
        patch.setattr("clippings.report.build.notebook_paths", list)
        patch.setattr("clippings.report.build.write_report", lambda *_, **__: None)
        done = report(folder)
    assert done.code == DONE
    assert "\\x1b[31m" in done.out
    assert [c for c in done.out if not c.isprintable() and c != "\n"] == []
