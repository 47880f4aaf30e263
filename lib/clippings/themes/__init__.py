"""Describe what articles are about: themes of a codebook, word statistics, and clusters."""
