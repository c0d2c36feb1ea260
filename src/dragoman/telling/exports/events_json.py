"""plover, timelinejs, geojson: events in the forms of other programs."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model.event_types import OTHER
from dragoman.model.lines import Record
from dragoman.telling.calendar import told_days
from dragoman.telling.exports.chronicle import chapters, footnote
from dragoman.telling.exports.pieces import json_line, json_list, one_line
from dragoman.telling.exports.plover import QUAD_CODE, scale_of
from dragoman.telling.exports.table import Facts, row, when_of
from dragoman.telling.interface import Interface, interface
from dragoman.telling.wording import event_line, evidence_of, source_of


def as_plover(facts: Facts, note: str) -> Iterator[bytes]:
    """PLOVER 2.0 JSON Lines: one event a line, those with a first day; the first line is the note.

    Events of type OTHER are none of PLOVER's and are left out, which the note says.

    `date` and `enddate` are the first and last day; `text_info` gives the span of the first evidence.
    """
    yield json_line({"comment": note})
    for event in facts.of("event"):
        when = when_of(event)
        start = when.get("start")
        if not start or event["type"] == OTHER:
            continue
        first = evidence_of(event)[0]
        article = facts.articles[first["article"]]
        dead, hurt, held = (_sum(facts, event, m) for m in ("fatalities", "wounded", "arrested"))
        yield json_line(
            {
                "id": event["id"],
                "date": start,
                "enddate": when.get("end"),
                "actor": [_party(facts, ref) for ref in event["who"]],
                "event": event["type"],
                "mode": event["mode"],
                "context": list(event["contexts"]),
                "recipient": [_party(facts, ref) for ref in event["whom"]],
                "event_loc": facts.book.name(event["place"]) or None,
                "event_text": " ".join(first["text"].split()),
                "quad_code": QUAD_CODE.get(event["type"]),
                "event_scale": scale_of(event["type"], event["mode"]),
                "historical": event["known_from"] is not None
                and when.get("end") is not None
                and (when["end"] < _year_before(event["known_from"])),
                "future": event["status"] == "planned",
                "hypothetical": event["status"] == "possible",
                "negation": event["status"] == "denied",
                "size": {"dead": dead, "injured": hurt, "arrested": held},
                "text": article["text"],
                "text_info": {"start": first["start"], "end": first["end"]},
                "cite_info": {
                    "title": article["title"],
                    "publication": source_of(article),
                    "url": article["url"],
                    "language": article["language"],
                    "date": (article["published"] or {}).get("start"),
                },
                "coder": f"dragoman {first['rule']}",
            }
        )


def as_timelinejs(facts: Facts, note: str) -> Iterator[bytes]:
    """TimelineJS 3 JSON: a slide for each line of the chronology, its sentence as headline and its sources below.

    `display_date` shows an imprecise stretch as what it is; the undated are left out. Where there is no chronology,
    the coded events in words are the slides.
    """
    face = interface(facts.language)
    title = {"text": {"headline": _plain(face.say("Chronology")), "text": _plain(note)}}
    slides = _lines(facts, face) if facts.source.count("entry") else _slides(facts, face)
    yield from json_list({"title": title}, "events", slides)


def _lines(facts: Facts, face: Interface) -> Iterator[Record]:
    for chapter in chapters(facts):
        for line in chapter.lines:
            told = "".join(words for words, _ in footnote(line, face))
            headline = f"({line.status}) {line.text}" if line.status else line.text
            said = "".join(f"<p>{_plain(words)}</p>" for words in (line.beside, told) if words)
            if slide := _slide(line.id, line.when, headline, said, face):
                yield slide


def _slides(facts: Facts, face: Interface) -> Iterator[Record]:
    for event in facts.of("event"):
        first = evidence_of(event)[0]
        words = f"“{' '.join(first['text'].split())}” — {source_of(facts.articles[first['article']])}"
        slide = _slide(event["id"], when_of(event), event_line(event, facts.book), _plain(words), face)
        if slide:
            yield {**slide, "group": face.type_word(event["type"])}


def _slide(name: str, when: Record, headline: str, text: str, face: Interface) -> Record | None:
    """None where no day is known; `text` is HTML already."""
    start, end = when.get("start") or when.get("end"), when.get("end")
    if not start:
        return None
    slide = {
        "unique_id": name,
        "start_date": _js_date(start),
        "end_date": _js_date(end) if end and end != start else None,
        "display_date": told_days(when, face),
        "text": {"headline": _plain(headline), "text": text},
    }
    return {k: v for k, v in slide.items() if v is not None}


def as_geojson(facts: Facts, note: str) -> Iterator[bytes]:
    """GeoJSON points of the events whose place has coordinates, with the columns of csv as properties."""
    yield from json_list({"type": "FeatureCollection", "note": note}, "features", _features(facts))


def _features(facts: Facts) -> Iterator[Record]:
    for event in facts.of("event"):
        place = facts.parties.get(event["place"])
        lat, lon = place.get("lat"), place.get("lon")
        if lat is None or lon is None:
            continue
        yield {
            "type": "Feature",
            "id": event["id"],
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": row(facts, event),
        }


def _party(facts: Facts, ref: str) -> Record:
    party = facts.parties.get(ref)
    actor = party if party.get("kind") == "actor" else {}
    return {"name": facts.book.name(ref), "type": actor.get("type"), "country": actor.get("country")}


def _sum(facts: Facts, event: Record, measure: str) -> float | None:
    values = [
        f["low"] for f in (facts.figures.get(i) for i in event["figures"]) if f.get("measure") == measure
    ]
    known = [v for v in values if v is not None]
    return max(known) if known else None


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1:04}{day[4:]}"


def _js_date(day: str) -> dict[str, int]:
    year, month, dom = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "day": dom}


def _plain(text: str) -> str:
    """TimelineJS takes its texts for HTML, so what could be markup is spelled out."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
