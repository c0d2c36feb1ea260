"""Who comes in, how long they stay, and under whose name what they decide is kept."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from dragoman.store import CaseFile
from dragoman.workbench import door, visits
from dragoman.workbench.app import create_app
from dragoman.workbench.safety import HEADERS
from dragoman.workbench.team import Team
from records import structs
from team_at_work import Visitor, named

STAR = {"kind": "star", "about": ["e-1"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    return tmp_path / "x.case"


@pytest.fixture
def keys(path):
    return named(path, anna="analyst", boris="analyst", clara="editor", rita="reader")


@pytest.fixture
def app(path, keys):
    return create_app(path)


def made(app) -> list[tuple[int, str, str, bool]]:
    return [(n, d.kind, d.who, stands) for n, d, stands in app.state.case.file.decisions()]


# --- coming in ------------------------------------------------------------------------------------------


def test_one_comes_in_by_a_key_and_goes_on_to_where_one_wanted(app, keys):
    stranger = Visitor(app)
    asked = stranger.get("/timeline?since=2024-01-01")
    assert asked.status_code == 401 and 'value="/timeline?since=2024-01-01"' in asked.text
    assert all(asked.headers.get(name) == value for name, value in HEADERS.items())
    wrong = stranger.come_in("wrong")
    assert wrong.status_code == 403 and "Nobody of this case has this key." in wrong.text
    assert "set-cookie" not in wrong.headers
    right = stranger.come_in(f"  {keys['anna']}\n", "/timeline?since=2024-01-01")
    assert (right.status_code, right.headers["location"]) == (303, "/timeline?since=2024-01-01")
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert keys["anna"] not in cookie and cookie.startswith("visit-8765=")
    page = stranger.get("/timeline").text
    assert "anna" in page and "analyst" in page
    assert stranger.get("/login").status_code == 303 and stranger.come_in("wrong").headers["location"] == "/"


@pytest.mark.parametrize("back", ["//evil.example/", "/\\evil.example", "https://evil.example/", "evil"])
def test_the_way_on_leads_to_no_other_machine(app, keys, back):
    assert Visitor(app).come_in(keys["anna"], back).headers["location"] == "/"


@pytest.mark.parametrize(("language", "said"), [("fr", "Votre clé"), ("ru", "Ваш ключ"), ("en", "Your key")])
def test_the_page_that_asks_speaks_the_readers_language(app, language, said):
    page = Visitor(app).get("/", headers={"Accept-Language": language})
    assert said in page.text and "x.case" not in page.text and "/export/" not in page.text


def test_a_key_in_the_address_lets_nobody_in(app, keys):
    stranger = Visitor(app)
    assert stranger.get("/timeline", params={"key": keys["anna"]}).status_code == 401
    assert stranger.get("/timeline").status_code == 401


def test_a_program_gives_its_key_in_a_header(app, keys):
    program = Visitor(app)
    for key, status in ((keys["rita"], 200), ("wrong", 401), ("é", 401), ("", 401)):
        head = {b"Authorization": b"Bearer " + key.encode()}
        assert program.get("/api/decisions", headers=head).status_code == status
    answer = program.post("/undo", headers={"Authorization": f"Bearer {keys['clara']}"})
    assert answer.status_code == 403, "it carries no token of a page"


def test_keys_and_visits_of_another_case_open_nothing(app, keys, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with CaseFile(other / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    others = named(other / "x.case", anna="editor")
    there = create_app(other / "x.case")
    assert Visitor(app, others["anna"]).came.status_code == 403
    assert Visitor(there, keys["anna"]).came.status_code == 403
    at_home = Visitor(app, keys["anna"])
    away = Visitor(there)
    away.cookies = at_home.cookies
    assert at_home.get("/timeline").status_code == 200 and away.get("/timeline").status_code == 401
    apart = Visitor(app, base="http://localhost:8766")
    apart.cookies = at_home.cookies
    assert apart.get("/timeline").status_code == 401, "cookies are told apart by port"


def test_the_servers_own_key_is_none_where_people_are_named(path, keys):
    app = create_app(path, "the-servers-key", frozenset({"localhost"}))
    assert Visitor(app).get("/timeline", params={"key": "the-servers-key"}).status_code == 401
    assert Visitor(app, keys["rita"]).get("/timeline").status_code == 200


def test_a_stranger_sends_little(app, monkeypatch):
    monkeypatch.setattr(door, "STRANGERS", 2_000)
    stranger = Visitor(app)
    answer = stranger.post("/login", data={"key": "x" * 3_000})
    assert answer.status_code == 413 and "<main" not in answer.text


@pytest.mark.parametrize("site", ["http://evil.example", "null"])
def test_another_site_logs_nobody_in(app, keys, site):
    stranger = Visitor(app)
    form = {"key": keys["anna"], "token": stranger.token}
    answer = stranger.post("/login", data=form, headers={"Origin": site, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and "set-cookie" not in answer.headers
    stale = stranger.post("/login", data={**form, "token": "x"})
    assert stale.status_code == 403 and "another session" in stale.text and 'name="key"' in stale.text


# --- staying and leaving --------------------------------------------------------------------------------


def test_who_leaves_is_out_also_with_the_cookie_of_before(app, keys):
    anna = Visitor(app, keys["anna"])
    cookies = dict(anna.cookies)
    assert anna.give("/logout").headers["location"] == "/login"
    assert anna.get("/timeline").status_code == 401
    anna.cookies.update(cookies)
    assert anna.get("/timeline").status_code == 401


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda team: team.remove("anna"), 401),
        (lambda team: (team.remove("anna"), team.add("anna", "editor")), 401),
        (lambda team: team.renew_key("anna"), 401),
        (lambda team: team.set_role("anna", "reader"), 403),
        (lambda team: team.remove("boris"), 303),
    ],
    ids=["removed", "another of the name", "another key", "another role", "another person"],
)
def test_what_is_changed_among_the_people_counts_from_the_next_request(app, path, keys, change, status):
    anna = Visitor(app, keys["anna"])
    token = anna.token
    change(Team(path))
    before = made(app)
    answer = anna.post("/decide", data={**STAR, "token": token})
    assert answer.status_code == status and (made(app) != before) is (status == 303)
    assert anna.get("/timeline").status_code == (401 if status == 401 else 200)


def test_who_is_named_while_the_server_runs_counts_at_once(tmp_path):
    with CaseFile(tmp_path / "y.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    app = create_app(tmp_path / "y.case")
    alone = Visitor(app)
    assert alone.get("/timeline").status_code == 200
    key = Team(tmp_path / "y.case").add("anna", "reader")
    assert alone.get("/timeline").status_code == 401 and Visitor(app, key).get("/timeline").status_code == 200
    Team(tmp_path / "y.case").remove("anna")
    assert alone.get("/timeline").status_code == 401, "it does not open to everybody again"


def test_a_visit_ends_when_nobody_moves_and_when_there_are_too_many(app, keys, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(visits.time, "monotonic", lambda: clock[0])
    anna = Visitor(app, keys["anna"])
    for hours, status in ((11, 200), (11, 200), (13, 401), (0, 401)):
        clock[0] += hours * 3600
        assert anna.get("/help").status_code == status
    monkeypatch.setattr(visits, "VISITS", 2)
    first, second = Visitor(app, keys["anna"]), Visitor(app, keys["boris"])
    assert first.get("/help").status_code == 200  # who moved last stays
    third = Visitor(app, keys["clara"])
    assert [v.get("/help").status_code for v in (first, second, third)] == [200, 401, 200]


def test_the_forms_of_one_visit_are_of_no_other(app, keys):
    anna, clara = Visitor(app, keys["anna"]), Visitor(app, keys["clara"])
    assert len({anna.token, clara.token, Visitor(app).token}) == 3
    for token in (anna.token, Visitor(app).token, ""):
        assert clara.post("/decide", data={**STAR, "token": token}).status_code == 403
    assert made(app) == []


# --- whose it is ----------------------------------------------------------------------------------------


def test_the_author_is_who_is_logged_in_whatever_is_claimed(app, keys):
    anna = Visitor(app, keys["anna"])
    forged = {"who": "clara", "by": "clara", "author": "clara", "brought_by": "clara", "undone_by": "clara"}
    head = {"X-Forwarded-User": "clara", "X-Remote-User": "clara", "From": "clara"}
    for form in (STAR, {"kind": "tag", "about": ["e-1"], "value": "x"}, {"kind": "reject", "about": ["e-1"]}):
        sent = {"token": anna.token, **form, **forged}
        assert anna.post("/decide?who=clara&by=clara", data=sent, headers=head).status_code == 303
    assert anna.post("/undo?who=clara", data={"token": anna.token, "number": 2, **forged}).status_code == 303
    assert anna.post("/again?who=clara", data={"token": anna.token, "number": 2, **forged}).status_code == 303
    assert {who for _, _, who, _ in made(app)} == {"anna"} and len(made(app)) == 4
    rows = anna.get("/api/decisions").json()
    assert [row["undone_by"] for row in rows] == ["", "anna", "", ""]
    assert {row["brought_by"] for row in rows} == {""}


def test_each_takes_back_the_last_of_their_own(app, keys):
    anna, boris, clara = (Visitor(app, keys[name]) for name in ("anna", "boris", "clara"))
    for visitor in (anna, boris, clara, boris):
        visitor.give("/decide", **STAR)
    assert anna.give("/undo").status_code == 303
    assert [stands for *_, stands in made(app)] == [False, True, True, True]
    assert anna.give("/undo").status_code == 400, "nothing of hers stands"
    assert anna.give("/undo", number=[1, 2]).status_code == 403
    assert clara.give("/undo").status_code == 303
    assert [stands for *_, stands in made(app)] == [False, True, False, True]
    assert clara.give("/undo", number=[2, 4]).status_code == 303
    assert not any(stands for *_, stands in made(app))
    assert [row["undone_by"] for row in clara.get("/api/decisions").json()] == [
        "anna",
        "clara",
        "clara",
        "clara",
    ]


def test_the_history_shows_one_persons_part(app, keys):
    anna, boris, clara = (Visitor(app, keys[name]) for name in ("anna", "boris", "clara"))
    for n, visitor in enumerate((anna, boris, anna)):
        visitor.give("/decide", kind="tag", about=["e-1"], value=f"number {n}")
    clara.give("/undo", number=2)
    told = {}
    for who in ("", "anna", "boris", "clara"):
        page = Visitor(app, keys["rita"]).get("/history", params={"who": who} if who else {})
        told[who] = re.findall(r"<bdi>number (\d)</bdi>", page.text)
        rows = anna.get("/api/decisions", params={"who": who} if who else {}).json()
        assert [row["value"][-1] for row in rows][::-1] == told[who]
    assert told == {"": ["2", "1", "0"], "anna": ["2", "0"], "boris": ["1"], "clara": ["1"]}
    page = anna.get("/history?who=clara").text
    assert 'href="/history?who=boris"' in page and "<bdi>clara</bdi>" in page


def test_a_file_of_decisions_names_who_decided_and_who_took_it_in(app, keys):
    boris, clara = Visitor(app, keys["boris"]), Visitor(app, keys["clara"])
    boris.give("/decide", kind="tag", about=["e-1"], value="x")
    lines = boris.get("/decisions.jsonl").text.splitlines()
    forged = {**json.loads(lines[1]), "who": "anna", "brought_by": "anna", "value": "y"}
    file = io.BytesIO("\n".join([*lines, json.dumps(forged)]).encode())
    assert clara.give("/join-decisions", files={"file": ("d.jsonl", file)}).status_code == 303
    rows = clara.get("/api/decisions").json()
    assert [(r["value"], r["who"], r["brought_by"]) for r in rows] == [
        ("x", "boris", ""),
        ("y", "anna", "clara"),
    ]
    assert "from a file that clara took in" in clara.get("/history?who=anna").text
    again = io.BytesIO("\n".join([lines[0], json.dumps(forged)]).encode())
    clara.give("/undo", number=2)
    shown = clara.give("/join-decisions", files={"file": ("d.jsonl", again)})
    assert shown.status_code == 200 and len(made(app)) == 2, "what was taken back here does not come in again"


def test_without_people_all_is_as_for_one(tmp_path):
    with CaseFile(tmp_path / "y.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    alone = Visitor(create_app(tmp_path / "y.case"))
    page = alone.get("/history").text
    assert "/logout" not in page and 'href="/add"' in page
    assert alone.get("/login").status_code == 303
    assert alone.post("/login", data={"key": "x"}).headers["location"] == "/"
    assert alone.give("/decide", **STAR).status_code == 303
