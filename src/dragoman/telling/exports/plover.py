"""PLOVER 2.0's scale and quad codes, as numbers. Source: the PLOVER manual, 2.0 (the facts, not its text)."""

from __future__ import annotations

EVENT_SCALE: dict[tuple[str, str | None], float] = {
    ("AGREE", None): 2.5,
    ("CONSULT", None): 2.5,
    ("CONSULT", "visit"): 4,
    ("CONSULT", "third-party"): 1,
    ("CONSULT", "multilateral"): 4,
    ("CONSULT", "phone"): 1.5,
    ("SUPPORT", None): 5,
    ("CONCEDE", None): 4.5,
    ("COOPERATE", None): 9.5,
    ("AID", None): 10,
    ("RETREAT", None): 6.5,
    ("RETREAT", "withdraw"): 8,
    ("RETREAT", "release"): 6.5,
    ("RETREAT", "disarm"): 10,
    ("RETREAT", "ceasefire"): 7.5,
    ("RETREAT", "access"): 6.5,
    ("RETREAT", "resign"): 4.5,
    ("REQUEST", None): 0,
    ("REQUEST", "assist"): 0.5,
    ("REQUEST", "change"): -1,
    ("REQUEST", "yield"): -1,
    ("REQUEST", "meet"): 0,
    ("ACCUSE", None): -3,
    ("ACCUSE", "disapprove"): -2,
    ("ACCUSE", "investigate"): -3.5,
    ("ACCUSE", "allege"): -3.5,
    ("REJECT", None): -2,
    ("REJECT", "assist"): -1.5,
    ("THREATEN", None): -3.5,
    ("THREATEN", "territory"): -4,
    ("PROTEST", None): -5,
    ("PROTEST", "riot"): -7,
    ("SANCTION", None): -6,
    ("MOBILIZE", None): -5.5,
    ("COERCE", None): -7,
    ("ASSAULT", None): -9,
}
"""Event scale by type and mode; a mode that is not listed has its type's."""

_VERBAL_COOPERATION, _MATERIAL_COOPERATION, _VERBAL_CONFLICT, _MATERIAL_CONFLICT = 1, 2, 3, 4

QUAD_CODE = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), _VERBAL_COOPERATION),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), _MATERIAL_COOPERATION),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), _VERBAL_CONFLICT),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), _MATERIAL_CONFLICT),
}


def scale_of(kind: str, mode: str | None) -> float:
    """The event scale of a type and mode; a mode without one of its own has its type's; 0 where unknown."""
    return EVENT_SCALE.get((kind, mode or None), EVENT_SCALE.get((kind, None), 0.0))
