"""The people of a case: named, with keys that are shown once, in a file that goes nowhere with the case."""

from __future__ import annotations

import hmac
import json
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from browsing import PROGRAM
from dragoman.case import Case
from dragoman.intake import gather
from dragoman.store import CaseError, CaseFile
from dragoman.telling.deciding import take_back
from dragoman.workbench import team as teams
from dragoman.workbench.app import create_app
from dragoman.workbench.team import NotSo, Team
from records import structs
from team_at_work import Visitor, named


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    return tmp_path / "x.case"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)


# --- the file -------------------------------------------------------------------------------------------


def test_a_key_is_kept_nowhere_and_the_file_is_its_owners_alone(path):
    keys = named(path, anna="analyst", boris="reader")
    kept = path.with_name("x.case.people")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(set(keys.values())) == 2 and all(len(key) >= 32 for key in keys.values())
    assert not any(key in kept.read_text() for key in keys.values())
    members = json.loads(kept.read_text())["people"]
    assert len({m["salt"] for m in members}) == len({m["hash"] for m in members}) == 2
    team = Team(path)
    assert [team.owner_of(keys[name]).name for name in keys] == list(keys)


@pytest.mark.parametrize("wrong", ["", "x", "é", "\ud800", "\0", "x" * 10_000])
def test_no_other_key_is_anybodys(path, wrong):
    key = named(path, anna="analyst")["anna"]
    assert Team(path).owner_of(wrong) is None
    assert Team(path).owner_of(key + "x") is Team(path).owner_of(key[:-1]) is None


def test_a_key_is_held_against_everybodys_wherever_it_is_right(path, monkeypatch):
    keys = named(path, anna="analyst", boris="reader", clara="editor")
    compared = []
    whole = hmac.compare_digest
    monkeypatch.setattr(teams.hmac, "compare_digest", lambda a, b: compared.append(b) or whole(a, b))
    for key in (*keys.values(), "wrong"):
        compared.clear()
        Team(path).owner_of(key)
        assert len(compared) == len(keys)


NAMES = ["", "   ", "x" * 61, "a\u202eb", "a\0b", "a\u200bb", "ANNA", "Ａnna", " anna "]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_none_or_taken_is_refused(path, name):
    named(path, anna="analyst")
    before = Team(path).members()
    with pytest.raises(NotSo):
        Team(path).add(name, "editor")
    assert Team(path).members() == before


def test_changes_count_at_once_for_who_has_the_list_open(path):
    keys = named(path, anna="analyst")
    other = Team(path)
    assert other.owner_of(keys["anna"]).role == "analyst"
    Team(path).set_role("Anna", "editor")
    assert other.owner_of(keys["anna"]).role == "editor"
    renewed = Team(path).renew_key("anna")
    assert other.owner_of(keys["anna"]) is None and other.owner_of(renewed).role == "editor"
    Team(path).remove("anna")
    assert other.owner_of(renewed) is None
    assert other.is_named() and not Team(path).is_named(), "who serves it now goes on asking for keys"


def test_people_added_at_once_are_all_there(path):
    adding = [threading.Thread(target=Team(path).add, args=(f"p{n}", "reader")) for n in range(30)]
    for one in adding:
        one.start()
    for one in adding:
        one.join()
    assert {m.name for m in Team(path).members()} == {f"p{n}" for n in range(30)}


def test_a_link_to_a_case_has_the_cases_people(path, tmp_path):
    key = named(path, anna="analyst")["anna"]
    (tmp_path / "link.case").symlink_to(path)
    assert Team(tmp_path / "link.case").owner_of(key)


def damaged(whole: dict) -> list[bytes]:
    def one(**other: object) -> bytes:
        return json.dumps({**whole, "people": [{**whole["people"][0], **other}]}).encode()

    return [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b" " * (teams.SIZE + 1),
        json.dumps({**whole, "version": 2}).encode(),
        json.dumps({**whole, "people": whole["people"] * 2}).encode(),
        one(role="owner"),
        one(salt="zz"),
        one(hash="é"),
        one(hash="0"),
        one(name=""),
        one(more="x"),
    ]


def test_a_damaged_list_lets_nobody_in_and_says_what_to_do(path):
    key = named(path, anna="editor")["anna"]
    kept = path.with_name("x.case.people")
    app, visitor = create_app(path), None
    visitor = Visitor(app, key)
    assert visitor.get("/timeline").status_code == 200
    for content in damaged(json.loads(kept.read_text())):
        kept.write_bytes(content)
        with pytest.raises(CaseError, match=r"x\.case\.people: .*cannot be read .*dragoman people CASE add"):
            Team(path).members()
        with pytest.raises(CaseError):
            create_app(path)
        answer = visitor.get("/timeline")
        assert answer.status_code == 503 and "x.case" not in answer.text, content[:60]
    kept.unlink()
    assert visitor.get("/timeline").status_code == 401, "a list that is lost opens the case to nobody"


# --- it goes nowhere with the case ----------------------------------------------------------------------


def test_no_key_and_no_list_leaves_with_a_copy_an_export_or_a_reading(path, tmp_path):
    keys = named(path, anna="editor")
    member = Team(path).members()[0]
    visitor = Visitor(create_app(path), keys["anna"])
    visitor.give("/decide", kind="star", about=["e-1"])
    left = [visitor.get(f"/export/{name}").content for name in ("jsonl", "csv", "html", "xlsx")]
    left += [
        visitor.get("/copy").content,
        visitor.get("/decisions.jsonl").content,
        visitor.get("/api/decisions").content,
    ]
    with CaseFile(path) as case:
        case.copy_to(tmp_path / "copy.case")
    left += [(tmp_path / "copy.case").read_bytes(), path.read_bytes()]
    secrets = [keys["anna"], member.salt, member.hash]
    assert not [s for s in secrets for content in left if s.encode() in content]
    assert any(b"anna" in content for content in left), "names stay with what was decided"
    assert not (tmp_path / "copy.case.people").exists()
    met = list(gather([tmp_path]))
    assert not any(getattr(one, "text", "") for one in met)


# --- the command ----------------------------------------------------------------------------------------


def test_people_are_named_listed_changed_and_removed(path):
    assert "for one person" in run("people", path).stdout
    added = run("people", path, "add", "Zoë Quist", "--role", "analyst")
    key = added.stdout.strip()
    assert added.returncode == 0 and "only now" in added.stderr and key not in added.stderr
    assert Team(path).owner_of(key).name == "Zoë Quist"
    listed = run("people", path, "list").stdout
    assert "Zoë Quist" in listed and "analyst" in listed and key not in listed
    assert run("people", path, "role", "zoë quist", "--role", "editor").returncode == 0
    assert Team(path).members()[0].role == "editor"
    other = run("people", path, "key", "Zoë Quist").stdout.strip()
    assert Team(path).owner_of(key) is None and Team(path).owner_of(other)
    gone = run("people", path, "remove", "Zoë Quist")
    assert gone.returncode == 0 and "stays" in gone.stdout and not Team(path).members()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["frob"], "list, add, role, key and remove"),
        (["add"], "Give a name"),
        (["add", "x"], "--role reader, analyst or editor"),
        (["add", "x", "--role", "owner"], "--role reader, analyst or editor"),
        (["role", "x", "--role", "editor"], "nobody of this case is called 'x'"),
        (["remove", "x"], "nobody of this case is called 'x'"),
        (["remove", "x", "--role", "editor"], "takes no --role"),
        (["list", "x"], "takes no name"),
    ],
)
def test_what_cannot_be_done_is_said(path, words, said):
    done = run("people", path, *words)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert not path.with_name("x.case.people").exists()


def test_what_is_no_case_has_no_people(tmp_path):
    assert "no such case" in run("people", tmp_path / "no.case", "add", "x", "--role", "reader").stderr
    (tmp_path / "a.txt").write_text("x" * 200)
    assert "is not a Dragoman case" in run("people", tmp_path / "a.txt").stderr


def test_the_history_of_one_person_on_the_terminal(path):
    with CaseFile(path) as file:
        case = Case(file)
        for who in ("anna", "boris"):
            case.decide(case.propose("tag", ["e-1"], value=f"of {who}", who=who).decision)
        take_back(file, [2], "clara")
    assert {
        w: [n for n in ("of anna", "of boris") if n in run("decisions", path, "--who", w).stdout]
        for w in ("anna", "boris", "clara")
    } == {"anna": ["of anna"], "boris": ["of boris"], "clara": ["of boris"]}
    assert "taken back by clara" in run("decisions", path).stdout
    nobody = run("decisions", path, "--who", "dora")
    assert nobody.returncode == 1 and "boris" in nobody.stderr
    elsewhere = path.with_name("some.jsonl")
    assert (
        run("decisions", "export", path, elsewhere, "--who", "anna").returncode == 1
        and not elsewhere.exists()
    )
