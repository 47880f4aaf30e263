"""Evidence for numbers: rows with the words around them, reasons for dates, the brief."""

import re
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from clippings.core.errors import BadInput
from clippings.core.spans import enclosing
from clippings.core.tables import cited, in_order
from clippings.core.tokens import folded_words
from clippings.core.wording import article_name, count_noun, date_range, shorten
from clippings.corpus.paragraphs import paragraph_spans
from clippings.show import wording
from clippings.show.html import HtmlView, cite_place, mark_words, render
from clippings.show.rules import describe_rule
from clippings.timeline.wording import describe_problem

CONTEXT_CHARACTERS = 60  # before and after a span: about ten words
MAX_SPAN_CHARACTERS = 2000  # of a span in a table of evidence: a long paragraph
MAX_PASSAGE_CHARACTERS = 400  # of a passage below a sentence of the brief
MAX_FIRST_WORDS = 120  # characters of an article that is cited as a whole
MAX_QUOTATION_CHARACTERS = 160  # of the words that a reason for a date rests on

# Masks of constraints, which omit unknown parts (as in TIMEX3):
#   XXXX-WXX-4                a Thursday
#   XXXX-10-04                4 October of an unknown year
#   XXXX-10-11/XXXX-10-20     11 to 20 October of an unknown year
WEEKDAY_MASK = re.compile(r"XXXX-WXX-([1-7])")
DAY_MASK = re.compile(r"XXXX-(\d\d)-(\d\d)")
DAYS_MASK = re.compile(rf"({DAY_MASK.pattern})/({DAY_MASK.pattern})")


class Context(NamedTuple):
    """A span and the words before and after it."""

    before: str
    words: str
    after: str


class EvidenceRow(NamedTuple):
    """One row of a table of evidence."""

    label: str
    context: Context
    marked: Markup  # the span
    place: Markup  # the name of its article
    article: str


class Reason(NamedTuple):
    """The reason for a date: its wording, and the quotation that it is based on."""

    words: str
    quotation: str = ""
    cited: Markup | str = ""  # the quotation as a place


class DatedRow(NamedTuple):
    """One row of a table of reasons."""

    name: str
    place: Markup
    certain: str
    likely: str
    reasons: list[Reason]


class Sentence(NamedTuple):
    """A sentence of the brief with the passages below it."""

    text: str
    count: str
    passages: list


class Passage(NamedTuple):
    """A passage below a sentence of the brief."""

    context: Context
    marked: Markup | str
    place: Markup


class Span(NamedTuple):
    """A span in an article."""

    start: int
    end: int


def show_evidence(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    n: int = 5,
    sort: str | None = None,
    width: int = CONTEXT_CHARACTERS,
) -> HtmlView:
    """Show rows of a span table in context.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    articles : pandas.DataFrame
        The articles that it refers to.
    n : int, default 5
        The number of rows to show. Without `sort`, labels alternate, so that each is represented.
    sort : {None, "right", "left"}, default None
        The order of the rows: None for the order of the articles, "right" for the words that follow
        the span, or "left" for the words that precede it (a concordance, or KWIC).
    width : int, default 60
        The number of characters of context on either side.

    Returns
    -------
    HtmlView
        A table with the label, the preceding words, the span, the following words, and the article.

    Raises
    ------
    BadInput
        If `sort` has another value.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> mentions = cl.find_all(articles, codebook)["mentions"]
    >>> cl.show_evidence(mentions.query("label == 'mayor of Tolmere'"), articles, n=1, width=30)
    mayor of Tolmere: …people were evacuated, the [mayor of Tolmere] said. (04_tolmere_levee.txt)
    1 of 2
    """
    if table.empty:
        return HtmlView(
            render("message", role="note", text=wording.NO_PASSAGES), wording.NO_PASSAGES
        )

    texts = dict(zip(articles.article, articles.text, strict=True))
    chosen = choose_rows(in_order(table), texts, n, sort)
    # Looking up titles takes time, so it is done only for the articles that are shown.
    is_shown = articles.article.isin([row.article for row in chosen])
    shown_articles = articles.loc[is_shown, ["article", "title", "text"]]
    rows = [_evidence_row(row, texts[row.article], shown_articles, width) for row in chosen]

    caption = wording.ROWS_SHOWN.format(shown=len(rows), total=len(table))
    plain = [_plain_evidence(row) for row in rows]
    return HtmlView(render("evidence", rows=rows, caption=caption), "\n".join([*plain, caption]))


def choose_rows(ordered: pd.DataFrame, texts: dict[str, str], n: int, sort: str | None) -> list:
    """Return the rows to show, in their order."""
    if sort is None:
        return list(_take_turns(ordered, n).itertuples())

    def words_after(row) -> str:
        following = texts[row.article][row.end : row.end + CONTEXT_CHARACTERS]
        return " ".join(folded_words(following))

    def words_before(row) -> str:
        start = max(0, row.start - CONTEXT_CHARACTERS)
        preceding = folded_words(texts[row.article][start : row.start])
        return " ".join(reversed(preceding))  # the nearest word counts first

    keys = {"right": words_after, "left": words_before}
    if sort not in keys:
        raise BadInput(f"sort is {sort!r}: use 'right', 'left' or None")
    return sorted(ordered.itertuples(), key=keys[sort])[:n]


def _take_turns(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return n rows in order, chosen so that labels alternate."""
    if "label" not in table.columns:
        return table.head(n)
    turn = table.groupby("label").cumcount()
    chosen = turn.sort_values(kind="stable").index[:n]
    return table.loc[table.index.isin(chosen)]


def _evidence_row(row, text: str, articles: pd.DataFrame, width: int) -> EvidenceRow:
    """Return a row of a span table with its context and position."""
    context = context_of(text, Span(row.start, row.end), width)
    words = _cut(context.words, MAX_SPAN_CHARACTERS)
    return EvidenceRow(
        label=row.label or wording.NO_LABEL,
        context=context,
        marked=mark_words(words, hint=describe_rule(row.rule)),
        place=cite_place(articles, row.article, row.start, row.end),
        article=row.article,
    )


def context_of(text: str, span: Span, width: int) -> Context:
    """Return a span with the surrounding words of its paragraph, cut between words."""
    paragraphs = paragraph_spans(text)
    paragraph_start, _ = enclosing(paragraphs, span.start) or span
    _, paragraph_end = enclosing(paragraphs, span.end - 1) or span
    before_start = max(paragraph_start, span.start - width)
    after_end = min(paragraph_end, span.end + width)
    before = text[before_start : span.start]
    after = text[span.end : after_end]
    if before_start > paragraph_start:
        before = f"…{before.partition(' ')[2]}"
    if after_end < paragraph_end:
        after = f"{after.rpartition(' ')[0]}…"
    return Context(before, text[span.start : span.end], after)


def _cut(text: str, max_characters: int) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= max_characters else f"{text[:max_characters]}…"


def _plain_evidence(row: EvidenceRow) -> str:
    """Return a row of evidence on one line, with the span in brackets."""
    before, words, after = (" ".join(part.split()) for part in row.context)
    # White space between the span and the surrounding words is the same as in the article.
    gap_before = " " if row.context.before[-1:].isspace() else ""
    gap_after = " " if row.context.after[:1].isspace() else ""
    line = f"{before}{gap_before}[{_cut(words, 199)}]{gap_after}{after}"
    return f"{row.label}: {line.strip()} ({row.article})"


def show_reasons(
    dates: pd.DataFrame, constraints: pd.DataFrame, articles: pd.DataFrame, *, n: int = 30
) -> HtmlView:
    """Show the date of each article and event, with the reasons for it.

    Parameters
    ----------
    dates : pandas.DataFrame
        Rows of the table `dates`.
    constraints : pandas.DataFrame
        All constraints; `dates` cites their row numbers.
    articles : pandas.DataFrame
        The articles.
    n : int, default 30
        The number of rows of `dates` to show.

    Returns
    -------
    HtmlView
        A table with the article or event, the certain range, the likely range, and the reasons. It
        includes reasons that were not used because they conflict with stronger ones.

    Raises
    ------
    KeyError
        If a cited row is not in `constraints`. Pass the same table as to `find_dates`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> dates = tables["dates"].query("label == 'article'")
    >>> cl.show_reasons(  # doctest: +NORMALIZE_WHITESPACE
    ...     dates, tables["constraints"], articles, n=1
    ... )
    River Lenn rises fast as snow melts in the hills:
      2019-06-15 or later; likely 2021-03-01 to 2021-04-30
      - not before 2019-06-15 (calendar entry “Lenn dam finished”): “Lenn dam”
      - 2021-03-01 to 2021-04-30 (calendar entry “spring thaw”, likely): “spring thaw”
    """
    if dates.empty:
        message = wording.NOTHING_TO_DATE
        return HtmlView(render("message", role="note", text=message), message)

    texts = dict(zip(articles.article, articles.text, strict=True))
    shown = dates.head(n)
    shown_articles = articles[articles.article.isin(shown.article)]
    rows = [_dated_row(row, constraints, texts, shown_articles) for row in shown.itertuples()]

    caption = ""
    if len(dates) > n:
        caption = wording.ROWS_SHOWN.format(shown=n, total=len(dates))
    html = render("reasons", rows=rows, heads=wording.REASONS_HEADS, caption=caption)
    return HtmlView(html, "\n".join(_plain_dated_row(row) for row in rows))


def _dated_row(
    row, constraints: pd.DataFrame, texts: dict[str, str], articles: pd.DataFrame
) -> DatedRow:
    """Return an article or event with its dates and all reasons for them."""
    name = article_name(articles, row.article)
    if row.text:
        name = wording.EVENT_OF_ARTICLE.format(article=name, event=row.text)

    used = cited(row.because) + cited(row.likely_because)
    reasons = [_reason(constraints.loc[number], texts, articles) for number in used]
    for number in cited(row.refused):
        reason = _reason(constraints.loc[number], texts, articles)
        words = wording.REASON_REFUSED.format(reason=reason.words)
        reasons.append(reason._replace(words=words))
    if row.problem:
        reasons.append(Reason(describe_problem(row.problem)))

    return DatedRow(
        name=name,
        place=cite_place(articles, row.article, row.start, row.end, name),
        certain=date_range(row.earliest, row.latest) or wording.UNKNOWN_DATE,
        likely=date_range(row.likely_earliest, row.likely_latest) or wording.UNKNOWN_DATE,
        reasons=reasons or [Reason(wording.NOTHING_KNOWN)],
    )


def _plain_dated_row(row: DatedRow) -> str:
    """Return a row of reasons as lines of text."""
    lines = [wording.DATED_LINE.format(name=row.name, certain=row.certain, likely=row.likely)]
    for reason in row.reasons:
        quotation = f": {reason.quotation}" if reason.quotation else ""
        lines.append(f"  - {reason.words}{quotation}")
    return "\n".join(lines)


def _reason(constraint: pd.Series, texts: dict[str, str], articles: pd.DataFrame) -> Reason:
    """Describe a constraint, and quote the words that it is based on."""
    is_certain = constraint.strength == "hard"
    template = wording.REASON_RULE if is_certain else wording.REASON_RULE_LIKELY
    words = template.format(
        reason=_constraint_words(constraint, texts), rule=describe_rule(constraint.rule)
    )
    if pd.isna(constraint.because_start):
        return Reason(words)

    start = int(constraint.because_start)
    end = int(constraint.because_end)
    quotation = f"“{shorten(texts[constraint.article][start:end], MAX_QUOTATION_CHARACTERS)}”"
    return Reason(words, quotation, cite_place(articles, constraint.article, start, end, quotation))


def _constraint_words(constraint: pd.Series, texts: dict[str, str]) -> str:
    """Describe the condition of a constraint."""
    if constraint.relation == "not_before":
        return wording.REASON_NOT_BEFORE.format(day=_day(constraint.day_from))
    if constraint.relation == "not_after":
        return wording.REASON_NOT_AFTER.format(day=_day(constraint.day_to))
    if constraint.relation == "inside":
        if constraint["mask"]:
            return mask_words(constraint["mask"])
        return date_range(constraint.day_from, constraint.day_to) or wording.UNKNOWN_DATE

    other_text = texts[constraint.other_article]
    other_words = other_text[constraint.other_start : constraint.other_end]
    reference = f"“{other_words}”" if other_words else wording.THE_ARTICLE
    return distance_words(constraint.days_min, constraint.days_max, reference)


def _day(day: pd.Timestamp) -> str:
    """Return a date, or the wording for an unknown date."""
    return date_range(day, day) or wording.UNKNOWN_DATE


def mask_words(mask: str) -> str:
    """Describe a date of which only the weekday or the day of the year is known.

    Parameters
    ----------
    mask : str
        A mask of the table `constraints`.

    Returns
    -------
    str
        A description of the mask, or the mask itself if it has another form.

    Examples
    --------
    >>> mask_words("XXXX-WXX-4")
    'on a Thursday'
    >>> mask_words("XXXX-10-11/XXXX-10-20")
    'between 11 October and 20 October of an unknown year'
    """
    if match := WEEKDAY_MASK.fullmatch(mask):
        return wording.REASON_WEEKDAY.format(weekday=wording.WEEKDAYS[int(match[1]) - 1])
    if match := DAYS_MASK.fullmatch(mask):
        first = _day_of_month(match[2], match[3])
        last = _day_of_month(match[5], match[6])
        return wording.REASON_DAYS_OF_YEAR.format(first=first, last=last)
    if match := DAY_MASK.fullmatch(mask):
        return wording.REASON_DAY_OF_YEAR.format(first=_day_of_month(match[1], match[2]))
    return mask


def _day_of_month(month: str, day: str) -> str:
    """Return a day of the year such as 4 October, from "10" and "04"."""
    return wording.DAY_OF_MONTH.format(day=int(day), month=wording.MONTHS[int(month) - 1])


def distance_words(days_min: float, days_max: float, reference: str) -> str:
    """Describe the distance in days between two dates.

    Parameters
    ----------
    days_min, days_max : float
        The minimum and maximum number of days to the reference; negative if the date is later.
    reference : str
        The name of the reference.

    Returns
    -------
    str
        A description of the distance.

    Examples
    --------
    >>> distance_words(0, 90, "the article")
    '0 to 90 days before the article'
    >>> distance_words(-1, -1, "“Monday”")
    '1 day after “Monday”'
    >>> distance_words(-6.5, 6.5, "the article")
    'within 6.5 days of the article'
    """
    if days_min == days_max == 0:
        return wording.REASON_SAME_DAY.format(reference=reference)
    if days_min == days_max:
        is_before = days_min > 0
        template = wording.REASON_DAYS_BEFORE if is_before else wording.REASON_DAYS_AFTER
        return template.fill(_whole(abs(days_min)), reference=reference)
    if days_min >= 0:
        return wording.REASON_RANGE_BEFORE.format(
            least=f"{_whole(days_min):,}", most=f"{_whole(days_max):,}", reference=reference
        )
    if days_max <= 0:
        return wording.REASON_RANGE_AFTER.format(
            least=f"{_whole(-days_max):,}", most=f"{_whole(-days_min):,}", reference=reference
        )
    if days_min == -days_max:
        return wording.REASON_WITHIN.format(days=f"{_whole(days_max):,}", reference=reference)
    return wording.REASON_AROUND.format(
        before=f"{_whole(days_max):,}", after=f"{_whole(-days_min):,}", reference=reference
    )


def _whole(number: float) -> float | int:
    """Return a number without ".0"."""
    return int(number) if number == int(number) else number


def quoted_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Move rows of constraints to the words that they quote; return other tables unchanged.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of a span table.

    Returns
    -------
    pandas.DataFrame
        The rows. Of constraints, only those that quote words are returned, with the start and end
        of the quotation.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> constraints = cl.find_all(articles, codebook)["constraints"]
    >>> quoted_rows(constraints)[["article", "start", "end", "rule"]].head(2)
                  article  start   end                        rule
    0  01_river_rises.txt   1237  1245  calendar:Lenn dam finished
    1  01_river_rises.txt    387   398        calendar:spring thaw
    """
    if "because_start" not in table.columns:
        return table
    rows = table.dropna(subset=["because_start"])
    start = rows.because_start.astype("int64")
    end = rows.because_end.astype("int64")
    return rows.assign(start=start, end=end)


def show_brief(sentences: pd.DataFrame, tables: dict[str, pd.DataFrame], *, n: int = 6) -> HtmlView:
    """Show the brief: each sentence with the passages it is based on, collapsed below it.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The result of `compose_brief`.
    tables : dict of str to pandas.DataFrame
        The tables of `find_all`.
    n : int, default 6
        The number of passages to list below a sentence; labels alternate.

    Returns
    -------
    HtmlView
        Sections with their sentences.

    Raises
    ------
    KeyError
        If a sentence cites a table that is not in `tables`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> sentences = cl.compose_brief(tables)
    >>> brief = cl.show_brief(sentences, tables)
    >>> brief.html.count("<details") <= len(sentences)
    True
    """
    sections = []
    plain = []
    for title, group in sentences.groupby("section", sort=False):
        plain.append(title)
        plain += [f"  {sentence}" for sentence in group.sentence]
        section = {"title": title, "sentences": _sentences_with_passages(group, tables, n)}
        sections.append(section)
    return HtmlView(render("brief", sections=sections), "\n".join(plain))


def _sentences_with_passages(
    sentences: pd.DataFrame, tables: dict[str, pd.DataFrame], n: int
) -> list[Sentence]:
    """Return the sentences of a section, each with the first passages that it is based on."""
    result = []
    # Consecutive sentences that are based on the same rows share one list of passages.
    is_same = (sentences.table == sentences.table.shift()) & (
        sentences["rows"] == sentences["rows"].shift()
    )
    for _, run in sentences.groupby((~is_same).cumsum()):
        first = run.iloc[0]
        text = " ".join(run.sentence)
        result.append(sentence_with_passages(text, first.table, first["rows"], tables, n))
    return result


def sentence_with_passages(
    text: str, table: str, rows: str, tables: dict[str, pd.DataFrame], n: int
) -> Sentence:
    """Return a sentence with the first passages that it is based on.

    Parameters
    ----------
    text : str
        The sentence.
    table, rows : str
        The name of a table, and index values separated by spaces; no passages if there are none.
    tables : dict of str to pandas.DataFrame
        The tables of `find_all`.
    n : int
        The maximum number of passages; labels alternate.

    Returns
    -------
    Sentence

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = {"passages": cl.find_passages(articles), "articles": articles}
    >>> sentence_with_passages("The river rose.", "passages", "0 1 2", tables, n=2).count
    '2 of 3 passages'
    """
    numbers = cited(rows)
    if not numbers:
        return Sentence(text, "", [])
    evidence = tables[table].loc[numbers]
    count = count_noun(len(evidence), "passage")
    if len(evidence) > n:
        count = wording.PASSAGES_SHOWN.format(passages=count, shown=n)
    return Sentence(text, count, _passages(_take_turns(evidence, n), tables["articles"]))


def _passages(evidence: pd.DataFrame, articles: pd.DataFrame) -> list[Passage]:
    """Return rows of any table as passages: the words they are based on, marked, in context."""
    articles = articles[articles.article.isin(evidence.article)]
    texts = dict(zip(articles.article, articles.text, strict=True))
    passages = []
    for row in evidence.itertuples():
        text = texts[row.article]
        span = _span_of(row)
        place = cite_place(articles, row.article, span.start, span.end)
        if span.end == 0:  # a whole article is represented by its first words
            first_words = Context(shorten(text, MAX_FIRST_WORDS), "", "")
            passages.append(Passage(first_words, "", place))
            continue
        context = context_of(text, span, CONTEXT_CHARACTERS)
        is_constraint = "because_start" in row._fields
        marked = mark_words(
            shorten(context.words, MAX_PASSAGE_CHARACTERS),
            hint=describe_rule(row.rule) if is_constraint else row.label,
        )
        passages.append(Passage(context, marked, place))
    return passages


def _span_of(row) -> Span:
    """Return the span of a row: the words that a constraint quotes, or the start of an article."""
    if "because_start" in row._fields and not pd.isna(row.because_start):
        return Span(int(row.because_start), int(row.because_end))
    if "start" in row._fields:
        return Span(row.start, row.end)
    return Span(0, 0)
