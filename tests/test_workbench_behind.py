"""A large case is linked behind the pages: a decision is answered at once, and what was decided is never lost."""

from __future__ import annotations

import threading

import pytest
from fastapi.testclient import TestClient

from dragoman.case import Case
from dragoman.model import Article, Decision, Reading, Target
from dragoman.store import CaseError, CaseFile, Stored
from dragoman.workbench import jobs
from dragoman.workbench.app import create_app
from records import structs

REJECT = Decision(kind="reject", targets=(Target(kind="event", article="a-1", start=0, end=1),))


@pytest.fixture
def gate(monkeypatch):
    """Links wait at a gate, and are counted; what they would compute is left out."""
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    opened, begun = threading.Event(), threading.Event()
    links: list[int] = []

    def link(self: Case, today: str | None = None, force: bool = False) -> bool:
        with self._linking:
            if self.file.is_linked():
                return False
            made_from = self.file.state_of_reading()
            links.append(len([d for _, d, stands in self.file.decisions() if stands]))
            begun.set()
            assert opened.wait(20)
            self.file.replace_records(structs(), made_from)
            return True

    monkeypatch.setattr(Case, "link", link)
    yield opened, begun, links
    opened.set()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "x.case"
    with CaseFile(path, create=True) as file:
        file.add(
            [
                Stored(
                    Article(id=n, path=f"{n}.txt", text="x", raw="x", language="en"),
                    Reading(article=n, language="en"),
                    None,
                )
                for n in ("a-1", "a-2")
            ]
        )
        file.replace_records(structs(), file.state_of_reading())
    return path


def wait_for(served: jobs.Served) -> None:
    behind = served._behind
    if behind is not None:
        behind.join(20)


def test_decisions_made_while_linking_are_linked_together(path, gate):
    opened, begun, links = gate
    served = jobs.Served(CaseFile(path))
    served.decide(REJECT)
    assert served.link() and begun.wait(20)
    for _ in range(3):
        served.decide(REJECT)
        assert served.link()
    assert served.under_way
    opened.set()
    wait_for(served)
    assert links == [1, 4]
    assert served.file.is_linked() and not served.under_way


def test_a_page_answers_and_says_so_while_the_case_is_linked(path, gate):
    opened, begun, _ = gate
    app = create_app(path)
    with TestClient(app, base_url="http://localhost:8765", follow_redirects=False) as client:
        assert 'class="linking"' not in client.get("/history").text
        form = {"kind": "reject", "about": ["e-1"], "token": app.state.guard.forms}
        assert client.post("/decide", data=form).status_code == 303
        assert begun.wait(20)
        assert 'class="linking"' in client.get("/history").text
        assert frozenset({"e-1"}) in app.state.case.settled
        opened.set()
        wait_for(app.state.case)
        assert 'class="linking"' not in client.get("/history").text
        assert not app.state.case.settled


def test_an_export_waits_for_what_was_decided(path, gate):
    opened, _, links = gate
    app = create_app(path)
    with TestClient(app, base_url="http://localhost:8765") as client:
        app.state.case.decide(REJECT)
        threading.Timer(0.2, opened.set).start()
        assert client.get("/export/jsonl").status_code == 200
        assert app.state.case.file.is_linked() and links[-1] == 1


def test_a_link_that_cannot_be_written_is_told_and_tried_again(path, gate, monkeypatch):
    opened, _, _ = gate
    opened.set()
    served = jobs.Served(CaseFile(path))
    served.decide(REJECT)

    def full(*_: object) -> None:
        raise CaseError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(CaseFile, "replace_records", full)
        served.link()
        wait_for(served)
    assert served.problem == "the disk is full" and not served.file.is_linked()
    served.link()
    wait_for(served)
    assert served.problem == "" and served.file.is_linked()
