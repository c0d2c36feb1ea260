"""`publish`: a case written out as a read-only site of plain files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dragoman.naming.folding import INVISIBLE
from dragoman.store.questions import Ask
from dragoman.telling.exports.left_out import left_out
from dragoman.telling.exports.table import FACTS
from dragoman.telling.interface import interface
from dragoman.telling.publishing.folder import Folder
from dragoman.telling.publishing.hidden import Hidden
from dragoman.telling.publishing.pages import Site
from dragoman.telling.publishing.redaction import Published, redactor
from dragoman.telling.publishing.spotting import Spotter

if TYPE_CHECKING:
    from dragoman.telling.asked import Asked


SHARE = 1 / 3
"""Of the words of an article, what is quoted at most."""


class StillThere(Exception):
    """A hidden name would stand in a file; nothing was written."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was published.

    Attributes:
        files: How many.
        share: The largest share of an article, 0 to 1, that is quoted; 0 where whole articles are shown.
        hidden: Those whose names were replaced, with their pseudonyms and all their spellings.
    """

    files: int
    share: float
    hidden: tuple[Hidden, ...]


def publish(
    case: Asked,
    to: Path,
    title: str | None = None,
    hide: Sequence[str] = (),
    whole: bool = False,
    share: float = SHARE,
    doubtful: bool = False,
    language: str = "en",
) -> Done:
    """Write a case as a site into a folder; the same case and the same wishes give the same bytes.

    `hide`: names, ids or spellings of those whose names are replaced in all that is written. `whole`: whole articles;
    else only words that are quoted, of each article at most `share`, 0 to 1, but its weightiest line always.
    `doubtful`: what is doubtful too. `language`: of the program's own words.

    Raises:
        NotOurs: the folder holds what no site wrote.
        StillThere: a hidden name was about to be written.
        OSError: it cannot be written.
    """
    face = interface(language)
    with case.asking() as connection:
        hiding = redactor(connection, hide, face)
        published = Published(connection, Ask(kinds=FACTS, sure=not doubtful), hiding)
        remark = left_out(published, ("entry", *FACTS), None, face)
        with Folder(to, Look(hiding.spotter)) as folder:
            site = Site(published, folder, face, title or case.file.path.stem, whole, share, remark)
            site.write()
    return Done(len(folder.written), site.share, hiding.hidden)


class Look:
    """Looks once more at all that is written, knowing nothing of how names were taken out: where a spelling of one who
    is hidden stands in a file, written in any way, nothing is published at all."""

    def __init__(self, spotter: Spotter) -> None:
        self._names = {name: one for one in spotter.hidden for name in _sure(one, spotter)}
        listed = sorted(self._names, key=lambda name: (-len(name), name))
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)") if listed else None

    def __call__(self, path: str, piece: bytes) -> None:
        if self._any is None or path.endswith((".css", "site.js")):
            return
        text = piece.decode("utf-8")
        for read in (text, unquote(unescape(text))):
            if found := self._any.search(_plain(f"{path}\n{read}")):
                one = self._names[found[0]]
                raise StillThere(
                    f"{one.name} would still be named in {path}, so nothing was written. "
                    "This is a fault of dragoman: please report it, without the name."
                )


def _sure(one: Hidden, spotter: Spotter) -> list[str]:
    """The spellings that are nothing but the name, plainly written: no word of the interface, no common word."""
    alone = {word.folded for word in one.words if word.role == "surname"}
    spellings = {_plain(form) for form in one.forms}
    return [
        name
        for name in spellings
        if len(name) > 3
        and name not in spotter.common
        and (" " in name or name in alone)
        and name not in _OWN
    ]


_OWN = frozenset({"person", "state", "group", "place", "force", "organisation", "dragoman"})


_COMBINING = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.translate(INVISIBLE).casefold())
    return " ".join(_COMBINING.sub("", bare).split())
