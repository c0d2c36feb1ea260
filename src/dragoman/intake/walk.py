"""Paths -> files: folders in sorted order, each real file once, nothing but plain files, nothing passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dragoman.intake.kinds import passed_over
from dragoman.intake.limits import FOLDER_DEPTH
from dragoman.intake.names import shown
from dragoman.intake.warc import Piece
from dragoman.model import SetAside

_NO_FILE = "is a device, pipe or socket, not a file"
_NO_FILE_HINT = "Name a file, or pipe it to `-`."


class FileMet(NamedTuple):
    """A file to read. `name` is what the user sees, `path` what the system opens.

    `path` leads through no link where the file was met in a folder, and is to be opened so. `piece`: the stretch of
    an archive to read, where it is not all of it.
    """

    name: str
    path: str
    in_folder: bool
    piece: Piece | None = None


def files_of(paths: Iterable[str | Path]) -> Iterator[FileMet | SetAside]:
    """The files that paths name, and each thing met beside them with the reason why it is not read.

    A file that was named itself is given whatever its kind. A link in a folder is given where it leads to
    a file of the same folder; one that leads out of it is set aside. `-` is given as it is.
    """
    for path in paths:
        name = os.fspath(path)
        if name == "-":
            yield FileMet(name, name, in_folder=False)
            continue
        try:
            info = Path(name).stat()
            root = os.path.realpath(name)
        except (OSError, ValueError) as error:
            yield unreadable(shown(name), error)
            continue
        if stat.S_ISDIR(info.st_mode):
            yield from _Walk(root).of(Path(name), 0)
        elif stat.S_ISREG(info.st_mode):
            yield FileMet(shown(name), name, in_folder=False)
        else:
            yield SetAside(path=shown(name), reason=_NO_FILE, hint=_NO_FILE_HINT)


class _Walk:
    """A walk through one folder. `root`: the folder without links."""

    def __init__(self, root: str) -> None:
        self._root = root

    def of(self, folder: Path, depth: int) -> Iterator[FileMet | SetAside]:
        if depth > FOLDER_DEPTH:
            yield SetAside(
                path=shown(str(folder)),
                reason=f"lies more than {FOLDER_DEPTH} folders deep",
                hint="Name it itself.",
            )
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield unreadable(shown(str(folder)), error)
            return
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                    yield from self.of(Path(entry.path), depth + 1)
                else:
                    yield self._entry(entry)
            except OSError as error:
                yield unreadable(shown(entry.path), error)

    def _entry(self, entry: os.DirEntry[str]) -> FileMet | SetAside:
        name, path = shown(entry.path), entry.path
        if entry.is_symlink():
            path = os.path.realpath(entry.path)
            if os.path.commonpath((path, self._root)) != self._root:
                return SetAside(
                    path=name, reason="is a link out of the folder", hint="Name what it leads to, to read it."
                )
        info = os.lstat(path)
        if stat.S_ISDIR(info.st_mode) and entry.is_symlink():
            return SetAside(
                path=name, reason="is a link to a folder of the same folder, which is read itself"
            )
        if reason := passed_over(entry.name):
            return SetAside(path=name, reason=reason[0], hint=reason[1])
        if not stat.S_ISREG(info.st_mode):
            return SetAside(path=name, reason=_NO_FILE, hint=_NO_FILE_HINT)
        return FileMet(name, path, in_folder=True)


def open_file(met: FileMet) -> BinaryIO:
    """The file opened without waiting, and looked at only then: a pipe put in its place does not hang.

    Raises:
        OSError: it cannot be opened, or is no plain file any more; `strerror` says which.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if met.in_folder:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(met.path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, _NO_FILE)
    return os.fdopen(handle, "rb")


def unreadable(path: str, error: OSError | ValueError) -> SetAside:
    """What the user is told of a file or folder that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return SetAside(path=path, reason="does not exist", hint="Check the name; a link may lead nowhere.")
    if isinstance(error, PermissionError):
        return SetAside(
            path=path, reason="may not be read", hint="Give yourself leave to read it (chmod u+rX)."
        )
    return SetAside(path=path, reason=f"cannot be opened: {getattr(error, 'strerror', None) or error}")
