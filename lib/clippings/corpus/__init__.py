"""From a folder to articles, and from articles to passages with zones; the analyst's codebook."""
