"""The day of an article, from its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import When
from dragoman.reading.dating import date_article
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import spot_times

ParseIn = Callable[[str, str], Syntax]


def dated(parse_in: ParseIn, language: str, text: str, known: When | None = None) -> When | None:
    syntax = parse_in(language, text)
    return date_article(syntax, spot_times(syntax), known)


CASES = [
    # a weekday with its day and month leaves one year
    (
        "en",
        "The ministers met Tuesday, March 14, in Oslo. The ceasefire, signed on July 9, 2021, had failed.",
        ("2023-03-14", "2023-03-20", "inferred"),
    ),
    # what is still ahead cuts the stretch short
    (
        "en",
        "The ministers met Tuesday, March 14, in Oslo. The two will meet again on March 16. "
        "The war began in May 2021.",
        ("2023-03-14", "2023-03-16", "inferred"),
    ),
    # one deed told by its weekday here and by its day there
    (
        "en",
        "The company completed the sale on Friday, its owner said. "
        "The sale was completed on March 8, a statement said. The bank had failed in October 2022.",
        ("2024-03-08", "2024-03-09", "inferred"),
    ),
    # only a bound below: no day is made up
    ("en", "The army left the valley in October 2022.", ("2022-10-01", None, "bounded")),
    (
        "fr",
        "Le roi a reçu le ministre. Les deux pays ont rompu leurs relations en mars 2019.",
        ("2019-03-01", None, "bounded"),
    ),
    (
        "ru",
        "Стороны обсудили торговлю. Соглашение подписано в мае 2021 года.",
        ("2021-05-01", None, "bounded"),
    ),
    # a bound above
    (
        "en",
        "The army left in March 2020. Elections will be held in June 2024.",
        ("2020-03-01", "2024-06-30", "bounded"),
    ),
    # the date of a plan that was told in passing says nothing
    (
        "en",
        "The pullout, initially scheduled for November 2025, ended. It had begun in May 2021.",
        ("2021-05-01", None, "bounded"),
    ),
    # the end of a term, a purpose and something foreseen may lie ahead, though they are told in the past
    (
        "ru",
        "Завод открыли в мае 2021 года. Строительство было рассчитано на семь лет, до октября 2028 года.",
        ("2021-05-01", None, "bounded"),
    ),
    (
        "en",
        "The port opened in May 2021. The firm held a licence until March 2031 and signed a deal "
        "to double its capacity in 2035.",
        ("2021-05-01", None, "bounded"),
    ),
    (
        "en",
        "The port opened in May 2021. The ministers discussed the 2035 deadline.",
        ("2021-05-01", None, "bounded"),
    ),
    (
        "fr",
        "Le port a ouvert en mai 2021. La société a signé un contrat qui prévoit de doubler sa capacité "
        "d'ici à 2035.",
        ("2021-05-01", None, "bounded"),
    ),
    (
        "fr",
        "Le port a ouvert en mai 2021. La taxe s'appliquera à partir de 2035, a dit le ministre.",
        ("2021-05-01", "2035-12-31", "bounded"),
    ),
    # what was foreseen in the past bounds nothing
    (
        "en",
        "The king said in March 2014 that the dam would be built in 2019.",
        ("2014-03-01", None, "bounded"),
    ),
    # the day on which the text says that it is written
    (
        "fr",
        "Le maire a inauguré ce mardi 14 mars le nouveau port. Il fermera le 2 janvier 2024.",
        ("2023-03-14", "2023-03-14", "inferred"),
    ),
    (
        "en",
        "The mayor opened the port this Tuesday, March 14. It was damaged in October 2022.",
        ("2023-03-14", "2023-03-14", "inferred"),
    ),
    # a year in which the day falls otherwise is none
    (
        "fr",
        "Le maire a inauguré ce mardi 14 mars le nouveau port. Il fermera le 2 janvier 2022.",
        (None, "2022-01-02", "bounded"),
    ),
    # a day in the dateline, with its year told as past, or only bounded
    (
        "ru",
        "Порт открыт\n\nЛиссабон, 14 марта. Мэр открыл порт. С 1 января 2023 года старый порт закрыт "
        "и прекратил работу.",
        ("2023-03-14", "2023-03-14", "inferred"),
    ),
    (
        "fr",
        "LISBONNE, 14 mars (Agence) - Le maire a ouvert le port. Il avait été détruit le 3 février 2023.",
        ("2023-03-14", "2023-03-14", "inferred"),
    ),
    (
        "en",
        "Lisbon, March 14. The mayor opened the port. It was destroyed in a fire in October 2017.",
        ("2018-03-14", None, "bounded"),
    ),
    # printed
    ("en", "OSLO, 14 March 2023 (Agency) - The ministers met.", ("2023-03-14", "2023-03-14", "stated")),
    (
        "fr",
        "Les ministres se sont réunis.\n\nIls ont signé un accord.\n\n2023-03-14 10:20",
        ("2023-03-14", "2023-03-14", "stated"),
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_dated(parse_in: ParseIn, language: str, text: str, expected: tuple[str, str | None, str]) -> None:
    when = dated(parse_in, language, text)
    assert when is not None
    assert (when.start, when.end, when.basis) == expected
    assert when.why.endswith(".")


OPEN = [
    ("en", "The ministers met on Tuesday."),
    ("en", "The ministers met on March 14."),
    ("fr", "Le roi a reçu le ministre lundi."),
    ("en", "12 May 2020\n\nThe ministers met.\n\n14 March 2023"),
]


@pytest.mark.parametrize(("language", "text"), OPEN)
def test_unknown_stays_unknown(parse_in: ParseIn, language: str, text: str) -> None:
    assert dated(parse_in, language, text) is None


def test_what_is_known_is_kept(parse_in: ParseIn) -> None:
    known = When(start="2020-01-01", end="2020-01-01", basis="stated", why="page metadata")
    assert dated(parse_in, "en", "OSLO, 14 March 2023 (Agency) - The ministers met.", known) is known
