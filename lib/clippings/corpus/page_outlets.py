"""Determine the newspaper, station or site of a page from many weak signs.

A page names its outlet in its masthead and menus, in the line of rights, where it asks readers to
subscribe, in its address, in credits and where somebody "told the Valley Post". It names others in
the same ways, if less often. So each sign counts a little, and the name with the most signs wins,
if it has enough of them and clearly more than the next.
"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from clippings.core.languages import tell_language
from clippings.core.lexicon import either, read_words, words_of
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import AGENCY, CAPITAL, is_name
from clippings.corpus.outlet_names import (
    OUTLET,
    SITE_ENDING,
    all_initials,
    ends_as_part_of_house,
    has_outlet_word,
    house_words,
    is_no_outlet,
    is_paper,
    is_part,
    is_short_name,
    may_be_site,
    menu_openers,
    name_words,
    outlet_key,
    outlet_words,
    page_tool_words,
    section_words,
    title_words,
    trim_name,
)
from clippings.corpus.outlet_signs import (
    CAPTION_SIGNS,
    CREDIT_SIGNS,
    NEWSROOM_SIGNS,
    NOTICE_SIGNS,
    ORIGIN_SIGNS,
    STORY_SIGNS,
    Sign,
    SignGroup,
)
from clippings.corpus.page_credits import Authors
from clippings.corpus.paragraphs import Piece

NO_BREAK_SPACE = "\xa0"
STEM = 5  # letters of a word that are compared
MAX_SMALL_WORD = 3  # letters of "of", "und" and "dos" within a name
MAX_MASTHEAD_WORDS = 5
MIN_MENTIONS_OF_MASTHEAD = 3
MASTHEAD_LINES = 4  # at the top of a page
MAX_LINKS_ABOVE_LOGO = 15  # lines; those of a menu or list of stories are more
MIN_LINES_BELOW = 4  # between a masthead and the headline, as a menu has
MIN_MENU_BELOW = 3  # lines of a menu between a masthead and the headline
LAST_LINES = 2  # at the end
LINES_WITH_RIGHTS = 5  # at the end, among which the line of rights of the site stands
MIN_LINES_TO_FOOTER = 10  # from the story: tags and lists of stories stand between
MAX_NOTICE_WORDS = 60  # of a paragraph outside the story in which signs are looked for
MAX_NAMING_WORDS = 7  # of a line with the name of the site, shorter than most titles of stories
MAX_MENU_WORDS = 4  # of a line in a menu
MIN_MENU_LINES = 3  # that begin with a name: Valley Post Video, Valley Post Sport …
MANY_MENU_LINES = 5

# What a name needs: about one line of rights. Signs that menus give do not suffice alone.
ENOUGH = 1.75
ENOUGH_WITH_ADDRESS = 2.25
LEAD = 1.2  # times the second name
# Share of the mentions of a name from which on a longer name, of which it is a part, is the whole.
MIN_SHARE_OF_LONGER_NAME = 0.5
MIN_SHARE_OF_OUTLET_NAME = 1 / 3  # of a longer name with a word as outlets have it: Sky News
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
MAIL_OF_PAPER_WEIGHT = 1.5  # of mail from a name with a word of papers
PICTURE_OF_PAPER_WEIGHT = 1.5  # of the credit of a picture for a name with a word of papers
MIN_TIMES_TOLD = 3  # "told the Valley Post"; other outlets are quoted once or twice
MAX_TIMES = 3  # that one sign counts; the second and third time half
PER_MENTION = 0.25  # of a name outside the story …
MAX_MENTIONS = 6  # … counting no more than so many
COMMON_WORD_SHARE = 0.4  # of a name whose words the page also writes in small letters
AGENCY_SHARE = 0.3  # agencies are named on the pages that print them
DATELINE_AGENCY = re.compile(r"\((?P<agency>[^()\n]{2,40})\)\s*[-–—]")  # OSTRAND (Northern Wire) —
OWNER = "owner"  # the sign of a name with Inc., Ltd. or Media
OWNER_SIGNS = ("rights", "bare rights", "statement")  # which make a name with such a form an owner
OWNER_WEIGHT = 1.25
OWNER_SHARE = 0.4  # of its score, beside names that the page itself uses …
OWNER_OF_ADDRESS_SHARE = 0.8  # … and if an address on the page is called so, too
SITE_LINES = 6  # pieces below the headline in which the name of the site may stand alone
CREDIT_LINES = 15  # pieces below the headline in which a date may stand with the outlet

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
# Signs of a name alone on its line, which the items of menus have, too: together they are one.
LINE_SIGNS = {"first line", "masthead", "own line", "last line", "above menu", "logo"}
# Signs that make a name of words of menus the name of an outlet: Live Science.
SURE_SIGNS = {"rights", "statement", "source", "special", "newsroom", "title"}
_COMPANY = either(read_words("en/page/outlet_words", kind="company"))
COMPANY_AFTER = re.compile(rf",?\s*(?i:{_COMPANY})\b")
TITLE = re.compile(rf"(?P<title>.{{15,}}?)\s(?P<mark>[|–—-]|::)\s(?P<outlet>{OUTLET})$")
TITLE_WEIGHT = 2.0
NAME = re.compile(OUTLET)
LABEL_ABOVE = re.compile(r"\W*(?:published\sin|(?:\w+\s)?writer\sfor)\W*", re.IGNORECASE)
SOURCE_WEIGHT = 1.75
PAPER_AND_PLACE = re.compile(rf"(?P<outlet>{OUTLET}),\s[A-ZÀ-Þ][\w\s.-]{{2,25}}")
TITLE_LINE = re.compile(rf"[{CAPITAL}][^\W\d_]+(?:\s[^\W\d_]+){{1,4}}")
LOGO_LABEL = re.compile(r"\s(?:logo|homepage|home\spage)$", re.IGNORECASE)  # the text of a picture
DOUBLED = re.compile(r"^(.{3,40}?)\s?\1$")  # Valley PostValley Post: a logo and its label
RIGHTS = re.compile(r"©|\([cC]\)|(?i:copyright)")
MAX_HOLDER_WORDS = 6  # after the mark, with the year: © 2021 Ediciones El Valle S.L.
RIGHTS_SIGNS = {"rights", OWNER}
NAME_GOES_ON = re.compile(r"(?:\s[^\W\d_]+){1,3}(?=\s*(?:[.|,;•·–-]|$))")
RIGHTS_IN_OTHER_LANGUAGES = re.compile(  # Alle Rechte vorbehalten, tous droits réservés
    r"recht|droits|derechos|diritti|direitos|rättigh|rettigh|prawa|права|haklar|hak\scipta",
    re.IGNORECASE,
)
POWERED_BY = re.compile(r"\b[Pp]owered\sby\s.*")  # © Valley Post. Powered by TownSites
SITE = re.compile(r"[a-z\d-]+(?:\.[a-z\d-]+)+")
LAST_CASED_SCRIPT = "\u1fff"  # Chinese, Japanese and Korean have no capitals
ADDRESS = re.compile(
    r"""
    (?: https?:// | www\. | @ | \b )
    (?P<host> [a-z\d-]+ (?:\.[a-z\d-]+)* )
    \. (?: com|org|net|co|news|info|tv|example|de|fr|es|it|uk|us|in|ca|au|ie|nl|ch|at|eu ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
HANDLE = re.compile(r"(?<![\w.])@(?P<handle>\w{2,20})(?![\w.])")  # @valleypost, not a mail address
PAGE_ADDRESS = re.compile(  # www.valleypost.example/2021/05/river-rises
    r"(?:https?://)?(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,8})(?P<path>/[^\s)>]+)", re.IGNORECASE
)
RETRIEVED = re.compile(r"\bretrieved\s.{0,40}\bfrom\s")
OWN_ADDRESS_WEIGHT = 2.0
LANGUAGE_LENGTH = 800  # characters of the story that show its language
OPENING_PIECES = 5  # of the story, that stand for a headline that is not on the page
MIN_SHARED_WITH_OPENING = 4
MIN_SHARED_WITH_HEADLINE = 3  # words, from which on an address is that of this page
HOUSE_WEIGHT = 1.75
HOST_WEIGHT = 1.25
INITIALS_WEIGHT = 1.0
SITE_WEIGHT = 1.25
MIN_MENTIONS_OF_SITE = 3  # outside the story, of a name that an address there spells
MIN_MENTIONS_AROUND = 3  # outside the story, of a name that the story does not mention
MENU_SIGNS = {"begins lines", "brand", "menu", "product"}  # that names of sections have, too
MIN_PAGE_LINES = 20  # outside the story, with which a text is a page and not a story alone
BRAND_WEIGHT = 1.25
MIN_BRAND_LINES = 3  # different lines of a menu with a name and a word of menus
CREDIT_LINE_WEIGHT = 1.75
FIRST_LINE_WEIGHT = 1.25
MASTHEAD_WEIGHT = 1.0
ABOVE_MENU_WEIGHT = 0.75  # of a first line with a menu below it
LOGO_WEIGHT = 1.25  # of a line above the headline that stands alone elsewhere, too: in the footer
IN_RIGHTS_WEIGHT = 1.5  # of a name within a line of rights: © EDICIONES EL VALLE S.L.
BELOW_BYLINE = 2  # lines below a byline in which the outlet of the author stands
LAST_LINE_WEIGHT = 0.7
OWN_LINE_WEIGHT = 0.75
MENU_PREFIX_WEIGHT = 1.0
MANY_MENU_PREFIX_WEIGHT = 1.5


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
    evidence = _Evidence(text, pieces, story, headline)
    evidence.collect(authors)
    return evidence.best()


def without_outlet(headline: str, outlet: str) -> str:
    """Take the name of the outlet from the end of a headline.

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


class _Evidence:
    """The names on a page that may be its outlet's, and the signs for each."""

    def __init__(self, text: str, pieces: list[Piece], story: list[bool], headline: int):
        self.text = text
        self.pieces = pieces
        self.story = story
        self.headline = headline
        self.lines = [text[piece.start : piece.end] for piece in pieces]
        self.around = "\n".join(
            line for line, inside in zip(self.lines, story, strict=True) if not inside
        )
        self.folded_around = fold(self.around)
        self.folded_text = fold(text)
        self.words_in_small_letters = frozenset(
            re.findall(r"(?<!\S)[a-z][a-z'’-]*(?=[\s,;:!?)]|\.\s|$)", text)
        )
        inside = [number for number, is_inside in enumerate(story) if is_inside]
        self.first_of_story = inside[0] if inside else 0
        self.last_of_story = inside[-1] if inside else -1
        opening = "\n".join(self.lines[number] for number in inside[:OPENING_PIECES])
        self.language = tell_language(opening[:LANGUAGE_LENGTH])
        self.bylines: frozenset[int] = frozenset()
        self.author_spans: list[tuple[int, int]] = []
        self.first_name = -1  # the line that is the masthead of the page, if there is one
        self.own_line_forms: dict[str, Counter] = defaultdict(Counter)
        self.in_dateline = {outlet_key(match["agency"]) for match in DATELINE_AGENCY.finditer(text)}
        self.short_lines: list[str] | None = None  # outside the story, folded, once they are needed
        self.mentions: dict[str, int] = {}  # outside the story
        self.all_mentions: dict[str, int] = {}
        self.signs: dict[str, Counter] = defaultdict(Counter)  # by folded name: sign → times
        self.weights: dict[tuple[str, str], float] = {}
        self.forms: dict[str, Counter] = defaultdict(Counter)  # folded name → as printed

    def collect(self, authors: Authors) -> None:
        """Look for all signs."""
        self.bylines = authors.bylines
        self.author_spans = [(author.start, author.end) for author in authors.names]
        self._match_signs(authors)
        self._add_houses(authors)
        self._without_authors(authors)
        self._add_titles()
        self._add_lines()
        self._add_labelled()
        self._add_rights()
        self._add_menu()
        self._add_brand()
        self._add_addresses()
        self._add_own_address()
        self._without_authors(authors)
        self._join_menu_openers()
        self._join_short_names()

    def _without_authors(self, authors: Authors) -> None:
        """Forget names that are those of authors: About Ann Bell."""
        for author in authors.names:
            name = self.text[author.start : author.end]
            # A line with a name alone may name the outlet: Valley Post, but not Ann Bell.
            is_person = is_name(name) and not has_outlet_word(name)
            if author.form not in ("house", "bare", "date") or is_person:
                self.signs.pop(outlet_key(self.text[author.start : author.end]), None)

    def _match_signs(self, authors: Authors) -> None:
        """Add what the patterns find in each line, those for its place on the page."""
        small_lines = [line.lower().replace(NO_BREAK_SPACE, " ") for line in self.lines]
        signs_by_line: dict[int, list[Sign]] = defaultdict(list)
        for group, numbers in self._lines_by_group(authors):
            lines = {number: small_lines[number] for number in numbers}
            for number, signs in group.by_line(lines).items():
                signs_by_line[number].extend(signs)
        for number in sorted(signs_by_line):
            for sign in signs_by_line[number]:
                self._match(sign, number)

    def _lines_by_group(self, authors: Authors) -> list[tuple[SignGroup, list[int]]]:
        """Return the groups of signs with the numbers of the lines that are searched for each."""
        story_lines = []
        sign_offs = []
        captions = []
        notices = []
        credits = []
        for number, piece in enumerate(self.pieces):
            if self.story[number] and piece.kind == "prose":
                story_lines.append(number)
                continue
            if piece.kind == "sign-off":
                sign_offs.append(number)
            if piece.kind == "comment":
                continue
            if piece.words <= MAX_NOTICE_WORDS:
                short_lines = captions if piece.kind == "caption" else notices
                short_lines.append(number)
            is_below_headline = 0 <= number - self.headline <= CREDIT_LINES
            if number in authors.bylines or (piece.kind == "day" and is_below_headline):
                credits.append(number)
        return [
            (ORIGIN_SIGNS, list(range(len(self.pieces)))),
            (STORY_SIGNS, story_lines),
            (NEWSROOM_SIGNS, sign_offs),
            (CAPTION_SIGNS, captions),
            (NOTICE_SIGNS, notices),
            (CREDIT_SIGNS, credits),
        ]

    def _match(self, sign: Sign, number: int) -> None:
        """Add what a pattern finds in a line."""
        line = self.lines[number].replace("A/S", "AS")  # a Danish company
        for match in sign.pattern.finditer(line):
            if sign.name == "credit line" and self._holds_author(number, match.span("outlet")):
                continue
            is_company = COMPANY_AFTER.match(line, match.end("outlet")) is not None
            name = match["outlet"]
            if sign.name == "rights" and self.language not in ("", "en"):
                name += _rest_of_name(line[match.end("outlet") :])
            self._add(name, sign.name, sign.weight, is_company)

    def _holds_author(self, number: int, span: tuple[int, int]) -> bool:
        """Return whether a part of a line contains an author and more: Ann Bell and Cy Dee."""
        shift = self.pieces[number].start
        start = span[0] + shift
        end = span[1] + shift
        return any(
            start <= author_start and author_end <= end
            for author_start, author_end in self.author_spans
            if (author_start, author_end) != (start, end)
        )

    def _add(self, printed: str, sign: str, weight: float, is_company: bool = False) -> None:
        """Count a sign for a name, without the words that are no part of it."""
        name, has_company_form = trim_name(printed)
        key = outlet_key(name)
        if not name or is_no_outlet(key, sign in SURE_SIGNS, self.language):
            return
        # By Carl Lund, Head of Product
        if sign == "credit line" and not title_words().isdisjoint(name_words(key)):
            return
        if (is_company or has_company_form) and sign in OWNER_SIGNS:
            # Valley Media Inc. may own the Post: of use only if the page also names it otherwise.
            sign = OWNER
            weight = OWNER_WEIGHT
        if sign == "mail" and has_outlet_word(key):
            weight = MAIL_OF_PAPER_WEIGHT
        if sign == "credit" and has_outlet_word(key):
            sign = "picture of paper"
            weight = PICTURE_OF_PAPER_WEIGHT
        self.signs[key][sign] += 1
        self.weights[key, sign] = max(weight, self.weights.get((key, sign), 0))
        self.forms[key][name] += 1

    def _add_titles(self) -> None:
        """Add the name that follows the headline on its line, or on a line that repeats it."""
        if self.headline < 0:
            return
        headline = self.lines[self.headline]
        for number in range(self.headline + 1):
            title = TITLE.fullmatch(self.lines[number])
            if not title or not fold(headline).startswith(fold(title["title"])):
                continue
            # A dash also stands inside headlines: … are out — and they are not great.
            name = title["outlet"]
            is_named_again = self._mentions(outlet_key(name)) > 1
            if is_named_again or has_outlet_word(name) or title["mark"] == "|":
                self._add(name, "title", TITLE_WEIGHT)

    def _add_houses(self, authors: Authors) -> None:
        """Add the names of houses: Valley Post from "Valley Post staff"."""
        for author in authors.names:
            printed = self.text[author.start : author.end]
            words = printed.split()
            # By Ann Bell and Valley Post staff
            if "and" in words:
                words = words[words.index("and") + 1 :]
            while words and fold(words[-1]) in house_words():
                words.pop()
            if words and fold(printed.split()[-1]) in house_words():
                self._add(" ".join(words), "house", HOUSE_WEIGHT)

    def _add_lines(self) -> None:
        """Add lines that contain only a name, outside the story."""
        names = self._own_lines()
        first = self._first_name(names)
        self.first_name = first
        top = self._top()
        for number, name in names.items():
            is_credit = 0 <= number - self.headline <= CREDIT_LINES
            is_below_byline = has_outlet_word(name) and self._is_below_byline(number)
            is_site = is_credit and SITE.fullmatch(name.casefold()) and self._is_credited(number)
            is_paper_line = is_paper(name) and (is_credit or number < MASTHEAD_LINES)
            if is_paper_line or is_below_byline or is_site:
                self._add(name, "credit line", CREDIT_LINE_WEIGHT)
            elif number == first:
                self._add(name, "first line", FIRST_LINE_WEIGHT)
            elif number < MASTHEAD_LINES:
                self._add(name, "masthead", MASTHEAD_WEIGHT)
            elif number >= len(self.pieces) - LAST_LINES:
                self._add(name, "last line", LAST_LINE_WEIGHT)
            elif has_outlet_word(name):
                self._add(name, "own line", OWN_LINE_WEIGHT)
            if number == first and self._menu_lines(number + 1, top) >= MIN_MENU_BELOW:
                self._add(name, "above menu", ABOVE_MENU_WEIGHT)
        self._add_logos(names, top)

    def _add_labelled(self) -> None:
        """Add lines below "Published in" or "Writer for"."""
        for above, line in pairwise(self.lines):
            if LABEL_ABOVE.fullmatch(above) and NAME.fullmatch(line):
                self._add(line, "source", SOURCE_WEIGHT)

    def _own_lines(self) -> dict[int, str]:
        """Return the lines outside the story that contain only a name, by their numbers."""
        names = {}
        for number, piece in enumerate(self.pieces):
            is_short = piece.kind == "line" and piece.words <= MAX_MASTHEAD_WORDS
            if self.story[number] or not is_short:
                continue
            line = self.lines[number].strip(" .|-–—·\u2003")
            line = LOGO_LABEL.sub("", DOUBLED.sub(r"\1", line))
            paper = None
            if self.bylines and self._is_below_byline(number):
                paper = PAPER_AND_PLACE.fullmatch(line)
            if paper and has_outlet_word(paper["outlet"]):
                line = paper["outlet"]
            # A name in a menu: Support The Ostrand Guardian
            is_name_alone = NAME.fullmatch(line) and fold(line.split()[0]) not in menu_openers()
            is_name_alone = is_name_alone or self._is_repeated_title(number)
            if is_name_alone and not is_no_outlet(outlet_key(line), False, self.language):
                names[number] = line
                self.own_line_forms[outlet_key(line)][line] += 1
        return names

    def _is_repeated_title(self, number: int) -> bool:
        """Return whether a line above the headline is a name in small letters: Вестник долины.

        The page then names it again, as in its line of rights.
        """
        line = self.lines[number]
        is_title = number < self._top() and TITLE_LINE.fullmatch(line) is not None
        return is_title and self._mentions(outlet_key(line)) > 1

    def _is_credited(self, number: int) -> bool:
        """Return whether a byline is right above a line, or a date right above or below it."""
        neighbours = self.pieces[max(number - 1, 0) : number + 2]
        return self._is_below_byline(number) or any(piece.kind == "day" for piece in neighbours)

    def _is_below_byline(self, number: int) -> bool:
        """Return whether a byline is right above a line."""
        return any(number - BELOW_BYLINE <= byline < number for byline in self.bylines)

    def _first_name(self, names: dict[int, str]) -> int:
        """Return the first line that is a name, with only buttons above it; -1 if there is none."""
        top = self._top()
        for number, line in enumerate(self.lines):
            if number in names:
                return number
            # Consent to cookies, alerts and notices may stand above everything else.
            if self.pieces[number].kind in ("prose", "furniture", "form") and number < top:
                continue
            if not page_tool_words().issuperset(folded_words(line)):
                break
        # A logo and its label, below cookies and alerts: Valley Post ↵ Valley Post
        doubled = (
            number
            for number, name in names.items()
            if number < top
            and (DOUBLED.match(self.lines[number]) or names.get(number + 1) == name)
            and self._links_above(number) <= MAX_LINKS_ABOVE_LOGO
        )
        return next(doubled, -1)

    def _links_above(self, number: int) -> int:
        """Count the lines above a line, without cookies, alerts and notices."""
        notices = ("prose", "furniture", "form")
        return sum(piece.kind not in notices for piece in self.pieces[:number])

    def _top(self) -> int:
        """Return the number of the headline, or of the first piece of the story."""
        return self.headline if self.headline >= 0 else self.first_of_story

    def _menu_lines(self, start: int, end: int) -> int:
        """Count the lines that contain only words of menus."""
        lines = [folded_words(line) for line in self.lines[start:end]]
        return sum(
            bool(words) and section_words(self.language).issuperset(words) for words in lines
        )

    def _add_logos(self, names: dict[int, str], top: int) -> None:
        """Add names on separate lines both above the headline and below the story; no sections."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, name in names.items():
            places[outlet_key(name)].append(number)
        for key, numbers in places.items():
            above = [number for number in numbers if number < top]
            below = [number for number in numbers if number > self.last_of_story]
            is_at_both_ends = bool(above) and bool(below) and not self._is_in_story(key)
            # The whole menu may be repeated in the footer, with the same lines around.
            # Above the headline stands its section, which is a tag below the story, too.
            is_section = above == [top - 1] and not has_outlet_word(key)
            if is_section:
                continue
            if is_at_both_ends and self._neighbours(above).isdisjoint(self._neighbours(below)):
                self._add(names[above[0]], "logo", LOGO_WEIGHT)

    def _neighbours(self, numbers: list[int]) -> set[str]:
        """Return the lines right above and below the given ones, folded."""
        neighbours = set()
        for number in numbers:
            around = self.lines[max(number - 1, 0) : number] + self.lines[number + 1 : number + 2]
            neighbours.update(fold(line) for line in around)
        return neighbours

    def _add_rights(self) -> None:
        """Add names of other signs within a line of rights: © EDICIONES EL VALLE S.L."""
        lines = []
        for number, line in enumerate(self.lines):
            if self.story[number]:
                continue
            if mark := RIGHTS.search(line):
                holder = folded_words(POWERED_BY.sub("", line[mark.end() :]))[:MAX_HOLDER_WORDS]
                lines.append(f" {' '.join(holder)} ")
        for key in list(self.signs):
            words = " ".join(name_words(key))
            is_within = any(f" {words} " in line for line in lines)
            is_shown = not LINE_SIGNS.isdisjoint(self.signs[key])
            if is_within and is_shown and not RIGHTS_SIGNS & set(self._all_signs(key)):
                self._count(key, "in rights", IN_RIGHTS_WEIGHT)

    def _add_menu(self) -> None:
        """Add names with which several lines of a menu begin."""
        lines = {
            self.lines[number]
            for number, piece in enumerate(self.pieces)
            if not self.story[number] and 1 < piece.words <= MAX_MENU_WORDS
        }
        prefixes: dict[str, Counter] = defaultdict(Counter)
        for line in lines:
            words = line.split()
            for length in (1, 2, 3):
                prefix = " ".join(words[:length])
                if length < len(words) and NAME.fullmatch(prefix):
                    prefixes[outlet_key(prefix)][prefix] += 1
        for forms in prefixes.values():
            if forms.total() < MIN_MENU_LINES:
                continue
            is_often = forms.total() >= MANY_MENU_LINES
            weight = MANY_MENU_PREFIX_WEIGHT if is_often else MENU_PREFIX_WEIGHT
            self._add(forms.most_common(1)[0][0], "begins lines", weight)

    def _add_addresses(self) -> None:
        """Add names that an address on the page spells, or whose initials it contains."""
        hosts = Counter()
        for match in ADDRESS.finditer(self.around):
            hosts.update(label for label in fold(match["host"]).split(".") if len(label) > 1)
        for match in HANDLE.finditer(self.around):
            hosts[fold(match["handle"])] += 1
        # Sites in scripts without capitals have a Latin address, which is not how they are called.
        is_uncased = any(key[-1] > LAST_CASED_SCRIPT for key in self.signs)
        for host in hosts if not is_uncased else ():
            name = self._spelled_by(host) if may_be_site(host) else ""
            if not name:
                continue
            # ostrand.com may be called after its town, of which it writes.
            is_topic = self._is_in_story(outlet_key(name))
            is_often = self._mentions(outlet_key(name)) >= MIN_MENTIONS_OF_SITE
            if is_often and not is_topic:
                self._add(name, "site", SITE_WEIGHT)
        for key in list(self.signs):
            squashed = re.sub(r"[\W_]", "", SITE_ENDING.sub("", key))
            if squashed in hosts or f"the{squashed}" in hosts:
                self._count(key, "address", HOST_WEIGHT)
            elif len(name_words(key)) > 2 and not all_initials(key).isdisjoint(hosts):
                self._count(key, "address", INITIALS_WEIGHT)

    def _add_brand(self) -> None:
        """Add names next to words of menus in several short lines: Valley Post Video."""
        generic = section_words(self.language) | outlet_words("product")
        lines: dict[str, set[str]] = defaultdict(set)
        forms: dict[str, Counter] = defaultdict(Counter)
        for number, piece in enumerate(self.pieces):
            if self.story[number] or not 1 < piece.words <= MAX_MENU_WORDS:
                continue
            line = self.lines[number]
            words = line.split()
            folded = [fold(word) for word in words]
            for start in range(2):
                for end in range(start + 1, len(words) + 1):
                    others = folded[:start] + folded[end:]
                    is_generic = others and all(word in generic for word in others)
                    name = " ".join(words[start:end])
                    if is_generic and NAME.fullmatch(name):
                        lines[outlet_key(name)].add(fold(line))
                        forms[outlet_key(name)][name] += 1
        for key, distinct in lines.items():
            if len(distinct) >= MIN_BRAND_LINES and key not in self.words_in_small_letters:
                self._add(forms[key].most_common(1)[0][0], "brand", BRAND_WEIGHT)

    def _add_own_address(self) -> None:
        """Add the name that the address of this page spells, or else its host."""
        # Reader modes print nothing but the host above the headline.
        first = self.lines[0].strip().casefold() if self.lines else ""
        if SITE.fullmatch(first) and may_be_site(first.removeprefix("www.").split(".")[0]):
            self._add(self._site_name(first), "own address", OWN_ADDRESS_WEIGHT)
        if self.headline >= 0:
            titles = _stems(self.lines[self.headline])
            needed = MIN_SHARED_WITH_HEADLINE
        else:
            first = [number for number, inside in enumerate(self.story) if inside][:OPENING_PIECES]
            titles = {stem for number in first for stem in _stems(self.lines[number])}
            needed = MIN_SHARED_WITH_OPENING
        for number, line in enumerate(self.lines):
            # Citation: The river rises (2021, May 3) retrieved 4 May 2021 from https://…
            # An address of a page contains a slash, which most lines do not.
            is_citation = "/" in line and RETRIEVED.search(line) is not None
            if "/" not in line or (self.story[number] and not is_citation):
                continue
            for address in PAGE_ADDRESS.finditer(line):
                slug = _stems(re.sub(r"[-_/.]", " ", address["path"]))
                shares_headline = len(slug & titles) >= needed
                is_last_line = address[0] == line and number == len(self.pieces) - 1
                if shares_headline or is_last_line or is_citation:
                    self._add(self._site_name(address["host"]), "own address", OWN_ADDRESS_WEIGHT)

    def _site_name(self, host: str) -> str:
        """Return the name of a site as the page prints it (Valley Post), or else its address."""
        site = host.removeprefix("www.")
        printed = re.search(rf"(?<![\w/.@]){re.escape(site)}(?![\w/])", self.text, re.IGNORECASE)
        if printed:
            return printed[0]
        return self._spelled_by(site.split(".")[0]) or site

    def _spelled_by(self, label: str) -> str:
        """Return the name on the page that an address spells: Valley Post for valleypost."""
        letters = [re.escape(letter) for letter in label if letter.isalnum()]
        spelled = re.compile(rf"(?<!\w){'[ .-]?'.join(letters)}(?![\w.@/])", re.IGNORECASE)
        names = [match[0] for match in spelled.finditer(self.text) if match[0][0].isupper()]
        return Counter(names).most_common(1)[0][0] if names else ""

    def _count(self, key: str, sign: str, weight: float) -> None:
        self.signs[key][sign] = 1
        self.weights[key, sign] = weight

    def _join_short_names(self) -> None:
        """Give the signs of a short name to the full one: WSJ; and of a company to its paper."""
        for short in list(self.signs):
            for full in list(self.signs):
                if short == full or short not in self.signs:
                    continue
                added = full.removeprefix(f"{short} ")  # CBS and CBS News
                is_owner = added != full and added in outlet_words("name", "paper")
                # 엔터미디어 and entermedia.co.kr: the name is what the page calls itself.
                is_uncased = short[-1] > LAST_CASED_SCRIPT
                is_site_of_uncased = is_uncased and SITE.fullmatch(full)
                is_site = is_site_of_uncased or (
                    short == SITE_ENDING.sub("", full) and not self._is_in_story(short)
                )
                is_owner = is_owner and set(self.signs[short]) & {OWNER, "rights"}
                # Not CBS and CBS Radio, if the page has many other names with CBS.
                is_owner = is_owner and self._is_mostly(full, short)
                if is_short_name(short, full) or is_owner:
                    self._join(short, full)
                elif is_site:
                    self._join(full, short)

    def _join_menu_openers(self) -> None:
        """Give the signs of "Follow Valley Post" to Valley Post, if the page names that more."""
        for key in list(self.signs):
            words = key.split()
            name = " ".join(words[1:])
            if (
                len(words) < 2
                or words[0] not in menu_openers()
                or is_no_outlet(name, False, self.language)
            ):
                continue
            if self._mentions(name) > self._mentions(key):
                for form, times in self.forms.pop(key).items():
                    self.forms[name][form.split(None, 1)[1]] += times
                self._join(key, name)

    def _join(self, short: str, full: str) -> None:
        """Count the signs of one name for another."""
        for sign, times in self.signs.pop(short).items():
            weight = max(self.weights[short, sign], self.weights.get((full, sign), 0))
            self.signs[full][sign] += times
            self.weights[full, sign] = weight

    def best(self) -> str:
        """Return the name with the most signs, if they are enough; "" otherwise."""
        scores = {}
        for key in self.signs:
            signs = self._all_signs(key)
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
        return self._printed(self._whole_name(best, scores))

    def _agency(self) -> str:
        """Return the agency in the line of rights at the end of the page; "" if there is none.

        Papers print that line right below the story, and name themselves around it.
        """
        last = len(self.pieces) - 1
        for number in range(max(last - LINES_WITH_RIGHTS, 0), last + 1):
            is_footer = number - self.last_of_story >= MIN_LINES_TO_FOOTER
            if not is_footer or not RIGHTS.search(self.lines[number]):
                continue
            holder = f" {' '.join(folded_words(self.lines[number]))} "
            for key, signs in self.signs.items():
                is_holder = f" {key} " in holder
                if is_holder and "rights" in signs and self._is_agency(key):
                    name = self._printed(key)
                    has_article = f" the {key} " in holder and outlet_key(name) == fold(name)
                    return f"The {name}" if has_article else name
        return ""

    def _masthead(self) -> str:
        """Return the first line of a page with a menu below it; "" if it is not a name."""
        for key, signs in self.signs.items():
            is_first = "first line" in signs and not self._is_plain(key)
            is_name = " " in key or self._is_coined(key)
            has_menu = "above menu" in signs or self.first_name + MIN_LINES_BELOW < self._top()
            is_person = name_words(key)[0] in words_of("en/names/first_names", "name")
            is_person = is_person and not has_outlet_word(key)
            if is_first and is_name and has_menu and not is_person and not self._is_in_story(key):
                return self._printed(key)
        return ""

    def _whole_name(self, key: str, sufficient: dict[str, float]) -> str:
        """Return the longest name that a name is usually a part of; else the name itself."""
        longer = [name for name in self._longer_names(key) if not ends_as_part_of_house(name)]
        # Examiner is the short name of the Ostrand Examiner, even where it is used more often.
        ending = [other for other in self.signs if other.endswith(f" {key}")]
        full = [other for other in ending if other in sufficient]
        if full and key in outlet_words("name", "paper"):
            return full[0]
        longer += ending
        # The blog of a company is a publication with a name of its own.
        if (blog := f"{key} blog") in longer and self._stands_above_headline(blog):
            return blog
        whole = [other for other in longer if self._is_mostly(other, key)]
        return max([key, *whole], key=len)

    def _stands_above_headline(self, key: str) -> bool:
        """Return whether a line above the headline contains only this name."""
        return any(outlet_key(self.lines[number]) == key for number in range(max(self.headline, 0)))

    def _is_mostly(self, longer: str, shorter: str) -> bool:
        """Return whether a name is mostly printed as a part of a longer one: Fox in Fox News."""
        count = self._mentions if self._mentions(shorter) else self._all_mentions
        has_outlet_word = not outlet_words("name", "paper").isdisjoint(name_words(longer)[-1:])
        share = MIN_SHARE_OF_OUTLET_NAME if has_outlet_word else MIN_SHARE_OF_LONGER_NAME
        # VBC News, next to many other names with VBC: a part that has the name of a paper.
        is_part_of_house = has_outlet_word and longer.startswith(f"{shorter} ")
        is_named_often = count(longer) >= MIN_MENTIONS_AROUND
        if is_part_of_house and is_named_often and count(longer) == share * count(shorter):
            return True
        return count(longer) > share * count(shorter)

    def _is_in_story(self, key: str) -> bool:
        """Return whether the story mentions this name."""
        return self._all_mentions(key) > self._mentions(key)

    def _all_mentions(self, key: str) -> int:
        """Count the mentions of a name in the text."""
        if key not in self.all_mentions:
            self.all_mentions[key] = _count_name(key, self.folded_text)
        return self.all_mentions[key]

    def _rank(self, key: str, signs: Counter) -> float:
        """Return the factor for comparing a score with others: lower for what is only an owner."""
        is_owner = OWNER in signs and (CLEAR_SIGNS - {"statement"}).isdisjoint(signs)
        if is_owner and "address" in signs:
            return OWNER_OF_ADDRESS_SHARE
        # © 2021 Valley Media. Valley Media may earn a commission: without a form of companies,
        # but in the small print only.
        is_in_small_print = set(signs) <= {"rights", "statement", OWNER} and signs["rights"] > 0
        is_holder = is_in_small_print and self._mentions(key) <= 2 * signs.total()
        return OWNER_SHARE if is_owner or is_holder else 1.0

    def _suffices(self, key: str, signs: Counter, score: float) -> bool:
        """Return whether the signs for a name are enough, and not only those of a menu."""
        if self._is_misleading(key, signs):
            return False
        if self._is_clear(key, signs):
            return score >= ENOUGH
        is_shown = self._is_shown_around_story(key, signs) or self._is_shown_by_address(key, signs)
        return is_shown and score >= ENOUGH_WITH_ADDRESS

    def _is_misleading(self, key: str, signs: Counter) -> bool:
        """Return whether other names often have all signs of this name."""
        # Guests are editors of other papers: the note suffices where there is a page around it.
        if set(signs) == {"author note"}:
            return self.story.count(False) < MIN_PAGE_LINES
        # About Ann Bell: the note on an author whom no byline names
        is_about_only = set(signs) <= {"about", "begins lines", "own line", "last line"}
        is_person = any(is_name(form) for form in self.forms[key]) and " " in key
        if is_about_only and is_person and not has_outlet_word(key):
            return not any(form.startswith("The ") for form in self.own_line_forms[key])
        if set(signs) != {"credit line"} or has_outlet_word(key):
            return False
        # By Ann Bell | Ostrand: a place. By Ann Bell, RDN: a title
        is_named_elsewhere = self._all_mentions(key) > signs["credit line"]
        is_acronym = any(form.isupper() for form in self.forms[key])
        return not self._is_coined(key) or (is_acronym and not is_named_elsewhere)

    def _is_clear(self, key: str, signs: Counter) -> bool:
        """Return whether a name has a sign, or two together, that other names hardly ever have."""
        # A masthead: the first line, whose name the menus repeat.
        # One plain word may be a section or a topic: Mac, Lions.
        has_article = any(form.startswith("The ") for form in self.own_line_forms[key])
        is_name = " " in key or has_article or self._is_coined(key)
        is_repeated = is_name and self._mentions(key) >= MIN_MENTIONS_OF_MASTHEAD
        is_first = "first line" in signs and not self._is_plain(key)
        if is_first and " " in key and self._is_in_short_line(key):
            return True
        is_shown = "above menu" in signs or self._mentions(key) > 1
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
        # Others are told things, too: courts, ministries, once or twice another paper. It is this
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
                f" {' '.join(folded_words(self.lines[number]))} "
                for number, piece in enumerate(self.pieces)
                if not self.story[number] and piece.words <= MAX_NAMING_WORDS
            ]
        name = f" {key} "
        return any(name in line and name != line for line in self.short_lines)

    def _is_shown_around_story(self, key: str, signs: Counter) -> bool:
        """Return whether a page names a site around its story and not in it.

        What a story is about, as a firm with its products, is named in both.
        """
        if self._is_plain(key) or key in outlet_words("name", "paper"):
            return False
        is_around = self._mentions(key) >= MIN_MENTIONS_AROUND and not self._is_in_story(key)
        kinds = set(signs) - MENU_SIGNS - {"site"}  # a site has the sign of its address, too
        number_of_kinds = len(kinds - LINE_SIGNS)
        if not kinds.isdisjoint(LINE_SIGNS):
            number_of_kinds += 1
        return is_around and number_of_kinds > 1

    def _is_shown_by_address(self, key: str, signs: Counter) -> bool:
        """Return whether an address and another sign show a name: pages link to other sites."""
        has_other_sign = not set(signs) <= {"address", "site", *MENU_SIGNS}
        return "address" in signs and (has_other_sign or self._mentions(key) >= MAX_MENTIONS)

    def _is_plain(self, key: str) -> bool:
        """Return whether the page has all words of a name in small letters, too."""
        return set(name_words(key)) <= self.words_in_small_letters

    def _is_coined(self, key: str) -> bool:
        """Return whether a name has capitals inside, as places and words do not: CNN."""
        words = [word for form in self.forms[key] for word in form.split()]
        return any(_has_capital_inside(word) for word in words)

    def _all_signs(self, key: str) -> Counter:
        """Return the signs for a name, with those for longer names that begin with it."""
        signs = Counter(self.signs[key])
        if set(signs) <= {"begins lines", "masthead", "first line", "product", "address"}:
            return signs  # a first name, or the beginning of many names: New
        for longer in self._longer_names(key):
            signs.update(self.signs[longer])
        return signs

    def _longer_names(self, key: str) -> list[str]:
        """Return the names that begin with a name."""
        return [name for name in self.signs if name.startswith(f"{key} ")]

    def _score(self, key: str, signs: Counter) -> float:
        """Add up the weights of the signs for a name."""
        score = 0.0
        names = [key, *self._longer_names(key)]
        for sign, times in signs.items():
            weight = max(self.weights.get((name, sign), 0) for name in names)
            counted = 1 if sign in SINGLE_SIGNS else min(times, MAX_TIMES)
            score += weight * (1 + (counted - 1) / 2)
        score += PER_MENTION * min(self._mentions(key), MAX_MENTIONS)
        if self._is_agency(key):
            score *= AGENCY_SHARE
        if key in self.words_in_small_letters and "site" not in self.signs[key]:
            score *= COMMON_WORD_SHARE
        return score

    def _is_agency(self, key: str) -> bool:
        """Return whether a name is that of an agency: known, so called, or in the dateline."""
        is_called_so = name_words(key)[-1] in outlet_words("agency")
        # The dateline may be that of the outlet itself, whose reporters are named with it.
        is_in_dateline = key in self.in_dateline and SELF_SIGNS.isdisjoint(self.signs[key])
        return bool(AGENCY.fullmatch(key)) or is_called_so or is_in_dateline

    def _plain_mentions(self, key: str) -> int:
        """Count the mentions of a name outside the story that no form of a company follows."""
        pattern = rf"(?<!\w){re.escape(key)}(?!\w)(?!,?\s{_COMPANY}\b)"
        return len(re.findall(pattern, self.folded_around))

    def _mentions(self, key: str) -> int:
        """Count the mentions of a name outside the story."""
        if key not in self.mentions:
            self.mentions[key] = _count_name(key, self.folded_around)
        return self.mentions[key]

    def _site_below_headline(self, key: str) -> str:
        """Return the address of the site below the headline, as printed; "" if there is none."""
        end = self.headline + 1 + SITE_LINES
        for line in self.lines[self.headline + 1 : end] if self.headline >= 0 else ():
            is_site = SITE.fullmatch(line.casefold()) is not None
            if is_site and SITE_ENDING.sub("", fold(line)) == SITE_ENDING.sub("", key):
                forms = re.findall(rf"(?<![\w.@/]){re.escape(line)}", self.text, re.IGNORECASE)
                usual = [name for name in forms if not name.isupper()]
                return usual[0] if usual else line
        return ""

    def _printed(self, key: str) -> str:
        """Return the form of a name that the page uses most, with its article if it has one."""
        if site_line := self._site_below_headline(key):
            return site_line
        form = self._usual_form(key)
        name = self._without_site_ending(re.sub(r"^(?:The|the|THE)\s", "", form))
        if not self._has_article(name, form):
            return name
        article = "THE" if name.isupper() and " " in name else "The"
        return f"{article} {name}"

    def _usual_form(self, key: str) -> str:
        """Return the most frequent form of a name, in capitals only if the page has no other."""
        form = max(self.forms[key], key=lambda name: (self.forms[key][name], name))
        # GET THE VALLEY POST APP: the page may write the name otherwise elsewhere.
        if not form.isupper():
            return form
        forms = re.findall(rf"(?<!\w){re.escape(key)}(?!\w)", self.text, re.IGNORECASE)
        usual = Counter(name for name in forms if name.istitle())
        return usual.most_common(1)[0][0] if usual else form

    def _without_site_ending(self, name: str) -> str:
        """Return the name of a site without .com, if the page mostly prints it so."""
        site = SITE_ENDING.sub("", name)
        with_ending = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", self.text))
        without_ending = len(re.findall(rf"(?<![\w@]){re.escape(site)}(?![\w.]\w)", self.text))
        is_shorter = without_ending > with_ending and not self._is_in_story(outlet_key(site))
        return site if is_shorter else name

    def _has_article(self, name: str, form: str) -> bool:
        """Return whether the article is a part of a name: The Valley Post."""
        # The masthead is the name that the outlet gives itself.
        own_lines = self.own_line_forms[outlet_key(name)]
        if own_lines and own_lines.most_common(1)[0][0].casefold().startswith("the "):
            return True
        # Menus leave articles out, unless they are part of the name: The Valley Post Shop.
        lines = self.around.split("\n")
        with_article = sum(line.startswith(f"The {name} ") for line in lines)
        without_article = sum(line.startswith(f"{name} ") for line in lines)
        if with_article >= MIN_MENU_LINES and with_article > without_article:
            return True
        return self._is_mostly_with_article(name, form)

    def _is_mostly_with_article(self, name: str, form: str) -> bool:
        """Return whether most mentions of a name have an article; its usual form breaks a tie."""
        # Before another noun, the article belongs to that or is left out: a Post reporter.
        name_alone = rf"{re.escape(name)}(?!\w|-\w|\s[{CAPITAL}])"
        if not re.search(rf"(?<!\w){name_alone}", self.text):
            name_alone = rf"{re.escape(name)}(?!\w)"
        with_article = len(re.findall(rf"\bThe\s{name_alone}", self.text))
        all_mentions = len(re.findall(rf"(?<!\w){name_alone}", self.text))
        if 2 * with_article == all_mentions > 0:
            return form.startswith("The ")
        return 2 * with_article > all_mentions


def _has_capital_inside(word: str) -> bool:
    """Return whether a word has capitals after its first letter, or none: CNN, iPost, valleypost.

    Numbers and the small words within names do not: 24, and, dos.
    """
    has_letters = any(character.isalpha() for character in word)
    is_small_word = word.islower() and len(word) <= MAX_SMALL_WORD
    return has_letters and not word.istitle() and not is_small_word


def _rest_of_name(rest: str) -> str:
    """Return the small-letter end of a name in a line of rights: © Вестник долины."""
    goes_on = NAME_GOES_ON.match(rest)
    if not goes_on or RIGHTS_IN_OTHER_LANGUAGES.search(goes_on[0]):
        return ""
    return goes_on[0]


def _count_name(name: str, text: str) -> int:
    """Count the whole mentions of a name in a text, both folded."""
    count = 0
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before = text[start - 1 : start]
        after = text[end : end + 1]
        if not before.isalnum() and not after.isalnum():
            count += 1
        start = text.find(name, end)
    return count


def _stems(text: str) -> set[str]:
    """Return the words of a text without endings: addresses have "floods" for "flooding"."""
    return {word[:STEM] for word in folded_words(text) if len(word) >= STEM}
