"""The one error that the library raises on bad input."""


class BadInput(ValueError):
    """Input that cannot be used; the message names the file or table, the row, the value and the repair."""
