"""A small writer of Outlook's .msg files: a compound file with the properties of an email."""

import struct
from datetime import UTC, datetime

SECTOR = 512
MINI_SECTOR = 64
END_OF_CHAIN = 0xFFFFFFFE
FREE = 0xFFFFFFFF
FAT_SECTOR = 0xFFFFFFFD

STRING = 0x001F
BINARY = 0x0102
TIME = 0x0040
INTEGER = 0x0003

MESSAGE_CLASS = 0x001A
SUBJECT = 0x0037
SUBMIT_TIME = 0x0039
HEADERS = 0x007D
SENDER_NAME = 0x0C1A
SENDER_ADDRESS = 0x5D01
BODY = 0x1000
HTML = 0x1013
CODEPAGE = 0x3FDE
ATTACHED_DATA = 0x3701
ATTACHED_NAME = 0x3707

STORAGE = 1
STREAM = 2
ROOT = 5


def msg_of(
    subject: str,
    body: str = "",
    html: str = "",
    headers: str = "",
    sender: tuple[str, str] = ("The Post", "news@post.example"),
    sent: datetime = datetime(2021, 3, 16, 8, tzinfo=UTC),
    attachments: dict[str, bytes] | None = None,
) -> bytes:
    """Build an email as Outlook saves it; all texts together must be shorter than 30,000 bytes."""
    texts = {
        MESSAGE_CLASS: "IPM.Note",
        SUBJECT: subject,
        BODY: body,
        HEADERS: headers,
        SENDER_NAME: sender[0],
        SENDER_ADDRESS: sender[1],
    }
    numbers = {(SUBMIT_TIME, TIME): _file_time(sent), (CODEPAGE, INTEGER): 65001}
    binaries = {HTML: html.encode()} if html else {}
    files = attachments or {}
    header = struct.pack("<8x4I8x", 0, len(files), 0, len(files))
    tree: dict = _properties(header, texts, numbers, binaries)
    for number, (name, data) in enumerate(files.items()):
        inner = _properties(bytes(8), {ATTACHED_NAME: name}, {}, {ATTACHED_DATA: data})
        tree[f"__attach_version1.0_#{number:08X}"] = inner
    return compound_file_of(tree)


def _file_time(time: datetime) -> int:
    """Tenths of microseconds since 1601."""
    return int((time - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)


def _properties(header: bytes, texts: dict, numbers: dict, binaries: dict) -> dict[str, bytes]:
    """Return the streams of an email or attachment."""
    streams = {}
    segments = [header]
    for identifier, text in texts.items():
        if text:
            data = text.encode("utf-16-le")
            streams[f"__substg1.0_{identifier:04X}{STRING:04X}"] = data
            segments.append(struct.pack("<HHIQ", STRING, identifier, 6, len(data) + 2))
    for identifier, data in binaries.items():
        streams[f"__substg1.0_{identifier:04X}{BINARY:04X}"] = data
        segments.append(struct.pack("<HHIQ", BINARY, identifier, 6, len(data)))
    for (identifier, kind), number in numbers.items():
        segments.append(struct.pack("<HHIQ", kind, identifier, 6, number))
    streams["__properties_version1.0"] = b"".join(segments)
    return streams


class _Entry:
    """An entry of the directory."""

    def __init__(self, name: str, kind: int):
        self.name = name
        self.kind = kind
        self.right = FREE
        self.child = FREE
        self.start = END_OF_CHAIN
        self.size = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16xI16xIQ",
            name,
            len(name),
            self.kind,
            1,
            FREE,
            self.right,
            self.child,
            0,
            self.start,
            self.size,
        )


def compound_file_of(tree: dict) -> bytes:
    """Build a compound file of streams (bytes) and storages (dicts); each stream below 4096 bytes."""
    entries = [_Entry("Root Entry", ROOT)]
    mini_stream = bytearray()
    mini_fat: list[int] = []
    _add(tree, entries[0], entries, mini_stream, mini_fat)
    directory = b"".join(entry.packed() for entry in entries)
    mini_fat_data = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    number_of_sectors = 1  # of the table of sectors itself
    starts = []
    for part in (directory, mini_fat_data, mini_stream):
        starts.append(number_of_sectors)
        number_of_sectors += -(-len(part) // SECTOR)
    root = entries[0]
    root.start = starts[2]
    root.size = len(mini_stream)
    directory = b"".join(entry.packed() for entry in entries)
    fat = [FAT_SECTOR]
    body = b""
    for part in (directory, mini_fat_data, bytes(mini_stream)):
        length = -(-len(part) // SECTOR)
        fat += [len(fat) + offset + 1 for offset in range(length - 1)] + [END_OF_CHAIN]
        body += part.ljust(length * SECTOR, b"\0")
    assert len(fat) <= SECTOR // 4
    table = struct.pack(f"<{SECTOR // 4}I", *fat, *[FREE] * (SECTOR // 4 - len(fat)))
    mini_fat_sectors = -(-len(mini_fat_data) // SECTOR)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        starts[0],
        0,
        4096,
        starts[1],
        mini_fat_sectors,
        END_OF_CHAIN,
        0,
    )
    places = struct.pack("<109I", 0, *[FREE] * 108)
    return header + places + table + body


def _add(tree: dict, parent: _Entry, entries: list, mini_stream: bytearray, mini_fat: list) -> None:
    """Add the streams and storages of a storage as a chain of siblings."""
    previous: _Entry | None = None
    for name, content in tree.items():
        entry = _Entry(name, STORAGE if isinstance(content, dict) else STREAM)
        position = len(entries)
        entries.append(entry)
        if previous is None:
            parent.child = position
        else:
            previous.right = position
        previous = entry
        if isinstance(content, dict):
            _add(content, entry, entries, mini_stream, mini_fat)
            continue
        assert len(content) < 4096
        entry.size = len(content)
        if content:
            length = -(-len(content) // MINI_SECTOR)
            entry.start = len(mini_fat)
            mini_fat += [entry.start + offset + 1 for offset in range(length - 1)] + [END_OF_CHAIN]
            mini_stream += content.ljust(length * MINI_SECTOR, b"\0")
