"""Actors and places across articles: what is one, what stays two, and that neither order nor noise matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.actors import ActorTable, link_actors
from dragoman.linking.clusters import Clusters
from dragoman.linking.memory import Memory
from dragoman.linking.organisation_links import one_organisation, signature
from dragoman.linking.person_links import PersonLinks
from dragoman.model import Decision, Entity, EntityType, Mention, Reading, Role, Target
from dragoman.naming.blocking import candidate_pairs, keys
from dragoman.reading.names import find_names
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]


def entity(name: str, kind: EntityType = "person", key: str | None = None, **more: object) -> Entity:
    return Entity(name=name, type=kind, forms=(name,), key=key, **more)  # type: ignore[arg-type]  # test shorthand


def reading(article: str, *entities: Entity, language: str = "en") -> Reading:
    """Each entity mentioned once, at 10, 20, 30 ..."""
    mentions = tuple(
        Mention(start=10 * n, end=10 * n + 5, text=e.name, entities=(n - 1,))
        for n, e in enumerate(entities, 1)
    )
    return Reading(article=article, language=language, entities=entities, mentions=mentions)


def groups(table: ActorTable, readings: Sequence[Reading]) -> set[frozenset[str]]:
    """Which names of which articles are one, as `article:name`."""
    found: dict[str, set[str]] = {}
    for r in readings:
        for n, e in enumerate(r.entities):
            found.setdefault(table.ref(r.article, n), set()).add(f"{r.article}:{e.name}")
    return {frozenset(g) for g in found.values()}


RUSSIA = entity("Russia", "state", "country:RU", country="RU")
CHILE = entity("Chile", "state", "country:CL", country="CL")

# what stands in each article -> the groups
CASES = [
    # one person in three scripts and two spellings
    (
        [[entity("Nikita Sokolov")], [entity("Никита Соколов")], [entity("Nikita Sokolow")]],
        [{"0:Nikita Sokolov", "1:Никита Соколов", "2:Nikita Sokolow"}],
    ),
    # two given names with one surname are two; the bare surname is left alone
    (
        [[entity("Nikita Sokolov")], [entity("Pavel Sokolov")], [entity("Sokolov")]],
        [{"0:Nikita Sokolov"}, {"1:Pavel Sokolov"}, {"2:Sokolov"}],
    ),
    # the only bearer takes the bare surname
    ([[entity("Nikita Sokolov")], [entity("Sokolov")]], [{"0:Nikita Sokolov", "1:Sokolov"}]),
    # a like surname of the same script is no surname
    ([[entity("Nikita Rosen")], [entity("Rosan")]], [{"0:Nikita Rosen"}, {"1:Rosan"}]),
    # a given name is no proof
    ([[entity("Nikita Sokolov")], [entity("Nikita")]], [{"0:Nikita Sokolov"}, {"1:Nikita"}]),
    # a name that mixes scripts is joined to nothing
    ([[entity("Nikita Sokolov")], [entity("Nikitа Sokolov")]], [{"0:Nikita Sokolov"}, {"1:Nikitа Sokolov"}]),
    # keys join, places and actors stay apart
    (
        [[CHILE], [entity("Chili", "state", "country:CL")], [entity("Chile", "place", "country:CL")]],
        [{"0:Chile", "1:Chili"}, {"2:Chile"}],
    ),
    # organisations of two languages by what their names say
    (
        [
            [entity("Salta National University", "organisation")],
            [entity("Université nationale de Salta", "organisation")],
            [entity("Salta Central Bank", "organisation")],
        ],
        [{"0:Salta National University", "1:Université nationale de Salta"}, {"2:Salta Central Bank"}],
    ),
]
LANGUAGES = ("en", "ru", "fr")


@pytest.mark.parametrize(("articles", "wanted"), CASES)
def test_joins(articles: list[list[Entity]], wanted: list[set[str]]) -> None:
    spoken = ["fr" if any("Univ" in e.name and "é" in e.name for e in es) else "en" for es in articles]
    readings = [reading(str(n), *es, language=spoken[n]) for n, es in enumerate(articles)]
    assert groups(link_actors(readings), readings) == {frozenset(w) for w in wanted}


def test_states_speak_against_a_bare_surname() -> None:
    known = entity("Nikita Sokolov", roles=(Role(title="president", of=1),))
    other = entity("Sokolov", roles=(Role(title="president", of=1),))
    readings = [reading("a", known, RUSSIA), reading("b", other, CHILE)]
    assert link_actors(readings).ref("a", 0) != link_actors(readings).ref("b", 0)


def test_record_holds_forms_roles_and_mentions() -> None:
    readings = [
        reading("a", entity("Nikita Sokolov", roles=(Role(title="president", of=1),)), RUSSIA),
        reading("b", entity("Никита Соколов"), language="ru"),
    ]
    table = link_actors(readings)
    actor = next(a for a in table.actors if a.type == "person")
    assert actor.name == "Nikita Sokolov"
    assert actor.forms == ("Nikita Sokolov", "Никита Соколов")
    assert [(r.title, r.of) for r in actor.roles] == [("president", table.ref("a", 1))]
    assert [(m.article, m.start) for m in actor.mentions] == [("a", 10), ("b", 10)]
    assert table.stands_for(actor.id) == {actor.id, table.ref("a", 1)}
    assert table.why[actor.id]


MANY = [
    reading("a", entity("Nikita Sokolov"), entity("Sokolova"), RUSSIA),
    reading("b", entity("Никита Соколов"), CHILE, language="ru"),
    reading("c", entity("Sokolov"), entity("Pavel Orlov"), entity("Salta", "place", "city:1")),
    reading(
        "d", entity("P. Orlov"), entity("Orlov"), entity("demonstrators", "group", "group:protester/"), RUSSIA
    ),
    reading(
        "e",
        entity("Павла Орлова"),
        entity("demonstrators", "group", "group:protester/"),
        RUSSIA,
        language="ru",
    ),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(MANY))
def test_order_of_articles_changes_nothing(shuffled: list[Reading]) -> None:
    first, second = link_actors(MANY), link_actors(shuffled)
    assert first.actors == second.actors and first.places == second.places
    assert dict(first.of_entity) == dict(second.of_entity)


def target(article: str, start: int, kind: str = "actor") -> Target:
    return Target(kind=kind, article=article, start=start, end=start + 5)  # type: ignore[arg-type]  # a literal


def test_decisions_are_obeyed_and_the_last_word_counts() -> None:
    readings = [reading("a", entity("Nikita Sokolov")), reading("b", entity("Pavel Orlov"))]
    join = Decision(kind="join", targets=(target("a", 10), target("b", 10)))
    split = Decision(kind="split", targets=(target("a", 10), target("b", 10)))

    def joined(*decisions: Decision) -> bool:
        table = link_actors(readings, decisions)
        return table.ref("a", 0) == table.ref("b", 0)

    assert not joined()
    assert joined(join)
    assert not joined(join, split)
    assert joined(split, join)


def test_a_split_outweighs_every_rule() -> None:
    readings = [
        reading("a", CHILE),
        reading("b", CHILE),
        reading("c", entity("Lev Orlov")),
        reading("d", entity("Lev Orlov")),
    ]
    split = [
        Decision(kind="split", targets=(target("a", 10), target("b", 10))),
        Decision(kind="split", targets=(target("c", 10), target("d", 10))),
    ]
    table = link_actors(readings, split)
    assert table.ref("a", 0) != table.ref("b", 0)
    assert table.ref("c", 0) != table.ref("d", 0)


def test_one_story_in_three_languages(parse_in: Parse) -> None:
    texts = {
        "en": "Kenyan President Amina Odhiambo visited Lima. Odhiambo thanked Peru and the European Union.",
        "fr": "La présidente kényane Amina Odhiambo s'est rendue à Lima. "
        "Odhiambo a remercié le Pérou et l'Union européenne.",
        "ru": "Президент Кении Амина Одиамбо посетила Лиму. Амина Одиамбо поблагодарила Перу и Европейский союз.",
    }
    readings = []
    for language, text in texts.items():
        names = find_names(parse_in(language, text))
        readings.append(
            Reading(article=language, language=language, entities=names.entities, mentions=names.mentions)
        )
    table = link_actors(readings)
    in_all = [a for a in table.actors if {m.article for m in a.mentions} == set(texts)]
    assert {a.name for a in in_all} == {"Amina Odhiambo", "Kenya", "Peru", "European Union"}
    lima = next(p for p in table.places if p.name == "Lima")
    assert set(lima.forms) >= {"Lima", "Лиму"} and lima.lat is not None and -13 < lima.lat < -11


# --- the parts


def test_spellings_share_a_block() -> None:
    for a, b in [
        ("Nikita Sokolov", "Никиты Соколова"),
        ("Youri Jouravliov", "Yuri Zhuravlyov"),
        ("Henry Hunt", "Генри Хант"),
        ("Guido Guardi", "Гвидо Гварди"),
        ("Giorgi Lomidze", "გიორგი ლომიძე"),
    ]:
        assert set(keys(a)) & set(keys(b)), (a, b, keys(a), keys(b))


def test_pairs_grow_in_proportion_to_names() -> None:
    consonants, vowels = "bdgklmnprstvz", "aeiou"
    words = [
        f"{a}{v}{b}{w}{c}"
        for a in consonants
        for v in vowels
        for b in consonants
        for w in vowels
        for c in "nrs"
    ]
    names = [f"{words[i * 7 % len(words)].title()} {words[i * 13 % len(words)].title()}" for i in range(2000)]
    few = sum(1 for _ in candidate_pairs(names[:500]))
    many = sum(1 for _ in candidate_pairs(names))
    assert many <= 40 * len(names) and few <= many


def test_organisations_say_the_same() -> None:
    one = signature("Salta Football Federation", "en")
    assert one_organisation(one, signature("Fédération de football de Salta", "fr"))
    assert one_organisation(one, signature("Федерация футбола Сальты", "ru"))
    assert not one_organisation(one, signature("Fédération de football de Lima", "fr"))
    assert not one_organisation(one, signature("Banque centrale de Salta", "fr"))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=30))
def test_walls_hold(moves: list[tuple[int, int, bool]]) -> None:
    clusters = Clusters(10)
    walls = []
    for a, b, wall in moves:
        if wall:
            if clusters.find(a) != clusters.find(b):
                clusters.wall(a, b)
                walls.append((a, b))
        else:
            assert clusters.join(a, b) == (clusters.find(a) == clusters.find(b))
    assert not any(clusters.find(a) == clusters.find(b) or clusters.join(a, b) for a, b in walls)


def test_initials_join_their_bearer() -> None:
    links = PersonLinks(
        ["Pavel Orlov", "P. Orlov", "N. Orlov"],
        [frozenset()] * 3,
        [frozenset()] * 3,
        ["a", "b", "c"],
        Memory().score,
    )
    assert {(a, b) for a, b, _ in links.find()} == {(0, 1)}
