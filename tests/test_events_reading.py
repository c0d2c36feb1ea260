"""Events of small readings: status, sides, place, what stands above a deed, and what must not be told twice.

Rows: language, text, and the events wanted as `(type, mode, status, who, whom)`; `None` asks nothing, a word must be
in one of the side's spans. Rows of `SILENT` must give no event at all.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Arg, Entity, EventReport, Mention, Span, StatementReport
from dragoman.model.event_types import MODES
from dragoman.reading.clauses import find_clauses
from dragoman.reading.marks import Names
from dragoman.reading.names import find_names
from dragoman.reading.rules import find_by_rules
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]
Wanted = tuple[str, str | None, str | None, str | None, str | None]

ROWS: list[tuple[str, str, list[Wanted]]] = [
    # status
    ("en", "The army shelled the suburb.", [("ASSAULT", "heavy-weapons", "happened", "army", None)]),
    ("en", "A bomb killed four women in a market.", [("ASSAULT", None, "happened", None, "women")]),
    ("en", "The army is shelling the suburb.", [("ASSAULT", None, "ongoing", "army", None)]),
    ("en", "The army may have shelled the suburb.", [("ASSAULT", None, "possible", "army", None)]),
    ("en", "The army did not shell the suburb.", [("ASSAULT", None, "denied", "army", None)]),
    ("en", "The army allegedly shelled the suburb.", [("ASSAULT", None, "alleged", "army", None)]),
    (
        "en",
        "A meeting between Mr Ito and Mr Sato is expected in Osaka.",
        [("CONSULT", None, "planned", "Ito", None)],
    ),
    (
        "en",
        "The farmers have daily protested against the ministry.",
        [("PROTEST", None, "ongoing", "farmers", None)],
    ),
    ("fr", "L'armée a bombardé la ville.", [("ASSAULT", None, "happened", "armée", None)]),
    ("fr", "L'armée aurait bombardé la ville.", [("ASSAULT", None, "alleged", "armée", None)]),
    ("fr", "L'armée n'a pas bombardé la ville.", [("ASSAULT", None, "denied", "armée", None)]),
    ("ru", "Армия обстреляла город.", [("ASSAULT", None, "happened", "Армия", None)]),
    ("ru", "Армия якобы обстреляла город.", [("ASSAULT", None, "alleged", "Армия", None)]),
    ("ru", "Армия не обстреляла город.", [("ASSAULT", None, "denied", "Армия", None)]),
    (
        "ru",
        "Не обошлось без столкновений между полицией и шахтёрами.",
        [("ASSAULT", None, "happened", "полицией", None)],
    ),
    # what stands above a deed
    ("en", "The general vowed never to attack the rebels.", [("AGREE", None, None, "general", "rebels")]),
    ("en", "Togo will not release the prisoners.", [("REJECT", "yield", "happened", "Togo", "prisoners")]),
    ("en", "Togo will release the prisoners.", [("AGREE", None, "planned", "Togo", "prisoners")]),
    ("en", "Togo said it would free ten sailors.", [("AGREE", None, "planned", "Togo", "sailors")]),
    ("en", "The rebels will attack the capital.", [("THREATEN", "violence", "planned", "rebels", None)]),
    (
        "en",
        "The bishop said the rebels must leave the village.",
        [("REQUEST", None, "happened", "bishop", "rebels")],
    ),
    (
        "en",
        "Chad threatened to expel two diplomats.",
        [("THREATEN", "expel", "happened", "Chad", "diplomats")],
    ),
    (
        "en",
        "Kenya announced the withdrawal of its troops from Mali.",
        [("CONCEDE", None, None, "Kenya", None)],
    ),
    (
        "en",
        "Kenya announced that its troops had withdrawn.",
        [("RETREAT", "withdraw", "happened", "troops", None)],
    ),
    (
        "en",
        "Malta rejected a request from Italy to hold talks.",
        [("REJECT", None, "happened", "Malta", "Italy")],
    ),
    ("en", "Malta suspended talks with Italy.", [("REJECT", "meet", "happened", "Malta", "Italy")]),
    ("fr", "Le Togo refuse de libérer les prisonniers.", [("REJECT", "yield", None, "Togo", "prisonniers")]),
    ("ru", "Правительство отказалось освободить заключённых.", [("REJECT", "yield", None, None, None)]),
    # sides
    ("en", "The sailors were freed by the gang.", [("RETREAT", "release", "happened", "gang", "sailors")]),
    ("en", "Peru lifted sanctions imposed on Chile.", [("RETREAT", "access", "happened", "Peru", "Chile")]),
    ("en", "The union condemned the attack on a bus.", [("ACCUSE", "disapprove", "happened", "union", None)]),
    (
        "en",
        "Russian soldiers were deployed to Kyrgyzstan.",
        [("MOBILIZE", "troops", "happened", "Russian", None)],
    ),
    (
        "en",
        "Tanks, planes and soldiers of Peru and Chile attacked Bolivia.",
        [("ASSAULT", None, None, None, "Bolivia")],
    ),
    (
        "en",
        "The council issued a statement condemning the general.",
        [("ACCUSE", None, "happened", "council", "general")],
    ),
    ("en", "Smith, the premier, and Jones met in Cairo.", [("CONSULT", None, "happened", "Jones", None)]),
]

NOT_MET = [
    (
        "fr",
        "Des milliers de personnes ont défilé dans les rues de Bamako pour soutenir le ministre.",
        "Bamako",
    ),
    ("en", "More than ten thousand miners marched through Lima.", "Lima"),
]
"""Words of a town in which something is said or demonstrated: it is the place, and no side."""

SILENT = [
    ("en", "The weather changed in the afternoon."),
    ("en", "The report was published on Monday."),
    ("en", "The withdrawal of the offer surprised nobody."),
    ("en", "The car accident blocked traffic for an hour."),
    ("en", "The weather service warned of heavy rain."),
    ("fr", "Consultez notre politique de données."),
    ("fr", "Le climat change dans la région."),
    ("ru", "Погода в регионе меняется."),
]


def _events(
    syntax: Syntax, names: Names | None = None, said: tuple[StatementReport, ...] = ()
) -> tuple[EventReport, ...]:
    clauses = find_clauses(syntax)
    return find_by_rules(syntax, clauses, names or Names((), ()), (None,) * len(clauses), (), said)


def _texts(syntax: Syntax, args: tuple[Arg, ...]) -> str:
    return " | ".join(syntax.text[a.start : a.end] for a in args)


def _fits(syntax: Syntax, event: EventReport, wanted: Wanted) -> bool:
    type_, mode, status, who, whom = wanted
    return (
        event.type == type_
        and mode in (None, event.mode)
        and status in (None, event.status)
        and (who is None or who in _texts(syntax, event.who))
        and (whom is None or whom in _texts(syntax, event.whom))
    )


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS, ids=[row[1][:50] for row in ROWS])
def test_events(language: str, text: str, wanted: list[Wanted], parse_in: Parse) -> None:
    syntax = parse_in(language, text)
    events = _events(syntax)
    got = [(e.type, e.mode, e.status, _texts(syntax, e.who), _texts(syntax, e.whom), e.rule) for e in events]
    for one in wanted:
        assert any(_fits(syntax, e, one) for e in events), got


@pytest.mark.parametrize(("language", "text", "town"), NOT_MET)
def test_a_town_is_where_it_happens(language: str, text: str, town: str, parse_in: Parse) -> None:
    syntax = parse_in(language, text)
    clauses = find_clauses(syntax)
    events = find_by_rules(syntax, clauses, find_names(syntax), (None,) * len(clauses), (), ())
    assert events
    assert all(town not in _texts(syntax, (*e.who, *e.whom)) for e in events)


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_no_event(language: str, text: str, parse_in: Parse) -> None:
    syntax = parse_in(language, text)
    assert [(e.type, e.rule) for e in _events(syntax)] == []


@pytest.mark.parametrize(("language", "text"), [(row[0], row[1]) for row in ROWS])
def test_spans_lie_in_their_sentence_and_codes_are_plovers(language: str, text: str, parse_in: Parse) -> None:
    for e in _events(parse_in(language, text)):
        assert e.type in MODES
        assert 0 <= e.sentence.start <= e.trigger.start < e.trigger.end <= e.sentence.end <= len(text)
        assert 0.0 < e.confidence < 1.0
        assert e.rule.startswith("frame:")
        for a in (*e.who, *e.whom):
            assert 0 <= a.start < a.end <= len(text)
            assert text[a.start : a.end] == text[a.start : a.end].strip()


def test_what_is_told_twice_is_one_event(parse_in: Parse) -> None:
    syntax = parse_in("en", "The army launched an offensive against the rebels and attacked the rebels.")
    keys = [(e.type, _texts(syntax, e.who), _texts(syntax, e.whom)) for e in _events(syntax)]
    assert len(keys) == len(set(keys))


def test_mutual_meetings_put_all_sides_in_who(parse_in: Parse) -> None:
    syntax = parse_in("en", "The Kenyan minister met the Ugandan minister in Kigali.")
    (event,) = _events(syntax)
    assert (len(event.who), event.whom) == (2, ())


def test_reading_twice_gives_the_same(parse_in: Parse) -> None:
    syntax = parse_in("en", "Chad accused Sudan of arming the rebels. Sudan denied the accusation.")
    assert _events(syntax) == _events(syntax)


def test_an_accusation_makes_its_content_alleged(parse_in: Parse) -> None:
    text = "Chad accused Sudan of bombing two villages."
    syntax = parse_in("en", text)
    bombing = [e for e in _events(syntax) if e.type == "ASSAULT"]
    assert [e.status for e in bombing] == ["alleged"] * len(bombing)


def test_a_speakers_claim_about_others_is_attributed(parse_in: Parse) -> None:
    text = "The general claimed that rebels burned the village."
    syntax = parse_in("en", text)
    start = text.index("rebels")
    said = StatementReport(
        speaker=Arg(start=0, end=11),
        cue=Span(12, 19),
        content=(Span(start, len(text) - 1),),
        quote=False,
        sentence=Span(0, len(text)),
    )
    (event,) = [e for e in _events(syntax, said=(said,)) if e.type == "ASSAULT"]
    assert event.status == "alleged"
    assert event.attributed is not None and event.attributed.span == (0, 11)


def test_entities_come_with_their_words(parse_in: Parse) -> None:
    text = "Chad expelled two diplomats."
    syntax = parse_in("en", text)
    names = Names(
        (Entity(name="Chad", type="state", forms=("Chad",)),),
        (Mention(start=0, end=4, text="Chad", entities=(0,)),),
    )
    (event,) = _events(syntax, names)
    assert [a.entities for a in event.who] == [(0,)]


def test_a_text_without_clauses_has_no_events(parse_in: Parse) -> None:
    assert _events(parse_in("en", "Prague, Monday")) == ()
