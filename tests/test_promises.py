"""How a promise stands is the same on the page, for the command, in exports and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import product
from typing import get_args

import msgspec
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.model import Article, ArticleRecord, Commitment, Outcome, Reading, When
from dragoman.model.standing import STANDINGS, standing_of
from dragoman.store import CaseFile, Stored
from dragoman.telling import answers
from dragoman.telling.promises import cards, counted_day
from dragoman.workbench.app import create_app
from records import day, proof, structs

TEXT = "Ruritania will open the bridge by June."
DUE = (None, "2031-05-31", "2031-06-15", "2031-06-16")
NOW, LATER = "2031-06-15", "2031-07-01"


def promise(n: int, outcome: str, due: str | None, replaced: bool) -> Commitment:
    return Commitment(
        id=f"c-{n:02}",
        by=("p-1",) if n % 2 else ("the mayor",),
        to=(),
        what="open the bridge",
        due=When(start=None, end=due, basis="bounded") if due else None,
        made=None,
        outcome=outcome,  # type: ignore[arg-type]
        settled_by="e-1" if outcome in ("kept", "early", "late", "broken") else None,
        evidence=(proof("a-9", TEXT, TEXT),),
        replaced_by="c-00" if replaced else None,
    )


PROMISES = [
    promise(n, *made) for n, made in enumerate(product(get_args(Outcome), DUE, (False, True)))
]  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    path = tmp_path_factory.mktemp("board") / "x.case"
    published = day("2031-06-15")
    article = Article(id="a-9", path="nine.txt", text=TEXT, raw="x", language="en", outlet="Post")
    told = ArticleRecord(
        **{f: getattr(article, f) for f in ("id", "path", "url", "title", "outlet", "aggregator", "wire", "byline")},
        language="en", published=published, missing_share=None, text=TEXT,
    )  # fmt: skip
    others = [r for r in structs() if r.id not in ("c-1", "d-1")]
    older = [r for r in others if isinstance(r, ArticleRecord)]
    assert all((r.published is None) or (r.published.end or "") < NOW for r in older)
    with CaseFile(path, create=True) as file:
        file.add([Stored(article, Reading(article="a-9", language="en"), None)])
        file.replace_records([*others, told, *PROMISES], file.state_of_reading())
    return path


def wanted(on: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in PROMISES:
        found.setdefault(standing_of(msgspec.to_builtins(one), on), []).append(one.id)
    return {name: sorted(ids) for name, ids in found.items()}


SAID = [
    ("kept", False, None, "kept"),
    ("early", False, None, "kept"),
    ("late", True, "2031-05-31", "kept"),
    ("broken", False, None, "broken"),
    ("open", False, None, "open"),
    ("open", False, "2031-06-15", "open"),
    ("open", False, "2031-06-14", "overdue"),
    ("overdue", False, "2031-06-16", "open"),
    ("overdue", True, "2031-06-14", "replaced"),
    ("unknown", True, "2031-06-14", "replaced"),
    ("unknown", False, "2031-06-14", "unknown"),
]


@pytest.mark.parametrize(("outcome", "replaced", "due", "stands"), SAID)
def test_a_promise_stands_as(outcome, replaced, due, stands):
    assert standing_of(msgspec.to_builtins(promise(1, outcome, due, replaced)), "2031-06-15") == stands


def by_page(client, on: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in STANDINGS:
        page = client.get("/promises", params={"today": on, "standing": name}).text
        if ids := re.findall(r'<article class="card \w+" id="(c-\d\d)"', page):
            found[name] = sorted(ids)
    return found


def by_api(client, on: str) -> dict[str, list[str]]:
    told = client.get("/api/promises", params={"today": on}).json()["promises"]
    return {name: sorted(c["id"] for c in held["cards"]) for name, held in told.items()}


def by_command(case, *more: str) -> dict[str, list[str]]:
    done = CliRunner().invoke(app, ["promises", str(case), "--json", *more])
    assert done.exit_code == 0, done.output
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        found.setdefault(record["standing"], []).append(record["id"])
    return {name: sorted(ids) for name, ids in found.items()}


@pytest.mark.parametrize("on", [NOW, LATER])
def test_page_command_and_programs_say_the_same(case, on):
    client = TestClient(create_app(case), base_url="http://localhost")
    expected = wanted(on)
    assert by_page(client, on) == expected
    assert by_api(client, on) == expected
    assert by_command(case, "--today", on) == expected


def test_without_a_day_all_count_against_the_latest_article(case):
    with CaseFile(case) as file, file.asking() as connection:
        assert counted_day(connection) == NOW
        told = answers.promises(connection, limit=100)["promises"]
    expected = wanted(NOW)
    assert {name: sorted(c["id"] for c in held["cards"]) for name, held in told.items()} == expected
    assert by_command(case) == expected
    client = TestClient(create_app(case), base_url="http://localhost")
    table = csv.DictReader(io.StringIO(client.get("/export/csv?kind=commitment").content.decode("utf-8-sig")))
    exported = {row["id"]: row["type"] for row in table if row["kind"] == "commitment"}
    # An export is of no day but that of linking, whose outcomes are told as they are.
    assert exported == {p.id: standing_of(msgspec.to_builtins(p)) for p in PROMISES}


def test_a_card_says_who_when_and_what_came_of_it_with_its_words(case):
    page = TestClient(create_app(case), base_url="http://localhost").get("/promises").text
    assert 'href="/actors/p-1"' in page and TEXT in page and "what settled it" in page
    assert "Its soldiers left Strelsau" in page, "the words of what settled it"
    assert "replaced by a later plan" in page
    lines = CliRunner().invoke(app, ["promises", str(case), "--outcome", "kept"]).stdout
    assert lines.startswith("Kept") and "Its soldiers left Strelsau" in lines and "Overdue" not in lines


def test_the_words_that_say_it_come_before_others_that_repeat_it(case):
    record = {**msgspec.to_builtins(PROMISES[0]), "what": "by June"}
    other = {**record["evidence"][0], "text": "It was said before.", "start": 0, "end": 19}
    record["evidence"] = [other, *record["evidence"]]
    with CaseFile(case) as file, file.asking() as connection:
        assert cards(connection, [record])[0]["proof"][0]["words"] == TEXT


def test_a_board_is_of_one_person_and_in_order(case):
    client = TestClient(create_app(case), base_url="http://localhost")
    mine = re.findall(r'id="(c-\d\d)"', client.get("/promises?who=ruritania&standing=kept").text)
    assert mine and all(int(one[2:]) % 2 for one in mine)
    assert "called so" in client.get("/promises?who=Nobody").text
    first, last = (
        re.findall(r'id="(c-\d\d)"', client.get(f"/promises?standing=kept&order={order}").text)
        for order in ("", "late")
    )
    assert first != last and sorted(first) == sorted(last)
    due = {p.id: p.due.end if p.due else None for p in PROMISES}
    days = [due[one] for one in first]
    assert days == sorted(days, key=lambda d: d or "9999")
