"""What the commands share: the program itself, common options, checked days, one-line errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Dragoman reads raw news in several languages and builds a dated, sourced chronology.",
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  `dragoman timeline inquiry.case`  ·  "
    "`dragoman report inquiry.case -o report.html`",
)

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case, as made by `dragoman read`.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")]
Today = Annotated[str | None, typer.Option(help="Count deadlines against this day (YYYY-MM-DD).")]


InWords = Annotated[
    str,
    typer.Option(
        "--words",
        envvar="DRAGOMAN_WORDS",
        metavar="LANGUAGE",
        help="The language of the program's own words: en, fr, ru.",
        callback=lambda language: spoken(language),
    ),
]


def spoken(language: str) -> str:
    """A language of the interface, checked."""
    from dragoman.languages import SUPPORTED

    if language not in SUPPORTED:
        fail(f"the program does not speak {language!r}; --words is one of {', '.join(SUPPORTED)}.")
    return language


def day(text: str | None) -> str | None:
    """An ISO day from the command line, checked."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        fail(f"{text!r} is not a day; write it as YYYY-MM-DD.")


def fail(message: str) -> NoReturn:
    """End with one line on standard error."""
    print(f"dragoman: {message}", file=sys.stderr)
    raise typer.Exit(1)


def print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, whole or piece by piece."""
    pieces = (content,) if isinstance(content, bytes) else content
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        fail(f"{path}: cannot be written ({error.strerror}). Name another file with -o.")
