"""The case as a file: it survives kills, full disks and files that are no case."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest
import sqlalchemy as sa

from dragoman.model import Article, Reading, SetAside, Span, When
from dragoman.store import CaseError, CaseFile, Stored, migrations
from dragoman.store.place import APPLICATION
from dragoman.store.whole import ARTICLE, digest

PROGRAM = [sys.executable, "-m", "dragoman.cli"]


def article(n: int, path: str | None = None) -> Article:
    return Article(
        id=f"a-{n:04}",
        path=path or f"folder/{n}.txt",
        text=f"Text {n}.",
        raw=f"Text {n}.",
        language="de",
        published=When(start="2024-04-22", end="2024-04-22", basis="stated", span=Span(0, 4)),
    )


def stored(n: int, path: str | None = None) -> Stored:
    one = article(n, path)
    return Stored(
        one, Reading(article=one.id, language="de", sentences=(Span(0, 7),)), np.ones(512, np.float32) * n
    )


def test_what_goes_in_comes_out(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.add([stored(2), stored(1)])
        first, second = case.stored()
        assert (first.article, first.reading) == (article(1), stored(1).reading)
        assert np.array_equal(second.vector, stored(2).vector)


def test_what_is_linked_comes_without_the_raw_text(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.add([stored(1)])
        (only,) = case.stored(raw=False)
        assert (only.article.raw, only.article.text) == ("", article(1).text)


def test_one_text_under_two_names_is_one_article_with_its_first_path(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.add([stored(1, "z.txt")])
        case.add([stored(1, "b.txt")])
        case.found_again([("a-0001", "a.txt")])
        (only,) = case.stored()
        assert only.article.path == "a.txt"
        assert set(case.paths()) == {"z.txt", "b.txt", "a.txt"}


def test_what_is_set_aside_is_listed_until_it_can_be_read(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.put_aside(
            [SetAside(path="folder/1.txt", reason="is empty"), SetAside(path="b", reason="is binary")]
        )
        case.put_aside([SetAside(path="b", reason="is binary", hint="convert it")])
        assert [(s.path, s.hint) for s in case.set_aside()] == [("b", "convert it"), ("folder/1.txt", "")]
        case.add([stored(1)])
        assert [s.path for s in case.set_aside()] == ["b"]


def test_records_are_replaced_as_a_whole(tmp_path):
    from dragoman.model import Event, Evidence

    def event(n: int) -> Event:
        proof = Evidence(article="a-0001", start=0, end=4, text="Text", rule="r", fields={"who": Span(0, 4)})
        return Event(
            id=f"e-{n}",
            type="CONSULT",
            mode="visit",
            status="happened",
            who=("p-1",),
            whom=("p-2",),
            place=None,
            when=When(start="2024-04-22", end="2024-04-22", basis="stated"),
            known_from="2024-04-22",
            figures=(),
            reports=1,
            independent=1,
            confidence=0.9,
            evidence=(proof,),
        )

    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.add([stored(1)])
        assert not case.is_linked()
        case.replace_records([event(2), event(1)], case.state_of_reading())
        assert case.is_linked()
        assert [e["id"] for e in case.records("event")] == ["e-1", "e-2"]
        assert case.records("event")[0]["evidence"][0]["fields"] == {"who": [0, 4]}
        case.replace_records([event(3)], case.state_of_reading())
        assert [e["id"] for e in case.records("event")] == ["e-3"]
        case.add([stored(2)])
        assert not case.is_linked()


def no_case(path: Path) -> None:
    path.write_text("just some text, long enough to have a head", encoding="utf-8")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cookie (name TEXT)")


def newer_case(path: Path) -> None:
    with CaseFile(path, create=True) as case, case._writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def damaged_case(path: Path) -> None:
    CaseFile(path, create=True).close()
    content = bytearray(path.read_bytes())
    content[20:4096] = os.urandom(4076)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (no_case, "not a Dragoman case"),
        (other_database, "not a Dragoman case"),
        (newer_case, "newer version"),
        (damaged_case, "is damaged"),
        (Path.mkdir, "is a folder"),
        (lambda path: None, "no such case"),
    ],
)
def test_what_is_no_case_is_named_and_left_alone(tmp_path, make, said):
    path = tmp_path / "x.case"
    make(path)
    before = path.read_bytes() if make in (no_case, other_database) else None
    with pytest.raises(CaseError) as error:
        CaseFile(path)
    assert said in str(error.value) and str(path) in str(error.value)
    if before is not None:
        assert path.read_bytes() == before


def test_the_command_says_so_in_one_line(tmp_path):
    done = subprocess.run([*PROGRAM, "timeline", str(tmp_path / "none.case")], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("dragoman: ") and done.stderr.count("\n") == 1


def test_one_reads_while_another_writes(tmp_path):
    path = tmp_path / "x.case"
    with CaseFile(path, create=True) as writer, CaseFile(path) as reader:
        writer.add([stored(1)])
        with writer._writing() as connection:
            connection.exec_driver_sql("DELETE FROM article_path")
            assert reader.article_ids() == ["a-0001"]


def texts(folder: Path, count: int) -> Path:
    """Articles in a language that is kept but not read, so that a read takes seconds and can be killed often."""
    folder.mkdir()
    subjects = ["De raad", "De minister", "De rechtbank", "De politie", "De vereniging", "De gemeente"]
    deeds = ["overlegde maandag over de begroting", "wees het verzoek gisteren af", "wil de brug afsluiten"]
    for n in range(count):
        body = " ".join(
            f"{subjects[(n + k) % 6]} {deeds[(n * 7 + k) % 3]} en noemde {n + k} redenen." for k in range(9)
        )
        (folder / f"{n:03}.txt").write_text(body, encoding="utf-8")
    return folder


def read(folder: Path, case: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PROGRAM, "read", str(folder), "--case", str(case)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def exported(case: Path) -> bytes:
    return subprocess.run([*PROGRAM, "export", str(case)], capture_output=True, check=True).stdout


KILLS = int(os.environ.get("DRAGOMAN_KILLS", "4"))
"""Moments at which a read is killed; each costs a read of the folder."""


def test_a_killed_read_leaves_a_case_that_opens_and_continues(tmp_path):
    folder = texts(tmp_path / "texts", 60)
    whole = tmp_path / "whole.case"
    begun = time.monotonic()
    done = read(folder, whole)
    assert done.wait() == 0, done.stderr and done.stderr.read()
    takes = time.monotonic() - begun

    case, kept = tmp_path / "killed.case", 0
    for n in range(KILLS):
        running = read(folder, case)
        time.sleep(takes * (n + 1) / (KILLS + 1))
        running.send_signal(signal.SIGKILL)
        running.wait()
        if case.exists() and case.stat().st_size:
            with CaseFile(case) as opened:
                held = len(opened.article_ids())
                assert held >= kept, "an article that was committed is gone"
                kept = held
        if n % 4 == 3:  # start again now and then, so that kills fall at all stages
            for file in tmp_path.glob("killed.case*"):
                file.unlink()
            kept = 0
    assert read(folder, case).wait() == 0
    assert exported(case) == exported(whole)


def test_a_full_disk_loses_nothing_that_was_read(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and os.geteuid() == 0
    if (
        not mounted
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", disk], check=False).returncode
    ):
        pytest.skip("a small file system could not be mounted (needs root)")
    try:
        case = disk / "x.case"
        running = read(texts(tmp_path / "texts", 300), case)
        _, said = running.communicate()
        assert running.returncode == 1
        assert "disk is full" in said and str(case) in said and "Traceback" not in said
        copy = tmp_path / "copy.case"
        for file in disk.glob("x.case*"):
            shutil.copy(file, tmp_path / file.name.replace("x.case", "copy.case"))
        with CaseFile(copy) as opened:
            assert len(opened.article_ids()) == len(list(opened.stored())) > 0
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("number", list(migrations.steps()))
def test_a_case_of_every_version_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    path, every = tmp_path / "x.case", migrations.steps()
    one = stored(1)
    old = sa.create_engine(f"sqlite:///{path}")
    with monkeypatch.context() as known, old.begin() as connection:
        known.setattr(migrations, "steps", lambda: {n: name for n, name in every.items() if n <= number})
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        migrations.upgrade(connection)
        connection.exec_driver_sql(
            "INSERT INTO article (id, language, content, text, reading) VALUES (?, 'en', ?, ?, ?)",
            (
                one.article.id,
                msgspec.msgpack.encode(msgspec.structs.replace(one.article, text="")),
                one.article.text,
                msgspec.msgpack.encode(one.reading),
            ),
        )
        connection.exec_driver_sql("INSERT INTO article_path VALUES (?, ?)", (one.article.id, "a.txt"))
        if number >= "0007":  # before, rows had no digest, and the step gives them one
            content = connection.exec_driver_sql("SELECT " + ", ".join(ARTICLE) + " FROM article").one()
            connection.exec_driver_sql("UPDATE article SET digest = ?", (digest(*content),))
    old.dispose()
    with CaseFile(path) as case:
        assert [s.article.text for s in case.stored()] == [one.article.text]
        assert not case.is_linked()
        case.replace_records([], case.state_of_reading())
        assert case.is_linked()


@pytest.mark.parametrize("broken", ["", "content", "text", "reading"])
def test_articles_of_an_older_version_are_pressed_and_held_against_their_digests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path, every, ones = tmp_path / "x.case", migrations.steps(), [stored(1), stored(2)]
    old = sa.create_engine(f"sqlite:///{path}")
    with monkeypatch.context() as known, old.begin() as connection:
        known.setattr(migrations, "steps", lambda: {n: name for n, name in every.items() if n <= "0011"})
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        migrations.upgrade(connection)
        for one in ones:
            row = {
                "id": one.article.id,
                "language": one.article.language,
                "outlet": one.article.outlet,
                "content": msgspec.msgpack.encode(msgspec.structs.replace(one.article, text="")),
                "text": one.article.text,
                "reading": msgspec.msgpack.encode(one.reading),
                "vector": None,
            }
            row["digest"] = digest(*(row[name] for name in ARTICLE))
            if broken and one is ones[0]:
                row[broken] = row[broken][:-1] + row[broken][-1:] * 2
            marks = ", ".join("?" * len(row))
            connection.exec_driver_sql(
                f"INSERT INTO article ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
            )
            connection.exec_driver_sql(
                "INSERT INTO article_path VALUES (?, ?)", (one.article.id, one.article.path)
            )
    old.dispose()
    with CaseFile(path) as case:
        with case.asking() as connection:
            pressed = connection.exec_driver_sql("SELECT id FROM article WHERE text = ''").scalars().all()
        if broken:
            assert pressed == [ones[1].article.id]
            with pytest.raises(CaseError, match="not what was written"):
                list(case.stored())
        else:
            assert {s.article.id: (s.article, s.reading) for s in case.stored()} == {
                one.article.id: (one.article, one.reading) for one in ones
            }
            assert len(pressed) == 2
