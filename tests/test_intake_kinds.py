"""Every kind of file, from bytes on disk to articles."""

from __future__ import annotations

import gzip
import io
import json
import textwrap
from pathlib import Path

import pytest

from dragoman.intake import KINDS, gather
from dragoman.model import Article, SetAside
from hostile_files import PAGE, A, B, C, pdf


def warc_record(url: str, page: str, headers: str = "") -> bytes:
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + page.encode()
    )
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-14T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def articles(path: Path) -> list[Article]:
    found = list(gather([path]))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def test_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{A}\n\n{B}\n", encoding="utf-8")
    (one,) = articles(tmp_path / "a.txt")
    assert one.text == f"{A}\n\n{B}"
    assert one.path == str(tmp_path / "a.txt")
    assert one.language == "en"
    assert one.way_back == ((0, 0, len(one.text)),)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML", "saved.txt"])
def test_page(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    (one,) = articles(tmp_path / name)
    assert one.title == "Ferry crews stop work"
    assert one.text == f"{A}\n{B}\n{C}"
    assert one.published is not None
    assert one.published.start == "2024-06-12"


def test_page_in_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (one,) = articles(tmp_path / "a.html.gz")
    assert one.text.startswith(A)


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"---\ntitle: Ferry crews stop work\ndate: 2024-06-12\nsource: Harbour Gazette\n---\n"
        "# Ferry crews stop work\n\n"
        f"**The crews** of the [harbour](http://x.example) said _no_ on 2 * 3 piers.\n\n- {B}\n",
        encoding="utf-8",
    )
    (one,) = articles(tmp_path / "a.md")
    assert one.text == f"Ferry crews stop work\n\nThe crews of the harbour said no on 2 * 3 piers.\n\n{B}"
    assert (one.title, one.outlet) == ("Ferry crews stop work", "Harbour Gazette")
    assert one.published is not None
    assert one.published.start == "2024-06-12"


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {
            "text": A,
            "title": "T",
            "url": "http://x.example/1",
            "published": "2024-06-12",
            "outlet": "Gazette",
        },
        {
            "text": f"<p>{A}</p><p>{B}</p>",
            "date": "Wed, 12 Jun 2024 08:00:00 GMT",
            "source": "Gazette",
            "language": "en",
        },
        {"html": PAGE, "url": "javascript:alert(1)"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    one, two, three = articles(tmp_path / "a.jsonl")
    assert [a.path[-2:] for a in (one, two, three)] == ["#1", "#2", "#3"]
    assert (one.title, one.url, one.outlet, one.text) == ("T", "http://x.example/1", "Gazette", A)
    assert two.text == f"{A}\n{B}"
    assert two.published is not None
    assert two.published.start == "2024-06-12"
    assert three.title == "Ferry crews stop work"
    assert three.url is None


PACKED = {
    "plain": lambda records: b"".join(records),
    "a member a record": lambda records: b"".join(map(gzip.compress, records)),
    "one member": lambda records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("how", PACKED)
def test_warc(tmp_path: Path, how: str) -> None:
    records = [warc_record(f"http://x.example/{i}", PAGE.replace("Monday", f"day {i}")) for i in range(3)]
    image = warc_record("http://x.example/i.png", "x").replace(
        b"text/html; charset=utf-8", b"image/png; charset=utf-8"
    )
    data = PACKED[how]([records[0], image, *records[1:]])
    path = tmp_path / ("a.warc.gz" if data.startswith(b"\x1f") else "a.warc")
    path.write_bytes(data)
    found = articles(path)
    assert [a.path.rsplit("#")[1] for a in found] == ["1", "3", "4"]
    assert [a.url for a in found] == [f"http://x.example/{i}" for i in range(3)]


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Gazette</title>'
        "<item><title>Ferry crews &amp; owners</title><link>http://x.example/1</link>"
        "<pubDate>Wed, 12 Jun 2024 01:30:00 +0400</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[<p>{A}</p><p>{B}</p>]]></content:encoded></item>"
        "<item><title>No text</title></item></channel></rss>",
        encoding="utf-8",
    )
    one, two = gather([tmp_path / "a.rss"])
    assert isinstance(one, Article)
    assert (one.title, one.outlet, one.url) == (
        "Ferry crews & owners",
        "Harbour Gazette",
        "http://x.example/1",
    )
    assert one.text == f"{A}\n{B}"
    assert one.published is not None
    assert one.published.start == "2024-06-12"
    assert isinstance(two, SetAside)
    assert two.path.endswith("#2")


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette du port</title>'
        "<entry><title>Grève</title><id>1</id><published>2024-06-12T10:00:00Z</published><content type='html'>"
        "&lt;p&gt;Les équipages des bacs ont cessé le travail lundi.&lt;/p&gt;</content></entry></feed>",
        encoding="utf-8",
    )
    (one,) = articles(tmp_path / "a.atom")
    assert (one.text, one.language) == ("Les équipages des bacs ont cessé le travail lundi.", "fr")


def mail(extra: str, body: str) -> str:
    return (
        'From: "Harbour Gazette" <news@x.example>\nTo: a@x.example\nSubject: Fwd: Ferry crews stop work\n'
        f"Date: Wed, 12 Jun 2024 08:00:00 +0200\nMIME-Version: 1.0\n{extra}"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}"
    )


def test_newsletter(tmp_path: Path) -> None:
    text = mail(
        "List-Unsubscribe: <http://x.example/u>\n", f"{textwrap.fill(A, 60)}\n\nUnsubscribe\n-- \nThe desk\n"
    )
    (tmp_path / "a.eml").write_text(text, encoding="utf-8")
    (one,) = articles(tmp_path / "a.eml")
    assert one.text == A
    assert (one.title, one.outlet) == ("Ferry crews stop work", "Harbour Gazette")
    assert one.published is not None
    assert one.published.start == "2024-06-12"


def test_an_article_sent_on_has_not_the_day_of_the_mail(tmp_path: Path) -> None:
    quoted = "\n".join(f"> {line}" for line in ("From: b@x.example", "Sent: Monday", "", A, B))
    (tmp_path / "a.eml").write_text(mail("", quoted), encoding="utf-8")
    (one,) = articles(tmp_path / "a.eml")
    assert one.text == f"{A}\n{B}"
    assert one.published is not None
    assert (one.published.start, one.published.end) == (None, "2024-06-12")
    assert one.outlet is None


def test_mail_with_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(
        "Subject: =?utf-8?q?Gr=C3=A8ve?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\nSee the page.\n--b\nContent-Type: text/html\n\n{PAGE}\n--b--\n",
        encoding="utf-8",
    )
    (one,) = articles(tmp_path / "a.eml")
    assert one.title == "Grève"
    assert B in one.text


def test_pdf(tmp_path: Path) -> None:
    body = textwrap.wrap(f"{A} {B} {C} The with-", 70)
    lines = [
        "Ferry crews stop work",
        "June 12, 2024",
        *body,
        "drawal of the offer was announced on Wednesday.",
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(lines))
    (one,) = articles(tmp_path / "a.pdf")
    assert (
        one.text
        == f"Ferry crews stop work\n{A} {B} {C} The withdrawal of the offer was announced on Wednesday."
    )
    assert one.published is not None
    assert one.published.start == "2024-06-12"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: bytes) -> list[Article | SetAside]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return list(gather(["-"]))

    rows = "".join(json.dumps({"text": f"{A} {i} {'x' * 3000}"}) + "\n" for i in range(3)).encode()
    assert [one.path for one in read(rows)] == ["-#1", "-#2", "-#3"]
    (page,) = read(PAGE.encode())
    assert isinstance(page, Article)
    assert page.title == "Ferry crews stop work"
    (plain,) = read(A.encode())
    assert isinstance(plain, Article)
    assert plain.text == A


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", "c.jpg", "d.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{A} {name}", encoding="utf-8")
    names = [Path(a.path).relative_to(tmp_path).as_posix() for a in gather([tmp_path])]
    assert names == [".hidden.txt", "a.txt", "b/1.txt", "b/2.txt", "c.jpg", "d.TXT"]


def test_reading_is_the_same_on_every_run(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(A, encoding="utf-8")
    assert list(gather([tmp_path])) == list(gather([tmp_path]))


def test_kinds_are_told_by_small_letters() -> None:
    assert all(kind == kind.lower() and kind.startswith(".") for kind in KINDS)
