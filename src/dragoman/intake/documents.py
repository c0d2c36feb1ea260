"""Documents of office programs: .docx by python-docx, .odt by odfpy, .rtf by striprtf.

Their own dates are those of the file, so none is taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from odf.opendocument import load as load_odt
from striprtf.striprtf import rtf_to_text

from dragoman.intake.budget import Budget
from dragoman.intake.decode import tidy
from dragoman.intake.found import Found
from dragoman.intake.limits import CONTAINER_BYTES, DOCUMENT_BYTES, in_mb
from dragoman.intake.packed import ZIP_FAULTS, open_zip, refused
from dragoman.intake.page_facts import squeeze
from dragoman.model import SetAside

# What the libraries let out on damaged files besides their own errors.
_FAULTS = (
    *ZIP_FAULTS, KeyError, TypeError, AttributeError, AssertionError, IndexError, RecursionError,
    etree.LxmlError,
)  # fmt: skip
_HINT = "Save it anew, or as .txt."
_TEXT_PARTS = re.compile(r"(?:word/[^/]+|content|styles|meta|settings)\.xml$|\.rels$|\[Content_Types\]")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ODT_LINES = ("p", "h")
_RTF_PAGE = re.compile(r"\\ansicpg(\d{3,5})")


def read_docx(path: str, data: bytes, budget: Budget) -> Found | SetAside:
    """The paragraphs of a Word document, those of its tables included, in order."""
    if reason := _unsafe(data, budget):
        return SetAside(path=path, reason=reason, hint=_HINT)
    try:
        document = Document(io.BytesIO(data))
        lines = list(_docx_lines(document.element.body))
        title = squeeze(document.core_properties.title)
    except _FAULTS as error:
        return _damaged(path, "Word document", error)
    return _found(path, lines, title)


def _docx_lines(body: Any) -> Iterator[str]:
    """The text of each paragraph. What is shown to old programs only is a copy, and left out."""
    line: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag == _FALLBACK:
            hidden += 1 if event == "start" else -1
        if hidden:
            continue
        if element.tag == qn("w:p"):
            if line:
                yield "".join(line)
            line = []
        elif event == "start" and element.tag == qn("w:t"):
            line.append(element.text or "")
        elif event == "start" and element.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            line.append(" " if element.tag == qn("w:tab") else "\n")


def read_odt(path: str, data: bytes, budget: Budget) -> Found | SetAside:
    """The paragraphs and headings of an OpenDocument text, in order."""
    if reason := _unsafe(data, budget):
        return SetAside(path=path, reason=reason, hint=_HINT)
    try:
        document = load_odt(io.BytesIO(data))
        lines: list[str] = []
        _odt_lines(document.text, lines)
        titles = [n for n in document.meta.childNodes if n.qname[1] == "title"]
        title = squeeze(str(titles[0])) if titles else None
    except _FAULTS as error:
        return _damaged(path, "OpenDocument text", error)
    return _found(path, lines, title)


def _odt_lines(node: Any, lines: list[str]) -> None:
    for child in node.childNodes:
        name = getattr(child, "qname", ("", ""))[1]
        if name in _ODT_LINES:
            lines.append("".join(_odt_words(child)))
        elif name not in ("annotation", "tracked-changes"):
            _odt_lines(child, lines)


def _odt_words(node: Any) -> Iterator[str]:
    for child in node.childNodes:
        if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE):
            yield str(child.data)
            continue
        name = child.qname[1]
        if name in ("s", "tab"):
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name not in ("note", "annotation"):
            yield from _odt_words(child)


def read_rtf(path: str, data: bytes) -> Found | SetAside:
    """The text of a document in Rich Text Format."""
    if len(data) > DOCUMENT_BYTES:
        return SetAside(path=path, reason=f"is larger than {in_mb(DOCUMENT_BYTES)}", hint="Save it as .txt.")
    source = data.decode("latin-1")
    page = _RTF_PAGE.search(source[:2000])
    try:
        text = rtf_to_text(source, encoding=f"cp{page[1]}" if page else "cp1252", errors="replace")  # type: ignore[no-untyped-call]  # the library has no types
    except _FAULTS as error:
        return _damaged(path, "RTF document", error)
    return _found(path, text.split("\n"), None)


def _unsafe(data: bytes, budget: Budget) -> str | None:
    """Why a packed document is not handed to its library; None for one that may be.

    The library unpacks every part, so all of them count; the text parts are bounded for themselves, and
    declare no entities.
    """
    archive = open_zip(data)
    if isinstance(archive, str):
        return archive
    with archive:
        infos = archive.infolist()
        if len(infos) > budget.parts or not budget.take(
            min(CONTAINER_BYTES, sum(i.file_size for i in infos))
        ):
            return "unpacks to more than is read"
        for info in infos:
            if reason := refused(info):
                return reason
            if not _TEXT_PARTS.search(info.filename):
                continue
            if info.file_size > DOCUMENT_BYTES:
                return f"its text part is larger than {in_mb(DOCUMENT_BYTES)}"
            try:
                if b"<!ENTITY" in archive.read(info):
                    return "declares entities, which documents do not need and attacks do"
            except ZIP_FAULTS as error:
                return f"is damaged ({error})"
    return None


def _damaged(path: str, what: str, error: BaseException) -> SetAside:
    return SetAside(path=path, reason=f"is no {what} that could be read ({str(error)[:200]})", hint=_HINT)


def _found(path: str, lines: list[str], title: str | None) -> Found | SetAside:
    text = tidy("\n\n".join(line for line in lines if line.strip())).strip()
    if not text:
        return SetAside(path=path, reason="has no text")
    return Found(
        path=path,
        text=text,
        source="document",
        title=title if title and " " in title and title in text else None,
    )
