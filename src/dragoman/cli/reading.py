"""Filling a case: `read`; and what leaves it: `report`, `export`."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import CasePath, InWords, Today, app, day, fail, say, write

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@app.command(
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  "
    "`dragoman read feed.rss pages.warc.gz --case inquiry.case --processes 2`  ·  "
    "`cat text.txt | dragoman read - --case inquiry.case`"
)
def read(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, archives, feeds; - for standard input."),
    ],
    case: Annotated[Path, typer.Option(help="The case to read into; made where there is none.")] = Path(
        "dragoman.case"
    ),
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that read side by side.")] = 1,
    today: Today = None,
    ocr: Annotated[
        bool,
        typer.Option("--ocr", help="Have Tesseract read pictures and scanned pages, where it is installed."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Read articles into a case: .txt .html .md .jsonl .warc .rss .atom .xml .pdf .docx .odt .rtf .epub .eml .mbox
    .msg .zip .tar.

    A second time only what is new is read; what cannot be read is set aside with its reason.
    """
    from dragoman import case as cases
    from dragoman.telling.progress import Bar, summary_lines

    for path in paths:
        if _ADDRESS.match(path):
            fail(
                f"{path} is an address; addresses are not fetched. Save the page with your browser and read that file."
            )
    if not any(path == "-" or os.path.lexists(path) for path in paths):
        fail(f"{paths[0]}: does not exist. Name a file or a folder.")
    try:
        with cases.open(case, create=True) as opened, Bar(paths, hidden=quiet) as bar:
            summary = opened.read(paths, processes, bar.update, ocr=ocr)
            bar.linking()
            opened.link(day(today))
    except KeyboardInterrupt:
        print(
            "dragoman: stopped. What was read is in the case; the same command goes on from there.",
            file=sys.stderr,
        )
        raise typer.Exit(130) from None
    if not quiet:
        for line in summary_lines(summary, case):
            say(line)
    if summary.aside and summary.done == len(summary.aside):
        if quiet:
            first = summary.aside[0]
            fail(f"nothing could be read; {first.path}: {first.reason} {first.hint}".rstrip())
        raise typer.Exit(1)


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
    """Copy a case, also while it is in use. Of a damaged one what is whole is saved, and what is lost is named."""
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
