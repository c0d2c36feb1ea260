"""An article that tells of an accident or a disaster, and of no fight, tells of no attack without an attacker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.encoder.labels import TYPES
from dragoman.reading.events.accidents import accident_told, by_nobody
from dragoman.reading.events.choice import choose
from dragoman.reading.syntax import Syntax
from test_events_choice import BARS, chances, mark, who

HEADS = [
    ("en", "Nine people died when two trains collided near Lima on Monday.", "accident"),
    ("en", "An avalanche killed four climbers on Mount Orr on Sunday.", "disaster"),
    ("en", "The blaze broke out after an airstrike on the harbour.", None),
    ("en", "A blast killed nine people in the market of Lima.", None),
    ("fr", "Deux personnes sont mortes dans l'incendie d'un immeuble à Lima.", "disaster"),
    ("fr", "L'incendie a éclaté après une attaque contre le dépôt.", None),
    ("ru", "Пять человек погибли в аварии автобуса под Лимой.", "accident"),
    ("ru", "Пожар начался после обстрела порта.", None),
]


@pytest.mark.parametrize(("language", "text", "mode"), HEADS, ids=[text for _, text, _ in HEADS])
def test_what_the_head_tells_of(
    parse_in: Callable[[str, str], Syntax], language: str, text: str, mode: str | None
) -> None:
    assert accident_told(parse_in(language, text)) == mode


def test_only_an_attack_by_nobody_is_an_accident() -> None:
    attack = mark(type="ASSAULT", types=chances(TYPES, ASSAULT=0.9), mode="explosives")
    choice = choose(attack, None, BARS)
    told = by_nobody(choice, "accident")
    assert (told.type, told.mode) == ("OTHER", "accident")
    assert by_nobody(choice, None) == choice
    by_somebody = replace(choice, participants=(who(0, 5, 0.9),))
    assert by_nobody(by_somebody, "accident") == by_somebody
    visit = choose(mark(), None, BARS)
    assert by_nobody(visit, "accident") == visit
