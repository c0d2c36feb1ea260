"""Every export is opened by a program that others wrote, and says what it left out."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dragoman.telling.exports import FORMATS, UnknownFormat, export
from records import records


@pytest.fixture(scope="module")
def case():
    return records()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_case_gives_the_same_bytes_in_any_process(case, name):
    here = export(case, name)
    code = (
        "import sys; sys.path.insert(0, 'tests'); from records import records; "
        f"from dragoman.telling.exports import export; sys.stdout.buffer.write(export(records(), {name!r}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment
    ).stdout
    assert here == there


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_case_is_no_error(name):
    assert export({}, name)


def test_an_unknown_format_names_those_there_are(case):
    with pytest.raises(UnknownFormat, match="xlsx"):
        export(case, "doc")


def test_csv(case):
    rows = list(csv.DictReader(io.StringIO(export(case, "csv").decode("utf-8-sig"))))
    event = next(r for r in rows if r["id"] == "e-1")
    assert (event["date_start"], event["date_prec"], event["low"], event["best"]) == (
        "2031-05-03",
        "1",
        "4",
        "",
    )
    assert (event["number_of_sources"], event["place"], event["latitude"]) == ("2", "Strelsau", "50.1")
    assert rows[-1]["kind"] == "note" and "Left out: nothing" in rows[-1]["description"]
    said = next(r for r in rows if r["id"] == "s-1")
    assert said["source_original"] == "'=SUM(1)", "a formula must not run in a spreadsheet"


def test_xlsx_in_openpyxl(case):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(export(case, "xlsx")))
    assert book.sheetnames[:3] == ["claims", "events", "statements"]
    assert {"figures", "states", "commitments", "disputes", "actors", "articles", "about"} <= set(
        book.sheetnames
    )
    header, first, *_ = book["events"].iter_rows(values_only=True)
    event = dict(zip(header, first, strict=True))
    assert event["who"] == "Ruritania" and event["confidence"] == 0.8
    words = [row[header_at(book["claims"], "words")] for row in book["claims"].iter_rows(values_only=True)]
    assert "=SUM(1)" in words, "words are kept as words, not as a formula"


def header_at(sheet, name):
    return [cell.value for cell in next(sheet.iter_rows())].index(name)


def test_parquet_in_duckdb(case):
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(export(case, "parquet"))
        file.flush()
        found = duckdb.sql(
            f"SELECT id, date_prec, latitude FROM '{file.name}' WHERE kind = 'event' AND number_of_sources = 2"
        ).fetchall()
        note = duckdb.sql(
            f"SELECT value FROM parquet_kv_metadata('{file.name}') WHERE key = 'dragoman'"
        ).fetchall()[0]
    assert found == [("e-1", 1, 50.1)]
    assert b"Left out" in note[0]


def test_plover(case):
    note, *events = [json.loads(line) for line in export(case, "plover").splitlines()]
    assert "1 undated" in note["comment"]
    (event,) = events
    assert {"id", "date", "actor", "event"} <= event.keys()
    assert (event["event"], event["mode"], event["event_scale"], event["quad_code"]) == (
        "RETREAT",
        "withdraw",
        8,
        2,
    )
    assert event["size"]["dead"] == 4
    assert event["text"][event["text_info"]["start"] : event["text_info"]["end"]] == event["event_text"]


def test_timelinejs(case):
    page = json.loads(export(case, "timelinejs"))
    planned, slide = page["events"]
    assert (planned["display_date"], slide["display_date"]) == ("May 2031", "3 May 2031")
    assert slide["start_date"] == {"year": 2031, "month": 5, "day": 3}
    assert slide["text"]["headline"].startswith("Its [Ruritania] soldiers left Strelsau")
    assert planned["text"]["headline"].startswith("(planned) ")
    assert "The Hentzau Post, 4 May 2031; Zenda | Daily, 6 May 2031 (copy)." in slide["text"]["text"]
    assert "1 undated" in page["title"]["text"]["text"]
    assert "<b>" not in json.dumps(page)


def test_timelinejs_without_a_chronology_tells_events_in_words(case):
    page = json.loads(export({k: v for k, v in case.items() if k != "entry"}, "timelinejs"))
    (slide,) = page["events"]
    assert slide["text"]["headline"] == "Ruritania withdrew troops in Strelsau"
    assert (slide["group"], slide["display_date"]) == ("retreat", "3 May 2031")


def test_plover_leaves_out_what_plover_does_not_have(case):
    event = {**case["event"][0], "id": "e-9", "type": "OTHER", "mode": "election"}
    note, *events = map(json.loads, export({**case, "event": [*case["event"], event]}, "plover").splitlines())
    assert [e["id"] for e in events] == ["e-1"]
    assert "1 of type OTHER, which PLOVER does not have" in note["comment"]


def test_geojson_in_shapely(case):
    from shapely.geometry import shape

    page = json.loads(export(case, "geojson"))
    (feature,) = page["features"]
    point = shape(feature["geometry"])
    assert (point.x, point.y) == (14.4, 50.1)
    assert "1 without a place" in page["note"]


def test_ics_in_icalendar(case):
    from icalendar import Calendar

    (promise,) = case["commitment"]
    case = {**case, "commitment": [promise, {**promise, "id": "c-2", "outcome": "open"}]}
    written = export(case, "ics")
    calendar = Calendar.from_ical(written)
    *lines, due = calendar.walk("VEVENT")
    assert [(str(e["uid"]), e.decoded("dtstart").isoformat()) for e in lines] == [
        ("n-2@dragoman", "2031-05-01"),
        ("n-1@dragoman", "2031-05-03"),
    ], "lines that have a day and are not doubtful"
    assert due.decoded("dtstart").isoformat() == "2031-05-21" and str(due["uid"]) == "c-2@dragoman"
    assert due.decoded("dtend").isoformat() == "2031-06-01", "the end of an all-day entry is the day after"
    assert due.decoded("dtstamp").isoformat() == "2031-05-04T00:00:00+00:00", "when it came to be known"
    assert "1 promise that is not open any more" in str(calendar["x-wr-caldesc"])
    assert "1 undated" in str(calendar["x-wr-caldesc"])
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "folded at 75 octets"


ATOM = "{http://www.w3.org/2005/Atom}"


def test_atom_in_feedparser_and_lxml(case):
    import feedparser
    from lxml import etree

    hostile = {**case["entry"][0], "text": case["entry"][0]["text"].replace("Its", "<b>&]]>\x07")}
    case = {**case, "entry": [hostile, *case["entry"][1:]]}
    written = export(case, "atom")
    page = feedparser.parse(written)
    assert not page.bozo and page.version == "atom10"
    assert [e.updated for e in page.entries] == sorted((e.updated for e in page.entries), reverse=True)
    assert len(page.entries) == 3, "the undated line too, the doubtful one not"
    assert "doubtful" in page.feed.subtitle
    root = etree.fromstring(written)
    for one in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # what RFC 4287 asks for, once each
            assert len(one.findall(f"{ATOM}{name}")) == 1
    ids = [e.findtext(f"{ATOM}id") for e in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) and all(i.startswith("urn:uuid:") for i in ids)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    contents = "".join(e.findtext(f"{ATOM}content") for e in root.iter(f"{ATOM}entry"))
    assert "<b>" in contents and "]]>" in contents
    assert not any("\x07" in (e.text or "") for e in root.iter())


def test_an_entry_of_a_feed_keeps_its_id_and_is_updated_when_it_is_told_otherwise(case):
    import feedparser

    (line, *_), before = case["entry"], feedparser.parse(export(case, "atom")).entries
    revised = {**line, "revised": [{"kind": "denied", "was": None, "now": "No.", "known_from": "2031-07-01"}]}
    after = feedparser.parse(export({**case, "entry": [revised, *case["entry"][1:]]}, "atom")).entries
    assert {e.id for e in before} == {e.id for e in after}
    assert after[0].updated == "2031-07-01T00:00:00Z" and before[0].updated < "2031-07"


def test_ftm(case):
    entities = {e["id"]: e for e in map(json.loads, export(case, "ftm").splitlines())}
    assert entities["p-2"]["schema"] == "Person"
    assert entities["e-1"]["properties"]["proof"] == ["a-1", "a-2"]
    assert entities["t-2"]["properties"]["holder"] == ["p-2"] and entities["t-2"]["schema"] == "Occupancy"
    assert "1 dispute" in entities["note"]["properties"]["name"][0]
    assert all(isinstance(v, list) and v for e in entities.values() for v in e["properties"].values())


def test_ftm_in_followthemoney(case):
    """The package has an environment of its own, see followthemoney.in."""
    here = Path(__file__).parent
    python = here.parent / "build" / "ftm" / "bin" / "python"
    if not python.is_file():
        pytest.skip("followthemoney is not set up; .ci/run does that")
    done = subprocess.run(
        [python, here / "read_ftm.py"], input=export(case, "ftm"), capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines()[:-1] == []


def test_webannotation_as_json_ld(case):
    from pyld import jsonld

    page = json.loads(export(case, "webannotation"))
    terms = {
        "@vocab": "http://www.w3.org/ns/oa#",
        "id": "@id",
        "type": "@type",
        "items": {"@id": "as:items", "@container": "@list"},
    }
    flat = jsonld.flatten({**page, "@context": terms})
    assert sum("http://www.w3.org/ns/oa#Annotation" in n.get("@type", []) for n in flat) == page["total"]
    text = {"urn:dragoman:a-1": case["article"][0]["text"], "urn:dragoman:a-2": case["article"][1]["text"]}
    for item in page["first"]["items"]:
        quote, position = item["target"]["selector"]
        source = text[item["target"]["source"]]
        assert source[position["start"] : position["end"]] == quote["exact"]
        assert source[: position["start"]].endswith(quote["prefix"])


def test_graphml_in_networkx(case):
    import networkx

    graph = networkx.parse_graphml(export(case, "graphml").decode())
    assert graph.nodes["p-1"]["name"] == "Ruritania"
    assert graph.edges["p-2", "p-1"]["events"] == 1 and graph.edges["p-2", "p-1"]["scale"] == -3.5


def test_markdown_numbers_its_sources_and_escapes_their_words(case):
    page = export(case, "markdown").decode()
    lines = page.splitlines()
    said = "Its \\[Ruritania\\] soldiers left Strelsau on 3 May 2031, killing at least 4 people."
    assert f"- **3 May** {said}[^1][^2]" in lines
    assert lines.index("## 2031") < lines.index("### May 2031") < lines.index("## Undated")
    assert "- 2031-05-03 Ruritania withdrew troops in Strelsau[^1][^2]" in lines
    assert "[^2]: *Zenda \\| Daily*, 6 May 2031." in lines
    assert "<b>" not in page
