"""When: time expressions, events, amounts, and the dates of undated articles."""
