"""How often an event is right at each confidence: a monotone table, from the score by features to the share right.

    python quality/calibrate.py            print the table on the public development set (`../shared`)
    python quality/calibrate.py --write    also put it into the code's data and into docs/quality.md

An event is right where type, source and target are those of the set. The set marks one event in a sentence; others that
the program finds there are judged by nobody, so only events that meet the marked pair, or its type, are counted. Shares
are pooled until they rise with the score (pool adjacent violators), so that more is never less.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from dragoman.model import Article, EventReport
from dragoman.reading.events import reports
from dragoman.reading.events.confidence import WHERE
from dragoman.reading.reader import read_many

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT.parent / "shared" / "bench" / "events_en.jsonl"
DOCS = ROOT / "docs" / "quality.md"
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
Spans = list[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    reports.share_right = float  # the plain score, for once
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    table = pooled(judged(rows))
    print(shown(table))
    if asked.write:
        data = [{"score": score, "share": share} for score, share, _ in table]
        WHERE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        told = re.sub(
            r"(<!-- confidence -->\n).*(<!-- end confidence -->)",
            lambda m: f"{m[1]}{shown(table)}\n{m[2]}",
            DOCS.read_text(encoding="utf-8"),
            flags=re.S,
        )
        DOCS.write_text(told, encoding="utf-8")


def judged(rows: list[dict]) -> Iterable[tuple[float, bool]]:
    """(score by features, right or not) of each event that the set can judge."""
    articles = [
        Article(id=str(r["id"]), path="-", text=r["text"], raw=r["text"], language="en") for r in rows
    ]
    for row, reading in zip(rows, read_many(articles), strict=True):
        gold = row["gold"]
        for event in reading.events:
            same_type = OLDER.get(event.type, event.type) == gold["type"]
            same_sides = meets_both(event, gold)
            if same_type or same_sides:
                yield event.confidence, same_type and same_sides


def meets_both(event: EventReport, gold: dict) -> bool:
    who, whom = [(a.start, a.end) for a in event.who], [(a.start, a.end) for a in event.whom]
    if gold["type"] in MUTUAL:
        who = whom = who + whom
    return any_meets(who, gold["who"]) and any_meets(whom, gold["whom"])


def any_meets(ours: Spans, theirs: Spans) -> bool:
    return any(a < d and c < b for a, b in ours for c, d in theirs)


def pooled(found: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """`(lowest score of the bin, share right, events)`, the share never falling with the score."""
    bins: dict[float, list[int]] = {}
    for score, right in found:
        bins.setdefault(score, []).append(right)
    pools: list[list[float]] = []
    for score in sorted(bins):
        pools.append([score, sum(bins[score]), len(bins[score])])
        while len(pools) > 1 and (
            pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2] or pools[-2][2] < 30
        ):
            _, right, count = pools.pop()
            pools[-1][1] += right
            pools[-1][2] += count
    return [(score, round(right / count, 2), int(count)) for score, right, count in pools]


def shown(table: list[tuple[float, float, int]]) -> str:
    lines = ["| score by features from | confidence given (share right) | events |", "|---|---|---|"]
    return "\n".join(lines + [f"| {score:.2f} | {share:.2f} | {count} |" for score, share, count in table])


if __name__ == "__main__":
    main()
