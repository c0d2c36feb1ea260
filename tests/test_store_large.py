"""What is counted and ordered beforehand is what counting and looking through all records would give."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Actor, Article, Commitment, Event, Evidence, Reading, SetAside, When
from dragoman.model.sureness import is_doubtful
from dragoman.store import CaseFile, Stored, fill, tables
from dragoman.store import counts as counted
from dragoman.store.counts import busiest, company, count, dealings, pairs, places, tally, years_of_pair
from dragoman.store.questions import (
    Ask,
    called,
    chosen,
    contents,
    every,
    facts,
    held_on,
    least_sure,
    names_of,
)
from dragoman.store.stretches import UNDATED, stretch_of
from dragoman.telling.asof import as_of
from dragoman.telling.search import search
from dragoman.telling.timeline import touches
from dragoman.telling.wording import source_of
from records import structs

DAYS = ["2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-12-31", "2025-01-01", "2031-06-01"]
ACTORS = ["p-1", "p-2", "p-3", "the crowd"]
ARTICLES = {"a-1": ("en", "Post"), "a-2": ("fr", "Monde"), "a-3": ("en", None)}


def a_case(path: Path) -> CaseFile:
    case = CaseFile(path, create=True)
    case.add(
        [
            Stored(
                Article(id=name, path=f"{name}.txt", text="x", raw="x", language=language, outlet=outlet),
                Reading(article=name, language=language),
                None,
            )
            for name, (language, outlet) in ARTICLES.items()
        ]
    )
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with a_case(tmp_path_factory.mktemp("large") / "x.case") as made:
        yield made


def named(name: str) -> Actor:
    return Actor(id=name, name=name.title(), type="person", forms=(name.title(), f"Old {name}"))


@st.composite
def stretches(draw) -> When | None:
    first, last = (draw(st.none() | st.sampled_from(DAYS)) for _ in range(2))
    if first is None and last is None and draw(st.booleans()):
        return None
    if first and last and last < first:
        first, last = last, first
    return When(start=first, end=last, basis="stated")


def some(of, least: int = 0):
    return st.lists(st.sampled_from(of), min_size=least, max_size=3, unique=True).map(tuple)


@st.composite
def events(draw, number: int) -> Event:
    proof = tuple(
        Evidence(article=a, start=0, end=1, text="x", rule="r", fields={})
        for a in draw(some(sorted(ARTICLES), 1))
    )
    return Event(
        id=f"e-{number:09x}0000000",  # as ids of facts are, by which records that begin together are ordered
        type=draw(st.sampled_from(["CONSULT", "ASSAULT"])),
        mode=draw(st.sampled_from(["visit", None])),
        status=draw(st.sampled_from(["happened", "ongoing", "denied"])),
        who=draw(some(ACTORS)),
        whom=draw(some(ACTORS)),
        place=draw(st.sampled_from(["l-1", "l-2", None])),
        when=draw(stretches()),
        known_from=None,
        figures=(),
        reports=1,
        independent=draw(st.integers(1, 3)),
        confidence=draw(st.sampled_from([0.2, 0.5, 0.9])),
        evidence=proof,
    )


@st.composite
def many(draw) -> list[Event]:
    return [draw(events(n)) for n in range(draw(st.integers(0, 12)))]


ASKS = st.builds(
    Ask,
    actors=some(ACTORS),
    all_actors=some(ACTORS),
    types=some(["CONSULT", "ASSAULT", "AID"]),
    statuses=some(["happened", "ongoing", "denied"]),
    since=st.none() | st.sampled_from([*DAYS, "2024-01-15"]),
    until=st.none() | st.sampled_from([*DAYS, "2024-01-15"]),
    place=st.sampled_from([None, None, "l-1"]),
    article=st.sampled_from([None, None, "a-1"]),
    language=st.sampled_from([None, None, "en", "fr"]),
    outlet=st.sampled_from([None, None, "Post", "Monde"]),
    independent=st.sampled_from([None, None, 1, 2]),
    sure_below=st.sampled_from([None, None, 0.5]),
    ends=st.sampled_from([None, None, ("2024-01-01", "2024-12-31"), ("2025-01-01", "~")]),
)


def meets(event: Event, ask: Ask) -> bool:
    sides = {*event.who, *event.whom}
    told = {e.article for e in event.evidence}
    when = msgspec.to_builtins(event.when) if event.when else None
    last = event.when.end if event.when and event.when.end else "~"
    return (
        (not ask.actors or not sides.isdisjoint(ask.actors))
        and sides.issuperset(ask.all_actors)
        and (not ask.types or event.type in ask.types)
        and (not ask.statuses or event.status in ask.statuses)
        and touches(when, ask.since, ask.until)
        and ask.place in (None, event.place)
        and (ask.article is None or ask.article in told)
        and (ask.language is None or any(ARTICLES[a][0] == ask.language for a in told))
        and (ask.outlet is None or any(ARTICLES[a][1] == ask.outlet for a in told))
        and (ask.independent is None or event.independent >= ask.independent)
        and (ask.sure_below is None or event.confidence < ask.sure_below)
        and (ask.ends is None or ask.ends[0] <= last <= ask.ends[1])
    )


def turn(event: Event) -> tuple[str, str, str]:
    first, last = (event.when.start, event.when.end) if event.when else (None, None)
    return (first or last or "~", last or "9999", event.id) if first or last else ("~", "", event.id)


def year(event: Event) -> str | None:
    day = event.when and (event.when.start or event.when.end)
    return day[:4] if day else None


often = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=[0, 1000], ids=["all actors counted", "none counted"])
def many_facts(request):
    """From how many facts on an actor has counts of its own: what is answered does not depend on it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(fill, "MANY", request.param)
    yield
    patch.undo()


@often
@given(made=many(), ask=ASKS, limit=st.integers(1, 8), skip=st.integers(0, 3))
def test_a_question_finds_what_meets_it_in_order(case, many_facts, made, ask, limit, skip):
    case.replace_records([named(a) for a in ACTORS[:3]] + made, "0")
    expected = sorted((e for e in made if meets(e, ask)), key=turn)
    with case.asking() as connection:
        assert [e["id"] for e in every(connection, ask)] == [e.id for e in expected]
        page = [e["id"] for e in facts(connection, ask, limit, skip)]
        assert page == [e.id for e in expected][skip : skip + limit]
        assert count(connection, ask) == len(expected)
        for by, value in (("type", lambda e: e.type), ("status", lambda e: e.status), ("year", year)):
            wanted = Counter(v for e in expected if (v := value(e)))
            assert tally(connection, ask, by) == wanted
        assert dict(places(connection, ask)) == Counter(e.place for e in expected if e.place)


@often
@given(made=many(), day=st.sampled_from(DAYS))
def test_counts_written_beforehand_are_those_of_the_records(case, made, day):
    case.replace_records([named(a) for a in ACTORS[:3]] + made, "0")
    sides = [{*e.who, *e.whom} for e in made]
    sure = [not is_doubtful(e.confidence) for e in made]
    facts_of = Counter(a for s in sides for a in s)
    known = ACTORS[:3]
    with case.asking() as connection:
        assert dict(busiest(connection)) == {a: facts_of[a] for a in known if facts_of[a]}
        for actor in ACTORS:
            wanted = Counter(
                o
                for s, is_sure in zip(sides, sure, strict=True)
                if is_sure and actor in s
                for o in s - {actor}
            )
            assert dict(company(connection, actor)) == wanted
            numbers = [n for _, n in company(connection, actor)]
            assert numbers == sorted(numbers, reverse=True)
        shared: dict[tuple[str, str], dict[str, Counter[tuple[str, str]]]] = {}
        for event, both, is_sure in zip(made, sides, sure, strict=True):
            for pair in combinations(sorted(both), 2):
                if is_sure and event.status != "denied":
                    of_pair = shared.setdefault(pair, {}).setdefault(stretch_of(event.when), Counter())
                    of_pair[event.type, event.mode or ""] += 1
        assert pairs(connection, ACTORS) == shared
        ends = [(pair, stretch) for pair, told in shared.items() for stretch in told]
        found = contents(connection, [n for n in dealings(connection, ends) if n is not None])
        assert all(
            (e["type"], e["mode"] or "") in shared[pair][at]
            for e, (pair, at) in zip(found, ends, strict=True)
        )
        assert dealings(connection, [(("nobody", "p-1"), UNDATED)]) == [None]
        for a, b in combinations(sorted(ACTORS), 2):
            by_year = years_of_pair(connection, a, b)
            dated = sum(
                1
                for e, s, is_sure in zip(made, sides, sure, strict=True)
                if is_sure and {a, b} <= s and year(e) and e.status != "denied"
            )
            assert sum(n for kinds in by_year.values() for n in kinds.values()) == dated
        unsure = sorted((e for e in made if e.confidence < 0.6), key=lambda e: (e.confidence, e.id))
        assert [e["id"] for e in least_sure(connection, 0.6, 100)] == [e.id for e in unsure]
        everything = {"event": [msgspec.to_builtins(e) for e in made]}
        held = {(known, e["id"]) for known, e in as_of(held_on(connection, day), day)["event"]}
        assert held == {(known, e["id"]) for known, e in as_of(everything, day)["event"]}


@often
@given(
    made=st.lists(
        st.tuples(stretches(), stretches(), st.sampled_from(["open", "overdue", "kept"])), max_size=8
    )
)
def test_promises_of_a_day_are_those_of_all(case, made):
    promises = [
        Commitment(
            id=f"c-{n}",
            by=("p-1",),
            to=(),
            what="x",
            due=due,
            made=said,
            outcome=out,
            settled_by=None,
            evidence=(),
        )
        for n, (due, said, out) in enumerate(made)
    ]
    case.replace_records(promises, "0")
    everything = {"commitment": [msgspec.to_builtins(p) for p in promises]}
    with case.asking() as connection:
        for day in DAYS:
            found = {(s, p["id"]) for s, p in as_of(held_on(connection, day), day)["commitment"]}
            assert found == {(s, p["id"]) for s, p in as_of(everything, day)["commitment"]}


def test_a_case_linked_again_holds_nothing_of_before(case):
    def held() -> dict[str, list[tuple[object, ...]]]:
        with case.asking() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                for table in fill.COMPUTED
            }

    def found_words():
        with case.asking() as connection:
            return search(connection, "soldiers").facts

    case.replace_records(structs(), "0")
    once = held()
    case.replace_records(reversed(structs()), "0")
    case.replace_records([], "0")
    assert not any(held().values())
    assert not found_words()
    case.replace_records(structs(), "0")
    assert held() == once
    assert found_words()


def test_the_tables_of_the_migrations_are_those_that_are_asked(tmp_path):
    def schema(engine: sa.Engine) -> dict[str, object]:
        seen = sa.inspect(engine)
        found: dict[str, object] = {}
        for name in tables.metadata.tables:
            columns = [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)]
            found[name] = columns, seen.get_pk_constraint(name)["constrained_columns"]
            for index in seen.get_indexes(name):
                only = index.get("dialect_options", {}).get("sqlite_where")
                found[str(index["name"])] = name, index["column_names"], str(only)
        return found

    wanted = sa.create_engine("sqlite://")
    tables.metadata.create_all(wanted)
    with CaseFile(tmp_path / "x.case", create=True) as made:
        assert schema(made.engine) == schema(wanted)


@pytest.mark.parametrize(
    "ask",
    [
        Ask(sure=True),
        Ask(sure=True, since="2024-01-01", until="2024-01-31"),
        Ask(sure=True, types=("AID",)),
        Ask(sure=True, place="l-1"),
        Ask(sure=True, independent=2),
        Ask(kinds=("commitment",), types=("open", "overdue"), ends=("2024-01-01", "2024-12-31")),
    ],
)
def test_lists_without_what_is_doubtful_are_counted_in_indexes_alone(case, ask):
    case.replace_records(structs(), "0")
    with case.asking() as connection:
        query = chosen(connection, ask).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    looked = [step for step in plan if step.startswith(("SEARCH record", "SCAN record"))]
    assert looked and all("COVERING INDEX" in step for step in looked), plan


def test_an_event_of_very_many_sides_makes_no_pairs(case):
    crowd = tuple(f"n-{n}" for n in range(fill.PARTIES + 1))
    first = next(r for r in structs() if r.id == "e-1")
    event = msgspec.structs.replace(first, who=crowd)
    case.replace_records([event], "0")
    with case.asking() as connection:
        assert company(connection, "n-0") == []
        assert [e["id"] for e in facts(connection, Ask(actors=("n-0",)))] == ["e-1"]


def test_more_than_is_counted_is_said(case, monkeypatch):
    monkeypatch.setattr(counted, "COUNTED", 1)
    monkeypatch.setattr(fill, "MANY", 1000)
    case.replace_records(structs(), "0")
    with case.asking() as connection:
        ask = Ask(kinds=("state",), actors=("p-1",))
        assert (str(count(connection, ask)), f"{count(connection, ask, 1)}") == ("1+", "2")


def test_names_and_sources_are_found_without_the_records(case):
    case.replace_records(structs(), "0")
    with case.asking() as connection:
        found = names_of(connection, ["p-1", "l-1", "a-1", "a-2", "e-1", "none"])
        assert called(connection, "actor", "RURITANIAN") == ["p-1"]
        assert called(connection, "actor", "rupert", within=True) == ["p-2"]
        assert called(connection, "place", "Rupert") == []
    articles = {a["id"]: source_of(a) for a in case.records("article")}
    assert found == {"p-1": "Ruritania", "l-1": "Strelsau", **articles}


WRITES = [
    (
        "an article",
        lambda case: case.add([Stored(article("new"), Reading(article="new", language="en"), None)]),
    ),
    ("a path", lambda case: case.found_again([("a-1", "elsewhere.txt")])),
    ("a decision", lambda case: case.decide(decision())),
    ("its undoing", lambda case: case.undo()),
]


def article(name: str) -> Article:
    return Article(id=name, path=f"{name}.txt", text="x", raw="x", language="en")


def decision():
    from dragoman.model import Decision, Target

    return Decision(kind="reject", targets=(Target(kind="event", article="a-1", start=0, end=1),))


def test_each_write_that_linking_depends_on_asks_for_a_new_link(tmp_path):
    with a_case(tmp_path / "x.case") as case:
        for what, write in WRITES:
            case.replace_records([], case.state_of_reading())
            assert case.is_linked()
            write(case)
            assert not case.is_linked(), what
        case.replace_records([], case.state_of_reading())
        case.put_aside([SetAside(path="b", reason="is binary")])
        assert case.undo(99) is None
        assert case.is_linked(), "nothing that linking depends on was changed"


def test_decisions_come_in_pages(tmp_path):
    with a_case(tmp_path / "x.case") as case:
        for _ in range(5):
            case.decide(decision())
        assert [n for n, *_ in case.decisions()] == [1, 2, 3, 4, 5]
        assert [n for n, *_ in case.decisions(2)] == [4, 5]
        assert [n for n, *_ in case.decisions(2, 2)] == [2, 3]
