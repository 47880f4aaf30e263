"""Show copies next to their first occurrence, with edits marked."""

from typing import NamedTuple

import pandas as pd
from markupsafe import Markup
from rapidfuzz.distance import Indel

from clippings.core.tokens import fold, word_spans
from clippings.core.wording import article_name, count_noun
from clippings.show import wording
from clippings.show.html import HtmlView, cite_place, render

WINDOW_WORDS = 4000  # number of words aligned at once; the cost is quadratic
MAX_EQUAL_WORDS = 100  # only the ends of longer runs of equal words are shown
END_WORDS = 40  # number of words shown at either end of a long run

# Kinds of pieces. The names of edits are those of rapidfuzz's opcodes.
EQUAL = "equal"
DELETE = "delete"
INSERT = "insert"
REPLACE = "replace"
LEFT_OUT = "left out"  # a note that replaces equal words that are not shown

# The two sides of a pair.
FIRST = 0
COPY = 1
EDIT_SIGNS = {DELETE: "-", INSERT: "+", REPLACE: "~"}  # in plain text, as in CriticMarkup
BRACKETS = {FIRST: "[]", COPY: "{}"}


class Edit(NamedTuple):
    """A run of words of the first text and the corresponding run of the copy."""

    kind: str
    first_start: int  # word numbers
    first_end: int
    copy_start: int
    copy_end: int


class Piece(NamedTuple):
    """A piece of one text of a pair: unchanged, edited, or a note that replaces omitted words."""

    kind: str
    text: str


class Side(NamedTuple):
    """One text of a pair."""

    name: str  # its article and characters
    place: Markup
    pieces: list[Piece]


class Pair(NamedTuple):
    """A copy and its first occurrence."""

    title: str
    sides: list[Side]


def show_alignment(repeats: pd.DataFrame, articles: pd.DataFrame, *, n: int = 5) -> HtmlView:
    """Show copies next to their first occurrence, with edits marked.

    Parameters
    ----------
    repeats : pandas.DataFrame
        The table `repeats`; rows that are first occurrences are skipped.
    articles : pandas.DataFrame
        The articles.
    n : int, default 5
        The number of pairs to show.

    Returns
    -------
    HtmlView
        A table with two columns: first occurrence and copy. If more than 100 consecutive words are
        unchanged, only the first and the last 40 are shown. In plain text, ``[-…-]`` marks words
        that are only in the first occurrence, ``{+…+}`` words that are only in the copy, and
        ``[~…~]`` words that were replaced by ``{~…~}``.

    Raises
    ------
    KeyError
        If an article is missing from `articles`.

    Notes
    -----
    Edits are determined by the longest common subsequence of words (rapidfuzz). Differences in case
    and punctuation are not edits. Copies of more than 4,000 words are aligned in pieces, which may
    result in more edits than necessary.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> changed = repeats.query("similarity < 1")
    >>> cl.show_alignment(changed, articles)  # doctest: +NORMALIZE_WHITESPACE
    outlet boilerplate: 24 words, 88% identical
      first occurrence (Ostrand counts the cost after levee breach, 1,689 to 1,813): Source: Coast
      Courier Like the Coast Courier? Follow us for more Get the morning newsletter in your inbox
      Leave a comment
      copy (Water falls at last as Lenn Valley cleans up, 1,327 to 1,467): Source: Coast Courier
      Like the Coast Courier? Follow us for more Get the morning newsletter in your inbox
      {+No comments yet+} Leave a comment
    1 of 1 copy
    """
    copies = repeats[repeats.relation != "first"]
    if copies.empty:
        message = wording.NO_COPIES
        return HtmlView(render("message", role="note", text=message), message)

    texts = dict(zip(articles.article, articles.text, strict=True))
    pairs = [_pair(row, texts, articles) for row in copies.head(n).itertuples()]
    caption = wording.ALIGNMENT_CAPTION.format(
        shown=len(pairs), copies=wording.COPIES.fill(len(copies))
    )
    html = render(
        "alignment",
        pairs=pairs,
        caption=caption,
        key=wording.ALIGNMENT_KEY,
        edit_names=wording.EDITS,
        heads=wording.ALIGNMENT_HEADS,
    )
    lines = []
    for pair in pairs:
        lines.extend(_plain_pair(pair))
    return HtmlView(html, "\n".join([*lines, caption]))


def _pair(row, texts: dict[str, str], articles: pd.DataFrame) -> Pair:
    """Return a copy and its first occurrence, aligned."""
    first_text = texts[row.match_article][row.match_start : row.match_end]
    copy_text = texts[row.article][row.start : row.end]
    first_words = word_spans(first_text)
    copy_words = word_spans(copy_text)
    edits = _edits(_folded(first_text, first_words), _folded(copy_text, copy_words))

    title = wording.ALIGNMENT_PAIR.format(
        relation=wording.RELATIONS.get(row.relation, row.relation),
        words=count_noun(row.words, "word"),
        share=wording.percent(row.similarity),
    )
    first_runs = [(edit.kind, edit.first_start, edit.first_end) for edit in edits]
    copy_runs = [(edit.kind, edit.copy_start, edit.copy_end) for edit in edits]
    sides = [
        _side(
            articles,
            row.match_article,
            row.match_start,
            row.match_end,
            _pieces(first_text, first_words, first_runs),
        ),
        _side(articles, row.article, row.start, row.end, _pieces(copy_text, copy_words, copy_runs)),
    ]
    return Pair(title, sides)


def _folded(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return the words of a text without case and accents."""
    return [fold(text[start:end]) for start, end in spans]


def _side(articles: pd.DataFrame, article: str, start: int, end: int, pieces: list[Piece]) -> Side:
    """Return one text of a pair with its position."""
    name = wording.ALIGNMENT_PLACE.format(
        article=article_name(articles, article), start=f"{start:,}", end=f"{end:,}"
    )
    return Side(name, cite_place(articles, article, start, end, name), pieces)


def _edits(first: list[str], copy: list[str]) -> list[Edit]:
    """Return runs of equal and of edited words that cover both texts, in order.

    Long texts are aligned in windows; each window starts where the previous one ended.
    """
    edits = [Edit(EQUAL, 0, 0, 0, 0)]
    first_done = 0
    copy_done = 0
    while first_done < len(first) or copy_done < len(copy):
        first_window = first[first_done : first_done + WINDOW_WORDS]
        copy_window = copy[copy_done : copy_done + WINDOW_WORDS]
        opcodes = list(Indel.opcodes(first_window, copy_window))

        is_last = first_done + len(first_window) == len(first) and (
            copy_done + len(copy_window) == len(copy)
        )
        if not is_last:
            opcodes = _up_to_anchor(opcodes, len(first_window))

        for code in opcodes:
            edit = Edit(
                code.tag,
                code.src_start + first_done,
                code.src_end + first_done,
                code.dest_start + copy_done,
                code.dest_end + copy_done,
            )
            _append_joined(edits, edit)
        first_done = edits[-1].first_end
        copy_done = edits[-1].copy_end
    return edits


def _up_to_anchor(opcodes: list, window_words: int) -> list:
    """Return the opcodes up to the longest equal run in the second half of a window.

    At the end of a window, the alignment is arbitrary, because the following text is not yet known.
    A long run of equal words is a safe place to continue.
    """
    late_equal_runs = [
        number
        for number, code in enumerate(opcodes)
        if code.tag == EQUAL and 2 * code.src_end > window_words
    ]
    if not late_equal_runs:
        return opcodes
    anchor = max(
        late_equal_runs, key=lambda number: opcodes[number].src_end - opcodes[number].src_start
    )
    return opcodes[: anchor + 1]


def _append_joined(edits: list[Edit], edit: Edit) -> None:
    """Append an edit; merge it with the last one if both are equal or both are edited."""
    last = edits[-1]
    first_start = edit.first_start
    copy_start = edit.copy_start
    if (last.kind == EQUAL) == (edit.kind == EQUAL):
        edits.pop()
        first_start = last.first_start
        copy_start = last.copy_start

    kind = edit.kind
    if kind != EQUAL:
        if copy_start == edit.copy_end:
            kind = DELETE
        elif first_start == edit.first_end:
            kind = INSERT
        else:
            kind = REPLACE
    edits.append(Edit(kind, first_start, edit.first_end, copy_start, edit.copy_end))


def _pieces(
    text: str, spans: list[tuple[int, int]], runs: list[tuple[str, int, int]]
) -> list[Piece]:
    """Divide a text into its edits; text between two runs belongs to no edit."""
    pieces = []
    done = 0  # characters
    for kind, first_word, end_word in runs:
        if first_word == end_word:
            continue
        start = spans[first_word][0]
        end = spans[end_word - 1][1]
        pieces.append(Piece(EQUAL, text[done:start]))

        words = end_word - first_word
        if kind == EQUAL and words > MAX_EQUAL_WORDS:
            head_end = spans[first_word + END_WORDS - 1][1]
            tail_start = spans[end_word - END_WORDS][0]
            note = wording.EQUAL_WORDS_LEFT_OUT.format(number=f"{words - 2 * END_WORDS:,}")
            pieces.append(Piece(EQUAL, text[start:head_end]))
            pieces.append(Piece(LEFT_OUT, note))
            start = tail_start
        pieces.append(Piece(kind, text[start:end]))
        done = end
    pieces.append(Piece(EQUAL, text[done:]))
    return [piece for piece in pieces if piece.text]


def _plain_pair(pair: Pair) -> list[str]:
    """Return a pair as three lines of text."""
    lines = [pair.title]
    for number, (head, side) in enumerate(zip(wording.ALIGNMENT_HEADS, pair.sides, strict=True)):
        text = "".join(_plain_piece(piece, number) for piece in side.pieces)
        lines.append(f"  {head} ({side.name}): {' '.join(text.split())}")
    return lines


def _plain_piece(piece: Piece, side: int) -> str:
    """Return a piece in plain text, with signs that show its edit."""
    if piece.kind not in EDIT_SIGNS:
        return piece.text
    opening, closing = BRACKETS[side]
    sign = EDIT_SIGNS[piece.kind]
    return f"{opening}{sign}{piece.text}{sign}{closing}"
