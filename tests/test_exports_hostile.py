"""What a hostile title, name or sentence can do to a file that leaves the case: nothing."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.telling.exports import FORMATS, export
from dragoman.telling.exports.pieces import harmless, one_line, xml_text
from records import records

BREAKS = "\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\x1b[2J\x00\x7f"
NO_XML = "\ufffe\uffff\x00\x01\x0b\x1f"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\xa0=1", "\ufeff=1", "\u200b=1"]
FORMULAS += ["\u202e=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹣1", "⁼1", "−1", "\x00=1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_begins_as_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "a=1", "2024-01-01", "«=»", -1.5, None, "'=1"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.text())
def test_a_line_is_one_line_and_keeps_its_words(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1 and line == line.strip()
    assert one_line(line) == line


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_is_left_can_be_read_as_xml(text):
    element = ElementTree.Element("a")
    element.text = xml_text(text)
    ElementTree.fromstring(ElementTree.tostring(element))


def hostile() -> dict:
    """The records with names, titles and words that try to pass for more lines, cells and elements."""
    made = records()
    evil = f"\n- 1999: Forged [1]{BREAKS}\n# Forged\n{NO_XML}＝1+1 --> ]]> </data>"
    for kind, some in made.items():
        for record in some:
            for field in ("title", "name", "outlet", "byline", "content", "what", "about", "value"):
                if isinstance(record.get(field), str) and (kind, field) != ("figure", "about"):
                    record[field] += evil
            if "forms" in record:
                record["forms"] = [form + evil for form in record["forms"]]
    return made


@pytest.fixture(scope="module")
def written():
    made = hostile()
    return {name: export(made, name) for name in FORMATS}


def test_the_brief_has_no_line_more_than_it_should(written):
    lines = written["markdown"].decode().splitlines()
    clean = export(records(), "markdown").decode().splitlines()
    assert len(lines) == len(clean)
    assert not any(line.startswith(("# Forged", "- 1999: Forged")) for line in lines)
    assert written["markdown"].decode().count("\n") == len(lines), "no other character breaks a line"


@pytest.mark.parametrize("name", ["plover", "ftm"])
def test_lines_of_records_are_a_record_each(written, name):
    assert len([json.loads(line) for line in written[name].decode().split("\n") if line]) > 1


@pytest.mark.parametrize("name", ["timelinejs", "geojson", "webannotation"])
def test_trees_of_records_are_read(written, name):
    assert json.loads(written[name])


def test_names_and_titles_are_one_line_in_every_table(written):
    from openpyxl import load_workbook

    for row in csv.DictReader(io.StringIO(written["csv"].decode("utf-8-sig"), newline="")):
        for column in ("who", "whom", "place", "description", "source_office", "source_headline"):
            assert len((row[column] or "").splitlines()) <= 1, column
    book = load_workbook(io.BytesIO(written["xlsx"]))
    named = [
        cell
        for sheet, columns in (("actors", ("name", "forms")), ("articles", ("title", "outlet")))
        for row in book[sheet].iter_rows(min_row=2)
        for head, cell in zip(book[sheet][1], row, strict=True)
        if head.value in columns
    ]
    assert named and all(len(str(cell.value or "").splitlines()) <= 1 for cell in named)


def test_the_graph_is_xml(written):
    assert ElementTree.fromstring(written["graphml"]).tag.endswith("graphml")


def test_the_calendar_is_a_calendar(written):
    from icalendar import Calendar

    summaries = [str(e["summary"]) for e in Calendar.from_ical(written["ics"]).walk("VEVENT")]
    assert summaries and all(len(s.splitlines()) == 1 for s in summaries)
