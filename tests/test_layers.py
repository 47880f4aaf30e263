"""The rooms: imports point downwards, siblings never import each other, the library knows no corpus."""

import ast
import inspect
import io
import tokenize
from pathlib import Path

import clippings

LIB = Path(clippings.__file__).parent
LEVELS = [
    {"aside", "errors", "lexicon", "measures", "nearby", "days"},
    {"text", "drawing", "fingerprints", "runs", "moments"},
    {"sentences", "terms"},
    {"names"},
    {"evidence", "marks", "speakers"},
    {"reported"},
    {"tables", "shown"},
    {"causes", "codebook", "page", "language", "reuse", "copies", "timewords", "kept"},
    {"zones", "decode"},
    {"article_files", "jobs", "shuffle"},
    {"table_files"},
    {"formats"},
    {"read"},
    {
        "repeats",
        "missed",
        "themes",
        "mentions",
        "actors",
        "quotes",
        "times",
        "events",
        "amounts",
        "cues",
        "words",
        "clusters",
        "repairs",
    },
    {"bounds", "calendar", "claims"},
    {"run", "changes", "accounts", "proposals"},
    {"show", "pages", "alignment", "charts", "matrices", "network", "timeline", "brief"},
    {"export", "views"},
    {"explore", "linked", "document", "excerpts"},
    {"layout"},
    {"report"},
    {"__main__", "__init__"},
]
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}


def imports_of(source: str) -> set[str]:
    """The modules of clippings that a source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("clippings."):
            found.add(node.module.split(".")[1])
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("clippings.")}
    return found


def breaches(name: str, source: str) -> list[str]:
    """Imports that do not point down from a module."""
    return [other for other in sorted(imports_of(source)) if LEVEL[other] >= LEVEL[name]]


def test_every_module_has_its_level():
    assert {path.stem for path in LIB.glob("*.py")} == set(LEVEL)


def test_imports_point_downwards():
    wrong = {path.stem: breaches(path.stem, path.read_text(encoding="utf-8")) for path in LIB.glob("*.py")}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_an_import_of_a_sibling_is_seen():
    assert breaches("quotes", "from clippings.mentions import find_mentions") == ["mentions"]


def test_public_functions_say_in_out_raises_misses_source_example():
    parts = ("In:", "Out:", "Raises:", "Misses:", "Source:", "Example:")
    public = [
        value for name, value in vars(clippings).items() if inspect.isfunction(value) and not name.startswith("_")
    ]
    lacking = {f.__name__: [part for part in parts if part not in (f.__doc__ or "")] for f in public}
    assert {name: found for name, found in lacking.items() if found} == {}
    assert len(public) > 40


def code_lines(source: str) -> set[int]:
    """Numbers of the lines with code: no blank lines, comments and docstrings, which are looked up and not read through."""
    marks = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in marks]
    lines = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        first = node.body[0] if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            lines -= set(range(first.lineno, first.end_lineno + 1))
    return lines


def test_lines_of_code_are_told_from_others():
    assert code_lines(
        '"""Doc."""\n\n# why\nx = """a\n\nb"""\n\n\ndef f():\n    """Doc\n\n    more."""\n    return x  # y\n'
    ) == {4, 5, 6, 9, 13}


def test_the_library_can_be_read_in_an_afternoon():
    """A bound that only more capabilities may raise: views, comparison of runs, brief and cluster took it over 6,000."""
    assert sum(len(code_lines(path.read_text(encoding="utf-8"))) for path in LIB.glob("*.py")) < 8250
