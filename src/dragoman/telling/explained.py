"""A fact explained: each piece of evidence with its rule, the words of each field, and the clause behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dragoman.languages import SUPPORTED
from dragoman.model import Span
from dragoman.model.lines import Record
from dragoman.store.questions import by_id, parties
from dragoman.telling.name_book import NameBook
from dragoman.telling.wording import brief, days, evidence_of, refs_of, source_of

if TYPE_CHECKING:
    from dragoman.telling.asked import Asked

ClauseAt = Callable[[str, str, Span], list[str]]
"""From a text, its language and the words of a fact to lines on the clause there, see `reading.explain`."""


def explain(case: Asked, name: str, clause_at: ClauseAt) -> Iterator[str]:
    """Lines on a fact of the case, by its id; `clause_at` parses its text again.

    Raises:
        LookupError: no fact of the case has this id.
    """
    with case.asking() as connection:
        fact = by_id(connection, [name]).get(name)
        if fact is None or fact["kind"] in ("article", "actor", "place", "storyline"):
            raise LookupError(f"no fact of the case has the id {name!r}; ids are shown by --json")
        book = NameBook(list(parties(connection, refs_of(fact)).values()))
        articles = by_id(connection, sorted({e["article"] for e in evidence_of(fact)}))
    yield brief(fact, book)
    when = next((fact[f] for f in ("when", "valid", "due") if fact.get(f)), None)
    if when:
        yield f"when: {days(when)} ({when['basis']}). {when['why']}"
    if fact.get("confidence") is not None:
        yield f"confidence: {fact['confidence']:.2f}"
    for evidence in evidence_of(fact):
        yield from _piece(evidence, articles[evidence["article"]], clause_at)


def _piece(evidence: Record, article: Record, clause_at: ClauseAt) -> Iterator[str]:
    yield ""
    yield f"{source_of(article)}, {days(article['published'])}, letters {evidence['start']} to {evidence['end']}:"
    yield f"    “{' '.join(evidence['text'].split())}”"
    yield f"rule: {evidence['rule']}"
    text = article["text"]
    for field, held in evidence["fields"].items():
        spans = [held] if held and isinstance(held[0], int) else held
        words = ", ".join(repr(" ".join(text[start:end].split())) for start, end in spans)
        yield f"    {field}: {words}"
    trigger = evidence["fields"].get("trigger") or evidence["fields"].get("cue")
    if trigger and article["language"] in SUPPORTED:
        spans = [trigger] if isinstance(trigger[0], int) else trigger
        yield from clause_at(text, article["language"], Span(*spans[0]))
