"""From a chart's mark to its passages, from a passage to its place in the page, and back; in JupyterLab and reports."""

from base64 import b64encode
from html import escape
from urllib.parse import parse_qs

import pandas as pd

from clippings.core.tokens import folded_words
from clippings.core.wording import several
from clippings.show.article_page import show_article
from clippings.show.evidence import quoted_rows, show_evidence, show_reasons
from clippings.show.figure import marks_of, picture
from clippings.show.html import Shown, link_places, page_key

MOST_ROWS = 12  # passages listed for one mark
MOST_BELOW = 5  # pages below a chart in a notebook
POINTS = 96  # of a page, in an inch
MARK = "cursor:pointer;list-style:none;overflow:hidden"


def show_chart(
    figure, counts: pd.DataFrame, evidence: pd.DataFrame, articles: pd.DataFrame
) -> Shown:
    """A chart in whose picture each mark, clicked, unfolds its passages below it; then the pages they stand in.

    In: figure of a chart_ verb; counts, the table behind it; evidence, the rows it rests on (for a timeline dates and
    constraints); articles. Out: the picture, lists that are folded, pages; it needs neither script nor style sheet, and
    unfolds in a notebook that is not trusted too. Raises: nothing.
    Misses: passages of a mark beyond 12, pages beyond 5; places lead to their page in a trusted notebook only.
    Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> from clippings.show.charts import chart_origins
        >>> counts = pd.DataFrame(columns=["claim", "origin", "folded_into"])
        >>> show_chart(chart_origins(counts), counts, make_table("claims"), make_table("articles"))
        No chart: No claims were found.
    """
    lists, used = [], []
    for link, (left, top, width, height) in marks_of(figure):
        wanted = parse_qs(link, keep_blank_values=True)
        if len(rows := rows_of_mark(evidence, wanted)):
            said, shown = behind_mark(counts, evidence, wanted, articles)
            named = [
                ", ".join(values)
                for column, values in wanted.items()
                if column not in ("start", "end")
            ]
            hint = escape(f"{' · '.join(filter(None, named))}: {said}")
            place = f"left:{left:.0f}px;top:{top:.0f}px;width:{width:.0f}px;height:{height:.0f}px"
            head = f'<summary title="{hint}" aria-label="{hint}" style="position:absolute;{place};{MARK}"></summary>'
            lists.append(f"<details>{head}<p><b>{hint}</b></p>{shown.html}</details>")
            used.append(quoted_rows(rows[:MOST_ROWS]))
    rows = pd.concat(used) if used else evidence[:0]
    pages = [
        show_article(articles, article, rows).html
        for article in rows.article.drop_duplicates()[:MOST_BELOW]
    ]
    image, size = (
        b64encode(picture(figure, "png")).decode(),
        f"width:{figure.bbox_inches.width * POINTS:.0f}px",
    )
    html = (
        f'<div style="position:relative"><img src="data:image/png;base64,{image}" alt="{escape(figure.get_label())}" '
        f'style="{size};max-width:none;display:block">{"".join(lists)}</div>'
        f'<div style="max-height:28em;overflow:auto">{"".join(pages)}</div>'
    )
    return Shown(link_places(html, f"m{page_key(html)}"), figure.get_label())


def behind_mark(
    counts, evidence: pd.DataFrame, wanted: dict, articles: pd.DataFrame
) -> tuple[str, Shown]:
    """What a mark rests on: passages, of a row of the timeline its days and the reasons for them."""
    if "because_start" in evidence.columns:
        return "days and reasons", show_reasons(rows_of_mark(counts, wanted), evidence, articles)
    rows = rows_of_mark(evidence, wanted)
    return several(len(rows), "passage"), show_evidence(rows, articles, n=MOST_ROWS)


def rows_of_mark(evidence: pd.DataFrame, wanted: dict[str, list[str]]) -> pd.DataFrame:
    """The rows that a mark's link asks for."""
    for column, values in wanted.items():
        if column == "word":
            evidence = evidence[[values[0] in folded_words(text) for text in evidence.text]]
        elif column in evidence.columns:
            evidence = evidence[evidence[column].astype("str").isin(values)]
    return evidence
