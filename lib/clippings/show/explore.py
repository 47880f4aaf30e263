"""Interactive views for JupyterLab, which save the analyst's decisions in the codebook."""

from collections.abc import Callable
from functools import lru_cache
from os import PathLike

import pandas as pd
from markupsafe import Markup

from clippings.actors.aliases import merge_actors, propose_aliases
from clippings.actors.counts import count_cooccurrence
from clippings.actors.identities import apply_links, link_actors
from clippings.actors.mentions import find_mentions
from clippings.actors.wording import describe_alias_reason
from clippings.core.tables import cited
from clippings.core.wording import count_noun, shorten
from clippings.corpus.counts import find_phrases
from clippings.corpus.verdicts import record_verdict
from clippings.repeats.copies import is_counted
from clippings.show import wording
from clippings.show.alignment import show_alignment
from clippings.show.article_page import show_article
from clippings.show.evidence import quoted_rows, show_evidence, show_reasons
from clippings.show.figure import SVG_LINK, draw_picture, inline_svg
from clippings.show.html import render
from clippings.show.network import chart_network
from clippings.show.widgets import (
    ALL_OPTION,
    MAX_OPTIONS,
    MAX_PASSAGES,
    NO_OPTION,
    VIEW_NUMBERS,
    CodebookTable,
    Condition,
    Content,
    Option,
    Selection,
    Special,
    View,
    article_options,
    evidence_with_pages,
    label_options,
    make_choice,
    make_month_slider,
    make_slider,
    make_suggestions,
    make_text,
    months_between,
    offer_options,
    row_options,
    select_rows,
    with_pages,
)
from clippings.themes.coding import find_themes, try_term

MAX_LINES = 200  # of a concordance
MAX_PAIRS = 20  # of copies side by side
MAX_DATED_ROWS = 30  # with their reasons

Pair = tuple[str, str]  # two actors


def explore_concordance(passages: pd.DataFrame, articles: pd.DataFrame) -> View:
    """Search for words in context, and show the pages that contain them.

    Parameters
    ----------
    passages : pandas.DataFrame
        The table `passages`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    View
        Controls: words (a regular expression), order, characters of context, article. If no words
        are entered, the view shows the page of an article with its zones.

    Notes
    -----
    At most 200 lines are shown.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> cl.explore_concordance(cl.find_passages(articles), articles)
    cl.show_article(articles, '01_river_rises.txt', passages)
    """

    @lru_cache(maxsize=1)  # order and width change more often than the words
    def find_query(query: str) -> pd.DataFrame:
        return find_phrases(passages, query)

    def show(query: str, sort: str | None, width: int, article: str | Special) -> Content:
        if not query:
            chosen = articles.article.iloc[0] if article is Special.ALL else article
            page = show_article(articles, chosen, passages)
            code = f"cl.show_article(articles, {chosen!r}, passages)"
            return Content(with_pages(page, articles), code)

        by_article = Condition("article", "==", article)
        rows, selection = select_rows(find_query(query), "phrases", by_article)
        evidence = show_evidence(rows, articles, n=MAX_LINES, sort=sort, width=width)
        code = (
            f"phrases = cl.find_phrases(passages, {query!r})\n"
            f"cl.show_evidence({selection}, articles, n={MAX_LINES}, sort={sort!r}, width={width})"
        )
        return Content(with_pages(evidence, articles, rows), code)

    orders = [Option(words, order) for order, words in wording.SORT_OPTIONS.items()]
    controls = {
        "query": make_text(wording.QUERY_CONTROL),
        "sort": make_choice(wording.SORT_CONTROL, orders),
        "width": make_slider(wording.CONTEXT_CONTROL, 60, 20, 200, 10),
        "article": make_choice(wording.ARTICLE_CONTROL, article_options(articles)),
    }
    return View(show, controls)


def explore_repeats(repeats: pd.DataFrame, articles: pd.DataFrame) -> View:
    """Explore copies next to their first occurrence, by group and threshold.

    Parameters
    ----------
    repeats : pandas.DataFrame
        The table `repeats`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    View
        Controls: group of copies, minimum number of words, minimum similarity.

    Notes
    -----
    At most 20 copies are shown. Thresholds can only be stricter than those used in `find_repeats`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> cl.explore_repeats(repeats, articles)
    cl.show_alignment(repeats[(repeats.words >= 8) & (repeats.similarity >= 0.0)], articles, n=20)
    """
    copies = repeats[repeats.relation != "first"]
    firsts = repeats[repeats.relation == "first"]

    def show(group: str | Special, words: int, similarity: float) -> Content:
        rows, selection = select_rows(
            copies,
            "repeats",
            Condition("label", "==", group),
            Condition("words", ">=", words),
            Condition("similarity", ">=", similarity),
        )
        shown = rows[:MAX_PAIRS]
        marked = pd.concat([shown, firsts[firsts.label.isin(shown.label)]])
        pairs = show_alignment(rows, articles, n=MAX_PAIRS)
        code = f"cl.show_alignment({selection}, articles, n={MAX_PAIRS})"
        return Content(with_pages(pairs, articles, marked), code)

    fewest = 0 if copies.empty else int(copies.words.min())
    most = 0 if copies.empty else int(copies.words.max())
    groups = [ALL_OPTION, *label_options(copies.label)]
    controls = {
        "group": make_choice(wording.GROUP_CONTROL, groups),
        "words": make_slider(wording.MIN_WORDS_CONTROL, fewest, fewest, most),
        "similarity": make_slider(wording.MIN_SIMILARITY_CONTROL, 0.0, 0.0, 1.0, 0.05),
    }
    return View(show, controls)


def explore_themes(
    themes: pd.DataFrame, story: pd.DataFrame, articles: pd.DataFrame, folder: str | PathLike
) -> View:
    """Read the sentences of a theme; edit a row of the codebook, view its results, and save it.

    Parameters
    ----------
    themes : pandas.DataFrame
        The table `themes`, without duplicates.
    story : pandas.DataFrame
        The passages that belong to the article text.
    articles : pandas.DataFrame
        The articles.
    folder : str or path
        Their folder, whose codebook/themes.csv is read and saved.

    Returns
    -------
    View
        Controls: theme, article, row of the codebook, its term; a button that saves the row. The
        view shows errors in saving.

    Notes
    -----
    At most 50 passages are shown. An edited row is tested separately and includes duplicates.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> themes = cl.drop_duplicates(tables["themes"])
    >>> cl.explore_themes(themes, tables["passages"], articles, "a folder without a codebook")
    cl.show_evidence(themes, articles, n=50)
    """
    view = _ThemesView(themes, story, articles, CodebookTable(folder, "themes"))
    themes_of_corpus = [ALL_OPTION, *label_options(themes.label)]
    controls = {
        "theme": make_choice(wording.THEME_CONTROL, themes_of_corpus),
        "article": make_choice(wording.ARTICLE_CONTROL, article_options(articles)),
        "row": make_choice(wording.CODEBOOK_ROW_CONTROL, view.row_options()),
        "term": view.term_control,
    }
    return View(view.show, controls, {wording.SAVE_ROW_BUTTON: view.save})


class _ThemesView:
    """The themes, and a row of the codebook that is being edited."""

    def __init__(
        self,
        themes: pd.DataFrame,
        story: pd.DataFrame,
        articles: pd.DataFrame,
        codebook: CodebookTable,
    ):
        self.themes = themes
        self.story = story
        self.articles = articles
        self.codebook = codebook
        self.chosen_row: int | Special = Special.NONE
        self.term_control = make_text(wording.TERM_CONTROL)
        self.find_with_term = lru_cache(maxsize=2)(self._find_with_term)  # as saved and as edited

    def row_options(self) -> list[Option]:
        """Return the rows of the codebook as options."""
        options = [NO_OPTION]
        for row in self.codebook.table.itertuples():
            words = wording.CODEBOOK_ROW_OPTION.format(
                theme=row.theme, side=row.side, term=shorten(row.term, 50)
            )
            options.append(Option(words, row.Index))
        return options

    def show(
        self, theme: str | Special, article: str | Special, row: int | Special, term: str
    ) -> Content:
        """Return the sentences of a theme, or those that a row of the codebook finds."""
        if row != self.chosen_row:  # another row is first shown with its own term
            self.chosen_row = row
            term = "" if row is Special.NONE else self.codebook.table.term[row]
            self.term_control.value = term
        if row is Special.NONE:
            rows, selection = select_rows(
                self.themes,
                "themes",
                Condition("label", "==", theme),
                Condition("article", "==", article),
            )
            return evidence_with_pages(rows, self.articles, selection, "sentence")

        saved = self.find_with_term(row, self.codebook.table.term[row])
        note = wording.TERM_AS_SAVED.format(sentences=count_noun(len(saved), "sentence"))
        above = render("message", role="note", text=note)
        rows = self.find_with_term(row, term)
        tried = f'cl.try_term(cl.read_codebook(CORPUS)["themes"], {row}, {term!r})'
        code = f"cl.find_themes(story, {tried})"
        return evidence_with_pages(rows, self.articles, code, "sentence", above)

    def _find_with_term(self, row: int, term: str) -> pd.DataFrame:
        """Describe the sentences that a codebook row finds with a term."""
        return find_themes(self.story, try_term(self.codebook.table, row, term))

    def save(self, row: int | Special, term: str, **_others) -> str:
        """Save the row that is being edited."""
        if row is Special.NONE:
            return wording.NO_CODEBOOK_ROW
        table = self.codebook.table
        return self.codebook.save(table.assign(term=table.term.mask(table.index == row, term)))


class _Decisions:
    """Tables whose rows the analyst accepts or rejects, with the verdicts of the codebook."""

    def __init__(self, tables: dict[str, pd.DataFrame], folder: str | PathLike):
        self.tables = tables
        self.verdicts = CodebookTable(folder, "verdicts")

    def decide(self, table: str, row: int | Special, verdict: str) -> str:
        """Save a verdict about a row, and mark the row."""
        if row is Special.NONE:
            return wording.NO_ROW
        rows = self.tables[table]
        saved = self.verdicts.save(
            record_verdict(self.verdicts.table, table, rows.loc[row], verdict)
        )
        verdicts = rows["verdict"] if "verdict" in rows.columns else pd.Series("", rows.index)
        self.tables[table] = rows.assign(verdict=verdicts.mask(rows.index == row, verdict))
        decided = wording.ROW_DECIDED.format(words=shorten(rows.text[row]), verdict=verdict)
        return f"{saved} {decided}"


def explore_actors(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    story: pd.DataFrame,
    articles: pd.DataFrame,
    folder: str | PathLike,
) -> View:
    """Explore who is named and who speaks; accept or reject mentions, speakers and proposed merges.

    Parameters
    ----------
    mentions, quotes : pandas.DataFrame
        The tables of these names.
    story : pandas.DataFrame
        The passages that belong to the article text; they are searched for names again after a
        merge.
    articles : pandas.DataFrame
        The articles.
    folder : str or path
        Their folder, whose codebook/actors.csv and codebook/verdicts.csv are read and saved.

    Returns
    -------
    View
        Controls: part of a name, named or quoted, actor, row, proposed merge, another name to merge
        the actor with; buttons that accept or reject. The counts in the view follow the decisions.
        The view shows errors in saving.

    Notes
    -----
    At most 50 passages are shown, and at most 300 actors, rows and merges are offered; enter part
    of a name to see others.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> mentions, quotes, story = tables["mentions"], tables["quotes"], tables["passages"]
    >>> cl.explore_actors(mentions, quotes, story, articles, "a folder without a codebook")
    counted = cl.drop_duplicates(mentions)
    cl.show_evidence(counted[counted.label.isin(['Ostrand'])], articles, n=50)
    """
    view = _ActorsView(mentions, quotes, story, articles, folder)
    roles = [Option(words, table) for table, words in wording.ROLE_OPTIONS.items()]
    controls = {
        "letters": make_text(wording.NAME_CONTROL),
        "table": make_choice(wording.ROLE_CONTROL, roles),
        "actor": view.actor_control,
        "row": view.row_control,
        "pair": view.pair_control,
        "other": view.other_control,
    }
    buttons = {
        wording.ACCEPT_ROW_BUTTON: view.accept_row,
        wording.REJECT_ROW_BUTTON: view.reject_row,
        wording.MERGE_BUTTON: view.merge,
        wording.NOT_SAME_ACTOR_BUTTON: view.reject_merge,
    }
    return View(view.show, controls, buttons)


class _ActorsView:
    """The mentions and quotations after the analyst's decisions."""

    def __init__(
        self,
        mentions: pd.DataFrame,
        quotes: pd.DataFrame,
        story: pd.DataFrame,
        articles: pd.DataFrame,
        folder: str | PathLike,
    ):
        self.tables = {"mentions": mentions, "quotes": quotes}
        self.story = story
        self.articles = articles
        self.decisions = _Decisions(self.tables, folder)
        self.actors = CodebookTable(folder, "actors")
        self.actor_control = make_choice(wording.ACTOR_CONTROL, [])
        self.row_control = make_choice(wording.ROW_CONTROL, [])
        self.pair_control = make_choice(wording.MERGE_CONTROL, [])
        self.other_control = make_suggestions(wording.MERGE_WITH_CONTROL, [])
        self._offer_merges()

    def show(
        self,
        letters: str,
        table: str,
        actor: str | Special,
        row: int | Special,
        pair: Pair | Special,
        other: str,
    ) -> Content:
        """Return the rows of an actor, or of the two actors that may be merged."""
        rows = self.tables[table]
        rows = rows[is_counted(rows)]
        self.other_control.options = rows.label.value_counts().index[:MAX_OPTIONS].to_list()
        has_letters = rows.label.str.contains(letters, case=False, regex=False)
        actor = offer_options(self.actor_control, label_options(rows.label[has_letters]))
        if pair is not Special.NONE:
            labels = list(pair)
        elif actor is not Special.NONE:
            labels = [actor, other] if other else [actor]
        else:
            labels = []
        rows = rows[rows.label.isin(labels)]
        offer_options(self.row_control, row_options(rows))

        nouns = {"mentions": "mention", "quotes": "quote"}
        selection = f"counted[counted.label.isin({labels!r})]"
        content = evidence_with_pages(rows, self.articles, selection, nouns[table])
        code = f"counted = cl.drop_duplicates({table})\n{content.code}"
        return content._replace(code=code)

    def accept_row(self, table: str, row: int | Special, **_others) -> str:
        """Save that a row is correct."""
        return self.decisions.decide(table, row, "yes")

    def reject_row(self, table: str, row: int | Special, **_others) -> str:
        """Save that a row is wrong."""
        return self.decisions.decide(table, row, "no")

    def merge(self, pair: Pair | Special, actor: str | Special, other: str, **_others) -> str:
        """Save that two actors are the same, and count them as one from now on."""
        if pair is Special.NONE and (actor is Special.NONE or not other):
            return wording.NO_MERGE
        if pair is Special.NONE:
            if other == actor or other not in set(self.tables["mentions"].label):
                return wording.NOT_ANOTHER_NAME.format(name=other)
            pair = (actor, other)
        first, second = pair
        merged_actors = merge_actors(self.actors.table, self.tables["mentions"], first, second)
        saved = self.actors.save(merged_actors)
        common_name = self._rename_merged(pair)
        self._offer_merges()
        self.other_control.value = ""
        mentions = self.tables["mentions"]
        number = int((is_counted(mentions) & (mentions.label == common_name)).sum())
        merged = wording.MERGED.fill(number, first=first, second=second, actor=common_name)
        return f"{saved} {merged}"

    def _rename_merged(self, pair: Pair) -> str:
        """Find mentions again, rename speakers, and return the common name of both actors."""
        known_actors = set(self.actors.table.actor)
        actor = next(name for name in pair if name in known_actors)

        # Unchanged rows keep their duplicate status and verdict.
        place = ["article", "start", "end"]
        marks = self.tables["mentions"].drop_duplicates(place)
        marks = marks.reindex(columns=[*place, "duplicate_status", "verdict"])
        mentions = find_mentions(self.story, self.actors.table)
        links = link_actors(mentions, self.articles, self.decisions.verdicts.table)
        mentions = apply_links(mentions, links).merge(marks, how="left", on=place)
        new_place = {"duplicate_status": "first", "verdict": ""}
        self.tables["mentions"] = mentions.fillna(new_place)

        quotes = self.tables["quotes"]
        speakers = quotes.label.replace(dict.fromkeys(pair, actor))
        self.tables["quotes"] = quotes.assign(label=speakers)
        return actor

    def reject_merge(self, pair: Pair | Special, **_others) -> str:
        """Save that two actors are not the same."""
        if pair is Special.NONE:
            return wording.NO_MERGE
        first, second = pair
        mentions = self.tables["mentions"]
        first_mention = mentions[mentions.label == first].iloc[0]
        verdicts = self.decisions.verdicts
        saved = verdicts.save(
            record_verdict(verdicts.table, "mentions", first_mention, "not same", label=second)
        )
        self._offer_merges()
        return f"{saved} {wording.NOT_MERGED.format(first=first, second=second)}"

    def _offer_merges(self) -> None:
        """Propose merges, initially and after each decision; this is slow for many articles."""
        proposed = propose_aliases(self.tables["mentions"], self.decisions.verdicts.table)
        options = [NO_OPTION]
        for row in proposed.itertuples():
            words = wording.MERGE_OPTION.format(
                first=row.actor_a, second=row.actor_b, reason=describe_alias_reason(row.reason)
            )
            options.append(Option(words, (row.actor_a, row.actor_b)))
        offer_options(self.pair_control, options)


def explore_network(
    mentions: pd.DataFrame, quotes: pd.DataFrame, story: pd.DataFrame, articles: pd.DataFrame
) -> View:
    """Explore which actors are named together; read the mentions and statements of a pair.

    Parameters
    ----------
    mentions, quotes : pandas.DataFrame
        The tables of these names, without duplicates.
    story : pandas.DataFrame
        The passages that belong to the article text.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    View
        Controls: minimum number of shared sentences, pair of actors.

    Notes
    -----
    At most 50 passages are shown, and the 300 most frequent pairs are offered. The mentions of a
    pair include those in the same paragraph but in different sentences.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> mentions, quotes, story = tables["mentions"], tables["quotes"], tables["passages"]
    >>> cl.explore_network(mentions, quotes, story, articles)
    cl.chart_network(together[together['count'] >= 1])
    """
    together = count_cooccurrence(mentions, story)
    pair_control = make_choice(wording.PAIR_CONTROL, [])

    def show(fewest: int, pair: Pair | Special) -> Content:
        frequent = together[together["count"] >= fewest]
        pair = offer_options(pair_control, _pair_options(frequent))
        if pair is Special.NONE:
            code = f"cl.chart_network(together[together['count'] >= {fewest}])"
            return Content(_network_picture(frequent), code)

        named = _mentions_of_pair(mentions, story, pair)
        voices = quotes[quotes.label.isin(pair)]
        evidence = [show_evidence(rows, articles, n=MAX_PASSAGES) for rows in (named, voices)]
        code = "\n".join(
            f"cl.show_evidence({table}[{table}.label.isin({list(pair)})], articles,"
            f" n={MAX_PASSAGES})"
            for table in ("named", "voices")
        )
        return Content(with_pages(Markup("").join(evidence), articles, named, voices), code)

    most = 1 if together.empty else int(together["count"].max())
    controls = {
        "fewest": make_slider(wording.MIN_SENTENCES_CONTROL, 1, 1, most),
        "pair": pair_control,
    }
    return View(show, controls)


def _pair_options(together: pd.DataFrame) -> list[Option]:
    """Return the most frequent pairs as options."""
    options = [NO_OPTION]
    for first, second, number in together.head(MAX_OPTIONS).itertuples(index=False):
        words = wording.PAIR_OPTION.format(first=first, second=second, number=number)
        options.append(Option(words, (first, second)))
    return options


def _network_picture(together: pd.DataFrame) -> Markup:
    """Return the network as part of the page, without links; a control selects the pair."""
    figure = chart_network(together)
    svg = SVG_LINK.sub("<a", draw_picture(figure, "svg").decode())
    svg = inline_svg(svg, f"v{next(VIEW_NUMBERS)}-", figure.get_label())
    return render("picture", picture=Markup(svg))  # matplotlib escapes the texts in its SVG


def _mentions_of_pair(mentions: pd.DataFrame, story: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    """Return the mentions of two actors in paragraphs that name both."""
    of_pair = mentions[mentions.label.isin(pair)].reset_index(names="mention")
    in_passages = of_pair.merge(story, on="article", suffixes=("", "_passage"))
    is_inside = (in_passages.start_passage <= in_passages.start) & (
        in_passages.start < in_passages.end_passage
    )
    in_passages = in_passages[is_inside]
    actors = in_passages.groupby(["article", "start_passage"]).label.transform("nunique")
    return mentions.loc[in_passages.mention[actors == 2]]


def explore_timeline(
    dates: pd.DataFrame, constraints: pd.DataFrame, events: pd.DataFrame, articles: pd.DataFrame
) -> View:
    """Explore events in a range of months, with the reasons for each date.

    Parameters
    ----------
    dates : pandas.DataFrame
        The table `dates`.
    constraints : pandas.DataFrame
        The table `constraints`, which it cites.
    events : pandas.DataFrame
        The table `events`, for their kinds.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    View
        Controls: kind (articles or a kind of event), months, likely or certain range.

    Notes
    -----
    At most 30 rows are shown. If a range of months is selected, dates with an open end are omitted.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> cl.explore_timeline(tables["dates"], tables["constraints"], tables["events"], articles)
    dated = dates[(dates.label == 'time')]
    cl.show_reasons(dated, constraints, articles)
    """
    event_kinds = set(events.label)
    months = months_between(dates.likely_earliest, dates.likely_latest)

    def show(kind: str | Special, between: tuple[str, str], certainty: str) -> Content:
        selection = _select_kind(dates, events, kind, kind in event_kinds)
        in_months = []
        if between != (months[0], months[-1]):
            first_day = f"{between[0]}-01"
            last_day = str(pd.Period(between[1]).end_time.date())
            in_months = [
                Condition(f"{certainty}latest", ">=", first_day),
                Condition(f"{certainty}earliest", "<=", last_day),
            ]
        rows, shown_code = select_rows(selection.rows, "dated", *in_months)

        shown = rows[:MAX_DATED_ROWS]
        citations = shown.because + " " + shown.likely_because
        numbers = cited(" ".join(citations))
        quoted = quoted_rows(constraints.loc[list(dict.fromkeys(numbers))])
        parts = [
            render("message", role="note", text=count_noun(len(rows), "date")),
            render(
                "message",
                role="note",
                text=wording.MONTHS_SHOWN.format(first=between[0], last=between[1]),
            ),
            show_reasons(rows, constraints, articles, n=MAX_DATED_ROWS),
        ]
        code = f"dated = {selection.code}\ncl.show_reasons({shown_code}, constraints, articles)"
        return Content(with_pages(Markup("").join(parts), articles, shown, quoted), code)

    kinds = [*label_options(dates.label), *label_options(events.label), ALL_OPTION]
    ranges = [Option(words, prefix) for prefix, words in wording.CERTAINTY_OPTIONS.items()]
    controls = {
        "kind": make_choice(wording.KIND_CONTROL, kinds),
        "between": make_month_slider(wording.MONTHS_CONTROL, months),
        "certainty": make_choice(wording.CERTAINTY_CONTROL, ranges),
    }
    return View(show, controls)


def _select_kind(
    dates: pd.DataFrame, events: pd.DataFrame, kind: str | Special, is_event_kind: bool
) -> Selection:
    """Return the dates of articles, of events, or of events of one kind."""
    if not is_event_kind:
        return select_rows(dates, "dates", Condition("label", "==", kind))
    place = ["article", "start", "end"]
    rows = dates.merge(events.loc[events.label == kind, place].drop_duplicates())
    code = f"dates.merge(events.loc[events.label == {kind!r}, {place}].drop_duplicates())"
    return Selection(rows, code)


def explore_claims(claims: pd.DataFrame, articles: pd.DataFrame, folder: str | PathLike) -> View:
    """Browse mentions matched as one event, with the reasons, and accept or reject each match.

    Parameters
    ----------
    claims : pandas.DataFrame
        The table `claims`.
    articles : pandas.DataFrame
        The articles.
    folder : str or path
        Their folder, whose codebook/verdicts.csv is read and saved.

    Returns
    -------
    View
        Controls: claim, one of its linked mentions; buttons that accept or reject the match. A
        rejected mention is no longer counted. The view shows errors in saving.

    Notes
    -----
    Up to 50 passages are shown.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> claims = cl.find_all(articles, codebook)["claims"]
    >>> cl.explore_claims(claims, articles, "a folder")
    cl.show_evidence(claims[(claims.label == 'breach in Ostrand')], articles, n=50)
    """
    decisions = _Decisions({"claims": claims}, folder)
    claim_control = make_choice(wording.CLAIM_CONTROL, label_options(claims.label))
    mention_control = make_choice(wording.MENTION_CONTROL, [])

    def show(claim: str | Special, row: int | Special) -> Content:
        decided = decisions.tables["claims"]
        if "verdict" in decided.columns:
            decided = decided[decided.verdict != "not same"]
        claim = offer_options(claim_control, label_options(decided.label))
        rows, selection = select_rows(decided, "claims", Condition("label", "==", claim))
        linked = rows[rows.match_start.notna()]
        row = offer_options(mention_control, row_options(linked))
        if row is not Special.NONE:
            linked = linked.loc[[row]]
        reasons = [_claim_reasons(mention) for mention in linked[:MAX_PASSAGES].itertuples()]
        above = render("list", items=reasons)
        return evidence_with_pages(rows, articles, selection, "mention", above)

    def decide(verdict: str) -> Callable[..., str]:
        def action(row: int | Special, **_others) -> str:
            return decisions.decide("claims", row, verdict)

        return action

    controls = {
        "claim": claim_control,
        "row": mention_control,
    }
    buttons = {
        wording.SAME_EVENT_BUTTON: decide("same"),
        wording.OTHER_EVENT_BUTTON: decide("not same"),
    }
    return View(show, controls, buttons)


def _claim_reasons(mention) -> str:
    """Describe the reasons for and against the assignment of a mention to a claim."""
    return wording.CLAIM_REASONS.format(
        words=shorten(mention.text),
        status=getattr(mention, "verdict", "") or mention.status,
        reasons=mention.reasons,
        against=mention.against or wording.NOTHING_AGAINST,
    )
