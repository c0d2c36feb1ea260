"""What the commands share: the program itself, common options, checked days, one-line errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from dragoman.model.lines import Json
from dragoman.telling.plain import plain
from dragoman.telling.writing import write_whole


class Left(Exception):
    """Whoever read the output went away."""


class Program(TyperGroup):
    """The commands; what they say is out before they count as done."""

    def invoke(self, ctx: Any) -> Any:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:  # which typer would end with 1
            raise Left from error
        return done


app = typer.Typer(
    cls=Program,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Dragoman reads raw news in several languages and builds a dated, sourced chronology.",
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  `dragoman timeline inquiry.case`  ·  "
    "`dragoman report inquiry.case -o report.html`",
)


def _version(wanted: bool) -> None:
    if wanted:
        from dragoman import __version__

        print(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    pass


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
    complain(message)
    raise typer.Exit(1)


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"dragoman: {plain(' '.join(message.split()))}", file=sys.stderr)


def say(line: str) -> None:
    """A line on standard output in which no sign of others' texts acts on a terminal."""
    print(plain(" ".join(line.splitlines()) if "\n" in line or "\r" in line else line))


def print_json(record: Json) -> None:
    say(json.dumps(record, ensure_ascii=False))


def one_of(wanted: Iterable[str] | None, there: Iterable[str], what: str) -> tuple[str, ...]:
    """Values for a condition, as the case writes them; where one is none of them, end and say which there are."""
    known = sorted(there)
    spelt = {value.casefold(): value for value in known}
    for value in wanted or ():
        if value.casefold() not in spelt:
            fail(f"no {what} {value!r} here; there are: {', '.join(known) or 'none'}.")
    return tuple(spelt[value.casefold()] for value in wanted or ())


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, whole or piece by piece; one that fails midway leaves what was there."""
    try:
        write_whole(path, (content,) if isinstance(content, bytes) else content)
    except OSError as error:
        fail(f"{path}: cannot be written ({error.strerror}). Name another file with -o.")
