"""Who bears a surname is found without comparing every name with every other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.surnames import ACROSS, WITHIN, Surnames, is_one, keys_within, script
from dragoman.naming.blocking import surname_keys

FOUND = [
    ("Lindqvist", "Karin Lindqvist"),
    ("Lindkvist", "Karin Lindqvist"),
    ("Moreau", "Paul Moréau"),
    ("Blacks", "Ada Black"),
    ("Линдквист", "Karin Lindqvist"),
    ("Mohammed", "Ali Mohamed"),
]
APART = [("Moreau", "Paul Morel"), ("Lind", "Karin Lindqvist"), ("Karin", "Karin Lindqvist")]


@pytest.mark.parametrize(("word", "name"), FOUND)
def test_a_surname_finds_its_bearer(word: str, name: str) -> None:
    assert list(Surnames(["Zoe Zimmer", name]).bearers(word)) == [name]


@pytest.mark.parametrize(("word", "name"), APART)
def test_another_surname_does_not(word: str, name: str) -> None:
    assert list(Surnames([name]).bearers(word)) == []


def test_a_given_name_finds_those_who_have_it() -> None:
    assert Surnames(["Karin Lindqvist", "Ada Black"]).given("karin") == ["Karin Lindqvist"]


words = st.text("aeiouybdklmnrstvhjq", min_size=2, max_size=9).map(str.title)


@settings(deadline=None)
@given(words, words)
def test_words_spelt_alike_share_a_key(a: str, b: str) -> None:
    """What the index leaves out differs by two sounds or more, each of which would not be enough by itself."""
    if is_one(a, b, 0.96) and set(surname_keys(a)) & set(surname_keys(b)):
        assert set(keys_within(a)) & set(keys_within(b))


def test_levels_of_likeness() -> None:
    assert WITHIN > ACROSS
    assert (script("Линд"), script("Lind"), script("1")) == ("cyrillic", "latin", None)
