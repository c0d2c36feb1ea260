"""Bad input through the commands themselves: one read over a folder of everything, and `annotate` on hostile lines."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from dragoman.annotate import annotate_lines
from dragoman.store import CaseFile

PROGRAM = [sys.executable, "-m", "dragoman.cli"]
WATCHDOG = 400
"""Seconds after which a command hangs rather than works; no measure of speed."""

A = "The crews of the harbour ferries stopped work on Monday and said that they would not return before talks."
B = "The owners answered on Tuesday that an offer made in May was still on the table, and that it was a fair one."
C = "The islands have no other link to the mainland, and shops expect to run out of fresh food within the week."
GERMAN = (
    "Die Fähren fahren nicht, und in den Läden wird es langsam leer; für Montag ist ein Gespräch geplant. "
)
RUSSIAN = "Экипажи паромов прекратили работу в понедельник и заявили, что не вернутся до начала переговоров. "
PAGE = f"<html><body><h1>Ferry crews stop work</h1><p>{A}</p><p>{B}</p><p>{C}</p></body></html>"


def record(n: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/{n}\r\n"
    head += "WARC-Date: 2024-06-14T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def bomb() -> bytes:
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packed.compress(record(1, b"<p>" + b"a" * 120_000_000)) + packed.flush()


WHOLE = {  # files that are read
    "good-1.txt": A.encode(),
    "good-2.html": PAGE.encode(),
    "good-2-again.html": PAGE.encode(),
    "latin-1.txt": (GERMAN * 3).encode("latin-1"),
    "utf-16.txt": f"{B} {C}".encode("utf-16"),
    "windows-1251.txt": (RUSSIAN * 3).encode("cp1251"),
}
BAD = [  # name, content, what the summary says of it
    ("empty.txt", b"", "is empty"),
    ("binary.txt", bytes(range(256)) * 20, "is binary data"),
    ("deep.html", b"<html><body>" + b"<div>" * 100_000 + A.encode(), "deep"),
    ("bomb.warc.gz", b"", "32 MB"),
    ("truncated.warc", (record(5, PAGE.replace("Monday", "Friday").encode()) * 2)[:-60], "break"),
    ("lines.jsonl#2", b"", "no JSON"),
    ("lines.jsonl#3", b"", "neither 'text' nor 'html'"),
    ("lines.jsonl#4", b"", "a number, not a string"),
    ("huge.txt", b"", "larger than 32 MB"),
    ("shut", b"", "may not be read"),
]


def fill(folder: Path) -> None:
    folder.mkdir()
    for name, data in [*WHOLE.items(), *((name, data) for name, data, _ in BAD)]:
        if "." in name and "#" not in name:
            (folder / name).write_bytes(data)
    rows = [json.dumps({"text": f"{C} {A}"}), "{broken", '{"title": "no text"}', '{"text": 5}']
    (folder / "lines.jsonl").write_text("\n".join(rows), encoding="utf-8")
    first = gzip.compress(record(0, PAGE.replace("Monday", "Sunday").encode()))
    (folder / "bomb.warc.gz").write_bytes(first + bomb())
    with (folder / "huge.txt").open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    (folder / "shut").mkdir()
    (folder / "shut" / "a.txt").write_text(A, encoding="utf-8")
    (folder / "shut").chmod(0)


PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def heed_permissions() -> None:
    """In a child of root, before the program starts: give up the right to pass over permissions."""
    libc = ctypes.CDLL(None)
    for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)


def run_as_a_user(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        preexec_fn=heed_permissions if os.geteuid() == 0 else None,
        timeout=WATCHDOG,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="drops root's rights as Linux does")
def test_a_folder_of_everything_bad_is_named_item_by_item_and_the_rest_is_read(tmp_path: Path) -> None:
    fill(tmp_path / "in")
    out = tmp_path / "x.case"
    done = run_as_a_user("read", tmp_path / "in", "--case", out)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for name, _, reason in BAD:
        named = [line for line in lines if f"/{name}: " in line or f"/{name}#" in line]
        assert named, f"{name} is not named in {done.stdout}"
        assert any(reason in line for line in named), named
    assert "1 were in the case already" in done.stdout
    assert not [line for line in lines if any(f"/{name}: " in line for name in WHOLE)]

    with CaseFile(out) as case:
        articles = [stored.article for stored in case.stored()]
        found = set(case.paths())
        aside = {item.path for item in case.set_aside()}
    assert {Path(path).name for path in found} >= set(WHOLE) - {"good-2-again.html"}
    texts = {Path(a.path).name: a.text for a in articles}
    assert texts["good-1.txt"] == A
    assert texts["utf-16.txt"] == f"{B} {C}"
    assert "für Montag ist ein Gespräch geplant" in texts["latin-1.txt"]
    assert "Экипажи паромов" in texts["windows-1251.txt"]
    assert len(articles) == len(WHOLE) - 1 + len({"lines.jsonl#1", "truncated.warc#1", "bomb.warc.gz#1"})
    assert {Path(path).name for path in aside} >= {"empty.txt", "huge.txt", "shut", "lines.jsonl#2"}

    again = run_as_a_user("read", tmp_path / "in", "--case", out)
    assert again.returncode == 0
    assert again.stdout.startswith("read 0 articles")
    (tmp_path / "in" / "shut").chmod(0o700)


def test_nothing_but_bad_input_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01" * 99)
    done = subprocess.run(
        [*PROGRAM, "read", tmp_path / "a.txt", tmp_path / "none.txt", "--case", tmp_path / "x.case"],
        capture_output=True,
        text=True,
        timeout=WATCHDOG,
    )
    assert done.returncode == 1
    assert "a.txt: is binary data" in done.stdout
    assert "none.txt: does not exist" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["read", "export"])
@pytest.mark.parametrize(("make", "said"), [("text", "not a Dragoman case"), ("newer", "newer version")])
def test_a_case_that_cannot_be_used_is_one_line(tmp_path: Path, command: str, make: str, said: str) -> None:
    case = tmp_path / "x.case"
    if make == "text":
        case.write_text("just some text, long enough to have a head", encoding="utf-8")
    else:
        with CaseFile(case, create=True) as made, made._writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    words = ["read", tmp_path / "a.txt", "--case", case] if command == "read" else [command, case]
    done = subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=WATCHDOG, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.startswith("dragoman: ")
    assert said in done.stderr
    assert str(case) in done.stderr
    assert done.stderr.count("\n") == 1


def annotate(data: bytes) -> tuple[list[dict[str, Any]], str]:
    done = subprocess.run([*PROGRAM, "annotate"], input=data, capture_output=True, timeout=WATCHDOG)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_no_lines_are_no_error() -> None:
    assert annotate(b"") == ([], "")
    assert annotate(b"\n \n") == ([], "")


BROKEN = [
    b"{broken",
    b"[]",
    b"null",
    b"[" * 100_000,
    b'{"id": 1}',
    b'{"id": 1, "text": 5}',
    b'{"id": {}, "text": "a"}',
    b'{"id": 1, "text": "a", "language": 5}',
    b'{"id": 1, "text": "\xff\xfe"}',
    b'{"id": 1, "text": "They met \\ud800 there."}',
    b'{"id": 1, "text": "They met.", "published": "soon"}',
    b'{"id": 1, "text": "They met yesterday.", "published": "0001-01-01"}',
    b'{"id": 1, "text": "They meet tomorrow.", "published": "9999-12-31"}',
]
ODD = [  # lines that are read all the same
    {"id": "empty", "text": ""},
    {"id": "blank", "text": " \n\u00a0"},
    {"id": "zeros", "text": "They \x00met\x00\x00 in Paris.", "language": "en"},
    {"id": "other", "text": "Der Rat tagte.", "language": "de"},
    {"id": "none", "text": "They met.", "language": "xx"},
    {"id": "no language", "text": "They met.", "language": ""},
    {"id": "faces", "text": "\u202e\U0001f1eb\U0001f1f7 They met in \U0001f600 Paris.", "language": "en"},
    {"id": "times", "text": "In 99999 years, on 31 February 2024, in the 99th century, they met on 99 June."},
    {"id": "edge", "text": "Ils se sont vus hier, il y a 5000 ans.", "published": "1800-01-01"},
]


def test_broken_lines_say_why_and_the_others_are_read() -> None:
    good = [json.dumps(row).encode() for row in ODD]
    rows, said = annotate(b"\xef\xbb\xbf" + b"\n".join([good[0], *BROKEN, *good[1:]]))
    assert len(rows) == len(BROKEN) + len(ODD)
    assert all(row["error"] for row in rows[1 : len(BROKEN) + 1])
    read = [rows[0], *rows[len(BROKEN) + 1 :]]
    assert [row["id"] for row in read] == [row["id"] for row in ODD]
    assert not [row for row in read if "error" in row]
    assert "Traceback" not in said


LONG = {  # each took minutes where a step grew by the square of a text's length
    "one word": "a" * 100_000,
    "lines": "\n" * 150_000 + "He left.",
    "unclosed": "“" + "He said that they would come. " * 500,
    "brackets": "They came " + "(" * 5_000 + "home" + ")" * 5_000 + ".",
    "marks": '" ' * 2_500,
    "joined": " and ".join(["Anna"] * 1_500) + " met.",
    "names": "President " + ", ".join(f"John Smith{n}" for n in range(1_500)) + " left.",
}


@pytest.mark.parametrize(
    ("language", "some"), [("en", list(LONG)), ("fr", ["names", "lines"]), ("ru", ["marks", "one word"])]
)
def test_texts_made_to_take_long(language: str, some: list[str]) -> None:
    lines = [json.dumps({"id": name, "text": LONG[name], "language": language}).encode() for name in some]
    rows = [json.loads(line) for line in annotate_lines(lines)]
    assert [row["id"] for row in rows] == some
    assert not [row["error"] for row in rows if "error" in row]
