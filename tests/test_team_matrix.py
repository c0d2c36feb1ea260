"""Every address of the workbench with every role: what each may do, and that nobody does more.

The addresses are those of the application itself. A new one that only reads is held to be a reader's by itself; a new
one that takes forms fails here until it has a row in `FORMS`, and until then is an editor's.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import open as open_case
from dragoman.model import Decision
from dragoman.store.seen import last_mark
from dragoman.telling.joining import written
from dragoman.telling.kept_views import propose_view
from dragoman.workbench.app import create_app
from dragoman.workbench.jobs import Reading
from dragoman.workbench.rights import AT, act_at, may, owner
from dragoman.workbench.safety import SAFE
from dragoman.workbench.team import ROLES
from small_world import small_world
from team_at_work import Visitor, copied, named

WHO = ("nobody", "wrong key", *ROLES)


@dataclass
class World:
    """A case, who is in it, and what a person did there before: `own` decisions of the one who asks, `others'`."""

    app: Any
    keys: dict[str, str]
    path: Path
    event: dict[str, Any]
    actors: list[str]
    article: str

    def decided(self, kind: str, about: list[str], who: str) -> int:
        case = self.app.state.case
        return case.decide(case.propose(kind, about, value="x" if kind == "tag" else None, who=who).decision)

    def undone(self, kind: str, about: list[str], who: str) -> int:
        number = self.decided(kind, about, who)
        self.app.state.case.file.undo(number)
        return number

    def state(self) -> tuple[object, ...]:
        """All that a person can change: decisions, articles, what is marked as seen, the people."""
        file = self.app.state.case.file
        with file.asking() as connection:
            mark = last_mark(connection)
        people = self.path.with_name("x.case.people").read_bytes()
        return file.decisions(), file.article_ids(), mark, people, list(READ)

    def visitor(self, who: str) -> Visitor:
        visitor = Visitor(self.app)
        if who != "nobody":
            came = visitor.come_in(self.keys.get(who, "wrong"))
            assert came.status_code == (303 if who in self.keys else 403)
        return visitor


READ: list[object] = []
"""What was given to be read."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("matrix") / "x.case"
    small_world(path).__exit__()
    return path


@pytest.fixture
def world(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    path = copied(made, tmp_path)
    keys = named(path, **{role: role for role in ROLES})
    with open_case(path) as case:
        event = case.records("event")[0]
        actors = [a["id"] for a in case.records("actor")[:2]]
    READ.clear()
    monkeypatch.setattr(Reading, "start", lambda _, files, given: READ.append(files) or True)
    app = create_app(path)
    yield World(app, keys, path, event, actors, event["evidence"][0]["article"])
    app.state.case.file.close()


# --- what there is ---------------------------------------------------------------------------------------


def addresses(routes: list[Any]) -> Iterator[tuple[str, str]]:
    """Method and path of all that an application answers, also what stands in routers within it."""
    for route in routes:
        within = getattr(getattr(route, "original_router", route), "routes", None)
        if within:
            yield from addresses(within)
        for method in getattr(route, "methods", None) or ():
            yield method, route.path


def all_addresses(made: Path) -> set[tuple[str, str]]:
    return set(addresses(create_app(made).routes))


Form = Callable[[World, str], dict[str, Any]]


def deciding(kind: str, **more: str) -> Form:
    return lambda world, _: {"kind": kind, "about": [world.event["id"]], **more}


def of_actors(kind: str, n: int, **more: str) -> Form:
    return lambda world, _: {"kind": kind, "about": world.actors[:n], **more}


def as_json(form: Form) -> Form:
    return lambda world, who: {"json": form(world, who)}


def renaming(world: World, _: str) -> dict[str, Any]:
    case = world.app.state.case
    case.decide(propose_view(case.kept, "Kept", "/actors", who="another"))
    return {"what": "rename", "name": "Kept", "new": "Called otherwise"}


def taking_back(of: str) -> Form:
    return lambda world, who: {"number": world.decided("accept", [world.event["id"]], of or who)}


def again(kind: str) -> Form:
    return lambda world, _: {
        "number": world.undone(kind, world.actors if kind == "join" else [world.event["id"]], "another")
    }


def a_fact(world: World, _: str) -> dict[str, Any]:
    words = world.event["evidence"][0]["text"]
    return {"article": world.article, "words": words, "type": "AID", "when": "2024-05-01"}


def a_file(world: World, _: str) -> dict[str, Any]:
    decision: Decision = world.app.state.case.propose(
        "star", [world.event["id"]], who="from elsewhere"
    ).decision
    lines = "\n".join(written([(1, decision, True)]))
    return {"files": {"file": ("d.jsonl", io.BytesIO(lines.encode()))}}


FORMS: list[tuple[str, str, Form, str | None]] = [
    ("/decide", "accept", deciding("accept"), "analyst"),
    ("/decide", "reject", deciding("reject"), "analyst"),
    ("/decide", "star", deciding("star"), "analyst"),
    ("/decide", "tag", deciding("tag", value="x"), "analyst"),
    ("/decide", "note", deciding("note", value="x"), "analyst"),
    ("/decide", "set", deciding("set", field="when", value="2024-05-02"), "analyst"),
    ("/decide", "join", of_actors("join", 2), "editor"),
    ("/decide", "split", of_actors("split", 2), "editor"),
    ("/decide", "rename", of_actors("rename", 1, value="X"), "editor"),
    ("/decide", "remove", lambda w, _: {"kind": "remove", "about": [w.article]}, "editor"),
    ("/decide-all", "accept", deciding("accept"), "analyst"),
    ("/decide-all", "join", of_actors("join", 2), "editor"),
    ("/api/decide", "star", as_json(deciding("star")), "analyst"),
    ("/api/decide", "join", as_json(of_actors("join", 2)), "editor"),
    ("/views", "", lambda *_: {"name": "Mine", "address": "/events"}, "analyst"),
    ("/views/change", "", renaming, "analyst"),
    ("/set", "", lambda w, _: {"about": w.event["id"], "status": "denied", "was_status": "x"}, "analyst"),
    ("/undo", "one's own", taking_back(""), "analyst"),
    ("/undo", "another's", taking_back("another"), "editor"),
    ("/again", "accept", again("accept"), "analyst"),
    ("/again", "join", again("join"), "editor"),
    ("/add-fact", "", a_fact, "analyst"),
    ("/join-decisions", "", a_file, "editor"),
    ("/add", "", lambda *_: {"text": "A text to be read."}, "editor"),
    ("/seen", "", lambda *_: {"what": "all"}, "editor"),
    ("/doubtful", "", lambda *_: {"show": "1"}, "reader"),
    ("/logout", "", lambda *_: {}, "reader"),
    ("/login", "", lambda *_: {"key": "none"}, None),
]
"""Address, what, the form, and the least role that may send it; None where it is for those who are not in yet."""

CHANGES_NOTHING = ("/doubtful", "/logout", "/login")


def test_every_address_that_takes_forms_has_a_row_and_a_right(made):
    taking = {path for method, path in all_addresses(made) if method not in SAFE}
    assert taking == {path for path, *_ in FORMS}
    assert {path[1:] if path[1:] in AT else path.split("/")[1] for path in taking} == set(AT), (
        "rights.AT says what it takes"
    )


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("path", "what", "form", "least"), FORMS, ids=[f"{path} {what}".strip() for path, what, *_ in FORMS]
)
def test_who_may_send_which_form(world, path, what, form, least, who):
    sent = form(world, who)
    visitor, before = world.visitor(who), world.state()
    answer = visitor.give(path, **sent)
    if least is None:
        assert answer.status_code == (303 if who in ROLES else 403)
    elif who not in ROLES:
        assert answer.status_code == 401 and "Arland" not in answer.text
    elif ROLES.index(who) < ROLES.index(least):
        assert answer.status_code == 403 and "editor" in answer.text
        assert path.startswith("/api/") or 'role="alert"' in answer.text
    else:
        assert answer.status_code in (200, 303), answer.text[:500]
        assert (world.state() != before) is (path not in CHANGES_NOTHING)
        return
    assert world.state() == before


@pytest.mark.parametrize("who", WHO)
def test_who_may_read_what(world, who):
    ids = {
        "/articles/{name}": world.article,
        "/actors/{name}": world.actors[0],
        "/api/actors/{name}/company": world.actors[0],
        "/api/records/{kind}": "event",
        "/facts/{kind}": "statement",
        "/export/{name}": "csv",
    }
    asked = "?q=met&on=2024-05-01&after=0&" + "&".join(
        f"{n}={i}" for n, i in zip("ab", world.actors, strict=True)
    )
    visitor = world.visitor(who)
    reading = sorted(path for method, path in all_addresses(world.path) if method == "GET")
    assert len(reading) > 30
    for path in reading:
        filled = path
        for name in ("{name}", "{kind}"):
            filled = filled.replace(name, ids.get(path, world.event["id"]))
        answer = visitor.get(filled + asked)
        if path == "/login":
            assert answer.status_code == (303 if who in ROLES else 200)
        elif who in ROLES:
            assert answer.status_code in (200, 303) or path in ("/beside", "/view"), (path, answer.text[:300])
        else:
            assert answer.status_code == 401, path
            assert "Arland" not in answer.text and "x.case" not in answer.text
            assert "html" not in answer.headers["content-type"] or 'name="key"' in answer.text
            assert path.startswith("/api/") is (answer.headers["content-type"] == "application/json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/api/decisions", "/api/record/x", "/export/csv", "/", "/not-there", "//undo"]
)
def test_what_nobody_thought_of_is_no_readers(world, method, path):
    for who, expected in (("reader", 403), ("analyst", 403), ("nobody", 401)):
        visitor, before = world.visitor(who), world.state()
        answer = visitor.request(method, path, data={"token": visitor.token, "who": "editor"})
        assert answer.status_code == expected
        assert path.startswith("/api/") is (answer.headers["content-type"] == "application/json")
        assert world.state() == before
    assert world.visitor("editor").request(method, path).status_code in (404, 405)


def test_what_the_static_files_are_is_no_secret(world):
    assert world.visitor("nobody").get("/static/workbench.css").status_code == 200
    missing = world.visitor("nobody").get("/static/none")
    assert missing.status_code == 404 and "<main" not in missing.text


# --- what is shown ---------------------------------------------------------------------------------------

CONTROLS = {
    'value="accept"': "analyst",
    'value="star"': "analyst",
    'action="/set"': "analyst",
    'action="/add-fact"': "analyst",
    'value="remove"': "editor",
    'value="rename"': "editor",
    'value="join"': "editor",
    'action="/add"': "editor",
    'action="/join-decisions"': "editor",
    'action="/seen"': "editor",
    'href="/decide"': "analyst",
    'href="/add"': "editor",
    'action="/logout"': "reader",
}


@pytest.mark.parametrize("who", ROLES)
def test_controls_that_a_role_may_not_use_are_not_shown(world, who):
    """Every form on every page leads where its sender may, and each control is there for those who may use it."""
    world.decided("star", [world.event["id"]], "another")
    world.decided("tag", [world.event["id"]], who)
    world.undone("join", world.actors, "another")
    world.app.state.case.file.mark_seen("2020-01-01T00:00:00+00:00")
    visitor = world.visitor(who)
    pages = ["/", "/new", "/add", "/history", "/decide", "/marked", f"/actors/{world.actors[0]}"]
    pages += [f"/articles/{world.article}?fact={world.event['id']}", "/timeline", "/events", "/help"]
    shown = "".join(visitor.get(page).text for page in pages)
    for control, least in CONTROLS.items():
        assert (control in shown) is (ROLES.index(who) >= ROLES.index(least)), control
    own, anothers = (f'name="number" value="{n}"' in shown for n in (2, 1))
    assert (own, anothers) == (who != "reader", who == "editor")


def test_a_readers_page_sends_no_form_but_to_what_a_reader_may(world):
    world.decided("star", [world.event["id"]], "another")
    visitor = world.visitor("reader")
    for _, path in sorted(a for a in all_addresses(world.path) if a[0] == "GET" and "{" not in a[1]):
        for action in re.findall(r'method="post" action="([^"]+)"', visitor.get(path).text):
            assert act_at("POST", action) == "read", (path, action)


def test_without_people_one_person_may_do_all_and_a_server_can_be_made_to_only_read():
    assert all(may(owner(), act) for act in ("read", "decide", "edit"))
    assert [act for act in ("read", "decide", "edit") if may(owner("reader"), act)] == ["read"]
    assert not may(None, "read")


def test_the_rows_are_json_where_a_program_asks(world):
    visitor = world.visitor("nobody")
    answer = visitor.get("/api/decisions")
    assert json.loads(answer.text)["detail"].startswith("Give your key")
    assert answer.headers["www-authenticate"].startswith("Bearer")
