"""Words and worked examples of each language, as data. A new language is a new folder.

`load("fr", "times")` gives the parsed `languages/fr/times.yaml`; frames, which hold one concept in
all languages, are in `languages/frames/`. Files are read once and kept.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

SUPPORTED = ("en", "fr", "ru")
"""Languages that are read by a parser, with all that hangs on one."""

LIGHT = ("ar", "de", "es", "fa", "pl", "pt", "tr", "uk")
"""Languages read without a parser (`reading.light`): sentences, times, names, figures, and what an encoder marks.

Texts in languages that are in neither tuple are kept, dated and searched, not read.
"""

READ = SUPPORTED + LIGHT
"""All languages of which something is read."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnknownLanguage(LookupError):
    """Asked for the words of a language that has no folder."""


@cache
def load(language: str, name: str) -> Any:
    """The data of `languages/<language>/<name>.yaml`.

    Raises:
        UnknownLanguage: no such file; the message names the languages that are there.
    """
    source = files(__package__).joinpath(language, f"{name}.yaml")
    if not source.is_file():
        raise UnknownLanguage(
            f"no {name!r} words for language {language!r}; present are {', '.join(SUPPORTED)}. "
            f"Add languages/{language}/{name}.yaml."
        )
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)


@cache
def frame_files() -> tuple[str, ...]:
    """Names of the files in `languages/frames`, without their ending, sorted."""
    folder = files(__package__).joinpath("frames")
    return tuple(sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml")))
