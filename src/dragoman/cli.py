"""The commands. Each parses its words and calls one function of the same meaning; heavy imports wait
until a command needs them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Dragoman reads raw news in several languages and builds a dated, sourced chronology.",
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  `dragoman timeline inquiry.case`  ·  "
    "`dragoman report inquiry.case -o report.html`",
)

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case, as made by `dragoman read`.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")]
Today = Annotated[str | None, typer.Option(help="Count deadlines against this day (YYYY-MM-DD).")]


def run() -> None:
    """The program's entry: commands, with errors as one line on standard error and exit code 1."""
    from dragoman.store.errors import CaseError

    try:
        app()
    except CaseError as error:
        print(f"dragoman: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away: not an error
        sys.exit(0)
    except KeyboardInterrupt:
        print(
            "dragoman: stopped. What was read is in the case; the same command goes on from there.",
            file=sys.stderr,
        )
        sys.exit(130)


@app.command(
    epilog="Lines to try:  `dragoman read articles/ --case inquiry.case`  ·  "
    "`dragoman read feed.rss pages.warc.gz --case inquiry.case --processes 2`  ·  `cat text.txt | dragoman read - --case inquiry.case`"
)
def read(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, archives, feeds; - for standard input."),
    ],
    case: Annotated[Path, typer.Option(help="The case to read into; made where there is none.")] = Path(
        "dragoman.case"
    ),
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that read side by side.")] = 1,
    today: Today = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Read articles into a case: .txt .html .md .jsonl .warc .rss .atom .xml .eml .pdf.

    A second time only what is new is read; what cannot be read is set aside with its reason.
    """
    from dragoman import case as cases
    from dragoman.telling.progress import Bar, summary_lines

    with cases.open(case, create=True) as opened:
        with Bar(paths, hidden=quiet) as bar:
            summary = opened.read(paths, processes, bar.update)
            bar.linking()
            opened.link(day(today))
        if not quiet:
            for line in summary_lines(summary, case):
                print(line)
    if summary.aside and not summary.read and not summary.known:
        raise typer.Exit(1)


@app.command(
    epilog="Lines to try:  `dragoman timeline inquiry.case --actor Armenia --since 2023-09-01`  ·  "
    "`dragoman timeline inquiry.case --type RETREAT --json`"
)
def timeline(
    case: CasePath,
    actor: Annotated[
        str | None, typer.Option(help="Only events with this actor, by any of its names.")
    ] = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="Only events of this PLOVER type; may be repeated.")
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(help="happened, ongoing, planned, possible, denied, alleged; may be repeated."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Last day (YYYY-MM-DD).")] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", "-e", help="Show the words under each event.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Events in the order in which they happened, with what shows them."""
    from dragoman import case as cases
    from dragoman.telling.timeline import in_order, select
    from dragoman.telling.wording import NameBook, days, event_line

    with cases.open(case) as opened:
        names = opened.records("actor") + opened.records("place")
        events = select(
            opened.records("event"),
            actors=_find_actors(names, actor) if actor else None,
            types={t.upper() for t in type_} if type_ else None,
            statuses=set(status) if status else None,
            since=day(since),
            until=day(until),
        )
    book = NameBook(names)
    for event in in_order(events):
        if as_json:
            _print_json(event)
            continue
        sources = f"  [{event['reports']}]" if event["reports"] > 1 else ""
        print(f"{days(event['when']):<24} {event_line(event, book)}{sources}")
        if evidence:
            for item in event["evidence"]:
                print(f"{'':<25}“{' '.join(item['text'].split())}”")


@app.command(epilog="Lines to try:  `dragoman who inquiry.case`  ·  `dragoman who inquiry.case Pashinyan`")
def who(
    case: CasePath,
    name: Annotated[str | None, typer.Argument(help="Only actors with this in one of their names.")] = None,
    as_json: AsJson = False,
) -> None:
    """The actors of the case: their names, roles and how often they are mentioned."""
    from dragoman import case as cases
    from dragoman.telling.wording import NameBook

    with cases.open(case) as opened:
        actors = opened.records("actor")
        book = NameBook(actors + opened.records("place"))
    wanted = name.casefold() if name else ""
    found = [a for a in actors if any(wanted in form.casefold() for form in [a["name"], *a["forms"]])]
    if name and not found:
        fail(f"no actor of the case is called {name!r}. All of them: dragoman who {case}")
    for actor in sorted(found, key=lambda a: (-len(a["mentions"]), a["name"])):
        if as_json:
            _print_json(actor)
            continue
        print(f"{len(actor['mentions']):>5}  {actor['name']}  ({actor['type']})")
        others = [f for f in actor["forms"] if f != actor["name"]]
        if others:
            print(f"{'':>7}also {', '.join(others)}")
        for role in sorted(
            {f"{r['title']}{' of ' + book.name(r['of']) if r['of'] else ''}" for r in actor["roles"]}
        ):
            print(f"{'':>7}{role}")


@app.command(epilog="Lines to try:  `dragoman report inquiry.case -o report.html`")
def report(
    case: CasePath,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("report.html"),
) -> None:
    """One self-contained page: the timeline and the actors; a click on a fact shows its sentence in the article."""
    from dragoman import case as cases
    from dragoman.telling.report import write_report

    with cases.open(case) as opened:
        page = write_report(opened, case.stem)
    _write(output, page.encode())
    print(f"wrote {output}")


@app.command(epilog="Lines to try:  `dragoman export inquiry.case --format jsonl > inquiry.jsonl`")
def export(
    case: CasePath,
    format_: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file instead of standard output.")
    ] = None,
) -> None:
    """The whole case, one record a line."""
    from dragoman import case as cases

    if format_ != "jsonl":
        fail(f"no export format {format_!r}; present is jsonl.")
    with cases.open(case) as opened:
        lines = b"".join(line + b"\n" for line in opened.lines())
    if output:
        _write(output, lines)
    else:
        sys.stdout.buffer.write(lines)


@app.command(
    epilog="Lines to try:  "
    """`echo '{"id": "1", "text": "They met on Monday.", "published": "2024-04-23"}' | dragoman annotate`"""
)
def annotate() -> None:
    """JSON Lines in (id, text, language?, published?), JSON Lines out: names, times, figures, statements, events.

    Texts are read as they are, without cleaning; offsets count code points of the text as it came.
    """
    from dragoman.telling.annotate_stream import annotate_lines

    failed = False
    for line in annotate_lines(sys.stdin.buffer):
        failed = failed or b'"error"' in line[:300]
        sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
    if failed:
        print('dragoman: some lines could not be read; each says why under "error".', file=sys.stderr)


@app.command(
    epilog='Lines to try:  `dragoman same "Nikol Pashinyan" "Никола Пашиняна"`  ·  '
    "`dragoman same --jsonl < pairs.jsonl`"
)
def same(
    a: Annotated[str | None, typer.Argument(metavar="NAME", help="One name.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="NAME", help="Another.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"a", "b"} lines, write {"same", "score", "reasons"} lines.')
    ] = False,
) -> None:
    """Are these one name, and why."""
    from dragoman.linking.same import same as compare

    if jsonl:
        from dragoman.telling.annotate_stream import compare_lines

        for line in compare_lines(sys.stdin.buffer):
            sys.stdout.buffer.write(line + b"\n")
        return
    if a is None or b is None:
        fail("give two names, or --jsonl with pairs on standard input.")
    verdict = compare(a, b)
    print(f"{'same' if verdict.same else 'not the same'}  {verdict.score:.2f}")
    for reason in verdict.reasons:
        print(f"  {reason}")


def day(text: str | None) -> str | None:
    """An ISO day from the command line, checked."""
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        fail(f"{text!r} is not a day; write it as YYYY-MM-DD.")


def fail(message: str) -> Any:
    """End with one line on standard error."""
    print(f"dragoman: {message}", file=sys.stderr)
    raise typer.Exit(1)


def _find_actors(names: list[dict[str, Any]], wanted: str) -> set[str]:
    found = {a["id"] for a in names if wanted.casefold() in (f.casefold() for f in [a["name"], *a["forms"]])}
    if not found:
        fail(f"no actor of the case is called {wanted!r}. All of them: dragoman who CASE")
    return found


def _print_json(record: dict[str, Any]) -> None:
    import json

    print(json.dumps(record, ensure_ascii=False))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"{path}: cannot be written ({error.strerror}). Name another file with -o.")


if __name__ == "__main__":
    run()
