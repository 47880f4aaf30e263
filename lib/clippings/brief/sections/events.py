"""The section on events that several articles report: dates, sources, and differing accounts."""

import re
from itertools import product

import pandas as pd

from clippings.brief.clauses import sentence_around
from clippings.brief.comparison import Account, Difference, compare_accounts
from clippings.brief.findings import (
    MAX_LISTED,
    MAX_POSSIBLE,
    Findings,
    Sentence,
    rank,
    short_article_names,
    write_sentence,
)
from clippings.brief.origins import CHAIN_ARROW, NOT_SHOWN, count_origins, is_shown
from clippings.brief.phrasing import dates_in_words, fill, list_first
from clippings.brief.templates import PHRASES
from clippings.core.tables import cited
from clippings.core.wording import join_and

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


def write_shared_events(findings: Findings) -> list[Sentence]:
    """Write the section about events that several articles report."""
    origins = count_origins(
        findings["claims"], findings["quotes"], findings["repeats"], findings["articles"]
    )
    links = findings.possible_links
    proposals = links[links.against_codes == ""]
    sentences = []
    for label in findings.shared_claims:
        claim = findings.claims[findings.claims.label == label]
        sentences.append(_event(claim, findings))
        further = proposals[(proposals.claim == label) & ~proposals.article.isin(claim.article)]
        if not further.empty:
            number = further.article.nunique()
            sentences.append(
                write_sentence("events.further", "claims", further.index, articles=number)
            )
        sentences.append(_independent_sources(claim, origins[origins.claim == label], findings))
        sentences.extend(_differences(claim, findings))
    sentences = sentences or findings.nothing_found("events.none")
    others = proposals[~proposals.claim.isin(findings.shared_claims)]
    return [*sentences, *_possible_events(others, findings)]


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
            events=list_first(events, MAX_POSSIBLE, len(labels)),
        )
    ]


def _event(claim: pd.DataFrame, findings: Findings) -> Sentence:
    """Report which articles describe the event, its likely date, and on what the articles agree."""
    is_confirmed = (claim.status.iloc[1:] == "same").all()
    dates = _common_dates(claim, findings["dates"], findings["constraints"])
    template = "events.confirmed" if is_confirmed else "events.proposed"
    names = findings.names_of(sorted(claim.article.unique()))
    sentence = write_sentence(
        f"{template}_dated" if dates else template,
        "claims",
        claim.index,
        articles=list_first(names, MAX_LISTED, len(names)),
        event=findings.event_of(claim),
        dates=dates,
    )
    points = _points_of_agreement(
        claim, is_dated=dates != "", is_placed=len(_regions_named(claim, findings.texts)) <= 1
    )
    return sentence.followed_by("events.agreement", points=join_and(points)) if points else sentence


def _common_dates(claim: pd.DataFrame, dates: pd.DataFrame, constraints: pd.DataFrame) -> str:
    """Describe the dates that fit all mentions of a claim; "" if they are unknown."""
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

    A common date does not count if it is too imprecise to be printed, nor does a place of which the
    articles name different regions.
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
    independent = origins[origins.folded_into == ""].drop_duplicates("origin")
    is_own_words = origins.reason.isin(["own_words", "no_speaker"])
    is_without_source = is_own_words & (origins.folded_because == NOT_SHOWN)
    no_source_is_named = is_own_words[independent.index].all()
    is_described = ~is_own_words if no_source_is_named else ~is_without_source
    folded = origins[is_described & ~origins.origin.isin(independent.origin)]
    folded = folded.drop_duplicates("origin")
    if independent.empty:
        template = "events.no_origin"
    elif no_source_is_named:
        template = "events.no_source_named"
    elif (origins.folded_because == NOT_SHOWN).any() or not is_shown(independent).all():
        template = "events.origins_at_least"
    else:
        template = "events.origins"
    sentence = write_sentence(
        template,
        "claims",
        claim.index,
        event=findings.event_of(claim, is_quoted=False),
        number=len(independent),
        sources=_list_sources(independent, findings),
    )
    without_source = origins[is_without_source].outlet.nunique()
    if without_source and template == "events.origins_at_least":
        sentence = sentence.followed_by("events.without_source", articles=without_source)
    if folded.empty:
        return sentence
    # The descriptions of sources contain commas, so they are separated by semicolons.
    shown = _sources_in_words(folded.sort_values("origin").head(MAX_LISTED), findings)
    rest = len(folded) - len(shown)
    if rest > 0:
        shown.append(fill(PHRASES["others"], number=rest))
    return sentence.followed_by("events.not_counted", sources="; ".join(shown))


def _list_sources(origins: pd.DataFrame, findings: Findings) -> str:
    """Return a list of the first few sources, and the number of remaining ones."""
    names = _sources_in_words(origins.sort_values("origin"), findings)
    return list_first(names, MAX_LISTED, len(names))


def _sources_in_words(origins: pd.DataFrame, findings: Findings) -> list[str]:
    """Describe sources, including how they reached the article."""
    return [_source_in_words(origin, findings) for origin in origins.itertuples()]


def _source_in_words(origin, findings: Findings) -> str:
    """Describe how a source reached the article and, if it is not counted, why not."""
    outlet = findings.article_names.get(origin.outlet, origin.outlet)
    if origin.origin_type in ("unnamed_source", "unnamed_reports"):
        text = PHRASES[f"source.{origin.origin_type}"]
        name = fill(text, speaker=origin.speaker, outlet=outlet)
    elif origin.speaker:
        steps = origin.chain.split(CHAIN_ARROW)[:-1]
        through = [findings.article_names.get(step, step) for step in reversed(steps)]
        relays_unnamed_source = origin.reason == "relayed" and origin.speaker != origin.origin
        template = "source.relayed" if relays_unnamed_source else "source.chain"
        name = fill(
            PHRASES[template],
            speaker=origin.speaker,
            steps=", ".join(through),
            origin=origin.origin,
        )
    else:
        name = outlet
    if not origin.folded_because:
        return name
    into = findings.article_names.get(origin.folded_into, origin.folded_into)
    return fill(PHRASES[f"folded.{origin.folded_because}"], source=name, origin=into)


def _differences(claim: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Report the differences between the articles' accounts."""
    event = findings.event_of(claim, is_quoted=False)
    articles = findings["articles"]
    sentences = []
    for difference in compare_accounts(claim, findings.tables):
        if difference.aspect == "planned" and _is_planned_afterwards(difference, articles):
            continue
        in_difference = [account.article for account in difference.accounts]
        names = short_article_names(articles[articles.article.isin(in_difference)])
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
