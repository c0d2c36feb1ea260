"""Exports of a case file: read as they are written out, whole or in part, with the same meaning."""

from __future__ import annotations

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace
from openpyxl import load_workbook

from dragoman.case import Case
from dragoman.model import Article, Event, Reading
from dragoman.store import CaseFile, Stored
from dragoman.store.questions import Ask
from dragoman.telling.exports import FORMATS, UnknownFormat, export
from dragoman.telling.exports import tables as written
from dragoman.telling.exports.table import FACTS, Lookup
from dragoman.workbench.app import create_app
from records import as_records, records, structs


@pytest.fixture
def path(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        for name in ("a-1", "a-2"):
            article = Article(
                id=name, path=f"{name}.txt", text="x", raw="x", language="en", outlet="The Hentzau Post"
            )
            file.add([Stored(article, Reading(article=name, language="en"), None)])
        file.replace_records(structs(), file.state_of_reading())
    return tmp_path / "x.case"


@pytest.fixture
def case(path):
    with CaseFile(path) as file:
        yield Case(file)


def of(pieces) -> bytes:
    return b"".join(pieces)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"xlsx", "parquet", "docx", "odt"}))
def test_a_case_file_and_records_in_memory_give_the_same_facts(case, name):
    there, here = of(case.export(name)).decode(), export(records(), name).decode()
    assert sorted(there.replace("\n", " ").split(" ")) == sorted(here.replace("\n", " ").split(" "))


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_case_file_and_records_in_memory_give_the_same_document(case, name):
    assert of(case.export(name)) == export(records(), name)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


PARTS = [
    (Ask(kinds=FACTS, actors=("p-2",)), {"e-2", "s-1", "t-2"}),
    (Ask(kinds=("event",)), {"e-1", "e-2"}),
    (Ask(kinds=FACTS, article="a-1"), {"e-1", "f-1", "t-1", "c-1", "d-1"}),
    (Ask(kinds=FACTS, since="2031-05-03", until="2031-05-03"), {"e-1", "t-1", "t-2"}),
    (Ask(kinds=("event",), types=("RETREAT",)), {"e-1"}),
    (Ask(kinds=("event",), actors=("nobody",)), set()),
]


@pytest.mark.parametrize(("ask", "ids"), PARTS)
def test_a_part_is_what_meets_the_conditions(case, ask, ids):
    *found, note = rows(of(case.export("csv", ask)))
    assert {r["id"] for r in found} == ids
    assert "a part of the case" in note["description"]
    lines = [json.loads(line) for line in of(case.export("jsonl", ask)).splitlines()]
    assert {r["id"] for r in lines if r["kind"] in FACTS} == ids
    told = {e["article"] for r in lines for e in r.get("evidence", ())}
    assert told <= {r["id"] for r in lines if r["kind"] == "article"}
    assert all(of(case.export(name, ask)) for name in FORMATS)


def test_a_part_holds_its_own_sources_and_actors_only(case):
    book = load_workbook(io.BytesIO(of(case.export("xlsx", Ask(kinds=("figure",))))))
    assert book["figures"].max_row == 3 and book["actors"].max_row == 1
    assert [row[0] for row in book["articles"].iter_rows(values_only=True)][1:] == ["a-1", "a-2"]


def test_rows_beyond_a_sheet_go_on_in_the_next(case, monkeypatch):
    whole = load_workbook(io.BytesIO(export(records(), "xlsx")))["claims"].max_row - 1
    monkeypatch.setattr(written, "SHEET", 3)
    book = load_workbook(io.BytesIO(of(case.export("xlsx"))))
    names = [n for n in book.sheetnames if n.startswith("claims")]
    assert len(names) > 1 and names[1] == "claims 2"
    assert sum(book[n].max_row - 1 for n in names) == whole


def test_events_of_an_unknown_first_day_are_counted_by_plover():
    (event, other) = (r for r in structs() if isinstance(r, Event))
    until = replace(event, id="e-3", when=replace(event.when, start=None))
    note = json.loads(export(as_records([*structs(), until]), "plover").splitlines()[0])
    assert "2 undated or of an unknown first day" in note["comment"] and other.when is None


def test_an_unknown_format_is_said_before_anything_is_written(case):
    with pytest.raises(UnknownFormat):
        case.export("doc")


def test_what_was_used_longest_ago_is_fetched_again():
    asked: list[list[str]] = []

    def fetch(names):
        asked.append(list(names))
        return {n: {"id": n} for n in names if n != "none"}

    held = Lookup(fetch, 2)
    held.ready(["a", "b"])
    assert held["a"]["id"] == "a" and held.get("none") == {} and held.get(None) == {}
    assert held["a"]["id"] == "a" and held["b"]["id"] == "b"
    assert asked == [["a", "b"], ["none"], ["b"]]


def test_a_page_exports_what_it_shows(path):
    client = TestClient(create_app(path), base_url="http://localhost")
    shown = client.get("/events", params={"type": "RETREAT"}).text
    assert "/export/xlsx?type=RETREAT&amp;kind=event" in shown
    found = rows(client.get("/export/csv", params={"type": "RETREAT", "kind": "event"}).content)
    assert [r["id"] for r in found[:-1]] == ["e-1"]
    answer = client.get("/export/markdown", params={"both": ["p-1", "p-2"], "kind": "event"})
    assert 'filename="dragoman.md"' in answer.headers["content-disposition"]
    assert "made allegations" in answer.text and "withdrew" not in answer.text
    whole = client.get("/export/csv")
    assert len(rows(whole.content)) == 1 + sum(len(records()[k]) for k in FACTS)
    for page, part in [
        ("/actors/p-1", "actor=p-1"),
        ("/actors/l-1", "place=l-1"),
        ("/articles/a-1", "article=a-1"),
        ("/facts/statement", "kind=statement"),
        ("/relations?a=p-1&b=p-2", "both=p-1&amp;both=p-2"),
        ("/promises", "kind=commitment"),
    ]:
        assert f"/export/csv?{part}" in client.get(page).text, page
    assert "/export/csv?" not in client.get("/").text
    assert client.get("/export/csv", params={"kind": "place"}).status_code == 422
