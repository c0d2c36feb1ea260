"""The commands. Each parses its words and calls one function of the same meaning; heavy imports wait
until a command needs them.

`reading` and `watching` fill a case, `asking` and `searching` show what it knows, `assisting` serves
it to assistants, `deciding` keeps what a person judges, `words` works on texts and names without a case.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dragoman.cli import asking, assisting, deciding, reading, searching, watching, words
from dragoman.cli.options import app

if TYPE_CHECKING:
    from dragoman.store.errors import CaseError

__all__ = ["app", "asking", "assisting", "deciding", "reading", "run", "searching", "watching", "words"]


def run() -> None:
    """The program's entry: commands, with errors as one line on standard error and exit code 1."""
    try:
        app()
    except SystemExit:  # the usual end, which must not come to ask for the store's errors
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away: not an error
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except _case_error() as error:
        print(f"dragoman: {error}", file=sys.stderr)
        sys.exit(1)


def _case_error() -> type[CaseError]:
    """Asked for only when something went wrong: the store takes half a second to import."""
    from dragoman.store.errors import CaseError

    return CaseError
