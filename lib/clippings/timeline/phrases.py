"""Combine the words of a sentence into noun phrases, without a parser.

A phrase names a participant if its last word is a name, or a word for people or a body that belongs
to a name: "Israeli troops", "members of the board". A name that only modifies a phrase is not a
participant ("the Ostrand senator"). `event_arguments` decides which phrases belong to an event.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, read_words
from clippings.timeline.default_events import EventWord, prepositions_before, words_in_role
from clippings.timeline.sentence_words import (
    ADVERB,
    AUXILIARY,
    BE,
    BREAK,
    CLAUSE_WORD,
    COMMA,
    CONJUNCTION,
    DETERMINER,
    NAME,
    NATION,
    NOMINAL,
    NOUN,
    NUMBER,
    PAST,
    PEOPLE,
    PREPOSITION,
    RELATIVE,
    TIME,
    TO,
    VERBS,
    Word,
)

# Number of words that are read on either side of an event: a long clause.
CLAUSE_WIDTH = 30

# Number of words at the start of a sentence in which a place applies to all of it ("In Lund, …").
WORDS_OF_OPENING = 8

VERB_GROUP = frozenset({AUXILIARY, BE, ADVERB, TIME})
CLAUSE_ENDS = frozenset({BREAK, CLAUSE_WORD, RELATIVE})
START_OF_PHRASE = NOMINAL | {DETERMINER}

# Parts that can separate prepositional phrases: "on Monday", "again", and in places of events also
# "30 miles", and the comma of ", in Ostrand".
BETWEEN_PHRASES = frozenset({TIME, ADVERB})
BETWEEN_PHRASES_AND_NUMBERS = BETWEEN_PHRASES | {NUMBER}
BETWEEN_PLACES = BETWEEN_PHRASES_AND_NUMBERS | {COMMA}


class Phrase(NamedTuple):
    """A noun phrase: the numbers of its first and its last word."""

    first: int
    last: int


class PrepositionalPhrase(NamedTuple):
    """A phrase with the number of the preposition that introduces it."""

    preposition: int
    phrase: Phrase


@cache
def _people() -> frozenset[str]:
    """Return nouns for people who are identified by their nation or organisation: "soldiers"."""
    nouns = {
        *read_words("en/numbers/people"),
        *(
            row["word"]
            for row in read_lexicon("en/speech/source_nouns")
            if row["source_type"] in ("military", "resident", "activist", "official", "analyst")
        ),
    }
    singulars = {noun.removesuffix("s") for noun in nouns}
    plurals = {f"{noun}s" for noun in singulars}
    return frozenset(nouns | singulars | plurals | words_in_role("person")) - _bodies()


@cache
def _bodies() -> frozenset[str]:
    """Return words for those who act for a state or organisation: army, police, officials."""
    heads = {word for word in read_words("en/names/organisation_heads") if word.isalpha()}
    plurals = {f"{head}s" for head in heads}
    return words_in_role("body", "vehicle") | heads | plurals


@cache
def place_nouns() -> frozenset[str]:
    """Return nouns that occur next to the name of a place: "the city of".

    Returns
    -------
    frozenset of str
        In small letters.

    Examples
    --------
    >>> {"city", "mayor"} & place_nouns()
    {'city'}
    """
    return frozenset(read_words("en/names/place_heads")) | words_in_role("country_noun")


class Opening(NamedTuple):
    """The place that opens a sentence, and the end of its first clause, in numbers of words."""

    place: str  # "" for none
    place_end: int
    clause_end: int


class _Parts(dict):
    """The part of each word by its number; a sentence begins and ends with a BREAK."""

    def __missing__(self, number: int) -> str:
        return BREAK


class PhraseReader:
    """Reader for the phrases in the words of a sentence.

    Parameters
    ----------
    words : list of Word
        The sentence, as `read_sentence_words` returns it.

    Attributes
    ----------
    words : list of Word
    part : callable
        From the number of a word to its part; a sentence begins and ends with a BREAK.

    Examples
    --------
    >>> from clippings.timeline.sentence_words import read_sentence_words
    >>> reader = PhraseReader(read_sentence_words("Two Israeli soldiers left.", 0, 26, [], []))
    >>> reader.phrase_after(0), reader.participant(Phrase(0, 2))
    (Phrase(first=0, last=2), 'Israeli soldiers')
    """

    def __init__(self, words: list[Word]):
        self.words = words
        self._parts = _Parts(enumerate(word.part for word in words))
        self.part = self._parts.__getitem__  # called so often that a method of its own is too slow
        self._starts = [word.start for word in words]

    def low(self, number: int) -> str:
        """Return a word in small letters; "" outside the sentence."""
        return self.words[number].low if number in self._parts else ""

    @cached_property
    def opening(self) -> Opening:
        """Return the place that opens the sentence, and where its first clause ends."""
        clause_end = 0
        while self.part(clause_end) not in CLAUSE_ENDS:
            clause_end += 1
        for number in range(min(clause_end, WORDS_OF_OPENING)):
            if self.part(number) in VERBS:
                break
            is_at_place = self.low(number) in prepositions_before("place")
            if self.part(number) != PREPOSITION or not is_at_place:
                continue
            phrase = self.phrase_after(number + 1)
            place = self.place(phrase) if phrase else ""
            if place and self.part(number - 1) not in NOMINAL:
                return Opening(place, phrase.last, clause_end)
        return Opening("", 0, clause_end)

    def span_of(self, event: EventWord) -> Phrase | None:
        """Return the first and the last word of an event; None if it is not a word of its own."""
        first = bisect_left(self._starts, event.start)
        if first == len(self._starts) or self._starts[first] != event.start:
            return None
        return Phrase(first, max(first, bisect_left(self._starts, event.end) - 1))

    # --- phrases ---

    def phrase_before(self, last: int) -> Phrase:
        """Return the phrase that ends with a word."""
        first = last
        while self._continues_phrase(first):
            first -= 1
        return Phrase(first, last)

    def _continues_phrase(self, first: int) -> bool:
        """Return whether the word before the first word of a phrase belongs to it."""
        before = self.part(first - 1)
        if before == DETERMINER:
            return True
        if self.part(first) == DETERMINER:  # "the board's latest plan", not "Lund the"
            return before in NOMINAL and self.words[first - 1].is_genitive
        if before in NOMINAL:
            return True
        # "Hungarian and Romanian officials"
        is_pair = self.part(first) == NATION and before == CONJUNCTION
        return is_pair and self.part(first - 2) == NATION

    def phrase_after(self, first: int) -> Phrase | None:
        """Return the phrase that begins with a word; None if none does."""
        if self.part(first) not in START_OF_PHRASE:
            return None
        last = first
        while self._is_continued(last):
            last += 1
        return Phrase(first, last) if self.part(last) in NOMINAL else None

    def _is_continued(self, last: int) -> bool:
        """Return whether the word after the last word of a phrase belongs to it."""
        following = self.part(last + 1)
        if following == DETERMINER:
            return self.part(last) == DETERMINER or self.words[last].is_genitive
        if following in NOMINAL:
            # Two names in a row are two phrases, unless the first one owns the second.
            is_new_name = following == NAME and self.part(last) == NAME
            return not is_new_name or self.words[last].is_genitive
        is_pair = self.part(last) == NATION and following == CONJUNCTION
        return is_pair and self.part(last + 2) == NATION

    def phrase_with_complements(self, phrase: Phrase) -> Phrase:
        """Return a phrase with its complements after "of": "the leaders of the board"."""
        while self.low(phrase.last + 1) == "of":
            complement = self.phrase_after(phrase.last + 2)
            if complement is None:
                break
            phrase = Phrase(phrase.first, complement.last)
        return phrase

    def prepositional_phrases(
        self, number: int, between: frozenset[str]
    ) -> Iterator[PrepositionalPhrase]:
        """Yield the prepositional phrases that follow one another from a word on.

        Words whose part is in `between` may precede each of them. Times are left out: "on Monday".
        """
        while True:
            part = self.part(number)
            if part in between:
                number += 1
                continue
            if part not in (PREPOSITION, TO):
                return
            if self.part(number + 1) == TIME:
                number += 2
                continue
            phrase = self.phrase_after(number + 1)
            if phrase is None:
                return
            yield PrepositionalPhrase(number, phrase)
            number = self.phrase_with_complements(phrase).last + 1

    # --- participants and places ---

    def participant(self, phrase: Phrase) -> str:
        """Return the participant named by the last word of a phrase; "" if it has no name."""
        head = self.words[phrase.last]
        if head.is_genitive:
            return ""
        if head.part == NAME:
            # "killed a Tolmere, Ostrand, doctor"
            describes_noun = self.low(phrase.first) in words_in_role("indefinite")
            is_place_of_noun = head.name.type == "place" and self.part(phrase.last + 1) == COMMA
            return "" if is_place_of_noun and describes_noun else head.name.label
        if head.part == PEOPLE:
            return self._written(phrase.last, phrase.last)
        if head.part != NOUN:
            return ""
        return self._participant_of_head(phrase)

    def _participant_of_head(self, phrase: Phrase) -> str:
        """Return the participant denoted by a noun after a name or nation: "Israeli troops"."""
        head = self.words[phrase.last].low
        is_body = head in _bodies()
        if not is_body and head not in _people():
            return ""
        namers = [
            number
            for number in range(phrase.first, phrase.last)
            if self.part(number) in (NAME, NATION)
        ]
        if not namers:
            return ""
        last_namer = self.words[namers[-1]]
        if last_namer.part == NATION:
            first = namers[-1]
            while self.part(first - 1) == CONJUNCTION and self.part(first - 2) == NATION:
                first -= 2
            return self._written(first, phrase.last)
        if last_namer.name.type == "person":
            return ""  # "Lund's brother", "the Lund campaign"
        is_plural = head.endswith("s") or head in words_in_role("person")
        is_of_state = head in words_in_role("body", "vehicle")
        is_part_of_organisation = last_namer.name.type != "place" and (is_body or is_plural)
        if is_of_state or is_part_of_organisation:
            return last_namer.name.label
        if last_namer.name.type != "place":
            return ""  # "the club chairman"
        if last_namer.is_genitive or not is_plural or is_body:
            return ""  # "the Ostrand senator"
        return self._written(namers[-1], phrase.last)  # "Ostrand residents"

    def _written(self, first: int, last: int) -> str:
        """Return words as a label."""
        parts = []
        for word in self.words[first : last + 1]:
            keeps_case = word.part in (NATION, PEOPLE)
            parts.append(word.name.label if word.name else word.low)
            if keeps_case:
                parts[-1] = " ".join(part.capitalize() for part in word.low.split())
        return " ".join(parts)

    def participant_with_complement(self, phrase: Phrase) -> str:
        """Return the participant in a phrase or its complement: "members of the board"."""
        label = self.participant(phrase) or self._name_in_apposition(phrase)
        preposition = self.low(phrase.last + 1)
        if label or preposition not in prepositions_before("group"):
            return label
        complement = self.phrase_after(phrase.last + 2)
        if complement is None:
            return ""
        head = self.words[phrase.last]
        if preposition == "of" and head.low in words_in_role("quantity", "body"):
            return self.participant_with_complement(complement)
        last_word = self.words[complement.last]
        is_organisation = last_word.part == NAME and last_word.name.type == "organisation"
        return last_word.name.label if is_organisation and head.low in _people() else ""

    def _name_in_apposition(self, phrase: Phrase) -> str:
        """Return the name after a person and a comma: "with his brother, Anna Lund, on Monday"."""
        if self.low(phrase.last) not in _people() or self.part(phrase.last + 1) != COMMA:
            return ""
        name = self.words[phrase.last + 2].name if phrase.last + 2 < len(self.words) else None
        is_closed = self.part(phrase.last + 3) in (COMMA, BREAK, CONJUNCTION)
        return name.label if name and name.type == "person" and is_closed else ""

    def place(self, phrase: Phrase) -> str:
        """Return the place that a phrase names: "the city of Ostrand", "Ostrand province"."""
        head = self.words[phrase.last]
        if head.is_genitive:
            return ""
        if head.part == NAME:
            # "a Tolmere, Ostrand court"
            describes_noun = self.low(phrase.first) in words_in_role("indefinite")
            return head.name.label if head.name.type == "place" and not describes_noun else ""
        if head.low not in place_nouns():
            return ""
        if self.low(phrase.last + 1) == "of":
            complement = self.phrase_after(phrase.last + 2)
            return self.place(complement) if complement else ""
        before = self.words[phrase.last - 1] if phrase.last > phrase.first else None
        if before is not None and before.part == NAME and before.name.type == "place":
            return before.name.label
        return ""

    # --- verbs ---

    def before_verb_group(self, verb: int) -> int:
        """Return the number of the word before the auxiliaries, adverbs and times of a verb."""
        number = verb - 1
        while self.part(number) in VERB_GROUP:
            is_time = self.part(number) == TIME
            number -= 1
            if is_time and self.part(number) == PREPOSITION:  # "on Monday"
                number -= 1
        return number

    def is_passive(self, verb: int) -> bool:
        """Return whether a verb is a participle after a form of "be"."""
        if self.part(verb) != PAST:
            return False
        first = self.before_verb_group(verb) + 1
        return any(self.part(number) == BE for number in range(first, verb))

    def verb_before(self, number: int) -> int | None:
        """Return the last verb before a word in the same clause; None if there is none."""
        for candidate in range(number - 1, max(-1, number - CLAUSE_WIDTH), -1):
            if self.part(candidate) in VERBS or self.part(candidate) == BE:
                return candidate
            if self.part(candidate) in CLAUSE_ENDS:
                return None
        return None

    def after_adjuncts(self, number: int) -> int:
        """Return the first word from a number on that is not in a time, adverb or "in Ostrand"."""
        while True:
            if self.part(number) in (ADVERB, TIME, NUMBER):
                number += 1
                continue
            if self.part(number) != PREPOSITION or self.low(number) == "by":
                return number
            if self.part(number + 1) == TIME:
                number += 2
                continue
            phrase = self.phrase_after(number + 1)
            if phrase is None:
                return number
            number = self.phrase_with_complements(phrase).last + 1
