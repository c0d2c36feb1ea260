"""Terms of missions: until when a force is to stay (*their mandate runs until May 2031*).

Words are data (`languages/<language>/commitments.yaml`, the keys `term_*`). Such a term is a
commitment to leave by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.languages.schema.grammar import Commitments
from dragoman.model import Arg, CommitmentReport, Mention, Span, TimeMention, When
from dragoman.reading.commitments.words import commitment_words
from dragoman.reading.fillers import Fillers
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Argument, Clause, Syntax

_BACK = 6
"""Sentences back in which a force may be named whose mandate is spoken of."""

_AHEAD = ("intended", "obliged", "conditional")


def find_terms(
    syntax: Syntax, clauses: Sequence[Clause], names: Names, times: Sequence[TimeMention]
) -> Iterator[CommitmentReport]:
    """One report for each clause that says until when a force is to stay."""
    words, fillers = commitment_words(syntax.language), Fillers(syntax, names)
    verbs = words.term_last | words.term_end | words.term_meant | words.term_provide
    for clause in clauses:
        if clause.lemma not in verbs or clause.negated or clause.modality in ("hypothetical", "possible"):
            continue
        report = _term(syntax, clause, fillers, words, times)
        if report is not None:
            yield report


def _term(
    syntax: Syntax, clause: Clause, fillers: Fillers, words: Commitments, times: Sequence[TimeMention]
) -> CommitmentReport | None:
    due = _limit(syntax, clause, words, times)
    if due is None:
        return None
    if clause.lemma in words.term_provide:
        stays = next((a for a in clause.by_role("patient") if _forces(fillers, a)), None)
        by = _forces(fillers, stays) if stays is not None else None
    else:
        stays = next((a for a in clause.by_role("agent", "patient") if _is_term(syntax, a, words)), None)
        by = _holder(syntax, fillers, stays) if stays is not None and _is_ahead(clause, words) else None
    if stays is None or by is None:
        return None
    ends = due.span.end if due.span else clause.end
    return CommitmentReport(
        by=(by,),
        to=(),
        what=Span(min(stays.start, clause.start), max(stays.end, clause.end, ends)),
        due=due,
        made=None,
        sentence=syntax.sentences[clause.sent].span,
        rule="commitment term",
        event_type="RETREAT",
        event_mode="withdraw",
    )


def _is_term(syntax: Syntax, arg: Argument, words: Commitments) -> bool:
    return syntax.tokens[arg.head].lemma.lower() in words.term_nouns


def _is_ahead(clause: Clause, words: Commitments) -> bool:
    """False where it is told as over: *the mandate expired in May*."""
    if clause.lemma in words.term_meant:
        return clause.voice == "passive"
    return clause.tense in ("present", "future") or clause.modality in _AHEAD


def _limit(syntax: Syntax, clause: Clause, words: Commitments, times: Sequence[TimeMention]) -> When | None:
    """The time after *until* in the clause's sentence; of a verb of ending also a plain time of the clause."""
    end = syntax.sentences[clause.sent].end
    spot = None
    for mention in times:
        if not (clause.start < mention.start < end) or mention.type != "DATE" or not mention.first:
            continue
        head = syntax.head_of(mention.start, mention.end)
        case = syntax.child(head.i, "case") if head is not None else None
        if case is not None and case.lemma.lower() in words.until:
            return mention.when(mention.first, mention.last)
        if clause.lemma in words.term_end and any(
            a.role == "time" and a.start < mention.end and mention.start < a.end for a in clause.args
        ):
            spot = spot or mention
    return spot.when(spot.first, spot.last) if spot is not None else None


def _forces(fillers: Fillers, arg: Argument) -> Arg | None:
    mention = fillers.mention(fillers.syntax.tokens[arg.head])
    if mention is None or not _is_force(fillers.names, mention):
        return None
    return Arg(start=mention.start, end=mention.end, entities=mention.entities)


def _is_force(names: Names, mention: Mention) -> bool:
    return len(mention.entities) == 1 and names.entities[mention.entities[0]].type == "armed_force"


def _holder(syntax: Syntax, fillers: Fillers, arg: Argument) -> Arg | None:
    """Whose term it is: what the phrase names, else the force named last. None where it is nobody's under arms."""
    names = fillers.names
    inside = [m for m in names.within(arg.start, arg.end) if m.entities]
    own = next((m for m in inside if _is_force(names, m)), None)
    if own is not None and names.entities[own.entities[0]].of is not None:
        return Arg(start=own.start, end=own.end, entities=own.entities)
    if any(m.kind != "pronoun" and names.entities[m.entities[0]].type == "person" for m in inside):
        return None
    sentence = syntax.tokens[arg.head].sent
    first = syntax.sentences[max(0, sentence - _BACK)].start
    before = [m for m in names.within(first, arg.start) if _is_force(names, m)]
    whose = {m.entities for m in before if names.entities[m.entities[0]].of is not None}
    if len(whose) == 1:
        # "Some 2,000 soldiers ... their mandate": the soldiers of the state spoken of.
        before = [m for m in before if m.entities in whose]
        own = None
    named = own or (before[-1] if before else None)
    return Arg(start=named.start, end=named.end, entities=named.entities) if named is not None else None
