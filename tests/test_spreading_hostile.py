"""A folder of readings from elsewhere harms nobody: what Dragoman does not write is refused, or set aside alone."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.case import open as open_case
from dragoman.intake.walk import files_of
from dragoman.spreading import taking
from dragoman.spreading.job import fill
from dragoman.spreading.machines import Here
from dragoman.spreading.manifest import Manifest, ReadingsError
from dragoman.spreading.work import MANIFEST, file_of
from spreading_articles import folder_of
from spreading_readers import NOTES, SIMPLE

Row = dict[str, Any]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Honest readings of three articles, in one shard."""
    (tmp_path / "notes").mkdir()
    monkeypatch.setenv(NOTES, str(tmp_path / "notes"))
    fill(tmp_path / "r", files_of([folder_of(tmp_path / "in", 3)]), Here(), reader=SIMPLE)
    return tmp_path / "r"


def shard(kept: Path) -> Path:
    return file_of(kept, Manifest(kept).in_order()[0].name)


def signed(kept: Path) -> None:
    """The manifest says what the file is now: who makes both can do that."""
    lines = [json.loads(line) for line in (kept / MANIFEST).read_bytes().splitlines()]
    data = shard(kept).read_bytes()
    lines[-1]["done"] |= {"sha256": sha256(data).hexdigest(), "size": len(data)}
    (kept / MANIFEST).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def rewritten(kept: Path, change: Callable[[list[Row]], None], **how: Any) -> None:
    table = pq.read_table(shard(kept))
    rows = [row for row in table.to_pylist() if row["kind"] in ("article", "aside")]
    change(rows)
    pq.write_table(
        pa.Table.from_pylist(rows, schema=table.schema), shard(kept), **{"compression": "none", **how}
    )
    signed(kept)


def inside(name: str, change: Callable[[Row], Any]) -> Callable[[list[Row]], None]:
    """Change the packed part of the first article."""

    def changed(rows: list[Row]) -> None:
        row = next(row for row in rows if row["kind"] == "article")
        value = json.loads(zlib.decompress(row[name]))
        change(value)
        row[name] = zlib.compress(msgspec.json.encode(value))

    return changed


def taken(kept: Path, place: Path) -> tuple[int, list[str]]:
    """How many articles the case holds, and why others were set aside."""
    with open_case(place, create=True) as case:
        case.take(kept)
        case.link("2024-06-01")
        return len(case.file.article_ids()), [a.reason for a in case.file.set_aside()]


def put(*where: Any, value: Any) -> Callable[[Row], None]:
    def change(at: Any) -> None:
        for step in where[:-1]:
            at = at[step]
        at[where[-1]] = value

    return change


UNSOUND: dict[str, tuple[str, Callable[[Row], None], str]] = {
    "script for an address": ("content", put("url", value="javascript:alert(1)"), "address"),
    "another's id": ("content", put("id", value="a-0000000000000000"), "id that is not"),
    "another text": ("content", put("text", value="Nothing of it."), "id that is not"),
    "place beyond the text": ("reading", put("mentions", 0, "end", value=10**7), "outside of the text"),
    "place before it": ("reading", put("mentions", 0, "start", value=-1), "outside of the text"),
    "sentence turned round": ("reading", put("sentences", 0, value=[9, 3]), "outside of the text"),
    "no such entity": ("reading", put("events", 0, "who", 0, "entities", value=[7]), "not there"),
    "entity counted from the end": ("reading", put("mentions", 0, "entities", value=[-1]), "not there"),
    "no such figure": ("reading", put("events", 0, "figures", value=[0]), "not there"),
    "no such kind": ("reading", put("events", 0, "type", value="<b>"), "no kind"),
    "no such mode": ("reading", put("events", 0, "mode", value="waltz"), "no kind"),
    "no such status": ("reading", put("events", 0, "status", value="told"), "Invalid enum"),
    "no such day": ("reading", put("events", 0, "when", "start", value="2024-02-31"), "day that is none"),
    "day in words": ("reading", put("published", "end", value="../../etc"), "day that is none"),
    "more than sure": ("reading", put("events", 0, "confidence", value=7.5), "confidence"),
    "another article's": ("reading", put("article", value="a-0000000000000000"), "another article"),
    "a number without end": ("reading", put("events", 0, "weight", value=1e300), "number"),
    "events without end": ("reading", lambda r: r.update(events=r["events"] * 6_000), "more facts"),
    "read beyond its end": ("reading", put("marked_until", value=10**7), "outside of the text"),
    "no list": ("reading", put("events", value={"a": 1}), "Expected"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_article_that_cannot_be_is_set_aside_alone(kept: Path, tmp_path: Path, name: str) -> None:
    part, change, why = UNSOUND[name]
    rewritten(kept, inside(part, change))
    articles, reasons = taken(kept, tmp_path / "a.case")
    assert articles == 2
    assert any("does not write" in reason and why in reason for reason in reasons)


def test_what_was_not_read_of_an_article_is_listed_as_when_it_is_read_here(
    kept: Path, tmp_path: Path
) -> None:
    rewritten(kept, inside("reading", put("read_until", value=5)))
    articles, reasons = taken(kept, tmp_path / "a.case")
    assert articles == 3 and any("is long: the first 5 of" in reason for reason in reasons)


def test_what_unpacks_to_more_than_is_due_is_set_aside(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "UNPACKED", 100_000)

    def bomb(rows: list[Row]) -> None:
        rows[0]["reading"] = zlib.compress(b" " * 10**7)

    rewritten(kept, bomb)
    articles, reasons = taken(kept, tmp_path / "a.case")
    assert articles == 2 and any("more than is due" in reason for reason in reasons)


def footer(kept: Path, old: bytes, new: bytes) -> None:
    """Change what the end of the file says, where it says so first."""
    data = shard(kept).read_bytes()
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    shard(kept).write_bytes(data[:start] + data[start:].replace(old, new, 1))
    signed(kept)


def renamed(rows: list[Row]) -> None:
    rows[0]["kind"] = "event"


def none(_: list[Row]) -> None:
    pass


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "other bytes": (lambda k: shard(k).write_bytes(shard(k).read_bytes()[:-9] + b"x" * 9), "not the file that was"),
    "no Parquet": (lambda k: (shard(k).write_bytes(b"PAR1" * 99), signed(k))[0], "does not write|cannot be read"),
    "gone": (lambda k: shard(k).unlink(), "cannot be read"),
    "packed pages": (lambda k: rewritten(k, none, compression="zstd"), "packed pages"),
    "row fewer": (lambda k: rewritten(k, list.pop), "not as many rows"),
    "row of no kind": (lambda k: rewritten(k, renamed), "no kind|as many rows"),
    "a codec that nobody knows": (lambda k: footer(k, b"kind\x15\x00", b"kind\x15\x42"), "packed pages"),
    "a footer in no letters": (lambda k: footer(k, b"published_start", b"published_st\xffrt"), "does not write"),
    "a footer that breaks off": (lambda k: footer(k, b"PAR1", b"PAR2"), "does not write"),
    "a pipe": (lambda k: (shard(k).unlink(), os.mkfifo(shard(k)))[0], "cannot be read"),
    "other columns": (
        lambda k: (pq.write_table(pa.table({"kind": ["article"]}), shard(k), compression="none"), signed(k))[0],
        "other columns",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_as_it_must_be_is_refused_by_name(kept: Path, tmp_path: Path, name: str) -> None:
    change, why = REFUSED[name]
    place = shard(kept)
    change(kept)
    with pytest.raises(ReadingsError, match=why) as found:
        taken(kept, tmp_path / "a.case")
    assert str(place) in str(found.value)


MANIFESTS: dict[str, Callable[[list[bytes]], bytes]] = {
    "no JSON": lambda lines: b"\x80\x04pickle\n",
    "another layout": lambda lines: lines[0].replace(b'"layout":1', b'"layout":2') + b"".join(lines[1:]),
    "a path for a name": lambda lines: lines[0] + b'{"planned":{"name":"../../x","keys":["a"]}}\n',
    "done without a plan": lambda lines: lines[0] + lines[-1],
    "noise between": lambda lines: lines[0] + b"\xff\xfe\n" + b"".join(lines[1:]),
    "other keys": lambda lines: lines[0] + lines[1].replace(b'"keys":["', b'"keys":["0') + lines[2],
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_that_cannot_be_is_refused(kept: Path, name: str) -> None:
    lines = (kept / MANIFEST).read_bytes().splitlines(keepends=True)
    (kept / MANIFEST).write_bytes(MANIFESTS[name](lines))
    with pytest.raises(ReadingsError, match=r"damaged at line|not one of this version"):
        Manifest(kept)


def test_the_honest_are_taken(kept: Path, tmp_path: Path) -> None:
    rewritten(kept, none)
    assert taken(kept, tmp_path / "a.case")[0] == 3
