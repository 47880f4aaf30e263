"""Charts, evidence tables, article pages and widgets. This package writes no files."""
