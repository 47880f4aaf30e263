"""Everything that leaves the process: tables, charts, reports, comparisons of two runs."""
