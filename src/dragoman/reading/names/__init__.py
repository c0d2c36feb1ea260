"""Names of one article and who they mean: `find_names`.

The order: spots (where names stand and of what type), persons, things, roles, nominals of states
(forces, governments, ministries, groups), what is left of adjectives, and the references by pronoun,
role or description. Each adds to one roster; nothing is parsed again.
"""

from __future__ import annotations

from dragoman.gazetteer.names import gazetteer
from dragoman.languages import traits
from dragoman.model import Span
from dragoman.reading.marks import Names
from dragoman.reading.names.aliases import join_aliases
from dragoman.reading.names.bodies import Bodies
from dragoman.reading.names.coreference import resolve
from dragoman.reading.names.drafts import Draft, Roster
from dragoman.reading.names.people import People
from dragoman.reading.names.roles import RoleMention, Roles, give
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.spots import Spotter
from dragoman.reading.names.things import Things
from dragoman.reading.names.words import Words, words
from dragoman.reading.syntax import Syntax

__all__ = ["find_names"]


def find_names(syntax: Syntax) -> Names:
    """The entities of an article and all their mentions."""
    if not syntax.tokens:
        return Names((), ())
    own = words(syntax.language)
    roster = Roster(syntax.text)
    spots = Spotter(syntax, own, gazetteer(syntax.language)).spots()
    by_token = {i: s for s in spots for i in range(s.first, s.past)}
    people = People(syntax, own, roster).join([s for s in spots if s.type == "person"])
    things_room = Things(syntax, own, roster)
    things = things_room.name([s for s in spots if s.type != "person"])
    owners: dict[int, Draft] = {}
    for spot in spots:
        draft = people.get(spot.first) if spot.type == "person" else things.get(spot.first)
        if spot.is_people and spot.entry is not None and spot.entry.state:
            draft = things_room.state(spot.entry.state)
        if draft is not None:
            owners.update(dict.fromkeys(range(spot.first, spot.past), draft))
    states = {i: d for i, d in owners.items() if _owns(by_token[i], d)}
    bodies = Bodies(syntax, own, by_token, _as_states(states, things_room), roster)
    bodies.find()
    roles = _roles(syntax, own, by_token, owners, bodies.taken, roster)
    _demonyms(syntax, spots, owners, bodies.taken, things_room, roster)
    join_aliases(syntax, own, roster, frozenset(i for i, s in by_token.items() if s.is_people))
    resolve(syntax, own, roster, roles, bodies.bodies)
    return roster.names()


def _owns(spot: Spot, draft: Draft) -> bool:
    return draft.type == "state" or (
        draft.type == "place" and spot.entry is not None and spot.entry.kind != "territory"
    )


def _as_states(states: dict[int, Draft], things: Things) -> dict[int, Draft]:
    """ "troops of Moldova": a state named as a place owns its forces all the same."""
    found = {}
    for i, draft in states.items():
        key = draft.key or ""
        if draft.type == "state":
            found[i] = draft
        elif key.startswith("country:"):
            found[i] = things.state(key)
    return found


def _roles(
    syntax: Syntax,
    own: Words,
    spots: dict[int, Spot],
    owners: dict[int, Draft],
    taken: set[int],
    roster: Roster,
) -> list[RoleMention]:
    found = [
        r for r in Roles(syntax, own, spots, owners).find() if not taken.intersection(range(r.first, r.past))
    ]
    for role in found:
        if role.person is not None and not role.counterpart:
            give(role, syntax)
            roster.mention(role.span(syntax), role.head, (role.person,), "role", "role beside the name")
    return found


def _demonyms(
    syntax: Syntax,
    spots: list[Spot],
    owners: dict[int, Draft],
    taken: set[int],
    things: Things,
    roster: Roster,
) -> None:
    """Adjectives of states that no nominal took in, and nouns for their people."""
    for spot in spots:
        entry = spot.entry
        if not spot.is_people or entry is None or spot.first in taken:
            continue
        token = syntax.tokens[spot.past - 1]
        many = token.morph.get("Number") == "Plur" or token.text.endswith("s")
        noun = token.pos in ("NOUN", "PROPN") and token.dep not in ("amod", "compound")
        if traits(syntax.language).capital_peoples:
            noun = syntax.text[spot.start].isupper() and token.dep != "amod"
        text = syntax.text[spot.start : spot.end]
        if noun and many:
            name = entry.name if traits(syntax.language).declines else " ".join(text.split())
            draft = roster.keyed(f"people:{entry.key.partition(':')[2]}", "group", name)
            draft.plural = True
            draft.add_form(text)
            if entry.state:
                draft.country = entry.country
                draft.of = things.state(entry.state)
            roster.mention(Span(spot.start, spot.end), token.i, (draft,), "demonym", "people of a state")
        elif entry.state:
            draft = owners.get(spot.first) or things.state(entry.state)
            roster.mention(Span(spot.start, spot.end), token.i, (draft,), "demonym", "adjective of a state")
