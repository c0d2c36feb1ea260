"""The front page is the chronology; what is doubtful is left out, counted, and shown where a person says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest
from fastapi.testclient import TestClient

from dragoman.model import Event
from dragoman.store import CaseFile
from dragoman.workbench.app import create_app
from records import structs


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("front") / "x.case"
    them = [
        msgspec.structs.replace(r, confidence=0.1) if isinstance(r, Event) and r.id == "e-2" else r
        for r in structs()
    ]
    with CaseFile(path, create=True) as file:
        file.replace_records(them, file.state_of_reading())
    yield TestClient(create_app(path), base_url="http://localhost")


def token(client) -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get("/timeline").text)[1]


def lines(client, **asked) -> list[str]:
    page = client.get("/timeline", params=asked)
    assert page.status_code == 200
    return re.findall(r'<li class="entry[^"]*" id="([^"]+)"', page.text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["n-2", "n-1", "n-3"]),
        ({"lines": "all"}, ["n-2", "n-1", "n-3"]),
        ({"since": "2031-05-02", "until": "2031-05-04"}, ["n-1"]),
        ({"status": "planned"}, ["n-2"]),
        ({"who": "rupert"}, ["n-3"]),
        ({"where": "Strelsau"}, ["n-1"]),
        ({"story": "y-1", "language": "fr"}, []),
        ({"who": "Nobody <b>"}, []),
    ],
)
def test_filters_choose_lines(client, asked, found):
    assert lines(client, **asked) == found


def test_a_line_is_a_sentence_with_its_source_one_click_from_its_words(client):
    page = client.get("/timeline").text
    assert "<h2>May 2031</h2>" in page
    line = page.split('id="n-1"')[1].split("</li>")[0]
    assert "Its [Ruritania] soldiers left Strelsau" in line and "The Hentzau Post" in line
    assert 'href="/articles/a-1?fact=n-1#chosen"' in line and "1 fact<" in line
    assert "planned" in page.split('id="n-2"')[1].split("</li>")[0]
    assert (
        "<b>coldly</b>" not in page
        and "Nobody &lt;b&gt;" in client.get("/timeline", params={"who": "Nobody <b>"}).text
    )


def test_the_front_page_is_the_chronology(client):
    assert 'id="n-1"' in client.get("/").text
    assert client.get("/timeline", params={"lines": "7"}).status_code == 422


def test_the_words_of_a_line_are_marked_in_its_article(client):
    page = client.get("/articles/a-1", params={"fact": "n-1"})
    assert page.status_code == 200
    assert 'id="chosen"' in page.text


def test_doubtful_facts_are_left_out_counted_and_shown_on_demand(client):
    assert (
        "1 doubtful left out" in client.get("/events").text and 'id="e-2"' not in client.get("/events").text
    )
    assert "1 event<" in client.get("/events").text.replace("</p>", "<")
    given = {"token": token(client), "show": "1", "back": "/events"}
    answer = client.post("/doubtful", data=given)
    assert answer.status_code == 200 and 'id="e-2"' in answer.text and "1 doubtful shown" in answer.text
    assert "n-4" in lines(client), "the choice keeps, on all pages"
    assert "of 100 such events" in answer.text
    client.post("/doubtful", data={**given, "show": "0"})
    assert 'id="e-2"' not in client.get("/events").text
    assert client.post("/doubtful", data={**given, "token": "x"}).status_code == 403


def test_files_for_programs_hold_what_is_doubtful_and_those_for_people_count_it(client):
    assert "e-2" in client.get("/export/jsonl").text and "e-2" in client.get("/export/csv").text
    assert "1 doubtful event" in client.get("/export/markdown").text


def test_what_most_lines_rest_on_is_asked_first(client):
    page = client.get("/decide", params={"what": "fact"}).text
    assert re.findall(r'data-ask="([^"]+)"', page) == ["fact|e-2"]


@pytest.mark.parametrize("kind", ["star", "tag", "note"])
def test_a_mark_is_kept_shown_listed_and_taken_back(client, kind):
    given = {
        "token": token(client),
        "kind": kind,
        "about": "n-1",
        "value": "" if kind == "star" else f"my {kind}",
    }
    page = client.post("/decide", data={**given, "back": "/timeline"}).text
    shown = "★" if kind == "star" else f"my {kind}"
    assert shown in page.split('id="n-1"')[1].split("</li>")[0]
    listed = client.get("/marked").text
    assert shown in listed
    number = re.findall(r'name="number" value="(\d+)"', listed)[0]
    client.post("/undo", data={"token": token(client), "number": number, "back": "/timeline"})
    assert shown not in client.get("/marked").text.split("<table")[1]
    assert client.app.state.case.file.is_linked(), "nothing is linked anew for a mark"
