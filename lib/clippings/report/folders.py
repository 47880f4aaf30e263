"""The folders of a report, and the rules that keep every other folder safe.

Below the folder of `--out`, a report of the corpus NAME has

    NAME            the report, with our manifest.json
    NAME.previous   the report that it replaced, likewise
    NAME.cache      results by article, with our marker file
    NAME.lock       held while a report is written; records the process and the corpus
    .NAME.….partial the report while it is being made, with our marker file

A folder is moved, replaced or deleted only if clippings can prove that it created it. The corpus
folder, its parents and its subfolders, and any folder that contains the current or the home folder,
are never touched.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from clippings.core.atomic import (
    discard,
    make_marked_folder,
    read_json_object,
    read_marker,
)
from clippings.core.errors import BadInput

MANIFEST = "manifest.json"

# Keys that identify a report of clippings 0.9.2 or earlier, whose manifest has no "made_by".
OLD_MANIFEST_KEYS = {"articles", "codebook", "parameters", "versions"}

# All top-level entries of a report, in any version.
REPORT_ENTRIES = {
    *("report.html", "report.docx", "report.pptx", "report.pdf", "findings.jsonl", MANIFEST),
    *("charts", "tables", "texts", "codebook"),
}

# Files that operating systems add to folders automatically.
SYSTEM_FILES = {".ds_store", "thumbs.db", "desktop.ini"}

# Maximum number of bytes to read from a lock file. Our lock files contain one line with a path.
MAX_LOCK_BYTES = 100_000


class ReportFolders(NamedTuple):
    """The paths of a report and of its associated files."""

    corpus: Path
    report: Path
    previous: Path
    cache: Path
    lock: Path

    @property
    def out(self) -> Path:
        """Return the folder specified by `--out`."""
        return self.report.parent


class CorpusMark(NamedTuple):
    """The entry for the corpus in a manifest, which identifies it without revealing its path."""

    name: str
    path_sha256: str


def plan_folders(corpus, out) -> ReportFolders:
    """Determine the folders of a report, and resolve links.

    Parameters
    ----------
    corpus : str or Path
        The folder of articles.
    out : str or Path
        The output folder, in which the folder of the report is created.

    Returns
    -------
    ReportFolders
        Absolute paths. Nothing is created.

    Raises
    ------
    BadInput
        If the corpus is not a folder.

    Examples
    --------
    >>> folders = plan_folders("lib/clippings/data/flood", "out")
    >>> folders.report.name, folders.previous.name, folders.cache.name
    ('flood', 'flood.previous', 'flood.cache')
    """
    if not Path(corpus).is_dir():
        raise BadInput(f"{corpus} is not a folder: name a folder of saved articles")
    try:
        root = Path(corpus).resolve()
        out = Path(out).resolve()
    except FileNotFoundError:
        raise BadInput("the current folder was deleted: change to another folder") from None
    name = root.name or "corpus"  # the root of a disk has no name
    return ReportFolders(
        corpus=root,
        report=out / name,
        previous=out / f"{name}.previous",
        cache=out / f"{name}.cache",
        lock=out / f"{name}.lock",
    )


def mark_of(corpus: Path) -> CorpusMark:
    """Describe a corpus for the manifest without revealing its path.

    Parameters
    ----------
    corpus : Path
        The resolved path of the folder of articles.

    Returns
    -------
    CorpusMark
        Its name and a hash of its path.

    Examples
    --------
    >>> mark_of(Path("/data/news")).name
    'news'
    """
    return CorpusMark(
        name=printable_name(corpus), path_sha256=hashlib.sha256(os.fsencode(corpus)).hexdigest()
    )


def printable_name(path: Path) -> str:
    r"""Return the name of a file or folder as text that can be saved in UTF-8.

    Parameters
    ----------
    path : Path
        Any path; bytes of its name that are not UTF-8 are written as `\xNN`.

    Returns
    -------
    str

    Examples
    --------
    >>> print(printable_name(Path("caf\udce9")))
    caf\xe9
    """
    return os.fsencode(path.name or "corpus").decode("utf-8", "backslashreplace")


def check_folders(folders: ReportFolders) -> None:
    """Raise an error if writing the report could destroy other files.

    Parameters
    ----------
    folders : ReportFolders
        The folders of a report.

    Raises
    ------
    BadInput
        If one of the folders is the corpus folder, one of its parents or one of its subfolders; if
        it contains the current or the home folder; if it is a link; or if it exists and was not
        created by clippings. The message names the folder and suggests a solution.
    """
    written = (folders.report, folders.previous, folders.cache)
    for path in written:
        _refuse_corpus(path, folders.corpus)
        for place, name in _places_never_replaced():
            if _is_same_or_inside(place, path):
                raise BadInput(f"{path} is or contains {name}: choose another --out")
    for path in (*written, folders.lock):
        if path.is_symlink():
            raise BadInput(f"{path} is a link: remove it or choose another --out")
    for path in (folders.report, folders.previous):
        if os.path.lexists(path) and read_manifest(path) is None:
            raise _not_ours(path)
    if os.path.lexists(folders.cache) and read_marker(folders.cache) is None:
        raise _not_ours(folders.cache)
    outdated = read_manifest(folders.previous)
    if outdated is not None:
        _refuse_foreign_files(folders.previous, outdated)


def _refuse_corpus(path: Path, corpus: Path) -> None:
    """Raise an error if a report would be in the corpus folder, a subfolder or a parent of it."""
    if _is_same_or_inside(path, corpus):
        raise BadInput(
            f"{path} is inside the folder of articles {corpus}: "
            "write the report elsewhere, for example with --out ../out"
        )
    if _is_same_or_inside(corpus, path):
        raise BadInput(f"{path} contains the folder of articles {corpus}: choose another --out")


def _not_ours(path: Path) -> BadInput:
    """Return the error for an existing file or folder that blocks a report."""
    return BadInput(
        f"{path} exists and was not created by clippings, so it was not touched: choose another "
        "--out"
    )


def _refuse_foreign_files(report: Path, manifest: dict) -> None:
    """Raise an error if files were added to a report that would be deleted."""
    # Manifests of clippings 0.9.2 and earlier do not list the files.
    listed = manifest.get("files")
    known = set(listed) if isinstance(listed, list) else None
    for name in list_files(report):
        is_ours = name.split("/")[0] in REPORT_ENTRIES if known is None else name in known
        if not is_ours and name.rpartition("/")[2].casefold() not in SYSTEM_FILES:
            raise BadInput(
                f"{report} would be replaced, but {name!r} in it was not created by clippings: "
                "move it elsewhere"
            )


def list_files(folder: Path) -> list[str]:
    """List the files below a folder.

    Parameters
    ----------
    folder : Path
        A folder; links within it count as files and are not followed.

    Returns
    -------
    list of str
        Paths relative to the folder, with forward slashes, sorted.

    Examples
    --------
    >>> list_files(Path("lib/clippings/data/flood"))[:2]
    ['01_river_rises.txt', '02_levee_breach_ostrand.txt']
    """
    names = []
    for parent, subfolders, files in os.walk(folder):
        links = [name for name in subfolders if Path(parent, name).is_symlink()]
        names += [Path(parent, name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(names)


def _places_never_replaced() -> list[tuple[Path, str]]:
    """List the current folder and the home folder, if they can be determined."""
    places = []
    with suppress(OSError):  # it was deleted
        places.append((Path.cwd(), "the current folder"))
    with suppress(OSError, RuntimeError):  # neither HOME nor a line in the password file
        places.append((Path.home().resolve(), "the home folder"))
    return places


def _is_same_or_inside(inner: Path, outer: Path) -> bool:
    """Return whether a path is the same as another or inside it.

    Existing folders are compared by device and inode, because two spellings can refer to the same
    folder on a case-insensitive disk, and the same folder can be mounted in two places.
    """
    if inner == outer or outer in inner.parents:
        return True
    identity = _identity(outer)
    if identity is None:
        return False
    return any(_identity(path) == identity for path in (inner, *inner.parents))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of a path, or None if it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def read_manifest(report: Path) -> dict | None:
    """Read the manifest of a report created by clippings.

    Parameters
    ----------
    report : Path
        Any path; links are not followed.

    Returns
    -------
    dict or None
        The manifest; None if the folder does not exist or is not a report by clippings.

    Notes
    -----
    Manifests of clippings 0.9.2 and earlier do not state which program created them. They are
    identified by their four keys and by an entry for clippings in their versions.

    Examples
    --------
    >>> read_manifest(Path("no such folder")) is None
    True
    """
    manifest = read_json_object(report, MANIFEST)
    if manifest is None or manifest.get("made_by") == "clippings":
        return manifest
    versions = manifest.get("versions")
    is_old_report = (
        manifest.keys() >= OLD_MANIFEST_KEYS
        and isinstance(versions, dict)
        and "clippings" in versions
    )
    return manifest if is_old_report else None


def check_corpus(folders: ReportFolders, recorded_corpus: str, article_hashes: set[str]) -> None:
    """Raise an error if the report of another corpus with the same name would be replaced.

    Parameters
    ----------
    folders : ReportFolders
        The folders of the report.
    recorded_corpus : str
        The path of the corpus in the lock file, or "".
    article_hashes : set of str
        SHA-256 of the files of this corpus.

    Raises
    ------
    BadInput
        If the report or the previous report belongs to another folder. The message names this
        folder.

    Notes
    -----
    Reports of clippings 0.9.2 and earlier do not record the corpus folder. They count as reports of
    this corpus if they have at least one file in common with it.
    """
    spellings = [folders.corpus]
    if recorded_corpus and _identity(Path(recorded_corpus)) == _identity(folders.corpus):
        spellings.append(Path(recorded_corpus))  # on a case-insensitive disk
    own_marks = {mark_of(path).path_sha256 for path in spellings}
    for path in (folders.report, folders.previous):
        manifest = read_manifest(path)
        if manifest is None:
            continue
        corpus = manifest.get("corpus")
        if isinstance(corpus, dict):
            is_same = corpus.get("path_sha256") in own_marks
        else:
            articles = manifest.get("articles")
            hashes = set(articles.values()) if isinstance(articles, dict) else set()
            is_same = bool(hashes & article_hashes)
        if not is_same:
            raise BadInput(
                f"{path} is the report of {_name_corpus(corpus, recorded_corpus)}, "
                f"not of {folders.corpus}: choose another --out for this one"
            )


def _name_corpus(corpus: object, recorded_corpus: str) -> str:
    """Return the name of the corpus of a manifest, or its path if the lock file contains it."""
    if not isinstance(corpus, dict):
        return "another folder"
    if recorded_corpus and mark_of(Path(recorded_corpus)).path_sha256 == corpus.get("path_sha256"):
        return recorded_corpus
    return f"another folder named {corpus.get('name')}"


class Lock(NamedTuple):
    """A lock that this process holds."""

    descriptor: int
    recorded_corpus: str  # "" if the lock file is new

    def record(self, corpus: str) -> None:
        """Record the process that holds the lock, and the corpus."""
        record = {"made_by": "clippings", "process": os.getpid(), "corpus": corpus}
        os.ftruncate(self.descriptor, 0)
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        os.write(self.descriptor, (json.dumps(record) + "\n").encode())


@contextmanager
def locked(folders: ReportFolders) -> Iterator[Lock]:
    """Hold the lock of a report, so that two runs never write the same report.

    Parameters
    ----------
    folders : ReportFolders
        The folders of the report. The folder of `--out` is created.

    Yields
    ------
    Lock
        The lock. The operating system releases it when the process ends, even if it is killed.

    Raises
    ------
    BadInput
        If another run holds the lock, or a file of that name was not created by clippings.
    """
    folders.out.mkdir(parents=True, exist_ok=True)
    held: list[Lock] = []

    def record_process(descriptor: int) -> None:
        # The file is read while it is open and locked, so that it cannot be exchanged.
        os.lseek(descriptor, 0, os.SEEK_SET)
        record = _read_lock(os.read(descriptor, MAX_LOCK_BYTES))
        if record is None:
            raise _not_ours(folders.lock)
        lock = Lock(descriptor, record.get("corpus", ""))
        lock.record(lock.recorded_corpus)
        held.append(lock)

    try:
        with FileLock(folders.lock, timeout=0, on_acquired=record_process):
            yield held[-1]
    except Timeout:
        record = None
        with suppress(OSError):
            record = _read_lock(folders.lock.read_bytes()[:MAX_LOCK_BYTES])
        process = f" (process {record['process']})" if record and "process" in record else ""
        raise BadInput(
            f"{folders.report} is being written by another run{process}: wait until it has finished"
        ) from None


def _read_lock(content: bytes) -> dict | None:
    """Parse the record of a lock file: empty for a new one, None if the lock file is not ours."""
    text = content.decode("ascii", "replace").strip()
    if not text:
        return {}
    if text.isdecimal() and len(text) <= len(str(2**32)):  # clippings 0.9.2 wrote its process only
        return {"process": text}
    try:
        record = json.loads(text)
    except ValueError:
        return None
    is_ours = isinstance(record, dict) and record.get("made_by") == "clippings"
    return record if is_ours else None


@contextmanager
def work_folder(folders: ReportFolders) -> Iterator[Path]:
    """Create a private folder for a new report, and delete it afterwards.

    Parameters
    ----------
    folders : ReportFolders
        The folders of the report, whose lock must be held. Leftovers of killed runs are deleted
        first.

    Yields
    ------
    Path
        A new folder on the disk of the report, with an unpredictable name and not readable by other
        users.
    """
    for abandoned in _work_folders(folders):
        _put_right(abandoned, folders)
    work = make_marked_folder(
        folders.out, f".{folders.report.name}.", ".partial", report=printable_name(folders.report)
    )
    try:
        yield work
    finally:
        _put_right(work, folders)


def _work_folders(folders: ReportFolders) -> list[Path]:
    """List the work folders of runs that were killed while they created this report."""
    prefix = f".{folders.report.name}."
    candidates = [
        folders.out / name
        for name in sorted(os.listdir(folders.out))
        if name.startswith(prefix) and name.endswith(".partial")
    ]
    # ".a.b.….partial" can belong to a report named a.b, so the marker decides.
    return [
        path
        for path in candidates
        if (read_marker(path) or {}).get("report") == printable_name(folders.report)
        and not _is_same_or_inside(folders.corpus, path)
    ]


def replace_report(work: Path, folders: ReportFolders) -> None:
    """Replace the existing report with the new one in a work folder.

    Parameters
    ----------
    work : Path
        A folder of `work_folder` with the finished report in `report/`.
    folders : ReportFolders
        The folders of the report. The existing report becomes the previous report.

    Raises
    ------
    BadInput
        If a folder that is not one of our reports appeared in the meantime. It is moved back.

    Notes
    -----
    If the function is interrupted between two steps, the state is repaired on leaving the work
    folder or, if the process was killed, by the next run.
    """
    if os.path.lexists(folders.report):
        os.replace(folders.report, work / "replaced")
        # Check again, now that no other process can exchange it.
        if read_manifest(work / "replaced") is None:
            raise _not_ours(folders.report)
    os.replace(work / "report", folders.report)
    if os.path.lexists(work / "replaced"):
        _keep_as_previous(work, folders)


def _keep_as_previous(work: Path, folders: ReportFolders) -> None:
    """Turn the replaced report into the previous report."""
    if os.path.lexists(folders.previous):
        os.replace(folders.previous, work / "outdated")
        if read_manifest(work / "outdated") is None:
            raise _not_ours(folders.previous)
    os.replace(work / "replaced", folders.previous)


def _put_right(work: Path, folders: ReportFolders) -> None:
    """Complete or undo an exchange of reports that was interrupted, then delete the work folder."""
    replaced = work / "replaced"
    outdated = work / "outdated"
    if os.path.lexists(replaced) and not os.path.lexists(folders.report):
        os.replace(replaced, folders.report)
    if os.path.lexists(outdated) and read_manifest(outdated) is None:
        _move_back(outdated, folders.previous)
    if os.path.lexists(replaced) and read_manifest(replaced) is not None:
        with suppress(BadInput):
            _keep_as_previous(work, folders)
    holds_only_ours = all(
        read_manifest(path) is not None for path in (replaced, outdated) if os.path.lexists(path)
    )
    # Never delete the last copy of a report, nor files of other programs.
    if holds_only_ours and not os.path.lexists(replaced):
        discard(work)


def _move_back(path: Path, place: Path) -> None:
    """Move a file or folder back to its original path, unless that path is now in use."""
    if not os.path.lexists(place):
        os.replace(path, place)


def make_cache(folders: ReportFolders) -> Path:
    """Create the folder for cached results, unless it exists.

    Parameters
    ----------
    folders : ReportFolders
        The folders of the report, whose lock must be held.

    Returns
    -------
    Path
        The folder, which contains our marker file from the moment it exists.

    Raises
    ------
    BadInput
        If a file or folder that clippings did not create has the same path.
    """
    if not os.path.lexists(folders.cache):
        new = make_marked_folder(folders.out, ".clippings-", ".cache", report=folders.report.name)
        new.chmod(0o777 & ~_file_mode_mask())
        os.replace(new, folders.cache)
    if read_marker(folders.cache) is None:
        raise _not_ours(folders.cache)
    return folders.cache


def _file_mode_mask() -> int:
    """Return the permissions that this process withholds from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
