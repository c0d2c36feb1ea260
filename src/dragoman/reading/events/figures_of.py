"""Which numbers belong to which event: those in its participants' words, else the nearest event of their sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.model import FigureMention
from dragoman.model.annotation import Trigger
from dragoman.reading.syntax import Syntax


def figures_by_trigger(
    triggers: Sequence[Trigger], syntax: Syntax, figures: Sequence[FigureMention]
) -> dict[int, tuple[int, ...]]:
    """Start of a trigger -> indices of its figures, in order."""
    held: dict[int, list[int]] = defaultdict(list)
    by_sentence: dict[int | None, list[Trigger]] = defaultdict(list)
    for t in triggers:
        by_sentence[_sentence(syntax, t.start)].append(t)
    for n, figure in enumerate(figures):
        near = by_sentence.get(_sentence(syntax, figure.start), [])
        inside = [t for t in near if any(p.start <= figure.start < p.end for p in t.participants)]
        best = min(inside or near, key=lambda t: (abs(t.start - figure.start), t.start), default=None)
        if best is not None:
            held[best.start].append(n)
    return {start: tuple(some) for start, some in held.items()}


def _sentence(syntax: Syntax, position: int) -> int | None:
    found = syntax.sentence_at(position)
    return None if found is None else found.start
