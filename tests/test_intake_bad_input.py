"""Bad and hostile input: each is named with its reason, and what is whole beside it is read."""

from __future__ import annotations

import gzip
import json
import os
import resource
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.intake import KINDS, gather
from dragoman.intake.limits import FILE_BYTES, FOLDER_DEPTH
from dragoman.model import Article, SetAside

A = "The crews of the harbour ferries stopped work on Monday and said that they would not return before talks."
B = "The owners answered on Tuesday that an offer made in May was still on the table, and that it was a fair one."
C = "The islands have no other link to the mainland, and shops expect to run out of fresh food within the week."
PAGE = f"<html><body><h1>Ferry crews stop work</h1><p>{A}</p><p>{B}</p><p>{C}</p></body></html>"


def read(*paths: Path) -> tuple[list[Article], list[SetAside]]:
    found = list(gather(paths))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, SetAside)]


def only(path: Path) -> SetAside:
    articles, aside = read(path)
    assert not articles
    assert len(aside) == 1
    return aside[0]


def record(url: str, page: bytes, headers: str = "") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-14T10:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [record(f"http://x.example/{i}", PAGE.replace("Monday", f"day {i}").encode()) for i in range(4)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.jsonl", b"", "is empty"),
        ("a.txt", bytes(range(256)) * 20, "binary data"),
        ("a.txt", b"PK\x03\x04" + b"x" * 50, "a ZIP archive"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a PNG image"),
        ("a.txt", b"12345\n---\n", "has no text"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.html", b"<", "no "),
        ("a.xml", b"<a><b/></a>", "is no RSS or Atom feed"),
        ("a.rss", b"not xml at all", "no feed"),
        ("a.rss", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel/></rss>', "declares entities"),
        ("a.pdf", b"%PDF-1.4 cut off", "is no PDF"),
        ("a.pdf", b"no pdf", "is no PDF"),
        ("a.eml", b"Subject: x\n\n", "no text part"),
        ("a.warc", b"hello\n" * 99, "no WARC record"),
        ("a.warc.gz", b"\x1f\x8b\x08 damaged", "damaged"),
        ("a.warc", b"", "no WARC record"),
        ("a.txt.gz", b"no gzip", "no gzip file"),
        ("a.html.gz", gzip.compress(PAGE.encode())[:-20], "breaks off"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    aside = only(tmp_path / name)
    assert reason in aside.reason
    assert aside.path == str(tmp_path / name)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(A, encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"\x00\x01" * 99)
    (tmp_path / "3.txt").write_text(B, encoding="utf-8")
    articles, aside = read(tmp_path)
    assert [a.text for a in articles] == [A, B]
    assert [a.path for a in aside] == [str(tmp_path / "2.txt")]


def test_a_text_of_200_mb_is_set_aside_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    aside = only(path)
    assert "larger than 32 MB" in aside.reason
    assert aside.hint
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kilobytes


def test_an_article_of_too_many_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * 450_000, encoding="utf-8")
    assert "2000000" in only(tmp_path / "a.txt").reason


def test_a_small_file_that_unpacks_to_a_large_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * (FILE_BYTES + 5)))
    assert "larger than 32 MB" in only(tmp_path / "a.txt.gz").reason


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div>" * 100_000 + A + "</div>" * 100_000,
        "<html><body>" + "<b><i>" * 50_000 + A,
        "<html><body>" + "<ul><li>" * 50_000 + A,
        "<html><body>" + "<table><tr><td>" * 30_000 + A,
    ],
)
def test_a_page_nested_100_000_deep(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    assert "deep" in only(tmp_path / "a.html").reason


def test_a_page_of_too_many_elements(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<p>x</p>" * 70_000, encoding="utf-8")
    assert "elements" in only(tmp_path / "a.html").reason


@pytest.mark.parametrize(
    "script",
    [
        "[" * 300_000,
        '{"a":' * 300_000,
        "{",
        '{"@type": "NewsArticle", "datePublished": {"a": 1}, "author": [[[]]], "headline": 5}',
    ],
)
def test_structured_data_that_are_damaged(tmp_path: Path, script: str) -> None:
    page = PAGE.replace("<body>", f'<head><script type="application/ld+json">{script}</script></head><body>')
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    articles, _ = read(tmp_path / "a.html")
    assert [a.title for a in articles] == ["Ferry crews stop work"]


def test_markup_never_gets_into_the_text(tmp_path: Path) -> None:
    nasty = "<script>steal()</script><img src=x onerror=steal()><svg onload=steal()><style>x{}</style><!-- steal() -->"
    (tmp_path / "a.html").write_text(PAGE.replace("</p>", f"</p>{nasty}"), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": f"<p>{A}</p>{nasty}<p>{B}</p>"}), encoding="utf-8")
    (tmp_path / "c.rss").write_text(
        f"<rss version='2.0'><channel><title>x</title><item><title>t</title><description><![CDATA[{PAGE}{nasty}]]>"
        "</description></item></channel></rss>",
        encoding="utf-8",
    )
    articles, _ = read(tmp_path)
    assert len(articles) == 3
    for article in articles:
        assert A in article.text
        assert not any(word in article.text for word in ("steal", "<", "onerror", "x{}"))


def test_gzip_bomb_in_an_archive(tmp_path: Path) -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = bomb.compress(record("http://x.example/b", b"<p>" + b"a" * 150_000_000)) + bomb.flush()
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(RECORDS[0]) + packed + gzip.compress(RECORDS[1]))
    articles, aside = read(path)
    assert [a.url for a in articles] == ["http://x.example/0", "http://x.example/1"]
    assert any("32 MB" in a.reason for a in aside)
    assert any("times their size" in a.reason for a in aside)


def test_gzip_bomb_within_a_record(tmp_path: Path) -> None:
    inner = gzip.compress(b"a" * (FILE_BYTES + 9))
    path = tmp_path / "a.warc"
    path.write_bytes(
        RECORDS[0] + record("http://x.example/b", inner, "Content-Encoding: gzip\r\n") + RECORDS[1]
    )
    articles, (aside,) = read(path)
    assert len(articles) == 2
    assert aside.path == f"{path}#2"
    assert "unpacks to more" in aside.reason


def test_content_in_gzip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record("http://x.example/b", gzip.compress(PAGE.encode()), "Content-Encoding: gzip\r\n"))
    (article,), aside = read(path)
    assert A in article.text
    assert not aside


@pytest.mark.parametrize("pack", [b"".join, lambda records: b"".join(map(gzip.compress, records))])
def test_truncated_archive(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    data = pack(RECORDS)
    path = tmp_path / ("a.warc.gz" if data.startswith(b"\x1f") else "a.warc")
    path.write_bytes(data[: -len(data) // 10])
    articles, aside = read(path)
    assert [a.url for a in articles] == [f"http://x.example/{i}" for i in range(3)]
    assert any("breaks off" in a.reason or "break off" in a.reason for a in aside)


def test_an_archive_damaged_in_the_middle(tmp_path: Path) -> None:
    packed = [gzip.compress(r) for r in RECORDS]
    packed[1] = packed[1][:60] + b"\xff\x00\xfe" * 9 + packed[1][87:]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(packed))
    articles, aside = read(path)
    assert [a.url for a in articles] == ["http://x.example/0", "http://x.example/2", "http://x.example/3"]
    assert aside


def test_json_lines_with_faults_are_named_by_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": A}),
        "{not json",
        json.dumps(["a", "list"]),
        json.dumps({"title": "no text"}),
        json.dumps({"text": 5}),
        json.dumps({"text": B, "published": "soon"}),
        json.dumps({"text": C, "title": ["a"]}),
        "",
        "[" * 100_000,
        json.dumps({"text": C, "published": None}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    articles, aside = read(path)
    assert [a.path for a in articles] == [f"{path}#1", f"{path}#10"]
    assert [a.path.split("#")[1] for a in aside] == ["2", "3", "4", "5", "6", "7", "9"]
    reasons = " | ".join(a.reason for a in aside)
    for words in (
        "no JSON",
        "a list, not an object",
        "neither 'text' nor 'html'",
        "a number, not a string",
        "'soon'",
    ):
        assert words in reasons


def test_two_files_with_one_content_are_one_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(A, encoding="utf-8")
    articles, _ = read(tmp_path)
    assert len({a.id for a in articles}) == 1


def test_a_name_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in only(tmp_path / "none.txt").reason
    assert only(Path("\0")).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_and_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut.txt").write_text(A, encoding="utf-8")
    (tmp_path / "a.txt").write_text(B, encoding="utf-8")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "shut.txt").chmod(0)
    articles, aside = read(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert [a.text for a in articles] == [B]
    assert sorted(Path(a.path).name for a in aside) == ["shut", "shut.txt"]
    assert all("may not be read" in a.reason for a in aside)


@pytest.mark.parametrize("what", ["scandir", "open"])
def test_a_refusal_of_the_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "a.txt").write_text(A, encoding="utf-8")

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    if what == "scandir":
        monkeypatch.setattr(os, "scandir", refuse)
    else:
        monkeypatch.setattr(os, "open", refuse)
    assert "may not be read" in only(tmp_path / "shut").reason


def test_loops_of_links_and_deep_folders_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(A, encoding="utf-8")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    deep = tmp_path
    for _ in range(FOLDER_DEPTH + 3):
        deep = deep / "d"
        deep.mkdir()
    (deep / "b.txt").write_text(B, encoding="utf-8")
    articles, aside = read(tmp_path)
    assert [a.text for a in articles] == [A]
    assert {Path(a.path).name: a.reason for a in aside} == {
        "again": "is a link to a folder of the same folder, which is read itself",
        "nowhere.txt": "does not exist",
        "d": f"lies more than {FOLDER_DEPTH} folders deep",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "pipe" in only(tmp_path / "a.txt").reason
    assert "device" in only(Path("/dev/zero")).reason


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(KINDS),
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
        st.sampled_from(
            [
                PAGE.encode(),
                RECORDS[0],
                gzip.compress(RECORDS[0]),
                gzip.compress(PAGE.encode()),
                b"%PDF-1.4\n",
            ]
        ),
    ),
    st.integers(0, 400),
)
def test_nothing_is_raised_whatever_comes(tmp_path: Path, kind: str, data: bytes, cut: int) -> None:
    path = tmp_path / f"x{kind}"
    path.write_bytes(data[:cut] if cut < 300 else data)
    for found in gather([path]):
        assert found.path.startswith(str(path))
        if isinstance(found, SetAside):
            assert found.reason
        else:
            assert found.text.strip()
