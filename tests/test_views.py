"""Lists that people keep under a name: counted, what is new in them told, on pages, terminal, desktop and in feeds."""

from __future__ import annotations

import re
from html import unescape

import feedparser
import pytest
from fastapi.testclient import TestClient
from msgspec import structs
from typer.testing import CliRunner

from dragoman import open as open_case
from dragoman.cli import app
from dragoman.model import Decision
from dragoman.model.settable import VIEWED, bad_words, problem
from dragoman.store import Stored
from dragoman.telling.alerts import alerts, desktop
from dragoman.telling.deciding import BadDecision
from dragoman.telling.joining import contradict, join, read_back, written
from dragoman.telling.kept_views import MOST, kept_views, propose_view
from dragoman.telling.view_lists import how_many, listed, members, new_in, page_address, plain_address
from dragoman.workbench.app import create_app
from linking_readings import Page
from small_world import small_world

RUNNER = CliRunner()


def view(name="Lachin", address="/timeline?who=Arland", was="", **more):
    given = (("address", address), *((("was", was),) if was else ()))
    return Decision(kind="view", targets=(), value=name, given=given, **more)


def unview(name):
    return Decision(kind="unview", targets=(), value=name)


# --- decisions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "right"),
    [
        (view(), True),
        (view(was="Old"), True),
        (unview("Lachin"), True),
        (view(""), False),
        (view("x" * 61), False),
        (view("a\nb"), False),
        (view(address="//evil.example/timeline"), False),
        (view(address="https://evil.example/"), False),
        (view(address="/timeline#x"), False),
        (view(address="/help"), False),
        (view(address="/search?q=" + "x" * 1000), False),
        (structs.replace(view(), given=()), False),
        (structs.replace(view(), given=(("address", "/events"), ("key", "x"))), False),
        (structs.replace(unview("x"), given=(("address", "/events"),)), False),
    ],
)
def test_what_a_view_may_be(decision, right):
    assert (problem(decision) is None and bad_words(decision) is None) is right


FOLDED = [
    ([view("b"), view("a")], ["a", "b"]),
    ([view("a"), unview("A")], []),
    ([view("a"), view("c", was="a")], ["c"]),
    ([view("a"), view("a", "/events")], ["a"]),
    ([view("c", was="a"), unview("a")], ["c"]),
]


@pytest.mark.parametrize(("decisions", "names"), FOLDED)
def test_the_last_word_on_a_name_counts(decisions, names):
    kept = [(n, d, True) for n, d in enumerate(decisions, 1)]
    assert [v.name for v in kept_views(kept)] == names
    if names == ["c"] and decisions[0].value == "a":
        assert [v.name for v in kept_views([kept[0], (2, decisions[1], False)])] == ["a"], (
            "renaming is undone"
        )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (view("a"), view("A", "/events"), True),
        (view("a"), unview("a"), True),
        (view("a"), view("b", "/events"), False),
        (view("a"), view("a"), False),
        (view("a"), Decision(kind="star", targets=()), False),
    ],
)
def test_which_views_contradict_each_other(one, other, expected):
    assert contradict(one, other) is contradict(other, one) is expected


def test_views_go_from_case_to_case():
    kept = [(1, view("a"), True), (2, view("b"), False)]
    back = read_back("\n".join(written(kept)))
    assert back == [view("a")] and join([], back).new == back and join(kept, back).known == 1


def test_names_are_one_view_each_and_views_are_bounded():
    held = kept_views((n, view(f"v{n}"), True) for n in range(MOST))
    with pytest.raises(BadDecision, match="already"):
        propose_view(held, "V3", "/events")
    with pytest.raises(BadDecision, match=str(MOST)):
        propose_view(held, "another", "/events")
    assert propose_view(held, "another", "/events", was="v3").value == "another"


# --- what is in them --------------------------------------------------------------------------------


def later(path, n=1):
    """An article on Arland that comes in afterwards, and tells what no other does."""
    day = f"2024-05-{10 + n:02}"
    page = Page(outlet="Evening", published=day, title="Arland again")
    if n == 1:
        page.event("Arland left Borland on May 1.", "RETREAT", ["Arland"], ["Borland"], day, mode="withdraw")
    else:
        page.event(
            "Cora Cray said that Arland accused Corland of the attack on May 12.",
            "ACCUSE",
            ["Arland"],
            ["Corland"],
            day,
            mode="allege",
        )
    source = page.source()
    with open_case(path) as case:
        case.file.add(
            [Stored(structs.replace(source.article, raw=source.article.text), source.reading, None)]
        )
        case.link()


@pytest.fixture
def path(tmp_path):
    small_world(tmp_path / "x.case").file.close()
    return tmp_path / "x.case"


LISTS = [
    ("/timeline?who=Arland", True),
    ("/events?type=RETREAT", True),
    ("/events?who=Arland&who=Cora+Cray&status=happened", True),
    ("/events?who=Nobody", False),
    ("/facts/statement", False),
    ("/facts/figure?since=2024-05-01", False),
    ("/facts/storyline", None),
    ("/search?q=Arland", True),
    ("/search?q=Arland&where=articles", True),
    ("/actors?q=arland", False),
    ("/articles?outlet=Evening", True),
    ("/promises", False),
]


@pytest.mark.parametrize(("address", "grows"), LISTS)
def test_a_list_is_counted_as_its_page_shows_it_and_new_is_what_only_new_articles_tell(path, address, grows):
    later(path, 1)
    later(path, 2)
    with open_case(path) as case, case.asking() as connection:
        assert plain_address(connection, address) == address
        wanted = listed(connection, address)
        every = [r["id"] for r in members(connection, wanted)]
        assert how_many(connection, wanted) == len(every)
        new, none = new_in(connection, wanted, 3), new_in(connection, wanted, 5)
        assert {r["id"] for r in new} <= set(every) and not none
        assert grows is None or bool(new) is grows


def test_every_list_that_can_be_kept_has_a_test():
    assert {address.partition("?")[0] for address, _ in LISTS} >= set(VIEWED) - {
        "/facts/state",
        "/facts/dispute",
    }


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("/", "/timeline"),
        ("/?who=&lines=all&since=2024-01-01&who=Arland", "/timeline?who=Arland&since=2024-01-01"),
        ("/events?sources=0&skip=100&ticked=all&type=AID", "/events?type=AID"),
        ("/search?q= a &skip=3", "/search?q=a"),
        ("/timeline?who=%D0%90#x", "/timeline?who=%D0%90"),
    ],
)
def test_an_address_is_kept_without_what_asks_for_nothing(path, asked, plain):
    with open_case(path) as case, case.asking() as connection:
        assert plain_address(connection, asked) == plain


def test_names_are_kept_instead_of_ids_so_a_view_outlives_a_join(path):
    with open_case(path) as case, case.asking() as connection:
        ids = {a["name"]: a["id"] for a in case.records("actor")}
        plain = plain_address(connection, f"/timeline?actor={ids['Arland']}&actor={ids['Borland']}")
        assert plain == "/timeline?who=Arland&who=Borland"
        assert page_address(connection, plain) == f"/timeline?actor={ids['Arland']}&actor={ids['Borland']}"


# --- pages --------------------------------------------------------------------------------------------


@pytest.fixture
def client(path):
    return TestClient(create_app(path), base_url="http://localhost", follow_redirects=True)


def post(client, where, **form):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)[1]
    return client.post(where, data={"token": token, **form})


def kept_of(client) -> str:
    found = re.search(r'<section aria-labelledby="kept".*?</section>', client.get("/").text, re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))).strip() if found else ""


def test_a_view_is_saved_counted_marked_renamed_and_taken_out(client, path):
    page = client.get("/timeline?who=Arland&lines=all")
    form = re.search(r'<form method="post" action="/views">(.*?)</form>', page.text, re.S)[1]
    address = unescape(re.search(r'name="address" value="([^"]+)"', form)[1])
    page = post(client, "/views", name=" Arland's  guards ", address=address, back=address, why="watched")
    assert page.url.path == "/timeline" and "Kept as a view" in page.text
    assert kept_of(client) == "Views Arland's guards 1"
    later(path)
    assert kept_of(client) == "Views Arland's guards 2 1 new : Arland's guards"
    for _ in range(2):
        seen = client.get("/view", params={"name": "arland's guards"})
        assert seen.text.count('class="fact entry') == 1 and "Arland left Borland" in seen.text, (
            "looking is not marking"
        )
    post(client, "/views/change", what="seen", name="Arland's guards")
    assert kept_of(client) == "Views Arland's guards 2"
    post(client, "/views/change", what="rename", name="Arland's guards", new="Guards")
    assert kept_of(client) == "Views Guards 2", "what was seen is seen under the new name too"
    page = post(client, "/views/change", what="remove", name="Guards")
    assert kept_of(client) == "" and "taken out" in page.text
    post(client, "/undo")
    assert kept_of(client) == "Views Guards 2"
    made = client.get("/api/decisions").json()
    assert [(d["kind"], d["stands"]) for d in made] == [("view", True), ("view", True), ("unview", False)]
    assert client.get("/history").text.count("Guards") >= 2


@pytest.mark.parametrize("where", ["/views", "/view?name=Guards", "/"])
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_pages_of_views_speak_each_language(client, where, language):
    post(client, "/views", name="Guards", address="/actors?q=a")
    page = client.get(where, headers={"Accept-Language": language})
    assert page.status_code == 200 and "Guards" in page.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "address": "/events"}, "Write the name"),
        ({"name": "x", "address": "/help"}, "no list that can be kept"),
        ({"name": "x", "address": "//evil.example"}, "no list that can be kept"),
        ({"name": "GUARDS", "address": "/actors"}, "already"),
    ],
)
def test_what_cannot_be_saved_is_said(client, form, said):
    post(client, "/views", name="Guards", address="/events")
    page = post(client, "/views", **form)
    assert page.status_code == 400 and said in page.text
    assert len(client.get("/api/decisions").json()) == 1


def test_a_view_that_is_not_there_is_said(client):
    for where in ("/view?name=x", "/feed.atom?view=x"):
        assert client.get(where).status_code == 404
    assert post(client, "/views/change", what="seen", name="x").status_code == 404
    assert client.post("/views", data={"name": "x", "address": "/events"}).status_code == 403


def test_a_page_that_stays_open_learns_what_came(client, path):
    assert 'class="alerts"' not in client.get("/help").text, "without views nothing is asked"
    post(client, "/views", name="Guards", address="/timeline?who=Arland")
    after = int(re.search(r'data-after="(\d+)"', client.get("/help").text)[1])
    assert client.get("/pulse", params={"after": after}).json() == {"at": after, "views": []}
    later(path)
    told = client.get("/pulse", params={"after": after}, headers={"Accept-Language": "fr"}).json()
    assert told["at"] == after + 1
    assert told["views"] == [
        {"name": "Guards", "n": 1, "said": "1 de plus dans « Guards »", "address": "/view?name=Guards"}
    ]
    assert client.get("/pulse", params={"after": after + 1}).json()["views"] == []


@pytest.mark.parametrize("address", [a for a, _ in LISTS])
def test_every_view_is_a_feed_whose_entries_lead_to_their_words(client, address):
    post(client, "/views", name="Guards", address=address)
    answer = client.get("/feed.atom", params={"view": "Guards"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    page = feedparser.parse(answer.content)
    assert not page.bozo and page.feed.title.endswith(": Guards")
    assert len({e.id for e in page.entries}) == len(page.entries)
    for entry in page.entries:
        assert client.get(entry.link).status_code == 200


def test_the_feed_of_a_case_is_the_same_bytes_again_and_takes_the_key(path):
    app = create_app(path, "a-key", frozenset({"10.0.0.7"}))
    client = TestClient(app, base_url="http://10.0.0.7:8765", follow_redirects=False)
    assert client.get("/feed.atom").status_code == 403
    assert client.get("/feed.atom?key=wrong").status_code == 403
    one, other = (client.get("/feed.atom?key=a-key") for _ in range(2))
    assert one.status_code == 200 and one.content == other.content and "set-cookie" not in one.headers
    assert b"a-key" not in one.content
    assert client.get("/timeline?key=a-key").status_code == 303, "pages go by the cookie"


# --- terminal and desktop -----------------------------------------------------------------------------


def run(*words):
    return RUNNER.invoke(app, [str(word) for word in words])


def test_the_commands_keep_list_and_run_views(path):
    assert run("views", path, "Guards", "--keep", "/timeline?who=Arland").exit_code == 0
    assert run("search", path, "Arland", "--save", "all of it").exit_code == 0
    later(path)
    listed_now = run("views", path).output
    assert re.search(r"all of it +\d+ +\d new since", listed_now) and re.search(
        r"Guards +2 +1 new", listed_now
    )
    assert "Arland left Borland" in run("views", path, "guards", "--new").output
    assert len(run("search", path, "--saved", "Guards").output.splitlines()) == 2
    assert run("views", path, "Guards", "--seen").exit_code == 0
    assert run("views", path, "Guards", "--new").exit_code == 1
    assert run("views", path, "Guards", "--rename", "G").exit_code == 0
    assert "there are: all of it, G" in run("views", path, "Guards").output
    assert run("views", path, "G", "--remove").exit_code == 0 and "G " not in run("views", path).output
    assert run("search", path).exit_code == 1


def test_a_view_that_got_something_is_told_with_its_first_line(path):
    with open_case(path) as case:
        case.decide(view("Guards"))
        case.decide(view("Bolts", "/timeline?who=Boris+Bolt"))
    later(path)
    with open_case(path) as case:
        ((found, n, first),) = alerts(case, 3)
        assert (found.name, n) == ("Guards", 1) and "Arland left Borland" in first
        assert list(alerts(case, 4)) == []


def test_the_desktop_is_told_without_markup(tmp_path, monkeypatch):
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/told\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    show = desktop()
    assert show is not None
    show("--icon=x", "<b>a & b</b>\x1b[31m")
    told = (tmp_path / "told").read_text().splitlines()
    assert told[:3] == ["--app-name=Dragoman", "--", "--icon=x"]
    assert "&lt;b&gt;a &amp; b" in told[3] and "\x1b" not in told[3]
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert desktop() is None


@pytest.mark.parametrize(
    ("file", "status", "begins"),
    [
        ("x.atom", 0, b"<?xml"),
        ("x.ics", 0, b"BEGIN:VCALENDAR"),
        ("x.csl.json", 0, b"["),
        ("x.json", 1, b""),
        ("x.md", 0, b"#"),
        ("x.jsonl", 0, b"{"),
        ("x", 1, b""),
    ],
)
def test_the_ending_of_a_file_tells_the_format(path, tmp_path, file, status, begins):
    done = run("export", path, tmp_path / file)
    assert done.exit_code == status, done.output
    assert not begins or (tmp_path / file).read_bytes().startswith(begins)


def test_views_are_told_to_programs_and_offered_by_the_palette(tmp_path):
    small_world(tmp_path / "x.case").file.close()
    client = TestClient(
        create_app(tmp_path / "x.case"), base_url="http://localhost:8765", follow_redirects=False
    )
    assert client.get("/api/views").json() == []
    token = re.search(r'name="token" value="([^"]+)"', client.get("/views").text)[1]
    form = {"token": token, "name": "Arland’s doings", "address": "/timeline?who=Arland"}
    assert client.post("/views", data=form).status_code == 303
    (told,) = client.get("/api/views").json()
    assert told["name"] == "Arland’s doings" and told["address"].startswith("/timeline?")
    assert told["total"] > 0 and (told["new"], told["more"]) == (0, False) and told["seen"]
    for typed, offered in (("", True), ("arl", True), ("doin", True), ("oings", False), ("zzz", False)):
        items = client.get("/palette", params={"q": typed}).json()["items"]
        views = [i for i in items if i["note"] == "saved view"]
        assert bool(views) is offered, typed
        assert all(i["to"] == told["address"] and i["label"] == told["name"] for i in views)
