"""Find repeated text: what is copied from what, inside an article and across articles.

How it works ------------ All words of all articles become one long array of numbers, equal for
equal folded words (`hashing`). Repeated text is then found as sequence-search tools such as BLAST
find it: seed, chain, extend.

::

    earlier text    last night the river rose by one metre over   night and nobody slept in town
    later text      they said  the river rose by one metre during night and nobody slept at all

    1. seed                    [---------- run ----------]        [------- run -------]
    2. chain                   [---------- run ----------]·1 edit·[------- run -------]
    3. extend       <·········[[-------------------------- pair ----------------------]]········>
                    stops where the words differ too much on both sides

1. *Seed* (`exact_runs`): sort the hashes of all five-word grams. Equal grams become neighbours, and
   each is linked with an earlier one. Links that continue one another form a run.
2. *Chain* (`align`): join runs that follow each other at about the same distance, if the words
   between them are similar enough.
3. *Extend* (`align`): align word by word beyond both ends as long as that adds to the score, and
   keep what is too long and too specific to be a stock phrase.
4. *Group* (`detect`): pairs that share text form a group of occurrences, the rows of `repeats`.
5. *Use* (`copies`, `thresholds`): mark and count copies in other tables; show what the thresholds
   miss.

Terms
-----
place
    The number of a word among all words of all texts, counted from 0.
unit
    Passages of one article that follow each other with only blanks between them. They are read as
    one text, and no run or pair crosses the end of a unit.
gram
    A few words in a row, as one hash.
link
    A gram together with an earlier place where the same words occur.
run
    A stretch of equal words in equal order: links at one distance whose places follow each other.
band
    Runs of the same two units at about the same distance. Only these can belong to one copy.
pair
    Two aligned stretches of words, the earlier one `a` and the later one `b`, with few edits.
occurrence
    One place where a repeated passage appears; a row of the table `repeats`.
original
    The first occurrence of a group: in the earliest article, by publication date and then by id.
copy
    Any other occurrence of the group. Its `match_…` columns point to the original.
"""
