"""What a person judged, and what a person should be asked."""

from __future__ import annotations

from typing import Literal

from dragoman.model.basics import Record


class Target(Record, frozen=True, kw_only=True):
    """A record as a decision names it: by what it is and where one article tells it, which outlives re-reading.

    It means every record of that `kind` with evidence (for an actor or place: a mention) that meets
    `[start, end)` of the article. `name` chooses among actors and places named there by one of their forms.
    """

    kind: Literal[
        "article",
        "actor",
        "place",
        "event",
        "statement",
        "figure",
        "state",
        "commitment",
        "dispute",
        "storyline",
        "entry",
    ]
    article: str
    start: int = 0
    end: int = 0
    name: str | None = None


class Decision(Record, frozen=True, kw_only=True):
    """What a person judged. Linking applies the decisions that stand, oldest first; the last word counts.

    `join`, `split`: the targets are one record, or no two of them are. `reject`, `accept`: the target is
    wrong, or right whatever its confidence. `set`: `field` has `value`. `rename`: its name or title is `value`.
    `remove`: the articles are left out of the case, as if they had not been read. `add`: the words of the target tell
    an event that no rule read, whose fields are `given` as `set` has their values. `star`, `tag`, `note`: the
    person's own hand, which changes no record; a tag's or a note's words are `value`. `view`: the list at the address
    in `given` is kept under the name `value`, instead of the view that `given` has as `was`; `unview`: the view of the
    name `value` is taken out. These two have no target.

    `who` decided. Of a decision that came with a file, `who` is what the file says, and `brought_by` took it over.

    `act`: the same in all decisions that a person made in one act, which is taken back in one; else "".
    """

    kind: Literal[
        "join",
        "split",
        "reject",
        "accept",
        "set",
        "rename",
        "remove",
        "add",
        "star",
        "tag",
        "note",
        "view",
        "unview",
    ]
    targets: tuple[Target, ...]
    field: str | None = None
    value: str | None = None
    who: str = ""
    when: str = ""
    why: str = ""
    given: tuple[tuple[str, str], ...] = ()
    brought_by: str = ""
    act: str = ""


MARKS = ("star", "tag", "note")
"""Kinds of decision by which a person marks a record without changing it."""

VIEWS = ("view", "unview")
"""Kinds of decision about lists that a person keeps."""

UNLINKED = (*MARKS, *VIEWS)
"""Kinds of decision that change no record, so nothing is linked anew for them."""


class Doubt(Record, frozen=True, kw_only=True):
    """What linking leaves to a person: whether two records are one, or which day is meant. Not exported.

    `left` and `right` are record ids; `right` is None where one record has a date that can be read in two ways,
    then `field` may have each of `values`. `sure`: how likely a yes is, 0 to 1. `why`: codes, for the pages to spell
    out.
    """

    about: Literal["event", "actor", "date"]
    left: str
    right: str | None = None
    sure: float
    why: tuple[str, ...] = ()
    words: str = ""
    field: str | None = None
    values: tuple[str, ...] = ()
