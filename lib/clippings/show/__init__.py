"""What people look at: charts, evidence, article pages, widgets. No file is written here."""
