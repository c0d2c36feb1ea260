"""The search page: what it shows for words, for a slip, for nothing; and what narrows a search down."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from dragoman.store import CaseFile
from dragoman.workbench.app import create_app
from records import structs


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "x.case"
    with CaseFile(path, create=True) as case:
        case.replace_records(structs(), case.state_of_reading())
    with TestClient(create_app(path), base_url="http://127.0.0.1") as made:
        yield made


def test_a_search_shows_facts_names_and_what_narrows_it_down(client):
    page = client.get("/search", params={"q": "Ruritania OR Rupert"}).text
    assert 'href="/actors/p-1"' in page and 'id="e-1"' in page
    narrowed = [unescape(a) for a in re.findall(r'href="(\?q=[^"]+)"', page)]
    assert any("kind%3Astatement" in a for a in narrowed)
    assert 'id="e-1"' not in client.get(f"/search{next(a for a in narrowed if 'kind%3Astatement' in a)}").text


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [
        ("solders", "en", "it was taken for soldiers"),
        ("xylophone", "en", "Nothing in this case has the words: xylophone."),
        ("xylophone", "fr", "Rien dans ce dossier n’a les mots"),
        ("since:2031-02-31 soldiers", "en", "is no day"),
        ("actor:Nobody", "en", "no actor of the case is called 'Nobody'"),
        ("<script>alert(1)</script>", "en", "Nothing in this case has the words"),
        ("OR", "en", ""),
        ("", "en", ""),
    ],
)
def test_a_search_says_how_it_went(client, asked, language, said):
    answer = client.get("/search", params={"q": asked}, headers={"accept-language": language})
    assert answer.status_code == 200
    assert said in unescape(answer.text)
    assert "<script>alert" not in answer.text and "dragoman " not in answer.text.split("<main")[1]


@pytest.mark.parametrize("asked", ["soldiers", "xylophone", '"', "actor:x since:y"])
def test_the_interface_finds_the_same(client, asked):
    answer = client.get("/api/search", params={"q": asked})
    assert answer.status_code == 200
    assert ("e-1" in {r["id"] for r in answer.json()}) == (asked == "soldiers")
