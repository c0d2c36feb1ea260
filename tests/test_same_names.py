"""`same`: tables of pairs that are one name and pairs that are two, and what must hold of every pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.same import THRESHOLD, same

# One name: spelling, script, case, order, initials, short forms, slips.
SAME = [
    ("Nikita Sokolov", "Никита Соколов"),
    ("Nikita Sokolov", "Никиты Соколова"),
    ("Nikita Sokolov", "Sokolov, Nikita"),
    ("Nikita Sokolov", "N. Sokolov"),
    ("Nikita Sokolov", "Mr. Nikita Sokolov"),
    ("Nikita Sokolov", "NIKITA SOKOLOV"),
    ("Nikita Sokolov", "Nikita Sokolow"),
    ("Nikita Sokolov", "Nikita Sokolvo"),
    ("Nikita Sokolov", "Nikita Andreevich Sokolov"),
    ("Nikita Sokolov", "NikitaSokolov"),
    ("Chourik Tchernov", "Shurik Chernov"),
    ("Youri Jouravliov", "Yuri Zhuravlyov"),
    ("Hakob Petrosyan", "Հակոբ Պետրոսյան"),
    ("Giorgi Lomidze", "გიორგი ლომიძე"),
    ("Yannis Papadakis", "Γιάννης Παπαδάκης"),
    ("Karim Haddad", "كريم حداد"),
    ("Daniel Mizrahi", "דניאל מזרחי"),
    ("Akira Yamada", "アキラ・ヤマダ"),
    ("Robert Hall", "Bob Hall"),
    ("Oleksandr Bondar", "Александр Бондарь"),
    ("Jana Dvořáková", "Яна Дворжакова"),
    ("Ahmed al-Masri", "Ahmed Al Masri"),
    ("Ludwig van der Berg", "Людвиг ван дер Берг"),
    ("Jean-Luc Moreau", "J.-L. Moreau"),
    ("\u200fNikita\u200e Sokolov", "Nikita Sokolov"),
    ("U.S.", "United States"),
    ("Royaume-Uni", "Великобритания"),
    ("ООО «БМ Проект»", "BM Proekt LLC"),
    ("Orlov Trade Ltd", "Орлов Трейд"),
    ("Ivan Maximovitch Orlov", "Ivan Maximovich Orlov"),
    ("Александра Бондаря", "Александр Бондарь"),
]

# Two people: another given name, another surname, another father, another initial.
OTHER = [
    ("Nikita Sokolov", "Pavel Sokolov"),
    ("Ярослава Новикова", "Ярослав Новиков"),
    ("Alexandra Petrova", "Alexander Petrov"),
    ("Paula Moreau", "Paul Moreau"),
    ("Nikita Sokolov", "Никита Орлов"),
    ("Nikita Ivanovich Sokolov", "Nikita Petrovich Sokolov"),
    ("Kim Dae-sung", "Kim Dae-ho"),
    ("John T. Baker", "John R. Baker"),
    ("John T. Baker", "John H. T. Baker"),
    ("Maria Lopez", "Mario Vega"),
    ("Oleksandr Bondar", "Petro Oleksandrovych Bondar"),
    ("Charles Martin", "Martin Charlton"),
    ("N. Sokolov", "P. Sokolov"),
    ("Nikita", "Nikita Sokolov"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name(a: str, b: str) -> None:
    assert same(a, b).same, same(a, b)


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_two_names(a: str, b: str) -> None:
    assert not same(a, b).same, same(a, b)


def test_a_surname_alone_says_that_context_decides() -> None:
    assert any("context" in reason for reason in same("Sokolov", "Nikita Sokolov").reasons)


def test_letters_that_look_alike_are_named() -> None:
    verdict = same("Nikitа Sokolov", "Nikita Sokolov")  # a Cyrillic а in the first
    assert any("look alike" in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", ""),
        ("", "Li"),
        ("x" * 10_000, "x" * 10_000),
        ("\x00\x01", "\x02"),
        ("1234", "5678"),
        ("ប៉ុល", "ពត"),
        ("\u202e\u200f", "Li"),
    ],
)
def test_odd_names_are_read(a: str, b: str) -> None:
    verdict = same(a, b)
    assert 0 <= verdict.score <= 1 and verdict.reasons


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_it_is_symmetric_and_bounded(a: str, b: str) -> None:
    one, two = same(a, b), same(b, a)
    assert one.score == two.score and one.same == two.same
    assert 0 <= one.score <= 1
    assert one.same == (one.score >= THRESHOLD)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Анна", "Lev", "Marco", "Şen", "Օհան", "ნინო"]), min_size=2, max_size=4, unique=True
    )
)
def test_a_name_is_itself_in_any_order(words: list[str]) -> None:
    assert same(" ".join(words), " ".join(sorted(words))).same
