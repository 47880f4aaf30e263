"""The script of the report page: search, and sorting and filtering of tables."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

SCRIPT = Path(__file__).with_name("report.js")


class PageScript(NamedTuple):
    """The script of a page, and what allows a browser to run it."""

    source: Markup
    policy: str  # for the Content Security Policy: 'sha256-…', which allows exactly this script


def read_page_script() -> PageScript:
    """Read the script of the report page.

    Returns
    -------
    PageScript
        The script and its hash. The page may run this script and no other, so that a script in the
        text of an article never runs, even if the text was inserted as HTML by mistake.

    Examples
    --------
    >>> script = read_page_script()
    >>> script.policy.startswith("'sha256-"), "</script" in script.source
    (True, False)
    """
    source = SCRIPT.read_text(encoding="utf-8")
    digest = b64encode(sha256(source.encode()).digest()).decode()
    return PageScript(Markup(source), f"'sha256-{digest}'")
