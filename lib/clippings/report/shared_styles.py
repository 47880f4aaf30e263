"""Turn inline styles that a report repeats into classes, which make the page much shorter.

The views and charts style each element for itself, because JupyterLab removes style sheets from
notebooks that are not trusted. In a report, the same few styles are repeated thousands of times.
"""

import re
from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

# A style that occurs less often stays where it is.
MIN_USES = 3

# An opening tag with a style. Our templates escape quotation marks and angle brackets in values.
STYLED_TAG = re.compile(r'<[a-zA-Z][^<>]*? style="[^"<>]*"[^<>]*>')
STYLE = re.compile(r' style="([^"<>]*)"')
CLASS = re.compile(r' class="([^"<>]*)"')

# An inline style has precedence over style sheets. Repeating the class has the same effect, except
# for rules that are marked as important, which have precedence over both.
PRECEDENCE = 4


class SharedStyles(NamedTuple):
    """HTML without repeated inline styles, and the style sheet that replaces them."""

    html: Markup
    sheet: Markup


def share_styles(html: str) -> SharedStyles:
    """Replace inline styles that occur several times by classes.

    Parameters
    ----------
    html : str
        HTML that our templates and charts have written.

    Returns
    -------
    SharedStyles
        The HTML, which looks the same with the style sheet.

    Examples
    --------
    >>> cell = '<td style="padding:1em">rain</td>'
    >>> shared = share_styles(cell * 3)
    >>> print(shared.html)
    <td class="s0">rain</td><td class="s0">rain</td><td class="s0">rain</td>
    >>> print(shared.sheet)
    .s0.s0.s0.s0{padding:1em}
    """
    uses = Counter(STYLE.search(tag)[1] for tag in STYLED_TAG.findall(html))
    repeated = [style for style, number in uses.items() if style and number >= MIN_USES]
    names = {style: f"s{number}" for number, style in enumerate(repeated)}

    def with_class(match: re.Match) -> str:
        tag = match[0]
        name = names.get(STYLE.search(tag)[1])
        if name is None:
            return tag
        unstyled = STYLE.sub("", tag, count=1)
        if CLASS.search(unstyled):
            return CLASS.sub(rf' class="\1 {name}"', unstyled, count=1)
        return STYLE.sub(f' class="{name}"', tag, count=1)

    # Only attributes that we wrote are moved; the text of articles is not touched.
    shared = Markup(STYLED_TAG.sub(with_class, html))
    rules = [f"{f'.{name}' * PRECEDENCE}{{{style}}}" for style, name in names.items()]
    return SharedStyles(shared, Markup("\n".join(rules)))
