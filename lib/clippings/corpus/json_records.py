"""Find the records of a JSON file, one object per article, in many different structures."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.column_names import UNSURE, clean_names, find_synonym

MAX_DEPTH = 6  # nested levels that are searched for the list of articles
MAX_FIELD_DEPTH = 4  # levels of an article's own objects: byline.person.0 is too deep already
MIN_PROSE_LENGTH = 100  # characters of a text under a name that is not known, as in tables
MIN_PROSE_WORDS = 8
SAMPLE_RECORDS = 20  # of a list, that show whether it is one of articles
BLANKS = re.compile(r"[\s,]*")  # between two values that appear one after the other
LEADING_BLANKS = re.compile(r"\s*")
EMPTY_VALUES = ([], {}, None)
CLOSING = ("]", "}")
UNTERMINATED = "Unterminated string"  # how Python's message on it begins
MARK = "\ufeff"
# window.articles = {…};   callback({…})   )]}', {…}   var data = […]
CODE_AROUND = re.compile(r"\s*(?:[\w.$ ]+\s*[=(]\s*|\)\]\}'?,?\s*)(?=[\[{])")


class NotJson(BadInput):
    """A file that is not a JSON document."""


def flatten(record: dict, prefix: str = "", depth: int = 0) -> dict[str, object]:
    """Write the keys of nested objects as paths.

    Parameters
    ----------
    record : dict
        An object.
    prefix : str, optional
        The path to it, which ends with a dot.
    depth : int, optional
        The number of objects around it.

    Returns
    -------
    dict
        Its values by paths like "source.name". Lists stay as they are.

    Examples
    --------
    >>> flatten({"title": "Levee breaks", "source": {"name": "Post"}})
    {'title': 'Levee breaks', 'source.name': 'Post'}
    """
    if not prefix and not any(isinstance(value, dict) for value in record.values()):
        return record
    cells: dict[str, object] = {}
    for key, value in record.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < MAX_FIELD_DEPTH:
            cells |= flatten(value, f"{path}.", depth + 1)
        else:
            cells[path] = value
    return cells


def records_of_lines(text: str) -> Iterator[dict | None]:
    """Read JSON Lines.

    Parameters
    ----------
    text : str
        A file with one object per line.

    Yields
    ------
    dict or None
        The object of each line that is not blank; None if it contains something else.
    """
    start = 0
    while start < len(text):
        # str.splitlines would also split at U+2028, which JSON may contain.
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip().removeprefix(MARK)
        start = end + 1
        if line:
            yield _object_of_line(line)


def _object_of_line(line: str) -> dict | None:
    """Return the object in a line, which may end with a comma; None for anything else."""
    for source in (line, line.rstrip(",")):
        with suppress(ValueError, RecursionError):
            value = json.loads(source)
            if isinstance(value, dict):
                return value
    return None


def begins_with_object_line(text: str) -> bool:
    """Return whether the first line that is not blank is an object, as in JSON Lines.

    Examples
    --------
    >>> begins_with_object_line('{"text": "One."}\\n{"text": "Two."}')
    True
    >>> begins_with_object_line('[{"text": "One."}]')
    False
    """
    start = LEADING_BLANKS.match(text.removeprefix(MARK)).end()
    first_line = text.removeprefix(MARK)[start:].partition("\n")[0]
    return _object_of_line(first_line.strip()) is not None


def records_of_document(text: str) -> list[dict]:
    """Read the articles of a JSON document.

    Parameters
    ----------
    text : str
        A file that contains one value, or several one after the other.

    Returns
    -------
    list of dict
        One object per article.

    Raises
    ------
    BadInput
        When it is not JSON (`NotJson`); the message names the line. When it contains no objects
        that could be articles: put them into a list.

    Notes
    -----
    Read are a list of objects; one object; a list of objects under any key; an object of objects
    (`{"id 1": {…}, "id 2": {…}}`); the columns of a table (`{"text": ["…", "…"]}` and
    `{"text": {"0": "…", "1": "…"}}`, as pandas writes them); a list of rows below their names.

    Examples
    --------
    >>> records_of_document('{"status": "ok", "articles": [{"title": "A"}, {"title": "B"}]}')
    [{'title': 'A'}, {'title': 'B'}]
    """
    values = _values_of(text)
    value = values[0] if len(values) == 1 else values
    records = _records_in(value)
    if not records and value not in EMPTY_VALUES:
        raise BadInput(problems.json_without_articles(_described(value)))
    return records


def _values_of(text: str) -> list:
    """Return the values that appear in a file one after the other."""
    decoder = json.JSONDecoder()
    text = text.removeprefix(MARK)
    code = CODE_AROUND.match(text)
    position = code.end() if code else LEADING_BLANKS.match(text).end()
    values = []
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except RecursionError:
            raise NotJson(problems.json_too_deep()) from None
        except json.JSONDecodeError as error:
            if code and values:
                break  # the end of the code around it
            raise NotJson(_json_problem(text, error)) from None
        values.append(value)
        position = BLANKS.match(text, position).end()
    return values


def _json_problem(text: str, error: json.JSONDecodeError) -> str:
    """Describe the error in a JSON file and its location."""
    before = text[: error.pos].rstrip()
    at = text[error.pos : error.pos + 1]
    after = LEADING_BLANKS.sub("", text[error.pos + 1 : error.pos + 1000], count=1)[:1]
    if (before.endswith(",") and at in CLOSING) or (at == "," and after in CLOSING):
        return problems.trailing_comma(error.lineno)
    if error.pos >= len(text.rstrip()) or error.msg.startswith(UNTERMINATED):
        return problems.json_ends_early(error.lineno)
    return problems.broken_json(error.lineno, error.colno, error.msg)


def _records_in(value: object, depth: int = 0) -> list[dict]:
    """Return the articles in a value."""
    if depth > MAX_DEPTH:
        return []
    if isinstance(value, list):
        return _records_in_list(value, depth)
    if not isinstance(value, dict):
        return []
    if _split_table(value):
        return _split_table(value)
    by_id = _objects_by_id(value)
    if by_id:
        return by_id
    columns = _records_of_columns(value)
    if columns:
        return columns
    if _has_sure_text(flatten(value)):
        return [value]  # a list in it is one of other things: related articles, pictures
    nested = [_records_in(inner, depth + 1) for inner in value.values()]
    nested = [records for records in nested if records]
    best = max(nested, key=_likeness, default=[])
    if _likeness(best) > _likeness([value]):
        return best
    return [value] if _likeness([value]).is_possible else []


def _records_in_list(values: list, depth: int) -> list[dict]:
    """Return the objects in a list; rows below their names; or the objects in its lists."""
    objects = [value for value in values if isinstance(value, dict)]
    if _likeness(objects).has_text:
        return objects
    if objects:
        inner = _records_in_each(objects, depth + 1)
        # Several answers of an interface, one after the other, each with a list of articles.
        return inner if _likeness(inner) > _likeness(objects) else objects
    rows = [value for value in values if isinstance(value, list)]
    if len(rows) > 1 and all(isinstance(cell, str) for cell in rows[0]):
        names = clean_names(rows[0])
        if any(find_synonym(name) for name in names):
            return [dict(zip(names, row, strict=False)) for row in rows[1:]]
    return _records_in_each(rows, depth + 1)


def _records_in_each(values: list, depth: int) -> list[dict]:
    """Return the objects in several values, in order."""
    records = []
    for value in values:
        records.extend(_records_in(value, depth))
    return records


def _split_table(value: dict) -> list[dict]:
    """Return the rows of {"columns": […], "data": [[…], …]}, as pandas and databases write them."""
    names = value.get("columns") or value.get("header") or value.get("fields")
    rows = value.get("data") or value.get("rows") or value.get("values")
    if not isinstance(names, list) or not isinstance(rows, list):
        return []
    if not all(isinstance(name, str) for name in names):
        return []
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _records_of_columns(value: dict) -> list[dict]:
    """Return the rows of a table whose columns are lists or objects of one length."""
    if len(value) < 1 or not any(find_synonym(name) for name in value):
        return []
    columns = list(value.values())
    if all(isinstance(column, dict) and column for column in columns):
        keys = list(columns[0])
        have_same_keys = all(list(column) == keys for column in columns)
        is_numbered = all(key.isdecimal() for key in keys)
        if have_same_keys and (is_numbered or len(columns) > 1):
            return [{name: value[name][key] for name in value} for key in keys]
        return []
    if not all(isinstance(column, list) for column in columns) or len(columns) < 2:
        return []
    lengths = {len(column) for column in columns}
    if len(lengths) != 1:
        return []
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]


def _objects_by_id(value: dict) -> list[dict]:
    """Return the objects of {"id 1": {…}, "id 2": {…}}, if all are like articles."""
    objects = [inner for inner in value.values() if isinstance(inner, dict)]
    if not objects or len(objects) != len(value):
        return []
    sample = objects[:SAMPLE_RECORDS]
    return objects if all(_likeness([one]).is_possible for one in sample) else []


class _Likeness(NamedTuple):
    """The likeness of records to articles; the fields are compared in this order."""

    is_possible: bool
    has_text: bool
    number: int


def _likeness(records: list[dict]) -> _Likeness:
    """Return how closely records resemble articles: they have texts or titles, and are many."""
    sample = [flatten(record) for record in records[:SAMPLE_RECORDS]]
    has_text = any(_has_column(cells, "text") or _has_prose(cells) for cells in sample)
    has_title = any(_has_column(cells, "title") for cells in sample)
    is_possible = has_text or has_title
    return _Likeness(is_possible, has_text, len(records) if is_possible else 0)


def _has_column(cells: dict, column: str) -> bool:
    """Return whether a record has one of our columns."""
    for name, value in cells.items():
        synonym = find_synonym(name)
        if synonym is None or synonym.column != column:
            continue
        # The list under a key like "news" or "content" may be that of the articles.
        if isinstance(value, str) or (isinstance(value, list) and _are_paragraphs(value)):
            return True
    return False


def _has_sure_text(cells: dict) -> bool:
    """Return whether a record has a text under a name that means nothing else."""
    sure = {}
    for name, value in cells.items():
        synonym = find_synonym(name)
        if value and synonym is not None and synonym.kind != UNSURE:
            sure[name] = value
    return _has_column(sure, "text")


def _has_prose(cells: dict) -> bool:
    """Return whether a record has a long text under any name that is not that of something else."""
    for name, value in cells.items():
        synonym = find_synonym(name)
        is_other_column = synonym is not None and synonym.column != "text"
        if is_other_column or not isinstance(value, str):
            continue
        if len(value) >= MIN_PROSE_LENGTH and value.count(" ") >= MIN_PROSE_WORDS:
            return True
    return False


def _are_paragraphs(values: list) -> bool:
    """Return whether the objects in a list are paragraphs of a text: they have no title."""
    objects = [value for value in values if isinstance(value, dict)]
    return not any(_has_column(flatten(one), "title") for one in objects[:SAMPLE_RECORDS])


def _described(value: object) -> str:
    """Return what a document contains, in a word or two for its problem."""
    if isinstance(value, dict):
        return ", ".join(list(value)[:8])[:80]
    if isinstance(value, list):
        return f"a list of {len(value):,} values"
    return type(value).__name__
