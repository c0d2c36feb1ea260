"""Writing only what changed leaves what writing everything anew leaves."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Actor, CaseRecord, Entry, Event, Storyline
from dragoman.store import CaseFile, fill, renew, rows
from records import structs
from test_store_large import ACTORS, a_case, many, named

often = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def held(case: CaseFile) -> dict[str, list[tuple[object, ...]]]:
    """All computed tables, and which words are found in which records."""
    with case.asking() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, record_words, instance)"
        )
        words = sorted(map(tuple, connection.exec_driver_sql("SELECT term, doc, offset FROM temp.found")))
        connection.exec_driver_sql("DROP TABLE temp.found")
        tables = {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in fill.COMPUTED
        }
        return {"words": words, **tables}


@st.composite
def cases(draw) -> list[CaseRecord]:
    events = draw(many())
    line = Storyline(
        id="line",
        title=draw(st.sampled_from(["The talks", "The war"])),
        articles=("a-1",),
        events=tuple(e.id for e in events),
    )
    actors: list[Actor] = [named(a) for a in draw(st.lists(st.sampled_from(ACTORS[:3]), unique=True))]
    entry = next(r for r in structs() if isinstance(r, Entry))
    entries = [msgspec.structs.replace(entry, weight=w) for w in draw(st.lists(st.floats(0, 9), max_size=1))]
    return [*actors, *events, *draw(st.lists(st.just(line), max_size=1)), *entries]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("renewed")
    with a_case(folder / "x.case") as case, a_case(folder / "whole.case") as other:
        yield case, other


@often
@given(steps=st.lists(cases(), min_size=2, max_size=4), least=st.sampled_from([0, 3, 1000]))
def test_what_changed_leaves_what_all_leaves(both, steps, least):
    case, other = both
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fill, "MANY", least)
        patch.setattr(renew, "MOST", -1)
        case.replace_records([], "0")
        for made in steps:
            patch.setattr(renew, "MOST", 100)
            case.replace_records(made, "0")
            patch.setattr(renew, "MOST", -1)
            other.replace_records(made, "0")
            assert held(case) == held(other)


def test_nothing_is_written_where_nothing_changed(tmp_path, monkeypatch):
    with a_case(tmp_path / "x.case") as case:
        case.replace_records(structs(), "0")
        written = []
        monkeypatch.setattr(renew, "many", lambda connection, statement, values: written.extend(values))
        monkeypatch.setattr(renew, "put_rows", lambda _, numbered, indexed=(): written.extend(numbered))
        case.replace_records(structs(), "0")
        assert written == []


def test_rows_made_by_other_rules_are_all_made_anew(tmp_path, monkeypatch):
    with a_case(tmp_path / "x.case") as case:
        case.replace_records(structs(), "0")
        monkeypatch.setattr(renew, "rules", lambda: "other")
        filled = []
        monkeypatch.setattr(renew, "fill", lambda *_: filled.append(1))
        case.replace_records(structs(), "0")
        assert filled


def test_two_records_of_one_number_are_both_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(fill, "number_of", lambda record: 7)
    monkeypatch.setattr(renew, "number_of", lambda record: 7)
    first: Event = next(r for r in structs() if r.id == "e-1")
    with a_case(tmp_path / "x.case") as case:
        for names in (["e-1", "e-2"], ["e-1", "e-2", "e-3"], ["e-2", "e-4"]):
            case.replace_records([msgspec.structs.replace(first, id=name) for name in names], "0")
            assert [e["id"] for e in case.records("event")] == names


def test_what_another_process_wrote_meanwhile_is_seen(tmp_path):
    with a_case(tmp_path / "x.case") as case, CaseFile(tmp_path / "x.case") as other:
        case.replace_records(structs(), "0")
        with case.asking() as connection:
            change = renew.compare(connection, structs()[:-1], {})
        other.replace_records(structs()[1:], "0")
        with case._writing() as connection:
            renew.renew(connection, change)
        assert [r["id"] for kind in rows.KINDS for r in case.records(kind)] == [
            r.id for kind in rows.KINDS for r in sorted(structs()[:-1], key=lambda r: r.id) if tag(r) == kind
        ]


def tag(record: CaseRecord) -> str:
    return str(record.__struct_config__.tag)


def test_numbers_go_by_kind_then_id():
    one = next(r for r in structs() if r.id == "e-1")
    ids = ["event-00000000000000ff", "event-0123456789abcdef", "event-fedcba9876543210"]
    numbers = [rows.number_of(msgspec.structs.replace(one, id=name)) for name in ids]
    assert numbers == sorted(set(numbers))
    assert 0 < rows.number_of(named("p-1")) < numbers[0] < 2**63
