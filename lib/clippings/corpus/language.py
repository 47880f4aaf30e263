"""In which language a text is, told by its commonest short words or by its script."""

import re
from collections import Counter, defaultdict
from functools import cache

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.tokens import fold, folded_words

SCRIPTS = {"ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": "\u4e00-\u9fff"}
LEAST_SHARE = {
    "tr": 0.1,
    "he": 0.1,
}  # grammar sits in their endings and prefixes; elsewhere a seventh of the words
LEAD, LEAST_WORDS = 0.08, 3


def tell_language(text: str) -> str:
    """The language that has the largest share of the words, if it is large enough and leads clearly.

    In: a text, of which the first 20,000 characters are read. Out: two letters, "" when not known. Raises: nothing.
    Misses: a headline, a table, a mixed text. A neighbour of a language in the list may pass for it (Galician for
    Portuguese, Slovak for Czech, Malay for Indonesian, Afrikaans for Dutch); Danish and Norwegian need a paragraph.
    Source: lexicon/en/text/stopwords.csv and function_words.csv; shares set on sentences of 20 languages.
    Example:
        >>> tell_language("The road to the bridge is closed."), tell_language("Die Straße ist zu, und das ist gut.")
        ('en', 'de')
    """
    if not text[:20_000].isascii() and (language := _script(text[:20_000])):
        return language
    words = [word for word in folded_words(text[:20_000]) if not any(map(str.isdecimal, word))]
    hits = Counter(language for word in words for language in _languages().get(word, ()))
    (best, most), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    enough = most >= max(LEAST_WORDS, LEAST_SHARE.get(best, 0.15) * len(words))
    return best if enough and most - second >= LEAD * len(words) else ""


@cache
def _languages() -> dict[str, list[str]]:
    """The languages in which a word is a function word."""
    found = defaultdict(list)
    for word in read_words("en/text/stopwords"):
        found[fold(word)].append("en")
    for row in read_lexicon("reading/function_words"):
        found[fold(row["word"])].append(row["language"])
    return dict(found)


def _script(text: str) -> str:
    """Chinese, Japanese or Korean by its letters, since blanks do not part its words."""
    signs = {language: len(re.findall(f"[{script}]", text)) for language, script in SCRIPTS.items()}
    if sum(signs.values()) < max(10, sum(sign.isalpha() for sign in text) / 2):
        return ""
    if signs["ko"] > signs["zh"] + signs["ja"]:
        return "ko"
    return "ja" if signs["ja"] > sum(signs.values()) / 10 else "zh"
