"""Themes: sentences that a codebook row finds, what no row finds, and what each row is worth."""

from bisect import bisect_right

import pandas as pd

from clippings.sentences import sentence_spans
from clippings.tables import by_article, make_table, span_row
from clippings.text import compile_term


def find_themes(passages: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The sentences that carry a theme.

    In: passages (story ones, as a rule); codes = codebook["themes"]: term, and near / not_near, conditions on
    the same sentence (near: groups joined by &, one alternative of each must be there).
    Out: themes, one row per sentence, theme and side, with its first cue; rule = the terms that fired,
    joined by "; ".
    Raises: BadInput for a term that cannot be read.
    Misses: negation, irony, a theme told over two sentences. Source: dictionary coding, as in quanteda.
    Example:
        >>> find_themes(make_table("passages"), pd.DataFrame(columns=["theme", "side", "term"])).empty
        True
    """
    rows = [_compiled(code) for code in codes.itertuples()]
    found = []
    for passage in passages.itertuples():
        sentences = sentence_spans(passage.text)
        starts = [start for start, _ in sentences]
        hits: dict = {}
        for code, pattern, near, not_near in rows:
            for match in pattern.finditer(passage.text):
                number = bisect_right(starts, match.start()) - 1
                if number < 0 or match.end() > sentences[number][1] or match.start() == match.end():
                    continue
                start, end = sentences[number]
                sentence = passage.text[start:end]
                if all(p.search(sentence) for p in near) and not any(p.search(sentence) for p in not_near):
                    hits.setdefault((number, code.theme, code.side or "for"), []).append((match.span(), code.term))
        found += [_row(passage, sentences[key[0]], key, cues) for key, cues in hits.items()]
    return make_table("themes", found)


def _compiled(code) -> tuple:
    near = [compile_term(group.strip()) for group in code.near.split("&") if group.strip()]
    not_near = [compile_term(code.not_near)] if code.not_near else []
    return code, compile_term(code.term), near, not_near


def _row(passage, sentence: tuple[int, int], key: tuple, cues: list) -> dict:
    cue = min(span for span, _ in cues)
    columns = {"label": key[1], "side": key[2], "rule": "; ".join(sorted({term for _, term in cues}))}
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
    lose the theme if this row were taken away), in codebook order; 0 hits = a row that never fires.
    Raises: nothing. Misses: whether the hits are right. Source: leave-one-out.
    Example:
        >>> list(count_codes(make_table("themes"), pd.DataFrame(columns=["theme", "side", "term"])).columns)[3:]
        ['hits', 'articles', 'articles_lost']
    """
    fired = themes.assign(term=themes.rule.str.split("; ")).explode("term")
    support = fired.groupby(["label", "article"]).term.nunique()
    rows = []
    for code in codes.itertuples():
        own = fired[(fired.label == code.theme) & (fired.side == (code.side or "for")) & (fired.term == code.term)]
        articles = own.article.unique()
        lost = sum(support[code.theme, article] == 1 for article in articles)
        rows.append((code.theme, code.side or "for", code.term, len(own), len(articles), int(lost)))
    return pd.DataFrame(rows, columns=["theme", "side", "term", "hits", "articles", "articles_lost"])
