"""What is new since a person marked the case as seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from dragoman.model import Article, Commitment, Reading
from dragoman.store import CaseFile, Stored
from dragoman.store.questions import contents
from dragoman.store.seen import last_mark, new_since
from dragoman.workbench.app import create_app
from records import structs

TODAY = "2031-06-15"


def put(file: CaseFile, articles: list[str], records: list) -> None:
    """Articles that came in now, and what linking made of all."""
    stored = [Article(id=a, path=f"{a}.txt", text="x", raw="x", language="en") for a in articles]
    file.add([Stored(a, Reading(article=a.id, language="en"), None) for a in stored])
    file.replace_records(records, file.state_of_reading())


def told_by(articles: set[str]) -> list:
    """The hand-made records, as far as these articles tell them."""
    found = []
    for record in structs():
        if record.id in ("a-1", "a-2"):
            found += [record] if record.id in articles else []
        elif hasattr(record, "evidence"):
            evidence = tuple(e for e in record.evidence if e.article in articles)
            found += [replace(record, evidence=evidence)] if evidence else []
        elif not hasattr(record, "claims") or len(articles) > 1:
            found.append(record)
    return found


@pytest.fixture
def file(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as made:
        put(made, ["a-1"], told_by({"a-1"}))
        made.mark_seen("2031-06-01T08:00:00+00:00")
        yield made


def new(file: CaseFile, today: str = TODAY):
    with file.asking() as connection:
        mark = last_mark(connection)
        assert mark is not None
        found = new_since(connection, mark, today)

        def ids(numbers) -> list[str]:
            return [r["id"] for r in contents(connection, numbers)]

        facts = {kind: ids(numbers) for kind, numbers in found.facts.items() if numbers}
        return found, facts, {k: ids(getattr(found, k)) for k in ("disputes", "settled", "overdue")}


def test_what_was_there_is_not_new(file):
    found, facts, others = new(file)
    assert not found and facts == {} and others == {"disputes": [], "settled": [], "overdue": []}


def test_what_only_new_articles_tell_is_new(file):
    put(file, ["a-2"], told_by({"a-1", "a-2"}))
    found, facts, others = new(file)
    assert found.articles == ("a-2",) and not found.more
    assert facts["event"] == ["e-2"], "e-1 was told before, and is only told again"
    assert facts["statement"] == ["s-1"]
    assert others["disputes"] == [r.id for r in structs() if r.__struct_config__.tag == "dispute"]


def with_outcome(outcome: str) -> list:
    return [replace(r, outcome=outcome) if isinstance(r, Commitment) else r for r in told_by({"a-1"})]


def test_promises_that_were_open_and_are_settled_are_told(file):
    (promise,) = (r for r in structs() if isinstance(r, Commitment))
    file.replace_records(with_outcome("open"), file.state_of_reading())
    file.mark_seen("2031-05-01T08:00:00+00:00")
    file.replace_records(with_outcome("late"), file.state_of_reading())
    assert new(file)[2]["settled"] == [promise.id]
    file.mark_seen("2031-06-02T08:00:00+00:00")
    assert new(file)[2]["settled"] == []


@pytest.mark.parametrize(("today", "overdue"), [("2031-05-31", False), ("2031-06-01", True)])
def test_promises_whose_day_went_by_are_told(file, today, overdue):
    file.replace_records(with_outcome("open"), file.state_of_reading())
    file.mark_seen("2031-05-02T08:00:00+00:00")
    assert bool(new(file, today)[2]["overdue"]) is overdue, "it is due by 31 May"


def test_a_mark_by_mistake_is_taken_back(file):
    put(file, ["a-2"], told_by({"a-1", "a-2"}))
    before = new(file)[1]
    file.mark_seen("2031-06-03T08:00:00+00:00")
    assert not new(file)[0]
    assert file.mark_back() and new(file)[1] == before
    assert not file.mark_back()


def test_marking_changes_nothing_that_linking_depends_on(file):
    version = file.state_of_reading()
    file.mark_seen("2031-06-04T08:00:00+00:00")
    assert file.state_of_reading() == version and file.is_linked()


@pytest.fixture
def client(tmp_path) -> TestClient:
    with CaseFile(tmp_path / "y.case", create=True) as made:
        put(made, ["a-1"], told_by({"a-1"}))
    return TestClient(create_app(tmp_path / "y.case"), base_url="http://localhost", follow_redirects=False)


def add_second(client) -> None:
    put(client.app.state.case.file, ["a-2"], told_by({"a-1", "a-2"}))


def test_the_overview_says_what_is_new_until_it_is_marked(client):
    assert "Nothing has come in since" in client.get("/").text, (
        "a case counts as seen when it is first opened"
    )
    add_second(client)
    for page in (client.get("/").text, client.get("/").text):
        assert re.search(r'/new\?kind=event">events</a> <span>1</span>', page), "looking is not marking"
    token = re.search(r'name="token" value="([^"]+)"', client.get("/").text)[1]
    answer = client.post("/seen", data={"token": token, "what": "all", "back": "/"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Nothing has come in since" in client.get("/").text
    assert client.post("/seen", data={"token": token, "what": "back"}).status_code == 303
    assert "/new?kind=event" in client.get("/").text
    assert client.post("/seen", data={"token": token, "what": "back"}).status_code == 400


def test_a_mark_needs_the_token(client):
    assert client.post("/seen", data={"what": "all"}).status_code == 403


@pytest.mark.parametrize("kind", ["", "article", "event", "statement", "dispute", "settled", "overdue"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_new_is_listed_a_kind_at_a_time(client, kind, language):
    add_second(client)
    page = client.get("/new", params={"kind": kind}, headers={"Accept-Language": language})
    assert page.status_code == 200
    if kind in ("", "article"):
        assert "/articles/a-2" in page.text
    if kind == "event":
        assert 'id="e-2"' in page.text and 'id="e-1"' not in page.text


def test_a_case_that_was_marked_opens_again_with_its_mark(tmp_path: Path):
    with CaseFile(tmp_path / "z.case", create=True) as made:
        made.mark_seen("2031-06-01T08:00:00+00:00", first=True)
        made.mark_seen("2031-06-09T08:00:00+00:00", first=True)
    with CaseFile(tmp_path / "z.case") as again, again.asking() as connection:
        mark = last_mark(connection)
        assert mark is not None and mark.at == "2031-06-01T08:00:00+00:00"


def test_many_new_articles_are_counted_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("dragoman.store.seen.MOST", 2)
    with CaseFile(tmp_path / "w.case", create=True) as made:
        made.mark_seen("2031-06-01T08:00:00+00:00")
        put(made, [f"n-{n}" for n in range(4)], [])
        found = new(made)[0]
    assert found.articles == ("n-0", "n-1") and found.more


def test_the_interface_tells_it_too(client):
    assert client.get("/api/new").json()["new"]["event"] == []
    add_second(client)
    found = client.get("/api/new").json()
    assert found["new"]["article"] == ["a-2"] and found["new"]["event"] == ["e-2"] and not found["more"]
