"""Paths -> files: folders in sorted order, each real file once, nothing but plain files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.intake.limits import FOLDER_DEPTH
from dragoman.model import SetAside

_ABOUT = ("readme.", "license.")
"""Beginnings of the names of files that speak of a folder and are no articles; named themselves, they are read."""


def files_of(paths: Iterable[str | Path], kinds: tuple[str, ...]) -> Iterator[str | SetAside]:
    """The files that paths name, and what cannot be walked.

    A file that was named itself is given whatever its kind; of a folder, hidden files, its README and LICENSE,
    and kinds that are not read are passed over in silence. `-` is given as it is. A folder is walked once
    however many links lead to it, so that a loop of links ends.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        name = os.fspath(path)
        if name == "-":
            yield name
            continue
        try:
            info = Path(name).stat()
        except (OSError, ValueError) as error:
            yield _unreadable(name, error)
            continue
        if stat.S_ISDIR(info.st_mode):
            yield from _walk(Path(name), kinds, seen, 0)
        else:
            yield _plain(name, info)


def _plain(name: str, info: os.stat_result) -> str | SetAside:
    if stat.S_ISREG(info.st_mode):
        return name
    return SetAside(
        path=name, reason="is a device, pipe or socket, not a file", hint="Name a file, or pipe it to `-`."
    )


def _walk(
    folder: Path, kinds: tuple[str, ...], seen: set[tuple[int, int]], depth: int
) -> Iterator[str | SetAside]:
    try:
        info = folder.stat()
        if (info.st_dev, info.st_ino) in seen:
            return
        seen.add((info.st_dev, info.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    if depth > FOLDER_DEPTH:
        yield SetAside(
            path=str(folder), reason=f"lies more than {FOLDER_DEPTH} folders deep", hint="Name it itself."
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                yield from _walk(Path(entry.path), kinds, seen, depth + 1)
            elif entry.name.lower().endswith(kinds) and not entry.name.lower().startswith(_ABOUT):
                yield _plain(entry.path, entry.stat())
        except OSError as error:
            yield _unreadable(entry.path, error)


def _unreadable(path: str, error: OSError | ValueError) -> SetAside:
    if isinstance(error, FileNotFoundError):
        return SetAside(path=path, reason="does not exist", hint="Check the name; a link may lead nowhere.")
    if isinstance(error, PermissionError):
        return SetAside(
            path=path, reason="may not be read", hint="Give yourself leave to read it (chmod u+rX)."
        )
    return SetAside(path=path, reason=f"cannot be opened: {getattr(error, 'strerror', None) or error}")
