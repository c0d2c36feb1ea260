"""The folder that a site is written to: whole or not at all, and nothing in it is touched that a site did not write.

A list of what was written, with the SHA-256 of each file, lies in the folder (`sha256sum -c dragoman.sha256` holds the
site against it). It says which files the next site may replace: no others, and none that were changed since.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType

LIST, NEXT = "dragoman.sha256", "dragoman.sha256.new"
"""What was written; and what is being put in its place, while that goes on."""

_OWN = re.compile(r"(?:[a-z0-9][a-z0-9-]*/){0,2}[a-z0-9][a-z0-9.-]*")
"""Paths that a site has; nothing else is ever removed or replaced."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")

_MOST = 400
"""Bytes of a line of the list, at most."""


class NotOurs(Exception):
    """The folder cannot be written to; the message says why and what to do."""


class Folder:
    """A site on its way into a folder.

    with Folder(Path("site"), look) as folder:
        folder.write("index.html", [b"..."])

    What is written lies beside the folder until the block ends, and goes in when it ends well. `look` is shown each
    piece before it is written and may refuse it.

    Raises:
        NotOurs: the folder holds what no site wrote, or what was changed since.
        OSError: it cannot be written.
    """

    def __init__(self, to: Path, look: Callable[[str, bytes], None] = lambda path, piece: None) -> None:
        self.to = Path(os.path.realpath(to))
        self.written: dict[str, str] = {}
        self._look = look
        self._before = _ours(self.to)
        self._beside = self.to.with_name(f".{self.to.name}.{os.getpid()}.part")

    def __enter__(self) -> Folder:
        self._beside.mkdir(parents=True)
        return self

    def write(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file; `path` is in the manner of this module, with `/`."""
        if not _OWN.fullmatch(path) or path in self.written or path in (LIST, NEXT):
            raise ValueError(f"no path of a site, or there already: {path!r}")
        at = self._beside / path
        at.parent.mkdir(parents=True, exist_ok=True)
        made = sha256()
        with at.open("xb") as file:
            for piece in pieces:
                self._look(path, piece)
                made.update(piece)
                file.write(piece)
        self.written[path] = made.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._put()
        finally:
            shutil.rmtree(self._beside, ignore_errors=True)

    def _put(self) -> None:
        for path in self.written:
            _no_links(self.to, path)
            above = [at for at in Path(path).parents if str(at) != "."]
            in_the_way = [at for at in above if os.path.lexists(self.to / at) and not (self.to / at).is_dir()]
            if path not in self._before and os.path.lexists(self.to / path):
                in_the_way.append(Path(path))
            if in_the_way:
                raise NotOurs(
                    f"{self.to / in_the_way[0]} was not written by dragoman publish and would be lost. "
                    "Move it away, or name another folder."
                )
        listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(self.written.items())).encode()
        (self._beside / LIST).write_bytes(listed)
        if not self.to.exists():
            self._beside.replace(self.to)
            return
        (self.to / NEXT).write_bytes(
            listed
        )  # from here on files of both lists are ours, until all are in place
        for path in sorted(self.written):
            at = self.to / path
            at.parent.mkdir(parents=True, exist_ok=True)
            (self._beside / path).replace(at)
        for path in sorted(self._before.keys() - self.written.keys()):
            (self.to / path).unlink(missing_ok=True)
            _remove_empty(self.to, (self.to / path).parent)
        (self._beside / LIST).replace(self.to / LIST)
        (self.to / NEXT).unlink()


def _remove_empty(top: Path, folder: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return  # something of somebody's is in it
        folder = folder.parent


def _ours(folder: Path) -> dict[str, None]:
    """The files in a folder that a site wrote and nobody changed; none where it is not there or empty."""
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir():
        raise NotOurs(f"{folder} is a file. Name a folder that is not there yet.")
    if not any(folder.iterdir()):
        return {}
    if not (folder / LIST).is_file() and not (folder / NEXT).is_file():
        raise NotOurs(
            f"{folder} holds something that dragoman publish did not write, and is left as it is. "
            "Name a folder that is not there yet, or an empty one."
        )
    held: dict[str, set[str]] = {}
    for name in (LIST, NEXT):
        for path, digest in _listed(folder / name):
            held.setdefault(path, set()).add(digest)
    found: dict[str, None] = {}
    for path, digests in held.items():
        at = folder / path
        _no_links(folder, path)
        if not os.path.lexists(at):
            continue
        if not at.is_file() or _digest(at) not in digests:
            raise NotOurs(
                f"{at} was changed since it was published. Move it away if it is to be kept, "
                "or name another folder."
            )
        found[path] = None
    return found


def _listed(at: Path) -> Iterable[tuple[str, str]]:
    if not os.path.lexists(at):
        return
    if at.is_symlink() or not at.is_file():
        raise NotOurs(f"{at} is no list of what was published. Name another folder.")
    with at.open("rb") as lines:
        while line := lines.readline(_MOST):
            found = _LINE.fullmatch(line.decode("utf-8", "replace").rstrip("\n"))
            if not found or not _OWN.fullmatch(found[2]):
                raise NotOurs(f"{at} is no list of what was published: {line[:80]!r}. Name another folder.")
            yield found[2], found[1]


def _no_links(folder: Path, path: str) -> None:
    """Refuse a path that leads out of the folder by a link."""
    at = folder
    for part in path.split("/"):
        at = at / part
        if at.is_symlink():
            raise NotOurs(
                f"{at} is a link, which dragoman publish never writes. Move it away, or name another folder."
            )


def _digest(path: Path) -> str:
    made = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            made.update(piece)
    return made.hexdigest()
