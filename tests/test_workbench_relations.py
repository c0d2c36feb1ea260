"""The table of pairs: since when, how by month, what is newest; and its bars."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open as open_case
from dragoman.store import CaseFile, Stored
from dragoman.workbench.app import create_app
from dragoman.workbench.flow import HALF, flow_of
from linking_readings import Page

FLOWS = [
    ("none", [[]], 1, [[]]),
    ("a month a bar", [[("2023-09", 2, 0), ("2023-11", 0, 1)]], 1, [[(0, 2, 0), (2, 0, 1)]]),
    ("one span for all", [[("2023-09", 1, 0)], [("2024-01", 0, 3)]], 1, [[(0, 1, 0)], [(4, 0, 3)]]),
    ("what is neither", [[("1950-01", 0, 0), ("2024-01", 1, 1)]], 1, [[(0, 1, 1)]]),
    ("quarters", [[("2018-12", 1, 0), ("2024-01", 1, 0), ("2024-02", 0, 2)]], 3, [[(0, 1, 0), (21, 1, 2)]]),
    ("years", [[("1990-05", 1, 0), ("2024-01", 1, 0)]], 12, [[(0, 1, 0), (34, 1, 0)]]),
    ("decades", [[("1899-12", 1, 0), ("2024-01", 1, 0)]], 120, [[(0, 1, 0), (13, 1, 0)]]),
]


@pytest.mark.parametrize(("name", "rows", "months", "bars"), FLOWS)
def test_events_are_summed_over_what_a_bar_stands_for(name, rows, months, bars):
    found = flow_of(rows)
    assert [[(b.x, b.good, b.bad) for b in flow.bars] for flow in found] == bars
    assert {flow.months for flow in found} == {months}
    assert all(0 <= b.x < flow.width and (b.up > 0) == (b.good > 0) for flow in found for b in flow.bars)
    assert all(b.up <= HALF and b.down <= HALF for flow in found for b in flow.bars)


def test_a_bar_says_its_first_and_last_day():
    (flow,) = flow_of([[("2018-12", 1, 0), ("2024-02", 0, 2)]])
    assert [(b.first, b.last) for b in flow.bars] == [
        ("2018-10-01", "2018-12-31"),
        ("2024-01-01", "2024-03-31"),
    ]


def pages() -> list[Page]:
    one = Page(outlet="Daily", published="2024-05-02")
    one.event(
        "Arland met Borland in Midvale.", "CONSULT", ["Arland"], ["Borland"], "2023-09-10", "Midvale", "visit"
    )
    one.event("Arland struck Borland.", "ASSAULT", ["Arland"], ["Borland"], "2024-02-03/2024-02-29")
    one.event("Arland trusts Borland.", "SUPPORT", ["Arland"], ["Borland"])
    one.event("Corland helps Borland.", "AID", ["Corland"], ["Borland"], "2024-04-01")
    return [one]


@pytest.fixture
def client(tmp_path) -> TestClient:
    with CaseFile(tmp_path / "x.case", create=True) as file:
        for source in (page.source() for page in pages()):
            file.add([Stored(source.article, source.reading, None)])
    with open_case(tmp_path / "x.case") as case:
        case.link()
    return TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost:8765")


def rows(page: str) -> list[str]:
    return [
        re.sub(r"\s+", " ", row)
        for row in re.findall(r"<tr>.*?</tr>", page.partition("<tbody>")[2], re.DOTALL)
    ]


def test_a_row_tells_since_when_how_and_what_is_newest(client):
    row, other = rows(client.get("/relations").text)
    assert "Arland" in row and "10 Sept 2023 – 3–29 Feb 2024" in row and "and 1 undated" in row
    assert (
        "September 2023: 1 in cooperation, 0 in conflict; February 2024: 0 in cooperation, 1 in conflict"
        in row
    )
    assert "Arland struck Borland." in row and "/articles/" in row
    assert (
        "Corland" in other and "1 Apr 2024" in other and "–" not in re.search(r"<td>([^<]*)</td>", other)[1]
    )


@pytest.mark.parametrize(
    ("order", "first"),
    [("", "Arland"), ("newest", "Corland"), ("conflict", "Arland"), ("cooperation", "Corland")],
)
def test_pairs_are_sorted(client, order, first):
    assert first in rows(client.get(f"/relations?order={order}").text)[0]
