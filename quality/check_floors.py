"""Hold the quality reached against `floors.json`: no figure may fall below its floor.

    python quality/check_floors.py            measure, fail where a figure is below its floor
    python quality/check_floors.py --raise    put the figures reached in place of lower floors

Two measures: whole articles of the gold that the encoder never saw (fold 0 of `training/data.py`), in three languages,
and the five seed articles against their key. They are no part of the project; where `../shared` is not there, this says
so and passes. A floor is lowered only by hand, with a reason beside it in `floors.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "quality" / "floors.json"


def digest(paths: list[Path]) -> str:
    """SHA-256 of the data that gave the figures, so that a floor is never held against other data."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def seed_figures() -> dict[str, float]:
    """Read the seeds into a fresh case and score it against their key."""
    program = Path(sys.executable).with_name("dragoman")
    with tempfile.TemporaryDirectory() as temp:
        case, lines = Path(temp) / "seeds.case", Path(temp) / "seeds.jsonl"
        seeds = sorted(str(p) for p in (SHARED / "seeds").glob("0*.txt"))
        subprocess.run([program, "read", *seeds, "--case", case, "--quiet"], check=True)
        subprocess.run(
            [program, "export", case, "--format", "jsonl", "-o", lines], check=True, stdout=subprocess.DEVNULL
        )
        scored = subprocess.run(
            [sys.executable, SHARED / "score" / "score_case.py", lines],
            check=True,
            capture_output=True,
            text=True,
        )
    print(scored.stdout, end="")
    return figures_in(scored.stdout)


def gold_figures() -> dict[str, float]:
    """Annotate the articles of the fold that the weights did not see, and score them against careful readers."""
    gold = SHARED / "gold"
    with tempfile.TemporaryDirectory() as temp:
        fold = Path(temp) / "fold0.jsonl"
        read = sorted(str(p) for p in gold.glob("read_*.jsonl"))
        rows = subprocess.run(
            [sys.executable, ROOT / "training" / "fold.py", "0", *read],
            check=True,
            capture_output=True,
            text=True,
        )
        fold.write_text(rows.stdout, encoding="utf-8")
        scored = subprocess.run(
            [sys.executable, SHARED / "score" / "gold.py", gold / "prepared.jsonl", fold],
            env=os.environ | {"DRAGOMAN": str(Path(sys.executable).with_name("dragoman"))},
            check=True,
            capture_output=True,
            text=True,
        )
    print(scored.stdout, end="")
    found: dict[str, float] = {}
    pattern = r"gold (\w\w) .*?P ([\d.]+) R ([\d.]+).*?SOUND ([\d.]+).*?WHOLE ([\d.]+).*?soundly ([\d.]+)"
    for language, *figures in re.findall(pattern, scored.stdout):
        names = ("precision", "recall", "sound", "whole", "weighty soundly")
        found |= {f"{language} {name}": float(n) for name, n in zip(names, figures, strict=True)}
    return found


def figures_in(report: str) -> dict[str, float]:
    """The figures of a `score_case.py` report, by name; shares are between 0 and 1."""
    patterns = {
        "articles": r"articles\s+fields right (\d+)/(\d+)",
        "forms found": r"forms found (\d+)/(\d+)",
        "actors under one record": r"under one record (\d+)/(\d+)",
        "events found": r"event\s+found (\d+)/(\d+)",
        "events complete": r"event\s+found .*?complete (\d+)/(\d+)",
        "statements found": r"statement\s+found (\d+)/(\d+)",
        "statements complete": r"statement\s+found .*?complete (\d+)/(\d+)",
        "figures found": r"figure\s+found (\d+)/(\d+)",
        "figures complete": r"figure\s+found .*?complete (\d+)/(\d+)",
        "states found": r"state\s+found (\d+)/(\d+)",
        "states complete": r"state\s+found .*?complete (\d+)/(\d+)",
        "commitments found": r"commitment\s+found (\d+)/(\d+)",
        "commitments complete": r"commitment\s+found .*?complete (\d+)/(\d+)",
        "events merged": r"merged into one record: (\d+)/(\d+)",
        "disputes found": r"disputes\s+found (\d+)/(\d+)",
        "all facts found": r"ALL FACTS\s+found (\d+)/(\d+)",
        "all facts complete": r"ALL FACTS .*?complete (\d+)/(\d+)",
        "records that meet the key": r"records that meet the key (\d+)/(\d+)",
    }
    found = {}
    for name, pattern in patterns.items():
        if match := re.search(pattern, report):
            part, whole = int(match[1]), int(match[2])
            found[name] = round(part / max(1, whole), 4)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="raise floors to what is reached now"
    )
    args = parser.parse_args()
    if not (SHARED / "seeds").is_dir():
        print("floors: skipped, the seed articles are not beside the project (../shared/seeds)")
        return
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    reached = {"seeds": seed_figures(), "gold": gold_figures()}
    sources = {
        "seeds": [*(SHARED / "seeds").glob("*"), SHARED / "score" / "score_case.py"],
        "gold": [*(SHARED / "gold").glob("read_*.jsonl"), SHARED / "gold" / "prepared.jsonl"],
    }
    data = {name: digest(paths) for name, paths in sources.items()}
    if args.lift:
        for name, figures in reached.items():
            floors[name] = {k: max(floors.get(name, {}).get(k, 0.0), got) for k, got in figures.items()}
        FLOORS.write_text(
            json.dumps(floors | {"data": data}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        return
    if data != floors["data"]:
        sys.exit("floors: the data have changed since the floors were set; look, then: make floors")
    low = [
        f"floors: {name}: {figure} fell to {reached[name].get(figure, 0.0)}, its floor is {floor}"
        for name in reached
        for figure, floor in floors[name].items()
        if reached[name].get(figure, 0.0) < floor
    ]
    if low:
        sys.exit("\n".join(low))


if __name__ == "__main__":
    main()
