"""The chronology as one hands it on, opened by programs that others wrote; its sources in libraries of references."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile

import pytest
from msgspec.structs import replace

from dragoman.model import ArticleRecord, Entry
from dragoman.telling.citing import bibtex, csl, note_text, reference, ris
from dragoman.telling.exports import export
from dragoman.telling.interface import interface
from records import as_records, structs

TITLE = "Soldiers leave, & 50% of {Strelsau} cheers \\ <b>"
ADDRESS = "https://hentzau-post.example/2031/05/soldiers?x=1&y={2}"


@pytest.fixture(scope="module")
def case():
    """The small case with a title and an address that try every format, and a sentence in Russian."""
    made = []
    for record in structs():
        if isinstance(record, ArticleRecord) and record.id == "a-1":
            record = replace(record, title=TITLE, url=ADDRESS, byline="Ana Lopes")
        made.append(record)
        if isinstance(record, Entry) and record.id == "n-1":
            away = {"id": "n-9", "start": "2032-01-01", "end": "2032-12-31", "context": (), "language": "ru"}
            made.append(replace(record, **away, text="Солдаты ушли\x01 из Стрельсау.", status="denied"))
    return as_records(made)


def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip(
            "no LibreOffice found; on Debian: apt-get install --no-install-recommends libreoffice-writer"
        )
    return found


@pytest.fixture(scope="module", params=["docx", "odt"])
def pdf(request, case, tmp_path_factory):
    """The pages as LibreOffice lays them out, as text."""
    program, folder = office(), tmp_path_factory.mktemp(request.param)
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext found; on Debian: apt-get install poppler-utils")
    (folder / f"x.{request.param}").write_bytes(export(case, request.param))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, f"x.{request.param}"]
    subprocess.run(asked, check=True, cwd=folder, capture_output=True)
    told = subprocess.run(["pdftotext", "-layout", folder / "x.pdf", "-"], check=True, capture_output=True)
    return told.stdout.decode()


def test_a_document_is_laid_out_with_headings_sentences_and_footnotes(pdf):
    words = " ".join(pdf.split())
    assert re.search(r"Chronology 2031 May 2031 May 2031 \(planned\) Ruritania will pull out", words)
    assert "3 May Its [Ruritania] soldiers left Strelsau on 3 May 2031, killing at least 4 people.2" in words
    assert "2032 2032 (denied) Солдаты ушли из Стрельсау. [withdrawal: Ruritania, Strelsau]3" in words
    assert re.search(r"Undated \(alleged\) =SUM\(1\) said the minister <b>coldly</b>\. ?4 ", words)
    assert words.index("2032 (denied)") < words.index("Undated") < words.index("doubtful line")
    note = words[words.index("Ana Lopes") :]
    assert note.startswith(f"Ana Lopes, “{TITLE}”, The Hentzau Post, 4 May 2031, https://hentzau-")
    assert "Zenda | Daily, 6 May 2031 (copy)." in words


def test_footnotes_of_docx_are_real_and_lead_to_the_sources(case):
    from docx import Document

    content = export(case, "docx")
    document = Document(io.BytesIO(content))
    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Heading 1") == 3 and styles.count("Heading 2") == 1
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        notes, links = (
            held.read("word/footnotes.xml").decode(),
            held.read("word/_rels/footnotes.xml.rels").decode(),
        )
        marks = held.read("word/document.xml").decode().count("<w:footnoteReference ")
    assert marks == 4 and notes.count("<w:footnote ") == marks + 2, (
        "each line has its note; two are separators"
    )
    assert notes.count("<w:hyperlink ") == 3 and links.count("https://hentzau-post.example") == 1
    assert 'TargetMode="External"' in links


def test_footnotes_of_odt_are_real_and_lead_to_the_sources(case):
    from odfdo import Document

    content = export(case, "odt")
    document = Document(io.BytesIO(content))
    notes = document.body.get_notes(note_class="footnote")
    assert len(notes) == 4
    assert [link.url for link in notes[1].get_links()] == [ADDRESS]
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].filename == "mimetype"


@pytest.mark.parametrize(
    ("language", "chronology", "planned"),
    [("fr", "Chronologie", "prévu"), ("ru", "Хронология", "запланировано")],
)
def test_documents_speak_the_readers_language(case, language, chronology, planned):
    from docx import Document

    told = [p.text for p in Document(io.BytesIO(export(case, "docx", language))).paragraphs]
    assert told[0] == chronology and any(f"({planned})" in line for line in told)
    page = export(case, "html", language).decode()
    assert f'<html lang="{language}">' in page and f"<h1>{chronology}</h1>" in page


def test_the_page_holds_its_notes_and_nothing_of_an_article_is_live(case):
    page = export(case, "html").decode()
    assert page.count('<li id="note-') == page.count('id="mark-') == 4
    assert "<b>coldly" not in page and "<script" not in page
    assert not re.search(r"""(?:src=|<link|@import|url\()""", page)


def test_bibtex_in_pybtex(case):
    pytest.importorskip("pybtex", reason="pybtex is not installed; it comes with the dev extra")
    from pybtex.database import parse_string

    entries = parse_string(export(case, "bibtex").decode(), "bibtex").entries
    assert list(entries) == ["a-1", "a-2"]
    fields = entries["a-1"].fields
    assert (fields["journal"], fields["year"], fields["day"]) == ("The Hentzau Post", "2031", "4")
    assert fields["title"].startswith(r"{Soldiers leave, \& 50\% of \{Strelsau\} cheers")
    assert fields["url"] == ADDRESS.replace("{", "%7B").replace("}", "%7D")
    assert [str(p) for p in entries["a-1"].persons["author"]] == ["{Ana Lopes}"]


def test_ris_in_rispy(case):
    rispy = pytest.importorskip("rispy", reason="rispy is not installed; it comes with the dev extra")
    first, second = rispy.loads(export(case, "ris").decode())
    assert (first["type_of_reference"], first["title"], first["year"]) == ("NEWS", TITLE, "2031")
    assert first["authors"] == ["Ana Lopes"] and first["date"] == "2031/05/04"
    assert "doubtful line" in first["notes"][0] and "notes" not in second


def test_csl_in_citeproc(case):
    pytest.importorskip("citeproc", reason="citeproc-py is not installed; it comes with the dev extra")
    from citeproc.source.json import CiteProcJSON

    items = json.loads(export(case, "csl"))
    read = CiteProcJSON(items)
    assert read["a-1"].title == [TITLE] and read["a-1"].type == "article-newspaper"
    assert read["a-1"].issued.year == 2031 and "doubtful" in items[0]["note"]


ARTICLE = {
    "id": "a-1",
    "path": "in/one.txt",
    "title": None,
    "url": None,
    "outlet": None,
    "wire": None,
    "byline": None,
    "language": "en",
    "published": None,
}

NOTES = [
    ({}, "one.txt."),
    ({"outlet": "The Post", "published": ("2031-05-04", "2031-05-04")}, "The Post, 4 May 2031."),
    ({"outlet": "The Post", "published": ("2031-05-01", "2031-05-31")}, "The Post, May 2031."),
    ({"outlet": "The Post", "published": ("2031-02-01", "2031-05-31")}, "The Post, 2031."),
    ({"outlet": "The Post", "published": ("2030-12-31", "2031-01-01")}, "The Post."),
    (
        {"wire": "MNA", "title": "A  bridge\nopens", "url": "https://a.example/1"},
        "“A bridge opens”, MNA, https://a.example/1.",
    ),
]


@pytest.mark.parametrize(("known", "said"), NOTES)
def test_a_note_tells_what_is_known_and_makes_nothing_up(known, said):
    days = known.get("published")
    published = {"start": days[0], "end": days[1]} if days else None
    ref = reference({**ARTICLE, **known, "published": published})
    assert note_text(ref, interface("en")) == said
    assert ("year" in bibtex(ref)) == ("PY" in ris(ref)) == ("issued" in csl(ref)) == bool(ref.day)


def test_a_note_that_stands_alone_has_the_facts_address():
    ref = reference({**ARTICLE, "outlet": "The Post"})
    assert (
        note_text(ref, interface("en"), "http://localhost/fact/event-1")
        == "The Post, http://localhost/fact/event-1."
    )
