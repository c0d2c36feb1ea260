"""Which sentences stand by themselves: the examples of each language's data, and what holds for all sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED, load
from dragoman.linking.entries.standing import LEFT, begin_of, is_bound, opening, unfit, worth_of


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


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        (
            "en",
            "Old guards on parade 3 May 2031 The army of Ruritania left the old barracks of Strelsau on Monday.",
            32,
        ),
        (
            "en",
            "The town heard that on 3 May 2031 Hentzau had left the barracks of old Strelsau for good.",
            0,
        ),
        ("en", "Updated at 15:44 GMT The army of Ruritania left the old barracks of Strelsau on Monday.", 21),
        (
            "en",
            "Hentzau (left) faces exile if found A court has ordered the army of Ruritania to leave Strelsau.",
            36,
        ),
        (
            "fr",
            "Le garde de Hentzau devant la porte Le tribunal a ordonné que les soldats quittent tous Strelsau lundi.",
            36,
        ),
        (
            "fr",
            "3 mai Le tribunal de Ruritanie a ordonné que les soldats quittent la caserne de Strelsau.",
            6,
        ),
    ],
)
def test_what_ran_into_a_sentence_is_not_shown(language: str, text: str, shown: int) -> None:
    assert opening(text, language) == shown


def test_the_title_at_the_head_of_the_first_sentence_is_not_shown() -> None:
    title = "Army leaves Strelsau"
    assert (
        opening(f"{title} The army of Ruritania left the old barracks of Strelsau on Monday.", "en", title)
        == 21
    )


@pytest.mark.parametrize(
    ("language", "text", "day", "bound"),
    [
        ("en", "Soldiers have held the town of Strelsau since 3 May.", "3 May", True),
        ("en", "The soldiers left the town of Strelsau on 3 May.", "3 May", False),
        ("en", "After the truce of 3 May, trade with the town of Strelsau grew.", "3 May", True),
        ("fr", "Depuis la révolte de Strelsau, le 3 mai, le pays change.", "le 3 mai", True),
        ("fr", "Les soldats ont quitté Strelsau le 3 mai.", "le 3 mai", False),
        ("fr", "Les soldats tiennent Strelsau depuis le 3 mai.", "le 3 mai", True),
        ("ru", "Солдаты держали Стрельсау до 3 мая.", "3 мая", True),
        ("ru", "Солдаты покинули Стрельсау 3 мая.", "3 мая", False),
    ],
)
def test_a_day_that_is_only_a_bound_is_no_news(language: str, text: str, day: str, bound: bool) -> None:
    assert is_bound(text, text.index(day), language) is bound


BEGUN_AMID = [
    ("The Harbour News\nFifty-two people died.", "-two", "Fifty-two"),
    ("Anna Novak and three children crossed.", "Novak", "Anna Novak"),
    ("of a page " * 40 + "Fifty-two died", "-two", "Fifty-two"),
    ("It was late. Anna Novak and three children crossed.", "Novak", "Anna Novak"),
    ("It was late. Anna Novak crossed.", "Anna", "Anna"),
    ("Anna Novak: the port is open.", "the port", "the port"),
]


@pytest.mark.parametrize(("text", "begun", "begins"), BEGUN_AMID)
def test_a_sentence_begins_with_its_first_word(text: str, begun: str, begins: str) -> None:
    assert text[begin_of(text, text.index(begun)) :].startswith(begins)
