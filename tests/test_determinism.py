"""The same articles give the same case, byte for byte, however they come: order, processes, batches, hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "dragoman.cli"]

ARTICLES = {
    "a-en.txt": "Ferry talks open in Valletta\n\n3 June 2024\n\nThe transport ministers of Malta and Italy met in "
    "Valletta on Monday. Maria Borg said that 40 crews would return to work by 10 June. “We will not wait,” Borg told "
    "reporters. Italy denied that it had withdrawn its ships.",
    "b-en.txt": "Malta and Italy sign ferry deal\n\n11 June 2024\n\nMalta and Italy signed an agreement on ferries in "
    "Rome on Tuesday. Some 35 crews have returned to work since 10 June, Minister Borg said. The union accused the "
    "owners of breaking a promise that was made in May.",
    "c-fr.txt": "Malte et l'Italie signent un accord\n\n11 juin 2024\n\nMalte et l'Italie ont signé mardi à Rome un "
    "accord sur les ferries. La ministre Maria Borg a déclaré que 40 équipages avaient repris le travail. « Nous "
    "tiendrons parole », a-t-elle ajouté.",
    "d-fr.txt": "Les équipages manifestent à Gênes\n\n13 juin 2024\n\nPlus de 200 marins ont manifesté jeudi à Gênes "
    "contre l'accord signé mardi entre Malte et l'Italie. Le syndicat a menacé de bloquer le port.",
    "e-ru.txt": "Мальта и Италия подписали соглашение\n\n11 июня 2024\n\nМальта и Италия подписали во вторник в Риме "
    "соглашение о паромах. Министр Мария Борг заявила, что 40 экипажей вернулись к работе.",
    "f-ru.txt": "Моряки протестуют в Генуе\n\n13 июня 2024\n\nБолее 200 моряков вышли в четверг на протест в Генуе. "
    "Профсоюз обвинил Италию в нарушении обещания.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def run(folder: Path, seed: int, *words: object) -> bytes:
    """The command in the folder, so that paths are the same strings in each run."""
    done = subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        cwd=folder,
        timeout=400,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    case = tmp_path_factory.mktemp("first") / "x.case"
    run(folder, 0, "read", *ARTICLES, "--case", case, "-q")
    found = run(folder, 0, "export", case)
    for kind in ("article", "actor", "place", "event", "statement", "figure"):
        assert f'"kind":"{kind}"'.encode() in found
    return found


NAMES = list(ARTICLES)
MIXED = [NAMES[i] for i in (4, 1, 3, 5, 0, 2)]


@pytest.mark.parametrize(
    ("seed", "processes", "batches"),
    [(1, 1, [MIXED[:1], NAMES[::-1]]), (2, 2, [MIXED])],
    ids=["backwards, in two batches, one article twice", "mixed, by two processes"],
)
def test_the_same_articles_give_the_same_case(
    folder: Path, expected: bytes, tmp_path: Path, seed: int, processes: int, batches: list[list[str]]
) -> None:
    case = tmp_path / "x.case"
    for names in batches:
        run(folder, seed, "read", *names, "--case", case, "--processes", processes, "-q")
    found = run(folder, seed + 10, "export", case)
    assert found.splitlines() == expected.splitlines()
    assert found == expected
