"""The one error that the library raises on bad input."""


class BadInput(ValueError):
    """Input that cannot be used; the message names the file or table, the row, the value and the repair."""


def install(extra: str) -> str:
    """The command that installs what only some need. Example:
    >>> install("docs")
    "pip install -e '.[docs]'"
    """
    return f"pip install -e '.[{extra}]'"
