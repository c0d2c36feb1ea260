"""The worked examples of the frames -> labelled sentences: our own words, read as their tests demand.

    python training/own_sentences.py > training/labels/frames.jsonl

An example's event is the one of its frame's type that the rules read in it; a near miss has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dragoman.model import EventReport
from dragoman.reading.clauses import find_clauses
from dragoman.reading.frames import frame_data
from dragoman.reading.marks import Names
from dragoman.reading.parse import parse_many
from dragoman.reading.repair import repair
from dragoman.reading.rules import find_by_rules

LANGUAGES = ("en", "fr", "ru")


def examples(language: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Sentences with what is asked of them; None for a near miss."""
    for _, data in frame_data():
        for concept in data["concepts"]:
            frame = {**data, **concept}
            for example in concept.get("examples", ()):
                if language in example:
                    wanted = {"type": frame["type"], "status": "happened"}
                    wanted |= {k: v for k, v in example.items() if k in ("type", "mode", "status")}
                    yield example[language], wanted
            for example in concept.get("near", ()):
                if language in example:
                    yield example[language], None


def label(e: EventReport) -> dict[str, Any]:
    return {
        "n": 0, "trigger": e.trigger, "type": e.type, "mode": e.mode, "status": e.status,
        "who": [a.span for a in e.who], "whom": [a.span for a in e.whom], "place": e.place.span if e.place else None,
    }  # fmt: skip


def main() -> None:
    for language in LANGUAGES:
        rows = list(examples(language))
        for k, ((text, wanted), parsed) in enumerate(
            zip(rows, parse_many([t for t, _ in rows], language), strict=True)
        ):
            syntax = repair(parsed)
            clauses = find_clauses(syntax)
            found = find_by_rules(syntax, clauses, Names((), ()), (None,) * len(clauses), (), ())
            right = [e for e in found if wanted and all(getattr(e, f) == v for f, v in wanted.items())]
            if wanted and len(right) != 1:
                continue  # the test of the example says more than one or none: not a clear label
            row = {
                "article": f"frames_{language}_{k}", "language": language, "published": None, "text": text,
                "sentences": [{"n": 0, "start": 0, "end": len(text)}], "events": [label(e) for e in right],
            }  # fmt: skip
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
