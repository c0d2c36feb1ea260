"""Copies and versions of an article beside it, with what differs marked."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.model import Article, ArticleRecord, Reading
from dragoman.store import CaseFile, Stored
from dragoman.workbench.app import create_app
from dragoman.workbench.beside import MOST_SENTENCES, compare, sentences
from records import structs


def marked(pieces) -> list[str]:
    return [text for text, differs in pieces if differs]


DIFFER = [
    ("One. Two. Three.", "One. Two. Three.", [], []),
    ("One. Two.\nThree.", "One.  Two. Three.", [], []),
    ("Four men fell. All is well.", "Nine men fell. All is well.", ["Four"], ["Nine"]),
    ("Four men fell.", "Four men of Zenda fell.", [], ["of Zenda "]),
    ("One. Two.", "One.", [" Two."], []),
    ("", "New.", [], ["New."]),
    ("«Да», сказал он.", "«Нет», сказал он.", ["Да"], ["Нет"]),
]


@pytest.mark.parametrize(("a", "b", "left", "right"), DIFFER)
def test_what_differs_is_marked(a, b, left, right):
    found = compare(a, b)
    assert [w.strip() for s in found for w in marked(s.left)] == [w.strip() for w in left]
    assert [w.strip() for s in found for w in marked(s.right)] == [w.strip() for w in right]


texts = st.text(alphabet="ab. \n!?é”", max_size=200)


@given(texts, texts)
def test_the_stretches_are_the_texts(a, b):
    found = compare(a, b)
    assert "".join(t for s in found for t, _ in s.left) == a
    assert "".join(t for s in found for t, _ in s.right) == b
    assert "".join(sentences(a)) == a


HOSTILE = ["x" * 200_000, "x " * 100_000, ". " * 100_000, "a. b. " * 20_000, "\n" * 100_000]


@pytest.mark.parametrize("text", HOSTILE, ids=["one word", "words", "stops", "sentences", "lines"])
def test_long_texts_are_compared_in_bounded_parts(text):
    found = compare(text, text[::-1] + "!")
    assert "".join(t for s in found for t, _ in s.left) == text
    assert len(found) <= 2 * MOST_SENTENCES + 1


@pytest.fixture
def client(tmp_path):
    """`a-1` with a copy, a translation, and a later version that was found at the same path."""
    first = next(r for r in structs() if isinstance(r, ArticleRecord))
    french = "Ils sont <i>partis</i>."
    of = {"copies_of": "a-1"}
    records = [
        *structs(),
        replace(first, id="copy-1", outlet="Copyist", text=first.text.replace("4", "5"), overlap=0.9, **of),
        replace(first, id="copy-2", outlet="Traducteur", language="fr", text=french, overlap=0.7, **of),
        replace(first, id="copy-3", text=first.text + " It was updated.", overlap=None),
    ]
    with CaseFile(tmp_path / "x.case", create=True) as file:
        for name in ("a-1", "a-2", "copy-1", "copy-2", "copy-3"):
            path = "in/1.txt" if name in ("a-1", "copy-3") else f"{name}.txt"
            article = Article(id=name, path=path, text="x", raw="x", language="en")
            file.add([Stored(article, Reading(article=name, language="en"), None)])
        file.replace_records(records, file.state_of_reading())
    return TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost")


def listed(page: str) -> dict[str, str]:
    return dict(re.findall(r'<span class="code">(\w+[ \w]*)</span> <a href="/articles/([^"]+)"', page))


def test_the_reader_lists_copies_translations_and_versions(client):
    assert listed(client.get("/articles/a-1").text) == {
        "copy": "copy-1",
        "translation": "copy-2",
        "other version": "copy-3",
    }
    assert listed(client.get("/articles/copy-1").text)["original"] == "a-1"
    assert "Copies and versions" not in client.get("/articles/a-2").text
    assert "90 % alike" in client.get("/articles/a-1").text


def test_a_copy_stands_beside_its_original(client):
    page = client.get("/beside", params={"a": "a-1", "b": "copy-1"}).text
    assert "<del>4</del>" in page and "<ins>5</ins>" in page
    french = client.get("/beside", params={"a": "a-1", "b": "copy-1"}, headers={"Accept-Language": "fr"}).text
    assert "passage diffère." in french or "passages diffèrent." in french


def test_two_languages_are_not_compared_and_no_markup_lives(client):
    page = client.get("/beside", params={"a": "a-1", "b": "copy-2"}).text
    assert "<ins>" not in page and "two languages" in page
    assert "&lt;i&gt;partis" in page and "<i>partis" not in page


@pytest.mark.parametrize("other", ["none", "e-1"])
def test_what_is_no_article_is_said(client, other):
    assert client.get("/beside", params={"a": "a-1", "b": other}).status_code == 404
