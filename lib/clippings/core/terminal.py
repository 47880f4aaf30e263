"""Make untrusted text safe to print in a terminal."""

import re

# Characters that move the cursor, start an escape sequence, break a line or reverse the order of
# the text: control characters, line and paragraph separators, direction marks, the byte order mark,
# and lone surrogates, which a terminal cannot encode.
_NOT_PRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str, keep: str = "") -> str:
    r"""Return text that is safe to print in a terminal, in one line.

    File names, table cells and article texts are untrusted. They may contain escape sequences that
    change the colours, text or title of the terminal.

    Parameters
    ----------
    text : str
        Any text.
    keep : str, default ""
        Characters to leave unchanged, such as "\n" in a text of several lines.

    Returns
    -------
    str
        The text, in which each such character is replaced by an escape such as ``\x1b``.

    Examples
    --------
    >>> print(printable("a\x1b[31m.txt"), printable("b\n.txt"))
    a\x1b[31m.txt b\n.txt
    """

    def escaped(match: re.Match) -> str:
        character = match[0]
        return character if character in keep else repr(character)[1:-1]

    return _NOT_PRINTABLE.sub(escaped, text)
