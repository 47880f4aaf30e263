"""The error that the library raises on bad input."""


class BadInput(ValueError):
    """Input that cannot be used; the message states the file or table, row, value and a fix."""


def install(extra: str) -> str:
    """Return the command that installs an extra.

    Parameters
    ----------
    extra : str
        The name of an extra in pyproject.toml.

    Returns
    -------
    str
        A command for the shell.

    Examples
    --------
    >>> install("docs")
    "pip install -e '.[docs]'"
    """
    return f"pip install -e '.[{extra}]'"
