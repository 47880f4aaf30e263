"""Printing a report to a PDF file, with a browser or without one."""

import io
import os
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from clippings.__main__ import LEFT_OUT, main
from clippings.report import pdf_file
from clippings.report.build import Report, _print_pdf
from clippings.report.pdf_file import CannotPrint, find_browser, print_report, without_article_pages
from helpers import FLOOD

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>The flood</title></head><body>
<h1>The flood</h1><p>The levee broke in Ostrand.</p>
<p><img src="http://192.0.2.1/pixel.png" alt=""></p>
<h2 id="pages">The pages</h2><div class="pages"><article>The whole text &lt;footer&gt;.</article></div>
<footer><p>Made by us.</p></footer></body></html>"""


@pytest.fixture
def page(tmp_path) -> Path:
    folder = tmp_path / "work" / "report"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text(PAGE, encoding="utf-8")
    return folder / "report.html"


def fake_browser(folder: Path, script: str, monkeypatch) -> None:
    """Put a program called chromium on the PATH, and nothing else."""
    folder.mkdir()
    program = folder / "chromium"
    program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(folder))


def test_the_brief_is_printed_on_a4_without_the_pages_of_articles(page):
    pypdf = pytest.importorskip("pypdf")
    if not find_browser():
        pytest.skip("no browser that can print")
    data = print_report(page, page.with_suffix(".pdf")).read_bytes()
    assert print_report(page, page.with_suffix(".pdf")).read_bytes() == data

    reader = pypdf.PdfReader(io.BytesIO(data))
    words = " ".join(sheet.extract_text() for sheet in reader.pages)
    assert "The levee broke in Ostrand." in words and "Made by us." in words
    assert "whole text" not in words
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)
    assert sorted(path.name for path in page.parent.iterdir()) == ["report.html", "report.pdf"]
    assert [path.name for path in page.parent.parent.iterdir()] == ["report"]


def test_only_the_pages_of_articles_are_left_out():
    printed = without_article_pages(PAGE)
    assert "The levee broke" in printed and "Made by us." in printed
    assert "whole text" not in printed and "report.html" in printed
    without_pages = PAGE.replace(' id="pages"', "")
    assert without_article_pages(without_pages) == without_pages


def test_without_a_browser_the_message_says_what_to_install(page, monkeypatch):
    monkeypatch.setattr(pdf_file, "find_browser", lambda: None)
    messages = set()
    for system in ("linux", "darwin", "win32", "freebsd14"):
        monkeypatch.setattr(pdf_file.sys, "platform", system)
        with pytest.raises(CannotPrint, match="install") as refused:
            print_report(page, page.with_suffix(".pdf"))
        messages.add(str(refused.value))
    assert len(messages) == 3


@pytest.mark.skipif(os.name != "posix", reason="a script stands for a browser")
def test_a_browser_that_fails_is_reported(page, tmp_path, monkeypatch):
    fake_browser(tmp_path / "bin", "raise SystemExit(1)", monkeypatch)
    with pytest.raises(CannotPrint, match="did not create"):
        print_report(page, page.with_suffix(".pdf"))
    assert [path.name for path in page.parent.iterdir()] == ["report.html"]


@pytest.mark.skipif(os.name != "posix", reason="a script stands for a browser")
def test_a_browser_that_hangs_is_ended_with_its_processes(page, tmp_path, monkeypatch):
    sign = tmp_path / "alive"
    helper = tmp_path / "helper.py"
    helper.write_text(
        "import pathlib, time\n"
        "while True:\n"
        f"    pathlib.Path({str(sign)!r}).touch()\n"
        "    time.sleep(0.05)\n",
        encoding="utf-8",
    )
    script = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, {str(helper)!r}])\n"
        "time.sleep(60)"
    )
    fake_browser(tmp_path / "bin", script, monkeypatch)
    start = time.monotonic()
    with pytest.raises(CannotPrint, match="within"):
        print_report(page, page.with_suffix(".pdf"), max_seconds=3)
    assert time.monotonic() - start < 20
    assert sign.exists()
    sign.unlink()
    time.sleep(0.3)
    assert not sign.exists()


@pytest.mark.skipif(os.name != "posix", reason="a script stands for a browser")
def test_a_browser_gets_an_empty_profile_and_no_network(page, tmp_path, monkeypatch):
    script = f"import sys\nopen({str(tmp_path / 'seen')!r}, 'w').write('\\n'.join(sys.argv))"
    fake_browser(tmp_path / "bin", script, monkeypatch)
    with pytest.raises(CannotPrint):
        print_report(page, page.with_suffix(".pdf"))
    options = (tmp_path / "seen").read_text().split("\n")
    (profile,) = (option for option in options if option.startswith("--user-data-dir="))
    assert profile.split("=")[1].startswith(str(page.parent.parent))
    assert not Path(profile.split("=")[1]).exists()
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in options
    assert "--no-pdf-header-footer" in options


def test_a_report_is_complete_but_for_the_pdf_file(page, monkeypatch, capsys):
    monkeypatch.setattr(pdf_file, "find_browser", lambda: None)
    problem = _print_pdf(page.parent)
    assert "install" in problem and not (page.parent / "report.pdf").exists()

    report = Report(page.parent, [], [], problem)
    monkeypatch.setattr("clippings.__main__.make_report", lambda *_, **__: report)
    assert main(["report", str(FLOOD), "--quiet", "--pdf"]) == LEFT_OUT
    assert "report.pdf" in capsys.readouterr().out


def test_browsers_are_searched_for_in_all_usual_places(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf_file.sys, "platform", "darwin")
    monkeypatch.setattr(pdf_file.os.path, "isfile", lambda path: "Google Chrome" in path)
    monkeypatch.setattr(shutil, "which", lambda command: None)
    assert "Google Chrome" in find_browser()
