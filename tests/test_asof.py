"""What held on a day, what changed in what is known, what a search finds."""

from __future__ import annotations

import copy

import pytest

from dragoman.model.standing import standing_of
from dragoman.store.lookup import expression
from dragoman.store.words import fold, indexed
from dragoman.telling.asof import as_of, changes, holds
from dragoman.telling.search.meaning import all_stems
from dragoman.telling.timeline import in_order
from records import records

HOLDS = [
    ("2024-01-01", "2024-12-31", "2024-06-01", "yes"),
    ("2024-01-01", "2024-12-31", "2024-12-31", "yes"),
    ("2024-01-01", "2024-12-31", "2025-01-01", None),
    ("2024-01-01", "2024-12-31", "2023-12-31", None),
    (None, "2024-12-31", "2020-01-01", "maybe"),
    ("2024-01-01", None, "2030-01-01", "yes"),
    ("2024-01-01", None, "2020-01-01", None),
    (None, None, "2020-01-01", "maybe"),
]


@pytest.mark.parametrize(("start", "end", "day", "sure"), HOLDS)
def test_a_stretch_holds_on_its_days(start, end, day, sure):
    assert holds({"start": start, "end": end, "basis": "stated"}, day) == sure


def test_what_holds_on_a_day():
    found = as_of(records(), "2031-05-01")
    assert [(sure, s["id"]) for sure, s in found["state"]] == [("maybe", "t-1"), ("yes", "t-2")]
    assert [c["id"] for _, c in found["commitment"]] == ["c-1"]
    assert [s["id"] for _, s in as_of(records(), "2031-06-01")["state"]] == ["t-2"]


def test_what_changed_in_what_is_known():
    before, after = records(), copy.deepcopy(records())
    before["event"] = [e for e in before["event"] if e["id"] == "e-1"]
    after["event"][0]["when"] = {
        "start": "2031-05-02",
        "end": "2031-05-02",
        "basis": "stated",
        "why": "",
        "span": None,
    }
    after["event"][0]["id"] = "e-9"
    after["figure"] = after["figure"][:1]
    said = {(c["change"], c["kind"], tuple(c["fields"])) for c in changes(before, after)}
    assert said == {("revised", "event", ("when",)), ("new", "event", ()), ("gone", "figure", ())}
    assert changes(before, before) == []


def test_the_undated_come_last():
    events = records()["event"]
    assert [e["id"] for e in in_order(reversed(events))] == ["e-1", "e-2"]


def test_an_open_promise_past_its_day_is_overdue():
    promise = {**records()["commitment"][0], "outcome": "open"}
    assert standing_of(promise, "2031-05-31") == "open"
    assert standing_of(promise, "2031-06-01") == "overdue"
    assert standing_of({**promise, "outcome": "kept"}, "2031-06-01") == "kept"


FOUND = [
    ("fr", "Les négociations sur la sécurité", "negociation securite"),
    ("fr", "Les négociations sur la sécurité", "négociation"),
    ("fr", "Une opération de sécurité", "securite"),
    ("en", "The withdrawals were completed", "withdrawal complete"),
    ("ru", "Вывод миротворцев завершён", "миротворцы"),
    ("ru", "Вывод миротворцев завершён", "завершен"),
]


@pytest.mark.parametrize(("language", "text", "query"), FOUND)
def test_words_are_found_in_any_form_with_or_without_accents(language, text, query):
    words = set(indexed(text, language).split())
    assert all(words & all_stems(word) for word in query.split())


def test_no_operator_gets_into_a_query():
    assert expression(["a", "NEAR(b*)", 'c" OR d']) == '"NEAR(b*)" OR "a"'
    assert expression([]) == ""
    assert fold("Élysée Ё") == "elysee е"
