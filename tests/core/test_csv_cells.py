"""Cells of CSV files: harmless in a spreadsheet, and read back exactly, whatever characters they hold."""

import csv
import io
import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.core.csv_cells import csv_line, guarded, read_records, unguarded
from clippings.core.terminal import printable
from clippings.report.export import csv_bytes

CHARACTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
SPREADSHEET_OPERATORS = "=+-@"
HOSTILE = ["\r", "\n", "\t", '"', "'", ",", ";", "=", "＝", "-", "@", "\ufeff", "\u2028", "#", "a"]


def test_every_character_comes_back_wherever_it_stands():
    lost = [
        cell
        for character in CHARACTERS
        for cell in (character, f"'{character}=1")
        if unguarded(guarded(cell)) != cell
    ]
    assert lost == []


def test_every_operator_is_guarded_in_each_of_its_forms():
    operators = [
        character
        for character in CHARACTERS
        if unicodedata.normalize("NFKC", character) in [*SPREADSHEET_OPERATORS]
    ]
    assert len(operators) > 12
    assert [sign for sign in operators if not guarded(f"{sign}1").startswith("'")] == []


def test_what_a_spreadsheet_drops_hides_no_operator():
    """Blanks, control and format characters in front of an operator."""
    dropped = [
        character
        for character in CHARACTERS
        if character.isspace() or unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp")
    ]
    dropped += ["\ufeff", "\u200b", "\u2060", "\u202e", "\u00ad", "\ufeff \t\n"]
    assert [lead for lead in dropped if not guarded(f"{lead}=1").startswith("'")] == []
    assert [cell for cell in ("a=1", "1-2", "“=1”", "word") if guarded(cell) != cell] == []


def rows_of_spreadsheet(data: bytes) -> list[list[str]]:
    """Return the rows for programs in which a carriage return ends a line, except in quotes."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("inside", ["a\r=1", "a\n=1", "a\r\n=1", "\r=1", "a\r"])
def test_a_line_break_inside_a_cell_starts_no_row(inside):
    table = pd.DataFrame({"text": [inside, "b"], "number": [1, 2]})
    assert len(rows_of_spreadsheet(csv_bytes(table))) == 3
    assert len(rows_of_spreadsheet(csv_line([inside, "b"]).encode())) == 1


def test_headers_and_categories_are_guarded_too():
    table = pd.DataFrame({"=1": pd.Categorical(["+2"]), "b": pd.Series(["@3"], dtype=object)})
    cells = [cell for row in rows_of_spreadsheet(csv_bytes(table)) for cell in row]
    assert [cell for cell in cells if re.match(r"[=+@]", cell)] == []


def test_a_table_of_every_character_is_read_back(tmp_path):
    text = "".join(CHARACTERS)
    alone = [c for c in CHARACTERS if unicodedata.category(c) not in ("Cn", "Co", "Lo", "So")]
    together = [text[start : start + 50] for start in range(0, len(text), 50)]
    table = pd.DataFrame({"text": alone + together}, dtype="str")
    (tmp_path / "a.csv").write_bytes(csv_bytes(table))
    back = cl.read_table(tmp_path / "a.csv")
    assert back.equals(table)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            *[
                st.text(
                    st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"]))
                )
            ]
            * 2
        ),
        min_size=1,
    )
)
def test_any_table_is_read_back(tmp_path_factory, rows):
    table = pd.DataFrame(rows, columns=["a", "b"], dtype="str")
    path = tmp_path_factory.mktemp("tables") / "a.csv"
    path.write_bytes(csv_bytes(table))
    assert cl.read_table(path).equals(table)


def test_a_cell_of_any_length_is_read():
    limit = csv.field_size_limit()
    assert read_records(f"a\n{'x' * 200_000}\n")[1] == ["x" * 200_000]
    assert csv.field_size_limit() == limit


def test_nothing_that_is_printed_can_steer_the_terminal():
    steering = [
        character
        for character in [*CHARACTERS, "\ud800", "\udfff"]
        if unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
        or unicodedata.bidirectional(character) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI")
    ]
    assert len(steering) > 70
    assert [character for character in steering if character in printable(f"a{character}b")] == []
    plain = [character for character in CHARACTERS if unicodedata.category(character)[0] in "LNS"]
    assert [character for character in plain if printable(character) != character] == []
