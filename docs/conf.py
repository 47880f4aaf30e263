"""Sphinx configuration; reference and tutorial are made from the library and the notebooks."""

import inspect
import shutil
from collections import defaultdict
from pathlib import Path

import clippings as cl
from clippings.core.lexicon import read_rows
from clippings.core.tables import TABLES
from clippings.corpus.codebook import ABOUT

project = "clippings"
author = "the clippings maintainers"
release = cl.__version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
exclude_patterns = ["_build", "reference/functions"]
templates_path = []
html_theme = "pydata_sphinx_theme"
html_title = "clippings"
html_theme_options = {"navigation_with_keys": False, "show_toc_level": 2}
html_show_sourcelink = False

# The notebooks contain the results of their last checked run; the gallery is run again.
nb_execution_mode = "force"
nb_execution_excludepatterns = ["tutorial/*"]
nb_execution_raise_on_error = True
nb_execution_timeout = 120
myst_heading_anchors = 3
numpydoc_show_class_members = False
suppress_warnings = ["mystnb.unknown_mime_type", "misc.highlighting_failure"]

DOCS = Path(__file__).parent
NOTEBOOKS = DOCS.parent / "notebooks"
PACKAGES = {
    "corpus": "Reading a folder: articles, passages, codebook",
    "repeats": "Repeated text",
    "themes": "Themes and words",
    "actors": "Names, quotations, speakers",
    "timeline": "Times, events, amounts, dates",
    "brief": "Claims, origins, the brief",
    "show": "Charts, evidence, views",
    "report": "Files, reports, comparing two runs",
    "core": "Spans and names of articles",
    "pipeline": "All tables at once",
    "selection": "Selections from all tables",
    "example": "The example corpus",
}


def copy_notebooks() -> None:
    """The tutorial is the six notebooks, as they were last checked."""
    for path in sorted(NOTEBOOKS.glob("0*.ipynb")):
        shutil.copy(path, DOCS / "tutorial" / path.name)


def public_functions() -> dict[str, list[str]]:
    """The names of the public functions by package."""
    functions = defaultdict(list)
    for name in cl.__all__:
        value = getattr(cl, name)
        if inspect.isfunction(value):
            functions[value.__module__.split(".")[1]].append(name)
    return functions


def write_reference() -> None:
    """Write one page for each package, with the docstrings of its functions."""
    functions = public_functions()
    folder = DOCS / "reference"
    for package, title in PACKAGES.items():
        lines = [f"# {title}", "", "```{eval-rst}", ".. currentmodule:: clippings", ""]
        for name in functions.pop(package):
            lines += [f".. autofunction:: {name}", ""]
        (folder / f"{package}.md").write_text("\n".join([*lines, "```", ""]), encoding="utf-8")
    if functions:
        raise ValueError(f"functions without a page: {dict(functions)}")


def write_tables() -> None:
    """Write a page with the columns of every table, from the records that the library uses."""
    lines = ["# Tables", ""]
    lines += [
        "Every row of a span table points to a passage in an article:",
        '`articles.set_index("article").text[article][start:end] == text`. Two columns',
        "`NAME_start` and `NAME_end` link to another passage, in the same article or in",
        "`NAME_article`.",
        "",
    ]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", "| column | type |", "| --- | --- |"]
        lines += [f"| `{column}` | `{dtype}` |" for column, dtype in table.columns.items()]
        if table.is_counted:
            lines += ["", "`find_all` adds `duplicate_status` and `verdict`."]
        lines += [""]
    lines += ["# Codebook tables", ""]
    for row in read_rows(ABOUT):
        lines += [f"## codebook/{row['table']}.csv", "", row["about"], ""]
    (DOCS / "reference" / "tables.md").write_text("\n".join(lines), encoding="utf-8")


copy_notebooks()
write_reference()
write_tables()
