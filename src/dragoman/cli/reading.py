"""Filling a case: `read`; and what leaves it: `report`, `export`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, InWords, Today, app, complain, day, fail, say, write

if TYPE_CHECKING:
    from dragoman.case import Case, Summary
    from dragoman.intake.walk import FileMet
    from dragoman.model import SetAside
    from dragoman.model.summary import Filled
    from dragoman.telling.progress import Bar

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
LOCAL = "local"

Processes = Annotated[int, typer.Option(min=1, max=64, help="Processes that read side by side.")]
On = Annotated[
    str,
    typer.Option(
        metavar="local|ray://HOST:PORT",
        help="Where to read: this machine, or a Ray cluster that it has joined (`pip install 'dragoman[ray]'`).",
    ),
]
Ocr = Annotated[
    bool,
    typer.Option("--ocr", help="Have Tesseract read pictures and scanned pages, where it is installed."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")]


@app.command(
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  "
    "`dragoman read feed.rss pages.warc.gz --case inquiry.case --processes 2`  ·  "
    "`cat text.txt | dragoman read - --case inquiry.case`  ·  "
    "`dragoman read /shared/crawl --case inquiry.case --on ray://10.0.0.5:6379 --readings /shared/crawl.readings`"
)
def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, archives, feeds; - for standard input; a folder that `dragoman readings` made.",
        ),
    ],
    case: Annotated[Path, typer.Option(help="The case to read into; made where there is none.")] = Path(
        "dragoman.case"
    ),
    processes: Processes = 1,
    on: On = "local",
    readings_: Annotated[
        Path | None,
        typer.Option(
            "--readings",
            metavar="FOLDER",
            help="With --on ray://: a folder that all machines see, for what they read (default: CASE.readings).",
        ),
    ] = None,
    today: Today = None,
    ocr: Ocr = False,
    quiet: Quiet = False,
) -> None:
    """Read articles into a case: .txt .html .md .jsonl .warc .rss .atom .xml .pdf .docx .odt .rtf .epub .eml .mbox
    .msg .zip .tar.

    A second time only what is new is read; what cannot be read is set aside with its reason. Of a folder of readings
    nothing is read again: it is only linked.
    """
    from dragoman import case as cases
    from dragoman.spreading.manifest import is_readings
    from dragoman.telling.progress import Bar, summary_lines

    _checked(paths)
    kept = [Path(path) for path in paths if is_readings(path)]
    others = [path for path in paths if not is_readings(path)]
    with _stopping("What was read is in the case" if on == LOCAL else "What was read is kept"):
        if others and on != LOCAL:
            folder = readings_ or case.with_name(f"{case.name}.readings")
            with Bar(others, hidden=quiet) as bar:
                failed = _spread(folder, _met(others, None), on, processes, ocr, bar).failed
            kept, others = [folder, *kept], []
        else:
            failed = []
        with cases.open(case, create=True) as opened, Bar(paths, hidden=quiet) as bar:
            summary = cases.Summary()
            if others:
                summary = opened.read(others, processes, bar.update, ocr=ocr)
            for folder in kept:
                summary.add(_taken(opened, folder, bar))
            bar.linking()
            opened.link(day(today))
    if not quiet:
        for line in summary_lines(summary, case):
            say(line)
    for why in failed:
        complain(why)
    if summary.aside and summary.done == len(summary.aside):
        if quiet:
            first = summary.aside[0]
            fail(f"nothing could be read; {first.path}: {first.reason} {first.hint}".rstrip())
        raise typer.Exit(1)
    if failed:
        raise typer.Exit(1)


@app.command(
    epilog="Lines to try:  `dragoman readings crawl.readings articles/ --processes 2`  ·  "
    "`dragoman readings /shared/crawl.readings --list /shared/warc.paths.gz --on ray://10.0.0.5:6379`  ·  "
    "`dragoman read crawl.readings --case inquiry.case`"
)
def readings(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of readings; made where there is none.")
    ],
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files, folders, archives, feeds.")
    ] = None,
    list_: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="Paths to read, one a line, below the folder of FILE; or .gz."
        ),
    ] = None,
    processes: Processes = 1,
    on: On = "local",
    ocr: Ocr = False,
    quiet: Quiet = False,
) -> None:
    """Read articles into a folder of Parquet files, for DuckDB, pandas or a case, on this machine or on many.

    Each row is an article or what it alone tells: an event, a statement, a figure, a state, a commitment. What stands
    in the folder's manifest is not read again. `dragoman read DIR --case CASE` links it.
    """
    from dragoman.telling.progress import Bar, filled_lines

    _checked(paths or [], some=list_ is None)
    with _stopping("What was read is kept"), Bar(paths or [], hidden=quiet) as bar:
        filled = _spread(folder, _met(paths or [], list_), on, processes, ocr, bar)
    if not quiet:
        for line in filled_lines(filled, folder):
            say(line)
    for why in filled.failed:
        complain(why)
    if filled.failed:
        raise typer.Exit(1)


def _checked(paths: list[str], some: bool = True) -> None:
    """End where nothing can be read at the paths at all."""
    for path in paths:
        if _ADDRESS.match(path):
            fail(
                f"{path} is an address; addresses are not fetched. Save the page with your browser and read that file."
            )
    if some and not paths:
        fail("nothing to read: name files or folders, or a list of them with --list.")
    if paths and not any(path == "-" or os.path.lexists(path) for path in paths):
        fail(f"{paths[0]}: does not exist. Name a file or a folder.")


@contextmanager
def _stopping(where: str) -> Iterator[None]:
    """Ctrl+C, and readings that cannot be used, end the program with a line."""
    from dragoman.spreading.manifest import ReadingsError

    try:
        yield
    except KeyboardInterrupt:
        print(f"dragoman: stopped. {where}; the same command goes on from there.", file=sys.stderr)
        raise typer.Exit(130) from None
    except ReadingsError as error:
        fail(str(error))


def _met(paths: list[str], list_: Path | None) -> Iterator[FileMet | SetAside]:
    from dragoman.intake.walk import files_of
    from dragoman.spreading.shards import listed

    yield from files_of(paths)
    if list_ is not None:
        try:
            yield from listed(list_)
        except (OSError, EOFError) as error:
            fail(f"{list_}: cannot be read ({getattr(error, 'strerror', None) or error}).")


def _spread(
    folder: Path, mets: Iterator[FileMet | SetAside], on: str, processes: int, ocr: bool, bar: Bar
) -> Filled:
    from dragoman.spreading.job import fill
    from dragoman.spreading.where import machines

    with machines(on, processes) as them:
        return fill(folder, mets, them, ocr, bar.shards)


def _taken(opened: Case, folder: Path, bar: Bar) -> Summary:
    from dragoman.spreading.manifest import Manifest

    if missing := Manifest(folder).missing:
        complain(
            f"{folder}: {missing} shards were planned and are not read; what is read is linked. "
            "The command that began them goes on with them."
        )
    return opened.take(folder, bar.update)


@app.command(epilog="Lines to try:  `dragoman report inquiry.case -o report.html`")
def report(
    case: CasePath,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("report.html"),
    words: InWords = "en",
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Tell doubtful events too.")] = False,
) -> None:
    """One self-contained page: the chronology, the events, the actors; a click on a fact shows its sentence."""
    from dragoman import case as cases
    from dragoman.telling.report import write_report

    with cases.open(case) as opened:
        page = write_report(opened, case.stem, words, doubtful)
    write(output, page.encode())
    say(f"wrote {output}")


@app.command(
    epilog="Lines to try:  `dragoman export inquiry.case --format jsonl > inquiry.jsonl`  ·  "
    "`dragoman export inquiry.case --format xlsx -o inquiry.xlsx`  ·  `dragoman export inquiry.case inquiry.atom`"
)
def export(
    case: CasePath,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A file instead of standard output; its ending may tell the format."
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="jsonl, csv, xlsx, parquet, plover, ftm, timelinejs, geojson, ics, atom, webannotation, graphml; the "
            "chronology to hand on: docx, odt, html, markdown; its sources: bibtex, ris, csl (default: jsonl).",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file instead of standard output.")
    ] = None,
    words: InWords = "en",
    doubtful: Annotated[
        bool,
        typer.Option(
            "--doubtful", help="What is doubtful too, in formats for people; others hold it always."
        ),
    ] = False,
) -> None:
    """The whole case in a form for other tools. Each says what it left out, and why."""
    from dragoman import case as cases
    from dragoman.store.questions import Ask
    from dragoman.telling.exports import FOR_PEOPLE, UnknownFormat
    from dragoman.telling.exports.table import FACTS

    format_ = format_ or _format_of(file or output, file is not None)
    output = output or file
    with cases.open(case) as opened:
        try:
            ask = Ask(kinds=FACTS, sure=not doubtful) if format_ in FOR_PEOPLE else None
            pieces = opened.export(format_, ask, language=words)
        except UnknownFormat as error:
            fail(str(error))
        if output:
            write(output, pieces)
        else:
            sys.stdout.buffer.writelines(pieces)


def _format_of(file: Path | None, strict: bool) -> str:
    """The format that a file's ending tells; where it tells none, jsonl, or with `strict` the end."""
    from dragoman.telling.exports import ENDINGS, FORMATS

    if file is None:
        return "jsonl"
    known = {f".{ENDINGS.get(name, name)}": name for name in ("jsonl", *FORMATS)}
    known[".jsonl"] = "jsonl"  # as another's is too
    known.pop(".json", None)  # it tells nothing
    name = file.name.casefold()
    found = [ending for ending in known if name.endswith(ending)]
    if not found and not strict:
        return "jsonl"
    if not found:
        fail(f"{file}: the ending tells no format; say which with --format.")
    return known[max(found, key=len)]


@app.command(epilog="Lines to try:  `dragoman copy inquiry.case backup/inquiry-monday.case`")
def copy(
    case: CasePath,
    to: Annotated[Path, typer.Argument(metavar="TO", help="The copy: a file that is not there yet.")],
) -> None:
    """Copy a case, also while it is in use. Of a damaged one what is whole is saved, and what is lost is named.

    Damage is noticed when a case is opened. One of over 64 MB is not looked through each time: each article, fact and
    decision of it is checked when it is read, and all of them when it is copied.
    """
    from dragoman import case as cases
    from dragoman.store.copying import salvage
    from dragoman.store.errors import Damaged

    try:
        with cases.open(case) as opened:
            opened.copy(to)
    except Damaged:
        saved = salvage(case, to)
        say(f"{case} is damaged; {saved.articles} articles and {saved.decisions} decisions are saved in {to}")
        for lost in saved.lost:
            say(f"  lost: {lost}")
        raise typer.Exit(1) from None
    say(f"copied to {to}")
