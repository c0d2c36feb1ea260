"""The workbench: pages answer, nothing unsafe passes, what a person decides is kept."""

from __future__ import annotations

import re
import threading
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman import open as open_case
from dragoman.model import ArticleRecord, When
from dragoman.model.event_types import MODES
from dragoman.store import CaseFile
from dragoman.telling.interface import interface, language_for
from dragoman.workbench.app import create_app
from dragoman.workbench.drawing import edges, labels, ring, series, strip, ticks, window, zoom
from dragoman.workbench.jobs import safe_name
from dragoman.workbench.marked import marked_text
from dragoman.workbench.safety import local
from dragoman.workbench.show import amount

TEXTS = {
    "peace.txt": "The president of Chile visited Bolivia on 7 June 2023. He met the Bolivian president in La Paz.\n\n"
    "Chile signed a trade agreement with Bolivia on 9 June 2023.\n",
    "hostile.txt": "Chile accused Peru of espionage on 3 May 2023. <script>alert(1)</script> <svg onload=alert(1)>\n\n"
    "\u202eesrever\u202c " + "x" * 5000 + "\n",
}

PAGES = [
    "/",
    "/timeline",
    "/events",
    "/actors",
    "/relations",
    "/map",
    "/asof",
    "/promises",
    "/articles",
    "/new",
    "/changes",
    "/changes?start=2023-05-05&end=2023-06-30",
    "/decide",
    "/history",
    "/add",
]
PAGES += [f"/facts/{kind}" for kind in ("statement", "figure", "state", "dispute", "storyline")]


@pytest.fixture(scope="module")
def case_path(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_case(folder / "x.case", create=True) as case:
        case.read([folder])
        case.link()
    return folder / "x.case"


@pytest.fixture
def client(case_path) -> TestClient:
    return TestClient(create_app(case_path), base_url="http://localhost:8765", follow_redirects=False)


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)
    assert found
    return found[1]


def actor_id(client: TestClient, name: str) -> str:
    return next(a["id"] for a in client.get("/api/actors").json() if a["name"] == name)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_every_page_answers_in_every_language(client, page, language):
    answer = client.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_pages_of_records_answer(client):
    chile = actor_id(client, "Chile")
    assert "Chile" in client.get(f"/actors/{chile}").text
    event = client.get("/api/records/event", params={"actor": chile}).json()["records"][0]
    page = client.get(f"/articles/{event['evidence'][0]['article']}", params={"fact": event["id"]}).text
    assert 'id="chosen"' in page and "f-who" in page
    assert (
        client.get(
            "/events", params={"actor": chile, "since": "2023-06-01", "until": "2023-06-30"}
        ).status_code
        == 200
    )


def test_a_citation_that_is_copied_stands_alone(client):
    event = client.get("/api/records/event").json()["records"][0]
    proof = event["evidence"][0]
    article = client.get(f"/api/record/{proof['article']}").json()
    page = client.get(f"/articles/{article['id']}", params={"fact": event["id"]}).text
    copied = unescape(re.search(r'data-copy="([^"]*)"', page)[1])
    assert copied.startswith(f"“{' '.join(proof['text'].split())}” ")
    assert copied.endswith(f"http://localhost:8765/fact/{event['id']}.")
    assert article["path"].rsplit("/", 1)[-1] in copied, "what has no outlet is cited by its file"


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_no_page_asks_for_a_text_that_a_language_does_not_have(client, language):
    face = interface(language)
    face.missing.clear()
    article = client.get("/api/records/article").json()["records"][0]["id"]
    for address in [*PAGES, f"/articles/{article}", f"/actors/{actor_id(client, 'Chile')}", "/actors/none"]:
        page = client.get(address, headers={"Accept-Language": language})
        assert f'<html lang="{language}"' in page.text
    assert face.missing == set()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_page_shows_a_code(client, language):
    for address in PAGES:
        page = client.get(address, headers={"Accept-Language": language}).text
        shown = re.sub(r"<[^>]*>", " ", page)
        assert not re.search(rf"\b(?:{'|'.join(MODES)})\b", shown), address


def test_what_is_not_there_is_said(client):
    for address in ("/actors/none", "/articles/none", "/facts/none", "/export/none", "/nothing"):
        answer = client.get(address)
        assert answer.status_code == 404 and "<main" in answer.text
    assert client.get("/api/record/none").json() == {"detail": "No record has this id."}


def test_no_markup_of_an_article_is_live(client):
    for page in [
        *PAGES,
        *(f"/articles/{a['id']}" for a in client.get("/api/records/article").json()["records"]),
    ]:
        text = client.get(page).text
        assert "<script>alert" not in text and "<svg onload" not in text


def test_every_answer_carries_the_policy(client):
    for address in ("/", "/static/workbench.css", "/api/actors", "/nothing"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_only_local_names_are_answered(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost.evil.example:8765"}).status_code == 421
    assert client.get("/", headers={"Host": "127.0.0.1:1"}).status_code == 200


def test_changes_are_taken_only_from_its_own_pages(client):
    form = {"kind": "rename", "about": actor_id(client, "Peru"), "value": "X"}
    assert client.post("/decide", data=form).status_code == 403, "no token"
    form["token"] = token(client)
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post("/decide", data=form, headers=headers).status_code == 403
    assert client.get("/api/decisions").json() == [], "nothing was decided"


def test_another_address_asks_for_the_key(case_path):
    app = create_app(case_path, key="a-key", hosts=frozenset({"localhost", "10.0.0.7"}))
    client = TestClient(app, base_url="http://10.0.0.7:8765")
    assert client.get("/").status_code == 403
    assert client.get("/", params={"key": "wrong"}).status_code == 403
    assert client.get("/", params={"key": "a-key"}).status_code == 200
    assert client.get("/events").status_code == 200, "the key is kept in a cookie"


def test_a_decision_is_made_kept_and_undone(client):
    peru = actor_id(client, "Peru")
    form = {
        "token": token(client),
        "kind": "rename",
        "about": peru,
        "value": "Republic of Peru",
        "back": "/actors",
    }
    answer = client.post("/decide", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors")
    assert "Republic of Peru" in client.get("/actors").text
    client.app.state.case.link(force=True)
    assert "Republic of Peru" in client.get("/actors").text, "it outlives a new link"
    assert client.post("/undo", data={"token": form["token"]}).status_code == 303
    assert "Taken back" in client.get("/actors").text
    assert "Republic of Peru" not in client.get("/actors").text
    assert client.get("/api/decisions").json()[-1]["stands"] is False


def test_two_people_at_once_lose_no_decision(case_path):
    with open_case(case_path) as case:
        before = len(case.file.decisions())
    apps = [TestClient(create_app(case_path), base_url="http://localhost") for _ in range(2)]
    named = [
        (c, {"token": token(c), "kind": "rename", "about": actor_id(c, "Peru"), "value": f"B{n}"})
        for n, c in enumerate(apps)
    ]

    def decide(client, form):
        for _ in range(5):
            assert client.post("/decide", data=form, follow_redirects=False).status_code == 303

    threads = [threading.Thread(target=decide, args=one) for one in named]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    with open_case(case_path) as case:
        assert len(case.file.decisions()) == before + 10
        while case.file.undo() is not None:
            pass


def test_pasted_text_and_files_are_read(client):
    form = {"token": token(client), "text": "Ecuador condemned Peru on 2 May 2023."}
    files = {"files": ("../../etc/new.txt", b"Peru recalled its ambassador to Ecuador on 4 May 2023.")}
    assert client.post("/add", data=form, files=files).status_code == 303
    thread = client.app.state.reading._thread
    thread.join(120)
    assert client.app.state.reading.summary.read == 2
    paths = {a["path"] for a in client.get("/api/records/article").json()["records"]}
    assert any(p.endswith("new.txt") for p in paths) and not any("/" in p and "etc" in p for p in paths)


LOCAL = [
    ("/timeline", "/timeline"),
    ("//evil.example", "/"),
    ("https://evil.example", "/"),
    ("/\\evil", "/"),
    ("", "/"),
]


@pytest.mark.parametrize(("given", "taken"), LOCAL)
def test_no_redirect_leads_away(given, taken):
    assert local(given) == taken


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", "a.txt"),
        ("../../x.html", "x.html"),
        ("C:\\a\\b.pdf", "b.pdf"),
        ("a\0b;c.txt", "a_b_c.txt"),
        ("..", "file.txt"),
    ],
)
def test_names_of_uploads_mean_nothing_to_the_file_system(name, kept):
    assert safe_name(name) == kept


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-CH, en;q=0.8", "fr"),
        ("de, fr;q=0.5, en;q=0.9", "en"),
        ("", "en"),
        ("de", "en"),
        ("fr;q=abc", "en"),
        ("fr", "fr"),
        ("ru-RU, ru;q=0.9", "ru"),
    ],
)
def test_the_interface_speaks_the_browsers_language(accepted, language):
    assert language_for(accepted) == language


def test_the_pieces_of_a_marked_text_are_the_text():
    article = {"id": "a", "text": "One two three four."}
    proof = [{"article": "a", "start": 4, "end": 13, "fields": {"who": [4, 7], "whom": [[8, 13]]}}]
    told = [
        {"id": "e", "proof": proof},
        {"id": "f", "proof": [{**proof[0], "start": 0, "end": 7, "fields": {}}]},
    ]
    pieces = marked_text(article, told, told[0])
    assert "".join(p["text"] for p in pieces) == article["text"]
    assert [(p["text"], p["field"], p["facts"]) for p in pieces] == [
        ("One ", "", ["f"]),
        ("two", "who", ["f", "e"]),
        (" ", "", ["e"]),
        ("three", "whom", ["e"]),
        (" four.", "", []),
    ]


def test_bars_of_a_strip_cover_no_other():
    facts = [{"when": {"start": f"2024-01-{d:02}", "end": f"2024-01-{d + 3:02}"}} for d in range(1, 20)]
    drawn = strip(facts, "2024-01-01", "2024-01-31")
    for lane in range(drawn["lanes"]):
        bars = sorted((b["x"], b["x"] + b["width"]) for b in drawn["bars"] if b["lane"] == lane)
        assert all(a[1] <= b[0] for a, b in pairwise(bars))


def test_what_is_not_on_the_strip_is_counted():
    same = [{"when": {"start": "2024-01-01", "end": "2024-01-01"}}] * 20
    before = {"when": {"start": "1990-01-01", "end": "1999-12-31"}}
    drawn = strip([*same, before], "2024-01-01", "2024-01-31")
    assert (drawn["lanes"], len(drawn["bars"]), drawn["more"]) == (16, 16, 5)


def test_an_unknown_end_is_a_stub():
    until = {"when": {"start": None, "end": "2024-01-20"}}
    since = {"when": {"start": "2024-01-10", "end": None}}
    bars = strip([until, since], "2024-01-01", "2024-01-31")["bars"]
    assert [b["open"] for b in bars] == [True, True]
    assert all(b["width"] <= 26 for b in bars)


def test_a_strip_is_drawn_where_most_of_it_happens():
    facts = [{"when": {"start": f"2024-01-{d:02}", "end": f"2024-01-{d:02}"}} for d in range(1, 25)]
    far = {"when": {"start": "1990-01-01", "end": "1999-12-31"}}
    first, last = edges([far, *facts, {"when": None}])
    assert (first, last) == ("2024-01-02", "2024-01-22")
    assert edges([{"when": None}]) == (None, None)
    assert edges([far]) == ("1990-01-01", "1999-12-31")


def test_a_map_shows_where_most_of_it_happens():
    dots = [{"name": f"Place {n}", "n": 30 - n, "at": (225.0 + n / 10, 44.0)} for n in range(20)]
    dots.append({"name": "Far away", "n": 1, "at": (10.0, 10.0)})
    left, top, width, height = frame = window(dots)
    assert width < 30 and left < 225 < left + width and top < 44 < top + height
    named = labels(dots, frame)
    assert named[0]["name"] == "Place 0" and "Far away" not in {label["name"] for label in named}
    assert window([]) == (0.0, 0.0, 360.0, 142.0)
    wide = window([{"n": 1, "at": (1.0, 1.0)}, {"n": 1, "at": (359.0, 140.0)}])
    assert wide == (0.0, 0.0, 360.0, 142.0)


@pytest.mark.parametrize(
    ("fact", "english", "french"),
    [
        ({"low": 1200, "high": 1200}, "1,200 people", "1\u202f200 personnes"),
        ({"low": 1, "high": 1, "unit": "days"}, "1 day", "1 jour"),
        (
            {"low": 2000, "high": None, "approx": True},
            "at least ~2,000 people",
            "au moins ~2\u202f000 personnes",
        ),
        ({"low": None, "high": 40}, "at most 40 people", "au plus 40 personnes"),
        ({"low": 30, "high": 40}, "30 to 40 people", "30 à 40 personnes"),
        ({"low": None, "high": None}, "unknown people", "inconnu personnes"),
    ],
)
def test_figures_are_written_as_readers_write_them(fact, english, french):
    figure = {"about": "", "record": {"unit": "people", "approx": False, **fact}}
    assert amount(figure, interface("en")) == english
    assert amount(figure, interface("fr")) == french


@pytest.mark.parametrize(
    ("code", "words"),
    [("RETREAT/withdraw", "withdrawal"), ("ASSAULT/nothing", "attack"), ("XY", "XY")],
)
def test_codes_are_told_in_plain_words(code, words):
    assert interface("en").type_word(code) == words


def test_articles_come_latest_first_in_pages_and_the_undated_last(tmp_path, monkeypatch):
    days = ["2024-01-03", "2024-01-01", None, "2024-01-02", None]
    nothing = dict.fromkeys(("url", "title", "outlet", "aggregator", "wire", "byline", "missing_share"))

    def record(n, day):
        when = When(start=day, end=day, basis="stated") if day else None
        name = f"a-{n}"
        return ArticleRecord(id=name, path=name, language="en", published=when, text="x", **nothing)

    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records([record(n, day) for n, day in enumerate(days)], file.state_of_reading())
    monkeypatch.setattr("dragoman.workbench.pages.PAGE", 2)
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost")

    def listed(**asked):
        return re.findall(r'href="/articles/(a-\d)"', client.get("/articles", params=asked).text)

    first, second, third = (listed(skip=n) for n in (0, 2, 4))
    assert (first, second[0], {second[1], *third}) == (["a-0", "a-3"], "a-1", {"a-2", "a-4"})
    assert listed(order="old") == ["a-1", "a-3"]
    assert listed(language="fr") == []


def test_an_empty_case_says_how_to_go_on(tmp_path):
    CaseFile(tmp_path / "x.case", create=True).close()
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost")
    assert 'href="/add"' in client.get("/").text.split("<main")[1]
    assert all(client.get(page).status_code == 200 for page in PAGES)


def test_statements_and_states_are_filtered_by_who_and_when(client):
    everyone = client.get("/facts/statement").text.count('<article class="fact ')
    nobody = client.get("/facts/statement", params={"who": "Nobody"}).text
    assert nobody.count('<article class="fact ') == 0 and "called so: Nobody" in nobody
    later = client.get("/facts/statement", params={"since": "2099-01-01", "who": ""}).text
    assert later.count('<article class="fact ') <= everyone
    assert client.get("/facts/figure", params={"type": "troops"}).status_code == 200


def test_the_timeline_is_filtered_by_names(client):
    shown = client.get("/events", params={"who": "peru"}).text
    assert "espionage" in shown and "trade agreement" not in shown
    nobody = client.get("/events", params={"who": "Nobody <b>", "where": "Nowhere"}).text
    assert "Nobody &lt;b&gt;, Nowhere" in nobody and "espionage" not in nobody
    assert "La Paz" in client.get("/events", params={"where": "la paz"}).text


@pytest.mark.parametrize(
    ("first", "last"),
    [("2024-01-01", "2024-01-09"), ("2024-01-01", "2024-12-31"), ("1900-01-01", "2024-12-31")],
)
def test_ticks_are_few_and_in_order(first, last):
    from datetime import date

    begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1
    marks = ticks(begin, end, 1000 / (end - begin))
    assert 2 <= len(marks) <= 14
    assert [m["x"] for m in marks] == sorted(m["x"] for m in marks)
    assert {step for step, *_ in zoom(first, last)} == {"Wider", "Earlier", "Later", "Closer"}


def test_figures_stand_in_the_order_in_which_they_were_told():
    published: dict[str, str] = {}

    def figure(name, low, high, day):
        published[f"art-{name}"] = day
        return {"id": name, "record": {"low": low, "high": high}, "sources": [{"id": f"art-{name}"}]}

    told = [figure("b", 200, None, "2024-02-02"), figure("a", 27, 27, "2024-02-01"), figure("c", 1, 2, "")]
    drawn = series(told, published)
    assert [(r["day"], r["open"]) for r in drawn] == [
        ("2024-02-01", False),
        ("2024-02-02", True),
        ("", False),
    ]
    assert all(0 <= r["left"] < 100 and r["width"] >= 1 for r in drawn)


def test_every_actor_of_a_ring_stands_apart():
    drawn = ring([f"a{n}" for n in range(40)], {("a1", "a2"): (3, -5.0), ("a1", "a39"): (1, 1.0)})
    places = {(n["x"], n["y"]) for n in drawn["nodes"]}
    assert len(places) == len(drawn["nodes"]) == 30
    assert [e["n"] for e in drawn["edges"]] == [3], "an edge to an actor that is not shown is not drawn"


def test_a_fact_added_by_its_words_outlives_a_new_link_and_goes_when_taken_back(client):
    (article,) = (
        a for a in client.get("/api/records/article").json()["records"] if "trade agreement" in a["text"]
    )
    given = {
        "token": token(client),
        "article": article["id"],
        "words": "met the\n Bolivian president",
        "type": "CONSULT",
    }
    given |= {"who": "Chile", "when": "7 June 2023", "place": "La Paz", "back": f"/articles/{article['id']}"}
    assert client.post("/add-fact", data={**given, "words": "never said so"}).status_code == 400
    assert client.post("/add-fact", data={**given, "type": ""}).status_code == 400
    answer = client.post("/add-fact", data=given)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"].partition("#")[0]).text
    assert "by hand" in page and "Take this fact back" in page
    client.app.state.case.link(force=True)
    told = [
        e for e in client.get("/api/records/event").json()["records"] if e["evidence"][0]["rule"] == "hand"
    ]
    assert [(e["type"], e["confidence"], e["when"]["start"]) for e in told] == [
        ("CONSULT", 1.0, "2023-06-07")
    ]
    assert told[0]["evidence"][0]["text"] == "met the Bolivian president"
    assert "met the Bolivian president" in client.get("/timeline", params={"lines": "all"}).text
    refused = client.post("/decide", data={"token": given["token"], "kind": "reject", "about": told[0]["id"]})
    assert refused.status_code == 400, "what a person added is taken back, not judged"
    assert client.post("/undo", data={"token": given["token"]}).status_code == 303
    left = client.get("/api/records/event").json()["records"]
    assert not [e for e in left if e["evidence"][0]["rule"] == "hand"]
