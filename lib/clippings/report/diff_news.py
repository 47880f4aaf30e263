"""Find what is new since an earlier report: articles, events, numbers, names, themes and more.

What is new in the articles is kept apart from what the analysis does differently. An event, a name
or a theme is news only if an added or edited article mentions it; both counts, before and now, come
from the new analysis, so that another label, another clustering or a new row of the codebook is
never mistaken for news. Changes with another cause are listed with their cause.
"""

import re
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from clippings.brief.findings import Findings
from clippings.brief.numbers import (
    amounts_of_claims,
    compare_numbers,
    number_with_noun,
    thing_counted,
)
from clippings.brief.origins import count_origins, is_shown
from clippings.brief.phrasing import readable
from clippings.brief.sections.overview import ACTOR_TYPES
from clippings.brief.sections.repeats import MIN_SHARED_WORDS, equal_words
from clippings.core.lexicon import read_words
from clippings.core.tables import COLUMNS
from clippings.core.wording import MARKS_AFTER_TITLE, add_titles, date_range
from clippings.repeats.copies import count_shared, is_counted
from clippings.timeline.default_events import OTHER, STATEMENT

# Minimum number of articles with which something counts as widespread
MIN_ARTICLES = 2

# Minimum number of mentions with which an event or a name in a single article is listed. Most names
# that occur once are mentioned in passing.
MIN_MENTIONS = 2

# A name in capitals of at least this length is a heading if the articles also use it as a common
# word ("GUILTY"). Shorter ones may be abbreviations that look like words (WHO).
MIN_LETTERS_OF_HEADING = 5

# Characters of a text around a mention that are searched for the printed form of a role
ROLE_DISTANCE = 150

# Causes other than the articles themselves (keys of diff_wording.CAUSES)
CAUSES_OF_ANALYST = frozenset(
    {
        "verdict_added",
        "verdict_removed",
        "codebook_row_added",
        "codebook_row_removed",
        "settings",
    }
)


class Place(NamedTuple):
    """A passage of an article or, without a start, the article."""

    article: str
    start: int | None = None


class Growth(NamedTuple):
    """The number of articles, outlets or sources before and now."""

    before: int
    now: int


class ArticleNews(NamedTuple):
    """An article that was added, removed or edited."""

    title: str
    outlet: str
    published: str  # ISO date or range
    first: pd.Timestamp  # of the range; NaT if it is unknown
    last: pd.Timestamp
    place: Place


class EventNews(NamedTuple):
    """An event that added or edited articles report."""

    claim: str  # its label in the table `claims`
    name: str  # in words
    articles: Growth
    outlets: Growth
    sources: Growth  # independent sources that the articles identify
    new_sources: list[str]
    mentions: int
    place: Place


class NumberNews(NamedTuple):
    """Numbers of an event that cannot all be right, and did not differ before."""

    event: str
    thing: str  # what they count; "" if it is not named
    numbers: list[str]  # as printed, with the title of the article
    place: Place


class NameNews(NamedTuple):
    """A person, organisation or group in more articles than before."""

    name: str
    role: str  # a title or position printed next to a new name; "" if there is none
    articles: Growth
    mentions: int
    place: Place


class ThemeNews(NamedTuple):
    """A theme or topic in more articles than before."""

    name: str
    articles: Growth
    place: Place


class RepeatNews(NamedTuple):
    """Two articles that share text, at least one of which is new or edited."""

    title: str
    other: str
    words: int
    is_later: bool  # whether the first article was certainly published after the other
    place: Place


class DateNews(NamedTuple):
    """An article whose date of publication is another one than before."""

    title: str
    before: str
    now: str
    cause: str
    place: Place


class CauseNews(NamedTuple):
    """A row of the codebook, a decision, a parameter or a version that changed findings."""

    code: str  # a key of diff_wording.CAUSES
    cause: str
    findings: int


class News(NamedTuple):
    """What is new, in the order of the page."""

    added: list[ArticleNews]
    removed: list[ArticleNews]
    edited: list[ArticleNews]
    new_events: list[EventNews]
    events: list[EventNews]
    numbers: list[NumberNews]
    new_names: list[NameNews]
    names: list[NameNews]
    themes: list[ThemeNews]
    repeats: list[RepeatNews]
    dates: list[DateNews]
    causes: list[CauseNews]
    versions: list[str]  # of clippings, before and now; empty if they are the same or not recorded

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is new; another version that changes nothing is not news."""
        return not any(self._replace(versions=[]))


class _Runs:
    """Two runs with typed tables, and the articles that are new, edited or unchanged."""

    def __init__(self, changes: pd.DataFrame, old: dict, new: dict):
        self.old_tables = old["tables"]
        self.new_tables = new["tables"]
        self.articles = _readable_articles(self.new_tables)
        self.old_articles = _readable_articles(self.old_tables)
        of_articles = changes[changes.table == "articles"]
        added = set(of_articles.article[of_articles.change == "came"])
        removed = set(of_articles.article[of_articles.change == "went"])
        renamed = of_articles[of_articles.change == "renamed"]
        self.old_names = dict(zip(renamed.article, renamed.before, strict=True))

        self.added = [name for name in self.articles.index if name in added]
        self.removed = [name for name in self.old_articles.index if name in removed]
        self.edited = [
            name
            for name in self.articles.index.difference(self.added, sort=False)
            if self._was_edited(name)
        ]
        self.fresh = {*self.added, *self.edited}

    def _was_edited(self, name: str) -> bool:
        """Return whether the text of an article changed, under the same or another file name."""
        old_name = self.old_names.get(name, name)
        if old_name not in self.old_articles.index:
            return True  # the file could not be read before
        return self.old_articles.sha256[old_name] != self.articles.sha256[name]

    @cached_property
    def findings(self) -> Findings:
        """Return the new run as the brief reads it, for the names of events."""
        names = [name for name in self.new_tables if name in COLUMNS]
        return Findings({name: _typed(name, self.new_tables[name]) for name in names})

    def event_in_words(self, claim: str) -> str:
        """Name an event as the brief does: the labels of claims are not fit for sentences."""
        claims = self.findings["claims"]
        rows = claims[(claims.label == claim) & (claims.status != "rejected")]
        return self.findings.event_of(rows, definite=False)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the new run without duplicates and rejected rows."""
        rows = _typed(name, self.new_tables.get(name))
        return rows[is_counted(rows)]

    def old_table(self, name: str, columns: list[str]) -> pd.DataFrame | None:
        """Return a table of the earlier run; None if another version made it without a column."""
        rows = self.old_tables.get(name)
        if rows is None or not set(columns) <= set(rows.columns):
            return None
        return rows[is_counted(rows)]


def find_news(changes: pd.DataFrame, old: dict, new: dict) -> News:
    """Find what is new since an earlier run.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.
    old, new : dict
        The runs, as for `find_changes`.

    Returns
    -------
    News
        Lists of what is new; in each list, the most important come first.

    Notes
    -----
    Events of no particular kind, statements, places, and events and names that a single article
    mentions once are left out. Added articles do not count as reporting an event in words that they
    repeat from another article. The number of an event's sources is not compared if an article was
    removed. A name that the earlier articles contain in any sense does not count as new.

    Examples
    --------
    >>> import clippings as cl
    >>> from clippings.report.diff import find_changes
    >>> articles, codebook = cl.load_example()
    >>> runs = [
    ...     {"tables": cl.find_all(some, codebook), "codebook": codebook, "manifest": {}}
    ...     for some in (articles[:5], articles)
    ... ]
    >>> news = find_news(find_changes(*runs), *runs)
    >>> [article.title for article in news.added]
    ['Water falls at last as Lenn Valley cleans up']
    >>> [(name.name, *name.articles) for name in news.names[:2]]
    [('River Lenn Authority', 5, 6), ('Ostrand Fire Service', 4, 5)]
    """
    runs = _Runs(changes, old, new)
    events = _events(runs)
    names = _names(runs)
    return News(
        added=_articles_news(runs.articles, runs.added),
        removed=_articles_news(runs.old_articles, runs.removed),
        edited=_articles_news(runs.articles, runs.edited),
        new_events=[event for event in events if event.articles.before == 0],
        events=[event for event in events if event.articles.before > 0],
        numbers=_numbers(runs),
        new_names=[name for name in names if name.articles.before == 0],
        names=[name for name in names if name.articles.before > 0],
        themes=_themes(runs),
        repeats=_repeats(runs),
        dates=_dates(changes, runs),
        causes=_causes(changes),
        versions=_versions(old, new),
    )


def _typed(name: str, rows: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table with the types of its columns, which files do not record.

    A column that the table lacks, because another version made it, has empty values.
    """
    kinds = COLUMNS[name]
    if rows is None:
        rows = pd.DataFrame(columns=list(kinds))
    typed = rows.copy()
    if "duplicate_status" not in typed.columns:
        typed["duplicate_status"] = "first"
    for column, kind in kinds.items():
        values = rows.get(column, pd.Series("", index=rows.index, dtype="str"))
        typed[column] = _with_type(values, kind)
    return typed


def _with_type(values: pd.Series, kind: str) -> pd.Series:
    """Return a column, read from a file or computed, with its type."""
    if kind == "str":
        return values.fillna("").astype("str")
    if kind == "bool":
        return values.map(str) == "True"
    filled = values.replace("", None)
    if kind.startswith("datetime"):
        return pd.to_datetime(filled).astype(kind)
    numbers = pd.to_numeric(filled)
    return numbers.fillna(0).astype(kind) if kind == "int64" else numbers.astype(kind)


def _readable_articles(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the readable articles of a run by id, with titles that distinguish them."""
    articles = _typed("articles", tables.get("articles"))
    articles = articles[articles.problem == ""].reset_index(drop=True)
    titled = add_titles(articles, articles)
    titled["title"] = titled.title.str.rstrip(MARKS_AFTER_TITLE)
    return titled.set_index("article", drop=False)


def _articles_news(articles: pd.DataFrame, names: list[str]) -> list[ArticleNews]:
    """Describe articles, the latest first and those without a date last."""
    chosen = articles.loc[names].sort_values(
        ["published_from", "published_to"], ascending=False, kind="stable", na_position="last"
    )
    return [
        ArticleNews(
            title=row.title,
            outlet=row.outlet,
            published=date_range(row.published_from, row.published_to),
            first=row.published_from,
            last=row.published_to,
            place=Place(row.article),
        )
        for row in chosen.itertuples()
    ]


# Events


def _claims(runs: _Runs) -> pd.DataFrame:
    """Return the mentions of events of a kind that readers may look for."""
    claims = runs.table("claims")
    is_particular = (claims.kind != "") & ~claims.kind.isin([OTHER, STATEMENT])
    # An added article that repeats another one is a new repeat, but no further account.
    is_new_copy = claims.article.isin(runs.fresh) & (claims.duplicate_status == "shared")
    return claims[(claims.status != "rejected") & is_particular & ~is_new_copy]


def _events(runs: _Runs) -> list[EventNews]:
    """List the events that more articles report than before, or that have more sources."""
    claims = _claims(runs)
    is_known = _is_known(runs, "claims", claims, ["kind", "text"])
    removed = _articles_that_removed(runs, "claims")
    # Determining sources takes time, and is necessary for few events.
    compared = claims[claims.label.isin(_labels_that_may_be_news(claims, is_known))]
    sources_now = _sources(runs, compared)
    sources_before = _sources(runs, compared[is_known[compared.index]])
    events = []
    for label, rows in compared.groupby("label"):
        articles, place = _growth(rows, is_known, removed.get(label, set()))
        known_articles = {*rows.article[is_known[rows.index]]}
        outlets = _outlets_growth(runs, known_articles, {*rows.article})
        sources = Growth(len(sources_before.get(label, set())), len(sources_now.get(label, set())))
        # Sources of removed articles are not counted, so that the sources cannot be compared.
        if runs.removed:
            sources = Growth(0, 0)
        is_wider = articles.now > articles.before or sources.now > sources.before
        if is_wider:
            new_sources = sources_now.get(label, set()) - sources_before.get(label, set())
            events.append(
                EventNews(
                    claim=label,
                    name=runs.event_in_words(label),
                    articles=articles,
                    outlets=outlets,
                    sources=sources,
                    new_sources=sorted(new_sources) if sources.now > sources.before else [],
                    mentions=len(rows),
                    place=place,
                )
            )
    return sorted(events, key=_importance)


def _labels_that_may_be_news(claims: pd.DataFrame, is_known: pd.Series) -> set[str]:
    """Return the events with a new mention that are not mentioned just once."""
    mentions = claims.label.value_counts()
    frequent = set(mentions.index[mentions >= MIN_MENTIONS])
    return frequent & set(claims.label[~is_known])


def _sources(runs: _Runs, claims: pd.DataFrame) -> dict[str, set[str]]:
    """Return the independent sources of each event, without the articles' own words."""
    if claims.empty:
        return {}
    origins = count_origins(
        claims, runs.table("quotes"), runs.table("repeats"), runs.articles.reset_index(drop=True)
    )
    origins = origins[(origins.folded_into == "") & is_shown(origins)]
    return origins.groupby("claim").origin.agg(set).to_dict()


def _outlets_growth(runs: _Runs, before: set[str], now: set[str]) -> Growth:
    """Count the known outlets of an event's articles."""
    outlets = runs.articles.outlet
    return Growth(
        len({outlets[name] for name in before if name in outlets.index} - {""}),
        len({outlets[name] for name in now if name in outlets.index} - {""}),
    )


def _numbers(runs: _Runs) -> list[NumberNews]:
    """List the events for which an added or edited article gives a number that does not fit."""
    claims = _claims(runs)
    tables = {
        "claims": claims,
        "amounts": runs.table("amounts"),
        "events": runs.table("events"),
    }
    if claims.empty or tables["amounts"].empty:
        return []
    articles = runs.articles.reset_index(drop=True)
    amounts = amounts_of_claims(tables)
    news = []
    for label, rows in amounts.groupby("claim"):
        fresh = rows[rows.article.isin(runs.fresh)]
        if fresh.empty:
            continue
        before = compare_numbers(rows.drop(fresh.index), articles)
        for thing, is_compatible in compare_numbers(rows, articles).items():
            differed_before = not before.get(thing, True)
            if is_compatible or differed_before:
                continue
            of_thing = rows[[thing_counted(row) == thing for row in rows.itertuples()]]
            of_thing = of_thing if of_thing.article.nunique() >= MIN_ARTICLES else rows
            new_rows = of_thing[of_thing.article.isin(runs.fresh)]
            first = (new_rows if not new_rows.empty else fresh).iloc[0]
            place = Place(first.article, int(first.start))
            event = runs.event_in_words(label)
            news.append(NumberNews(event, thing, _quoted_numbers(of_thing, runs), place))
    return news


def _quoted_numbers(amounts: pd.DataFrame, runs: _Runs) -> list[str]:
    """Quote each number once per article, with the title of the article."""
    articles = runs.articles
    numbers = [
        f"{number_with_noun(row, articles.text[row.article])} ({articles.title[row.article]})"
        for row in amounts.itertuples()
    ]
    return list(dict.fromkeys(numbers))


# Names and themes


def _names(runs: _Runs) -> list[NameNews]:
    """List the people, organisations and groups that more articles mention than before."""
    mentions = runs.table("mentions")
    mentions = mentions[mentions.type.isin(ACTOR_TYPES)]
    is_known = _is_known(runs, "mentions", mentions, ["text"])
    removed = _articles_that_removed(runs, "mentions")
    texts = _EarlierTexts(runs)
    names = []
    for label, rows in mentions.groupby("label"):
        articles, place = _growth(rows, is_known, removed.get(label, set()))
        is_listed = articles.now >= MIN_ARTICLES or len(rows) >= MIN_MENTIONS
        if articles.now <= articles.before or not is_listed or texts.use_as_common_word(label):
            continue
        is_first_time = articles.before == 0
        if is_first_time and any(texts.contain(form) for form in {label, *rows.text}):
            continue
        role = _role(rows, runs) if is_first_time else ""
        names.append(NameNews(label, role, articles, len(rows), place))
    return sorted(names, key=_importance)


class _EarlierTexts:
    """Answers whether words occur in the articles of the earlier run, and how."""

    def __init__(self, runs: _Runs):
        is_unchanged = ~runs.articles.index.isin(runs.fresh)
        unchanged = [*runs.articles.text[is_unchanged]]
        before_change = [
            runs.old_articles.text[name]
            for name in (
                *runs.removed,
                *[runs.old_names.get(edited, edited) for edited in runs.edited],
            )
            if name in runs.old_articles.index
        ]
        self._before = "\n".join([*unchanged, *before_change])
        self._all = "\n".join([self._before, *runs.articles.text])

    def contain(self, words: str) -> bool:
        """Return whether the earlier articles contain words, in the same letters."""
        return _occurs(words, self._before)

    def use_as_common_word(self, name: str) -> bool:
        """Return whether a name in capitals is a common word in any of the articles."""
        is_heading = name.isupper() and name.isalpha() and len(name) >= MIN_LETTERS_OF_HEADING
        return is_heading and _occurs(name.lower(), self._all)


def _occurs(words: str, text: str) -> bool:
    """Return whether a text contains whole words."""
    if words not in text:  # fast
        return False
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _role(mentions: pd.DataFrame, runs: _Runs) -> str:
    """Return the most frequent role next to a name, as printed, without forms of address (Mr)."""
    with_role = mentions[~mentions.role.isin(["", *_forms_of_address()])]
    counts = with_role.role.value_counts()
    if counts.empty:
        return ""
    role = min(counts.index, key=lambda value: (-counts[value], value))
    first = with_role[with_role.role == role].iloc[0]
    text = runs.articles.text[first.article]
    around = text[max(0, first.start - ROLE_DISTANCE) : first.end + ROLE_DISTANCE]
    # The table has roles in lower case: "new jersey gov".
    words = r"\s+".join(re.escape(word) for word in role.split())
    printed = re.search(words, around, re.IGNORECASE)
    return " ".join(printed[0].split()) if printed else role


def _forms_of_address() -> frozenset[str]:
    """Return the titles that everybody has, such as "mr"."""
    return frozenset(read_words("en/names/syntax", kind="address"))


def _themes(runs: _Runs) -> list[ThemeNews]:
    """List the themes of the codebook or, without any, the topics that more articles share."""
    for table in ("themes", "topics"):
        rows_of_table = runs.table(table)
        if not rows_of_table.empty:
            break
    is_known = _is_known(runs, table, rows_of_table, ["text"])
    removed = _articles_that_removed(runs, table)
    themes = []
    for label, rows in rows_of_table.groupby("label"):
        articles, place = _growth(rows, is_known, removed.get(label, set()))
        if articles.now >= MIN_ARTICLES and articles.now > articles.before:
            themes.append(ThemeNews(readable(label), articles, place))
    return sorted(themes, key=_importance)


# What is known from earlier articles


def _is_known(runs: _Runs, table: str, rows: pd.DataFrame, same_columns: list[str]) -> pd.Series:
    """Mark the findings in articles that did not change, or that an edited article had before.

    If another version made the earlier table, everything in edited articles counts as known.
    """
    is_known = ~rows.article.isin(runs.fresh)
    is_edited = rows.article.isin(runs.edited)
    if not is_edited.any():
        return is_known
    old_rows = runs.old_table(table, ["article", *same_columns])
    if old_rows is None:
        return is_known | is_edited
    old_findings = {*old_rows[["article", *same_columns]].itertuples(index=False, name=None)}
    findings = zip(
        [runs.old_names.get(name, name) for name in rows.article],
        *[rows[column] for column in same_columns],
        strict=True,
    )
    was_found_before = pd.Series(
        [finding in old_findings for finding in findings], index=rows.index, dtype="bool"
    )
    return is_known | (is_edited & was_found_before)


def _articles_that_removed(runs: _Runs, table: str) -> dict[str, set[str]]:
    """Return the removed articles that mentioned something, by its label."""
    old_rows = runs.old_table(table, ["article", "label"])
    if old_rows is None or not runs.removed:
        return {}
    of_removed = old_rows[old_rows.article.isin(runs.removed)]
    return of_removed.groupby("label").article.agg(set).to_dict()


def _growth(rows: pd.DataFrame, is_known: pd.Series, removed: set[str]) -> tuple[Growth, Place]:
    """Count the articles of a label before and now, and choose the passage that is new."""
    known = is_known[rows.index]
    known_articles = {*rows.article[known]}
    new_rows = rows[~known]
    in_new_article = new_rows[~new_rows.article.isin(known_articles)]
    candidates = (in_new_article, new_rows, rows)
    first = next(each for each in candidates if not each.empty).iloc[0]
    growth = Growth(len(known_articles) + len(removed), rows.article.nunique())
    return growth, Place(first.article, int(first.start))


def _importance(news: EventNews | NameNews | ThemeNews) -> tuple:
    """Order by the number of additional articles, then by all articles, mentions and name."""
    articles = news.articles
    mentions = getattr(news, "mentions", 0)
    return (articles.before - articles.now, -articles.now, -mentions, news.name)


# Repeats, dates, causes


def _repeats(runs: _Runs) -> list[RepeatNews]:
    """List the pairs of articles that share text in an added or edited article, longest first."""
    articles = runs.articles
    repeats = _typed("repeats", runs.new_tables.get("repeats"))
    is_readable = repeats.article.isin(articles.index)
    shared = repeats[is_readable & (repeats.relation == "shared")]
    if shared.empty:
        return []
    known = _pairs_before(runs)
    news = []
    for pair in count_shared(shared, articles.reset_index(drop=True)).itertuples():
        original = pair.article_a
        copy = pair.article_b
        is_new = runs.fresh & {original, copy} and frozenset((original, copy)) not in known
        of_pair = shared[(shared.match_article == original) & (shared.article == copy)]
        words = equal_words(pair.words, of_pair)
        if not is_new or words < MIN_SHARED_WORDS:
            continue
        is_later = bool(articles.published_from[copy] > articles.published_to[original])
        place = Place(copy, int(of_pair.start.iloc[0]))
        news.append(
            RepeatNews(articles.title[copy], articles.title[original], words, is_later, place)
        )
    return sorted(news, key=lambda repeat: (-repeat.words, repeat.title, repeat.other))


def _pairs_before(runs: _Runs) -> set[frozenset[str]]:
    """Return the pairs of articles that shared text before, under their new names."""
    old_repeats = runs.old_table("repeats", ["article", "match_article", "relation"])
    if old_repeats is None:
        return set()
    shared = old_repeats[old_repeats.relation == "shared"]
    new_names = {old_name: name for name, old_name in runs.old_names.items()}
    return {
        frozenset((new_names.get(row.article, row.article), new_names.get(other, other)))
        for row in shared.itertuples()
        if (other := row.match_article)
    }


def _dates(changes: pd.DataFrame, runs: _Runs) -> list[DateNews]:
    """List the articles whose date of publication, printed or inferred, is another one."""
    is_of_article = (changes.table == "dates") & (changes.label == "article")
    changed = changes[is_of_article & (changes.change == "changed")]
    if changed.empty:
        return []
    dates = _dates_of_articles(runs.new_tables)
    old_dates = _dates_of_articles(runs.old_tables)
    news = []
    for row in changed.drop_duplicates("article").itertuples():
        old_name = runs.old_names.get(row.article, row.article)
        if row.article not in runs.articles.index:
            continue
        before = old_dates.get(old_name, "")
        now = dates.get(row.article, "")
        if before != now:  # only a probable date may have changed
            title = runs.articles.title[row.article]
            news.append(DateNews(title, before, now, row.cause, Place(row.article)))
    return news


def _dates_of_articles(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return the range of dates on which each article was certainly published."""
    dates = _typed("dates", tables.get("dates"))
    of_articles = dates[dates.label == "article"]
    return {row.article: date_range(row.earliest, row.latest) for row in of_articles.itertuples()}


def _causes(changes: pd.DataFrame) -> list[CauseNews]:
    """Count the changes that do not come from the articles, by cause, most frequent first."""
    of_analyst = changes[changes.cause_code.isin(CAUSES_OF_ANALYST)]
    numbers = of_analyst.groupby(["cause_code", "cause"], sort=False).size()
    causes = [CauseNews(code, cause, int(number)) for (code, cause), number in numbers.items()]
    return sorted(causes, key=lambda cause: -cause.findings)


def _versions(old: dict, new: dict) -> list[str]:
    """Return the versions of clippings that made the runs, if both are recorded and differ."""
    versions = [run["manifest"].get("versions", {}).get("clippings", "") for run in (old, new)]
    return versions if all(versions) and versions[0] != versions[1] else []
