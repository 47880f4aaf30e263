"""Why a finding differs between two runs: an article, a row of the codebook, a verdict, a parameter, a version."""

from collections.abc import Iterator

import pandas as pd

BOOKS = {  # the codebook's tables that a table of findings is made with
    "repeats": ("outlets",),
    "themes": ("themes",),
    "mentions": ("actors",),
    "quotes": ("actors",),
    "events": ("events", "actors"),
    "amounts": ("events",),
    "dates": ("calendar", "articles", "events"),
    "claims": ("events", "actors"),
}
WHOLE = ("repeats", "dates", "claims")  # tables in which one article has a say in another's rows


def by_name(articles: pd.DataFrame | None) -> dict[str, dict]:
    """The articles of a run, if there are any."""
    return {} if articles is None else {row["article"]: row for row in articles.to_dict("records")}


class Causes:
    """What differs between the inputs of two runs, and which of it a change is due to."""

    def __init__(self, old: dict, new: dict, rows: list[dict], renamed: dict):
        was, now = by_name(old["tables"].get("articles")), by_name(new["tables"].get("articles"))
        was = {renamed.get(name, name): row for name, row in was.items()}
        self.came, self.went = now.keys() - was.keys(), was.keys() - now.keys()
        self.edited = {
            name for name in now.keys() & was.keys() if now[name]["sha256"] != was[name]["sha256"]
        }
        passages = [row for row in rows if row["table"] == "passages"]
        self.places = {  # where paragraphs differ: in the old run, for what went, and in the new one
            True: [
                (row["article"], *row["old"], row["change"])
                for row in passages
                if row["change"] != "came"
            ],
            False: [
                (row["article"], row["start"], row["end"], row["change"])
                for row in passages
                if row["change"] != "went"
            ],
        }
        books, own = old["codebook"], new["codebook"]
        self.books = {
            name: _book_changes(books.get(name), own.get(name))
            for name in books.keys() | own.keys()
        }
        differ = _settings(old["manifest"], new["manifest"])
        self.settings = [
            f"{part}: {key} {value} instead of {before}" for part, key, before, value in differ
        ]
        apart = ("articles", "passages")
        self.findings = [
            row for row in rows if row["table"] not in apart and row["change"] != "renamed"
        ]

    def tells(self, row: dict) -> bool:
        """Is a changed paragraph told by something else: by its article, or by a finding in it?"""
        if row["table"] != "passages":
            return False
        near = (other for other in self.findings if other["article"] == row["article"])
        edited = row["before"] == "its words" and any(
            row["start"] <= other["start"] < row["end"] for other in near
        )
        return edited or row["article"] in self.came or row["article"] in self.went

    def of(self, row: dict) -> str:
        article, table = row["article"], row["table"]
        if article in self.came or article in self.went:
            return f"article {'added' if article in self.came else 'removed'}"
        went = row["change"] == "went"
        at = row["old"][0] if went else row["start"]
        near = (
            how
            for name, start, end, how in self.places[went]
            if name == article and start <= at < end
        )
        inside = next(near, "")
        if article in self.edited and inside:
            return {"came": "paragraph added", "went": "paragraph removed"}.get(
                inside, "paragraph edited"
            )
        named = self._book(row, exact=True)
        if named or article in self.edited:
            return named or "article edited elsewhere"
        others = sorted(self.came | self.went | self.edited)
        if others and table in WHOLE:
            return f"another article added, removed or edited: {', '.join(others[:3])}{' …' if len(others) > 3 else ''}"
        return self._book(row, exact=False) or "; ".join(self.settings) or "not known"

    def _book(self, row: dict, *, exact: bool) -> str:
        """The decision or the codebook row that a change is due to."""
        for change, entry in self.books.get("verdicts", []):
            if (entry["table"], entry["article"], entry["text"]) == (
                row["table"],
                row["article"],
                row["text"],
            ):
                return f"verdict {change}: {entry['verdict']}"
        said = f"{row['label']}; {row['before']}; {row['after']}"
        for book in BOOKS.get(row["table"], ()):
            for change, entry in self.books.get(book, []):
                first, *rest = entry.values()
                if not exact or first in said or first == row["article"]:
                    return f"codebook/{book}.csv, row {change}: {', '.join(cell for cell in (first, *rest) if cell)}"
        return ""


def _book_changes(old: pd.DataFrame | None, new: pd.DataFrame | None) -> list[tuple[str, dict]]:
    before, after = ([] if book is None else book.to_dict("records") for book in (old, new))
    added = [("added", row) for row in after if row not in before]
    return added + [("removed", row) for row in before if row not in after]


def _settings(old: dict, new: dict) -> Iterator[tuple]:
    """Parameters and versions that differ, parameters first."""
    parts = [
        (name, old.get("parameters", {}).get(name, {}), own)
        for name, own in new.get("parameters", {}).items()
    ]
    for name, before, after in [
        *parts,
        ("version", old.get("versions", {}), new.get("versions", {})),
    ]:
        for key in after:
            if before.get(key) != after[key]:
                yield name, key, before.get(key, "none"), after[key]
