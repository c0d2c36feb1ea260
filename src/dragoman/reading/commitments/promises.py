"""What somebody takes on: promises, announcements of one's own doing, deadlines, intentions."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Arg, CommitmentReport
from dragoman.reading.commitments.fields import Fields
from dragoman.reading.syntax import Clause

_COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl")
_REAL = ("none", "intended", "obliged")


def promised(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*agreed to withdraw*, *promised that it would*."""
    for content in fields.below.get(clause.i, ()):
        if (
            content.relation in ("xcomp", "ccomp")
            and content.modality in _REAL
            and content.tense in ("none", "future")
        ):
            by = (
                fields.sides(clause, ("agent",))
                or fields.sides(content, ("agent",))
                or _parties(fields, clause)
            )
            if content.kind == "noun" and not fields.is_deed(content):
                continue
            sure = clause.lemma.removeprefix("se_") not in fields.words.weak
            if by and (sure or fields.is_deed(content) or fields.due(content) is not None):
                yield fields.report(
                    by, fields.sides(clause, ("recipient", "patient")), content, clause, "promise"
                )


def _parties(fields: Fields, clause: Clause) -> tuple[Arg, ...]:
    """Who made the agreement that provides for something: *signed with Peru a treaty that provides for*."""
    for pact in clause.by_role("agent"):
        if fields.fillers.is_kind(fields.syntax.tokens[pact.head], "pact"):
            for made in (*fields.clauses_at(pact.head), *fields.clauses_with(pact.head)):
                if found := fields.sides(made, ("agent", "with", "recipient")):
                    return found
    return ()


def reported(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*said it would close its embassy*: the speaker speaks of its own doing."""
    speaker = fields.sides(clause, ("agent",))
    own = {e for arg in speaker for e in arg.entities}
    for content in fields.below.get(clause.i, ()):
        if (
            content.relation != "ccomp"
            or content.tense != "future"
            or content.modality not in ("none", "intended")
        ):
            continue
        doers = {e for arg in fields.sides(content, ("agent",)) for e in arg.entities}
        if content.voice == "passive" and not doers and fields.is_government(speaker):
            doers = own  # "said the troops would be withdrawn": who but the speaker
        if own and doers & own and fields.is_deed(content):
            yield fields.report(
                speaker, fields.sides(clause, ("recipient",)), content, clause, "said it would"
            )


def given_until(fields: Fields, clause: Clause) -> Iterator[CommitmentReport]:
    """*gave them until Friday to leave*."""
    limit = next((a for a in clause.args if a.case in fields.words.until and fields.time_in(a)), None)
    bound = fields.sides(clause, ("recipient", "patient"))
    if limit is None or not bound:
        return
    for content in fields.below.get(clause.i, ()):
        if content.relation in _COMPLEMENTS and content.tense == "none" and content.kind == "verb":
            due = fields.time_in(limit)
            yield fields.report(bound, fields.sides(clause, ("agent",)), content, clause, "deadline", due)


def by_noun(fields: Fields, content: Clause) -> Iterator[CommitmentReport]:
    """*announced its intention to withdraw*, *its plan to withdraw*."""
    if content.relation not in ("acl", "nominal", "ccomp", "xcomp") or content.kind != "verb":
        return
    token = fields.syntax.tokens[content.head]
    noun = fields.syntax.tokens[token.head]
    if token.dep not in ("acl", "ccomp", "xcomp") or noun.pos != "NOUN":
        return
    if noun.lemma.lower() not in fields.words.nouns or content.tense in ("past", "present"):
        return
    if noun.dep.startswith("nsubj") and fields.due(content) is None:
        return  # "its decision to leave angered": told as done, not promised
    above = _announcing(fields, content)
    if noun.lemma.lower() in fields.words.decided:
        # "condemned its decision to leave": what was decided is no news, unless it is told so.
        words = {above.lemma.removeprefix("se_"), above.light} if above is not None else set()
        if not words & (fields.words.report | fields.words.taken):
            return
    if above is not None and (above.negated or above.modality not in ("none", "intended")):
        return
    by = [a for a in fields.sides(content, ("agent",)) if a.entities]
    announcers = fields.sides(above, ("agent",)) if above is not None and above.kind == "verb" else ()
    if announcers and {e for a in announcers for e in a.entities} == {e for a in by for e in a.entities}:
        by = list(announcers)
    if by:
        yield fields.report(by, (), content, above or content, "intention")


def _announcing(fields: Fields, content: Clause) -> Clause | None:
    """The verb above the noun that the content hangs on (*announced* its intention to)."""
    at = content
    for _ in range(3):
        if at.parent is None:
            return None
        at = fields.clauses[at.parent]
        if at.kind == "verb":
            return at
    return None
