"""Who is who in a case, as the other steps of linking ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import Actor, Decision, EntityType, MentionRef, Place, Reading, name_by_content


@dataclass(frozen=True)
class Cast:
    """The actors and places of a case.

    Attributes:
        of_entity: (article id, entity index) -> actor or place id.
        kin: Actor -> actors it acts for: a president's or a ministry's state, a force's state.
    """

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    of_entity: Mapping[tuple[str, int], str]
    kin: Mapping[str, frozenset[str]]

    def ref(self, article: str, entity: int) -> str:
        return self.of_entity[article, entity]

    def stands_for(self, ref: str) -> frozenset[str]:
        """The actor and those it acts for."""
        return self.kin.get(ref, frozenset()) | {ref}


def make_cast(readings: Sequence[Reading], decisions: Sequence[Decision] = ()) -> Cast:
    """Actors and places by gazetteer key, else by name."""
    groups: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    by_article = {r.article: r for r in readings}
    for reading in readings:
        for number, entity in enumerate(reading.entities):
            key = entity.key or entity.name.casefold()
            groups["place" if entity.type == "place" else "actor", key].append((reading.article, number))
    of_entity = {m: name_by_content(k[0], k[1]) for k, ms in groups.items() for m in ms}
    mentions: dict[str, list[MentionRef]] = defaultdict(list)
    for reading in readings:
        for m in reading.mentions:
            for e in m.entities:
                mentions[of_entity[reading.article, e]].append(
                    MentionRef(article=reading.article, start=m.start, end=m.end)
                )
    kin: dict[str, set[str]] = defaultdict(set)
    by_key = {e.key: of_entity[r.article, n] for r in readings for n, e in enumerate(r.entities) if e.key}
    for reading in readings:
        for number, entity in enumerate(reading.entities):
            mine = of_entity[reading.article, number]
            owners = [entity.of] + [r.of for r in entity.roles]
            kin[mine] |= {of_entity[reading.article, o] for o in owners if isinstance(o, int)}
            if f"country:{entity.country}" in by_key:
                kin[mine].add(by_key[f"country:{entity.country}"])
            kin[mine].discard(mine)
    actors, places = [], []
    for (kind, _), members in sorted(groups.items()):
        entities = [by_article[a].entities[n] for a, n in members]
        ref = of_entity[members[0]]
        name = max((e.name for e in entities), key=lambda n: (len(n), n))
        forms = tuple(sorted({f for e in entities for f in e.forms} | {e.name for e in entities}))
        country = min((e.country for e in entities if e.country), default=None)
        found = tuple(sorted(mentions[ref], key=lambda m: (m.article, m.start, m.end)))
        if kind == "place":
            places.append(Place(id=ref, name=name, forms=forms, country=country, mentions=found))
        else:
            types: list[EntityType] = [e.type for e in entities]
            actors.append(
                Actor(id=ref, name=name, type=min(types), forms=forms, country=country, mentions=found)
            )
    return Cast(tuple(actors), tuple(places), of_entity, {k: frozenset(v) for k, v in kin.items() if v})
