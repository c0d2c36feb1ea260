"""`dragoman publish`: a case as a read-only site of plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import CasePath, InWords, app, fail, say


@app.command(
    epilog="Lines to try:  `dragoman publish inquiry.case site/`  ·  "
    '`dragoman publish inquiry.case site/ --redact "Ana Lopes" --redact "Harbour Watch"`  ·  '
    "`dragoman publish inquiry.case site/ --whole --words fr`"
)
def publish(
    case: CasePath,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The site: a new folder, an empty one, or one published before."),
    ],
    redact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Replace whoever is called so by a pseudonym, in every spelling that the case knows; may be repeated.",
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Show whole articles; else only the words that are quoted.")
    ] = False,
    quote: Annotated[
        int,
        typer.Option(
            min=0,
            max=100,
            help="Quote at most so many percent of an article, but its weightiest line always.",
        ),
    ] = 33,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Tell what is doubtful too.")] = False,
    title: Annotated[
        str | None, typer.Option(help="What the site is called (default: the case's file).")
    ] = None,
    words: InWords = "en",
) -> None:
    """Write the case as a read-only site of plain files, to be opened from a disk or put on any server.

    Chronology, events, statements, figures, disputes, promises, states, actors, articles; a search; all of it as JSON
    Lines. A second time only what was written before is replaced. Nothing in it asks anything of another computer.
    """
    from dragoman import case as cases
    from dragoman.telling.publishing.folder import NotOurs
    from dragoman.telling.publishing.site import StillThere
    from dragoman.telling.publishing.site import publish as write_site

    with cases.open(case) as opened:
        try:
            done = write_site(opened, folder, title, redact or (), whole, quote / 100, doubtful, words)
        except (NotOurs, StillThere) as error:
            fail(str(error))
        except OSError as error:
            fail(f"{error.filename or folder}: cannot be written ({error.strerror}). Name another folder.")
    say(f"wrote {done.files} files into {folder}; open {folder / 'index.html'}")
    if not whole:
        say(f"of no article more than {round(100 * done.share)} % is quoted")
    for one in done.hidden:
        spelt = ", ".join(one.forms)
        known = "" if one.ids else "; nobody in the case is called so, and these words were looked for"
        say(f"{one.pseudonym} is {one.name}, written {spelt}{known}")
