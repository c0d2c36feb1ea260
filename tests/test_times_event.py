"""When the deed of each clause took place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import When
from dragoman.reading.clauses import find_clauses
from dragoman.reading.event_time import time_clauses
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

ParseIn = Callable[[str, str], Syntax]
TODAY = When(start="2024-06-12", end="2024-06-12", basis="stated")


def times_of(
    parse_in: ParseIn, language: str, text: str, published: When | None = TODAY
) -> dict[str, When | None]:
    """Lemma of each clause -> its time."""
    syntax = parse_in(language, text)
    clauses = find_clauses(syntax)
    times = resolve_times(syntax, spot_times(syntax), published)
    whens = time_clauses(syntax, clauses, times, published)
    assert len(whens) == len(clauses)
    return {c.lemma: w for c, w in zip(clauses, whens, strict=True)}


def days(when: When | None) -> tuple[str | None, str | None, str] | None:
    return (when.start, when.end, when.basis) if when else None


CASES = [
    # its own time
    ("en", "The army bombed the port on Monday.", "bomb", ("2024-06-10", "2024-06-10", "relative")),
    (
        "fr",
        "Les rebelles ont attaqué la ville le 3 mai 2021.",
        "attaquer",
        ("2021-05-03", "2021-05-03", "stated"),
    ),
    ("ru", "Армия обстреляла порт в понедельник.", "обстрелять", ("2024-06-10", "2024-06-10", "relative")),
    # told on from a date, but longer, or before it
    ("en", "In January 2013 the army took the port. Ten men were killed over nine years.", "kill", None),
    (
        "fr",
        "Le Tchad a quitté la ligue en 2008. La ligue avait bombardé le port.",
        "bombarder",
        (None, "2008-12-31", "bounded"),
    ),
    # what is due on a weekday is to come
    (
        "fr",
        "Le président kényan a convoqué pour lundi un sommet.",
        "convoquer",
        ("2024-06-17", "2024-06-17", "relative"),
    ),
    (
        "ru",
        "В понедельник в Хартум должен прибыть посланник.",
        "прибыть",
        ("2024-06-17", "2024-06-17", "relative"),
    ),
    # the day at the end of the object
    (
        "ru",
        "Стороны уже подписывали соглашение о прекращении огня 20 мая.",
        "подписывать",
        ("2024-05-20", "2024-05-20", "inferred"),
    ),
    # a stretch
    ("en", "The two armies fought from 2014 to 2016.", "fight", ("2014-01-01", "2016-12-31", "stated")),
    # open ends
    ("en", "Troops have occupied the valley since May 2021.", "occupy", ("2021-05-01", None, "stated")),
    ("en", "Rebels occupied the valley until 2016.", "occupy", (None, "2016-12-31", "stated")),
    # the participle before the time has it, not the verb behind
    (
        "en",
        "Soldiers deployed there since 2020 left the camp on Monday.",
        "deploy",
        ("2020-01-01", None, "stated"),
    ),
    (
        "en",
        "Soldiers deployed there since 2020 left the camp on Monday.",
        "leave",
        ("2024-06-10", "2024-06-10", "relative"),
    ),
    # nouns take their own modifiers
    (
        "en",
        "The minister praised the November 2020 ceasefire.",
        "ceasefire",
        ("2020-11-01", "2020-11-30", "stated"),
    ),
    # coordinated clauses share
    (
        "en",
        "In May 2021 rebels seized the town and burned the bridge.",
        "burn",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # participles share
    (
        "en",
        "In May 2021 rebels attacked the town, killing two people.",
        "kill",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # then, since then
    (
        "en",
        "Rebels seized the town in May 2021. The army then deployed tanks.",
        "deploy",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    (
        "en",
        "Rebels seized the town in May 2021. Since then, traders have fled.",
        "flee",
        ("2021-05-01", "2024-06-12", "inferred"),
    ),
    # told on from a dated clause in the same paragraph
    (
        "en",
        "On May 14 the envoys met in Oslo. They signed a treaty.",
        "sign",
        ("2024-05-14", "2024-05-14", "inferred"),
    ),
    # nothing told: about the article's own day
    ("en", "The army bombed the port.", "bomb", ("2024-06-10", "2024-06-12", "inferred")),
    ("fr", "Les rebelles ont attaqué la ville.", "attaquer", ("2024-06-10", "2024-06-12", "inferred")),
    # what lies ahead is only bounded
    ("en", "The army will bomb the port.", "bomb", ("2024-06-12", None, "bounded")),
    # a relative clause in the present holds now; an answer follows what it answers
    ("en", "The envoy met the king, who rules the island.", "rule", ("2024-06-12", "2024-06-12", "inferred")),
    (
        "en",
        "Rebels seized the town in May 2021. In response, the army bombed the port.",
        "bomb",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    (
        "fr",
        "Les rebelles ont pris la ville en mai 2021.\n\nEn réponse, le roi a fermé la frontière.",
        "fermer",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # the clause that sets the scene, before or behind; a relative clause within a time
    (
        "en",
        "When rebels stormed the port on May 3, 2021, the guards fled.",
        "flee",
        ("2021-05-03", "2021-05-03", "inferred"),
    ),
    (
        "fr",
        "Quand les rebelles ont pris le port le 3 mai 2021, les gardes ont fui.",
        "fuir",
        ("2021-05-03", "2021-05-03", "inferred"),
    ),
    (
        "ru",
        "Когда повстанцы захватили порт 3 мая 2021 года, охрана бежала.",
        "бежать",
        ("2021-05-03", "2021-05-03", "inferred"),
    ),
    (
        "en",
        "The firm lost its licence in May 2021, when rebels seized the port.",
        "seize",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # up to then, since then
    ("en", "Most traders had fled by the end of May.", "flee", (None, "2024-05-31", "relative")),
    (
        "en",
        "The port has been guarded by soldiers since the ceasefire of May 3, 2021.",
        "guard",
        ("2021-05-03", None, "inferred"),
    ),
    # the occasion has the time of its verb
    (
        "fr",
        "Lundi, lors d'une visite à Lisbonne, le roi a salué l'accord.",
        "visite",
        ("2024-06-10", "2024-06-10", "inferred"),
    ),
    (
        "ru",
        "В ходе встречи в понедельник король поддержал план.",
        "встреча",
        ("2024-06-10", "2024-06-10", "relative"),
    ),
    # what is raised as possible is news of that day
    (
        "en",
        "The king raised on Monday the possibility of his country leaving the union.",
        "leave",
        ("2024-06-10", "2024-06-10", "inferred"),
    ),
    # what is told of the past, or reported, is only no later
    (
        "en",
        "The sale, which began in early April, was approved by the king.",
        "approve",
        (None, "2024-06-12", "bounded"),
    ),
    ("en", "Two people were killed, the police said.", "kill", (None, "2024-06-12", "bounded")),
    (
        "en",
        "Peru has begun to pull its troops out, it said on Monday.",
        "pull_out",
        (None, "2024-06-10", "bounded"),
    ),
    ("en", "Peruvian troops begin to leave the port", "leave", ("2024-06-12", "2024-06-12", "inferred")),
    ("en", "The king has approved the sale.", "approve", (None, "2024-06-12", "bounded")),
    (
        "en",
        "Rebels seized the town in May 2021. The king then condemned them.",
        "condemn",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # a year goes on from the date told just before, if it is long past
    (
        "en",
        "Rebels seized the port on May 3, 2021. On July 9 the army bombed it.",
        "bomb",
        ("2021-07-09", "2021-07-09", "relative"),
    ),
    # a day beside a noun begins nothing
    (
        "fr",
        "Les journaux du 3 mai ont critiqué le roi.",
        "critiquer",
        ("2024-05-03", "2024-05-03", "relative"),
    ),
    (
        "fr",
        "L'armée a bombardé la ville du 3 au 9 mai.",
        "bombarder",
        ("2024-05-03", "2024-05-09", "relative"),
    ),
    ("fr", "Depuis dimanche, les camions se succèdent.", "se_succéder", ("2024-06-09", None, "relative")),
    # these days are no day; the imperfect tells no date to go on from
    ("fr", "La république, aujourd'hui disparue, avait un roi.", "disparaître", None),
    (
        "fr",
        "Le roi est arrivé samedi. Dimanche, la foule l'attendait. Il a signé le traité.",
        "signer",
        ("2024-06-08", "2024-06-08", "inferred"),
    ),
    # the preposition of the noun beside a date
    (
        "fr",
        "Après la journée meurtrière du 16 mai, le roi a proposé une trêve.",
        "proposer",
        ("2024-05-16", None, "relative"),
    ),
    # the historical present goes on from its date
    (
        "fr",
        "En 1948, le roi annule les élections. Il expulse ses chefs.",
        "expulser",
        ("1948-01-01", "1948-12-31", "inferred"),
    ),
    ("fr", "Il expulse ses chefs.", "expulser", ("2024-06-12", "2024-06-12", "inferred")),
    # what a dated clause brings about
    (
        "en",
        "The truce of May 2021 led to the deployment of foreign soldiers.",
        "deployment",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    (
        "fr",
        "La crise a éclaté en mai 2021, conduisant au déploiement de soldats étrangers.",
        "déploiement",
        ("2021-05-01", "2021-05-31", "inferred"),
    ),
    # a participle may be told of the noun between
    ("en", "The king praised the return of the villages, seized in May 2021.", "return", None),
    # background in the past perfect is not today's
    ("en", "The army had bombed the port.", "bomb", None),
]


@pytest.mark.parametrize(("language", "text", "lemma", "expected"), CASES)
def test_time(
    parse_in: ParseIn,
    language: str,
    text: str,
    lemma: str,
    expected: tuple[str | None, str | None, str] | None,
) -> None:
    assert days(times_of(parse_in, language, text)[lemma]) == expected


def test_an_article_in_the_historical_present_has_no_news(parse_in: ParseIn) -> None:
    text = (
        "Le roi fonde la ville en 1928.\n\nEn 1948, le roi interdit la confrérie. Les marchands partent en 1954.\n\n"
        "La guerre civile commence en 1960.\n\nLe général expulse les marchands."
    )
    assert times_of(parse_in, "fr", text)["expulser"] is None


BOUNDS = [
    ("The army bombed the port.", "bomb", (None, "2024-06-12", "bounded")),
    ("The king accuses the rebels.", "accuse", None),
    ("The army will bomb the port.", "bomb", ("2023-05-01", None, "bounded")),
]


@pytest.mark.parametrize(("text", "lemma", "expected"), BOUNDS)
def test_bounds_of_the_articles_day_are_no_time_of_its_news(
    parse_in: ParseIn, text: str, lemma: str, expected: tuple[str | None, str | None, str] | None
) -> None:
    wide = When(start="2023-05-01", end="2024-06-12", basis="bounded")
    assert days(times_of(parse_in, "en", text, wide)[lemma]) == expected
    below = When(start="2023-05-01", end=None, basis="bounded")
    found = times_of(parse_in, "en", text, below)[lemma]
    assert found is None or found.end is None


def test_a_plan_told_in_passing_dates_neither_the_deed_nor_today(parse_in: ParseIn) -> None:
    text = "The withdrawal of the troops, initially scheduled for November 2025, had been on the agenda for years."
    assert times_of(parse_in, "en", text)["withdrawal"] is None


def test_without_the_articles_day_nothing_is_made_up(parse_in: ParseIn) -> None:
    found = times_of(parse_in, "en", "The army bombed the port on Monday and shelled the town.", None)
    assert set(found.values()) == {None}


def test_every_time_says_why(parse_in: ParseIn) -> None:
    text = "Rebels seized the town in May 2021. The army then deployed tanks. Officials protested on Monday."
    assert all(w.why.endswith(".") for w in times_of(parse_in, "en", text).values() if w is not None)
