"""Find mentions of actors: aliases of the codebook, and capitalised names.

In each article, the aliases of the codebook are found first, longer ones before shorter ones. Then
sequences of capitalised words are classified by the words in and around them. A short form
("al-Hussein") is linked to the only fuller name in the article that ends with it ("Ali
al-Hussein").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from clippings.actors.candidates import (
    CAPITALISED_NAME,
    CODEBOOK_ALIAS,
    OTHER_TOOL,
    Candidate,
    types_of_labels,
)
from clippings.actors.first_names import clear_first_names, first_names
from clippings.actors.name_spans import Position, name_spans, names_within
from clippings.actors.name_types import (
    DATELINE_PASSAGE,
    SPEAKS,
    Clue,
    find_clues,
    most_likely_type,
    written_places,
)
from clippings.actors.person_names import parse_name
from clippings.actors.roles import role_before
from clippings.actors.short_forms import link_short_forms
from clippings.actors.wording import RULE_WORDS
from clippings.core.cache import cacheable
from clippings.core.characters import plain_text
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.progress import in_turn
from clippings.core.spans import enclosing
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.text_marks import blank_marks
from clippings.core.tokens import fold

# Weights in points, on the scale of `name_types`
CONFIRMING_WEIGHT = 1.6  # confirms a word that only opens sentences; as "in" before a name does
NEIGHBOUR_WEIGHT = 1.0  # for a name next to another in a list
OTHER_TOOL_WEIGHT = 3.0  # for a name that another tool also found: as much as for a title

# Tags of other tools (spaCy, CoNLL, OntoNotes) begin with one of these
TYPES_OF_TAGS = {
    "per": "person",
    "org": "organisation",
    "gpe": "place",
    "loc": "place",
    "fac": "place",
    "norp": "group",
}

MAX_ACRONYM_LENGTH = 3  # letters: "US" is not "us", but "ROME" is "Rome"
MIN_ALIAS_LENGTH_IN_CAPITALS = 4  # letters: "IS" in capitals is "is" in a headline

PARTICIPLE = re.compile(r"(?P<word>[A-Z][a-z]{2,}ing)\s+(?=\S)")  # *Criticising* Bell, she left
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:\n”\"])\s*[“\"‘'(]*$")
CAPITALISED_WORD = re.compile(r"[A-Z]\w+")
FURTHER_NAMES = re.compile(r"(?:,\s+[A-Z]\w+)*,?\s+and\s+[A-Z]\w+")  # Storms Anna*, Bo and Tom*
ROOM_FOR_WORD = 20  # characters before a name in which another word can be
SEPARATOR_IN_LIST = re.compile(r"(?:,|,? and|,? or)\s+")  # Rome, Bari and Pisa
WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?[ \xa0]$")
WORD_AFTER = re.compile(r"[ \xa0]([^\W\d_][\w'’-]*)")
LOWER_CASE_WORD = re.compile(r"(?<![\w'’-])[a-z][^\W\d_]*")


class Aliases(NamedTuple):
    """The aliases of the codebook as one pattern, and the actor of each alias."""

    pattern: re.Pattern | None  # None without aliases
    actors: dict[str, tuple[str, str]]  # alias: actor and type; ("", "") for not_alias phrases


def _by_aliases(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions found by codebook aliases, without roles, which are English only."""
    return mentions[mentions.rule == CODEBOOK_ALIAS].assign(role="", clues="")


@cacheable
@needs_word_lists(by_codebook=_by_aliases)
@reads_plain_text
def find_mentions(
    passages: pd.DataFrame, actors: pd.DataFrame, *, votes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find all mentions of persons, organisations, places and groups by name.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search, usually those of the article text.
    actors : pandas.DataFrame
        The actors of the codebook, `codebook["actors"]`, one row per alias.
    votes : pandas.DataFrame, optional
        Names found by another tool, as returned by `read_votes`. Each is an additional clue.

    Returns
    -------
    pandas.DataFrame
        One row per mention, sorted by article and position.

        - label: the actor's name in the codebook, or the fullest form of the name in the article.
        - type: "person", "organisation", "place" or "group"; "" if unclear.
        - role: the words before the name that describe a person: "rights activist".
        - clues: the evidence for the type, separated by "; ".
        - rule: how the name was found.

    Notes
    -----
    `clippings.actors.name_types` contains the clues and their weights.

    Not found: names in lower case, and single names at the start of a sentence that do not occur
    elsewhere in the article. Pronouns are not mentions.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> mentions[["text", "label", "type", "rule"]].iloc[6:9]
                  text                 label          type              rule
    6      Valley Post           Valley Post  organisation  capitalised_name
    7    The authority  River Lenn Authority  organisation    codebook_alias
    8  Harbour Quarter       Harbour Quarter         place    codebook_alias
    """
    aliases = _compile_aliases(actors)
    votes_by_article = by_article(votes) if votes is not None else {}
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "names"):
        common_words = lower_case_words(blank_marks(passage.text) for passage in article_passages)
        candidates = []
        for passage in article_passages:
            candidates += _find_aliases(passage, aliases)
        candidates += _find_capitalised_names(article_passages, candidates, common_words)
        candidates += _add_votes(candidates, votes_by_article.get(article, []), article_passages)
        candidates = _without_participles(candidates)
        candidates = _drop_doubtful(candidates, common_words)
        _label_capitals(candidates)
        link_short_forms(candidates)
        rows += _mention_rows(candidates)
    return make_table("mentions", rows)


def lower_case_words(texts: Iterable[str]) -> set[str]:
    """Collect the words that texts write in lower case; as names, they may be something else.

    Parameters
    ----------
    texts : iterable of str
        The texts, without marks of the reading direction.

    Returns
    -------
    set of str
        The words, folded.

    Examples
    --------
    >>> sorted(lower_case_words(["Ann Young is a young doctor."]))
    ['a', 'doctor', 'is', 'young']
    """
    words: set[str] = set()
    for text in texts:
        words.update(map(fold, LOWER_CASE_WORD.findall(text)))
    return words


def _compile_aliases(actors: pd.DataFrame) -> Aliases:
    """Compile all aliases into one pattern, the longest first, including not_alias phrases."""
    meaning: dict[str, tuple[str, str]] = {}
    for row in actors.itertuples():
        meaning.setdefault(_alias_key(row.alias), (row.actor, row.type))
    for row in actors.itertuples():
        for phrase in row.not_alias.split("|"):
            if phrase.strip():
                meaning.setdefault(_alias_key(phrase), ("", ""))

    longest_first = sorted(meaning, key=lambda key: (-len(key), key))
    patterns = [_alias_pattern(key) for key in longest_first]
    for key in sorted(meaning):
        meaning.setdefault(key.upper(), meaning[key])
        meaning.setdefault(key[0].upper() + key[1:], meaning[key])
    if not patterns:
        return Aliases(None, meaning)
    return Aliases(re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)"), meaning)


def _alias_pattern(key: str) -> str:
    """Return a case-sensitive pattern ("IS" is not "is") that allows headlines in capitals."""
    forms = [key]
    if len(key) >= MIN_ALIAS_LENGTH_IN_CAPITALS and not key.isupper():
        forms.append(key.upper())
    if key[0].islower():
        forms.append(key[0].upper() + key[1:])
    patterns = []
    for form in dict.fromkeys(forms):
        words = [re.escape(word).replace("'", "['’]") for word in form.split()]
        patterns.append(r"\s+".join(words))
    return "|".join(patterns)


def _alias_key(alias: str) -> str:
    """Return the form in which an alias is looked up: straight apostrophes, single blanks."""
    return " ".join(plain_text(alias).text.replace("’", "'").split())


def _find_aliases(passage: Any, aliases: Aliases) -> list[Candidate]:
    if aliases.pattern is None:
        return []
    candidates = []
    for match in aliases.pattern.finditer(passage.text):
        actor, type_ = aliases.actors[_alias_key(match[0])]
        if type_ == "person" and _is_part_of_longer_name(passage.text, match):
            continue
        if actor:
            candidate = Candidate(
                passage,
                passage.start + match.start(),
                passage.start + match.end(),
                label=actor,
                type=type_,
                role=role_before(passage.text, match.start(), type_),
                rule=CODEBOOK_ALIAS,
                clues=[],
                is_confirmed=True,
            )
            candidates.append(candidate)
    return candidates


def _is_part_of_longer_name(text: str, match: re.Match) -> bool:
    """Return whether an alias of one word is part of another name: "Bell" in "Tom Bell"."""
    if " " in match[0] or not match[0][0].isupper():
        return False
    before = WORD_BEFORE.search(text[max(0, match.start() - ROOM_FOR_WORD) : match.start()])
    if before and before[1][0].isupper():
        word = fold(before[1])
        if word in first_names() or len(word) == 1:
            return True
    after = WORD_AFTER.match(text, match.end())
    return bool(after) and after[1][0].isupper() and fold(match[0]) in first_names()


def _find_capitalised_names(
    passages: list, aliased: list[Candidate], common_words: set[str]
) -> list[Candidate]:
    """Find capitalised names; those in lines of capitals must occur in other lines, too."""
    taken = defaultdict(list)
    for candidate in aliased:
        start = candidate.passage.start
        taken[start].append((candidate.start - start, candidate.end - start))

    candidates = []
    capital_runs = []
    things = set()  # "Maria" of "Hurricane Maria"
    for passage in passages:
        is_headline = passage.label == "headline"
        text = blank_marks(passage.text)  # the addresses of links contain no names
        for start, end, position in name_spans(
            text, taken[passage.start], common_words, is_headline=is_headline
        ):
            if position is Position.LINE_OF_CAPITALS:
                capital_runs.append((passage, start, end))
                continue
            if position is Position.THING:
                things |= _names_of_things(passage.text, start, end)
                continue
            # a single word in a subhead is always capitalised
            if passage.label == "subhead" and " " not in passage.text[start:end]:
                position = Position.SENTENCE_START
            candidates.append(_judge_name(passage, start, end, position))
    candidates = [candidate for candidate in candidates if candidate.label not in things]
    _type_lists(sorted([*aliased, *candidates], key=lambda candidate: candidate.start))

    if capital_runs:
        known = _known_names([*aliased, *candidates], common_words)
        surnames = {
            fold(candidate.label.split()[-1])
            for candidate in candidates
            if candidate.type == "person"
        }
        for passage, run_start, run_end in capital_runs:
            candidates += _names_in_capitals(passage, run_start, run_end, known, surnames)
    return candidates


def _names_of_things(text: str, start: int, end: int) -> set[str]:
    """Return names of things that do not act: "Storm Anna", "Storms Anna and Tom"."""
    words = text[start:end].split()
    names = {words[-1]}
    if words[0].endswith("s"):
        further = FURTHER_NAMES.match(text, end)
        if further:
            names |= set(CAPITALISED_WORD.findall(further[0]))
    return names


def _names_in_capitals(
    passage: Any, run_start: int, run_end: int, known: dict[str, str], surnames: set[str]
) -> list[Candidate]:
    """Find known names in a run of words of a line of capitals, also after new first names."""
    names: list[Candidate] = []
    for start, end in names_within(passage.text, run_start, run_end, known.keys()):
        label = known[fold(" ".join(passage.text[start:end].split()))]
        first_name = _first_name_before(passage.text, run_start, start)
        if first_name and fold(label) in surnames:
            start -= len(first_name) + 1
            label = f"{first_name.title() if first_name.isupper() else first_name} {label}"
            if names and names[-1].end > passage.start + start:  # the first name is also known
                names.pop()
        name = _judge_name(passage, start, end, Position.LINE_OF_CAPITALS)
        name.label = label
        names.append(name)
    return names


def _first_name_before(text: str, run_start: int, start: int) -> str:
    """Return the first name before a surname in a line of capitals: "Anna Bell Leaves"."""
    before = text[run_start:start]
    word = before.removesuffix(" ").rpartition(" ")[2]
    is_next = before.endswith(f"{word} ") and bool(word)
    return word if is_next and fold(word) in clear_first_names() else ""


def _known_names(candidates: list[Candidate], common_words: set[str]) -> dict[str, str]:
    """Map folded names, last names and places to their written forms."""
    labels = {
        " ".join(candidate.text.split())
        for candidate in candidates
        if candidate.position not in (Position.SENTENCE_START, Position.OTHER_WORD)
    }
    names = labels | {label.split()[-1] for label in labels}
    # a form in small letters, if there is one, replaces one in capitals
    known = {fold(name): name for name in sorted(names, key=lambda name: not name.isupper())}
    return written_places() | {
        name: written for name, written in known.items() if name not in common_words
    }


def _judge_name(passage: Any, start: int, end: int, position: Position) -> Candidate:
    """Return a capitalised name of a passage with the clues to its type."""
    if passage.label == "dateline":
        clues = [DATELINE_PASSAGE]
    else:
        clues = find_clues(passage.text, start, end, position)
    type_ = most_likely_type(clues)
    return Candidate(
        passage,
        passage.start + start,
        passage.start + end,
        label=" ".join(passage.text[start:end].split()),
        type=type_,
        role=role_before(passage.text, start, type_),
        rule=CAPITALISED_NAME,
        clues=clues,
        position=position,
    )


def _type_lists(candidates: list[Candidate]) -> None:
    """Give names without a clue the type of their neighbour in a list: "Rome, Bari and Pisa"."""
    forwards = list(pairwise(candidates))
    backwards = [(right, left) for left, right in reversed(forwards)]
    for typed, other in [*forwards, *backwards]:
        if not typed.type or other.type or typed.passage is not other.passage:
            continue
        first, last = sorted((typed, other), key=lambda candidate: candidate.start)
        passage = typed.passage
        gap_start = first.end - passage.start
        gap_end = last.start - passage.start
        if SEPARATOR_IN_LIST.fullmatch(passage.text, gap_start, gap_end):
            other.clues = [Clue(typed.type, NEIGHBOUR_WEIGHT, f"in a list with {typed.label}")]
            other.type = typed.type


def _add_votes(candidates: list[Candidate], votes: list, passages: list) -> list[Candidate]:
    """Add a clue to each name that another tool also found; return the names that only it found."""
    by_span = {(candidate.start, candidate.end): candidate for candidate in candidates}
    taken = sorted(by_span)
    added = []
    for row in votes:
        type_ = _type_of_tag(row.label)
        clues = [Clue(type_, OTHER_TOOL_WEIGHT, "found by another tool")] if type_ else []
        span = (
            enclosing(taken, row.start)
            or enclosing(taken, row.end - 1)
            or next((span for span in taken if row.start <= span[0] < row.end), None)
        )
        if span:  # the same name, perhaps with other bounds
            candidate = by_span[span]
            candidate.clues = [*candidate.clues, *clues]
            if candidate.position is Position.SENTENCE_START:
                candidate.position = Position.IN_SENTENCE
                candidate.is_confirmed = True
            continue
        passage = next((p for p in passages if p.start <= row.start < row.end <= p.end), None)
        if passage is None or not (type_ or not row.label):  # a date, an amount
            continue
        start = row.start - passage.start
        end = row.end - passage.start
        candidate = _judge_name(passage, start, end, Position.IN_SENTENCE)
        candidate.clues = [*candidate.clues, *clues]
        candidate.type = most_likely_type(candidate.clues)
        candidate.rule = OTHER_TOOL
        candidate.is_confirmed = True
        added.append(candidate)
    return added


def _type_of_tag(tag: str) -> str:
    """Return the type for another tool's tag ("PERSON", "GPE"); "" if it is unknown."""
    tag = tag.lower()
    for beginning, type_ in TYPES_OF_TAGS.items():
        if tag.startswith((beginning, type_)):
            return type_
    return ""


def _without_participles(candidates: list[Candidate]) -> list[Candidate]:
    """Cut participles that open sentences off names of the article: "Criticising | Bell", she left.

    "Rolling Stone" stays, as it does not open a sentence, or the article has it several times.
    """
    counts = Counter(candidate.label for candidate in candidates)
    names = set(counts)
    for candidate in candidates:
        if candidate.type == "person" and not PARTICIPLE.match(candidate.label):
            names.add(candidate.label.split()[-1])
    return [_without_participle(candidate, counts, names) for candidate in candidates]


def _without_participle(candidate: Candidate, counts: Counter, names: set[str]) -> Candidate:
    """Return the name after a participle that opens a sentence, or the candidate as it is."""
    participle = PARTICIPLE.match(candidate.label)
    if not participle or candidate.rule != CAPITALISED_NAME or counts[candidate.label] > 1:
        return candidate
    name = candidate.label[participle.end() :]
    start = candidate.start - candidate.passage.start
    end = candidate.end - candidate.passage.start
    if name not in names or fold(participle["word"]) in first_names():
        return candidate
    if not _opens_sentence(candidate.passage.text, start):
        return candidate
    name_start = end - len(name)
    return _judge_name(candidate.passage, name_start, end, Position.IN_SENTENCE)


def _opens_sentence(text: str, start: int) -> bool:
    """Return whether a sentence starts at an offset, by the marks before it."""
    return bool(OPENS_SENTENCE.search(text[max(0, start - ROOM_FOR_WORD) : start]))


def _drop_doubtful(candidates: list[Candidate], common_words: set[str]) -> list[Candidate]:
    """Drop single words that are in lower case elsewhere, or that only ever open a sentence."""
    sure = set()
    surnames = set()
    for candidate in candidates:
        if candidate.position in (Position.SENTENCE_START, Position.OTHER_WORD):
            continue
        sure |= {candidate.label, *candidate.label.split()}
        if candidate.type == "person" and " " in candidate.label:
            surnames.add(parse_name(candidate.label).surname)

    def is_name(candidate: Candidate) -> bool:
        label = candidate.label
        if candidate.is_confirmed or " " in label:
            return True
        is_surname = fold(label) in surnames
        if candidate.position is Position.OTHER_WORD:  # May, of Theresa May
            return is_surname
        if sum(clue.weight for clue in candidate.clues) >= CONFIRMING_WEIGHT:
            return True
        speaks = SPEAKS in candidate.clues
        opens_sentence = candidate.position is Position.SENTENCE_START
        only_opens_sentence = opens_sentence and label not in sure and not is_surname
        if fold(label) in common_words:
            return is_surname and (speaks or not opens_sentence)
        return speaks or not only_opens_sentence

    return [candidate for candidate in candidates if is_name(candidate)]


def _label_capitals(candidates: list[Candidate]) -> None:
    """Label names in capitals as the article writes them elsewhere: OSTRAND is Ostrand."""
    written = {fold(candidate.label): candidate.label for candidate in candidates}
    for candidate in candidates:
        if not candidate.label.isupper():
            written[fold(candidate.label)] = candidate.label
    for candidate in candidates:
        is_capitals = candidate.label.isupper() and len(candidate.label) > MAX_ACRONYM_LENGTH
        if is_capitals and candidate.rule != CODEBOOK_ALIAS:
            candidate.label = written[fold(candidate.label)]


def _mention_rows(candidates: list[Candidate]) -> list[dict]:
    """Return the rows of mentions; each actor has the type with the most weight."""
    types = types_of_labels(candidates)
    rows = []
    for candidate in candidates:
        if candidate.rule == CODEBOOK_ALIAS:
            type_ = candidate.type
            clues = RULE_WORDS[CODEBOOK_ALIAS]
        else:
            type_ = types[candidate.label]
            clues = "; ".join(dict.fromkeys(clue.reason for clue in candidate.clues))
        passage = candidate.passage
        row = span_row(
            passage,
            candidate.start - passage.start,
            candidate.end - passage.start,
            label=candidate.label,
            type=type_,
            role=candidate.role,
            clues=clues,
            rule=candidate.rule,
        )
        rows.append(row)
    return rows
