"""What the views for JupyterLab are made of: labelled controls, a page, the call that makes it."""

import operator
from html import escape
from itertools import count

import ipywidgets as W
import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.wording import several, short
from clippings.corpus.codebook import hash_codebook, read_codebook, write_codebook
from clippings.show.article_page import show_article
from clippings.show.evidence import show_evidence
from clippings.show.html import link_places

ALL, NONE = "(all)", ("(none)", -1)
EVERY = (ALL, ALL)
MOST_OPTIONS = 300  # of a choice that follows others: a browser takes seconds for thousands
MOST_PAGES = 3  # pages shown below their passages
SIGNS = {"==": operator.eq, ">=": operator.ge, "<=": operator.le}
LOOK = {
    "style": {"description_width": "initial"},
    "layout": W.Layout(width="auto", min_width="24em", max_width="46em"),
}
# A slider is as short as it may be, and asks once when it is let go, not at each step on the way.
WIDE = LOOK | {"layout": W.Layout(width="36em"), "continuous_update": False}
ROW = W.Layout(flex_flow="row wrap")
BOX = '<div style="max-height:28em;overflow:auto;margin:.6em 0;padding:0 .8em;border:1px solid #8884">'
NUMBERS = count(1)  # of what is shown: anchors on one page must differ


class View(W.VBox):
    """Controls and what they show; as text, the call that shows the same."""

    def __repr__(self) -> str:
        return self.children[-1].value


def view(show, controls: dict[str, W.Widget], actions: dict | None = None) -> View:
    """Controls over what `show` makes of their values.

    In: show, values by name → HTML and the call that makes it; controls; actions, values by name → what was done, by
    the words on their buttons. Out: a view. Raises: nothing: bad input is said in the view. Misses: nothing.
    Source: none.
    Example:
        >>> view(lambda words: (words, f"print({words!r})"), {"words": text("words", "two")})
        print('two')
    """
    page, said = W.HTML(), W.HTML()
    call = W.Textarea(
        description="copy as code", rows=3, style=LOOK["style"], layout=W.Layout(width="auto")
    )
    busy = []

    def update(*_):
        if not busy:  # what `show` itself sets on a control is no new choice
            busy.append(True)
            try:
                page.value, call.value = show(
                    **{name: control.value for name, control in controls.items()}
                )
            except BadInput as error:
                page.value = f'<p role="alert">{escape(str(error))}</p>'
            busy.clear()

    def press(button):
        try:
            done = actions[button.description](
                **{name: control.value for name, control in controls.items()}
            )
        except (BadInput, OSError) as error:
            done = f"Not saved: {error}"
        said.value = f'<p role="status">{escape(done)}</p>'
        update()

    buttons = [W.Button(description=name, layout=W.Layout(width="auto")) for name in actions or {}]
    for control in controls.values():
        control.observe(update, "value")
    for button in buttons:
        button.on_click(press)
    update()
    return View(
        [W.HBox([*controls.values()], layout=ROW), W.HBox(buttons, layout=ROW), said, page, call]
    )


def choice(label: str, options: list) -> W.Dropdown:
    """A choice among options. Example:
    >>> choice("zone", ["body"]).value
    'body'
    """
    return W.Dropdown(description=label, options=options or [NONE], **LOOK)


def text(label: str, value: str = "") -> W.Text:
    """A line to write in; the Enter key sends it. Example:
    >>> text("words").value
    ''
    """
    return W.Text(description=label, value=value, continuous_update=False, **LOOK)


def slider(label: str, value, low, high, step=1) -> W.Widget:
    """A number within bounds. Example:
    >>> slider("least share", 0.5, 0.0, 1.0, 0.1).value
    0.5
    """
    kind = W.FloatSlider if isinstance(step, float) else W.IntSlider
    return kind(value, min=low, max=max(low, high), step=step, description=label, **WIDE)


def offer(control: W.Dropdown, options: list):
    """Other options for a choice, the first 300; what was chosen stays so where it is still there. Example:
    >>> offer(choice("n", [("two", 2), ("one", 1)]), [("one", 1)])
    1
    """
    options = options[:MOST_OPTIONS]
    if control.options != tuple(options):
        old, control.options = control.value, options
        control.value = old if old in [option[1] for option in options] else options[0][1]
    return control.value


def counted(labels: pd.Series) -> list[tuple[str, str]]:
    """Labels as options with their numbers, the largest first. Example:
    >>> counted(pd.Series(["a", "b", "b"]))
    [('b (2)', 'b'), ('a (1)', 'a')]
    """
    sizes = labels.value_counts()
    order = sorted(sizes.index, key=lambda label: (-sizes[label], label))
    return [(f"{short(label, 60) or 'not named'} ({sizes[label]})", label) for label in order]


def places(table: pd.DataFrame) -> list[tuple[str, int]]:
    """Rows as options, none first. Example:
    >>> from clippings.core.tables import make_table
    >>> places(make_table("mentions"))
    [('(none)', -1)]
    """
    return [
        NONE,
        *(
            (f"{short(row.text, 50)} · {row.article}, {row.start:,}", row.Index)
            for row in table.itertuples()
        ),
    ]


def titles(articles: pd.DataFrame) -> list:
    """Articles as options, all of them first. Example:
    >>> from clippings.core.tables import make_table
    >>> titles(make_table("articles"))
    [('(all)', '(all)')]
    """
    return [
        EVERY,
        *(
            (f"{short(row.title, 60)} · {row.article}", row.article)
            for row in articles.itertuples()
        ),
    ]


def where(table: pd.DataFrame, name: str, *conditions: tuple) -> tuple[pd.DataFrame, str]:
    """Rows that meet conditions (column, sign, value), and the code that takes them; (all) is no condition. Example:
    >>> where(pd.DataFrame({"words": [8, 9]}), "repeats", ("words", ">=", 9))[1]
    'repeats[(repeats.words >= 9)]'
    """
    said = [each for each in conditions if not (isinstance(each[2], str) and each[2] == ALL)]
    kept = pd.Series(True, index=table.index)
    for column, sign, value in said:
        kept &= SIGNS[sign](table[column], value)
    parts = " & ".join(f"({name}.{column} {sign} {value!r})" for column, sign, value in said)
    return table[kept], f"{name}[{parts}]" if parts else name


def paged(html: str, articles: pd.DataFrame, *layers: pd.DataFrame) -> str:
    """Passages, and below them the pages of the first three articles, to which their places lead; each in a box that
    scrolls. Example:
    >>> paged("<p>x</p>", None)[-14:]
    '<p>x</p></div>'
    """
    found = list(dict.fromkeys(article for layer in layers for article in layer.article))[
        :MOST_PAGES
    ]
    parts = [html, *(show_article(articles, article, *layers).html for article in found)]
    return link_places("".join(f"{BOX}{part}</div>" for part in parts), f"v{next(NUMBERS)}")


def listed(
    rows: pd.DataFrame, articles: pd.DataFrame, code: str, noun: str, before: str = ""
) -> tuple[str, str]:
    """Rows with their number, the words around them and their pages, and the call. Example:
    >>> from clippings.core.tables import make_table
    >>> print(listed(make_table("themes"), make_table("articles"), "themes", "sentence")[1])
    cl.show_evidence(themes, articles, n=50)
    """
    html = f"{before}<p>{several(len(rows), noun)}</p>{show_evidence(rows, articles, n=50).html}"
    return paged(html, articles, rows), f"cl.show_evidence({code}, articles, n=50)"


class Book:
    """One table of the analyst's codebook, with what its file held when it was read."""

    def __init__(self, folder, name: str):
        self.folder, self.name, self.chosen = folder, name, -1
        self.seen, self.table = hash_codebook(folder, name), read_codebook(folder)[name]

    def save(self, table: pd.DataFrame) -> str:
        """The table written, unless its file was changed meanwhile; says so."""
        # The view of themes addresses rows by number, which a merge would shift.
        base = None if self.name == "themes" else self.table
        write_codebook(self.folder, self.name, table, seen=self.seen, base=base)
        self.seen = hash_codebook(self.folder, self.name)
        self.table = read_codebook(self.folder)[self.name]
        return f"Saved in codebook/{self.name}.csv; run the notebook again to count anew. "
