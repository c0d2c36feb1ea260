"""References: which entities a pronoun, a role or a description means. `[...]` marks the reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.reading.names import find_names
from dragoman.reading.syntax import Syntax

Parse = Callable[[str, str], Syntax]

# language, text with the reference in brackets, names or keys of what it means; empty: it must stay open
REFERENCES = [
    (
        "en",
        "Mali expelled an envoy in January, and in May the junta tore up the accords. Germany halted its flights. "
        "The [junta] had refused them.",
        {"country:ML"},
    ),
    ("en", "Rebels hold Goma. The army wants the miners living [there] to leave.", {"city:216281"}),
    ("fr", "L'armée a pris Goma. Elle [y] a arrêté deux juges.", {"city:216281"}),
    ("fr", "Le journal La Croix dit que l'[on] ne vote plus.", set()),
    (
        "fr",
        "« C'est fini », a dit ce chef, Paul Novak, dans un message. Le [dirigeant] libyen a refusé de partir.",
        set(),
    ),
    ("en", "Amina Odhiambo visited Peru. [She] praised the harvest.", {"Amina Odhiambo"}),
    ("en", "Jorge Salas lost the vote, and [his] party split.", {"Jorge Salas"}),
    ("en", "Chile recalled [its] ambassador from Lima.", {"country:CL"}),
    ("en", "To calm [its] creditors, Ghana sold two ports.", {"country:GH"}),
    ("en", "Norway and Sweden signed a treaty. [They] will share a radar.", {"country:NO", "country:SE"}),
    (
        "en",
        "Norway and Sweden signed a treaty. The two [countries] will share a radar.",
        {"country:NO", "country:SE"},
    ),
    (
        "en",
        "Talks between Oslo and Stockholm failed. Both [sides] blamed the weather.",
        {"country:NO", "country:SE"},
    ),
    (
        "en",
        "Kenyan President Amina Odhiambo met Chilean President Pablo Ferrer. The two [leaders] shook hands.",
        {"Amina Odhiambo", "Pablo Ferrer"},
    ),
    (
        "en",
        "Kenyan President Amina Odhiambo flew to Lima. The [president] will stay for two days.",
        {"Amina Odhiambo"},
    ),
    (
        "en",
        "Amina Odhiambo, the Kenyan president, met Pablo Ferrer, the Chilean president. "
        "The Chilean [leader] left early.",
        {"Pablo Ferrer"},
    ),
    ("en", "Kenyan President Amina Odhiambo returned to her [country].", {"country:KE"}),
    ("en", "Fighting spread in Kashmir. The [region] has seen three wars.", {"territory:kashmir"}),
    ("en", "India sent [its] [troops] home.", {"force:IN/general"}),
    ("en", "It is clear that [it] will rain.", set()),
    ("fr", "Pablo Ferrer a perdu le vote, et [son] parti s'est divisé.", {"Pablo Ferrer"}),
    ("fr", "La Norvège a rappelé [ses] troupes.", {"country:NO"}),
    (
        "fr",
        "Le président chilien Pablo Ferrer a rencontré le président kényan Daniel Odhiambo. "
        "Les deux [dirigeants] ont dîné.",
        {"Pablo Ferrer", "Daniel Odhiambo"},
    ),
    (
        "fr",
        "La Norvège et la Suède ont signé un traité. Les deux [pays] partageront un radar.",
        {"country:NO", "country:SE"},
    ),
    (
        "fr",
        "Le président chilien Pablo Ferrer est arrivé. Le [dirigeant] chilien restera deux jours.",
        {"Pablo Ferrer"},
    ),
    ("ru", "Амина Одиамбо посетила Перу. [Она] похвалила урожай.", {"Амина Одиамбо"}),
    ("ru", "Норвегия и Швеция подписали договор. Обе [страны] получат радар.", {"country:NO", "country:SE"}),
]


@pytest.mark.parametrize(("language", "marked", "wanted"), REFERENCES)
def test_resolves_references(language: str, marked: str, wanted: set[str], parse_in: Parse) -> None:
    text = marked.replace("[", "").replace("]", "")
    start = (
        marked.rindex("[") - marked[: marked.rindex("[")].count("[") - marked[: marked.rindex("[")].count("]")
    )
    names = find_names(parse_in(language, text))
    mention = names.at(start)
    meant = (
        set()
        if mention is None
        else {names.entities[e].key or names.entities[e].name for e in mention.entities}
    )
    assert meant == wanted, names.mentions


def test_close_rivals_stay_open(parse_in: Parse) -> None:
    text = "Jorge Salas and Pablo Ferrer argued. He left."
    names = find_names(parse_in("en", text))
    mention = names.at(text.index("He left"))
    assert mention is not None and mention.entities == ()


def test_every_reference_names_its_rule(parse_in: Parse) -> None:
    text = "Norway sent its troops to the border. They stayed until May."
    for mention in find_names(parse_in("en", text)).mentions:
        assert mention.rule


def test_a_reference_is_held_against_the_nearest_alone(parse_en: Any) -> None:
    """As many in one sentence as somebody likes to write took time by the square of their number."""
    from dragoman.reading.names.coreference.discourse import NEAREST, WINDOW, Discourse

    syntax = parse_en("Ann Lee left, " + "she said that " * 600 + "she met the crew.")
    asked: list[int] = []
    before = Discourse.before

    def noted(self: Any, i: int, window: int = WINDOW) -> Any:
        found = before(self, i, window)
        asked.append(len(found))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Discourse, "before", noted)
        find_names(syntax)
    assert max(asked) == NEAREST
