"""`dragoman chronology`: the lines that matter, in the sources' own words."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, InWords, app, day, fail, write

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.store.chronology import Lines
    from dragoman.telling.chronology import Chronicle

NARROWEST, WIDEST = 50, 110
"""Columns that text is wrapped to, whatever the terminal has."""


@app.command(
    epilog="Lines to try:  `dragoman chronology inquiry.case`  ·  `dragoman chronology inquiry.case --lines 100 "
    "--actor Armenia --since 2023-09-01`  ·  `dragoman chronology inquiry.case --format docx -o chronology.docx`"
)
def chronology(
    case: CasePath,
    lines: Annotated[str, typer.Option(help="How many, the weightiest: a number, or all.")] = "30",
    since: Annotated[str | None, typer.Option(help="First day (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Last day (YYYY-MM-DD).")] = None,
    actor: Annotated[str | None, typer.Option(help="Only with this actor, by any of its names.")] = None,
    place: Annotated[str | None, typer.Option(help="Only at or about this place.")] = None,
    story: Annotated[
        str | None, typer.Option(help="Only of this storyline: its id, or a part of its title.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Only what is told in it (en, fr, ru).")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(help="happened, ongoing, planned, possible, denied, alleged; may be repeated."),
    ] = None,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Show doubtful lines too.")] = False,
    undated: Annotated[bool, typer.Option("--undated", help="Show what has no day, instead.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text, md, html, docx, odt, jsonl, csv.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file (default: the terminal).")
    ] = None,
    words: InWords = "en",
) -> None:
    """The chronology: the days that matter, each in one sentence of a source, with who else tells it."""
    from dragoman import case as cases
    from dragoman.store.chronology import Lines

    most = _number(lines)
    with cases.open(case) as opened, opened.asking() as connection:
        wanted = Lines(
            since=day(since),
            until=day(until),
            actors=_called(connection, actor),
            places=_called(connection, place),
            story=_story(connection, story),
            language=language,
            statuses=tuple(status or ()),
            doubtful=doubtful,
        )
        content = _content(
            connection, _chosen(connection, wanted, most, undated, words), format_, output is None
        )
    if output is not None:
        write(output, content)
    else:
        sys.stdout.buffer.write(content)


def _number(lines: str) -> int | None:
    """A positive number of lines; None for all."""
    if lines == "all":
        return None
    if not lines.isdecimal() or int(lines) < 1:
        fail(f"{lines!r} is no number of lines; give one from 1 on, or all.")
    return int(lines)


def _called(connection: Connection, name: str | None) -> tuple[str, ...]:
    from dragoman.store.questions import called

    if name is None:
        return ()
    found = tuple(ref for kind in ("actor", "place") for ref in called(connection, kind, name))
    if not found:
        fail(f"nobody and no place of the case is called {name!r}. All of them: dragoman who CASE")
    return found


def _story(connection: Connection, name: str | None) -> str | None:
    from dragoman.store.chronology import stories

    if name is None:
        return None
    found = stories(connection, name)
    if len(found) != 1:
        what = "no storyline" if not found else f"{len(found)} storylines"
        fail(f"{what} of the case: {name!r}. All of them, with their ids: dragoman stories CASE --json")
    return found[0]


def _chosen(connection: Connection, wanted: Lines, most: int | None, undated: bool, words: str) -> Chronicle:
    from dragoman.store import chronology as asked
    from dragoman.store.questions import by_id, names_of
    from dragoman.telling.chronology import Chronicle

    show = asked.undated if undated else asked.weightiest
    found = show(connection, wanted, most)
    counts = asked.count(connection, wanted)
    told = sorted({s["article"] for e in found for s in e["sources"]})
    refs = sorted({ref for e in found for ref in (*e["actors"], *([e["place"]] if e["place"] else []))})
    shown = sum(not e["doubtful"] for e in found)
    return Chronicle(
        lines=found,
        articles=by_id(connection, told),
        names=names_of(connection, refs),
        more=max((counts.undated if undated else counts.dated) - shown, 0),
        undated=0 if undated else counts.undated,
        doubtful=0 if wanted.doubtful else counts.doubtful,
        language=words,
    )


def _content(connection: Connection, chronicle: Chronicle, name: str, terminal: bool) -> bytes:
    from dragoman.telling import chronology as told
    from dragoman.telling import exports

    match name:
        case "text":
            columns = shutil.get_terminal_size((80, 24)).columns if terminal else 80
            lines = told.as_text(chronicle, min(max(columns, NARROWEST), WIDEST))
            return "".join(f"{line}\n" for line in lines).encode()
        case "jsonl":
            return "".join(f"{line}\n" for line in told.as_jsonl(chronicle)).encode()
        case "csv":
            return ("\ufeff" + "".join(told.as_csv(chronicle))).encode()
    full = {"md": "markdown"}.get(name, name)
    if name not in ("md", "html", "docx", "odt") or full not in exports.FORMATS:
        have = [f for f in ("md", "html", "docx", "odt") if {"md": "markdown"}.get(f, f) in exports.FORMATS]
        fail(f"no format {name!r} of the chronology; present are {', '.join((*told.OWN_FORMATS, *have))}.")
    return b"".join(exports.parts(told.Chosen(connection, chronicle), full, chronicle.language))
