"""The wording of charts, evidence tables and widgets.

Names in braces, such as ``{articles}``, are filled in when a text is displayed; do not change these
names. Counts include their noun ("3 articles"), and shares are percentages ("75%"). You can change
all other words freely, because no code depends on them.
"""

from typing import NamedTuple


class Plural(NamedTuple):
    """A text in two forms: one for the number 1 and one for all other numbers."""

    one: str
    other: str

    def fill(self, number: int, **fields) -> str:
        """Choose the form for a number and fill in its fields; ``{number}`` is the number itself.

        Examples
        --------
        >>> Plural(one="{number} claim rests", other="{number} claims rest").fill(1200)
        '1,200 claims rest'
        """
        form = self.one if number == 1 else self.other
        return form.format(number=f"{number:,}", **fields)


def percent(share: float) -> str:
    """Write a share from 0 to 1 as a percentage.

    Examples
    --------
    >>> percent(0.754)
    '75%'
    """
    return f"{share:.0%}"


def label_words(label: str) -> str:
    """Replace the underscores of a codebook label with spaces.

    Examples
    --------
    >>> label_words("river_level")
    'river level'
    """
    return label.replace("_", " ")


# --- Names used in several views ------------------------------------------------------------------

NO_LABEL = "unnamed"  # a quotation whose speaker the article does not name
UNKNOWN_SOURCE_TYPE = "unknown"
UNNAMED_SPEAKER = "unnamed: {source_type}"
UNIDENTIFIED_SPEAKER = "speaker not identified"
NO_CHART_ALT = "No chart: {reason}."

# The relation of a repeated passage to its first occurrence, by the code in `repeats.relation`.
RELATIONS = {
    "first": "first occurrence",
    "shared": "in another article",
    "boilerplate": "outlet boilerplate",
    "within": "in the same article",
}


# --- Chart of zones -------------------------------------------------------------------------------

ZONES_EMPTY = "No article could be read"
ZONES_FINDING = "{share} of the words are article text"
ZONES_ALT = (
    "Bar chart of words per article, by part of the page: {share} of {words} are article text."
)
ZONES_X_AXIS = "words"
ZONES_NOTE = Plural(
    one="{number} of {all} articles is shown, the one with the most words",
    other="{number} of {all} articles are shown, those with the most words",
)
PAGE_PARTS = {
    "story": "article text",
    "caption": "captions and credits",
    "furniture": "page furniture",
    "comment": "comments",
}


# --- Chart of key words ---------------------------------------------------------------------------

KEYNESS_EMPTY = "No words to compare"
KEYNESS_FINDING = "Key words: {words}"
KEYNESS_NOTHING_CLEAR = "No word is clearly more frequent in these texts than in the others"
KEYNESS_ALT = "Dot chart of key words with 95% intervals. {finding}."
KEYNESS_X_AXIS = "log ratio (1: twice as frequent, 2: four times), with 95% interval"


# --- Chart of key terms ---------------------------------------------------------------------------

KEY_TERMS_EMPTY = "No term clearly distinguishes a group from the others"
KEY_TERMS_FINDING = "Most distinctive terms: {terms}"
KEY_TERM_OF_GROUP = "“{term}” ({group})"
KEY_TERMS_ALT = "Dot charts of the key terms of each group with 95% intervals. {finding}."
KEY_TERMS_X_AXIS = "log ratio (1: twice as frequent, 2: four times), with 95% interval"
KEY_TERMS_NOTE = Plural(
    one="{number} of {all} groups is shown, the one with the most articles",
    other="{number} of {all} groups are shown, those with the most articles",
)


# --- Chart of the stability of groups -------------------------------------------------------------

STABILITY_EMPTY = "Too little text to compare groupings"
STABILITY_ONE_K = Plural(
    one="Too few articles for more than {number} group (stability {stability}, fit {fit})",
    other="Too few articles for more than {number} groups (stability {stability}, fit {fit})",
)
STABILITY_FINDING = Plural(
    one="The proposed solution has {number} group (stability {stability}, fit {fit})",
    other="The proposed solution has {number} groups (stability {stability}, fit {fit})",
)
STABILITY_NONE_PROPOSED = "No number of groups fits much better than chance"
STABILITY_SAMPLE = "; measured on a random sample of {tried} of {articles}"
STABILITY_ALT = "Dot chart of stability, fit and score by number of groups: {finding}."
STABILITY_X_AXIS = "number of groups"
STABILITY_LEGEND = "stability (line: range down to the least stable sample)"
FIT_LEGEND = "fit (distance between the groups)"
SCORE_LEGEND = "score (stability times fit)"


# --- Chart of speakers ----------------------------------------------------------------------------

SPEAKERS_EMPTY = "No quotations were found"
SPEAKERS_FINDING = (
    "{speaker} is quoted most ({words} of {all_words}); unnamed speakers account for {share}"
)
SPEAKERS_NONE_NAMED = "None of the quoted speakers is named"
SPEAKERS_ALT = "Bar chart of quoted words per speaker: {finding}."
SPEAKERS_X_AXIS = "words quoted or reported (hatched: no named speaker)"
SPEAKERS_LEGEND_TITLE = "type of source"
SPEAKERS_NOTE = Plural(
    one="{number} of {all} bars is shown, the one with the most words",
    other="{number} of {all} bars are shown, those with the most words",
)


# --- Chart of independent sources -----------------------------------------------------------------

ORIGINS_EMPTY = "No claims were found"
ORIGINS_FINDING = Plural(
    one="{number} of {claims} has no more than one independent source",
    other="{number} of {claims} have no more than one independent source",
)
ORIGINS_NONE_SEVERAL = Plural(
    one="The only claim has no more than one independent source",
    other="None of the {number} claims has more than one independent source",
)
ORIGINS_ALT = "Bar chart of independent sources per claim: {finding}."
ORIGINS_X_AXIS = "independent sources"
ORIGINS_NOTE = Plural(
    one="{number} of {all} claims is shown, the one with the most sources",
    other="{number} of {all} claims are shown, those with the most sources",
)
CLAIM_NAME = "{kind}"
CLAIM_NAME_WITH_PLACE = "{kind} in {place}"


# --- Chart of shared text -------------------------------------------------------------------------

SHARED_EMPTY = "No repeated passages were found"
SHARED_WITHIN = Plural(
    one="{number} word is repeated within {articles}",
    other="{number} words are repeated within {articles}",
)
SHARED_ACROSS = Plural(
    one="{number} word is shared by {pairs} of articles",
    other="{number} words are shared by {pairs} of articles",
)
SHARED_ALT = (
    "Matrix of the number of words that articles share, and strips that show the position of"
    " repeated passages: {finding}."
)
SHARED_MATRIX_X_AXIS = "words shared with article …"
SHARED_STRIPS_X_AXIS = "position on the page (characters)"
SHARED_CELLS = "words"
SHARED_NOTE = Plural(
    one="{number} of {all} articles is shown, the one that shares the most words",
    other="{number} of {all} articles are shown, those that share the most words",
)
ARTICLE_WITH_NUMBER = "{article}  {number}"


# --- Chart of themes ------------------------------------------------------------------------------

THEMES_EMPTY = "No theme of the codebook was found"
THEMES_FINDING = "“{theme}” is the most frequent theme ({sentences}, {articles})"
THEMES_ALT = "Matrix of themes and articles, with the number of sentences in each cell: {finding}."
THEMES_X_AXIS = "articles (numbers: sentences with the theme)"
THEMES_X_AXIS_SHARED = (
    "articles (numbers: sentences with the theme; in brackets: also in another article)"
)
THEMES_X_AXIS_COLOURS = "articles"
THEMES_CELLS = "sentences"
THEMES_NOTE = Plural(
    one="{number} of {all} themes is shown, the most frequent",
    other="{number} of {all} themes are shown, the most frequent ones",
)
THEMES_NOTE_ARTICLES = Plural(
    one="{number} of {all} articles is shown, the one with the most sentences",
    other="{number} of {all} articles are shown, those with the most sentences",
)


# --- Chart of topics ------------------------------------------------------------------------------

TOPICS_EMPTY = "Too little text to find topics"
TOPICS_FINDING = "The most widespread topic is “{topic}” ({articles})"
TOPICS_ALT = "Bar chart of topics, by number of articles: {finding}. The largest: {topics}."
TOPICS_X_AXIS = "articles"
TOPIC_LEGEND = "topic"
SUBTOPIC_LEGEND = "sub-topic"
SUBTOPIC_NAME = "– {subtopic}"
TOPICS_NOTE = Plural(
    one="{number} of {all} topics is shown, the most widespread",
    other="{number} of {all} topics are shown, the most widespread ones",
)
TOPICS_NOTE_SUBTOPICS = "Sub-topics are not shown"


# --- Chart of actors named together ---------------------------------------------------------------

NETWORK_EMPTY = "No two actors are named together"
NETWORK_FINDING = Plural(
    one="{first} and {second} are named together most often, {number} time",
    other="{first} and {second} are named together most often, {number} times",
)
NETWORK_ALT = "Network of actors who are named together: {finding}."
NETWORK_NOTE = Plural(
    one="{number} of {all} pairs is shown, the most frequent",
    other="{number} of {all} pairs are shown, the most frequent ones",
)


# --- Timeline -------------------------------------------------------------------------------------

TIMELINE_EMPTY = "Nothing could be dated"
TIMELINE_ALL_DATED = Plural(
    one="The date of the article is known to within {narrowest}",
    other="A date range is known for all {number} articles; the narrowest is {narrowest}",
)
TIMELINE_BOTH_DATED = "A date range is known for both articles; the narrowest is {narrowest}"
TIMELINE_SOME_DATED = (
    "A date range is known for {dated} of {articles}; the narrowest is {narrowest}"
)
TIMELINE_NONE_DATED = Plural(
    one="No date range is known for the article",
    other="No date range is known for any of the {number} articles",
)
TIMELINE_ALL_ON_DAYS = Plural(
    one="The article is dated {period}",
    other="All {number} articles have exact dates ({period})",
)
TIMELINE_BOTH_ON_DAYS = "Both articles have exact dates ({period})"
TIMELINE_SOME_ON_DAYS = Plural(
    one="{number} of {articles} has an exact date ({period})",
    other="{number} of {articles} have exact dates ({period})",
)
TIMELINE_EVENTS_ONLY = Plural(
    one="{number} event can be dated", other="{number} events can be dated"
)
TIMELINE_ALT = "Timeline of articles and events: {finding}."
TIMELINE_ORDER_AXIS = "order of events (not to scale)"
TIMELINE_ARTICLE = "published: {article}"
TIMELINE_ARTICLES_ON_DAYS = Plural(
    one="published: {number} article", other="published: {number} articles"
)
TIMELINE_ARTICLES_UNDATED = Plural(
    one="no date: {number} article", other="no date: {number} articles"
)
TIMELINE_EVENT_OF = "{kind} ({participant})"
TIMELINE_EVENT_IN = "{event} {place}"
TIMELINE_AMOUNT = ": {amount} {counted}"
TIMELINE_UNKNOWN = "unknown"
TIMELINE_NOTE = Plural(
    one="{number} of {all} rows is shown",
    other="{number} of {all} rows are shown; events that most articles report come first",
)
CERTAIN_BAR = "certain range"
LIKELY_BAR = "likely range (fading)"
CERTAIN_LIMITS = "certain limits"
OPEN_END = "no known limit"
SINGLE_DAY = "single day"
MODALITIES = {
    "happened": "happened",
    "reported": "reported",
    "planned": "planned",
    "habitual": "habitual",
    "denied": "denied",
}


# --- Chart of periods -----------------------------------------------------------------------------

PERIODS_EMPTY = "Nothing was found that could be counted"
PERIODS_NONE_DATED = Plural(
    one="The article cannot be assigned to a period",
    other="None of the {number} articles can be assigned to a period",
)
PERIODS_NONE_CERTAIN = "No article can be assigned to a single {unit} with certainty"
PERIODS_ONE_CERTAIN = "Only one article can be assigned to a single {unit} with certainty"
PERIODS_ONE_PERIOD = Plural(
    one="The only dated article was published {period}",
    other="All {number} dated articles were published {period}",
)
PERIODS_NEW = (
    "“{label}” is new: it appears in {later} of {later_all} published since {day}, and in none of"
    " the {earlier_all} published earlier"
)
PERIODS_RISES = (
    "“{label}” has become more frequent: it appears in {later} of {later_all} published since"
    " {day}, but only in {earlier} of the {earlier_all} published earlier"
)
PERIODS_FALLS = (
    "“{label}” has become less frequent: it appears in {later} of {later_all} published since"
    " {day}, compared with {earlier} of the {earlier_all} published earlier"
)
PERIODS_GONE = (
    "“{label}” no longer appears: it is in none of the {later_all} published since {day}, but in"
    " {earlier} of the {earlier_all} published earlier"
)
PERIODS_PEAK = "“{label}” appears mostly {period} ({peak} of {articles})"
PERIODS_IN_BOTH = "“{label}” appears in both dated articles"
PERIODS_IN_ALL = "“{label}” appears in all {number} dated articles"
PERIODS_IN_NONE = Plural(
    one="The dated article contains none of the labels",
    other="None of the {number} dated articles contains any of the labels",
)
PERIODS_UNCLEAR = "“{label}” appears in {number} of {articles}, without a clear trend"
PERIODS_TOO_FEW = "“{label}” appears in {number} of {articles}, too few to show a trend"
PERIODS_ALT = "{charts} per {unit}, one for each of the labels {labels}: {finding}."
PERIODS_ALT_ONE_LABEL = "{charts} per {unit} for the label {labels}: {finding}."
PERIODS_ALL_ARTICLES = "all articles"
PERIODS_PANEL = "{label}: {trend}"
PERIODS_TRENDS = {"new": "new", "rises": "more frequent", "falls": "less frequent"}
PERIODS_NOTE = Plural(
    one="{number} of {all} labels is shown, the most frequent",
    other="{number} of {all} labels are shown, the most frequent ones",
)
PERIODS_NOTE_TREND = Plural(
    one="{number} of {all} labels is shown, the one with the clearest trend",
    other="{number} of {all} labels are shown, those with the clearest trends",
)
PERIODS_UNDATED = "undated"
PERIODS_SOLID = "date lies within the {unit}"
PERIODS_OUTLINED = "date may lie within the {unit}"
PERIODS_GAP = "no articles"
PERIODS_INTERVAL = "value with 95% interval"
PERIODS_CAPTION = "Bars: number of articles per {unit}."
PERIODS_CAPTION_SHARE = "Dots: share of the articles of each {unit}."
PERIODS_CAPTION_RATE = "Dots: occurrences per 1,000 words of each {unit}."
PERIODS_CAPTION_LEFT_OUT = (
    "The dates range from {first} to {last}; at the dotted lines, stretches of more than {number}"
    " {unit}s without articles are left out."
)
PERIODS_CAPTION_POSSIBLE = (
    "An article whose date is a range is counted for every {unit} that it may belong to."
)
PERIODS_CAPTION_POSSIBLE_SHARE = (
    "Articles whose date is a range are left out of the dots, but the intervals allow for them."
)
PERIODS_CAPTION_POSSIBLE_RATE = "Articles whose date is a range are left out."
PERIODS_CAPTION_UNDATED = Plural(
    one="Right: {number} article without a sufficiently precise date.",
    other="Right: {number} articles without a sufficiently precise date.",
)
PERIODS_CAPTION_UNDATED_SCALE = Plural(
    one="Right, on a different scale: {number} article without a sufficiently precise date.",
    other="Right, on a different scale: {number} articles without a sufficiently precise date.",
)
# The beginning of the alternative text.
PERIODS_MEASURES = {
    "articles": "Bar charts of the number of articles",
    "share": "Dot charts of the share of articles",
    "rate": "Dot charts of the occurrences per 1,000 words",
}
PERIODS_X_AXES = {
    "day": "day of publication",
    "week": "week of publication (its Monday)",
    "month": "month of publication",
    "year": "year of publication",
}
# A period within a sentence.
PERIODS_IN = {
    "day": "on {day} {month} {year}",
    "week": "in the week of {day} {month} {year}",
    "month": "in {month} {year}",
    "year": "in {year}",
}
PERIODS_DAY = "{day} {month} {year}"
# A period on the axis, and the first one of a year.
PERIODS_TICKS = {"day": "{day} {month:.3}", "week": "{day} {month:.3}", "month": "{month:.3}"}
PERIODS_YEAR_TICK = "{year}"
PERIODS_TICK_WITH_YEAR = "{tick}\n{year}"


# --- Evidence -------------------------------------------------------------------------------------

NO_PASSAGES = "No passages were found."
ROWS_SHOWN = "{shown} of {total}"
TERM_NOT_FOUND = "“{term}” was not found."
LINES_SHOWN = "“{term}”: {shown} of {total}"
CONCORDANCE_HEADS = ("before", "match", "after", "article")


# --- Reasons for dates ----------------------------------------------------------------------------

NOTHING_TO_DATE = "There is nothing to date."
REASONS_HEADS = ("article or event", "certain range", "likely range", "reasons")
UNKNOWN_DATE = "unknown"
NOTHING_KNOWN = "no information"
REASON_NOT_BEFORE = "not before {day}"
REASON_NOT_AFTER = "not after {day}"
REASON_WEEKDAY = "on a {weekday}"
REASON_DAY_OF_YEAR = "on {first} of an unknown year"
REASON_DAYS_OF_YEAR = "between {first} and {last} of an unknown year"
REASON_SAME_DAY = "the same day as {reference}"
REASON_DAYS_BEFORE = Plural(
    one="{number} day before {reference}", other="{number} days before {reference}"
)
REASON_DAYS_AFTER = Plural(
    one="{number} day after {reference}", other="{number} days after {reference}"
)
REASON_RANGE_BEFORE = "{least} to {most} days before {reference}"
REASON_RANGE_AFTER = "{least} to {most} days after {reference}"
REASON_WITHIN = "within {days} days of {reference}"
REASON_AROUND = "between {before} days before and {after} days after {reference}"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_OF_MONTH = "{day} {month}"
THE_ARTICLE = "the article"
REASON_RULE = "{reason} ({rule})"
REASON_RULE_LIKELY = "{reason} ({rule}, likely)"
REASON_REFUSED = "not used: {reason}"
EVENT_OF_ARTICLE = "{article}: {event}"
DATED_LINE = "{name}: {certain}; likely {likely}"


# --- Brief ----------------------------------------------------------------------------------------

PASSAGES_SHOWN = "{shown} of {passages}"
# Accounts of events: the first two columns, and the others by column of `count_accounts`
NO_ACCOUNTS = "No event was found with certainty in more than one article."
ACCOUNT_HEADINGS = ("article", "account")
ACCOUNT_COLUMNS = {"sources": "source named", "numbers": "numbers", "dates": "date"}
# Headings of the small charts
HIGHLIGHTS = {
    "actors": "Most mentioned (articles)",
    "themes": "Most widespread themes (articles)",
    "topics": "Most widespread topics (articles)",
    "speakers": "Most quoted (words)",
    "days": "Date of publication (articles)",
    "months": "Month of publication (articles)",
    "years": "Year of publication (articles)",
}


# --- Copies and their first occurrence ------------------------------------------------------------

NO_COPIES = "No copies were found."
ALIGNMENT_HEADS = ("first occurrence", "copy")
ALIGNMENT_PAIR = "{relation}: {words}, {share} identical"
ALIGNMENT_PLACE = "{article}, {start} to {end}"
COPIES = Plural(one="{number} copy", other="{number} copies")
ALIGNMENT_CAPTION = "{shown} of {copies}"
ALIGNMENT_KEY = "edits:"
EQUAL_WORDS_LEFT_OUT = " … {number} unchanged words … "
EDITS = {
    "delete": "only in the first occurrence",
    "insert": "only in the copy",
    "replace": "reworded",
}


# --- Page of an article ---------------------------------------------------------------------------

ARTICLE_CUT = "The first {shown} of {total} characters are shown."
ARTICLE_HEAD = "[article] {article}"
OTHER_LABELS = "{number} other labels"
# The label of the passages that a report cites, on its article pages
CITED_LABEL = "cited here"
HINTS_NOT_SHOWN = "and {number} more"
HINT_CELL = "{column}: {value}"
HINT_TIE = "{role} of {label}: {words}"


# --- Charts and their passages --------------------------------------------------------------------

MARK_HINT = "{names}: {contents}"
DATES_AND_REASONS = "dates and reasons"


# --- Interactive views ----------------------------------------------------------------------------

ALL_OPTION = "(all)"
NO_OPTION = "(none)"
OPTION_COUNT = "{label} ({number})"
OPTION_PLACE = "{words} · {article}, {start}"
OPTION_ARTICLE = "{title} · {article}"
EQUIVALENT_CODE = "equivalent code"
NOT_SAVED = "Not saved: {error}"
SAVED = "Saved in codebook/{table}.csv. Run the notebook again to update its charts."

ARTICLE_CONTROL = "article"

QUERY_CONTROL = "words (regular expression)"
SORT_CONTROL = "sort by"
SORT_OPTIONS = {None: "position", "right": "following words", "left": "preceding words"}
CONTEXT_CONTROL = "context (characters)"

OUTLET_CONTROL = "outlet (articles)"
PUBLISHED_CONTROL = "published between (months)"
ACTOR_FILTER_CONTROL = "mentions the actor"
THEME_FILTER_CONTROL = "theme or topic (passages)"
DUPLICATES_CONTROL = "include duplicates"
PASSAGES_IN_ARTICLES = "{passages} in {part:,} of {articles}."
OCCURRENCE = "occurrence"
CORPUS_COLUMNS = {
    "article": "article",
    "outlet": "outlet",
    "published": "published",
    "words": "words",
    "passages": "passages",
}

GROUP_CONTROL = "group (copies)"
MIN_WORDS_CONTROL = "minimum words"
MIN_SIMILARITY_CONTROL = "minimum similarity (share of words)"

THEME_CONTROL = "theme (sentences)"
CODEBOOK_ROW_CONTROL = "codebook row"
CODEBOOK_ROW_OPTION = "{theme}, {side}: {term}"
TERM_CONTROL = "search term of the row"
SAVE_ROW_BUTTON = "Save this row"
NO_CODEBOOK_ROW = "Choose a codebook row first."
TERM_AS_SAVED = "The saved term finds {sentences}, including duplicates. The edited term finds:"

NAME_CONTROL = "name contains"
ROLE_CONTROL = "as"
ROLE_OPTIONS = {"mentions": "named (mentions)", "quotes": "quoted (statements)"}
ACTOR_CONTROL = "actor (rows)"
ROW_CONTROL = "row"
MERGE_CONTROL = "proposed merge"
MERGE_OPTION = "{first} = {second} ({reason})"
ACCEPT_ROW_BUTTON = "Accept this row"
REJECT_ROW_BUTTON = "Reject this row"
MERGE_BUTTON = "Merge the two names"
NOT_SAME_ACTOR_BUTTON = "Different actors"
MERGE_WITH_CONTROL = "merge the actor with"
NO_MERGE = "Choose a proposed merge, or an actor and the name to merge it with."
NOT_ANOTHER_NAME = "{name} is not another name in the articles: choose one of the suggestions."
MERGED = Plural(
    one="{first} and {second} are now merged as {actor} ({number} mention).",
    other="{first} and {second} are now merged as {actor} ({number} mentions).",
)
NOT_MERGED = "{first} and {second} are recorded as different actors."
NO_ROW = "Choose a row first."
ROW_DECIDED = "{words}: {verdict}."

MIN_SENTENCES_CONTROL = "minimum number of shared sentences"
PAIR_CONTROL = "pair (sentences)"
PAIR_OPTION = "{first} – {second} ({number})"

KIND_CONTROL = "kind (articles or events)"
MONTHS_CONTROL = "dated between (months)"
CERTAINTY_CONTROL = "range"
CERTAINTY_OPTIONS = {"likely_": "likely range", "": "certain range"}
MONTHS_SHOWN = "{first} to {last}"

CLAIM_CONTROL = "claim (mentions)"
MENTION_CONTROL = "one of its mentions"
SAME_EVENT_BUTTON = "Same event"
OTHER_EVENT_BUTTON = "Different event"
CLAIM_REASONS = "{words}: {status}; {reasons}; against: {against}"
NOTHING_AGAINST = "nothing"


# --- Teaching a theme -----------------------------------------------------------------------------

DEFINITION_CONTROL = "definition"
TERMS_CONTROL = "search terms, separated by |"
ANSWERS_CONTROL = "answers"
ANSWERS_HINT = "type y, n or s"
ANSWERS_HELP = (
    "Click the field “answers” and type y (the passage carries the theme), n (it does not) or s"
    " (skip). Delete a letter to take the answer back."
)
YES_BUTTON = "Yes (y)"
NO_BUTTON = "No (n)"
SKIP_BUTTON = "Skip (s)"
PROPOSE_TERMS_BUTTON = "Propose terms"
SAVE_ANSWERS_BUTTON = "Save answers"
ANSWERED = {"y": "Yes.", "n": "No.", "s": "Skipped."}
NOTHING_TO_ANSWER = "There is no passage to judge."
NO_DESCRIPTION = (
    "Enter a definition or search terms of the theme, or pass three passages with it: yes=[…]."
)
TEACHING_NOT_STARTED = "No passage has been judged."
TEACHING_PROGRESS = (
    "{read} read, {yes} with the theme; probably {low} to {high} more among {unread} unread."
)
TEACHING_PROGRESS_NONE_LEFT = (
    "{read} read, {yes} with the theme; probably no more among {unread} unread."
)
TEACHING_PROGRESS_NO_ESTIMATE = (
    "{read} read, {yes} with the theme, {unread} unread. It is too early to estimate how many"
    " remain: judge passages until some answers are yes and some are no."
)
TEACHING_ALL_READ = "{read} read, {yes} with the theme. No passage is left."
# When to stop, by the share of the theme that has been read if as many remain as the upper limit.
TEACHING_CONTINUE = "Up to this point, you may have read as little as {share} of the theme."
TEACHING_NEARLY_DONE = (
    "You have probably read at least {share} of the theme. Passages in entirely different words"
    " may still be missing; to find out, read a random sample of the unread passages."
)
UNSAVED_ANSWERS = Plural(
    one="{number} answer is not saved.", other="{number} answers are not saved."
)
CLUES_HINT = "speaks for the theme"
NO_ANSWERS = "Answer a passage first."
NO_TERMS_PROPOSED = "No term distinguishes the passages with the theme from the others so far."
TERMS_PROPOSED = Plural(
    one="{number} term is proposed below.", other="{number} terms are proposed below."
)
PROPOSED_TERMS_HEADS = ("term", "yes", "no", "precision", "recall", "unread passages")
CODEBOOK_LINE = "row for codebook/themes.csv"
