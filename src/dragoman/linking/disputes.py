"""Disputes: what cannot all hold, side by side. Precision, rounding, bounds and revisions are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.linking.sources import Library, merge_evidence
from dragoman.model import Claim, Dispute, Event, Evidence, Figure, name_by_content


@dataclass(frozen=True, slots=True)
class Value:
    """A value that some articles give. `low`, `high`: its bounds; None is open."""

    said: str
    low: float | None
    high: float | None
    approx: bool
    evidence: tuple[Evidence, ...]

    @property
    def slack(self) -> float:
        """How far a round figure may be off: a tenth, or half of its last place that is not 0."""
        known = [abs(x) for x in (self.low, self.high) if x is not None]
        return max(known, default=0.0) * 0.1 if self.approx else 0.0


def can_both_hold(a: Value, b: Value) -> bool:
    """True where some number fits both, with the slack of round figures."""
    slack = max(a.slack, b.slack)
    return _at_most(a.low, b.high, slack) and _at_most(b.low, a.high, slack)


def _at_most(low: float | None, high: float | None, slack: float) -> bool:
    return low is None or high is None or low <= high + slack


def find_disputes(
    library: Library, events: Sequence[Event], figures: Sequence[Figure], event_of: Mapping[str, str]
) -> tuple[Dispute, ...]:
    """Disputes over figures of one event."""
    by_id = {f.id: f for f in figures}
    disputes = []
    for event in events:
        measured: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
        for name in event.figures:
            measured[by_id[name].measure, by_id[name].unit].append(by_id[name])
        for (measure, _), told in sorted(measured.items(), key=lambda m: (m[0][0], m[0][1] or "")):
            values = [value_of(f, {e.article for e in event.evidence}) for f in told]
            if dispute := lay_out(library, f"{measure}: {event.type} {event.id}", "figure", values):
                disputes.append(dispute)
    return tuple(sorted(disputes, key=lambda d: d.id))


def value_of(figure: Figure, articles: set[str]) -> Value:
    bounds = [x for x in (figure.low, figure.high) if x is not None]
    said = " to ".join(f"{x:g}" for x in dict.fromkeys(bounds))
    unit = f" {figure.unit}" if figure.unit else ""
    return Value(
        said + unit,
        figure.low,
        figure.high,
        figure.approx,
        tuple(e for e in figure.evidence if e.article in articles),
    )


def lay_out(library: Library, about: str, kind: str, values: Sequence[Value]) -> Dispute | None:
    """The values as a dispute, or None where all of them can hold."""
    told = [v for v in values if v.evidence]
    if not any(not can_both_hold(a, b) for i, a in enumerate(told) for b in told[i + 1 :]):
        return None
    claims = [
        Claim(
            value=v.said,
            evidence=merge_evidence(v.evidence),
            independent=library.independent({e.article for e in v.evidence}),
        )
        for v in told
    ]
    claims.sort(key=lambda c: (c.value, c.evidence[0].article, c.evidence[0].start))
    return Dispute(
        id=name_by_content(
            "dispute", kind, [(c.value, c.evidence[0].article, c.evidence[0].start) for c in claims]
        ),
        about=about,
        dispute_kind=kind,
        claims=tuple(claims),
    )
