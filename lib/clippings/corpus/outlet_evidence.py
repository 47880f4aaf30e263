"""Collect the signs that a name on a page is that of its outlet: in lines, menus and addresses."""

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise

from clippings.core.languages import detect_language
from clippings.core.lexicon import either, read_words
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import CAPITAL, is_name
from clippings.corpus.outlet_names import (
    LOGO_LABEL,
    OUTLET,
    SITE_ENDING,
    all_initials,
    has_outlet_word,
    house_words,
    is_no_outlet,
    is_paper,
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
from clippings.corpus.paragraphs import STEM_LENGTH, Piece

NO_BREAK_SPACE = "\xa0"
MAX_MASTHEAD_WORDS = 5
MASTHEAD_LINES = 4  # at the top of a page
MAX_LINKS_ABOVE_LOGO = 15  # lines; those of a menu or list of stories are more
MIN_MENU_BELOW = 3  # lines of a menu between a masthead and the headline
LAST_LINES = 2  # at the end
MAX_NOTICE_WORDS = 60  # of a paragraph outside the story in which signs are looked for
MAX_MENU_WORDS = 4  # of a line in a menu
MIN_MENU_LINES = 3  # that begin with a name: Valley Post Video, Valley Post Sport …
MANY_MENU_LINES = 5  # for `MANY_MENU_PREFIX_WEIGHT`
# Minimum share of the mentions of a name that belong to a longer name, for that to be the name.
MIN_SHARE_OF_LONGER_NAME = 0.5
MIN_SHARE_OF_OUTLET_NAME = 1 / 3  # if the longer name ends with a word of outlets: Sky News
# Weights are points that a sign adds to the score of a name, as in `outlet_signs`. They were set on
# the development pages.
MAIL_OF_PAPER_WEIGHT = 1.5  # of mail from a name with a word of outlets
PICTURE_OF_PAPER_WEIGHT = 1.5  # of a picture credit with a word of outlets
DATELINE_AGENCY = re.compile(r"\((?P<agency>[^()\n]{2,40})\)\s*[-–—]")  # OSTRAND (Northern Wire) —
OWNER = "owner"  # the sign of a name with Inc., Ltd. or Media
OWNER_SIGNS = ("rights", "bare rights", "statement")  # signs that become `OWNER` for such names
OWNER_WEIGHT = 1.25  # of `OWNER`
CREDIT_LINES = 15  # pieces below the headline in which a date may appear with the outlet
# Signs of a name alone on its line, which the items of menus have, too: together they are one.
LINE_SIGNS = {"first line", "masthead", "own line", "last line", "above menu", "logo"}
# Signs that make a name of words of menus the name of an outlet: Live Science.
SURE_SIGNS = {"rights", "statement", "source", "special", "newsroom", "title"}
COMPANY_FORM = either(read_words("en/page/outlet_words", kind="company"))
COMPANY_AFTER = re.compile(rf",?\s*(?i:{COMPANY_FORM})\b")
TITLE = re.compile(rf"(?P<title>.{{15,}}?)\s(?P<mark>[|–—-]|::)\s(?P<outlet>{OUTLET})$")
TITLE_WEIGHT = 2.0  # of the name in the title of a page: The river rises | Valley Post
NAME = re.compile(OUTLET)
LABEL_ABOVE = re.compile(r"\W*(?:published\sin|(?:\w+\s)?writer\sfor)\W*", re.IGNORECASE)
SOURCE_WEIGHT = 1.75  # of the name below such a label
PAPER_AND_PLACE = re.compile(rf"(?P<outlet>{OUTLET}),\s[A-ZÀ-Þ][\w\s.-]{{2,25}}")
TITLE_LINE = re.compile(rf"[{CAPITAL}][^\W\d_]+(?:\s[^\W\d_]+){{1,4}}")
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
OWN_ADDRESS_WEIGHT = 2.0  # of the site in the address of the page
LANGUAGE_LENGTH = 800  # characters of the story that show its language
OPENING_PIECES = 5  # of the story, which replace a missing headline
MIN_SHARED_WITH_OPENING = 4  # words, for an address to be that of this page …
MIN_SHARED_WITH_HEADLINE = 3  # … if the headline is known
HOUSE_WEIGHT = 1.75  # of a name in a byline of the house: Valley Post staff
HOST_WEIGHT = 1.25  # of a name that an address spells
INITIALS_WEIGHT = 1.0  # of a name whose initials are in an address
SITE_WEIGHT = 1.25  # of a name that an address spells and the page often mentions
MIN_MENTIONS_OF_SITE = 3  # outside the story, of a name that an address there spells
MIN_MENTIONS_AROUND = 3  # outside the story, of a name that the story does not mention
BRAND_WEIGHT = 1.25  # of a name in several lines of a menu
MIN_BRAND_LINES = 3  # different lines of a menu with a name and a word of menus
CREDIT_LINE_WEIGHT = 1.75  # of a name alone on a line next to the byline
FIRST_LINE_WEIGHT = 1.25  # of a name alone on the first line
MASTHEAD_WEIGHT = 1.0  # of a name alone on one of the first lines
ABOVE_MENU_WEIGHT = 0.75  # of a first line with a menu below it
LOGO_WEIGHT = 1.25  # of a line above the headline that is also alone elsewhere: in the footer
IN_RIGHTS_WEIGHT = 1.5  # of a name within a line of rights: © EDICIONES EL VALLE S.L.
BELOW_BYLINE = 2  # lines below a byline in which the outlet of the author can appear
LAST_LINE_WEIGHT = 0.7  # of a name alone on one of the last lines
OWN_LINE_WEIGHT = 0.75  # of a name with a word of outlets, alone on any other line
MENU_PREFIX_WEIGHT = 1.0  # of a name that begins lines of a menu
MANY_MENU_PREFIX_WEIGHT = 1.5  # … many lines


class OutletEvidence:
    """The names on a page that may be the name of its outlet, and the signs for each.

    Names are compared by their keys, which `outlet_key` returns.

    Parameters
    ----------
    text : str
        The text of a page.
    pieces : list of Piece
        Its paragraphs, as `cut_page` returns them.
    story : list of bool
        Whether each is in the story.
    headline : int
        The number of the headline; -1 if there is none.

    Attributes
    ----------
    signs : dict of str to Counter
        How often each sign occurs, by the key of a name.
    weights : dict of (str, str) to float
        The weight of each sign, by the key of a name and the sign.
    forms : dict of str to Counter
        The printed forms of a name, by its key.
    """

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
        self.language = detect_language(opening[:LANGUAGE_LENGTH])
        self.bylines: frozenset[int] = frozenset()
        self.author_spans: list[tuple[int, int]] = []
        self.first_name = -1  # the line that is the masthead of the page, if there is one
        self.own_line_forms: dict[str, Counter] = defaultdict(Counter)
        self.in_dateline = {outlet_key(match["agency"]) for match in DATELINE_AGENCY.finditer(text)}
        self._counts_around_story: dict[str, int] = {}
        self._counts_in_text: dict[str, int] = {}
        self.signs: dict[str, Counter] = defaultdict(Counter)  # by folded name: sign → times
        self.weights: dict[tuple[str, str], float] = {}
        self.forms: dict[str, Counter] = defaultdict(Counter)  # folded name → as printed

    @cached_property
    def squashed_text(self) -> str:
        """Return the text, folded and without what may separate the words of an address."""
        return re.sub("[ .-]", "", self.folded_text)

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
        """Count a sign for a name, without the words that are not part of it."""
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
            # Headlines also contain dashes: … are out — and they are not great.
            name = title["outlet"]
            is_named_again = self.count_around_story(outlet_key(name)) > 1
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
        top = self.number_of_top()
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
        is_title = number < self.number_of_top() and TITLE_LINE.fullmatch(line) is not None
        return is_title and self.count_around_story(outlet_key(line)) > 1

    def _is_credited(self, number: int) -> bool:
        """Return whether a byline is right above a line, or a date right above or below it."""
        neighbours = self.pieces[max(number - 1, 0) : number + 2]
        return self._is_below_byline(number) or any(piece.kind == "day" for piece in neighbours)

    def _is_below_byline(self, number: int) -> bool:
        """Return whether a byline is right above a line."""
        return any(number - BELOW_BYLINE <= byline < number for byline in self.bylines)

    def _first_name(self, names: dict[int, str]) -> int:
        """Return the first line that is a name, with only buttons above it; -1 if there is none."""
        top = self.number_of_top()
        for number, line in enumerate(self.lines):
            if number in names:
                return number
            # Consent to cookies, alerts and notices may precede everything else.
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

    def number_of_top(self) -> int:
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
            is_at_both_ends = bool(above) and bool(below) and not self.is_in_story(key)
            # The whole menu may be repeated in the footer, with the same lines around.
            # Above the headline is its section, which is also a tag below the story.
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
            if is_within and is_shown and not RIGHTS_SIGNS & set(self.all_signs(key)):
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
        # The patterns are slow, and few words contain a full stop or an @.
        words = "\n".join(word for word in self.around.split() if "." in word or "@" in word)
        for match in ADDRESS.finditer(words):
            hosts.update(label for label in fold(match["host"]).split(".") if len(label) > 1)
        for match in HANDLE.finditer(words):
            hosts[fold(match["handle"])] += 1
        # Sites in scripts without capitals have a Latin address, which is not how they are called.
        is_uncased = any(key[-1] > LAST_CASED_SCRIPT for key in self.signs)
        for host in hosts if not is_uncased else ():
            name = self._spelled_by(host) if may_be_site(host) else ""
            if not name:
                continue
            # ostrand.com may be called after its town, of which it writes.
            is_topic = self.is_in_story(outlet_key(name))
            is_often = self.count_around_story(outlet_key(name)) >= MIN_MENTIONS_OF_SITE
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
            inside = [number for number, is_inside in enumerate(self.story) if is_inside]
            titles = set()
            for number in inside[:OPENING_PIECES]:
                titles |= _stems(self.lines[number])
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
        letters = [letter for letter in label if letter.isalnum()]
        # Pages spell few of their addresses, and the pattern is slow.
        if fold("".join(letters)) not in self.squashed_text:
            return ""
        pattern = "[ .-]?".join(map(re.escape, letters))
        spelled = re.compile(rf"(?<!\w){pattern}(?![\w.@/])", re.IGNORECASE)
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
                    short == SITE_ENDING.sub("", full) and not self.is_in_story(short)
                )
                is_owner = is_owner and set(self.signs[short]) & {OWNER, "rights"}
                # Not CBS and CBS Radio, if the page has many other names with CBS.
                is_owner = is_owner and self.is_mostly_part_of(full, short)
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
            if self.count_around_story(name) > self.count_around_story(key):
                for form, times in self.forms.pop(key).items():
                    self.forms[name][form.split(None, 1)[1]] += times
                self._join(key, name)

    def _join(self, short: str, full: str) -> None:
        """Count the signs of one name for another."""
        for sign, times in self.signs.pop(short).items():
            weight = max(self.weights[short, sign], self.weights.get((full, sign), 0))
            self.signs[full][sign] += times
            self.weights[full, sign] = weight

    def is_mostly_part_of(self, longer: str, shorter: str) -> bool:
        """Return whether a name is mostly printed as a part of a longer one: Fox in Fox News."""
        count = self.count_around_story if self.count_around_story(shorter) else self.count_in_text
        has_outlet_word = not outlet_words("name", "paper").isdisjoint(name_words(longer)[-1:])
        share = MIN_SHARE_OF_OUTLET_NAME if has_outlet_word else MIN_SHARE_OF_LONGER_NAME
        # VBC News, next to many other names with VBC: a part that has the name of a paper.
        is_part_of_house = has_outlet_word and longer.startswith(f"{shorter} ")
        is_named_often = count(longer) >= MIN_MENTIONS_AROUND
        if is_part_of_house and is_named_often and count(longer) == share * count(shorter):
            return True
        return count(longer) > share * count(shorter)

    def is_in_story(self, key: str) -> bool:
        """Return whether the story mentions this name."""
        return self.count_in_text(key) > self.count_around_story(key)

    def count_in_text(self, key: str) -> int:
        """Count the mentions of a name in the text."""
        if key not in self._counts_in_text:
            self._counts_in_text[key] = _count_name(key, self.folded_text)
        return self._counts_in_text[key]

    def all_signs(self, key: str) -> Counter:
        """Return the signs for a name, with those for longer names that begin with it."""
        signs = Counter(self.signs[key])
        if set(signs) <= {"begins lines", "masthead", "first line", "product", "address"}:
            return signs  # a first name, or the beginning of many names: New
        for longer in self.longer_names(key):
            signs.update(self.signs[longer])
        return signs

    def longer_names(self, key: str) -> list[str]:
        """Return the names that begin with a name."""
        return [name for name in self.signs if name.startswith(f"{key} ")]

    def count_around_story(self, key: str) -> int:
        """Count the mentions of a name outside the story."""
        if key not in self._counts_around_story:
            self._counts_around_story[key] = _count_name(key, self.folded_around)
        return self._counts_around_story[key]


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
    return {word[:STEM_LENGTH] for word in folded_words(text) if len(word) >= STEM_LENGTH}
