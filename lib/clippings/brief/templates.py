"""The English wording of the brief and of the claims, in one place.

The code fills in the fields in braces, such as `{events}`. A field for a number can contain a
singular and a plural form, separated by a bar; `#` represents the number. If there is no bar, the
plural is formed by adding an s.

    {articles:# article}                    one article · 12 articles
    {files:Another file|Another # files}    Another file · Another 12 files
    {articles:was|were}                     was · were
    {part:#}                                one · 12

Numbers from one to nine are spelled out. The first letter of a sentence is
capitalised automatically.

You can change the texts freely: no code depends on them. Do not change the names of the templates,
which other code and the tests use. If a name ends in `.none`, the template states that nothing was
found.
"""

SECTIONS = {
    "overview": "In short",
    "decisions": "What needs your decision",
    "events": "Events reported by more than one article",
    "numbers": "Numbers and their sources",
    "speakers": "Who is quoted",
    "themes": "What the articles are about",
    "dates": "When the articles were written",
    "unknown": "What is unknown",
    "repeats": "Repeated text",
    "left_out": "What was left out, and why",
    "not_found": "What was not found",
}

SENTENCES = {
    # In short
    "overview.unreadable.none": "No article could be read.",
    "overview.scope": (
        "The corpus contains {articles:# article} with about {words:# word} of article text."
    ),
    "overview.scope.none": (
        "{articles:The article contains|The # articles contain} no article text."
    ),
    "overview.other_languages": (
        "{number:# article is|# articles are} not in English ({languages}). Names, quotations, "
        "events, numbers and times are recognised in English only; repeated text, key words, "
        "groups and codebook terms are recognised in every language."
    ),
    "overview.shared_events": (
        "{number:# event appears|# events appear} to be reported by more than one article: "
        "{events}."
    ),
    "overview.most_mentioned": (
        "The {number:person or organisation|people and organisations} mentioned in the largest "
        "number of articles {number:is|are} {actors}."
    ),
    "overview.places": (
        "The {number:place|places} named in the largest number of articles {number:is|are} "
        "{places}."
    ),
    "overview.headlines": "{number:The headline is|The headlines include} {headlines}.",
    "overview.shared_terms": (
        "{number:A term|Terms} that several articles share {number:is|are} {terms}."
    ),
    "overview.widest_topics": (
        "{number:A topic|Topics} that several articles share, judging by related words, "
        "{number:is|are} {topics}."
    ),
    "overview.widest_themes": ("The most widespread {number:theme is|themes are} {themes}."),
    "overview.written": (
        "Judging by their contents, {articles} {number:was|were} probably written {dates}."
    ),
    "overview.conflicting_numbers": "The articles give conflicting numbers for {events}.",
    # What needs your decision
    "decisions.matches": (
        "Do the articles named for {events:the|each} event below really report the same one? "
        "Compare their accounts, and confirm or reject {events:the match|the # matches}."
    ),
    "decisions.possible_match": (
        "Do {articles} report the same {event}? Until you confirm it, the reports are counted "
        "separately."
    ),
    "decisions.further_matches": (
        "{reports:One further report|# further reports} may also be about an event that another "
        "article reports."
    ),
    "decisions.dates": (
        "{articles:One article has|# articles have} no publication date. If you know it, enter it "
        "in the codebook file articles.csv."
    ),
    # Events reported by more than one article
    "events.proposed": "{articles} appear to describe the same event: {event}.",
    "events.proposed_dated": (
        "{articles} appear to describe the same event: {event}, probably {dates}."
    ),
    "events.confirmed": "{articles} describe the same event (confirmed by the analyst): {event}.",
    "events.confirmed_dated": (
        "{articles} describe the same event (confirmed by the analyst): {event}, probably {dates}."
    ),
    "events.agreement": "They agree on {points}.",
    "events.origins": (
        "In {articles}, reports of {event} can be traced to "
        "{number:one source|# independent sources}: {sources}."
    ),
    "events.origins_at_least": (
        "In {articles}, reports of {event} can be traced to at least "
        "{number:one source|# independent sources}: {sources}."
    ),
    "events.no_origin": ("In {articles}, no passage on {event} could be traced to a source."),
    "events.no_source_named": "The passages quoted do not name a source for {event}.",
    "events.source_unclear": "The passages quoted do not make clear who reported {event}.",
    "events.not_counted": "Sources not counted as independent: {sources}.",
    "events.without_source": (
        "{articles:One of these articles reports it|# of these articles report it} without an "
        "identified source."
    ),
    "events.none": (
        "Articles may report the same events, but no match between articles is certain enough to "
        "be counted."
    ),
    "events.further": "{articles:Another article may|Another # articles may} report it as well.",
    "events.possible": (
        "{number:One other event|# other events} may also be reported by more than one article, "
        "but this is uncertain: {events}. The table “claims” gives the reasons for and against."
    ),
    "accounts.aim": "Accounts of {event} put its aim in different words: {accounts}.",
    "accounts.time": "Accounts of {event} date it differently: {accounts}.",
    "accounts.planned": (
        "{planned} {planned_number:reports|report} {event} as planned; "
        "{happened} {happened_number:reports|report} that it happened."
    ),
    # Numbers and their sources
    "numbers.stated": "{event} ({articles:# article}): {statements}.",
    "numbers.single": "For {number:# event}, there is only one number: {numbers}.",
    "numbers.compatible": "The numbers of {thing} are compatible.",
    "numbers.conflicting": "The numbers of {thing} cannot all be right.",
    "numbers.compatible_money": "The sums in {thing} are compatible.",
    "numbers.conflicting_money": "The sums in {thing} cannot all be right.",
    "numbers.compatible_unnamed": "The numbers without a unit are compatible.",
    "numbers.conflicting_unnamed": "{words} contradict each other.",
    "numbers.possible": (
        "{articles:# article|# articles} that may report the same event, {event}, give different "
        "numbers of {thing}: {statements}."
    ),
    "numbers.none": (
        "Only numbers of events that several articles report are compared; for these, no two "
        "articles give numbers of the same thing."
    ),
    # Who is quoted
    "speakers.most_words": (
        "Most of what named sources are quoted or reported as saying comes from {speakers}."
    ),
    "speakers.largest_shares": (
        "The largest shares of what named sources are quoted or reported as saying come from "
        "{speakers}."
    ),
    "speakers.unnamed": (
        "In about {part:#} of the {whole:# statement}, the speaker is described but not named."
    ),
    "speakers.some_unnamed": (
        "In {part:#} of the {whole:# statement}, the speaker is described but not named."
    ),
    "speakers.few_unnamed": (
        "In a few of the {whole:# statement}, the speaker is described but not named."
    ),
    "speakers.all_unnamed": (
        "In {whole:the only statement|all # statements}, the speaker is described but not named."
    ),
    "speakers.kinds": "Most of these speakers are {kinds}.",
    "speakers.none": "No one is quoted.",
    # What the articles are about
    "themes.theme": "The theme {theme} appears in {extent} ({sentences:# sentence}).",
    "themes.theme_most": (
        "The theme {theme} appears in {extent} ({sentences:# sentence}), most often in {article}."
    ),
    "themes.only_against": (
        "The theme {theme} appears only in "
        "{sentences:# sentence that denies or contradicts|"
        "# sentences that deny or contradict} it."
    ),
    "themes.against": (
        "{sentences:One other sentence mentions|# other sentences mention} the theme but "
        "{sentences:denies or contradicts|deny or contradict} what it describes."
    ),
    "themes.others": "{number:Another theme is|Other themes are} {themes}.",
    "themes.topics": (
        "{number:The only topic that several articles share is|Topics that several articles share "
        "are} {topics}."
    ),
    "themes.groups": (
        "Judging by their vocabulary, {extent} fall into {number:# group}, "
        "whose most distinctive terms are {groups}."
    ),
    "themes.none": (
        "No theme was found. To find themes, clippings needs search terms in the codebook."
    ),
    # When the articles were written
    "dates.stated_by_all": (
        "All {articles:# article} were published {dates}, according to {sources}."
    ),
    "dates.stated": (
        "{articles:# article was|# articles were} published {dates}, according to {sources}."
    ),
    "dates.stated_once": "{article} was published {dates}, according to {sources}.",
    "dates.day_or_month": (
        "{article} was published {dates}; the order of day and month is unclear."
    ),
    "dates.doubtful": "{article} was published {dates}, but the exact day is not known.",
    "dates.more_doubtful": "The exact day is also unknown for {articles}.",
    "dates.likely": "{article} was probably written {dates}, judging by {reasons}.",
    "dates.likely_unexplained": "{article} was probably written {dates}.",
    "dates.others": "The timeline shows dates for {articles:another article|another # articles}.",
    "dates.open": (
        "For {articles:# article}, only a long or open-ended range of dates is known; see the "
        "timeline."
    ),
    "dates.none": "No article could be dated.",
    # What is not known
    "unknown.file": "The file {file} could not be used: {problem}.",
    "unknown.files": "{files:Another file|Another # files} could not be used.",
    "unknown.contradictory_dates": (
        "The page, its address or the file name gives a different date for {articles}."
    ),
    "unknown.same_event": (
        "It is unclear whether {articles} describe the same {event}: "
        "the dates are too vague to tell, and the accounts share no figure or name that "
        "identifies the event."
    ),
    "unknown.further_same_event": (
        "For the same reasons, it is unclear whether {articles} describe the same {event}."
    ),
    "unknown.more_pairs": ("The same applies to {pairs:one other pair|# other pairs} of articles."),
    "unknown.event_dates": (
        "{mentions:# mention of an event|# mentions of events} reported by more than one article "
        "could not be dated."
    ),
    "unknown.speakers": (
        "The {quotations:speaker of # statement|speakers of # statements} could not be identified "
        "automatically."
    ),
    # What is printed more than once
    "repeats.within": "{copy} repeats {words:# word|# words} of its own text.",
    "repeats.boilerplate": (
        "{copy} and {original} share {words:# word} of boilerplate from their outlet."
    ),
    "repeats.shared": "{copy} shares at least {words:# word} with {original}.",
    "repeats.near_duplicate": (
        "{copy} is nearly identical to {original}: they share at least {words:# word}."
    ),
    "repeats.contained": (
        "Nearly all of {copy} (at least {words:# word}) also appears in {original}, which is "
        "longer."
    ),
    "repeats.counted_once": "Words that are repeated within an article are counted once.",
    "repeats.boilerplate_counted_once": "Boilerplate is counted once.",
    "repeats.counted_twice": "Shared words are counted in both articles.",
    "repeats.quoted_once": (
        "The words of near-duplicates are counted in both articles, but only once under "
        "“{section}”."
    ),
    "repeats.others": (
        "{cases:One other repetition is|# other repetitions are} listed in the table of repeated "
        "text, with up to {words:# word}."
    ),
    "repeats.only_short": (
        "Only short passages are repeated: {cases:one|#}, of up to {words:# word}."
    ),
    "repeats.none": "No repeated text was found in the articles.",
    # What else was left out, and why
    "left_out.page": ("Text that does not look like part of an article was left out: {zones}."),
    "left_out.events": (
        "{mentions:# mention of an event was|# mentions of events were} not counted, because "
        "{mentions:it appears|they appear} to describe something denied, hypothetical or habitual."
    ),
    "left_out.refused": "The analyst's verdicts exclude {rows:# row} from the table “{table}”.",
    "left_out.none": "Nothing else was left out.",
}

PHRASES = {
    # Names of events and of untitled articles; {place} contains its preposition (“in Ostrand”)
    "event": "the {kind}",
    "event.place": "the {kind} {place}",
    "event.bare": "{kind}",
    "event.quoted": "{event} (“{words}”)",
    "events.same_noun": "{number:#} {noun} ({quotations})",
    "event.in_articles": "{event} ({articles:# article})",
    "event.quoted_in_articles": "{event} (“{words}”; {articles:# article})",
    "event.bare_place": "{kind} {place}",
    "events.same_place": "{events} {place}",
    # Labels of claims, and additions that distinguish claims with the same label
    "label.target": "of {target}",
    "label.agent": "by {agent}",
    "label.article": "{event} ({article})",
    "label.numbered": "{event} ({article}, {number})",
    # A name of which the texts say "the Water Board", or an office
    "name.with_article": "the {name}",
    "article.untitled": "the article that begins “{words} …”",
    "article.without_words": "the article {article}",
    # Themes are in quotation marks, because a theme may be a plural or contain "and"
    "theme": "“{theme}”",
    # Names with the number of articles that mention them
    "actor": "{actor} ({articles:# article})",
    "headline": "“{title}”",
    "topic": "“{topic}” ({articles:# article})",
    "group": "“{terms}” ({articles:# article})",
    # Parts of a whole
    "zone": "{zone} ({paragraphs:# paragraph})",
    "extent.all": "all {whole:# article}",
    "extent.only": "the only article",
    "extent.some": "{part:#} of the {whole:# article}",
    "others": "{number:#} more",
    # A number of 100 or more at the beginning of a sentence
    "number.first": "A total of {number}",
    # Speakers with their share of all quoted words
    "speaker": "{speaker}",
    "speaker.one_article": "{speaker} (in one article)",
    "speaker.share": "{speaker} (about {share})",
    "speaker.share.one_article": "{speaker} (about {share}, all in one article)",
    # Points on which the accounts of an event agree
    "agreement.place": "the place",
    "agreement.dates": "the date",
    "agreement.parties": "the parties involved",
    # Sources of an event or a number
    "source.unnamed_source": "a source described as “{speaker}” (in {outlets})",
    "source.pronoun": "an unidentified speaker (in {outlets})",
    "source.unnamed_reports": "unnamed reports (“{speaker}” in {outlets})",
    "source.chain": "{speaker} (in {steps})",
    "source.relayed": "{origin} (in {steps}, citing “{speaker}”)",
    "sources.articles": "{articles:this article|these # articles}",
    "folded.duplicate": "{source}, which repeats text of {origin}",
    "folded.same_words": "{source}, in the same words as {origin}",
    "folded.unnamed_reports": "{source}",
    "folded.same_chain": "{source}, via {origin}",
    "folded.same_body": "{source}, on behalf of {origin}",
    "folded.colleague": "{source}, who represents the same body as {origin}",
    "folded.same_name": "{source}, probably the same as {origin}",
    "folded.attributed": (
        "{source}, whose account may come from {origin}, which the same article cites"
    ),
    "folded.not_shown": "{source}, whose independence is not established",
    "folded.presupposed": "{source}, whose statement refers to the event without reporting it",
    "folded.same_sentence": "{source}, quoted in the same sentence but perhaps not about the event",
    "statement": "“{words}” ({source})",
    "number.of_event": "{event}, {statement}",
    "voice.outlet": "{outlet}",
    "voice.named": "{speaker}, in {outlet}",
    "voice.unnamed": "“{speaker}”, in {outlet}",
    "voice.unknown": "an unnamed speaker, in {outlet}",
    # Differing words or names in the accounts of an event, with their articles
    "account.source": "{source}",
    "account.unnamed_source": "“{source}” (not named)",
    "account.reports": "unnamed reports",
    "account.quoted": "“{words}”",
    "account": "{words} ({article})",
    # Dates
    "dates.day": "on {first}",
    "dates.two_days": "on {first} or {last}",
    "dates.period": "in {first}",
    "dates.two_periods": "in {first} or {last}",
    "dates.between": "between {first} and {last}",
    "dates.from": "on or after {first}",
    "dates.until": "on or before {last}",
}

# Nouns for events that are not counted: "two damages" is not English
NOUNS_WITHOUT_PLURAL = frozenset(
    {"aid", "damage", "fighting", "looting", "rioting", "treatment", "weather"}
)

# Types of speakers (the column source_type of quotes) in "24 statements by officials". The types
# are wider than their names: the spokeswoman of a firm counts as an official, and a victim's sister
# as a resident.
UNNAMED_SPEAKERS = {
    "activist": "activists",
    "agency": "news agencies",
    "analyst": "experts",
    "insider": "insiders",
    "military": "military sources",
    "official": "representatives of institutions",
    "outlet": "journalists",
    "resident": "private individuals",
}

# Sources of publication dates (the column dated_by of articles)
DATE_SOURCES = {
    "": "the articles",
    "codebook": "the codebook",
    "column": "the columns of tables",
    "export": "the export of the database",
    "metadata": "the code of the pages",
    "front_matter": "the front matter of the files",
    "header_lines": "the header lines of the files",
    "feed": "the entries of the feed",
    "email": "the days of sending",
    "book": "the metadata of the books",
    "page": "dates printed on the pages",
    "page_update": "update notices",
    "address": "the addresses of the pages",
    "file_name": "the file names",
    "dateline": "the datelines",
}

# Evidence for the date of an article (the column rule of constraints), by code
DATE_EVIDENCE = {
    "published": "its known publication date",
    "same_event": "another report of the same event",
    "past_date": "a date described as past",
    "named_date": "a date that it mentions",
    "awaited_date": "a date described as future",
    "compared_quarters": "a comparison of quarters or halves of the year",
    "stated": "a date in its text",
    "understood": "the most likely meaning of a date that it mentions",
    "weekday": "a weekday",
    "from_writing": "a date that is relative to the day of writing",
    "recent_year": "a date whose year is not given and is assumed to be recent",
    "time_in_sentence": "a date in the same sentence",
    "recent_news": "an event reported as recent",
    "after_writing": "an event that is still planned",
    "calendar": "{number:an event|# events} in the codebook's calendar ({entries})",
    "office": "the offices of people that it mentions ({entries})",
}

# Zones of a page (the column label of passages): singular and plural
ZONES = {
    "byline": "authors and dates",
    "caption": "captions",
    "comment": "reader comments",
    "form": "forms",
    "furniture": "menus and notices",
    "sign-off": "credits at the end of articles",
}

# Reasons why a mention belongs to a claim (the column reasons of claims), by code
REASONS = {
    "kind": "same kind of event ({kind})",
    "place": "same place ({place})",
    "no_place": "no other place named",
    "same_article": "same article",
    "dates": "overlapping dates ({dates})",
    "amount": "same number of {things}",
    "amount.unnamed": "same number",
    "parties": "same agent and target",
    "story": "the articles report the same story",
    "sentences": "the sentences have nearly the same content",
    "agent": "same agent",
    "target": "same target",
    "related": "words that can refer to the same event",
    "thing": "the same thing is affected",
    "names": "the sentences have names or numbers in common",
}

# Reasons why a mention may not belong to a claim (the column against of claims), by code
AGAINST = {
    "place": "{other_place}, not {place}",
    "dates": "no overlapping dates",
    "kind_and_place_only": (
        "only the kind and the place agree; the dates are too vague, and no number or "
        "participant matches"
    ),
    "told_apart": "one article treats them as separate events, with other dates or participants",
    "family": "different words for the event",
    "agent": "different agents",
    "target": "different targets",
    "thing": "not known to affect the same thing",
    "another": "only one of them is called another event",
    "published_apart": "published weeks apart, without a date in common",
    "same_sentence": "one sentence mentions both",
    "amounts": "conflicting numbers of {thing}: “{first}” and “{second}”",
    "amounts.unnamed": "conflicting numbers: “{first}” and “{second}”",
}
