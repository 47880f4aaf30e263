"""Which newspaper, station or site a page is from: many weak signs, weighed against each other.

A page names its outlet in its masthead and menus, in the line of rights, where it asks readers to
subscribe, in its address, in credits and where somebody "told the Valley Post". It names others in
the same ways, if less often. So each sign counts a little, and the name with the most signs wins,
if it has enough of them and clearly more than the next.
"""

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from clippings.core.lexicon import any_of, either, read_words, words_of
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import AGENCY, CAPITAL, byline_terms, is_name
from clippings.corpus.page_credits import Authors
from clippings.corpus.paragraphs import CALENDAR_DAY, Piece

STEM = 5  # letters of a word that are compared
MAX_NAME_WORDS = 6  # of an outlet: The Royal Gazette of North Ostrand
MAX_MASTHEAD_WORDS = 5
MIN_MENTIONS_OF_MASTHEAD = 4
MASTHEAD_LINES = 4  # at the top of a page
LAST_LINES = 2  # at the end
MAX_NOTICE_WORDS = 60  # of a paragraph outside the story in which signs are looked for
MAX_MENU_WORDS = 4  # of a line in a menu
MIN_MENU_LINES = 3  # that begin with a name: Valley Post Video, Valley Post Sport …
MANY_MENU_LINES = 5

# What a name needs: about one line of rights. Signs that menus give do not suffice alone.
ENOUGH = 1.75
ENOUGH_WITH_ADDRESS = 2.25
LEAD = 1.2  # times the second name
MOST_SIGNS = 0.75  # of the score of a name, from which on a longer name is the better one
SINGLE_SIGNS = ("first line", "own line", "masthead", "last line", "begins lines", "about", "menu")
OFTEN_TOLD = 3  # others are quoted once or twice: "told the Valley Post"
MAX_TIMES = 3  # that one sign counts; the second and third time half
PER_MENTION = 0.25  # of a name outside the story …
MAX_MENTIONS = 6  # … counting no more than so many
COMMON_WORD_SHARE = 0.4  # of a name whose words the page also writes in small letters
AGENCY_SHARE = 0.3  # agencies are named on the pages that print them
AGENCY_WORDS = ("wire", "agency", "agencia", "agentur", "agence")
DATELINE_AGENCY = re.compile(r"\((?P<agency>[^()\n]{2,40})\)\s*[-–—]")  # OSTRAND (Northern Wire) —
MENU_VERBS = ("support", "subscribe", "follow", "about", "contact", "search", "read", "watch")
OWNER = "owner"  # the sign of a name with Inc., Ltd. or Media
OWNER_WEIGHT = 1.25
OWNER_SHARE = 0.6  # of its score, beside names that the page itself uses
CREDIT_LINES = 15  # pieces below the headline in which a date may stand with the outlet

_YEAR = r"(?:19|20)\d\d(?!\d)"
_WORD = (
    rf"(?!{_YEAR})(?:(?:[dl]|dell|nell)['’])?(?:[{CAPITAL}\d](?:[\w'’&+]|[.-](?=\w))*"
    r"|[a-z]+\d\w*|[a-z]{1,3}[A-Z]\w+|[a-z\d-]+\.(?:com|org|net|de|fr))"
)
_SMALL = r"(?:of|and|the|for|in|on|by|de|del|der|des|du|la|le|di|&)"
OUTLET = (
    rf"(?<!\w)(?:(?:The|the|THE)[ \xa0])?{_WORD}(?:[ \xa0](?:{_SMALL}[ \xa0]){{0,2}}{_WORD}){{0,5}}"
)


class Sign(NamedTuple):
    """A pattern with an outlet in it, and what it counts."""

    name: str
    weight: float
    pattern: re.Pattern
    hint: re.Pattern  # what a line with the pattern holds, to search seldom


def _sign(name: str, weight: float, pattern: str, hint: str = "") -> Sign:
    compiled = re.compile(pattern.replace("OUTLET", f"(?P<outlet>{OUTLET})"))
    return Sign(name, weight, compiled, re.compile(hint, re.IGNORECASE))


_PRODUCT = either(read_words("en/page/outlet_words", kind="product"))
_COMPANY = either(read_words("en/page/outlet_words", kind="company"))
_C = r"(?:©|\([cC]\)|(?i:copyright))"
# Two words that are not those of a paper may be an author's: More from Ann Bell
_PAPER = either(
    {
        word.capitalize()
        for kind in ("paper", "name")
        for word in read_words("en/page/outlet_words", kind=kind)
    }
)
_PERSON_NAME = (
    rf"(?!The\s)[{CAPITAL}][\w'’-]+\s(?:[{CAPITAL}]\.?\s)?"
    rf"(?!{_PAPER}\b)[{CAPITAL}][a-z]+(?!\s{_PAPER}\b)"
)
_NOT_US = r"(?!(?i:us|our|me|my|you|your|these|this|the\s(?:author|latest|best|news|site|blog))\b)"
# In short paragraphs outside the story.
NOTICE_SIGNS = (
    # © 2021 Valley Post · Copyright (c) 2000-2021, by The Valley Post · © Copyright Valley Post
    _sign(
        "rights",
        3,
        rf"{_C}[\s:]*(?:{_C}\s*)?(?:\d{{4}}(?:\s?[-–]\s?(?:\d{{2,4}})?)?[,.]?\s*)?(?:{_C}\s*)?"
        r"(?:(?i:by)\s)?OUTLET",
        hint=r"©|\(c\)|copyright",
    ),
    # 2021 Valley Post, Inc. All rights reserved
    _sign(
        "rights", 2, r"(?<!\S)\d{4}\s+OUTLET[^\n]{0,30}?(?i:all\srights\sreserved)", hint="reserved"
    ),
    # Valley Post © 2021
    _sign("rights", 2, r"OUTLET,?\s*(?:©|\([cC]\))\s?(?:\d{4}|$)", hint=r"©|\(c\)"),
    # Subscribe to the Valley Post · Follow Valley Post on Facebook
    _sign(
        "appeal",
        1.5,
        r"(?:\b(?i:subscribe\sto|contribute\sto|donate\sto|why\s(?:you\scan\s)?trust"
        r"|advertise\s(?:with|on|in)|work\s(?:for|at|with)|welcome\sto|thank\syou\sfor\sreading"
        r"|subscribers?\s(?:of|to))"
        rf"|(?:^|[.!?]\s)\W*(?i:follow|support|join)(?!\s{_PERSON_NAME}\b))\s{_NOT_US}OUTLET",
        hint="subscribe|contribute|donate|trust|advertise|work|welcome|thank|follow|support|join",
    ),
    # Valley Post is supported by its readers · Valley Post may earn a commission
    _sign(
        "statement",
        2,
        r"(?:^|[.!?:]\s)\W*OUTLET\s(?:is\ssupported\sby|is\spart\sof|is\spublished\sby|is\sowned\sby|may\searn"
        r"|is\snot\sresponsible|participates\sin|needs\syour|relies\son|depends\son"
        r"|uses\scookies|is\sa\s(?:registered|trademark|service\smark|division|publication)"
        r"|contributors?\sare\b)",
        hint=r"\s(?:is|are|may|participates|needs|relies|depends|uses)\s",
    ),
    # About the Valley Post
    _sign(
        "about",
        1.5,
        rf"^\W*(?i:about|contact|über|à\spropos\sde|sobre)\s{_NOT_US}OUTLET\W*$",
    ),
    # More from Valley Post
    _sign("about", 1.25, rf"^\W*(?i:more\sfrom)\s{_NOT_US}(?!{_PERSON_NAME}\W*$)OUTLET\W*$"),
    # Search Valley Post
    _sign(
        "menu",
        1,
        r"^\W*(?i:search|browse|inside|visit|return\sto|back\sto|meet)\s"
        rf"{_NOT_US}OUTLET\W*$",
    ),
    # The Valley Post app · Valley Post newsletters · Valley Post - Back to home
    _sign(
        "product",
        0.75,
        rf"^\W*OUTLET\s+(?:[-–|]\s(?i:back\sto\s)?)?(?i:{_PRODUCT})\b",
        hint=rf"\s{_PRODUCT}\b",
    ),
    # Source: Valley Post
    _sign("source", 1.75, r"^\W*(?i:source|via|quelle|fuente|fonte)\s?:\s?OUTLET"),
    # a picture by Ann Bell/Valley Post
    _sign("credit", 0.7, rf"[{CAPITAL}][a-z’'-]+\s[{CAPITAL}][\w’'-]+\s?/\s?OUTLET\W*$"),
    _sign("special", 2, r"(?i:special\s(?:to|for))\sOUTLET"),
)
CAPTION_SIGNS = tuple(sign for sign in NOTICE_SIGNS if sign.name == "credit")
# In the lines that give date and author.
_POST = any_of("en/page/newsroom_roles", "person")
CREDIT_SIGNS = (
    # May 3, 2021 / 10:07 AM / Valley Post · By Ann Bell | Valley Post reporter
    _sign("credit line", 1.5, rf"[/|,·•–—]\s?OUTLET(?:\s(?i:{_POST}|{_PRODUCT}))?\W*$"),
    _sign("credit line", 1.5, rf"[/|,·•–—-]\s?OUTLET\s(?i:staff|{_POST})\b"),
    # ValleyPost October 06, 2018
    _sign("credit line", 1.5, rf"^OUTLET\s(?:[|/·•–—-]\s)?(?={CALENDAR_DAY},?\s\d{{4}})"),
)
# In the story.
STORY_SIGNS = (
    _sign("told", 0.9, r"\b(?:told|tells|telling|spoke\sto|speaking\sto|interview\swith)\sOUTLET"),
    _sign("told", 0.9, r"\b(?:seen|obtained|reviewed|viewed)\sby\sOUTLET"),
    _sign(
        "newsroom",
        1.75,
        r"OUTLET\s(?:has\slearned\b|can\sreveal\b|has\sedited\b|has\sreached\sout\sto\b"
        r"|(?:has\s)?(?:contacted|approached|reached\sout\sto|asked)\s[^.]{2,60}\sfor\s(?:a\s)?comment)",
        hint="learned|reveal|edited|reached|for (?:a )?comment",
    ),
)
# In every paragraph: this article first appeared in the Valley Post.
ORIGIN_SIGNS = (
    _sign(
        "source",
        1.75,
        r"(?:^|[.!?]\s)\W*(?:(?i:(?:a\sversion\sof\s)?(?:this|the)\s"
        r"(?:article|story|post|piece|report|column|essay|interview))\s[^.]{0,40}?)?"
        r"(?i:(?:first|originally)\s(?:appeared|published)|(?:appeared|published)\s(?:first|originally))"
        r"\s(?i:in|on|by|at)\sOUTLET",
        hint="appeared|published",
    ),
    # The byline of Korean pages: [엔터미디어=홍길동 기자]
    _sign("source", 2, r"^\W*[\[【(](?P<outlet>[\uac00-\ud7af]{2,15})\s?="),
    # A name in a script without capitals, with its address: 엔터미디어(www.example.com)
    _sign(
        "source",
        1.75,
        r"(?P<outlet>[^\W\d_\x00-\u1fff]{2,20})\s?[(（](?:https?://)?www\.",
        hint="www",
    ),
)
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
}
# Signs that make a name of words of menus the name of an outlet: Live Science.
SURE_SIGNS = {"rights", "statement", "source", "special", "newsroom", "title"}
COMPANY_AFTER = re.compile(rf",?\s*(?i:{_COMPANY})\b")
TITLE = re.compile(rf"(?P<title>.{{15,}}?)\s(?P<mark>[|–—-]|::)\s(?P<outlet>{OUTLET})$")
TITLE_WEIGHT = 2.0
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
PAGE_ADDRESS = re.compile(  # www.valleypost.example/2021/05/river-rises
    r"(?:https?://)?(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,8})(?P<path>/[^\s)>]+)", re.IGNORECASE
)
OWN_ADDRESS_WEIGHT = 2.0
OPENING_PIECES = 5  # of the story, that stand for a headline that is not on the page
MIN_SHARED_WITH_OPENING = 4
MIN_SHARED_WITH_HEADLINE = 3  # words, from which on an address is that of this page
HOUSE_WEIGHT = 1.75
HOST_WEIGHT = 1.25
INITIALS_WEIGHT = 1.0
CREDIT_LINE_WEIGHT = 1.75
FIRST_LINE_WEIGHT = 1.25
MASTHEAD_WEIGHT = 1.0
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
    if title and outlet and _key(_trim_name(title["outlet"])[0]) == _key(outlet):
        return title["title"]
    return headline


class _Evidence:
    """The names on a page that may be its outlet's, and the signs for each."""

    def __init__(self, text: str, pieces: list[Piece], story: list[bool], headline: int):
        self.text = text
        self.pieces = pieces
        self.story = story
        self.headline = headline
        self.around = "\n".join(
            self._line(number) for number, inside in enumerate(story) if not inside
        )
        self.folded_around = fold(self.around)
        self.words_in_small_letters = frozenset(
            re.findall(r"(?<!\S)[a-z][a-z'’-]*(?=[\s,;:!?)]|\.\s|$)", text)
        )
        self.in_dateline = {_key(match["agency"]) for match in DATELINE_AGENCY.finditer(text)}
        self.mentions: dict[str, int] = {}
        self.signs: dict[str, Counter] = defaultdict(Counter)  # by folded name: sign → times
        self.weights: dict[tuple[str, str], float] = {}
        self.forms: dict[str, Counter] = defaultdict(Counter)  # folded name → as printed

    def _line(self, number: int) -> str:
        piece = self.pieces[number]
        return self.text[piece.start : piece.end]

    def collect(self, authors: Authors) -> None:
        """Look for all signs."""
        for number, piece in enumerate(self.pieces):
            line = self._line(number)
            self._match(ORIGIN_SIGNS, line)
            if self.story[number] and piece.kind == "prose":
                self._match(STORY_SIGNS, line)
                continue
            if piece.kind == "comment":
                continue
            if piece.words <= MAX_NOTICE_WORDS:
                signs = CAPTION_SIGNS if piece.kind == "caption" else NOTICE_SIGNS
                self._match(signs, line)
            is_below_headline = 0 <= number - self.headline <= CREDIT_LINES
            if number in authors.bylines or (piece.kind == "day" and is_below_headline):
                self._match(CREDIT_SIGNS, line)
        self._add_houses(authors)
        self._without_authors(authors)
        self._add_titles()
        self._add_lines()
        self._add_menu()
        self._add_addresses()
        self._add_own_address()
        self._join_short_names()

    def _without_authors(self, authors: Authors) -> None:
        """Forget names that are those of authors: About Ann Bell."""
        for author in authors.names:
            name = self.text[author.start : author.end]
            # A line with a name alone may name the outlet: Valley Post, but not Ann Bell.
            is_person = is_name(name) and not _has_outlet_word(name)
            if author.form not in ("house", "bare", "date") or is_person:
                self.signs.pop(_key(self.text[author.start : author.end]), None)

    def _match(self, signs: tuple[Sign, ...], line: str) -> None:
        """Add what the patterns find in a line."""
        for sign in signs:
            if not sign.hint.search(line):
                continue
            for match in sign.pattern.finditer(line):
                is_company = COMPANY_AFTER.match(line, match.end("outlet")) is not None
                self._add(match["outlet"], sign.name, sign.weight, is_company)

    def _add(self, printed: str, sign: str, weight: float, is_company: bool = False) -> None:
        """Count a sign for a name, without the words that are no part of it."""
        name, has_company_form = _trim_name(printed)
        key = _key(name)
        if not name or _is_no_outlet(key, is_sure=sign in SURE_SIGNS):
            return
        if (is_company or has_company_form) and sign == "rights":
            # Valley Media Inc. may own the Post: of use only if the page also names it otherwise.
            sign = OWNER
            weight = OWNER_WEIGHT
        self.signs[key][sign] += 1
        self.weights[key, sign] = max(weight, self.weights.get((key, sign), 0))
        self.forms[key][name] += 1

    def _add_titles(self) -> None:
        """What follows the headline on its line, or on a line that repeats it."""
        if self.headline < 0:
            return
        headline = self._line(self.headline)
        for number in range(self.headline + 1):
            title = TITLE.fullmatch(self._line(number))
            if not title or not fold(headline).startswith(fold(title["title"])):
                continue
            # A dash also stands inside headlines: … are out — and they are not great.
            name = title["outlet"]
            is_named_again = self._mentions(_key(name)) > 1
            if is_named_again or _has_outlet_word(name) or title["mark"] == "|":
                self._add(name, "title", TITLE_WEIGHT)

    def _add_houses(self, authors: Authors) -> None:
        """What is left of "Valley Post staff"."""
        for author in authors.names:
            printed = self.text[author.start : author.end]
            words = printed.split()
            while words and fold(words[-1]) in _house_words():
                words.pop()
            if words and len(words) < len(printed.split()):
                self._add(" ".join(words), "house", HOUSE_WEIGHT)

    def _add_lines(self) -> None:
        """Lines that hold nothing but a name, outside the story."""
        for number, piece in enumerate(self.pieces):
            line = self._line(number).strip(" .|-–—·\u2003")
            is_short = piece.kind == "line" and piece.words <= MAX_MASTHEAD_WORDS
            if self.story[number] or not is_short or not re.fullmatch(OUTLET, line):
                continue
            if fold(line.split()[0]) in MENU_VERBS:
                continue  # Support The Ostrand Guardian
            is_credit = 0 <= number - self.headline <= CREDIT_LINES
            if _is_paper(line) and (is_credit or number < MASTHEAD_LINES):
                self._add(line, "credit line", CREDIT_LINE_WEIGHT)
            elif number == 0:
                self._add(line, "first line", FIRST_LINE_WEIGHT)
            elif number < MASTHEAD_LINES:
                self._add(line, "masthead", MASTHEAD_WEIGHT)
            elif number >= len(self.pieces) - LAST_LINES:
                self._add(line, "last line", LAST_LINE_WEIGHT)
            elif _has_outlet_word(line):
                self._add(line, "own line", OWN_LINE_WEIGHT)

    def _add_menu(self) -> None:
        """Names with which several lines of a menu begin."""
        lines = {
            self._line(number)
            for number, piece in enumerate(self.pieces)
            if not self.story[number] and 1 < piece.words <= MAX_MENU_WORDS
        }
        prefixes: dict[str, Counter] = defaultdict(Counter)
        for line in lines:
            words = line.split()
            for length in (1, 2, 3):
                prefix = " ".join(words[:length])
                if length < len(words) and re.fullmatch(OUTLET, prefix):
                    prefixes[_key(prefix)][prefix] += 1
        for forms in prefixes.values():
            if forms.total() < MIN_MENU_LINES:
                continue
            is_often = forms.total() >= MANY_MENU_LINES
            weight = MANY_MENU_PREFIX_WEIGHT if is_often else MENU_PREFIX_WEIGHT
            self._add(forms.most_common(1)[0][0], "begins lines", weight)

    def _add_addresses(self) -> None:
        """Names that an address on the page holds, or whose initials it is."""
        hosts = Counter()
        for match in ADDRESS.finditer(self.around):
            hosts.update(label for label in fold(match["host"]).split(".") if len(label) > 2)
        for key in list(self.signs):
            squashed = re.sub(r"[\W_]", "", re.sub(r"\.(?:com|org|net)$", "", key))
            if squashed in hosts or f"the{squashed}" in hosts:
                self._count(key, "address", HOST_WEIGHT)
            elif len(_initials(key)) > 2 and not _all_initials(key).isdisjoint(hosts):
                self._count(key, "address", INITIALS_WEIGHT)

    def _add_own_address(self) -> None:
        """The name that the address of this very page spells, or else its host."""
        if self.headline >= 0:
            titles = _stems(self._line(self.headline))
            needed = MIN_SHARED_WITH_HEADLINE
        else:
            first = [number for number, inside in enumerate(self.story) if inside][:OPENING_PIECES]
            titles = {stem for number in first for stem in _stems(self._line(number))}
            needed = MIN_SHARED_WITH_OPENING
        for number in range(len(self.pieces)):
            if self.story[number]:
                continue
            for address in PAGE_ADDRESS.finditer(self._line(number)):
                slug = _stems(re.sub(r"[-_/.]", " ", address["path"]))
                shares_headline = len(slug & titles) >= needed
                is_alone = address[0] == self._line(number)
                if not shares_headline and not (is_alone and number >= len(self.pieces) - 1):
                    continue
                site = re.sub(r"^www\.", "", address["host"])
                name = self._spelled_by(site.split(".")[0]) or site
                self._add(name, "own address", OWN_ADDRESS_WEIGHT)

    def _spelled_by(self, label: str) -> str:
        """The name on the page that an address spells: valleypost is the Valley Post."""
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
                is_owner = added != full and added in _words("name") | _words("paper")
                # 엔터미디어 and entermedia.co.kr: the name is what the page calls itself.
                is_site_of_uncased = short[-1] > LAST_CASED_SCRIPT and SITE.fullmatch(full)
                is_site = is_site_of_uncased or short == re.sub(r"\.(?:com|org|net)$", "", full)
                is_owner = is_owner and set(self.signs[short]) & {OWNER, "rights"}
                if _is_short_name(short, full) or is_owner:
                    self._join(short, full)
                elif is_site:
                    self._join(full, short)

    def _join(self, short: str, full: str) -> None:
        """Count the signs of one name for another."""
        for sign, times in self.signs.pop(short).items():
            weight = max(self.weights[short, sign], self.weights.get((full, sign), 0))
            self.signs[full][sign] += times
            self.weights[full, sign] = weight

    def best(self) -> str:
        """The name with the most signs, if they are enough; "" otherwise."""
        scores = {key: self._score(key) for key in self.signs}
        ranking = sorted(scores, key=lambda key: (-scores[key], key))
        ranking = [key for key in ranking if self._suffices(key, scores[key])]
        if not ranking:
            return ""
        best = ranking[0]
        rivals = [key for key in ranking[1:] if not _is_part(key, best)]
        strongest = max((scores[key] * self._rank(key) for key in rivals), default=0)
        if scores[best] * self._rank(best) < LEAD * strongest:
            return ""
        # Of names that go on in each other, the longest that most signs give.
        longer = [
            key
            for key in ranking
            if key.startswith(f"{best} ") and scores[key] >= MOST_SIGNS * scores[best]
        ]
        return self._printed(max([best, *longer], key=len))

    def _rank(self, key: str) -> float:
        """What the score of a name counts beside others: less, if only an owner is named so."""
        signs = self._all_signs(key)
        is_owner_only = OWNER in signs and CLEAR_SIGNS.isdisjoint(signs)
        return OWNER_SHARE if is_owner_only else 1.0

    def _suffices(self, key: str, score: float) -> bool:
        """Whether the signs for a name are enough, and one of them is not just that of a menu."""
        signs = self._all_signs(key)
        # A masthead: the first line, whose name the menus repeat.
        is_plain = set(_name_words(key)) <= self.words_in_small_letters
        if (
            "first line" in signs
            and not is_plain
            and self._mentions(key) >= MIN_MENTIONS_OF_MASTHEAD
        ):
            return score >= ENOUGH
        # Others are told things often, too: courts, ministries.
        if signs["told"] >= OFTEN_TOLD and _has_outlet_word(key):
            return score >= ENOUGH
        if set(signs) == {"credit line"} and key.isalpha() and not self._is_coined(key):
            return False  # By Ann Bell | Ostrand: a place
        is_owner = OWNER in signs and self._plain_mentions(key) > 0
        if is_owner or not CLEAR_SIGNS.isdisjoint(signs):
            return score >= ENOUGH
        return "address" in signs and score >= ENOUGH_WITH_ADDRESS

    def _is_coined(self, key: str) -> bool:
        """Whether a name is printed with capitals inside, as neither places nor words are: CNN."""
        return any(not form.istitle() for form in self.forms[key])

    def _all_signs(self, key: str) -> Counter:
        """The signs for a name, with those for longer names that begin with it."""
        signs = Counter(self.signs[key])
        if set(signs) <= {"begins lines", "masthead", "first line", "product", "address"}:
            return signs  # a first name, or the beginning of many names: New
        for longer, others in self.signs.items():
            if longer.startswith(f"{key} "):
                signs.update(others)
        return signs

    def _score(self, key: str) -> float:
        """What the signs for a name count together."""
        score = 0.0
        for sign, times in self._all_signs(key).items():
            weights = [
                weight
                for (name, other), weight in self.weights.items()
                if other == sign and (name == key or name.startswith(f"{key} "))
            ]
            counted = 1 if sign in SINGLE_SIGNS else min(times, MAX_TIMES)
            score += max(weights) * (1 + (counted - 1) / 2)
        score += PER_MENTION * min(self._mentions(key), MAX_MENTIONS)
        if self._is_agency(key):
            score *= AGENCY_SHARE
        if key in self.words_in_small_letters:
            score *= COMMON_WORD_SHARE
        return score

    def _is_agency(self, key: str) -> bool:
        """Whether a name is that of an agency: known, so called, or in the dateline."""
        is_called_so = _name_words(key)[-1] in AGENCY_WORDS
        return bool(AGENCY.fullmatch(key)) or is_called_so or key in self.in_dateline

    def _plain_mentions(self, key: str) -> int:
        """How often a name stands outside the story without the form of a company after it."""
        pattern = rf"(?<!\w){re.escape(key)}(?!\w)(?!,?\s{_COMPANY}\b)"
        return len(re.findall(pattern, self.folded_around))

    def _mentions(self, key: str) -> int:
        """How often a name stands outside the story."""
        if key not in self.mentions:
            mentions = 0
            start = self.folded_around.find(key)
            while start >= 0:
                end = start + len(key)
                before = self.folded_around[start - 1 : start]
                after = self.folded_around[end : end + 1]
                if not before.isalnum() and not after.isalnum():
                    mentions += 1
                start = self.folded_around.find(key, end)
            self.mentions[key] = mentions
        return self.mentions[key]

    def _printed(self, key: str) -> str:
        """The form of a name that the page prints most often, with its article if it has one."""
        form = max(self.forms[key], key=lambda name: (self.forms[key][name], name))
        bare = re.sub(r"^(?:The|the|THE)\s", "", form)
        site = re.sub(r"\.(?:com|org|net)$", "", bare)
        as_site = len(re.findall(rf"(?<!\w){re.escape(bare)}(?!\w)", self.text))
        as_name = len(re.findall(rf"(?<![\w@]){re.escape(site)}(?![\w.]\w)", self.text))
        if as_name > as_site:
            bare = site
        with_article = len(re.findall(rf"\bThe\s{re.escape(bare)}(?!\w)", self.text))
        all_mentions = len(re.findall(rf"(?<!\w){re.escape(bare)}(?!\w)", self.text))
        is_named_so = 2 * with_article > all_mentions
        if 2 * with_article == all_mentions > 0:
            is_named_so = form.startswith("The ")
        return f"The {bare}" if is_named_so else bare


@lru_cache(maxsize=10_000)
def _name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name; kept, because each name is compared with all others."""
    return tuple(folded_words(name))


@cache
def _words(kind: str) -> frozenset[str]:
    return words_of("en/page/outlet_words", kind=kind)


@cache
def _section_words() -> frozenset[str]:
    return words_of("en/page/section_words")


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _stems(text: str) -> set[str]:
    """The words of a text without their endings: an address has "floods" for "flooding"."""
    return {word[:STEM] for word in folded_words(text) if len(word) >= STEM}


def _trim_name(printed: str) -> tuple[str, bool]:
    """A name without company forms and products after it, and whether it was that of a company."""
    words = printed.split()
    is_company = False
    while words and (last := fold(words[-1].strip(".,"))):
        if last in _words("company") and len(words) > 1:
            is_company = True
        elif not (last in _words("product") and len(words) > 1):
            break
        words.pop()
    while words and fold(words[-1]) in ("of", "and", "the", "for", "in", "on", "by", "&"):
        words.pop()
    # Valley Post on YouTube
    while len(words) > 2 and fold(words[-1]) in _words("platform"):
        words = words[:-2] if words[-2] in ("on", "and", "via") else words[:-1]
    name = " ".join(words).strip(".,-–")
    return re.sub(r"['’]s$", "", name), is_company


@cache
def _house_words() -> frozenset[str]:
    """Words that end the name of a part of the house: desk, staff, editorial board."""
    terms = (*byline_terms("house"), *byline_terms("qualifier"), "regional", "local", "night")
    return frozenset(fold(word) for term in terms for word in term.split()) | words_of(
        "en/page/newsroom_roles"
    )


@cache
def _places() -> frozenset[str]:
    return words_of("en/names/places") | words_of("en/names/countries", "country")


@cache
def _date_words() -> frozenset[str]:
    kinds = ("month", "month_short", "weekday", "weekday_short")
    return frozenset().union(*(words_of("en/time/words", kind=kind) for kind in kinds))


NOT_IN_NAMES = frozenset(("copyright", "rights", "reserved", "paid", "policy", "terms", "we", "i"))


def _is_no_outlet(key: str, is_sure: bool) -> bool:
    """Whether a name is that of a platform, of a section, a place, a date or of nothing at all."""
    words = _name_words(key)
    if not words or len(words) > MAX_NAME_WORDS or key in _words("platform") | _places():
        return True
    if words[0] in _words("platform") or words[-1] in _words("platform"):
        return True
    if not NOT_IN_NAMES.isdisjoint(words) or words[0] in _date_words():
        return True
    if len(key) < 2 or "@" in key or key.endswith((".html", ".php")):
        return True
    if is_sure and len(words) > 1:
        return False
    generic = _section_words() | _words("product") | _words("company") | _date_words()
    generic |= _house_words()
    return all(word in generic or word.isdigit() for word in words)


def _has_outlet_word(name: str) -> bool:
    """Whether a name has a word as newspapers and stations have it, and another one."""
    words = _name_words(name)
    return len(words) > 1 and not (_words("name") | _words("paper")).isdisjoint(words)


def _is_paper(name: str) -> bool:
    """Whether a name ends with a word that only newspapers have: Valley Post."""
    words = _name_words(name)
    return len(words) > 1 and words[-1] in _words("paper")


def _initials(key: str) -> str:
    return "".join(word[0] for word in _name_words(key))


def _all_initials(key: str) -> set[str]:
    """The initials of a name with and without its article."""
    return {_initials(key), f"t{_initials(key)}"}


def _is_short_name(short: str, full: str) -> bool:
    """Whether a name is the short form of another: WSJ, Chron for Ostrand Chronicle."""
    words = _name_words(full)
    if " " in short or len(words) < 2:
        return False
    is_clipped = len(short) >= 4 and words[-1].startswith(short) and words[-1] != short
    return is_clipped or (len(short) > 1 and short in _all_initials(full))


def _is_part(key: str, other: str) -> bool:
    """Whether one name holds the other: Ostrand Post and Post."""
    return f" {key} " in f" {other} " or f" {other} " in f" {key} "
