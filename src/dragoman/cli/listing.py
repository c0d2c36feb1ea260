"""What a case is made of: `articles`."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import AsJson, CasePath, app, print_json, say


@app.command(
    epilog="Lines to try:  `dragoman articles inquiry.case`  ·  `dragoman articles inquiry.case --set-aside`"
)
def articles(
    case: CasePath,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="What was met and not read, with the reason of each.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The articles of the case by day, or what was set aside and why."""
    from dragoman import case as cases
    from dragoman.languages import READ
    from dragoman.telling.wording import days

    with cases.open(case) as opened:
        if set_aside:
            for item in opened.file.set_aside():
                if as_json:
                    print_json({"path": item.path, "reason": item.reason, "hint": item.hint})
                else:
                    say(f"{item.path}: {item.reason}" + (f". {item.hint}" if item.hint else ""))
            return
        found = opened.records("article")
    for record in sorted(found, key=lambda a: ((a["published"] or {}).get("start") or "", a["id"])):
        if as_json:
            print_json(record)
            continue
        unread = "" if record["language"] in READ else "  (kept, not read)"
        title = " ".join((record["title"] or record["path"]).split())
        say(f"{days(record['published']):<24} {record['language']:<4} {title}{unread}  {record['path']}")
