"""How many lines there are, counted beforehand or in an index, is what counting them one by one gives."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import event

from dragoman.model import Entry, EntrySource, Span
from dragoman.store import CaseFile, chronology
from dragoman.store.chronology import Counts, Lines, count, undated, weightiest
from records import structs

DAYS = [
    ("2031-05-01", "2031-05-01"),
    ("2031-05-01", "2031-05-31"),
    (None, "2031-05-09"),
    ("2031-05-09", None),
]
DAYS += [(None, None)]


def line(n: int, days: tuple[str | None, str | None], doubtful: bool, status: str, actor: str) -> Entry:
    start, end = days
    return Entry(
        id=f"n-{n:02}", start=start, end=end, basis="stated" if start or end else None, text="Its", language="en",
        article="a-1", span=Span(0, 3), independent=1, languages=("en",), weight=float(n), known_from=None,
        sources=(EntrySource(article="a-1", start=0, end=3, text="Its", language="en"),),
        status=status, actors=(actor, "l-2") if n % 5 == 0 else (actor,), doubtful=doubtful,
        place=("l-1", "l-2", None)[n % 3],
    )  # fmt: skip


MADE = [
    line(n, *made)
    for n, made in enumerate(product(DAYS, (False, True), ("happened", "planned"), ("p-1", "p-2")))
]


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with CaseFile(tmp_path_factory.mktemp("lines") / "x.case", create=True) as file:
        others = [r for r in structs() if not isinstance(r, Entry)]
        file.replace_records([*others, *MADE[:-4]], file.state_of_reading())
        file.replace_records([*others, *MADE], file.state_of_reading())  # written by what differs
        yield file


WANTED = [
    Lines(),
    Lines(doubtful=True),
    Lines(statuses=("planned",)),
    Lines(language="fr"),
    Lines(actors=("p-1",)),
]
WANTED += [Lines(actors=("p-1", "p-2")), Lines(statuses=("planned",), actors=("p-2",))]
WANTED += [Lines(places=("l-1",)), Lines(places=("l-2",)), Lines(places=("l-1", "l-2"), actors=("p-1",))]
WANTED += [Lines(places=("l-2",), statuses=("planned",), doubtful=True), Lines(actors=("nobody",))]


def meeting(wanted: Lines) -> list[Entry]:
    return [
        e
        for e in MADE
        if (not wanted.statuses or e.status in wanted.statuses)
        and (not wanted.actors or set(e.actors) & set(wanted.actors))
        and (not wanted.places or {*e.actors, e.place} & set(wanted.places))
        and wanted.language in (None, "en")
    ]


@pytest.mark.parametrize("few", [0, 3, 2_500])
@pytest.mark.parametrize("wanted", WANTED)
def test_the_weightiest_lines_are_found_whichever_way_is_gone(case, monkeypatch, wanted, few):
    monkeypatch.setattr(chronology, "FEW", few)
    meet = [e for e in meeting(wanted) if wanted.doubtful or not e.doubtful]
    heaviest = sorted(meet, key=lambda e: (-e.weight, e.id))
    dated = [e.id for e in heaviest if e.start and e.end]
    with case.asking() as connection:
        for most in (3, None):
            assert {r["id"] for r in weightiest(connection, wanted, most)} == set(dated[:most])
            assert [r["id"] for r in undated(connection, wanted, most)] == [
                e.id for e in heaviest if e.id not in dated
            ][:most]


@pytest.mark.parametrize("few", [0, 2_500])
@pytest.mark.parametrize("wanted", WANTED)
def test_lines_are_counted_as_they_are(case, monkeypatch, wanted, few):
    monkeypatch.setattr(chronology, "FEW", few)
    meet = meeting(wanted)
    dated = {e.id for e in meet if e.start and e.end}
    sure = [e for e in meet if not e.doubtful]
    expected = Counts(
        dated=len([e for e in sure if e.id in dated]),
        undated=len([e for e in sure if e.id not in dated]),
        doubtful=len(meet) - len(sure),
        doubtful_dated=len([e for e in meet if e.doubtful and e.id in dated]),
    )
    with case.asking() as connection:
        assert count(connection, wanted) == expected


def test_more_lines_than_are_counted_are_said_to_be_more(case, monkeypatch):
    wanted = Lines(places=("l-1",), doubtful=True)
    with case.asking() as connection:
        whole = count(connection, wanted)
        monkeypatch.setattr(chronology, "COUNTED", 3)
        some = count(connection, wanted)
    assert some.more and not whole.more
    assert some.dated + some.undated + some.doubtful < whole.dated + whole.undated + whole.doubtful


@pytest.mark.parametrize(
    "wanted", [Lines(), Lines(doubtful=True), Lines(doubtful=True, statuses=("planned",))]
)
def test_the_weightiest_lines_come_in_the_order_of_an_index(case, wanted):
    asked: list[tuple[str, object]] = []
    with case.asking() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        weightiest(connection, wanted, 3)
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all() for sql, values in asked[:2]
        ]
    assert not [row for plan in plans for row in plan if "TEMP B-TREE" in str(row)]
