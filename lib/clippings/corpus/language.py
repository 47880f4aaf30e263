"""In which language a text is, by its commonest short words or its script."""

import re
from collections import Counter, defaultdict
from functools import cache

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.tokens import fold, folded_words

READ_LENGTH = 20_000  # characters of a text that are enough to recognise its language

# Shares of function words, set on sentences of 20 languages.
MIN_SHARE = 0.15
MIN_SHARES = {"tr": 0.1, "he": 0.1}  # their grammar sits in endings and prefixes
MIN_LEAD = 0.08  # over the second language
MIN_WORDS = 3  # function words: fewer say nothing

SCRIPTS = {"ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": "\u4e00-\u9fff"}
MIN_SCRIPT_CHARACTERS = 10
MIN_KANA = 0.1  # share of kana among all characters above: Japanese also has Chinese characters


def tell_language(text: str) -> str:
    """Recognise the language of a text.

    Parameters
    ----------
    text : str
        A text, of which the first 20,000 characters are read.

    Returns
    -------
    str
        Two letters, or "" if the language is not known: the language whose function words have the
        largest share of all words, if that is large enough and clearly ahead of the second.

    Notes
    -----
    Not recognised: headlines, tables, mixed texts. A neighbour of a language in the list may pass
    for it (Galician for Portuguese, Slovak for Czech, Malay for Indonesian, Afrikaans for Dutch);
    Danish and Norwegian need a paragraph.

    Examples
    --------
    >>> tell_language("The road to the bridge is closed.")
    'en'
    >>> tell_language("Die Straße ist zu, und das ist gut.")
    'de'
    """
    beginning = text[:READ_LENGTH]
    if not beginning.isascii() and (language := _language_of_script(beginning)):
        return language
    words = [word for word in folded_words(beginning) if not _has_digit(word)]
    languages = _languages_of_words()
    hits = Counter(language for word in words for language in languages.get(word, ()))
    if not hits:
        return ""
    ranking = [*hits.most_common(2), ("", 0)]
    best, best_hits = ranking[0]
    _, second_hits = ranking[1]
    min_hits = max(MIN_WORDS, MIN_SHARES.get(best, MIN_SHARE) * len(words))
    is_ahead = best_hits - second_hits >= MIN_LEAD * len(words)
    return best if best_hits >= min_hits and is_ahead else ""


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


@cache
def _languages_of_words() -> dict[str, list[str]]:
    """The languages in which a word is a function word."""
    languages = defaultdict(list)
    for word in read_words("en/text/stopwords"):
        languages[fold(word)].append("en")
    for row in read_lexicon("reading/function_words"):
        languages[fold(row["word"])].append(row["language"])
    return dict(languages)


def _language_of_script(text: str) -> str:
    """Chinese, Japanese or Korean by its characters, for no blanks separate its words; or ""."""
    counts = {
        language: len(re.findall(f"[{script}]", text)) for language, script in SCRIPTS.items()
    }
    total = sum(counts.values())
    letters = sum(character.isalpha() for character in text)
    if total < max(MIN_SCRIPT_CHARACTERS, letters / 2):
        return ""
    if counts["ko"] > counts["zh"] + counts["ja"]:
        return "ko"
    return "ja" if counts["ja"] > MIN_KANA * total else "zh"
