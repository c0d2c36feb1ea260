"""A writer of OLE compound files, as far as a mail of Outlook needs one: for tests only."""

from __future__ import annotations

import struct
from itertools import pairwise

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A file with these streams in its root, and in storages where a name holds `/`.

    All streams are padded beyond 4,096 bytes, so that none needs the small sectors.
    """
    entries: list[list[object]] = [["Root Entry", 5, FREE, FREE, FREE, END, 0]]
    folders: dict[str, int] = {"": 0}
    children: dict[int, list[int]] = {0: []}
    body, table = b"", []

    def add(parent: int, name: str, kind: int, start: int, size: int) -> int:
        entries.append([name, kind, FREE, FREE, FREE, start, size])
        children[parent].append(len(entries) - 1)
        children[len(entries) - 1] = []
        return len(entries) - 1

    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = add(0, folder, 1, 0, 0)
        padded = data + b"\0" * max(0, 4096 - len(data))
        padded += b"\0" * (-len(padded) % SECTOR)
        first, count = len(table), len(padded) // SECTOR
        add(folders[folder], name, 2, first, max(len(data), 4096))
        table += [*range(first + 1, first + count), END]
        body += padded
    for parent, found in children.items():
        for before, after in pairwise(found):
            entries[before][3] = after
        if found:
            entries[parent][4] = found[0]
    directory = b"".join(map(_entry, entries))
    directory += b"\0" * (-len(directory) % SECTOR)
    at_directory, count = len(table), len(directory) // SECTOR
    table += [*range(at_directory + 1, at_directory + count), END]
    tables = -(-len(table) // 127) if table else 1
    at_table = len(table)
    table += [FAT] * tables
    packed = struct.pack(f"<{len(table)}I", *table)
    packed += b"\xff" * (tables * SECTOR - len(packed))
    return _header(at_directory, list(range(at_table, at_table + tables))) + body + directory + packed


def _entry(entry: list[object]) -> bytes:
    name, kind, left, right, child, start, size = entry
    assert isinstance(name, str)
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(encoded), kind, 1, left, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _header(directory: int, tables: list[int]) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, len(tables), directory, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", *tables, *[FREE] * (109 - len(tables)))


def outlook_mail(
    subject: str, body: str, headers: str = "", attached: dict[str, bytes] | None = None
) -> bytes:
    """A mail as Outlook saves it."""
    texts = {0x0037: subject, 0x1000: body, 0x007D: headers, 0x001A: "IPM.Note", 0x0C1F: "a@x.example"}
    streams = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in texts.items() if text}
    properties = b"\0" * 8 + struct.pack("<IIII", 0, len(attached or {}), 0, len(attached or {})) + b"\0" * 8
    for key, text in texts.items():
        if not text:
            continue
        properties += struct.pack("<IIQ", key << 16 | 0x1F, 6, len(text) * 2)
    streams["__properties_version1.0"] = properties
    for number, (name, data) in enumerate((attached or {}).items()):
        folder = f"__attach_version1.0_#{number:08X}"
        entries = ((0x37050003, 1), (0x3707001F, len(name) * 2), (0x37010102, len(data)))
        streams[f"{folder}/__properties_version1.0"] = b"\0" * 8 + b"".join(
            struct.pack("<IIQ", key, 6, value) for key, value in entries
        )
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data.ljust(4096)  # no zeros behind a text
    return compound(streams)
