"""English descriptions of the codes in the tables of themes."""

# The column `rule` of topics: the words of a passage that show its topic
RULE_WORDS = {
    "topic_label": "contains the name of the topic",
    "topic_words": "contains other words of the topic",
}
