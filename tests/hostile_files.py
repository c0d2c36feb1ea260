"""A whole file of every kind that is read, and what is done to it: for tests of broken and hostile input."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
import zipfile
from functools import cache
from random import Random

from docx import Document
from odf.opendocument import OpenDocumentText
from odf.text import P

from compound import outlook_mail

A = "The crews of the harbour ferries stopped work on Monday and said that they would not return before talks."
B = "The owners answered on Tuesday that an offer made in May was still on the table, and that it was a fair one."
C = "The islands have no other link to the mainland, and shops expect to run out of fresh food within the week."
PAGE = (
    '<html lang="en"><head><title>Ferry crews stop work</title>'
    '<meta property="article:published_time" content="2024-06-12T10:00:00Z"></head>'
    f"<body><h1>Ferry crews stop work</h1><article><p>{A}</p><p>{B}</p><p>{C}</p></article></body></html>"
)


def pdf(lines: list[str]) -> bytes:
    shown = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, at = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        at.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in at)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
    out += f"startxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def record(number: int, page: str = PAGE, headers: str = "") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n{page}".encode()
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/{number}\r\n"
        "WARC-Date: 2024-06-14T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def feed(stamp: str = "Wed, 12 Jun 2024 10:00:00 GMT", text: str = A, entries: int = 2) -> str:
    items = "".join(
        f"<item><title>Crews {n}</title><pubDate>{stamp}</pubDate><description>{text} {n}</description></item>"
        for n in range(entries)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"


def mail(text: str = A, head: str = "", subject: str = "Ferry crews stop work") -> str:
    return (
        f"From: Press <p@x.example>\nDate: Wed, 14 May 2025 10:00:00 +0000\nSubject: {subject}\n{head}"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )


def mail_with(attached: dict[str, bytes], text: str = A) -> bytes:
    """A mail with files attached."""
    parts = [f"--x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()]
    for name, data in attached.items():
        head = f'--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n\n'
        parts.append(head.encode() + data + b"\n")
    head = (
        "Date: Wed, 14 May 2025 10:00:00 +0000\nSubject: Notes\nContent-Type: multipart/mixed; boundary=x\n\n"
    )
    return head.encode() + b"".join(parts) + b"--x--\n"


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def docx(paragraphs: list[str]) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(paragraphs: list[str]) -> bytes:
    document = OpenDocumentText()
    for text in paragraphs:
        document.text.addElement(P(text=text))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def rtf(paragraphs: list[str]) -> bytes:
    """In code page 1251, with letters beyond ASCII as RTF writes them."""
    body = "\\par ".join(paragraphs)
    escaped = "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1251')[0]:02x}" for c in body)
    return f"{{\\rtf1\\ansi\\ansicpg1251 {escaped}\\par}}".encode("ascii")


def epub(chapters: dict[str, str], day: str = "2024-06-12") -> bytes:
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Harbour Monthly</dc:title><dc:date>{day}</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    files: dict[str, bytes | str] = {"META-INF/container.xml": container, "OEBPS/book.opf": package}
    return zipped(files | {f"OEBPS/{name}": page for name, page in chapters.items()})


@cache
def wholes() -> dict[str, bytes]:
    """Ending -> a file of that kind that is read without a fault."""
    text, page = f"Ferry crews stop work\n\n{A}\n\n{B}\n".encode(), PAGE.encode()
    lines = f"{json.dumps({'text': A})}\n{json.dumps({'text': B})}\n".encode()
    archive = record(1) + record(2)
    inner: dict[str, bytes] = {"a.txt": text, "b/c.html": page}
    letter = mail().encode()
    return {
        ".txt": text, ".md": b"# Ferry crews\n\n" + text, ".html": page, ".rss": feed().encode(), ".warc": archive,
        ".warc.gz": gzip.compress(record(1)) + gzip.compress(record(2)), ".jsonl": lines,
        ".jsonl.gz": gzip.compress(lines), ".html.gz": gzip.compress(page), ".docx": docx([A, B]), ".doc": rtf([A, B]),
        ".odt": odt([A, B]), ".rtf": rtf([A, B]), ".epub": epub({"a.xhtml": PAGE}), ".eml": letter,
        ".mbox": b"From a@x.example Wed May 14 2025\n" + letter + b"\nFrom b@x.example\n" + letter,
        ".msg": outlook_mail("Ferry crews", A, "", {"a.txt": text}), ".zip": zipped(dict(inner)), ".tar": tarred(inner),
        ".tar.gz": gzip.compress(tarred(inner)), ".tar.bz2": bz2.compress(tarred(inner)), ".pdf": pdf([A, B]),
    }  # fmt: skip


_SIGNS = (
    b"<", b">", b"&", b'"', b"\0", b"\xff", b"[", b"{", b"\\", b"PK\x03\x04", b"From ", b"\r\n\r\n", b"--x\n",
    b"{\\rtf1", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"=?utf-8?b?", b"Content-Length: 99999999999\r\n",
    b"../../", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\x1b[31m", b"9" * 40, b"charset=unicode_escape",
    b"Transfer-Encoding: chunked\r\n", b"\xe2\x80\xae",
)  # fmt: skip


def broken(seed: int) -> tuple[str, bytes]:
    """A hostile or broken file: its ending and its bytes, the same for one seed."""
    draw = Random(seed)
    kinds = sorted(wholes())
    kind = kinds[seed % len(kinds)]
    data = bytearray(wholes()[kind])
    for _ in range(draw.randint(1, 12)):
        _damage(data, draw, kinds)
    # now and then under the name of another kind
    return (draw.choice(kinds) if draw.random() < 0.1 else kind), bytes(data)


def _damage(data: bytearray, draw: Random, kinds: list[str]) -> None:
    at = draw.randrange(len(data) + 1)
    what = draw.randrange(9)
    if what == 0:
        del data[at:]
    elif what == 1:
        del data[at : at + draw.randint(1, 60)]
    elif what == 2:
        data[at:at] = draw.choice(_SIGNS) * draw.choice((1, 1, 3, 400))
    elif what == 3:
        data[at:at] = data[at : at + draw.randint(1, 400)] * draw.randint(1, 20)
    elif what == 4:
        data[at:at] = draw.randbytes(draw.randint(1, 60))
    elif what == 5:
        other = wholes()[draw.choice(kinds)]
        data[at : at + 40] = other[: draw.randint(1, len(other))]
    elif what == 6:
        data[at : at + 8] = draw.choice((b"\xff" * 8, b"\0" * 8, b"\x7f" + b"\xff" * 7))
    elif at < len(data):
        data[at] ^= 1 << draw.randrange(8)
