"""Write files and folders so that an interruption leaves the old or the new one, and never half."""

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The file by which we recognise folders that we made ourselves. Only these are ever deleted.
MARKER = "made-by-clippings.json"


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Provide a temporary path to write to, and move it to `path` if nothing went wrong.

    Parameters
    ----------
    path : Path
        The file to write or replace, or a folder that does not exist yet.

    Yields
    ------
    Path
        A path for the caller to create. It lies in a new folder next to `path`, whose name cannot
        be guessed and which nobody else may read. A file that is replaced passes on its
        permissions.

    Raises
    ------
    OSError
        If the folder of `path` is missing or cannot be written, or the disk is full.

    Notes
    -----
    The replacement is a single rename, which happens completely or not at all. If the machine
    itself stops, a hidden folder `.clippings-….part` may remain.

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp(), "a.txt")
    >>> with atomic_write(path) as temporary:
    ...     _ = temporary.write_text("new")
    >>> path.read_text(), os.listdir(path.parent)
    ('new', ['a.txt'])
    """
    folder = Path(tempfile.mkdtemp(prefix=".clippings-", suffix=".part", dir=path.parent))
    try:
        temporary = folder / path.name
        yield temporary
        if path.is_file() and temporary.is_file():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
    finally:
        try:
            folder.rmdir()  # empty if all went well
        except OSError:
            discard(folder)


def discard(path: Path) -> None:
    """Delete a file or folder, if it exists.

    Parameters
    ----------
    path : Path
        A file, a link (which is not followed) or a folder.

    Raises
    ------
    OSError
        If a file cannot be deleted. Whatever cannot be deleted inside a folder stays.

    Examples
    --------
    >>> discard(Path("no such file"))
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def make_marked_folder(parent: Path, prefix: str, suffix: str, **facts: str) -> Path:
    """Create a private folder that can later be recognised as ours.

    Parameters
    ----------
    parent : Path
        The folder in which to create it.
    prefix, suffix : str
        How its name begins and ends. Random characters appear between them.
    **facts : str
        What to record in the marker file, such as the report that the folder belongs to.

    Returns
    -------
    Path
        The new folder, which nobody else may read, with the marker file inside.

    Examples
    --------
    >>> folder = make_marked_folder(Path(tempfile.mkdtemp()), ".flood.", ".partial", report="flood")
    >>> read_marker(folder)["report"]
    'flood'
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=parent))
    record = json.dumps({"made_by": "clippings"} | facts)
    try:
        (folder / MARKER).write_text(record + "\n", encoding="utf-8")
    except BaseException:
        discard(folder)  # without the file nobody would know it for ours
        raise
    return folder


def read_marker(folder: Path) -> dict[str, str] | None:
    """Read what our marker file in a folder says.

    Parameters
    ----------
    folder : Path
        Any path; links are not followed.

    Returns
    -------
    dict or None
        The facts that were recorded; None if the path is not a folder that we made.

    Examples
    --------
    >>> read_marker(Path("no such folder")) is None
    True
    """
    return read_our_json(folder, MARKER)


def read_our_json(folder: Path, name: str) -> dict | None:
    """Read a JSON object that appears directly in a folder.

    Parameters
    ----------
    folder : Path
        Any path; links are not followed, neither here nor for the file.
    name : str
        The file name.

    Returns
    -------
    dict or None
        The object if it says that clippings made it, or None.

    Examples
    --------
    >>> read_our_json(Path("no such folder"), "manifest.json") is None
    True
    """
    record = read_json_object(folder, name)
    return record if record is not None and record.get("made_by") == "clippings" else None


def read_json_object(folder: Path, name: str) -> dict | None:
    """Read a JSON object from a regular file in a real folder, or return None.

    Parameters
    ----------
    folder : Path
        Any path; links are not followed.
    name : str
        The file name in it.

    Returns
    -------
    dict or None
        The object; None if folder or file is missing, a link, or something else.

    Examples
    --------
    >>> read_json_object(Path("no such folder"), "manifest.json") is None
    True
    """
    path = folder / name
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode) or not stat.S_ISREG(path.lstat().st_mode):
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


# The name by which older modules know it.
aside = atomic_write
