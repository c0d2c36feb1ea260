"""A case served to be looked at: whatever would change something is refused, and its controls are not shown."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from browsing import browser, served
from dragoman.store import CaseFile
from dragoman.store.errors import CaseError
from dragoman.telling.interface import interface
from dragoman.workbench.app import create_app
from dragoman.workbench.safety import ONLY_LOOKING, STILL_TAKEN
from records import structs

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def case_path(tmp_path):
    path = tmp_path / "x.case"
    with CaseFile(path, create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    return path


def routes(found) -> set[str]:
    """The paths of an application's routes, those of what is included in it too."""
    paths: set[str] = set()
    for route in found:
        paths |= {route.path} if getattr(route, "path", "") else set()
        paths |= routes(getattr(route, "routes", None) or ())
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        paths |= routes(inner.routes) if inner is not None else set()
    return paths


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_route_takes_a_change(case_path, language):
    app = create_app(case_path, read_only=True)
    client = TestClient(app, base_url="http://localhost:8765", follow_redirects=False)
    before = case_path.read_bytes()
    paths = sorted(routes(app.routes))
    assert {"/decide", "/set", "/undo", "/again", "/add", "/add-fact", "/seen", "/join-decisions"} <= {*paths}
    said = interface(language).say(ONLY_LOOKING)
    form = {"token": app.state.guard.forms, "kind": "reject", "about": "e-1", "number": "1", "what": "all"}
    for path in paths:
        for method in UNSAFE:
            at = path.replace("{name}", "e-1").replace("{kind}", "event")
            answer = client.request(method, at, data=form, headers={"Accept-Language": language})
            if at in ("/login", "/logout"):
                continue  # they let in and out
            if at in STILL_TAKEN:
                assert method != "POST" or answer.status_code == 422, (
                    "it asks for its own field, and would take it"
                )
                continue
            assert (answer.status_code, answer.text) == (403, said), (method, at)
    assert case_path.read_bytes() == before


def test_pages_are_shown_and_the_case_itself_takes_nothing(case_path):
    app = create_app(case_path, read_only=True)
    client = TestClient(app, base_url="http://localhost:8765")
    before = case_path.read_bytes()
    for path in (
        "/",
        "/timeline",
        "/events",
        "/actors",
        "/articles/a-1?fact=e-1",
        "/history",
        "/export/csv",
        "/new",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert path.startswith("/export") or ONLY_LOOKING in answer.text
    with pytest.raises(CaseError, match="only be looked at"):
        app.state.case.file.undo_all([1])
    assert client.post("/doubtful", data={"token": app.state.guard.forms, "show": "1"}).status_code == 200
    assert case_path.read_bytes() == before


def test_one_that_is_not_read_only_takes_changes(case_path):
    app = create_app(case_path)
    client = TestClient(app, base_url="http://localhost:8765", follow_redirects=False)
    form = {"token": app.state.guard.forms, "kind": "star", "about": "e-1"}
    assert client.post("/decide", data=form).status_code == 303
    assert ONLY_LOOKING not in client.get("/").text


@pytest.mark.browser
def test_no_control_that_changes_something_is_shown(case_path):
    with served(case_path, "--read-only") as address, browser() as chrome:
        page = chrome.new_page()
        for path in (
            "/",
            "/events",
            "/actors/p-1",
            "/articles/a-1?fact=e-1",
            "/history",
            "/new",
            "/marked",
            "/decide",
        ):
            page.goto(address + path)
            shown = page.locator("form[method=post]:visible, details.decide:visible")
            assert [
                f.get_attribute("action") for f in shown.all() if f.get_attribute("action") != "/doubtful"
            ] == []
            menu = page.locator("header nav a").all()
            assert not {"/decide", "/add"} & {a.get_attribute("href") for a in menu}
