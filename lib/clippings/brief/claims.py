"""Claims: mentions of one event side by side, and who independently reports them.

The program only proposes: mentions of one kind and place on days that can agree. The analyst's verdicts win.
"""

import hashlib
from collections import defaultdict

import pandas as pd

from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table
from clippings.corpus.verdicts import mark_verdicts
from clippings.repeats.copies import is_counted

CLOSE_BY = 800  # characters between a mention without a place and the one it goes with
MOST_TOLD = "\0"  # no place: the claim of a kind with most mentions
APART = "one article tells them apart, by days or by who takes part"
CLOSE = pd.Timedelta(
    days=366
)  # days known to a year or better can agree; wider ones agree with anything
COMPARED = 50  # claims of one kind and place that a mention or a claim is held against


def find_claims(
    events: pd.DataFrame,
    amounts: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    verdicts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every mention of an event with the claim it belongs to, or was kept out of.

    In: events, amounts and dates of the same articles; verdicts = codebook["verdicts"], rows of table claims.
    Out: claims, label = claim (kind, place and a short hash). The first mention of a claim has no `like`; a further
    one is linked to it, status proposed (same by the analyst's verdict), with reasons and what speaks against. A
    row with status rejected links a claim's first mention to another claim of its kind and says why it is not the
    same. Denied and habitual events are left out, and, where events carry `telling` and `verdict`, those printed
    again in their article or as a form of the outlet, and those that the analyst refused.
    Inside an article, mentions of one kind and place are one claim where some day fits all and no other agent is named;
    one without a place goes with the last of its kind close by, or with the only one so far. Articles share a claim
    when kind and place agree, some day fits all, and one thing more: days known to a year or better on both sides, an
    equal amount for events of this kind, or the same agent and target.
    Raises: nothing.
    Misses: two events of one kind in one place in one article; one event told as two kinds.
    Source: own rules.
    Example:
        >>> find_claims(*(make_table(name) for name in ("events", "amounts", "dates"))).empty
        True
    """
    told = events[~events.modality.isin(["denied", "habitual"])]
    told = told[is_counted(told)]
    days = {
        (row.article, row.start, row.end): row for row in dates[dates.label == "event"].itertuples()
    }
    numbers = defaultdict(list)
    for row in amounts[amounts.event_start.notna()].itertuples():
        numbers[row.article, int(row.event_start), int(row.event_end)].append(row)
    stories = [
        _in_article(rows, days, numbers) for rows in in_turn(by_article(told).values(), "events")
    ]
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    rows = []
    for claim in in_turn([claim for story in stories for claim in story], "claims", "event"):
        alike = claims[claim.kind, claim.place]
        whole = next(
            (other for other in alike[:COMPARED] if claim.place and other.shares(claim)), None
        )
        if whole:
            whole.take(claim)
        else:
            rows.append(claim)
            alike.append(claim)
    found = make_table("claims", [row for claim in rows for row in claim.rows()] + _rejected(rows))
    return found if verdicts is None else _with_verdicts(found, verdicts)


class _Claim:
    """Mentions of one event, with all that is known of it together."""

    def __init__(self, mention, days: dict, numbers: dict, number: int = 0):
        self.kind, self.place, self.number = mention.label, mention.place, number
        self.first, self.last = pd.NaT, pd.NaT
        self.parts: list[tuple] = []  # mention, its amounts, why it belongs here
        self.articles = {mention.article}
        self.actors: set[tuple[str, str]] = set()  # agents with targets
        self.named: set[str] = set()
        self.equal: set[tuple] = (
            set()
        )  # amounts of this kind of event in the article: what, low, high
        self.add(mention, days, numbers)

    def add(self, mention, days: dict, numbers: dict) -> None:
        key = (mention.article, mention.start, mention.end)
        dates = days.get(key)
        if dates is not None and not (
            dates.likely_earliest > self.last or self.first > dates.likely_latest
        ):
            self._narrow(dates.likely_earliest, dates.likely_latest)
        self.parts.append((mention, numbers.get(key, []), "same article" if self.parts else ""))
        self.named |= {mention.agent, mention.target} - {""}
        if mention.agent and mention.target:
            self.actors.add((mention.agent, mention.target))

    def fits(self, mention, days: dict, only: bool) -> bool:
        """May another mention belong here: by its days, its place, who is named with it, as the only one so far?"""
        dates = days.get((mention.article, mention.start, mention.end))
        if dates is not None and (
            dates.likely_earliest > self.last or self.first > dates.likely_latest
        ):
            return False
        if not mention.place and not only and mention.start - self.parts[-1][0].end > CLOSE_BY:
            return False
        two_sided = mention.agent and mention.target not in ("", mention.agent)
        return not (two_sided and self.named and mention.agent not in self.named)

    def _narrow(self, first, last) -> None:
        self.first = first if pd.isna(self.first) or first > self.first else self.first
        self.last = last if pd.isna(self.last) or last < self.last else self.last

    def why_not(self, other: "_Claim") -> list[str]:
        """What speaks against one event; nothing more than that."""
        against = [f"in {other.place}, not in {self.place}"] if self.place != other.place else []
        if self.first > other.last or other.first > self.last:
            return [*against, "no day on which both can have happened"]
        if not against and not self._evidence(other):
            against.append(
                "nothing more than kind and place: days too roughly known, no amount in common"
            )
        return against

    def _evidence(self, other: "_Claim") -> list[str]:
        first, last = max(self.first, other.first), min(self.last, other.last)
        things = sorted({label for label, _, _ in self.equal & other.equal})
        found = []
        if all(claim.last - claim.first <= CLOSE for claim in (self, other)):
            found.append(f"days that agree ({first:%Y-%m-%d} to {last:%Y-%m-%d})")
        if things:
            found.append(f"an equal amount ({', '.join(things) or 'not said of what'})")
        if self.actors & other.actors:
            found.append("the same agent and target")
        return found

    def shares(self, other: "_Claim") -> bool:
        """Are two articles' mentions of one event? What one article tells apart stays apart."""
        return self.articles.isdisjoint(other.articles) and not self.why_not(other)

    def take(self, other: "_Claim") -> None:
        reason = "; ".join(self._evidence(other))
        self.parts += [(mention, amounts, reason) for mention, amounts, _ in other.parts]
        self.articles |= other.articles
        self.actors |= other.actors
        self.equal |= other.equal
        self._narrow(other.first, other.last)

    def label(self) -> str:
        first = self.parts[0][0]
        mark = hashlib.sha256(
            f"{self.kind}|{self.place}|{first.article}|{self.number}".encode()
        ).hexdigest()[:6]
        return f"{self.kind} in {self.place} {mark}" if self.place else f"{self.kind} {mark}"

    def rows(self) -> list[dict]:
        first, amounts, _ = self.parts[0]
        label = self.label()
        rows = [{**_span(first), "label": label, "status": "same", "rule": "first mention"}]
        for mention, numbers, reason in self.parts[1:]:
            where = f"in {mention.place}" if mention.place else "no other place named"
            why, not_ = filter(None, [self.kind, where, reason]), _differences(numbers, amounts)
            said = {
                "label": label,
                "status": "proposed",
                "reasons": "; ".join(why),
                "against": "; ".join(not_),
            }
            rows.append({**_span(mention), **_like(first), **said, "rule": "kind, place and days"})
        return rows


def _in_article(rows: list, days: dict, numbers: dict) -> list[_Claim]:
    """The claims of one article, in order; see find_claims."""
    found: list[_Claim] = []
    pooled, alike = defaultdict(set), defaultdict(list)
    for row in rows:
        pooled[row.label] |= {
            (a.label, a.low, a.high) for a in numbers.get((row.article, row.start, row.end), [])
        }
    for row in rows:
        kind, here = alike[row.label], alike[row.label, row.place]
        near = reversed((here if row.place else kind)[-COMPARED:])
        claim = next((claim for claim in near if claim.fits(row, days, len(kind) == 1)), None)
        if claim:
            claim.add(row, days, numbers)
        else:
            claim = _Claim(row, days, numbers, len(here))
            claim.equal = pooled[row.label]
            for claims in (found, kind, here):
                claims.append(claim)
    return found


def _span(row) -> dict:
    return {"article": row.article, "start": row.start, "end": row.end, "text": row.text}


def _like(row) -> dict:
    return {"match_article": row.article, "match_start": row.start, "match_end": row.end}


def _differences(mine: list, theirs: list) -> list[str]:
    """Amounts of one thing that cannot both be right."""
    return [
        f"“{a.text}” against “{b.text}” ({a.label or 'not said of what'})"
        for a in mine
        for b in theirs
        if a.label == b.label and (a.low > b.high or b.low > a.high)
    ]


def _rejected(claims: list[_Claim]) -> list[dict]:
    """Each claim beside an earlier one of its kind, of its place or the most told: alike, not the same, and why."""
    rows: list[dict] = []
    before: dict[tuple[str, str], _Claim] = {}
    for claim in claims:
        other = before.get((claim.kind, claim.place)) or before.get((claim.kind, MOST_TOLD))
        before[claim.kind, claim.place] = claim
        if claim.place:
            most = before.setdefault((claim.kind, MOST_TOLD), claim)
            before[claim.kind, MOST_TOLD] = claim if len(claim.parts) > len(most.parts) else most
        if other and claim.place and other.place:
            against = "; ".join(other.why_not(claim)) or APART
            said = {
                "label": claim.label(),
                "status": "rejected",
                "reasons": claim.kind,
                "against": against,
            }
            both = _span(claim.parts[0][0]) | _like(other.parts[0][0])
            rows.append(both | said | {"rule": "alike, not the same"})
    return rows


def _with_verdicts(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Status same or rejected where the analyst said so."""
    marked = mark_verdicts(claims, verdicts)
    linked = claims.match_start.notna()
    status = claims.status.mask(linked & marked.verdict.isin(["same", "yes"]), "same")
    status = status.mask(linked & marked.verdict.isin(["not same", "no"]), "rejected")
    decided = linked & (marked.verdict != "")
    return claims.assign(status=status, rule=claims.rule.mask(decided, "the analyst's verdict"))
