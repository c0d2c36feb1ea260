"""Without a case: `annotate` marks texts, `same` compares names, `times` explains dates."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from dragoman.cli.options import app, day, fail, say
from dragoman.telling.wording import days


@app.command(
    epilog="Lines to try:  "
    """`echo '{"id": "1", "text": "They met on Monday.", "published": "2024-04-23"}' | dragoman annotate`"""
)
def annotate(
    explain: Annotated[bool, typer.Option("--explain", help="Say the rule behind each mark.")] = False,
) -> None:
    """JSON Lines in (id, text, language?, published?), JSON Lines out: names, times, figures, statements, events.

    Texts are read as they are, without cleaning; offsets count code points of the text as it came.
    """
    from dragoman.annotate import annotate_lines

    failed = False
    for line in annotate_lines(sys.stdin.buffer, explain):
        failed = failed or b'"error"' in line[:300]
        sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
    if failed:
        print('dragoman: some lines could not be read; each says why under "error".', file=sys.stderr)


@app.command(
    epilog='Lines to try:  `dragoman same "Oleh Kovalenko" "Олега Коваленко"`  ·  '
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
        from dragoman.annotate import compare_lines

        for line in compare_lines(sys.stdin.buffer):
            sys.stdout.buffer.write(line + b"\n")
        return
    if a is None or b is None:
        fail("give two names, or --jsonl with pairs on standard input.")
    verdict = compare(a, b)
    say(f"{'same' if verdict.same else 'not the same'}  {verdict.score:.2f}")
    for reason in verdict.reasons:
        say(f"  {reason}")


@app.command(epilog='Lines to try:  `dragoman times "They met on Wednesday" --published 2024-04-23`')
def times(
    text: Annotated[str, typer.Argument(help="A text; - reads standard input.")],
    published: Annotated[str | None, typer.Option(help="The day it was published (YYYY-MM-DD).")] = None,
    language: Annotated[
        str | None, typer.Option(help="Code of the language, as en or uk (default: told from the text).")
    ] = None,
) -> None:
    """What time expressions a text holds, which days they mean, and why."""
    from dragoman.intake.language import language_of
    from dragoman.languages import READ
    from dragoman.model import When
    from dragoman.reading.explain_times import explain_times

    words = sys.stdin.read() if text == "-" else text
    code = language or language_of(words)
    if code not in READ:
        fail(f"the text is in {code!r}, which is not read; name its language: --language {'|'.join(READ)}")
    on = day(published)
    known = When(start=on, end=on, basis="stated", why="given with --published") if on else None
    dated, found = explain_times(words, code, known)
    if dated and not known:
        say(f"the text itself: {days(msgspec.to_builtins(dated))} ({dated.basis}). {dated.why}")
    for one in found:
        mention = one.mention
        covered = days({"start": mention.first, "end": mention.last})
        say(f"{one.words!r}: {mention.type} {mention.value}")
        say(f"    {covered} ({mention.basis}). {mention.why}")
