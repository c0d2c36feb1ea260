"""Lines of the pages read as sentences: who speaks and how, by when, what is counted, what was otherwise before."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from dragoman.model import Actor
from dragoman.model.event_types import OTHER
from dragoman.store import CaseFile
from dragoman.telling.calendar import said_days
from dragoman.telling.exports.chronicle import beside
from dragoman.telling.interface import interface
from dragoman.telling.phrases import said_by
from dragoman.telling.wording import dispute_line, lasting
from dragoman.workbench.app import create_app
from dragoman.workbench.lists import before_in_words, by_weight, names_them_otherwise
from dragoman.workbench.show import called, matter, revision, says, when_of
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


LASTING = [
    ("2003-01-01", None, "au pouvoir depuis 2003", "2003", "from 2003", "depuis 2003", "с 2003"),
    (
        "2021-06-01",
        None,
        "depuis juin 2021",
        "juin 2021",
        "from June 2021",
        "depuis juin 2021",
        "с июня 2021",
    ),
    ("2018-01-01", None, "in January 2018", "January 2018", "from January 2018", None, None),
    ("2018-01-01", None, "on 1 January 2018", "1 January 2018", "from 1 Jan 2018", None, None),
    (
        "2023-09-01",
        "2023-12-04",
        "в сентябре 2023 года",
        "сентябре 2023 года",
        "September 2023 – 4 Dec 2023",
        None,
        None,
    ),
    ("2023-09-20", None, "since 20 September", "20 September", "from 20 Sept 2023", None, None),
]


@pytest.mark.parametrize(("start", "end", "text", "words", "english", "french", "russian"), LASTING)
def test_a_state_begins_no_more_exactly_than_its_words_say(start, end, text, words, english, french, russian):
    at = text.index(words)
    proof = {"text": text, "start": 0, "fields": {"valid": [at, at + len(words)]}}
    told = lasting({"kind": "state", "valid": {"start": start, "end": end}, "evidence": [proof]})
    for language, wanted in (("en", english), ("fr", french), ("ru", russian)):
        assert wanted is None or said_days(told, interface(language)) == wanted


@pytest.mark.parametrize(
    ("name", "kind", "language", "said"),
    [
        ("Armenia", "state", "ru", "Армения"),
        ("Armenia", "person", "fr", "Armenia"),
        ("Германия", "place", "en", "Germany"),
    ],
)
def test_a_state_has_its_name_in_the_language_of_the_reader(name, kind, language, said):
    assert called({"name": name, "kind": kind}, language) == said
    assert called({"name": name, "kind": "actor", "type": kind}, language) == said, "so has its record"


def test_who_alleges_it_is_a_name_where_it_is_one():
    proof = {"text": "Armenia accuses", "start": 0, "fields": {"attributed": [0, 7]}}
    assert said_by({"evidence": [proof]}).kind == "state"
    assert (
        said_by({"evidence": [{**proof, "text": "a farmer accuses", "fields": {"attributed": [0, 8]}}]}).kind
        is None
    )


@pytest.mark.parametrize(
    ("title", "french", "russian"),
    [
        ("president", "président", "президент"),
        ("ally", "allié", "союзник"),
        ("beekeeper", "beekeeper", "beekeeper"),
    ],
)
def test_offices_are_told_in_the_language_of_the_reader(title, french, russian):
    assert [interface(code).office(title) for code in ("en", "fr", "ru")] == [title, french, russian]


@pytest.mark.parametrize(
    ("value", "french"),
    [
        ("about 6500 people", "~6\u202f500 personnes"),
        ("at least 7000 cars", "au moins 7\u202f000 voitures"),
        ("1 buses", "1 autobus"),
        ("4 to 9 people", "4 à 9 personnes"),
        ("Bakou rejette cette accusation", "Bakou rejette cette accusation"),
    ],
)
def test_the_sides_of_a_dispute_are_written_as_readers_write_them(value, french):
    assert revision(value, interface("fr")) == french


def test_what_a_dispute_counts_is_told_in_the_language_of_the_reader():
    assert matter({"about": "fatalities of the war"}, interface("fr")) == "morts\xa0: the war"
    assert matter({"about": "Arland says so"}, interface("fr")) == "Arland says so"


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
