"""Charts and tables as files: the same input gives the same bytes."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from clippings.core.atomic import aside
from clippings.core.csv_cells import guarded, unguarded
from clippings.core.errors import BadInput
from clippings.core.progress import in_turn
from clippings.corpus.article_ids import text_file_names
from clippings.corpus.codebook import read_codebook
from clippings.show.figure import SVG_LINK, anchor_of, draw_picture

AROUND = 32  # characters of text before and after a quotation
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"row": {"@id": "urn:clippings:row", "@type": "@json"}},
]


def write_chart(
    figure, counts: pd.DataFrame, evidence: pd.DataFrame, folder, name: str, manifest=None
) -> Path:
    """A chart with all that belongs to it.

    In: figure of a chart_ verb; counts, the table behind it; evidence, the rows it rests on; folder; name (letters,
    digits, - and _); manifest, a dict to print below the caption.
    Out: the path of charts/NAME.svg in folder; beside it NAME.png, NAME.csv, NAME.evidence.csv and NAME.txt (caption,
    alternative text). Raises: BadInput for another name; OSError when the folder cannot be written.
    Misses: nothing. Source: none.
    Example:
        >>> write_chart(None, None, None, "out", "../zones")
        Traceback (most recent call last):
        clippings.core.errors.BadInput: the name '../zones' is no file name: use letters, digits, - and _
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise BadInput(f"the name {name!r} is no file name: use letters, digits, - and _")
    charts = Path(folder) / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    caption = [figure.finding, f"Alt text: {figure.get_label()}"]
    caption += [f"{key}: {value}" for key, value in (manifest or {}).items()]
    _write(charts / f"{name}.png", draw_picture(figure, "png"))
    links = '<a xlink:href="../report.html#{}"'
    svg = SVG_LINK.sub(
        lambda link: links.format(anchor_of(name, unescape(link[1]))),
        draw_picture(figure, "svg").decode(),
    )
    _write(charts / f"{name}.svg", svg.encode())
    _write(charts / f"{name}.csv", csv_bytes(counts))
    _write(charts / f"{name}.evidence.csv", csv_bytes(evidence))
    _write(charts / f"{name}.txt", ("\n".join(caption) + "\n").encode())
    return charts / f"{name}.svg"


def write_tables(tables: dict[str, pd.DataFrame], folder) -> Path:
    """Every table as CSV, and every row of every span table as a W3C Web Annotation, one a line.

    In: dict name → table, as of find_all; folder.
    Out: the path of findings.jsonl in folder; beside it tables/NAME.csv. In CSV a text that a spreadsheet would take
    for a formula has an apostrophe before it; read_table takes it off again. An annotation has the label as its tag,
    selectors by position and by quotation (with the words around where tables has the articles), and the whole row.
    Raises: OSError when the folder cannot be written. Misses: nothing. Source: Web Annotation Data Model, W3C 2017.
    Example:
        >>> import tempfile
        >>> write_tables({}, tempfile.mkdtemp()).name
        'findings.jsonl'
    """
    root = Path(folder)
    (root / "tables").mkdir(parents=True, exist_ok=True)
    lines, articles = [], tables.get("articles")
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    for name, table in in_turn(tables.items(), "files", "table"):
        _write(root / "tables" / f"{name}.csv", csv_bytes(table))
        rows = table.to_dict("records") if "start" in table.columns else []
        lines += [json.dumps(_annotation(name, row, texts), ensure_ascii=False) for row in rows]
    _write(
        root / "findings.jsonl",
        "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"),
    )
    return root / "findings.jsonl"


def write_texts(articles: pd.DataFrame, folder) -> Path:
    """The text of every article as a file, for others who follow the offsets.

    In: articles; folder. Out: the path of texts in folder; in it a UTF-8 file for each article with a text, named as
    the article with signs that no file name may hold as %NN, and ~ and a hash where that is too long or taken.
    Raises: OSError when the folder cannot be written. Misses: nothing. Source: none.
    Example:
        >>> import tempfile
        >>> rows = pd.DataFrame({"article": ["../a.html#1"], "text": ["It fell."]})
        >>> [path.name for path in write_texts(rows, tempfile.mkdtemp()).iterdir()]
        ['..%2Fa.html%231.txt']
    """
    root = Path(folder) / "texts"
    root.mkdir(parents=True, exist_ok=True)
    texts = articles[articles.text != ""]
    names = text_file_names(texts.article.to_list())
    for name, text in zip(names, texts.text, strict=True):
        _write(root / name, text.encode())
    return root


def read_table(path) -> pd.DataFrame:
    """A table that write_tables or write_chart wrote, every cell as the text it was.

    In: path of a CSV file. Out: a table of texts. Raises: OSError when it cannot be read.
    Misses: types; numbers come back as text. Source: none.
    Example:
        >>> read_table("lib/clippings/lexicon/en/text/stopwords.csv").columns[0][:1]
        '#'
    """
    table = pd.read_csv(
        path, dtype="str", keep_default_na=False, encoding="utf-8", lineterminator="\n"
    )
    return table.map(unguarded)


def read_report(folder) -> dict:
    """A run as find_changes takes it, from the folder that a report was written to.

    In: folder, out/NAME of a report. Out: dict of tables (name → table of texts), codebook and manifest.
    Raises: BadInput when the folder holds no report. Misses: what the report did not write. Source: none.
    Example:
        >>> read_report("no such folder")
        Traceback (most recent call last):
        clippings.core.errors.BadInput: no such folder holds no report: name a folder like out/NAME with its manifest.json
    """
    root = Path(folder)
    if not (root / "manifest.json").is_file():
        raise BadInput(
            f"{folder} holds no report: name a folder like out/NAME with its manifest.json"
        )
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    tables = {path.stem: read_table(path) for path in sorted((root / "tables").glob("*.csv"))}
    return {"tables": tables, "codebook": read_codebook(root), "manifest": manifest}


def _annotation(table: str, row: dict, texts: dict[str, str]) -> dict:
    """A row as a Web Annotation; its id is made from what it holds."""
    row = {"table": table} | {key: _plain(cell) for key, cell in row.items()}
    article, start, end = row["article"], row["start"], row["end"]
    text = texts.get(article, "")
    around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    words = {"type": "TextQuoteSelector", "exact": row["text"]} | {
        key: said for key, said in around.items() if said
    }
    source = quote(article.encode("utf-8", "backslashreplace"))
    known = json.dumps(row, sort_keys=True).encode()
    return {
        "@context": CONTEXT,
        "id": f"urn:clippings:{hashlib.sha256(known).hexdigest()[:16]}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": row["label"]},
        "target": {"source": source, "selector": [place, words]},
        "row": row,
    }


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as the bytes of its file: UTF-8, lines with a newline, formula cells escaped, days as YYYY-MM-DD.

    In: any table. Out: bytes; carriage returns are kept inside quotes. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> csv_bytes(pd.DataFrame({"text": ["=1"]})).split()
        [b'text', b"'=1"]
    """
    safe = table.copy()
    for column in safe.columns:
        if pd.api.types.is_string_dtype(safe[column]) or safe[column].dtype == object:
            safe[column] = [
                guarded(cell) if isinstance(cell, str) else cell for cell in safe[column]
            ]
    return safe.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode(
        "utf-8", "backslashreplace"
    )


def _plain(value):
    """A cell for JSON: days as text, missing values as null, infinity as text."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value == float("inf"):
        return "inf"
    return value.item() if hasattr(value, "item") else value


def _write(path: Path, data: bytes) -> None:
    with aside(path) as part:
        part.write_bytes(data)
