"""The server for assistants: its tools answer with words and sources, refuse what is no question, and write nothing."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys

import pytest

from dragoman.store import CaseFile
from records import structs

mcp = pytest.importorskip("mcp")

from dragoman.assistant import server  # noqa: E402  it needs the extra that was asked for above


class Case:
    """What the server needs of a case."""

    def __init__(self, file: CaseFile) -> None:
        self.file = file


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with CaseFile(tmp_path_factory.mktemp("mcp") / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
        yield Case(file)


def ask(case, tool, **values):
    """The answer of a tool, and whether it is an error."""

    async def asked():
        async with mcp.Client(server(case)) as client:
            return await client.call_tool(tool, values)

    result = asyncio.run(asked())
    text = result.content[0].text
    return (text, True) if result.is_error else (json.loads(text), False)


def test_the_tools_say_that_they_only_read(case):
    async def listed():
        async with mcp.Client(server(case)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert {t.name for t in tools} == {
        "chronology",
        "promises",
        "search",
        "fact",
        "actor",
        "as_of",
        "disputes",
    }
    assert all(t.annotations.read_only_hint and not t.annotations.open_world_hint for t in tools)
    assert all(t.description for t in tools)


def test_a_chronology_has_words_and_sources(case):
    answer, _ = ask(case, "chronology", since="2031-05-01", until="2031-05-31")
    (fact,) = [f for f in answer["facts"] if f["id"] == "n-1"]
    assert "left Strelsau" in fact["words"][0]["text"]
    assert fact["words"][0]["source"] == "The Hentzau Post" and fact["when"] == "2031-05-03"


def test_what_is_doubtful_is_left_out_and_counted(case):
    sure, _ = ask(case, "chronology")
    every, _ = ask(case, "chronology", doubtful=True)
    assert sure["doubtful_left_out"] == len(every["facts"]) - len(sure["facts"]) > 0
    first, _ = ask(case, "chronology", doubtful=True, limit=1)
    second, _ = ask(case, "chronology", doubtful=True, limit=1, skip=first["next_skip"])
    assert [f["id"] for f in first["facts"] + second["facts"]] == [f["id"] for f in every["facts"]][:2]


def test_a_search_finds_and_says_how(case):
    answer, _ = ask(case, "search", query="solders")
    assert answer["facts"][0]["id"] == "e-1" and "taken for soldiers" in answer["notes"][0]
    answer, _ = ask(case, "search", query="xylophone")
    assert answer["facts"] == [] and answer["how_it_was_met"] == "none" and answer["notes"]


def test_a_fact_has_all_its_words(case):
    answer, _ = ask(case, "fact", id="e-1")
    assert len(answer["words"]) == answer["told_by"] == 2


@pytest.mark.parametrize("name", ["Ruritania", "ruritanian", "Ruritanja", "Strelsau"])
def test_an_actor_by_any_name(case, name):
    answer, _ = ask(case, "actor", name=name)
    assert answer["id"] in ("p-1", "l-1") and answer["facts"]


def test_what_held_and_where_sources_differ(case):
    held, _ = ask(case, "as_of", day="2031-05-03")
    assert all(f["holds"] in ("yes", "maybe") for some in held.values() for f in some)
    answer, _ = ask(case, "disputes")
    assert answer["total"] == len(answer["disputes"]) == 1
    assert all(claim["words"] for claim in answer["disputes"][0]["claims"])


@pytest.mark.parametrize(
    ("tool", "values", "said"),
    [
        ("fact", {"id": "e-0"}, "no fact of the case has the id"),
        ("fact", {"id": "p-1"}, "no fact of the case has the id"),
        ("actor", {"name": "Nobody at all"}, "no actor of the case"),
        ("as_of", {"day": "2031-02-31"}, "is no day"),
        ("as_of", {"day": "soon"}, "day"),
        ("chronology", {"limit": 10_000}, "limit"),
        ("search", {"query": ""}, "query"),
        ("actor", {"name": "\x00"}, "no actor of the case"),
        ("promises", {"actor": ["Ruritania"] * 1_000}, "valid string"),
        ("fact", {"id": "e-1' OR '1'='1"}, "no fact of the case has the id"),
    ],
)
def test_what_is_no_question_is_refused_in_words(case, tool, values, said):
    text, failed = ask(case, tool, **values)
    assert failed and said in text and "Traceback" not in text


@pytest.mark.parametrize(
    "query",
    ["\x00", "actor:\x00", 'a" OR *', "NEAR(a b)", "since:9999-99-99", "\x1b[2J", "-", '"' * 300, "^a {x}:y"],
)
def test_no_query_is_taken_for_a_language_of_the_tables(case, query):
    assert "notes" in ask(case, "search", query=query)[0]


def test_nothing_is_written(case):
    def held():
        # The tables themselves: what an index of words is made of cannot be read back from it.
        with case.file.engine.connect() as connection:
            of = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            names = sorted(connection.exec_driver_sql(of).scalars())
            return {name: list(connection.exec_driver_sql(f'SELECT * FROM "{name}"')) for name in names}

    before = held()
    for tool, values in (
        ("chronology", {}),
        ("search", {"query": "solders OR zzz"}),
        ("fact", {"id": "e-1"}),
        ("actor", {"name": "Ruritania"}),
        ("as_of", {"day": "2031-05-03"}),
        ("disputes", {}),
    ):
        ask(case, tool, **values)
    assert held() == before


def test_the_command_speaks_the_protocol(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    words = ["-m", "dragoman.cli", "mcp", str(tmp_path / "x.case")]
    start = mcp.StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))

    async def asked():
        async with mcp.Client(start) as client:
            return await client.call_tool("search", {"query": "soldiers"})

    assert "e-1" in asyncio.run(asked()).content[0].text
    done = subprocess.run(
        [sys.executable, "-m", "dragoman.cli", "mcp", str(tmp_path / "none.case")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "no such case" in done.stderr
