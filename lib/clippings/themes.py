"""Themes: sentences that a codebook row finds, what no row finds, and what each row is worth."""

import re
from bisect import bisect_right

import pandas as pd

from clippings.lexicon import read_words
from clippings.sentences import sentence_spans
from clippings.tables import by_article, in_turn, make_table, span_row
from clippings.text import compile_term

FEWEST, PASSING = 2, 200  # an article is about what $about names twice, and once in 200 words: less is in passing
TITLES = ("headline", "subhead")


def find_themes(passages: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The sentences that carry a theme.

    In: passages (story ones, as a rule); codes = codebook["themes"]: term, and near / not_near, conditions on
    the same sentence (near: groups joined by &, one alternative of each must be there). Rows whose theme starts
    with $ hold a class of words (all rows of one name together), which terms and conditions name. Where there is
    a class $about, only articles that name it twice, and once in 200 words, are coded.
    Out: themes, one row per sentence, theme and side, with its first cue; rule = the terms that fired,
    joined by "; ". A cue that is denied ("no fighter left") speaks against its theme; its rule starts with "not ".
    A headline counts only where the text below it carries the theme too, or there is no text.
    Raises: BadInput for a term that cannot be read, or that names a class which is not there.
    Misses: irony, a denial more than 4 words off, a theme told over two sentences.
    Source: dictionary coding, as in quanteda.
    Example:
        >>> find_themes(make_table("passages"), pd.DataFrame(columns=["theme", "side", "term"])).empty
        True
    """
    words = codes[codes.theme.str.startswith("$")].groupby("theme", sort=False).term
    classes = tuple(words.agg(" | ".join).items())
    rows = [_compiled(code, classes) for code in codes.itertuples() if not code.theme.startswith("$")]
    about = compile_term("$about", classes) if "$about" in dict(classes) else None
    found = []
    for own in in_turn(by_article(passages).values(), "themes"):
        if about and not _is_about(about, [passage.text for passage in own]):
            continue
        hits = [(passage.label in TITLES, _row(passage, *hit)) for passage in own for hit in _hits(passage, rows)]
        below = {(row["label"], row["side"]) for title, row in hits if not title}
        alone = all(passage.label in TITLES for passage in own)
        found += [row for title, row in hits if not title or alone or (row["label"], row["side"]) in below]
    return make_table("themes", found)


def _is_about(about: re.Pattern, texts: list[str]) -> bool:
    found, words = sum(len(about.findall(text)) for text in texts), sum(len(text.split()) for text in texts)
    return found >= max(FEWEST, words / PASSING)


def _hits(passage, rows: list) -> list[tuple]:
    """Sentence, theme and side, and cues with their terms, of a passage."""
    sentences = sentence_spans(passage.text)
    starts = [start for start, _ in sentences]
    hits: dict = {}
    for code, pattern, near, not_near in rows:
        if not all(group.search(passage.text) for group in near):
            continue
        for match in pattern.finditer(passage.text):
            number = bisect_right(starts, match.start()) - 1
            if number < 0 or match.end() > sentences[number][1] or match.start() == match.end():
                continue
            start, end = sentences[number]
            sentence = passage.text[start:end]
            if all(p.search(sentence) for p in near) and not any(p.search(sentence) for p in not_near):
                side, term = code.side or "for", code.term
                if side == "for" and _is_denied(match, passage.text[start : match.start()]):
                    side, term = "against", f"not {term}"
                hits.setdefault((start, end, code.theme, side), []).append((match.span(), term))
    return [((start, end), key, cues) for (start, end, *key), cues in hits.items()]


def _is_denied(match: re.Match, before: str) -> bool:
    """Does a word such as "no" stand in a gap of a cue, or up to 4 words before it?"""
    kinds = ("denial", "emphasis")  # "not only" denies nothing
    denial, emphasis = (compile_term(" | ".join(read_words("denials", kind=kind))) for kind in kinds)
    close = " ".join(re.split(r"[,;:]\s", before)[-1].split()[-4:])
    return any(denial.search(emphasis.sub("", piece or "")) for piece in (close, *match.groups()))


def _compiled(code, classes: tuple) -> tuple:
    near = [compile_term(group.strip(), classes) for group in code.near.split("&") if group.strip()]
    not_near = [compile_term(code.not_near, classes)] if code.not_near else []
    return code, compile_term(code.term, classes), near, not_near


def _row(passage, sentence: tuple[int, int], key: list, cues: list) -> dict:
    cue = min(span for span, _ in cues)
    columns = {"label": key[0], "side": key[1], "rule": "; ".join(sorted({term for _, term in cues}))}
    cue_at = {"cue_start": passage.start + cue[0], "cue_end": passage.start + cue[1]}
    return span_row(passage, *sentence, **columns, **cue_at)


def find_uncoded(passages: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """The passages in which no theme was found.

    In: passages; themes found in them. Out: those rows of passages, fresh index. Raises: nothing.
    Misses: a long passage with one theme counts as coded. Source: none.
    Example:
        >>> find_uncoded(make_table("passages"), make_table("themes")).empty
        True
    """
    coded = {article: [row.start for row in rows] for article, rows in by_article(themes).items()}
    free = [
        bisect_right(coded.get(row.article, []), row.end - 1) == bisect_right(coded.get(row.article, []), row.start - 1)
        for row in passages.itertuples()
    ]
    return passages[pd.Series(free, index=passages.index, dtype="bool")].reset_index(drop=True)


def count_codes(themes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """What each codebook row finds, and what would be lost without it.

    In: themes; codes. Out: theme, side, term, hits (sentences), articles, articles_lost (articles that would
    lose the theme if this row were taken away), in codebook order; 0 hits = a row that never fires; classes of
    words ($) are left out.
    Raises: nothing. Misses: whether the hits are right. Source: leave-one-out.
    Example:
        >>> list(count_codes(make_table("themes"), pd.DataFrame(columns=["theme", "side", "term"])).columns)[3:]
        ['hits', 'articles', 'articles_lost']
    """
    fired = themes.assign(term=themes.rule.str.split("; ")).explode("term")
    support = fired.groupby(["label", "article"]).term.nunique()
    rows = []
    for code in codes[~codes.theme.str.startswith("$")].itertuples():
        own = fired[(fired.label == code.theme) & (fired.side == (code.side or "for")) & (fired.term == code.term)]
        articles = own.article.unique()
        lost = sum(support[code.theme, article] == 1 for article in articles)
        rows.append((code.theme, code.side or "for", code.term, len(own), len(articles), int(lost)))
    return pd.DataFrame(rows, columns=["theme", "side", "term", "hits", "articles", "articles_lost"])
