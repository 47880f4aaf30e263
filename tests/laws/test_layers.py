"""The house: imports point downwards only, and a finder package imports core and nothing else of ours."""

import ast
from pathlib import Path

import clippings

LIB = Path(clippings.__file__).parent
ORDER = [
    {"core"},
    {"corpus", "repeats", "themes", "actors", "timeline"},
    {"selection"},
    {"brief", "show"},
    {"pipeline", "example"},
    {"report"},
    {"__main__", "__init__"},
]
FLOOR = {name: number for number, names in enumerate(ORDER) for name in names}


def package_of(path: Path) -> str:
    """The package in which a module lies, or the module's own name at the top."""
    return path.relative_to(LIB).parts[0].removesuffix(".py")


def imported_packages(source: str) -> set[str]:
    """The packages of clippings that a source imports."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("clippings."):
            modules.add(node.module)
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names if name.name.startswith("clippings.")}
    return {module.split(".")[1] for module in modules}


def breaches(package: str, source: str) -> list[str]:
    """Packages that a source imports although they do not lie below its own."""
    others = imported_packages(source) - {package}
    return sorted(other for other in others if FLOOR[other] >= FLOOR[package])


def test_imports_point_downwards():
    wrong = {}
    for path in LIB.rglob("*.py"):
        found = breaches(package_of(path), path.read_text(encoding="utf-8"))
        if found:
            wrong[path.relative_to(LIB).as_posix()] = found
    assert wrong == {}


def test_an_import_of_a_neighbour_is_noticed():
    assert breaches("actors", "from clippings.timeline.times import find_times") == ["timeline"]
    assert breaches("core", "import clippings.corpus.reader as reader") == ["corpus"]
    assert breaches("brief", "from clippings.core.tables import cite") == []
