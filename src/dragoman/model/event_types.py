"""Types of events with their modes: PLOVER 2.0's, and OTHER for what chronologies hold and PLOVER has no type for.

An event of type OTHER has one of its modes always. It has no place in PLOVER's scale, so what is counted or
written in PLOVER's terms leaves it out.
"""

from __future__ import annotations

OTHER = "OTHER"

MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        *("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold"),
        *("misinformation", "cyber"),
    ),
    "ASSAULT": (
        *(
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
        ),
        *("suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
    ),
    OTHER: (
        *("election", "appointment", "law", "verdict", "trial", "death", "accident", "disaster", "disease"),
        *("flight-of-people", "discovery", "economy", "ceremony"),
    ),
}
"""Type -> its modes. All but OTHER's are PLOVER's."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""What two sides do with one another."""

COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
"""The one half of PLOVER's types; the other, OTHER apart, is conflict."""


def codes() -> tuple[str, ...]:
    """All types and all `TYPE/mode`, in order."""
    return tuple(code for kind, modes in MODES.items() for code in (kind, *(f"{kind}/{m}" for m in modes)))


def is_legal(kind: str, mode: str | None) -> bool:
    """May an event have this type and mode? OTHER alone says nothing, so it needs its mode."""
    if kind not in MODES:
        return False
    return mode in MODES[kind] if mode else kind != OTHER
