"""Brings `languages/*/pages.po` up to what the pages say: babel finds the texts, translations stay.

`python quality/words.py` adds what is missing (empty, to be translated) and takes out what nothing says any more;
a text whose translation stands in `interface.yaml` is taken from there. `tests/test_interface.py` fails where one
is missing in French or Russian.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from dragoman.languages import load
from dragoman.telling.interface import COUNT, LANGUAGES, NOUNS, catalog

SOURCE = Path(str(files("dragoman")))
TEMPLATES = sorted([*SOURCE.glob("workbench/templates/*.html"), *SOURCE.glob("telling/templates/**/*.html")])


KEYWORDS = {"say": None, "to_say": None, "CannotBeDone": None, "NotUnderstood": None, "HTTPException": (2,)}
"""What is called with a text, and as which argument, where it is not the first."""


@cache
def texts() -> tuple[str, ...]:
    """Every text that a template or the program says, once; words for codes, which all languages list, are none."""
    listed = set.intersection(
        *(set(load(language, "interface")) for language in LANGUAGES if language != "en")
    )
    found = dict.fromkeys(NOUNS.values())
    for path in TEMPLATES:
        found |= dict.fromkeys(_said("jinja2.ext:babel_extract", path))
    for path in sorted(SOURCE.glob("**/*.py")):
        if "say" in path.read_text(encoding="utf-8") or path.parent.name == "workbench":
            found |= dict.fromkeys(_said("python", path))
    return tuple(sorted(set(found) - listed))


def _said(method: str, path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, keywords=KEYWORDS):
            text = message if isinstance(message, str) else message[0]
            if text:
                yield text


def brought_up(language: str) -> Catalog:
    """The catalogue of a language with all texts and no others; a text with a number has plural forms."""
    kept = catalog(language)
    words = load(language, "interface")
    made = Catalog(locale=language, project="Dragoman", fuzzy=False, charset="utf-8")
    made.header_comment = "# Texts of the pages. Made by quality/words.py; translations are written here."
    made.creation_date = made.revision_date = kept.creation_date
    for text in texts():
        counted = COUNT in text
        if language == "en" and not counted:
            continue
        old = kept.get(text)
        string = old.string if old else words.get(text, "")
        if counted and isinstance(string, str):
            string = tuple([string] + [""] * (made.num_plurals - 1))
        made.add((text, text) if counted else text, string)
    return made


def written(language: str) -> bytes:
    out = BytesIO()
    write_po(out, brought_up(language), width=0, sort_output=True, omit_header=False, no_location=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    # Dates and names of programs would make each run another file.
    changing = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By", "Report-Msgid")
    return "".join(n for n in lines if not n.startswith(tuple(f'"{c}' for c in changing))).encode()


if __name__ == "__main__":
    for language in LANGUAGES:
        target = SOURCE / "languages" / language / "pages.po"
        content = written(language)
        target.write_bytes(content)
        missing = sum(
            not (all(m.string or ()) if m.pluralizable else m.string) for m in brought_up(language) if m.id
        )
        print(f"{target.name} {language}: {missing} to be translated")
