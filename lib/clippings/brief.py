"""The brief: sentences made from the tables, each with the rows that it rests on."""

import pandas as pd

from clippings.claims import count_origins
from clippings.copies import count_shared, counts, first_tellings, mark_repeats, share_in
from clippings.tables import STORY, cite
from clippings.text import several
from clippings.words import count_words

MOST_AMOUNTS = 12  # numbers quoted side by side for one claim
KINDS_OF_COPY = (  # relation, what is said of it, and how it is counted where it is story
    ("within", "{again} prints {words} twice", "; they are counted once"),
    ("boilerplate", "{again} has {words} of a form of its outlet in common with {first}", "; only the first counts"),
    ("shared", "{again} shares {words} with {first}", "; they count in both"),
)
NEARLY = 0.8  # share of an article's words from which it is nearly the same article as another
MOST = 5  # themes, speakers, claims: the brief names the largest


def say_brief(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What can be said of a corpus, in sentences.

    In: tables of find_all. Out: section, sentence, table, rows (numbers of the rows of that table on which the
    sentence rests, "0 4 7"); conclusions first, what is not known last.
    Raises: KeyError when a table is missing. Misses: what no table holds; it compares, it does not judge.
    Source: none.
    Example:
        >>> from clippings.codebook import read_codebook
        >>> from clippings.run import find_all
        >>> from clippings.tables import make_table
        >>> say_brief(find_all(make_table("articles"), read_codebook(""))).sentence[0]
        'No article could be read.'
    """
    sections = {
        "What it is about": _themes,
        "What is told more than once": _shared_events,
        "How many, and who says so": _numbers,
        "Who speaks": _speakers,
        "When it was written": _dates,
        "What is printed twice": _repeats,
        "What is not known": _unknown,
    }
    rows = [(section, *row) for section, say in sections.items() for row in say(tables)]
    return pd.DataFrame(rows, columns=["section", "sentence", "table", "rows"]).astype("str")


def _row(sentence: str, table: str, rows) -> tuple[str, str, str]:
    return sentence, table, cite(rows)


def _name(articles: pd.DataFrame, article: str) -> str:
    title = dict(zip(articles.article, articles.title, strict=True)).get(article)
    return f"“{title}”" if title else article


def _sentence_case(text: str) -> str:
    text = text.replace("_", " ")
    return text[:1].upper() + text[1:]


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _themes(tables: dict) -> list[tuple]:
    articles = tables["articles"]
    read = articles[articles.problem == ""]
    if read.empty:
        return [_row("No article could be read.", "articles", articles.index)]
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    once = several(len(first_tellings(mark_repeats(story, tables["repeats"]))), "passage")
    rows = [_row(f"{several(len(read), 'article')} with {once} of story, copies left out.", "articles", read.index)]
    themes = tables["themes"]
    themes = themes[counts(themes)]
    totals = themes.groupby("label").agg(sentences=("text", "size"), articles=("article", "nunique"))
    for theme in sorted(totals.index, key=lambda t: (-totals.articles[t], -totals.sentences[t], t))[:MOST]:
        own = themes[themes.label == theme]
        speaking, against = own[own.side != "against"], own[own.side == "against"]
        said = f"{several(len(speaking), 'sentence')} in {several(speaking.article.nunique(), 'article')}"
        more = f", {len(against)} against it" if len(against) else ""
        rows.append(_row(f"{_sentence_case(theme)}: {said}{more}.", "themes", own.index))
    if themes.empty:
        rows.append(_row("No theme of the codebook was found.", "articles", read.index))
    return rows


def _shared_events(tables: dict) -> list[tuple]:
    """Claims that more than one article tells."""
    claims = tables["claims"]
    kept = claims[claims.status != "rejected"]
    origins = count_origins(claims, tables["quotes"], tables["repeats"], tables["articles"])
    rows = []
    widest, told = kept.groupby("label").article.nunique(), kept.label.value_counts()
    for claim in sorted(widest[widest > 1].index, key=lambda c: (-widest[c], -told[c], c))[:MOST]:
        own = kept[kept.label == claim]
        names = [_name(tables["articles"], article) for article in sorted(own.article.unique())]
        why = own.reasons[(own.reasons != "") & (own.article != own.article.iloc[0])]
        free = origins[(origins.claim == claim) & (origins.folded_into == "")].origin.unique()
        free = [_name(tables["articles"], origin) for origin in sorted(free)]
        status = "were said by the analyst to tell" if (own.status.iloc[1:] == "same").all() else "seem to tell"
        what = claim.rpartition(" ")[0].replace("_", " ")
        rows.append(
            _row(
                f"{_listed(names)} {status} one event: {what}. Why: {why.iloc[0].replace('_', ' ')}. "
                f"Independent origins: {_listed(free) if free else 'none'}.",
                "claims",
                own.index,
            )
        )
    return rows or [_row("No event was found in more than one article.", "claims", claims.index[:0])]


def _numbers(tables: dict) -> list[tuple]:
    """Amounts side by side: per kind of event and thing counted, every stated number with who says so."""
    claims, amounts, quotes = tables["claims"], tables["amounts"], tables["quotes"]
    kept = claims[claims.status != "rejected"]
    claim_of = {(row.article, row.start): row.label for row in kept.itertuples()}
    told = amounts.assign(row=amounts.index)[counts(amounts)]
    told = told[told.event_start.notna() & (told.label != "")]
    told = told.assign(claim=[claim_of.get((r.article, int(r.event_start)), "") for r in told.itertuples()])
    told = told[told.claim != ""]
    rows = []
    sizes = told.groupby("claim").size()
    for claim in sorted(sizes.index, key=lambda c: (-sizes[c], c))[: 2 * MOST]:
        own = told[told.claim == claim]
        said = [
            f"“{_phrase(row, tables['articles'])}” ({_voice(row, quotes, tables['articles'])})"
            for row in own.head(MOST_AMOUNTS).itertuples()
        ]
        said += [f"and {len(own) - MOST_AMOUNTS:,} more"] if len(own) > MOST_AMOUNTS else []
        what = _sentence_case(claim.rpartition(" ")[0])
        rows.append(_row(f"{what}: {'; '.join(dict.fromkeys(said))}.{_compatible(own)}", "amounts", own.row))
    return rows or [_row("No number is tied to an event.", "amounts", amounts.index[:0])]


def _phrase(row, articles: pd.DataFrame) -> str:
    """The amount with the words up to what it counts, as the article has them."""
    text = articles.loc[articles.article == row.article, "text"].iloc[0][row.start : row.end + 80]
    counted = text.casefold().find(row.label, row.end - row.start)
    return " ".join(text[: counted + len(row.label)].split()) if counted > 0 else row.text


def _compatible(own: pd.DataFrame) -> str:
    """Do the amounts of one thing leave a number on which all agree?"""
    said = []
    for thing, group in own.groupby("label"):
        if len(group) > 1 and group.low.max() > group.high.min():
            said.append(f" The numbers of {thing} cannot all be right.")
        elif len(group) > 1:
            said.append(f" The numbers of {thing} can all be right.")
    return "".join(said)


def _voice(row, quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    around = quotes[(quotes.article == row.article) & (quotes.start <= row.start) & (quotes.end >= row.end)]
    outlet = articles.loc[articles.article == row.article, "outlet"].iloc[0] or _name(articles, row.article)
    if around.empty:
        return f"{outlet} in its own words"
    quote = around.iloc[-1]
    if quote.label:
        return f"{quote.label}, {outlet}" if quote.label != outlet else outlet
    return f"{quote.source_type or 'speaker'} without a name, {outlet}"


def _speakers(tables: dict) -> list[tuple]:
    quotes = tables["quotes"]
    quotes = quotes[counts(quotes)]
    if quotes.empty:
        return [_row("Nobody is quoted.", "quotes", quotes.index)]
    named = quotes[quotes.label != ""]
    words = count_words(named, by=["label"]).set_index("label").words
    order = sorted(words.index, key=lambda actor: (-words[actor], actor))[:MOST]
    rows = []
    if order:
        said = [f"{actor} ({several(int(words[actor]), 'word')})" for actor in order]
        rows.append(_row(f"Most is heard from {_listed(said)}.", "quotes", named[named.label.isin(order)].index))
    hidden = quotes[quotes.anonymous]
    kinds = hidden.source_type.replace("", "unknown").value_counts()
    kinds = ", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds.index, key=lambda k: (-kinds[k], k)))
    rows.append(
        _row(
            f"Speakers without a name: {len(hidden):,} of {several(len(quotes), 'statement')}"
            f"{f' ({kinds})' if kinds else ''}.",
            "quotes",
            hidden.index,
        )
    )
    return rows


def _dates(tables: dict) -> list[tuple]:
    placed, bounds = tables["placed"], tables["bounds"]
    rows = []
    for row in placed[placed.label == "article"].head(30).itertuples():
        name = _name(tables["articles"], row.article)
        numbers = [int(n) for n in f"{row.because} {row.likely_because}".split()]
        days = _between(row.likely_earliest, row.likely_latest)
        why = "; ".join(dict.fromkeys(bounds.rule[numbers]))
        known = row.earliest == row.latest
        sure = "was published" if known else "was likely written"
        if days:
            rows.append(_row(f"{name} {sure} {days} ({why}).", "bounds", numbers))
    return rows or [_row("No article could be dated.", "placed", placed.index[:0])]


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
    repeats, articles, passages = tables["repeats"], tables["articles"], tables["passages"]
    story, rows = passages[passages.label.isin(STORY)], []
    for relation, said, counted in KINDS_OF_COPY:
        kind = repeats[repeats.relation == relation]
        pairs = count_shared(kind, articles).sort_values("words", ascending=False, kind="stable")
        for pair in pairs.head(MOST).itertuples():
            own = kind[kind.article == pair.article_b]
            own = own if relation == "within" else own[own.like_article == pair.article_a]
            where = counted if (share_in(own, story) > 0).any() else ", outside the story"
            first, again = _name(articles, pair.article_a), _name(articles, pair.article_b)
            alike = pair.share >= NEARLY and pair.article_a != pair.article_b
            told = "{again} is nearly the same article as {first}: it shares {words} with it" if alike else said
            sentence = told.format(first=first, again=again, words=several(pair.words, "word"))
            rows.append(_row(f"{sentence}{where}.", "repeats", own.index))
        if len(pairs) > MOST:
            rest = kind[kind.article.isin(pairs.article_b[MOST:])]
            rows.append(
                _row(f"There are {len(pairs) - MOST:,} more like that, none with more words.", "repeats", rest.index)
            )
    return rows or [_row("No passage stands twice.", "repeats", repeats.index)]


def _unknown(tables: dict) -> list[tuple]:
    articles, placed, quotes = tables["articles"], tables["placed"], tables["quotes"]
    problems = articles[articles.problem != ""]
    rows = [
        _row(f"{row.article} could not be used: {row.problem}.", "articles", [row.Index])
        for row in problems.head(10).itertuples()
    ]
    if len(problems) > 10:
        rows.append(_row(f"{len(problems) - 10:,} more files could not be used.", "articles", problems.index))
    open_ = placed[(placed.label == "article") & placed.likely_earliest.isna() & placed.likely_latest.isna()]
    open_ = open_[open_.article.isin(articles.article[articles.problem == ""])]
    if len(open_):
        names = _listed([_name(articles, article) for article in open_.article.head(MOST)])
        more = f" and {len(open_) - MOST} more" if len(open_) > MOST else ""
        rows.append(_row(f"When {names}{more} was written is not known.", "placed", open_.index))
    events = placed[(placed.label == "event") & placed.likely_earliest.isna() & placed.likely_latest.isna()]
    events = events[counts(mark_repeats(events, tables["repeats"]))]
    if len(events):
        rows.append(_row(f"{several(len(events), 'event mention')} cannot be dated.", "placed", events.index))
    silent = quotes[counts(quotes) & (quotes.label == "") & ~quotes.anonymous]
    if len(silent):
        rows.append(
            _row(f"{several(len(silent), 'quotation')} have no speaker that was found.", "quotes", silent.index)
        )
    return rows
