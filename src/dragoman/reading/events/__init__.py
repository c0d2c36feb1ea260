"""Clauses -> events: who did what to whom, as PLOVER codes it, from the clause and not from the keyword.

Frames (`reading.frames`) say which constructions mean what; here they are asked about each clause, what stands above
a deed (agreed to, refused to, ended, threatened) is worked in, and the sides, the place and the status are found.
"""

from __future__ import annotations

from dragoman.model import Arg, EventReport, FigureMention, Span, StatementReport, Status, When
from dragoman.reading.events.actors import Actors
from dragoman.reading.events.deeds import Deed, Deeds
from dragoman.reading.events.matching import Matcher
from dragoman.reading.events.sides import Sides
from dragoman.reading.events.status import status_words
from dragoman.reading.frames import frame_index
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["find_events"]


def find_events(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    figures: tuple[FigureMention, ...],
    statements: tuple[StatementReport, ...],
) -> tuple[EventReport, ...]:
    """All events of a text, in its order. `clause_times` holds one entry for each clause.

    An event without anybody in `who` is left out, unless a passive names whom it met.
    """
    if not clauses:
        return ()
    index = frame_index(syntax.language)
    actors = Actors(syntax, names, clauses)
    sides = Sides(actors, clauses, index.kinds)
    deeds = Deeds(Matcher(syntax, clauses, index, actors), actors, sides, clauses)
    kept = _without_doubles([d for d in deeds.all() if _is_told(d)])
    return tuple(_report(d, syntax, actors, clause_times, figures, statements) for d in kept)


def _is_told(deed: Deed) -> bool:
    """Enough is said of it to be an event: somebody acts, or somebody is acted upon in the passive."""
    clause = deed.clause
    if deed.who:
        sides = len(deed.who) > 1 or (deed.frame.mutual and deed.who[0].morph.get("Number") == "Plur")
        return clause.kind != "noun" or bool(clause.light) or bool(deed.whom) or sides
    told = clause.relation not in ("acl", "amod") and clause.kind == "verb"
    return clause.voice == "passive" and bool(deed.whom) and told


def _without_doubles(deeds: list[Deed]) -> list[Deed]:
    """One event where a sentence tells it twice: by a verb and by its noun, by two like verbs in one chain."""
    kept: list[Deed] = []
    for deed in sorted(
        deeds, key=lambda d: (d.clause.sent, d.clause.kind == "noun", -d.strength, d.clause.i)
    ):
        if not any(_same_event(deed, other) for other in kept):
            kept.append(deed)
    return sorted(kept, key=lambda d: (d.clause.sent, d.clause.start))


def _same_event(one: Deed, other: Deed) -> bool:
    if one.clause.sent != other.clause.sent or one.type != other.type:
        return False
    if {t.i for t in one.who} == {t.i for t in other.who} and {t.i for t in one.whom} == {
        t.i for t in other.whom
    }:
        return True
    return one.clause.kind == "noun" and one.clause.parent == other.clause.i and not one.clause.light


def _report(
    deed: Deed,
    syntax: Syntax,
    actors: Actors,
    clause_times: tuple[When | None, ...],
    figures: tuple[FigureMention, ...],
    statements: tuple[StatementReport, ...],
) -> EventReport:
    clause = deed.clause
    who = tuple(actors.arg(t) for t in deed.who)
    whom = tuple(a for a in (actors.arg(t) for t in deed.whom) if not _is_among(a, who, syntax))
    attributed, status = _attributed(deed, who, syntax, actors, statements)
    place = actors.arg(deed.place) if deed.place is not None else None
    told = syntax.sentences[clause.sent].span
    counted = tuple(
        n
        for n, f in enumerate(figures)
        if any(a.start <= f.start < a.end for a in clause.args if a.role != "time")
    )
    return EventReport(
        type=deed.type,
        mode=deed.mode,
        status=status,
        trigger=Span(clause.start, clause.end),
        who=who,
        whom=whom,
        place=place,
        when=clause_times[clause.i] if clause.i < len(clause_times) else None,
        sentence=told,
        rule=deed.rule,
        confidence=_confidence(deed, status),
        figures=counted,
        contexts=deed.contexts,
        attributed=attributed,
    )


def _attributed(
    deed: Deed, who: tuple[Arg, ...], syntax: Syntax, actors: Actors, statements: tuple[StatementReport, ...]
) -> tuple[Arg | None, Status]:
    """The speaker in whose words it is told, if not the doer's own, and the status that follows."""
    if deed.accuser:
        return actors.arg(deed.accuser[0]), deed.status
    words = status_words(syntax.language)
    for s in statements:
        if s.speaker is None or not any(c.start <= deed.clause.start < c.end for c in s.content):
            continue
        if _same_side(s.speaker, who) or any(t.lemma.lower() in words.first for t in deed.who):
            return None, deed.status
        cue = syntax.head_of(*s.cue) if s.cue else None
        claimed = (
            cue is not None and cue.lemma.lower() in words.claims and deed.status in ("happened", "ongoing")
        )
        return s.speaker, "alleged" if claimed else deed.status
    return None, deed.status


def _is_among(arg: Arg, others: tuple[Arg, ...], syntax: Syntax) -> bool:
    """True where the same actor stands on the other side already."""
    text = syntax.text[arg.start : arg.end]
    return any(
        (arg.entities and arg.entities == o.entities) or text == syntax.text[o.start : o.end] for o in others
    )


def _same_side(speaker: Arg, who: tuple[Arg, ...]) -> bool:
    return any(set(speaker.entities) & set(a.entities) or speaker.span.meets(a.span) for a in who)


def _confidence(deed: Deed, status: Status) -> float:
    """How sure, 0 to 1: by named features of the deed."""
    score = 0.55 + 0.08 * min(deed.strength, 3.0)
    if deed.clause.kind == "noun" and not deed.clause.light:
        score -= 0.12
    if not deed.whom:
        score -= 0.05
    return round(min(0.95, max(0.05, score)), 2)
