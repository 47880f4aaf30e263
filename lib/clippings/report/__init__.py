"""Write files: tables, charts, reports, and comparisons of two runs."""
