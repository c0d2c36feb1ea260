"""The documents hold: every command is in the manual, the notebook runs, figures have their places."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import typer

from dragoman.cli import app

ROOT = Path(__file__).parents[1]


def test_every_command_is_in_the_manual():
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands
    assert {name for name in commands if f"## dragoman {name}\n" not in manual} == set()


def test_every_command_says_lines_to_try():
    commands = typer.main.get_command(app).commands
    assert {n for n, c in commands.items() if "dragoman " not in (c.epilog or "")} == set()


def test_the_notebook_runs(tmp_path):
    cells = json.loads((ROOT / "docs" / "python.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    names: dict[str, object] = {}
    some = tmp_path / "examples" / "withdrawal"  # the whole example takes a quarter of a minute
    some.mkdir(parents=True)
    for number in ("01", "04", "11", "12"):
        (article,) = (ROOT / "examples" / "withdrawal").glob(f"{number}-*")
        shutil.copy(article, some)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for cell in code:
            exec(cell, names)
    finally:
        os.chdir(here)
    assert names["summary"].read == 4
    assert names["events"] and len(names["frame"]) > 10


def test_the_page_of_figures_has_a_place_for_each_part():
    import sys

    sys.path.insert(0, str(ROOT / "quality"))
    from bench import PARTS

    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert {p for p in PARTS if f"<!-- {p} -->" not in page or f"<!-- end {p} -->" not in page} == set()


def test_links_between_documents_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*/README.md")]
    targets = [(p, t) for p in pages for t in re.findall(r"\]\(([^)#]+)", p.read_text(encoding="utf-8"))]
    inside = [(p, t) for p, t in targets if not t.startswith(("http", "mailto"))]
    broken = [(p.name, t) for p, t in inside if not (p.parent / t).exists()]
    assert not broken
