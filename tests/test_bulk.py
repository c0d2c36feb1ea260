"""Many rows at once: one act, one why, one way back; what cannot be done is said and the rest is kept."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from dragoman import open as open_case
from dragoman.cli import app
from dragoman.cli.deciding import spans
from dragoman.telling.bulk import AT_ONCE, propose_all
from dragoman.telling.deciding import BadDecision
from dragoman.workbench.app import create_app
from dragoman.workbench.offered import offered
from small_world import small_world

RUNNER = CliRunner()


@pytest.fixture
def path(tmp_path):
    small_world(tmp_path / "x.case").file.close()
    return tmp_path / "x.case"


@pytest.fixture
def client(path):
    return TestClient(create_app(path), base_url="http://localhost", follow_redirects=True)


def post(client, where, **form):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)[1]
    return client.post(where, data={"token": token, **form})


def note(page) -> str:
    found = re.search(r'class="note"><p role="status"><bdi>(.*?)</bdi>', page.text, re.S)
    return unescape(found[1]) if found else ""


def ids(client, kind, n=20) -> list[str]:
    return [r["id"] for r in client.get(f"/api/records/{kind}").json()["records"]][:n]


def standing(client) -> list:
    return [d for d in client.get("/api/decisions").json() if d["stands"]]


def ticks(page, name="about") -> list[str]:
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]+)" form="ticked"', page.text)


LISTS = [
    ("/", "reject"),
    ("/timeline?lines=all", "accept"),
    ("/events", "accept"),
    ("/facts/statement", "star"),
    ("/facts/figure", "tag"),
    ("/facts/state", "reject"),
    ("/search?q=Arland", "tag"),
    ("/promises?today=2024-05-20", "star"),
    ("/actors", "star"),
    ("/actors", "join"),
    ("/decide?what=fact", "no"),
]
"""A list and an act; facts that wait for a person are all that are less than certain here."""


@pytest.mark.parametrize(("where", "kind"), LISTS)
def test_the_rows_of_every_list_are_ticked_and_decided_on_in_one_act(client, where, kind, monkeypatch):
    monkeypatch.setattr("dragoman.workbench.waiting.LOW", 1.01)
    page = client.get(where)
    rows = ticks(page)
    assert rows and len(rows) == len(set(rows)) and f'name="kind" value="{kind}"' in page.text
    back = unescape(re.search(r'id="ticked".*?name="back" value="([^"]+)"', page.text, re.S)[1])
    done = post(client, "/decide-all", kind=kind, about=rows[:3], value="to ask", why="seen twice", back=back)
    assert done.status_code == 200 and done.url.path == where.partition("?")[0], done.text[:500]
    made = standing(client)
    assert {d["kind"] for d in made} == {{"no": "reject"}.get(kind, kind)}
    assert {d["why"] for d in made} == {"seen twice"} and len({d["act"] for d in made}) == 1
    assert len(made) == (1 if kind == "join" else len(rows[:3]))
    undo = re.search(r'class="note">.*?<form method="post" action="/undo">(.*?)</form>', done.text, re.S)[1]
    numbers = re.findall(r'name="number" value="(\d+)"', undo)
    assert len(numbers) == len(made)
    post(client, "/undo", number=numbers, back=back)
    assert not standing(client)


def test_all_on_the_page_needs_no_script_and_is_forgotten_after(client):
    page = client.get("/events?status=happened&ticked=all")
    assert page.text.count('form="ticked" autocomplete="off" checked') == len(ticks(page)) > 1
    assert unescape(re.search(r'id="ticked".*?name="back" value="([^"]+)"', page.text, re.S)[1]) == (
        "/events?status=happened"
    )
    assert "checked" not in "".join(re.findall(r"<input[^>]*ticked[^>]*>", client.get("/events").text))


def test_a_line_that_is_rejected_is_gone_and_its_facts_stay(client):
    (line, *_), events = ids(client, "entry"), ids(client, "event")
    post(client, "/decide-all", kind="reject", about=[line, *ids(client, "entry")[1:2]], back="/")
    assert line not in ids(client, "entry") and ids(client, "event") == events
    post(client, "/undo")
    assert line in ids(client, "entry"), "the last act is taken back as a whole"


def test_what_cannot_be_decided_on_is_said_and_the_others_are_kept(client):
    events, (article, *_) = ids(client, "event"), ids(client, "article")
    page = post(client, "/decide-all", kind="accept", about=[*events, article, "event-0123456789abcdef"])
    said = note(page)
    assert "Left as they were: 2." in said and "an article cannot be accepted" in said, said
    assert "no longer in the case" in said and "dragoman " not in said
    assert len(standing(client)) == len(events)


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"kind": "accept"}, 400, "Tick the lines first"),
        ({"kind": "tag", "about": ["event-1"]}, 400, "Write the tag"),
        ({"kind": "join", "about": ["actor-1"]}, 400, "Name the two"),
        ({"kind": "accept", "about": ["event-0123456789abcdef"]}, 400, "no longer in the case"),
        ({"kind": "burn", "about": ["event-1"]}, 422, "kind"),
        ({"kind": "accept", "about": [f"event-{n}" for n in range(AT_ONCE + 1)]}, 422, "about"),
        ({"kind": "no", "about": ["x"] * AT_ONCE, "pair": ["a|b"]}, 400, str(AT_ONCE)),
    ],
)
def test_a_slip_keeps_nothing(client, form, status, said):
    page = post(client, "/decide-all", **form)
    assert page.status_code == status and said in page.text
    assert not standing(client)


def test_pairs_and_facts_that_wait_are_answered_together(client):
    first, second, third = ids(client, "actor", 3)
    page = post(
        client, "/decide-all", kind="no", about=ids(client, "event", 1), pair=[f"{first}|{second}", "x|y"]
    )
    assert [d["kind"] for d in standing(client)] == ["reject", "split"] and third
    assert "Left as they were: 1." in note(page)


def test_a_form_of_another_session_decides_nothing(client):
    answer = client.post("/decide-all", data={"kind": "star", "about": ids(client, "event")})
    assert answer.status_code == 403 and not standing(client)


def test_the_history_takes_an_act_back_from_any_of_its_decisions(client):
    post(client, "/decide-all", kind="star", about=ids(client, "event"))
    post(client, "/decide", kind="star", about=ids(client, "actor", 1))
    page = client.get("/history")
    assert page.text.count('name="act" value="true"') == 1, "once for the act, not for each of its decisions"
    post(client, "/undo", number=[2], act="true")
    assert len(standing(client)) == 1


def test_the_interface_decides_on_a_list_of_ids(client):
    events = ids(client, "event")
    found = client.post("/api/decide", json={"kind": "accept", "about": [*events, "nobody"], "why": "x"})
    assert found.status_code == 200 and found.json()["numbers"] == [1, 2, 3]
    assert [r["about"] for r in found.json()["refused"]] == ["nobody"]
    bad = {"kind": "accept", "about": ["nobody"]}
    assert client.post("/api/decide", json=bad).status_code == 400
    plain = client.post(
        "/api/decide", content='{"kind": "star", "about": ["x"]}', headers={"Content-Type": "text/plain"}
    )
    assert plain.status_code in (415, 422)
    other = client.post("/api/decide", json=bad, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403 and len(standing(client)) == len(events)


def run(*words, given=None):
    return RUNNER.invoke(app, [str(word) for word in words], input=given)


def test_the_commands_take_many(path):
    with open_case(path) as case:
        events = [e["id"] for e in case.events()]
        actors = [a["name"] for a in case.records("actor")][:3]
    done = run("accept", path, *events, "nobody", "--why", "both say so")
    assert done.exit_code == 1 and "accept: 3, decisions 1-3" in done.output and "nobody: left" in done.output
    assert run("tag", path, *actors, "to be asked").exit_code == 0
    assert "decisions 4-6 are undone" in run("undo", path).output
    assert "standing: 1, 3" in run("undo", path, 2).output
    assert "decisions 1, 3 are undone" in run("undo", path, 3, "--together").output
    assert run("star", path, "-", given="\n".join(events)).exit_code == 0
    assert run("join", path, *actors).exit_code == 0
    with open_case(path) as case:
        made = [d for _, d, stands in case.file.decisions() if stands]
    assert [d.kind for d in made] == ["star"] * 3 + ["join"] and len(made[-1].targets) == 3


@pytest.mark.parametrize(("numbers", "said"), [([1], "1"), ([3, 1, 2], "1-3"), ([1, 3, 4, 9], "1, 3-4, 9")])
def test_numbers_are_told_in_stretches(numbers, said):
    assert spans(numbers) == said


def test_an_act_is_kept_whole_or_not_at_all(path):
    with open_case(path) as case:
        made = propose_all(case, "star", [e["id"] for e in case.events()]).decisions
        assert len({d.act for d in made}) == 1 and made[0].act
        from msgspec.structs import replace

        with pytest.raises(BadDecision):
            case.decide_all([*made, replace(made[0], kind="tag")])
        assert case.file.decisions() == []
        assert propose_all(case, "star", [case.events()[0]["id"]]).decisions[0].act == "", "one is no act"


@pytest.mark.parametrize("path_of", ["/help", "/add", "/history", "/articles", "/articles/x", "/changes"])
def test_pages_without_rows_of_facts_offer_nothing(path_of):
    assert offered(path_of) == ()
