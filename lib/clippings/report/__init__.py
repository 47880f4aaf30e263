"""What leaves the process: tables, charts, the report, comparing two runs."""
