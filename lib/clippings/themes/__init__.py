"""What articles are about: topics, key terms, groups of articles, and themes of a codebook.

Without a codebook:

- `terms` finds words and phrases that name a subject ("interest rates"), and ranks those that
  distinguish a group of texts. `term_words` describes the words of a text, and `english_uses` knows
  which English words are nouns or verbs.
- `keyness` compares word frequencies (count_key_terms, count_keyness, count_dispersion,
  count_collocations); `statistics` contains the measures.
- `topics` (find_topics) finds what passages are about. `topic_sample` and `passage_words` prepare
  the passages, `topic_terms` the possible names of topics, `topic_groups` forms groups of passages,
  and `topic_model` decides which of them are topics.
- `clusters` (find_clusters) groups whole articles. `article_vectors` represents them as vectors,
  and `group_numbers` proposes how many groups there are.

With a codebook or the answers of an analyst:

- `coding` (find_themes) codes sentences with search terms, which `matcher` finds; `code_checks`
  assesses a codebook.
- `teaching` (propose_passages) ranks passages by examples of a theme, with the model in `ranking`;
  `judged` adds the answers to the table of themes.
- `agreement` compares two coders.
"""
