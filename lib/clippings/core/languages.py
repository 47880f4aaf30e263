"""Recognise the language of a text by its function words or script, and list supported features."""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from clippings.core.lexicon import languages_with, read_lexicon, read_words
from clippings.core.tokens import fold, folded_words

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = ""  # the language of a text is unknown

# A language has finders if it has this list; the other lists of its finders come with it.
LIST_OF_FINDERS = "speech/reporting_verbs"
LIST_OF_SENTENCES = "text/abbreviations"

READ_LENGTH = 20_000  # number of characters that is enough to recognise a language

# Shares of function words, chosen on sentences in 20 languages.
MIN_SHARE = 0.15
MIN_SHARES = {"tr": 0.1, "he": 0.1}  # these languages express grammar by endings and prefixes
MIN_LEAD = 0.08  # lead over the second language
MIN_WORDS = 3  # minimum number of function words,
MIN_WORDS_WITH_LETTERS = (
    2  # unless the text also contains letters typical of the language, such as ł or ß
)

# Related languages share so many function words that a lead of one word must suffice.
RELATED = ({"da", "no"}, {"ru", "uk", "bg"}, {"cs", "hr"})

SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
    "zh": "\u4e00-\u9fff",
}
CHARACTER_OF_SCRIPTS = re.compile(f"[{''.join(SCRIPTS.values())}]")
UNSPACED = ("ja", "zh")  # in these languages, full stops are never part of an abbreviation
MIN_SCRIPT_CHARACTERS = 10
MIN_KANA = 0.1  # share of kana among these characters; Japanese also uses Chinese characters


def detect_language(text: str) -> str:
    """Recognise the language of a text.

    Parameters
    ----------
    text : str
        A text, of which the first 20,000 characters are read.

    Returns
    -------
    str
        Two letters: the language whose function words make up the largest share of all words. "" if
        this share is too small or not clearly larger than that of the second language.

    Notes
    -----
    The language of headlines, tables and mixed texts is not recognised. A language without a list
    may be mistaken for a related one (Galician for Portuguese, Slovak for Czech, Serbian for
    Croatian, Malay for Indonesian, Afrikaans for Dutch). Danish and Norwegian can only be
    distinguished in a whole paragraph.

    Examples
    --------
    >>> detect_language("The road to the bridge is closed.")
    'en'
    >>> detect_language("Die Straße ist zu, und das ist gut.")
    'de'
    """
    beginning = text[:READ_LENGTH]
    if not beginning.isascii() and (language := _language_of_script(beginning)):
        return language
    words = _count_words_without_digits(beginning)
    number_of_words = words.total()
    hits = _count_hits(words)
    if not hits:
        return UNKNOWN
    best, best_hits = hits.most_common(1)[0]
    has_letters = _has_letters_of(best, beginning)
    min_words = MIN_WORDS_WITH_LETTERS if has_letters else MIN_WORDS
    if best_hits < max(min_words, MIN_SHARES.get(best, MIN_SHARE) * number_of_words):
        return UNKNOWN
    is_ahead = all(
        best_hits - other_hits >= (1 if _are_related(best, other) else MIN_LEAD * number_of_words)
        for other, other_hits in hits.items()
        if other != best
    )
    return best if is_ahead else UNKNOWN


def _are_related(language: str, other: str) -> bool:
    return any({language, other} <= languages for languages in RELATED)


def _has_letters_of(language: str, text: str) -> bool:
    """Return whether a text contains letters beyond a to z, all of which belong to a language."""
    characters = set(text)  # of which there are few, and so it is quick to look at each
    letters = {character for character in characters if character > "\x7f" and character.isalpha()}
    return bool(letters) and letters <= _letters_of(language)


@cache
def _letters_of(language: str) -> frozenset[str]:
    """Return the letters of a language other than a to z; empty if the language has no list."""
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
        The number of words for each language. A word that exists in several languages counts for
        each.

    Examples
    --------
    >>> counts = count_function_words("El puente está cerrado, dijo la alcaldesa.")
    >>> counts["es"], counts.get("en", 0)
    (2, 0)
    """
    return dict(_count_hits(_count_words_without_digits(text[:READ_LENGTH])))


def function_words(language: str) -> frozenset[str]:
    """List the function words that identify a language, folded.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    frozenset of str
        The words; empty for a language without a list.

    Examples
    --------
    >>> "und" in function_words("de")
    True
    """
    known = _languages_of_words()
    return frozenset(word for word, languages in known.items() if language in languages)


def _count_words_without_digits(text: str) -> Counter:
    """Count each word of a text; each is searched for digits only once, as texts repeat words."""
    uses = Counter(folded_words(text))
    for word in [word for word in uses if not word.isalpha()]:
        if any(map(str.isdecimal, word)):
            del uses[word]
    return uses


def _count_hits(words: Counter) -> Counter:
    """Count the function words of each language."""
    languages = _languages_of_words()
    hits: Counter = Counter()
    for word in [word for word in words if word in languages]:
        for language in languages[word]:
            hits[language] += words[word]
    return hits


@cache
def _languages_of_words() -> dict[str, list[str]]:
    """Return the languages in which a word is a function word."""
    languages = defaultdict(list)
    for word in read_words("en/text/stopwords"):
        languages[fold(word)].append("en")
    for row in read_lexicon("reading/function_words"):
        languages[fold(row["word"])].append(row["language"])
    return dict(languages)


def _language_of_script(text: str) -> str:
    """Return a language that is identified by its characters, such as Chinese, or ""."""
    # Most texts end here, before the characters of each script and all letters are counted.
    if not CHARACTER_OF_SCRIPTS.search(text):
        return ""
    counts = {
        language: len(re.findall(f"[{script}]", text)) for language, script in SCRIPTS.items()
    }
    total = sum(counts.values())
    if total < MIN_SCRIPT_CHARACTERS:
        return ""
    letters = sum(character.isalpha() for character in text)
    if total < letters / 2:
        return ""
    if counts["th"] > total / 2:
        return "th"
    if counts["ko"] > counts["zh"] + counts["ja"]:
        return "ko"
    return "ja" if counts["ja"] > MIN_KANA * total else "zh"


def has_finders(language: str) -> bool:
    """Return whether names, quotations, events, numbers and times are recognised in a language.

    Parameters
    ----------
    language : str
        Two letters, or "" if the language is not known.

    Returns
    -------
    bool
        Also True if the language is unknown: such texts are usually short, and most are in English.

    Examples
    --------
    >>> has_finders("en"), has_finders("de"), has_finders("")
    (True, False, True)
    """
    base = language.lower().replace("_", "-").partition("-")[0]  # en-GB is English
    return base == UNKNOWN or base in languages_with(LIST_OF_FINDERS)


def language_name(language: str) -> str:
    """Return the English name of a language.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    str
        Its name, or the two letters if they are not a language code.

    Examples
    --------
    >>> language_name("de"), language_name("pt")
    ('German', 'Portuguese')
    """
    from babel import Locale  # slow to load, and only needed here

    return Locale("en").languages.get(language, language)


def describe_languages() -> "pd.DataFrame":
    """List the recognised languages and the features available for each.

    Returns
    -------
    DataFrame
        One row per language, sorted by name. The last row represents all other languages.

        language
            Two letters; "" for others.
        name
            In English.
        recognised
            Whether `articles.language` names it.
        sentences
            Whether sentence splitting uses a list of its abbreviations.
        finders
            Whether names, quotations, events, numbers, times and phrases of news pages are
            recognised. Reading files, repeated text, word counts, groups, tables and codebook terms
            work in all languages.

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
    by_words = set(chain.from_iterable(_languages_of_words().values()))
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
    # Processes that read files import this module but do not need pandas otherwise.
    import pandas as pd

    return pd.DataFrame(rows)
