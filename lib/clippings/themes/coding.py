"""Themes: sentences that a codebook row finds, what no row finds, and what each row is worth."""

import re
from bisect import bisect_right
from functools import cache, lru_cache

import pandas as pd

from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.tables import by_article, make_table, span_row
from clippings.themes.matcher import FoundTerms, Terms, ways_of

FEWEST, PASSING = (
    2,
    200,
)  # an article is about what $about names twice, and once in so many words: less is in passing
HINTED, BETWEEN = (
    4,
    110,
)  # or once, where with the words of $hint there are four, and one in so many words
TITLES = ("headline", "subhead")
REACH = 200  # characters before a cue in which the four words before it are looked for
LONGEST = 60  # characters of a way to say it in a rule


def find_themes(passages: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The sentences that carry a theme.

    In: passages (story ones, as a rule); codes = codebook["themes"]: term, and near / not_near, conditions on
    the same sentence (near: groups joined by &, one alternative of each must be there). Rows whose theme starts
    with $ hold a class of words (all rows of one name together), which terms and conditions name. Where there is
    a class $about, only articles are coded that name it, twice and once in 200 words, or, together with the words
    of $hint, four times and once in 110 words.
    Out: themes, one row per sentence, theme and side, with its first cue; rule = the ways to say it that fired,
    joined by "; ", of each the first 60 characters. A cue that is denied ("no fighter left") speaks against its
    theme; its rule starts with "not ". A headline counts only where the text below it carries the theme too, or
    there is no text.
    Raises: BadInput for a term that cannot be read, or that names a class which is not there.
    Misses: irony, a denial more than 4 words off, a theme told over two sentences.
    Source: dictionary coding, as in quanteda.
    Example:
        >>> find_themes(make_table("passages"), pd.DataFrame(columns=["theme", "side", "term"])).empty
        True
    """
    named = codes.theme.str.startswith("$")
    terms = Terms(
        {"$hint": []} | codes[named].groupby("theme", sort=False).term.agg(list).to_dict()
    )
    rows, cues = (
        [_conditions(code, terms) for code in codes[~named].itertuples()],
        Terms(terms.classes),
    )
    for _, _, term, *_ in rows:
        cues.add(term)
    about, found = (
        Terms(terms.classes).add("$about").add("$hint") if "$about" in terms.classes else None,
        [],
    )
    for own in in_turn(by_article(passages).values(), "themes"):
        if about and not _is_about([passage.text for passage in own], about):
            continue
        hits = [
            (passage.label in TITLES, _row(passage, *span, *hit))
            for passage in own
            if cues.may_find(passage.text)
            for span in sentence_spans(passage.text)
            for hit in _hits(terms.find(passage.text[slice(*span)]), rows)
        ]
        below = {(row["label"], row["side"]) for title, row in hits if not title}
        alone = all(passage.label in TITLES for passage in own)
        found += [
            row for title, row in hits if not title or alone or (row["label"], row["side"]) in below
        ]
    return make_table("themes", found)


def _conditions(code, terms: Terms) -> tuple[str, str, str, list[str], str]:
    """Theme, side and term of a row, what must stand in the same sentence and what may not."""
    near = [group.strip() for group in code.near.split("&") if group.strip()]
    for term in [code.term, *near, *([code.not_near] if code.not_near else [])]:
        terms.add(term)
    return code.theme, code.side or "for", code.term, near, code.not_near


def _is_about(texts: list[str], about: Terms) -> bool:
    told, words = [about.find(text) for text in texts], sum(len(text.split()) for text in texts)
    named, hints = (
        sum(len({span[0] for span in own.spans(name)}) for own in told)
        for name in ("$about", "$hint")
    )
    hinted = named > 0 and named + hints >= max(HINTED, words / BETWEEN)
    return hinted or named >= max(FEWEST, words / PASSING)


def _hits(told: FoundTerms, rows: list[tuple]) -> list[tuple[str, str, list]]:
    """Theme, side and cues (start, end, term) of a sentence."""
    hits: dict[tuple, list] = {}
    for theme, side, term, near, not_near in rows:
        cues = told.spans(term)
        beside = [told.spans(group) for group in near] if cues else []
        if cues and all(beside) and not (not_near and told.spans(not_near)):
            unsaid = side == "for" and any(
                all(_is_denied(told.text, *span[:3]) for span in spans) for spans in beside
            )
            for start, end, gaps, way in cues:
                way = _shown(term if term in told.terms.classes else way)
                denied = side == "for" and (unsaid or _is_denied(told.text, start, end, gaps))
                key, way = ((theme, "against"), f"not {way}") if denied else ((theme, side), way)
                hits.setdefault(key, []).append((start, end, way))
    return [(*key, cues) for key, cues in hits.items()]


def _shown(way: str) -> str:
    """A way to say it as rule tells it: of a long expression its beginning."""
    return way if len(way) <= LONGEST else f"{way[: LONGEST - 1]}…"


@cache
def _denials() -> Terms:
    """Words that deny what follows closely, phrases that hold such a word and do not, and what denies a sentence."""
    words = {
        f"${kind}": list(read_words("en/themes/denials", kind=kind))
        for kind in ("denial", "emphasis", "unfounded")
    }
    terms = Terms(words)
    for kind in words:
        terms.add(kind)
    return terms


def _is_denied(text: str, start: int, end: int, gaps: tuple[str, ...]) -> bool:
    """Does a word such as "no" stand in a gap of a cue or up to 4 words before it, or "unfounded" beside it?"""
    close = " ".join(re.split(r"[,;:]\s", text[max(0, start - REACH) : start])[-1].split()[-4:])
    if any(_denies(piece) for piece in (close, *gaps)):
        return True
    return any(last <= start or first >= end for first, last in _unfounded(text))


@lru_cache(10_000)
def _denies(piece: str) -> bool:
    told = _denials().find(piece)
    emphasis = [(first, last) for first, last, *_ in told.spans("$emphasis")]
    return any(not any(s <= first < e for s, e in emphasis) for first, *_ in told.spans("$denial"))


@lru_cache(100)
def _unfounded(text: str) -> list[tuple[int, int]]:
    return [span[:2] for span in _denials().find(text).spans("$unfounded")]


def _row(passage, start: int, end: int, theme: str, side: str, cues: list) -> dict:
    first, last, _ = min(cues)
    columns = {"label": theme, "side": side, "rule": "; ".join(sorted({way for *_, way in cues}))}
    at = passage.start + start
    return span_row(passage, start, end, **columns, cue_start=at + first, cue_end=at + last)


def try_term(codes: pd.DataFrame, row: int, term: str) -> pd.DataFrame:
    """What find_themes needs to try another term for one row, whatever the articles are about.

    In: codes = codebook["themes"]; the number of a row; the term. Out: the classes of words, and this row with the
    term; a row of a class as a theme of its own, without the $. Raises: nothing. Misses: what a class changes in the
    rows that name it. Source: none.
    Example:
        >>> codes = pd.DataFrame({"theme": ["$man", "flight", "rain"], "term": ["rebel*", "$man ... fled", "rain*"]})
        >>> try_term(codes, 1, "$man ran").term.tolist()
        ['rebel*', '$man ran']
    """
    tried = codes.assign(term=codes.term.mask(codes.index == row, term))
    classes = tried[codes.theme.str.startswith("$") & ~codes.theme.isin(["$about", "$hint"])]
    own = tried.loc[[row]]
    return pd.concat([classes, own.assign(theme=own.theme.str.lstrip("$"))])


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
        bisect_right(coded.get(row.article, []), row.end - 1)
        == bisect_right(coded.get(row.article, []), row.start - 1)
        for row in passages.itertuples()
    ]
    return passages[pd.Series(free, index=passages.index, dtype="bool")].reset_index(drop=True)


def count_codes(themes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """What each codebook row finds, and what would be lost without it.

    In: themes; codes. Out: theme, side, term, hits (sentences), articles, articles_lost (articles that would
    lose the theme if this row were taken away), in codebook order; 0 hits = a row that never fires; classes of
    words ($) are left out.
    Raises: nothing. Misses: whether the hits are right; a way to say it that stands in two rows of a theme counts
    for both. Source: leave-one-out.
    Example:
        >>> list(count_codes(make_table("themes"), pd.DataFrame(columns=["theme", "side", "term"])).columns)[3:]
        ['hits', 'articles', 'articles_lost']
    """
    fired = themes.assign(way=themes.rule.str.split("; ")).explode("way")
    support = fired.groupby(["label", "article"]).way.agg(set).to_dict()
    rows = []
    for code in codes[~codes.theme.str.startswith("$")].itertuples():
        ways, side = {_shown(way) for way in ways_of(code.term)}, code.side or "for"
        own = fired[(fired.label == code.theme) & (fired.side == side) & fired.way.isin(ways)]
        lost = sum(support[code.theme, article] <= ways for article in own.article.unique())
        hits = len(own.drop_duplicates(["article", "start"]))
        rows.append((code.theme, side, code.term, hits, own.article.nunique(), lost))
    return pd.DataFrame(
        rows, columns=["theme", "side", "term", "hits", "articles", "articles_lost"]
    )
