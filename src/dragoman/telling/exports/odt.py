"""odt: the chronology as an OpenDocument text, with footnotes, by odfdo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from dragoman.telling.exports.chronicle import Line, chapters, footnote
from dragoman.telling.exports.packed import packed_anew
from dragoman.telling.exports.pieces import xml_text
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import Interface, interface


def as_odt(facts: Facts, remark: str) -> Iterator[bytes]:
    """An OpenDocument text: year and month as headings, a sentence a paragraph, its sources in a footnote."""
    from odfdo import Document, Header, Paragraph

    face = interface(facts.language)
    document = Document("text")
    _set_up(document, face)
    body = document.body
    body.clear()
    body.append(Paragraph(face.say("Chronology"), style="Title"))
    listed = list(chapters(facts))
    number = 0
    for chapter in listed:
        if chapter.opens_year:
            body.append(Header(1, chapter.year or face.say("Undated")))
        if chapter.month:
            body.append(Header(2, chapter.month))
        for line in chapter.lines:
            number += 1
            body.append(_paragraph(line, number, face))
    if not listed:
        body.append(Paragraph(face.say("Nothing of this kind was found.")))
    body.append(Paragraph(remark, style="Remark"))
    out = BytesIO()
    document.save(out)
    yield packed_anew(out.getvalue(), "mimetype")


def _set_up(document: Any, face: Interface) -> None:
    from odfdo import Style

    meta = document.meta
    meta.title, meta.language = face.say("Chronology"), face.language
    meta.generator, meta.initial_creator = "Dragoman", "Dragoman"
    # The day is fixed, so that one case gives one file.
    meta.creation_date = meta.date = datetime(2000, 1, 1)
    # The library's empty document numbers its headings.
    for numbering in document.styles.get_elements("//text:outline-style"):
        numbering.delete()
    document.insert_style(Style("text", name="Day", bold=True))
    document.insert_style(Style("text", name="Aside", italic=True))
    remark = Style("paragraph", name="Remark", area="text", italic=True, size="9pt")
    remark.set_properties({"fo:margin-top": "0.6cm"}, area="paragraph")
    document.insert_style(remark)


def _paragraph(line: Line, number: int, face: Interface) -> Any:
    from odfdo import Note, Paragraph, Span

    paragraph = Paragraph()
    if line.day:
        paragraph.append(Span(xml_text(line.day), style="Day"))
        paragraph.append(" ")
    if line.status:
        paragraph.append(Span(f"({xml_text(line.status)})", style="Aside"))
        paragraph.append(" ")
    paragraph.append(xml_text(line.text))
    if line.beside:
        paragraph.append(" ")
        paragraph.append(Span(f"[{xml_text(line.beside)}]", style="Aside"))
    if pieces := footnote(line, face):
        note = Note(note_class="footnote", note_id=f"n{number}", citation=str(number))
        note.note_body = _note(pieces)
        paragraph.append(note)
    return paragraph


def _note(pieces: Sequence[tuple[str, str]]) -> Any:
    from odfdo import Link, Paragraph, Span

    held = Paragraph(style="Footnote")
    for words, style in pieces:
        clean = xml_text(words)
        if style == "link" and clean.startswith(("https://", "http://")):
            held.append(Link(clean, text=clean))
        elif style == "italic":
            held.append(Span(clean, style="Aside"))
        else:
            held.append(clean)
    return held
