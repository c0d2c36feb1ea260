"""A small case on disk made of hand-made readings, with a record of each kind; no text is parsed."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import structs

from dragoman.case import Case
from dragoman.case import open as open_case
from dragoman.store import CaseFile, Stored
from linking_readings import Page


def pages() -> list[Page]:
    one = Page(outlet="Daily", published="2024-05-02", title="Arland sends guards")
    one.event(
        "Arland met Borland in Midvale.", "CONSULT", ["Arland"], ["Borland"], "2024-05-01", "Midvale", "visit"
    )
    one.statement("Ada Arden said it was a good day.", "Ada Arden", "it was a good day", "2024-05-01")
    one.state(
        "Arland Guard are in Port Ann.", "deployment", "Arland Guard", "Arland", "Port Ann", "2024-04-01/"
    )
    one.promise("Borland will sign by 1 June.", ["Borland"], "AGREE", due="2024-06-01", made="2024-05-02")
    two = Page(outlet="Weekly", published="2024-05-03", title="A meeting")
    two.event("Cora Cray left Corland.", "RETREAT", ["Cora Cray"], ["Corland"], "2024-05-03", mode="resign")
    two.figure("At least 40 rebels were hurt, and Rebels say 90.", "injuries", 40, None)
    three = Page(outlet="Post", published="2024-05-04")
    three.event(
        "Boris Bolt accused Rebels.", "ACCUSE", ["Boris Bolt"], ["Rebels"], "2024-05-04", mode="allege"
    )
    return [one, two, three]


def small_world(path: Path) -> Case:
    """The case, open and linked."""
    return open_case(Path(shutil.copy(Path(_linked().name) / "small.case", path)))


@cache
def _linked() -> TemporaryDirectory[str]:
    """A folder with the case in it, made once a process: what a test takes is a copy."""
    folder = TemporaryDirectory()
    path = Path(folder.name) / "small.case"
    with CaseFile(path, create=True) as file:
        for source in (page.source() for page in pages()):
            file.add([Stored(structs.replace(source.article, raw=source.article.text), source.reading, None)])
    with open_case(path) as case:
        case.link()
    return folder
