"""Two analysts in one case at once, each in a browser of their own: nothing is lost, all bear their authors' names."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from browsing import axe_finds, browser, served
from dragoman.case import open as open_case
from small_world import small_world
from team_at_work import named

EACH = 200
"""Decisions of each."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    small_world(tmp_path / "x.case").__exit__()
    return tmp_path / "x.case"


@pytest.fixture
def keys(case: Path) -> dict[str, str]:
    return named(case, anna="analyst", boris="analyst", rita="reader")


@pytest.fixture
def address(case: Path, keys: dict[str, str]) -> Iterator[str]:
    with served(case) as at:
        yield at


def records(case: Path) -> tuple[list[str], list[str]]:
    with open_case(case) as opened:
        return [e["id"] for e in opened.records("event")], [a["id"] for a in opened.records("actor")]


class Client:
    """One analyst's HTTP client, with its cookies; each request has a connection of its own."""

    def __init__(self, address: str, key: str) -> None:
        self.at = urlsplit(address).netloc
        self.cookie = ""
        status, head, _ = self.ask("POST", "/login", {"key": key, "token": self.token()})
        assert status == 303
        self.cookie = head["set-cookie"].split(";")[0]

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(self.at, timeout=300)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request(method, path, urlencode(form or {}), {"Cookie": self.cookie, **kind})
        answer = connection.getresponse()
        head = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode()
        connection.close()
        return answer.status, head, text

    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.ask("GET", "/help")[2])
        assert found
        return found[1]


def kept(case: Path, kind: str) -> dict[str, list[str]]:
    """Author -> the words of their decisions of a kind, in the one order in which all were kept."""
    with open_case(case) as opened:
        decisions = opened.file.decisions()
    assert [n for n, _, _ in decisions] == list(range(1, len(decisions) + 1)), "one order"
    assert all(stands for *_, stands in decisions)
    found: dict[str, list[str]] = {}
    for _, decision, _ in decisions:
        if decision.kind == kind:
            found.setdefault(decision.who, []).append(decision.value or "")
    return found


def test_two_who_decide_at_once_lose_nothing(case, keys, address):
    """Marks, and judgements that link the case anew; each author's stand in the order in which they were made."""
    _, actors = records(case)
    clients = {name: Client(address, keys[name]) for name in ("anna", "boris")}
    start, failed = threading.Barrier(2), []

    def decide(name: str, client: Client) -> None:
        token = client.token()
        start.wait()
        for n in range(EACH):
            about = actors[n % len(actors)]
            form = {"kind": "tag", "value": f"{name} {n}"}
            if n % 20 == 7:  # what links the case anew, on records that are there whatever else is decided
                about, form = record_of(client), {"kind": "accept", "why": f"{name} {n}"}
            status, _, text = client.ask(
                "POST", "/decide", {"token": token, "about": about, "who": "x", **form}
            )
            if status != 303:
                failed.append((name, n, status, text[:300]))

    def record_of(client: Client) -> str:
        found = re.search(r'"id":"(event-[0-9a-f]+)"', client.ask("GET", "/api/records/event?limit=1")[2])
        assert found
        return found[1]

    working = [threading.Thread(target=decide, args=one) for one in clients.items()]
    for one in working:
        one.start()
    for one in working:
        one.join()
    assert not failed
    linked = [n for n in range(EACH) if n % 20 == 7]
    for name in clients:
        rest = [f"{name} {n}" for n in range(EACH) if n not in linked]
        assert kept(case, "tag")[name] == rest
        assert len(kept(case, "accept")[name]) == len(linked)
    with open_case(case) as opened:
        assert len(opened.file.decisions()) == 2 * EACH
    _, _, page = clients["anna"].ask("GET", "/history?who=boris")
    assert page.count("<td><bdi>boris</bdi>") > 10 and "<td><bdi>anna</bdi>" not in page


DECIDE = """(async ([name, about, count]) => {
  const token = document.querySelector("[name=token]").value;
  let kept = 0;
  for (let n = 0; n < count; n++) {
    const form = new URLSearchParams({ token, kind: "note", about, value: `${name} ${n}` });
    const answer = await fetch("/decide", { method: "POST", body: form, redirect: "manual" });
    kept += answer.type === "opaqueredirect";
  }
  return kept;
})"""


def test_two_browsers_at_once_and_a_readers_third(case, keys, address):
    _, actors = records(case)
    with browser() as chrome:
        tabs = {}
        for name in ("anna", "boris", "rita"):
            tab = tabs[name] = chrome.new_context(base_url=address, locale="en").new_page()
            tab.goto(f"/actors/{actors[0]}")
            tab.get_by_label("Key").fill(keys[name])
            tab.get_by_role("button", name="Come in").click()
            assert tab.url == f"{address}/actors/{actors[0]}"
            assert name in tab.locator(".person").inner_text()
        for name in ("anna", "boris"):
            tabs[name].evaluate(f"(given) => {{ window.kept = {DECIDE}(given); }}", [name, actors[0], EACH])
        assert [tabs[name].evaluate("() => window.kept") for name in ("anna", "boris")] == [EACH, EACH]
        assert kept(case, "note") == {
            name: [f"{name} {n}" for n in range(EACH)] for name in ("anna", "boris")
        }

        anna, boris, rita = tabs.values()
        anna.reload()
        anna.get_by_text("Star, tag, note").first.click()
        anna.get_by_role("button", name="★ Star").first.click()
        assert anna.locator(".note").is_visible()
        boris.goto("/history?who=anna")
        assert "anna" in boris.locator("tbody tr").first.inner_text()
        assert boris.locator("tbody button").count() == 0, "hers are not his to take back"
        assert anna.locator("body").get_by_text("Decide about this actor").count() == 0
        for where in ("/", f"/actors/{actors[0]}", "/history", "/marked", "/add", "/decide"):
            rita.goto(where)
            assert rita.locator("form[method=post]:not(.person):not(.doubt)").count() == 0, where
        rita.get_by_role("button", name="Log out").click()
        assert rita.url == f"{address}/login"
        rita.goto("/timeline")
        assert rita.get_by_label("Key").is_visible()


def test_axe_finds_nothing_where_people_come_in(case, keys, address):
    with browser() as chrome:
        for width in (1280, 390):
            page = chrome.new_context(base_url=address, viewport={"width": width, "height": 844}).new_page()
            found = []
            page.goto("/timeline")
            for step in ("login", "wrong", "in", "/history", "/history?who=anna"):
                if step in ("wrong", "in"):
                    page.get_by_label("Key").fill(keys["anna"] if step == "in" else "wrong")
                    page.get_by_role("button", name="Come in").click()
                elif step.startswith("/"):
                    page.goto(step)
                found += [(step, *broken) for broken in axe_finds(page)]
                assert page.evaluate("document.documentElement.scrollWidth") <= width, step
            assert not found
