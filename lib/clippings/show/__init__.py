"""Everything that people look at: charts, evidence, article pages and widgets, but no files."""
