"""What is to take place: scheduled events, awaited guests, goals, what will be done on a day."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Arg, CommitmentReport
from dragoman.reading.commitments.fields import Fields
from dragoman.reading.syntax import Clause


def scheduled(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*a meeting is expected on June 1*, *the withdrawal, scheduled for November*."""
    if clause.voice != "passive" and not clause.lemma.endswith(fields.words.middle):
        return
    if clause.relation == "advcl":
        return  # "ended as scheduled"
    for arg in clause.by_role("patient", "agent"):
        content = next((c for c in fields.clauses_at(arg.head)), None)
        if content is None or content.kind != "noun":
            continue
        due = fields.due(clause) or fields.due(content)
        if due is None and not fields.is_deed(content):
            continue
        by = fields.sides(content, ("agent", "with")) + fields.sides(
            clause, ("agent", "with"), without=arg.head
        )
        yield fields.noun_report(by, content, due, "schedule")


def awaited(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*Kovac is expected in Lima on May 3*: a visit."""
    due = fields.due(clause)
    guests = [a for a in clause.by_role("patient") if fields.is_person(a)]
    if due is None or not guests or not clause.by_role("place", "goal") or fields.below_verbs(clause):
        return
    guest = guests[0]
    made = fields.fillers.of_argument(guest)
    yield CommitmentReport(
        by=(made,),
        to=(),
        what=fields.what(clause),
        due=due,
        made=None,
        sentence=fields.syntax.sentences[clause.sent].span,
        rule="commitment awaited",
        event_type="CONSULT",
        event_mode="visit",
    )


def aimed_at(fields: Fields, content: Clause) -> Iterator[CommitmentReport]:
    """*the aim is for Chile to double its exports by 2027*."""
    infinitive = fields.syntax.tokens[content.head].morph.get("VerbForm") == "Inf"
    if content.parent is None or content.kind != "verb" or not (infinitive or content.tense == "none"):
        return
    above = fields.clauses[content.parent]
    goal = next(iter(above.by_role("agent")), None)
    if goal is None or above.kind != "verb" or content.relation not in ("advcl", "xcomp", "ccomp"):
        return
    if fields.syntax.tokens[goal.head].lemma.lower() not in fields.words.goals:
        return
    by = [a for a in fields.sides(content, ("agent",)) if a.entities]
    if by and content.args and fields.due(content) is not None:
        yield fields.report(by, (), content, above, "goal")


def to_come(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*will visit Peru on May 3*, *is due to release them in May*, *plusieurs documents doivent être signés*."""
    foreseen = fields.foreseen(clause)
    if (
        not foreseen
        and clause.modality == "obliged"
        and clause.tense != "past"
        and fields.due(clause) is not None
    ):
        foreseen = "oblige"
    if (
        clause.negated
        or not (clause.tense == "future" or foreseen)
        or clause.relation in ("xcomp", "acl", "advcl")
    ):
        return
    if clause.modality not in ("none", "intended", "obliged") or clause.perfect:
        return
    if clause.parent is not None and (_is_taken(fields, clause) or _is_forecast(fields, clause)):
        return
    due = fields.due(clause)
    deed = fields.is_deed(clause)
    by = [a for a in fields.sides(clause, ("agent",)) if a.entities or (deed and due is not None)]
    if foreseen == "oblige" and due is None and clause.tense != "past":
        return  # "must": what somebody demands
    if foreseen == "oblige" and clause.voice == "active" and not deed and _is_bound(fields, clause, by):
        yield fields.report(by, (), clause, clause, "deadline")
        return
    if clause.voice == "passive":
        above = fields.clauses[clause.parent] if clause.parent is not None else None
        if not by and above is not None and above.lemma in fields.words.report:
            speaker = fields.sides(above, ("agent",))
            by = list(speaker) if fields.is_government(speaker) else []
        if foreseen and deed:
            yield fields.report(by, (), clause, clause, "foreseen")
    elif by and deed and (due is not None or foreseen):
        yield fields.report(by, (), clause, clause, "foreseen" if foreseen else "future")


def _is_forecast(fields: Fields, clause: Clause) -> bool:
    """What others expect of somebody binds nobody: *analysts say that Chile will leave by May*."""
    if clause.parent is None:
        return False
    above = fields.clauses[clause.parent]
    speakers = above.by_role("agent")
    lemmas = {fields.syntax.tokens[a.head].lemma.lower() for a in speakers}
    if lemmas & fields.words.observers:
        return True
    if above.lemma.removeprefix("se_") not in fields.words.forecast:
        return False
    own = {e for a in fields.sides(clause, ("agent",)) for e in a.entities}
    return not own & {e for a in fields.sides(above, ("agent",)) for e in a.entities}


def _is_taken(fields: Fields, clause: Clause) -> bool:
    """What hangs on a verb of promise is read there; what hangs on a denial is no commitment."""
    above = fields.clauses[clause.parent] if clause.parent is not None else None
    if above is None:
        return False
    lemma = above.lemma.removeprefix("se_")
    return (lemma in fields.words.promise and clause.relation in ("xcomp", "ccomp")) or above.negated


def _is_bound(fields: Fields, clause: Clause, by: list[Arg]) -> bool:
    """States, or bodies of them, that must do a thing by a day: *Peru and Chile must adopt rules by May 3*."""
    entities = [fields.names.entities[e].type for a in by for e in a.entities]
    official = bool(entities) and all(kind in ("state", "organisation") for kind in entities)
    limits = (a for a in clause.args if a.role == "time" or a.case in fields.words.until)
    return official and any(fields.is_limit(a) for a in limits)


def turning(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*the truce will expire on May 3*, *the republic will cease to exist on May 3*: set for a day."""
    if clause.tense != "future" or clause.negated or clause.modality not in ("none", "intended"):
        return
    if not {clause.lemma.removeprefix("se_"), clause.light} & fields.words.turning:
        return
    below = [c for c in fields.below.get(clause.i, ()) if c.relation == "xcomp"]
    due = next((when for c in (clause, *below) if (when := fields.due(c)) is not None), None)
    if due is not None and (clause.parent is None or not fields.clauses[clause.parent].negated):
        by = fields.sides(clause, ("agent",))
        yield fields.report(by, (), clause, clause, "set for a day", due)


def moved(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*the summit was postponed to June 5*, *Chile put off the withdrawal until June*: it now has another day."""
    if clause.tense == "future" or clause.modality not in ("none", "intended"):
        return
    times = [a for a in clause.args if a.case in fields.words.moved_to]
    due = next((when for a in times if (when := fields.time_in(a)) is not None), None)
    if due is None:
        return
    for arg in clause.by_role("patient"):
        for content in fields.clauses_at(arg.head):
            if content.kind == "noun":
                by = fields.sides(content, ("agent", "with")) or fields.sides(clause, ("agent",))
                yield fields.noun_report(by, content, due, "moved")
