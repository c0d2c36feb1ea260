"""The commands. Each parses its words and calls one function of the same meaning; heavy imports wait
until a command needs them.

`reading` and `watching` fill a case, `listing` shows its articles, `chronology`, `asking`, `searching` and `viewing`
what it knows, `assisting` serves it to assistants, `deciding` keeps what a person judges, `people` names those who work
on it together, `words` works on texts and names without a case; `program` gathers them. Nothing is imported here but
what ends a program well, so that Ctrl+C ends it quietly from the first moment.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.store.errors import CaseError

__all__ = ["app", "run"]

ENDED_BY = 128
"""A program that a signal ended ends with this and the signal's number."""


def __getattr__(name: str) -> Any:
    if name == "app":
        from dragoman.cli.program import app

        return app
    raise AttributeError(name)


def run() -> None:
    """The program's entry: commands, with errors as one line on standard error and exit code 1."""
    code = 1
    try:
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None:
                signal.signal(number, _end)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        code = _run()
    except KeyboardInterrupt:
        code = ENDED_BY + signal.SIGINT
    finally:
        code = max(code, _flushed())
    sys.exit(code)


def _end(number: int, _: FrameType | None) -> None:
    """Ended from outside: cases come to rest on the way out."""
    sys.exit(ENDED_BY + number)


def _run() -> int:
    """The exit code of the command that the words name."""
    from dragoman.cli.program import Left, app

    try:
        app()
    except Left:
        return 0  # whoever read the output has seen enough: not an error
    except SystemExit as end:  # the usual end, which must not come to ask for the store's errors
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except UnicodeEncodeError:
        print("dragoman: an argument is no text in UTF-8. Write it anew.", file=sys.stderr)
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}"
        print(f"dragoman: the output could not be written ({what}).", file=sys.stderr)
    except _case_error() as error:
        from dragoman.cli.options import complain

        complain(str(error))
    return 1


def _flushed() -> int:
    """0 where all that was said is out; else nothing more is tried, and it is an error, unless the reader went away."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0 if isinstance(error, BrokenPipeError) else 1
    return 0


def _case_error() -> type[CaseError]:
    """Asked for only when something went wrong: the store takes half a second to import."""
    from dragoman.store.errors import CaseError

    return CaseError
