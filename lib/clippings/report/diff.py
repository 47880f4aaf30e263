"""What changed between two runs: which findings came, went or changed, and because of what.

A run is a dict: tables (as of find_all, or read back from files), codebook (as of read_codebook), manifest. Rows are
matched by article, label, text and order, so that text put in front of them changes nothing.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

import pandas as pd
from rapidfuzz import fuzz

from clippings.report.diff_causes import Causes, by_name

COMPARED = {  # table: what makes a row the same one besides its text, and what of it may change
    "passages": ((), ("label",)),
    "repeats": ((), ("relation",)),
    "themes": (("label",), ("side", "verdict")),
    "mentions": ((), ("label", "type", "verdict")),
    "quotes": ((), ("label", "source_type", "told_to", "via", "verdict")),
    "events": (("label",), ("modality", "agent", "target", "place")),
    "amounts": ((), ("low", "high", "label", "verdict")),
    "dates": (("label",), ("earliest", "latest", "likely_earliest", "likely_latest")),
    "claims": ((), ("also_told_in", "verdict")),
}
COLUMNS = [
    "change",
    "table",
    "article",
    "start",
    "end",
    "text",
    "label",
    "before",
    "after",
    "cause",
]
ALIKE = 70  # of 100: so near in spelling is an edited row still the same row
SAME_ARTICLE = 0.5  # share of paragraphs in common from which a renamed file is the same article
MANY = 2000  # rows of one article from which frequent ones are left out when rows are matched


def find_changes(old: dict, new: dict) -> pd.DataFrame:
    """Each finding that came, went or changed between two runs, with its passage and its cause.

    In: old and new, runs (see above; read_report reads one).
    Out: change (came, went, changed, renamed), table, article, start, end, text (the passage: in the new run, or in the
    old for what went), label, before and after (what changed of it), cause; sorted by table, article, start. An edited
    paragraph is a row only where no finding in it changed.
    Raises: KeyError for a run without tables, codebook or manifest.
    Misses: which of several causes of one kind it was; times, constraints and clusters are not compared.
    Source: own rules over difflib.
    Example:
        >>> run = {"tables": {}, "codebook": {}, "manifest": {}}
        >>> find_changes(run, run).empty
        True
    """
    was, now = by_name(old["tables"].get("articles")), by_name(new["tables"].get("articles"))
    renamed = _renamed(was, now, old["tables"].get("passages"), new["tables"].get("passages"))
    rows = [
        _row("renamed", "articles", now[name], before=before, cause="article renamed")
        for before, name in renamed.items()
    ]
    rows += [
        _row("went", "articles", was[name])
        for name in was
        if name not in now and name not in renamed
    ]
    rows += [
        _row("came", "articles", now[name])
        for name in now
        if name not in was and name not in renamed.values()
    ]
    for table in COMPARED:
        before = _by_article(_compared_rows(table, old["tables"].get(table)), renamed)
        after = _by_article(_compared_rows(table, new["tables"].get(table)), {})
        for article in sorted(before.keys() | after.keys()):
            rows += _compared(table, before.get(article, []), after.get(article, []))
    because = Causes(old, new, rows, renamed)
    rows = [
        row | {"cause": row["cause"] or because.of(row)} for row in rows if not because.tells(row)
    ]
    order = ["articles", *COMPARED]
    rows.sort(key=lambda row: (order.index(row["table"]), row["article"], row["start"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def describe_changes(changes: pd.DataFrame) -> list[str]:
    """The changes in words, like ones in one line.

    In: changes of find_changes. Out: sentences, in their order. Raises: KeyError for a column that is not there.
    Misses: all but the first passage of like changes. Source: none.
    Example:
        >>> describe_changes(pd.DataFrame(columns=COLUMNS))
        []
    """
    said = []
    for _, like in changes.groupby(
        ["table", "change", "label", "before", "after", "cause"], sort=False
    ):
        row = like.iloc[0]
        name = f"{row.table[:-1] if row.table != 'dates' else 'date'}{f' ({row.label})' if row.label else ''}"
        what = (
            f"{row.change}: {row.before} → {row.after}" if row.change == "changed" else row.change
        )
        what = f"renamed from {row.before}" if row.change == "renamed" else what
        text = " ".join(row.text.split())
        passage = f" “{text[:80]}{'…' if len(text) > 80 else ''}”" if text else ""
        more = f" and {len(like) - 1:,} more" if len(like) > 1 else ""
        said.append(f"{row.article}: {name} {what}{passage}{more}. Cause: {row.cause}.")
    return said


def _plain(column: str, value) -> str:
    """A cell as text, the same from memory and from a file."""
    if pd.isna(value) or value == "":
        return ""
    if column in ("low", "high"):
        return f"{float(value):g}"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _by_article(table: pd.DataFrame | None, renamed: dict) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in [] if table is None else table.to_dict("records"):
        plain = {column: _plain(column, value) for column, value in row.items()}
        told = [renamed.get(name, name) for name in plain.get("also_told_in", "").split("\n")]
        plain |= {
            "article": renamed.get(row["article"], row["article"]),
            "also_told_in": ", ".join(sorted(told)),
        }
        found.setdefault(plain["article"], []).append(
            plain | {"start": int(row["start"]), "end": int(row["end"])}
        )
    return found


def _compared_rows(table: str, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """The rows of a table that are compared: no days of times; of claims who else tells them, not who comes first."""
    if rows is None or table not in ("dates", "claims"):
        return rows
    if table == "dates":
        return rows[rows.label != "time"]
    kept = rows[rows.status != "rejected"]
    told = kept.groupby("label").article.agg(set)
    also = ["\n".join(sorted(told[row.label] - {row.article})) for row in kept.itertuples()]
    return kept.assign(also_told_in=pd.Series(also, index=kept.index, dtype="str"))


def _renamed(was: dict, now: dict, old_passages, new_passages) -> dict[str, str]:
    """Articles under a new name: the same bytes, else most of the paragraphs."""
    gone, come = (
        [name for name in was if name not in now],
        [name for name in now if name not in was],
    )
    if not gone or not come:
        return {}
    before = {
        name: {row["text"] for row in rows} for name, rows in _by_article(old_passages, {}).items()
    }
    after = {
        name: {row["text"] for row in rows} for name, rows in _by_article(new_passages, {}).items()
    }
    found: dict[str, str] = {}
    for name in gone:
        free = [other for other in come if other not in found.values()]
        mark = was[name]["sha256"]
        same = next((other for other in free if mark and now[other]["sha256"] == mark), None)
        mine = before.get(name, set())
        shares = [
            (len(mine & after.get(other, set())) / max(1, len(mine)), other) for other in free
        ]
        best = max(shares, default=(0, ""))
        if same or best[0] >= SAME_ARTICLE:
            found[name] = same or best[1]
    return found


def _compared(table: str, before: list[dict], after: list[dict]) -> Iterator[dict]:
    """What differs between the rows of one article."""
    same, may_change = COMPARED[table]
    if before == after:
        return
    for old, new in _aligned(table, same, before, after):
        if old is None or new is None:
            yield _row("came" if old is None else "went", table, new or old)
            continue
        differ = [column for column in may_change if old.get(column, "") != new.get(column, "")]
        if table == "repeats" and "first" in (old["relation"], new["relation"]):
            differ = []  # which telling comes first is a matter of the articles' names
        if differ or (table == "passages" and old["text"] != new["text"]):
            yield _row(
                "changed",
                table,
                new,
                old,
                before=_said(old, differ, table),
                after=_said(new, differ, table),
            )


def _said(row: dict, columns: list[str], table: str) -> str:
    """What a row says where it changed: the amount's words, or the columns."""
    if table == "amounts" and {"low", "high"} & set(columns):
        return f"“{row['text']}” ({row['low']} to {row['high']})"
    return "; ".join(f"{column} {row.get(column) or 'empty'}" for column in columns) or "its words"


def _aligned(table: str, same: tuple, before: list[dict], after: list[dict]) -> Iterator[tuple]:
    """Rows of two runs side by side, None where one has no match; edited ones are matched with their like."""
    keys = [
        [(*(row[column] for column in same), row["text"]) for row in rows]
        for rows in (before, after)
    ]
    blocks = SequenceMatcher(None, *keys, autojunk=max(map(len, keys)) > MANY).get_opcodes()
    gone, come = [], []
    for kind, i, i_end, j, j_end in blocks:
        if kind == "equal":
            yield from zip(before[i:i_end], after[j:j_end], strict=True)
            continue
        pairs, left, new = _paired(table, same, before[i:i_end], after[j:j_end])
        yield from pairs
        gone, come = gone + left, come + new
    pairs, gone, come = _paired(table, same, gone, come)  # what stands elsewhere now
    yield from pairs
    yield from ((old, None) for old in gone)
    yield from ((None, new) for new in come)


def _paired(
    table: str, same: tuple, before: list[dict], after: list[dict]
) -> tuple[list, list, list]:
    """Rows with their like, then those without one on either side."""
    pairs, gone, come = [], [], list(after)
    for old in before:
        new = next((row for row in come if _alike(table, same, old, row)), None)
        if new is None:
            gone.append(old)
        else:
            come.remove(new)
            pairs.append((old, new))
    return pairs, gone, come


def _alike(table: str, same: tuple, old: dict, new: dict) -> bool:
    if any(old[column] != new[column] for column in same):
        return False
    return (table == "amounts" and old["label"] == new["label"]) or fuzz.ratio(
        old["text"], new["text"]
    ) >= ALIKE


def _row(change: str, table: str, row: dict, old: dict | None = None, **more: str) -> dict:
    place = {"article": row["article"], "start": row.get("start", 0), "end": row.get("end", 0)}
    text = "" if table == "articles" else row["text"]
    changed = {
        "change": change,
        "table": table,
        **place,
        "text": text,
        "label": row.get("label", ""),
        "cause": "",
    }
    was = old or row
    return (
        changed
        | {"before": "", "after": "", "old": (was.get("start", 0), was.get("end", 0))}
        | more
    )
