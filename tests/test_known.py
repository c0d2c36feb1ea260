"""What was known on a day: linked once, as good as linked anew, for as long as nothing that it depends on changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

import dragoman.known
from dragoman.case import Case
from dragoman.known import linked_on
from dragoman.model import Decision, Target, When
from dragoman.store import KINDS, CaseFile, Stored
from dragoman.store.known import KEPT
from dragoman.telling.asof import as_of, changes
from test_linking_increments import as_new, told_by

DAYS = ["2024-01-01", "2024-03-05", "2024-06-30", None]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.add(as_new([told_by(n) for n in range(60)]))
        yield Case(file)


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The days for which the case was linked."""
    made: list[str | None] = []
    link = dragoman.known.link

    def counted(*args, **more):
        made.append(more["today"])
        return link(*args, **more)

    monkeypatch.setattr(dragoman.known, "link", counted)
    return made


def as_bytes(known) -> bytes:
    return msgspec.json.encode({kind: known[kind] for kind in KINDS if kind in known})


@pytest.mark.parametrize("day", DAYS)
def test_what_is_kept_is_what_linking_gives(case: Case, links: list[str | None], day: str | None) -> None:
    anew = linked_on(case.file, day)
    first, second = case.known_on(day), case.known_on(day)
    assert as_bytes(first) == as_bytes(second) == as_bytes(anew)
    assert list(second) == [kind for kind in KINDS if kind in anew] and len(second) == len(anew)
    assert links == [day, day]  # once by hand, once for both


def test_a_comparison_is_answered_from_what_is_kept(case: Case, links: list[str | None]) -> None:
    start, end = "2024-03-05", "2024-06-30"
    told = changes(linked_on(case.file, start), linked_on(case.file, end))
    del links[:]
    for _ in range(3):
        assert changes(case.known_on(start), case.known_on(end)) == told != []
        assert as_of(case.known_on(end), "2024-05-01") == as_of(linked_on(case.file, end), "2024-05-01")
    assert links == [start, end, *[end] * 3]


def test_it_outlives_the_process(case: Case, links: list[str | None]) -> None:
    case.known_on("2024-03-05")
    with CaseFile(case.file.path) as file:
        assert as_bytes(Case(file).known_on("2024-03-05")) == as_bytes(linked_on(file, "2024-03-05"))
    assert len(links) == 2


def late(number: int, day: str) -> list[Stored]:
    """An article of `told_by` that was published on a day."""
    source = told_by(number)
    when = When(start=day, end=day, basis="stated")
    reading = msgspec.structs.replace(source.reading, published=when)
    return as_new([replace(source, reading=reading)])


def of_first(case: Case, kind: str) -> Decision:
    one = next(s for s in case.file.stored() if s.reading.events)
    trigger = one.reading.events[0].trigger
    event = Target(kind="event", article=one.article.id, start=trigger.start, end=trigger.end)
    return Decision(
        kind=kind, targets=(event if kind == "reject" else Target(kind="article", article=one.article.id),)
    )


CHANGED = {
    "an article of later": (lambda case: case.file.add(late(70, "2024-12-01")), False),
    "an article of that time": (lambda case: case.file.add(late(70, "2024-02-01")), True),
    "a decision": (lambda case: case.decide(of_first(case, "reject")), True),
    "a removal": (lambda case: case.decide(of_first(case, "remove")), True),
    "nothing": (lambda case: None, False),
}


@pytest.mark.parametrize("what", CHANGED)
def test_it_is_made_anew_when_what_it_depends_on_changes(
    case: Case, links: list[str | None], what: str
) -> None:
    change, anew = CHANGED[what]
    day = "2024-06-30"
    case.known_on(day)
    change(case)
    found = as_bytes(case.known_on(day))
    assert len(links) == 1 + anew
    assert found == as_bytes(linked_on(case.file, day))
    del links[:]
    case.known_on(day)
    assert links == []


def test_other_code_makes_it_anew(
    case: Case, links: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    case.known_on("2024-03-05")
    monkeypatch.setattr(dragoman.known, "made_by", lambda: "other")
    case.known_on("2024-03-05")
    assert len(links) == 2


def kept(case: Case) -> set[str]:
    with case.file.asking() as connection:
        names = connection.exec_driver_sql("SELECT what FROM remembered WHERE what LIKE 'known %'").scalars()
        return {name.split(" ")[1] for name in names}


def test_few_are_kept_and_one_that_goes_is_made_anew(case: Case) -> None:
    days = ["2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]
    first = case.known_on(days[0])
    for day in days[1:]:
        case.known_on(day)
    assert kept(case) == set(days[-KEPT:])
    assert as_bytes(first) == as_bytes(linked_on(case.file, days[0]))


def test_what_was_kept_and_is_damaged_is_made_anew(case: Case) -> None:
    day = "2024-03-05"
    case.known_on(day)
    with case.file._writing() as connection:
        connection.exec_driver_sql(
            "UPDATE remembered SET content = CAST(substr(content, 1, 20) || x'00' AS BLOB) WHERE what LIKE 'known %'"
        )
    assert as_bytes(case.known_on(day)) == as_bytes(linked_on(case.file, day))


def test_a_case_that_is_only_looked_at_is_answered_too(case: Case, links: list[str | None]) -> None:
    case.file.only_looking = "it cannot be written"
    assert as_bytes(case.known_on("2024-03-05")) == as_bytes(linked_on(case.file, "2024-03-05"))
    assert kept(case) == set()
