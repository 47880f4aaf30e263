"""Run mutated articles through all steps:  python -m benchmarks.fuzz [INPUTS] [--seed N] [--jobs N]   (make fuzz)

Takes the articles of the two corpora and small files of every other kind, changes bytes in each (from a seed, so that
a run can be repeated, with any number of jobs), mixes in texts that hypothesis makes, and reads and analyses them,
TOGETHER to a folder. Prints everything that crashed, took more than TEN seconds of CPU time, broke the span law or
left a file without a row; exit code 1 when anything did. A folder that fails is halved until the failing inputs remain; these are
kept in a folder whose name is printed, and so is the whole folder of a process that died.
"""

import argparse
import gzip
import io
import math
import os
import random
import re
import resource
import shutil
import signal
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import clippings as cl
from benchmarks.worst_texts import PIECES
from tests.corpus import builders
from tests.corpus.outlook_builder import msg_of

ROOT = Path(__file__).resolve().parents[1]
TEN = 10
TOGETHER = 128  # files in a folder
SOME = 4  # one of so many folders is also written, shown and told in a brief
LARGEST_REAL_FILE = 100_000  # bytes
MOST_REAL_FILES = 12  # of each kind
MEMORY = 4 << 30  # bytes; what needs more is a crash too
NASTY = [piece.encode() for piece in PIECES.values()] + [
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"]]>", b"<!--", b"&#x0;", b"99999999999999999999",
    b'"', b"\\ud800", b"{}", b"[[[[", b",,,,", b"\n\n", b"PK\x05\x06", b"%%EOF", b"endobj", b"stream", b"/Length -1", b"<w:p>", b"</w:p>",
]  # fmt: skip
BINARY = (b"PK\3\4", b"%PDF", b"PAR1", b"bpli", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0", b"arti")
MARKED = (b"<htm", b"text", b'{"te', b"From", b"<?xm", b"{\\rt", b"WARC")
BOUND = BINARY + MARKED  # how formats begin of which a piece is nothing
CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f]")
OTHERS = ".html|.pdf|.docx|.parquet|.rtf|.msg|.xml|.warc|.webarchive|.mhtml"  # what the readers of these raise on damaged files is theirs
OURS = "NameError|UnboundLocalError|TypeError|AttributeError|IndexError|KeyError|AssertionError"
PAGE = "<html><head><title>{0}</title><meta property='article:published_time' content='2021-03-16'></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


@cache
def originals() -> dict[str, bytes]:
    """Good files of every kind that can be made here: name → bytes."""
    texts = {
        path.name: path.read_bytes()
        for folder in ("seeds", "lib/clippings/data/flood")
        for path in sorted((ROOT / folder).glob("0*.txt"))
    }
    some = [data.decode()[:800] for data in list(texts.values())[-3:]]
    rows = pd.DataFrame(
        {
            "text": some,
            "title": "Levee breaks",
            "date": "2021-03-16",
            "outlet": "Post",
            "url": "http://a.example/",
        }
    )
    files = {
        **texts,
        "b.md": next(iter(texts.values())),
        "c.jsonl": rows.to_json(orient="records", lines=True).encode(),
    }
    files["d.csv"] = rows.to_csv(index=False).encode()
    files["e.html"] = PAGE.format("Levee breaks", "</p><p>".join(some[0].split("\n\n"))).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("d.csv", "e.html", next(iter(texts))):
            archive.writestr(name, files[name])
    files["f.zip"] = packed.getvalue()
    with suppress(ImportError):
        import docx

        document, file = docx.Document(), io.BytesIO()
        for paragraph in some[0].split("\n\n"):
            document.add_paragraph(paragraph)
        document.save(file)
        files["g.docx"] = file.getvalue()
    with suppress(ImportError):
        from matplotlib.figure import Figure  # draws PDF, and is there

        figure, file = Figure(figsize=(8, 11)), io.BytesIO()
        figure.text(0.05, 0.05, some[0], fontsize=6)
        figure.savefig(file, format="pdf")
        files["h.pdf"] = file.getvalue()
    with suppress(ImportError):
        file = io.BytesIO()
        rows.to_parquet(file)
        files["i.parquet"] = file.getvalue()
    return files | everyday_files(some) | real_files()


def everyday_files(some: list[str]) -> dict[str, bytes]:
    """Mails, books, feeds, notes, web archives and packed files of these texts."""
    story, *others = some
    html = builders.html_of(*story.split("\n\n"))
    page = builders.page_of(*story.split("\n\n"))
    attached = {"a.html": page.encode(), "b.txt": others[0].encode()}
    files = {
        "j.eml": builders.mail_of(story, html, attachments=attached),
        "k.mbox": builders.mailbox_of(*(builders.mail_of(text) for text in some)),
        "l.odt": builders.odt_of("".join(f"<text:p>{escape(text)}</text:p>" for text in some)),
        "m.epub": builders.epub_of({"a.xhtml": html, "b.xhtml": builders.html_of(*others)}),
        "n.enex": builders.enex_of({"title": "Levee", "content": html}),
        "o.xml": builders.rss_of(*(f"<description>{escape(text)}</description>" for text in some)),
        "p.rtf": builders.rtf_of(*story.split("\n\n")),
        "q.mhtml": builders.mhtml_of(page),
        "r.webarchive": builders.webarchive_of(page),
        "s.gz": gzip.compress(story.encode(), mtime=0),
        "t.tar": builders.tar_of({"article.txt": story.encode()}),
        "u.msg": msg_of("Levee breaks", story, attachments={"b.txt": others[0].encode()}),
    }
    with suppress(ImportError):
        files["v.warc"] = builders.warc_of({"http://a.example/": ("text/html", page)}, packed=False)
    return files


def real_files() -> dict[str, bytes]:
    """Pages, Word files and PDFs that other people made: those that installed packages ship."""
    packages = Path(pd.__file__).parents[1]
    files = {}
    for suffix in (".html", ".docx", ".pdf"):
        paths = sorted(packages.rglob(f"*{suffix}"), key=lambda path: path.as_posix())
        small = [path for path in paths if 0 < path.stat().st_size < LARGEST_REAL_FILE]
        small.sort(key=lambda path: -path.stat().st_size)
        for number, path in enumerate(small[:MOST_REAL_FILES]):
            files[f"real{number}{suffix}"] = path.read_bytes()
    return files


@cache
def codebook_files() -> dict[str, list[bytes]]:
    """The tables of the codebooks that we have, by name: the files of each."""
    files: dict[str, list[bytes]] = {}
    for folder in ("seeds", "lib/clippings/data/flood"):
        for path in sorted((ROOT / folder / "codebook").glob("*.csv")):
            files.setdefault(path.name, []).append(path.read_bytes())
    return files


def spliced_codebook(chance: random.Random) -> dict[str, bytes]:
    """A codebook whose rows come from all tables and whose bytes are changed; often refused.

    A regular expression of a codebook may take any time, and is the analyst's; so there is none.
    """
    files = codebook_files()
    lines = [line for many in files.values() for data in many for line in data.split(b"\n")]
    spliced = {}
    for name, versions in files.items():
        table = chance.choice(versions).split(b"\n")
        for _ in range(chance.choice((0, 0, 1, 2, 5))):
            table.insert(chance.randrange(len(table) + 1), chance.choice(lines))
        data = b"\n".join(table)
        if chance.random() < 0.2:
            data = changed(data, chance)
        spliced[name] = data.replace(b"/", b"") if chance.random() < 0.9 else b""
    return spliced


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes of bytes: some put in, taken away, doubled, turned over or moved."""
    if chance.random() < 0.95 and not data.startswith(
        BOUND
    ):  # most texts short: more of them in the same time
        length = chance.choice((100, 200, 400, 800))
        at = chance.randrange(max(1, len(data) - length))
        data = data[at : at + length]
    data = changed(data, chance)
    if chance.random() < 0.7 and not data.startswith(
        BINARY
    ):  # most are a text still: more of them come further
        return CONTROLS.sub(b"", data).decode("utf-8", "ignore")[:200_000].encode()
    return data[:200_000]


def changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them put in, taken away, doubled, turned over or moved."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 5, 40, 400))
        kind = chance.randrange(6)
        if kind == 0:
            data[at:at] = chance.choice(NASTY) * chance.choice((1, 1, 3, 50))
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length] * chance.choice((1, 2, 20))
        elif kind == 3 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 4:
            piece = data[at : at + length]
            del data[at : at + length]
            place = chance.randrange(len(data) + 1)
            data[place:place] = piece
        else:
            data[at : at + length] = chance.randbytes(length)
    return bytes(data)


def analyse(folder: Path, codebook: dict, whole: bool) -> None:
    """Read and find everything; raises when a law is broken."""
    if (folder / "codebook").is_dir():
        try:
            codebook = cl.read_codebook(folder)
            articles = cl.read_articles(folder)
        except cl.BadInput as error:
            assert "\n" not in str(error), "an error of several lines"
            shutil.rmtree(folder / "codebook")
            articles = cl.read_articles(folder)
    else:
        articles = cl.read_articles(folder)
    lost = {path.name for path in folder.iterdir() if path.is_file()} - {
        name.partition("#")[0].partition("/")[0] for name in articles.article
    }
    assert not lost, f"no row for {sorted(lost)}"
    assert articles.article.is_unique, "two rows of one name"
    assert ((articles.text == "") == (articles.problem != "")).all(), "neither a text nor a problem"
    strange = articles[articles.problem.str.contains(OURS) & ~articles.article.str.contains(OTHERS)]
    assert strange.empty, f"{strange.article.iloc[0]}: {strange.problem.iloc[0]}"
    tables = cl.find_all(articles, codebook, k=2)
    for name, table in tables.items():
        if name != "articles":
            cl.check_spans(table, articles)
    if not whole:
        return
    cl.show_brief(cl.compose_brief(tables), tables)
    cl.propose_repairs(articles, tables["passages"])
    cl.propose_aliases(tables["mentions"])
    cl.count_cooccurrence(tables["mentions"], tables["passages"])
    with tempfile.TemporaryDirectory() as out:
        cl.write_tables(tables, out)
        cl.write_texts(articles, out)
    for article in articles.article[articles.problem == ""][:1]:
        cl.show_article(articles, article, tables["passages"], tables["mentions"])


class Hang(Exception):
    pass


def _stop(*_):
    raise Hang(f"took more than {TEN} seconds")


def attempt(files: dict[str, bytes], codebook: dict, whole: bool) -> str:
    """What goes wrong with some files; empty when nothing does."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, TEN)  # of this process, whatever else the machine does
        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(spent) + 3 * TEN, -1)
        )  # where no Python runs: the process ends
        try:
            analyse(Path(folder), codebook, whole)
            return ""
        except Exception as error:
            return f"{type(error).__name__}: {error}"[:300]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def least(
    files: dict[str, bytes], codebook: dict, whole: bool
) -> list[tuple[str, dict[str, bytes]]]:
    """What goes wrong with some files, each with the least part of them, cut in halves, with which it does."""
    wrong = attempt(files, codebook, whole)
    if not wrong or len(files) == 1:
        return [(wrong, files)] if wrong else []
    names, middle = list(files), len(files) // 2
    found = [
        problem
        for half in (names[:middle], names[middle:])
        for problem in least({name: files[name] for name in half}, codebook, whole)
    ]
    slow = wrong.startswith("Hang")  # of many files together, not of one
    return found or ([] if slow else [(wrong, files)])


def group_of(seed: int, number: int) -> dict[str, bytes]:
    """The inputs of one folder: name → bytes; the same for the same seed and number."""
    chance, files = random.Random(f"{seed} {number}"), originals()
    texts = made_texts(TOGETHER // 4, chance.randrange(1 << 32))
    group = {f"{place}.txt": text for place, text in enumerate(texts)}
    for place in range(len(texts), TOGETHER):
        name = chance.choice(sorted(files))
        group[f"{place}{Path(name).suffix}"] = mutated(files[name], chance)
    if number % 2:
        for name, data in spliced_codebook(chance).items():
            group[f"codebook/{name}"] = data
    return group


def keep(files: dict[str, bytes], kept: Path) -> None:
    for name, data in files.items():
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        (kept / name).write_bytes(data)


def begin() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def try_group(seed: int, number: int, kept: Path) -> list[str]:
    """What went wrong in one folder; its inputs are kept."""
    codebook = cl.read_codebook(ROOT / "lib" / "clippings" / "data" / "flood")
    problems = least(group_of(seed, number), codebook, whole=number % SOME == 0)
    for place, (_, files) in enumerate(problems):
        keep(files, kept / f"{number}-{place}")
    return [f"{wrong} ({kept / f'{number}-{place}'})" for place, (wrong, _) in enumerate(problems)]


def lane(seed: int, numbers: Iterator[int], kept: Path) -> int:
    """Folder after folder in a process of its own, and in a new one where one ended; the number of failures."""
    pool, failures = None, 0
    for number in numbers:
        pool = pool or ProcessPoolExecutor(1, get_context("spawn"), begin)
        try:
            wrong = pool.submit(try_group, seed, number, kept).result()
        except BrokenProcessPool:
            pool = None
            keep(group_of(seed, number), kept / str(number))
            wrong = [f"the process ended ({kept / str(number)})"]
        failures += len(wrong)
        print(*wrong, sep="\n", end="\n" * bool(wrong), flush=True)
        if number % 25 == 24:
            print(f"{TOGETHER * (number + 1):,} begun", flush=True)
    if pool:
        pool.shutdown()
    return failures


def made_texts(number: int, seed: int) -> list[bytes]:
    """Texts of hypothesis, of signs and pieces that it likes."""
    found: list[bytes] = []

    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(st.sampled_from(list(PIECES.values())) | st.text(max_size=30), max_size=30).map(
            "".join
        )
    )
    def collect(text):
        found.append(text.encode("utf-8", "surrogatepass"))

    from hypothesis import seed as seeded

    seeded(seed)(collect)()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="?", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    options = parser.parse_args()
    kept, start = Path(tempfile.gettempdir()) / f"clippings-fuzz-{options.seed}", time.monotonic()
    folders = math.ceil(options.inputs / TOGETHER)
    with ThreadPoolExecutor(options.jobs) as lanes:
        each = (range(first, folders, options.jobs) for first in range(options.jobs))
        failures = sum(lanes.map(lambda numbers: lane(options.seed, numbers, kept), each))
    seconds, inputs = time.monotonic() - start, folders * TOGETHER
    print(f"{inputs:,} inputs, seed {options.seed}: {failures} failures in {seconds:,.0f} s")
    return bool(failures)


if __name__ == "__main__":
    raise SystemExit(main())
