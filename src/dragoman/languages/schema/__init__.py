"""What each file of words may hold: `check`. A key that no struct names is an error that says which file and where.

A file is held to its struct whenever it is loaded, so a slip of the pen is told at once.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.languages.schema import figures, frames, grammar, names, pages, times, traits

SCHEMAS: dict[str, object] = {
    "common/calendar": times.Calendars,
    "common/cleaning": pages.Cleaning,
    "common/headers": pages.Headers,
    "common/light": names.LightWords,
    "common/light_figures": figures.LightFigures,
    "common/offices": names.Offices,
    "common/outlets": pages.Outlets,
    "common/peoples": names.Peoples,
    "common/redaction": pages.Redaction,
    "common/search": tuple[pages.Meaning, ...],
    "frames/operators": frames.Operators,
    "frames/*": frames.Frames,
    "gazetteer/countries": dict[str, names.Country],
    "gazetteer/organisations": names.Organisations,
    "gazetteer/organisation_words": names.OrganisationWords,
    "gazetteer/territories": names.Territories,
    "scripts/letters": names.Letters,
    "scripts/persons": names.Persons,
    "scripts/sounds": names.Sounds,
    "*/aspects": grammar.Aspects,
    "*/chronology": pages.Chronology,
    "*/clauses": grammar.Clauses,
    "*/cleaning": pages.Cleaning,
    "*/commitments": grammar.Commitments,
    "*/declension": names.Declension,
    "*/deeds": pages.Deeds,
    "*/figures": figures.Figures,
    "*/help": pages.Help,
    "*/interface": pages.Interface,
    "*/kinds": dict[str, names.List],
    "*/names": names.Names,
    "*/occasions": figures.Occasions,
    "*/search": pages.Search,
    "*/sentences": grammar.Sentences,
    "*/speech": grammar.Speech,
    "*/states": grammar.States,
    "*/status": grammar.Status,
    "*/times": times.Times,
    "*/traits": traits.Traits,
    "*/typed_days": times.TypedDays,
}
"""Folder and name of a file -> what it holds; `*` stands for any folder, or any name."""


class BadWords(ValueError):
    """A file of words does not hold what it should; the message names the file and the key."""


def schema_of(folder: str, name: str) -> Any:
    """What the file `languages/<folder>/<name>.yaml` holds.

    Raises:
        BadWords: nothing says.
    """
    for key in (f"{folder}/{name}", f"{folder}/*", f"*/{name}"):
        if key in SCHEMAS:
            return SCHEMAS[key]
    raise BadWords(
        f"languages/{folder}/{name}.yaml: no struct says what is in it; add it to languages/schema."
    )


def check(folder: str, name: str, data: Any) -> None:
    """Hold what `languages/<folder>/<name>.yaml` has to its struct.

    Raises:
        BadWords: a key is unknown or missing, or a value is of another kind; the message says which.
    """
    try:
        msgspec.convert(data, schema_of(folder, name))
    except msgspec.ValidationError as error:
        raise BadWords(f"languages/{folder}/{name}.yaml: {error}") from error
