"""The one door for what people decide, from commands, pages and programs: what is meant, whether it can be, in what
form it is kept, and in what words a person sees how it was understood before it is.
"""

from __future__ import annotations

import getpass
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from dragoman.model import MARKS, Decision, Record, Target
from dragoman.model.lines import Record as Line
from dragoman.model.settable import BY_HAND, a, bad_words, fields, problem, types, wrong_value
from dragoman.store.questions import by_id, called
from dragoman.telling.pointing import NotOne, records, targets_of
from dragoman.telling.typed_days import BadDay, typed_days
from dragoman.telling.wording import days

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.store import CaseFile
    from dragoman.telling.asked import Asked


class BadDecision(ValueError):
    """A decision that cannot be kept; the message says why, and what could be."""


class Understood(Record, frozen=True, kw_only=True):
    """How a value was understood: `value` is kept ("" for unknown), `shown` is for people."""

    field: str
    value: str
    shown: str


class Proposal(Record, frozen=True, kw_only=True):
    """A decision that can be kept, and what it says in a line."""

    decision: Decision
    shown: str
    understood: Understood | None = None


def understand(kind: str, field: str, text: str, language: str = "en") -> Understood:
    """A value as a person types it for a field of a kind of record; names are taken as they are.

    Args:
        language: Of the page or the command, for days such as 04/05/2024.

    Raises:
        BadDecision: the field cannot be set, or not to this.
    """
    known = fields(kind)
    if field not in known:
        raise BadDecision(str(wrong_value(kind, field, text)))
    words = " ".join(unicodedata.normalize("NFC", text).split())
    form, choices = known[field].form, known[field].choices
    if form == "day":
        try:
            found = typed_days(words, language)
        except BadDay as error:
            raise BadDecision(str(error)) from error
        ends = [day.isoformat() if day else None for day in found] if found else [None, None]
        shown = days(dict(zip(("start", "end"), ends, strict=True))) if found else "unknown"
        return _checked(kind, field, found.kept if found else "", shown)
    if choices:
        alike = {choice.casefold(): choice for choice in choices}
        words = alike.get(
            TRUTH.get(words.casefold(), words.casefold()) if form == "truth" else words.casefold(), words
        )
    if form in ("names", "list"):
        some = "; ".join(one for part in words.split(";") if (one := part.strip()))
        if words and not some:
            raise BadDecision(f"{words!r} names nothing.")
        words = some
    return _checked(kind, field, words, words or "unknown")


def is_by_hand(record: Line) -> bool:
    """True for a fact that a person added."""
    return any(e.get("rule") == BY_HAND for e in record.get("evidence") or ())


def propose_fact(
    case: Asked,
    article: str,
    words: str,
    given: Mapping[str, str],
    near: int = 0,
    why: str = "",
    who: str | None = None,
    language: str = "en",
) -> Proposal:
    """The decision that adds an event by the words of an article that tell it. Nothing is kept.

    Args:
        article: Its id.
        words: As the article has them, but for white space.
        given: Fields of the event as a person types them, `type` among them (with its mode as `AID/protect`).
        near: Where in the text the words were marked, should they stand there more than once.

    Raises:
        BadDecision: the words are not there, or a field cannot have its value.
        NotOne: more than one actor or place has one of the names.
    """
    kept: list[tuple[str, str]] = []
    with case.asking() as connection:
        held = by_id(connection, [article]).get(article)
        if held is None or held["kind"] != "article":
            raise BadDecision(f"no article of the case has the id {article!r}.")
        start, end = _found(held["text"], words, near)
        kind, _, mode = given.get("type", "").partition("/")
        for name, written in {**given, "type": kind, "mode": mode or given.get("mode", "")}.items():
            if not written.strip():
                continue
            found = understand("event", name, written, language)
            if fields("event")[name].form in ("names", "name"):
                found = _named(connection, found, fields("event")[name].form == "names")
            kept.append((name, found.value))
    decision = Decision(
        kind="add",
        targets=(Target(kind="event", article=article, start=start, end=end),),
        who=user() if who is None else who,
        when=now(),
        why=why,
        given=tuple(sorted(kept)),
    )
    check(decision)
    told = "; ".join(f"{name} = {value}" for name, value in decision.given)
    return Proposal(decision=decision, shown=f"add an event: {told}")


def _found(text: str, words: str, near: int) -> tuple[int, int]:
    """Where the words stand in a text, nearest to a place."""
    parts = words.split()
    if not parts:
        raise BadDecision("Mark the words that tell it, or write them as the article has them.")
    there = [m.span() for m in re.finditer(r"\s+".join(map(re.escape, parts)), text)]
    if not there:
        raise BadDecision("These words do not stand so in the article.")
    return min(there, key=lambda span: (abs(span[0] - near), span))


TRUTH = {"yes": "true", "oui": "true", "да": "true", "no": "false", "non": "false", "нет": "false"}


def _checked(kind: str, field: str, value: str, shown: str) -> Understood:
    if wrong := wrong_value(kind, field, value):
        raise BadDecision(wrong[0].upper() + wrong[1:] if wrong[0] != "'" else wrong)
    return Understood(field=field, value=value, shown=shown)


def check(decision: Decision) -> None:
    """Raise `BadDecision` where a decision, as programs make them, cannot be applied."""
    try:
        msgspec.convert(msgspec.to_builtins(decision), Decision)
        found = bad_words(decision) or problem(decision)
    except (msgspec.ValidationError, UnicodeEncodeError, OverflowError, TypeError) as error:
        raise BadDecision(f"this is no decision: {error}") from error
    if found:
        raise BadDecision(f"{decision.kind}: {found}")


def mended(decision: Decision) -> Decision | None:
    """A decision of an older version, which kept what was typed: as it is understood now; None where it is not."""
    if problem(decision) is None:
        return decision
    if decision.kind != "set" or not decision.field or len(decision.targets) != 1:
        return None
    try:
        kept = understand(decision.targets[0].kind, decision.field, decision.value or "")
    except BadDecision:
        return None
    again = msgspec.structs.replace(decision, value=kept.value or None)
    return again if problem(again) is None else None


def propose(
    case: Asked,
    kind: str,
    about: Sequence[str],
    field: str | None = None,
    value: str | None = None,
    why: str = "",
    who: str | None = None,
    language: str = "en",
) -> Proposal:
    """The decision of a kind on records that are named or given by id. Nothing is kept.

    Args:
        value: As a person types it: a day in words, names with `;` between them, a new name.
        who: Who decides; the user of this computer where it is None.

    Raises:
        BadDecision: it cannot be applied.
        NotOne: nothing, or more than one thing, has one of the names.
    """
    if kind not in KINDS:
        raise BadDecision(f"{kind!r} is no decision; there are {', '.join(KINDS)}.")
    if any(not _is_text(words) for words in (*about, field, value, why, who)):
        raise BadDecision("What is given is no text in UTF-8.")
    understood = None
    with case.asking() as connection:
        meant = records(connection, about)
        if kind not in MARKS and any(is_by_hand(record) for record in meant):
            raise BadDecision(
                "this was added by hand; take it back, and add it again as it should be: dragoman decisions CASE"
            )
        if kind == "set" and len(meant) == 1:
            understood = _understood(connection, meant[0], field or "", value or "", language)
        targets = targets_of(connection, kind, meant, about)
    new = value
    if kind in ("rename", "tag"):
        new = " ".join(unicodedata.normalize("NFC", value or "").split())
    elif kind == "note":
        new = "\n".join(
            line.rstrip() for line in unicodedata.normalize("NFC", value or "").strip().splitlines()
        )
    decision = Decision(
        kind=kind,  # type: ignore[arg-type]
        targets=targets,
        field=field or None,
        value=(understood.value if understood else new) or None,
        who=user() if who is None else who,
        when=now(),
        why=why,
    )
    check(decision)
    return Proposal(
        decision=decision, shown=_line(kind, meant, about, decision, understood), understood=understood
    )


KINDS = ("join", "split", "reject", "accept", "set", "rename", "remove", *MARKS)


def _is_text(words: str | None) -> bool:
    return not words or not any(unicodedata.category(c) == "Cs" or c == "\0" for c in words)


def _understood(connection: Connection, record: Line, field: str, text: str, language: str) -> Understood:
    kind = record["kind"]
    found = understand(kind, field, text, language)
    form = fields(kind)[field].form
    if form in ("names", "name") and found.value:
        return _named(connection, found, form == "names")
    if (kind, field) == ("event", "mode") and found.value:
        modes = types().get(record["type"], ())
        if found.value not in modes:
            there = ", ".join(modes) or "none"
            raise BadDecision(f"{found.value!r} is no mode of {record['type']}; there are: {there}.")
    if (kind, field) == ("event", "type") and record["mode"] and record["mode"] not in types()[found.value]:
        shown = f"{found.shown} (set its mode too: {record['mode']} is none of {found.value})"
        return msgspec.structs.replace(found, shown=shown)
    return found


def _named(connection: Connection, found: Understood, several: bool) -> Understood:
    """Who or where is meant by each name; ids that no record has are refused, names that nobody bears are words."""
    sides = ("place", "actor") if found.field == "place" else ("actor", "place")
    shown, kept = [], []
    for name in found.value.split("; ") if several else [found.value]:
        refs = next((refs for side in sides if (refs := called(connection, side, name))), [])
        held = by_id(connection, refs)
        exact = [ref for ref in refs if held[ref]["name"] == name] or refs
        if len(exact) > 1:
            raise NotOne(f"{name!r} may be {_several(held, exact)}; name one by its id.")
        if not exact and _is_id(name):
            raise BadDecision(f"no record of the case has the id {name!r}.")
        kept.append(exact[0] if exact and len(refs) > 1 else name)
        shown.append(
            f"{held[exact[0]]['name']} ({exact[0]})" if exact else f"“{name}”, who is nobody in the case yet"
        )
    return Understood(field=found.field, value="; ".join(kept), shown="; ".join(shown))


def _several(held: dict[str, Line], refs: Sequence[str]) -> str:
    return ", ".join(f"{held[ref]['name']} ({ref})" for ref in refs)


def _is_id(name: str) -> bool:
    head, _, tail = name.rpartition("-")
    return bool(head) and len(tail) == 16 and all(c in "0123456789abcdef" for c in tail)


def _line(
    kind: str,
    meant: Sequence[Line],
    about: Sequence[str],
    decision: Decision,
    understood: Understood | None,
) -> str:
    def called_by(record: Line, wanted: str) -> str:
        named = record.get("title") if record["kind"] in ("article", "storyline") else record.get("name")
        return f"{a(record['kind'])} {named or wanted}"

    names = " and ".join(called_by(record, wanted) for record, wanted in zip(meant, about, strict=True))
    if understood:
        return f"{names}: {understood.field} = {understood.shown}"
    return f"{kind} {names}" + (f" = {decision.value}" if decision.value else "")


def now() -> str:
    """This moment in UTC, as decisions keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def take_back(file: CaseFile, numbers: Sequence[int], by: str | None = None) -> list[int]:
    """Take back decisions; the history keeps by whom, see `CaseFile.undo_all`. Returns those that stood.

    `by`: who takes them back; the user of this computer where it is None.
    """
    return file.undo_all(numbers, user() if by is None else by, now())


def user() -> str:
    """Who works on this computer: a name, or a number where there is none, or nothing."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a number without an entry in the list of users
        import os

        return f"uid {os.getuid()}" if hasattr(os, "getuid") else ""
