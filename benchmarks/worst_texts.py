"""Seconds per finder on the worst texts that we could devise:  python -m benchmarks.worst_texts [MB ...] [--only WORD]

Each text is one piece repeated many times, as one article with a single passage, and as find_passages cuts it. Prints
a line where twice the text takes more than THREE times as long or a megabyte more than PACE seconds, or where a finder
fails or is stopped; at the end the slowest text of each finder. Sizes are 1, 2 and 4 MB where none are given.
"""

import argparse
import random
import signal
import time
from collections import defaultdict

import clippings as cl
from clippings.core.tables import make_table
from clippings.corpus.encodings import decode_text

THREE = 3.0  # for twice the text: what is linear takes two times as long, give or take what else the machine does
LEAST = 0.5  # seconds below which a ratio says nothing
PATIENCE = 120
PACE = 100  # seconds for a megabyte, above which a finder is reported whatever the ratio

PIECES = {
    **{f"only {name}": sign for name, sign in {
        "one letter": "a", "one capital": "A", "digits": "1", "blanks": " ", "line ends": "\n", "tabs": "\t", "no-break spaces": "\u00a0",
        "straight marks": '"', "opening marks": "“", "closing marks": "”", "apostrophes": "'", "guillemets": "«", "brackets": "(",
        "square brackets": "[", "tags": "<", "stops": ".", "commas": ",", "dashes": "-", "long dashes": "—", "stars": "*",
        "hashes": "#", "pipes": "|", "ampersands": "&", "accents": "e\u0301", "marks over nothing": "\u0301", "emoji": "😀",
        "joiners": "\u200d", "zero-width": "\u200b", "slashes": "/", "at signs": "a@", "colons": ":",
    }.items()},
    "nested brackets": "([{<", "marks and blanks": '" ', "marks and letters": '"a ', "open and letters": "“a ", "close and letters": "a” ",
    "marks, commas": '"a," ', "single open": "‘a ", "apostrophe words": "a'", "hyphen words": "a-", "dotted words": "a.", "initials": "A. ",
    "capitals": "Ab ", "capital lines": "AB CD ", "titles": "Mr. ", "titles and names": "Mr. Bell ", "general": "General ", "of": "of ", "of names": "Bank of ",
    "names and and": "Bell and ", "possessives": "Bell's ", "names commas": "Bell, ", "genitives": "the ", "acronyms": "Ab (AB) ", "nationality": "German ",
    "said": "said ", "he said": "he said, ", "said that": "said that ", "told": "Bell told Bell that ", "quoted": "“It fell,” he said. ", "split": "“It,” he said, “fell ",
    "according": "according to ", "sources": "a source said ", "dash quotes": "– It fell, Bell said\n", "colon quotes": "Bell: “It fell” ", "open said": "“It fell, said Bell ",
    "on Monday": "on Monday ", "Monday": "Monday ", "last": "last ", "two days": "two days ", "ago": "two days ago ", "days after": "days after ",
    "June": "June ", "June 5": "June 5, ", "dates": "2016-10-04 ", "slash dates": "1/2/", "decades": "1990s ", "times": "10:30 ", "early": "early late ",
    "numbers": "1 ", "thousands": "1,", "decimals": "1.", "ranges": "20-30-", "ranges to": "20 to ", "words": "two hundred and ", "dozens": "dozens of ", "percent": "5 percent ",
    "more than": "more than ", "people": "20 people were killed ", "killed": "killed ", "killed by": "was killed by ", "not": "not ", "will": "will ", "if": "if ",
    "and": "and ", "by": "by ", "comma and": ", and ", "to": "to ", "because": "because ", "to be": "to be ", "have been": "have been ",
    "lines": "The river rose.\n", "paragraphs": "The river rose at noon.\n\n", "same sentence": "The river rose at the old mill on Tuesday, and streets were closed. ",
    "short lines": "River\n", "blank lines": "a\n \n", "carriage returns": "a\r", "separators": "a\u2028", "form feeds": "a\x0c",
    "bylines": "By Anna Bell\n\n", "captions": "Photo by Y.\n\n", "comments": "Leave a comment\n\n", "sums": "2 × 3 =\n\n", "share": "Share\n", "headings": "Anna Bell Speaks At Noon\n\n",
    "urls": "http://a.b/", "mails": "a@b.c ", "html": "<p><b>", "comment tags": "<!-- ", "entities": "&lt;", "backslashes": "\\x",
    "sentences": "It fell. ", "questions": "Why? ", "stops": "a.. ", "e.g.": "e.g. ", "U.S.": "U.S. ", "No.": "No. 5 ",
    "theme words": "government ", "theme begun": "lack of ", "theme gap": "the river of ", "all said": "said “no”. ", "killed in": "20 were killed on Monday in June, ",
    "titles of two": "President Bell of Bank ", "told to": "Anna Bell told Bob Call, ", "many actors": "Anna Bell, Bob Call and Dan Egan met. ", "denied": "denied that no ",
    "posts": "Bell, 20, of Bank, ", "reply lines": "Bell says:\nIt fell.\n", "bullets": "• It fell\n", "teasers": "Read more: It fell\n", "days": "Monday, June 5, 2017\n\n",
    "Arabic": "قال رئيس البلدية ", "Chinese": "市长星期二表示，", "Turkish": "İ", "sharp s": "ß", "ligatures": "ﬁ ",
}  # fmt: skip


def texts(size: int):
    """Name and text of about so many characters."""
    for name, piece in PIECES.items():
        yield name, piece * (size // len(piece))
    chance = random.Random(7)
    yield "marks by chance", "".join(chance.choices("“”\"'‘’ a.,\n", k=size))
    yield "brackets by chance", "".join(chance.choices("()[]{}<> a", k=size))
    words = [" ".join(chance.choices("bcdfglmnprst", k=5)).replace(" ", "") for _ in range(5000)]
    yield "new words", " ".join(chance.choices(words, k=size // 6))
    yield "new names", " ".join(word.title() for word in chance.choices(words, k=size // 6))
    some = [piece for piece in PIECES.values() if piece.strip()]
    yield (
        "sentences of names",
        " ".join(
            f"{a.title()} {b.title()} told {c.title()} on Monday that 20 people were killed."
            for a, b, c in zip(*[iter(chance.choices(words, k=size // 25))] * 3, strict=False)
        ),
    )
    yield "all of them by chance", "".join(chance.choices(some, k=size // 8))[:size]


class Slow(Exception):
    pass


def _stop(*_):
    raise Slow


def timed(function, *arguments, **options) -> tuple[float, object]:
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(PATIENCE)
    start = time.process_time()
    try:
        return 0.0, function(*arguments, **options)
    except Slow:
        return float("inf"), None
    except Exception as error:
        print(f"{function.__name__}: {error!r}", flush=True)
        return float("nan"), None
    finally:
        signal.alarm(0)
        timed.last = time.process_time() - start


def each_finder(text: str, codebook: dict):
    """Name and seconds of every finder on one article; what rests on a finder that was stopped is left out."""
    found: dict = {}

    def run(name, function, *needs, **options):
        if any(need is None for need in needs):
            return None
        late, table = timed(function, *needs, **options)
        seconds[name] = late or timed.last
        found[name] = table
        return table

    seconds: dict[str, float] = {}
    run("decode", decode_text, text.encode("utf-8", "surrogatepass"))
    articles = make_table("articles", [{"article": "a.txt", "text": text}])
    cut = run("passages", cl.find_passages, articles)
    run("repairs", cl.propose_repairs, articles, cut)
    run("repeats as cut", cl.find_repeats, cut, articles)
    whole = make_table(
        "passages",
        [{"article": "a.txt", "start": 0, "end": len(text), "text": text, "label": "body"}],
    )
    for form, story in (("", whole), (" as cut", cut if cut is None else cut.assign(label="body"))):
        if not form:
            repeats = run("repeats", cl.find_repeats, story, articles)
        mentions = run(f"mentions{form}", cl.find_mentions, story, codebook["actors"])
        quotes = run(f"quotes{form}", cl.find_quotes, story, mentions)
        times = run(f"times{form}", cl.find_times, story, articles)
        events = run(
            f"events{form}", cl.find_events, story, codebook["events"], mentions, times, quotes
        )
        amounts = run(f"amounts{form}", cl.find_amounts, story, events)
        cues = run(f"cues{form}", cl.find_cues, story, codebook["calendar"])
        themes = run(f"themes{form}", cl.find_themes, story, codebook["themes"])
        run(f"clusters{form}", cl.find_clusters, story)
        constraints = run(f"constraints{form}", cl.find_constraints, articles, times, events, cues)
        dates = run(f"dates{form}", cl.find_dates, constraints)
        claims = run(f"claims{form}", cl.find_claims, events, amounts, dates)
        marked = [
            run(f"mark{form}", cl.mark_duplicates, table, repeats)
            for table in (mentions, quotes, themes, amounts, claims)
        ]
        names = (
            "articles",
            "passages",
            "repeats",
            "events",
            "dates",
            "constraints",
            "mentions",
            "quotes",
            "themes",
            "amounts",
            "claims",
        )
        tables = dict(
            zip(names, (articles, story, repeats, events, dates, constraints, *marked), strict=True)
        )
        brief = run(
            f"brief{form}",
            cl.compose_brief,
            None if any(table is None for table in tables.values()) else tables,
        )
        run(f"brief shown{form}", cl.show_brief, brief, tables)
        run(f"aliases{form}", cl.propose_aliases, mentions)
        together = run(f"together{form}", cl.count_cooccurrence, mentions, story)
        run(f"network{form}", cl.chart_network, together)
        run(f"timeline{form}", cl.chart_timeline, dates, events, amounts)
        run(f"chain{form}", cl.show_reasons, dates, constraints, articles)
        run(f"evidence{form}", cl.show_evidence, mentions, articles)
        run(f"origins{form}", cl.count_origins, claims, quotes, repeats, articles)
        run(f"uncoded{form}", cl.find_uncoded, story, themes)
        run(f"collocations{form}", cl.count_collocations, story)
        run(f"dispersion{form}", cl.count_dispersion, story)
        run(f"phrases{form}", cl.find_phrases, story, "river")
        run(f"page{form}", cl.show_article, articles, "a.txt", story, mentions)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=float, default=[1, 2, 4])
    parser.add_argument("--only", default="", help="texts whose name contains this")
    options = parser.parse_args()
    codebook = cl.read_codebook("seeds")
    each_finder(
        "The river rose on Monday, and “it fell,” Anna Bell said.", codebook
    )  # patterns are compiled once
    worst: dict[str, dict[float, tuple[float, str]]] = defaultdict(dict)
    before: dict[tuple[str, str], float] = {}
    for size in options.sizes:
        for name, text in texts(int(size * 1e6)):
            if options.only not in name:
                continue
            for finder, seconds in each_finder(text, codebook).items():
                last = before.get((finder, name))
                steep = last and seconds > LEAST and seconds > THREE * max(last, 0.02)
                if steep or not seconds < max(PACE * size, LEAST):
                    print(
                        f"{finder} on {name}: {last or 0:.2f} s, then {seconds:.2f} s at {size:g} MB",
                        flush=True,
                    )
                before[finder, name] = seconds
                worst[finder][size] = max(worst[finder].get(size, (0, "")), (seconds, name))
    for finder, sizes in worst.items():
        print(
            f"{finder}:",
            "; ".join(f"{size:g} MB {s:.2f} s ({name})" for size, (s, name) in sizes.items()),
        )


if __name__ == "__main__":
    main()
