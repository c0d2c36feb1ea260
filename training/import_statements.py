"""Statements read in the form of the gold (words) -> labels of ours (offsets with a digest of the text).

    python training/import_statements.py OUT.jsonl READ.jsonl... [--gold FOLDER]
"""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path

from data import near, read_lines


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
            said = []
            for s in row["statements"]:
                place = lambda words, s=s: near(text, words, spans[s["n"]], s["content"]) if words else None  # noqa: E731
                said.append(
                    s | {"cue": place(s["cue"]), "speaker": place(s["speaker"]["text"]) if s["speaker"] else None}
                )
            digest = sha256(text.encode()).hexdigest()[:16]
            out.write(json.dumps({"article": row["article"], "sha256": digest, "statements": said}) + "\n")
    print(f"{len(rows)} articles, {sum(len(r['statements']) for r in rows)} statements")


if __name__ == "__main__":
    main()
