"""Basic building blocks: words, sentences, spans, tables, word lists, files, workers, cache."""
