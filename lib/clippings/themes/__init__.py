"""What the articles are about: coding with a codebook, word statistics, groups."""
