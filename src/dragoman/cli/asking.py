"""What a case knows: `timeline`, `who`, `asof`, `diff`, `promises`, `disputes`, `stories`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from dragoman.cli.options import AsJson, CasePath, InWords, Today, app, day, fail, one_of, print_json, say
from dragoman.model.lines import Record
from dragoman.telling.showing import told

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.telling.name_book import NameBook


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
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Tell doubtful events too.")] = False,
    words: InWords = "en",
    as_json: AsJson = False,
) -> None:
    """The coded events in words, in the order in which they happened, with what shows them.

    Types and modes stay codes in --json and in the exports.
    """
    from dragoman import case as cases
    from dragoman.model import Status
    from dragoman.model.settable import types
    from dragoman.store.counts import count, tally
    from dragoman.store.questions import Ask, every
    from dragoman.telling.wording import days, event_line

    with cases.open(case) as opened, opened.asking() as connection:
        ask = Ask(
            actors=_called(connection, "actor", "place", name=actor) if actor else (),
            types=one_of(type_, {*types(), *tally(connection, Ask(), "type")}, "type"),
            statuses=one_of(status, get_args(Status), "status"),
            since=day(since),
            until=day(until),
            sure=not doubtful,
        )
        for event, book in _with_names(connection, every(connection, ask), words):
            if as_json:
                print_json(event)
                continue
            sources = f"  [{event['reports']}]" if event["reports"] > 1 else ""
            line = told(event, lambda e, b: f"{days(e['when'], words):<24} {event_line(e, b)}", book)
            say(line + sources)
            if evidence:
                for item in event["evidence"]:
                    say(f"{'':<25}“{' '.join(item['text'].split())}”")
        if not doubtful and (left := count(connection, replace(ask, sure=False)) - count(connection, ask)):
            print(f"dragoman: {left} doubtful left out; --doubtful tells them too.", file=sys.stderr)


def _called(connection: Connection, *kinds: str, name: str) -> tuple[str, ...]:
    from dragoman.store.questions import called

    found = tuple(ref for kind in kinds for ref in called(connection, kind, name))
    if not found:
        fail(f"no actor of the case is called {name!r}. All of them: dragoman who CASE")
    return found


def _with_names(
    connection: Connection, records: Iterable[Record], words: str = "en"
) -> Iterator[tuple[Record, NameBook]]:
    """Each record with a book of the names in it, which are looked up for many at once."""
    from dragoman.store.questions import briefs
    from dragoman.telling.name_book import NameBook
    from dragoman.telling.wording import refs_of

    rest = iter(records)
    while some := list(islice(rest, 500)):
        named = briefs(connection, sorted({ref for r in some for ref in refs_of(r)}))
        book = NameBook(({"id": ref, "name": b.name, "type": b.kind} for ref, b in named.items()), words)
        yield from ((record, book) for record in some)


@app.command(epilog="Lines to try:  `dragoman who inquiry.case`  ·  `dragoman who inquiry.case Kovalenko`")
def who(
    case: CasePath,
    name: Annotated[str | None, typer.Argument(help="Only actors with this in one of their names.")] = None,
    words: InWords = "en",
    as_json: AsJson = False,
) -> None:
    """The actors of the case: their names, roles and how often they are mentioned."""
    from dragoman import case as cases
    from dragoman.store.questions import Ask, by_id, called, every, names_of
    from dragoman.telling.interface import interface
    from dragoman.telling.name_book import NameBook

    with cases.open(case) as opened, opened.asking() as connection:
        if name:
            found = list(by_id(connection, called(connection, "actor", name, within=True)).values())
        else:
            found = list(every(connection, Ask(kinds=("actor",))))
        of = sorted({str(r["of"]) for a in found for r in a["roles"] if r["of"]})
        book = NameBook([{"id": ref, "name": named} for ref, named in names_of(connection, of).items()])
    if name and not found:
        fail(f"no actor of the case is called {name!r}. All of them: dragoman who {case}")
    for actor in sorted(found, key=lambda a: (-len(a["mentions"]), a["name"])):
        if as_json:
            print_json(actor)
            continue
        say(f"{len(actor['mentions']):>5}  {actor['name']}  ({interface(words).type_word(actor['type'])})")
        others = [f for f in actor["forms"] if f != actor["name"]]
        if others:
            say(f"{'':>7}also {', '.join(others)}")
        for role in sorted(
            {f"{r['title']}{' of ' + book.name(r['of']) if r['of'] else ''}" for r in actor["roles"]}
        ):
            say(f"{'':>7}{role}")


@app.command(epilog="Lines to try:  `dragoman asof inquiry.case --on 2024-05-01 --known 2024-05-15`")
def asof(
    case: CasePath,
    on: Annotated[str, typer.Option(help="The day it was so (YYYY-MM-DD).")],
    known: Annotated[
        str | None, typer.Option(help="The day it was known (default: all that is known).")
    ] = None,
    words: InWords = "en",
    as_json: AsJson = False,
) -> None:
    """What held on a day, as it was known on a day: states, open promises, events under way."""
    from dragoman import case as cases
    from dragoman.store.questions import held_on
    from dragoman.telling.asof import as_of
    from dragoman.telling.interface import interface
    from dragoman.telling.name_book import NameBook
    from dragoman.telling.wording import commitment_line, days, event_line, state_line

    lines = {
        "state": (state_line, "valid"),
        "commitment": (commitment_line, "due"),
        "event": (event_line, "when"),
    }
    so, face = day(on) or "", interface(words)
    with ExitStack() as stack:
        opened = stack.enter_context(cases.open(case))
        then = opened.known_on(day(known)) if known else None
        connection = stack.enter_context(opened.asking())
        known_names = then and NameBook(then.get("actor", []) + then.get("place", []), words)
        for kind, found in as_of(held_on(connection, so) if then is None else then, so).items():
            line, field = lines[kind]
            sure_of = {record["id"]: sure for sure, record in found}
            for record, book in _with_names(connection, (record for _, record in found), words):
                sure = sure_of[record["id"]]
                if as_json:
                    print_json({"holds": sure, **record})
                    continue
                text = told(record, _dated, days, field, line, known_names or book)
                maybe = "" if sure == "yes" else face.say("maybe")
                say(f"{face.say(kind):<11} {maybe:<6} {text}")


def _dated(
    record: Record,
    days: Callable[[Record | None, str], str],
    field: str,
    line: Callable[[Record, NameBook], str],
    names: NameBook,
) -> str:
    return f"{days(record[field], names.language):<24} {line(record, names)}"


@app.command(epilog="Lines to try:  `dragoman diff inquiry.case --from 2024-04-20 --to 2024-06-13`")
def diff(
    case: CasePath,
    start: Annotated[str, typer.Option("--from", help="The earlier day of knowing (YYYY-MM-DD).")],
    end: Annotated[str, typer.Option("--to", help="The later day of knowing.")],
    words: InWords = "en",
    as_json: AsJson = False,
) -> None:
    """What changed in what is known between two days: new, revised, gone."""
    from dragoman import case as cases
    from dragoman.telling.asof import changes
    from dragoman.telling.interface import interface
    from dragoman.telling.name_book import NameBook
    from dragoman.telling.wording import brief

    with cases.open(case) as opened:
        before, after = opened.known_on(day(start)), opened.known_on(day(end))
    book = NameBook(
        [r for known in (before, after) for kind in ("actor", "place") for r in known.get(kind, [])], words
    )
    face = interface(words)
    for change in changes(before, after):
        if as_json:
            print_json(change)
            continue
        about = change["record"] or change["was"]
        how, kind = change["change"], change["kind"]
        say(f"{face.say(how):<8} {face.say(kind):<11} {told(about, brief, book)}")
        if change["fields"]:
            fields = ", ".join(face.say(name) for name in change["fields"])
            say(f"{'':<20} {face.say('before:')} {told(change['was'], brief, book)}  ({fields})")


PROMISED = ("overdue", "open", "kept", "broken", "replaced", "unknown", "early", "late")
"""How a promise stands, or in which way it was kept."""


@app.command(
    epilog="Lines to try:  `dragoman promises inquiry.case --today 2024-07-01`  ·  `... --outcome open`  ·  "
    "`... --who Russia`"
)
def promises(
    case: CasePath,
    today: Today = None,
    outcome: Annotated[
        list[str] | None, typer.Option(help=f"Only those that are {', '.join(PROMISED)}; may be repeated.")
    ] = None,
    who: Annotated[
        str | None, typer.Option(help="Only those by or to this actor, by any of its names.")
    ] = None,
    words: InWords = "en",
    as_json: AsJson = False,
) -> None:
    """What was promised or scheduled, by when, and what came of it: the board of the workbench, column by column.

    What is overdue is counted against the day of the case's latest article, or against --today.
    """
    from dragoman import case as cases
    from dragoman.store.promises import columns
    from dragoman.store.questions import Ask, every
    from dragoman.telling.interface import interface
    from dragoman.telling.promises import cards, counted_day

    wanted = one_of(outcome, PROMISED, "outcome")
    against, face = day(today), interface(words)
    with cases.open(case) as opened, opened.asking() as connection:
        against = counted_day(connection, against)
        actors = _called(connection, "actor", "place", name=who) if who else ()
        for standing, ask in columns(against, Ask(actors=actors)).items():
            rest, begun = every(connection, ask), False
            while some := list(islice(rest, 500)):
                for promise, card in zip(some, cards(connection, some, against), strict=True):
                    if wanted and not {standing, card["outcome"]} & {*wanted}:
                        continue
                    if as_json:
                        counted = standing if standing in ("open", "overdue") else promise["outcome"]
                        print_json({**promise, "outcome": counted, "standing": standing})
                        continue
                    if not begun:
                        told_as = face.say(f"promise: {standing}")
                        say(told_as[:1].upper() + told_as[1:])
                        begun = True
                    for line in _card(card, words):
                        say(line)


def _card(card: Record, words: str) -> Iterator[str]:
    """A promise as lines: when it is due, who promised what to whom; the words; what came of it."""
    from dragoman.telling.interface import interface
    from dragoman.telling.wording import days

    face = interface(words)
    sides = ", ".join(n["name"] for n in card["by"]) or face.say("Nobody is named")
    if card["to"]:
        sides += " → " + ", ".join(n["name"] for n in card["to"])
    how = f" ({face.say(card['outcome'])})" if card["outcome"] in ("early", "late") else ""
    due = f"{face.say('due')} {days(card['due'], words)}" if card["due"] else face.say("no day was named")
    yield f"  {due:<26} {sides}: {card['what']}{how}"
    beside = (
        (None, card),
        (face.say("what settled it"), card["settled"]),
        (face.say("replaced by a later plan"), card["later"]),
    )
    for name, told_of in beside:
        for p in told_of["proof"][:1] if told_of else ():
            day_of = f", {p['day']}" if p["day"] else ""
            yield f"{'':<29}{f'{name}: ' if name else ''}“{p['words']}” [{p['source']}{day_of}]"


@app.command(epilog="Lines to try:  `dragoman disputes inquiry.case`")
def disputes(case: CasePath, as_json: AsJson = False) -> None:
    """What the sources tell so that not all can hold, side by side. No verdict."""
    from dragoman import case as cases
    from dragoman.store.questions import names_of

    with cases.open(case) as opened:
        found = opened.records("dispute")
        cited = sorted({e["article"] for d in found for c in d["claims"] for e in c["evidence"]})
        with opened.asking() as connection:
            sources = names_of(connection, cited)
    for dispute in found:
        if as_json:
            print_json(dispute)
            continue
        say(f"{dispute['dispute_kind']}: {dispute['about']}")
        for claim in dispute["claims"]:
            say(f"  {claim['value']}  [{claim['independent']} independent]")
            for item in claim["evidence"]:
                say(f"    {sources[item['article']]}: “{' '.join(item['text'].split())}”")


@app.command(epilog="Lines to try:  `dragoman stories inquiry.case`")
def stories(case: CasePath, as_json: AsJson = False) -> None:
    """The storylines: which articles tell one developing story."""
    from dragoman import case as cases
    from dragoman.store.questions import by_id
    from dragoman.telling.wording import days, source_of

    with cases.open(case) as opened, opened.asking() as connection:
        for story in sorted(opened.records("storyline"), key=lambda s: (-len(s["articles"]), s["id"])):
            if as_json:
                print_json(story)
                continue
            say(f"{len(story['articles']):>4} articles, {len(story['events'])} events: {story['title']}")
            articles = by_id(connection, story["articles"])
            for name in story["articles"]:
                article = articles[name]
                say(f"{'':<6}{days(article['published']):<24} {source_of(article)}: {article['title'] or ''}")


@app.command(
    epilog="Lines to try:  `dragoman serve inquiry.case`  ·  `dragoman serve inquiry.case --port 9000`  ·  "
    "`dragoman serve inquiry.case --read-only`"
)
def serve(
    case: CasePath,
    host: Annotated[
        str,
        typer.Option(
            help="The address to listen on; another than localhost asks for a key, as does a case with named people."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the browser on it.")] = True,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Let nobody add, decide or take back anything.")
    ] = False,
) -> None:
    """Open the case in the browser, on this machine."""
    from dragoman.workbench.app import serve as serve_case

    serve_case(case, host, port, browser, read_only)


@app.command(epilog="Lines to try:  `dragoman explain inquiry.case event-0123456789abcdef`")
def explain(
    case: CasePath,
    fact: Annotated[str, typer.Argument(metavar="ID", help="A fact's id, as --json shows it.")],
) -> None:
    """Why a fact is what it is: its words, the rule, each field's span, and the clause behind it."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        try:
            for line in opened.explain(fact):
                say(line)
        except LookupError as error:
            fail(str(error).strip("'\""))
