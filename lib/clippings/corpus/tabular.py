"""Files that hold many articles, one to a row or line: CSV, JSON Lines, Parquet. A reader each, a generator of rows."""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress

from clippings.core.errors import BadInput
from clippings.corpus.documents import MANY, Limits, checked, dated, decoded, library

COLUMNS = ("text", "title", "date", "outlet", "url")  # unless codebook/columns.csv names others


def read_csv(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    text = decoded(data)
    head = text[:10_000].partition("\n")[0]
    names = set(_names(limits).values())
    mark = max(
        ",;\t|", key=lambda mark: len(names & {cell.strip(' "\r') for cell in head.split(mark)})
    )
    before, number = (
        csv.field_size_limit(sys.maxsize),
        0,
    )  # one for all of Python: put back when done
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        if problem := _without_text(header, limits):
            raise BadInput(problem)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if len(cells) != len(header):
                wrong = f"has {len(cells)} cells and the header {len(header)}: mend the row and its quotation marks"
                yield f"#{number}", {"problem": wrong}
            else:
                yield f"#{number}", _told(dict(zip(header, cells, strict=True)), limits)
    except csv.Error as error:
        raise BadInput(
            f"cannot be read behind row {number} ({error}): mend the quotation marks there"
        ) from None
    finally:
        csv.field_size_limit(before)


def read_jsonl(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    lines = (line for line in io.StringIO(decoded(data), newline="\n") if line.strip())
    for number, line in enumerate(lines, 1):
        row = None
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
        wrong = {"problem": "not a JSON object: mend the line, or write one object a line"}
        yield f"#{number}", _told(row, limits) if isinstance(row, dict) else wrong


def read_parquet(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    file = library("pyarrow.parquet", "tables", "a Parquet table").ParquetFile(io.BytesIO(data))
    if problem := _without_text(file.schema_arrow.names, limits):
        raise BadInput(problem)
    present = [name for name in _names(limits).values() if name in file.schema_arrow.names]
    number, size = 0, 0
    for batch in file.iter_batches(
        batch_size=64, columns=present
    ):  # a small file may hold one large text many times
        size += batch.nbytes
        if size > MANY * limits.article:
            raise BadInput(
                f"unpacks to more than {MANY * limits.article / 1e6:g} MB: split it, or raise max_mb"
            )
        for row in batch.to_pylist():
            number += 1
            yield f"#{number}", _told(row, limits)


def _names(limits: Limits) -> dict[str, str]:
    """Our name of a column → theirs."""
    return {name: limits.names.get(name, name) for name in COLUMNS}


def _without_text(columns: list[str], limits: Limits) -> str:
    text, there = _names(limits)["text"], ", ".join(columns[:8])[:80]
    return (
        ""
        if text in columns
        else f"has no column {text} (but {there}): name it in codebook/columns.csv"
    )


def _told(row: dict, limits: Limits) -> dict:
    """One row of a table of articles. Half a character, which JSON may hold and nothing can save, becomes \\ufffd."""
    names = _names(limits)
    if problem := _without_text(list(row), limits):
        return {"problem": problem}
    own = {
        name: "" if row.get(theirs) is None else str(row[theirs]) for name, theirs in names.items()
    }
    own = {
        name: cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for name, cell in own.items()
    }
    text, day = own.pop("text"), own.pop("date").strip()
    more = {name: " ".join(cell.split()) for name, cell in own.items()}
    more["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return checked(text, **more, **dated(day, f"column {names['date']}"))
