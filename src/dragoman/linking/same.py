"""`same`: are two names one name, and why. The room of names does the work; see `dragoman.naming.same`."""

from __future__ import annotations

from dragoman.naming.same import THRESHOLD, Verdict, same

__all__ = ["THRESHOLD", "Verdict", "same"]
