"""`same`: are two names one name, and why. The room of names does the work; see `dragoman.naming.same`.

What the gazetteer knows by several names (U.S., United States, États-Unis, США) is one whatever its letters.
"""

from __future__ import annotations

from functools import lru_cache

from dragoman.gazetteer.names import gazetteer
from dragoman.languages import SUPPORTED
from dragoman.naming.same import THRESHOLD, Verdict
from dragoman.naming.same import same as _same

__all__ = ["THRESHOLD", "Verdict", "same"]


def same(a: str, b: str) -> Verdict:
    """Say whether two names can be one actor's, and why. Symmetric; never raises on any text."""
    verdict = _same(a, b)
    if verdict.same or not a.strip() or not b.strip():
        return verdict
    known = _keys(a) & _keys(b)
    if known:
        return Verdict(1.0, True, (f"two names of one: {min(known)}",))
    return verdict


@lru_cache(maxsize=100_000)
def _keys(name: str) -> frozenset[str]:
    """What the gazetteers of all languages know a name as."""
    found = (gazetteer(language).meaning(name.strip()) for language in SUPPORTED)
    return frozenset(entry.key for entry in found if entry is not None)
