"""What the heads of the encoder tell apart, in the order of their outputs. Weights of another order are refused."""

from __future__ import annotations

from typing import Final

from dragoman.model.basics import Stance, Status

MODES_OF: Final[dict[str, str]] = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
    "OTHER": "election appointment law verdict trial death accident disaster disease flight-of-people discovery "
    "economy ceremony",
}
"""PLOVER 2.0's types with their modes, and OTHER for public events that it has no type for."""

TYPES: Final = tuple(MODES_OF)
MODES: Final = tuple(tuple(modes.split()) for modes in MODES_OF.values())
"""For each type, its modes; the head's output 0 is "no mode"."""
OFFSETS: Final = tuple(sum(len(m) + 1 for m in MODES[:k]) for k in range(len(MODES)))
"""The outputs of all types' modes stand in one row; type k's begin at OFFSETS[k]."""
SLOTS: Final = sum(len(m) + 1 for m in MODES)
"""How long that row is."""
STATUSES: Final[tuple[Status, ...]] = ("happened", "ongoing", "planned", "possible", "denied", "alleged")
STANCES: Final[tuple[Stance, ...]] = (
    "says",
    "denies",
    "demands",
    "condemns",
    "promises",
    "asks",
    "doubts",
    "supports",
)
ROLES: Final = ("who", "whom", "place", "content", "speaker")
"""Of a trigger the first three, of a cue the last two. Tag 1 + 2 k begins role k, tag 2 + 2 k goes on with it."""
