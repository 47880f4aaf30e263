"""Markdown marks in pasted texts: emphasis and link targets.

Removing the marks would change the offsets. Finders therefore search a copy of the text in which
the marks are replaced by spaces.
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
MARK_SIGNS = ("*", "_", "](", "http", "www.")  # a text without these characters has no marks


def blank_marks(text: str) -> str:
    """Replace emphasis marks, link targets and web addresses with spaces.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length, so that offsets are the same in both texts.

    Examples
    --------
    >>> blank_marks("**Anna Bell** came on [Monday](https://post.example/2019/03/16).")
    '  Anna Bell   came on  Monday                                  .'
    """
    if not any(sign in text for sign in MARK_SIGNS):
        return text
    return MARKS.sub(lambda match: " " * len(match[0]), text)
