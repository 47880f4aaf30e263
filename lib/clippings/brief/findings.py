"""Code shared by the sections of the brief: sentences, and results derived from the tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from clippings.brief.claims import PROPOSED
from clippings.brief.clauses import OMISSION, clause_around, sentence_around
from clippings.brief.numbers import amounts_of_claims
from clippings.brief.phrasing import event_in_words, fill, fill_sentence, plural, readable
from clippings.brief.templates import PHRASES, SENTENCES
from clippings.core.lexicon import read_words
from clippings.core.tables import STORY, by_article, cite
from clippings.core.tokens import word_spans
from clippings.core.wording import (
    MARKS_AFTER_TITLE,
    distinguish_names,
    first_words,
    join_and,
    place_phrase,
)
from clippings.repeats.copies import count_shared
from clippings.timeline.default_events import OTHER, STATEMENT, noun_for

# The brief lists only the most important themes, speakers and events, so that each list can be
# read at a glance.
MAX_LISTED = 5

# Minimum share of an article's words that another article must contain for the two to count as
# nearly identical. The rest allows for another headline, a correction, and page text.
NEAR_DUPLICATE = 0.8

# Maximum number of events that are named though their reports may be about different ones.
MAX_POSSIBLE = 3

# The brief mentions only proposals with one of these reasons: the same word alone is weak evidence.
GOOD_REASONS = frozenset({"agent", "target", "place", "dates", "amount"})

# Maximum number of questions about pairs of reports; the table `claims` contains all of them.
MAX_QUESTIONS = 2

# Number of words from an article's title that identify the article in a list.
SHORT_TITLE_WORDS = 5

# A year from 1900 to 2099. Numbers with more digits, a decimal point or a per cent sign are not
# years.
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")


class Sentence(NamedTuple):
    """A sentence of the brief, its template, and the table rows on which it is based ("0 4 7")."""

    template: str
    text: str
    table: str
    rows: str

    def followed_by(self, template: str, /, **fields) -> "Sentence":
        """Append another sentence that is based on the same rows."""
        return self._replace(text=f"{self.text} {fill_sentence(SENTENCES[template], **fields)}")


def write_sentence(template: str, table: str, rows: Iterable[int], /, **fields) -> Sentence:
    """Fill a template of SENTENCES; `rows` is the index of the rows on which it is based."""
    return Sentence(template, fill_sentence(SENTENCES[template], **fields), table, cite(rows))


class Findings:
    """The tables of a corpus and derived results that several sections need, computed once."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self.tables = tables
        self._names_in_sentences: dict[str, str] = {}
        self._clearest_mentions: dict[str, Any] = {}  # by the label of their claim

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Return the articles that could be read."""
        articles = self["articles"]
        return articles[articles.problem == ""]

    @cached_property
    def story(self) -> pd.DataFrame:
        """Return the passages of article text."""
        passages = self["passages"]
        return passages[passages.label.isin(STORY)]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Return the mentions that belong to claims of a kind that readers may look for."""
        claims = self["claims"]
        is_particular = ~claims.kind.isin([OTHER, STATEMENT])
        return claims[(claims.status != "rejected") & is_particular]

    @cached_property
    def all_shared_claims(self) -> list[str]:
        """List the labels of all claims that several articles report, ignoring copies, in order.

        Events in headlines and first sentences come first, and those of earlier years last. Among
        these, events that more articles report come first.
        """
        counted = self.claims
        if "duplicate_status" in counted:
            counted = counted[counted.duplicate_status == "first"]
        counted = counted[~counted.article.isin(self.near_copies)]
        articles = counted.groupby("label").article.nunique()
        mentions = counted.label.value_counts()
        shared = articles[articles > 1].index

        def importance(claim: str) -> tuple:
            rows = counted[counted.label == claim]
            return (
                self._is_background(rows),
                not self._is_in_opening(rows),
                -articles[claim],
                -mentions[claim],
                claim,
            )

        return sorted(shared, key=importance)

    @cached_property
    def shared_claims(self) -> list[str]:
        """List the most important claims that several articles report.

        An event of the built-in list is omitted if it is probably an event that is already listed,
        or if most of its sentences also mention one ("arrested on charges of theft").
        """
        listed: list[str] = []
        groups: set[str] = set()
        sentences_of_listed: list[set[tuple[str, int]]] = []
        for claim in self.all_shared_claims:
            sentences = self._sentences_of(self.claims[self.claims.label == claim])
            has_same_sentences = any(
                2 * len(sentences & others) > len(sentences) for others in sentences_of_listed
            )
            is_in_group = self.group_of(claim) in groups
            if claim in self._places_of_mentions and (has_same_sentences or is_in_group):
                continue
            groups.add(self.group_of(claim))
            listed.append(claim)
            sentences_of_listed.append(sentences)
            if len(listed) == MAX_LISTED:
                break
        return listed

    def group_of(self, label: str) -> str:
        """Return the label of the event to which a claim may belong; its own label if to none."""
        return self.claims.claim[self.claims.label == label].iloc[0]

    def further_reports(self, label: str) -> pd.DataFrame:
        """Return the mentions of the event of a claim by articles that only may mean it.

        These are links with good reason, and other claims of the same group that several articles
        report.
        """
        claims = self.claims
        group = self.group_of(label)
        links = self.possible_links
        linked = links.label[(links.claim == group) & (links.against_codes == "")]
        labels = {group, *linked, *self.all_shared_claims} - {label}
        is_further = claims.label.isin(labels) & (claims.claim == group)
        return claims[is_further & ~claims.article.isin(claims.article[claims.label == label])]

    def _sentences_of(self, claim: pd.DataFrame) -> set[tuple[str, int]]:
        """Return the sentences that mention an event, by article and start."""
        return {
            (row.article, sentence_around(self.texts[row.article], row.start)[0])
            for row in claim.itertuples()
        }

    def _is_in_opening(self, claim: pd.DataFrame) -> bool:
        """Return whether most articles on an event mention it in the headline or first passage."""
        is_opening = claim.start < claim.article.map(self._ends_of_openings).fillna(0)
        return 2 * claim.article[is_opening].nunique() > claim.article.nunique()

    @cached_property
    def _ends_of_openings(self) -> dict[str, int]:
        """Return the end of the first passage of body text in each article, after the headline."""
        body = self["passages"].query("label == 'body'").sort_values("start")
        first = body.drop_duplicates("article")
        return dict(zip(first.article, first.end, strict=True))

    def _is_background(self, claim: pd.DataFrame) -> bool:
        """Return whether most sentences that mention an event name only earlier years."""
        is_earlier = [self.names_earlier_year(row.article, row.start) for row in claim.itertuples()]
        return 2 * sum(is_earlier) > len(is_earlier)

    def names_earlier_year(self, article: str, at: int) -> bool:
        """Return whether a sentence names years, all before the year of writing of its article."""
        text = self.texts[article]
        start, end = sentence_around(text, at)
        years = [int(year) for year in YEAR.findall(text[start:end])]
        year_of_writing = self._years_of_writing.get(article)
        return bool(years) and year_of_writing is not None and max(years) < year_of_writing

    @cached_property
    def _years_of_writing(self) -> dict[str, int]:
        """Return the year in which each article was published, or else the last year it names."""
        years = {}
        for row in self["articles"].itertuples():
            named = [int(year) for year in YEAR.findall(row.text)]
            if pd.notna(row.published_from):
                years[row.article] = row.published_from.year
            elif named:
                years[row.article] = max(named)
        return years

    @cached_property
    def possible_links(self) -> pd.DataFrame:
        """Return the proposed links between articles for which there is good reason.

        The only objection to them, if any, is that the numbers conflict.
        """
        claims = self.claims
        reasons = claims.reason_codes.str.split()
        has_good_reason = reasons.map(lambda codes: not GOOD_REASONS.isdisjoint(codes))
        is_other_article = claims.match_article.notna() & (claims.match_article != claims.article)
        is_proposal = (claims.tier == PROPOSED) & claims.claim.isin(claims.label)
        is_consistent = claims.against_codes.isin(["", "amounts"])
        is_copy = claims.article.isin(self.near_copies) | claims.match_article.isin(
            self.near_copies
        )
        return claims[is_proposal & is_other_article & has_good_reason & is_consistent & ~is_copy]

    @cached_property
    def pairs_to_decide(self) -> list[tuple[tuple[str, str], list[int]]]:
        """List pairs of articles about which the brief asks, with the rows of their links."""
        links = self.possible_links
        rows_of_pair: dict[tuple[str, str], list[int]] = {}
        for link in links[links.against_codes == ""].itertuples():
            first, second = sorted([link.match_article, link.article])
            rows_of_pair.setdefault((first, second), []).append(link.Index)
        return list(rows_of_pair.items())[:MAX_QUESTIONS]

    @cached_property
    def all_amounts(self) -> pd.DataFrame:
        """Return the amounts that belong to any claim."""
        return amounts_of_claims(self.tables)

    @cached_property
    def amounts(self) -> pd.DataFrame:
        """Return the amounts that belong to a claim.

        For events of the built-in list, amounts are included only if several articles give some:
        without a codebook, most numbers in single articles are irrelevant.
        """
        amounts = self.all_amounts
        events = self["events"]
        built_in = events[events.family != ""]
        event_of_amount = pd.MultiIndex.from_arrays(
            [amounts.article, amounts.event_start.astype("int64")]
        )
        is_built_in = event_of_amount.isin(
            pd.MultiIndex.from_arrays([built_in.article, built_in.start])
        )
        articles_with_amounts = amounts.groupby("claim").article.transform("nunique")
        is_compared = amounts.claim.isin(self.all_shared_claims) & (articles_with_amounts > 1)
        return amounts[~is_built_in | is_compared]

    @cached_property
    def words_of_story(self) -> pd.Series:
        """Return the number of words of article text, by article."""
        words = self.story.text.map(lambda text: len(word_spans(text)))
        return words.groupby(self.story.article).sum()

    @cached_property
    def near_copies(self) -> set[str]:
        """Return the articles that are nearly identical to an earlier one."""
        repeats = self["repeats"]
        pairs = count_shared(repeats[repeats.relation == "shared"], self["articles"])
        is_near_copy = (pairs.share >= NEAR_DUPLICATE) & (pairs.article_a != pairs.article_b)
        return set(pairs.article_b[is_near_copy])

    @cached_property
    def quotes_by_article(self) -> dict[str, list]:
        """Return the quotes of each article in order of position."""
        return by_article(self["quotes"])

    @cached_property
    def article_names(self) -> dict[str, str]:
        """Return the full name of each article: its title, or else the words it begins with.

        Sections that name many articles use `short_titles`.
        """
        articles = self["articles"]
        names = [
            _article_name(row, self.opening_words.get(row.article, ""))
            for row in articles.itertuples()
        ]
        return _distinguished(names, articles)

    @cached_property
    def short_titles(self) -> dict[str, str]:
        """Return the first words of each article's title, or of the article if it has none.

        Titles that begin with the same words are given with as many words as distinguish them.
        """
        articles = self["articles"]
        words_of_titles = [
            tuple(row.title.split() or self.opening_words.get(row.article, "").split())
            for row in articles.itertuples()
        ]
        lengths = _distinguishing_lengths(set(words_of_titles))
        names = [
            _short_title(row, words, lengths[words])
            for row, words in zip(articles.itertuples(), words_of_titles, strict=True)
        ]
        return _distinguished(names, articles)

    @cached_property
    def opening_words(self) -> dict[str, str]:
        """Return the first words of each article's text."""
        first = self.story.drop_duplicates("article")
        return {row.article: first_words(row.text) for row in first.itertuples()}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return the text of each article."""
        return dict(zip(self["articles"].article, self["articles"].text, strict=True))

    @cached_property
    def source_names(self) -> dict[str, str]:
        """Return the name for each article as a source: its outlet, or its short title.

        An outlet with several articles in the corpus does not distinguish them.
        """
        articles = self["articles"]
        articles_of_outlet = articles.outlet.value_counts()
        is_distinctive = articles.outlet.map(articles_of_outlet).eq(1) & (articles.outlet != "")
        titles = articles.article.map(self.short_titles)
        names = articles.outlet.where(is_distinctive, titles)
        return dict(zip(articles.article, names, strict=True))

    def name_in_sentence(self, name: str) -> str:
        """Return a name with "the" if an office or the texts need it: "the Water Board"."""
        if name not in self._names_in_sentences:
            is_office = name[:1].islower() and " of " in name
            needs_article = is_office or self._has_article(name)
            has_article = name.startswith(("the ", "The "))
            is_complete = has_article or not needs_article
            self._names_in_sentences[name] = (
                name if is_complete else fill(PHRASES["name.with_article"], name=name)
            )
        return self._names_in_sentences[name]

    def _has_article(self, name: str) -> bool:
        """Return whether at least half of the mentions of a name in the texts follow "the".

        In "the BBC News website", the article belongs to the noun after the name. Therefore, only
        names before a mark, a function word or a reporting verb count.
        """
        uses = re.compile(
            rf"(?P<article>\b[Tt]he\s+)?\b{re.escape(name)}\b(?!\s+[A-Z]|-)(?:\s+(?P<next>[a-z]+))?"
        )
        follow_names = {
            None,
            *read_words("en/text/stopwords"),
            *read_words("en/speech/reporting_verbs"),
        }
        has_article = [
            use["article"] is not None
            for text in self.texts.values()
            if name in text
            for use in uses.finditer(text)
            if use["next"] in follow_names
        ]
        with_article = sum(has_article)
        return with_article > 0 and 2 * with_article >= len(has_article)

    def names_of(self, articles: Iterable[str]) -> list[str]:
        """Return the full names of articles."""
        return [self.article_names[article] for article in articles]

    def short_names_of(self, articles: Iterable[str]) -> list[str]:
        """Return the short titles of articles."""
        return [self.short_titles[article] for article in articles]

    def event_of(self, rows: pd.DataFrame, *, definite: bool = True, is_quoted: bool = True) -> str:
        """Name the event of a claim, given rows of claims or of amounts that belong to a claim.

        The kinds of the built-in list are broad, so a quotation from the first article is added,
        unless the same section has already quoted it.
        """
        event = event_in_words(self._noun_for(rows), self._place_of(rows), definite=definite)
        quoted = self._quotation_of(rows)
        if not quoted or not is_quoted:
            return event
        return fill(PHRASES["event.quoted"], event=event, words=quoted)

    def list_events(
        self,
        claims: list[pd.DataFrame],
        *,
        definite: bool = True,
        join: Callable[[list[str]], str] = join_and,
    ) -> str:
        """Name the events of several claims; a place that all of them share is named once."""
        places = {self._place_of(rows) for rows in claims}
        nouns = [self._noun_for(rows) for rows in claims]
        is_quoted = any(self._quotation_of(rows) for rows in claims)
        is_same_place = len(places) == 1 and "" not in places
        if is_quoted or not is_same_place or len(set(nouns)) < len(nouns):
            return join(self._events_by_name(claims, definite=definite))
        events = [event_in_words(noun, "", definite=definite) for noun in nouns]
        place = place_phrase(places.pop())
        return fill(PHRASES["events.same_place"], events=join(events), place=place)

    def _events_by_name(self, claims: list[pd.DataFrame], *, definite: bool) -> list[str]:
        """Name the events of claims, those with the same name together: two signings (“…”; “…”)."""
        claims_of_name: dict[str, list[pd.DataFrame]] = {}
        for rows in claims:
            name = event_in_words(self._noun_for(rows), self._place_of(rows), definite=False)
            claims_of_name.setdefault(name, []).append(rows)

        events = []
        for same_name in claims_of_name.values():
            quotations = [self._quotation_of(rows) for rows in same_name]
            noun = plural(readable(self._noun_for(same_name[0])))
            if len(same_name) < 2 or not noun or not all(quotations):
                events += [self.event_of(rows, definite=definite) for rows in same_name]
                continue
            place = self._place_of(same_name[0])
            events.append(
                fill(
                    PHRASES["events.same_noun"],
                    number=len(same_name),
                    noun=f"{noun} {place_phrase(place)}" if place else noun,
                    quotations="; ".join(
                        fill(PHRASES["account.quoted"], words=words) for words in quotations
                    ),
                )
            )
        return events

    def possible_event(self, rows: pd.DataFrame, articles: int) -> str:
        """Name the event of a claim, with the number of articles that may report it."""
        event = event_in_words(self._noun_for(rows), self._place_of(rows))
        quoted = self._quotation_of(rows)
        template = "event.quoted_in_articles" if quoted else "event.in_articles"
        return fill(PHRASES[template], event=event, words=quoted, articles=articles)

    def _noun_for(self, rows: pd.DataFrame) -> str:
        """Return a noun for the event of a claim: "conviction", or its kind."""
        mention = self._clearest_mention_of(rows)
        return (
            rows.kind.iloc[0] if mention is None else noun_for(mention.event_kind, mention.family)
        )

    def _place_of(self, rows: pd.DataFrame) -> str:
        """Return the place of a claim as it is written in a sentence; "" if it is unknown."""
        place = rows.place.iloc[0]
        return self.name_in_sentence(place) if place else ""

    def _quotation_of(self, rows: pd.DataFrame) -> str:
        """Return the quoted words of the clearest mention; "" for codebook events."""
        mention = self._clearest_mention_of(rows)
        if mention is None:
            return ""
        return clause_around(self.texts[mention.article], mention.start, mention.end)

    def _clearest_mention_of(self, rows: pd.DataFrame):
        """Return the clearest mention of a claim; None for codebook events."""
        label = rows.label.iloc[0]
        places = self._places_of_mentions
        label = label if label in places else rows.claim.iloc[0]
        if label not in places:
            return None
        if label not in self._clearest_mentions:
            mentions = self._mentions.iloc[places[label]].itertuples()
            self._clearest_mentions[label] = max(mentions, key=self._clearness_of)
        return self._clearest_mentions[label]

    @cached_property
    def _mentions(self) -> pd.DataFrame:
        """Return the mentions of claims of the built-in list, with the columns of their events."""
        span = ["article", "start"]
        built_in = self["events"].query("family != ''").drop_duplicates(span)
        built_in = built_in.rename(columns={"label": "event_kind"})
        columns = [*span, "agent", "target", "modality", "event_kind", "family"]
        return self.claims.merge(built_in[columns], on=span)

    @cached_property
    def _places_of_mentions(self) -> dict[str, Any]:
        """Return where the mentions of each claim are in the table `_mentions`, by label."""
        return self._mentions.groupby("label").indices

    def _clearness_of(self, mention) -> tuple[bool, int, bool]:
        """Return a sort key: the clearest mention of an event has the highest.

        A mention of the event itself with its participants says most, above all in a headline or
        first passage, and if it can be quoted as a whole.
        """
        is_of_event = mention.modality in ("happened", "reported")
        participants = (mention.agent != "") + (mention.target != "")
        is_opening = mention.start < self._ends_of_openings.get(mention.article, 0)
        quotation = clause_around(self.texts[mention.article], mention.start, mention.end)
        return is_of_event, participants + is_opening, OMISSION not in quotation

    def nothing_found(self, template: str, /, **fields) -> list[Sentence]:
        """Write a sentence that nothing was found, based on the passages that were searched."""
        return [write_sentence(template, "passages", self.story.index, **fields)]


def _article_name(row, opening: str) -> str:
    """Return an article's title in quotation marks or, if it has none, the words it begins with."""
    title = " ".join(row.title.split()).rstrip(MARKS_AFTER_TITLE)
    return f"“{title}”" if title else _untitled(row.article, opening)


def _distinguishing_lengths(titles: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Return how many words of each title distinguish it from the others; at least a few."""
    lengths = {}
    undistinguished = set(titles)
    length = SHORT_TITLE_WORDS
    while undistinguished:
        uses = Counter(title[:length] for title in undistinguished)
        distinguished = {
            title for title in undistinguished if uses[title[:length]] == 1 or len(title) <= length
        }
        lengths |= dict.fromkeys(distinguished, length)
        undistinguished -= distinguished
        length += 1
    return lengths


def _short_title(row, words: tuple[str, ...], length: int) -> str:
    """Return the first words of an article's title in quotation marks, or of the article."""
    if not words:
        return fill(PHRASES["article.without_words"], article=row.article)
    is_cut = len(words) > length or not row.title
    ending = "…" if is_cut else ""
    return f"“{' '.join(words[:length]).rstrip(MARKS_AFTER_TITLE)}{ending}”"


def _untitled(article: str, opening: str) -> str:
    """Name an article without a title by the words it begins with, or by its id."""
    if not opening:
        return fill(PHRASES["article.without_words"], article=article)
    return fill(PHRASES["article.untitled"], words=opening)


def _distinguished(names: list[str], articles: pd.DataFrame) -> dict[str, str]:
    """Return the names by article, with what distinguishes articles of the same name."""
    distinct = distinguish_names(pd.Series(names, index=articles.index, dtype="str"), articles)
    return dict(zip(articles.article, distinct, strict=True))


def rank(sizes: pd.Series) -> list[str]:
    """Return the index of a series by descending value; ties are in alphabetical order."""
    return sorted(sizes.index, key=lambda label: (-sizes[label], label))
