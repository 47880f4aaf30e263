"""Decide how the name of an outlet is written: The Valley Post, Valley Post, valleypost.com."""

import re
from collections import Counter

from clippings.core.tokens import fold
from clippings.corpus.author_lines import CAPITAL
from clippings.corpus.outlet_evidence import (
    MIN_MENU_LINES,
    SITE,
    OutletEvidence,
)
from clippings.corpus.outlet_names import (
    SITE_ENDING,
    outlet_key,
)

SITE_LINES = 6  # pieces below the headline in which the name of the site may be alone


def printed_form(evidence: OutletEvidence, key: str) -> str:
    """Choose the form of a name that the page uses most, with its article if it has one.

    Parameters
    ----------
    evidence : OutletEvidence
        The names on a page.
    key : str
        The key of the name, as `outlet_key` returns it.

    Returns
    -------
    str
        The name as the page prints it, in capitals only if all of its forms are.

    Examples
    --------
    >>> from clippings.corpus.page_credits import Authors
    >>> from clippings.corpus.paragraphs import cut_page
    >>> text = "© 2021 VALLEY POST. All rights reserved.\\n\\nWrite to the Valley Post."
    >>> pieces = cut_page(text)
    >>> evidence = OutletEvidence(text, pieces, story=[False] * len(pieces), headline=-1)
    >>> evidence.collect(Authors())
    >>> printed_form(evidence, "valley post")
    'Valley Post'
    """
    if site_line := _site_below_headline(evidence, key):
        return site_line
    form = _usual_form(evidence, key)
    name = _without_site_ending(evidence, re.sub(r"^(?:The|the|THE)\s", "", form))
    if not _has_article(evidence, name, form):
        return name
    article = "THE" if name.isupper() and " " in name else "The"
    return f"{article} {name}"


def _usual_form(evidence: OutletEvidence, key: str) -> str:
    """Return the most frequent form of a name, in capitals only if the page has no other."""
    form = max(evidence.forms[key], key=lambda name: (evidence.forms[key][name], name))
    # GET THE VALLEY POST APP: the page may write the name otherwise elsewhere.
    if not form.isupper():
        return form
    forms = re.findall(rf"(?<!\w){re.escape(key)}(?!\w)", evidence.text, re.IGNORECASE)
    usual = Counter(name for name in forms if name.istitle())
    return usual.most_common(1)[0][0] if usual else form


def _without_site_ending(evidence: OutletEvidence, name: str) -> str:
    """Return the name of a site without .com, if the page mostly prints it so."""
    site = SITE_ENDING.sub("", name)
    if site == name:
        return name
    with_ending = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", evidence.text))
    without_ending = len(re.findall(rf"(?<![\w@]){re.escape(site)}(?![\w.]\w)", evidence.text))
    is_shorter = without_ending > with_ending and not evidence.is_in_story(outlet_key(site))
    return site if is_shorter else name


def _has_article(evidence: OutletEvidence, name: str, form: str) -> bool:
    """Return whether the article is a part of a name: The Valley Post."""
    # The masthead is the outlet's own name for itself.
    own_lines = evidence.own_line_forms[outlet_key(name)]
    if own_lines and own_lines.most_common(1)[0][0].casefold().startswith("the "):
        return True
    # Menus leave articles out, unless they are part of the name: The Valley Post Shop.
    lines = evidence.around.split("\n")
    with_article = sum(line.startswith(f"The {name} ") for line in lines)
    without_article = sum(line.startswith(f"{name} ") for line in lines)
    if with_article >= MIN_MENU_LINES and with_article > without_article:
        return True
    return _is_mostly_with_article(evidence, name, form)


def _is_mostly_with_article(evidence: OutletEvidence, name: str, form: str) -> bool:
    """Return whether most mentions of a name have an article; its usual form breaks a tie."""
    # Most names have no article, and one search shows that.
    if not re.search(rf"\bThe\s{re.escape(name)}", evidence.text):
        return False
    # Before another noun, the article belongs to that or is left out: a Post reporter.
    name_alone = rf"{re.escape(name)}(?!\w|-\w|\s[{CAPITAL}])"
    if not re.search(rf"(?<!\w){name_alone}", evidence.text):
        name_alone = rf"{re.escape(name)}(?!\w)"
    with_article = len(re.findall(rf"\bThe\s{name_alone}", evidence.text))
    all_mentions = len(re.findall(rf"(?<!\w){name_alone}", evidence.text))
    if 2 * with_article == all_mentions > 0:
        return form.startswith("The ")
    return 2 * with_article > all_mentions


def _site_below_headline(evidence: OutletEvidence, key: str) -> str:
    """Return the address of the site below the headline, as printed; "" if there is none."""
    end = evidence.headline + 1 + SITE_LINES
    for line in evidence.lines[evidence.headline + 1 : end] if evidence.headline >= 0 else ():
        is_site = SITE.fullmatch(line.casefold()) is not None
        if is_site and SITE_ENDING.sub("", fold(line)) == SITE_ENDING.sub("", key):
            forms = re.findall(rf"(?<![\w.@/]){re.escape(line)}", evidence.text, re.IGNORECASE)
            usual = [name for name in forms if not name.isupper()]
            return usual[0] if usual else line
    return ""
