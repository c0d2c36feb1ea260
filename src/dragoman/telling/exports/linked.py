"""ftm, webannotation, graphml: facts as things linked to each other and to their words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from dragoman.telling.exports.plover import scale_of
from dragoman.telling.exports.table import FACTS, Facts, Record, when_of
from dragoman.telling.wording import brief, evidence_of, source_of

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

CONTEXT_LETTERS = 40
"""Code points of text before and after a quotation that help another program to find it again."""


def as_ftm(facts: Facts, note: str) -> bytes:
    """FollowTheMoney entities as JSON Lines: Article, Person and the like, Event, Occupancy.

    The model has no schema for statements, figures, promises or disputes; the note counts them.
    """
    out: list[Record] = [_entity("note", "Note", {"name": [note]})]
    for article in facts.of("article"):
        published = (article["published"] or {}).get("start")
        out.append(
            _entity(
                article["id"],
                "Article",
                {
                    "title": [article["title"] or article["path"]],
                    "publishedAt": [published],
                    "author": [article["byline"]],
                    "language": [FTM_LANGUAGE.get(article["language"])],
                    "sourceUrl": [article["url"]],
                    "bodyText": [article["text"]],
                },
            )
        )
    for actor in facts.of("actor"):
        aliases = [f for f in actor["forms"] if f != actor["name"]]
        properties: dict[str, list[str | None]] = {
            "name": [actor["name"]],
            "alias": aliases,
            "country": [(actor["country"] or "").lower()],
        }
        out.append(_entity(actor["id"], FTM_SCHEMA[actor["type"]], properties))
    known = {e["id"] for e in out}
    for event in facts.of("event"):
        when = when_of(event)
        sides = [ref for ref in [*event["who"], *event["whom"]] if ref in known]
        out.append(
            _entity(
                event["id"],
                "Event",
                {
                    "name": [" ".join(brief(event, facts.book).split())],
                    "startDate": [when.get("start")],
                    "endDate": [when.get("end")],
                    "location": [facts.book.name(event["place"])],
                    "involved": sides,
                    "proof": sorted({e["article"] for e in evidence_of(event)}),
                    "description": [" ".join(e["text"].split()) for e in evidence_of(event)],
                },
            )
        )
    for state in facts.of("state"):
        if state["type"] != "office" or state["subject"] not in known:
            continue
        valid = when_of(state)
        post = _entity(f"post-{state['id']}", "Position", {"name": [state["value"] or "office"]})
        held = {
            "holder": [state["subject"]],
            "post": [post["id"]],
            "startDate": [valid.get("start")],
            "endDate": [valid.get("end")],
        }
        out += [post, _entity(state["id"], "Occupancy", held)]
    return "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in out).encode()


def _entity(name: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> Record:
    kept = {k: [v for v in values if v] for k, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def as_webannotation(facts: Facts, note: str) -> bytes:
    """W3C Web Annotations (JSON-LD): each piece of evidence with both a text quote and a text position."""
    items = []
    for record in facts.of(*FACTS):
        for n, e in enumerate(evidence_of(record)):
            article = facts.articles[e["article"]]
            text = article["text"]
            items.append(
                {
                    "id": f"urn:dragoman:{record['id']}:{n}",
                    "type": "Annotation",
                    "motivation": "describing",
                    "body": {
                        "type": "TextualBody",
                        "value": brief(record, facts.book),
                        "purpose": "describing",
                    },
                    "target": {
                        "source": article["url"] or f"urn:dragoman:{article['id']}",
                        "selector": [
                            {
                                "type": "TextQuoteSelector",
                                "exact": text[e["start"] : e["end"]],
                                "prefix": text[max(0, e["start"] - CONTEXT_LETTERS) : e["start"]],
                                "suffix": text[e["end"] : e["end"] + CONTEXT_LETTERS],
                            },
                            {"type": "TextPositionSelector", "start": e["start"], "end": e["end"]},
                        ],
                    },
                }
            )
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:dragoman:annotations",
        "type": "AnnotationCollection",
        "label": note,
        "total": len(items),
        "first": {
            "id": "urn:dragoman:annotations:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def as_graphml(facts: Facts, note: str) -> bytes:
    """GraphML: actors as nodes; for each pair and direction one edge with its events counted and scaled."""
    pairs: Counter[tuple[str, str]] = Counter()
    scale: dict[tuple[str, str], float] = {}
    for event in facts.of("event"):
        if event["status"] in ("denied", "possible"):
            continue
        others = event["whom"] or event["who"][1:]
        for who in event["who"] if event["whom"] else event["who"][:1]:
            for whom in others:
                pairs[who, whom] += 1
                weight = scale_of(event["type"], event["mode"])
                scale[who, whom] = scale.get((who, whom), 0.0) + weight
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    root.append(ElementTree.Comment(f" {note.replace('--', '- -')} "))
    for key, on, kind in (
        ("name", "node", "string"),
        ("type", "node", "string"),
        ("events", "edge", "int"),
        ("scale", "edge", "double"),
    ):
        ElementTree.SubElement(root, "key", {"id": key, "for": on, "attr.name": key, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for ref in sorted({ref for pair in pairs for ref in pair} | set(facts.actors)):
        node = ElementTree.SubElement(graph, "node", id=ref)
        _datum(node, "name", facts.book.name(ref))
        _datum(node, "type", facts.actors[ref]["type"] if ref in facts.actors else "words")
    for who, whom in sorted(pairs):
        edge = ElementTree.SubElement(graph, "edge", source=who, target=whom)
        _datum(edge, "events", str(pairs[who, whom]))
        _datum(edge, "scale", f"{scale[who, whom] / pairs[who, whom]:.3f}")
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _datum(parent: ElementTree.Element, key: str, value: str) -> None:
    # XML 1.0 has no place for control characters.
    ElementTree.SubElement(parent, "data", key=key).text = "".join(c for c in value if c >= " ")


def as_markdown(facts: Facts, note: str) -> bytes:
    """A brief: what happened, by day, each line with the numbers of its sources; the sources at the end."""
    from dragoman.telling.timeline import in_order

    numbers = {a["id"]: n for n, a in enumerate(facts.of("article"), start=1)}

    def cited(record: Record) -> str:
        return "".join(f"[{numbers[a['id']]}]" for a in facts.sources(record))

    lines = ["# Chronology", "", f"*{note}*", "", "## What happened", ""]
    lines += [f"- {_escaped(brief(e, facts.book))} {cited(e)}" for e in in_order(facts.of("event"))]
    for title, kind in (
        ("States", "state"),
        ("Promised and scheduled", "commitment"),
        ("Where the sources differ", "dispute"),
        ("Said", "statement"),
    ):
        found = [f"- {_escaped(brief(r, facts.book))} {cited(r)}" for r in facts.of(kind)]
        if found:
            lines += ["", f"## {title}", "", *found]
    lines += ["", "## Sources", ""]
    for article in facts.of("article"):
        day = (article["published"] or {}).get("start") or "undated"
        lines.append(
            f"{numbers[article['id']]}. {_escaped(source_of(article))}, {day}: {_escaped(article['title'] or '')}"
        )
    return ("\n".join(lines) + "\n").encode()


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
