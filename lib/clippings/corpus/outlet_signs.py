"""Phrases in which a page names its outlet: © 2021 Valley Post, told the Valley Post.

A sign is a pattern with OUTLET in it, for the name. Its weight says how seldom others are named so:
a line of rights alone suffices, "told …" does not.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import any_of, either, read_words
from clippings.corpus.author_lines import CAPITAL
from clippings.corpus.outlet_names import OUTLET
from clippings.corpus.paragraphs import CALENDAR_DAY


class Sign(NamedTuple):
    """A pattern with an outlet in it, and what it counts."""

    name: str
    weight: float
    expression: str
    hints: tuple[str, ...]  # of which the line has one, in small letters: this is looked up first

    @property
    def pattern(self) -> re.Pattern:
        """Return the compiled expression."""
        return _compile(self.expression)


@cache
def _compile(expression: str) -> re.Pattern:
    """Compile an expression when it is first needed: few pages have hints of all signs."""
    return re.compile(expression)


class SignGroup(NamedTuple):
    """The signs of one kind of lines, and which of them each hint is for."""

    signs: tuple[Sign, ...]
    places_by_hint: dict[str, tuple[int, ...]]  # the places of signs in `signs`

    def by_line(self, lines: dict[int, str]) -> dict[int, list[Sign]]:
        """Find the signs that each line may have, because it contains one of their hints.

        Parameters
        ----------
        lines : dict of int to str
            Lines by their numbers, in small letters.

        Returns
        -------
        dict of int to list of Sign
            The signs by the number of the line, in the order of the group; lines without any are
            left out.

        Notes
        -----
        Each hint is looked up in all lines at once: line by line, this took longer than the
        patterns themselves.
        """
        numbers = list(lines)
        starts = [0]
        for line in lines.values():
            starts.append(starts[-1] + len(line) + 1)
        text = "\n".join(lines.values())
        places_by_line: dict[int, set[int]] = defaultdict(set)
        for hint, places in self.places_by_hint.items():
            position = text.find(hint)
            while position >= 0:
                index = bisect_right(starts, position) - 1
                places_by_line[numbers[index]].update(places)
                position = text.find(hint, starts[index + 1])
        return {
            number: [self.signs[place] for place in sorted(places)]
            for number, places in places_by_line.items()
        }


def _group(*signs: Sign) -> SignGroup:
    """Group signs and index them by their hints."""
    places_by_hint: dict[str, list[int]] = defaultdict(list)
    for place, sign in enumerate(signs):
        for hint in sign.hints:
            places_by_hint[hint].append(place)
    return SignGroup(signs, {hint: tuple(places) for hint, places in places_by_hint.items()})


def _sign(name: str, weight: float, pattern: str, hints: tuple[str, ...]) -> Sign:
    """Return a sign whose pattern has the word OUTLET in the place of the name."""
    return Sign(name, weight, pattern.replace("OUTLET", f"(?P<outlet>{OUTLET})"), hints)


# Image copyright Northern Wire
_NOT_OF_PICTURE = r"(?<![Ii]mage\s)(?<![Pp]hoto\s)(?<![Pp]icture\s)"
_RIGHTS = ("©", "(c)", "copyright")
_PRODUCTS = tuple(sorted(read_words("en/page/outlet_words", kind="product")))
_PRODUCT = either(_PRODUCTS)
_C = r"(?:©|\([cC]\)|(?i:copyright))"
_YEARS = r"\d{4}(?:\s?[-–]\s?(?:\d{2,4})?)?[,.]?\s*"
# Two words that are not those of a paper may be an author's: More from Ann Bell
_PAPER_WORDS = {
    *read_words("en/page/outlet_words", kind="paper"),
    *read_words("en/page/outlet_words", kind="name"),
}
_PAPER = either(word.capitalize() for word in _PAPER_WORDS)
_PERSON_NAME = (
    rf"(?!The\s)[{CAPITAL}][\w'’-]+\s(?:[{CAPITAL}]\.?\s)?"
    rf"(?!{_PAPER}\b)[{CAPITAL}][a-z]+(?!\s{_PAPER}\b)(?!\s(?!On\b)[{CAPITAL}][a-z])"
)
_NOT_US = r"(?!(?i:us|our|me|my|you|your|these|this|the\s(?:author|latest|best|news|site|blog))\b)"
_POST = any_of("en/page/newsroom_roles", "person")
# In short paragraphs outside the story.
NOTICE_SIGNS = _group(
    # © 2021 Valley Post · Copyright (c) 2000-2021, by The Valley Post · Copyright: © Valley Post
    _sign(
        "rights",
        3,
        rf"{_NOT_OF_PICTURE}(?:{_C}[\s:]*{_YEARS}(?:{_C}\s*)?|(?i:copyright)[\s:]*(?:{_C}\s*)?(?:{_YEARS})?)"
        r"(?:(?i:by)\s)?OUTLET",
        hints=_RIGHTS,
    ),
    # © 2021 山谷日报, in scripts without capitals; Latin letters and an address may be part of it
    _sign(
        "rights",
        3,
        rf"{_C}[\s:]*(?:{_C}\s*)?{_YEARS}(?:(?i:by)\s)?"
        r"(?P<outlet>(?=\w{0,12}[^\W\d_\x00-\u1fff])\w{2,24}(?:\.(?:com|net|org|info))?)(?!\w)",
        hints=_RIGHTS,
    ),
    # © Valley Post 2003 - 2021
    _sign("rights", 3, rf"{_C}\s?OUTLET,?\s(?=\d{{4}})", hints=_RIGHTS),
    # © Valley Post. All rights reserved
    _sign(
        "rights", 3, rf"{_C}\s?OUTLET[^\n]{{0,30}}?(?i:all\srights\sreserved)", hints=("reserved",)
    ),
    # © Valley Post: without a year, it may be the credit of a picture
    _sign("bare rights", 0.75, r"(?:©|\([cC]\))\s?OUTLET", hints=("©", "(c)")),
    # 2021 Valley Post, Inc. All rights reserved
    _sign(
        "rights",
        2,
        r"(?<!\S)\d{4}\s+OUTLET[^\n]{0,30}?(?i:all\srights\sreserved)",
        hints=("reserved",),
    ),
    # Valley Post © 2021
    _sign("rights", 2, r"OUTLET,?\s*(?:©|\([cC]\))\s?\d{4}", hints=("©", "(c)")),
    # Valley Post ©, but not the name of a product at the end of a line: the new Bell Engine©
    _sign("rights", 2, r"^\W*OUTLET,?\s*(?:©|\([cC]\))$", hints=("©", "(c)")),
    # Valley Post · 2013–2021, where the mark is a picture; the dash may be lost
    _sign(
        "rights",
        2,
        r"^\W*OUTLET\s[·|•,–—-]\s(?:19|20)\d\d\s?[-–—]?\s?(?:19|20)\d\d\b",
        hints=("19", "20"),
    ),
    # Subscribe to the Valley Post · Follow Valley Post on Facebook
    _sign(
        "appeal",
        1.5,
        r"(?:\b(?i:subscribe\sto|contribute\sto|donate\sto|why\s(?:you\scan\s)?trust"
        r"|advertise\s(?:with|on|in)|work\s(?:for|at|with)|welcome\sto|thank\syou\sfor\sreading"
        r"|subscribers?\s(?:of|to))"
        rf"|(?:^|[.!?]\s)\W*(?i:follow|support|join)(?!\s{_PERSON_NAME}\b))\s{_NOT_US}OUTLET",
        hints=(
            "subscribe",
            "contribute",
            "donate",
            "trust",
            "advertise",
            "work ",
            "welcome",
            "thank",
            "follow",
            "support",
            "join",
        ),
    ),
    # Valley Post is supported by its readers · Valley Post may earn a commission
    _sign(
        "statement",
        2,
        r"(?:^|[.!?:]\s)\W*OUTLET\s(?:is\ssupported\sby|is\spart\sof|is\spublished\sby|is\sowned\sby"
        r"|is\snot\sresponsible|needs\syour|relies\son|depends\son"
        r"|uses\scookies|is\san?\s(?:division|publication|imprint)\b"
        r"|is\sa\smember\sof|is\snot\saffiliated|is\scommitted\sto|does\snot\sendorse"
        r"|has\s(?:affiliate|partnered)|receives\s(?:a\s)?(?:commission|compensation)"
        r"|reserves\sthe\sright|(?:welcomes|values|encourages|moderates|publishes)\s"
        r"(?:your|all|readers?|reader|user|comments|letters|around)|invites\syou"
        r"|is\sa\sreader-supported|is\sa\s\d{3}\(|is\san?\s(?:independent|nonprofit|non-profit)\b"
        r"|contributors?\sare\b)",
        hints=(
            " is ",
            " are ",
            " needs ",
            " relies ",
            " depends ",
            " uses ",
            " does ",
            " has ",
            " receives ",
            " reserves ",
            " welcomes ",
            " values ",
            " encourages ",
            " moderates ",
            " publishes ",
            " invites ",
        ),
    ),
    # La Tribuna no se hace responsable de las opiniones de los lectores
    _sign(
        "statement",
        2,
        r"(?:^|[.!?:]\s)\W*OUTLET\s(?:no\sse\shace\sresponsable|não\sse\sresponsabiliza"
        r"|n['’]est\spas\sresponsable|décline\stoute|übernimmt\skeine|haftet\snicht"
        r"|non\sè\sresponsabile|är\sinte\sansvarig|is\sniet\sverantwoordelijk)",
        hints=("responsa", "décline", "übernimmt", "haftet", "ansvarig", "verantwoordelijk"),
    ),
    # Keep up to date with the Valley Post · Who pays for the Valley Post
    _sign(
        "appeal",
        1.5,
        r"^\W*(?i:(?:keep|stay)\sup[\s-]to[\s-]date\swith|who\s(?:pays\sfor|funds|owns|runs))"
        rf"\s{_NOT_US}OUTLET\W*$",
        hints=("to date with", "to-date with", "who "),
    ),
    # About the Valley Post · Über die Ostrander Zeitung · Om Kystavisa
    _sign(
        "about",
        1.5,
        rf"^\W*(?i:about|contact|über|à\spropos\sde|sobre|om|over)\s{_NOT_US}OUTLET\W*$",
        hints=("about", "contact", "über", "à propos", "sobre", "om ", "over "),
    ),
    # More from Valley Post
    _sign(
        "about",
        1.25,
        rf"^\W*(?i:more\sfrom)\s{_NOT_US}(?!{_PERSON_NAME}\W*$)OUTLET\W*$",
        hints=("more from",),
    ),
    # Trending on Valley Post · Latest from the Valley Post · Most read in the Valley Post
    _sign(
        "about",
        1.25,
        r"^\W*(?i:(?:also|trending|popular|most\s(?:read|popular|viewed)|latest|best|top\sstories)"
        rf"\s(?:on|from|at|of))\s{_NOT_US}OUTLET\W*$",
        hints=("also ", "trending", "popular", "most ", "latest", "best ", "top "),
    ),
    # Get the Valley Post app · CLICK TO GET THE VALLEY POST APP
    _sign(
        "appeal",
        1.5,
        r"\b(?i:get|download|open|install)\sOUTLET(?:(?<=\s[Aa]pp)|(?<=\sAPP)|\sapps?\b)",
        hints=(" app",),
    ),
    # newsletters or alerts from the Valley Post · the best of the Valley Post
    _sign(
        "mail",
        1,
        r"\b(?i:(?:newsletters?|e-?mails?|alerts|updates|communications|notifications|messages|videos)"
        rf"\s(?:or\s\w+\s)?from|get\smore\sfrom|(?:best|rest)\sof)\s{_NOT_US}"
        rf"(?!{_PERSON_NAME}\W*$)OUTLET",
        hints=(
            "newsletter",
            "mail",
            "alert",
            "update",
            "communications",
            "notification",
            "message",
            "videos",
            "get more",
            "best of",
            "rest of",
        ),
    ),
    # Join the Valley Post's Telegram channel · sign up to Valley Post's free newsletter
    _sign(
        "appeal",
        1.5,
        r"\b(?!(?:Follow|Read|See|Join|Get|More|Support)\s)OUTLET(?:(?<=['’]s)|(?<=[sS]['’]))"
        r"\s(?:\w+\s){0,2}"
        r"(?i:newsletters?|channel|coverage|podcast|app|e-?mails?|journalism|reporting|comments)\b",
        hints=(
            "newsletter",
            "channel",
            "coverage",
            "podcast",
            "app",
            "mail",
            "journalism",
            "reporting",
            "comment",
        ),
    ),
    # Abonnez-vous au Journal du Val · Folgen Sie Ostrander Bote auf Facebook
    _sign(
        "appeal",
        1.5,
        r"\b(?i:abonnez-vous\s(?:à|au)|suivez|folgen\ssie|sigue\sa|siga|seguici\ssu|segui|volg|følg|följ)"
        r"\sOUTLET\s(?i:sur|auf|en|no|na|su|op|på)\b",
        hints=("abonnez", "suivez", "folgen", "sig", "segui", "volg", "følg", "följ"),
    ),
    # Sign up for the Valley Post newsletter: newsletters have names of their own, too
    _sign(
        "sign up",
        0.75,
        rf"\b(?i:sign\sup\s(?:for|to)|register\s(?:with|at|for)|become\sa\smember\sof)\s{_NOT_US}OUTLET",
        hints=("sign up", "register", "member"),
    ),
    # Valley Post privacy policy · the Valley Post's terms of service
    _sign(
        "policy",
        1.5,
        r"(?!(?i:new|updated|revised|read|view|see|full|website|site|cookie|our|your)\b)"
        r"OUTLET(?:['’]s)?\s(?i:privacy\s(?:policy|notice)|terms\s(?:of|and)\s|cookie\s|media\skit"
        r"|community\s(?:guidelines|standards)|editorial\s(?:guidelines|policy|standards)"
        r"|comments?\spolicy|code\sof\s)",
        hints=(
            "privacy",
            "terms",
            "cookie",
            "media kit",
            "guidelines",
            "standards",
            "policy",
            "code of",
        ),
    ),
    # Ann Bell is the founder of Valley Post · senior editor of the Valley Post
    _sign(
        "author note",
        1.5,
        rf"\b(?i:(?:co-?)?founder|owner|publisher|editor(?:-in-chief)?|{_POST})"
        r"\s(?i:of|at|for|with)\sOUTLET",
        hints=(" of ", " at ", " for ", " with "),
    ),
    # Ann Bell ↵ Reporter, Valley Post
    _sign("author note", 1.5, rf"^(?i:(?:\w+\s){{0,2}}{_POST}),\sOUTLET$", hints=(", ",)),
    # Zur OZ-Startseite
    _sign(
        "appeal",
        1.5,
        rf"^\W*(?i:zur)\s(?P<outlet>[{CAPITAL}][\w.]*)-Startseite\W*$",
        hints=("-startseite",),
    ),
    # Part of Valley Post News · Valley Post, Blog at WordPress.com
    _sign("part of", 0.75, r"(?:^|[.!?]\s)Part\sof\sOUTLET[.\s]", hints=("part of",)),
    _sign("statement", 2, r"^\W*OUTLET,\s(?i:(?:a\s)?blog\sat)\s", hints=("blog at",)),
    # Gulls Nation, an Ostrand Gulls community
    _sign(
        "statement",
        2,
        r"^\W*OUTLET,\san?\s(?:[\w-]+\s){0,4}"
        r"(?:community|blog|newsletter|publication|magazine|newspaper|website)\W*$",
        hints=(", a",),
    ),
    # Search Valley Post
    _sign(
        "menu",
        1,
        r"^\W*(?i:search|browse|inside|visit|return\sto|back\sto|meet)\s"
        rf"{_NOT_US}OUTLET\W*$",
        hints=("search", "browse", "inside", "visit", "return", "back", "meet"),
    ),
    # The Valley Post app · Valley Post newsletters · Valley Post - Back to home
    _sign(
        "product",
        0.75,
        rf"^\W*OUTLET\s+(?:[-–|]\s(?i:back\sto\s)?)?(?i:{_PRODUCT})\b",
        hints=_PRODUCTS,
    ),
    # Source: Valley Post
    _sign(
        "source",
        1.75,
        r"^\W*(?i:source|via|quelle|fuente|fonte|kilde|källa|bron|źródło|источник)\s?:\s?OUTLET",
        hints=(":",),
    ),
    # 来源：山谷日报, in scripts without capitals
    _sign(
        "source",
        2,
        r"(?:来源|來源|出典|출처|المصدر)\s?[:：]\s?(?P<outlet>[^\W\d_a-zA-Z]{2,20})(?!\w)",
        hints=(":", "："),
    ),
    # 版权所有 山谷日报
    _sign(
        "rights",
        3,
        r"(?:版权所有|版權所有)\W*(?P<outlet>[^\W\d_a-zA-Z]{2,20})(?!\w)",
        hints=("版权", "版權"),
    ),
    # a picture by Ann Bell/Valley Post
    _sign(
        "credit", 0.9, rf"[{CAPITAL}][a-z’'-]+\s[{CAPITAL}][\w’'-]+\s?/\s?OUTLET\W*$", hints=("/",)
    ),
    # TOM REED, OSTRAND COURIER
    _sign(
        "credit",
        0.9,
        rf"^[{CAPITAL}’'-]+\s[{CAPITAL}’'-]+(?:\s?/\s?|,\s)"
        rf"(?P<outlet>(?:[{CAPITAL}’'&-]+\s?){{1,5}})$",
        hints=("/", ","),
    ),
    _sign("special", 2, r"(?i:special\s(?:to|for))\sOUTLET", hints=("special ",)),
)
CAPTION_SIGNS = _group(*(sign for sign in NOTICE_SIGNS.signs if sign.name == "credit"))
# In the lines that state date and author.
CREDIT_SIGNS = _group(
    # May 3, 2021 / 10:07 AM / Valley Post · By Ann Bell | Valley Post reporter
    _sign(
        "credit line",
        1.5,
        rf"[/|,·•–—]\s?OUTLET(?:\s(?i:{_POST}|{_PRODUCT}))?\W*$",
        hints=tuple("/|,·•–—"),
    ),
    _sign(
        "credit line", 1.5, rf"[/|,·•–—-]\s?OUTLET\s(?i:staff|{_POST})\b", hints=tuple("/|,·•–—-")
    ),
    # ValleyPost October 06, 2018
    _sign(
        "credit line",
        1.5,
        rf"^OUTLET\s(?:[|/·•–—-]\s)?(?={CALENDAR_DAY},?\s\d{{4}})",
        hints=tuple("12"),
    ),
)
# In the story.
STORY_SIGNS = _group(
    _sign(
        "told",
        0.9,
        r"\b(?:told|tells|telling|spoke\sto|speaking\sto|interview\swith)\sOUTLET",
        hints=("told", "tell", "spoke to", "speaking to", "interview"),
    ),
    _sign("told", 0.9, r"\b(?:seen|obtained|reviewed|viewed)\sby\sOUTLET", hints=(" by ",)),
    _sign(
        "newsroom",
        1.75,
        r"OUTLET\s(?:has\slearned\b|can\sreveal\b|has\sedited\b|has\sreached\sout\sto\b"
        r"|(?:has\s)?(?:contacted|approached|reached\sout\sto|asked)\s[^.]{2,60}\sfor\s(?:a\s)?comment)",
        hints=("learned", "reveal", "edited", "reached", "comment"),
    ),
    # Valley Post's Ann Bell and Cy Dee contributed to this report.
    _sign(
        "newsroom",
        1.75,
        rf"OUTLET(?:(?<=['’]s)|(?<=[sS]['’]))\s(?:[{CAPITAL}][\w.’-]*,?\s|and\s){{2,12}}contributed\s(?:to|reporting)",
        hints=("contributed",),
    ),
    # did not respond to Valley Post's request for comment
    _sign(
        "newsroom",
        1.75,
        r"\b(?:respond|reply|return)(?:ed|ing)?\sto\s(?:an?\s)?OUTLET(?:(?<=['’]s)|(?<=[sS]['’])|(?=\s))"
        r"\s(?:\w+\s)?requests?\sfor\s(?:\w+\s)?(?:comment|interview)",
        hints=("request",),
    ),
    # (VPN)The mayor said: the dateline of a station on its own page; agencies set a dash after it
    _sign(
        "newsroom",
        1.75,
        rf"^\((?P<outlet>[{CAPITAL}][\w&]{{1,9}}(?:\s[{CAPITAL}]\w+)?)\)(?=[{CAPITAL}“\"])",
        hints=(")",),
    ),
)
NEWSROOM_SIGNS = _group(*(sign for sign in STORY_SIGNS.signs if sign.name == "newsroom"))
# In every paragraph: this article first appeared in the Valley Post.
ORIGIN_SIGNS = _group(
    # You received this email because you signed up for the Valley Post newsletter
    _sign(
        "appeal",
        1.5,
        r"\b[Yy]ou(?:['’]re|\sare|['’]ve|\shave)?\s(?:recently\s)?(?:signed\sup|subscribed|registered)"
        r"\s(?:for|to|with|at)\sOUTLET",
        hints=("signed up", "subscribed", "registered"),
    ),
    # Valley Post may earn a commission · Valley Post participates in affiliate programs
    _sign(
        "statement",
        2,
        r"(?:^|[.!?:]\s)\W*OUTLET\s(?:may\searn\s|may\sreceive\sa\s"
        r"|participates\sin\s[^.]{0,30}affiliate)",
        hints=(" may ", " participates "),
    ),
    # The Valley Post view on the river: the river rises
    _sign(
        "newsroom",
        1.75,
        rf"^(?P<outlet>The\s(?:[{CAPITAL}]\w+\s){{0,3}}{_PAPER})\s(?:view|verdict|editorial)\son\s",
        hints=(" view ", " verdict ", " editorial "),
    ),
    _sign(
        "source",
        1.75,
        r"(?:^|[.!?]\s)\W*(?:(?i:(?:a\sversion\sof\s)?(?:this|the)\s"
        r"(?:article|story|post|piece|report|column|essay|interview))\s[^.]{0,40}?)?"
        r"(?i:(?:first|originally)\s(?:appeared|published)|(?:appeared|published)\s(?:first|originally))"
        r"\s(?i:in|on|by|at)\s(?:the\s(?:\w+\s){0,3}(?:issue|edition|pages)\sof\s)?OUTLET",
        hints=("appeared", "published"),
    ),
    # The byline of Korean pages: [엔터미디어=홍길동 기자]
    _sign("source", 2, r"^\W*[\[【(](?P<outlet>[\uac00-\ud7af]{2,15})\s?=", hints=("=",)),
    # A name in a script without capitals, with its address: 엔터미디어(www.example.com)
    _sign(
        "source",
        1.75,
        r"(?P<outlet>[^\W\d_\x00-\u1fff]{2,20})\s?[(（](?:https?://)?www\.",
        hints=("www",),
    ),
)
