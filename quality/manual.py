"""Write docs/commands.md from the commands themselves, so that the manual cannot fall behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import typer

from dragoman.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"


def main() -> None:
    group: Any = typer.main.get_command(app)  # a group of its own click
    context = click.Context(group, info_name="dragoman")
    parts = [
        "# The commands",
        "Made by `python quality/manual.py` from the commands' own words. `dragoman COMMAND --help` says the same.",
    ]
    for name, command in sorted(group.commands.items()):
        parts.append(f"## dragoman {name}")
        parts.append((command.help or "").strip())
        options = [
            (
                ", ".join(p.opts) if p.param_type_name == "option" else (p.metavar or p.name.upper()),
                p.help or "",
            )
            for p in command.get_params(context)
            if p.name != "help"
        ]
        if options:
            parts.append(
                "\n".join(["| | |", "|---|---|", *(f"| `{flag}` | {said} |" for flag, said in options)])
            )
        if command.epilog:
            parts.append(command.epilog.strip())
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
