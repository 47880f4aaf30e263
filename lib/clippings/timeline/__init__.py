"""When: time expressions, events, amounts, and the dates of undated articles.

Where a date comes from, step by step:

1. `patterns` finds time expressions. lexicon/en/time/patterns.csv contains one regular expression
   for each kind ("month_day", "ago", "weekday"), composed of the pieces in pieces.csv.
2. `interpret` determines what an expression means, as a record of `timex`: a TIMEX3 type and a
   value relative to an anchor ("last week": one week before the day of writing). contexts.csv
   lists the surrounding words that decide, for example, whether "on Friday" is in the future.
   `other_senses` recognises words that are not times after all (Mrs May, 2010 people), and
   `sequences` reads several dates in a row ("April and May 2019").
3. `normalize` computes the full TIMEX3 value if the anchor, which is the day of writing or the last
   date mentioned, is known. `times` (find_times) runs these three steps; `dates` provides the
   calendar arithmetic.
4. `events` (find_events) finds what happened, and the time that belongs to it. `default_events`
   finds verbs and nouns of general news; `sentence_words` distinguishes the nouns, names and verbs
   of a sentence, and `phrases` combines them into noun phrases; `event_arguments` determines who
   did it, to whom and where; `event_times` finds the time in the clause of the event. An event of
   the codebook gets the nearest time in its sentence that is within MAX_DISTANCE_TO_TIME characters
   or opens the sentence. `places` lists which places are part of others.
5. `cues` (find_cues) finds words that date the article itself, from the analyst's calendar and
   from lexicon/en/time/offices.csv ("President Obama").
6. `constraints` (find_constraints) combines this information into rows. Hard rows are certain; soft
   rows follow the conventions of daily news: an event happens at the time in its sentence, and a
   weekday is 0 to 6 days before the day of writing. The rules, their trust and all distances are at
   the top of the module. `evidence` interprets what the words around a date reveal about the day of
   writing, and `wording` describes the codes of the rules.
7. `placement` (find_dates) finds the dates that satisfy these rows with a temporal constraint
   network. It adds hard rows first and then soft rows in descending order of trust, and rejects
   soft rows that contradict those already accepted. Each date cites the rows on which it is based
   (`because`, `likely_because`).

`periods` (count_periods) counts themes, actors or words by day, week, month or year, and `trends`
(count_trends) tests what rises and what is new. `article_periods` determines the period of each
article and how certain it is, `calendar_periods` converts columns of dates, and `intervals`
computes confidence intervals.

`amounts` (find_amounts) finds how many people or things an event concerns; `term_scanner` searches
for terms of the codebook.

Examples
--------
The first article of the example corpus has no publication date. "Water levels rose […], the River
Lenn Authority reported on Tuesday. […] The gauge stood at 4.1 metres on Tuesday evening, well above
the level at which the first flood warning is given. […] In June 2019 the dam was finished."

>>> import clippings as cl
>>> articles, codebook = cl.load_example()
>>> tables = cl.find_all(articles.head(1), codebook)

Steps 1 to 3: the times. Because the day of writing is unknown, "Tuesday" can be any Tuesday.

>>> times = tables["times"]
>>> rows = times[times.start.isin([480, 1126])]
>>> rows[["start", "text", "rule", "label", "value", "anchor"]]
   start             text       rule label          value    anchor
3    480  Tuesday evening  clock_day  TIME  XXXX-WXX-2TEV   written
4   1126        June 2019      month  DATE        2019-06  absolute

Step 4: the event gets the time in its sentence.

>>> events = tables["events"]
>>> events[["text", "label", "modality", "time_start"]].head(1)
            text    label  modality  time_start
0  flood warning  warning  happened         480

Step 5: the codebook's calendar contains the period of the spring thaw, and the date of the dam.

>>> tables["cues"][["text", "label", "relation", "day_from", "day_to"]]
          text              label    relation   day_from     day_to
0  spring thaw        spring thaw      during 2021-03-01 2021-04-30
1     Lenn dam  Lenn dam finished  not_before 2019-06-15 2019-06-15

Step 6: the constraints on the article, on "Tuesday evening" and on the event.

>>> constraints = tables["constraints"]
>>> rows = constraints[constraints.start.isin([0, 480, 537])]
>>> rows[["label", "relation", "strength", "rule"]]
     label     relation strength                        rule
0  article   not_before     hard  calendar:Lenn dam finished
1  article       inside     soft        calendar:spring thaw
6     time       inside     hard                      stated
7     time  within_days     soft                     weekday
8    event  within_days     soft            time_in_sentence

Step 7: the article was written in the spring of 2021, and the event happened on a Tuesday, up to
six days before. The likely dates are based on rows 1, 6, 7 and 8.

>>> dates = tables["dates"]
>>> rows = dates[dates.start.isin([0, 480, 537])]
>>> rows[["label", "earliest", "edtf", "because", "likely_because"]]
     label   earliest                   edtf because likely_because
0  article 2019-06-15  2021-03-01/2021-04-30       0              1
4     time        NaT  2021-02-23/2021-04-27                  1 6 7
5    event        NaT  2021-02-23/2021-04-27                1 6 7 8
"""
