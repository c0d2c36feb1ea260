"""The dictionaries by which `store.packing` presses what a case holds: pieces of the example case, likely ones last.

    dragoman read examples/withdrawal --case example.case && dragoman chronology example.case > /dev/null
    python quality/dictionaries.py example.case 2        makes the dictionaries of number 2

A dictionary that cases were written by is never made again, or nobody could read them: a new one gets a new number.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from dragoman.store import CaseFile
from dragoman.store.packing import FOLDER

SIZES = {"records": 16_000, "readings": 24_000, "articles": 24_000}
"""Bytes of each: a little less than the window in which it must lie with what is pressed."""

SHARES = {
    **{"storyline": 0.01, "place": 0.01, "actor": 0.03, "article": 0.03, "dispute": 0.03, "state": 0.05},
    **{"commitment": 0.06, "figure": 0.1, "statement": 0.18, "entry": 0.2, "event": 0.3},
}
"""What part of the dictionary of records each kind has, in their order there."""

GRAM = 8
"""Bytes of the pieces by which likeness is counted."""

LONGEST = 1_500
"""Bytes beyond which a record tells more of itself than of its kind."""


def choose(pieces: Sequence[bytes], size: int) -> bytes:
    """The pieces that have most in common with others and least with those taken already; the likeliest last."""
    grams = [{p[i : i + GRAM] for i in range(0, len(p) - GRAM, 2)} for p in pieces]
    common = Counter(g for some in grams for g in some)
    left, seen, made = set(range(len(pieces))), set[bytes](), b""
    while left and len(made) < size:
        best = max(left, key=lambda i: (sum(common[g] - 1 for g in grams[i] - seen) / len(pieces[i]), -i))
        made = pieces[best] + made
        seen |= grams[best]
        left.remove(best)
    return made[-size:]


def records(file: CaseFile) -> bytes:
    """Of the lines of records, the digits of names left out."""
    made = b""
    for kind, share in SHARES.items():
        lines = [re.sub(rb"-[0-9a-f]{16}", b"-", line) for line in file.lines((kind,))]
        made += choose([line for line in lines if len(line) < LONGEST], int(SIZES["records"] * share))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("case", type=Path)
    parser.add_argument("number", type=int)
    args = parser.parse_args()
    pack = msgspec.msgpack.Encoder().encode
    with CaseFile(args.case) as file:
        stored = list(file.stored())
        made = {
            "records": records(file),
            "readings": choose([pack(one.reading) for one in stored], SIZES["readings"]),
            "articles": choose([pack(one.article) for one in stored], SIZES["articles"]),
        }
    for name, content in made.items():
        path = FOLDER / f"{name}-{args.number}.bin"
        if path.exists():
            parser.error(f"{path.name} is there; cases may have been written by it")
        path.write_bytes(content)
        print(path.name, len(content))


if __name__ == "__main__":
    main()
