"""How a fact came about: the clause behind it, read again by the same stages that found it."""

from __future__ import annotations

from dragoman.model import Language, Span
from dragoman.reading.clauses import find_clauses
from dragoman.reading.parse import parse
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Clause, Syntax


def explain_clause(text: str, language: Language, trigger: Span) -> list[str]:
    """Lines that say what clause stands at `trigger`: predicate, voice, tense, polarity, modality, arguments.

    Empty where no clause has its predicate there (a figure or a name made the fact).
    """
    syntax = repair(parse(text, language))
    for clause in find_clauses(syntax):
        if Span(clause.start, clause.end).meets(trigger):
            return _told(clause, syntax)
    return []


def _told(clause: Clause, syntax: Syntax) -> list[str]:
    traits = [clause.kind, clause.voice, f"{clause.tense} tense"]
    traits += [word for word, so in (("perfect", clause.perfect), ("progressive", clause.progressive)) if so]
    traits += ["negated"] * clause.negated
    if clause.modality != "none":
        traits.append(clause.modality)
    if clause.light:
        traits.append(f"with the light verb {clause.light}")
    lines = [f"clause: {syntax.text[clause.start : clause.end]!r} ({clause.lemma}): {', '.join(traits)}"]
    for argument in clause.args:
        words = " ".join(syntax.text[argument.start : argument.end].split())
        case = f" ({argument.case})" if argument.case else ""
        taken = ", taken over from another clause" if argument.inherited else ""
        lines.append(f"    {argument.role}{case}: {words!r}{taken}")
    return lines
