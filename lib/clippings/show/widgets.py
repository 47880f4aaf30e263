"""The components of interactive views: controls, a page below them, the equivalent code."""

import operator
from collections.abc import Callable, Hashable
from enum import Enum
from itertools import count
from typing import NamedTuple

import ipywidgets as W
import pandas as pd
from markupsafe import Markup

from clippings.core.errors import BadInput
from clippings.core.wording import count_noun, shorten
from clippings.corpus.codebook import hash_codebook, read_codebook, write_codebook
from clippings.show import wording
from clippings.show.article_page import show_article
from clippings.show.evidence import show_evidence
from clippings.show.html import HtmlView, link_places, render

MAX_OPTIONS = 300  # maximum number of options; a browser takes seconds for thousands
MAX_PAGES = 3  # shown below their passages
MAX_PASSAGES = 50  # shown in a view

OPERATORS = {"==": operator.eq, ">=": operator.ge, "<=": operator.le}

LOOK = {
    "style": {"description_width": "initial"},
    "layout": W.Layout(width="auto", min_width="24em", max_width="46em"),
}
# A slider reports its value once, when it is released, and not while it is moved.
SLIDER_LOOK = LOOK | {"layout": W.Layout(width="36em"), "continuous_update": False}
ROW_LAYOUT = W.Layout(flex_flow="row wrap")
AUTO_WIDTH = W.Layout(width="auto")

VIEW_NUMBERS = count(1)  # the anchors of different views on a page must differ


class Special(Enum):
    """Option values that are not values of a table."""

    ALL = "all"
    NONE = "none"


class Option(NamedTuple):
    """An option of a drop-down list: its label and value, in the order that ipywidgets expects."""

    words: str
    value: Hashable


class Content(NamedTuple):
    """The content of a view, and the code that produces the same content."""

    html: str
    code: str


class Condition(NamedTuple):
    """A condition on a column. If its value is `Special.ALL`, every row meets it."""

    column: str
    sign: str  # a key of OPERATORS
    value: object


class Selection(NamedTuple):
    """Rows of a table, and the code that selects them."""

    rows: pd.DataFrame
    code: str


ALL_OPTION = Option(wording.ALL_OPTION, Special.ALL)
NO_OPTION = Option(wording.NO_OPTION, Special.NONE)


class View(W.VBox):
    """Controls with the selected content below. The plain-text form is the code for this content.

    Parameters
    ----------
    show : callable
        A function that takes the values of the controls by name and returns Content. It may change
        controls. If it raises BadInput, the view shows the error.
    controls : dict of str to ipywidgets.Widget
        The controls by name.
    actions : dict of str to callable, optional
        The functions of buttons, by their labels. Each function takes the values of the controls by
        name and returns a sentence that describes the result.

    Examples
    --------
    >>> def show(words):
    ...     return Content(render("message", role="note", text=words), f"print({words!r})")
    >>> View(show, {"words": make_text("words", "two")})
    print('two')
    """

    def __init__(
        self,
        show: Callable[..., Content],
        controls: dict[str, W.Widget],
        actions: dict[str, Callable[..., str]] | None = None,
    ):
        self._show = show
        self._controls = controls
        self._actions = actions or {}
        self._is_updating = False
        self._status = W.HTML()
        self._page = W.HTML()
        self._code = W.Textarea(
            description=wording.EQUIVALENT_CODE, rows=3, style=LOOK["style"], layout=AUTO_WIDTH
        )
        buttons = [W.Button(description=words, layout=AUTO_WIDTH) for words in self._actions]
        super().__init__(
            [
                W.HBox(list(controls.values()), layout=ROW_LAYOUT),
                W.HBox(buttons, layout=ROW_LAYOUT),
                self._status,
                self._page,
                self._code,
            ]
        )
        for control in controls.values():
            control.observe(self._update, "value")
        for button in buttons:
            button.on_click(self._press)
        self._update()

    def __repr__(self) -> str:
        return self._code.value

    def _values(self) -> dict:
        """Return the values of the controls by name."""
        return {name: control.value for name, control in self._controls.items()}

    def _update(self, _change=None) -> None:
        """Show the content selected by the controls."""
        if self._is_updating:  # a change that `show` makes to a control is not a new choice
            return
        self._is_updating = True
        try:
            content = self._show(**self._values())
            self._page.value = content.html
            self._code.value = content.code
        except BadInput as error:
            self._page.value = str(render("message", role="alert", text=str(error)))
        finally:
            self._is_updating = False

    def _press(self, button: W.Button) -> None:
        """Run the function of a button, and show the result."""
        try:
            done = self._actions[button.description](**self._values())
        except (BadInput, OSError) as error:
            done = wording.NOT_SAVED.format(error=error)
        self._status.value = str(render("message", role="status", text=done))
        self._update()


def make_choice(label: str, options: list[Option]) -> W.Dropdown:
    """Create a drop-down list of options.

    Examples
    --------
    >>> make_choice("zone", [Option("body (3)", "body")]).value
    'body'
    """
    return W.Dropdown(description=label, options=options or [NO_OPTION], **LOOK)


def make_text(label: str, value: str = "") -> W.Text:
    """Create a text field that is submitted with the Enter key.

    Examples
    --------
    >>> make_text("words").value
    ''
    """
    return W.Text(description=label, value=value, continuous_update=False, **LOOK)


def make_suggestions(label: str, suggestions: list[str]) -> W.Combobox:
    """Create a text field that suggests values while one is typed; "" stands for no choice.

    Examples
    --------
    >>> make_suggestions("actor", ["Anna Bell", "Peter Lund"]).value
    ''
    """
    return W.Combobox(
        description=label, options=suggestions[:MAX_OPTIONS], continuous_update=False, **LOOK
    )


def make_slider(label: str, value: float, low: float, high: float, step: float = 1) -> W.Widget:
    """Create a slider for a number within bounds.

    Examples
    --------
    >>> make_slider("minimum share", 0.5, 0.0, 1.0, 0.1).value
    0.5
    """
    slider = W.FloatSlider if isinstance(step, float) else W.IntSlider
    return slider(value, min=low, max=max(low, high), step=step, description=label, **SLIDER_LOOK)


def months_between(first_days: pd.Series, last_days: pd.Series) -> list[str]:
    """List all months from the first to the last of some days; one month if no day is known.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2021-01-31", None, "2021-03-01"]))
    >>> months_between(days, days)
    ['2021-01', '2021-02', '2021-03']
    """
    days = pd.concat([first_days, last_days]).dropna()
    if days.empty:
        days = pd.Series([pd.Timestamp("2000-01-01")])  # a slider needs at least one option
    return pd.period_range(days.min(), days.max(), freq="M").astype("str").to_list()


def make_month_slider(label: str, months: list[str]) -> W.SelectionRangeSlider:
    """Create a slider for the first and the last month.

    Examples
    --------
    >>> make_month_slider("published", ["2021-01", "2021-02", "2021-03"]).value
    ('2021-01', '2021-03')
    """
    slider = W.SelectionRangeSlider(
        options=months, index=(0, len(months) - 1), description=label, **SLIDER_LOOK
    )
    slider.readout = False  # it would be cut off; the view shows the selected months
    return slider


def offer_options(control: W.Dropdown, options: list[Option]):
    """Replace the options of a list (at most 300); preserve the selected value if it is among them.

    Returns
    -------
    object
        The value that is now selected.

    Examples
    --------
    >>> choice = make_choice("number", [Option("two", 2), Option("one", 1)])
    >>> offer_options(choice, [Option("one", 1)])
    1
    """
    options = options[:MAX_OPTIONS] or [NO_OPTION]
    if control.options != tuple(options):
        chosen = control.value
        control.options = options
        values = [option.value for option in options]
        control.value = chosen if chosen in values else values[0]
    return control.value


def label_options(labels: pd.Series) -> list[Option]:
    """List labels with their numbers of rows as options, starting with the most frequent.

    Examples
    --------
    >>> [option.words for option in label_options(pd.Series(["a", "b", "b"]))]
    ['b (2)', 'a (1)']
    """
    counts = labels.value_counts()
    order = sorted(counts.index, key=lambda label: (-counts[label], label))
    options = []
    for label in order:
        words = shorten(label, 60) or wording.NO_LABEL
        words = wording.OPTION_COUNT.format(label=words, number=counts[label])
        options.append(Option(words, label))
    return options


def row_options(table: pd.DataFrame) -> list[Option]:
    """List the rows of a span table as options after "(none)"; their values are row numbers.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> row_options(cl.find_passages(articles).head(1))[1].words
    'River Lenn rises fast as snow melts in the hills · 01_river_rises.txt, 0'
    """
    options = [NO_OPTION]
    for row in table.itertuples():
        words = wording.OPTION_PLACE.format(
            words=shorten(row.text, 50), article=row.article, start=f"{row.start:,}"
        )
        options.append(Option(words, row.Index))
    return options


def article_options(articles: pd.DataFrame) -> list[Option]:
    """List the articles as options after "(all)".

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> article_options(articles)[1].value
    '01_river_rises.txt'
    """
    options = [ALL_OPTION]
    for row in articles.itertuples():
        words = wording.OPTION_ARTICLE.format(title=shorten(row.title, 60), article=row.article)
        options.append(Option(words, row.article))
    return options


def select_rows(table: pd.DataFrame, name: str, *conditions: Condition) -> Selection:
    """Select the rows of a table that meet all conditions.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.
    name : str
        The name of the table in the code.
    *conditions : Condition
        The conditions; those with the value `Special.ALL` are met by every row, those with the
        value `Special.NONE` by no row.

    Returns
    -------
    Selection
        The rows and the code that selects them.

    Examples
    --------
    >>> table = pd.DataFrame({"words": [8, 9]})
    >>> select_rows(table, "repeats", Condition("words", ">=", 9)).code
    'repeats[(repeats.words >= 9)]'
    """
    conditions = [condition for condition in conditions if condition.value is not Special.ALL]
    if any(condition.value is Special.NONE for condition in conditions):
        return Selection(table[:0], f"{name}[:0]")
    if not conditions:
        return Selection(table, name)

    meets_all = pd.Series(True, index=table.index)
    code = []
    for column, sign, value in conditions:
        meets_all &= OPERATORS[sign](table[column], value)
        code.append(f"({name}.{column} {sign} {value!r})")
    return Selection(table[meets_all], f"{name}[{' & '.join(code)}]")


def with_pages(html: Markup | HtmlView, articles: pd.DataFrame, *layers: pd.DataFrame) -> str:
    """Show passages in a box, with the pages of their first three articles below.

    Parameters
    ----------
    html : markupsafe.Markup or HtmlView
        The passages.
    articles : pandas.DataFrame
        The articles.
    *layers : pandas.DataFrame
        The span tables that the passages are rows of; they are marked on the pages.

    Returns
    -------
    str
        Boxes with scroll bars. The positions of passages are links to the pages.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> with_pages(Markup("<p>none</p>"), articles).count("<p>none</p>")
    1
    """
    cited_articles = dict.fromkeys(article for layer in layers for article in layer.article)
    pages = [
        show_article(articles, article, *layers) for article in list(cited_articles)[:MAX_PAGES]
    ]
    return link_places(render("box", parts=[html, *pages]), f"v{next(VIEW_NUMBERS)}")


def evidence_with_pages(
    rows: pd.DataFrame, articles: pd.DataFrame, code: str, noun: str, above: Markup | str = ""
) -> Content:
    """Show rows with their number, their context and their pages.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a span table.
    articles : pandas.DataFrame
        The articles.
    code : str
        The code that selects the rows.
    noun : str
        The noun for a row, in the singular.
    above : markupsafe.Markup, optional
        Content to show above the rows.

    Returns
    -------
    Content
        HTML and code.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.find_all(articles, codebook)["themes"]
    >>> print(evidence_with_pages(themes, articles, "themes", "sentence").code)
    cl.show_evidence(themes, articles, n=50)
    """
    number = render("message", role="note", text=count_noun(len(rows), noun))
    evidence = show_evidence(rows, articles, n=MAX_PASSAGES)
    html = Markup("").join([above, number, evidence])
    call = f"cl.show_evidence({code}, articles, n={MAX_PASSAGES})"
    return Content(with_pages(html, articles, rows), call)


class CodebookTable:
    """A table of the analyst's codebook, and the state of its file when it was read.

    Parameters
    ----------
    folder : str or path
        The folder of the articles.
    name : str
        The table.
    """

    def __init__(self, folder, name: str):
        self.folder = folder
        self.name = name
        self.hash_when_read = hash_codebook(folder, name)
        self.table = read_codebook(folder)[name]

    def save(self, table: pd.DataFrame) -> str:
        """Write the table, unless its file changed after it was read, and return a confirmation."""
        # The view of themes refers to rows by number, which a merge would change.
        base = None if self.name == "themes" else self.table
        write_codebook(self.folder, self.name, table, seen=self.hash_when_read, base=base)
        self.hash_when_read = hash_codebook(self.folder, self.name)
        self.table = read_codebook(self.folder)[self.name]
        return wording.SAVED.format(table=self.name)
