"""How much of one article is read: bounded by the work that it makes, told where it is met, lifted with the file."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from hostile import TIMES, Cost, judged, put_into, shown
from shapes import MORE, PLAIN, SHAPES, TEXTS

from dragoman.annotate import annotate_lines
from dragoman.case import open as open_case
from dragoman.encoder import annotator
from dragoman.encoder import reach as reaching
from dragoman.encoder.decode import AT_ONCE
from dragoman.encoder.reach import MOST_PIECES, reach
from dragoman.encoder.session import Session, shared_session
from dragoman.encoder.tokens import (
    MAX_PIECES,
    WORDS_A_PIECE,
    size_of,
    tokenize_all,
    windows_of,
    words_of,
)
from dragoman.intake.language import language_of
from dragoman.languages import READ
from dragoman.model import REST
from dragoman.reading.parse import BATCH, TOGETHER, in_batches
from dragoman.telling.progress import summary_lines

LIGHT = (
    "Die Fähren fahren nicht, und in den Läden wird es langsam leer; für Montag ist ein Gespräch geplant.\n"
)
TOLD = PLAIN * 5 + "\n" + MORE * 5


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_makes_more_work_than_the_bound(name: str) -> None:
    text = TEXTS[name].make(TEXTS[name].base * 8)
    assert isinstance(text, str)
    past = reach(text)
    tokenizer = shared_session().tokenizer
    pieces = len(tokenizer.encode(text[:past], add_special_tokens=False).ids)
    words = len(words_of(text[:past]))
    assert 0 < pieces <= MOST_PIECES + 1 and words <= WORDS_A_PIECE * (MOST_PIECES + 1)
    ends = [0, *(n + 1 for n, c in enumerate(text[:past]) if c == "\n"), past]
    lines = [(a, b) for a, b in pairwise(ends) if text[a:b].strip()]
    windows = list(windows_of(tokenize_all(text[:past], lines, tokenizer)))
    assert len(windows) <= 4 * MOST_PIECES // MAX_PIECES
    if past < len(text):
        assert size_of(pieces, words) > MOST_PIECES * 0.8


def test_what_is_short_is_read_whole_and_a_long_text_up_to_the_end_of_a_sentence() -> None:
    assert reach("") == 0
    assert reach(TOLD) == len(TOLD)
    text = MORE * 5_000
    assert text[: reach(text)].endswith("denied it.")


@pytest.mark.parametrize("lengths", [[1] * 40, [50_000, 1, 1], [30_000, 30_000, 100], []])
def test_texts_are_parsed_together_within_bounds(lengths: list[int]) -> None:
    texts = ["a" * n for n in lengths]
    batches = list(in_batches(texts))
    assert [t for b in batches for t in b] == texts
    assert all(len(b) <= BATCH and (len(b) == 1 or sum(map(len, b)) <= TOGETHER) for b in batches)


def test_the_tags_of_many_triggers_are_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    roles = Session.roles

    def noted(self: Session, x: Any, *rest: Any) -> Any:
        asked.append(x.shape)
        return roles(self, x, *rest)

    monkeypatch.setattr(Session, "roles", noted)
    text = " ".join(f"{n} people were killed," for n in range(200))
    list(annotate_lines([json.dumps({"id": 1, "text": text, "language": "en"}).encode()]))
    assert asked and all(shape[0] == 1 or shape[0] * shape[1] <= AT_ONCE for shape in asked)


@pytest.fixture
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_PIECES", 60)
    monkeypatch.setattr(reaching, "_SHORT", 3)


@pytest.mark.parametrize(("language", "text"), [("en", TOLD), ("de", LIGHT * 10)])
def test_the_beginning_is_read_and_the_rest_is_told(shorter: None, language: str, text: str) -> None:
    row = json.dumps({"id": 1, "text": text, "language": language}).encode()
    (out,) = map(json.loads, annotate_lines([row]))
    past = out["read_until"]
    assert 100 < past < len(text)
    marks = [m for kind in ("names", "times", "figures") for m in out[kind]]
    assert marks and all(m["end"] <= past for m in marks)


def test_no_more_words_are_looked_at_than_the_bound_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked_at = 0
    roles = Session.roles

    def noted(self: Session, x: Any, t: Any, away: Any, flags: Any, mask: Any) -> Any:
        nonlocal looked_at
        looked_at += int(mask.sum())
        return roles(self, x, t, away, flags, mask)

    monkeypatch.setattr(Session, "roles", noted)
    monkeypatch.setattr(annotator, "MOST_LOOKED_AT", 4000)
    path = tmp_path / "crowded.txt"
    path.write_text("".join(f"{n}. {LIGHT}" for n in range(40)), encoding="utf-8")
    with open_case(tmp_path / "x.case", create=True) as case:
        (aside,) = case.read([path]).aside
        assert case.file.set_aside() == [aside] and aside.path == f"{path}{REST}"
        (reading,) = [one.reading for one in case.file.stored()]
    assert 0 < looked_at <= 4000
    until = reading.marked_until
    assert until is not None and f"looked for in the first {until} of" in aside.reason
    assert max(t.end for t in reading.times) > until > len(LIGHT)
    assert all(e.trigger.end <= until for e in reading.events)


def test_a_language_that_is_not_read_is_not_cut(shorter: None) -> None:
    (out,) = map(json.loads, annotate_lines([json.dumps({"id": 1, "text": TOLD, "language": "xx"}).encode()]))
    assert "read_until" not in out


def test_the_unread_rest_is_counted_listed_and_searched(shorter: None, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(PLAIN * 3 + "\n\n" + MORE + "Quokkas were seen.\n", encoding="utf-8")
    with open_case(tmp_path / "x.case", create=True) as case:
        summary = case.read([path])
        case.link()
        (aside,) = summary.aside
        assert case.file.set_aside() == [aside]
        assert (aside.path, summary.read) == (f"{path}{REST}", 1)
        assert "is long: the first" in aside.reason and "split" in aside.hint
        assert any(aside.reason in line for line in summary_lines(summary, tmp_path / "x.case"))
        assert [a["id"] for a in case.search("quokkas").articles]
        again = case.read([path])
        assert (again.known, again.aside) == (1, [])
        assert case.file.set_aside() == [aside]
        path.write_text("They met.", encoding="utf-8")
        assert case.read([path]).aside == []
        assert case.file.set_aside() == []


# --- the table of hostile shapes -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_grows_with_what_is_asked_for(name: str) -> None:
    some, more = (len(SHAPES[name].make(n)) for n in (12, 48))
    assert more > some


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("times", TIMES)
def test_every_text_is_in_a_language_that_is_read(name: str, times: int) -> None:
    text = TEXTS[name].make(TEXTS[name].base * times)
    assert isinstance(text, str)
    assert language_of(text) in READ


@pytest.mark.parametrize(
    ("seconds", "megabytes", "said"),
    [
        ((1.0, 2.0, 4.0), (9, 9, 9), "good"),
        ((1.0, 4.0, 16.0), (9, 9, 9), "NOT IN PROPORTION"),
        ((9.0, 18.0, 36.0), (9, 9, 9), "OVER 20 S"),
        ((1.0, 21.0, 2.0), (9, 9, 9), "OVER 20 S"),
        ((1.0, 1.0, 1.0), (9, 9, 800), "OVER 700 MB"),
        ((1.0,), (9,), "DID NOT END"),
    ],
)
def test_what_the_table_says(seconds: tuple[float, ...], megabytes: tuple[float, ...], said: str) -> None:
    costs = [Cost(1, s, m, 1, 0) for s, m in zip(seconds, megabytes, strict=True)]
    assert judged("quotes", costs) == said
    und = [Cost(1, 1.0, 9, 1, 0, False)] * 3
    assert (judged("quotes", und), judged("records", und)) == ("NOT READ", "good")
    assert judged("records", [Cost(1, s, 9, 1, 0) for s in (9.0, 18.0, 36.0)]) == "good"


def test_a_line_of_the_table_takes_the_place_of_the_one_before() -> None:
    page = "before\n<!-- hostile -->\nold words\n<!-- end hostile -->\nafter\n"
    costs = [Cost(n, 1.0, 9, 1, 0) for n in (1, 2, 4)]
    page = put_into(page, [shown("records", costs), shown("quotes", costs)], "2031-01-01")
    page = put_into(page, [shown("records", costs[:1])], "2031-01-02")
    lines = page.splitlines()
    assert (lines[0], lines[-1]) == ("before", "after")
    assert [line.split()[0] for line in lines if " MB " in line] == ["quotes", "records"]
    assert "DID NOT END" in page and "old words" not in page
    assert "Last changed 2031-01-02. Not measured: unclosed, " in page
    with pytest.raises(LookupError):
        put_into("no table", [], "2031-01-01")
