"""Which deeds are events of public life, and what becomes of pronouns on their sides.

Rows of `TOLD` must give an event of the type; rows of `SILENT` must give no event at all.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Arg, EventReport, Span, StatementReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.marks import Names
from dragoman.reading.names import find_names
from dragoman.reading.rules import find_by_rules
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

TOLD = [
    ("en", "The president dismissed the finance minister.", "SANCTION"),
    ("en", "The king of Norway hosted the Danish premier.", "CONSULT"),
    ("en", "Soldiers escorted a convoy to the border.", "AID"),
    ("en", "A gunman killed two women in a bakery.", "ASSAULT"),
    ("en", "A man was arrested on Monday.", "COERCE"),
    ("en", "Masked men attacked a bus in Kano.", "ASSAULT"),
    ("en", "The general called the mayor a liar.", "ACCUSE"),
    ("en", "The talks continued in Geneva on Monday.", "CONSULT"),
    ("fr", "Le ministre s'est rendu à Rome.", "CONSULT"),
    ("fr", "Des hommes armés ont tué deux femmes.", "ASSAULT"),
    ("ru", "Президент уволил министра.", "SANCTION"),
]

SILENT = [
    ("en", "The bakery fired a cashier."),
    ("en", "A woman was escorted from her office."),
    ("en", "The comedian will host the gala."),
    ("en", "The shop will be rebuilt."),
    ("en", "The house was destroyed by a fire."),
    ("en", "An earthquake killed four people."),
    ("en", "A girl was struck by a car."),
    ("en", "She calls the exercise yoga."),
    ("en", "The police offered no details."),
    ("en", "You can visit us."),
    ("fr", "Ils se sont rendu compte de leur erreur."),
    ("fr", "Le séisme a tué quatre personnes."),
    ("ru", "Землетрясение убило четырёх человек."),
    (
        "en",
        "A strong earthquake and a tsunami hit the island at night. At least 90 people were killed and 300 were "
        "injured, the mayor said. The quake was felt as far as the capital.",
    ),
    ("fr", "Des vagues géantes se sont abattues sur le port."),
    ("fr", "À l'aide d'un drone, les pompiers ont retrouvé le randonneur."),
    ("ru", "При помощи вертолёта туристы нашли лодку."),
    ("en", "The reporter asked when the next race would be."),
    ("fr", "Le magasin offre un grand choix de tissus."),
    ("fr", "Le travail demande de la patience."),
    ("fr", "Le vent permet de sécher le foin."),
    ("ru", "Работа требует терпения."),
    ("ru", "Не исключается дождь во вторник."),
    ("ru", "Ветер позволяет сушить сено."),
    (
        "en",
        "The striker scored twice and the coach praised the goalkeeper after the match. The team beat the champions in "
        "the final round of the tournament, and the players attacked the defence all season.",
    ),
]


def _events(syntax: Syntax, said: tuple[StatementReport, ...] = ()) -> tuple[EventReport, ...]:
    clauses = find_clauses(syntax)
    names = find_names(syntax)
    return find_by_rules(syntax, clauses, names, (None,) * len(clauses), (), said)


@pytest.mark.parametrize(("language", "text", "type_"), TOLD)
def test_told(language: str, text: str, type_: str, parse_in: Parse) -> None:
    events = _events(parse_in(language, text))
    assert type_ in [e.type for e in events], [(e.type, e.rule) for e in events]


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_silent(language: str, text: str, parse_in: Parse) -> None:
    assert [(e.type, e.rule) for e in _events(parse_in(language, text))] == []


@pytest.mark.parametrize(
    "text",
    ["Peru and Chile faced each other in a war in 1995.", "A long war pitted Peru and Chile over a border."],
)
def test_each_side_of_a_war_is_on_both_sides(text: str, parse_in: Parse) -> None:
    (event,) = [e for e in _events(parse_in("en", text)) if e.type == "ASSAULT"]
    assert len(event.who) == 2
    assert event.who == event.whom


def test_governments_by_their_nations_are_the_states(parse_in: Parse) -> None:
    text = "Members of the Peruvian and Chilean government met in Geneva."
    syntax = parse_in("en", text)
    (event,) = _events(syntax)
    names = find_names(syntax)
    assert {names.entities[e].name for a in event.who for e in a.entities} == {"Peru", "Chile"}


def test_who_mediates_talks_is_told(parse_in: Parse) -> None:
    text = "On May 3, the talks continued in Geneva under the aegis of the United Nations."
    (event,) = _events(parse_in("en", text))
    assert [text[a.start : a.end] for a in event.who] == ["the United Nations"]


def test_we_of_a_quotation_is_its_speaker(parse_in: Parse) -> None:
    text = "The general said: “We attacked the rebels.”"
    syntax = parse_in("en", text)
    start = text.index("We")
    clauses = find_clauses(syntax)
    said = StatementReport(
        speaker=Arg(start=0, end=11),
        cue=Span(12, 16),
        content=(Span(start, len(text) - 1),),
        quote=True,
        sentence=Span(0, len(text)),
    )
    events = find_by_rules(syntax, clauses, Names((), ()), (None,) * len(clauses), (), (said,))
    assert [text[a.start : a.end] for e in events for a in e.who] == ["The general"]


def test_a_pronoun_that_stands_for_nobody_known_leaves_its_side_empty(parse_in: Parse) -> None:
    events = _events(parse_in("en", "They attacked the ministry."))
    assert [(e.type, e.who) for e in events] == [("ASSAULT", ())]


def test_a_killing_is_targeted_only_where_it_is_aimed(parse_in: Parse) -> None:
    (killing,) = _events(parse_in("en", "Soldiers killed four women in a village."))
    (murder,) = _events(parse_in("en", "Gunmen assassinated the governor."))
    assert (killing.mode, murder.mode) == (None, "targeted")
