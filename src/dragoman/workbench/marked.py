"""An article's text cut into pieces, each with the facts and fields that it shows."""

from __future__ import annotations

from itertools import pairwise

from dragoman.model.lines import Record


def marked_text(article: Record, told: list[Record], chosen: Record | None) -> list[Record]:
    """Pieces in order that make up the text: `{"text", "facts": [ids], "field", "chosen": bool}`.

    `facts` are those whose evidence covers the piece, the shortest first; `field` is the field of the chosen
    fact that the piece shows, "" where none. Cut in one sweep over the edges, so cost grows with text and spans.
    """
    name, text = article["id"], article["text"]
    spans: list[tuple[int, int, str]] = []
    fields: list[tuple[int, int, str]] = []
    for fact in told:
        for e in fact["proof"]:
            if e["article"] != name:
                continue
            spans.append((e["start"], e["end"], fact["id"]))
            if chosen is not None and fact["id"] == chosen["id"]:
                fields += _fields(e)
    edges = sorted(
        {0, len(text), *(x for s, e, _ in [*spans, *fields] for x in (s, e) if 0 <= x <= len(text))}
    )
    opening: dict[int, list[tuple[int, str]]] = {}
    closing: dict[int, list[tuple[int, str]]] = {}
    for start, end, shown in spans:
        opening.setdefault(start, []).append((end - start, shown))
        closing.setdefault(end, []).append((end - start, shown))
    open_now: list[tuple[int, str]] = []
    pieces = []
    for start, end in pairwise(edges):
        for closed in closing.get(start, []):
            if closed in open_now:
                open_now.remove(closed)
        open_now += opening.get(start, [])
        field = min(((e - s, f) for s, e, f in fields if s <= start and end <= e), default=(0, ""))[1]
        pieces.append(
            {
                "text": text[start:end],
                "facts": list(dict.fromkeys(shown for _, shown in sorted(open_now))),
                "field": field,
                "chosen": chosen is not None and any(chosen["id"] == shown for _, shown in open_now),
            }
        )
    return pieces


def marked_words(evidence: Record) -> list[Record]:
    """The words of one piece of evidence, cut into `{"text", "field"}`; `field` is "" where they show none."""
    text, begin = evidence["text"], evidence["start"]
    fields = [
        (max(0, s - begin), min(len(text), e - begin), name)
        for s, e, name in _fields(evidence)
        if s < begin + len(text) and e > begin
    ]
    edges = sorted({0, len(text), *(edge for s, e, _ in fields for edge in (s, e))})
    return [
        {
            "text": text[start:end],
            "field": min(((e - s, f) for s, e, f in fields if s <= start and end <= e), default=(0, ""))[1],
        }
        for start, end in pairwise(edges)
    ]


def _fields(evidence: Record) -> list[tuple[int, int, str]]:
    found = []
    for field, held in evidence["fields"].items():
        for start, end in [held] if held and isinstance(held[0], int) else held:
            found.append((start, end, field))
    return found
