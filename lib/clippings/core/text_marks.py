"""Markdown marks in pasted texts: emphasis and link targets.

Offsets rest on the text as it stands, so marks are not removed: finders look at a copy of the same
length in which they are blank.
"""

import re

MARKS = re.compile(
    r"""
    (?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+["'][^"'\n]*["'])?\)   # ](https://post.example)
  | (?:https?://|www\.)[^\s<>"”“]+                     # https://post.example/2019/03/16/wall
  | (?<![\w*])\*{1,3}(?=[^\s*])                        # **Anna   *Anna
  | (?<=[^\s*])\*{1,3}(?![\w*])                        # Bell**   Bell*
  | (?<![\w_])_{1,3}(?=[^\s_])                         # _Anna
  | (?<=[^\s_])_{1,3}(?![\w_])                         # Bell_
  | !?\[(?=[^\]\n]+\]\()                               # [Monday](
  | \](?=\()                                           # ](
    """,
    re.VERBOSE,
)
MARK_SIGNS = ("*", "_", "](", "http", "www.")  # a text without any of them has no marks


def blank_marks(text: str) -> str:
    """Blank the marks of emphasis, the targets of links and web addresses.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length, in which every such mark is as many blanks; offsets into one are
        offsets into the other.

    Examples
    --------
    >>> blank_marks("**Anna Bell** came on [Monday](https://post.example/2019/03/16).")
    '  Anna Bell   came on  Monday                                  .'
    """
    if not any(sign in text for sign in MARK_SIGNS):
        return text
    return MARKS.sub(lambda match: " " * len(match[0]), text)
