"""The JSON interface holds to its own description, whatever is asked of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from browsing import served
from dragoman import open as open_case

TEXTS = [
    "The president of Chile visited Bolivia on 7 June 2023. “We agree,” he said.",
    "Peru accused Ecuador of espionage on 3 May 2023 and will withdraw 200 soldiers by 2030.",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    for n, text in enumerate(TEXTS):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    with open_case(folder / "x.case", create=True) as case:
        case.read([folder])
        case.link()
    with served(folder / "x.case") as at:
        yield at


def test_schemathesis_finds_no_fault_and_no_mismatch(address, tmp_path):
    """`SCHEMATHESIS_EXAMPLES=120`, as in `.ci/run`, asks more than 2,000 cases; a few are enough for every day."""
    program = Path(sys.executable).with_name("schemathesis")
    asked = os.environ.get("SCHEMATHESIS_EXAMPLES", "15")
    done = subprocess.run(
        [
            program,
            "run",
            f"{address}/api/openapi.json",
            "--max-examples",
            asked,
            "--seed",
            "1",
            "--checks",
            "all",
            "--exclude-checks",  # a name that nobody bears is refused, however well it is written
            "positive_data_acceptance",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    asked_for = re.search(r"(\d+) generated", done.stdout)
    assert asked_for
    if int(asked) >= 120:
        assert int(asked_for[1]) >= 2_000
