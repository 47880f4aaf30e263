"""The ground: words, sentences, spans, table schemas, word lists, files, workers, cache."""
