"""Print the web page of a report to a PDF file, with a browser that is already installed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

# Commands of Chromium and of browsers that are based on it, on all systems.
BROWSER_COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser", "brave"),
)

# Where browsers are installed on systems that do not add them to the PATH.
BROWSER_FILES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
        r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    ),
}
INSTALL_A_BROWSER = {
    "darwin": "install Google Chrome or Chromium",
    "win32": "install Google Chrome or Microsoft Edge",
    "linux": "install Chromium (on Debian and Ubuntu: sudo apt install chromium)",
}

# No window, no header and footer, nothing from or to the network, nothing of the user's profile.
BROWSER_OPTIONS = (
    "--headless",
    "--no-pdf-header-footer",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
MAX_SECONDS = 180  # a report with hundreds of rows takes 2 to 10 seconds

# The pages of all articles, which follow the chapters, and the end of the document.
PAGES_BEGIN = '<h2 id="pages">'
PAGES_END = "<footer>"
NOTE_ON_PAGES = "<p>The pages of the articles are in report.html.</p>\n"

# Browsers would otherwise use the paper of the country that they are set to. Those that do not know
# margin boxes print no page numbers.
HEAD_END = "</head>"
PAPER_STYLE = """<style>
@page {
  size: A4;
  margin: 2cm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; }
}
@media print { figure svg { max-height: 23cm; } }
</style>
"""

# The time at which a browser printed, such as /CreationDate (D:20210301120000+00'00').
PDF_TIME = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:(\d{14})")
FIXED_PDF_TIME = b"19800101000000"


class CannotPrint(RuntimeError):
    """The PDF file could not be created; the message says what to do."""


def find_browser() -> str | None:
    """Return the path of a browser that can print, or None if none is installed.

    Returns
    -------
    str or None
        The path of Chromium, Chrome, Edge or Brave.

    Examples
    --------
    >>> browser = find_browser()
    >>> browser is None or Path(browser).is_file()
    True
    """
    for command in BROWSER_COMMANDS:
        path = shutil.which(command)
        if path:
            return path
    for file in BROWSER_FILES.get(sys.platform, ()):
        path = os.path.expandvars(file)
        if os.path.isfile(path):
            return path
    return None


def print_report(page: Path, path: Path, *, max_seconds: float = MAX_SECONDS) -> Path:
    """Print the brief and the chapters of a report to a PDF file.

    Parameters
    ----------
    page : pathlib.Path
        The web page of the report.
    path : pathlib.Path
        The path of the PDF file.
    max_seconds : float
        After this time, printing is stopped.

    Returns
    -------
    pathlib.Path
        The path of the PDF file.

    Raises
    ------
    CannotPrint
        If no browser is installed (install Chromium), or if the browser fails or does not finish.

    Notes
    -----
    The pages of the articles are left out, because they are often hundreds of sheets; a note says
    where they are. Lists of passages that are collapsed on the page are not printed, and collapsed
    sections only with their answer.

    The browser runs without network access and with an empty profile, which is deleted afterwards.
    The file contains a fixed date, so that the same page produces the same bytes.

    Examples
    --------
    >>> print_report(Path("no such page"), Path("report.pdf"))
    Traceback (most recent call last):
    clippings.report.pdf_file.CannotPrint: there is no page to print: no such page
    """
    if not page.is_file():
        raise CannotPrint(f"there is no page to print: {page}")
    browser = find_browser()
    if browser is None:
        advice = INSTALL_A_BROWSER.get(sys.platform, INSTALL_A_BROWSER["linux"])
        raise CannotPrint(f"no browser that can print was found: {advice}, then run it again")

    # Browsers that are installed as snaps can only use folders of the user, such as this one.
    with tempfile.TemporaryDirectory(dir=page.parent.parent, ignore_cleanup_errors=True) as folder:
        main_part = Path(folder, "report.html")
        html = page.read_text(encoding="utf-8")
        html_on_paper = html.replace(HEAD_END, PAPER_STYLE + HEAD_END, 1)
        main_part.write_text(without_article_pages(html_on_paper), encoding="utf-8")
        printed = Path(folder, "report.pdf")
        command = [
            browser,
            *BROWSER_OPTIONS,
            *_sandbox_options(),
            f"--user-data-dir={Path(folder, 'profile').resolve()}",
            f"--print-to-pdf={printed.resolve()}",
            main_part.resolve().as_uri(),
        ]
        _run(command, max_seconds)
        if not printed.is_file():
            raise CannotPrint(f"{browser} did not create a file; open report.html and print it")
        path.write_bytes(_without_times(printed.read_bytes()))
    return path


def without_article_pages(html: str) -> str:
    """Return the page of a report without the pages of the articles.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    str
        The page with a note where the pages are.

    Examples
    --------
    >>> without_article_pages('<p>Brief</p><h2 id="pages">The pages</h2>…<footer></footer>')
    '<p>Brief</p><p>The pages of the articles are in report.html.</p>\\n<footer></footer>'
    """
    before, heading, rest = html.partition(PAGES_BEGIN)
    if not heading:
        return html
    _, footer, after = rest.rpartition(PAGES_END)
    return before + NOTE_ON_PAGES + footer + after


def _sandbox_options() -> list[str]:
    """Return the option without which a browser does not start for the user root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []


def _run(command: list[str], max_seconds: float) -> None:
    """Run a browser; if it does not finish in time, end it and all of its processes."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(max_seconds)
    except subprocess.TimeoutExpired as error:
        raise CannotPrint(
            f"{command[0]} did not finish within {max_seconds:g} seconds; open report.html in a "
            "browser and print it"
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen) -> None:
    """End a process and the processes that it has started."""
    with suppress(OSError):  # all of them have ended
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _without_times(data: bytes) -> bytes:
    """Return a PDF file with a fixed date of the same length, so that all offsets remain valid."""
    return PDF_TIME.sub(lambda match: match[0].replace(match[1], FIXED_PDF_TIME), data)
