"""Every file of words is held to its struct, and a slip in one is told by file and key."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from dragoman import languages
from dragoman.languages import BadWords, load, parsed
from dragoman.languages.schema import SCHEMAS, check

ROOT = Path(languages.__file__).parent
FILES = sorted(ROOT.glob("*/*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_file_holds_what_its_struct_says(file: Path) -> None:
    assert load(file.parent.name, file.stem)


def test_every_struct_has_a_file() -> None:
    assert [key for key in SCHEMAS if not list(ROOT.glob(f"{key}.yaml"))] == []


SLIPS: list[tuple[str, list[str | int], Any, str]] = [
    ("fr/clauses", ["negater"], ["ne"], "fr/clauses.yaml: Object contains unknown field `negater`"),
    ("en/times", ["forms", 3, "ofset"], 1, "en/times.yaml: Object contains unknown field `ofset` - at `$.forms[3]`"),
    ("en/times", ["words", "WEEKDY"], {1: ["Monday"]}, "Invalid enum value 'WEEKDY' - at `key` in `$.words`"),
    ("ru/states", ["rules", 0, "when"], "held", "ru/states.yaml: Invalid enum value 'held' - at `$.rules[0].when`"),
    ("fr/status", ["second"], ["vous", True], "fr/status.yaml: Expected `str`, got `bool` - at `$.second[1]`"),
    ("en/speech", ["told"], "tell, inform", "en/speech.yaml: Expected `array`, got `str` - at `$.told`"),
    ("frames/aid", ["concepts", 0, "en", "verb"], "help", "frames/aid.yaml: Object contains unknown field `verb`"),
    ("gazetteer/territories", ["regions", "sahel", "at"], [14.5], "Expected `array` of length 2, got 1"),
    ("common/light_figures", ["languages", "es", "scales"], {"mil": "thousand"}, "light_figures.yaml: Expected `int`"),
]  # fmt: skip
"""A file, what is put where in it, and how the error begins or ends."""


@pytest.mark.parametrize(("file", "at", "value", "message"), SLIPS, ids=[f"{s[0]} {s[1][-1]}" for s in SLIPS])
def test_slip_is_told(file: str, at: list[Any], value: Any, message: str) -> None:
    folder, name = file.split("/")
    data = copy.deepcopy(load(folder, name))
    into = data
    for step in at[:-1]:
        into = into[step]
    into[at[-1]] = value
    with pytest.raises(BadWords) as caught:
        check(folder, name, data)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"languages/{folder}/{name}.yaml: ")


def test_key_that_is_missing_is_told() -> None:
    data = {k: v for k, v in load("en", "sentences").items() if k != "titles"}
    with pytest.raises(BadWords, match="missing required field `titles`"):
        check("en", "sentences", data)


def test_file_that_nothing_describes_is_told() -> None:
    with pytest.raises(BadWords, match=r"languages/en/verses\.yaml: no struct says what is in it"):
        check("en", "verses", {})


def test_words_stay_words() -> None:
    """French *on*, Spanish and Norwegian *no* are words; a day in a table is its text."""
    assert parsed("[on, no, yes, off, On, true, false, 2024-05-03, 12]") == [
        *("on", "no", "yes", "off", "On", True, False, "2024-05-03", 12)
    ]
    assert "on" in load("fr", "status")["pronouns"]
    assert "on" in load("frames", "sanction")["whom"]
