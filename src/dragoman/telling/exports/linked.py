"""ftm, webannotation, graphml: facts as things linked to each other and to their words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from dragoman.model.event_types import OTHER
from dragoman.model.lines import Record
from dragoman.telling.exports.pieces import json_line, json_list, xml_text
from dragoman.telling.exports.plover import scale_of
from dragoman.telling.exports.table import FACTS, Facts, when_of
from dragoman.telling.wording import brief, evidence_of

FTM_SCHEMA = {
    "person": "Person",
    "state": "PublicBody",
    "organisation": "Organization",
    "armed_force": "Organization",
    "group": "LegalEntity",
    "place": "Address",
}

FTM_LANGUAGE = {"en": "eng", "fr": "fra", "ru": "rus"}
"""The model has languages by their three letters (ISO 639-3)."""

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

CONTEXT_LETTERS = 40
"""Code points of text before and after a quotation that help another program to find it again."""


def as_ftm(facts: Facts, note: str) -> Iterator[bytes]:
    """FollowTheMoney entities as JSON Lines: Article, Person and the like, Event, Occupancy.

    The model has no schema for statements, figures, promises or disputes; the note counts them.
    """
    yield json_line(_entity("note", "Note", {"name": [note]}))
    for event in facts.of("event"):
        when = when_of(event)
        sides = [
            ref for ref in [*event["who"], *event["whom"]] if facts.parties.get(ref).get("kind") == "actor"
        ]
        properties: dict[str, list[str | None]] = {
            "name": [" ".join(brief(event, facts.book).split())],
            "startDate": [when.get("start")],
            "endDate": [when.get("end")],
            "location": [facts.book.name(event["place"])],
            "involved": [*sides],
            "proof": [*sorted({e["article"] for e in evidence_of(event)})],
            "description": [" ".join(e["text"].split()) for e in evidence_of(event)],
        }
        yield json_line(_entity(event["id"], "Event", properties))
    for state in facts.of("state"):
        if state["type"] != "office" or facts.parties.get(state["subject"]).get("kind") != "actor":
            continue
        valid = when_of(state)
        post = _entity(f"post-{state['id']}", "Position", {"name": [state["value"] or "office"]})
        held = {
            "holder": [state["subject"]],
            "post": [post["id"]],
            "startDate": [valid.get("start")],
            "endDate": [valid.get("end")],
        }
        yield json_line(post) + json_line(_entity(state["id"], "Occupancy", held))
    yield from (json_line(_ftm_actor(actor)) for actor in facts.actors_named())
    yield from (json_line(_ftm_article(article)) for article in facts.sources_cited())


def _ftm_actor(actor: Record) -> Record:
    properties: dict[str, list[str | None]] = {
        "name": [actor["name"]],
        "alias": [f for f in actor["forms"] if f != actor["name"]],
        "country": [(actor["country"] or "").lower()],
    }
    return _entity(actor["id"], FTM_SCHEMA[actor["type"]], properties)


def _ftm_article(article: Record) -> Record:
    properties: dict[str, list[str | None]] = {
        "title": [article["title"] or article["path"]],
        "publishedAt": [(article["published"] or {}).get("start")],
        "author": [article["byline"]],
        "language": [FTM_LANGUAGE.get(article["language"])],
        "sourceUrl": [article["url"]],
        "bodyText": [article["text"]],
    }
    return _entity(article["id"], "Article", properties)


def _entity(name: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> Record:
    kept = {k: [v for v in values if v] for k, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def as_webannotation(facts: Facts, note: str) -> Iterator[bytes]:
    """W3C Web Annotations (JSON-LD): each piece of evidence with both a text quote and a text position."""
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:dragoman:annotations",
        "type": "AnnotationCollection",
        "label": note,
    }
    page = {"id": "urn:dragoman:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    total = 0

    def counted() -> Iterator[Record]:
        nonlocal total
        for item in _annotations(facts):
            total += 1
            yield item

    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode() + b',\n "first": '
    yield from json_list(page, "items", counted())
    yield f', "total": {total}}}\n'.encode()


def _annotations(facts: Facts) -> Iterator[Record]:
    for record in facts.of(*FACTS):
        for n, e in enumerate(evidence_of(record)):
            article = facts.articles[e["article"]]
            text = article["text"]
            quote = {
                "type": "TextQuoteSelector",
                "exact": text[e["start"] : e["end"]],
                "prefix": text[max(0, e["start"] - CONTEXT_LETTERS) : e["start"]],
                "suffix": text[e["end"] : e["end"] + CONTEXT_LETTERS],
            }
            position = {"type": "TextPositionSelector", "start": e["start"], "end": e["end"]}
            said = {"type": "TextualBody", "value": brief(record, facts.book), "purpose": "describing"}
            yield {
                "id": f"urn:dragoman:{record['id']}:{n}",
                "type": "Annotation",
                "motivation": "describing",
                "body": said,
                "target": {
                    "source": article["url"] or f"urn:dragoman:{article['id']}",
                    "selector": [quote, position],
                },
            }


def as_graphml(facts: Facts, note: str) -> Iterator[bytes]:
    """GraphML: actors as nodes; for each pair and direction one edge with its events counted and scaled.

    An edge whose events are all of type OTHER has no `scale`: PLOVER gives them none.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    scaled: Counter[tuple[str, str]] = Counter()
    scale: dict[tuple[str, str], float] = {}
    for event in facts.of("event"):
        if event["status"] in ("denied", "possible"):
            continue
        others = event["whom"] or event["who"][1:]
        for who in event["who"] if event["whom"] else event["who"][:1]:
            for whom in others:
                pairs[who, whom] += 1
                if event["type"] != OTHER:
                    scaled[who, whom] += 1
                    weight = scale_of(event["type"], event["mode"])
                    scale[who, whom] = scale.get((who, whom), 0.0) + weight
    yield f"<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns=\"{GRAPHML}\"><!-- {_comment(note)} -->".encode()
    for key, on, kind in (
        ("name", "node", "string"),
        ("type", "node", "string"),
        ("events", "edge", "int"),
        ("scale", "edge", "double"),
    ):
        yield _written(
            ElementTree.Element("key", {"id": key, "for": on, "attr.name": key, "attr.type": kind})
        )
    yield b'<graph edgedefault="directed">'
    known = {actor["id"] for actor in facts.actors_named()}
    for ref in sorted({ref for pair in pairs for ref in pair} | known):
        node = ElementTree.Element("node", id=xml_text(ref))
        _datum(node, "name", facts.book.name(ref))
        _datum(node, "type", facts.parties.get(ref).get("type") or "words")
        yield _written(node)
    for who, whom in sorted(pairs):
        edge = ElementTree.Element("edge", source=xml_text(who), target=xml_text(whom))
        _datum(edge, "events", str(pairs[who, whom]))
        if scaled[who, whom]:
            _datum(edge, "scale", f"{scale[who, whom] / scaled[who, whom]:.3f}")
        yield _written(edge)
    yield b"</graph></graphml>"


def _written(element: ElementTree.Element) -> bytes:
    content: bytes = ElementTree.tostring(element, encoding="utf-8")
    return content.partition(b"?>")[2].lstrip() if content.startswith(b"<?xml") else content


def _comment(note: str) -> str:
    return xml_text(note).replace("--", "- -").replace("<", "(").replace(">", ")")


def _datum(parent: ElementTree.Element, key: str, value: str) -> None:
    ElementTree.SubElement(parent, "data", key=key).text = xml_text(value)
