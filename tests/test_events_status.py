"""What became of a deed: rows of language, text, and the events wanted or not wanted as `(type, status)`.

A type after `-` must not be told at all.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.reading.clauses import find_clauses
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.rules import find_by_rules
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

ROWS = [
    # the present tense of a heading tells what has happened, that of a sentence what goes on
    ("en", "Britain condemns Chad", "ACCUSE happened"),
    ("en", "Britain condemns Chad.", "ACCUSE ongoing"),
    ("en", "Britain condemns Chad\n\nThe weather was fine.", "ACCUSE happened"),
    ("en", "Miners are protesting against the ministry", "PROTEST ongoing"),
    ("fr", "Le Tchad accuse le Niger", "ACCUSE happened"),
    ("fr", "Le Tchad accuse le Niger.", "ACCUSE ongoing"),
    # negotiating takes its time, meeting does not
    ("en", "The two governments negotiate a truce.", "CONSULT ongoing"),
    ("fr", "Les deux gouvernements négocient une trêve.", "CONSULT ongoing"),
    # asked for, agreed, spoken of: not told as done beside it
    ("fr", "L'ONU a appelé au retrait des troupes tchadiennes du Niger.", "REQUEST happened, -RETREAT"),
    ("ru", "Министр призвал к переговорам с повстанцами.", "REQUEST happened, -CONSULT"),
    ("en", "The generals discussed the withdrawal of troops from Chad.", "CONSULT happened, -RETREAT"),
    ("en", "Britain condemned the attack on the town by rebels.", "ACCUSE happened, ASSAULT happened"),
    # decided is not done
    ("en", "The senate decided to expel two consuls.", "SANCTION planned"),
    ("en", "The government's decision to expel two consuls angered Chad.", "SANCTION planned"),
    ("ru", "Решение о выводе войск из Чада принято.", "-RETREAT"),
    ("en", "A judge ordered the release of the journalist.", "RETREAT happened"),
    # for a purpose, within somebody's power
    ("en", "The envoys met in Oslo in order to negotiate a truce with the rebels.", "CONSULT planned"),
    ("en", "The army has the means to attack the capital.", "ASSAULT possible"),
    ("fr", "L'armée a les moyens d'attaquer la capitale.", "ASSAULT possible"),
    (
        "fr",
        "Le colonel a menacé d'envoyer des hommes mener des attaques contre la capitale.",
        "ASSAULT planned",
    ),
    ("fr", "L'armée a commencé à mener des attaques contre la capitale.", "ASSAULT happened"),
    # bound to do it on a day
    ("fr", "Le président doit ratifier ce samedi le traité.", "SUPPORT planned"),
    # a condition: it was not so, or nobody knows
    (
        "fr",
        "Si Londres n'avait pas envoyé ses troupes au Mali, les rebelles auraient attaqué la capitale.",
        "MOBILIZE possible, ASSAULT possible",
    ),
    ("fr", "Les rebelles auraient attaqué la capitale.", "ASSAULT alleged"),
    # what is not ended goes on
    ("en", "The army did not stop shelling the town.", "ASSAULT ongoing"),
    ("fr", "Les rebelles n'ont cessé d'attaquer la ville.", "ASSAULT ongoing"),
    # means used, gerunds after a preposition, both parts of an accusation
    ("en", "The protesters used lasers to target police.", "ASSAULT happened"),
    ("en", "The woman is accused of killing two guards and injuring a third.", "ASSAULT alleged"),
    # who marches for it demands it
    (
        "fr",
        "Les mineurs ont manifesté pour réclamer le départ du ministre.",
        "PROTEST happened, REQUEST happened",
    ),
    ("en", "Miners marched to demand the resignation of the minister.", "PROTEST happened, REQUEST happened"),
    ("en", "The envoy came to demand the resignation of the minister.", "REQUEST planned"),
    # held is a state that lasts
    ("en", "The pirates are held on a frigate.", "COERCE ongoing"),
    ("fr", "Les rebelles détiennent trois soldats.", "COERCE ongoing"),
    # the negation of one verb is not that of the next
    (
        "fr",
        "Ils n'ont pas été capables de condamner un seul responsable et ont fait libérer l'ancien président.",
        "RETREAT happened",
    ),
    # called for
    ("fr", "Le syndicat appelle à la grève générale.", "PROTEST planned"),
    ("en", "The union called for a boycott of the port.", "PROTEST planned"),
    # denied, by the doer or by the teller
    ("en", "Chad denied that it had attacked Niger.", "REJECT happened, ASSAULT denied"),
    ("en", "Chad denied attacking Niger.", "REJECT happened, ASSAULT denied"),
    ("fr", "Le Tchad nie avoir attaqué le Niger.", "REJECT ongoing, ASSAULT denied"),
    ("en", "None of the soldiers was killed by rebels.", "ASSAULT denied"),
    ("en", "No one was killed in the village.", "-ASSAULT"),
    ("fr", "Personne n'a été tué.", "-ASSAULT"),
    ("fr", "Au moins dix personnes ont été tuées par la police.", "ASSAULT happened"),
    ("fr", "Au moins 19 personnes ont été tuées par la police.", "ASSAULT happened"),
    # the subjunctive that stands for a wish
    ("fr", "Il faut que le colonel rende ses armes.", "RETREAT possible"),
    # rescued, not let go
    ("en", "Police freed six hostages held by a gang.", "AID happened, -RETREAT"),
    ("en", "Rebels freed six hostages.", "RETREAT happened, -AID"),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS, ids=[row[1][:50] for row in ROWS])
def test_status(language: str, text: str, wanted: str, parse_in: Parse) -> None:
    syntax = repair(parse_in(language, text))
    clauses = find_clauses(syntax)
    events = find_by_rules(syntax, clauses, find_names(syntax), (None,) * len(clauses), (), ())
    told = {f"{e.type} {e.status}" for e in events}
    types = {e.type for e in events}
    for one in wanted.split(", "):
        if one.startswith("-"):
            assert one[1:] not in types, told
        else:
            assert one in told, told
