"""Files that someone could send to hold the program up: each a run of one thing, as long as is asked for."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PLAIN = "The crews of the harbour ferries stopped work on Monday and said that they would not return before talks. "
MORE = "Arland and Borland signed a truce in Midvale on 3 May 2024 after Ada Arden met Boris Brand, who denied it. "

OPENING = (PLAIN + MORE) * 20
"""Enough of a language to have the rest read as that."""

LONGER = OPENING * 3
"""Enough where the rest is not of any language: what a text begins with says how it is read (20,000 code points)."""

QUOTES = ('"a', "“b", "«c", "‘d", "e'", "f”")
MONTHS = ("January", "May", "June 2024", "3 March", "Monday", "yesterday", "since August", "the 1990s")
INITIALS = tuple(f"{letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
ALIKE = ("Рaris", "Аrlаnd", "Mоsсow", "ﬁ\u0301re", "ﬀ", "Ⅷ", "ﷺ")


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of file.

    Attributes:
        kind: Its ending.
        what: What `make(n)` holds n of.
        base: The smallest n that is measured.
        many: It holds many articles, or would if they had a text; so a bound on one article says nothing of it.
    """

    kind: str
    what: str
    base: int
    make: Callable[[int], str | bytes]
    many: bool = False


def article(body: str, opening: str = OPENING) -> str:
    """A text of an article with something in it."""
    return f"{opening}\n\n{body}\n\n{PLAIN}"


def page(body: str, head: str = "") -> str:
    """A page of an article with something in it."""
    head = f"<title>Ferry crews stop work</title>{head}"
    body = f"<article><p>{PLAIN}</p><p>{MORE}</p>{body}</article>"
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>"


def run_of(words: Sequence[str], between: str = " ", opening: str = OPENING) -> Callable[[int], str]:
    return lambda n: article(between.join(words[k % len(words)] for k in range(n)), opening)


def each(form: str, between: str = " ", before: str = "", after: str = "") -> Callable[[int], str]:
    """A text of a form filled with one number after the other."""
    return lambda n: article(before + between.join(form.format(k) for k in range(n)) + after)


def on_page(form: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda n: page(before + "".join(form.format(k) for k in range(n)) + after)


def sentences(n: int) -> str:
    return article("".join(f"{PLAIN if k % 2 else MORE}No. {k} left. " for k in range(n)))


def nested(n: int) -> str:
    return page("<div>" * n + f"<p>{PLAIN}</p>" + "</div>" * n)


def metadata(n: int) -> str:
    return page("", "".join(f"<meta name='date' content='2024-02-{k}'>" for k in range(n)))


def mail(head: str, body: str, kind: str = "text/plain; charset=utf-8") -> str:
    start = "From: Press <p@x.example>\nDate: Wed, 14 May 2025 10:00:00 +0000\n"
    return f"{start}Content-Type: {kind}\n{head}\n{body}"


def headers(n: int) -> str:
    return mail("".join(f"X-{k}: {k}\n" for k in range(n)), PLAIN)


def subject(n: int) -> str:
    return mail("Subject:" + " =?utf-8?b?YQ==?=" * n + "\n", PLAIN)


def parts(n: int) -> str:
    body = "".join(f"--x\nContent-Type: text/plain\n\n{k}\n" for k in range(n))
    return mail("Subject: Notes\n", f"{body}--x--\n", "multipart/mixed; boundary=x")


def records(n: int) -> bytes:
    out = io.BytesIO()
    for k in range(n):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ferry {k} left.".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/{k}\r\n"
            "WARC-Date: 2024-06-14T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.write(head.encode() + http + b"\r\n\r\n")
    return out.getvalue()


def entries(n: int) -> str:
    items = "".join(f"<item><title>{k}</title></item>" for k in range(n))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"


def lines(n: int) -> str:
    return "\n".join(json.dumps({"text": str(k)}) for k in range(n))


def files(n: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for k in range(n):
            archive.writestr(f"{k}.txt", str(k))
    return out.getvalue()


TEXTS = {
    "quotes": Shape(".txt", "quotation marks", 5_000, run_of(QUOTES, opening=LONGER)),
    "unclosed": Shape(".txt", "sentences quoted", 1_000, each("He said {} of them would come.", before="“")),
    "digits": Shape(".txt", "numbers", 5_000, each("{}12")),
    "figures": Shape(".txt", "figures", 1_500, each("{} people were killed,")),
    "months": Shape(".txt", "dates", 4_000, run_of(MONTHS)),
    "initials": Shape(".txt", "initials", 5_000, run_of(INITIALS, opening=LONGER)),
    "names": Shape(".txt", "names", 2_000, each("John Smith{}", ", ", "President ", " left.")),
    "joined": Shape(".txt", "names joined", 4_000, run_of(("Anna and",))),
    "clauses": Shape(".txt", "clauses", 2_500, run_of(("he said that",))),
    "hyphens": Shape(".txt", "hyphens", 10_000, run_of(("a",), "-", LONGER)),
    "brackets": Shape(".txt", "brackets", 10_000, lambda n: article("(a" * (n // 2) + ")" * (n // 2))),
    "blank lines": Shape(".txt", "lines", 250_000, lambda n: article("\n" * n)),
    "letters": Shape(".txt", "lines of a letter", 7_500, run_of(LETTERS, "\n")),
    "signs": Shape(".txt", "runs of odd signs", 100, run_of(("left\u02c5" + "\u02c5" * 200,), " ")),
    "one word": Shape(".txt", "letters", 250_000, lambda n: article("a" * n)),
    "look-alikes": Shape(".txt", "words", 3_000, run_of(ALIKE, opening=LONGER)),
    "accents": Shape(".txt", "accents on a letter", 100_000, lambda n: article("a" + "\u0301" * n)),
    "sentences": Shape(".txt", "sentences", 2_500, sentences),
    "table": Shape(".txt", "rows of cells", 1_500, each("{};Arland;3 May;-", "\n")),
}
PAGES = {
    "cells": Shape(".html", "cells", 12_500, on_page("<tr><td>{}</td></tr>", "<table>", "</table>")),
    "links": Shape(".html", "links", 12_500, on_page("<a href='/{0}'>Ferry {0}</a> ")),
    "attributes": Shape(".html", "attributes", 50_000, on_page("a{0}='{0}' ", "<p ", f">{PLAIN}</p>")),
    "nesting": Shape(".html", "elements", 25_000, nested),
    "unclosed tags": Shape(".html", "elements", 12_500, on_page("<b>a")),
    "metadata": Shape(".html", "fields", 12_500, metadata),
    "markdown": Shape(".md", "brackets", 25_000, lambda n: article("[" * n)),
}
CONTAINERS = {
    "headers": Shape(".eml", "headers", 12_500, headers),
    "subject": Shape(".eml", "encoded words", 10_000, subject),
    "parts": Shape(".eml", "parts of a mail", 2_500, parts, many=True),
    "records": Shape(".warc", "records", 12_500, records, many=True),
    "entries": Shape(".rss", "entries", 25_000, entries, many=True),
    "lines": Shape(".jsonl", "lines of data", 25_000, lines, many=True),
    "files": Shape(".zip", "files", 5_000, files, many=True),
}
SHAPES: dict[str, Shape] = TEXTS | PAGES | CONTAINERS
