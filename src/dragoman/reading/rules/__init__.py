"""Clauses -> events: who did what to whom, as PLOVER codes it, from the clause and not from the keyword.

Frames (`reading.frames`) say which constructions mean what; here they are asked about each clause, what stands above
a deed (agreed to, refused to, ended, threatened) is worked in, and the sides, the place and the status are found.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import EventReport, FigureMention, StatementReport, When
from dragoman.reading.frames import frame_index
from dragoman.reading.marks import Names
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.deed import Deed
from dragoman.reading.rules.deeds import Deeds
from dragoman.reading.rules.gates import Gates
from dragoman.reading.rules.matching import Matcher
from dragoman.reading.rules.recall import recalled
from dragoman.reading.rules.reports import Reports
from dragoman.reading.rules.sides import Sides
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["find_by_rules"]


def find_by_rules(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    figures: tuple[FigureMention, ...],
    statements: tuple[StatementReport, ...],
    published: When | None = None,
) -> tuple[EventReport, ...]:
    """All events of a text, in its order. `clause_times` holds one entry for each clause; `published` is the
    article's day, after which nothing has happened yet.

    An event without anybody in `who` is left out, unless a passive names whom it met.
    """
    if not clauses:
        return ()
    index = frame_index(syntax.language)
    actors = Actors(syntax, names, clauses)
    sides = Sides(actors, clauses, index.kinds)
    deeds = Deeds(Matcher(syntax, clauses, index, actors), actors, sides, clauses)
    gates = Gates(actors)
    kept = _without_doubles([d for d in deeds.all() if _is_told(d, actors) and gates.lets_in(d)])
    reports = Reports(syntax, actors, clause_times, figures, statements, published)
    return tuple(r for d in recalled(kept, syntax, sides) if (r := reports.of(d)) is not None)


def _is_told(deed: Deed, actors: Actors) -> bool:
    """Enough is said of it to be an event: somebody acts, or somebody is acted upon in the passive."""
    clause = deed.clause
    if clause.modality == "imperative":
        return False
    if deed.frame.needs_actor and not any(actors.is_actor(t) or actors.is_place(t) for t in deed.whom):
        return False
    bare = clause.kind == "noun" and not clause.light and not deed.whom and bool(deed.who)
    if bare and all(actors.is_region(t) for t in deed.who):
        return False  # "the return of villages in the north": a region is where it is done
    if deed.who:
        sides = len(deed.who) > 1 or (deed.frame.mutual and deed.who[0].morph.get("Number") == "Plur")
        plain = clause.kind != "noun" or bool(clause.light) or deed.frame.moved
        return plain or bool(deed.whom) or deed.place is not None or sides
    if deed.frame.weighty and _is_set(clause):
        return True
    told = clause.relation not in ("acl", "amod") and clause.kind == "verb"
    undergone = clause.voice == "passive" or ">subj" in deed.rule
    return undergone and bool(deed.whom) and told


def _is_set(clause: Clause) -> bool:
    """True where the words set it in time or place: *talks continued on Monday*, *the truce, signed in May*."""
    if clause.light or clause.voice == "passive":
        return bool(clause.by_role("time", "place"))
    return clause.kind == "noun" and any(a.case for a in clause.by_role("time"))


def _without_doubles(deeds: list[Deed]) -> list[Deed]:
    """One event where a sentence tells it twice: by two like words, or by a verb and by its noun.

    Where only the other telling names the place, the one kept gets it.
    """
    kept: dict[int, Deed] = {}
    seen: dict[tuple[int, str, frozenset[str], frozenset[str]], int] = {}
    told: dict[tuple[int | None, str], int] = {}
    for n, deed in enumerate(sorted(deeds, key=lambda d: (d.clause.kind == "noun", -d.strength, d.clause.i))):
        clause = deed.clause
        key = (
            clause.sent,
            deed.type,
            frozenset(t.text for t in deed.who),
            frozenset(t.text for t in deed.whom),
        )
        by_verb = told.get((clause.parent, deed.type)) if clause.kind == "noun" and not clause.light else None
        same = seen.get(key, by_verb)
        if same is None:
            kept[n] = deed
        elif kept[same].place is None and kept[same].mode == deed.mode:
            kept[same] = replace(kept[same], place=deed.place)
        seen.setdefault(key, n if same is None else same)
        told.setdefault((clause.i, deed.type), n if same is None else same)
    return sorted(kept.values(), key=lambda d: d.clause.start)
