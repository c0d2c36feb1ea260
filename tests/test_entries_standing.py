"""Which sentences stand by themselves: the examples of each language's data, and what holds for all sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED, load
from dragoman.linking.entries.standing import LEFT, opening, unfit, worth_of


def examples() -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}-{example['text'][:40]}")
        for code in SUPPORTED
        for example in load(code, "chronology")["try"]
    ]


@pytest.mark.parametrize(("language", "example"), examples())
def test_examples_beside_the_words(language: str, example: dict[str, Any]) -> None:
    found = unfit(example["text"], language, told=False, named=True)
    assert sorted(found) == sorted([*example["unfit"], *(["short"] if example.get("short") else [])])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ZENDA, 3 May (RNA) - The king has left the old castle of Zenda at night.", "The king"),
        ("STRELSAU, Ruritania -- The king has left the old castle of Zenda at night.", "The king"),
        ("- Le roi a quitté dans la nuit le vieux château de Zenda avec sa suite.", "Le roi"),
        ("(RNA) - The king has left the old castle of Zenda at night, it is said.", "The king"),
        ("3 May 2031 The king has left the old castle of Zenda at night, it is said.", "The king"),
        ("3 мая Руритания передала соседям старый замок Зенда и оба моста.", "3 мая"),
        ("The king - of Ruritania - has left the old castle of Zenda at night.", "The king"),
        ("Zenda - the old castle - was left by the king and his men in the night.", "Zenda"),
    ],
)
def test_place_and_agency_of_a_dispatch_are_not_shown(text: str, said: str) -> None:
    assert text[opening(text) :].startswith(said)


@given(st.text(max_size=400), st.sampled_from([*SUPPORTED, "und"]), st.booleans(), st.booleans())
def test_any_text_gets_known_reasons_and_a_worth(text: str, language: str, told: bool, named: bool) -> None:
    reasons = unfit(text, language, told, named)
    assert set(reasons) <= set(LEFT)
    assert 0 <= worth_of(reasons) <= 1
    assert 0 <= opening(text) <= len(text)


@given(st.text(max_size=200), st.sampled_from(SUPPORTED))
def test_a_known_event_or_name_never_makes_it_worse(text: str, language: str) -> None:
    plain = worth_of(unfit(text, language, told=False, named=False))
    assert worth_of(unfit(text, language, told=True, named=True)) >= plain
