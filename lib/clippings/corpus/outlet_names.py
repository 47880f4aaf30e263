"""Names of newspapers, stations and sites: their shape, and the words that are no part of them.

Names are compared by their key, which `outlet_key` gives: folded, and without the article.
"""

import re
from functools import cache, lru_cache

from clippings.core.lexicon import either, languages_with, read_words, words_of
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import CAPITAL, byline_terms

MAX_NAME_WORDS = 6  # of an outlet: The Royal Gazette of North Ostrand
MIN_CLIPPED_LENGTH = 4  # letters of the clipped form of a name: Chron for Chronicle

_YEAR = r"(?:19|20)\d\d(?!\d)"
# One word of a name: Post, d'Ostrand, ostrand24, iPost, valleypost.com
_WORD = (
    rf"(?!{_YEAR})(?:(?:[dl]|dell|nell)['’])?(?:[{CAPITAL}\d](?:[\w'’&+]|[.-](?=\w))*"
    r"|[a-z]+\d\w*|[a-z]{1,3}[A-Z]\w+|[a-z\d-]+\.(?:com|org|net|info|[a-z]{2})(?!\w))"
)


def _name_links(column: str, **where: str) -> list[str]:
    """Return words of lower case in names, from a list of all languages."""
    cells = read_words("reading/name_links", column, **where)
    return list(dict.fromkeys(" ".join(cells).split()))


# Words within a name that have no capital: Gazeta do Vale, Neue Zeitung für Ostrand
SMALL_WORDS = frozenset(_name_links("links"))
LINK_WORDS = frozenset(_name_links("links", language="en"))  # that no name ends with
_SMALL = either(SMALL_WORDS)
# Articles that some papers print in small letters: the Valley Post, de Streekbode
_ARTICLE = f"(?:The|THE|{either(_name_links('articles'))})"
OUTLET = rf"(?<!\w)(?:{_ARTICLE}[ \xa0])?{_WORD}(?:[ \xa0](?:{_SMALL}[ \xa0]){{0,2}}{_WORD}){{0,5}}"
# Valley Post logo: the description of a picture
LOGO_LABEL = re.compile(r"\s(?:logo|homepage|home\spage)$", re.IGNORECASE)
SITE_ENDING = re.compile(r"\.(?:com|org|net)$")
PLATFORM_LINKS = ("on", "and", "via")  # Valley Post on YouTube


def outlet_key(name: str) -> str:
    """Fold a name and remove its article, to compare it.

    Parameters
    ----------
    name : str
        A name as printed.

    Returns
    -------
    str
        The key.

    Examples
    --------
    >>> outlet_key("The Valley Post")
    'valley post'
    """
    return fold(name).removeprefix("the ")


@lru_cache(maxsize=10_000)
def name_words(name: str) -> tuple[str, ...]:
    """Fold the words of a name, once for each name, because it is compared with all others.

    Parameters
    ----------
    name : str
        A name or its key.

    Returns
    -------
    tuple of str
        Its folded words.
    """
    return tuple(folded_words(name))


@cache
def outlet_words(*kinds: str) -> frozenset[str]:
    """Read the words of some kinds from the list of words in names of outlets.

    Parameters
    ----------
    *kinds : str
        "paper", "name", "company", "product", "platform", "agency" or "other".

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    return frozenset().union(*(words_of("en/page/outlet_words", kind=kind) for kind in kinds))


@cache
def section_words(language: str = "") -> frozenset[str]:
    """Read the words of menus and sections, in English and another language.

    Parameters
    ----------
    language : str, default ""
        Two letters, "all", or "" for English alone. A word of menus in one language is the name of
        an outlet in another: Tempo, Welt.

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    known = languages_with("page/section_words")
    languages = known if language == "all" else {"en", language}.intersection(known)
    return frozenset().union(*(words_of(f"{name}/page/section_words") for name in languages))


@cache
def page_tool_words() -> frozenset[str]:
    """Read the words of links and buttons at the top of a page: Skip to content, Menu, Log in.

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    return frozenset(folded_words(" ".join(read_words("reading/page_tools", "words"))))


@cache
def menu_openers() -> frozenset[str]:
    """Read the words before the name of an outlet in its menus: Follow the Valley Post.

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    return frozenset(folded_words(" ".join(read_words("reading/menu_openers", "words"))))


@cache
def house_words() -> frozenset[str]:
    """Read the words that end the name of a part of the house: desk, staff, editorial board.

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    terms = (*byline_terms("house"), *byline_terms("qualifier"), "regional", "local", "night")
    words = {fold(word) for word in " ".join(terms).split()}
    return words | words_of("en/page/newsroom_roles")


@cache
def _places() -> frozenset[str]:
    return words_of("en/names/places") | words_of("en/names/countries", "country")


@cache
def _date_words() -> frozenset[str]:
    kinds = ("month", "month_short", "weekday", "weekday_short")
    return frozenset().union(*(words_of("en/time/words", kind=kind) for kind in kinds))


@cache
def _generic_words(language: str) -> frozenset[str]:
    """Return words that alone are not a name: those of menus, companies, dates and newsrooms."""
    named = outlet_words("product", "company")
    return named | section_words(language) | _date_words() | house_words()


@cache
def title_words() -> frozenset[str]:
    """Read the words of posts outside newsrooms: head, director, professor.

    Returns
    -------
    frozenset of str
        The words, folded.
    """
    return words_of("en/names/titles") | {"head", "vice", "vp", "founder", "co-founder"}


def trim_name(printed: str) -> tuple[str, bool]:
    """Remove company forms and products from the end of a name.

    Parameters
    ----------
    printed : str
        What a pattern recognised as a name.

    Returns
    -------
    (str, bool)
        The name, and whether it had the form of a company.

    Examples
    --------
    >>> trim_name("Valley Post Newsletter"), trim_name("Valley Media Inc.")
    (('Valley Post', False), ('Valley', True))
    """
    words = printed.split()
    if len(words) > 1 and fold(words[0]) == "by":
        words.pop(0)  # By VALLEY POST staff
    is_company = False
    while len(words) > 1:
        last = re.sub(r"[.,]", "", fold(words[-1]))  # B.V., S.L.
        if last in outlet_words("company"):
            is_company = True
        elif last not in outlet_words("product") and last not in (*LINK_WORDS, "all"):
            break  # of GmbH & Co. KG, all goes
        words.pop()
    while len(words) > 2 and fold(words[-1]) in outlet_words("platform"):
        words = words[:-2] if words[-2] in PLATFORM_LINKS else words[:-1]
    name = " ".join(words).strip(".,-–'’")
    # Practical Rider's October issue
    owner, possessive, owned = name.partition("’s ") if "’s " in name else name.partition("'s ")
    if possessive and fold(owned.split()[0]) in _date_words():
        name = owner
    return re.sub(r"['’]s$", "", name), is_company


def is_no_outlet(key: str, is_sure: bool, language: str = "") -> bool:
    """Return whether a name is that of a platform, section, place or date, or empty.

    Parameters
    ----------
    key : str
        The key of a name.
    is_sure : bool
        Whether its sign shows that words of menus are a name here: Live Science.
    language : str, default ""
        The language of the page, whose words of menus are looked up besides English ones.

    Returns
    -------
    bool
        True if it cannot be that of an outlet.
    """
    words = name_words(key)
    if not words or len(words) > MAX_NAME_WORDS:
        return True
    if key in outlet_words("platform") or key in _places():
        return True
    if words[0] in outlet_words("platform") or words[-1] in outlet_words("platform"):
        return True
    if not outlet_words("other").isdisjoint(words) or words[0] in _date_words():
        return True
    if len(key) < 2 or "@" in key or key.endswith((".html", ".php")):
        return True
    if is_sure and len(words) > 1:
        return False
    return all(word in _generic_words(language) or word.isdigit() for word in words)


def may_be_site(label: str) -> bool:
    """Return whether a label of an address may be the name of a site.

    Parameters
    ----------
    label : str
        A label, folded: "valleypost" in www.valleypost.com.

    Returns
    -------
    bool
        False for "www", "news" or "facebook".
    """
    generic = section_words() | outlet_words("product", "company", "platform")
    return label != "www" and label not in generic


def has_outlet_word(name: str) -> bool:
    """Return whether a name contains a word typical of newspapers and stations, and another one.

    Parameters
    ----------
    name : str
        A name or its key.

    Returns
    -------
    bool
        True for Valley Post, False for Post.
    """
    words = name_words(name)
    return len(words) > 1 and not outlet_words("name", "paper").isdisjoint(words)


def is_paper(name: str) -> bool:
    """Return whether a name ends with a word that only newspapers have.

    Parameters
    ----------
    name : str
        A name or its key.

    Returns
    -------
    bool
        True for Valley Gazette, False for Valley Radio.
    """
    words = name_words(name)
    return len(words) > 1 and words[-1] in outlet_words("paper")


def ends_as_part_of_house(name: str) -> bool:
    """Return whether a name ends with the word for a part of the house or of its site.

    Parameters
    ----------
    name : str
        A name or its key.

    Returns
    -------
    bool
        True for Valley Post Editorial, False for Valley News.
    """
    last = name_words(name)[-1]
    parts = house_words() | outlet_words("product") | section_words()
    return last in parts and last not in outlet_words("name", "paper")


def all_initials(key: str) -> set[str]:
    """List the initials of a name with and without its article.

    Parameters
    ----------
    key : str
        The key of a name.

    Returns
    -------
    set of str
        The initials: {"vp", "tvp"} for the Valley Post.
    """
    words = name_words(key)
    letters = "".join(word[0] for word in words)
    # The Institute for Harbour Policy is the IHP.
    of_long_words = "".join(word[0] for word in words if word not in SMALL_WORDS)
    return {letters, f"t{letters}", of_long_words}


def is_short_name(short: str, full: str) -> bool:
    """Return whether a name is the short form of another: WSJ, Chron for Ostrand Chronicle.

    Parameters
    ----------
    short, full : str
        The keys of two names.

    Returns
    -------
    bool
        True for initials and for the clipped last word.
    """
    words = name_words(full)
    if " " in short or len(words) < 2:
        return False
    is_clipped = words[-1].startswith(short) and words[-1] != short
    if is_clipped and len(short) >= MIN_CLIPPED_LENGTH:
        return True
    # OPost for the Ostrand Post, NVPost for the North Valley Post
    initials = "".join(word[0] for word in words[:-1])
    if short == initials + words[-1] and words[-1] in outlet_words("name", "paper"):
        return True
    return len(short) > 1 and short in all_initials(full)


def is_part(key: str, other: str) -> bool:
    """Return whether one name contains the other: Ostrand Post and Post.

    Parameters
    ----------
    key, other : str
        The keys of two names.

    Returns
    -------
    bool
        True if the words of one are in the other.
    """
    return f" {key} " in f" {other} " or f" {other} " in f" {key} "
