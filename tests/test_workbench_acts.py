"""Every act on the pages says what was done, lands where it belongs, and can be taken back on the spot."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from dragoman import open as open_case
from dragoman.languages import load
from dragoman.telling.interface import LANGUAGES
from dragoman.workbench.app import create_app
from dragoman.workbench.jobs import Given
from dragoman.workbench.menu import GROUPS, group_of
from dragoman.workbench.notes import KEPT, Note, Notes
from dragoman.workbench.setting import FIELDS

TEXTS = {
    "a.txt": "The president of Chile visited Bolivia on 7 June 2023. He met the Bolivian president in La Paz.\n\n"
    "Chile signed a trade agreement with Bolivia on 9 June 2023.\n",
    "b.txt": "Peru accused Ecuador of espionage on 3 May 2023. Peru condemned Paraguay on 4 May 2023.\n",
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_case(folder / "x.case", create=True) as case:
        case.read([folder / name for name in TEXTS])
        case.link()
    return folder / "x.case"


@pytest.fixture
def client(read, tmp_path):
    path = tmp_path / "x.case"
    with TestClient(create_app(read), base_url="http://localhost") as whole:
        path.write_bytes(whole.get("/copy").content)
    return TestClient(create_app(path), base_url="http://localhost", follow_redirects=True)


def actor(client, name):
    return next((a["id"] for a in client.get("/api/actors").json() if a["name"] == name), None)


def fact(client, kind="event", **conditions):
    return client.get(f"/api/records/{kind}", params=conditions).json()["records"][0]


def post(client, where, **form):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)[1]
    return client.post(where, data={"token": token, **form})


def note(page) -> str:
    found = re.search(r'class="note"><p role="status"><bdi>(.*?)</bdi>', page.text, re.S)
    return unescape(found[1]) if found else ""


def press(client, page, where="/undo"):
    """Press the button of the note."""
    form = re.search(rf'class="note">.*?<form method="post" action="{where}">(.*?)</form>', page.text, re.S)
    assert form, page.text[:2000]
    named = re.findall(r'name="(\w+)" value="([^"]*)"', form[1])
    data: dict = {}
    for name, value in named:
        data.setdefault(name, []).append(unescape(value))
    return client.post(where, data=data)


# --- acts -------------------------------------------------------------------------------------------


def test_a_join_lands_on_the_one_that_both_are_now_and_is_taken_back(client):
    chile, peru = actor(client, "Chile"), actor(client, "Peru")
    for here, other in ((chile, "Peru"), (peru, "Chile")):
        page = post(client, "/decide", kind="join", about=[here, other], back=f"/actors/{here}")
        assert page.status_code == 200 and page.url.path.startswith("/actors/")
        assert "are one now" in note(page) and "“Chile”" in note(page) and "“Peru”" in note(page)
        assert not (actor(client, "Chile") and actor(client, "Peru"))
        back = press(client, page)
        assert back.status_code == 200 and note(back).startswith("Taken back")
        assert actor(client, "Chile") and actor(client, "Peru")


def test_what_was_taken_back_can_be_done_again(client):
    peru = actor(client, "Peru")
    page = post(
        client, "/decide", kind="rename", about=peru, value="Republic of Peru", back=f"/actors/{peru}"
    )
    assert (
        note(page) == "“Peru” is called “Republic of Peru” now."
        and "Republic of Peru</bdi> <span" in page.text
    )
    page = press(client, page)
    assert actor(client, "Peru")
    page = press(client, page, "/again")
    assert actor(client, "Republic of Peru") and "is called" in note(page)


def test_a_note_is_told_once_and_only_to_who_did_it(client):
    peru = actor(client, "Peru")
    page = post(client, "/decide", kind="rename", about=peru, value="P", back="/actors")
    assert note(page) and not note(client.get("/actors"))


def test_a_wrong_fact_is_gone_and_comes_back(client):
    event = fact(client)
    article = event["evidence"][0]["article"]
    here = f"/articles/{article}?fact={event['id']}"
    page = post(client, "/decide", kind="reject", about=event["id"], back=here, why="a film")
    assert page.url.path == f"/articles/{article}" and note(page).startswith("Marked as wrong")
    assert client.get(f"/api/record/{event['id']}").status_code == 404
    page = press(client, page)
    assert page.url.params["fact"] == event["id"] and 'id="chosen"' in page.text


def test_marking_all_as_seen_is_taken_back(client):
    post(client, "/add", text="Uruguay condemned Peru on 5 May 2023.")
    client.app.state.reading._thread.join(120)
    assert "Mark all as seen" in client.get("/new").text
    page = post(client, "/seen", what="all", back="/new")
    assert "marked as seen" in note(page) and "Mark all as seen" not in page.text
    page = press(client, page, "/seen")
    assert "Mark all as seen" not in note(page)


SLIPS = [
    ({"kind": "join", "about": ["PERU", ""]}, "Name the two"),
    ({"kind": "join", "about": ["PERU", "PERU"]}, "one and the same"),
    ({"kind": "rename", "about": ["PERU"], "value": "  "}, "Write the new name"),
    ({"kind": "burn", "about": ["PERU"]}, "burn"),
    ({"kind": "join", "about": ["PERU", "Perru"]}, "One of these, perhaps?"),
    ({"kind": "join", "about": ["PERU", "Nobody"]}, "Nobody and no place here is called so: Nobody"),
]


@pytest.mark.parametrize(("form", "said"), SLIPS)
def test_a_slip_is_explained_with_what_can_be_done_in_the_browser(client, form, said):
    peru = actor(client, "Peru")
    about = [peru if one == "PERU" else one for one in form["about"]]
    page = post(client, "/decide", **{**form, "about": about, "back": f"/actors/{peru}"})
    assert page.status_code == 400 and said in page.text and f'href="/actors/{peru}"' in page.text
    assert "dragoman " not in page.text.split("<main")[1].split("</main")[0], "no command is of use here"
    assert client.get("/api/decisions").json() == []


def test_no_answer_of_the_pages_advises_a_command(client):
    for address in (
        "/actors/x",
        "/articles/x",
        "/fact/x",
        "/facts/x",
        "/export/x",
        "/x",
        "/timeline?since=x",
    ):
        said = client.get(address).text.split("<main")[1].split("</main")[0]
        assert not re.search(r"dragoman \w|--\w|jsonl?\b.*--", said), said


# --- setting right ---------------------------------------------------------------------------------------


def form_of(client, event):
    page = client.get(f"/articles/{event['evidence'][0]['article']}", params={"fact": event["id"]})
    form = re.search(r'<form method="post" action="/set".*?</form>', page.text, re.S)[0]
    return {n: unescape(v) for n, v in re.findall(r'name="(was_\w+)" value="([^"]*)"', form)}, page


def test_the_form_shows_what_is_there_and_proposes_names(client):
    was, page = form_of(client, fact(client, since="2023-06-07", until="2023-06-07"))
    assert was["was_when"] == "2023-06-07" and was["was_status"] == "happened" and was["was_who"]
    assert set(was) == {f"was_{name}" for name in FIELDS["event"]}
    assert '<datalist id="actors">' in page.text and '<option value="Peru">' in page.text


def set_right(client, event, **changed):
    was, _ = form_of(client, event)
    form = {name.removeprefix("was_"): value for name, value in was.items()}
    here = f"/articles/{event['evidence'][0]['article']}?fact={event['id']}"
    return post(client, "/set", **was, **{**form, **changed}, about=event["id"], back=here)


def test_what_is_changed_is_set_and_nothing_else_and_all_is_taken_back_together(client):
    event = fact(client)
    page = set_right(client, event, when="2023-06", status="denied", why="the wire corrects it")
    assert note(page).count("Set right") == 0 and "Is this meant?" in page.text, (
        "a month is shown as it was understood"
    )
    assert "1 June 2023" in page.text and "30 June 2023" in page.text
    page = confirm(client, page)
    assert "status: denied" in note(page) and "1 June 2023" in note(page)
    made = client.get("/api/decisions").json()
    assert [(d["field"], d["value"], d["why"]) for d in made] == [
        ("when", "2023-06-01/2023-06-30", "the wire corrects it"),
        ("status", "denied", "the wire corrects it"),
    ]
    press(client, page)
    assert not any(d["stands"] for d in client.get("/api/decisions").json())


def confirm(client, page):
    form = re.search(r'<form method="post" action="/set".*?</form>', page.text, re.S)[0]
    return client.post(
        "/set", data={n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    )


def test_a_type_is_set_with_its_mode(client):
    page = set_right(client, fact(client), type="RETREAT/withdraw")
    assert page.status_code == 200
    made = client.get("/api/decisions").json()
    assert [(d["field"], d["value"]) for d in made] == [("type", "RETREAT"), ("mode", "withdraw")]


def test_a_name_that_nobody_bears_is_asked_about(client):
    page = set_right(client, fact(client), who="Peru; Somebody Else")
    assert "Is this meant?" in page.text and "Somebody Else" in page.text
    assert client.get("/api/decisions").json() == []
    assert "Set right" in note(confirm(client, page))


def test_nothing_changed_is_said(client):
    assert note(set_right(client, fact(client))) == "Nothing was changed."


BAD = [("when", "someday"), ("when", "2024-02-30"), ("when", "2024-06-30/2024-06-01"), ("status", "maybe")]
BAD += [("type", "FOO"), ("type", ""), ("type", "RETREAT/nothing"), ("place", "actor-0123456789abcdef")]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_no_field_can_hold_is_refused_with_a_way_back(client, name, value):
    event = fact(client)
    page = set_right(client, event, **{name: value})
    if page.status_code == 200:  # a name that nobody bears may be meant, so it is asked about first
        page = confirm(client, page)
    assert page.status_code == 400 and f"fact={event['id']}" in page.text
    assert client.get("/api/decisions").json() == []


def test_an_article_is_taken_out_of_the_case_and_comes_back(client):
    article = fact(client, "article")["id"]
    page = post(client, "/decide", kind="remove", about=article, back="/articles", why="not of this inquiry")
    assert (
        note(page).startswith("Taken out of the case: “")
        and "article”" not in note(page)
        and article not in page.text.split("<table")[1]
    )
    assert article in press(client, page).text


# --- adding -----------------------------------------------------------------------------------------------


def add(client, files=(), **form):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)[1]
    page = client.post("/add", data={"token": token, **form}, files=[("files", one) for one in files])
    if thread := client.app.state.reading._thread:
        thread.join(120)
    return page


def test_a_file_keeps_its_name_and_takes_what_is_said_of_it(client):
    said = {"outlet": "The  Andean Post", "day": "2 May 2023", "url": "https://example.org/a"}
    add(client, [("report.txt", b"Ecuador condemned Peru on Monday.")], **said)
    found = {a["path"]: a for a in client.get("/api/records/article").json()["records"]}
    article = found["report.txt"]
    assert (article["outlet"], article["url"], article["published"]["start"]) == (
        "The Andean Post",
        "https://example.org/a",
        "2023-05-02",
    )
    told = fact(client, article=article["id"])
    assert told["when"]["start"] == "2023-05-01", "days in its text are counted from the day that was given"
    assert all(a["outlet"] is None for path, a in found.items() if path != "report.txt"), (
        "nothing is said of other articles"
    )


def test_files_of_one_name_are_both_read_and_what_is_not_read_is_named(client):
    texts = [b"Ecuador condemned Peru on 2 May 2023.", b"Ecuador praised Peru on 3 May 2023."]
    files = [("x.txt", text) for text in texts] + [("empty.txt", b""), ("odd.xyz", b"\x00\x01\x02")]
    add(client, files)
    page = client.get("/add").text
    assert client.app.state.reading.summary.read == 2
    assert "empty.txt" in page and "odd.xyz" in page
    aside = client.get("/aside").text
    assert "empty.txt" in aside and "odd.xyz" in aside
    one = client.get("/api/aside").json()[0]
    only = client.get("/aside", params={"reason": one["reason"]}).text.split("<table")[1]
    assert one["path"] in only


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": "https://example.org/news/1"}, "Addresses are not fetched"),
        ({"text": "HTTP://["}, "Addresses are not fetched"),
        ({"text": "Peru.", "url": "http:[/"}, "begins with https"),
        ({"text": "   "}, "Choose files, or paste a text"),
        ({"text": "Peru.", "url": "javascript:alert(1)"}, "begins with https"),
        ({"text": "Peru.", "day": "someday"}, "someday"),
    ],
)
def test_what_cannot_be_added_is_explained(client, form, said):
    page = add(client, **form)
    assert page.status_code == 400 and said in page.text


def test_an_article_in_another_language_says_that_it_is_not_read(client):
    text = (
        "Riksdagen debatterade budgeten på tisdagen och beslutade att sänka skatterna för det kommande året. "
        * 3
    )
    add(client, text=text)
    articles = client.get("/api/records/article").json()["records"]
    swedish = next(a for a in articles if a["language"] == "sv")
    assert 'class="unread"' in client.get(f"/articles/{swedish['id']}").text
    assert "in a language that is not read" in client.get("/add").text


def test_what_is_given_leaves_the_rest_as_it_is(read):
    with open_case(read) as case:
        article = next(iter(case.file.stored())).article
    assert Given().to(article) == article


# --- notes, menu, help ---------------------------------------------------------------------------------------


def test_notes_are_bounded_and_told_once():
    notes = Notes()
    names = [notes.put(Note(str(n))) for n in range(KEPT + 5)]
    assert notes.take(names[0]) is None and notes.take(None) is None
    assert notes.take(names[-1]).text == str(KEPT + 4) and notes.take(names[-1]) is None


def test_every_page_of_the_menu_is_there_and_knows_its_group(client):
    for name, pages in GROUPS:
        for address, _ in pages:
            text = client.get(address).text
            assert group_of(address) == name and text.count('aria-current="page"') == 1
    assert group_of("/articles/a-1") == "Sources and work" and group_of("/nothing") == ""


def test_the_help_is_told_in_every_language(client):
    told = {language: load(language, "help") for language in LANGUAGES}
    for part in ("first", "ways", "keys", "words"):
        assert len({len(one[part]) for one in told.values()}) == 1
    for language, one in told.items():
        page = unescape(client.get("/help", headers={"Accept-Language": language}).text)
        assert all(line in page for line in [*one["first"], *one["words"].values()])
