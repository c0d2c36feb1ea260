"""Statements read in the form of the gold (words) -> labels of ours (offsets with a digest of the text).

python training/import_statements.py OUT.jsonl READ.jsonl... [--gold FOLDER]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from data import digest_of, near, read_lines


def placed(statement: Any, text: str, spans: list[tuple[int, int]]) -> Any:
    """The statement with the spans of its cue and speaker in place of their words."""
    sentence, content = spans[statement["n"]], statement["content"]
    cue, speaker = statement["cue"], (statement["speaker"] or {}).get("text")
    return statement | {
        "cue": near(text, cue, sentence, content) if cue else None,
        "speaker": near(text, speaker, sentence, content) if speaker else None,
    }


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("out", type=Path)
    p.add_argument("read", type=Path, nargs="+")
    p.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    a = p.parse_args()
    articles = {x["article"]: x for x in read_lines(a.gold / "prepared.jsonl")}
    rows = sorted((r for path in a.read for r in read_lines(path)), key=lambda r: r["article"])
    with a.out.open("w", encoding="utf-8") as out:
        for row in rows:
            text = articles[row["article"]]["text"]
            spans = [(s["start"], s["end"]) for s in articles[row["article"]]["sentences"]]
            said = [placed(s, text, spans) for s in row["statements"]]
            out.write(json.dumps({"sha256": digest_of(text), "statements": said}) + "\n")
    print(f"{len(rows)} articles, {sum(len(r['statements']) for r in rows)} statements")


if __name__ == "__main__":
    main()
