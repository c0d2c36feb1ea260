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
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
LANGUAGES = ("fr", "ru", "en")
"""Of the gold, the one that takes longest first."""
FLOORS = ROOT / "quality" / "floors.json"
PROGRAM = Path(sys.executable).with_name("dragoman")


def digest(paths: list[Path]) -> str:
    """SHA-256 of the data that gave the figures, so that a floor is never held against other data."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def seed_report() -> str:
    """Read the seeds into a fresh case and score it against their key."""
    with tempfile.TemporaryDirectory() as temp:
        case, lines = Path(temp) / "seeds.case", Path(temp) / "seeds.jsonl"
        seeds = sorted(str(p) for p in (SHARED / "seeds").glob("0*.txt"))
        subprocess.run([PROGRAM, "read", *seeds, "--case", case, "--quiet"], check=True)
        subprocess.run(
            [PROGRAM, "export", case, "--format", "jsonl", "-o", lines], check=True, stdout=subprocess.DEVNULL
        )
        return said([sys.executable, SHARED / "score" / "score_case.py", lines])


def fold_rows() -> str:
    """The gold of the fold that the weights did not see, as JSON lines."""
    read = sorted(str(p) for p in (SHARED / "gold").glob("read_*.jsonl"))
    return said([sys.executable, ROOT / "training" / "fold.py", "0", *read])


def annotated(rows: str, language: str) -> str:
    """What `dragoman annotate` tells of the articles of the rows that are in a language."""
    names = {json.loads(row)["article"] for row in rows.splitlines()}
    given = []
    for line in (SHARED / "gold" / "prepared.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["article"] in names and article["language"] == language:
            asked = {"id": article["article"]} | {k: article[k] for k in ("text", "language", "published")}
            given.append(json.dumps({k: v for k, v in asked.items() if v}, ensure_ascii=False) + "\n")
    return said([PROGRAM, "annotate"], "".join(given))


def gold_report(rows: str, told: str) -> str:
    """Score what is told of the articles against careful readers."""
    with tempfile.TemporaryDirectory() as temp:
        fold, lines = Path(temp) / "fold0.jsonl", Path(temp) / "told.jsonl"
        fold.write_text(rows, encoding="utf-8")
        lines.write_text(told, encoding="utf-8")
        prepared = SHARED / "gold" / "prepared.jsonl"
        return said(
            [sys.executable, SHARED / "score" / "gold.py", prepared, fold, "--annotated", lines],
        )


def said(command: list[str | Path], given: str = "") -> str:
    """What a program prints."""
    return subprocess.run(command, input=given, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def measured() -> dict[str, dict[str, float]]:
    """The figures of the seeds and of the gold. Two programs at a time; each loads one language."""
    rows = fold_rows()
    with ThreadPoolExecutor(2) as pool:
        parts = [pool.submit(annotated, rows, language) for language in LANGUAGES]
        seeds = pool.submit(seed_report)
        gold = gold_report(rows, "".join(part.result() for part in parts))
        print(seeds.result() + gold, end="")
    return {"seeds": figures_in(seeds.result()), "gold": gold_figures(gold)}


def gold_figures(report: str) -> dict[str, float]:
    """The figures of a `gold.py` report, by language and name; shares are between 0 and 1."""
    found: dict[str, float] = {}
    pattern = r"gold (\w\w) .*?P ([\d.]+) R ([\d.]+).*?SOUND ([\d.]+).*?WHOLE ([\d.]+).*?soundly ([\d.]+)"
    for language, *figures in re.findall(pattern, report):
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
    reached = measured()
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
