"""The tables of tests, in YAML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both give the same; the one in C takes a tenth of the time, which each process of a run spends again."""


@cache
def table(name: str) -> Any:
    """What `tests/<name>` holds, read once a process: who changes it takes a copy."""
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=LOADER)
