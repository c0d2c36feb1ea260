"""Names of one article: which entities there are, of what type, under which forms. Anyone may add a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Entity
from dragoman.reading.marks import Names
from dragoman.reading.names import find_names
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

# language, text, [(type, name or key, forms that it must have)]
ENTITIES = [
    (
        "en",
        "Colonels led by Assimi Goita overthrew the government.",
        [("person", "Assimi Goita", {"Assimi Goita"})],
    ),
    (
        "fr",
        "Le premier ministre du Kosovo, Albin Kurti, a parlé. M. Kurti a dit oui.",
        [("person", "Albin Kurti", {"Albin Kurti"})],
    ),
    (
        "ru",
        "Президент Сирии Башар аль-Асад встретился с послом.",
        [("person", "Башар аль-Асад", {"Башар аль-Асад"})],
    ),
    (
        "ru",
        "Министерство иностранных дел Чада сообщило о встрече.",
        [("organisation", "Министерство иностранных дел Чада", {"Министерство иностранных дел Чада"})],
    ),
    (
        "en",
        "Brazilian President Marta Oliveira met Peruvian Foreign Minister Jorge Salas in Lima. "
        "Oliveira praised Mr. Salas and thanked Peru.",
        [
            ("person", "Marta Oliveira", {"Marta Oliveira", "Oliveira"}),
            ("person", "Jorge Salas", {"Jorge Salas", "Salas", "Mr. Salas"}),
            ("state", "country:PE", {"Peru"}),
            ("place", "city:3936456", {"Lima"}),
        ],
    ),
    (
        "en",
        "Andrei Kovalenko spoke first. Later Andrey Kovalenko left, and Kovalenkow, a namesake, stayed.",
        [("person", "Andrei Kovalenko", {"Andrei Kovalenko", "Andrey Kovalenko"})],
    ),
    (
        "en",
        "The Northern River Trust (NRT) sued the town. The NRT wants a new hearing.",
        [("organisation", "Northern River Trust", {"Northern River Trust", "NRT"})],
    ),
    (
        "en",
        "The African Union sent observers. The AU will report in May.",
        [("organisation", "org:african-union", {"African Union", "AU"})],
    ),
    (
        "en",
        "The Kenyan Ministry of Health closed the clinic. The Kenyan ministry gave no reason.",
        [("organisation", "ministry:KE/health", {"Kenyan Ministry of Health", "Kenyan ministry"})],
    ),
    (
        "fr",
        "Le président chilien Pablo Ferrer est arrivé à Lima. Ferrer y rencontrera le ministre péruvien de la "
        "Défense, Luis Quispe.",
        [
            ("person", "Pablo Ferrer", {"Pablo Ferrer", "Ferrer"}),
            ("person", "Luis Quispe", {"Luis Quispe"}),
            ("place", "city:3936456", {"Lima"}),
        ],
    ),
    (
        "fr",
        "L'Algérie a rappelé son ambassadeur. La Tunisie soutient l'Algérie, et l'ONU s'inquiète.",
        [
            ("state", "country:DZ", {"Algérie"}),
            ("state", "country:TN", {"Tunisie"}),
            ("organisation", "org:un", {"ONU"}),
        ],
    ),
    (
        "fr",
        "La Commission européenne a répondu lundi. La Commission attend la décision de Varsovie.",
        [
            ("organisation", "org:european-commission", {"Commission européenne", "Commission"}),
            ("state", "country:PL", {"Varsovie"}),
        ],
    ),
    (
        "ru",
        "Президент Чили Пабло Феррер прибыл в Лиму. В Лиме Пабло Феррера встретил министр обороны Перу.",
        [
            ("person", "Пабло Феррер", {"Пабло Феррер", "Пабло Феррера"}),
            ("place", "city:3936456", {"Лиму", "Лиме"}),
        ],
    ),
    (
        "ru",
        "Казахстан закрыл границу с Киргизией. По словам Астаны, Бишкек был предупреждён.",
        [("state", "country:KZ", {"Казахстан", "Астаны"}), ("state", "country:KG", {"Киргизией", "Бишкек"})],
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ENTITIES)
def test_finds_entities(
    language: str, text: str, wanted: list[tuple[str, str, set[str]]], parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    for kind, which, forms in wanted:
        fitting = [e for e in names.entities if e.type == kind and which in (e.name, e.key)]
        assert len(fitting) == 1, (which, [(e.type, e.name, e.key) for e in names.entities])
        assert forms <= set(fitting[0].forms), fitting[0]


# language, text, the name's words, "actor" or "place"
SIDES = [
    ("en", "Nairobi announced new tariffs on steel.", "Nairobi", "actor"),
    ("en", "The ministers met in Nairobi on Monday.", "Nairobi", "place"),
    ("en", "Talks between Nairobi and Kampala collapsed.", "Kampala", "actor"),
    ("en", "Ties with Nairobi have cooled.", "Nairobi", "actor"),
    ("en", "The queen visited Nairobi last spring.", "Nairobi", "place"),
    ("en", "Nairobi's decision surprised investors.", "Nairobi", "actor"),
    ("en", "The streets of Nairobi were empty.", "Nairobi", "place"),
    ("en", "A Nairobi-backed militia took the bridge.", "Nairobi", "actor"),
    ("en", "The plane flew to Nairobi.", "Nairobi", "place"),
    ("fr", "Trois villages près de Rabat ont été inondés.", "Rabat", "place"),
    ("en", "The fire began south of Nairobi.", "Nairobi", "place"),
    ("fr", "Rabat a rompu ses relations avec Téhéran.", "Rabat", "actor"),
    ("fr", "Les ministres se sont réunis à Rabat.", "Rabat", "place"),
    ("fr", "Le conflit entre Rabat et Alger dure depuis des années.", "Alger", "actor"),
    ("fr", "La délégation a demandé à Rabat de céder.", "Rabat", "actor"),
    ("ru", "Рабат разорвал отношения с Тегераном.", "Рабат", "actor"),
    ("ru", "Министры встретились в Рабате.", "Рабате", "place"),
    ("ru", "Переговоры между Рабатом и Мадридом сорваны.", "Мадридом", "actor"),
]


@pytest.mark.parametrize(("language", "text", "word", "side"), SIDES)
def test_tells_the_government_from_the_city(
    language: str, text: str, word: str, side: str, parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    found = entity_at(names, text.index(word))
    assert found.type == ("state" if side == "actor" else "place"), found


# language, text, the words of the mention, sort of entity, its key
NOMINALS = [
    ("en", "Rwandan troops crossed the border.", "Rwandan troops", "armed_force", "force:RW/general"),
    (
        "en",
        "French peacekeeping soldiers left the camp.",
        "French peacekeeping soldiers",
        "armed_force",
        "force:FR/peacekeeping",
    ),
    ("en", "The Ghanaian authorities denied it.", "Ghanaian authorities", "state", "country:GH"),
    ("en", "Kurdish separatists attacked a post.", "separatists", "group", None),
    (
        "en",
        "The Georgian parliament rejected the bill.",
        "Georgian parliament",
        "organisation",
        "parliament:GE",
    ),
    (
        "fr",
        "Les soldats rwandais ont traversé la frontière.",
        "soldats rwandais",
        "armed_force",
        "force:RW/general",
    ),
    (
        "fr",
        "Les forces de maintien de la paix indiennes sont parties.",
        "forces de maintien de la paix indiennes",
        "armed_force",
        "force:IN/peacekeeping",
    ),
    ("fr", "Les autorités ghanéennes ont démenti.", "autorités ghanéennes", "state", "country:GH"),
    (
        "fr",
        "Le ministère suédois de la Santé a publié un rapport.",
        "ministère suédois",
        "organisation",
        "ministry:SE/health",
    ),
    ("ru", "Руандийские войска перешли границу.", "Руандийские войска", "armed_force", "force:RW/general"),
    (
        "ru",
        "Индийские миротворцы покинули лагерь.",
        "Индийские миротворцы",
        "armed_force",
        "force:IN/peacekeeping",
    ),
    ("ru", "Правительство Ганы опровергло сообщения.", "Правительство Ганы", "state", "country:GH"),
    ("ru", "Минобороны Швеции опубликовало отчёт.", "Минобороны", "organisation", "ministry:SE/defence"),
]


@pytest.mark.parametrize(("language", "text", "words", "kind", "key"), NOMINALS)
def test_reads_who_acts_for_a_state(
    language: str, text: str, words: str, kind: str, key: str | None, parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    found = entity_at(names, text.index(words) + len(words) - 1)
    assert (found.type, found.key if key else None) == (kind, key), names


def test_one_force_under_several_words(parse_in: Parse) -> None:
    text = (
        "Indian peacekeepers reached the valley in May. The Indian peacekeeping contingent has 900 men. "
        "Indian soldiers will stay until winter."
    )
    names = find_names(parse_in("en", text))
    forces = [e for e in names.entities if e.type == "armed_force"]
    assert [e.key for e in forces] == ["force:IN/peacekeeping"]
    assert set(forces[0].forms) == {
        "Indian peacekeepers",
        "Indian peacekeeping contingent",
        "Indian soldiers",
    }
    assert names.entities[forces[0].of or 0].key == "country:IN"


def test_two_bearers_of_a_surname_stay_two(parse_in: Parse) -> None:
    text = "Carlos Mendoza won the vote. His father, Rafael Mendoza, had lost it twice. Mendoza thanked the crowd."
    names = find_names(parse_in("en", text))
    people = {e.name: e for e in names.entities if e.type == "person"}
    assert set(people) == {"Carlos Mendoza", "Rafael Mendoza"}
    assert "Mendoza" in people["Carlos Mendoza"].forms


def test_leaning_towards_a_state_is_not_being_of_it(parse_in: Parse) -> None:
    names = find_names(parse_in("en", "Pro-Egyptian militants seized the radio station."))
    assert not any(e.key == "force:EG/general" or e.key == "group:militant/EG" for e in names.entities)


def entity_at(names: Names, position: int) -> Entity:
    mention = names.at(position)
    assert mention is not None and mention.entities, names.mentions
    return names.entities[mention.entities[0]]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize(
    "text", ["", " ", "…", "1234", "\u200f\u200f", "A", "Я", "((((((", "Mr.", "the the the"]
)
def test_reads_any_text(language: str, text: str, parse_in: Parse) -> None:
    names = find_names(parse_in(language, text))
    for before, after in zip(names.mentions, names.mentions[1:], strict=False):
        assert before.end <= after.start


def test_a_whole_name_is_taken_where_one_voice_hears_only_its_end(parse_in: Parse) -> None:
    text = (
        "Il a suffi de trois ans pour que la Russie perde le rôle d'arbitre qu'elle s'était donné dans le Caucase "
        "du Sud. Ilham Aliyev, au pouvoir depuis 2003, n'a plus besoin d'elle."
    )
    names = find_names(parse_in("fr", text))
    assert "Ilham Aliyev" in [m.text for m in names.mentions]


def test_a_capital_that_leans_on_somebody_is_a_state(parse_in: Parse) -> None:
    text = "Bakou, à l'inverse, s'appuie sur la Turquie."
    names = find_names(parse_in("fr", text))
    assert [names.entities[e].type for m in names.mentions[:1] for e in m.entities] == ["state"]


ALIASES = [
    (
        "en",
        "Shells hit Stepanakert, the main town, which Azerbaijan calls Khankendi, at dawn.",
        {"Stepanakert", "Khankendi"},
    ),
    ("en", "A team visited Derry, Doire in Irish, on Sunday.", {"Derry", "Doire"}),
    (
        "fr",
        "Des obus ont touché Stepanakert, que l'Azerbaïdjan appelle Khankendi.",
        {"Stepanakert", "Khankendi"},
    ),
    (
        "ru",
        "Утром по Степанакерту, который в Баку называют Ханкенди, был нанесён удар.",
        {"Степанакерту", "Ханкенди"},
    ),
    ("en", "The minister visited Lima, Quito and Bogota, which Peru calls on to pay.", {"Lima"}),
]


@pytest.mark.parametrize(("language", "text", "forms"), ALIASES)
def test_what_others_call_a_place_is_its_name(
    language: str, text: str, forms: set[str], parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    assert forms in [set(e.forms) for e in names.entities]


PEACEKEEPERS = [
    ("en", "Russian soldiers left the region. The withdrawal of the peacekeepers was planned."),
    ("fr", "Les soldats russes ont quitté le pays. Le retrait des soldats de la paix a été décidé."),
]


@pytest.mark.parametrize(("language", "text"), PEACEKEEPERS)
def test_peacekeepers_are_those_of_the_one_state_whose_forces_are_spoken_of(
    language: str, text: str, parse_in: Parse
) -> None:
    names = find_names(parse_in(language, text))
    forces = [e for e in names.entities if e.type == "armed_force"]
    assert len(forces) == 1
    assert forces[0].of is not None
