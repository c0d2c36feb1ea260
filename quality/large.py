"""A case of a million events, made by generating records, and how long its pages and questions take.

    python quality/large.py make large.case [--events 1000000]
    python quality/large.py time large.case
    python quality/large.py browse large.case      # needs a Chromium

Records are written as linking writes them, a fifth as many articles as events and half as many lines of the
chronology. Pages are asked of a server of their own; what is given is the time to the first byte of the answer,
the median and the 95th percentile over many different actors, days and words, chosen as they occur: those of whom
the news tells most come most. Beside them stands how long a processor worked on it, which other programs on the
machine do not lengthen. `browse` opens the main pages in a Chromium and gives the time until their script has run
and what it made was painted: from then on a key or a click is answered.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache, partial
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from dragoman.model import (
    Actor,
    Article,
    ArticleRecord,
    CaseRecord,
    Claim,
    Commitment,
    Dispute,
    Entry,
    EntrySource,
    Event,
    Evidence,
    Figure,
    MentionRef,
    Place,
    Reading,
    Span,
    State,
    Statement,
    Status,
    Storyline,
    When,
)
from dragoman.store import CaseFile, Stored
from dragoman.store.counts import busiest, company, count, tally
from dragoman.store.questions import Ask, facts, held_on
from dragoman.telling.asof import as_of
from dragoman.telling.search import search

ACTORS, PLACES, OUTLETS, WORDS = 20_000, 3_000, 300, 50_000
TYPES = (
    "CONSULT",
    "AGREE",
    "ASSAULT",
    "COERCE",
    "RETREAT",
    "ACCUSE",
    "PROTEST",
    "REQUEST",
    "AID",
    "SANCTION",
)
MODES = ("visit", "meet", None)
_HAPPENED: Status = "happened"
STATUSES: tuple[Status, ...] = (
    *((_HAPPENED,) * 12),
    *("planned", "planned", "alleged", "ongoing", "denied", "possible"),
)
FIRST, DAYS = date(1990, 1, 1), 35 * 365
asked_each = 60
"""Questions of each sort, see `--questions`."""


class Chance(random.Random):
    """Draws as in the news: a few actors, places and words come often, most seldom."""

    def skewed(self, most: int) -> int:
        return int(most * self.random() ** 3)

    def actor(self) -> str:
        return f"p-{self.skewed(ACTORS):05}"

    def article(self, articles: int) -> str:
        return f"a-{self.randrange(articles):06}"

    def word(self) -> str:
        return f"word{self.skewed(WORDS)}"

    def sentence(self) -> str:
        return self.choice(_sentences())

    def day(self) -> date:
        return FIRST + timedelta(self.randrange(DAYS))

    def when(self) -> When | None:
        """Three in four are days; the others months, years, longer, open or unknown."""
        day = self.day()
        kind = self.random()
        if kind < 0.75:
            return stretch(day, day)
        if kind < 0.87:
            return stretch(day.replace(day=1), day.replace(day=28))
        if kind < 0.94:
            return stretch(day.replace(month=1, day=1), day.replace(month=12, day=31))
        if kind < 0.95:
            return stretch(day, day + timedelta(self.randrange(2000)))
        if kind < 0.97:
            return stretch(day, None)
        return stretch(None, day) if kind < 0.98 else None


@cache
def _sentences() -> list[str]:
    chance = Chance(0)
    return ["The " + " ".join(chance.word() for _ in range(15)) + "." for _ in range(50_000)]


def stretch(first: date | None, last: date | None) -> When:
    return When(
        start=first.isoformat() if first else None, end=last.isoformat() if last else None, basis="stated"
    )


def make(path: Path, events: int) -> None:
    """Fill a new case; articles have a reading without facts, as those are made up here."""
    articles = events // 5
    with CaseFile(path, create=True) as case:
        some = _stored(articles)
        while chunk := list(islice(some, 5000)):
            case.add(chunk)
        case.replace_records(_records(events, articles), case.state_of_reading())


def _article(n: int) -> Article:
    chance = Chance(n)
    text = " ".join(chance.sentence() for _ in range(6))
    return Article(
        id=f"a-{n:06}",
        path=f"{n}.txt",
        text=text,
        raw="",
        language=chance.choice(("en", "en", "en", "fr", "ru")),
        title=f"Title {n}",
        outlet=f"Outlet {chance.skewed(OUTLETS)}",
        published=stretch(chance.day(), None),
    )


def _stored(count: int) -> Iterator[Stored]:
    for n in range(count):
        article = _article(n)
        yield Stored(article, Reading(article=article.id, language=article.language), None)


def _records(events: int, articles: int) -> Iterator[CaseRecord]:
    for n in range(articles):
        yield _article_record(_article(n))
    yield from _named(events, articles)
    chance = Chance(1)
    for n in range(events):
        yield _event(chance, n, articles)
    for n in range(events // 2):
        yield _entry(chance, n, events, articles)
    for n in range(events // 10):
        yield _statement(chance, n, articles)
    for n in range(events // 10):
        yield _figure(chance, n, articles)
    for n in range(events // 50):
        yield _state(chance, n, articles)
    for n in range(events // 50):
        yield _commitment(chance, n, articles)
    for n in range(events // 500):
        sides = tuple(Claim(value=str(v), evidence=_proof(chance, articles)) for v in (4, 9))
        yield Dispute(id=f"d-{n:07}", about=chance.sentence(), dispute_kind="figure", claims=sides)
    for n in range(events // 500):
        told = tuple(sorted({chance.article(articles) for _ in range(20)}))
        members = tuple(sorted({f"e-{chance.randrange(events):07}" for _ in range(60)}))
        yield Storyline(id=f"y-{n:07}", title=chance.sentence(), articles=told, events=members)


def _article_record(a: Article) -> ArticleRecord:
    return ArticleRecord(
        **{
            f: getattr(a, f) for f in ("id", "path", "url", "title", "outlet", "aggregator", "wire", "byline")
        },
        language=a.language,
        published=a.published,
        missing_share=None,
        text=a.text,
    )


def _named(events: int, articles: int) -> Iterator[CaseRecord]:
    chance = Chance(2)
    for n in range(ACTORS):
        # As many mentions as draws of `Chance.actor` give it sides.
        share = ((n + 1) / ACTORS) ** (1 / 3) - (n / ACTORS) ** (1 / 3)
        mentions = (
            MentionRef(article=chance.article(articles), start=0, end=3)
            for _ in range(int(2 * events * share))
        )
        name = f"Actor {n}"
        yield Actor(id=f"p-{n:05}", name=name, type="person", forms=(name, "The"), mentions=tuple(mentions))
    for n in range(PLACES):
        name = f"Place {n}"
        yield Place(id=f"l-{n:04}", name=name, forms=(name,), lat=n % 140 - 60.0, lon=n % 350 - 170.0)


def _proof(chance: Chance, articles: int) -> tuple[Evidence, ...]:
    found = []
    for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
        words = chance.sentence()
        span = Span(0, 3)
        found.append(
            Evidence(
                article=chance.article(articles),
                start=0,
                end=len(words),
                text=words,
                rule="frame:x",
                fields={"who": span, "when": span},
            )
        )
    return tuple(found)


def _event(chance: Chance, n: int, articles: int) -> Event:
    when, proof = chance.when(), _proof(chance, articles)
    return Event(
        id=f"e-{n:07}",
        type=chance.choice(TYPES),
        mode=chance.choice(MODES),
        status=chance.choice(STATUSES),
        who=(chance.actor(),),
        whom=(chance.actor(),),
        place=f"l-{chance.skewed(PLACES):04}" if chance.random() < 0.6 else None,
        when=when,
        known_from=when.start if when else None,
        figures=(),
        reports=len(proof),
        independent=len(proof),
        confidence=0.3 + 0.7 * chance.random(),
        evidence=proof,
    )


def _entry(chance: Chance, n: int, events: int, articles: int) -> Entry:
    when, proof = chance.when(), _proof(chance, articles)
    return Entry(
        id=f"n-{n:07}",
        start=when.start if when else None,
        end=when.end if when else None,
        basis="stated" if when else None,
        text=proof[0].text,
        language="en",
        article=proof[0].article,
        span=Span(0, len(proof[0].text)),
        sources=tuple(
            EntrySource(article=e.article, start=0, end=e.end, text=e.text, language="en") for e in proof
        ),
        independent=len(proof),
        languages=("en",),
        weight=10 * chance.random() ** 3,
        known_from=when.start if when else None,
        status=chance.choice(STATUSES),
        actors=(chance.actor(), chance.actor()),
        place=f"l-{chance.skewed(PLACES):04}" if chance.random() < 0.6 else None,
        events=(f"e-{chance.randrange(events):07}",),
        doubtful=chance.random() < 0.4,
    )


def _statement(chance: Chance, n: int, articles: int) -> Statement:
    return Statement(
        id=f"s-{n:07}",
        speaker=chance.actor(),
        speaker_text=None,
        quote=True,
        content=chance.sentence(),
        when=chance.when(),
        evidence=_proof(chance, articles),
    )


def _figure(chance: Chance, n: int, articles: int) -> Figure:
    amount = float(chance.randrange(5000))
    return Figure(
        id=f"f-{n:07}",
        measure=chance.choice(("fatalities", "injured", "area", "money")),
        low=amount,
        high=amount,
        unit="people",
        approx=False,
        about=None,
        evidence=_proof(chance, articles),
        known_from=chance.day().isoformat(),
    )


def _state(chance: Chance, n: int, articles: int) -> State:
    return State(
        id=f"t-{n:07}",
        type=chance.choice(("deployment", "control", "office", "membership", "mission")),
        subject=chance.actor(),
        object=None,
        place=f"l-{chance.skewed(PLACES):04}",
        value=None,
        valid=stretch(begun := chance.day(), begun + timedelta(chance.randrange(1500))),
        evidence=_proof(chance, articles),
    )


def _commitment(chance: Chance, n: int, articles: int) -> Commitment:
    made = chance.day()
    return Commitment(
        id=f"c-{n:07}",
        by=(chance.actor(),),
        to=(),
        what=chance.sentence(),
        due=stretch(None, made + timedelta(chance.randrange(900))),
        made=stretch(made, made),
        outcome=chance.choice(("open", "kept", "early", "late", "broken", "overdue")),
        settled_by=None,
        evidence=_proof(chance, articles),
    )


# --- how long it takes --------------------------------------------------------------------------------


def _pages(chance: Chance, articles: int) -> dict[str, Callable[[], str]]:
    def at(path: str, **asked: object) -> str:
        return f"{path}?{urlencode(asked)}"

    def year() -> int:
        return chance.randrange(1990, 2024)

    return {
        "chronology": lambda: "/",
        "chronology of an actor": lambda: at("/timeline", actor=chance.actor()),
        "chronology of a month": lambda: at("/timeline", since=f"{(y := year())}-03-01", until=f"{y}-03-31"),
        "chronology of a decade": lambda: at(
            "/timeline", since=f"{(y := year())}-01-01", until=f"{y + 9}-12-31"
        ),
        "chronology of a place": lambda: at("/timeline", place=f"l-{chance.skewed(PLACES):04}"),
        "chronology by status": lambda: at("/timeline", status=chance.choice(STATUSES)),
        "chronology, 100 lines": lambda: at("/timeline", lines=100),
        "events": lambda: "/events",
        "events, far in": lambda: at("/events", skip=100 * chance.randrange(100)),
        "events of an actor": lambda: at("/events", actor=chance.actor()),
        "events of a month": lambda: at("/events", since=f"{(y := year())}-03-01", until=f"{y}-03-31"),
        "events of a decade": lambda: at("/events", since=f"{(y := year())}-01-01", until=f"{y + 9}-12-31"),
        "events by type, status": lambda: at(
            "/events", type=chance.choice(TYPES), status=chance.choice(STATUSES)
        ),
        "events of a place": lambda: at("/events", place=f"l-{chance.skewed(PLACES):04}"),
        "events by language": lambda: at("/events", language=chance.choice(("en", "fr", "ru"))),
        "events by outlet": lambda: at("/events", outlet=f"Outlet {chance.skewed(OUTLETS)}"),
        "events by sources": lambda: at("/events", sources=chance.choice((2, 3, 4, 9))),
        "events by names": lambda: at(
            "/events", who=f"Actor {chance.skewed(ACTORS)}", where=f"Place {chance.skewed(PLACES)}"
        ),
        "what is new": lambda: "/new",
        "actors": lambda: "/actors",
        "actor": lambda: f"/actors/{chance.actor()}",
        "relations": lambda: "/relations",
        "relations of a pair": lambda: at("/relations", a=chance.actor(), b=chance.actor()),
        "map": lambda: "/map",
        "map of a day": lambda: at("/map", on=chance.day()),
        "as of a day": lambda: at("/asof", on=chance.day()),
        "disputes": lambda: "/facts/dispute",
        "statements": lambda: "/facts/statement",
        "figures": lambda: "/facts/figure",
        "figures, far in": lambda: at("/facts/figure", skip=100 * chance.randrange(900)),
        "figures of a measure": lambda: at("/facts/figure", type="fatalities"),
        "stories": lambda: "/facts/storyline",
        "promises": lambda: "/promises",
        "promises of a day": lambda: at("/promises", today=chance.day()),
        "promises of an actor": lambda: at("/promises", who=f"Actor {chance.skewed(ACTORS)}"),
        "palette": lambda: at("/palette", q=f"Actor {chance.skewed(ACTORS)}"),
        "articles": lambda: "/articles",
        "articles of an outlet": lambda: at("/articles", outlet=f"Outlet {chance.skewed(OUTLETS)}"),
        "two articles": lambda: at("/beside", a=chance.article(articles), b=chance.article(articles)),
        "reader": lambda: f"/articles/{chance.article(articles)}",
        "search": lambda: at("/search", q=chance.word()),
        "search of two words": lambda: at("/search", q=f"{chance.word()} {chance.word()}"),
        "search in articles": lambda: at("/search", q=chance.word(), where="articles"),
        "to decide": lambda: "/decide",
        "events to decide on": lambda: "/decide?what=event",
        "decisions": lambda: "/history",
        "add": lambda: "/add",
        "api: events of an actor": lambda: at("/api/records/event", actor=chance.actor()),
        "api: tally": lambda: at("/api/tally", by="year", actor=chance.actor()),
        "api: as of a day": lambda: at("/api/asof", on=chance.day()),
        "api: search": lambda: at("/api/search", q=chance.word()),
    }


def measure(path: Path) -> Iterator[str]:
    """A line for each question and page."""
    with CaseFile(path) as case:
        yield from _time_questions(case)
        with case.asking() as connection:
            articles = count(connection, Ask(kinds=("article",)))
    with _serving(path) as (server, port):
        yield from _time_pages(server, port, articles)


@contextmanager
def _serving(path: Path) -> Iterator[tuple[int, int]]:
    """Process and port of a server on the case, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dragoman.cli", "serve", str(path), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                _first_byte(port, "/add")
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait()


def browse(path: Path) -> Iterator[str]:
    """A line for each page, opened in a Chromium: when its first byte was there, and when it could be used."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        sys.exit("no Chromium found; on Debian: apt-get install chromium")
    with CaseFile(path) as case, case.asking() as connection:
        articles = count(connection, Ask(kinds=("article",)))
    chance, all_of = Chance(5), list[float]()
    with _serving(path) as (server, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_context(base_url=f"http://127.0.0.1:{port}").new_page()
        for name, address in _pages(chance, articles).items():
            if name not in MAIN:
                continue
            taken = []
            for _ in range(OPENED):
                page.goto(address())
                taken.append(page.evaluate(USABLE) / 1000)
            all_of += taken
            middle, slowest = statistics.median(taken) * 1000, max(taken) * 1000
            yield f"{name:<32} usable: median {middle:6.0f} ms   slowest {slowest:6.0f} ms"
        browser.close()
        yield _memory(server)
    yield f"main pages, usable: 95th percentile {_high(all_of) * 1000:.0f} ms (goal: 1000 ms)"


OPENED = 5
"""Times that each page is opened in the browser."""

MAIN = (
    *("chronology", "chronology of a month", "events", "events of an actor", "actor"),
    *("relations", "map", "promises", "reader", "search"),
)
"""The pages that are opened in the browser: those that people are on most."""

USABLE = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const told = performance.getEntriesByType('navigation')[0];
  const painted = performance.getEntriesByName('first-contentful-paint')[0];
  done(Math.max(told.domContentLoadedEventEnd, painted ? painted.startTime : 0));
})))"""
"""Milliseconds from the click until the script has run and something was painted."""


def _time_questions(case: CaseFile) -> Iterator[str]:
    chance = Chance(3)

    def events_of(actor: str) -> None:
        with case.asking() as connection:
            facts(connection, Ask(actors=(actor,)))

    def all_of(actor: str) -> None:
        with case.asking() as connection:
            count(connection, Ask(actors=(actor,)))
            tally(connection, Ask(actors=(actor,)), "year")
            company(connection, actor)
            busiest(connection)

    def held(day: str) -> None:
        with case.asking() as connection:
            as_of(held_on(connection, day, 100), day)

    def find(words: str) -> None:
        with case.asking() as connection:
            search(connection, words)

    asked: dict[str, Callable[[], object]] = {
        "asof": lambda: held(chance.day().isoformat()),
        "timeline of an actor": lambda: events_of(chance.actor()),
        "counts of an actor": lambda: all_of(chance.actor()),
        "search": lambda: find(chance.word()),
        "search of two words": lambda: find(f"{chance.word()} {chance.word()}"),
        "search, commonest word": lambda: find("word0"),
        "is it linked": case.is_linked,
    }
    gc.collect()
    gc.freeze()  # as the server does
    for name, ask in asked.items():
        yield _line(f"query: {name}", [_timed(ask, time.process_time) for _ in range(asked_each)])


def _time_pages(server: int, port: int, articles: int) -> Iterator[str]:
    chance = Chance(4)
    slowest = 0.0
    for name, address in _pages(chance, articles).items():
        _first_byte(port, address())
        waited = (partial(_first_byte, port, address()) for _ in range(asked_each))
        taken = [_timed(ask, lambda: _worked(server)) for ask in waited]
        slowest = max(slowest, _high([seconds for seconds, _ in taken]))
        yield _line(name, taken)
    yield f"slowest page, 95th percentile {slowest * 1000:.0f} ms (goal: under 150 ms)"
    yield _memory(server)


def _memory(server: int) -> str:
    import psutil

    told = Path(f"/proc/{server}/status")
    if told.exists():
        most = int(told.read_text().split("VmHWM:")[1].split()[0]) / 1000
        return f"memory of the server at most {most:.0f} MB (goal: under 400 MB)"
    return (
        f"memory of the server {psutil.Process(server).memory_info().rss / 1e6:.0f} MB (goal: under 400 MB)"
    )


def _worked(server: int) -> float:
    """Seconds that processors worked for all threads of a process so far; 0 where the system does not tell."""
    told = Path(f"/proc/{server}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in told) / 1e9


def _first_byte(port: int, address: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.connect()
    begun = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    seconds = time.perf_counter() - begun
    answer.read()
    connection.close()
    if answer.status != 200:
        sys.exit(f"{address} answered {answer.status}")
    return seconds


def _timed(ask: Callable[[], object], worked: Callable[[], float]) -> tuple[float, float]:
    """Seconds until the answer (as `_first_byte` tells it, else all of it), and of them at work."""
    before, begun = worked(), time.perf_counter()
    told = ask()
    seconds = told if isinstance(told, float) else time.perf_counter() - begun
    return seconds, worked() - before


def _high(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _line(name: str, taken: list[tuple[float, float]]) -> str:
    waited, worked = [s for s, _ in taken], [w for _, w in taken]
    return (
        f"{name:<32} median {statistics.median(waited) * 1000:7.1f} ms   p95 {_high(waited) * 1000:7.1f} ms   "
        f"at work: median {statistics.median(worked) * 1000:6.1f} ms   p95 {_high(worked) * 1000:6.1f} ms"
    )


def main() -> None:
    global asked_each
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["make", "time", "browse"])
    parser.add_argument("case", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=asked_each, help="of each sort, for `time`")
    args = parser.parse_args()
    asked_each = args.questions
    if args.what == "make":
        make(args.case, args.events)
        return
    for line in (measure if args.what == "time" else browse)(args.case):
        print(line, flush=True)


if __name__ == "__main__":
    main()
