"""Lists that people keep under a name: what they are called, where they are, and the decisions that say so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.model import Decision
from dragoman.telling.deciding import BadDecision, check, user

MOST = 50
"""Views of a case, at most."""


@dataclass(frozen=True, slots=True)
class KeptView:
    """A list under a name. `address`: in the workbench, with its conditions; `number`: of the decision that says so."""

    name: str
    address: str
    number: int
    who: str = ""
    when: str = ""


def kept_views(decisions: Iterable[tuple[int, Decision, bool]]) -> list[KeptView]:
    """The views that stand, in the order of their names; the last word on a name counts."""
    found: dict[str, KeptView] = {}
    for number, decision, stands in decisions:
        name = decision.value or ""
        if not stands or decision.kind not in ("view", "unview"):
            continue
        if decision.kind == "unview":
            found.pop(name.casefold(), None)
            continue
        given = dict(decision.given)
        found.pop(given.get("was", "").casefold(), None)
        found[name.casefold()] = KeptView(name, given["address"], number, decision.who, decision.when)
    return [found[key] for key in sorted(found)]


def named(views: Iterable[KeptView], name: str) -> KeptView | None:
    """The view of a name, in any case of its letters."""
    wanted = _one_line(name).casefold()
    return next((view for view in views if view.name.casefold() == wanted), None)


def propose_view(
    views: Iterable[KeptView], name: str, address: str, why: str = "", who: str | None = None, was: str = ""
) -> Decision:
    """The decision that keeps the list at an address under a name, instead of a view that `was`. Nothing is kept.

    Raises:
        BadDecision: the address is no list, the name no name or another view's, or there are too many.
    """
    held = list(views)
    there = named(held, name)
    if there is not None and (not was or was.casefold() != there.name.casefold()):
        raise BadDecision(f"there is a view of the name {there.name!r} already.")
    if not was and len(held) >= MOST:
        raise BadDecision(f"there are {MOST} views already. Take one out first.")
    given: Mapping[str, str] = {"address": address, **({"was": was} if was else {})}
    return _checked("view", _one_line(name), tuple(sorted(given.items())), why, who)


def propose_without(view: KeptView, why: str = "", who: str | None = None) -> Decision:
    """The decision that takes a view out. Nothing is kept."""
    return _checked("unview", view.name, (), why, who)


def _checked(kind: str, name: str, given: tuple[tuple[str, str], ...], why: str, who: str | None) -> Decision:
    decision = Decision(
        kind=kind,  # type: ignore[arg-type]
        targets=(),
        value=name,
        given=given,
        who=user() if who is None else who,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=why,
    )
    check(decision)
    return decision


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
