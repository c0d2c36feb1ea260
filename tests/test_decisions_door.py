"""What people decide comes in by one door: what cannot be applied is refused, and nothing it lets in breaks a list."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.case import Case
from dragoman.case import open as open_case
from dragoman.cli import app
from dragoman.model import Decision, Target
from dragoman.model.event_types import MODES
from dragoman.model.settable import fields, types
from dragoman.store import KINDS, CaseError
from dragoman.telling.deciding import BadDecision, check, understand
from dragoman.telling.pointing import NotOne
from dragoman.telling.report import write_report
from dragoman.workbench.app import create_app
from small_world import small_world

HOSTILE = int(os.environ.get("DRAGOMAN_HOSTILE", "30"))
"""Values that are tried; all 500 of them with DRAGOMAN_HOSTILE=500."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("world") / "x.case"
    small_world(path).__exit__()
    yield path


@pytest.fixture
def case(world: Path, tmp_path: Path) -> Iterator[Case]:
    with open_case(shutil.copy(world, tmp_path / "x.case")) as opened:
        yield opened


def ids(case: Case, kind: str) -> list[str]:
    return [record["id"] for record in case.records(kind)]


def everything_shows(case: Case) -> None:
    """Each question, export and the report gives an answer."""
    case.link()
    for kind in KINDS:
        case.records(kind)
    for kind in ("event", "statement", "figure", "state", "commitment", "dispute"):
        case.facts(kind).rows()
    for name in ("csv", "parquet", "geojson", "ics", "graphml", "markdown", "ftm", "timelinejs", "plover"):
        assert b"".join(case.export(name))
    assert write_report(case, "x")


REFUSED = [  # kind, field, value
    ("event", "confidence", "abc"),
    ("event", "confidence", "nan"),
    ("event", "confidence", "1.5"),
    ("event", "status", "maybe"),
    ("event", "type", "FOO"),
    ("event", "type", ""),
    ("event", "mode", "nothing of the sort"),
    ("event", "mode", "troops"),  # a mode, but of another type
    ("event", "when", "2024-02-30"),
    ("event", "when", "2024-05-02/2024-05-01"),
    ("event", "when", "soon"),
    ("event", "who", ";"),
    ("event", "who", "actor-0123456789abcdef"),
    ("event", "id", "event-1"),
    ("event", "evidence", "[]"),
    ("event", "reports", "7"),
    ("event", "", "x"),
    ("article", "url", "javascript:alert(1)"),
    ("article", "language", "English"),
    ("article", "published", "30/02/2024"),
    ("actor", "name", ""),
    ("actor", "type", "robot"),
    ("actor", "country", "Armenia"),
    ("place", "lat", "91"),
    ("place", "name", "a\x1b[31mb"),
    ("statement", "quote", "perhaps"),
    ("figure", "low", "many"),
    ("commitment", "outcome", "soon"),
    ("storyline", "title", " "),
]


@pytest.mark.parametrize(("kind", "field", "value"), REFUSED)
def test_a_value_that_cannot_be_is_refused_before_it_is_kept(
    case: Case, kind: str, field: str, value: str
) -> None:
    with pytest.raises(BadDecision):
        case.propose("set", [ids(case, kind)[0]], field, value)
    assert case.file.decisions() == []


TAKEN = [  # kind, field, what is typed, what is kept
    ("event", "when", "19/09/2023", "2023-09-19"),
    ("event", "when", "juin 2024", "2024-06-01/2024-06-30"),
    ("event", "when", "unknown", None),
    ("event", "status", "Planned", "planned"),
    ("event", "type", "retreat", "RETREAT"),
    ("event", "confidence", "0.5", "0.5"),
    ("event", "who", " Arland ;  Borland", "Arland; Borland"),
    ("event", "place", "Midvale", "Midvale"),
    ("statement", "quote", "oui", "true"),
    ("state", "valid", "since 2021", "2021-01-01/"),
    ("article", "published", "mid-April 2024", "2024-04-11/2024-04-20"),
    ("article", "url", "https://daily.example/1", "https://daily.example/1"),
]


@pytest.mark.parametrize(("kind", "field", "typed", "kept"), TAKEN)
def test_a_value_is_kept_as_it_is_understood(
    case: Case, kind: str, field: str, typed: str, kept: str | None
) -> None:
    proposal = case.propose("set", [ids(case, kind)[0]], field, typed)
    assert proposal.decision.value == kept
    assert proposal.understood and proposal.understood.shown in proposal.shown
    case.decide(proposal.decision)
    everything_shows(case)


def shown(case, record, field, text):
    """How what is typed for a field is shown, as it is understood."""
    return case.propose("set", [record], field, text).understood.shown


def test_how_a_value_is_understood_can_be_asked_first(case: Case) -> None:
    (event, *_) = ids(case, "event")
    assert shown(case, event, "when", "mid-April 2024") == "2024-04-11/20"
    assert shown(case, event, "who", "Ada Arden").startswith("Ada Arden (actor-")
    assert "nobody in the case" in shown(case, event, "who", "Zed")
    assert understand("event", "when", "04/05/2024", "fr").value == "2024-05-04"
    assert case.file.decisions() == []


NOT_FIT = [
    ("join", "actor", "place"),
    ("join", "article", "article"),
    ("join", "dispute", "dispute"),
    ("split", "statement", "statement"),
    ("reject", "article", None),
    ("reject", "actor", None),
    ("accept", "storyline", None),
    ("rename", "event", None),
    ("remove", "event", None),
]


@pytest.mark.parametrize(("kind", "one", "other"), NOT_FIT)
def test_a_decision_is_about_what_it_can_be_about(kind: str, one: str, other: str | None) -> None:
    targets = (Target(kind=one, article="a"), *((Target(kind=other, article="b"),) if other else ()))  # type: ignore[arg-type]
    with pytest.raises(BadDecision):
        check(Decision(kind=kind, targets=targets, value="x" if kind == "rename" else None))  # type: ignore[arg-type]


def test_one_thing_is_not_joined_with_itself(case: Case) -> None:
    (event, *_) = ids(case, "event")
    for kind in ("join", "split"):
        with pytest.raises(BadDecision, match="the same"):
            case.propose(kind, [event, event])
        with pytest.raises(BadDecision, match="name the two"):
            case.propose(kind, [event])


OLD = [  # as older versions kept them, and whether they can be understood now
    ("when", "19/09/2023", True),
    ("when", "June 2024", True),
    ("when", "2024-02-30", False),
    ("status", "maybe", False),
    ("type", "FOO", False),
    ("confidence", "abc", False),
    ("nothing", "x", False),
]


def test_what_an_older_version_kept_is_understood_or_passed_over_by_name(
    case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    (event, *_) = ids(case, "event")
    meant = case.propose("set", [event], "when", "2024").decision
    for field, value, _ in OLD:
        case.file.decide(msgspec.structs.replace(meant, field=field, value=value))
    case.file.decide(Decision(kind="rename", targets=meant.targets, value=""))
    everything_shows(case)
    (changed,) = [e for e in case.records("event") if e["when"]["start"] == "2024-06-01"]
    assert (changed["when"]["end"], changed["status"]) == ("2024-06-30", "happened")
    assert [e for e in case.known_on(None)["event"] if e["id"] == changed["id"]] == [changed]
    bad = [n for n, (_, _, understood) in enumerate(OLD, start=1) if not understood]
    assert sorted(case.not_applied()) == [*bad, len(OLD) + 1]
    assert all(f"decision {n} is not applied" in caplog.text for n in bad)


def test_the_types_a_person_may_set_are_those_of_the_frames() -> None:
    assert set(types()) >= set(MODES)
    assert all(fields(kind) for kind in KINDS)


def test_removed_articles_come_back_when_it_is_undone(case: Case) -> None:
    before = {kind: case.records(kind) for kind in KINDS}
    gone = ids(case, "article")[0]
    number = case.decide(case.propose("remove", [gone], why="a test page").decision)
    case.link()
    assert gone not in ids(case, "article")
    assert not [e for e in case.records("event") if gone in {p["article"] for p in e["evidence"]}]
    assert gone in case.file.article_ids()
    everything_shows(case)
    case.file.undo(number)
    case.link()
    assert {kind: case.records(kind) for kind in KINDS} == before


def test_all_articles_may_be_removed(case: Case) -> None:
    case.decide(case.propose("remove", ids(case, "article")).decision)
    everything_shows(case)
    assert case.records("event") == []


# --- whatever is given ----------------------------------------------------------------------------------

WORDS = [
    "2024-02-30",
    "19/09/2023",
    "before 2020",
    "Arland",
    "Rebels; ",
    "happened",
    "RETREAT",
    "visit",
    "0.5",
    "1e309",
]
WORDS += [
    "-1",
    "nan",
    "true",
    "",
    " ",
    ";",
    "/",
    "\0",
    "\ud800",
    "\uffff",
    "\x1b[2J",
    "=1+1",
    "＝1",
    "<b>",
    "٣",
    "9" * 400,
]
VALUES = st.sampled_from(WORDS) | st.text(max_size=12) | st.dates().map(str)
FIELDS = [*sorted({name for kind in KINDS for name in fields(kind)}), "id", "evidence", "claims", "", "\0"]


@given(st.data())
@settings(max_examples=HOSTILE, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_decision_breaks_a_case(case: Case, data: st.DataObject) -> None:
    kind = data.draw(
        st.sampled_from(["set", "set", "rename", "join", "split", "accept", "reject", "remove", "x"])
    )
    there = [i for k in data.draw(st.lists(st.sampled_from(KINDS), max_size=3)) for i in ids(case, k)[:2]]
    about = (
        data.draw(st.lists(st.sampled_from([*there, "Arland"]) | VALUES, max_size=3)) if there else ["Arland"]
    )
    number = None
    try:
        proposal = case.propose(
            kind, about, data.draw(st.sampled_from(FIELDS)), data.draw(VALUES), data.draw(VALUES)
        )
        number = case.decide(proposal.decision)
    except (BadDecision, NotOne) as error:
        assert str(error)
    if number:
        everything_shows(case)
        case.file.undo(number)


@given(st.data())
@settings(max_examples=HOSTILE // 3, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_command_breaks_a_case(case: Case, data: st.DataObject) -> None:
    path, before = str(case.file.path), case.file.state_of_reading()
    word = st.sampled_from(["Arland", "Midvale", ids(case, "event")[0], ids(case, "storyline")[0]]) | VALUES
    words = data.draw(
        st.one_of(
            st.tuples(st.just("set"), st.just(path), word, st.sampled_from(FIELDS), VALUES),
            st.tuples(st.sampled_from(["join", "split", "rename"]), st.just(path), word, word),
            st.tuples(st.sampled_from(["accept", "reject", "remove"]), st.just(path), word),
            st.tuples(st.just("undo"), st.just(path), VALUES),
            st.tuples(st.just("timeline"), st.just(path), st.just("--type"), VALUES),
        )
    )
    said = io.StringIO()
    with (
        redirect_stdout(said),
        redirect_stderr(said),
        pytest.raises((SystemExit, CaseError, UnicodeEncodeError)),
    ):
        app([*words[:2], *words[2:]])
    assert "Traceback" not in said.getvalue()
    if case.file.state_of_reading() != before:
        everything_shows(case)


# --- every value at every field, in one case ---------------------------------------------------------------


def kept_or_refused(case: Case, kind: str, about: list[str], field: str, value: str) -> bool:
    """Whether a decision is kept; where it is not, the reason is told."""
    try:
        case.decide(case.propose(kind, about, field, value).decision)
    except (BadDecision, NotOne) as error:
        assert str(error)
        return False
    return True


@pytest.mark.parametrize("kind", ["storyline", "article", "event"])
def test_no_value_of_any_field_breaks_a_case(case: Case, kind: str) -> None:
    one = ids(case, kind)[0]
    asked = [(field, value) for field in [*fields(kind), "id", ""] for value in WORDS]
    asked += [("title", value) for value in WORDS]
    kept = [kept_or_refused(case, "set", [one], field, value) for field, value in asked]
    kept += [kept_or_refused(case, "rename", [one], "", value) for value in WORDS]
    assert not all(kept)
    everything_shows(case)


@pytest.mark.parametrize("how", ["join", "split"])
def test_any_two_things_are_joined_and_split_or_refused(case: Case, how: str) -> None:
    some = {kind: ids(case, kind)[:2] for kind in KINDS}
    pairs = [[a, b] for one in some.values() for other in some.values() for a in one for b in other]
    kept = [pair for pair in pairs if kept_or_refused(case, how, pair, "", "")]
    assert kept and len(kept) < len(pairs)
    everything_shows(case)


def test_no_value_on_a_form_breaks_a_page(case: Case) -> None:
    client = TestClient(
        create_app(case.file.path), base_url="http://localhost", raise_server_exceptions=False
    )
    found = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)
    assert found
    some = {kind: ids(case, kind)[0] for kind in ("event", "storyline", "article", "actor")}
    sent = [value.encode("utf-8", "surrogatepass") for value in WORDS]
    posts = [("/set", {"about": some["event"], name: value, "confirmed": "true"})
             for name in ("when", "type", "status", "who") for value in sent]  # fmt: skip
    posts += [("/decide", {"kind": kind, "about": [one, some["event"]], "field": "title", "value": value})
              for kind in ("set", "rename", "join") for one in some.values() for value in sent]  # fmt: skip
    posts += [("/undo", {"number": value}) for value in sent]
    for where, form in posts:
        answer = client.post(where, data={"token": found[1], **form})  # type: ignore[dict-item]
        assert answer.status_code < 500, (where, form, answer.text[:300])
    for page in ("/", "/timeline", "/events", "/articles", "/facts/storyline", "/history", "/export/csv"):
        assert client.get(page).status_code == 200
    for api in ("/api/records/event", "/api/records/storyline", "/api/decisions"):
        assert client.get(api).status_code == 200
