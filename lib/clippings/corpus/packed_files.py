"""Single compressed files (gzip, bzip2, xz) and TAR archives, unpacked in memory.

Size limits are checked during unpacking, regardless of the sizes that a file states.
"""

import bz2
import io
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import MAX_ENTRIES, MAX_RATIO, unpacks_to_too_much
from clippings.corpus.rows import Limits

PIECE = 1 << 20  # bytes that are unpacked at a time
SMALL = 1_000_000  # bytes up to which the compression ratio does not matter

GZIP = b"\x1f\x8b"
BZIP2 = b"BZh"
XZ_MEMORY = 200_000_000  # bytes of memory that unpacking may use

GZIP_WINDOW = 16 + zlib.MAX_WBITS  # 16: with the header of gzip

UNPACKING_ERRORS = (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError)

PACKED_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)$", re.IGNORECASE)
TAR_SUFFIX = re.compile(r"\.(?:tgz|tbz2?|txz)$", re.IGNORECASE)


def name_inside(name: str) -> str:
    """Return the name of the file inside a compressed file.

    Parameters
    ----------
    name : str
        Name of the packed file.

    Returns
    -------
    str
        The name without its last suffix, as compression programs restore it.

    Examples
    --------
    >>> name_inside("a.txt.gz"), name_inside("pages.tgz")
    ('a.txt', 'pages.tar')
    """
    return PACKED_SUFFIX.sub("", TAR_SUFFIX.sub(".tar", name))


def unpack(data: bytes, limits: Limits) -> bytes:
    """Unpack a gzip, bzip2 or xz file.

    Parameters
    ----------
    data : bytes
        The packed file, which may consist of several pieces.
    limits : Limits
        What it may cost.

    Returns
    -------
    bytes
        The contents.

    Raises
    ------
    BadInput
        If the file is damaged or its contents exceed the limits.
    """
    limit = min(limits.container, max(SMALL, MAX_RATIO * len(data)))
    pieces = []
    size = 0
    try:
        for piece in _pieces(data):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise BadInput(unpacks_to_too_much(limits.container))
    except UNPACKING_ERRORS as error:
        if isinstance(error, BadInput):  # which is a ValueError
            raise
        raise BadInput(problems.damaged_packed(type(error).__name__)) from None
    return b"".join(pieces)


def _pieces(data: bytes) -> Iterator[bytes]:
    """Yield the contents of a compressed file piece by piece."""
    while data:
        decompressor = _decompressor(data)
        is_gzip = data.startswith(GZIP)
        rest = data
        while not decompressor.eof:
            piece = decompressor.decompress(rest, PIECE)
            rest = decompressor.unconsumed_tail if is_gzip else b""
            if piece:
                yield piece
            elif not decompressor.eof and not rest:
                raise EOFError("the file ends too early")
        # Concatenated compressed files unpack to their concatenated contents.
        data = decompressor.unused_data.lstrip(b"\0")
        if not data.startswith((GZIP, BZIP2, b"\xfd7zXZ\0")):
            return  # anything else is ignored, as compression programs do


def _decompressor(data: bytes):
    """Return the decompressor for the signature of a file, or None."""
    if data.startswith(GZIP):
        return zlib.decompressobj(GZIP_WINDOW)
    if data.startswith(BZIP2):
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(memlimit=XZ_MEMORY)


class TarEntry(NamedTuple):
    """A file in a TAR archive."""

    name: str
    problem: str  # why it is not read; "" if it is
    data: bytes


def tar_entries(data: bytes, limits: Limits) -> Iterator[TarEntry]:
    """Yield the files of a TAR archive.

    Parameters
    ----------
    data : bytes
        The archive, unpacked.
    limits : Limits
        What it may cost.

    Yields
    ------
    TarEntry
        Its files; links with a problem, and other things (devices, pipes) too.

    Raises
    ------
    BadInput
        If the archive is damaged or contains too many files.
    """
    number = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                if member.isdir():
                    continue
                number += 1
                if number > MAX_ENTRIES:
                    raise BadInput(unpacks_to_too_much(limits.container))
                if not member.isreg() or member.issparse():
                    yield TarEntry(member.name, problems.entry_is_a_link(), b"")
                    continue
                file = archive.extractfile(member)
                yield TarEntry(member.name, "", file.read() if file else b"")
    except tarfile.TarError as error:
        raise BadInput(problems.damaged_packed(type(error).__name__)) from None
