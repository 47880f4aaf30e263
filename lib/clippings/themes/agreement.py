"""Measure how far two coders agree."""

import pandas as pd

from clippings.core.tables import by_article
from clippings.themes.statistics import krippendorff_alpha


def count_agreement(
    first: pd.DataFrame, second: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """Measure the agreement of two coders, or of a coder and the codebook, on themes.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Two tables of themes.
    passages : pandas.DataFrame
        The passages that both have coded.

    Returns
    -------
    pandas.DataFrame
        One row per theme, sorted by theme.

        - `theme`
        - `first`, `second`: passages in which each of them coded the theme
        - `both`: passages in which both coded the theme
        - `alpha`: Krippendorff's alpha, nominal: 1 for agreement, 0 for chance. Missing if both
          coded the theme in none or in all of these passages

    Notes
    -----
    The passage is the unit of comparison. The position of a theme within a passage is ignored, as
    is whether a sentence counts for or against the theme. Krippendorff advises against drawing
    conclusions from an alpha below 0.667.

    References
    ----------
    Krippendorff (2011); see `clippings.themes.statistics.krippendorff_alpha`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> themes = cl.find_themes(passages, codebook["themes"])
    >>> second_coder = themes[themes.article != "06_water_falls.txt"]
    >>> cl.count_agreement(themes, second_coder, passages).head(3)
            theme  first  second  both  alpha
    0       blame      8       8     8  1.000
    1      damage      9       8     8  0.936
    2  evacuation     10       9     9  0.943
    """
    coded_first = _coded_passages(first, passages)
    coded_second = _coded_passages(second, passages)

    rows = []
    for theme in sorted(coded_first.keys() | coded_second.keys()):
        codes = [
            [int(number in coded.get(theme, ())) for number in passages.index]
            for coded in (coded_first, coded_second)
        ]
        varies = len({*codes[0], *codes[1]}) > 1
        alpha = krippendorff_alpha(codes) if varies else float("nan")
        rows.append(
            {
                "theme": theme,
                "first": sum(codes[0]),
                "second": sum(codes[1]),
                "both": sum(map(min, *codes)),
                "alpha": round(alpha, 3),
            }
        )
    return pd.DataFrame(rows, columns=["theme", "first", "second", "both", "alpha"])


def _coded_passages(themes: pd.DataFrame, passages: pd.DataFrame) -> dict[str, set]:
    """Return the numbers of the passages in which each theme was coded."""
    passages_of = by_article(passages)
    coded: dict[str, set] = {}
    for row in themes.itertuples():
        for passage in passages_of.get(row.article, []):
            if row.start < passage.end and passage.start < row.end:
                coded.setdefault(row.label, set()).add(passage.Index)
    return coded
