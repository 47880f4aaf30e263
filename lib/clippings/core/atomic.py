"""Files and folders are written aside and swapped in, so that what is interrupted leaves the old one or none."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of a file when all went well, and is gone when it did not.

    In: path of a file, or of a folder that is not there. Out: a path beside it. Raises: what is raised while it is
    written; OSError when it cannot be. Misses: where the machine itself stops, a hidden .NAME.part is left.
    Source: rename() of POSIX, which is all or nothing.
    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "a.txt")
        >>> with aside(path) as part:
        ...     _ = part.write_text("new")
        >>> path.read_text(), os.listdir(path.parent)
        ('new', ['a.txt'])
    """
    part = path.with_name(f".{path.name}.part")
    discard(part)
    try:
        yield part
        os.replace(part, path)
    finally:
        discard(part)


def discard(path: Path) -> None:
    """A file or folder deleted, if it is there.

    In: a path. Out: nothing. Raises: OSError when a file cannot be deleted. Misses: what of a folder cannot be deleted.
    Source: none.
    Example:
        >>> discard(Path("no such file"))
    """
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def swap_in(part: Path, target: Path, previous: Path) -> None:
    """A folder put where another one was, which is kept; interrupted in between, all is as before.

    In: the new folder; where it goes; where the one that is there goes, in place of what is kept there. Out: nothing.
    Raises: OSError when it cannot be done. Misses: where the machine itself stops, the target may be missing; the
    folder before is then at `previous`. Source: none.
    Example:
        >>> import tempfile
        >>> new, old, kept = (Path(tempfile.mkdtemp(), name) for name in ("new", "old", "kept"))
        >>> new.mkdir()
        >>> swap_in(new, old, kept)
        >>> new.exists(), old.exists(), kept.exists()
        (False, True, False)
    """
    older = previous.with_name(f".{previous.name}.old")
    discard(older)
    try:
        if target.exists():
            if previous.exists():
                os.replace(previous, older)
            os.replace(target, previous)
        os.replace(part, target)
    finally:
        if not target.exists() and previous.exists():
            os.replace(previous, target)
        if older.exists() and not previous.exists():
            os.replace(older, previous)
        discard(older)
