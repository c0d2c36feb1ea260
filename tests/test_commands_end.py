"""How commands end: on full disks, closed pipes, strange arguments, Ctrl+C, and what of others reaches the terminal."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from dragoman.case import open as open_case
from dragoman.cli.options import write
from dragoman.store import CaseFile
from dragoman.store.packing import RECORDS
from dragoman.telling.plain import plain
from dragoman.telling.showing import told
from dragoman.telling.wording import event_line
from dragoman.telling.writing import write_whole
from small_world import small_world
from test_bad_input import heed_permissions

PROGRAM = [sys.executable, "-m", "dragoman.cli"]
WATCHDOG = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "x.case"
    with small_world(path) as case:
        name = (
            "Zed\x1b[31m\u202e\x9b2J"  # as an older version may have kept it, or an article may name someone
        )
        (event, *_) = case.records("event")
        case.decide(case.propose("set", [event["id"]], "who", "Zed").decision)
        case.link()
        with case.file._writing() as connection:
            of = "SELECT number, content FROM record WHERE kind = 'event'"
            for number, content in connection.exec_driver_sql(of).all():
                named = RECORDS.unpack(content).replace(
                    b'"Zed"', json.dumps(name, ensure_ascii=False).encode()
                )
                row = "UPDATE record SET content = ?, digest = 0 WHERE number = ?"
                connection.exec_driver_sql(row, (named, number))
            connection.exec_driver_sql("UPDATE side SET actor = ? WHERE actor = 'Zed'", (name,))
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "x.case"))


def command(*words: str | Path | bytes, **how: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *words], capture_output=True, timeout=WATCHDOG, **how)  # type: ignore[call-overload, no-any-return]


def one_line(done: subprocess.CompletedProcess[bytes], code: int = 1) -> str:
    said = done.stderr.decode(errors="replace")
    assert done.returncode == code, said
    assert said.startswith("dragoman: ") and said.count("\n") == 1, said
    return said


def test_no_sign_of_others_acts_on_the_terminal(case: Path) -> None:
    said: dict[tuple[str, ...], str] = {}
    for words in (("timeline",), ("timeline", "--json"), ("timeline", "-e"), ("search", "good"), ("who",)):
        done = command(words[0], case, *words[1:])
        assert done.returncode == 0, done.stderr
        said[words] = done.stdout.decode()
        assert not {"\x1b", "\u202e", "\x9b"} & set(said[words])
    assert r"Zed\u001b[31m\u202e\u009b2J" in said["timeline",]
    told = [json.loads(line) for line in said["timeline", "--json"].splitlines()]
    assert "Zed\x1b[31m\u202e\x9b2J" in {name for record in told for name in record["who"]}


def test_what_json_writes_out_is_the_same_text() -> None:
    for text in ("\x1b]0;x\x07", "\x85\u2028", "a\tb", "é"):
        assert json.loads(plain(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [("timeline",), ("export", "--format", "csv"), ("decisions",)])
def test_output_that_cannot_be_written_is_an_error(case: Path, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*PROGRAM, words[0], case, *words[1:]], stdout=full, stderr=subprocess.PIPE, timeout=WATCHDOG
        )
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.startswith("dragoman: the output could not be written") and said.count("\n") == 1


def test_a_reader_who_has_seen_enough_is_no_error(case: Path) -> None:
    ours, its = os.pipe()
    os.close(ours)
    done = subprocess.run([*PROGRAM, "timeline", case], stdout=its, stderr=subprocess.PIPE, timeout=WATCHDOG)
    os.close(its)
    assert (done.returncode, done.stderr) == (0, b"")


STRANGE = [  # words, what is said
    (("undo", "9" * 40), "no such decision"),
    (("timeline", "--type", "nope"), "there are: ACCUSE"),
    (("timeline", "--status", "nope"), "there are: alleged"),
    (("promises", "--outcome", "nope"), "there are: broken"),
    (("search", "--type", "nope", "good"), "there are: "),
    (("timeline", "--actor", b"\xff\xfe"), "UTF-8"),
    (("set", b"\xff", "when", "2024"), "UTF-8"),
    (("rename", "Arland", b"\xff"), "UTF-8"),
    (("rename", "Arland", ""), "white space alone"),
]


@pytest.mark.parametrize(("words", "said"), STRANGE, ids=[str(words[0]) for words, _ in STRANGE])
def test_strange_arguments_are_told_in_one_line(
    case: Path, words: tuple[str | bytes, ...], said: str
) -> None:
    assert said in one_line(command(words[0], case, *words[1:]))


def test_commands_work_in_any_locale_and_for_a_user_without_a_name(case: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("LOGNAME", "USER", "LNAME", "USERNAME")}
    shutil.copymode(case, case)
    case.chmod(0o666)
    case.parent.chmod(0o777)
    for ancestor in case.parents:
        if str(ancestor).startswith("/tmp/pytest"):
            ancestor.chmod(0o777)
    how: dict[str, object] = {"env": {**bare, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}}
    assert command("timeline", case, **how).returncode == 0
    done = command("rename", case, "Arland", "Арландия", **how)
    assert done.returncode == 0, done.stderr
    if os.geteuid() == 0:
        from dragoman.telling import deciding

        code = (
            "import os, sys; os.setgid(4242); os.setuid(4242)\n"
            f"sys.path[:0] = {sys.path!r}\n"
            "from dragoman.telling.deciding import user; print(user())"
        )
        alone = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=bare, timeout=WATCHDOG
        )
        assert alone.returncode != 0 or alone.stdout.strip() == "uid 4242"
        assert deciding.user()


@pytest.mark.parametrize("wait", [0.0, 0.3])
def test_ctrl_c_at_the_start_is_quiet(case: Path, wait: float) -> None:
    # The first thing that the program's own entry asks for says that it has begun: before, Python itself is ended.
    start = (
        "import os, signal; from dragoman.cli import run; of = signal.signal\n"
        "def begun(*what): signal.signal = of; os.write(2, b'begun'); return of(*what)\n"
        "signal.signal = begun; run()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", start, "timeline", case],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert running.stderr and running.stderr.read(5) == b"begun"
    time.sleep(wait)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=WATCHDOG)[1].decode()
    assert (said, running.returncode) in (("", 130), ("", 0))


def test_an_address_is_not_fetched_and_leaves_no_case(tmp_path: Path) -> None:
    for word in ("https://daily.example/1", "ftp://x", "none.txt"):
        said = one_line(command("read", word, "--case", "x.case", cwd=tmp_path))
        assert word in said
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told() -> None:
    from dragoman import __version__

    assert command("--version").stdout.decode() == f"dragoman {__version__}\n"


def test_articles_are_removed_by_path_and_come_back(case: Path) -> None:
    with CaseFile(case) as file:
        path = next(iter(file.paths()))
    before = command("export", case).stdout
    assert b"decision 2 is kept" in command("remove", case, path, "--why", "a test").stdout
    assert command("export", case).stdout != before
    assert b"decision 2 is undone" in command("remove", case, path, "--undo").stdout
    assert "nothing in the case is called" in one_line(command("remove", case, "nothing"))


def test_a_copy_is_made_and_a_damaged_case_is_saved(case: Path, tmp_path: Path) -> None:
    assert command("copy", case, tmp_path / "y.case").returncode == 0
    assert command("export", tmp_path / "y.case").stdout == command("export", case).stdout
    content = bytearray(case.read_bytes())
    content[len(content) // 2] ^= 8
    case.write_bytes(content)
    assert "is damaged" in one_line(command("timeline", case))
    done = command("copy", case, tmp_path / "z.case")
    assert done.returncode == 1
    assert b"articles and" in done.stdout and b"Traceback" not in done.stderr
    assert command("timeline", tmp_path / "z.case").returncode == 0


# --- files that are written -----------------------------------------------------------------------------


def pieces(fail: Exception | None) -> Iterator[bytes]:
    yield b"first"
    if fail:
        raise fail
    yield b" second"


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_whole(path, pieces(None))
    path.chmod(0o640)
    for fail in (RuntimeError(), OSError(28, "No space left on device")):
        with pytest.raises((RuntimeError, OSError)):
            write_whole(path, pieces(fail))
        assert path.read_bytes() == b"first second"
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    write_whole(link, [b"third"])
    assert (path.read_bytes(), link.is_symlink(), path.stat().st_mode & 0o777) == (b"third", True, 0o640)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.csv", "out.csv"]


def test_an_export_that_fails_midway_is_an_error_and_leaves_the_old_file(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "good.csv"
    out.write_bytes(b"what was there")
    with CaseFile(case) as file, file._writing() as connection:
        connection.exec_driver_sql("UPDATE record SET content = '{' WHERE kind = 'event'")
    said = one_line(command("export", case, "--format", "csv", "-o", out))
    assert "damaged" in said
    assert out.read_bytes() == b"what was there"
    with pytest.raises(typer.Exit):
        write(tmp_path / "none" / "x", b"")


def test_what_is_no_file_is_written_to(case: Path) -> None:
    if Path("/dev/null").exists():
        assert command("export", case, "-o", "/dev/null").returncode == 0
        assert not Path("/dev/null").is_file()


def test_a_record_that_cannot_be_shown_takes_no_list_down(caplog: pytest.LogCaptureFixture) -> None:
    assert told({"id": "event-1"}, event_line, None) == "cannot be shown: event-1"
    assert "event-1 cannot be shown" in caplog.text


# --- where nothing can be written -------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="drops root's rights as Linux does")
def test_a_case_in_a_folder_that_is_not_ours_can_be_looked_at(case: Path, tmp_path: Path) -> None:
    expected = command("timeline", case).stdout
    before = case.read_bytes()
    case.chmod(0o444)
    case.parent.chmod(0o555)
    how = {"preexec_fn": heed_permissions if os.geteuid() == 0 else None}
    try:
        done = command("timeline", case, **how)
        assert (done.returncode, done.stdout) == (0, expected), done.stderr
        assert "cannot be opened for writing" in one_line(command("rename", case, "Arland", "X", **how))
    finally:
        case.parent.chmod(0o755)
    assert case.read_bytes() == before


def test_on_a_full_disk_a_case_can_be_looked_at(case: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("a small file system could not be mounted (needs root)")
    try:
        full = Path(shutil.copy(case, disk / "x.case"))
        with (disk / "rest").open("wb", buffering=0) as rest:
            try:
                while rest.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        assert command("timeline", full).stdout == command("timeline", case).stdout
        assert "disk is full" in one_line(command("rename", full, "Arland", "X"))
        with open_case(case) as one, open_case(full) as other:
            assert list(one.lines()) == list(other.lines())
    finally:
        subprocess.run(["umount", disk], check=True)
