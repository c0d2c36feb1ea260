"""Sentences of our own for kinds of faults that users of such tools reported: each is read by all stages.

A row: language, text, and what must hold, as `field: words` for what is told and `no field: words` for what is not:
`event` is "TYPE status trigger", `promise` and `name` are the words, `who` is a doer of any event.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Article, When
from dragoman.reading.reader import State, stages_of
from dragoman.reading.syntax import Syntax

TODAY = "2024-06-12"

ROWS: list[tuple[str, str, list[str]]] = [
    # what is to come is planned, whatever its tense
    ("en", "The envoy visits Lima on Friday.", ["event: CONSULT planned visits"]),
    ("en", "Ministers meet next week in Lima.", ["event: CONSULT planned meet"]),
    ("ru", "Посол в пятницу посещает Лиму.", ["event: CONSULT planned посещает"]),
    # accidents are no attacks, unless the article tells of one
    ("en", "An explosion at the port injured four workers.", ["no event: ASSAULT"]),
    ("en", "A bomb killed four on Monday. The explosion injured six.", ["event: ASSAULT happened injured"]),
    ("fr", "Une explosion dans le port a blessé quatre ouvriers.", ["no event: ASSAULT"]),
    ("ru", "Взрыв в порту ранил четырёх рабочих.", ["no event: ASSAULT"]),
    ("en", "The storm left 123 injured.", ["no event: ASSAULT"]),
    # figures of speech are no violence
    ("en", "The union promised a legal battle against the ministry.", ["no event: ASSAULT"]),
    ("en", "Farmers vowed a legal war against the state.", ["no event: ASSAULT", "no event: THREATEN"]),
    ("fr", "Le syndicat a promis une bataille juridique contre le ministère.", ["no event: ASSAULT"]),
    ("ru", "Профсоюз пообещал министерству судебную войну.", ["no event: ASSAULT"]),
    # who flees takes nothing, who leaves an alliance agrees to nothing
    ("en", "Refugees fleeing the fighting seized a school.", ["no event: ASSAULT"]),
    ("en", "Refugees visited Lima.", ["no event: CONSULT"]),
    ("en", "Peru will leave the alliance in May 2025.", ["no event: AGREE"]),
    ("fr", "Le Pérou quittera l'alliance en mai 2025.", ["no event: AGREE"]),
    # what is denied is denied, a day does nothing
    ("en", "Peru denied that it had struck civilian targets.", ["event: ASSAULT denied had struck"]),
    ("fr", "Lima a nié avoir frappé des cibles civiles.", ["event: ASSAULT denied avoir frappé"]),
    ("en", "Sunday's drone attack on the base killed six soldiers.", ["no who: Sunday's"]),
    # forecasts by observers are no promises
    ("en", "Analysts expect that Chile will withdraw its troops by May 2027.", ["no promise: "]),
    (
        "en",
        "Chile said it would withdraw its troops by May 2027.",
        ["promise: withdraw its troops by May 2027"],
    ),
    ("fr", "Les observateurs estiment que le Chili retirera ses troupes en mai 2027.", ["no promise: "]),
    ("ru", "Аналитики полагают, что Чили выведет войска в мае 2027 года.", ["no promise: "]),
    # an office and the name of who holds it are one speaker
    (
        "en",
        "The harbour minister, Clara Voss, said the ferries were safe.",
        ["said: The harbour minister, Clara Voss: the ferries were safe"],
    ),
    (
        "fr",
        "Le gouverneur, Jean Morel, a affirmé que le port était ouvert.",
        ["said: Le gouverneur, Jean Morel: le port était ouvert"],
    ),
    # names
    (
        "en",
        "President Dumont Joins Minister Kessler In Geneva To Sign Peace Accord With Rebels",
        ["name: Dumont", "name: Kessler", "no name: Dumont Joins"],
    ),
    ("ru", "Суд продлил арест Абдурахмановой Натальи Петровны.", ["name: Абдурахмановой Натальи Петровны"]),
    ("ru", "Во Владимире введён комендантский час.", ["name: Владимире", "no name: Во Владимире"]),
    (
        "fr",
        "Le ministre de la Défense, Paul Sorel, a quitté la salle.",
        ["office: Paul Sorel defence minister"],
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS, ids=[text[:50] for _, text, _ in ROWS])
def test_is_read_so(
    parse_in: Callable[[str, str], Syntax], language: str, text: str, wanted: list[str]
) -> None:
    day = When(start=TODAY, end=TODAY, basis="stated")
    article = Article(id="a", path="-", text=text, raw=text, language=language, published=day)
    state, faults = stages_of(article, parse_in(language, text))
    assert faults == ()
    told = _told(state, text)
    for want in wanted:
        field, _, words = want.removeprefix("no ").partition(": ")
        found = [words for name, told_words in told if name == field and told_words.startswith(words)]
        if field in ("name", "who"):
            found = [w for name, w in told if name == field and w == words]
        assert bool(found) != want.startswith("no "), (want, told)


def _told(state: State, text: str) -> list[tuple[str, str]]:
    """What was found. Events are those of the rules: what is told of them besides is for the encoder's weights."""
    events, names = state["by_rules"], state["names"]
    found = [("event", f"{e.type} {e.status} {text[e.trigger.start : e.trigger.end]}") for e in events]
    found += [("who", text[a.start : a.end]) for e in events for a in e.who]
    found += [("promise", text[c.what.start : c.what.end]) for c in state["commitments"]]
    found += [("name", m.text) for m in names.mentions if m.kind == "name"]
    found += [("office", f"{e.name} {r.title}") for e in names.entities for r in e.roles]
    for s in state["statements"]:
        speaker = text[s.speaker.start : s.speaker.end] if s.speaker else "nobody"
        found += [("said", f"{speaker}: {text[c.start : c.end]}") for c in s.content]
    return found
