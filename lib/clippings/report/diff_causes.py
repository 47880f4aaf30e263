"""Determine the causes of differences: an article, the codebook, a parameter or a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from clippings.core.tables import TABLES
from clippings.report.diff_wording import SETTING, describe_cause, describe_others


class Cause(NamedTuple):
    """The cause of a change in a finding."""

    code: str  # a key of diff_wording.CAUSES
    words: str

    @classmethod
    def of(cls, code: str, **details: str) -> Cause:
        """Return a cause with its description."""
        return cls(code, describe_cause(code, **details))


class ParagraphChange(NamedTuple):
    """A paragraph that was added, removed or changed, with its position in one of the two runs."""

    article: str
    start: int
    end: int
    change: str


class RowChange(NamedTuple):
    """A row of the codebook that was added or removed."""

    change: str  # added, removed
    row: dict[str, str]


def by_name(articles: pd.DataFrame | None) -> dict[str, dict]:
    """Return the articles of a run by their ids, if there are any."""
    return {} if articles is None else {row["article"]: row for row in articles.to_dict("records")}


@dataclass
class Change:
    """A finding that was added, removed or changed, or an article that was renamed."""

    change: str  # came, went, changed, renamed
    table: str
    article: str
    start: int = 0
    end: int = 0
    text: str = ""
    label: str = ""
    old_start: int = 0  # position in the old run, or in the new run for added findings
    old_end: int = 0
    before: str = ""
    after: str = ""
    text_only: bool = False  # of a passage, only the text was edited
    values: list[str] = field(default_factory=list)  # differing old and new values of the row
    cause: Cause | None = None


class Causes:
    """The differences between the inputs of two runs, and the one that caused a change."""

    def __init__(self, old: dict, new: dict, changes: list[Change], renamed: dict[str, str]):
        old_articles = {
            renamed.get(name, name): row
            for name, row in by_name(old["tables"].get("articles")).items()
        }
        new_articles = by_name(new["tables"].get("articles"))
        self.added = new_articles.keys() - old_articles.keys()
        self.removed = old_articles.keys() - new_articles.keys()
        self.edited = {
            name
            for name in new_articles.keys() & old_articles.keys()
            if new_articles[name]["sha256"] != old_articles[name]["sha256"]
        }
        self.old_paragraphs = []
        self.new_paragraphs = []
        for change in changes:
            if change.table != "passages":
                continue
            if change.change != "came":
                place = (change.article, change.old_start, change.old_end)
                self.old_paragraphs.append(ParagraphChange(*place, change.change))
            if change.change != "went":
                place = (change.article, change.start, change.end)
                self.new_paragraphs.append(ParagraphChange(*place, change.change))
        old_codebook = old["codebook"]
        new_codebook = new["codebook"]
        self.codebook = {
            name: _row_changes(old_codebook.get(name), new_codebook.get(name))
            for name in old_codebook.keys() | new_codebook.keys()
        }
        self.settings = list(_changed_settings(old["manifest"], new["manifest"]))
        self.findings = [
            change for change in changes if change.table not in ("articles", "passages")
        ]

    def explain_elsewhere(self, change: Change) -> bool:
        """Return whether the article of a changed paragraph, or a finding in it, has a row."""
        if change.table != "passages":
            return False
        if change.article in self.added or change.article in self.removed:
            return True
        return change.text_only and any(
            finding.article == change.article and change.start <= finding.start < change.end
            for finding in self.findings
        )

    def cause_of(self, change: Change) -> Cause:
        """Return the most specific difference between the inputs that explains a change."""
        article = change.article
        if article in self.added:
            return Cause.of("article_added")
        if article in self.removed:
            return Cause.of("article_removed")

        paragraph_change = self._paragraph_change_around(change)
        if article in self.edited and paragraph_change:
            codes = {"came": "paragraph_added", "went": "paragraph_removed"}
            return Cause.of(codes.get(paragraph_change, "paragraph_edited"))
        if cause := self._verdict_on(change) or self._codebook_row_for(change, is_named=True):
            return cause
        if article in self.edited:
            return Cause.of("article_edited")

        others = sorted(self.added | self.removed | self.edited)
        if others and TABLES[change.table].needs_all_articles:
            return Cause.of("other_articles", articles=describe_others(others))
        if cause := self._codebook_row_for(change, is_named=False):
            return cause
        if self.settings:
            return Cause.of("settings", settings="; ".join(self.settings))
        return Cause.of("unknown")

    def _paragraph_change_around(self, change: Change) -> str:
        """Return how the paragraph of a finding changed; "" if it did not change."""
        if change.change == "went":
            paragraphs = self.old_paragraphs
            place = change.old_start
        else:
            paragraphs = self.new_paragraphs
            place = change.start
        around = (
            paragraph.change
            for paragraph in paragraphs
            if paragraph.article == change.article and paragraph.start <= place < paragraph.end
        )
        return next(around, "")

    def _verdict_on(self, change: Change) -> Cause | None:
        """Return the verdict that caused a change."""
        for added_or_removed, row in self.codebook.get("verdicts", []):
            place = (row["table"], row["article"], row["text"])
            # A verdict on a passage for a theme also rejects the sentences in it.
            is_on_passage = (
                place[:2] == (change.table, change.article)
                and change.table == "themes"
                and row["label"] == change.label
                and change.text in row["text"]
            )
            if is_on_passage or place == (change.table, change.article, change.text):
                return Cause.of(f"verdict_{added_or_removed}", verdict=row["verdict"])
        return None

    def _codebook_row_for(self, change: Change, *, is_named: bool) -> Cause | None:
        """Return the row of the codebook that caused a change.

        If `is_named`, the name of the row (its first cell) must occur in the old or new values of
        the finding, or be the name of the article.
        """
        values = [change.label, *change.values]
        for table in TABLES[change.table].codebook_tables:
            for added_or_removed, row in self.codebook.get(table, []):
                name = next(iter(row.values()))
                occurs = name == change.article or any(name in value for value in values)
                if occurs or not is_named:
                    return Cause.of(
                        f"codebook_row_{added_or_removed}",
                        table=table,
                        row=", ".join(filter(None, row.values())),
                    )
        return None


def _row_changes(old: pd.DataFrame | None, new: pd.DataFrame | None) -> list[RowChange]:
    """Return the rows of a codebook table that were added, then those removed."""
    old_rows = [] if old is None else old.to_dict("records")
    new_rows = [] if new is None else new.to_dict("records")
    added = [RowChange("added", row) for row in new_rows if row not in old_rows]
    return added + [RowChange("removed", row) for row in old_rows if row not in new_rows]


def _changed_settings(old: dict, new: dict) -> Iterator[str]:
    """Describe parameters and versions that differ, parameters first."""
    old_parameters = old.get("parameters", {})
    places = {
        notebook: (old_parameters.get(notebook, {}), parameters)
        for notebook, parameters in new.get("parameters", {}).items()
    }
    places["version"] = (old.get("versions", {}), new.get("versions", {}))
    for place, (before, after) in places.items():
        for name, value in after.items():
            if before.get(name) != value:
                yield SETTING.format(
                    place=place, name=name, new=value, old=before.get(name, "none")
                )
