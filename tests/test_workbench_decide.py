"""The page of what waits for a person: each kind of question, its answers, and that they are kept."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from dragoman.languages import load
from dragoman.model import Actor, Doubt, MentionRef
from dragoman.store import CaseFile
from dragoman.telling.calendar import long_day, moment
from dragoman.telling.interface import interface
from dragoman.workbench.app import create_app
from dragoman.workbench.marked import marked_words
from dragoman.workbench.waiting import reasons
from records import SECOND, structs

DOUBTS = [
    Doubt(about="event", left="e-1", right="e-2", sure=0.61, why=("undated", "several_fit")),
    Doubt(about="actor", left="p-1", right="p-5", sure=0.7, why=("near_spelling",)),
    Doubt(about="date", left="e-2", sure=0.5, why=("two_days",), words="03/04/2031", field="when",
          values=("2031-04-03", "2031-03-04")),
    Doubt(about="date", left="a-2", sure=0.4, why=("two_days",), words="05/06/2031", field="published",
          values=("2031-06-05", "2031-05-06")),
    Doubt(about="event", left="e-1", right="no-such-record", sure=0.56),
]  # fmt: skip


@pytest.fixture
def client(tmp_path):
    start = SECOND.index("minister")
    at = (MentionRef(article="a-2", start=start, end=start + 8),)
    hostile = Actor(id="p-5", name="<b>Ruritanja</b>", type="person", forms=("minister",), mentions=at)
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records([*structs(), hostile], file.state_of_reading(), DOUBTS)
    return TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost", follow_redirects=False)


def asked(client, what: str = "") -> list[str]:
    return re.findall(r'data-ask="([^"]+)"', client.get("/decide", params={"what": what}).text)


def test_the_least_sure_of_each_kind_come_first_and_what_is_gone_is_not_asked(client):
    assert asked(client) == ["event|e-1|e-2", "actor|p-1|p-5", "date|a-2", "date|e-2", "fact|e-2"]
    assert asked(client, "date") == ["date|a-2", "date|e-2"]
    assert client.get("/decide", params={"what": "nothing"}).status_code == 422


def test_a_pair_stands_side_by_side_with_its_reasons(client):
    page = client.get("/decide", params={"what": "event"}).text
    assert page.count('class="telling"') == 2
    assert "one of them has no date" in page and "another event fits as well" in page
    assert "soldiers left Strelsau" in page and 'class="differs"' in page
    assert "<b>coldly</b>" not in page


def test_the_interface_tells_them_too(client):
    (likest, *_) = client.get("/api/doubts", params={"about": "date"}).json()
    assert (likest["left"], likest["values"]) == ("a-2", ["2031-06-05", "2031-05-06"])


def test_persons_are_shown_where_they_are_named(client):
    page = client.get("/decide", params={"what": "actor"}).text
    assert "<mark>minister</mark>" in page and "&lt;b&gt;Ruritanja" in page


def decide(client, **form):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/decide").text)[1]
    return client.post("/decide", data={"token": token, "back": "/decide?what=date", **form})


def test_a_day_is_chosen(client):
    page = client.get("/decide", params={"what": "date"}, headers={"Accept-Language": "fr"}).text
    assert "3 avril 2031" in page and "4 mars 2031" in page
    answer = decide(client, kind="set", about="e-2", field="when", value="2031-04-03")
    assert (answer.status_code, answer.headers["location"]) == (303, "/decide?what=date")
    decision = client.get("/api/decisions").json()[-1]
    assert (decision["kind"], decision["field"], decision["value"]) == ("set", "when", "2031-04-03")


@pytest.mark.parametrize("kind", ["join", "split"])
def test_a_pair_is_answered_by_both_its_places(client, kind):
    assert decide(client, kind=kind, about=["e-1", "e-2"]).status_code == 303
    decision = client.get("/api/decisions").json()[-1]
    assert [t["article"] for t in decision["targets"]] == ["a-1", "a-2"]


def test_the_history_tells_what_was_decided_in_words(client):
    decide(client, kind="set", about="e-2", field="when", value="2031-04-03", why="a film")
    page = client.get("/history").text
    assert "a film" in page and "when = <bdi>2031-04-03" in page


LEADS = [
    ("e-1", "/articles/a-1?fact=e-1#chosen"),
    ("d-1", "/articles/a-1?fact=d-1#chosen"),
    ("p-1", "/actors/p-1"),
    ("l-1", "/actors/l-1"),
    ("a-1", "/articles/a-1"),
    ("y-1", "/timeline?story=y-1&lines=all"),
]


@pytest.mark.parametrize(("name", "address"), LEADS)
def test_every_record_has_an_address_that_can_be_cited(client, name, address):
    answer = client.get(f"/fact/{name}")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert client.get(address).status_code == 200


def test_the_page_of_a_place_tells_what_happened_there(client):
    page = client.get("/actors/l-1").text
    assert 'id="e-1"' in page and 'id="e-2"' not in page and "/events?place=l-1" in page


def test_what_no_record_is_called_is_said(client):
    assert client.get("/fact/nothing").status_code == 404


def test_a_promise_leads_to_what_settled_it(client):
    assert 'href="/fact/e-1"' in client.get("/promises").text


def test_every_reason_is_spelled_out_in_both_languages():
    codes = {code: set(load(code, "interface")) for code in ("en", "fr", "ru")}
    assert codes["en"] <= codes["fr"]
    assert {f"why: {code}" for d in DOUBTS for code in d.why} <= codes["en"]


def test_a_moment_that_is_none_is_shown_as_it_is():
    assert moment("some day", interface("en")) == "some day"


def test_days_are_written_as_readers_write_them():
    said = [long_day("2031-04-03", interface(language)) for language in ("en", "fr", "ru")]
    assert said == ["3 April 2031", "3 avril 2031", "3 апреля 2031\u202fг."]


def test_pieces_of_a_proof_are_its_words():
    proof = {
        "text": "One two three",
        "start": 100,
        "fields": {"who": [104, 107], "whom": [[108, 113]], "to": [0, 3]},
    }
    pieces = marked_words(proof)
    assert "".join(p["text"] for p in pieces) == "One two three"
    assert [p["field"] for p in pieces] == ["", "who", "", "whom"]


def test_only_reasons_that_show_in_two_tellings_are_given():
    why = ("sides_differ", "place_unknown", "vague_date")
    assert reasons(why, {"day"}) == ["vague_date"], "neither names a side or a place"
    assert reasons(why, {"whom", "place"}) == list(why)


def test_nothing_is_to_be_undone_where_nothing_was_decided(client):
    undo = 'action="/undo"'
    assert undo not in client.get("/decide").text
    decide(client, kind="split", about=["e-1", "e-2"])
    assert undo in client.get("/decide").text
