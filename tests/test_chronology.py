"""`dragoman chronology`: which lines are shown and how, from entries in a real case file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.model import Context, Entry, EntrySource, Revision, Span
from dragoman.store import CaseFile
from dragoman.store.chronology import Lines, count, stories, undated, weightiest
from records import structs

TEXT = "He left Strelsau on Monday with all of his soldiers and a brass band."


def entry(
    name: str, start: str | None, weight: float, end: str | None = None, article: str = "a-1", **more: Any
) -> Entry:
    end = end or start
    plain: dict[str, Any] = {
        "basis": "stated" if start or end else None,
        "text": TEXT,
        "language": "en",
        "span": Span(10, 10 + len(TEXT)),
        "sources": (EntrySource(article=article, start=10, end=10 + len(TEXT), text=TEXT, language="en"),),
        "independent": 1,
        "languages": ("en",),
        "known_from": "2031-05-04",
        "status": "happened",
    }
    return Entry(id=name, start=start, end=end, weight=weight, article=article, **{**plain, **more})


ENTRIES = [
    entry(
        "n-1",
        "2031-05-03",
        9.0,
        independent=2,
        actors=("p-1",),
        place="l-1",
        context=(Context(kind="name", at=12, text="Rupert", article="a-1", start=0, end=6),),
        revised=(
            Revision(kind="figure", was="4", now="9", known_from="2031-05-06", article="a-2", start=0, end=5),
        ),
    ),
    entry("n-2", "2031-05-20", 5.0, status="planned", article="a-2"),
    entry("n-3", "2031-05-01", 2.0, end="2031-05-31"),
    entry("n-4", "2031-06-02", 8.0, doubtful=True, doubts=("day",)),
    entry("n-5", "2031-06-09", 1.0),
    entry("n-6", None, 3.0),
    entry("n-7", None, 0.5, end="2031-05-09", basis="bounded"),
]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "made.case"
    case = CaseFile(file, create=True)
    others = [record for record in structs() if not isinstance(record, Entry)]
    case.replace_records([*others, *ENTRIES], case.state_of_reading())
    case.close()
    yield file


CHOSEN: list[tuple[Lines, int | None, list[str]]] = [
    (Lines(), 30, ["n-3", "n-1", "n-2", "n-5"]),
    (Lines(), 2, ["n-1", "n-2"]),
    (Lines(doubtful=True), 2, ["n-1", "n-4"]),
    (Lines(doubtful=True), None, ["n-3", "n-1", "n-2", "n-4", "n-5"]),
    (Lines(since="2031-05-01", until="2031-05-31"), 30, ["n-3", "n-1", "n-2"]),
    (Lines(since="2031-05-02", until="2031-05-19"), 30, ["n-1"]),
    (Lines(since="2031-06-01"), 30, ["n-5"]),
    (Lines(statuses=("planned",)), 30, ["n-2"]),
    (Lines(actors=("p-1",)), 30, ["n-1"]),
    (Lines(places=("l-1",)), 30, ["n-1"]),
    (Lines(language="fr"), 30, []),
    (Lines(story="y-1", statuses=("planned",)), 30, ["n-2"]),
]


@pytest.mark.parametrize(("wanted", "most", "ids"), CHOSEN)
def test_the_weightiest_in_the_order_of_time(
    path: Path, wanted: Lines, most: int | None, ids: list[str]
) -> None:
    case = CaseFile(path)
    with case.asking() as connection:
        assert [e["id"] for e in weightiest(connection, wanted, most)] == ids
    case.close()


def test_what_has_no_day_is_counted_and_asked_for_apart(path: Path) -> None:
    case = CaseFile(path)
    with case.asking() as connection:
        assert [e["id"] for e in undated(connection, Lines())] == ["n-6", "n-7"]
        assert undated(connection, Lines(since="2031-01-01")) == []
        counts = count(connection, Lines())
        assert (counts.dated, counts.undated, counts.doubtful) == (4, 2, 1)
        assert stories(connection, "strelsau") == ["y-1"]
    case.close()


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["chronology", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_text_has_headings_brackets_sources_and_what_is_left_out(path: Path) -> None:
    told = run(str(path))
    assert "May 2031\n" in told
    assert "2031-05-03  He [Rupert] left Strelsau" in told
    assert "[The Hentzau Post, 2031-05-04; 2 independent sources, en]" in told
    assert "revised later, figure: 4 -> 9 (2031-05-06)" in told
    assert "(planned)" in told
    assert "Left out: 2 without a day (--undated); 1 doubtful line of the chronology (--doubtful)." in told
    assert max(len(line) for line in told.splitlines()) <= 110


def test_undated_says_what_bounds_them(path: Path) -> None:
    told = run(str(path), "--undated")
    assert told.startswith("Day not known\n")
    assert "until 2031-05-09" in told


def test_jsonl_is_the_record(path: Path) -> None:
    first, *_ = [json.loads(line) for line in run(str(path), "--format", "jsonl").splitlines()]
    assert {"start", "end", "basis", "text", "language", "article", "span", "sources", "independent"} <= set(
        first
    )
    assert {"weight", "known_from", "events", "figures", "status"} <= set(first)


def test_csv_has_codes_and_names_in_columns_of_their_own(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(str(path), "--format", "csv").removeprefix("\ufeff"))))
    told = next(row for row in rows if row["id"] == "n-1")
    assert (told["who"], told["place"], told["start"]) == ("Ruritania", "Strelsau", "2031-05-03")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lines", "none"], "no number of lines"),
        (["--actor", "Nobody"], "nobody and no place"),
        (["--story", "Nothing"], "no storyline"),
        (["--format", "wav"], "no format"),
        (["--since", "May"], "not a day"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(path: Path, words: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["chronology", str(path), *words])
    assert done.exit_code == 1
    assert said in done.output


def test_counting_reads_no_line(path: Path) -> None:
    asked: list[tuple[str, Any]] = []
    case = CaseFile(path)
    with case.asking() as connection:
        sa.event.listen(connection, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        for wanted in (Lines(), Lines(since="2000-01-01", until="2100-01-01")):
            count(connection, wanted)
        for query, given in asked[::2]:
            plan = connection.exec_driver_sql(f"explain query plan {query}", given).all()
            assert not any(row[3].startswith("SCAN record") and "COVERING" not in row[3] for row in plan), (
                plan
            )
    case.close()
    assert len(asked) >= 4


def test_since_and_until_ask_for_whole_stretches_within(path: Path) -> None:
    case = CaseFile(path)
    with case.asking() as connection:
        every = weightiest(connection, Lines(doubtful=True), None)
        for day in sorted({e["start"] for e in every}):
            after = weightiest(connection, Lines(since=day, doubtful=True), None)
            before = weightiest(connection, Lines(until=day, doubtful=True), None)
            assert after == [e for e in every if e["start"] >= day]
            assert before == [e for e in every if e["end"] <= day]
    case.close()
