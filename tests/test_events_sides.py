"""Who took part and where, in small readings with their names found: rows of what a reader would say.

Rows: language, text, type of the event, a word of its place (None: it has none), words that must stand in `who`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dragoman.model import Arg, EventReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.rules import find_by_rules
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

ROWS: list[tuple[str, str, str, str | None, tuple[str, ...]]] = [
    # a meeting that only dates what is said is a meeting of those who speak there
    (
        "fr",
        "Mardi, lors d’une réunion à Lima, le président chilien Pablo Novak a déclaré que la paix était proche.",
        "CONSULT",
        "Lima",
        ("président",),
    ),
    (
        "en",
        "The Kenyan minister, during a visit to Lima, promised aid to Peru.",
        "CONSULT",
        "Lima",
        ("minister",),
    ),
    # a person has no place, a meeting has
    (
        "fr",
        "Le président kényan a rencontré Anna Kovac à Lima lundi.",
        "CONSULT",
        "Lima",
        ("président", "Kovac"),
    ),
    # who comes along takes part
    (
        "ru",
        "Президент Чили Новак вместе с президентом Перу Ковачем посетил завод в Риге.",
        "CONSULT",
        "Риге",
        ("Президент", "президентом"),
    ),
    # where those whom it meets are
    ("en", "Rebels killed three soldiers stationed in Goma.", "ASSAULT", "Goma", ("Rebels",)),
    (
        "en",
        "Peru took control of Arica and expelled the Chileans living there.",
        "COERCE",
        "there",
        ("Peru",),
    ),
    ("fr", "L'armée tchadienne a pris le contrôle de la ville de Goma.", "COERCE", "Goma", ("armée",)),
    # a place told before holds for what is coordinated
    (
        "en",
        "Kenyan troops gathered in Mombasa and attacked the police.",
        "ASSAULT",
        "Mombasa",
        ("troops",),
    ),
    # where the attack was, and not beyond the border
    ("en", "Five Chadian soldiers were killed in an attack on Goma.", "ASSAULT", "Goma", ()),
    ("en", "Rebels killed two Chadian soldiers near the border with Niger.", "ASSAULT", None, ("Rebels",)),
    # a president by name and a minister by office
    (
        "fr",
        "Le président chilien Pablo Novak et le premier ministre du Pérou, Albin Kovac, se sont rencontrés à Lima.",
        "CONSULT",
        "Lima",
        ("président", "ministre"),
    ),
    # a country that is no place of it
    ("fr", "Le Chili s'est rapproché du Brésil au détriment du Pérou.", "COOPERATE", None, ("Chili",)),
    # the highest level is no place, and who oversees it takes part
    (
        "en",
        "The Kenyan and Ugandan ministers met in Lagos. On May 14, the talks continued in Rabat – at the highest "
        "level – under the aegis of the African Union.",
        "CONSULT",
        "Rabat",
        ("ministers",),
    ),
]


def _events(syntax: Syntax) -> tuple[EventReport, ...]:
    mended = repair(syntax)
    clauses = find_clauses(mended)
    return find_by_rules(mended, clauses, find_names(mended), (None,) * len(clauses), (), ())


@pytest.mark.parametrize(("language", "text", "type_", "place", "who"), ROWS, ids=[r[1][:40] for r in ROWS])
def test_sides_and_place(
    language: str, text: str, type_: str, place: str | None, who: tuple[str, ...], parse_in: Parse
) -> None:
    events = [e for e in _events(parse_in(language, text)) if e.type == type_]
    told = [(_words(text, [e.place]) if e.place else None, _words(text, e.who)) for e in events]
    right = [
        (place is None) == (where is None)
        and (place or "") in (where or "")
        and all(w in acting for w in who)
        for where, acting in told
    ]
    assert any(right), told


def _words(text: str, args: Sequence[Arg]) -> str:
    return "; ".join(text[a.start : a.end] for a in args)


def test_a_noun_after_the_name_is_the_name(parse_in: Parse) -> None:
    text = "Chile, the last country that the Peruvian president visited in 2018, is a big producer of copper."
    syntax = repair(parse_in("en", text))
    clauses, names = find_clauses(syntax), find_names(syntax)
    events = find_by_rules(syntax, clauses, names, (None,) * len(clauses), (), ())
    assert [names.entities[a.entities[0]].name for e in events for a in e.whom if a.entities] == ["Chile"]


def test_an_event_named_again_has_the_sides_of_the_first(parse_in: Parse) -> None:
    text = "Kenyan soldiers left Mali on Wednesday. The withdrawal, which began in April, pleased Malian ministers."
    again = [e for e in _events(parse_in("en", text)) if e.rule.endswith("+again")]
    assert [text[a.start : a.end] for e in again for a in e.who] == ["Kenyan soldiers"]


def test_what_is_set_for_a_day_is_planned(parse_in: Parse) -> None:
    text = "Les présidents chilien et péruvien doivent se rencontrer en avril à Quito."
    assert [(e.type, e.status) for e in _events(parse_in("fr", text))] == [("CONSULT", "planned")]


def test_a_denial_leaves_what_stands_before_it(parse_in: Parse) -> None:
    text = "Peru accuses Chile of having armed the rebels; Chile denies this."
    told = {(e.type, e.status) for e in _events(parse_in("en", text))}
    assert ("ACCUSE", "denied") not in told and any(type_ == "ACCUSE" for type_, _ in told)


def test_a_town_that_is_taken_is_met_and_not_its_country(parse_in: Parse) -> None:
    text = "Бойцы захватили Ньялу, второй по величине город страны."
    whom = [
        text[a.start : a.end] for e in _events(parse_in("ru", text)) if e.type == "COERCE" for a in e.whom
    ]
    assert whom[:1] == ["Ньялу"]


def test_where_two_agree_concerns_nobody_else(parse_in: Parse) -> None:
    text = "Les présidents Novak et Kovac se sont entendus à Ohrid sur un plan de paix."
    assert all(not e.whom for e in _events(parse_in("fr", text)) if e.type == "AGREE")


@pytest.mark.parametrize(
    "text", ["Rebels captured Lima on Monday.", "The Chadian army captured Adigrat and Lima."]
)
def test_a_town_is_seized_and_a_person_arrested(parse_in: Parse, text: str) -> None:
    assert [(e.type, e.mode) for e in _events(parse_in("en", text))] == [("COERCE", "seize")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Les rebelles du M23 ont attaqué la police lundi.", "M23"),
        ("en", "Hezbollah fighters attacked the Lebanese army.", "Hezbollah"),
    ],
)
def test_the_ranks_stand_for_their_movement(parse_in: Parse, language: str, text: str, name: str) -> None:
    syntax = repair(parse_in(language, text))
    clauses, names = find_clauses(syntax), find_names(syntax)
    events = find_by_rules(syntax, clauses, names, (None,) * len(clauses), (), ())
    assert name in {names.entities[i].name for e in events for a in e.who for i in a.entities}


def test_whoever_is_asked_to_stop_is_not_threatened(parse_in: Parse) -> None:
    text = "L'Union européenne a demandé au Rwanda de cesser de soutenir le M23."
    assert [e.type for e in _events(parse_in("fr", text))] == ["REQUEST"]


def test_a_force_that_is_sent_is_moved_and_met_by_nobody(parse_in: Parse) -> None:
    text = "Chile then deployed a peacekeeping force of 2,000 soldiers."
    assert [(len(e.who), e.whom) for e in _events(parse_in("en", text))] == [(1, ())]


def test_personnel_is_the_force_that_it_belongs_to(parse_in: Parse) -> None:
    text = "The withdrawal of personnel, weapons and equipment of the Chilean peacekeeping contingent ended on Monday."
    who = [text[a.start : a.end] for e in _events(parse_in("en", text)) for a in e.who]
    assert any("Chilean" in w for w in who) and "personnel" not in who


def test_a_region_does_nothing_of_itself(parse_in: Parse) -> None:
    text = "The president spoke of the restitution of four villages in the Tavush region."
    assert not _events(parse_in("en", text))
