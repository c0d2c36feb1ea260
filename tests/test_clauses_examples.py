"""Sentences of three languages and their clauses (`tests/clauses.yaml`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.reading.clauses import find_clauses
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Clause, Syntax
from tables import table

CASES = [
    (language, case[language], case)
    for case in table("clauses.yaml")
    for language in ("en", "fr", "ru")
    if language in case
]
PLAIN = ("light", "voice", "tense", "perfect", "progressive", "negated", "modality", "kind", "relation")


@pytest.mark.parametrize(("language", "text", "case"), CASES, ids=[text for _, text, _ in CASES])
def test_clauses(
    parse_in: Callable[[str, str], Syntax], language: str, text: str, case: dict[str, Any]
) -> None:
    syntax = repair(parse_in(language, text))
    clauses = find_clauses(syntax)
    for wanted in case.get("clauses", ()):
        same = [c for c in clauses if c.lemma == wanted["lemma"]]
        assert same, f"no clause {wanted['lemma']!r} among {[c.lemma for c in clauses]}"
        faults = [_faults(syntax, clauses, c, wanted) for c in same]
        assert any(not f for f in faults), faults
    for lemma in case.get("none", ()):
        assert lemma not in [c.lemma for c in clauses]


def _faults(syntax: Syntax, clauses: tuple[Clause, ...], clause: Clause, wanted: dict[str, Any]) -> list[str]:
    faults = [
        f"{name} is {getattr(clause, name)!r}"
        for name in PLAIN
        if name in wanted and getattr(clause, name) != wanted[name]
    ]
    if "parent" in wanted:
        above = clauses[clause.parent].lemma if clause.parent is not None else None
        faults += [f"parent is {above!r}"] * (above != wanted["parent"])
    for role, words in wanted.get("has", {}).items():
        told = [syntax.text[a.start : a.end] for a in clause.by_role(role)]
        faults += [f"{role} is {told}"] * (words not in told)
    faults += [f"has {role}" for role in wanted.get("hasnot", ()) if clause.by_role(role)]
    return faults
