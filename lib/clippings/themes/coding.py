"""Code sentences with the themes of a codebook."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.dictionaries import INCLUDE, read_dictionary
from clippings.core.finders import reads_plain_text
from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.tables import by_article, make_table, span_row
from clippings.themes.matcher import Matches, TermMatcher

# The class $about contains names for the subject of a codebook. An article is about the subject if
# it mentions it at least twice, and at least once in 200 words; fewer are passing mentions.
MIN_NAMES = 2
WORDS_PER_NAME = 200

# An article is also about the subject if it mentions it once and if, together with words of the
# class $hint, there are at least four mentions, and at least one in 110 words. All four values were
# chosen on reports with and without the subject.
MIN_NAMES_AND_HINTS = 4
WORDS_PER_NAME_OR_HINT = 110

TITLE_LABELS = ("headline", "subhead")

# A denial such as "no" applies to a cue that follows within four words. Denials are searched for in
# the last 200 characters before the cue.
DENIAL_WORDS = 4
DENIAL_CHARACTERS = 200

# Marks that end the scope of a denial.
CLAUSE_END = re.compile(r"[,;:]\s")

# Alternatives in the column rule: their maximum length in characters, and their separator.
RULE_CHARACTERS = 60
RULE_SEPARATOR = "; "

# In the column rule, what separates a class from its pattern that matched ("$crew: sailor*").
CLASS_SEPARATOR = ": "

CLASS_MARK = "$"
ABOUT_CLASS = "$about"
HINT_CLASS = "$hint"

# What a denied match ("no fox") counts as: values of the column if_denied of the codebook.
DENIED_COUNTS_FOR = "for"
DENIED_IS_IGNORED = "ignored"


class _Rule(NamedTuple):
    """A row of the codebook."""

    theme: str
    side: str
    term: str
    near: list[str]  # terms that must all match in the same sentence
    not_near: str  # a term that must not match in it
    if_denied: str  # what a denied match counts as; empty: against the theme


class _Cue(NamedTuple):
    """A match of the term of a rule, with offsets in the sentence."""

    start: int
    end: int
    shown: str  # the alternative, as in column rule


class _Hit(NamedTuple):
    """A theme that a sentence contains."""

    theme: str
    side: str
    cues: list[_Cue]


@cacheable
@reads_plain_text
def find_themes(passages: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Find sentences that support, or count against, a theme of the codebook.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text (`passages[passages.label.isin(cl.STORY)]`).
    codes : pandas.DataFrame
        `codebook["themes"]`, one row per term.

        - `theme`: a theme, or a word class, which starts with `$` (see Notes)
        - `side`: `for` or `against`
        - `term`: the search term, see `compile_term`; it can refer to word classes
        - `near`: terms that must all match in the same sentence, joined by `&`
        - `not_near`: a term that must not match in the same sentence
        - `if_denied` (the column may be missing): what a match that is denied ("no fighter left")
          counts as: `against` (the default, also if the cell is empty), `for`, or `ignored`

    Returns
    -------
    pandas.DataFrame
        The table `themes`: one row per sentence, theme and side, sorted by position.

        - `label`: the theme
        - `side`: `for` or `against`
        - `cue_start`, `cue_end`: the first match
        - `rule`: the alternatives that matched, joined by `; ` and shortened to 60 characters each.
          If a term consists of a word class only, the pattern of the class is added
          (`$crew: sailor*`).
          The rule of a denied match that counts as `against` starts with "not"

    Raises
    ------
    BadInput
        If a term cannot be read, or names a class or dictionary that does not exist.

    Notes
    -----
    This is dictionary coding, as in quanteda. A word class is a list of words that several terms
    share. It consists of the terms of all rows whose theme is its name::

        theme,side,term,near,not_near
        $crew,for,sailor* | stoker* | crew*,,
        $crew,for,deckhand*,,
        $leave,for,left | walked off | jumped ship,,
        $leave,for,deserted,,
        $owner,for,owner* | shipping line,,
        desertion,for,$crew ... $leave,,
        desertion,for,$leave .. by .. $crew,,
        desertion,against,$crew .. stayed,,
        unpaid_wages,for,wages | unpaid,$crew & $owner,bonus

    The first term of desertion matches "sailors have all left", and the theme unpaid_wages needs a
    word of both classes in the sentence. A class can refer to other classes.

    The theme `$include` adds the classes of a shipped dictionary; its term is the name of the
    dictionary (see `read_dictionary`). Rows with the same class add further words to it.

    If there is a class `$about`, only articles about this subject are coded. They must mention it
    at least twice, and at least once in 200 words. Alternatively, they must contain at least four
    names of the subject or words of the class `$hint`, and at least one in 110 words.

    A headline counts only if the text below it also
    contains the theme, or if there is no text. The method misses irony, denials that are more than
    four words away, and themes that are spread over two sentences.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.find_themes(cl.find_passages(articles), codebook["themes"])
    >>> themes[["article", "label", "side", "rule"]].head(4)
                  article        label side    rule
    0  01_river_rises.txt  river_level  for   rises
    1  01_river_rises.txt  river_level  for    rose
    2  01_river_rises.txt  river_level  for  metres
    3  01_river_rises.txt      warning  for   warn*
    """
    classes = _read_classes(codes)
    is_class = codes.theme.str.startswith(CLASS_MARK)
    rules = [_read_rule(code) for code in codes[~is_class].itertuples()]
    matcher = _match_all_terms(classes, rules)

    # Most passages contain no cue. A matcher with only the cues excludes them quickly.
    cue_matcher = TermMatcher(classes)
    for rule in rules:
        cue_matcher.add(rule.term)

    about_matcher = None
    if ABOUT_CLASS in classes:
        about_matcher = TermMatcher(classes).add(ABOUT_CLASS).add(HINT_CLASS)

    themes = []
    for rows in in_turn(by_article(passages).values(), "themes"):
        if about_matcher and not _is_about([row.text for row in rows], about_matcher):
            continue
        themes += _code_article(rows, rules, matcher, cue_matcher)
    return make_table("themes", themes)


def _read_classes(codes: pd.DataFrame) -> dict[str, list[str]]:
    """Return the terms of each word class, with those of the included dictionaries."""
    classes: dict[str, list[str]] = {HINT_CLASS: []}
    for name in codes.term[codes.theme == INCLUDE].unique():
        for class_, patterns in read_dictionary(name).groupby("class", sort=False).pattern:
            classes.setdefault(f"{CLASS_MARK}{class_}", []).extend(patterns)

    is_own_class = codes.theme.str.startswith(CLASS_MARK) & (codes.theme != INCLUDE)
    for class_, terms in codes[is_own_class].groupby("theme", sort=False).term:
        classes.setdefault(class_, []).extend(terms)
    return classes


def _read_rule(code) -> _Rule:
    """Read a row of the codebook."""
    near = [term.strip() for term in code.near.split("&") if term.strip()]
    if_denied = getattr(code, "if_denied", "")  # older codebooks lack the column
    return _Rule(code.theme, code.side or "for", code.term, near, code.not_near, if_denied)


def _match_all_terms(classes: dict[str, list[str]], rules: list[_Rule]) -> TermMatcher:
    """Make a matcher of all terms and conditions."""
    matcher = TermMatcher(classes)
    for rule in rules:
        matcher.add(rule.term)
        for term in rule.near:
            matcher.add(term)
        if rule.not_near:
            matcher.add(rule.not_near)
    return matcher


def _is_about(texts: list[str], about_matcher: TermMatcher) -> bool:
    """Return whether an article mentions the subject of the codebook more than in passing."""
    words = sum(len(text.split()) for text in texts)
    names = 0
    hints = 0
    for text in texts:
        matches = about_matcher.find(text)
        names += len({match.start for match in matches.of(ABOUT_CLASS)})
        hints += len({match.start for match in matches.of(HINT_CLASS)})

    if names >= max(MIN_NAMES, words / WORDS_PER_NAME):
        return True
    return names > 0 and names + hints >= max(MIN_NAMES_AND_HINTS, words / WORDS_PER_NAME_OR_HINT)


def _code_article(
    passages: list, rules: list[_Rule], matcher: TermMatcher, cue_matcher: TermMatcher
) -> list[dict]:
    """Return the rows of table themes for the passages of one article."""
    in_titles = []
    in_text = []
    for passage in passages:
        if not cue_matcher.may_match(passage.text):
            continue
        rows = in_titles if passage.label in TITLE_LABELS else in_text
        for start, end in sentence_spans(passage.text):
            for hit in _find_hits(matcher.find(passage.text[start:end]), rules):
                rows.append(_make_row(passage, start, end, hit))

    has_text = any(passage.label not in TITLE_LABELS for passage in passages)
    if has_text:
        supported = {(row["label"], row["side"]) for row in in_text}
        in_titles = [row for row in in_titles if (row["label"], row["side"]) in supported]
    return in_titles + in_text


def _find_hits(matches: Matches, rules: list[_Rule]) -> list[_Hit]:
    """Return the themes of one sentence."""
    cues_of: dict[tuple[str, str], list[_Cue]] = {}
    for rule in rules:
        cues = matches.of(rule.term)
        if not cues:
            continue
        conditions = [matches.of(term) for term in rule.near]
        if not all(conditions) or (rule.not_near and matches.of(rule.not_near)):
            continue

        # A rule for a theme is denied if every match of one of its conditions is denied.
        can_be_denied = rule.side == "for"
        rule_denied = can_be_denied and any(
            all(_is_denied(matches.text, *match[:3]) for match in condition)
            for condition in conditions
        )
        for cue in cues:
            shown = shown_in_rule(cue.alternative)
            if rule.term in matches.matcher.classes:
                shown = shown_in_rule(f"{rule.term}{CLASS_SEPARATOR}{cue.alternative}")
            side = rule.side
            if rule_denied or (can_be_denied and _is_denied(matches.text, *cue[:3])):
                if rule.if_denied == DENIED_IS_IGNORED:
                    continue
                if rule.if_denied != DENIED_COUNTS_FOR:
                    shown = f"not {shown}"
                    side = "against"
            cues_of.setdefault((rule.theme, side), []).append(_Cue(cue.start, cue.end, shown))
    return [_Hit(theme, side, cues) for (theme, side), cues in cues_of.items()]


def shown_in_rule(alternative: str) -> str:
    """Return an alternative as the column rule shows it: without the separator, and not too long.

    Parameters
    ----------
    alternative : str
        An alternative of a term.

    Returns
    -------
    str
        Its first 60 characters.

    Examples
    --------
    >>> shown_in_rule("gave way; burst")
    'gave way;burst'
    """
    text = alternative.replace(RULE_SEPARATOR, RULE_SEPARATOR.strip())
    if len(text) <= RULE_CHARACTERS:
        return text
    return f"{text[: RULE_CHARACTERS - 1]}…"


def _make_row(passage, start: int, end: int, hit: _Hit) -> dict:
    """Create a row of the table themes for a sentence."""
    first = min(hit.cues)
    return span_row(
        passage,
        start,
        end,
        label=hit.theme,
        side=hit.side,
        rule=RULE_SEPARATOR.join(sorted({cue.shown for cue in hit.cues})),
        cue_start=passage.start + start + first.start,
        cue_end=passage.start + start + first.end,
    )


# Denials ----------------------------------------------------------------------------------------


@cache
def _denials() -> TermMatcher:
    """Make a matcher of the word list denials.

    - `$denial`: words that deny what follows within a few words
    - `$emphasis`: phrases that contain such a word but deny nothing ("not only")
    - `$unfounded`: words that deny the whole sentence
    """
    kinds = ("denial", "emphasis", "unfounded")
    classes = {f"${kind}": list(read_words("en/themes/denials", kind=kind)) for kind in kinds}
    matcher = TermMatcher(classes)
    for name in classes:
        matcher.add(name)
    return matcher


def _is_denied(sentence: str, start: int, end: int, gaps: tuple[str, ...]) -> bool:
    """Return whether a match is denied.

    A match is denied if a denial appears in one of its gaps or up to four words before it in the
    same clause, or if a word such as "unfounded" appears elsewhere in the sentence.
    """
    before = sentence[max(0, start - DENIAL_CHARACTERS) : start]
    clause = CLAUSE_END.split(before)[-1]
    words_before = " ".join(clause.split()[-DENIAL_WORDS:])
    if any(_has_denial(text) for text in (words_before, *gaps)):
        return True
    return any(last <= start or first >= end for first, last in _unfounded_spans(sentence))


@lru_cache(10_000)
def _has_denial(text: str) -> bool:
    """Return whether a text contains a denial that is not part of an emphasis."""
    matches = _denials().find(text)
    emphasis = matches.of("$emphasis")
    for denial in matches.of("$denial"):
        if not any(phrase.start <= denial.start < phrase.end for phrase in emphasis):
            return True
    return False


@lru_cache(100)
def _unfounded_spans(sentence: str) -> list[tuple[int, int]]:
    """Return the spans of words that deny the whole sentence."""
    return [(match.start, match.end) for match in _denials().find(sentence).of("$unfounded")]


# Assessing a codebook -----------------------------------------------------------------------------


def try_term(codes: pd.DataFrame, row: int, term: str) -> pd.DataFrame:
    """Create a small codebook to test a different term in one row.

    Parameters
    ----------
    codes : pandas.DataFrame
        `codebook["themes"]`.
    row : int
        The number of a row, as in its index.
    term : str
        The term to test.

    Returns
    -------
    pandas.DataFrame
        The word classes, and this row with the new term, for `find_themes`. A row of a class
        becomes a theme of its own, without the `$`. The class `$about` is left out, so that all
        articles are coded.

    Raises
    ------
    KeyError
        If there is no such row.

    Notes
    -----
    If the row belongs to a class, the effects on the rows that use the class are not shown.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tried = cl.try_term(codebook["themes"], 3, "breach* | leak* | crack*")
    >>> tried[["theme", "side", "term"]]
              theme side                      term
    3  levee_breach  for  breach* | leak* | crack*
    >>> cl.find_themes(cl.find_passages(articles), tried).rule.value_counts()
    rule
    breach*       7
    not crack*    1
    Name: count, dtype: int64
    """
    changed = codes.assign(term=codes.term.mask(codes.index == row, term))
    is_class = codes.theme.str.startswith(CLASS_MARK)
    is_class &= ~codes.theme.isin([ABOUT_CLASS, HINT_CLASS])
    tried_row = changed.loc[[row]]
    tried_row = tried_row.assign(theme=tried_row.theme.str.lstrip(CLASS_MARK))
    return pd.concat([changed[is_class], tried_row])


def find_uncoded(passages: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Find passages without a theme.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages.
    themes : pandas.DataFrame
        The themes that `find_themes` found in them.

    Returns
    -------
    pandas.DataFrame
        The rows of `passages` in which no sentence has a theme, with a fresh index.

    Notes
    -----
    A long passage with one theme counts as coded.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> body = passages[passages.label == "body"]
    >>> uncoded = cl.find_uncoded(body, cl.find_themes(body, codebook["themes"]))
    >>> len(body), len(uncoded)
    (45, 9)
    >>> print(uncoded.text[0])
    Not everyone wants to go.
    """
    theme_starts = {
        article: [row.start for row in rows] for article, rows in by_article(themes).items()
    }
    is_uncoded = []
    for row in passages.itertuples():
        starts = theme_starts.get(row.article, [])
        themes_before_end = bisect_right(starts, row.end - 1)
        themes_before_start = bisect_right(starts, row.start - 1)
        is_uncoded.append(themes_before_end == themes_before_start)
    mask = pd.Series(is_uncoded, index=passages.index, dtype="bool")
    return passages[mask].reset_index(drop=True)
