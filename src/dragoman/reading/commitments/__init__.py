"""What was promised or scheduled, by whom, and for when.

Words are data (`languages/<language>/commitments.yaml`). What came of a commitment is the business of linking.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import CommitmentReport, EventReport, TimeMention, When
from dragoman.reading.commitments import promises, schedules
from dragoman.reading.commitments.fields import Fields
from dragoman.reading.commitments.terms import find_terms
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["find_commitments"]


def find_commitments(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    times: tuple[TimeMention, ...],
    events: tuple[EventReport, ...],
) -> tuple[CommitmentReport, ...]:
    """All commitments, in the order of the text. `clause_times` holds one entry for each clause."""
    fields = Fields(syntax, clauses, names, clause_times, times, events)
    found = [report for clause in clauses for report in _read(fields, clause)]
    found += find_terms(syntax, clauses, names, times)
    return tuple(_distinct(sorted(found, key=lambda c: (c.what.start, -c.what.end))))


def _read(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """What a clause promises or schedules."""
    if clause.modality in ("hypothetical", "conditional", "possible"):
        return
    words, lemma = fields.words, clause.lemma.removeprefix("se_")
    if lemma in words.promise and clause.voice == "active" and not clause.negated:
        yield from promises.promised(fields, clause)
    if lemma in words.report and not clause.negated:
        yield from promises.reported(fields, clause)
    if lemma in words.schedule and not clause.negated:
        yield from schedules.scheduled(fields, clause)
    if lemma in words.moved and not clause.negated:
        yield from schedules.moved(fields, clause)
    if lemma in words.deadline and not clause.negated:
        yield from promises.given_until(fields, clause)
    yield from promises.by_noun(fields, clause)
    yield from schedules.aimed_at(fields, clause)
    yield from schedules.to_come(fields, clause)
    yield from schedules.turning(fields, clause)
    if lemma in words.awaited and clause.voice == "passive" and not clause.negated:
        yield from schedules.awaited(fields, clause)


def _distinct(found: list[CommitmentReport]) -> Iterator[CommitmentReport]:
    """Of reports whose words overlap in one sentence, the first (the widest)."""
    last: CommitmentReport | None = None
    for report in found:
        if last is not None and last.what.meets(report.what) and last.sentence == report.sentence:
            continue
        last = report
        yield report
