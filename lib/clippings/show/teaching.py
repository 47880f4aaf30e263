"""An interactive view that teaches a theme: the analyst judges one proposed passage after another.

Answers are letters in a text field. The field keeps the focus, so that an analyst can answer with
the keyboard alone; it contains all answers of the session, so that deleting a letter takes an
answer back.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from os import PathLike
from typing import NamedTuple

import ipywidgets as W
import numpy as np
import pandas as pd
from markupsafe import Markup

from clippings.core.tables import by_article
from clippings.core.wording import shorten
from clippings.corpus.codebook import OPTIONAL_COLUMNS, TABLES, read_codebook
from clippings.corpus.verdicts import record_verdict
from clippings.show import wording
from clippings.show.html import cite_place, escape_text, mark_words, render
from clippings.show.widgets import LOOK, CodebookTable, Content, View, make_text
from clippings.themes.coding import CLASS_MARK
from clippings.themes.judged import JUDGED_TABLE, SIDE_OF_THEME, mark_judged_passages
from clippings.themes.matcher import split_alternatives
from clippings.themes.ranking import Judgements, PassageRanker, Vectors
from clippings.themes.teaching import (
    Remaining,
    estimate_remaining,
    propose_terms,
    rank_unread,
)

YES = "y"
NO = "n"
SKIP = "s"
VERDICTS = {YES: "yes", NO: "no"}

# From this share of the theme, the view says that reading may stop. It is the recall at which
# systematic reviews usually regard a search as complete.
SUFFICIENT_SHARE = 0.95
MAX_PASSAGE_CHARACTERS = 3000
MAX_CONTEXT_CHARACTERS = 500  # of the passage before and the passage after


class Answer(NamedTuple):
    """An answer about a passage."""

    position: int  # in the ranker's order
    letter: str


class ShownPassage(NamedTuple):
    """A passage with its context, as the template shows it."""

    place: Markup
    before: str
    parts: list[Markup]
    after: str


def explore_teaching(
    story: pd.DataFrame,
    articles: pd.DataFrame,
    folder: str | PathLike,
    theme: str,
    *,
    terms: Sequence[str] | None = None,
    definition: str = "",
    yes: Iterable = (),
    vectors: Vectors | None = None,
) -> View:
    """Teach a theme: judge proposed passages, see how many remain, and save the answers.

    Parameters
    ----------
    story : pandas.DataFrame
        The passages that belong to the article text, without duplicates.
    articles : pandas.DataFrame
        The articles.
    folder : str or path
        Their folder, whose codebook/verdicts.csv is read and saved.
    theme : str
        The name of the theme, which need not be in the codebook.
    terms : sequence of str, optional
        Search terms. By default, those of the theme in codebook/themes.csv, except for terms with
        word classes.
    definition : str, optional
        A description of the theme.
    yes : iterable, optional
        The row labels of passages that carry the theme. Three are a good start.
    vectors : callable, optional
        An embedding function; see `propose_passages`.

    Returns
    -------
    View
        Controls: definition, terms, answers; buttons for the answers, for proposing terms, and for
        saving. Nothing is saved before the button is pressed. The view shows errors in saving.

    Notes
    -----
    Type y, n or s in the field "answers", or use the buttons. Deleting a letter takes the answer
    back. The answers saved earlier for this theme are taken into account.

    Saved answers are rows of codebook/verdicts.csv with the table `themes`. `add_judged_passages`
    adds passages with the answer yes to the table `themes`; `mark_verdicts` rejects sentences in
    passages with the answer no. The view only proposes terms; to use them, copy the proposed row to
    codebook/themes.csv.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> cl.explore_teaching(
    ...     story, articles, "a folder without a codebook", "warning", terms=["warn*", "siren*"]
    ... )
    cl.propose_passages(story, terms=['warn*', 'siren*'])
    """
    if terms is None:
        codes = read_codebook(folder)["themes"]
        is_support = (codes.theme == theme) & codes.side.isin(["", SIDE_OF_THEME])
        # Word classes are defined by other rows, which a term alone does not contain.
        terms = [term for term in codes.term[is_support] if CLASS_MARK not in term]
    terms = [terms] if isinstance(terms, str) else list(terms)
    teaching = _Teaching(story, articles, folder, theme, terms, yes, vectors)
    return _TeachingView(teaching, terms, definition)


def join_terms(terms: Sequence[str]) -> str:
    """Write search terms as alternatives of one term."""
    return " | ".join(terms)


class _TeachingView(View):
    """The view of a theme that is being taught, with a field for the row of proposed terms."""

    def __init__(self, teaching: "_Teaching", terms: Sequence[str], definition: str):
        self.codebook_line = W.Textarea(
            description=wording.CODEBOOK_LINE, rows=2, style=LOOK["style"]
        )
        self.codebook_line.layout.width = "auto"
        self.answers = W.Text(
            description=wording.ANSWERS_CONTROL, placeholder=wording.ANSWERS_HINT, **LOOK
        )
        self.teaching = teaching
        controls = {
            "definition": make_text(wording.DEFINITION_CONTROL, definition),
            "terms": make_text(wording.TERMS_CONTROL, join_terms(terms)),
            "answers": self.answers,
        }
        buttons = {
            wording.YES_BUTTON: self._answer_button(YES),
            wording.NO_BUTTON: self._answer_button(NO),
            wording.SKIP_BUTTON: self._answer_button(SKIP),
            wording.PROPOSE_TERMS_BUTTON: self.propose_terms,
            wording.SAVE_ANSWERS_BUTTON: self.save,
        }
        super().__init__(teaching.show, controls, buttons)

    def _answer_button(self, letter: str):
        def answer(**_values) -> str:
            if self.teaching.shown is None:
                return wording.NOTHING_TO_ANSWER
            self.answers.value += letter
            return wording.ANSWERED[letter]

        return answer

    def propose_terms(self, **_values) -> str:
        """Propose terms from the answers, and write them as a row of the codebook."""
        done = self.teaching.propose_terms()
        self.codebook_line.value = self.teaching.codebook_line()
        if self.codebook_line not in self.children:
            self.children = [*self.children, self.codebook_line]
        return done

    def save(self, **_values) -> str:
        """Save the answers in the codebook."""
        return self.teaching.save()


class _Teaching:
    """The answers about a theme, and what follows from them."""

    def __init__(
        self,
        story: pd.DataFrame,
        articles: pd.DataFrame,
        folder: str | PathLike,
        theme: str,
        terms: list[str],
        yes: Iterable,
        vectors: Vectors | None,
    ):
        self.articles = articles
        self.theme = theme
        self.first_terms = terms
        self.verdicts = CodebookTable(folder, "verdicts")
        self.ranker = PassageRanker(story, vectors)
        self.rows = list(self.ranker.passages.itertuples())
        self.rows_of = by_article(self.ranker.passages)

        saved = mark_judged_passages(self.ranker.passages, self.verdicts.table, theme).verdict
        marked = self.ranker.judgements(yes, []).yes
        is_yes = (saved == "yes") | (saved.index.isin(marked) & (saved != "no"))
        self.known = Judgements(
            yes=np.flatnonzero(is_yes), no=np.flatnonzero((saved == "no") & ~is_yes)
        )
        # Passages that were passed as examples are saved with the answers.
        self.examples = [Answer(position, YES) for position in marked if saved[position] == ""]

        self.answers: list[Answer] = []
        self.saved_answers: list[Answer] = []
        self.description: tuple[tuple[str, ...], str] = ((), "")
        self.shown: int | None = None  # the position of the passage to judge
        self.remaining: Remaining | None = None
        self.proposed = pd.DataFrame()

    def show(self, definition: str, terms: str, answers: str) -> Content:
        """Return the next passage to judge."""
        if terms == join_terms(self.first_terms):
            chosen = self.first_terms  # which may contain regular expressions
        else:
            chosen = split_alternatives(terms)
        description = (tuple(term for term in chosen if term), definition.strip())
        if description != self.description:
            self.description = description
            self.shown = None  # the passages are ranked anew
        self._apply(answers)
        self._choose_passage()
        return Content(self._html(), self._code())

    def _apply(self, answers: str) -> None:
        """Take back the answers that were deleted, and apply those that were added."""
        letters = [letter for letter in answers.lower() if letter in (YES, NO, SKIP)]
        same = 0
        for letter, answer in zip(letters, self.answers, strict=False):
            if letter != answer.letter:
                break
            same += 1
        if same < len(self.answers):
            first_removed = self.answers[same]
            del self.answers[same:]
            # The passage of the answer that was taken back is shown again.
            self.shown = first_removed.position
            self.remaining = None

        for letter in letters[same:]:
            self._choose_passage()
            if self.shown is None:
                return
            self.answers.append(Answer(self.shown, letter))
            self.shown = None
            self.remaining = None

    def judged(self) -> Judgements:
        """Return all judged passages, those judged earlier first."""
        yes = [answer.position for answer in self.answers if answer.letter == YES]
        no = [answer.position for answer in self.answers if answer.letter == NO]
        return Judgements(
            yes=np.array([*self.known.yes, *yes], dtype=int),
            no=np.array([*self.known.no, *no], dtype=int),
        )

    def _is_described(self) -> bool:
        """Return whether anything describes the theme."""
        terms, definition = self.description
        return bool(terms or definition or len(self.judged().yes))

    def _choose_passage(self) -> None:
        """Choose the passage to judge: the most likely of those not answered."""
        if self.shown is not None or not self._is_described():
            return
        terms, definition = self.description
        judged = self.judged()
        scores = self.ranker.score(judged, terms=terms, definition=definition)
        skipped = {answer.position for answer in self.answers if answer.letter == SKIP}
        for position in rank_unread(scores, judged):
            if position not in skipped:
                self.shown = int(position)
                return

    def _estimate(self) -> Remaining:
        """Estimate how many passages remain, once per answer."""
        if self.remaining is None:
            terms, definition = self.description
            self.remaining = estimate_remaining(
                self.ranker, self.judged(), terms=terms, definition=definition
            )
        return self.remaining

    # What is shown ------------------------------------------------------------------------------

    def _html(self) -> Markup:
        """Return progress, passage and proposed terms as HTML."""
        unsaved = len(self._unsaved())
        return render(
            "teaching",
            progress=self._progress(),
            advice=self._advice(),
            unsaved=wording.UNSAVED_ANSWERS.fill(unsaved) if unsaved else "",
            passage=None if self.shown is None else self._passage(self.shown),
            help=wording.ANSWERS_HELP,
            terms=self._term_rows(),
            heads=wording.PROPOSED_TERMS_HEADS,
        )

    def _progress(self) -> str:
        """Describe how much was read and how much remains."""
        if not self._is_described():
            return wording.NO_DESCRIPTION
        judged = self.judged()
        read = len(judged.yes) + len(judged.no)
        if not read:
            return wording.TEACHING_NOT_STARTED
        unread = len(self.rows) - read
        numbers = {"read": f"{read:,}", "yes": f"{len(judged.yes):,}", "unread": f"{unread:,}"}
        if not unread:
            return wording.TEACHING_ALL_READ.format(**numbers)
        remaining = self._estimate()
        if remaining.estimate is None:
            return wording.TEACHING_PROGRESS_NO_ESTIMATE.format(**numbers)
        if not remaining.high:
            return wording.TEACHING_PROGRESS_NONE_LEFT.format(**numbers)
        return wording.TEACHING_PROGRESS.format(
            **numbers, low=f"{remaining.low:,}", high=f"{remaining.high:,}"
        )

    def _advice(self) -> str:
        """Say whether reading may stop."""
        judged = self.judged()
        read = len(judged.yes) + len(judged.no)
        if not len(judged.yes) or not len(judged.no) or read == len(self.rows):
            return ""
        share = len(judged.yes) / (len(judged.yes) + self._estimate().high)
        is_sufficient = share >= SUFFICIENT_SHARE
        advice = wording.TEACHING_NEARLY_DONE if is_sufficient else wording.TEACHING_CONTINUE
        # Rounded down: the view never claims more than it knows.
        return advice.format(share=wording.percent(np.floor(share * 100) / 100))

    def _passage(self, position: int) -> ShownPassage:
        """Return a passage with its article, its neighbours, and its clues marked."""
        row = self.rows[position]
        text = row.text[:MAX_PASSAGE_CHARACTERS]
        parts = []
        end = 0
        for clue in self.ranker.clues(position):
            if end <= clue.start and clue.end <= len(text):
                parts.append(escape_text(text[end : clue.start]))
                parts.append(mark_words(clue.text, hint=wording.CLUES_HINT))
                end = clue.end
        parts.append(escape_text(text[end:]))
        if len(row.text) > len(text):
            parts.append(escape_text("…"))

        neighbours = self.rows_of[row.article]
        place = next(at for at, other in enumerate(neighbours) if other.Index == row.Index)
        before = neighbours[place - 1].text if place else ""
        after = neighbours[place + 1].text if place + 1 < len(neighbours) else ""
        return ShownPassage(
            place=cite_place(self.articles, row.article, row.start, row.end),
            before=shorten(before, MAX_CONTEXT_CHARACTERS),
            parts=parts,
            after=shorten(after, MAX_CONTEXT_CHARACTERS),
        )

    def _term_rows(self) -> list[tuple[str, ...]]:
        """Return the proposed terms as cells of a table."""
        return [
            (
                row.term,
                f"{row.yes:,}",
                f"{row.no:,}",
                wording.percent(row.precision),
                wording.percent(row.recall),
                f"{row.unread:,}",
            )
            for row in self.proposed.itertuples()
        ]

    def _code(self) -> str:
        """Return the code that ranks the same passages."""
        terms, definition = self.description
        judged = self.judged()
        arguments = ["story"]
        if terms:
            arguments.append(f"terms={list(terms)!r}")
        if definition:
            arguments.append(f"definition={definition!r}")
        if len(judged.yes):
            arguments.append(f"yes={self._labels(judged.yes)!r}")
        if len(judged.no):
            arguments.append(f"no={self._labels(judged.no)!r}")
        if self.ranker.embedding:
            arguments.append("vectors=vectors")
        return f"cl.propose_passages({', '.join(arguments)})"

    def _labels(self, positions: np.ndarray) -> list:
        """Return the row labels of passages in the caller's table."""
        return self.ranker.labels[positions].tolist()

    # What the analyst does ----------------------------------------------------------------------

    def propose_terms(self) -> str:
        """Propose terms from all judged passages."""
        judged = self.judged()
        if not len(judged.yes):
            return wording.NO_ANSWERS
        self.proposed = propose_terms(self.ranker.passages, judged.yes, judged.no)
        if self.proposed.empty:
            return wording.NO_TERMS_PROPOSED
        return wording.TERMS_PROPOSED.fill(len(self.proposed))

    def codebook_line(self) -> str:
        """Return the proposed terms as a row of codebook/themes.csv."""
        if self.proposed.empty:
            return ""
        # Any file has the required columns, and they come first.
        columns = [name for name in TABLES["themes"] if name not in OPTIONAL_COLUMNS["themes"]]
        cells = dict.fromkeys(columns, "")
        cells |= {"theme": self.theme, "side": SIDE_OF_THEME}
        cells["term"] = join_terms(self.proposed.term)
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells.values())
        return line.getvalue()

    def _verdicts(self) -> list[Answer]:
        """Return the answers that are verdicts, with the examples."""
        given = [answer for answer in self.answers if answer.letter in VERDICTS]
        return [*self.examples, *given]

    def _unsaved(self) -> list[Answer]:
        """Return the answers that differ from those saved."""
        return [answer for answer in self._verdicts() if answer not in self.saved_answers]

    def save(self) -> str:
        """Save the answers, and remove saved answers that were taken back."""
        answers = self._verdicts()
        taken_back = [answer for answer in self.saved_answers if answer not in answers]
        if not answers and not taken_back:
            return wording.NO_ANSWERS
        table = self.verdicts.table
        for answer in taken_back:
            table = table[~self._is_about(table, answer)]
        for answer in answers:
            row = self.rows[answer.position]
            verdict = VERDICTS[answer.letter]
            table = record_verdict(table, JUDGED_TABLE, row, verdict, label=self.theme)
        done = self.verdicts.save(table)
        self.saved_answers = answers
        return done

    def _is_about(self, verdicts: pd.DataFrame, answer: Answer) -> pd.Series:
        """Return which verdicts record an answer."""
        row = self.rows[answer.position]
        return (
            (verdicts["table"] == JUDGED_TABLE)
            & (verdicts.article == row.article)
            & (verdicts.start == str(row.start))
            & (verdicts.text == row.text)
            & (verdicts.label == self.theme)
        )
