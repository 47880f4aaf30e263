"""Describe the content of articles: themes of a codebook, word statistics and clusters."""
