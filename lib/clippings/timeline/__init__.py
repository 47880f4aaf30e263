"""When: time expressions, events, amounts, and the dates of undated articles.

Where a date comes from, step by step:

1. `patterns`: where a time expression is. lexicon/en/time/patterns.csv contains one regular
   expression for each kind ("month_day", "ago", "weekday"), made of the pieces of pieces.csv.
2. `interpret`: what it means, as a record of `timex`: a TIMEX3 type and a value that is relative to
   an anchor ("last week": one week before the day of writing). contexts.csv lists the words around
   it that decide (whether "on Friday" lies ahead).
   `other_senses` says what is not a time after all (Mrs May, 2010 people), `sequences` reads
   several dates in a row ("April and May 2019").
3. `normalize`: the full TIMEX3 value, where the anchor is known: the day of writing, or the date
   mentioned last. `times` (find_times) runs these three steps; `dates` does the calendar
   arithmetic.
4. `events` (find_events): what happened, and which time belongs to it. `default_events` finds the
   verbs and nouns of general news, `sentence_words` tells nouns, names and verbs of a sentence
   apart, `event_arguments` reads from them who did it, to whom and where, and `event_times` when:
   the time of its clause. An event of the codebook has the nearest time of its sentence that lies
   within MAX_DISTANCE_TO_TIME characters or opens the sentence. `places` knows which place is part
   of which.
5. `cues` (find_cues): words that date the article itself, from the analyst's calendar and from
   lexicon/en/time/offices.csv ("President Obama").
6. `constraints` (find_constraints): all of this as rows: hard ones, which are certain, and soft
   ones, which follow the conventions of daily news. An event happens at the time of its
   sentence; a weekday is 0 to 6 days before the day of writing. The rules, their trust and all
   distances are at the top of the module.
   `evidence` interprets what the words around a date reveal about the day of writing, and
   `wording` puts the codes of rules into words.
7. `placement` (find_dates): a temporal constraint network, which finds the dates that satisfy the
   rows. Hard rows are taken in first, then soft ones by falling trust; a soft row that contradicts
   what has been accepted is refused. Each date cites the rows that it rests on (`because`,
   `likely_because`).

`amounts` (find_amounts) finds how many people or things an event concerns; `term_scanner` is the
search for terms of the codebook.

Examples
--------
The first article of the example corpus has no publication date. "Water levels rose […], the River
Lenn Authority reported on Tuesday. […] The gauge stood at 4.1 metres on Tuesday evening, well above
the level at which the first flood warning is given. […] In June 2019 the dam was finished."

>>> import clippings as cl
>>> articles, codebook = cl.load_example()
>>> tables = cl.find_all(articles.head(1), codebook)

Steps 1 to 3: the times. Without a day of writing, Tuesday remains some Tuesday.

>>> times = tables["times"]
>>> rows = times[times.start.isin([480, 1126])]
>>> rows[["start", "text", "rule", "label", "value", "anchor"]]
   start             text       rule label          value    anchor
3    480  Tuesday evening  clock_day  TIME  XXXX-WXX-2TEV   written
4   1126        June 2019      month  DATE        2019-06  absolute

Step 4: the event has the time of its sentence.

>>> events = tables["events"]
>>> events[["text", "label", "modality", "time_start"]].head(1)
            text    label  modality  time_start
0  flood warning  warning  happened         480

Step 5: the codebook's calendar says when texts speak of the spring thaw, and since when of the dam.

>>> tables["cues"][["text", "label", "relation", "day_from", "day_to"]]
          text              label    relation   day_from     day_to
0  spring thaw        spring thaw      during 2021-03-01 2021-04-30
1     Lenn dam  Lenn dam finished  not_before 2019-06-15 2019-06-15

Step 6: what follows for the article, for "Tuesday evening" and for the event.

>>> constraints = tables["constraints"]
>>> rows = constraints[constraints.start.isin([0, 480, 537])]
>>> rows[["label", "relation", "strength", "rule"]]
     label     relation strength                        rule
0  article   not_before     hard  calendar:Lenn dam finished
1  article       inside     soft        calendar:spring thaw
6     time       inside     hard                      stated
7     time  within_days     soft                     weekday
8    event  within_days     soft            time_in_sentence

Step 7: the article was written in the spring of 2021, the event happened on a Tuesday, up to six
days before. Likely dates rest on rows 1, 6, 7 and 8.

>>> dates = tables["dates"]
>>> rows = dates[dates.start.isin([0, 480, 537])]
>>> rows[["label", "earliest", "edtf", "because", "likely_because"]]
     label   earliest                   edtf because likely_because
0  article 2019-06-15  2021-03-01/2021-04-30       0              1
4     time        NaT  2021-02-23/2021-04-27                  1 6 7
5    event        NaT  2021-02-23/2021-04-27                1 6 7 8
"""
