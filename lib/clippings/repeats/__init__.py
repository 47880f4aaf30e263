"""Find text that is copied within an article or from one article to another.

How it works ------------ All words of all articles are converted to one long array of numbers, in
which equal folded words have equal numbers (`hashing`). Repeated text is then found in the same way
as in sequence-search tools such as BLAST: seed, chain, extend.

::

    earlier text    last night the river rose by one metre over   night and nobody slept in town
    later text      they said  the river rose by one metre during night and nobody slept at all

    1. seed                    [---------- run ----------]        [------- run -------]
    2. chain                   [---------- run ----------]·1 edit·[------- run -------]
    3. extend       <·········[[-------------------------- pair ----------------------]]········>
                    stops where the words differ too much on both sides

1. *Seed* (`exact_runs`): sort the hashes of all five-word grams. Equal grams become neighbours, and
   each is linked with an earlier one. Consecutive links form a run.
2. *Chain* (`align`): join runs that follow each other at about the same distance, if the words
   between them are similar enough.
3. *Extend* (`align`): align word by word beyond both ends as long as this increases the score, and
   accept pairs that are too long and too specific to be stock phrases.
4. *Group* (`detect`): pairs that share text form a group of occurrences, the rows of `repeats`.
5. *Use* (`copies`, `thresholds`): mark and count copies in other tables; show which copies the
   thresholds miss.

Terms
-----
place
    The position of a word among all words of all texts, counted from 0.
unit
    Consecutive passages of one article with only white space between them. They are treated as one
    text, and no run or pair crosses the end of a unit.
gram
    A sequence of a few words, represented by one hash.
link
    A gram together with an earlier place where the same words occur.
run
    A sequence of equal words in equal order: consecutive links at the same distance.
band
    Runs of the same two units at about the same distance. Only these can belong to one copy.
pair
    Two aligned stretches of words, the earlier one `a` and the later one `b`, with few edits.
occurrence
    One appearance of a repeated passage; a row of the table `repeats`.
original
    The first occurrence of a group: in the earliest article, by publication date and then by id.
copy
    Any other occurrence of the group. Its `match_…` columns point to the original.
"""
