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

    calendar = Calendar.from_ical(export(case, "ics"))
    (entry,) = calendar.walk("VEVENT")
    assert entry.decoded("dtstart").isoformat() == "2031-05-21"
    assert entry.decoded("dtend").isoformat() == "2031-06-01", "the end of an all-day entry is the day after"
    assert "Left out" in str(calendar["x-wr-caldesc"])


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
