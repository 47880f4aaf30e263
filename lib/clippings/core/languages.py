"""In which language a text is, by its commonest short words or its script; and what works in it."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from clippings.core.lexicon import languages_with, read_lexicon, read_words
from clippings.core.tokens import fold, folded_words

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = ""  # the language of a text in which none was recognised

# A language has finders if it has this list; what finders share comes with it.
LIST_OF_FINDERS = "speech/reporting_verbs"
LIST_OF_SENTENCES = "text/abbreviations"

READ_LENGTH = 20_000  # characters of a text that are enough to recognise its language

# Shares of function words, set on sentences of 20 languages.
MIN_SHARE = 0.15
MIN_SHARES = {"tr": 0.1, "he": 0.1}  # their grammar sits in endings and prefixes
MIN_LEAD = 0.08  # over the second language
MIN_WORDS = 3  # function words: fewer say nothing,
MIN_WORDS_WITH_LETTERS = 2  # unless the text also has letters of the language, such as ł or ß

# Related languages share so many function words that a lead of one word must suffice.
RELATED = ({"da", "no"}, {"ru", "uk", "bg"}, {"cs", "hr"})

SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
    "zh": "\u4e00-\u9fff",
}
UNSPACED = ("ja", "zh")  # their full stops are never part of an abbreviation
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
    for it (Galician for Portuguese, Slovak for Czech, Serbian for Croatian, Malay for Indonesian,
    Afrikaans for Dutch); Danish and Norwegian need a paragraph.

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
    words = _words_without_digits(beginning)
    hits = _count_hits(words)
    if not hits:
        return UNKNOWN
    best, best_hits = hits.most_common(1)[0]
    has_letters = _has_letters_of(best, beginning)
    min_words = MIN_WORDS_WITH_LETTERS if has_letters else MIN_WORDS
    if best_hits < max(min_words, MIN_SHARES.get(best, MIN_SHARE) * len(words)):
        return UNKNOWN
    is_ahead = all(
        best_hits - other_hits >= (1 if _are_related(best, other) else MIN_LEAD * len(words))
        for other, other_hits in hits.items()
        if other != best
    )
    return best if is_ahead else UNKNOWN


def _are_related(language: str, other: str) -> bool:
    return any({language, other} <= languages for languages in RELATED)


def _has_letters_of(language: str, text: str) -> bool:
    """Check whether a text has letters beyond a to z, and all of them belong to a language."""
    letters = {character for character in text if character > "\x7f" and character.isalpha()}
    return bool(letters) and letters <= _letters_of(language)


@cache
def _letters_of(language: str) -> frozenset[str]:
    """Letters beyond a to z of a language in Latin script; empty for one without a list."""
    rows = read_lexicon("reading/letters")
    letters = "".join(row["letters"] for row in rows if row["language"] == language)
    return frozenset(letters + letters.upper())


def count_function_words(text: str) -> dict[str, int]:
    """Count the function words of each language in a text.

    Parameters
    ----------
    text : str
        A text, of which the first 20,000 characters are read.

    Returns
    -------
    dict of str to int
        Language to number of words; a word that several languages have counts for each.

    Examples
    --------
    >>> counts = count_function_words("El puente está cerrado, dijo la alcaldesa.")
    >>> counts["es"], counts.get("en", 0)
    (2, 0)
    """
    return dict(_count_hits(_words_without_digits(text[:READ_LENGTH])))


def function_words(language: str) -> frozenset[str]:
    """List the function words by which a language is recognised, folded.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    frozenset of str
        Empty for a language without a list.

    Examples
    --------
    >>> "und" in function_words("de")
    True
    """
    known = _languages_of_words()
    return frozenset(word for word, languages in known.items() if language in languages)


def _words_without_digits(text: str) -> list[str]:
    return [word for word in folded_words(text) if not _has_digit(word)]


def _count_hits(words: list[str]) -> Counter:
    languages = _languages_of_words()
    return Counter(language for word in words for language in languages.get(word, ()))


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
    """A language that is known by its characters, such as Chinese; or ""."""
    counts = {
        language: len(re.findall(f"[{script}]", text)) for language, script in SCRIPTS.items()
    }
    total = sum(counts.values())
    letters = sum(character.isalpha() for character in text)
    if total < max(MIN_SCRIPT_CHARACTERS, letters / 2):
        return ""
    if counts["th"] > total / 2:
        return "th"
    if counts["ko"] > counts["zh"] + counts["ja"]:
        return "ko"
    return "ja" if counts["ja"] > MIN_KANA * total else "zh"


def has_finders(language: str) -> bool:
    """Check whether names, quotations, events, numbers and times are found in a language.

    Parameters
    ----------
    language : str
        Two letters, or "" if the language is not known.

    Returns
    -------
    bool
        Also True if the language is not known: the text is usually short, and most are English.

    Examples
    --------
    >>> has_finders("en"), has_finders("de"), has_finders("")
    (True, False, True)
    """
    base = language.lower().replace("_", "-").partition("-")[0]  # en-GB is English
    return base == UNKNOWN or base in languages_with(LIST_OF_FINDERS)


def language_name(language: str) -> str:
    """Name a language in English.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    str
        Its name; the two letters if they are no code of a language.

    Examples
    --------
    >>> language_name("de"), language_name("pt")
    ('German', 'Portuguese')
    """
    from babel import Locale  # slow to load, and only needed here

    return Locale("en").languages.get(language, language)


def describe_languages() -> "pd.DataFrame":
    """List the languages that are recognised, and the features that work in each.

    Returns
    -------
    DataFrame
        One row per language, sorted by name; the last row stands for all others.

        language
            Two letters; "" for others.
        name
            In English.
        recognised
            Whether `articles.language` names it.
        sentences
            Whether its abbreviations are known, which matter for sentence splitting.
        finders
            Whether names, quotations, events, numbers, times and phrases of news pages are found.
            Reading, repeats, words, groups, tables and codebook terms work in all.

    Examples
    --------
    >>> import clippings as cl
    >>> languages = cl.describe_languages()
    >>> languages[languages.language.isin(["da", "de", "en"])]
       language     name  recognised  sentences  finders
    5        da   Danish        True       True    False
    7        en  English        True       True     True
    10       de   German        True       True    False
    """
    by_words = {language for known in _languages_of_words().values() for language in known}
    recognised = by_words | SCRIPTS.keys()
    rows = [
        {
            "language": language,
            "name": language_name(language),
            "recognised": True,
            "sentences": language in languages_with(LIST_OF_SENTENCES) or language in UNSPACED,
            "finders": language in languages_with(LIST_OF_FINDERS),
        }
        for language in recognised
    ]
    rows.sort(key=lambda row: row["name"])
    others = {"name": "all others", "recognised": False, "sentences": False, "finders": False}
    rows.append({"language": UNKNOWN, **others})
    # Processes that read files import this module, and have no other use for pandas.
    import pandas as pd

    return pd.DataFrame(rows)
