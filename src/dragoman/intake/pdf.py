"""PDF documents: the text of their pages."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dragoman.intake.decode import tidy
from dragoman.intake.found import Found
from dragoman.intake.limits import ARTICLE_CHARS, PDF_PAGES
from dragoman.intake.lines import Cut, Line, lines_of
from dragoman.intake.page_facts import squeeze
from dragoman.intake.recognition import needs_recognition, recognised
from dragoman.model import SetAside

# What pypdf lets out on damaged files besides its own errors, as its issue list shows.
_FAULTS = (
    PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, ArithmeticError,
    RecursionError, NotImplementedError, OSError, EOFError, ImportError, LookupError, MemoryError,
)  # fmt: skip


_DIGITS = re.compile(r"\d{1,9}")
_HEADER = 120


def read_pdf(path: str, data: bytes, ocr: bool = False) -> Iterator[Found | SetAside]:
    """The text of a PDF as one article. Its own dates are those of the file, so none is taken.

    `ocr`: the pictures of a document without text are handed to Tesseract.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield SetAside(path=path, reason="is locked with a password", hint="Save an unlocked copy.")
            return
        count = len(reader.pages)
        if count > PDF_PAGES:
            yield SetAside(
                path=path, reason=f"has {count} pages; up to {PDF_PAGES} are read", hint="Split it."
            )
            return
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > ARTICLE_CHARS:
                break
        if ocr and not any(page.strip() for page in pages):
            pages = [recognised(picture) or "" for picture in _scans(reader)]
        title = squeeze(str(reader.metadata.title or "")) if reader.metadata else None
    except _FAULTS as error:
        yield SetAside(
            path=path, reason=f"is no PDF that could be read ({error})", hint="Try to save it anew."
        )
        return
    text = tidy("\n".join(pages)).strip()
    if not text:
        yield needs_recognition(path, "scanned pages", ocr)
        return
    yield Found(
        path=path,
        text=text,
        source="pdf",
        title=title if title and " " in title else None,
        cuts=tuple(_repeated(lines_of(text), len(pages))),
    )


def _scans(reader: PdfReader) -> Iterator[bytes]:
    """The pictures of the pages that are stored as JPEG, as scanners do; at most one a page."""
    for page in reader.pages:
        objects = (page.get("/Resources") or {}).get("/XObject") or {}
        for name in objects:
            picture = objects[name]
            filters = picture.get("/Filter")
            if picture.get("/Subtype") == "/Image" and filters in ("/DCTDecode", ["/DCTDecode"]):
                yield bytes(picture._data)  # as it is stored: a JPEG file
                break


def _repeated(lines: Sequence[Line], pages: int) -> Iterator[Cut]:
    """Lines that stand on most pages, numbers aside: the heads and feet of a document."""
    keys = [_DIGITS.sub("", line.text).strip() for line in lines]
    counts = Counter(keys)
    for line, key in zip(lines, keys, strict=True):
        if len(line.text) <= _HEADER and counts[key] > max(2, pages // 2):
            yield Cut(line.start, line.end, "head or foot of the document's pages")
