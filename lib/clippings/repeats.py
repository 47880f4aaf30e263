"""Text that stands more than once: printed twice in one article, boilerplate of an outlet, or shared."""

import hashlib
from collections import defaultdict

import numpy as np
import pandas as pd

from clippings.tables import by_article, in_order, make_table
from clippings.text import folded_words

BOILERPLATE_ARTICLES = 3  # the same paragraph in so many articles of one outlet is the outlet's own form


def find_repeats(passages: pd.DataFrame, articles: pd.DataFrame, *, min_words: int = 8) -> pd.DataFrame:
    """Every telling of a paragraph that stands more than once, linked to the first.

    In: passages; articles, whose outlet tells boilerplate and whose publication day tells which telling is first
    (the order of article ids where one of them is not known); min_words, the shortest paragraph that counts.
    Out: repeats, one row per telling: relation first, within (again in the same article), boilerplate (in 3
    or more articles of one outlet), shared (in another article); label = group, a hash and its first words.
    Raises: nothing.
    Misses: copies with any edited word, and copies of a part of a paragraph; count_missed says how many.
    Source: equal folded words (case, quotation marks, punctuation and blanks do not matter).
    Example:
        >>> find_repeats(make_table("passages"), make_table("articles")).empty
        True
    """
    groups = defaultdict(list)
    for passage in in_order(passages).itertuples():
        words = folded_words(passage.text)
        if len(words) >= min_words:
            groups[" ".join(words)].append((passage, len(words)))
    outlets = dict(zip(articles.article, articles.outlet, strict=True))
    days = dict(zip(articles.article, articles.published_from, strict=True))
    rows = []
    for key, tellings in groups.items():
        if len(tellings) > 1:
            if all(not pd.isna(days[passage.article]) for passage, _ in tellings):
                tellings.sort(key=lambda telling: days[telling[0].article])
            rows += _group(key, tellings, outlets)
    return make_table("repeats", rows)


def _group(key: str, tellings: list, outlets: dict[str, str]) -> list[dict]:
    first = tellings[0][0]
    label = f"{hashlib.sha256(key.encode()).hexdigest()[:8]} {' '.join(key.split()[:6])}"
    places = defaultdict(set)
    for passage, _ in tellings:
        places[outlets.get(passage.article, "")].add(passage.article)
    common = {outlet for outlet, found in places.items() if outlet and len(found) >= BOILERPLATE_ARTICLES}
    rows, seen = [], set()
    for passage, words in tellings:
        row = {
            "article": passage.article,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
            "label": label,
            "words": words,
            "similarity": 1.0,
            "rule": "equal words",
        }
        if passage is first:
            row["relation"] = "first"
        else:
            row |= {"like_article": first.article, "like_start": first.start, "like_end": first.end}
            again = passage.article in seen
            shared = "boilerplate" if outlets.get(passage.article, "") in common else "shared"
            row["relation"] = "within" if again else shared
        seen.add(passage.article)
        rows.append(row)
    return rows


def mark_repeats(table: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a column `telling`: is this the first telling, or a copy?

    In: any span table; repeats. Out: the rows in their order, + telling: within, boilerplate or shared for a
    row that lies in such a copy, else first (also where nothing repeats it). Filter it; nothing is cut.
    Raises: nothing. Misses: a row that lies only partly in a copy is called first. Source: none.
    Example:
        >>> list(mark_repeats(make_table("themes"), make_table("repeats")).columns)[-1]
        'telling'
    """
    copies = by_article(repeats[repeats.relation != "first"])
    starts = {article: np.array([row.start for row in rows]) for article, rows in copies.items()}
    found = []
    for row in table.itertuples():
        number = np.searchsorted(starts.get(row.article, []), row.start, side="right") - 1
        copy = copies[row.article][number] if number >= 0 else None
        found.append(copy.relation if copy is not None and row.end <= copy.end else "first")
    return table.assign(telling=pd.Series(found, index=table.index, dtype="str"))


def count_shared(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many words each article shares with the article that told them first.

    In: repeats; articles. Out: article_a (first telling), article_b (copy; the same article for text printed
    twice in it), words, share (of all words of article_b, 0 to 1), title_a, title_b; sorted by the two ids.
    Raises: nothing. Misses: two copies of one original are each paired with it, not with one another.
    Source: none.
    Example:
        >>> list(count_shared(make_table("repeats"), make_table("articles")).columns)
        ['article_a', 'article_b', 'words', 'share', 'title_a', 'title_b']
    """
    copies = repeats[repeats.relation != "first"]
    shared = copies.groupby(["like_article", "article"], as_index=False).words.sum()
    shared.columns = ["article_a", "article_b", "words"]
    needed = articles[articles.article.isin(shared.article_b)]
    lengths = {row.article: len(folded_words(row.text)) for row in needed.itertuples()}
    shares = [row.words / max(lengths[row.article_b], 1) for row in shared.itertuples()]
    titles = dict(zip(articles.article, articles.title, strict=True))
    return shared.assign(
        share=pd.Series(shares, index=shared.index, dtype="float64").round(4),
        title_a=shared.article_a.map(titles).astype("str"),
        title_b=shared.article_b.map(titles).astype("str"),
    )


def count_missed(*, min_words: int, max_edits: float = 0.15) -> pd.DataFrame:
    """How likely a copied paragraph is found, by its length and by how much of it was edited.

    In: min_words as given to find_repeats; max_edits, the largest share of edited words looked at (0 to 1).
    Out: words, edits (share of words edited, each word alike and on its own), found (probability).
    Raises: nothing. Misses: real edits come in runs, so real chances are somewhat better.
    Source: a paragraph is found only if no word of it is edited: (1 - edits) ** words.
    Example:
        >>> count_missed(min_words=8, max_edits=0.1).query("edits == 0.1").found.round(2).tolist()
        [0.0, 0.43, 0.12, 0.01]
    """
    lengths = [min_words - 1, min_words, 20, 50]
    rows = [
        (words, edits, float((1 - edits) ** words) if words >= min_words else 0.0)
        for words in sorted(set(lengths))
        for edits in sorted({0.0, 0.01, 0.05, max_edits})
    ]
    return pd.DataFrame(rows, columns=["words", "edits", "found"])


def first_tellings(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: first tellings and text shared with another article, without what the analyst refused.

    In: a span table with the column telling, and verdict where decisions were marked. Out: its rows that are first
    or shared and whose verdict is not "no", in order, fresh index.
    Raises: AttributeError without the column telling. Misses: see mark_repeats. Source: none.
    Example:
        >>> first_tellings(mark_repeats(make_table("themes"), make_table("repeats"))).empty
        True
    """
    kept = table[table.telling.isin(["first", "shared"])]
    return in_order(kept[kept.verdict != "no"] if "verdict" in kept.columns else kept)
