"""Readings kept as Parquet: they give the case that reading gives; nothing is lost or doubled by what goes wrong."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from dragoman.case import Case
from dragoman.case import open as open_case
from dragoman.cli import app
from dragoman.intake.walk import files_of
from dragoman.linking import vectors
from dragoman.model import SetAside
from dragoman.model.summary import Filled
from dragoman.reading import pool
from dragoman.spreading import job, shards
from dragoman.spreading.job import fill
from dragoman.spreading.machines import Here, Machines, Processes
from dragoman.spreading.manifest import Manifest, ReadingsError
from dragoman.spreading.work import MANIFEST, file_of
from spreading_articles import folder_of, text
from spreading_readers import NOTES, SIMPLE, embed_simply, noted, read_simply


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few files a shard, small pieces, and a place where readers note what they read."""
    (tmp_path / "notes").mkdir()
    monkeypatch.setenv(NOTES, str(tmp_path / "notes"))
    monkeypatch.setattr(shards, "SHARD_FILES", 4)
    monkeypatch.setattr(shards, "PIECE_BYTES", 1500)


def spread(
    folder: Path, given: Path, machines: Machines | None = None, progress: job.Progress | None = None
) -> Filled:
    them = machines or Here()
    try:
        return fill(folder, files_of([given]), them, progress=progress, reader=SIMPLE)
    finally:
        them.close()


def exported(case: Case) -> tuple[bytes, list[SetAside], dict[str, str]]:
    case.link("2024-06-01")
    return b"".join(case.export("jsonl")), case.file.set_aside(), case.file.paths()


def taken(place: Path, *folders: Path) -> tuple[bytes, list[SetAside], dict[str, str]]:
    with open_case(place, create=True) as case:
        for folder in folders:
            case.take(folder)
        return exported(case)


def read_plainly(place: Path, given: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The case that reading itself makes, with the reader of the test."""
    with monkeypatch.context() as patch, open_case(place, create=True) as case:
        patch.setattr(pool, "read_batch", read_simply)
        patch.setattr(vectors, "embed", embed_simply)
        case.read([given])
        return exported(case)


def files(folder: Path) -> dict[str, bytes]:
    """All of a folder of readings but the manifest, whose lines stand as shards ended."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MANIFEST}


def test_it_gives_the_case_that_reading_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = folder_of(tmp_path / "in", 11, records=14)
    filled = spread(tmp_path / "r", given, Processes(2))
    assert (
        filled.articles == 26 and filled.shards >= 5 and not filled.failed
    )  # the copy lies in another shard
    assert len(Manifest(tmp_path / "r").cuts) == 1
    assert len(set(noted())) == 25
    spread(tmp_path / "again", given)
    assert files(tmp_path / "again") == files(tmp_path / "r")
    plain = read_plainly(tmp_path / "plain.case", given, monkeypatch)
    assert taken(tmp_path / "spread.case", tmp_path / "r") == plain
    assert b'"kind":"event"' in plain[0]  # type: ignore[index]


def test_what_stands_is_not_read_again(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 10, records=6)
    spread(tmp_path / "r", given)
    before, made = noted(), files(tmp_path / "r")
    again = spread(tmp_path / "r", given)
    assert (again.read, again.before, noted()) == (0, again.shards, before)
    (given / "z-new.txt").write_text(text(77), encoding="utf-8")
    more = spread(tmp_path / "r", given)
    assert more.read == 1 and more.articles == 1 and len(noted()) == len(before) + 1
    assert files(tmp_path / "r").items() > made.items()


class Stopped(Exception):
    pass


def test_a_stopped_start_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 24)

    def stop(filled: Filled) -> None:
        if filled.read == 2:
            raise Stopped

    with pytest.raises(Stopped):
        spread(tmp_path / "r", given, progress=stop)
    assert len(Manifest(tmp_path / "r").done) == 2
    part = file_of(tmp_path / "r", "0" * 32).with_name(".abc.part")
    part.write_bytes(b"left by a process that was killed")
    assert spread(tmp_path / "r", given).before == 2
    assert Counter(noted()).most_common(1)[0][1] == 1
    spread(tmp_path / "whole", given)
    assert files(tmp_path / "r") == files(tmp_path / "whole")
    assert Manifest(tmp_path / "r").in_order() != [] and Manifest(tmp_path / "r").missing == 0


def test_a_file_that_no_line_names_does_not_count_and_a_lost_one_is_read_again(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 8)
    spread(tmp_path / "r", given)
    manifest = tmp_path / "r" / MANIFEST
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:-1]) + lines[-1][:40])  # the last line was cut off in writing
    assert Manifest(tmp_path / "r").missing == 1
    assert spread(tmp_path / "r", given).read == 1
    file_of(tmp_path / "r", Manifest(tmp_path / "r").in_order()[0].name).unlink()
    assert spread(tmp_path / "r", given).read == 1
    assert taken(tmp_path / "a.case", tmp_path / "r")[2].keys() == {str(p) for p in given.glob("*.txt")}


def test_a_killed_process_costs_no_article_and_one_that_kills_is_set_aside_alone(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 8, more={1: "ONCE", 5: "FATAL"})
    filled = spread(tmp_path / "r", given, Processes(2))
    assert (filled.articles, filled.failed) == (7, [])
    _, aside, paths = taken(tmp_path / "a.case", tmp_path / "r")
    reasons = {a.path: a.reason for a in aside}
    killer = str(given / "2024-05-06_005.txt")
    assert reasons[killer] == "reading it failed (the process that read it died)"
    assert paths.keys() | {killer} == {str(p) for p in given.glob("*.txt")}
    assert not list((tmp_path / "r").glob(".*"))


def test_a_full_disk_stops_with_a_line_and_what_was_read_stands(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 12)
    big = "The harbour office counted {} planks and found all of them. "
    (given / "2024-05-27_big.txt").write_text("".join(map(big.format, range(3000))), encoding="utf-8")
    child = (
        "import resource, sys; from pathlib import Path; from test_spreading import *\n"
        "shards.SHARD_FILES = 4\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "try: spread(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except ReadingsError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", child, tmp_path / "r", given],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"{tmp_path / 'r'}: cannot be written on " in done.stdout
    assert "3 of 4 shards are done and stand; the same command goes on from there." in done.stdout
    assert not list((tmp_path / "r").glob(".*.part"))
    filled = spread(tmp_path / "r", given)
    assert (filled.before, filled.read) == (3, 1)
    assert max(Counter(noted()).values()) <= 2  # what was under way when the disk was full was read twice


def test_a_manifest_that_cannot_grow_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = folder_of(tmp_path / "in", 8)
    spread(tmp_path / "r", given)
    lines = (tmp_path / "r" / MANIFEST).read_bytes()
    (given / "z-new.txt").write_text(text(78), encoding="utf-8")
    child = (
        "import resource, sys; from pathlib import Path; from test_spreading import *\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(lines) + 20}, {len(lines) + 20}))\n"
        "try: spread(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except ReadingsError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", child, tmp_path / "r", given],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "manifest.jsonl: cannot be written" in done.stdout and "Make room" in done.stdout
    assert (tmp_path / "r" / MANIFEST).read_bytes() == lines


def test_two_starts_at_once_are_told_apart(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 8)

    def second(_: Filled) -> None:
        with pytest.raises(ReadingsError, match="another process reads into it"):
            spread(tmp_path / "r", given)
        raise Stopped

    with pytest.raises(Stopped):
        spread(tmp_path / "r", given, progress=second)


def test_a_file_that_changes_meanwhile_is_named_and_read_the_next_time(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 8)
    last = sorted(given.glob("*.txt"))[-1]

    def change(filled: Filled) -> None:
        if filled.read == 0:
            last.write_text(text(55), encoding="utf-8")

    filled = spread(tmp_path / "r", given, progress=change)
    assert filled.failed == [f"{last} was changed while it was being read; read again"]
    assert not spread(tmp_path / "r", given).failed
    articles = taken(tmp_path / "a.case", tmp_path / "r")[2]
    assert articles.keys() == {str(p) for p in given.glob("*.txt")}


def test_other_rules_and_other_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = folder_of(tmp_path / "in", 4)
    with pytest.raises(ReadingsError, match=r"holds other things, such as '2024-05-01_000\.txt'"):
        spread(given, given)
    spread(tmp_path / "r", given)
    monkeypatch.setattr(job, "rules", lambda: "0" * 32)
    with pytest.raises(ReadingsError, match="libraries that read otherwise"):
        spread(tmp_path / "r", given)
    with pytest.raises(ReadingsError, match="without --ocr"):
        monkeypatch.undo()
        monkeypatch.setenv(NOTES, str(tmp_path / "notes"))
        fill(tmp_path / "r", files_of([given]), Here(), ocr=True, reader=SIMPLE)


def test_an_article_of_two_folders_is_one_and_the_first_counts(tmp_path: Path) -> None:
    one, two = folder_of(tmp_path / "one", 6), folder_of(tmp_path / "two", 6)
    spread(tmp_path / "r1", one)
    spread(tmp_path / "r2", two)
    found = taken(tmp_path / "a.case", tmp_path / "r1", tmp_path / "r2", tmp_path / "r1")
    assert len(found[2]) == 12 and len(set(found[2].values())) == 6


def test_a_list_of_paths_stays_below_its_folder(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 3)
    (tmp_path / "secret.txt").write_text(text(9), encoding="utf-8")
    (given / "out.txt").symlink_to(tmp_path / "secret.txt")
    lines = [
        "2024-05-02_001.txt",
        "",
        "# a note",
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        "out.txt",
        "gone.txt",
    ]
    (given / "paths").write_text("\n".join(lines), encoding="utf-8")
    found = list(shards.listed(given / "paths"))
    assert [m.name for m in found if not isinstance(m, SetAside)] == ["2024-05-02_001.txt"]
    aside = {m.path: m.reason for m in found if isinstance(m, SetAside)}
    assert aside.pop("gone.txt") == "does not exist"
    assert len(aside) == 3 and set(aside.values()) == {"leads out of the list's folder"}


def test_an_archive_without_a_page_is_told_once_however_it_was_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = folder_of(tmp_path / "in", 2, records=12)
    archive = given / "pages.warc.gz"
    import gzip

    packed = gzip.decompress(archive.read_bytes()).replace(b"WARC-Type: response", b"WARC-Type: request ")
    parts = packed.split(b"WARC/1.0")[1:]
    archive.write_bytes(b"".join(gzip.compress(b"WARC/1.0" + part, mtime=0) for part in parts))
    spread(tmp_path / "r", given)
    assert len(next(iter(Manifest(tmp_path / "r").cuts.values())).pieces) > 1
    found = taken(tmp_path / "a.case", tmp_path / "r")
    assert found == read_plainly(tmp_path / "b.case", given, monkeypatch)
    assert any("no page among its 12 records" in a.reason for a in found[1])


def test_an_analyst_can_ask_the_files(tmp_path: Path) -> None:
    spread(tmp_path / "r", folder_of(tmp_path / "in", 9))
    rows = duckdb.sql(
        "SELECT who[1], whom[1], date_start, substr(sentence, 1, length(words)) = words, confidence "
        f"FROM '{tmp_path}/r/*.parquet' WHERE kind = 'event' AND type = 'CONSULT' ORDER BY date_start"
    ).fetchall()
    assert len(rows) == 9
    assert [str(cell) for cell in rows[0]] == ["Arbor", "Birch", "2024-05-01", "True", "0.875"]


def test_the_true_reader_gives_the_case_of_the_plain_read(tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 6)
    (given / "2024-05-20_la.txt").write_text(
        "Le ministre a quitté le port de Midival lundi soir, a déclaré la mairie.\n", encoding="utf-8"
    )
    fill(tmp_path / "r", files_of([given]), Here())
    with open_case(tmp_path / "plain.case", create=True) as case:
        case.read([given])
        plain = exported(case)
    assert taken(tmp_path / "a.case", tmp_path / "r") == plain


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_keep_readings_and_link_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(job, "DRAGOMAN", SIMPLE)
    monkeypatch.setattr(job.fill, "__defaults__", (*job.fill.__defaults__[:-1], SIMPLE))
    folder_of(Path("in"), 6)
    first, again = run("readings", "r", "in"), run("readings", "r", "in")
    assert "read 6 articles (6 en) into r" in first.stdout and "set aside 1;" in first.stdout
    assert "2 of 2 shards were there already" in again.stdout
    linked = run("read", "r", "--case", "a.case")
    assert "read 6 articles (6 en) into a.case" in linked.stdout and linked.exit_code == 0
    assert "6 were in the case already" in run("read", "r", "--case", "a.case").stdout


WRONG = [
    (["readings", "r"], "nothing to read: name files or folders"),
    (["readings", "r", "gone.txt"], "gone.txt: does not exist."),
    (["readings", "r", "in", "--on", "ray://here"], "is no place to read on"),
    (["read", "in", "--on", "slurm", "--case", "x.case"], "is no place to read on"),
    (["readings", "in", "in"], "holds other things"),
    (["readings", "r", "--list", "gone"], "gone: cannot be read"),
    (["readings", "r", "-"], None),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_is_wrong_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_of(Path("in"), 1)
    done = run(*words)
    if said is None:  # what cannot be shared out is set aside
        assert done.exit_code == 0 and "set aside 1" in done.stdout
        return
    assert done.exit_code == 1
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_without_ray_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "ray", None)
    folder_of(Path("in"), 1)
    done = run("readings", "r", "in", "--on", "ray://127.0.0.1:6379")
    assert done.exit_code == 1
    assert "Ray is not installed. Get it with: pip install 'dragoman[ray]'" in done.stderr
