"""Mutated articles through the whole chain:  python -m benchmarks.fuzz [INPUTS] [--seed N]   (make fuzz)

Takes the articles of the two corpora and small files of every other kind, changes bytes in each (from a seed, so that
a run can be repeated), mixes in texts that hypothesis makes, and reads and analyses them, a few to a folder. Prints
what crashed, took more than TEN seconds of CPU time, broke the span law or left a file without a row; exit code 1 when
anything did. The inputs that did are kept in a folder that is named.
"""

import argparse
import io
import random
import resource
import signal
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import clippings as cl
from benchmarks.worst_texts import PIECES

ROOT = Path(__file__).resolve().parents[1]
TEN = 10
TOGETHER = 4  # files in a folder
MEMORY = 4 << 30  # bytes; what needs more is a crash too
NASTY = [piece.encode() for piece in PIECES.values()] + [
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"]]>", b"<!--", b"&#x0;", b"99999999999999999999",
    b'"', b"\\ud800", b"{}", b"[[[[", b",,,,", b"\n\n", b"PK\x05\x06", b"%%EOF", b"endobj", b"stream", b"/Length -1", b"<w:p>", b"</w:p>",
]  # fmt: skip
BOUND = (b"PK\3\4", b"%PDF", b"PAR1", b"<htm")  # formats of which a piece is nothing
PAGE = "<html><head><title>{0}</title><meta property='article:published_time' content='2021-03-16'></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


def originals() -> dict[str, bytes]:
    """Good files of every kind that can be made here: name → bytes."""
    texts = {
        path.name: path.read_bytes()
        for folder in ("seeds", "tests/corpora/flood")
        for path in sorted((ROOT / folder).glob("0*.txt"))
    }
    some = [data.decode() for data in list(texts.values())[-3:]]
    rows = pd.DataFrame(
        {"text": some, "title": "Levee breaks", "date": "2021-03-16", "outlet": "Post", "url": "http://a.example/"}
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
    return files


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes of bytes: some put in, taken away, doubled, turned over or moved."""
    if chance.random() < 0.7 and data[:4] not in BOUND:  # most texts short: more of them in the same time
        at = chance.randrange(max(1, len(data) - 1500))
        data = data[at : at + 1500]
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
    return bytes(data[:200_000])


def analyse(folder: Path, codebook: dict) -> None:
    """Read and find everything; raises when a law is broken."""
    articles = cl.read_articles(folder)
    lost = {path.name for path in folder.iterdir()} - {
        name.partition("#")[0].partition("/")[0] for name in articles.article
    }
    assert not lost, f"no row for {sorted(lost)}"
    assert articles.article.is_unique, "two rows of one name"
    assert ((articles.text == "") == (articles.problem != "")).all(), "neither a text nor a problem"
    tables = cl.find_all(articles, codebook, k=2)
    for name, table in tables.items():
        if name != "articles":
            cl.check_spans(table, articles)
    with tempfile.TemporaryDirectory() as out:
        cl.write_tables(tables, out)
        cl.write_texts(articles, out)
    cl.say_brief(tables)
    for article in articles.article[articles.problem == ""][:1]:
        cl.show_article(articles, article, tables["passages"])


class Hang(Exception):
    pass


def _stop(*_):
    raise Hang(f"took more than {TEN} seconds")


def attempt(files: dict[str, bytes], codebook: dict, kept: Path) -> str:
    """What went wrong with some files, which are then kept."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, TEN)  # of this process, whatever else the machine does
        try:
            analyse(Path(folder), codebook)
            return ""
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"[:300]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    for name, data in files.items():
        kept.mkdir(parents=True, exist_ok=True)
        (kept / name).write_bytes(data)
    return f"{wrong} ({kept})"


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
    @given(st.lists(st.sampled_from(list(PIECES.values())) | st.text(max_size=30), max_size=30).map("".join))
    def collect(text):
        found.append(text.encode("utf-8", "surrogatepass"))

    from hypothesis import seed as seeded

    seeded(seed)(collect)()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="?", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance, files = random.Random(options.seed), originals()
    texts, codebook = (
        made_texts(options.inputs // 4, options.seed),
        cl.read_codebook(ROOT / "tests" / "corpora" / "flood"),
    )
    wrong, start = [], time.monotonic()
    kept = Path(tempfile.gettempdir()) / f"clippings-fuzz-{options.seed}"
    done = 0
    with suppress(KeyboardInterrupt):  # says how far it came
        for number in range(0, options.inputs, TOGETHER):
            group = {}
            for place in range(TOGETHER):
                name = chance.choice(sorted(files))
                good = place == TOGETHER - 1 and texts
                group[f"{place}{'.txt' if good else Path(name).suffix}"] = (
                    texts.pop() if good else mutated(files[name], chance)
                )
            if problem := attempt(group, codebook, kept / str(number)):
                wrong.append(problem)
                print(problem, flush=True)
            done = number + TOGETHER
    seconds = time.monotonic() - start
    print(f"{done:,} inputs of {len(files)} originals, seed {options.seed}: {len(wrong)} failures in {seconds:,.0f} s")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
