"""docx: the chronology for Word and its kin, with real footnotes.

python-docx makes the document; it has no footnotes, so their part (`word/footnotes.xml`) is made here, as
ECMA-376 part 1, 17.11 has it: two separators, then a note for each line, its addresses as links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from dragoman.telling.exports.chronicle import Line, chapters, footnote
from dragoman.telling.exports.packed import packed_anew
from dragoman.telling.exports.pieces import xml_text
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import Interface, interface

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = 2
"""Notes 0 and 1 are the lines between text and notes."""

LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "ru": "ru-RU"}


def as_docx(facts: Facts, remark: str) -> Iterator[bytes]:
    """A Word document: year and month as headings, a sentence a paragraph, its sources in a footnote."""
    import docx

    face = interface(facts.language)
    document = docx.Document()
    _set_up(document, face)
    document.add_heading(face.say("Chronology"), 0)
    notes = Notes(document)
    listed = list(chapters(facts))
    for chapter in listed:
        if chapter.opens_year:
            document.add_heading(chapter.year or face.say("Undated"), 1)
        if chapter.month:
            document.add_heading(chapter.month, 2)
        for line in chapter.lines:
            _paragraph(document, line, notes, face)
    if not listed:
        document.add_paragraph(face.say("Nothing of this kind was found."))
    document.add_paragraph(remark, style="Remark")
    notes.put_in()
    out = BytesIO()
    document.save(out)
    yield packed_anew(out.getvalue(), "[Content_Types].xml")


def _set_up(document: Any, face: Interface) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author, properties.language = (
        face.say("Chronology"),
        "Dragoman",
        face.language,
    )
    # The day is fixed, so that one case gives one file.
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.paragraph_format.space_after = Pt(5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[face.language])
    normal.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 24), ("Heading 1", 17), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Georgia",
            Pt(size),
            RGBColor(0x1D, 0x23, 0x27),
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [attribute for attribute in fonts.attrib if attribute.endswith("Theme")]:
            del fonts.attrib[theme]
    note = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size, note.paragraph_format.space_after = normal, Pt(9), Pt(1)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    remark = document.styles.add_style("Remark", WD_STYLE_TYPE.PARAGRAPH)
    remark.base_style, remark.font.size, remark.font.italic = normal, Pt(9), True
    remark.paragraph_format.space_before = Pt(18)


def _paragraph(document: Any, line: Line, notes: Notes, face: Interface) -> None:
    paragraph = document.add_paragraph()
    if line.day:
        paragraph.add_run(xml_text(line.day)).bold = True
        paragraph.add_run(" ")
    if line.status:
        paragraph.add_run(f"({xml_text(line.status)}) ").italic = True
    paragraph.add_run(xml_text(line.text))
    if line.beside:
        paragraph.add_run(f" [{xml_text(line.beside)}]").italic = True
    if pieces := footnote(line, face):
        notes.add(paragraph, pieces)


class Notes:
    """The footnotes of a document, gathered while its paragraphs are written."""

    def __init__(self, document: Any) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from lxml import etree

        self._etree = etree
        self._document = document
        self._root = etree.Element(f"{{{_W}}}footnotes", nsmap={"w": _W, "r": _R})
        self._part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", document.part.package)
        self._last = _SEPARATORS - 1
        for n, kind in enumerate(("separator", "continuationSeparator")):
            note = self._under(self._root, "footnote", type=kind, id=str(n))
            self._under(self._under(self._under(note, "p"), "r"), kind)

    def add(self, paragraph: Any, pieces: Sequence[tuple[str, str]]) -> None:
        """A note of these pieces, and its mark at the end of the paragraph."""
        self._last += 1
        mark = self._under(self._under(paragraph._p, "r"), "rPr")
        self._under(mark, "rStyle", val="footnotereference")
        self._under(mark.getparent(), "footnoteReference", id=str(self._last))
        held = self._under(self._under(self._root, "footnote", id=str(self._last)), "p")
        self._under(self._under(held, "pPr"), "pStyle", val="footnotetext")
        own = self._under(held, "r")
        self._under(self._under(own, "rPr"), "rStyle", val="footnotereference")
        self._under(own, "footnoteRef")
        self._run(held, " ", "")
        for words, style in pieces:
            self._run(self._link(held, words) if style == "link" else held, words, style)

    def put_in(self) -> None:
        """Make them a part of the document."""
        content = self._etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._part._blob = content
        self._document.part.relate_to(self._part, f"{_R}/footnotes")

    def _run(self, parent: Any, words: str, style: str) -> None:
        run = self._under(parent, "r")
        if style == "italic":
            self._under(self._under(run, "rPr"), "i")
        text = self._under(run, "t")
        text.text = xml_text(words)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _link(self, parent: Any, address: str) -> Any:
        if not address.startswith(("https://", "http://")):
            return parent  # what leads nowhere is told as words
        link = self._under(parent, "hyperlink")
        link.set(f"{{{_R}}}id", self._part.relate_to(xml_text(address), f"{_R}/hyperlink", is_external=True))
        return link

    def _under(self, parent: Any, name: str, **values: str) -> Any:
        made = self._etree.SubElement(parent, f"{{{_W}}}{name}")
        for key, value in values.items():
            made.set(f"{{{_W}}}{key}", value)
        return made
