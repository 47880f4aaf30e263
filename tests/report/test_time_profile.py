"""Where the time of a report went: its steps, and the cells that took longest."""

from types import SimpleNamespace

from clippings.__main__ import main
from clippings.report import time_profile
from clippings.report.time_profile import MAX_CELLS, TimeProfile


def cell_of(source: str) -> SimpleNamespace:
    """A cell of a notebook with this code."""
    return SimpleNamespace(id=f"id of {source}", source=source)


def clock(monkeypatch, *moments: float) -> None:
    """Let the clock show these moments, one after the other."""
    shown = iter(moments)
    monkeypatch.setattr(time_profile, "time", SimpleNamespace(perf_counter=lambda: next(shown)))


def test_steps_are_listed_in_order_and_repeated_ones_added_up(monkeypatch):
    clock(monkeypatch, 0, 2, 10, 11, 20, 23)
    profile = TimeProfile()
    for name in ("read", "write", "read"):
        with profile.step(name):
            pass
    assert profile.lines() == ["Time by step (6.0 s):", "      5.0 s read", "      1.0 s write"]


def test_the_slowest_cells_come_first_with_their_last_line(monkeypatch):
    profile = TimeProfile()
    long = "x" * 100
    sources = ["a = 1\nchart(a)", "", long, *(f"cell {number}" for number in range(MAX_CELLS))]
    for number, source in enumerate(sources):
        clock(monkeypatch, 0, 10 - number / 10)
        profile.begin_cell(cell_of(source))
        profile.end_cell("06_brief.ipynb", cell_of(source))
    _, _, *cells = profile.lines()
    assert cells[0].endswith("10.0 s 06_brief.ipynb: chart(a)")
    assert cells[1].endswith(f"{'x' * time_profile.LONGEST_SOURCE}…")
    assert len(cells) == MAX_CELLS


def test_a_cell_that_did_not_begin_is_not_listed():
    profile = TimeProfile()
    profile.end_cell("06_brief.ipynb", cell_of("a = 1"))
    assert profile.lines() == ["Time by step (0.0 s):"]


def test_the_command_prints_the_profile(tmp_path, capsys):
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "a.txt").write_text("The levee in Ostrand broke on Monday, Anna Bell said.\n")
    code = main(["report", "--quiet", "--profile", f"--out={tmp_path / 'out'}", str(folder)])
    printed = capsys.readouterr()
    assert code == 0
    lines = (printed.out + printed.err).splitlines()
    assert any(line.endswith(" s run the notebooks") for line in lines)
    assert any("06_brief.ipynb: " in line for line in lines)
