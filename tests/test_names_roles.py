"""Roles: who holds which office of what, as the words beside the name tell it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.reading.names import find_names
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

# language, text, person, role, key or name of what it is a role of (None: not told)
ROLES = [
    ("en", "Kenyan President Amina Odhiambo spoke.", "Amina Odhiambo", "president", "country:KE"),
    ("en", "Amina Odhiambo, the Kenyan president, spoke.", "Amina Odhiambo", "president", "country:KE"),
    ("en", "The president of Kenya, Amina Odhiambo, spoke.", "Amina Odhiambo", "president", "country:KE"),
    (
        "en",
        "Former Peruvian foreign minister Jorge Salas died.",
        "Jorge Salas",
        "former foreign minister",
        "country:PE",
    ),
    (
        "en",
        "The head of Chilean diplomacy, Ana Rojas, agreed.",
        "Ana Rojas",
        "foreign minister",
        "country:CL",
    ),
    (
        "en",
        "Laura Berg, director of the Oslo Peace Institute, doubts it.",
        "Laura Berg",
        "director",
        "Oslo Peace Institute",
    ),
    ("en", "Laura Berg, a researcher in Nairobi, doubts it.", "Laura Berg", "researcher", None),
    ("fr", "Le président kényan Amina Odhiambo a parlé.", "Amina Odhiambo", "president", "country:KE"),
    (
        "fr",
        "Le président de la République du Chili, Pablo Ferrer, a parlé.",
        "Pablo Ferrer",
        "president",
        "country:CL",
    ),
    ("fr", "Ferrer, le président chilien, a atterri.", "Ferrer", "president", "country:CL"),
    ("fr", "Le président Pablo Ferrer du Chili a parlé.", "Pablo Ferrer", "president", "country:CL"),
    (
        "fr",
        "L'ancien premier ministre suédois Nils Lund est mort.",
        "Nils Lund",
        "former prime minister",
        "country:SE",
    ),
    ("ru", "Президент Кении Амина Одиамбо выступила.", "Амина Одиамбо", "president", "country:KE"),
    ("ru", "Министр обороны Швеции Нильс Лунд ушёл.", "Нильс Лунд", "defence minister", "country:SE"),
    (
        "ru",
        "Бывший премьер-министр Чили Пабло Феррер скончался.",
        "Пабло Феррер",
        "former prime minister",
        "country:CL",
    ),
]


@pytest.mark.parametrize(("language", "text", "person", "title", "of"), ROLES)
def test_reads_roles(
    language: str, text: str, person: str, title: str, of: str | None, parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    holder = next(e for e in names.entities if e.type == "person" and e.name == person)
    roles = {(r.title, None if r.of is None else names.entities[int(r.of)]) for r in holder.roles}
    found = {(t, None if e is None else e.key or e.name) for t, e in roles}
    assert (title, of) in found, found


def test_a_role_is_not_given_to_a_neighbour(parse_in: Parse) -> None:
    names = find_names(parse_in("en", "Amina Odhiambo arrived on Friday. The mayor welcomed the guests."))
    assert next(e for e in names.entities if e.type == "person").roles == ()
