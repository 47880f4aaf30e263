"""Determine the newspaper, station or site of a page from many weak signs.

A page names its outlet in its masthead and menus, in the line of rights, where it asks readers to
subscribe, in its address, in credits and where somebody "told the Valley Post". It names others in
the same ways, if less often. So each sign counts a little, and the name with the most signs wins,
if it has enough of them and clearly more than the next.
"""

import re
from collections import Counter

from clippings.core.lexicon import words_of
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import AGENCY, is_name
from clippings.corpus.outlet_evidence import (
    COMPANY_FORM,
    LINE_SIGNS,
    MIN_MENTIONS_AROUND,
    OWNER,
    RIGHTS,
    SITE,
    TITLE,
    OutletEvidence,
)
from clippings.corpus.outlet_forms import printed_form
from clippings.corpus.outlet_names import (
    ends_as_part_of_house,
    has_outlet_word,
    is_part,
    name_words,
    outlet_key,
    outlet_words,
    trim_name,
)
from clippings.corpus.page_credits import Authors
from clippings.corpus.paragraphs import Piece

MAX_SMALL_WORD = 3  # letters of "of", "und" and "dos" within a name
MIN_MENTIONS_OF_MASTHEAD = 3
MIN_LINES_BELOW = 4  # between a masthead and the headline, as a menu has
LINES_WITH_RIGHTS = 5  # at the end, among which the site's line of rights appears
MIN_LINES_TO_FOOTER = 10  # from the story: tags and lists of stories come between
MAX_NAMING_WORDS = 7  # of a line with the name of the site, shorter than most titles of stories

# Scores, in the weights of signs: about one line of rights is enough. Set on the development pages.
MIN_SCORE = 1.75
MIN_SCORE_WITH_ADDRESS = 2.25  # of a name without clear signs
LEAD = 1.2  # minimum score of the best name, as a multiple of the second
# Signs that count once, however often they occur
SINGLE_SIGNS = (
    "first line",
    "own line",
    "masthead",
    "last line",
    "begins lines",
    "about",
    "menu",
    "above menu",
    "logo",
    "in rights",
)
MIN_PICTURE_CREDITS = 2  # of pictures by one house
MIN_TIMES_TOLD = 3  # "told the Valley Post"; other outlets are quoted once or twice
MAX_TIMES = 3  # that a sign counts; the second and third time count half
WEIGHT_OF_MENTION = 0.25  # of a name outside the story
MAX_MENTIONS = 6  # that count
COMMON_WORD_SHARE = 0.4  # of a name whose words the page also writes in small letters
AGENCY_SHARE = 0.3  # agencies are named on the pages that print them
# The share of its score with which the name of an owner is compared with other names …
OWNER_SHARE = 0.4
OWNER_OF_ADDRESS_SHARE = 0.8  # … if an address on the page has this name, too

# Signs that hardly ever belong to other names
CLEAR_SIGNS = {
    "title",
    "own address",
    "about",
    "house",
    "rights",
    "appeal",
    "statement",
    "source",
    "special",
    "credit line",
    "newsroom",
    "policy",
    "author note",
}
# Signs of a station that names itself in its dateline, as agencies are: OSTRAND (WXYZ) —
SELF_SIGNS = {"newsroom", "first line", "house", "about", "appeal", "brand", "rights"}
MASTHEAD_PROOFS = {"logo", "in rights", "address"}  # of a first line
MENU_SIGNS = {"begins lines", "brand", "menu", "product"}  # that names of sections have, too
COMPANY_FOLLOWS = re.compile(rf",?\s{COMPANY_FORM}\b")
MIN_PAGE_LINES = 20  # outside the story, for a text that is a page and not only a story


def find_outlet(
    text: str, pieces: list[Piece], story: list[bool], headline: int, authors: Authors
) -> str:
    """Find the outlet of a page.

    Parameters
    ----------
    text : str
        The text of a page.
    pieces : list of Piece
        Its paragraphs, as `cut_page` gives them.
    story : list of bool
        Whether each is in the story.
    headline : int
        The number of the headline; -1 if there is none.
    authors : Authors
        The authors of the page.

    Returns
    -------
    str
        The name of the outlet as the page prints it; "" where the signs are too weak or point to
        different names.

    Notes
    -----
    Not found: an outlet that only a picture names. A page that prints the text of another outlet
    with its line of rights, and hardly names itself, may be given that other name.
    """
    evidence = OutletEvidence(text, pieces, story, headline)
    evidence.collect(authors)
    return _Choice(evidence).best()


def without_outlet(headline: str, outlet: str) -> str:
    """Remove the name of the outlet from the end of a headline.

    Parameters
    ----------
    headline : str
        A headline as it stands on the page.
    outlet : str
        The outlet of the page; "" if it is not known.

    Returns
    -------
    str
        The headline without it.

    Examples
    --------
    >>> without_outlet("Harbour road closed | Valley Post", "Valley Post")
    'Harbour road closed'
    """
    title = TITLE.fullmatch(headline)
    if title and outlet and outlet_key(trim_name(title["outlet"])[0]) == outlet_key(outlet):
        return title["title"]
    return headline


class _Choice:
    """Choose among the names on a page by the signs for each."""

    def __init__(self, evidence: OutletEvidence):
        self.evidence = evidence
        self.short_lines: list[str] | None = None  # outside the story, folded, when needed

    def best(self) -> str:
        """Return the name with the most signs, if they are enough; "" otherwise."""
        scores = {}
        for key in self.evidence.signs:
            signs = self.evidence.all_signs(key)
            score = self._score(key, signs)
            if self._suffices(key, signs, score):
                scores[key] = score * self._rank(key, signs)
        if not scores:
            return self._masthead() or self._agency()
        ranking = sorted(scores, key=lambda key: (-scores[key], key))
        best = ranking[0]
        rivals = [key for key in ranking[1:] if not is_part(key, best)]
        strongest = max((scores[key] for key in rivals), default=0)
        if scores[best] < LEAD * strongest:
            return ""
        return printed_form(self.evidence, self._whole_name(best, scores))

    def _agency(self) -> str:
        """Return the agency in the line of rights at the end of the page; "" if there is none.

        Papers print that line right below the story, and name themselves around it.
        """
        last = len(self.evidence.pieces) - 1
        for number in range(max(last - LINES_WITH_RIGHTS, 0), last + 1):
            is_footer = number - self.evidence.last_of_story >= MIN_LINES_TO_FOOTER
            if not is_footer or not RIGHTS.search(self.evidence.lines[number]):
                continue
            holder = f" {' '.join(folded_words(self.evidence.lines[number]))} "
            for key, signs in self.evidence.signs.items():
                is_holder = f" {key} " in holder
                if is_holder and "rights" in signs and self._is_agency(key):
                    name = printed_form(self.evidence, key)
                    has_article = f" the {key} " in holder and outlet_key(name) == fold(name)
                    return f"The {name}" if has_article else name
        return ""

    def _masthead(self) -> str:
        """Return the first line of a page with a menu below it; "" if it is not a name."""
        for key, signs in self.evidence.signs.items():
            is_first = "first line" in signs and not self._is_plain(key)
            is_name = " " in key or self._is_coined(key)
            has_menu = (
                "above menu" in signs
                or self.evidence.first_name + MIN_LINES_BELOW < self.evidence.number_of_top()
            )
            is_person = name_words(key)[0] in words_of("en/names/first_names", "name")
            is_person = is_person and not has_outlet_word(key)
            if (
                is_first
                and is_name
                and has_menu
                and not is_person
                and not self.evidence.is_in_story(key)
            ):
                return printed_form(self.evidence, key)
        return ""

    def _whole_name(self, key: str, sufficient: dict[str, float]) -> str:
        """Return the longest name that a name is usually a part of; else the name itself."""
        longer = [
            name for name in self.evidence.longer_names(key) if not ends_as_part_of_house(name)
        ]
        # Examiner is the short name of the Ostrand Examiner, even where it is used more often.
        ending = [other for other in self.evidence.signs if other.endswith(f" {key}")]
        full = [other for other in ending if other in sufficient]
        if full and key in outlet_words("name", "paper"):
            return full[0]
        longer += ending
        # The blog of a company is a publication with a name of its own.
        if (blog := f"{key} blog") in longer and self._stands_above_headline(blog):
            return blog
        whole = [other for other in longer if self.evidence.is_mostly_part_of(other, key)]
        return max([key, *whole], key=len)

    def _stands_above_headline(self, key: str) -> bool:
        """Return whether a line above the headline contains only this name."""
        return any(
            outlet_key(self.evidence.lines[number]) == key
            for number in range(max(self.evidence.headline, 0))
        )

    def _rank(self, key: str, signs: Counter) -> float:
        """Return the factor for comparing a score with others: lower for what is only an owner."""
        is_owner = OWNER in signs and (CLEAR_SIGNS - {"statement"}).isdisjoint(signs)
        if is_owner and "address" in signs:
            return OWNER_OF_ADDRESS_SHARE
        # © 2021 Valley Media. Valley Media may earn a commission: without a form of companies,
        # but in the small print only.
        is_in_small_print = set(signs) <= {"rights", "statement", OWNER} and signs["rights"] > 0
        is_holder = is_in_small_print and self.evidence.count_around_story(key) <= 2 * signs.total()
        return OWNER_SHARE if is_owner or is_holder else 1.0

    def _suffices(self, key: str, signs: Counter, score: float) -> bool:
        """Return whether the signs for a name are enough, and not only those of a menu."""
        if self._is_misleading(key, signs):
            return False
        if self._is_clear(key, signs):
            return score >= MIN_SCORE
        is_shown = self._is_shown_around_story(key, signs) or self._is_shown_by_address(key, signs)
        return is_shown and score >= MIN_SCORE_WITH_ADDRESS

    def _is_misleading(self, key: str, signs: Counter) -> bool:
        """Return whether other names often have all signs of this name."""
        # Guests are editors of other papers: the note suffices where there is a page around it.
        if set(signs) == {"author note"}:
            return self.evidence.story.count(False) < MIN_PAGE_LINES
        # About Ann Bell: the note on an author whom no byline names
        is_about_only = set(signs) <= {"about", "begins lines", "own line", "last line"}
        is_person = any(is_name(form) for form in self.evidence.forms[key]) and " " in key
        if is_about_only and is_person and not has_outlet_word(key):
            return not any(form.startswith("The ") for form in self.evidence.own_line_forms[key])
        if set(signs) != {"credit line"} or has_outlet_word(key):
            return False
        # By Ann Bell | Ostrand: a place. By Ann Bell, RDN: a title
        is_named_elsewhere = self.evidence.count_in_text(key) > signs["credit line"]
        is_acronym = any(form.isupper() for form in self.evidence.forms[key])
        return not self._is_coined(key) or (is_acronym and not is_named_elsewhere)

    def _is_clear(self, key: str, signs: Counter) -> bool:
        """Return whether a name has a sign, or two together, that other names hardly ever have."""
        # A masthead: the first line, whose name the menus repeat.
        # One plain word may be a section or a topic: Mac, Lions.
        has_article = any(form.startswith("The ") for form in self.evidence.own_line_forms[key])
        is_name = " " in key or has_article or self._is_coined(key)
        is_repeated = is_name and self.evidence.count_around_story(key) >= MIN_MENTIONS_OF_MASTHEAD
        is_first = "first line" in signs and not self._is_plain(key)
        if is_first and " " in key and self._is_in_short_line(key):
            return True
        is_shown = "above menu" in signs or self.evidence.count_around_story(key) > 1
        is_named_paper = is_shown and has_outlet_word(key)
        if is_first and (is_repeated or is_named_paper or not MASTHEAD_PROOFS.isdisjoint(signs)):
            return True
        # A name on lines at both ends of the page that is an address, or in the line of rights.
        if "logo" in signs and ("in rights" in signs or SITE.fullmatch(key)):
            return True
        # Newsletters come from the owner, too, and single pictures from anywhere.
        if "mail" in signs and (len(signs) > 1 or has_outlet_word(key)):
            return True
        if signs["credit"] >= MIN_PICTURE_CREDITS or signs["picture of paper"]:
            return True
        # People also speak to courts, ministries and, once or twice, another paper. It is this
        # one if it is told things often, or the page also offers its newsletter.
        is_told = signs["told"] >= MIN_TIMES_TOLD or ("told" in signs and len(signs) > 1)
        if is_told and has_outlet_word(key):
            return True
        is_owner = OWNER in signs and self._plain_mentions(key) > 0
        return is_owner or not CLEAR_SIGNS.isdisjoint(signs)

    def _is_in_short_line(self, key: str) -> bool:
        """Return whether a short line contains a name and more: The Valley Post Daily Briefing."""
        if self.short_lines is None:
            self.short_lines = [
                f" {' '.join(folded_words(self.evidence.lines[number]))} "
                for number, piece in enumerate(self.evidence.pieces)
                if not self.evidence.story[number] and piece.words <= MAX_NAMING_WORDS
            ]
        name = f" {key} "
        return any(name in line and name != line for line in self.short_lines)

    def _is_shown_around_story(self, key: str, signs: Counter) -> bool:
        """Return whether a page names a site around its story and not in it.

        What a story is about, as a firm with its products, is named in both.
        """
        if self._is_plain(key) or key in outlet_words("name", "paper"):
            return False
        is_around = self.evidence.count_around_story(
            key
        ) >= MIN_MENTIONS_AROUND and not self.evidence.is_in_story(key)
        kinds = set(signs) - MENU_SIGNS - {"site"}  # a site has the sign of its address, too
        number_of_kinds = len(kinds - LINE_SIGNS)
        if not kinds.isdisjoint(LINE_SIGNS):
            number_of_kinds += 1
        return is_around and number_of_kinds > 1

    def _is_shown_by_address(self, key: str, signs: Counter) -> bool:
        """Return whether an address and another sign show a name: pages link to other sites."""
        has_other_sign = not set(signs) <= {"address", "site", *MENU_SIGNS}
        return "address" in signs and (
            has_other_sign or self.evidence.count_around_story(key) >= MAX_MENTIONS
        )

    def _is_plain(self, key: str) -> bool:
        """Return whether the page has all words of a name in small letters, too."""
        return set(name_words(key)) <= self.evidence.words_in_small_letters

    def _is_coined(self, key: str) -> bool:
        """Return whether a name has capitals inside, as places and words do not: CNN."""
        words = " ".join(self.evidence.forms[key]).split()
        return any(map(_has_capital_inside, words))

    def _score(self, key: str, signs: Counter) -> float:
        """Add up the weights of the signs for a name."""
        score = 0.0
        names = [key, *self.evidence.longer_names(key)]
        for sign, times in signs.items():
            weight = max(self.evidence.weights.get((name, sign), 0) for name in names)
            counted = 1 if sign in SINGLE_SIGNS else min(times, MAX_TIMES)
            score += weight * (1 + (counted - 1) / 2)
        score += WEIGHT_OF_MENTION * min(self.evidence.count_around_story(key), MAX_MENTIONS)
        if self._is_agency(key):
            score *= AGENCY_SHARE
        if key in self.evidence.words_in_small_letters and "site" not in self.evidence.signs[key]:
            score *= COMMON_WORD_SHARE
        return score

    def _is_agency(self, key: str) -> bool:
        """Return whether a name is that of an agency: known, so called, or in the dateline."""
        is_called_so = name_words(key)[-1] in outlet_words("agency")
        # The dateline may be that of the outlet itself, whose reporters are named with it.
        is_in_dateline = key in self.evidence.in_dateline and SELF_SIGNS.isdisjoint(
            self.evidence.signs[key]
        )
        return bool(AGENCY.fullmatch(key)) or is_called_so or is_in_dateline

    def _plain_mentions(self, key: str) -> int:
        """Count the mentions of a name outside the story that no form of a company follows."""
        text = self.evidence.folded_around
        mentions = re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)", text)
        return sum(not COMPANY_FOLLOWS.match(text, mention.end()) for mention in mentions)


def _has_capital_inside(word: str) -> bool:
    """Return whether a word has capitals after its first letter, or none: CNN, iPost, valleypost.

    Numbers and the small words within names do not: 24, and, dos.
    """
    has_letters = any(character.isalpha() for character in word)
    is_small_word = word.islower() and len(word) <= MAX_SMALL_WORD
    return has_letters and not word.istitle() and not is_small_word
