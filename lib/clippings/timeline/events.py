"""Step 4: find events with their participants, place and time.

Events are found with the triggers of the codebook and with the built-in list in `default_events`.

Events of the built-in list get the time in their clause (see `event_times`), events of the codebook
the nearest time in their sentence (see `_time_of_event`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.lexicon import read_lexicon, read_words, words_of
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import SpanIndex, enclosing, link_to, nearest
from clippings.core.tables import by_article, make_table
from clippings.core.tokens import fold
from clippings.timeline.default_events import EventWord, find_event_words, words_in_role
from clippings.timeline.event_arguments import (
    NO_ARGUMENTS,
    Arguments,
    find_arguments,
    may_have_place_noun,
    place_noun_of,
)
from clippings.timeline.event_times import time_of_event
from clippings.timeline.phrases import PhraseReader
from clippings.timeline.sentence_words import Name, has_nation, read_sentence_words
from clippings.timeline.term_scanner import TermScanner
from clippings.timeline.timex import POINT_TYPES

# Modalities to which code refers; denied and habitual occur only in lexicon/en/events/modality.
HAPPENED = "happened"
REPORTED = "reported"
PLANNED = "planned"

# The kind of codebook rows whose triggers are not events.
NO_EVENT = "-"

# The rule of events of the built-in list (for codebook events, the trigger). As the trigger of a
# row of the kind NO_EVENT, it switches the list off.
BUILT_IN = "built_in"

# Maximum number of characters between an event and its time: about a line. In long sentences, a
# time farther away usually belongs to another event.
MAX_DISTANCE_TO_TIME = 100

# Number of characters. A time this close to the start of its sentence applies to the whole sentence
# ("But on Monday …").
START_OF_SENTENCE = 20

# Maximum number of characters of a sentence that are read on either side of a trigger. In a text
# without full stops, the cost would otherwise be quadratic.
MAX_SENTENCE = 2000

# Number of characters to search backwards for the last place: usually this paragraph and the
# previous one.
MAX_DISTANCE_TO_PLACE = 9 * MAX_SENTENCE

# Number of characters to search before a sentence for the place called "the city" or "there": a
# paragraph or two.
MAX_DISTANCE_TO_ANTECEDENT = 600

# Number of characters before and after a trigger in which words indicate whether the event
# happened; rules for the whole sentence read three times as many.
MODALITY_WIDTH = 90
SENTENCE_WIDTH = 3 * MODALITY_WIDTH

# The rule of times that state only a time of day, in the table of times.
TIME_OF_DAY_RULE = "clock"

# Number of initial letters of words used to check quickly whether a modality rule can match.
BEGINNING_LENGTH = 4
LETTERS = re.compile(r"['’](?:t|ll)\b|[a-z]+", re.IGNORECASE)  # "didn't": "didn", "'t"

# Number of characters before a trigger that can contain an auxiliary and an adverb: "were
# reportedly ".
PASSIVE_WIDTH = 24

# Number of characters before a name that can contain "by the ".
BY_WIDTH = 9

PASSIVE = re.compile(
    r"""
    \b(?:was|were|been|be|being|is|are|got)\s+              # "were"
    (?:[\w-]+\s+)?                                          # "reportedly"
    (?:\w+(?:ed|en|wn|ght|ound|ld)|shot|hit|put)\b          # "arrested", "taken", "held"
    [^.,;]*$                                                # "in Rome", in the same clause
    """,
    re.IGNORECASE | re.VERBOSE,
)
AGENT_AFTER_BY = re.compile(
    r"""
    [^,;:.!?]{0,30}                         # "arrested | in Rome"
    \b(?:by|at\s+the\s+hands\s+of)\s+       # "by"
    (?:[\w’'-]+\s+){0,4}$                   # "men of the", and then the name
    """,
    re.IGNORECASE | re.VERBOSE,
)

# "The board, backed by the club, arrested him": the club is not the agent of the arrest.
AFTER_BY = re.compile(r"\bby\s+(?:the\s+)?$")

# Text between a place and the next one, which contains it, is its other name, or is an example.
PLACE_WITHIN_PLACE = re.compile(
    r"""
      [\s)]*,?\s+in\s+                                                  # "Rome, in"
      (?:the\s+)?(?:\w+['’]s\s+)?                                       # "Italy's"
      (?:(?:north|south|east|west|central|upper|lower)[\w-]*\s+)?       # "central"
      (?:\w+\s+of\s+)?                                                  # "region of" Lazio
    | \s*\(                                                             # "Rome (Roma)"
    | [^.;:]{0,60}\s(?:such\ as|including)\s+                           # "Rome, in parts such as"
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Trigger(NamedTuple):
    """A match of a trigger of the codebook, or of the built-in list, in a passage."""

    start: int
    end: int
    last_word: int  # start of its last word: "killed" in "was killed"
    text: str
    kind: str
    modality: str  # of the codebook; "" if the words around it decide
    term: str
    event_word: EventWord | None  # None for the codebook


class ArticleRows(NamedTuple):
    """The other findings in one article, indexed by position."""

    mentions: SpanIndex
    participants: SpanIndex  # mentions that are neither speakers nor addressees
    times: SpanIndex
    quotes: SpanIndex


class Participants(NamedTuple):
    """The agent and the target of an event; "" if not named."""

    agent: str
    target: str


class ModalityRule(NamedTuple):
    """A row of lexicon/en/events/modality."""

    modality: str
    where: str
    needs: frozenset[str]  # beginnings of words, one of which the pattern requires
    pattern: re.Pattern


class ModalitySign(NamedTuple):
    """A word that some modality rules require."""

    start: int  # in characters of the passage
    rules: tuple[int, ...]  # numbers of these rules


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, with all findings in it that its events need."""

    start: int
    end: int
    text: str  # of the passage
    passage_start: int
    names: list[Name]  # in characters of the passage
    participants: list  # rows of mentions that are neither speakers nor addressees
    times: list  # rows of times
    modality_signs: list[ModalitySign]

    @cached_property
    def phrases(self) -> PhraseReader:
        """Return a reader for the phrases of the sentence, in characters of the passage."""
        first = self.start - self.passage_start
        last = self.end - self.passage_start
        times = [
            (time.start - self.passage_start, time.end - self.passage_start) for time in self.times
        ]
        return PhraseReader(read_sentence_words(self.text, first, last, self.names, times))

    @cached_property
    def may_name_place(self) -> bool:
        """Return whether the sentence has a word that can refer to a place: "there", "city"."""
        first = self.start - self.passage_start
        return may_have_place_noun(self.text, first, self.end - self.passage_start)

    @cached_property
    def may_name_participants(self) -> bool:
        """Return whether the sentence has a name or nation; most sentences need no parsing."""
        first = self.start - self.passage_start
        last = self.end - self.passage_start
        return bool(self.names) or has_nation(self.text, first, last)


@cacheable
@needs_word_lists
@reads_plain_text
def find_events(
    passages: pd.DataFrame,
    triggers: pd.DataFrame,
    mentions: pd.DataFrame,
    times: pd.DataFrame,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """Find mentions of events with their participants, place and time.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search, usually those of the article text.
    triggers : pandas.DataFrame
        The events of the codebook, `codebook["events"]`. If triggers overlap, the longest one
        counts, and triggers of the codebook take precedence over the built-in list. Text that a
        row of the kind "-" matches is not an event; such a row with the trigger "built_in" switches
        the built-in list off.
    mentions, times, quotes : pandas.DataFrame
        The results of `find_mentions`, `find_times` and `find_quotes` for the same passages.

    Returns
    -------
    pandas.DataFrame
        The table events: one row per trigger found, sorted by article and position.

        - text: the words that matched.
        - label: the kind of event, from the codebook or from the built-in list
          (`lexicon/en/events/kinds.csv`), such as attack, election or statement; "other" for
          actions without a specific kind.
        - family: the verb that represents both verb and noun, such as acquire for "acquisition"; ""
          for events of the codebook.
        - modality: as specified in the codebook; otherwise happened, reported, planned, denied or
          habitual, according to the surrounding words.
        - agent, target, place: who did it, to whom, and where; "" if unknown.
        - time_start, time_end: the time of the event. For events of the codebook, this is the
          nearest time in the sentence that is within 100 characters or opens the sentence; for
          events of the built-in list, the time in the clause.
        - quote_start, quote_end: the quotation that contains the event.
        - rule: the trigger as written in the codebook, or built_in.

    Raises
    ------
    BadInput
        If a trigger is not a valid search term. The message explains how to write it.

    Notes
    -----
    For events of the built-in list, agent, target and place are read from the clause by position,
    voice and prepositions ("by the army", "in Ostrand"). Participants are names, or groups that
    belong to a nation ("Israeli troops"). "The city" and "there" refer to a place if it is the
    only one mentioned shortly before.

    For events of the codebook, the agent and the target are the nearest actors before and after the
    trigger in its sentence, or vice versa in the passive. The place is the nearest one in the
    sentence, preferring the smaller place in "a town in a district"; states and rivers are used
    only if no smaller place is named. If the sentence has no place, the last one in the same or
    the previous paragraph is used.

    Events without a trigger are not found, and participants in long sentences are a guess. The
    built-in list does not cover statements (see `find_quotes`), thoughts, states and idioms; see
    `default_events` for its limits.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label == "body"]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> quotes = cl.find_quotes(story, mentions)
    >>> times = cl.find_times(story, articles)
    >>> events = cl.find_events(story, codebook["events"], mentions, times, quotes)
    >>> events[["text", "label", "place", "modality"]].head(4)
                      text       label            place  modality
    0        flood warning     warning       River Lenn  happened
    1               warned     warning                   happened
    2    plans to evacuate  evacuation  Harbour Quarter   planned
    3  closed every spring     closure          Ostrand  habitual
    """
    switches_off = _switches_built_in_list_off(triggers)
    trigger_rows = list(triggers[~switches_off].itertuples())
    uses_built_in_list = not switches_off.any()
    scanner = TermScanner([row.trigger for row in trigger_rows])
    mentions_by_article = by_article(mentions)
    participants_by_article = by_article(mentions[~_is_speaking(mentions, quotes)])
    times_by_article = by_article(times[_is_date(times)])
    quotes_by_article = by_article(quotes)
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "events"):
        names = SpanIndex(mentions_by_article.get(article, []))
        article_rows = ArticleRows(
            names,
            SpanIndex(participants_by_article.get(article, [])),
            SpanIndex(times_by_article.get(article, [])),
            SpanIndex(quotes_by_article.get(article, [])),
        )
        start_of_previous = 0
        for passage in article_passages:
            passage_triggers = _find_triggers(passage.text, scanner, trigger_rows)
            if uses_built_in_list:
                passage_triggers = _with_built_in_list(passage_triggers, passage, names)
            passage_triggers = [trigger for trigger in passage_triggers if trigger.kind != NO_EVENT]
            spans = sentence_spans(passage.text, passage.start) if passage_triggers else []
            sentences: dict[tuple[int, int], Sentence] = {}
            for trigger in passage_triggers:
                span = _sentence_of(passage, trigger, spans)
                if span not in sentences:
                    sentences[span] = _read_sentence(passage, span, article_rows)
                rows.append(
                    _event(passage, sentences[span], trigger, article_rows, start_of_previous)
                )
            start_of_previous = passage.start
    return make_table("events", rows)


def _is_speaking(mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.Series:
    """Mark mentions of speakers and addressees, who do not take part in the reported events."""
    articles = quotes.article.tolist()
    speakers = set(zip(articles, quotes.speaker_start.tolist(), strict=True))
    hearers = set(zip(articles, quotes.told_to.tolist(), strict=True))
    speaking = [
        (article, start) in speakers or (article, label) in hearers
        for article, start, label in zip(
            mentions.article.tolist(),
            mentions.start.tolist(),
            mentions.label.tolist(),
            strict=True,
        )
    ]
    return pd.Series(speaking, index=mentions.index, dtype="bool")


def _is_date(times: pd.DataFrame) -> pd.Series:
    """Mark times that can date an event: not durations, and not "now" or "recently".

    A time of day alone ("by noon") cannot: it belongs to the day that the text is about, which is
    often not the last day mentioned.
    """
    is_point = times.label.isin(POINT_TYPES) & ~times.value.str.endswith("_REF")
    is_time_of_day = (times.rule == TIME_OF_DAY_RULE) & (times.anchor == "mentioned")
    return is_point & ~is_time_of_day


def _find_triggers(text: str, scanner: TermScanner, trigger_rows: list) -> list[Trigger]:
    """Find matches in order of position; of overlapping matches, keep the first and longest."""
    matches = []
    for number, match in scanner.scan(text):
        row = trigger_rows[number]
        last_word = match.end() - len((match[0].split() or [""])[-1])
        matches.append(
            Trigger(
                *match.span(),
                last_word,
                match[0],
                row.kind,
                row.modality,
                row.trigger,
                event_word=None,
            )
        )
    matches.sort(key=lambda trigger: (trigger.start, -trigger.end, trigger.kind, trigger.term))
    triggers: list[Trigger] = []
    for trigger in matches:
        if not triggers or trigger.start >= triggers[-1].end:
            triggers.append(trigger)
    return triggers


def _switches_built_in_list_off(triggers: pd.DataFrame) -> pd.Series:
    """Mark the rows of the codebook that disable the built-in list."""
    if triggers.empty:
        return pd.Series(dtype="bool", index=triggers.index)
    return (triggers.kind == NO_EVENT) & (triggers.trigger.str.strip() == BUILT_IN)


def _with_built_in_list(triggers: list[Trigger], passage, names: SpanIndex) -> list[Trigger]:
    """Add triggers of the built-in list that do not overlap those of the codebook."""
    name_spans = [
        (name.start - passage.start, name.end - passage.start)
        for name in names.between(passage.start, passage.end)
    ]
    taken = SpanIndex(triggers)
    built_in = []
    for word in find_event_words(passage.text, name_spans):
        last_before = taken.between(0, word.end)[-1:]
        if not last_before or last_before[0].end <= word.start:
            built_in.append(_trigger_of_word(word, passage.text))
    return sorted([*triggers, *built_in], key=lambda trigger: trigger.start)


def _trigger_of_word(word: EventWord, text: str) -> Trigger:
    """Convert a word of the built-in list to a trigger."""
    return Trigger(
        word.start,
        word.end,
        word.last_word,
        text[word.start : word.end],
        word.kind,
        modality="",
        term=BUILT_IN,
        event_word=word,
    )


def _sentence_of(passage, trigger: Trigger, sentences: list) -> tuple[int, int]:
    """Return the sentence of a trigger, shortened if it is very long."""
    start = passage.start + trigger.start
    first, last = enclosing(sentences, start) or (passage.start, passage.end)
    return max(first, start - MAX_SENTENCE), min(last, start + MAX_SENTENCE)


def _read_sentence(passage, span: tuple[int, int], article_rows: ArticleRows) -> Sentence:
    """Collect the contents of a sentence once for all of its events."""
    start, end = span
    names = [
        Name(
            mention.start - passage.start, mention.end - passage.start, mention.label, mention.type
        )
        for mention in article_rows.mentions.between(start, end)
    ]
    return Sentence(
        start,
        end,
        passage.text,
        passage.start,
        names,
        article_rows.participants.between(start, end),
        article_rows.times.between(start, end),
        _modality_signs(passage.text, start - passage.start, end - passage.start),
    )


def _event(
    passage,
    sentence: Sentence,
    trigger: Trigger,
    article_rows: ArticleRows,
    start_of_previous: int,
) -> dict:
    """Return a row of events."""
    start = passage.start + trigger.start
    end = passage.start + trigger.end
    event_word = trigger.event_word
    if event_word is not None:
        arguments = _arguments_of_clause(sentence, event_word, article_rows)
        time = _time_of_clause(sentence, event_word)
    else:
        first = max(start_of_previous, start - MAX_DISTANCE_TO_PLACE)
        earlier = article_rows.participants.between(first, sentence.start)
        arguments = _arguments_by_nearness(passage, sentence, trigger, earlier)
        time = _time_of_event(sentence.times, sentence.start, start, end)

    quotes = article_rows.quotes.around(start, end)
    modality = trigger.modality or _modality(passage, sentence, trigger)
    if not trigger.modality and modality == HAPPENED and quotes:
        modality = REPORTED
    return {
        "article": passage.article,
        "start": start,
        "end": end,
        "text": trigger.text,
        "label": trigger.kind,
        "family": event_word.family if event_word is not None else "",
        "modality": modality,
        "agent": arguments.agent,
        "target": arguments.target,
        "place": arguments.place,
        **link_to("time", time),
        **link_to("quote", quotes[-1] if quotes else None),
        "rule": trigger.term,
    }


def _arguments_of_clause(
    sentence: Sentence, event: EventWord, article_rows: ArticleRows
) -> Arguments:
    """Return the participants and place that the clause of a built-in event states."""
    arguments = NO_ARGUMENTS
    if sentence.may_name_participants:
        arguments = find_arguments(sentence.phrases, event)
    if arguments.place or not sentence.may_name_place:
        return arguments
    noun = place_noun_of(sentence.phrases, event)
    place = _place_named_before(noun, sentence.start, article_rows) if noun else ""
    return arguments._replace(place=place)


def _place_named_before(noun: str, sentence_start: int, article_rows: ArticleRows) -> str:
    """Return the only place mentioned shortly before to which "the city" or "there" can refer."""
    first = max(0, sentence_start - MAX_DISTANCE_TO_ANTECEDENT)
    places = {
        mention.label
        for mention in article_rows.mentions.between(first, sentence_start)
        if mention.type == "place"
    }
    countries_and_continents = words_of("en/names/countries", "country")
    countries = {place for place in places if fold(place) in countries_and_continents}
    if noun in words_in_role("country_noun"):
        candidates = countries - words_in_role("continent")
    elif noun in words_in_role("place_adverb"):
        candidates = places
    else:
        candidates = places - countries
    return candidates.pop() if len(candidates) == 1 else ""


def _time_of_clause(sentence: Sentence, event: EventWord):
    """Return the row of times that belongs to an event of the built-in list; None if none."""
    if not sentence.times:
        return None
    start = time_of_event(sentence.phrases.words, event)
    if start is None:
        return None
    return next(time for time in sentence.times if time.start == sentence.passage_start + start)


def _arguments_by_nearness(
    passage, sentence: Sentence, trigger: Trigger, earlier: list
) -> Arguments:
    """Return the participants and place nearest to an event of the codebook.

    Speakers do not take part. If the sentence has no place, the last place mentioned before it is
    used.
    """
    named = sentence.participants
    who = _participants(passage, [mention for mention in named if mention.type != "place"], trigger)
    places = [mention for mention in named if mention.type == "place"]
    place = _place(passage, places, passage.start + trigger.start, passage.start + trigger.end)
    return Arguments(who.agent, who.target, place or _last_place(earlier))


def _time_of_event(times: list, sentence_start: int, start: int, end: int):
    """Return the nearest time in the sentence that is close to the event or opens the sentence."""

    def governs(time) -> bool:
        opens_sentence = time.start - sentence_start < START_OF_SENTENCE
        distance = min(abs(time.start - end), abs(start - time.end))
        return opens_sentence or distance < MAX_DISTANCE_TO_TIME

    return nearest([time for time in times if governs(time)], start, end)


def _participants(passage, actors: list, trigger: Trigger) -> Participants:
    """Return the actors nearest before (agent) and after (target); reversed in the passive."""
    text = passage.text
    start = trigger.start
    end = trigger.end
    named_before: list[str] = []
    named_after: list[str] = []
    named_after_by: list[str] = []
    for actor in actors:
        position = actor.start - passage.start
        if position < start:
            if not AFTER_BY.search(text[max(0, position - BY_WIDTH) : position]):
                named_before.append(actor.label)
        elif position >= end:
            named_after.append(actor.label)
            if AGENT_AFTER_BY.match(text[end:position]):
                named_after_by.append(actor.label)

    nearest_before = named_before[-1] if named_before else ""
    first_after_by = named_after_by[0] if named_after_by else ""
    if PASSIVE.search(text[max(0, trigger.last_word - PASSIVE_WIDTH) : end]):
        return Participants(first_after_by, nearest_before)
    targets = [name for name in named_after if name not in named_after_by]
    return Participants(first_after_by or nearest_before, targets[0] if targets else "")


@cache
def _modality_rules() -> tuple[ModalityRule, ...]:
    """Compile the rows of lexicon/en/events/modality."""
    up_to_three_words = r"(?:[\w’'-]+\s+){0,3}"
    rules = []
    for row in read_lexicon("en/events/modality"):
        pattern = row["pattern"].replace(" ", r"\s+").replace("<gap>", up_to_three_words)
        if row["where"] == "before":
            pattern = f"(?:{pattern})$"
        elif row["where"] == "after":
            pattern = rf"\A(?:{pattern})"
        needs = _beginnings(row["needs"])
        compiled = re.compile(pattern, re.IGNORECASE)
        rules.append(ModalityRule(row["modality"], row["where"], needs, compiled))
    return tuple(rules)


def _beginnings(text: str) -> frozenset[str]:
    """Return the first letters of all words in a text, in lower case."""
    return frozenset(_beginning(word[0]) for word in LETTERS.finditer(text))


def _beginning(word: str) -> str:
    """Return the first letters of a word, in lower case and with a straight apostrophe."""
    return word[:BEGINNING_LENGTH].lower().replace("’", "'")


@cache
def _rules_by_beginning() -> dict[str, tuple[int, ...]]:
    """Map the beginnings of words that modality rules require to the numbers of these rules."""
    numbers: dict[str, list[int]] = {}
    for number, rule in enumerate(_modality_rules()):
        for beginning in rule.needs:
            numbers.setdefault(beginning, []).append(number)
    return {beginning: tuple(group) for beginning, group in numbers.items()}


def _modality_signs(text: str, start: int, end: int) -> list[ModalitySign]:
    """List the words in a sentence that modality rules require, from left to right."""
    rules = _rules_by_beginning()
    signs = []
    for word in LETTERS.finditer(text, start, end):
        beginning = word[0][:BEGINNING_LENGTH].lower()
        if beginning[0] == "’":
            beginning = _beginning(beginning)
        if beginning in rules:
            signs.append(ModalitySign(word.start(), rules[beginning]))
    return signs


def _modality(passage, sentence: Sentence, trigger: Trigger) -> str:
    """Return the modality from the words around a trigger or from the trigger itself."""
    if not sentence.modality_signs:
        return HAPPENED
    sentence_start = sentence.start - passage.start
    sentence_end = sentence.end - passage.start
    first = max(sentence_start, trigger.start - SENTENCE_WIDTH)
    last = min(sentence_end, trigger.end + SENTENCE_WIDTH)
    windows = {
        "sentence": (first, last),
        "after": (trigger.end, min(last, trigger.end + MODALITY_WIDTH)),
    }
    for position in sorted({trigger.start, trigger.last_word}):
        windows["before"] = (max(sentence_start, position - MODALITY_WIDTH), position)
        for rule in _rules_to_try(sentence.modality_signs, windows):
            window_start, window_end = windows[rule.where]
            if rule.pattern.search(passage.text[window_start:window_end]):
                return rule.modality
    return HAPPENED


def _rules_to_try(
    signs: list[ModalitySign], windows: dict[str, tuple[int, int]]
) -> list[ModalityRule]:
    """Return the rules of modality whose required words occur in the part they read."""
    rules = _modality_rules()
    numbers = set()
    for sign in signs:
        for number in sign.rules:
            start, end = windows[rules[number].where]
            if start <= sign.start < end:
                numbers.add(number)
    return [rules[number] for number in sorted(numbers)]


def _place(passage, places: list, start: int, end: int) -> str:
    """Return the place nearest to a trigger; the inner one in "Rome, in central Italy"."""
    local = [place for place in places if not _is_wide(place.label)]
    candidates = local or places
    place = nearest(candidates, start, end)
    if place is None:
        return ""
    for earlier in reversed(candidates):
        if earlier.end > place.start:
            continue
        between = passage.text[earlier.end - passage.start : place.start - passage.start]
        if PLACE_WITHIN_PLACE.fullmatch(between):
            place = earlier
    return place.label


def _last_place(mentions: Iterable) -> str:
    """Return the last place among mentions, preferring smaller places; "" if there is none."""
    places = [mention.label for mention in mentions if mention.type == "place"]
    places = [place for place in places if not _is_wide(place)] or places
    return places[-1] if places else ""


@cache
def _is_wide(name: str) -> bool:
    """Return whether a place is wide, such as a state or river: used if no smaller one is named."""
    words = fold(name).split()
    heads = read_words("en/names/place_heads", kind="nature")
    is_country = name in read_words("en/names/countries", "country")
    return is_country or words[0] in heads or words[-1] in heads
