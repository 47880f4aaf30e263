"""Find the visible blocks of a web page in order: paragraphs, headings, rows of tables.

A browser separates blocks by line breaks; the words of a block appear together, regardless of
inline elements. Each block records its place, its share of links, and whether it is inside page
furniture (navigation, related stories, a newsletter form).
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from clippings.core.characters import UNSPACED_SCRIPTS


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: a way to write long lists of names."""
    return frozenset(words.split())


INLINE = word_set(
    """
    a abbr acronym b bdi bdo big blink button cite code data del dfn em font i ins kbd label mark
    marquee meter nobr output q rb ruby s samp small span strike strong sub sup time tt u var wbr
    """
)
"""Elements whose words appear within a line. One that contains a block is nevertheless a block."""

NOT_READ = word_set(
    """
    amp-ad amp-analytics amp-img applet area audio canvas datalist dialog embed frame frameset head
    iframe img input map menuitem noscript object option param picture progress rp rt script select
    source style svg template textarea title track video
    """
)
"""Elements without words of the article: scripts, media, fields of a form."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Elements of a page whose only purpose is to surround its article.
FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "menu", "amp-sidebar"))
FURNITURE_ROLES = word_set(
    "alert alertdialog banner complementary contentinfo dialog menu navigation search"
)

FURNITURE_NAMES = word_set(
    """
    advert advertisement advertising bio biography breadcrumb breadcrumbs comment comments disqus
    footer masthead menu modal morefrom mostpopular mostread nav navbar navigation outbrain
    pagination promoted recirc recirculation recommend recommendation recommendations recommended
    related reklame sidebar sponsored taboola teaser teasers toolbar trending
    """
)
"""Words in a class or id by which site builders mark what is not the article."""

PROMPT_NAMES = word_set(
    """
    ad ads appeal audioplayer consent cookie cookies copyright donate donation gdpr login newsletter
    newsletters offscreen paywall popular popup print promo promotion readmore register registration
    share sharebar sharing signin signup skip social sponsor subscribe subscription syndication tags
    topics
    """
)
"""The same for prompts and tools. <div class="paywall"> may also be the article it hides, so these
names count for a short element only."""

MAX_PROMPT_WORDS = 80
"""Words of a prompt: forms for newsletters and appeals have up to about 60."""

FURNITURE_PAIRS = frozenset(
    (
        ("about", "author"),
        ("also", "read"),
        ("author", "card"),
        ("author", "info"),
        ("author", "note"),
        ("further", "reading"),
        ("more", "from"),
        ("more", "on"),
        ("more", "stories"),
        ("most", "read"),
        ("most", "viewed"),
        ("read", "more"),
        ("read", "next"),
        ("sign", "in"),
        ("sign", "up"),
        ("site", "header"),
        ("support", "us"),
        ("up", "next"),
    )
)
"""The same in two words that follow each other: "most-read", "author__note"."""

LOGO_NAMES = frozenset(("logo", "brand", "masthead", "sitename"))

HIDDEN_PAIRS = frozenset((("visually", "hidden"), ("sr", "only"), ("screen", "reader")))

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

MAX_FURNITURE_SHARE = 0.4
"""Share of the page's words. A larger element is the article, whatever it is called:
<div class="paywall">, a form around the whole page."""

MAX_CELL = 120
"""Characters of the longest cell of a table of data; longer ones lay out the page."""

MAX_DEPTH = 400
"""Elements within each other. Python allows about 1000 nested calls."""

HTML_SPACE = re.compile(r"[ \t\n\r\f]+")  # not the no-break space, which the page means as it is
NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?=\d*(?![A-Za-z0-9]))")
"""A word in a class, perhaps with a number. "at9mc1" and "1ad8x" are made by programs: no words."""
NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # "author-bioBox" → author, bio, Box
WORD = re.compile(
    rf"""
    [{UNSPACED_SCRIPTS}]{{1,2}}         # without blanks, a word has about two characters
    | [^\W{UNSPACED_SCRIPTS}]+          # river
    """,
    re.VERBOSE,
)
PARAGRAPH_END = re.compile(
    r"""
    [.!?…:;۔؟।።。．！？：；]        # also of Urdu, Arabic, Hindi, Amharic, Chinese
    ['"’”»)\]」』）】]*$
    """,
    re.VERBOSE,
)
OPENING_MARKS = ("“", "‘", '"', "'", "«", "„")


@dataclass
class Block:
    """Words of a page that appear together."""

    text: str
    element: object  # the element that contains them, of lxml
    tag: str  # its name, or that of the block around it
    linked_share: float = 0.0  # of the characters, those in links
    is_furniture: bool = False
    has_time: bool = False  # an element <time> is part of it
    words: list[str] = field(default_factory=list)  # folded, to compare

    def __post_init__(self):
        self.words = [word.casefold() for word in WORD.findall(self.text)]


def read_blocks(root) -> list[Block]:
    """Read the blocks below an element.

    Parameters
    ----------
    root : lxml.html.HtmlElement
        The page, or a part of it.

    Returns
    -------
    list of Block
        The blocks in the order of the page, those of furniture marked.
    """
    return _BlockReader(root).blocks


def name_parts(element) -> list[str]:
    """Split the class and id of an element into words.

    Parameters
    ----------
    element : lxml.html.HtmlElement
        Any element.

    Returns
    -------
    list of str
        The words in lower case: "author-bioBox" gives author, bio, box.
    """
    names = f"{element.get('class') or ''} | {element.get('id') or ''}"
    return [part.lower() for name in NAME.findall(names) for part in NAME_PART.findall(name)]


def text_of(element) -> str:
    """Return the text below an element in one line.

    Parameters
    ----------
    element : lxml.html.HtmlElement
        Any element.

    Returns
    -------
    str
        The text without scripts and form fields, with white space as a browser shows it.
    """
    return " ".join(block.text.replace("\n", " ") for block in read_blocks(element))


def is_in_furniture(element) -> bool:
    """Return whether an element belongs to the surroundings of the article.

    Parameters
    ----------
    element : lxml.html.HtmlElement
        Any element.

    Returns
    -------
    bool
        True in navigation, a side column, a footer, among comments and related stories.
    """
    for outer in element.iterancestors():
        tag = _tag(outer)
        if tag in FURNITURE_TAGS:
            return True
        is_box = tag not in ("html", "body", "main", "article")
        if is_box and not FURNITURE_NAMES.isdisjoint(name_parts(outer)):
            return not _holds_headline(outer)
    return False


def is_logo(heading) -> bool:
    """Return whether a heading is the name of the site, which links to its first page.

    Parameters
    ----------
    heading : lxml.html.HtmlElement
        A heading.

    Returns
    -------
    bool
        True if its class says so, or if it is a link to the root of the site.
    """
    if not LOGO_NAMES.isdisjoint(name_parts(heading)):
        return True
    return any((link.get("href") or "").strip() == "/" for link in heading.iter("a"))


class _BlockReader:
    """Collects the words of a page, and closes a block where a browser begins a new line."""

    def __init__(self, root):
        self.blocks: list[Block] = []
        self.words_below = _words_below(root)
        self.number_of_words = self.words_below[root]
        self._pieces: list[str] = []
        self._linked_characters = 0
        self._control_characters = 0
        self._has_time = False
        self._read_element(root, _Place(element=root, tag="div"), depth=0)
        self._close_block(_Place(element=root, tag="div"))

    def _read_element(self, element, place: "_Place", depth: int) -> None:
        """Read an element with its children; the text after it belongs to its parent."""
        if depth > MAX_DEPTH:
            self._add_text(" ".join(element.itertext()), place)
            return
        tag = _tag(element)
        is_line_part = _is_inline(tag) and not _holds_block(element)
        if is_line_part:
            if _is_hidden(element):
                return
            inner = place.within(tag)
        else:
            self._close_block(place)
            inner = _Place(
                element=element,
                tag=_block_tag(tag, place),
                is_furniture=place.is_furniture or self._is_furniture(element, tag),
                is_preformatted=place.is_preformatted or tag in ("pre", "listing", "xmp"),
            )
        if tag == "table" and _is_table_of_data(element):
            self._read_rows(element, inner)
            return
        marks = _quotation_marks(element, place) if tag == "q" else ("", "")
        if tag == "time":
            self._has_time = True
        self._add_text(marks[0], inner)
        self._add_text(element.text or "", inner)
        parts_are_set_apart = not is_line_part and _is_row_of_labels(element, tag)
        for child in element:
            self._read_child(child, inner, depth)
            if parts_are_set_apart:
                self._set_apart(child, inner)
            self._add_text(child.tail or "", inner)
        self._add_text(marks[1], inner)
        if not is_line_part:
            self._close_block(inner)

    def _read_child(self, child, place: "_Place", depth: int) -> None:
        """Read a child element; a line break ends a line, two end a block."""
        tag = _tag(child)
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "hr":
            self._close_block(place)
        elif tag and tag not in NOT_READ:
            if _touches_a_time(child, tag):
                self._pieces.append(" ")
            self._read_element(child, place, depth + 1)

    def _set_apart(self, child, place: "_Place") -> None:
        """Separate labels that only a style sheet sets apart; a time gets a line of its own."""
        if _tag(child) == "time":
            self._close_block(place)
        else:
            self._pieces.append(" ")

    def _read_rows(self, table, place: "_Place") -> None:
        """Make a block of each row, with a tab between its cells."""
        for caption in table.iter("caption"):
            self._add_text(" ".join(caption.itertext()), place)
            self._close_block(place)
        for row in table.iter("tr"):
            cells = [HTML_SPACE.sub(" ", " ".join(cell.itertext())).strip() for cell in _cells(row)]
            if any(cells):
                self._add_block("\t".join(cells), place.of(row, "tr"))

    def _add_text(self, text: str, place: "_Place") -> None:
        """Add words to the block that is open."""
        if not text:
            return
        if place.is_preformatted:
            self._pieces.append(text)
        else:
            self._pieces.append(HTML_SPACE.sub(" ", text))
        length = len(text.strip())
        if place.is_link:
            self._linked_characters += length
        if place.is_control:
            self._control_characters += length

    def _close_block(self, place: "_Place") -> None:
        """Make a block, or several if line breaks separate them, of the words since the last."""
        text = "".join(self._pieces)
        length = sum(len(piece.strip()) for piece in self._pieces)
        if length:
            # A run of buttons and labels is a page control; within a sentence, they are words.
            is_tool = self._control_characters >= length
            closed = place.with_furniture() if is_tool else place
            for paragraph in _paragraphs(text, place):
                self._add_block(paragraph, closed, self._linked_characters / length)
        self._pieces = []
        self._linked_characters = 0
        self._control_characters = 0
        self._has_time = False

    def _add_block(self, text: str, place: "_Place", linked_share: float = 0.0) -> None:
        self.blocks.append(
            Block(
                text=text,
                element=place.element,
                tag=place.tag,
                linked_share=linked_share,
                is_furniture=place.is_furniture,
                has_time=self._has_time,
            )
        )

    def _is_furniture(self, element, tag: str) -> bool:
        """Return whether an element surrounds the article and is not part of it."""
        if tag in FURNITURE_TAGS:
            return not _holds_headline(element)
        if tag == "h1":
            return is_logo(element)
        if tag in ("html", "body", "main", "article"):
            return False
        number_of_words = self.words_below[element]
        is_named = _is_named_furniture(element, number_of_words)
        if not (is_named or _is_site_header(element, tag) or tag == "form"):
            return False
        if number_of_words > MAX_FURNITURE_SHARE * self.number_of_words:
            return False
        return not _holds_headline(element)


@dataclass(frozen=True)
class _Place:
    """The place of words: the block element, and the inline elements that matter."""

    element: object
    tag: str
    is_furniture: bool = False
    is_preformatted: bool = False
    is_link: bool = False
    is_control: bool = False
    is_quotation: bool = False

    def within(self, tag: str) -> "_Place":
        """Return the place in an inline element."""
        return _Place(
            element=self.element,
            tag=self.tag,
            is_furniture=self.is_furniture,
            is_preformatted=self.is_preformatted,
            is_link=self.is_link or tag == "a",
            is_control=self.is_control or tag in ("button", "label", "output", "meter"),
            is_quotation=self.is_quotation or tag == "q",
        )

    def of(self, element, tag: str) -> "_Place":
        """Return the same place with another element."""
        return _Place(element=element, tag=tag, is_furniture=self.is_furniture)

    def with_furniture(self) -> "_Place":
        """Return the same place, as furniture."""
        return _Place(element=self.element, tag=self.tag, is_furniture=True)


def _tag(element) -> str:
    """Return the name of an element; "" for a comment or processing instruction."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_inline(tag: str) -> bool:
    """Return whether an element of this name is inline, including names that a site invented."""
    return tag in INLINE or "-" in tag


def _block_tag(tag: str, place: _Place) -> str:
    """Return the name that matters for a block: a <div> in a heading or list item belongs to it."""
    is_wrapper = tag in ("div", "p") or _is_inline(tag)
    if is_wrapper and place.tag in (*HEADINGS, "li", "blockquote", "figcaption", "td", "th", "dd"):
        return place.tag
    return tag


def _holds_block(element) -> bool:
    """Return whether an inline element is wrapped around blocks, as links around teasers are."""
    for child in element.iter():
        tag = _tag(child)
        if tag and not _is_inline(tag) and tag not in NOT_READ and tag != "br":
            return True
    return False


def _words_below(root) -> dict:
    """Return how many words each element contains, without scripts and styles."""
    words: dict = {}
    # From the last to the first: the children of an element are counted before it.
    for element in reversed(list(root.iter())):
        tag = _tag(element)
        is_read = bool(tag) and tag not in NOT_READ
        number = words.get(element, 0) + len((element.text or "").split()) if is_read else 0
        words[element] = number
        parent = element.getparent()
        if parent is not None and element is not root:
            words[parent] = words.get(parent, 0) + number + len((element.tail or "").split())
    return words


def _is_named_furniture(element, number_of_words: int) -> bool:
    """Return whether the role, class, id or style of an element says that it is not the article."""
    if (element.get("role") or "").lower() in FURNITURE_ROLES:
        return True
    if _is_hidden(element):
        return True
    parts = name_parts(element)
    if not FURNITURE_NAMES.isdisjoint(parts):
        return True
    if number_of_words <= MAX_PROMPT_WORDS and not PROMPT_NAMES.isdisjoint(parts):
        return True
    return any(pair in FURNITURE_PAIRS for pair in pairwise(parts))


def _is_hidden(element) -> bool:
    """Return whether a browser does not show an element, or shows it to screen readers only."""
    if element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    return not HIDDEN_PAIRS.isdisjoint(pairwise(name_parts(element)))


def _is_site_header(element, tag: str) -> bool:
    """Return whether an element is the header of the site, not that of its article."""
    if tag != "header":
        return False
    return not any(_tag(outer) in ("article", "main") for outer in element.iterancestors())


def _holds_headline(element) -> bool:
    """Return whether an element contains a top-level heading or is marked as the article."""
    for part in element.iter("h1", "article"):
        if _tag(part) == "h1" and len("".join(part.itertext()).split()) > 2:
            return True
    return any("articleBody" in (part.get("itemprop") or "") for part in element.iter("div"))


def _is_table_of_data(table) -> bool:
    """Return whether the cells of a table are values; pages of the 1990s are laid out in tables."""
    rows = [_cells(row) for row in table.iter("tr")]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return False
    for row in rows:
        for cell in row:
            if len("".join(cell.itertext())) > MAX_CELL or _holds_section(cell):
                return False
    return True


def _holds_section(cell) -> bool:
    """Return whether a cell contains a table, a heading or several paragraphs."""
    sections = sum(1 for _ in cell.iter("table", "h1", "h2", "h3", "ul", "article"))
    paragraphs = sum(1 for _ in cell.iter("p"))
    return sections > 0 or paragraphs > 1


def _cells(row) -> list:
    return [cell for cell in row if _tag(cell) in ("td", "th")]


def _quotation_marks(element, place: _Place) -> tuple[str, str]:
    """Return the marks that a browser draws around <q>.

    Some sites use the element as a mere wrapper of names and numbers. So there are marks only where
    the words are language: one of them is written in lower case.
    """
    text = "".join(element.itertext()).strip()
    has_marks = text.startswith(OPENING_MARKS)
    if has_marks or not any(word.islower() for word in WORD.findall(text)):
        return "", ""
    return ("‘", "’") if place.is_quotation else ("“", "”")


def _is_row_of_labels(element, tag: str) -> bool:
    """Return whether a box contains only inline elements, like the line of author and time.

    A style sheet sets them apart; in the text they would be glued: "By Anna Bell16 March".
    """
    if tag not in ("div", "header", "section", "article", "address", "footer", "li", "td"):
        return False
    if (element.text or "").strip():
        return False
    return not any((child.tail or "").strip() for child in element)


def _touches_a_time(element, tag: str) -> bool:
    """Return whether no character is between an element and the one before, and one is a <time>.

    A style sheet sets them apart, or shows one of two: published and updated.
    """
    previous = element.getprevious()
    if previous is None or previous.tail:
        return False
    return "time" in (tag, _tag(previous))


def _paragraphs(text: str, place: _Place) -> list[str]:
    """Return the paragraphs of a block: two line breaks separate them, and one after a sentence."""
    if place.is_preformatted:
        parts = re.split(r"\n[ \t]*\n", text)
        return [part.strip("\n").rstrip() for part in parts if part.strip()]
    paragraphs = []
    for part in re.split(r"\n(?:[ \xa0]*\n)+", text):
        lines = [HTML_SPACE.sub(" ", line).strip(" \xa0") for line in part.split("\n")]
        lines = [line for line in lines if line]
        if lines:
            paragraphs.append(_joined_lines(lines, place))
    return paragraphs


def _joined_lines(lines: list[str], place: _Place) -> str:
    """Join lines inside headings and sentences; keep all other lines separate."""
    joined = lines[0]
    for line in lines[1:]:
        is_one_sentence = line[0].islower() and not PARAGRAPH_END.search(joined)
        is_joined = place.tag in HEADINGS or is_one_sentence
        joined += f" {line}" if is_joined else f"\n{line}"
    return joined
