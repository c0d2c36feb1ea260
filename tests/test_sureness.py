"""How sure a fact is: one place for the thresholds, the measured shares, what is left out and counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.model.sureness import FAIR, RIGHT, SURE, is_doubtful, step

QUALITY = Path(__file__).parents[1] / "docs/quality.md"


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (None, None),
        (0.0, "doubtful"),
        (FAIR - 0.001, "doubtful"),
        (FAIR, "fair"),
        (SURE - 0.001, "fair"),
        (SURE, "sure"),
        (1.0, "sure"),
    ],
)
def test_three_steps(confidence, expected):
    assert step(confidence) == expected
    assert is_doubtful(confidence) is (expected == "doubtful")


def test_measured_shares_are_those_of_the_table():
    """A row that a threshold cuts counts for each side by how much of it lies there."""
    table = (
        QUALITY.read_text(encoding="utf-8")
        .split("<!-- confidence -->")[1]
        .split("<!-- end confidence -->")[0]
    )
    rows = re.findall(r"\| (\d\.\d) to (\d\.\d) \| (\d+) \| [\d.]+ \| ([\d.]+) \|", table)
    assert rows
    bounds = {"doubtful": (0.0, FAIR), "fair": (FAIR, SURE), "sure": (SURE, 1.0)}
    for name, (low, high) in bounds.items():
        read = right = 0.0
        for first, last, n, share in rows:
            part = max(0.0, min(high, float(last)) - max(low, float(first))) / (float(last) - float(first))
            read, right = read + part * int(n), right + part * int(n) * float(share)
        assert abs(right / read - RIGHT[name]) < 0.015, f"{name}: the table says {right / read:.2f}"
