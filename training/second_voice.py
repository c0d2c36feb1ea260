"""What the rules tell of the articles, as one voice beside the encoder: their times and events, in `annotate`'s form.

python training/second_voice.py ../shared/gold/prepared.jsonl ../shared/gold/prepared_languages.jsonl > times.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from data import read_lines

from dragoman.languages import SUPPORTED
from dragoman.model import Article, EventReport, StatementReport, TimeMention, When
from dragoman.reading.parse import parse_many
from dragoman.reading.reader import stages_of


def event(e: EventReport) -> dict[str, object]:
    return {
        "trigger": e.trigger,
        "type": e.type,
        "mode": e.mode,
        "status": e.status,
        "confidence": e.confidence,
        "who": [a.span for a in e.who],
        "whom": [a.span for a in e.whom],
        "place": e.place.span if e.place else None,
        "when": {"start": e.when.start, "end": e.when.end} if e.when else None,
    }


def time(t: TimeMention) -> dict[str, object]:
    return {"start": t.start, "end": t.end, "first": t.first, "last": t.last}


def statement(s: StatementReport) -> dict[str, object]:
    speaker = s.speaker.span if s.speaker else None
    return {"content": s.content, "speaker": speaker, "stance": s.stance, "quote": s.quote}


def main() -> None:
    rows = [row for path in sys.argv[1:] for row in read_lines(Path(path))]
    for row in rows:
        if row["language"] not in SUPPORTED:
            continue
        day = row["published"]
        published = When(start=day, end=day, basis="stated") if day else None
        article = Article(
            id=row["article"],
            path="-",
            text=row["text"],
            raw="",
            language=row["language"],
            published=published,
        )
        parsed = next(iter(parse_many([article.text], article.language)))
        state, _ = stages_of(article, parsed)
        told = {
            "id": row["article"],
            "times": [time(t) for t in state["times"]],
            "events": [event(e) for e in state["by_rules"]],
            "statements": [statement(s) for s in state["said"]],
        }
        print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
