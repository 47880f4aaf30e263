"""Select what the slides of a report show: the summary of its brief, and its charts."""

from collections.abc import Callable
from pathlib import Path

from clippings.report.export import SLIDE_PICTURE_SUFFIX
from clippings.report.page_links import SavedChart, alt_key
from clippings.report.slides_file import SlideChart, Summary, summary_of_brief, write_slides
from clippings.show.chart_style import current_style

# The data of a chart, as a line below it.
SOURCE = "Data: charts/{name}.csv"


def write_report_slides(
    folder: Path,
    title: str,
    scope: str,
    notebooks: list,
    charts: dict[str, SavedChart],
    *,
    shorten_texts: Callable[[list[str]], list[str]] | None = None,
) -> Path:
    """Write ``report.pptx`` into the folder of a report, in the current style of charts.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the report, with its charts.
    title : str
        Title of the report.
    scope : str
        The line below the title.
    notebooks : list of nbformat.NotebookNode
        The notebooks with their outputs, starting with the brief.
    charts : dict of str to SavedChart
        The saved charts by their alternative texts, as `read_charts` returns them.
    shorten_texts : callable, optional
        A function that shortens texts, such as `Excerpts.shorten_texts`.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    ModuleNotFoundError
        If the extra ``report`` is not installed.
    OSError
        If a file cannot be read or written.

    Notes
    -----
    A chart has a slide if `write_chart` saved it, in the order in which the notebooks show them.

    Examples
    --------
    >>> import tempfile
    >>> from clippings.report.slides_file import can_write_slides
    >>> folder = Path(tempfile.mkdtemp())
    >>> if can_write_slides():
    ...     _ = write_report_slides(folder, "The flood", "6 articles.", [], {})
    """
    return write_slides(
        folder / "report.pptx",
        title,
        scope,
        _summary(notebooks[0]) if notebooks else None,
        _slide_charts(folder, notebooks, charts),
        current_style(),
        shorten_texts=shorten_texts,
    )


def _outputs(notebook) -> list:
    """Return the outputs of a notebook that contain data, in order."""
    return [
        output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output
    ]


def _summary(brief) -> Summary | None:
    """Return the summary of the brief, which is the first section of its first view."""
    for output in _outputs(brief):
        if "text/html" in output.data:
            summary = summary_of_brief(output.data["text/html"])
            if summary:
                return summary
    return None


def _slide_charts(folder: Path, notebooks: list, charts: dict[str, SavedChart]) -> list[SlideChart]:
    """Return the saved charts in the order of the notebooks, each once."""
    slides: dict[str, SlideChart] = {}
    for notebook in notebooks:
        for output in _outputs(notebook):
            if "image/png" not in output.data:
                continue
            alt = output.metadata["image/png"]["alt"]
            chart = charts.get(alt_key(alt))
            if chart is None or chart.name in slides:
                continue
            picture = folder / "charts" / f"{chart.name}{SLIDE_PICTURE_SUFFIX}"
            if picture.is_file():
                slides[chart.name] = SlideChart(
                    finding=chart.finding,
                    png=picture.read_bytes(),
                    alt=alt,
                    source=SOURCE.format(name=chart.name),
                )
    return list(slides.values())
