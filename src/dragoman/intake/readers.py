"""One file, or one part of a container -> what its kind's reader finds in it."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.intake.budget import Budget
from dragoman.intake.decode import NotTextError, declared_charset, decode, magic
from dragoman.intake.documents import read_docx, read_odt, read_rtf
from dragoman.intake.epub import read_epub
from dragoman.intake.feeds import read_feed
from dragoman.intake.found import Found
from dragoman.intake.kinds import ARCHIVES, FEEDS, KINDS, LINES, MARKDOWN, PAGES, PICTURES
from dragoman.intake.limits import FILE_BYTES, in_mb
from dragoman.intake.lines_json import read_json_lines
from dragoman.intake.mail import read_mail
from dragoman.intake.mailbox import read_mbox
from dragoman.intake.markdown import read_markdown
from dragoman.intake.outlook import read_msg
from dragoman.intake.packed import read_tar, read_zip
from dragoman.intake.pages import read_page
from dragoman.intake.pdf import read_pdf
from dragoman.intake.recognition import read_picture
from dragoman.intake.warc import read_warc
from dragoman.model import SetAside

_PAGE_START = re.compile(r"\s{0,100}<(?:!doctype html|html[\s>])", re.IGNORECASE)
_HINT_KINDS = "Kinds that are read: " + " ".join(KINDS)
_HINT_BIG = "Split it into files of one article, or use JSON Lines or WARC, which are read piece by piece."
_HINT_OLD = "Save it as .docx, .odt, .pdf or .txt."
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2")


def read_source(path: str, kind: str, source: BinaryIO, ocr: bool = False) -> Iterator[Found | SetAside]:
    """What a file holds. `kind`: its ending in small letters. `path` is how the user knows it."""
    budget = Budget(ocr=ocr)
    if kind in LINES and not kind.endswith(".gz"):
        yield from read_json_lines(path, source)
    else:
        yield from _read(path, kind, source, budget)


def read_part(path: str, kind: str, data: bytes, budget: Budget) -> Iterator[Found | SetAside]:
    """What a part of a container holds: a file in an archive, an attachment of a mail."""
    if not budget.enter():
        yield SetAside(
            path=path, reason=f"lies more than {budget.depth} containers deep", hint="Unpack it first."
        )
        return
    if not data.strip():
        yield SetAside(path=path, reason="is empty")
    else:
        yield from _read(path, kind, io.BytesIO(data), budget)
    budget.leave()


def _read(path: str, kind: str, source: BinaryIO, budget: Budget) -> Iterator[Found | SetAside]:
    """Containers piece by piece, everything else at once."""
    if kind in ARCHIVES:
        yield from read_warc(path, source)
    elif kind == ".mbox":
        yield from read_mbox(path, source, budget, read_part)
    elif kind == ".zip":
        yield from read_zip(path, source, budget, read_part)
    elif kind in _TAR:
        yield from read_tar(path, source, budget, read_part)
    else:
        data = _whole(path, source, zipped=kind.endswith(".gz"))
        if isinstance(data, SetAside):
            yield data
        else:
            yield from _read_whole(path, kind.removesuffix(".gz"), data, budget)


def _whole(path: str, source: BinaryIO, *, zipped: bool) -> bytes | SetAside:
    data = source.read(FILE_BYTES + 1)
    if zipped and len(data) <= FILE_BYTES:
        unpack = zlib.decompressobj(47)
        try:
            data = unpack.decompress(data, FILE_BYTES + 1)
        except zlib.error as error:
            return SetAside(path=path, reason=f"is no gzip file, or a damaged one ({error})")
        if not unpack.eof and len(data) <= FILE_BYTES:
            return SetAside(
                path=path, reason="breaks off: its compressed data are not complete", hint="Fetch it again."
            )
    if len(data) > FILE_BYTES:
        return SetAside(path=path, reason=f"is larger than {in_mb(FILE_BYTES)}", hint=_HINT_BIG)
    if not data.strip():
        return SetAside(path=path, reason="is empty")
    return data


def _read_whole(path: str, kind: str, data: bytes, budget: Budget) -> Iterator[Found | SetAside]:
    """Files of one piece. What they begin with counts more than an ending that office programs share."""
    if kind == ".pdf" or data.startswith(b"%PDF-"):
        yield from read_pdf(path, data, budget.ocr)
    elif kind in (".rtf", ".doc", ".docx", ".odt"):
        yield from _read_document(path, kind, data, budget)
    elif kind == ".epub":
        yield from read_epub(path, data, budget)
    elif kind == ".eml":
        yield from read_mail(path, data, budget, read_part)
    elif kind == ".msg":
        yield from read_msg(path, data, budget, read_part)
    elif kind in PICTURES:
        yield read_picture(path, data, budget.ocr)
    elif kind in FEEDS:
        yield from read_feed(path, data)
    elif kind in LINES:
        yield from read_json_lines(path, io.BytesIO(data))
    else:
        yield _read_text(path, kind, data)


def _read_document(path: str, kind: str, data: bytes, budget: Budget) -> Iterator[Found | SetAside]:
    if data.lstrip()[:5] == b"{\\rtf":
        yield read_rtf(path, data)
    elif data.startswith(b"PK\x03\x04"):
        yield read_odt(path, data, budget) if kind == ".odt" else read_docx(path, data, budget)
    elif kind == ".doc" and magic(data) is None and b"\0" not in data:
        yield _read_text(path, kind, data)
    else:
        what = "an old Word document" if kind == ".doc" else f"no {kind} file that could be read"
        yield SetAside(path=path, reason=f"is {what}", hint=_HINT_OLD)


def _read_text(path: str, kind: str, data: bytes) -> Found | SetAside:
    try:
        text = decode(data, declared_charset(data) if kind in PAGES else None)
    except NotTextError as error:
        return SetAside(path=path, reason=str(error), hint=_HINT_KINDS)
    if kind in PAGES or _PAGE_START.match(text):
        return read_page(path, text)
    if kind in MARKDOWN:
        return read_markdown(path, text)
    return Found(path=path, text=text, source="plain")
