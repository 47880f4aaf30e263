"""The brief: sentences made from the tables, each with the rows that it rests on."""

import pandas as pd

from clippings.brief.comparison import agreement, compare_accounts, say_numbers, told_numbers
from clippings.brief.origins import count_origins
from clippings.core.tables import STORY, cite, cited
from clippings.core.wording import listed, name_of, several
from clippings.corpus.counts import count_words
from clippings.repeats.copies import count_shared, is_counted, mark_duplicates, share_in

KINDS_OF_COPY = (  # relation, what is said of it, and how it is counted where it is story
    ("within", "{again} prints {words} twice", "; they are counted once"),
    (
        "boilerplate",
        "{again} has {words} of a form of its outlet in common with {first}",
        "; only the first counts",
    ),
    ("shared", "{again} shares {words} with {first}", "; they count in both"),
)
NEARLY = 0.8  # share of an article's words from which it is nearly the same article as another
MOST = 5  # themes, speakers, claims: the brief names the largest


def compose_brief(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What can be said of a corpus, in sentences.

    In: tables of find_all. Out: section, sentence, table, rows (numbers of the rows of that table on which the
    sentence rests, "0 4 7"; of one that says that nothing was found, the passages searched); conclusions first, what
    is not known and what was left out last.
    Raises: KeyError when a table is missing. Misses: what no table holds; it compares, it does not judge.
    Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from clippings.pipeline import find_all
        >>> from clippings.core.tables import make_table
        >>> compose_brief(find_all(make_table("articles"), read_codebook(""))).sentence[0]
        'No article could be read.'
    """
    sections = {
        "In short": _short,
        "What is told more than once": _shared_events,
        "How many, and who says so": _numbers,
        "Who speaks": _speakers,
        "What it is about": _themes,
        "When it was written": _dates,
        "What is not known": _unknown,
        "What is printed twice": _repeats,
        "What else was left out, and why": _left_out,
    }
    if not (tables["articles"].problem == "").any():
        sections = {"In short": _short, "What is not known": _unknown}
    rows = [(section, *row) for section, say in sections.items() for row in say(tables)]
    return pd.DataFrame(rows, columns=["section", "sentence", "table", "rows"]).astype("str")


def _row(sentence: str, table: str, rows) -> tuple[str, str, str]:
    return sentence, table, cite(rows)


def _some(sentence: str, table: str, rows: pd.DataFrame) -> list[tuple]:
    """A sentence where there are rows that it rests on."""
    return [_row(sentence, table, rows.index)] if len(rows) else []


def _nothing(sentence: str, tables: dict) -> list[tuple]:
    """A sentence that nothing was found rests on what was searched."""
    return [_row(sentence, "passages", _story(tables).index)]


def _story(tables: dict) -> pd.DataFrame:
    return tables["passages"][tables["passages"].label.isin(STORY)]


def _sentence_case(text: str) -> str:
    text = text.replace("_", " ")
    return text[:1].upper() + text[1:]


def _what(claim: str) -> str:
    return claim.rpartition(" ")[0].replace("_", " ")


def _of(part: int, whole: int, noun: str) -> str:
    return (
        f"all {several(whole, noun)}"
        if part == whole > 1
        else f"{part:,} of {several(whole, noun)}"
    )


def _sizes(labels: pd.Series) -> list[str]:
    """How many there are of each, the most first."""
    sizes = labels.value_counts()
    return [
        f"{sizes[label]:,} {label}"
        for label in sorted(sizes.index, key=lambda label: (-sizes[label], label))
    ]


def _first_of(names: list[str], count: int) -> str:
    """The first few of so many."""
    return listed(names[:MOST] + ([f"{count - MOST:,} more"] if count > MOST else []))


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "under 1%"


def _short(tables: dict) -> list[tuple]:
    """Scope, themes, what several tell, and numbers that contradict each other, a sentence each."""
    read = tables["articles"][tables["articles"].problem == ""]
    if read.empty:
        return [_row("No article could be read.", "articles", tables["articles"].index)]
    story = _story(tables)
    once = story[is_counted(mark_duplicates(story, tables["repeats"]))]
    number = f"{several(len(read), 'article')} with {several(len(once), 'passage')} of story, copies left out."
    rows = [_row(number, "passages", once.index)] if len(once) else _nothing(number, tables)
    kept = _told(tables["claims"])
    if shared := _shared(kept):
        events = listed([f"the {_what(claim)}" for claim in shared])
        said = f"More than one article tells of {events}, it seems."
        rows.append(_row(said, "claims", kept[kept.label.isin(shared)].index))
    themes = tables["themes"][is_counted(tables["themes"]) & (tables["themes"].side != "against")]
    if len(themes):
        widest = themes.groupby("label").article.nunique()
        widest = widest[widest == widest.max()]
        said = listed([theme.replace("_", " ") for theme in sorted(widest.index)])
        said = (
            f"The theme told most widely, in {_of(widest.iloc[0], len(read), 'article')}: {said}."
        )
        rows.append(_row(said, "themes", themes[themes.label.isin(widest.index)].index))
    numbers = told_numbers(tables)
    unlike = {
        claim: own
        for claim, own in numbers.groupby("claim")
        if not all(agreement(own, read).values())
    }
    if unlike:
        events = list(dict.fromkeys(f"the {_what(claim)}" for claim in unlike))
        said = f"Numbers that cannot all be right are told of {_first_of(events, len(events))}."
        rows.append(_row(said, "amounts", pd.concat(unlike.values()).index))
    return rows


def _told(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims.status != "rejected"]


def _shared(kept: pd.DataFrame) -> list[str]:
    """The claims that more than one article tells, the most told first."""
    widest, told = kept.groupby("label").article.nunique(), kept.label.value_counts()
    return sorted(widest[widest > 1].index, key=lambda c: (-widest[c], -told[c], c))[:MOST]


def _themes(tables: dict) -> list[tuple]:
    articles, themes = tables["articles"], tables["themes"]
    themes = themes[is_counted(themes)]
    if themes.empty:
        return _nothing("No theme of the codebook was found.", tables)
    read, rows = (articles.problem == "").sum(), []
    totals = themes.groupby("label").agg(
        sentences=("text", "size"), articles=("article", "nunique")
    )
    order = sorted(totals.index, key=lambda t: (-totals.articles[t], -totals.sentences[t], t))
    for theme in order[:MOST]:
        own = themes[themes.label == theme]
        speaking, against = own[own.side != "against"], own[own.side == "against"]
        said = f"{_of(speaking.article.nunique(), read, 'article')} ({several(len(speaking), 'sentence')})"
        most = (
            speaking.article.value_counts(sort=False)
            .sort_index()
            .sort_values(ascending=False, kind="stable")
        )
        said += (
            f", most in {name_of(articles, most.index[0])}"
            if len(most) > 1 and most.iloc[0] > most.iloc[1]
            else ""
        )
        more = f"; {several(len(against), 'sentence')} against it" if len(against) else ""
        rows.append(
            _row(f"{_sentence_case(theme)} is a theme of {said}{more}.", "themes", own.index)
        )
    less = listed([theme.replace("_", " ") for theme in order[MOST:]])
    return rows + _some(
        f"Found less widely: {less}.", "themes", themes[themes.label.isin(order[MOST:])]
    )


def _shared_events(tables: dict) -> list[tuple]:
    """Claims that more than one article tells: who, when, from how many sources, and what they put differently."""
    claims, articles = tables["claims"], tables["articles"]
    kept, rows = _told(claims), []
    origins = count_origins(claims, tables["quotes"], tables["repeats"], articles)
    for claim in _shared(kept):
        own = kept[kept.label == claim]
        names = [name_of(articles, article) for article in sorted(own.article.unique())]
        why = own.reasons[(own.reasons != "") & (own.article != own.article.iloc[0])]
        decided = (own.status.iloc[1:] == "same").all()
        status = "tell one event, as the analyst decided" if decided else "seem to tell one event"
        days = f", {said}" if (said := _likely(own, tables["dates"])) else ""
        common = (
            f" What they have in common: {why.iloc[0].replace('_', ' ')}."
            if len(why) and why.iloc[0]
            else ""
        )
        rows.append(
            _row(f"{listed(names)} {status}: {_what(claim)}{days}.{common}", "claims", own.index)
        )
        sources = origins[origins.claim == claim]
        free = sorted(sources[sources.folded_into == ""].origin.unique())
        said = several(len(free), "independent source")
        said += f": {listed([_source(articles, origin) for origin in free])}" if free else ""
        folded = sorted(set(sources[sources.folded_into != ""].origin) - set(free))
        said += (
            f"; not counted: {listed([_source(articles, origin) for origin in folded])}"
            if folded
            else ""
        )
        lead = _sentence_case(_what(claim))
        rows.append(_row(f"{lead}: {said}.", "claims", own.index))
        told = compare_accounts(own, tables)
        rows += [
            _row(f"{lead}: {words[:1].lower()}{words[1:]}", "claims", numbers)
            for words, numbers in told
        ]
    return rows or _nothing("No event was found in more than one article.", tables)


def _source(articles: pd.DataFrame, origin: str) -> str:
    """An origin in words: articles by their titles, voices without a name as that."""
    if not origin.startswith("unnamed: "):
        return name_of(articles, origin)
    voice, _, outlet = origin.removeprefix("unnamed: ").removesuffix(")").rpartition(" (")
    return f"{voice} without a name ({name_of(articles, outlet)})"


def _likely(own: pd.DataFrame, dates: pd.DataFrame) -> str:
    """The days on which all mentions of a claim can have happened."""
    days = own.merge(dates[dates.label == "event"], on=["article", "start", "end"])
    first, last = days.likely_earliest.max(), days.likely_latest.min()
    return (
        "" if pd.isna(first) or pd.isna(last) or first > last else f"likely {_between(first, last)}"
    )


def _numbers(tables: dict) -> list[tuple]:
    """Amounts side by side: per claim every stated number with who says so; claims of several articles first."""
    told = told_numbers(tables)
    sizes, shared, rows = told.groupby("claim").size(), _shared(_told(tables["claims"])), []
    for claim in sorted(sizes.index, key=lambda c: (c not in shared, -sizes[c], c))[: 2 * MOST]:
        own = told[told.claim == claim]
        rows.append(
            _row(
                f"{_sentence_case(_what(claim))}: {say_numbers(own, tables)}", "amounts", own.index
            )
        )
    return rows or _nothing("No number is tied to an event.", tables)


def _speakers(tables: dict) -> list[tuple]:
    quotes = tables["quotes"]
    quotes = quotes[is_counted(quotes)]
    if quotes.empty:
        return _nothing("Nobody is quoted.", tables)
    named = quotes[quotes.label != ""]
    words = count_words(named, by=["label"]).set_index("label").words
    order = sorted(words.index, key=lambda actor: (-words[actor], actor))[:MOST]
    shares = [f"{actor} ({_percent(words[actor] / words.sum())})" for actor in order]
    lead = (
        "most are by" if 2 * words[order].sum() > words.sum() else "the largest shares are those of"
    )
    said = f"Of the words of speakers with a name, {lead} {listed(shares)}."
    rows = _some(said, "quotes", named[named.label.isin(order)])
    hidden = quotes[quotes.anonymous]
    kinds = ", ".join(_sizes(hidden.source_type.replace("", "of a kind not told")))
    said = f"{_sentence_case(_of(len(hidden), len(quotes), 'statement'))} are by speakers without a name ({kinds})."
    return rows + _some(said, "quotes", hidden)


def _dates(tables: dict) -> list[tuple]:
    dates, constraints, rows = tables["dates"], tables["constraints"], []
    dated = dates[
        (dates.label == "article") & (dates.likely_earliest.notna() | dates.likely_latest.notna())
    ]
    for row in dated.head(30).itertuples():
        name = name_of(tables["articles"], row.article)
        numbers = [
            n for n in cited(f"{row.because} {row.likely_because}") if n in constraints.index
        ]
        why = "; ".join(dict.fromkeys(constraints.rule[numbers])) or "not known why"
        sure = "was published" if row.earliest == row.latest else "was likely written"
        if days := _between(row.likely_earliest, row.likely_latest):
            rows.append(_row(f"{name} {sure} {days} ({why}).", "constraints", numbers))
    rows += _some(
        f"Days were found for {len(dated) - 30:,} more articles: see the timeline.",
        "dates",
        dated[30:],
    )
    return rows or _nothing("No article could be dated.", tables)


def _between(first, last) -> str:
    if pd.isna(first) and pd.isna(last):
        return ""
    if pd.isna(last):
        return f"on or after {_day(first)}"
    if pd.isna(first):
        return f"on or before {_day(last)}"
    return f"on {_day(first)}" if first == last else f"between {_day(first)} and {_day(last)}"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"


def _repeats(tables: dict) -> list[tuple]:
    """Per kind of copy the articles with most words of it; what touches no passage of story is said to be outside."""
    repeats, articles, story, rows = tables["repeats"], tables["articles"], _story(tables), []
    for relation, said, counted in KINDS_OF_COPY:
        kind = repeats[repeats.relation == relation]
        pairs = count_shared(kind, articles).sort_values("words", ascending=False, kind="stable")
        for pair in pairs.head(MOST).itertuples():
            own = kind[kind.article == pair.article_b]
            own = own if relation == "within" else own[own.match_article == pair.article_a]
            where = counted if (share_in(own, story) > 0).any() else ", outside the story"
            first, again = name_of(articles, pair.article_a), name_of(articles, pair.article_b)
            alike = pair.share >= NEARLY and pair.article_a != pair.article_b
            told = (
                "{again} is nearly the same article as {first}: it shares {words} with it"
                if alike
                else said
            )
            sentence = told.format(first=first, again=again, words=several(pair.words, "word"))
            rows.append(_row(f"{sentence}{where}.", "repeats", own.index))
        rest = kind[kind.article.isin(pairs.article_b[MOST:])]
        rows += _some(
            f"There are {len(pairs) - MOST:,} more like that, none with more words.",
            "repeats",
            rest,
        )
    return rows or _nothing("No passage stands twice.", tables)


def _unknown(tables: dict) -> list[tuple]:
    articles, dates, quotes = tables["articles"], tables["dates"], tables["quotes"]
    problems = articles[articles.problem != ""]
    told = problems.head(10).itertuples()
    rows = [
        _row(f"{row.article} could not be used: {row.problem}.", "articles", [row.Index])
        for row in told
    ]
    rows += _some(
        f"{len(problems) - 10:,} more files could not be used.", "articles", problems[10:]
    )
    open_ = dates[
        (dates.label == "article") & dates.likely_earliest.isna() & dates.likely_latest.isna()
    ]
    open_ = open_[open_.article.isin(articles.article[articles.problem == ""])]
    names = _first_of(
        [name_of(articles, article) for article in open_.article.head(MOST)], len(open_)
    )
    were = "was" if len(open_) == 1 else "were"
    rows += _some(f"When {names} {were} written is not known.", "dates", open_)
    doubtful = tables["claims"].query(
        "status == 'rejected' and against.str.startswith('nothing more')"
    )
    for row in doubtful.head(MOST).itertuples():
        pair = listed([name_of(articles, article) for article in (row.match_article, row.article)])
        said = f"Whether {pair} mean one {_what(row.label)} is not known: their days and numbers tell too little."
        rows.append(_row(said, "claims", [row.Index]))
    events = dates[
        (dates.label == "event") & dates.likely_earliest.isna() & dates.likely_latest.isna()
    ]
    events = events[is_counted(mark_duplicates(events, tables["repeats"]))]
    rows += _some(f"{several(len(events), 'event mention')} cannot be dated.", "dates", events)
    silent = quotes[is_counted(quotes) & (quotes.label == "") & ~quotes.anonymous]
    return rows + _some(
        f"Of {several(len(silent), 'quotation')} no speaker was found.", "quotes", silent
    )


def _left_out(tables: dict) -> list[tuple]:
    """Passages of the page, events that did not happen, and what the analyst refused."""
    passages, events = tables["passages"], tables["events"]
    page = passages[~passages.label.isin(STORY)]
    rows = []
    if len(page):
        said = f"{several(len(page), 'passage')} that are the page and not the story: {listed(_sizes(page.label))}."
        rows.append(_row(said, "passages", page.index))
    unreal = events[is_counted(events) & events.modality.isin(["denied", "habitual"])]
    said = f"{several(len(unreal), 'event mention')} told as denied or as a habit, of which no claim is made."
    rows += _some(said, "events", unreal)
    for name, table in tables.items():
        refused = table[table.verdict == "no"] if "verdict" in table.columns else table[:0]
        rows += _some(
            f"{several(len(refused), 'row')} of {name}, refused in codebook/verdicts.csv.",
            name,
            refused,
        )
    return rows or _nothing("Nothing else was left out.", tables)
