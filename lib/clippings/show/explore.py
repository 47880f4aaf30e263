"""Views for JupyterLab: thin skins over the other verbs; what the analyst decides in them is saved in the codebook."""

from functools import lru_cache
from html import escape

import ipywidgets as W
import pandas as pd

import clippings.show.widgets as v
from clippings.actors.aliases import merge_actors, propose_aliases
from clippings.actors.counts import count_cooccurrence
from clippings.actors.mentions import find_mentions
from clippings.core.tables import cited
from clippings.core.wording import several, short
from clippings.corpus.counts import find_phrases
from clippings.corpus.verdicts import record_verdict
from clippings.repeats.copies import is_counted
from clippings.show.alignment import show_alignment
from clippings.show.article_page import show_article
from clippings.show.evidence import quoted_rows, show_evidence, show_reasons
from clippings.show.figure import LINK, inline_svg, picture
from clippings.show.network import chart_network
from clippings.themes.coding import find_themes, try_term


def explore_concordance(passages: pd.DataFrame, articles: pd.DataFrame) -> v.View:
    """Words in context and the pages they stand in; without words, a page with its zones.

    In: passages; articles. Out: a view: words (a regular expression), order, characters on either side, article.
    Raises: nothing; a pattern that cannot be read is said in the view. Misses: lines beyond 200. Source: KWIC.
    Example:
        >>> from clippings.corpus.reader import read_articles
        >>> from clippings.corpus.zones import find_passages
        >>> articles = read_articles("tests/corpora/flood")
        >>> explore_concordance(find_passages(articles), articles)
        cl.show_article(articles, '01_river_rises.txt', passages)
    """
    phrases = lru_cache(1)(lambda query: find_phrases(passages, query))

    def show(query, sort, width, article):
        if not query:
            first = articles.article.iloc[0] if article == v.ALL else article
            page = v.paged(show_article(articles, first, passages).html, articles)
            return page, f"cl.show_article(articles, {first!r}, passages)"
        rows, code = v.where(phrases(query), "phrases", ("article", "==", article))
        html = show_evidence(rows, articles, n=200, sort=sort, width=width).html
        call = f"cl.show_evidence({code}, articles, n=200, sort={sort!r}, width={width})"
        return v.paged(
            html, articles, rows
        ), f"phrases = cl.find_phrases(passages, {query!r})\n{call}"

    orders = [("as they stand", None), ("words after", "right"), ("words before", "left")]
    controls = {"query": v.text("words (regular expression)"), "sort": v.choice("order by", orders)}
    controls |= {"width": v.slider("context (characters)", 60, 20, 200, 10)}
    return v.view(show, controls | {"article": v.choice("article", v.titles(articles))})


def explore_repeats(repeats: pd.DataFrame, articles: pd.DataFrame) -> v.View:
    """Copies beside their first telling, by group and threshold.

    In: repeats; articles. Out: a view: group, fewest words, least similarity. Raises: nothing.
    Misses: copies beyond 20; thresholds below those of find_repeats. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> explore_repeats(make_table("repeats"), make_table("articles"))
        cl.show_alignment(repeats[(repeats.words >= 0) & (repeats.similarity >= 0.0)], articles, n=20)
    """
    copies = repeats[repeats.relation != "first"]

    def show(group, words, similarity):
        conditions = (
            ("label", "==", group),
            ("words", ">=", words),
            ("similarity", ">=", similarity),
        )
        rows, code = v.where(copies, "repeats", *conditions)
        firsts = repeats[(repeats.relation == "first") & repeats.label.isin(rows.label[:20])]
        html = show_alignment(rows, articles, n=20).html
        return v.paged(
            html, articles, pd.concat([rows[:20], firsts])
        ), f"cl.show_alignment({code}, articles, n=20)"

    least, most = (int(copies.words.min()), int(copies.words.max())) if len(copies) else (0, 0)
    controls = {"group": v.choice("group (copies)", [v.EVERY, *v.counted(copies.label)])}
    controls |= {"words": v.slider("fewest words", least, least, most)}
    return v.view(
        show,
        controls
        | {"similarity": v.slider("least similarity (share of words)", 0.0, 0.0, 1.0, 0.05)},
    )


def explore_themes(
    themes: pd.DataFrame, story: pd.DataFrame, articles: pd.DataFrame, folder
) -> v.View:
    """Theme × article → passages in their pages; a row of the codebook edited, seen re-coded, saved on demand.

    In: themes that count; story passages; articles; folder, whose codebook/themes.csv is read and saved.
    Out: a view: theme, article, row of the codebook, its term. Raises: nothing; what cannot be saved is said.
    Misses: passages beyond 50; an edited row is tried alone, copies included. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> explore_themes(make_table("themes"), make_table("passages"), make_table("articles"), "no such folder")
        cl.show_evidence(themes, articles, n=50)
    """
    book, term = v.Book(folder, "themes"), v.text("its term (words)")

    @lru_cache(2)  # as saved and as tried
    def coded(row, words):
        return find_themes(story, try_term(book.table, row, words))

    def show(theme, article, row, words):
        if row != book.chosen:  # another row: its own term first
            book.chosen, words = row, book.table.term[row] if row >= 0 else ""
            term.value = words
        if row < 0:
            rows, code = v.where(
                themes, "themes", ("label", "==", theme), ("article", "==", article)
            )
            return v.listed(rows, articles, code, "sentence")
        before = several(len(coded(row, book.table.term[row])), "sentence")
        saved = f"<p>As it was saved, this row finds {before}, copies included; now:</p>"
        code = f'cl.find_themes(story, cl.try_term(cl.read_codebook(CORPUS)["themes"], {row}, {words!r}))'
        return v.listed(coded(row, words), articles, code, "sentence", saved)

    def save(theme, article, row, words):
        if row < 0:
            return "Nothing to save: choose a row of the codebook first."
        return book.save(
            book.table.assign(term=book.table.term.mask(book.table.index == row, words))
        )

    rows = [
        (f"{row.theme}, {row.side}: {short(row.term, 50)}", row.Index)
        for row in book.table.itertuples()
    ]
    controls = {"theme": v.choice("theme (sentences)", [v.EVERY, *v.counted(themes.label)])}
    controls |= {"article": v.choice("article", v.titles(articles))}
    controls |= {"row": v.choice("row of the codebook", [v.NONE, *rows]), "words": term}
    return v.view(show, controls, {"Save this row": save})


def explore_actors(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    story: pd.DataFrame,
    articles: pd.DataFrame,
    folder,
) -> v.View:
    """Who is named and who speaks; mentions, speakers and proposed merges accepted or refused.

    In: mentions; quotes; story passages, to find the names again after a merge; articles; folder, whose
    codebook/actors.csv and verdicts.csv are read and saved. Out: a view: letters of the name, named or speaking,
    actor, one of the rows, a proposed merge; buttons. Raises: nothing; what cannot be saved is said.
    Misses: passages beyond 50; actors, rows and merges beyond the first 300 (write letters of the name). Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> names = ("mentions", "quotes", "passages", "articles")
        >>> explore_actors(*(make_table(name) for name in names), "no such folder")
        counted = cl.drop_duplicates(mentions)
        cl.show_evidence(counted[counted.label.isin([-1])], articles, n=50)
    """
    found = {"mentions": mentions, "quotes": quotes}
    verdicts, actor, one = (
        v.Book(folder, "verdicts"),
        v.choice("actor (rows)", []),
        v.choice("one row", []),
    )
    pairs, merging = _merging(found, story, v.Book(folder, "actors"), verdicts)

    def show(part, table, label, row, pair):
        rows = found[table][is_counted(found[table])]
        has_part = rows.label.str.contains(part, case=False, regex=False)
        label = v.offer(actor, v.counted(rows.label[has_part]) or [v.NONE])
        chosen = [label] if pair == v.NONE[1] else list(pair)
        rows = rows[rows.label.isin(chosen)]
        v.offer(one, v.places(rows))
        html, call = v.listed(
            rows, articles, f"counted[counted.label.isin({chosen!r})]", table[:-1]
        )
        return html, f"counted = cl.drop_duplicates({table})\n{call}"

    tables = v.choice("as", [("named (mentions)", "mentions"), ("speaking (statements)", "quotes")])
    controls = {
        "part": v.text("name contains (letters)"),
        "table": tables,
        "label": actor,
        "row": one,
        "pair": pairs,
    }
    buttons = {
        "Accept the row": _decided(found, verdicts, "yes"),
        "Refuse the row": _decided(found, verdicts, "no"),
    }
    return v.view(show, controls, buttons | merging)


def _merging(
    found: dict[str, pd.DataFrame], story: pd.DataFrame, actors: v.Book, verdicts: v.Book
) -> tuple:
    """The choice among proposed merges, and the actions that accept and refuse one."""
    pairs = v.choice("proposed merge", [])

    def propose():  # once, and after each decision: on many articles it takes its time
        proposed = propose_aliases(found["mentions"], verdicts.table).itertuples()
        options = [
            (f"{p.actor_a} = {p.actor_b} ({p.reason})", (p.actor_a, p.actor_b)) for p in proposed
        ]
        return v.offer(pairs, [v.NONE, *options])

    def merge(pair, **_):
        if pair == v.NONE[1]:
            return "Nothing to merge: choose a proposed merge first."
        said = actors.save(merge_actors(actors.table, found["mentions"], *pair))
        kept = _merged(found, story, actors.table, pair)
        propose()
        mentions = (is_counted(found["mentions"]) & (found["mentions"].label == kept)).sum()
        return f"{said}{pair[0]} and {pair[1]} are {kept}, {mentions} mentions."

    def refuse(pair, **_):
        if pair == v.NONE[1]:
            return "Nothing to refuse: choose a proposed merge first."
        first = found["mentions"][found["mentions"].label == pair[0]].iloc[0]
        said = verdicts.save(
            record_verdict(verdicts.table, "mentions", first, "not same", label=pair[1])
        )
        propose()
        return f"{said}{pair[0]} and {pair[1]} are not the same."

    propose()
    return pairs, {"Merge the two": merge, "They are not the same": refuse}


def _merged(
    found: dict[str, pd.DataFrame], story: pd.DataFrame, actors: pd.DataFrame, pair: tuple
) -> str:
    """Mentions found again, and speakers renamed, after two actors became one; the name of that one."""
    kept, place = (
        next(name for name in pair if name in set(actors.actor)),
        ["article", "start", "end"],
    )
    marks = (
        found["mentions"]
        .drop_duplicates(place)
        .reindex(columns=[*place, "duplicate_status", "verdict"])
    )
    again = find_mentions(story, actors).merge(marks, how="left", on=place)
    found["mentions"] = again.fillna({"duplicate_status": "first", "verdict": ""})
    found["quotes"] = found["quotes"].assign(
        label=found["quotes"].label.replace(dict.fromkeys(pair, kept))
    )
    return kept


def _decided(found: dict[str, pd.DataFrame], verdicts: v.Book, verdict: str):
    """An action that saves a decision about the chosen row of one of the tables, and marks it there."""

    def action(row, table="claims", **_):
        if row < 0:
            return "Nothing to decide: choose one of the rows first."
        rows = found[table].assign(verdict=found[table].get("verdict", ""))
        found[table] = rows.assign(verdict=rows.verdict.mask(rows.index == row, verdict))
        said = verdicts.save(record_verdict(verdicts.table, table, rows.loc[row], verdict))
        return f"{said}{short(rows.text[row])}: {verdict}."

    return action


def explore_network(
    mentions: pd.DataFrame, quotes: pd.DataFrame, story: pd.DataFrame, articles: pd.DataFrame
) -> v.View:
    """Who is named with whom, from a threshold on; a pair's mentions and statements.

    In: mentions and quotes that count; story passages; articles. Out: a view: fewest sentences, pair.
    Raises: nothing. Misses: passages beyond 50, pairs beyond the 300 most frequent; both named in one paragraph, not in
    one sentence, is shown too.
    Source: co-occurrence.
    Example:
        >>> from clippings.core.tables import make_table
        >>> explore_network(*(make_table(name) for name in ("mentions", "quotes", "passages", "articles")))
        cl.chart_network(together[together['count'] >= 1])
    """
    together, pairs = count_cooccurrence(mentions, story), v.choice("pair (sentences)", [])

    def show(fewest, pair):
        kept = together[together["count"] >= fewest]
        named = kept.head(v.MOST_OPTIONS).itertuples(index=False)
        pair = v.offer(
            pairs, [v.NONE, *((f"{a} – {b} ({count})", (a, b)) for a, b, count in named)]
        )
        if pair == v.NONE[1]:
            figure = chart_network(kept)
            svg = LINK.sub("<a", picture(figure, "svg").decode())  # the choice of a pair leads on
            svg = inline_svg(svg, f"v{next(v.NUMBERS)}-", figure.get_label())
            call = f"cl.chart_network(together[together['count'] >= {fewest}])"
            return f'<div style="max-width:50em">{svg}</div>', call
        own = (
            mentions[mentions.label.isin(pair)]
            .reset_index()
            .merge(story, on="article", suffixes=("", "_of"))
        )
        own = own[(own.start_of <= own.start) & (own.start < own.end_of)]
        both = own.groupby(["article", "start_of"]).label.transform("nunique") == 2
        tables = mentions.loc[own["index"][both]], quotes[quotes.label.isin(pair)]
        calls = [
            f"cl.show_evidence({t}[{t}.label.isin({list(pair)})], articles, n=50)"
            for t in ("named", "voices")
        ]
        html = "".join(show_evidence(table, articles, n=50).html for table in tables)
        return v.paged(html, articles, *tables), "\n".join(calls)

    most = int(together["count"].max()) if len(together) else 1
    return v.view(
        show, {"fewest": v.slider("named together at least (sentences)", 1, 1, most), "pair": pairs}
    )


def explore_timeline(
    dates: pd.DataFrame, constraints: pd.DataFrame, events: pd.DataFrame, articles: pd.DataFrame
) -> v.View:
    """What lies in a range of days, and the chain of reasons for each.

    In: dates; constraints that it cites; events, for their kinds; articles. Out: a view: kind, months, what is likely or
    what must hold. Raises: nothing. Misses: subjects beyond 30; in a range, what is open at an end. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> tables = [make_table(name) for name in ("dates", "constraints", "events", "articles")]
        >>> explore_timeline(*tables)
        dated = dates
        cl.show_reasons(dated, constraints, articles)
    """
    place, kinds = ["article", "start", "end"], set(events.label)
    days = pd.concat([dates.likely_earliest, dates.likely_latest]).dropna()
    first, last = (days.min(), days.max()) if len(days) else (pd.Timestamp("2000-01-01"),) * 2
    months = pd.period_range(first, last, freq="M").astype("str").to_list()

    def show(kind, between, sure):
        start, end = between[0] + "-01", str(pd.Period(between[1]).end_time.date())
        days = (
            [("latest", ">=", start), ("earliest", "<=", end)]
            if between != (months[0], months[-1])
            else []
        )
        rows, code = v.where(dates, "dates", ("label", "==", kind))
        if kind in kinds:
            rows = dates.merge(events.loc[events.label == kind, place].drop_duplicates())
            code = f"dates.merge(events.loc[events.label == {kind!r}, {place}].drop_duplicates())"
        rows, taken = v.where(
            rows, "dated", *((sure + column, sign, day) for column, sign, day in days)
        )
        numbers = [
            n
            for row in rows[:30].itertuples()
            for n in cited(f"{row.because} {row.likely_because}")
        ]
        why = quoted_rows(constraints.loc[list(dict.fromkeys(numbers))])
        said = f"<p>{several(len(rows), 'subject')}</p><p>{between[0]} to {between[1]}</p>"
        html = f"{said}{show_reasons(rows, constraints, articles).html}"
        return v.paged(
            html, articles, rows[:30], why
        ), f"dated = {code}\ncl.show_reasons({taken}, constraints, articles)"

    ends = (0, len(months) - 1)
    between = W.SelectionRangeSlider(
        options=months, index=ends, description="days between (months)", **v.WIDE
    )
    between.readout = False  # it would be cut off

    sure = v.choice("days by", [("what is likely", "likely_"), ("what must hold", "")])
    kind = v.choice("kind (subjects)", [*v.counted(dates.label), *v.counted(events.label), v.EVERY])
    return v.view(show, {"kind": kind, "between": between, "sure": sure})


def explore_claims(claims: pd.DataFrame, articles: pd.DataFrame, folder) -> v.View:
    """Mentions taken for one event, with the reasons; accepted or refused.

    In: claims; articles; folder, whose codebook/verdicts.csv is read and saved. Out: a view: claim, one of its linked
    mentions; buttons. Raises: nothing; what cannot be saved is said. Misses: passages beyond 50. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> explore_claims(make_table("claims"), make_table("articles"), "no such folder")
        cl.show_evidence(claims[(claims.label == -1)], articles, n=50)
    """
    verdicts, found, one = (
        v.Book(folder, "verdicts"),
        {"claims": claims},
        v.choice("one mention", []),
    )

    def show(claim, row):
        rows, code = v.where(found["claims"], "claims", ("label", "==", claim))
        linked = rows[rows.match_start.notna()]
        row = v.offer(one, v.places(linked))
        told = linked[(linked.index == row) | (row < 0)].itertuples()
        why = [
            f"{short(r.text)}: {r.status}; {r.reasons}; against: {r.against or 'nothing'}"
            for r in told
        ]
        items = "".join(f"<li>{escape(words)}</li>" for words in why[:50])
        return v.listed(rows, articles, code, "mention", f"<ul>{items}</ul>")

    same, apart = (_decided(found, verdicts, verdict) for verdict in ("same", "not same"))
    controls = {"claim": v.choice("claim (mentions)", v.counted(claims.label)), "row": one}
    return v.view(show, controls, {"The same event": same, "Not the same": apart})
