"""Lines of the pages read as sentences: who speaks and how, by when, what is counted, what was otherwise before."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from dragoman.model import Actor
from dragoman.model.event_types import OTHER
from dragoman.store import CaseFile
from dragoman.telling.exports.chronicle import beside
from dragoman.telling.interface import interface
from dragoman.telling.wording import dispute_line
from dragoman.workbench.app import create_app
from dragoman.workbench.lists import before_in_words, by_weight, names_them_otherwise
from dragoman.workbench.show import says, when_of
from dragoman.workbench.views import View
from records import structs
from small_world import small_world

STATE = {"name": "Arland", "kind": "state", "id": "p-1"}
CROWD = {"name": "officials", "kind": "group", "id": "p-2"}
SAID = [
    ("en", [STATE], "denies", "denies"),
    ("en", [CROWD], "says", "say"),
    ("en", [STATE, CROWD], "denies", "deny"),
    ("en", [], "denies", "It is denied"),
    ("fr", [CROWD], "says", "disent"),
    ("fr", [], "says", "Il est dit"),
    ("ru", [{**CROWD, "name": "жители"}], "demands", "требуют"),
    ("ru", [], "says", "Говорят"),
]


@pytest.mark.parametrize(("language", "who", "stance", "verb"), SAID)
def test_the_verb_of_a_statement_goes_with_who_speaks(language, who, stance, verb):
    assert says({"record": {"stance": stance}, "who": who}, interface(language)) == verb


WHEN = [
    ("statement", "until 2023-04-23", "by 23 Apr 2023"),
    ("event", "until 2023-04-23", "by 23 Apr 2023"),
    ("state", "until 2023-04-23", "until 23 Apr 2023"),
    ("event", "2023-04", "April 2023"),
    ("event", "undated", "undated"),
]


@pytest.mark.parametrize(("kind", "day", "told"), WHEN)
def test_what_was_done_by_a_day_did_not_go_on_until_then(kind, day, told):
    assert when_of({"kind": kind, "day": day}, interface("en")) == told


DISPUTES = [
    (
        "denial",
        "Arland says so",
        ["Arland says so", "Borland denies it"],
        "Arland says so / Borland denies it",
    ),
    ("denial", "Ada: “it is so”", ["it is so", "no"], "Ada: “it is so” / no"),
    ("figure", "dead of the war", ["4", "9"], "dead of the war: 4 / 9"),
]


@pytest.mark.parametrize(("kind", "about", "sides", "line"), DISPUTES)
def test_a_claim_that_is_denied_is_told_once(kind, about, sides, line):
    assert (
        dispute_line({"dispute_kind": kind, "about": about, "claims": [{"value": s} for s in sides]}) == line
    )


def test_what_is_no_kind_of_event_is_not_told_beside_a_line():
    class Book:
        def side(self, ref):
            from dragoman.telling.tongue import Side

            return Side(ref, "state", ref)

    class Told:
        book = Book()

    entry = {"type": OTHER, "mode": None, "actors": ["Arland"], "place": None}
    assert beside(Told(), entry, interface("en")) == "Arland"
    assert beside(Told(), {**entry, "type": "AGREE"}, interface("en")) == "agreement: Arland"


@pytest.fixture
def view(tmp_path):
    kept = [Actor(id="p-1", name="Ada Arden", type="person", forms=("Ada Arden", "Ада Арден"), mentions=())]
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(kept, file.state_of_reading())
        with file.asking() as connection:
            yield View(connection)


BEFORE = [
    ({"type": "PROTEST", "mode": "obstruct"}, ["type", "mode"], [("type", "PROTEST/obstruct")]),
    ({"type": "PROTEST", "mode": None}, ["mode"], [("type", "PROTEST")]),
    (
        {"low": 68.0, "high": 68.0, "unit": "people", "approx": False},
        ["low", "high"],
        [("how many", "68 people")],
    ),
    ({"when": {"start": "2024-05-01", "end": "2024-05-01"}}, ["when"], [("when", "2024-05-01")]),
    ({"who": ["p-1", "a crowd"]}, ["who"], [("who", "Ada Arden, a crowd")]),
]


@pytest.mark.parametrize(("was", "fields", "told"), BEFORE)
def test_what_was_otherwise_is_told_without_codes(view, was, fields, told):
    assert before_in_words(view, was, fields) == told


SPELT = [
    ("Ада Арден", ["p-1"], False),
    ("Boris Bolt", ["p-1"], True),
    ("", ["p-1"], True),
    ("Ada Arden", [], True),
]


@pytest.mark.parametrize(("held", "now", "otherwise"), SPELT)
def test_another_spelling_of_a_name_is_no_revision(view, held, now, otherwise):
    assert names_them_otherwise(view, "who", held, {"who": now}) is otherwise


def test_changes_that_most_sources_tell_come_first():
    def change(independent, sure):
        return {"record": {"independent": independent, "confidence": sure}, "was": None}

    made = [change(1, 0.9), change(3, 0.4), change(3, None), change(None, 0.95)]
    assert sorted(made, key=by_weight) == [made[2], made[1], made[3], made[0]]


def test_the_list_beside_an_article_tells_a_denial_as_one(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        made = structs()
        file.replace_records(made, file.state_of_reading())
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost:8765")
    statement = client.get("/api/records/statement").json()["records"][0]
    page = client.get(f"/articles/{statement['evidence'][0]['article']}").text
    line = re.search(rf'<p class="short"><a href="\?fact={statement["id"]}[^>]*>(.*?)</a>', page, re.DOTALL)
    assert line and " ".join(re.sub(r"<[^>]*>", " ", line[1]).split()).endswith(f": {statement['content']}")


def test_sums_are_worked_out_once_for_a_state_of_the_case(tmp_path, monkeypatch):
    small_world(tmp_path / "x.case").file.close()
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost:8765")
    first = client.get("/events").text
    from dragoman.store import counts

    monkeypatch.setattr(counts, "tally", lambda *_: pytest.fail("it was counted again"))
    assert client.get("/events").text == first
