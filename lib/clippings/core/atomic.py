"""Write files and folders atomically: an interruption never leaves an incomplete version."""

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# This file marks the folders that clippings created. Only such folders are ever deleted.
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
        A path for the caller to create. It is in a new folder next to `path`, which has an
        unpredictable name and is not readable by other users. If a file is replaced, the new file
        gets its permissions.

    Raises
    ------
    OSError
        If the folder of `path` is missing or cannot be written, or the disk is full.

    Notes
    -----
    The replacement is a single rename, which either succeeds or changes nothing. If the machine
    crashes, a hidden folder `.clippings-….part` may remain.

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
            folder.rmdir()  # empty after a successful write
        except OSError:
            discard(folder)


def discard(path: Path) -> None:
    """Delete a file or folder, if it exists.

    Parameters
    ----------
    path : Path
        A file, a folder, or a link (which is not followed).

    Raises
    ------
    OSError
        If a file cannot be deleted. Anything inside a folder that cannot be deleted remains.

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
        The beginning and end of its name, with random characters between them.
    **facts : str
        Information to record in the marker file, such as the report to which the folder belongs.

    Returns
    -------
    Path
        The new folder, which contains the marker file and is not readable by other users.

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
        discard(folder)  # without the marker, the folder could not be recognised as ours
        raise
    return folder


def read_marker(folder: Path) -> dict[str, str] | None:
    """Read the marker file of a folder.

    Parameters
    ----------
    folder : Path
        Any path; links are not followed.

    Returns
    -------
    dict or None
        The recorded information; None if the path is not a folder that clippings created.

    Examples
    --------
    >>> read_marker(Path("no such folder")) is None
    True
    """
    return read_our_json(folder, MARKER)


def read_our_json(folder: Path, name: str) -> dict | None:
    """Read a JSON object from a file of ours that is directly inside a folder.

    Parameters
    ----------
    folder : Path
        Any path; links to folders or files are not followed.
    name : str
        The file name.

    Returns
    -------
    dict or None
        The object, if it states that clippings created it; otherwise None.

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
        The object; None if the folder or the file is missing, a link, or of another type.

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
