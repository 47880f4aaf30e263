"""Write charts, tables and texts to files; the same input always produces the same bytes."""

import hashlib
import json
import os
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from clippings.core.atomic import atomic_write
from clippings.core.csv_cells import guarded, read_records, unguarded
from clippings.core.errors import BadInput
from clippings.core.progress import in_turn
from clippings.corpus.article_ids import text_file_names
from clippings.corpus.codebook import read_codebook
from clippings.report.slides_file import can_write_slides
from clippings.show.figure import SVG_LINK, Chart, anchor_of, draw_picture

SLIDE_PICTURE_SUFFIX = ".slide.png"

# Files of charts that take time to draw. A report names those that it needs, separated by spaces,
# in this variable; if it is not set, as in JupyterLab, all are written.
EXTRA_FILES_VARIABLE = "CLIPPINGS_CHART_FILES"
PDF_FILES = "pdf"
SLIDE_FILES = "slides"

CONTEXT_LENGTH = 32  # number of characters before and after a quotation in findings.jsonl
ANNOTATION_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"row": {"@id": "urn:clippings:row", "@type": "@json"}},
]


def write_chart(
    figure: Chart,
    counts: pd.DataFrame,
    evidence: pd.DataFrame,
    folder: str | Path,
    name: str,
    manifest: dict | None = None,
) -> Path:
    """Save a chart with the tables that it is based on.

    Parameters
    ----------
    figure : Chart
        A chart returned by a ``chart_`` function.
    counts : pandas.DataFrame
        The table that is drawn.
    evidence : pandas.DataFrame
        The rows that are counted.
    folder : str or path
        The output folder; ``charts`` is created in it.
    name : str
        The name of the files, which may contain letters, digits, ``-`` and ``_``.
    manifest : dict, optional
        Additional notes for the caption, such as ``{"Duplicates": "excluded"}``.

    Returns
    -------
    pathlib.Path
        The path of ``charts/NAME.svg``. Next to it are NAME.png, NAME.pdf, NAME.csv,
        NAME.evidence.csv, and NAME.txt with the caption and the alt text. If slides can be written
        (see `can_write_slides`), NAME.slide.png is the same chart for a slide, without its title.

    Raises
    ------
    BadInput
        If the name has other characters.
    OSError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> zones = cl.count_words(passages, by=["article", "label"])
    >>> path = cl.write_chart(cl.chart_zones(zones), zones, passages, tempfile.mkdtemp(), "zones")
    >>> sorted({file.suffix for file in path.parent.iterdir()})
    ['.csv', '.pdf', '.png', '.svg', '.txt']
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise BadInput(
            f"the name {name!r} is not a file name for charts: use letters, digits, - and _"
        )
    charts = Path(folder) / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    caption = [figure.finding, f"Alt text: {figure.get_label()}"]
    caption += [f"{key}: {value}" for key, value in (manifest or {}).items()]
    # Alt texts contain names from articles; a line break in a name would end the line.
    lines = [" ".join(line.split()) for line in caption]
    _write(charts / f"{name}.png", draw_picture(figure, "png"))
    extra_files = _extra_files()
    if PDF_FILES in extra_files:
        _write(charts / f"{name}.pdf", draw_picture(figure, "pdf"))
    if SLIDE_FILES in extra_files and can_write_slides() and figure.axes:
        slide_picture = draw_picture(figure.as_slide_picture(), "png")
        _write(charts / f"{name}{SLIDE_PICTURE_SUFFIX}", slide_picture)
    _write(charts / f"{name}.svg", _svg_with_links_to_report(figure, name))
    _write(charts / f"{name}.csv", csv_bytes(counts))
    _write(charts / f"{name}.evidence.csv", csv_bytes(evidence))
    _write(charts / f"{name}.txt", _encoded("".join(f"{line}\n" for line in lines)))
    return charts / f"{name}.svg"


def _extra_files() -> set[str]:
    """Return which files are written that take time to draw."""
    return set(os.environ.get(EXTRA_FILES_VARIABLE, f"{PDF_FILES} {SLIDE_FILES}").split())


def _svg_with_links_to_report(figure, name: str) -> bytes:
    """Draw a figure whose marks link to their passages in the report."""

    def link_to_report(match: re.Match) -> str:
        return f'<a xlink:href="../report.html#{anchor_of(name, unescape(match[1]))}"'

    return SVG_LINK.sub(link_to_report, draw_picture(figure, "svg").decode()).encode()


def write_tables(tables: dict[str, pd.DataFrame], folder: str | Path) -> Path:
    """Save tables as CSV files, and all rows of span tables as annotations.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables by name, as `find_all` returns them.
    folder : str or path
        The output folder; ``tables`` is created in it.

    Returns
    -------
    pathlib.Path
        The path of ``findings.jsonl``: one W3C Web Annotation per line for every row of a span
        table, with the label as its tag, selectors by position and by quotation (with the words
        around it if the tables include the articles), and the whole row. Next to it are
        ``tables/NAME.csv``.

    Raises
    ------
    OSError
        If the folder cannot be written.

    Notes
    -----
    The files are comma-separated UTF-8. A cell that a spreadsheet would treat as a formula is
    prefixed with an apostrophe, which `read_table` removes.

    References
    ----------
    Web Annotation Data Model, W3C Recommendation, 2017.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> tables = {"articles": articles, "passages": cl.find_passages(articles)}
    >>> path = cl.write_tables(tables, tempfile.mkdtemp())
    >>> first = json.loads(path.read_text().partition("\\n")[0])
    >>> first["target"]["selector"][1]["exact"], first["body"]["value"]
    ('River Lenn rises fast as snow melts in the hills', 'headline')
    """
    root = Path(folder)
    (root / "tables").mkdir(parents=True, exist_ok=True)
    articles = tables.get("articles")
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    lines = []
    for name, table in in_turn(tables.items(), "files", "table"):
        _write(root / "tables" / f"{name}.csv", csv_bytes(table))
        if "start" in table.columns:
            for row in table.to_dict("records"):
                lines.append(json.dumps(_annotation(name, row, texts), ensure_ascii=False))
    _write(root / "findings.jsonl", _encoded("".join(f"{line}\n" for line in lines)))
    return root / "findings.jsonl"


def write_texts(articles: pd.DataFrame, folder: str | Path) -> Path:
    """Save the text of every article, so that the offsets in the tables can be looked up.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles of `read_articles`.
    folder : str or path
        The output folder; ``texts`` is created in it.

    Returns
    -------
    pathlib.Path
        The path of ``texts``. It contains a UTF-8 file for each article with a text. The files are
        named after the articles; characters that are not allowed in file names are written as %NN.
        A name that is too long, or that differs from another name only in case, is shortened and
        ends in ``~`` and a hash.

    Raises
    ------
    OSError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> sorted(path.name for path in cl.write_texts(articles, tempfile.mkdtemp()).iterdir())[:2]
    ['01_river_rises.txt', '02_levee_breach_ostrand.txt']
    """
    root = Path(folder) / "texts"
    root.mkdir(parents=True, exist_ok=True)
    texts = articles[articles.text != ""]
    names = text_file_names(texts.article.to_list())
    for name, text in zip(names, texts.text, strict=True):
        _write(root / name, _encoded(text))
    return root


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a table written by `write_tables` or `write_chart`.

    Parameters
    ----------
    path : str or path
        A CSV file.

    Returns
    -------
    pandas.DataFrame
        The table; all cells are texts, as originally written.

    Raises
    ------
    BadInput
        If the file is not such a table.
    OSError
        If the file cannot be read.

    Notes
    -----
    Types are not restored; numbers, dates and missing values are returned as text.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> folder = cl.write_tables({"articles": articles}, tempfile.mkdtemp()).parent
    >>> cl.read_table(folder / "tables" / "articles.csv").text.equals(articles.text)
    True
    """
    try:
        records = read_records(Path(path).read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8: save it as CSV UTF-8") from None
    if not records:
        raise BadInput(f"{path} is empty: it has no header row")
    header, *rows = [[unguarded(cell) for cell in record] for record in records]
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise BadInput(
                f"{path}, row {number} has {len(row)} cells, but the header has {len(header)}: "
                "write the table again"
            )
    return pd.DataFrame(rows, columns=header, dtype="str")


def read_report(folder: str | Path) -> dict:
    """Read a report for comparison with another one.

    Parameters
    ----------
    folder : str or path
        ``out/NAME`` of a report.

    Returns
    -------
    dict
        ``tables`` (by name; all cells are texts), ``codebook`` and ``manifest``, as required by
        `find_changes`.

    Raises
    ------
    BadInput
        If the folder contains no report: name a folder with a ``manifest.json``.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "manifest.json").write_text('{"versions": {}}')
    >>> sorted(read_report(folder))
    ['codebook', 'manifest', 'tables']
    """
    root = Path(folder)
    if not (root / "manifest.json").is_file():
        raise BadInput(
            f"{folder} contains no report: name a folder such as out/NAME that has a manifest.json"
        )
    try:
        manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    except ValueError:
        raise BadInput(f"{folder}/manifest.json is damaged: create the report again") from None
    return read_run(root, manifest)


def read_run(folder: Path, manifest: dict) -> dict:
    """Read the tables and the codebook of a report whose manifest is known.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of the report.
    manifest : dict
        Its manifest.

    Returns
    -------
    dict
        As returned by `read_report`.

    Examples
    --------
    >>> read_run(Path("no such folder"), {})["tables"]
    {}
    """
    tables = {path.stem: read_table(path) for path in sorted((folder / "tables").glob("*.csv"))}
    return {"tables": tables, "codebook": read_codebook(folder), "manifest": manifest}


def _annotation(table: str, row: dict, texts: dict[str, str]) -> dict:
    """Return a row as a Web Annotation; its id is made from the row's content."""
    row = {"table": table} | {column: _json_value(cell) for column, cell in row.items()}
    start = row["start"]
    end = row["end"]
    text = texts.get(row["article"], "")
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    quotation = {"type": "TextQuoteSelector", "exact": row["text"]}
    if prefix := text[max(0, start - CONTEXT_LENGTH) : start]:
        quotation["prefix"] = prefix
    if suffix := text[end : end + CONTEXT_LENGTH]:
        quotation["suffix"] = suffix
    digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
    return {
        "@context": ANNOTATION_CONTEXT,
        "id": f"urn:clippings:{digest[:16]}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": row["label"]},
        "target": {"source": source_of(row["article"]), "selector": [position, quotation]},
        "row": row,
    }


def source_of(article: str) -> str:
    """Return the address of an article in annotations: its id, percent-encoded."""
    return quote(article.encode("utf-8", "backslashreplace"))


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as the content of a CSV file.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table; its index is omitted.

    Returns
    -------
    bytes
        Comma-separated UTF-8, with newlines as line ends and dates as YYYY-MM-DD. Texts that a
        spreadsheet would evaluate are guarded, and cells with line breaks of any kind are quoted.

    Examples
    --------
    >>> print(csv_bytes(pd.DataFrame({"text": ["=1", "a\\rb"], "n": [1, 2]})))
    b'text,n\\n\\'=1,1\\n"a\\rb",2\\n'
    """
    safe = table.copy()
    safe.columns = [guarded(str(column)) for column in table.columns]
    for position in range(safe.shape[1]):
        column = safe.iloc[:, position]
        is_plain = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_dtype(column)
        if not is_plain:
            cells = [guarded(cell) if isinstance(cell, str) else cell for cell in column]
            safe.isetitem(position, pd.Series(cells, index=safe.index, dtype=object))
    # The csv module quotes only the line break that ends its lines: with \n alone, a cell that
    # contains \r would stay open and start a new row in a spreadsheet.
    text = safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return _encoded(_with_newlines(text))


def _with_newlines(text: str) -> str:
    """Convert the line ends of a CSV text to newlines, except within quoted cells."""
    pieces = text.split('"')
    # Quotation marks are always paired, even within a cell, so pieces with an even number are
    # outside.
    pieces[::2] = [piece.replace("\r\n", "\n") for piece in pieces[::2]]
    return '"'.join(pieces)


def _json_value(value):
    """Return a cell for JSON: dates as text, missing values as null, infinity as text."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value == float("inf"):
        return "inf"
    return value.item() if hasattr(value, "item") else value


def _encoded(text: str) -> bytes:
    """Return a text as UTF-8; lone surrogates, which UTF-8 cannot encode, are escaped."""
    return text.encode("utf-8", "backslashreplace")


def _write(path: Path, data: bytes) -> None:
    """Write a file; if interrupted, the old file remains."""
    with atomic_write(path) as part:
        part.write_bytes(data)
