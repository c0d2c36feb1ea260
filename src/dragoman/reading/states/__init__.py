"""What held over a stretch of time, as the words say it: deployments, control, offices, alliances.

Rules are data (`languages/<language>/states.yaml`). States that events open and close without saying so are the
business of linking.
"""

from __future__ import annotations

from dragoman.model import Arg, Role, Span, StateReport, TimeMention, When
from dragoman.reading.marks import Names
from dragoman.reading.states.finder import StateFinder
from dragoman.reading.states.pacts import find_pacts
from dragoman.reading.states.relations import find_power, find_relations
from dragoman.reading.states.rules import StateWords, state_words
from dragoman.reading.states.validity import Validity
from dragoman.reading.syntax import Clause, Syntax


def find_states(
    syntax: Syntax,
    clauses: tuple[Clause, ...],
    names: Names,
    clause_times: tuple[When | None, ...],
    times: tuple[TimeMention, ...],
) -> tuple[StateReport, ...]:
    """All states, in the order of the text. `clause_times` holds one entry for each clause."""
    words = state_words(syntax.language)
    finder = StateFinder(syntax, names, words, Validity(syntax, words, clause_times, times))
    found: list[StateReport] = []
    for clause in clauses:
        if clause.negated or clause.modality != "none":
            continue
        own = words.rules_of.get(clause.lemma.removeprefix("se_"), ())
        for rule in (*own, *words.rules_of.get(clause.light.removeprefix("se_"), ())):
            report = finder.read(clause, rule)
            if report is not None:
                found.append(report)
                break
    found += find_relations(syntax, names, words, finder.fillers)
    found += find_pacts(syntax, clauses, words, finder)
    found += find_power(syntax, names, words, finder.fillers, finder.validity)
    found += _offices(syntax, names, words)
    return tuple(sorted(_distinct(found), key=lambda s: (s.sentence, s.type, s.rule)))


def _offices(syntax: Syntax, names: Names, words: StateWords) -> list[StateReport]:
    """Offices that a text gives to people by their titles: *Croatian President Jan Kovac*, *the former mayor*."""
    found = []
    for number, entity in enumerate(names.entities):
        if entity.type != "person":
            continue
        for role in entity.roles:
            if role.span is None or not isinstance(role.of, int) or not _is_held(syntax, names, role, words):
                continue
            sentence = syntax.sentence_at(role.span.start)
            if _is_another(syntax, names, number, role.span):
                continue
            # The title of somebody named elsewhere was given by guess to whoever stands nearest.
            if sentence is not None and any(
                m.entities == (number,) and m.kind == "name" for m in names.within(*sentence.span)
            ):
                found.append(_office(syntax, names, words, number, role, role.span, sentence.span))
    return found


def _is_held(syntax: Syntax, names: Names, role: Role, words: StateWords) -> bool:
    """False for a role that is no office, that such a body does not have, or that several have."""
    assert role.span is not None
    assert isinstance(role.of, int)
    if words.offices.name(role.title, names.entities[role.of].type) is None:
        return False
    inside = syntax.tokens_in(*role.span)
    if {t.lemma.lower() for t in inside} & words.no_office or syntax.text[
        slice(*role.span)
    ].lower() in words.no_office:
        return False
    head = syntax.head_of(*role.span)
    # "one of the presidents of the continent"
    return head is None or head.morph.get("Number") != "Plur" or head.dep not in ("nmod", "obl", "obl:arg")


def _is_another(syntax: Syntax, names: Names, person: int, span: Span) -> bool:
    """True for *president* in "Novak, an adviser to the president": the title of the one he serves."""
    token = syntax.head_of(span.start, span.end)
    if token is None or token.dep not in ("nmod", "obl", "nmod:poss"):
        return False
    above = names.at(syntax.tokens[token.head].start)
    return above is not None and above.kind == "role" and above.entities == (person,)


def _office(
    syntax: Syntax, names: Names, words: StateWords, person: int, role: Role, span: Span, sentence: Span
) -> StateReport:
    near = [m for m in names.within(*sentence) if m.entities == (person,) and m.kind == "name"]
    holder = min(near, key=lambda m: abs(m.start - span.start), default=None)
    bodies = [m for m in names.within(*sentence) if m.entities == (role.of,)]
    body = min(bodies, key=lambda m: abs(m.start - span.start), default=None)
    start, end = (holder.start, holder.end) if holder else span
    begin, past = (body.start, body.end) if body else span
    valid = None
    if role.start or role.end:
        valid = When(start=role.start, end=role.end, basis="stated", span=span)
    before = syntax.tokens_in(max(0, span.start - 12), span.start)
    former = bool(before) and before[-1].lemma.lower() in words.former
    of = names.entities[role.of].type if isinstance(role.of, int) else "state"
    title = words.offices.name(role.title, of) or role.title.lower()
    return StateReport(
        type="office",
        subject=Arg(start=start, end=end, entities=(person,)),
        object=Arg(start=begin, end=past, entities=(int(role.of),) if role.of is not None else ()),
        place=None,
        value=f"former {title}" if former else title,
        valid=valid,
        sentence=sentence,
        rule="state office by title",
    )


def _distinct(found: list[StateReport]) -> list[StateReport]:
    """One report of each state for each sentence, and one office for each person and title."""
    kept: list[StateReport] = []
    seen: set[object] = set()
    for report in found:
        subject = report.subject.entities or report.subject.span if report.subject else None
        thing = report.object.entities or report.object.span if report.object else None
        where = None if report.rule == "state office by title" else report.sentence
        key = (report.type, subject, thing, report.value if where is None else None, where)
        if key not in seen:
            seen.add(key)
            kept.append(report)
    return kept
