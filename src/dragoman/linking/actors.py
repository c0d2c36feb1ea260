"""Actors and places across the articles of a case: `link_actors`.

What the gazetteer knows is joined by its key. Persons are joined by their full names, compared within
blocks; a bare surname joins the only one in the case who bears it, unless state or role speak against
it. Organisations and places without a key are joined by the words of their names. A name that mixes
scripts which look alike is joined to nothing but itself. The result depends on the set of readings and
decisions alone, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.gazetteer.cities import coordinates_of
from dragoman.linking.clusters import Clusters
from dragoman.linking.memory import Memory
from dragoman.linking.organisation_links import OrganisationLinks
from dragoman.linking.person_links import PersonLinks, Score
from dragoman.model import (
    Actor,
    Decision,
    Entity,
    EntityType,
    Mention,
    MentionRef,
    Place,
    Reading,
    Role,
    Target,
    name_by_content,
)
from dragoman.naming.folding import fold_words
from dragoman.naming.sounds import script_of, sounded

_SAME_COMPANY = 0.5
_MOST_HEADS = 40
"""Share of known names that two articles have in common where they speak of one thing; groups looked through."""


@dataclass(frozen=True)
class ActorTable:
    """The actors and places of a case.

    Attributes:
        of_entity: (article id, entity index) -> id of its actor or place.
        kin: Actor -> actors that it acts for: a president's or a ministry's state, a force's state.
        why: Actor or place -> what joined its names, a sentence each.
    """

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    of_entity: Mapping[tuple[str, int], str]
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _stands_for: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def ref(self, article: str, entity: int) -> str:
        """The id of the actor or place that an entity of an article belongs to."""
        return self.of_entity[article, entity]

    def stands_for(self, ref: str) -> frozenset[str]:
        """The actor and those it acts for."""
        found = self._stands_for.get(ref)
        if found is None:
            found = self._stands_for[ref] = self.kin.get(ref, frozenset()) | {ref}
        return found


@dataclass(frozen=True, slots=True)
class Node:
    """One entity of one article, with how often it is mentioned and the state it is of."""

    article: str
    index: int
    entity: Entity
    mentions: tuple[Mention, ...]
    language: str
    states: frozenset[str]


def link_actors(
    readings: Sequence[Reading], decisions: Sequence[Decision] = (), score: Score | None = None
) -> ActorTable:
    """Join the entities of many readings into actors and places; `score` as `Memory.score`."""
    nodes = _nodes(readings)
    clusters = Clusters(len(nodes))
    why: dict[int, list[str]] = defaultdict(list)
    _apply_decisions(nodes, decisions, clusters, why)
    _join_by_key(readings, nodes, clusters)
    _join_persons(nodes, clusters, why, score or Memory().score)
    _join_by_words(nodes, clusters)
    return _table(nodes, clusters, why)


def _nodes(readings: Sequence[Reading]) -> list[Node]:
    found = []
    for reading in sorted(readings, key=lambda r: r.article):
        named: dict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            for index in mention.entities:
                named[index].append(mention)
        for index, entity in enumerate(reading.entities):
            states = _states(reading, entity)
            found.append(Node(reading.article, index, entity, tuple(named[index]), reading.language, states))
    return found


def _states(reading: Reading, entity: Entity) -> frozenset[str]:
    """Codes of the states that the words tie the entity to."""
    codes = {entity.country} if entity.country else set()
    owners = [entity.of, *(r.of for r in entity.roles)]
    for owner in owners:
        if isinstance(owner, int) and (code := reading.entities[owner].country):
            codes.add(code)
    return frozenset(c for c in codes if c)


# --- joining


def _join_by_key(readings: Sequence[Reading], nodes: list[Node], clusters: Clusters) -> None:
    by_key: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        key = node.entity.key
        if key is None:
            continue
        by_key[node.entity.type == "place", key].append(i)
    company = {
        r.article: frozenset(e.key for e in r.entities if e.key and not e.key.endswith("/")) for r in readings
    }
    for (_, key), members in by_key.items():
        if key.endswith("/"):
            _join_in_company(members, nodes, company, clusters)
        else:
            _join_all(members, clusters)


def _join_in_company(
    members: list[int], nodes: list[Node], company: Mapping[str, frozenset[str]], clusters: Clusters
) -> None:
    """ "Demonstrators" that no state is named for: those of articles that speak of the same states and bodies."""
    heads: list[int] = []
    for i in members:
        mine = company[nodes[i].article]
        for head in heads[-_MOST_HEADS:]:
            theirs = company[nodes[head].article]
            shared = len(mine & theirs)
            if shared and shared >= _SAME_COMPANY * len(mine | theirs) and clusters.join(head, i):
                break
        else:
            heads.append(i)


def _join_all(members: list[int], clusters: Clusters) -> None:
    """Join each to the first group of these that no wall keeps it from."""
    heads: list[int] = []
    for i in members:
        if not any(clusters.join(h, i) for h in heads):
            heads.append(i)


def _join_persons(nodes: list[Node], clusters: Clusters, why: dict[int, list[str]], score: Score) -> None:
    members = [i for i, n in enumerate(nodes) if n.entity.type == "person" and n.entity.key is None]
    links = PersonLinks(
        [nodes[i].entity.name for i in members],
        [nodes[i].states for i in members],
        [frozenset(r.title for r in nodes[i].entity.roles) for i in members],
        [nodes[i].article for i in members],
        score,
    )
    for a, b, reason in links.find():
        i, j = members[a], members[b]
        if clusters.join(i, j) and reason:
            why[i].append(reason)


def _join_by_words(nodes: list[Node], clusters: Clusters) -> None:
    """Organisations, groups and places that the gazetteer does not know."""
    exact: dict[tuple[str, tuple[str, ...], frozenset[str]], list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        entity = node.entity
        if entity.type == "person" or entity.key is not None:
            continue
        words = fold_words(entity.name)
        if words:
            owner = node.states if entity.type in ("group", "armed_force") else frozenset()
            exact[_family(entity.type), words, owner].append(i)
    for key in sorted(exact, key=lambda k: (k[0], k[1], sorted(k[2]))):
        _join_all(exact[key], clusters)
    _join_by_meaning(
        [members[0] for _, members in sorted(exact.items(), key=lambda m: m[1][0])], nodes, clusters
    )


def _family(kind: EntityType) -> str:
    return kind if kind in ("place", "group", "armed_force") else "organisation"


def _join_by_meaning(firsts: list[int], nodes: list[Node], clusters: Clusters) -> None:
    """Names in two languages that say the same."""
    for family in ("organisation", "place"):
        members = [
            i
            for i in firsts
            if _family(nodes[i].entity.type) == family and not _is_mixed(nodes[i].entity.name)
        ]
        links = OrganisationLinks([(nodes[i].entity.name, nodes[i].language) for i in members])
        for a, b in links.find():
            clusters.join(members[a], members[b])


def _is_mixed(name: str) -> bool:
    return any(sounded(w.lower()).mixed for w in name.split())


# --- decisions


def _apply_decisions(
    nodes: list[Node], decisions: Sequence[Decision], clusters: Clusters, why: dict[int, list[str]]
) -> None:
    """What people decided comes before every rule; of two decisions on the same pair the later stands."""
    said: dict[tuple[int, int], str] = {}
    for decision in decisions:
        if decision.kind not in ("join", "split"):
            continue
        groups = [g for t in decision.targets if t.kind in ("actor", "place") and (g := _meant(nodes, t))]
        for k, left in enumerate(groups):
            for right in groups[k + 1 :]:
                for i in left:
                    for j in right:
                        if i != j:
                            said[min(i, j), max(i, j)] = decision.kind
    for (i, j), kind in sorted(said.items()):
        if kind == "join" and clusters.join(i, j):
            why[i].append("joined by decision")
    for (i, j), kind in sorted(said.items()):
        if kind == "split":
            clusters.wall(i, j)


def _meant(nodes: list[Node], target: Target) -> list[int]:
    """The entities that a target names: those with a mention there, and with that form where one is given."""
    found = []
    for i, node in enumerate(nodes):
        if node.article != target.article or (node.entity.type == "place") != (target.kind == "place"):
            continue
        if target.name is not None and target.name not in (*node.entity.forms, node.entity.name):
            continue
        if any(m.start < target.end and target.start < m.end for m in node.mentions):
            found.append(i)
    return found


# --- the records


def _table(nodes: list[Node], clusters: Clusters, why: dict[int, list[str]]) -> ActorTable:
    groups = clusters.groups(range(len(nodes)))
    refs: dict[int, str] = {}
    taken: dict[str, int] = {}
    for root, members in groups.items():
        refs[root] = _ref([nodes[i] for i in members], taken)
    of_entity = {(n.article, n.index): refs[clusters.find(i)] for i, n in enumerate(nodes)}
    actors, places = [], []
    reasons: dict[str, tuple[str, ...]] = {}
    kin: dict[str, set[str]] = defaultdict(set)
    for root, members in groups.items():
        own = [nodes[i] for i in members]
        ref = refs[root]
        told = sorted({r for i in members for r in why.get(i, ())})
        if told:
            reasons[ref] = tuple(told)
        if own[0].entity.type == "place":
            places.append(_place(ref, own))
        else:
            actors.append(_actor(ref, own, of_entity))
            kin[ref] |= _kin(own, of_entity) - {ref}
    _add_states(actors, nodes, of_entity, kin)
    return ActorTable(
        tuple(sorted(actors, key=lambda a: a.id)),
        tuple(sorted(places, key=lambda p: p.id)),
        of_entity,
        {k: frozenset(v) for k, v in kin.items() if v},
        reasons,
    )


def _ref(members: list[Node], taken: dict[str, int]) -> str:
    """An id made of the key, or of name and first article; the same in every run on the same readings."""
    first = members[0]
    side = "place" if first.entity.type == "place" else "actor"
    keys = sorted({n.entity.key for n in members if n.entity.key})
    if keys:
        made = name_by_content(side, keys[0])
        number = taken.get(made, 0)
        taken[made] = number + 1
        return made if not number else name_by_content(side, keys[0], first.article, first.index)
    return name_by_content(side, _best_name(members), first.article, first.index)


def _best_name(members: list[Node]) -> str:
    """The name to show: the fullest usual one, in Latin letters and from an English article where there is one."""
    counts: Counter[str] = Counter()
    rank: dict[str, tuple[int, int]] = {}
    for node in members:
        name = node.entity.name
        counts[name] += max(1, len(node.mentions))
        rank[name] = min(rank.get(name, (9, 9)), (_is_foreign(name), int(node.language != "en")))
    full = [n for n in counts if len(n.split()) > 1] if members[0].entity.type == "person" else []
    pool = full or list(counts)
    return min(pool, key=lambda n: (rank[n], _is_mixed(n), -counts[n], -len(n), n))


@lru_cache(maxsize=200_000)
def _is_foreign(name: str) -> int:
    """0 for a name with a Latin letter, 1 for any other."""
    return 0 if any(script_of(c) == "latin" for c in name) else 1


def _forms(members: list[Node]) -> tuple[str, ...]:
    return tuple(sorted({f for n in members for f in n.entity.forms} | {n.entity.name for n in members}))


def _mentions(members: list[Node]) -> tuple[MentionRef, ...]:
    found = {(n.article, m.start, m.end) for n in members for m in n.mentions}
    return tuple(MentionRef(article=a, start=s, end=e) for a, s, e in sorted(found))


def _country(members: list[Node]) -> str | None:
    counts = Counter(n.entity.country for n in members if n.entity.country)
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None


def _place(ref: str, members: list[Node]) -> Place:
    key = next((n.entity.key for n in members if n.entity.key), None)
    at = coordinates_of(key) if key else None
    return Place(
        id=ref,
        name=_best_name(members),
        forms=_forms(members),
        lat=at[0] if at else None,
        lon=at[1] if at else None,
        country=_country(members),
        mentions=_mentions(members),
    )


def _actor(ref: str, members: list[Node], of_entity: Mapping[tuple[str, int], str]) -> Actor:
    types = Counter(n.entity.type for n in members)
    return Actor(
        id=ref,
        name=_best_name(members),
        type=min(types, key=lambda t: (-types[t], t)),
        forms=_forms(members),
        roles=_roles(members, of_entity),
        mentions=_mentions(members),
        country=_country(members),
    )


def _roles(members: list[Node], of_entity: Mapping[tuple[str, int], str]) -> tuple[Role, ...]:
    """Each role once, the most often told first; one that says of what before one that does not."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for node in members:
        for role in node.entity.roles:
            of = of_entity[node.article, role.of] if isinstance(role.of, int) else None
            counts[role.title, of] += 1
    told = {title for title, of in counts if of is not None}
    kept = [k for k in counts if k[1] is not None or k[0] not in told]
    kept.sort(key=lambda k: (-counts[k], k[0], k[1] or ""))
    return tuple(Role(title=title, of=of) for title, of in kept)


def _kin(members: Iterable[Node], of_entity: Mapping[tuple[str, int], str]) -> set[str]:
    found = set()
    for node in members:
        for owner in (
            node.entity.of,
            *(r.of for r in node.entity.roles if not r.title.startswith("former ")),
        ):
            if isinstance(owner, int):
                found.add(of_entity[node.article, owner])
    return found


def _add_states(
    actors: list[Actor], nodes: list[Node], of_entity: Mapping[tuple[str, int], str], kin: dict[str, set[str]]
) -> None:
    """Who belongs to a country acts for its state, where the case has it."""
    states = {
        n.entity.country: of_entity[n.article, n.index]
        for n in reversed(nodes)
        if n.entity.type == "state" and n.entity.country
    }
    for actor in actors:
        if actor.country in states and actor.type != "state":
            kin[actor.id].add(states[actor.country])
