"""The dead and the injured of one accident in 14 reports; runs only where the reports are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.reading.figures import find_figures
from dragoman.reading.marks import Names
from dragoman.reading.parse import parse_many
from dragoman.reading.repair import repair
from dragoman.reading.times import resolve_times, spot_times
from tables import table

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "shared" / "bench" / "figures_tram" / "articles"
SHARE_FOUND = 0.9


@pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the reports of figures_tram are not at {REPORTS}")
def test_killed_and_injured_of_the_tram_reports() -> None:
    told = table("figures_tram.yaml")
    files = {path.name[:12]: path for path in REPORTS.iterdir()}
    texts = [files[name].read_text(encoding="utf-8") for name in told]
    missed, asked = [], 0
    for (name, measures), parsed in zip(told.items(), parse_many(texts, "en"), strict=True):
        syntax = repair(parsed)
        times = resolve_times(syntax, spot_times(syntax), None)
        found = {(f.measure, f.low, f.high) for f in find_figures(syntax, times, Names((), ()))}
        for measure, bounds in measures.items():
            asked += len(bounds)
            missed += [(name, measure, *b) for b in bounds if (measure, *b) not in found]
    assert 1 - len(missed) / asked >= SHARE_FOUND, missed
