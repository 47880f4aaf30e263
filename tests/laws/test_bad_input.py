"""The command line on folders that are wrong, odd or hostile: one clear line, or a report that holds."""

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from filelock import FileLock

import clippings as cl
from helpers import FLOOD, ROOT, files_below

ARTICLE = FLOOD / "01_river_rises.txt"
DONE, LEFT_OUT, WRONG_USAGE, FAILED = 0, 1, 2, 3


def clippings(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "clippings", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=1200)


def report(folder: Path, *options: str) -> subprocess.CompletedProcess:
    return clippings("report", folder, "--out", folder.parent / "made", "--quiet", *options)


def page_of(folder: Path) -> str:
    return (folder.parent / "made" / folder.name / "report.html").read_text(encoding="utf-8")


def brief_of(folder: Path) -> str:
    """The words of the page's first part, with no markup."""
    first = page_of(folder).partition('id="n6-0"')[2].partition('id="n1-0"')[0]
    return unescape(re.sub(r"<[^>]+>", " ", first))


def notebooks() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}


def refused(done: subprocess.CompletedProcess, folder: Path, *words: str) -> None:
    """Exit code 3, one line that says why, and nothing written."""
    assert done.returncode == FAILED, done.stderr
    assert re.fullmatch(r"clippings: [^\n]+\n", done.stderr)
    assert [word for word in words if word not in done.stderr] == [], done.stderr
    assert done.stdout == ""
    assert not (folder.parent / "made" / folder.name).exists()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    refused(
        report(tmp_path / "nowhere"),
        tmp_path / "nowhere",
        str(tmp_path / "nowhere"),
        "is not a folder",
    )


def test_an_empty_folder_is_named(folder):
    refused(report(folder), folder, str(folder), "no article that can be read")


def test_a_folder_of_unreadable_files_is_refused_with_the_first_reason(folder):
    (folder / "a.odt").write_bytes(b"PK")
    (folder / "b.txt").write_bytes("übrig".encode("latin-1"))
    refused(
        report(folder),
        folder,
        str(folder),
        "no article that can be read",
        "a.odt: a word processor's file, not a .txt file",
    )


@pytest.mark.parametrize(
    "arguments", [(), ("report",), ("report", "pages", "--colour"), ("publish", "pages")]
)
def test_wrong_usage_is_answered_with_the_usage(arguments):
    done = clippings(*arguments)
    assert done.returncode == WRONG_USAGE
    assert done.stderr.startswith("usage: python -m clippings")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "themes",
            "theme,side,word,near,not_near,note\nflood,for,flood*,,,\n",
            ["no column term", "header is theme"],
        ),
        (
            "calendar",
            "# days\nentry,day_from,day_to,cue,relation,source\n"
            "thaw,2021-03-01,,thaw,not_before,\nfair,2021-02-30,,fair,not_before,\n",
            ["line 4", "day_from", "'2021-02-30'", "YYYY-MM-DD"],
        ),
        (
            "calendar",
            "entry,day_from,day_to,cue,relation,source\nfair,,12/03/2021,fair,not_after,\n",
            ["line 2", "day_to", "'12/03/2021'", "YYYY-MM-DD"],
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
    ids=["column", "no such day", "day in another order", "day in words", "modality"],
)
def test_a_mistake_in_the_codebook_is_named_with_its_place(folder, name, text, words):
    shutil.copy(ARTICLE, folder)
    (folder / "codebook").mkdir()
    (folder / "codebook" / f"{name}.csv").write_text(text, encoding="utf-8")
    refused(report(folder), folder, f"codebook/{name}.csv", *words)


def test_a_report_that_another_run_writes_is_left_to_it(folder):
    shutil.copy(ARTICLE, folder)
    (folder.parent / "made").mkdir()
    with FileLock(folder.parent / "made" / "pages.lock"):
        refused(report(folder), folder, "another run", "wait")


def test_one_article_makes_a_report_and_nothing_else_changes(folder):
    shutil.copy(ARTICLE, folder)
    before, stored = files_below(folder), notebooks()
    done = report(folder)
    target = folder.parent / "made" / "pages"
    assert (done.returncode, done.stdout) == (DONE, f"Open {target / 'report.html'}\n")
    assert "River Lenn rises fast as snow melts in the hills" in brief_of(folder)
    assert "1 article with" in brief_of(folder)
    assert (files_below(folder), notebooks()) == (before, stored)
    assert {path.name for path in (folder.parent / "made").iterdir()} <= {
        "pages",
        "pages.lock",
        "pages.kept",
    }


def test_many_copies_of_one_article_are_counted(folder):
    text = ARTICLE.read_text(encoding="utf-8")
    for number in range(500):
        (folder / f"{number:03}.txt").write_text(f"{text}{number}\n", encoding="utf-8")
    assert report(folder).returncode == DONE
    assert "500 files" in page_of(folder)
    assert "500 articles with" in brief_of(folder)
    tables = folder.parent / "made" / "pages" / "tables"
    tellings = cl.read_table(tables / "repeats.csv").query(
        "text.str.startswith('River Lenn rises fast')"
    )
    assert tellings.relation.value_counts().to_dict() == {"shared": 499, "first": 1}


def test_the_same_file_saved_again_is_listed_and_counted_once(folder):
    for name in ("a.txt", "b.txt", "deeper.md"):
        shutil.copy(ARTICLE, folder / name)
    done = report(folder, "--strict")
    same = "the same bytes as a.txt: not counted again; remove one of the two files"
    assert done.returncode == LEFT_OUT
    assert done.stdout.splitlines()[1:3] == [f"  b.txt: {same}", f"  deeper.md: {same}"]
    assert "3 files" in page_of(folder)
    assert "1 article with" in brief_of(folder)
    assert cl.read_table(folder.parent / "made" / "pages" / "tables" / "repeats.csv").empty


def test_a_page_without_a_story_says_so(folder):
    (folder / "page.txt").write_text(
        "Share this page:  Print  Email\n\nWe use cookies to improve your visit. Accept all cookies\n\n"
        "Follow us for daily updates\n\nSign up for our newsletter\n\nLeave a comment\n\n"
        "Your email address will not be published. Required fields are marked *\n\nfour + 2 =\n",
        encoding="utf-8",
    )
    assert report(folder).returncode == DONE
    brief = brief_of(folder)
    assert "No theme of the codebook was found." in brief
    assert "Nobody is quoted." in brief
    assert "0 passages of story" in brief


def test_text_from_right_to_left_is_shown_in_its_direction(folder):
    said = "قالت الهيئة يوم الثلاثاء إن منسوب المياه ارتفع مترا واحدا خلال يومين."
    (folder / "arabic.txt").write_text(
        f"ارتفاع منسوب النهر بعد ذوبان الثلوج في الجبال\n\n{said}\n\n«لقد حذرنا كل بيت خلف السد»، قالت متحدثة باسم الهيئة.\n",
        encoding="utf-8",
    )
    assert report(folder).returncode == DONE
    turned = re.findall(r'<(\w+) dir="auto"[^>]*>(.*?)</\1>', page_of(folder), re.DOTALL)
    assert any(said in unescape(re.sub(r"<[^>]+>", "", inner)) for _, inner in turned)
    assert (
        said
        in cl.read_table(folder.parent / "made" / "pages" / "tables" / "passages.csv").text.tolist()
    )


def test_five_megabytes_in_one_line_make_a_page_that_opens(folder):
    line = (
        "The river stood high at the old mill on Tuesday, and the lower streets were closed after dark. Rain fell in the "
        "hills all week. “We warned every household behind the levee,” the mayor of the town said. "
    )
    (folder / "line.txt").write_text(line * (5_000_000 // len(line.encode()) + 1), encoding="utf-8")
    assert report(folder).returncode == DONE
    assert "1 article with" in brief_of(folder)
    assert len(page_of(folder).encode()) < 5_000_000


def test_markup_and_formulas_are_shown_but_never_run(tmp_path):
    folder = tmp_path / "it's <b>"
    folder.mkdir()
    formula = '=HYPERLINK("http://x","y")'
    said = "“We <b>warned</b> them &amp; left,” Anna Berg said."
    (folder / "a.txt").write_text(
        f"Levee <script>alert(1)</script> breaks in the town\n\n{formula}\n\n"
        f"The mayor said on Tuesday that 40 houses <img src=x onerror=alert(2)> were flooded.\n\n{said}\n",
        encoding="utf-8",
    )
    (folder / "b<i>.txt").write_bytes(b"")
    done = report(folder, "--strict")
    assert (done.returncode, "b<i>.txt: empty" in done.stdout) == (LEFT_OUT, True)
    page = page_of(folder)
    assert [tag for tag in ("<script", "<img", "<b>", "<i>") if tag in page] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "b&lt;i&gt;.txt" in page
    passages = folder.parent / "made" / folder.name / "tables" / "passages.csv"
    assert '"\'=HYPERLINK(""http://x"",""y"")"' in passages.read_text(encoding="utf-8")
    assert not re.search(r'(^|,)"?[=+@]', passages.read_text(encoding="utf-8"), re.MULTILINE)
    texts = cl.read_table(passages).text.tolist()
    assert (formula in texts, said in texts) == (True, True)


def test_files_that_cannot_be_used_are_listed_and_left_out(folder):
    shutil.copy(ARTICLE, folder)
    (folder / "empty.txt").write_bytes(b"\n \n")
    (folder / "latin.txt").write_bytes("Der Fluß".encode("latin-1"))
    (folder / "photo.jpg").write_bytes(bytes(range(256)))
    (folder / "scan.txt").write_bytes(b"%PDF-1.7\n\0\0\0")
    done = report(folder)
    reasons = {
        "empty.txt": "empty: nothing to read",
        "latin.txt": "not UTF-8 at byte 7, and too short or strange to tell in what other encoding: save it as UTF-8",
        "photo.jpg": "a picture, not a .txt file: save the text as UTF-8 .txt",
        "scan.txt": "looks like a PDF, not a text: open it and save the text as UTF-8 .txt",
    }
    assert done.returncode == DONE
    assert done.stdout.splitlines()[0] == "4 files could not be used:"
    assert done.stdout.splitlines()[1:5] == [f"  {name}: {why}" for name, why in reasons.items()]
    page = page_of(folder)
    assert [name for name, why in reasons.items() if f"<li>{name}: {why}</li>" not in page] == []
    assert "5 files" in page
    assert "1 article with" in brief_of(folder)
