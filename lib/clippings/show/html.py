"""Create safe HTML: templates that escape their fields, and links to positions in articles."""

import hashlib
import re
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup, escape

from clippings.core.wording import article_name

TEMPLATES = Path(__file__).with_name("templates")

# Paul Tol's "bright" and "muted" schemes, which are safe for colour-blind readers
# (https://personal.sron.nl/~pault/).
COLOURS = [
    "#4477AA",
    "#EE6677",
    "#228833",
    "#CCBB44",
    "#66CCEE",
    "#AA3377",
    "#BBBBBB",
    "#999933",
    "#44AA99",
    "#882255",
]

# Styles are in the elements, because JupyterLab removes style sheets from untrusted notebooks. The
# link colours are those of JupyterLab, of the report, of any page.
LINK_STYLE = "color:var(--jp-content-link-color,var(--link,LinkText));text-decoration:underline"

# <cite data-at="18b7cb09-0-4" style="font-style:normal">a.txt</cite>, as `cite_place` writes it:
# page key with start and end, page key, start, end, name.
CITE_ELEMENT = re.compile(
    r'<cite data-at="(([0-9a-f]{8})-(\d+)-(\d+))"[^>]*>(.*?)</cite>', re.DOTALL
)
# data-at="18b7cb09-0", which `show_article` writes where a mark starts.
MARK_PLACE = re.compile(r'data-at="([0-9a-f]{8}-\d+)"')

# Characters that HTML and XML do not allow, or that control a terminal: C0 and C1 controls other
# than tab and line ends, lone surrogates, and two noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BLANK_CONTROLS = "\x0b\x0c\x85"  # vertical tab, form feed, next line
CONTROL_PICTURES = 0x2400  # ␀; the following symbols are in the order of the C0 controls
DELETE = "\x7f"
DELETE_PICTURE = "␡"
REPLACEMENT = "\ufffd"


class HtmlView:
    """A view that is displayed as HTML in JupyterLab and in reports, and as plain text elsewhere.

    Parameters
    ----------
    html : str
        HTML in which all text is escaped.
    plain : str
        The same content as text, for a terminal.
    """

    def __init__(self, html: str, plain: str):
        self.html = str(html)
        # In a terminal, a lone carriage return would make the text overwrite its own line.
        self.plain = visible(plain).replace("\r", "\n")

    def __html__(self) -> str:
        """Let templates insert a view as HTML without escaping it again."""
        return self.html

    def _repr_html_(self) -> str:
        # JupyterLab would otherwise typeset the text between two dollar signs as a formula.
        return f'<div class="mathjax_ignore">{self.html}</div>'

    def __repr__(self) -> str:
        return self.plain


def visible(text: str) -> str:
    """Replace each control character with a character that can be displayed anywhere.

    Parameters
    ----------
    text : str
        Text from an article.

    Returns
    -------
    str
        A text of the same length, so that offsets remain valid.

    Examples
    --------
    >>> visible("a bell\\x07 and a form feed\\x0c")
    'a bell␇ and a form feed '
    """
    return FORBIDDEN.sub(_visible_character, text)


def _visible_character(match: re.Match) -> str:
    """Return the replacement for a control character."""
    character = match[0]
    if character in BLANK_CONTROLS:
        return " "
    if character == DELETE:
        return DELETE_PICTURE
    if character < " ":
        return chr(CONTROL_PICTURES + ord(character))
    return REPLACEMENT


def render(template: str, **fields) -> Markup:
    """Fill in a template of this package; every field that is not Markup is escaped.

    Parameters
    ----------
    template : str
        Name of a file in show/templates, without ".html.jinja".
    **fields
        The fields of the template.

    Returns
    -------
    markupsafe.Markup
        HTML.

    Raises
    ------
    jinja2.UndefinedError
        If the template uses a field that is not given.

    Examples
    --------
    >>> render("message", role="alert", text="5 < 6")
    Markup('<p role="alert">5 &lt; 6</p>')
    """
    return Markup(_environment().get_template(f"{template}.html.jinja").render(fields))


@cache
def _environment():
    """Return the templates, compiled once per process."""
    import jinja2  # loaded only when something is shown: it adds to the time of every import

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printable_field,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment


def _printable_field(value):
    """Remove control characters from a field of a template, unless the field is already HTML."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def escape_text(text: str) -> Markup:
    """Escape a text for HTML and replace its control characters.

    Parameters
    ----------
    text : str
        Any text, or Markup, which is returned unchanged.

    Returns
    -------
    markupsafe.Markup
        HTML that shows the text.

    Examples
    --------
    >>> escape_text("<b>\\x00")
    Markup('&lt;b&gt;␀')
    """
    return escape(_printable_field(text))


def page_key(article: str) -> str:
    """Return the key of an article for the anchors of a page.

    Parameters
    ----------
    article : str
        An article's id, which may contain any character.

    Returns
    -------
    str
        Eight hexadecimal digits.

    Notes
    -----
    The key is the start of a SHA-256 hash. Among many thousand ids, two may by chance have the same
    key.

    Examples
    --------
    >>> page_key("a.txt")
    '18b7cb09'
    """
    return hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def cite_place(
    articles: pd.DataFrame, article: str, start: int, end: int, words: str = ""
) -> Markup:
    """Create a reference to a position in an article that can become a link.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles, for their titles.
    article : str
        An article's id.
    start, end : int
        A span in the article.
    words : str, optional
        The words to show; by default, the title of the article, or its id.

    Returns
    -------
    markupsafe.Markup
        A `cite` element. It becomes a link if the page of the article is also shown; see
        `link_places`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> print(cite_place(articles, "01_river_rises.txt", 0, 4, words="River"))
    <cite data-at="362e0379-0-4" style="font-style:normal">River</cite>
    """
    return Markup(
        '<cite data-at="{key}-{start}-{end}" style="font-style:normal">{name}</cite>'
    ).format(
        key=page_key(article),
        start=int(start),
        end=int(end),
        name=escape_text(words or article_name(articles, article)),
    )


def link_places(html: str, prefix: str = "at") -> str:
    """Link the references in a piece of HTML to the corresponding marks in the same piece.

    Parameters
    ----------
    html : str
        Combined HTML of `show_` functions.
    prefix : str, default "at"
        The prefix of the anchors. Use a different prefix for each piece on a page.

    Returns
    -------
    str
        The HTML with links. A reference remains plain text if its page is not part of the HTML.

    Notes
    -----
    A reference is linked if a mark starts at the same position.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> mentions = cl.find_all(articles, codebook)["mentions"].head(2)
    >>> evidence = cl.show_evidence(mentions, articles)
    >>> page = cl.show_article(articles, mentions.article[0], mentions)
    >>> cl.link_places(evidence.html + page.html).count('<a href="#at-')
    2
    """
    marked = set(MARK_PLACE.findall(html))

    def link_cited_place(match: re.Match) -> str:
        anchor = f"{match[2]}-{match[3]}"
        if anchor not in marked:
            return match[0]
        return f'<a href="#{prefix}-{anchor}" style="{LINK_STYLE}">{match[5]}</a>'

    linked = CITE_ELEMENT.sub(link_cited_place, html)
    return MARK_PLACE.sub(rf'id="{prefix}-\1"', linked)


def mark_words(words: str, *, colour: str = COLOURS[0], hint: str = "") -> Markup:
    """Mark words with a coloured background and line.

    Parameters
    ----------
    words : str
        The words.
    colour : str, optional
        A colour as #RRGGBB.
    hint : str, optional
        The hint shown on hovering.

    Returns
    -------
    markupsafe.Markup
        A `mark` element.

    Examples
    --------
    >>> print(mark_words("x"))
    <mark style="background:#4477AA40;color:inherit;border-bottom:2px solid #4477AA">x</mark>
    """
    title = Markup(' title="{}"').format(escape_text(hint)) if hint else ""
    return Markup(
        '<mark{title} style="background:{colour}40;color:inherit;'
        'border-bottom:2px solid {colour}">{words}</mark>'
    ).format(title=title, colour=colour, words=escape_text(words))
