"""A query taken apart: tables anyone can extend, and no text that breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import languages
from dragoman.store import CaseFile, lookup
from dragoman.store.lookup import Wanted
from dragoman.store.questions import Ask
from dragoman.telling.search import parse_query, search
from dragoman.telling.search.marks import excerpt, in_a_row
from dragoman.telling.search.meaning import all_stems, meaning_of
from dragoman.telling.search.periods import period_of
from dragoman.telling.search.sentences import how
from records import structs

EXAMPLES = [
    (code, row["text"], row["words"])
    for code in languages.SUPPORTED
    for row in languages.load(code, "search")["examples"]
]


@pytest.mark.parametrize(("language", "text", "words"), EXAMPLES)
def test_words_that_are_looked_for(language, text, words):
    assert [part.text for part in parse_query(text).parts] == words


GROUPS = [
    ('"peace treaty" border', [["peace treaty"], ["border"]], [], {}),
    ("Aliyev OR Pashinyan Moscow", [["Aliyev", "Pashinyan"], ["Moscow"]], [], {}),
    ("OR Moscow", [["Moscow"]], [], {}),
    ("Russia -peacekeepers", [["Russia"]], ["peacekeepers"], {}),
    ('Russia -"peace keepers"', [["Russia"]], ["peace keepers"], {}),
    ("Nagorno-Karabakh", [["Nagorno"], ["Karabakh"]], [], {}),
    ("«Большая сделка» Баку", [["Большая сделка"], ["Баку"]], [], {}),
    ("actor:Putin met", [["met"]], [], {"actor": "Putin"}),
    ('actor:"Vladimir Putin" since:2023-09', [], [], {"actor": "Vladimir Putin", "since": "2023-09-01"}),
    ("until:2023-09 until:2024", [], [], {"until": "2024-12-31"}),
    ("kind:statement type:CONSULT", [], [], {"kind": "statement", "type": "CONSULT"}),
    ("http://example.org", [["http"], ["example"], ["org"]], [], {}),
    ('an "unclosed phrase', [["unclosed phrase"]], [], {}),
    ("", [], [], {}),
]


@pytest.mark.parametrize(("text", "groups", "without", "conditions"), GROUPS)
def test_parts_of_a_query(text, groups, without, conditions):
    query = parse_query(text)
    assert [[part.text for part in group] for group in query.groups] == groups
    assert [part.text for part in query.without] == without
    assert query.conditions == conditions


PERIODS = [
    ("2023", "2023-01-01", "2023-12-31"),
    ("2023-09", "2023-09-01", "2023-09-30"),
    ("2024-2", "2024-02-01", "2024-02-29"),
    ("19/09/2023", "2023-09-19", "2023-09-19"),
    ("19.09.2023", "2023-09-19", "2023-09-19"),
    ("19 September 2023", "2023-09-19", "2023-09-19"),
    ("September 19, 2023", "2023-09-19", "2023-09-19"),
    ("septembre 2023", "2023-09-01", "2023-09-30"),
    ("1er juin 2024", "2024-06-01", "2024-06-01"),
    ("сентября 2023", "2023-09-01", "2023-09-30"),
    ("сентябрь 2023", "2023-09-01", "2023-09-30"),
    ("31 February 2023", None, None),
    ("ceasefire 2023", None, None),
    ("1960", "1960-01-01", "1960-12-31"),
    ("19600", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_stretches_of_days(text, first, last):
    period = period_of(text)
    assert (period and period.first, period and period.last) == (first, last)


def test_a_day_that_is_none_is_said():
    query = parse_query("truce since:2023-02-31")
    assert query.conditions == {} and "2023-02-31 is no day" in query.wrong[0]


@pytest.mark.parametrize(
    ("word", "other"),
    [("met", "встреча"), ("withdrawal", "вывели"), ("retrait", "withdrew"), ("killed", "погибли")],
)
def test_words_that_mean_the_same_in_any_language(word, other):
    assert not meaning_of(word).related.isdisjoint(all_stems(other))


def test_a_word_of_many_meanings_stands_for_itself():
    assert not meaning_of("hold").related and not meaning_of("take").codes


def test_words_in_a_row_are_found_in_any_form():
    assert in_a_row("The peace treaties failed.", ("peace", "treaty"))
    assert not in_a_row("A treaty of peace.", ("peace", "treaty"))


def test_an_excerpt_shows_the_hit():
    text = "x " * 200 + "The peacekeepers left. " + "y " * 200
    shown = excerpt(text, frozenset(all_stems("peacekeeper")))
    assert "»peacekeepers«" in shown and shown.startswith("…") and shown.endswith("…")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with CaseFile(tmp_path_factory.mktemp("search") / "x.case", create=True) as made:
        made.replace_records(structs(), "0")
        yield made


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ['"', "-", "OR", "actor:", "since:", "2031", "soldiers", "Strelsau", "*", "NEAR(", "«", ":"]
            ),
            max_size=8,
        ).map(" ".join),
    )
)
def test_whatever_is_typed_has_an_answer(case, text):
    with case.asking() as connection:
        found = search(connection, text)
    assert found.level in ("all", "articles", "some", "none")
    assert len(found.facts) <= found.total
    assert found.level != "none" or not found.facts
    list(how(found))


ASKED = [
    ("soldiers", {"e-1"}),
    ("solders", {"e-1"}),
    ("soldiers left", {"e-1"}),
    ("withdrawal Strelsau", {"e-1"}),
    ("Рупертом", {"e-2", "s-1"}),
    ("may 2031 soldiers", {"e-1"}),
    ("actor:Ruritania type:RETREAT", {"e-1"}),
    ("kind:statement Rupert", {"s-1"}),
    ("minister outlet:Nobody", set()),
    ("xylophone", set()),
]


@pytest.mark.parametrize(("text", "ids"), ASKED)
def test_what_is_found_in_a_small_case(case, text, ids):
    with case.asking() as connection:
        found = {r["id"] for r in search(connection, text).facts}
    assert ids <= found if ids else not found


def test_conditions_given_and_typed_both_hold(case):
    with case.asking() as connection:
        for text, wanted in (
            ("soldiers", Ask(until="2031-05-02")),
            ("soldiers until:2031-05-02", None),
            ("soldiers -army", None),
        ):
            assert "e-1" not in {r["id"] for r in search(connection, text, wanted=wanted).facts}


def test_too_many_to_list_are_held_against_the_others(case, monkeypatch):
    def found(text):
        with case.asking() as connection:
            return [r["id"] for r in search(connection, text).facts]

    asked = ("soldiers Strelsau", "soldiers", "Ruritania soldiers", '"left Strelsau"')
    whole = {text: set(found(text)) for text in asked}
    for bound in (0, 1, 2, 4):
        monkeypatch.setattr("dragoman.store.lookup.BOUND", bound)
        for text in asked:  # of what is common, what is written so is enough
            assert "e-1" in found(text) and set(found(text)) <= whole[text]


WAYS = [
    Wanted("soldier OR ministri"),
    Wanted(actors=("p-1", "p-2", "l-1")),
    Wanted(codes=(("RETREAT", "*"), ("CONSULT", None), ("AGREE", "x"))),
    Wanted(first="2031-01-01", last="2031-12-31"),
]


@pytest.mark.parametrize("at_once", [1, 500])
@pytest.mark.parametrize("wanted", WAYS)
def test_those_among_some_are_the_ones_that_meet_a_condition(case, monkeypatch, wanted, at_once):
    monkeypatch.setattr(lookup, "AT_ONCE", at_once)
    with case.asking() as connection:
        every = list(connection.exec_driver_sql("SELECT number FROM record ORDER BY number").scalars())
        found = lookup.numbers(connection, wanted)
        assert found is not None and lookup.among(connection, wanted, every) == found
        assert lookup.among(connection, wanted, every[::2]) == found & set(every[::2])


def test_a_name_is_found_without_its_record_which_may_be_long(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
        with file.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE record SET content = x'00' WHERE id = 'p-1'")
        with file.asking() as connection:
            assert "p-1" in {name["id"] for name in search(connection, "Ruritania").names}


def test_pages_of_an_answer_are_its_parts(case):
    with case.asking() as connection:
        whole = search(connection, "Ruritania OR Strelsau OR minister")
        one_by_one = [
            r["id"]
            for n in range(whole.total)
            for r in search(connection, "Ruritania OR Strelsau OR minister", 1, n).facts
        ]
    assert one_by_one == [r["id"] for r in whole.facts] and whole.total > 2
    assert sum(n for _, n in whole.facets["kind"]) == whole.total


def test_only_the_heaviest_that_meet_the_conditions_are_taken(tmp_path, monkeypatch):
    from dragoman.store.questions import Ask
    from dragoman.telling.search import finding

    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
        with file.asking() as connection:
            found = connection.exec_driver_sql("SELECT number, kind FROM record ORDER BY number").all()
            weights = {number: float(n % 3) for n, (number, _) in enumerate(found)}
            events = [number for number, kind in found if kind == "event"]
            heaviest = sorted(events, key=lambda n: (-weights[n], n))
            for most in (1, 2, 400):
                monkeypatch.setattr(finding, "WEIGHED", most)
                monkeypatch.setattr(finding.lookup, "AT_ONCE", 2)
                taken = finding._admitted(connection, weights, {heaviest[0]}, Ask(kinds=("event",)))
                assert taken == heaviest[1:][:most]
            nobody = Ask(kinds=("event",), actors=("nobody",))
            assert finding._admitted(connection, weights, set(), nobody) == []
