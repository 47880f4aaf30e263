"""Find the headline of the story on a page."""

import re
from functools import cache, cached_property

from clippings.core.lexicon import (
    either,
    languages_with,
    read_words,
    words_of,
)
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import byline_terms, is_name, read_author_line
from clippings.corpus.outlet_names import LOGO_LABEL, section_words
from clippings.corpus.page_credits import STRONG_FORMS, has_words_in_small_letters
from clippings.corpus.paragraphs import ENDING, Piece, find_day

HEADLINE_WORDS = range(4, 31)
# A line above a byline or date may be longer, and be of any kind.
HEADLINE_ABOVE_CREDIT_WORDS = range(4, 46)
# A headline of fewer words counts only where a byline, a date or the start of the text shows it.
SHORT_HEADLINE_WORDS = range(1, 4)
FIRST_LINE_WORDS = range(2, 21)  # of a first line that is the headline despite its form
CAPTION_LABEL = re.compile(r"(?:photos?|pictures?|images?|pictured)\b", re.IGNORECASE)
KINDS_OF_ODD_TITLES = ("prose", "furniture", "caption", "comment", "list", "sign-off")
MIN_SHARED_OF_ODD_TITLE = 1  # words, with the story
MIN_SHARE_OF_ODD_TITLE = 0.5  # of its words, in the story
SENTENCE_HEADLINE_WORDS = range(4, 19)  # of a first sentence that is the headline
SENTENCE_BREAK = re.compile(r"[.!?][\"'”’]?\s+[A-Z“\"‘]")
QUOTES = '“"‘„«'
# … the council said. First paragraphs end with their source, headlines hardly ever.
REPORTING_END = re.compile(
    rf",\s(?:[\w.’'-]+\s){{1,6}}{either(read_words('en/speech/reporting_verbs', reports='clause'))}"
    r"(?:\s(?:on\s)?\w+day)?\.$"
)
MIN_SHARE_REPEATED_BELOW = 0.5  # of the words of a first sentence, in the next paragraphs
HEADLINE_DISTANCE = 20  # pieces above the story that are searched for a headline
# If a byline follows the headline, more are searched: it may be above a list of related stories.
HEADLINE_WITH_BYLINE_DISTANCE = 120
# Pieces from the apparent first paragraph on that are searched for a headline above a byline
PIECES_INTO_STORY = 12

MIN_OF_BEST_HEADLINE = 0.5  # share of the best score with which an earlier line is the headline
STORY_BELOW = 9  # pieces below a headline that are compared with it
MIN_PARAGRAPHS_BELOW = 3  # of prose among these pieces, for a story
MIN_SHARED = 0.25  # of the words of a paragraph, with a story to which it belongs
# The paragraphs above a line belong to its story if at least one in this many is related to it.
PARAGRAPHS_PER_RELATED_ONE = 3
CREDIT_DISTANCE = 4  # pieces below a headline in which its byline or date can appear
MAX_SMALL_WORD = 4  # letters of "with" and "from", which stay small in title case
MAX_LABEL_WORDS = 5  # of the label of a topic above a headline
MIN_TITLE_WORDS = 2  # in addition to a date, for a line that is more than a date

# The score of a line without any word of the story, in shared words, and then the factors for its
# place. All were set on the development pages; none is decisive by itself.
BASE_SCORE = 0.3
SURE_SCORE = 1.0  # minimum score of a line that is certainly the headline
USUAL_HEADLINE_WORDS = 14  # the score of a longer line is lower
MIN_LENGTH_FACTOR = 0.5  # of the longest lines
MAX_SHARED_WORDS = 5  # more words in common with the story add nothing
# By the number of long lines between it and the byline: one is a deck, more are a list of links.
BYLINE_FACTORS = (3.0, 3.0, 1.8, 1.2)
DATE_FACTOR = 1.5  # of a line with a date below it
DECK_FACTOR = 0.5  # of a line that is the deck of another one
OPENING_PARAGRAPHS = 4  # of a story, in which the words of its title recur
MIN_WORDS_OF_LISTED_TITLE = 5  # content words of a title in a list below the story
MIN_SHARE_OF_LISTED_TITLE = 0.9  # of these words, in the opening of the story
LEAD_OF_SHORT_HEADLINE = 2.0  # times the best score of a longer one
MAX_LENGTH_OF_NEXT_TITLE = 1.3  # times that of the title above; a deck is longer
MIN_DECK_WORDS = 13  # of a deck that does not end like a sentence
MIN_LENGTH_OF_DECK = 1.5  # times the length of the title above
CREDIT_ABOVE_FACTOR = 1.5  # of a line right above the story and below a credit
FIRST_LINE_FACTOR = 2.0  # of the first line of the page
REPEATED_FACTOR = 1.5  # of a line that the page contains again
# Of a line that repeats the one above: the last step of a trail, and then the headline.
REPEATED_BELOW_FACTOR = 2.5
MAX_DATED_LINES = 3  # more lines with a date below them are a list of stories

CREDIT_WORDS = "reading/credit_words"
WORD_OF_LINE = re.compile(r"[^\W\d_][\w.'’-]*")
MAX_WORDS_OF_NAME = 4  # of an author
RIGHTS = re.compile(r"©|\([cC]\)\s?\d{4}|(?i:copyright)")
KOREAN_AUTHOR = re.compile(rf"[\uac00-\ud7af]{{2,4}}\s?{either(byline_terms('position'))}")
VIDEO = re.compile(r"(?:video|watch)\W*(?:\d{1,2}:\d\d)*", re.IGNORECASE)  # VIDEO 3:45
DATED_TITLE = re.compile(r"(?!by\b)[^\d:]{3,60}:\s", re.IGNORECASE)  # Morning Letter: March 16
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)  # below "Copy this link"
TRAIL_STEP = re.compile(r"[›»>→/]$")  # Home › ↵ Local news ›
# “The wall was safe.” ↵ — Carl Lund on Friday: a statement that the article examines
WHOLE_QUOTATION = re.compile(r"[\"“«„].+[\"”»“]")
SPEAKER_LINE = re.compile(r"(?:[—–―]|--?\s)\s?[^\W\d_]")
CLOCK_END = re.compile(r"\d\s?[ap]\.m\.$", re.IGNORECASE)
AFTER_TITLE = re.compile(  # nothing, or the name of the site: Harbour road closed | Valley Post
    r"\Z | \s[|–—:-]{1,2}\s", re.VERBOSE
)
QUOTE_OR_QUESTION_END = re.compile(r"[?!][\"'”’)\]]*$|[\"”’]$")


class HeadlineFinder:
    """Find the headline of a page among its pieces.

    Parameters
    ----------
    text : str
        The text of the page.
    pieces : list of Piece
        Its paragraphs.
    story : list of bool
        Whether each is in the story.
    stems : callable
        Gives the stems of the content words of a piece, by its number.
    """

    def __init__(self, text: str, pieces: list[Piece], story: list[bool], stems):
        self.text = text
        self.pieces = pieces
        self.story = story
        self.stems = stems
        self.folded_text = fold(text)
        self.bylines: dict[int, bool] = {}
        self.scores: dict[int, float] = {}
        self.first = next((number for number, inside in enumerate(story) if inside), 0)
        self.words_above = [0]  # words of the story's prose above each piece, and of all
        for number, piece in enumerate(pieces):
            is_story = story[number] and piece.kind == "prose"
            self.words_above.append(self.words_above[-1] + (piece.words if is_story else 0))
        self.story_stems: set[str] = set()
        for number, piece in enumerate(pieces):
            if story[number] and piece.kind == "prose":
                self.story_stems |= stems(number)

    @cached_property
    def folded_story(self) -> str:
        """Return the prose of the story, folded."""
        prose = (
            self._line(number)
            for number, piece in enumerate(self.pieces)
            if self.story[number] and piece.kind == "prose"
        )
        return fold("\n".join(prose))

    @cached_property
    def folded_rights(self) -> str:
        """Return the lines of rights outside the story, folded."""
        lines = (self._line(number) for number, inside in enumerate(self.story) if not inside)
        return fold("\n".join(line for line in lines if RIGHTS.search(line)))

    def find(self, title: str) -> int:
        """Return the piece that is the headline: the known title or the best line; else -1."""
        title = " ".join(title.split())
        last = self.first + PIECES_INTO_STORY if title else 0
        for number, piece in enumerate(self.pieces[:last]):
            line = " ".join(self.text[piece.start : piece.end].split())
            if line.startswith(title) and AFTER_TITLE.match(line, len(title)):
                return number
        candidates = self._without_trails(self._candidates())
        full = [n for n in candidates if self.pieces[n].words not in SHORT_HEADLINE_WORDS]
        headline = self._best(full)
        # Lines of one to three words are mostly labels: they count where nothing better is there.
        shortest = self._best([n for n in candidates if n not in full])
        is_better = shortest >= 0 and (
            self._score(shortest) >= LEAD_OF_SHORT_HEADLINE * self._best_score(full)
        )
        if self.is_sure(headline) and not is_better:
            return headline
        # Above a byline, a line that shares no word with the story is likelier than a label.
        is_best = shortest < 0 or self._score(headline) >= self._score(shortest)
        headline = headline if headline >= 0 and is_best else self._best(candidates)
        if headline < 0 and (self._first_line_is_headline() or self._first_sentence_is_headline()):
            return 0
        return headline

    def _first_sentence_is_headline(self) -> bool:
        """Return whether the first line is a headline with a full stop.

        Its words have capitals, or the paragraphs below repeat them: the second paragraph of a
        story goes on where the first one ends, and does not repeat it.
        """
        if len(self.pieces) < 3 or self.pieces[0].kind != "prose":
            return False
        line = self._line(0)
        is_one_sentence = not SENTENCE_BREAK.search(line) and line[0] not in QUOTES
        if self.pieces[0].words not in SENTENCE_HEADLINE_WORDS or not is_one_sentence:
            return False
        if _is_title_case(line):
            return True
        if REPORTING_END.search(line):
            return False
        below = [piece for piece in self.pieces[1:4] if piece.kind == "prose"]
        is_shorter = all(self.pieces[0].words < piece.words for piece in below[:2])
        if not below or not is_shorter:
            return False
        stems = self.stems(0)
        stems_below: set[str] = set()
        for number in (1, 2, 3):
            if number < len(self.pieces):
                stems_below |= self.stems(number)
        shared = len(stems & stems_below)
        return shared >= MIN_SHARE_REPEATED_BELOW * len(stems) and shared > 1

    def _first_line_is_headline(self) -> bool:
        """Return whether the first line, of another form, shares words with the story below it.

        "Photos: the wall after the storm", "No comment from the council", "Road closed on May 3".
        """
        if len(self.pieces) < 2 or self.first > 1:
            return False
        piece = self.pieces[0]
        line = self._line(0)
        if self._is_byline(0) or self._is_date(0) or _is_menu(line) or piece.opens:
            return False
        if _holds_only_credit_words(line) or self._is_name_of_author(0):
            return False
        is_line = piece.kind in ("furniture", "comment", "day", "line") or CAPTION_LABEL.match(line)
        is_cut_off = piece.kind == "prose" and line.endswith(("...", "…"))
        if not (is_line or is_cut_off) or piece.words not in FIRST_LINE_WORDS:
            return False
        return not self.stems(0).isdisjoint(self.story_stems)

    def _best(self, candidates: list[int]) -> int:
        """Return the first candidate with a high score; the highest may be that of a deck."""
        enough = MIN_OF_BEST_HEADLINE * self._best_score(candidates)
        best = next((number for number in candidates if self._score(number) >= enough), -1)
        if best - 1 in candidates:
            # Bullet points below a long headline share more words with the story.
            is_long_title = self.pieces[best - 1].kind == "prose"
            if is_long_title or self._is_deck_of(best, best - 1):
                return best - 1
        below = best + 1
        if below in candidates and self._score(below) >= enough and self._is_kicker(best):
            return below
        return best

    def _best_score(self, candidates: list[int]) -> float:
        return max((self._score(number) for number in candidates), default=0.0)

    def _is_deck_of(self, number: int, title: int) -> bool:
        """Return whether a line is so much longer than the one above that it is its deck.

        Titles of essays share hardly a word with their text, decks do: "The rise nobody wanted".
        """
        line = self._line(title)
        deck = self.pieces[number]
        is_sentence = ENDING.search(self._line(number)) and not ENDING.search(line)
        is_long = deck.words >= MIN_DECK_WORDS and not line.isupper()
        is_longer = deck.words >= MIN_LENGTH_OF_DECK * self.pieces[title].words
        is_title = self.pieces[title].words not in SHORT_HEADLINE_WORDS
        has_title_above = title > 0 and self._has_title_above(title)
        return is_title and is_longer and not has_title_above and bool(is_sentence or is_long)

    def _is_kicker(self, number: int) -> bool:
        """Return whether a line is the label of a topic above the headline, not the headline.

        It is very short, or in capitals where the line below it is not, and that line is no longer
        than headlines are.
        """
        line = self._line(number)
        below = self.pieces[number + 1]
        is_label = self.pieces[number].words in SHORT_HEADLINE_WORDS
        is_in_capitals = line.isupper() and not self._line(number + 1).isupper()
        return (is_label or is_in_capitals) and below.words <= USUAL_HEADLINE_WORDS

    def find_below(self) -> int:
        """Return the line above a byline or date and a story; -1 if there is none, or several.

        What seems to be the story may be a column of teasers above it.
        """
        numbers = range(self.first, len(self.pieces))
        anchors = [number for number in numbers if self._begins_story(number)]
        is_one = bool(anchors) and anchors[-1] - anchors[0] <= CREDIT_DISTANCE
        if not is_one or self._is_continued(anchors[0]):
            return -1
        return anchors[0]

    def _is_continued(self, number: int) -> bool:
        """Return whether paragraphs above a line are about the same things as those below it."""
        prose = [n for n in range(self.first, len(self.pieces)) if self.pieces[n].kind == "prose"]
        below: set[str] = set()
        for other in prose:
            if number < other <= number + STORY_BELOW:
                below |= self.stems(other)
        above = [self.stems(other) for other in prose if other < number]
        related = [stems for stems in above if len(stems & below) >= MIN_SHARED * len(stems)]
        return PARAGRAPHS_PER_RELATED_ONE * len(related) > len(above)

    def _begins_story(self, number: int) -> bool:
        """Return whether a credit, and then paragraphs that share its words, follow a line."""
        piece = self.pieces[number]
        if piece.kind != "line" or piece.words not in HEADLINE_WORDS:
            return False
        if not (self._has_byline_below(number) or self._has_date_below(number)):
            return False
        below: set[str] = set()
        paragraphs = 0
        for other in range(number + 1, min(number + 1 + STORY_BELOW, len(self.pieces))):
            if self.pieces[other].kind == "prose":
                below |= self.stems(other)
                paragraphs += 1
        stems = self.stems(number)
        shared = len(stems & below)
        return paragraphs >= MIN_PARAGRAPHS_BELOW and 2 * shared >= len(stems)

    def find_in_list(self) -> int:
        """Return the title of the story in a list of stories below it; -1 if there is none.

        Pages cut above the first paragraph lack their headline, but a list such as "Trending" may
        contain it. Titles of other stories on the same topic share some words with the story, but
        not all.
        """
        opening: set[str] = set()
        paragraphs = 0
        below = self.first
        for number in range(self.first, len(self.pieces)):
            if self.pieces[number].kind == "prose" and paragraphs < OPENING_PARAGRAPHS:
                opening |= self.stems(number)
                paragraphs += 1
                below = number + 1
        for number in range(below, len(self.pieces)):
            piece = self.pieces[number]
            stems = self.stems(number)
            is_title = piece.kind == "line" and piece.words in HEADLINE_WORDS
            if not is_title or len(stems) < MIN_WORDS_OF_LISTED_TITLE:
                continue
            if len(stems & opening) >= MIN_SHARE_OF_LISTED_TITLE * len(stems):
                return number
        return -1

    def is_sure(self, number: int) -> bool:
        """Return whether a line is certainly a headline: it shares words or has a byline."""
        return number >= 0 and self._score(number) >= SURE_SCORE

    def _without_trails(self, candidates: list[int]) -> list[int]:
        """Return the candidates without lines that contain another: Share: Road closed.

        A label that a headline below it contains is left out, too.
        """
        headlines = []
        for place, number in enumerate(candidates):
            line = self._line(number)
            others = [self._line(other) for other in candidates if other != number]
            later = [self._line(other) for other in candidates[place + 1 :]]
            is_trail = any(line != other and line.endswith(other) for other in others)
            is_short = self.pieces[number].words <= MAX_LABEL_WORDS
            is_label = is_short and any(
                line != other and fold(line) in fold(other) for other in later
            )
            if not is_trail and not is_label:
                headlines.append(number)
        return headlines

    def _candidates(self) -> list[int]:
        """Return the lines that may be headlines, in order."""
        start = max(self.first - HEADLINE_DISTANCE, 0)
        start_with_date = self._highest_place()
        start_with_byline = max(self.first - HEADLINE_WITH_BYLINE_DISTANCE, 0)
        last = min(self.first + PIECES_INTO_STORY, len(self.pieces))
        end = max(self.first, 1) if self.pieces else 0
        candidates = []
        for number in range(start_with_byline, last):
            needs_byline = number < start or number >= end
            has_date = start_with_date <= number < start and self._has_date_below(number, within=1)
            if needs_byline and not has_date and not self._has_byline_below(number):
                continue
            if number >= end and not self._precedes_most(number):
                continue
            if self._may_be_headline(number):
                candidates.append(number)
        return candidates

    def _highest_place(self) -> int:
        """Return the first piece that may be a headline with a date right below it.

        Buttons for sharing do not count: some pages have thirty of them above the story.
        """
        pieces_above = 0
        for number in range(self.first - 1, -1, -1):
            if self.pieces[number].kind != "furniture":
                pieces_above += 1
            if pieces_above > HEADLINE_DISTANCE:
                return number + 1
        return 0

    def _precedes_most(self, number: int) -> bool:
        """Return whether most of the prose of the story is below a piece."""
        return self.words_above[number] * 2 < self.words_above[-1]

    def _may_be_headline(self, number: int) -> bool:
        """Return whether a piece may be a headline by its shape."""
        if not self._has_shape_of_headline(number):
            return False
        line = self._line(number)
        if _holds_only_credit_words(line) or self._is_name_of_author(number):
            return False
        return not self._names_site(line) and not KOREAN_AUTHOR.fullmatch(line)

    def _has_shape_of_headline(self, number: int) -> bool:
        """Return whether a piece has the length and kind of a headline at its place."""
        piece = self.pieces[number]
        if piece.words == 0 or piece.words > HEADLINE_ABOVE_CREDIT_WORDS[-1]:
            return False
        line = self._line(number)
        if self._is_byline(number) or _is_menu(line) or line.endswith(":"):
            return False
        if ADDRESS.fullmatch(line) or TRAIL_STEP.search(line) or self._is_statement(number):
            return False
        if self._is_video_title(number) and not self._has_byline_below(number):
            return False
        if piece.words in SHORT_HEADLINE_WORDS:
            is_title = piece.kind == "line" or (piece.kind == "day" and _is_dated_title(line))
            return is_title and self._is_shown_by_place(number)
        if self._is_title_above_credit(number):
            return True
        if piece.words not in HEADLINE_WORDS:
            return False
        if piece.kind == "line":
            return True
        if piece.kind == "day":
            return _is_more_than_date(line)
        asks = piece.kind == "prose" and QUOTE_OR_QUESTION_END.search(line)
        return bool(asks) and len(self.pieces) > 1

    def _is_statement(self, number: int) -> bool:
        """Return whether a line is a quotation with its speaker on the line below, or that line."""
        for quotation in (number - 1, number):
            if quotation < 0 or quotation + 1 >= len(self.pieces):
                continue
            has_speaker = SPEAKER_LINE.match(self._line(quotation + 1)) is not None
            if has_speaker and WHOLE_QUOTATION.fullmatch(self._line(quotation)):
                return True
        return False

    def _names_site(self, line: str) -> bool:
        """Return whether a line is the name of the site, which a logo or line of rights shows."""
        return LOGO_LABEL.search(line) is not None or fold(line) in self.folded_rights

    def _is_name_of_author(self, number: int) -> bool:
        """Return whether a line is a name, perhaps with a date, that is not in the story."""
        line = self._line(number)
        name = _name_in_credit(line)
        if not name or fold(name) in self.folded_story:
            return False
        # Opening Bell 11.18.19, Old Walls: a title may look like a name.
        return fold(name.split()[0]) in words_of("en/names/first_names", "name")

    def _is_title_above_credit(self, number: int) -> bool:
        """Return whether a line is a headline by its place, though it looks otherwise by itself.

        It may have a full stop, as opinion pieces have, more than thirty words, or begin like a
        notice: "In pictures: …", "Sign up or stay out: …". A deck is not one, because a title
        is above it.
        """
        piece = self.pieces[number]
        if number >= self.first or piece.kind not in KINDS_OF_ODD_TITLES:
            return False
        is_credited_picture = piece.kind == "caption" and not piece.is_phrase
        if piece.words not in HEADLINE_ABOVE_CREDIT_WORDS or is_credited_picture:
            return False
        has_credit_below = self._has_byline_below(number) or self._has_date_below(number, within=2)
        if not has_credit_below or self._has_title_above(number):
            return False
        shared = len(self.stems(number) & self.story_stems)
        if piece.kind == "prose":
            return shared >= MIN_SHARED_OF_ODD_TITLE
        # What looks like a caption or a notice, and shares as much with the story as a headline.
        return shared >= MIN_SHARE_OF_ODD_TITLE * len(self.stems(number)) and shared > 1

    def _has_title_above(self, number: int) -> bool:
        """Return whether the line right above may be the title whose deck this is."""
        if number == 0:
            return False
        above = self.pieces[number - 1]
        if above.kind == "day":
            return _is_dated_title(self._line(number - 1))
        return above.kind in ("line", "prose") and above.words in HEADLINE_ABOVE_CREDIT_WORDS

    def _is_shown_by_place(self, number: int) -> bool:
        """Return whether a short line is in a place where only headlines are."""
        if number == 0 and self.first <= 1:
            return len(self.pieces) > 1
        return self._has_byline_below(number, within=2) or self._has_date_below(number, within=1)

    def _score(self, number: int) -> float:
        """Return the rating of a line as a headline, which is computed once."""
        if number not in self.scores:
            self.scores[number] = self._rate(number)
        return self.scores[number]

    def _rate(self, number: int) -> float:
        """Rate a line as a headline by its words and the lines around it."""
        stems = self.stems(number)
        # Number of shared words times their share: a short line shares all, a long one many.
        shared = len(stems & self.story_stems)
        counted = min(shared, MAX_SHARED_WORDS)
        score = BASE_SCORE + (counted * shared / len(stems) if stems else 0)
        if self._is_deck(number):
            score *= DECK_FACTOR
        elif self._has_byline_below(number):
            lines = min(self._lines_above_byline(number), len(BYLINE_FACTORS) - 1)
            if not self._ends_list_of_titles(number):
                score *= BYLINE_FACTORS[lines]
        elif self._has_date_below(number) and self._dated_lines() <= MAX_DATED_LINES:
            score *= DATE_FACTOR
        elif number and number + 1 == self.first and self._is_credit(number - 1):
            score *= CREDIT_ABOVE_FACTOR
        # A deck is longer than most headlines and shares more words.
        length_factor = USUAL_HEADLINE_WORDS / max(self.pieces[number].words, 1)
        score *= min(1.0, max(MIN_LENGTH_FACTOR, length_factor))
        if number == 0:
            score *= FIRST_LINE_FACTOR
        folded_line = fold(self._line(number))
        if number and fold(self._line(number - 1)) == folded_line:
            score *= REPEATED_BELOW_FACTOR
        elif self.folded_text.count(folded_line) > 1:
            score *= REPEATED_FACTOR
        return score

    def _is_deck(self, number: int) -> bool:
        """Return whether a line is between the date of a title above it and the story."""
        if number < 2 or number + 1 != self.first or not self._is_date(number - 1):
            return False
        title = self.pieces[number - 2]
        return title.kind == "line" and title.words in HEADLINE_WORDS

    def _ends_list_of_titles(self, number: int) -> bool:
        """Return whether a line follows other titles, and the one below it is the headline.

        If the line below is much longer, it is the deck of this one.
        """
        if number == 0 or self._lines_above_byline(number) != 1:
            return False
        neighbours = [self.pieces[number - 1], self.pieces[number + 1]]
        are_titles = all(
            piece.kind == "line" and piece.words in HEADLINE_WORDS for piece in neighbours
        )
        longest = MAX_LENGTH_OF_NEXT_TITLE * self.pieces[number].words
        return are_titles and self.pieces[number + 1].words <= longest

    def _is_video_title(self, number: int) -> bool:
        """Return whether a line is right below the label of a video: Video, 03:45, VIDEO1:20."""
        return number > 0 and VIDEO.fullmatch(self._line(number - 1)) is not None

    def _line(self, number: int) -> str:
        piece = self.pieces[number]
        return self.text[piece.start : piece.end]

    def _is_byline(self, number: int) -> bool:
        """Return whether a piece names authors by its own words."""
        if number not in self.bylines:
            form = ""
            line = self._line(number)
            is_line = self.pieces[number].kind in ("line", "byline", "day", "sign-off")
            # By Anna Bell on Monday, May 3rd, 2021 at 11:08 a.m.: not the end of a sentence
            if is_line or CLOCK_END.search(line):
                form = read_author_line(line).form
            # Morning Letter: March 16, 2021
            is_dated_title = form == "date" and DATED_TITLE.match(self._line(number)) is not None
            is_strong = form in STRONG_FORMS or form == "nothing"
            self.bylines[number] = is_strong and not is_dated_title
            is_bare = form == "bare" and self._is_next_to_date(number)
            if is_bare and not self._is_title_like_names(number):
                self.bylines[number] = True
        return self.bylines[number]

    def _is_title_like_names(self, number: int) -> bool:
        """Return whether a line that looks like names is a section or a headline in capitals."""
        line = self._line(number)
        names_section = not _section_words().isdisjoint(folded_words(line))
        return names_section or has_words_in_small_letters(self.text, [line])

    def _is_next_to_date(self, number: int) -> bool:
        """Return whether a line of names is right above or below a date, outside the story."""
        others = (number - 1, number + 1)
        return number <= self.first and any(
            0 <= other < len(self.pieces) and self._is_date(other) for other in others
        )

    def _is_date(self, number: int) -> bool:
        piece = self.pieces[number]
        if piece.kind != "day":
            return False
        line = self._line(number)
        return not _is_more_than_date(line) and not _is_dated_title(line)

    def _is_credit(self, number: int) -> bool:
        return self._is_date(number) or self._is_byline(number)

    def _has_byline_below(self, number: int, within: int = CREDIT_DISTANCE) -> bool:
        """Return whether a byline follows, possibly below dates, a standfirst and buttons."""
        between = 0
        for other in range(number + 1, len(self.pieces)):
            if self._is_byline(other):
                return True
            # Share buttons take many lines and do not separate a byline from its headline.
            if self.pieces[other].kind not in ("furniture", "caption"):
                between += 1
            if between >= within or other - number > 2 * within:
                break
        return False

    def _lines_above_byline(self, number: int) -> int:
        """Count the lines as long as headlines between a line and the byline below it."""
        lines = 0
        for other in range(number + 1, len(self.pieces)):
            if self._is_byline(other):
                break
            piece = self.pieces[other]
            if piece.kind == "line" and piece.words in HEADLINE_WORDS:
                lines += 1
        return lines

    def _has_date_below(self, number: int, within: int = CREDIT_DISTANCE) -> bool:
        """Return whether a line with a date follows."""
        return any(
            self._is_date(other)
            for other in range(number + 1, min(number + 1 + within, len(self.pieces)))
        )

    def _dated_lines(self) -> int:
        """Count the dates near the story: many belong to a list of other stories."""
        start = max(self.first - HEADLINE_DISTANCE, 0)
        return sum(self._is_date(number) for number in range(start, self.first))


@cache
def _section_words() -> frozenset[str]:
    return words_of("en/page/section_words")


def _is_menu(line: str) -> bool:
    """Return whether a line contains only words of menus: Latest News."""
    words = folded_words(line)
    return all(word in section_words("all") for word in words)


def _words_of_credits(kind: str) -> list[str]:
    """Return the words of one kind in the list of words next to dates and names."""
    return " ".join(read_words(CREDIT_WORDS, "words", kind=kind)).split()


@cache
def _date_word() -> re.Pattern:
    """Return a pattern for a number or word of a date: 12, last, updated, Tues, GMT."""
    weekdays = [
        *read_words("en/time/words", kind="weekday"),
        *read_words("en/time/words", kind="weekday_short"),
    ]
    words = either([*_words_of_credits("date"), *_words_of_credits("time zone"), *weekdays])
    return re.compile(rf"\b{words}\b|\d+", re.IGNORECASE)


def _without_dates(line: str, mark: str = " ") -> str:
    """Return a line with a mark in place of each date."""
    rest = line
    while day := find_day(rest):
        rest = f"{rest[: day[0]]}{mark}{rest[day[1] :]}"
    return rest


@cache
def _credit_words() -> frozenset[str]:
    """Return words of lines with dates and authors, in all languages: published, reporter."""
    terms = []
    for language in languages_with("page/date_labels"):
        for kind in ("published", "updated"):
            terms += read_words(f"{language}/page/date_labels", "label", kind=kind)
    for kind in ("label", "house", "qualifier", "nobody"):
        terms += byline_terms(kind)
    words = set(folded_words(" ".join(terms)))
    roles = words_of("en/page/newsroom_roles")
    return frozenset(words.union(roles, {f"{role}s" for role in roles}, _words_of_credits("other")))


def _without_credit_words(line: str) -> list[str]:
    """Return the words of a line that do not belong to dates, positions and labels."""
    words = WORD_OF_LINE.findall(_date_word().sub(" ", _without_dates(line)))
    return [word for word in words if fold(word) not in _credit_words()]


def _holds_only_credit_words(line: str) -> bool:
    """Return whether a line contains only a date or position, or no words: Published, 12."""
    return not _without_credit_words(line)


def _name_in_credit(line: str) -> str:
    """Return the name between dates, positions and labels; "" if there is none, or more text."""
    rest = _without_dates(line, mark=" | ")
    words = [word for word in rest.split() if WORD_OF_LINE.search(word)]
    while words and _is_credit_word(words[0]):
        words.pop(0)
    while words and _is_credit_word(words[-1]):
        words.pop()
    name = " ".join(words).strip(" |,.-–—")
    return name if len(words) <= MAX_WORDS_OF_NAME and is_name(name) else ""


def _is_credit_word(word: str) -> bool:
    """Return whether a word belongs to a date, position or label."""
    bare = word.strip(" |,.:-–—()")
    return _date_word().fullmatch(bare) is not None or fold(bare) in _credit_words()


def _is_title_case(line: str) -> bool:
    """Return whether the words of a line begin with capitals, as in American Headlines."""
    words = [word for word in line.split() if len(word) > MAX_SMALL_WORD and word[0].isalpha()]
    return bool(words) and all(word[0].isupper() for word in words)


def _is_dated_title(line: str) -> bool:
    """Return whether a short line is a title with a date at its end: Morning Letter 11.18.19."""
    day = find_day(line)
    before = line[: day[0]] if day else line
    return len(folded_words(_date_word().sub(" ", before))) > 1


def _is_more_than_date(line: str) -> bool:
    """Return whether a line contains a date and a title: The flood of May 3 in pictures."""
    rest = _date_word().sub(" ", _without_dates(line))
    words = folded_words(rest)
    is_title = len(words) >= MIN_TITLE_WORDS and not re.search(r"[|/·]", line)
    return is_title and not is_name(rest.strip(" ,.-–—"))
