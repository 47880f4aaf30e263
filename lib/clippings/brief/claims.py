"""Claims: mentions of the same event, side by side.

Two rules form claims. Codebook events must share their kind and place, have compatible dates, and
agree in one more respect. Events of the built-in list must belong to the same story and use the
same word, and their participants, places, numbers or wording must match. Likely but uncertain
matches are only proposed. The analyst's verdicts take precedence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.brief.claim_labels import ClaimName, label_claims
from clippings.brief.clauses import sentence_around
from clippings.brief.contexts import (
    NO_CONTEXT,
    Context,
    kinds_with_victim,
    read_context,
    thing_kinds,
    victim_of,
)
from clippings.brief.likeness import (
    CONTRADICTIONS,
    Features,
    Mentions,
    Sign,
    are_near_synonyms,
    blocks_of,
    group_mentions,
    is_certain,
    pairs_of_blocks,
)
from clippings.brief.phrasing import dates_in_words, fill, readable
from clippings.brief.stories import Texts
from clippings.brief.templates import AGAINST, REASONS
from clippings.core.cache import cacheable
from clippings.core.garbage import fewer_collections
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table, named_rows
from clippings.core.tokens import fold
from clippings.core.wording import join_and, opening_words
from clippings.corpus.verdicts import mark_verdicts
from clippings.repeats.copies import is_counted
from clippings.timeline.default_events import OTHER, STATEMENT
from clippings.timeline.events import PLANNED

# Tiers: how certain it is that the mention in a row belongs to the event in the column `claim`.
CERTAIN = "certain"
PROPOSED = "proposed"
REJECTED = "rejected"

# Rules for the first mention of a claim, without and with a link to an earlier, similar claim.
FIRST_MENTION = "first mention"
LIKENESS = "first mention, likeness to an earlier claim"

# A mention without a place belongs to the event that the text is currently about. 800 characters
# are about two paragraphs of news; after that, the article has usually moved on.
MAX_DISTANCE_WITHOUT_PLACE = 800

# Number of characters after the headline that tell its event again: about three sentences.
LENGTH_OF_LEAD = 400

# Ranges of at most a year count as evidence. Wider ones overlap with almost any other range.
MAX_PRECISE_RANGE = pd.Timedelta(days=366)

# The kinds of the built-in list are broad, so only ranges of at most a week count as evidence.
MAX_RANGE_OF_BUILT_IN = pd.Timedelta(days=7)

# Publication dates are compared only if they are known to within a few days.
MAX_PUBLICATION_RANGE = pd.Timedelta(days=3)

# Two articles often share smaller numbers by chance: one person, three goals.
MIN_DISTINCTIVE_AMOUNT = 10

# Maximum number of characters on either side of an event that are compared of its sentence.
MAX_SENTENCE = 400

# Comparing every claim with all others of its kind and place would take quadratic time. The example
# corpora contain at most 11 claims of one kind in one place.
MAX_COMPARED = 50


@cacheable
@fewer_collections()
def find_claims(
    events: pd.DataFrame,
    amounts: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    verdicts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Group mentions of events into claims, each of which describes a single event.

    Parameters
    ----------
    events, amounts, dates : pandas.DataFrame
        The results of `find_events`, `find_amounts` and `find_dates` for the same articles.
    articles : pandas.DataFrame, optional
        The articles. If given, the events of articles on the same story are also compared with
        each other, and labels refer to outlets and titles instead of file names, so that they do
        not change if a file is renamed.
    verdicts : pandas.DataFrame, optional
        The analyst's decisions, `codebook["verdicts"]`. Decisions on rows of claims are applied.

    Returns
    -------
    pandas.DataFrame
        One row per mention of a claim (`article`, `start`, `end`, `text`), sorted by article and
        position:

        - `label`: a description of the claim's first mention: what happened, to whom, by whom,
          where and when. If two claims would have the same label, the outlet or title of the
          article is added.
        - `kind`, `place`: the kind of event, and where it happened ("" if unknown).
        - `claim`: the label of the event to which the claim may belong. This is the claim's own
          label or, if similar claims were grouped, the label of the claim in the group that most
          articles report.
        - `tier`: `certain` if `claim` and `label` are equal, `proposed` if the claim is linked to
          another one only because they are similar, `rejected` for two similar but separate
          claims.
        - `match_article`, `match_start`, `match_end`: the mention with which this one is compared.
          Missing for the first mention of a claim, unless it is linked to a similar claim.
        - `status`: `same` for the first mention of a claim and for links that the analyst
          confirmed; `proposed` for the other mentions of a claim; `rejected` for rows that link
          the first mentions of two similar but separate claims.
        - `reason_codes`: why the mentions may describe the same event, as codes separated by
          spaces. `kind` and `place`: both have this kind or place; `no_place`: this mention does
          not name a place; `same_article`: both are in the same article; `dates`: their dates are
          precise enough and overlap; `amount`: a number is equal (of events of this kind or, for
          the built-in list, of this event); `parties`: agent and target are the same. Comparisons
          within a story also use `story` (the articles report the same story), `related` (the words
          can refer to the same event), `agent` and `target` (one of them is the same), `thing`
          (both concern the same thing) and `names` (the sentences share names or numbers).
        - `against_codes`: why they may be different events. `place`: the places differ; `dates`:
          no date fits both; `kind_and_place_only`: nothing else agrees; `told_apart`: an article
          treats them as separate events; `amounts`: numbers conflict. Comparisons within a story
          also use `agent` and `target` (they differ), `family` (the words for the event differ),
          `published_apart` (more than two weeks apart, without a common date), `same_sentence`
          (one sentence mentions both), `thing` (not known to concern the same thing: jobs were cut,
          not prices) and `another` (only one of them is called another, second or earlier event).
        - `reasons`, `against`: the same in words, with dates and numbers.

    Notes
    -----
    Denied and habitual events do not form claims. Statements and actions of the kind "other" from
    the built-in list form a claim only if at least two mentions match. If the events have the
    columns `duplicate_status` and `verdict`, duplicates within an article, an outlet's boilerplate
    text and mentions rejected by the analyst are excluded.

    Within an article, mentions of the same kind and place form one claim if at least one date fits
    all of them and they do not name different agents. A mention without a place joins the last
    nearby claim of its kind, or the only one so far. Claims from different articles are merged if
    their kind and place agree, at least one date fits all mentions, and one of the following also
    agrees: the dates, known on both sides to within a year; a number given for events of this
    kind; or the agent and target. Conflicting numbers separate two claims, unless their dates or
    another number agree.

    If `articles` is given, an event of the headline and a mention with the same word in the first
    LENGTH_OF_LEAD characters of the text are one event, unless their participants, places or dates
    contradict each other. The words around each mention also count (`brief.contexts`): "another
    attack" begins a claim of its own, "charged with murder" joins no other mention, and "the
    attack" or "the killing", without parties, place and numbers of its own, belongs to the last
    event of its kind in the article. Killing, shooting and death of one person are one event.

    The kinds of the built-in list are broad. Within an article, its events form one claim only if
    they belong to the same word family, share a participant or the place, and do not contradict
    each other in either. Across articles, the dates must be known to within a week. If `articles`
    is given, mentions in the same story (`brief.stories`) also form one claim if
    `brief.likeness.is_certain` accepts them.

    Other claims of a story are grouped by average linkage and proposed as the same event. Their
    likeness is based on words, participants, place, dates, numbers and names, weighted as in
    `brief.likeness`. A verdict "same" on such a link merges the two claims, "not same" separates
    them. Counts, charts and the brief are based on `label`.

    In one half of the topics of a news corpus with annotated events (ECB+), 4 % of the certain
    cross-document pairs, and 18 % of all such pairs, linked different events.

    Not distinguished: two events of the same kind and place in one article. Not linked: mentions
    of one event that are classified as different kinds.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> claims = cl.find_claims(tables["events"], tables["amounts"], tables["dates"])
    >>> linked = claims[claims.match_start.notna() & (claims.kind == "breach")]
    >>> linked[["text", "place", "status", "reason_codes"]].iloc[1:4]
                       text            place    status                reason_codes
    8                breach  Harbour Quarter  proposed  kind no_place same_article
    12  reports of a breach          Haskeby  rejected                        kind
    15               breach          Ostrand  proposed           kind place amount
    >>> linked.reasons[15]
    'same kind of event (breach); same place (Ostrand); same number of houses and metres'
    >>> linked.against_codes[12], linked.against[12]
    ('place', 'Haskeby, not Ostrand')
    """
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    titles = {} if articles is None else dict(zip(articles.article, articles.title, strict=True))
    mentions = _read_mentions(events, amounts, dates, texts, titles)
    claims_by_kind: dict[tuple[str, str, str], list[_Claim]] = defaultdict(list)
    claims = []

    claims_of_articles = []
    for mentions_of_article in in_turn(mentions, "events"):
        claims_of_articles.extend(_claims_of_article(mentions_of_article))
    for claim in in_turn(claims_of_articles, "claims", "event"):
        candidates = claims_by_kind[claim.kind, claim.family, claim.place]
        match = _matching_claim(claim, candidates[:MAX_COMPARED])
        if match is not None:
            match.merge(claim, match.evidence_with(claim))
        else:
            claims.append(claim)
            candidates.append(claim)

    if articles is None:
        claims = [claim for claim in claims if claim.is_particular()]
        proposals = []
    else:
        claims, proposals = _compare_by_likeness(claims, texts, dates)

    labels = label_claims(_names_of(claims, articles))
    rows = []
    for claim, label in zip(claims, labels, strict=True):
        rows.extend(_claim_rows(claim, label))
    rows.extend(_rejected_rows(claims, labels))
    table = make_table("claims", rows)
    if proposals:
        table = _with_proposals(table, claims, labels, proposals)
    return table if verdicts is None else _apply_verdicts(table, verdicts)


class _DateRange(NamedTuple):
    """The first and last date on which an event can have happened; NaT if unknown."""

    first: pd.Timestamp
    last: pd.Timestamp

    def excludes(self, other: "_DateRange") -> bool:
        """Return whether no date fits both ranges; an unknown end (NaT) never excludes anything."""
        return self.first > other.last or other.first > self.last

    def narrowed_by(self, other: "_DateRange") -> "_DateRange":
        """Return the dates in both ranges; an unknown end is taken from the other range."""
        first = self.first
        if first is pd.NaT or other.first > first:
            first = other.first
        last = self.last
        if last is pd.NaT or other.last < last:
            last = other.last
        return _DateRange(first, last)


UNKNOWN_DATES = _DateRange(pd.NaT, pd.NaT)


class _Amount(NamedTuple):
    """A number that an article gives for an event; `thing` is what it counts, "" if unnamed."""

    thing: str
    low: float
    high: float
    text: str

    def is_distinctive(self) -> bool:
        """Return whether the number is exact and too large to be equal by chance."""
        return self.low == self.high and self.low >= MIN_DISTINCTIVE_AMOUNT

    def value(self) -> tuple[str, float, float]:
        """Return the values that two equal amounts have in common."""
        return self.thing, self.low, self.high

    def conflicts_with(self, other: "_Amount") -> bool:
        """Return whether both numbers count the same thing but cannot both be right."""
        is_apart = self.low > other.high or other.low > self.high
        return self.thing == other.thing and is_apart


class _Position(Enum):
    """Where in its article a mention is."""

    HEADLINE = "headline"
    LEAD = "lead"  # the first sentences after the headline
    BODY = "body"


class _Mention(NamedTuple):
    """A mention of an event, with its dates and amounts."""

    article: str
    start: int
    end: int
    text: str
    kind: str
    family: str  # of the built-in list; "" for events of the codebook
    place: str
    agent: str
    target: str
    dates: _DateRange
    amounts: tuple[_Amount, ...]
    is_planned: bool
    sentence: tuple[int, int]  # the span of its sentence; empty if the text is unknown
    context: Context
    position: _Position = _Position.BODY

    @property
    def victim(self) -> str:
        """The person who dies in the event; "" if unknown, or if it is only a charge."""
        is_event = self.family != "" and not self.context.is_charge
        return victim_of(self.kind, self.target) if is_event else ""

    def refers_to_known_event(self) -> bool:
        """Return whether it is a noun without parties and numbers of its own: "the attack"."""
        is_new = self.context.is_another or self.context.is_charge or self.context.of_something
        is_plain = not is_new and not self.context.is_plural and self.family != ""
        return self.context.is_definite and is_plain and not self.amounts

    def has_two_parties(self) -> bool:
        """Return whether the mention names an agent and a different target."""
        return self.agent != "" and self.target not in ("", self.agent)


class _Finding(NamedTuple):
    """A reason for or against a link, as a code and in words."""

    code: str
    words: str


class _Member(NamedTuple):
    """A mention that belongs to a claim, with the reasons."""

    mention: _Mention
    reasons: list[_Finding]


@dataclass
class _Claim:
    """Mentions of the same event, with the combined information about it."""

    kind: str
    family: str  # of the built-in list; "" for events of the codebook
    place: str
    number: int  # number of earlier claims of this kind and place in the article
    dates: _DateRange = UNKNOWN_DATES
    amounts: set[_Amount] = field(default_factory=set)  # of its own mentions
    amounts_of_kind: set[_Amount] = field(default_factory=set)  # of all in its articles
    members: list[_Member] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    parties: set[tuple[str, str]] = field(default_factory=set)  # agents with their targets
    names: set[str] = field(default_factory=set)  # of agents and targets

    def is_particular(self) -> bool:
        """Return whether readers are likely to look for events of this kind."""
        return self.family == "" or self.kind not in (OTHER, STATEMENT)

    def add(self, mention: _Mention) -> None:
        """Add a mention from the same article."""
        reasons = [_reason("same_article")] if self.members else []
        if mention.kind != self.kind:
            reasons.append(_reason("related"))
        is_another = bool(self.members) and self.members[0].mention.context.is_another
        if is_another:
            # "Another attack … The attack …": both are about the other event.
            mention = mention._replace(context=mention.context._replace(is_another=is_another))
        self.members.append(_Member(mention, reasons))
        self.articles.add(mention.article)
        self.amounts |= set(mention.amounts)
        self.dates = self.dates.narrowed_by(mention.dates)
        self.names |= {mention.agent, mention.target} - {""}
        if mention.agent and mention.target:
            self.parties.add((mention.agent, mention.target))

    def fits(self, mention: _Mention, *, is_only_claim: bool) -> bool:
        """Return whether the dates, place and parties allow this mention of the same article."""
        if mention.dates.excludes(self.dates):
            return False
        if mention.context.is_another or mention.context.is_charge or self.is_charge():
            return False
        if self.has_other_things(mention):
            return False
        distance = mention.start - self.members[-1].mention.end
        if not mention.place and not is_only_claim and distance > MAX_DISTANCE_WITHOUT_PLACE:
            return False
        if self.family and not self._fits_closely(mention):
            return False
        # "A attacked B" and "C attacked D" are two events; "A attacked" may be part of either.
        names_other_agent = bool(self.names) and mention.agent not in self.names
        return not (mention.has_two_parties() and names_other_agent)

    def is_charge(self) -> bool:
        """Return whether the first mention only names a charge: "charged with murder"."""
        return self.members[0].mention.context.is_charge

    def has_other_things(self, mention: _Mention) -> bool:
        """Return whether a mention concerns a different thing: jobs were cut, not prices."""
        things = {thing for member in self.members for thing in member.mention.context.things}
        are_known = bool(things) and bool(mention.context.things)
        return are_known and things.isdisjoint(mention.context.things)

    def has_victim(self, victim: str) -> bool:
        """Return whether a person dies in this event."""
        return victim != "" and any(member.mention.victim == victim for member in self.members)

    def has_word_of(self, mention: _Mention) -> bool:
        """Return whether this event is of the kind and word family of a mention."""
        return self.kind == mention.kind and self.family == mention.family

    def may_have_same_meaning(self, mention: _Mention) -> bool:
        """Return whether another word can mean this event: "quake" and "earthquake", or a death."""
        kinds = kinds_with_victim()
        if self.family == "":
            return False
        if self.kind in kinds and mention.kind in kinds:  # "Lund was shot … The killing …"
            return True
        return self.kind == mention.kind and are_near_synonyms(self.family, mention.family)

    def may_be_meant_by(self, mention: _Mention) -> bool:
        """Return whether a noun such as "the attack" can refer to this event of its article."""
        first = self.members[0].mention
        if first.is_planned != mention.is_planned:  # "fears of a war … The war ended in May."
            return False
        is_other_use = first.context.is_charge or first.context.is_modifier
        if is_other_use or first.context.is_plural or mention.dates.excludes(self.dates):
            return False
        if mention.place not in ("", self.place) or self.has_other_things(mention):
            return False
        agents, targets = self._agents_and_targets()
        is_agent_known = mention.agent == "" or mention.agent in agents
        is_target_known = mention.target == "" or mention.target in targets
        return is_agent_known and is_target_known

    def is_only_in_headline(self) -> bool:
        """Return whether no other part of the article has mentioned the event so far."""
        return all(member.mention.position == _Position.HEADLINE for member in self.members)

    def is_told_again_by(self, mention: _Mention) -> bool:
        """Return whether a mention can report the event of the headline with more details."""
        first = self.members[0].mention
        if not self.has_word_of(mention) and not self.may_have_same_meaning(mention):
            return False
        if first.is_planned != mention.is_planned or mention.dates.excludes(self.dates):
            return False
        if first.context.is_charge or first.context.is_modifier or self.has_other_things(mention):
            return False
        has_other_place = "" not in (mention.place, self.place) and mention.place != self.place
        return not has_other_place and not self._has_other_parties(mention)

    def _fits_closely(self, mention: _Mention) -> bool:
        """Return whether a mention shares a place or a party, and neither contradicts the claim."""
        names = {mention.agent, mention.target} - {""}
        shares_place = mention.place != "" and mention.place == self.place
        shares_party = not names.isdisjoint(self.names)
        has_other_place = mention.place != "" and self.place not in ("", mention.place)
        is_contradicted = has_other_place or self._has_other_parties(mention)
        return (shares_place or shares_party) and not is_contradicted

    def _has_other_parties(self, mention: _Mention) -> bool:
        """Return whether a mention has a different agent or target from those of this claim."""
        agents, targets = self._agents_and_targets()
        other_agent = mention.agent != "" and bool(agents) and mention.agent not in agents
        other_target = mention.target != "" and bool(targets) and mention.target not in targets
        return other_agent or other_target

    def _agents_and_targets(self) -> tuple[set[str], set[str]]:
        """Return the agents and the targets of the claim's mentions."""
        agents = {member.mention.agent for member in self.members} - {""}
        targets = {member.mention.target for member in self.members} - {""}
        return agents, targets

    def _other_parties(self, other: "_Claim") -> list[_Finding]:
        """List the objections that arise from different agents or targets."""
        agents, targets = self._agents_and_targets()
        other_agents, other_targets = other._agents_and_targets()
        objections = []
        if agents and other_agents and agents.isdisjoint(other_agents):
            objections.append(_objection("agent"))
        if targets and other_targets and targets.isdisjoint(other_targets):
            objections.append(_objection("target"))
        return objections

    def evidence_with(self, other: "_Claim") -> list[_Finding]:
        """List what two claims have in common besides kind and place."""
        evidence = []
        if self._has_precise_dates() and other._has_precise_dates():
            common = self.dates.narrowed_by(other.dates)
            evidence.append(_reason("dates", dates=dates_in_words(common.first, common.last)))
        equal_amounts = self._amounts_in_common(other)
        if equal_amounts:
            things = sorted({thing for thing, _, _ in equal_amounts if thing})
            text = REASONS["amount"] if things else REASONS["amount.unnamed"]
            evidence.append(_Finding("amount", fill(text, things=join_and(things))))
        if self.parties & other.parties:
            evidence.append(_reason("parties"))
        return evidence

    def _amounts_in_common(self, other: "_Claim") -> set[tuple[str, float, float]]:
        """Return the values of the amounts that both claims have.

        An article on a codebook event may give its numbers anywhere in the text, so all amounts of
        the kind count. The kinds of the built-in list are broad, so only the claim's own amounts
        count: seven people injured in another earthquake are not evidence.
        """
        amounts = self.amounts if self.family else self.amounts_of_kind
        other_amounts = other.amounts if self.family else other.amounts_of_kind
        values = {amount.value() for amount in amounts}
        return values & {amount.value() for amount in other_amounts}

    def has_other_amounts(self, other: "_Claim") -> bool:
        """Return whether the numbers of two claims conflict, so that they may be two events.

        Reports of one event can also give different numbers. Common dates or another number that
        is equal show that it is one event nevertheless: otherwise, "seven were injured" last year
        and "dozens were injured" today would be merged.
        """
        is_dated = self._has_precise_dates() and other._has_precise_dates()
        if is_dated and not self.dates.excludes(other.dates):
            return False
        if self._amounts_in_common(other):
            return False
        pairs = product(self.amounts, other.amounts)
        return any(amount.conflicts_with(other_amount) for amount, other_amount in pairs)

    def _has_precise_dates(self) -> bool:
        """Return whether the dates are precise enough to be evidence for this kind of event."""
        limit = MAX_RANGE_OF_BUILT_IN if self.family else MAX_PRECISE_RANGE
        return self.dates.last - self.dates.first <= limit

    def objections_to(self, other: "_Claim") -> list[_Finding]:
        """List the evidence against a common event or else the lack of support for it."""
        objections = []
        if self.place != other.place:
            objections.append(_objection("place", other_place=other.place, place=self.place))
        if self.dates.excludes(other.dates):
            objections.append(_objection("dates"))
        if self.family:
            objections.extend(self._other_parties(other))
        if self.has_other_amounts(other):
            objections.extend(_conflicts_between(sorted(self.amounts), sorted(other.amounts)))
        if not objections and not self.evidence_with(other):
            objections.append(_objection("kind_and_place_only"))
        return objections

    def matches(self, other: "_Claim") -> bool:
        """Return whether two claims of different articles match; those of one article never do."""
        return self.articles.isdisjoint(other.articles) and not self.objections_to(other)

    def merge(self, other: "_Claim", evidence: list[_Finding]) -> None:
        """Add the mentions of a claim from other articles."""
        self.members.extend(_Member(member.mention, evidence) for member in other.members)
        self.articles |= other.articles
        self.parties |= other.parties
        self.amounts |= other.amounts
        self.amounts_of_kind |= other.amounts_of_kind
        self.names |= other.names
        self.dates = self.dates.narrowed_by(other.dates)


def _reason(code: str, **fields: str) -> _Finding:
    """Create a reason for a link."""
    return _Finding(code, fill(REASONS[code], **fields))


def _objection(code: str, **fields: str) -> _Finding:
    """Create a reason against a link."""
    return _Finding(code, fill(AGAINST[code], **fields))


def _read_mentions(
    events: pd.DataFrame,
    amounts: pd.DataFrame,
    dates: pd.DataFrame,
    texts: dict[str, str],
    titles: dict[str, str],
) -> list[list[_Mention]]:
    """List the mentions of each article that can form claims, with their dates and amounts."""
    events = events[~events.modality.isin(["denied", "habitual"])]
    events = events[is_counted(events)]

    date_ranges = {
        (row.article, row.start, row.end): _DateRange(row.likely_earliest, row.likely_latest)
        for row in named_rows(dates[dates.label == "event"])
    }
    amounts_of_events = defaultdict(list)
    for row in named_rows(amounts[amounts.event_start.notna()]):
        span = (row.article, int(row.event_start), int(row.event_end))
        amounts_of_events[span].append(_Amount(row.label, row.low, row.high, row.text))

    def read_mention(row) -> _Mention:
        span = (row.article, row.start, row.end)
        context = NO_CONTEXT
        sentence = (row.start, row.start)
        text = texts.get(row.article, "")
        if text:
            sentence = sentence_around(text, row.start)
            context = read_context(text, row.start, row.end, row.label, row.family, sentence)
        return _Mention(
            *span,
            text=row.text,
            kind=row.label,
            family=row.family,
            place=row.place,
            agent=row.agent,
            target=row.target,
            dates=date_ranges.get(span, UNKNOWN_DATES),
            amounts=tuple(amounts_of_events.get(span, ())),
            is_planned=row.modality == PLANNED,
            sentence=sentence,
            context=context,
            position=_position_of(row.start, text, titles.get(row.article, "")),
        )

    return [[read_mention(row) for row in rows] for rows in by_article(events).values()]


def _position_of(start: int, text: str, title: str) -> _Position:
    """Return where a mention is; texts that do not begin with their title have no headline."""
    leading = len(text) - len(text.lstrip())
    if not title or not text.startswith(title, leading):
        return _Position.BODY
    end_of_headline = leading + len(title)
    if start < end_of_headline:
        return _Position.HEADLINE
    return _Position.LEAD if start < end_of_headline + LENGTH_OF_LEAD else _Position.BODY


def _claims_of_article(mentions: list[_Mention]) -> list[_Claim]:
    """List the claims of one article in the order of their first mentions; see find_claims."""
    amounts_of_kind = defaultdict(set)
    for mention in mentions:
        amounts_of_kind[mention.kind].update(mention.amounts)

    claims: list[_Claim] = []
    claims_of_kind: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    claims_of_kind_and_place: dict[tuple[str, str, str], list[_Claim]] = defaultdict(list)
    for mention in mentions:
        same_kind = claims_of_kind[mention.kind, mention.family]
        same_place = claims_of_kind_and_place[mention.kind, mention.family, mention.place]
        candidates = same_place if mention.place else same_kind
        is_only_claim = len(same_kind) == 1

        # Try the nearest claim first: a text tends to continue with the event just mentioned.
        fitting = (
            claim
            for claim in reversed(candidates[-MAX_COMPARED:])
            if claim.fits(mention, is_only_claim=is_only_claim)
        )
        claim = next(fitting, None) or _claim_of_known_event(mention, claims)
        claim = claim or _claim_of_headline(mention, claims)
        if claim is None:
            claim = _Claim(
                kind=mention.kind,
                family=mention.family,
                place=mention.place,
                number=len(same_place),
                amounts_of_kind=set(amounts_of_kind[mention.kind]),
            )
            claims.append(claim)
            same_kind.append(claim)
            same_place.append(claim)
        claim.add(mention)
    return claims


def _claim_of_known_event(mention: _Mention, claims: list[_Claim]) -> _Claim | None:
    """Return the earlier claim of the article to which a mention refers; None if there is none.

    The same person dies in both; or a noun such as "the attack" refers to the last event of this
    kind or, if there is none, of a related one ("Lund was shot … The killing …").
    """
    victim = mention.victim
    is_known_event = mention.refers_to_known_event()
    if not victim and not is_known_event:
        return None
    latest_first = sorted(claims, key=lambda claim: -claim.members[-1].mention.start)[:MAX_COMPARED]
    for claim in latest_first:
        if claim.has_victim(victim) and not mention.dates.excludes(claim.dates):
            return claim
    if not is_known_event:
        return None
    same_word = [claim for claim in latest_first if claim.has_word_of(mention)]
    similar_word = [claim for claim in latest_first if claim.may_have_same_meaning(mention)]
    for claim in [*same_word, *similar_word]:
        if claim.may_be_meant_by(mention):
            return claim
    return None


def _claim_of_headline(mention: _Mention, claims: list[_Claim]) -> _Claim | None:
    """Return the event of the headline that the first sentences tell again; None if there is none.

    "Mill sold to Lund … The council sold the old mill on Monday": the lead uses the word of the
    headline, and names no other participants.
    """
    context = mention.context
    is_other_use = context.is_another or context.is_charge or context.is_modifier
    if mention.position != _Position.LEAD or mention.family == "" or is_other_use:
        return None
    for claim in claims:
        if claim.is_only_in_headline() and claim.is_told_again_by(mention):
            return claim
    return None


def _matching_claim(claim: _Claim, candidates: list[_Claim]) -> _Claim | None:
    """Return the first claim of other articles that is the same event; None without a place."""
    if not claim.place:
        return None
    return next((candidate for candidate in candidates if candidate.matches(claim)), None)


def _names_of(claims: list[_Claim], articles: pd.DataFrame | None) -> list[ClaimName]:
    """Collect the parts of the label of each claim."""
    article_of = {}
    if articles is not None:
        article_of = {row.article: row for row in articles.itertuples()}

    names = []
    for claim in claims:
        first = claim.members[0].mention
        article = article_of.get(first.article)
        names.append(
            ClaimName(
                kind=claim.kind if claim.is_particular() else claim.family,
                agent=first.agent,
                target=first.target,
                place=claim.place,
                first=first.dates.first,
                last=first.dates.last,
                outlet=article.outlet if article else "",
                title=_title_of(article) or first.article,
            )
        )
    return names


def _title_of(article) -> str:
    """Return the title of an article (a row of `articles`), or the words it begins with."""
    if article is None:
        return ""
    return article.title or opening_words(article.text)


def _claim_rows(claim: _Claim, label: str) -> Iterator[dict]:
    """Yield the first mention of a claim, then the other mentions, each linked to the first."""
    first = claim.members[0].mention
    of_claim = {"label": label, "claim": label, "kind": claim.kind, "place": claim.place}
    of_claim["tier"] = CERTAIN
    yield {**_span(first), **of_claim, "status": "same", "rule": FIRST_MENTION}

    for mention, reasons in claim.members[1:]:
        common = []
        if mention.kind == claim.kind:
            common.append(_reason("kind", kind=readable(claim.kind)))
        if not mention.place:
            common.append(_reason("no_place"))
        elif mention.place == claim.place:
            common.append(_reason("place", place=mention.place))
        yield {
            **_span(mention),
            **of_claim,
            **_match(first),
            "status": "proposed",
            **_arguments(common + reasons, _conflicts_between(first.amounts, mention.amounts)),
            "rule": "kind, place and dates",
        }


def _rejected_rows(claims: list[_Claim], labels: list[str]) -> Iterator[dict]:
    """Yield a row for each claim that is similar to an earlier one, and why they are separate.

    Each claim is compared with the last claim of its kind and place or, if there is none, with the
    claim of its kind that has the most mentions.
    """
    last_in_place: dict[tuple[str, str], _Claim] = {}
    largest_of_kind: dict[str, _Claim] = {}
    for claim, label in zip(claims, labels, strict=True):
        if not claim.place:  # there is no evidence for separating it from others
            continue
        if claim.family:  # the kinds of the built-in list are broad: most pairs are irrelevant
            continue
        other = last_in_place.get((claim.kind, claim.place)) or largest_of_kind.get(claim.kind)
        last_in_place[claim.kind, claim.place] = claim
        largest = largest_of_kind.get(claim.kind)
        if largest is None or len(claim.members) > len(largest.members):
            largest_of_kind[claim.kind] = claim

        if other is not None:
            objections = other.objections_to(claim) or [_objection("told_apart")]
            yield {
                **_span(claim.members[0].mention),
                "label": label,
                "claim": label,
                "kind": claim.kind,
                "place": claim.place,
                "tier": REJECTED,
                **_match(other.members[0].mention),
                "status": "rejected",
                **_arguments([_reason("kind", kind=readable(claim.kind))], objections),
                "rule": "similar, not the same",
            }


class _Proposal(NamedTuple):
    """The positions of two claims that may be the same event, with the reasons."""

    claim: int
    other: int
    signs: list[Sign]


def _compare_by_likeness(
    claims: list[_Claim], texts_of_articles: dict[str, str], dates: pd.DataFrame
) -> tuple[list[_Claim], list[_Proposal]]:
    """Merge claims that certainly describe the same event; propose links between possible matches.

    Statements and claims of the kind "other" are included only if they have more than one mention.
    """
    if not claims:
        return [], []
    texts = Texts(texts_of_articles)
    story_of_article = texts.stories()
    members = [member.mention for claim in claims for member in claim.members]
    claim_of_member = np.repeat(np.arange(len(claims)), [len(claim.members) for claim in claims])
    stories = np.array([story_of_article[mention.article] for mention in members])
    mentions = _features_of(members, texts, _days_of_publication(dates))

    joined = _join_certain(claims, claim_of_member, stories, mentions)
    certain_groups = joined[claim_of_member]
    groups = group_mentions(mentions, stories, certain_groups)

    # Grouping mentions also groups claims, because the mentions of a claim stay together. Only a
    # claim whose articles belong to several stories can be split; its first mention then decides.
    numbers, first_members = np.unique(certain_groups, return_index=True)
    first_member_of = dict(zip(numbers.tolist(), first_members.tolist(), strict=True))
    claims_of_group: dict[int, list[int]] = defaultdict(list)
    for claim, member in first_member_of.items():
        claims_of_group[int(groups[member])].append(claim)

    relevant = _relevant_claims(claims, list(claims_of_group.values()))
    number_of = {claim: number for number, claim in enumerate(relevant)}
    links = []
    for group in claims_of_group.values():
        # The claim reported by most articles represents the group; the first one breaks ties.
        # The name of a charge represents it only if there is nothing else.
        head = min(
            group,
            key=lambda claim: (claims[claim].is_charge(), -len(claims[claim].articles), claim),
        )
        links.extend((head, claim) for claim in group if claim != head)
    pairs = [(first_member_of[head], first_member_of[claim]) for head, claim in links]
    proposals = [
        _Proposal(number_of[claim], number_of[head], signs)
        for (head, claim), signs in zip(links, mentions.signs_of_pairs(pairs), strict=True)
    ]
    return [claims[claim] for claim in relevant], proposals


def _relevant_claims(claims: list[_Claim], groups: list[list[int]]) -> list[int]:
    """Return the positions of the grouped claims that readers may look for, in order."""
    relevant = []
    for group in groups:
        is_alone = len(group) == 1
        for claim in group:
            has_several_mentions = len(claims[claim].members) > 1
            if claims[claim].is_particular() or has_several_mentions or not is_alone:
                relevant.append(claim)
    return sorted(relevant)


def _join_certain(
    claims: list[_Claim], claim_of_member: np.ndarray, stories: np.ndarray, mentions: Mentions
) -> np.ndarray:
    """Merge claims of different articles whose mentions certainly describe the same event.

    Return, for each claim, the position of the claim that now contains it: its own or an earlier
    one.
    """
    joined = np.arange(len(claims))
    members_of = defaultdict(list)
    for member, claim in enumerate(claim_of_member.tolist()):
        members_of[claim].append(member)

    contradicting: set[tuple[int, int, int, int]] = set()
    pairs = _certain_pairs(claims, claim_of_member, stories, mentions)
    for (first, second), signs in zip(pairs, mentions.signs_of_pairs(pairs), strict=True):
        one, other = sorted((joined[claim_of_member[first]], joined[claim_of_member[second]]))
        if one == other or not claims[one].articles.isdisjoint(claims[other].articles):
            continue  # claims of the same article stay separate
        # Many pairs of mentions belong to the same two claims, which contradict each other until
        # one of them grows.
        state = (one, other, len(members_of[one]), len(members_of[other]))
        if state in contradicting:
            continue
        rows = np.repeat(members_of[one], len(members_of[other]))
        columns = np.tile(members_of[other], len(members_of[one]))
        exclusions = mentions.exclusions(rows, columns)
        is_excluded = any(exclusions[code].any() for code in CONTRADICTIONS)
        if is_excluded or claims[one].has_other_amounts(claims[other]):
            contradicting.add(state)
            continue
        reasons, _ = _findings(signs, claims[one], claims[other])
        claims[one].merge(claims[other], reasons)
        members_of[one].extend(members_of.pop(other))
        joined[joined == other] = one
    return joined


def _certain_pairs(
    claims: list[_Claim], claim_of_member: np.ndarray, stories: np.ndarray, mentions: Mentions
) -> list[tuple[int, int]]:
    """List the pairs of mentions of the same kind that certainly describe one event, in order."""
    members_of: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for member, story in enumerate(stories.tolist()):
        feature = mentions.features[member]
        members_of[story, "kind", feature.kind].append(member)
        if feature.victim:  # "Lund was shot", "Lund's death"
            members_of[story, "victim", feature.victim].append(member)
    blocks = []
    for members in members_of.values():
        blocks.extend(blocks_of(np.array(members)))
    is_built_in = np.array([claims[claim].family != "" for claim in claim_of_member])
    certain_pairs = []
    for all_rows, all_columns in pairs_of_blocks(blocks):
        rows, columns, signs = mentions.signs_of_possible_matches(all_rows, all_columns)
        # Codebook events are merged by kind, place and dates; only copied sentences count here.
        is_one = is_certain(signs) & (is_built_in[rows] | (signs["same_words"] > 0))
        certain_pairs.extend(zip(rows[is_one].tolist(), columns[is_one].tolist(), strict=True))
    return certain_pairs


def _with_proposals(
    table: pd.DataFrame, claims: list[_Claim], labels: list[str], proposals: list[_Proposal]
) -> pd.DataFrame:
    """Add the links between claims that may be the same event."""
    first_rows = table.index[table.rule == FIRST_MENTION]
    row_of_label = dict(zip(table.label[first_rows], first_rows, strict=True))
    wider_label = {}
    links = {}
    for proposal in proposals:
        label = labels[proposal.claim]
        wider_label[label] = labels[proposal.other]
        links[row_of_label[label]] = _link_by_likeness(
            claims[proposal.claim], claims[proposal.other], proposal.signs
        )

    is_wider = table.label.isin(wider_label) & (table.tier != REJECTED)
    table = table.assign(
        claim=table.label.map(lambda label: wider_label.get(label, label)),
        tier=table.tier.mask(is_wider, PROPOSED),
    )
    for column in next(iter(links.values())):
        cells = {row: link[column] for row, link in links.items()}
        table[column] = table[column].mask(
            table.index.isin(cells),
            pd.Series(cells).reindex(table.index).astype(table[column].dtype),
        )
    return table


def _days_of_publication(dates: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Return the publication day of each article for which it is known to a few days."""
    rows = dates[dates.label == "article"]
    is_known = rows.likely_latest - rows.likely_earliest <= MAX_PUBLICATION_RANGE
    return dict(zip(rows.article[is_known], rows.likely_earliest[is_known], strict=True))


def _sentence_near(mention: _Mention) -> tuple[str, int, int]:
    """Return the article and span of a mention's sentence; of a long one, the near part."""
    first, last = mention.sentence
    start = max(first, mention.start - MAX_SENTENCE)
    return mention.article, start, min(last, mention.start + MAX_SENTENCE)


def _features_of(
    mentions: list[_Mention], texts: Texts, published: dict[str, pd.Timestamp]
) -> Mentions:
    """Collect the features by which mentions are compared."""
    sentences = [_sentence_near(mention) for mention in mentions]
    features = [
        Features(
            article=mention.article,
            sentence=(mention.article, sentence[1]),
            kind=mention.kind,
            # Codebook kinds can be broad, too, so the trigger itself serves as the word family.
            family=mention.family or fold(mention.text),
            agent=mention.agent,
            target=mention.target,
            place=mention.place,
            first=mention.dates.first,
            last=mention.dates.last,
            published=published.get(mention.article, pd.NaT),
            amounts=frozenset(
                amount.value() for amount in mention.amounts if amount.is_distinctive()
            ),
            victim=mention.victim,
            has_thing=mention.family != "" and mention.kind in thing_kinds(),
            things=mention.context.things,
            is_another=mention.context.is_another,
            is_indirect=mention.context.is_charge or mention.context.is_modifier,
            is_singular=mention.context.is_singular,
            is_plural=mention.context.is_plural,
        )
        for mention, sentence in zip(mentions, sentences, strict=True)
    ]
    return Mentions(
        features, texts.words_of_sentences(sentences), texts.names_of_sentences(sentences)
    )


# The reasons and objections that signs represent. Readers do not need to know the other signs.
REASON_OF_SIGN = {
    "similar_word": "related",
    "related_word": "related",
    "agent": "agent",
    "target": "target",
    "place": "place",
    "victim": "target",
    "thing": "thing",
    "amount": "amount.unnamed",
    "names": "names",
}
OBJECTION_OF_SIGN = {
    "kind_only": "family",
    "other_word": "family",
    "other_agent": "agent",
    "other_target": "target",
    "other_place": "place",
    "other_dates": "dates",
    "no_thing": "thing",
    "another": "another",
    "published_apart": "published_apart",
    "same_sentence": "same_sentence",
}


def _link_by_likeness(claim: _Claim, other: _Claim, signs: list[Sign]) -> dict:
    """Return the columns that link the first mention of a claim to that of a similar claim."""
    reasons, objections = _findings(signs, claim, other)
    if claim.kind == other.kind:
        reasons.insert(0, _reason("kind", kind=readable(claim.kind)))
    return {
        **_match(other.members[0].mention),
        **_arguments(reasons, objections),
        "rule": LIKENESS,
    }


def _findings(
    signs: list[Sign], claim: _Claim, other: _Claim
) -> tuple[list[_Finding], list[_Finding]]:
    """List the reasons for and against a common event that follow from the signs."""
    reasons = [_reason("story")]
    objections = []
    for sign in signs:
        if sign.code == "dates":
            common = claim.dates.narrowed_by(other.dates)
            reasons.append(_reason("dates", dates=dates_in_words(common.first, common.last)))
        elif sign.code in REASON_OF_SIGN:
            code = REASON_OF_SIGN[sign.code]
            words = fill(REASONS[code], place=claim.place)
            reasons.append(_Finding(code.partition(".")[0], words))
        elif sign.code in OBJECTION_OF_SIGN:
            code = OBJECTION_OF_SIGN[sign.code]
            objections.append(_objection(code, other_place=claim.place, place=other.place))
    return reasons, objections


def _span(mention: _Mention) -> dict:
    """Return the columns with the location of a mention."""
    return {
        "article": mention.article,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
    }


def _match(mention: _Mention) -> dict:
    """Return the columns that link to another mention."""
    return {
        "match_article": mention.article,
        "match_start": mention.start,
        "match_end": mention.end,
    }


def _arguments(reasons: list[_Finding], objections: list[_Finding]) -> dict:
    """Return the columns with the reasons for and against a link, as codes and in words."""
    return {
        "reason_codes": " ".join(dict.fromkeys(reason.code for reason in reasons)),
        "against_codes": " ".join(dict.fromkeys(objection.code for objection in objections)),
        "reasons": "; ".join(reason.words for reason in reasons),
        "against": "; ".join(objection.words for objection in objections),
    }


def _conflicts_between(
    first_amounts: Iterable[_Amount], amounts: Iterable[_Amount]
) -> list[_Finding]:
    """List the numbers that count the same thing but cannot both be right."""
    return [
        _amount_conflict(first_amount, amount)
        for amount, first_amount in product(amounts, first_amounts)
        if amount.conflicts_with(first_amount)
    ]


def _amount_conflict(first: _Amount, second: _Amount) -> _Finding:
    """Describe the conflict between two amounts."""
    text = AGAINST["amounts"] if first.thing else AGAINST["amounts.unnamed"]
    words = fill(text, thing=first.thing, first=first.text, second=second.text)
    return _Finding("amounts", words)


def _apply_verdicts(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Apply the analyst's verdicts: confirm or reject links, and settle proposals."""
    # Match verdicts by mention: labels may have changed since the verdict was recorded.
    verdict = mark_verdicts(claims, verdicts.assign(label="")).verdict
    is_proposal = claims.rule == LIKENESS
    accepted = claims[is_proposal & verdict.isin(["same", "yes"])]
    refused = claims[is_proposal & verdict.isin(["not same", "no"])]
    label_of = dict(zip(accepted.label, accepted.claim, strict=True))
    claims = claims.assign(
        label=claims.label.map(lambda label: label_of.get(label, label)),
        tier=claims.tier.mask(claims.label.isin([*accepted.label, *refused.label]), CERTAIN),
        claim=claims.claim.mask(claims.label.isin(refused.label), claims.label),
    )
    is_linked = claims.match_start.notna() & ~claims.index.isin(refused.index)
    status = claims.status.mask(is_linked & verdict.isin(["same", "yes"]), "same")
    status = status.mask(is_linked & verdict.isin(["not same", "no"]), "rejected")
    is_decided = is_linked & (verdict != "")
    return claims.assign(status=status, rule=claims.rule.mask(is_decided, "the analyst's verdict"))
