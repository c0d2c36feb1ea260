"""Words and worked examples of each language, as data. A new language is a new folder.

`load("fr", "times")` gives the parsed `languages/fr/times.yaml`; frames, which hold one concept in
all languages, are in `languages/frames/`. Files are read once, held to their struct (`languages.schema`) and kept.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from dragoman.languages.schema import BadWords, check
from dragoman.languages.schema.traits import Traits

SUPPORTED = ("en", "fr", "ru")
"""Languages that are read by a parser, with all that hangs on one."""

LIGHT = ("ar", "de", "es", "fa", "pl", "pt", "tr", "uk")
"""Languages read without a parser (`reading.light`): sentences, times, names, figures, and what an encoder marks.

Texts in languages that are in neither tuple are kept, dated and searched, not read.
"""

READ = SUPPORTED + LIGHT
"""All languages of which something is read."""

__all__ = [
    "LIGHT",
    "READ",
    "SUPPORTED",
    "BadWords",
    "Traits",
    "UnknownLanguage",
    "frame_files",
    "load",
    "parsed",
    "traits",
    "words_of",
]

T = TypeVar("T")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as of 1.2: `on`, `no`, `yes` and `off` are words, as a list of words means them, and days are texts."""


_BOOL, _DAY = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in rules if tag not in (_BOOL, _DAY)]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("(?:true|false)$"), ["t", "f"])


def parsed(text: str) -> Any:
    """What a text in YAML holds."""
    return yaml.load(text, Loader=_Loader)


class UnknownLanguage(LookupError):
    """Asked for the words of a language that has no folder."""


@cache
def load(language: str, name: str) -> Any:
    """The data of `languages/<language>/<name>.yaml`.

    Raises:
        UnknownLanguage: no such file; the message names the languages that are there.
        BadWords: the file does not hold what it should.
    """
    source = files(__package__).joinpath(language, f"{name}.yaml")
    if not source.is_file():
        raise UnknownLanguage(
            f"no {name!r} words for language {language!r}; present are {', '.join(SUPPORTED)}. "
            f"Add languages/{language}/{name}.yaml."
        )
    try:
        data = parsed(source.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadWords(f"languages/{language}/{name}.yaml: {error}") from error
    check(language, name, data)
    return data


def words_of(kind: type[T], language: str, name: str) -> T:
    """The same data as a struct of `languages.schema`, or one made of it, for who keeps it."""
    return msgspec.convert(load(language, name), kind)


@cache
def traits(language: str) -> Traits:
    """How a language builds phrases; of one without a `traits.yaml`, nothing is said."""
    if not files(__package__).joinpath(language, "traits.yaml").is_file():
        return Traits()
    return words_of(Traits, language, "traits")


@cache
def frame_files() -> tuple[str, ...]:
    """Names of the files in `languages/frames`, without their ending, sorted."""
    folder = files(__package__).joinpath("frames")
    return tuple(sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml")))
