"""The section on events that several articles report: dates, sources, and differing accounts."""

import re
from collections import Counter
from itertools import product

import pandas as pd

from clippings.brief.attribution import REPORTS, may_be_attributed
from clippings.brief.clauses import sentence_around
from clippings.brief.comparison import Account, Difference, compare_accounts
from clippings.brief.findings import (
    MAX_LISTED,
    MAX_POSSIBLE,
    Findings,
    Sentence,
    rank,
    write_sentence,
)
from clippings.brief.origins import (
    CHAIN_ARROW,
    DUPLICATE,
    NAMED_SOURCE,
    NOT_SHOWN,
    PRESUPPOSED,
    SAME_SENTENCE,
    SAME_WORDS,
    UNNAMED_SOURCE,
    count_origins,
    is_shown,
)
from clippings.brief.phrasing import dates_in_words, fill, list_first
from clippings.brief.templates import PHRASES
from clippings.core.lexicon import words_of
from clippings.core.tables import cited
from clippings.core.tokens import fold
from clippings.core.wording import join_and, join_or

# Maximum number of articles that are named in a sentence about an event, and of sources that are
# not counted: the table of accounts below the brief contains all of them.
MAX_NAMED = 3
MAX_NOT_COUNTED = 2

# Wider ranges are too imprecise to inform a reader.
WIDEST_RANGE = pd.Timedelta(days=31)

# A region before the name of a place: "southern Gulf", "north-west Tolmere", "central Ostrand".
REGION_OF_PLACE = (
    r"\b(?P<region>(?:(?:north|south)[- ]?)?(?:north|south|east|west)(?:ern)?|central)"
    r"\s+(?:the\s+)?{place}\b"
)

# Rules of constraints that hold for whatever the news report: of an event of which nothing else is
# known they give a date that may be years wrong.
RULES_OF_ANY_NEWS = frozenset({"published", "recent_news", "nothing_known"})

# The reason codes that the brief mentions. Numbers have their own section, and the others apply to
# every claim.
NAMED_REASONS = ("place", "dates", "parties")

# Template for events whose passages contain no words of attribution; one sentence names them all.
NO_SOURCE_NAMED = "events.no_source_named"


def write_shared_events(findings: Findings) -> list[Sentence]:
    """Write the section about events that several articles report."""
    origins = count_origins(
        findings["claims"], findings["quotes"], findings["repeats"], findings["articles"]
    )
    links = findings.possible_links
    proposals = links[links.against_codes == ""]
    sentences = []
    unsourced = []
    for label in findings.shared_claims:
        claim = findings.claims[findings.claims.label == label]
        sentences.append(_event(claim, findings))
        # The articles of which the sources are counted are those that were just named.
        sources = _independent_sources(claim, origins[origins.claim == label], findings)
        if sources.template == NO_SOURCE_NAMED:
            unsourced.append(claim)
        else:
            sentences.append(sources)
        further = findings.further_reports(label)
        if not further.empty:
            number = further.article.nunique()
            sentences.append(
                write_sentence("events.further", "claims", further.index, articles=number)
            )
        sentences.extend(_differences(claim, findings))
    sentences = sentences or findings.nothing_found("events.none")
    if unsourced:
        sentences.append(_without_sources(unsourced, findings))
    listed = {findings.group_of(label) for label in findings.shared_claims}
    # The section "What needs your decision" has asked about some.
    asked = {proposals.claim[row] for _, rows in findings.pairs_to_decide for row in rows}
    others = proposals[~proposals.claim.isin({*listed, *asked, *findings.shared_claims})]
    return [*sentences, *_possible_events(others, findings)]


def _without_sources(claims: list[pd.DataFrame], findings: Findings) -> Sentence:
    """Name the events for which the passages name no source; quote those with a common name."""
    shared = [findings.claims[findings.claims.label == label] for label in findings.shared_claims]
    names = Counter(findings.event_of(claim, is_quoted=False) for claim in shared)
    events = []
    for claim in claims:
        is_common_name = names[findings.event_of(claim, is_quoted=False)] > 1
        events.append(findings.event_of(claim, is_quoted=is_common_name))
    rows = [row for claim in claims for row in claim.index]
    return write_sentence(
        NO_SOURCE_NAMED, "claims", rows, event=join_or(list(dict.fromkeys(events)))
    )


def _possible_events(proposals: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Name the events that several articles may report, those in most articles first."""
    if proposals.empty:
        return []
    claims = findings.claims
    number_of_articles = {}
    for label in proposals.claim.unique():
        articles = {*proposals.article[proposals.claim == label]}
        number_of_articles[label] = len(articles.union(claims.article[claims.label == label]))
    labels = rank(pd.Series(number_of_articles))
    events = [
        findings.possible_event(claims[claims.label == label], number_of_articles[label])
        for label in labels[:MAX_POSSIBLE]
    ]
    return [
        write_sentence(
            "events.possible",
            "claims",
            proposals.index,
            number=len(labels),
            events=list_first(events, MAX_POSSIBLE, len(labels)),
        )
    ]


def _event(claim: pd.DataFrame, findings: Findings) -> Sentence:
    """Report which articles describe the event, its likely date, and on what the articles agree."""
    is_confirmed = (claim.status.iloc[1:] == "same").all()
    dates = common_dates(claim, findings["dates"], findings["constraints"])
    template = "events.confirmed" if is_confirmed else "events.proposed"
    articles = sorted(claim.article.unique())
    names = [findings.source_names[article] for article in articles]
    sentence = write_sentence(
        f"{template}_dated" if dates else template,
        "claims",
        claim.index,
        articles=list_first(names, MAX_NAMED, len(names)),
        event=findings.event_of(claim),
        dates=dates,
    )
    points = _points_of_agreement(
        claim,
        is_dated=dates != "" and _all_state_dates(claim, findings["events"]),
        is_placed=_all_name_place(claim, findings.texts),
    )
    return sentence.followed_by("events.agreement", points=join_and(points)) if points else sentence


def common_dates(claim: pd.DataFrame, dates: pd.DataFrame, constraints: pd.DataFrame) -> str:
    """Describe the dates that fit all mentions of a claim.

    Parameters
    ----------
    claim : pandas.DataFrame
        Rows of the table `claims`.
    dates, constraints : pandas.DataFrame
        Tables of `find_all`.

    Returns
    -------
    str
        The dates in words; "" if they are unknown, contradictory or wider than a month.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> claims = tables["claims"]
    >>> evacuation = claims[claims.label.str.startswith("evacuation of residents in Ostrand")]
    >>> common_dates(evacuation, tables["dates"], tables["constraints"])
    'on 12 March 2021'
    """
    span = ["article", "start", "end"]
    dates = claim[span].merge(dates[dates.label == "event"], on=span)
    is_known = [_rests_on_evidence(row, constraints) for row in dates.itertuples()]
    dates = dates[pd.Series(is_known, index=dates.index, dtype="bool")]
    first = dates.likely_earliest.max()
    last = dates.likely_latest.min()
    # A range with an open end is not informative, and contradictory ends do not form a range.
    if pd.isna(first) or pd.isna(last) or first > last or last - first > WIDEST_RANGE:
        return ""
    return dates_in_words(first, last)


def _rests_on_evidence(date, constraints: pd.DataFrame) -> bool:
    """Return whether a date has more evidence than that news is recent, or unknown reasons."""
    rows = [n for n in cited(f"{date.because} {date.likely_because}") if n in constraints.index]
    rules = set(constraints.rule[rows])
    return "recent_news" not in rules or not rules <= RULES_OF_ANY_NEWS


def _all_state_dates(claim: pd.DataFrame, events: pd.DataFrame) -> bool:
    """Return whether each article states when an event happened; others are dated by inference."""
    span = ["article", "start"]
    stated = claim[span].merge(events[[*span, "time_start"]], on=span).dropna(subset="time_start")
    return set(stated.article) == set(claim.article)


def _all_name_place(claim: pd.DataFrame, texts: dict[str, str]) -> bool:
    """Return whether each article names the place with the event, and none a region of its own."""
    naming = set()
    for row in claim.itertuples():
        text = texts[row.article]
        start, end = sentence_around(text, row.start)
        if row.place and row.place in text[start:end]:
            naming.add(row.article)
    return naming == set(claim.article) and len(_regions_named(claim, texts)) <= 1


def _regions_named(claim: pd.DataFrame, texts: dict[str, str]) -> set[str]:
    """List the regions named with the place of a claim: "southern" for the southern Gulf."""
    regions = set()
    for row in claim[claim.place != ""].itertuples():
        text = texts[row.article]
        start, end = sentence_around(text, row.start)
        pattern = REGION_OF_PLACE.format(place=re.escape(row.place))
        regions |= {
            match.group("region").casefold()
            for match in re.finditer(pattern, text[start:end], re.IGNORECASE)
        }
    return regions


def _points_of_agreement(claim: pd.DataFrame, *, is_dated: bool, is_placed: bool) -> list[str]:
    """List what all articles agree on: reasons that each has to belong to the first one's event.

    Only a date and a place that all of them state themselves count.
    """
    others = claim[claim.article != claim.article.iloc[0]]
    codes_of_articles = [
        set(" ".join(reasons).split()) for _, reasons in others.groupby("article").reason_codes
    ]
    common = set.intersection(*codes_of_articles) if codes_of_articles else set()
    if not is_dated:
        common.discard("dates")
    if not is_placed:
        common.discard("place")
    return [PHRASES[f"agreement.{code}"] for code in NAMED_REASONS if code in common]


def _independent_sources(
    claim: pd.DataFrame, origins: pd.DataFrame, findings: Findings
) -> Sentence:
    """Report how many independent sources an event has, and which do not count and why."""
    origins = _without_repetitions(origins)
    is_independent = origins.folded_into == ""
    independent = origins[is_independent]
    is_own_words = origins.reason.isin(["own_words", "no_speaker"])
    is_without_source = is_own_words & (origins.folded_because == NOT_SHOWN)
    no_source_is_named = is_own_words[is_independent].all()
    is_described = ~is_own_words if no_source_is_named else ~is_without_source
    # An article's own words are no source, but whether it repeats another article is of interest.
    is_source = ~is_own_words | (origins.folded_because == DUPLICATE)
    folded = origins[is_described & is_source & ~origins.origin.isin(independent.origin)]
    template = _template_of_sources(claim, origins, folded, findings)
    # The articles that repeat a source's words name it as well.
    of_independent = origins[origins.origin.isin(independent.origin)]
    sources = _sources_in_words(of_independent.assign(folded_because=""), findings)
    sentence = write_sentence(
        template,
        "claims",
        claim.index,
        event=findings.event_of(claim, is_quoted=False),
        number=independent.origin.nunique(),
        sources=list_first(sources, MAX_LISTED, len(sources)),
        articles=fill(PHRASES["sources.articles"], articles=claim.article.nunique()),
    )
    named = origins[is_shown(origins)]
    articles_with_source = {chain.split(CHAIN_ARROW)[0] for chain in named.chain}
    without_source = len({*origins[is_without_source].outlet} - articles_with_source)
    if without_source and template == "events.origins_at_least":
        sentence = sentence.followed_by("events.without_source", articles=without_source)
    if folded.empty:
        return sentence
    # The descriptions of sources contain commas, so they are separated by semicolons.
    not_counted = _sources_in_words(folded, findings)
    shown = not_counted[:MAX_NOT_COUNTED]
    rest = len(not_counted) - len(shown)
    if rest > 0:
        shown.append(fill(PHRASES["others"], number=rest))
    return sentence.followed_by("events.not_counted", sources="; ".join(shown))


def _template_of_sources(
    claim: pd.DataFrame, origins: pd.DataFrame, folded: pd.DataFrame, findings: Findings
) -> str:
    """Choose what to say of the sources; it must not be said that nobody is named if one is."""
    independent = origins[origins.folded_into == ""]
    if independent.empty:
        return "events.no_origin"
    if independent.reason.isin(["own_words", "no_speaker"]).all():
        if (folded.origin_type == NAMED_SOURCE).any():
            return "events.no_origin"
        is_attributed = any(
            may_be_attributed(findings.texts[row.article], row.start) for row in claim.itertuples()
        )
        return "events.source_unclear" if is_attributed else NO_SOURCE_NAMED
    is_doubtful = origins.folded_because.isin([NOT_SHOWN, PRESUPPOSED, SAME_SENTENCE])
    if is_doubtful.any() or not is_shown(independent).all():
        return "events.origins_at_least"
    return "events.origins"


def _sources_in_words(origins: pd.DataFrame, findings: Findings) -> list[str]:
    """Describe sources in alphabetical order, each once, with all articles that name it."""
    origins = origins.sort_values("origin", kind="stable")
    is_unnamed = origins.origin_type.isin([UNNAMED_SOURCE, REPORTS])
    # Articles that use the same words for an unnamed source may or may not mean the same one.
    descriptions = origins.speaker.map(fold).where(is_unnamed, origins.origin)
    groups = origins.groupby([descriptions, origins.folded_because], sort=False)
    return [_source_in_words(rows, findings) for _, rows in groups]


def _source_in_words(rows: pd.DataFrame, findings: Findings) -> str:
    """Describe how a source reached the articles and, if it is not counted, why not."""
    first = rows.iloc[0]
    outlets = [findings.short_titles.get(name, name) for name in dict.fromkeys(rows.outlet)]
    if first.origin_type in (UNNAMED_SOURCE, REPORTS):
        is_pronoun = fold(first.speaker) in words_of("en/speech/function_words", kind="pronoun")
        template = "source.pronoun" if is_pronoun else f"source.{first.origin_type}"
        name = fill(
            PHRASES[template],
            speaker=first.speaker,
            outlets=list_first(outlets, MAX_NAMED, len(outlets)),
        )
    elif first.speaker:
        relays_unnamed_source = first.reason == "relayed" and first.speaker != first.origin
        template = "source.relayed" if relays_unnamed_source else "source.chain"
        name = fill(
            PHRASES[template],
            speaker=(
                first.speaker if relays_unnamed_source else findings.name_in_sentence(first.speaker)
            ),
            steps=_steps_in_words(rows, findings),
            origin=findings.name_in_sentence(first.origin),
        )
    else:
        name = join_and(outlets)
    if not first.folded_because:
        return name
    article = findings.short_titles.get(first.folded_into)
    into = article or findings.name_in_sentence(first.folded_into)
    return fill(PHRASES[f"folded.{first.folded_because}"], source=name, origin=into)


def _without_repetitions(origins: pd.DataFrame) -> pd.DataFrame:
    """Join unnamed sources with those whose words they repeat, which have the same description."""
    unnamed = origins[origins.origin_type.isin([UNNAMED_SOURCE, REPORTS])]
    is_repetition = unnamed.folded_because.isin([SAME_WORDS]) & unnamed.folded_into.isin(
        unnamed.origin
    )
    repetitions = unnamed[is_repetition].index
    original = origins.drop_duplicates("origin").set_index("origin")
    joined = origins.copy()
    for column in ("folded_into", "folded_because"):
        joined.loc[repetitions, column] = (
            unnamed.folded_into[repetitions].map(original[column]).to_numpy()
        )
    return joined


def _steps_in_words(rows: pd.DataFrame, findings: Findings) -> str:
    """Name the articles in which a source is quoted, or the outlets through which it came."""
    chains = list(dict.fromkeys(rows.chain))
    steps_of_chains = [chain.split(CHAIN_ARROW)[:-1] for chain in chains]
    steps_of_chains = [
        [findings.short_titles.get(step, step) for step in reversed(steps)]
        for steps in steps_of_chains
    ]
    direct = [steps[0] for steps in steps_of_chains if len(steps) == 1]
    if direct:
        return list_first(direct, MAX_NAMED, len(direct))
    return ", ".join(steps_of_chains[0])


def _differences(claim: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Report the differences between the articles' accounts."""
    event = findings.event_of(claim, is_quoted=False)
    articles = findings["articles"]
    sentences = []
    for difference in compare_accounts(claim, findings.tables):
        if difference.aspect == "planned" and _is_planned_afterwards(difference, articles):
            continue
        names = findings.source_names
        if difference.aspect == "planned":
            fields = _plans_and_reports(difference, names)
        else:
            fields = {"accounts": _list_accounts(difference, names)}
        template = f"accounts.{difference.aspect}"
        sentences.append(write_sentence(template, "claims", difference.rows, event=event, **fields))
    return sentences


def _is_planned_afterwards(difference: Difference, articles: pd.DataFrame) -> bool:
    """Return whether an article that reports a plan is younger than one that reports the event.

    Then one of the two was misread, or they mean different events.
    """
    published = articles.set_index("article").published_from
    days = {"planned": [], "happened": []}
    for account in difference.accounts:
        days[account.words[0]].append(published[account.article])
    return any(plan > report for plan, report in product(days["planned"], days["happened"]))


def _plans_and_reports(difference: Difference, names: dict[str, str]) -> dict:
    """Name the articles that report an event as planned, and those that report it happened."""
    planned = [
        names[account.article] for account in difference.accounts if "planned" in account.words
    ]
    happened = [
        names[account.article] for account in difference.accounts if "happened" in account.words
    ]
    return {
        "planned": list_first(planned, MAX_LISTED, len(planned)),
        "planned_number": len(planned),
        "happened": list_first(happened, MAX_LISTED, len(happened)),
        "happened_number": len(happened),
    }


def _list_accounts(difference: Difference, names: dict[str, str]) -> str:
    """Report what the first few articles say about an aspect, and the number of others."""
    accounts = [_account_in_words(account, names) for account in difference.accounts[:MAX_LISTED]]
    rest = len(difference.accounts) - len(accounts)
    if rest > 0:
        accounts.append(fill(PHRASES["others"], number=rest))
    return "; ".join(accounts)


def _account_in_words(account: Account, names: dict[str, str]) -> str:
    """Report what an article says about an aspect, in its own words."""
    words = [fill(PHRASES["account.quoted"], words=word) for word in account.words]
    return fill(PHRASES["account"], words=join_and(words), article=names[account.article])
