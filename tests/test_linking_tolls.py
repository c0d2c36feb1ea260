"""Which figures are of one war, attack or flow of people: what disputes and what revises what."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.linking import Case, link
from dragoman.model import FigureMention, Occasion
from linking_readings import Page, day


def told(
    outlet: str,
    published: str,
    toll: tuple[float | None, float | None],
    kind: str | None = "war",
    when: str | None = None,
    lasting: float | None = None,
    where: tuple[str, ...] = ("Arland", "Borland"),
    measure: str = "fatalities",
    part: bool = False,
) -> Page:
    """An article that names the places and gives one toll of an occasion."""
    page = Page(outlet, published)
    page.say(f"{outlet} reports from {' and '.join(where)}.")
    low, high = toll
    page.figure(f"In all {low if low is not None else high:g}.", measure, low, high)
    (figure,) = page.reading["figures"]
    assert isinstance(figure, FigureMention)
    named = tuple(page.entity(name) for name in where)
    occasion = (
        Occasion(start=0, end=1, kind=kind, when=day(when), lasting=lasting, entities=named) if kind else None
    )
    page.reading["figures"] = [replace(figure, occasion=occasion, part=part)]
    return page


def case_of(*pages: Page) -> Case:
    return link([p.source() for p in pages])


def sides(case: Case) -> list[list[str]]:
    return [[c.value for c in d.claims] for d in case.disputes]


def test_tolls_of_one_war_told_years_later_are_a_dispute_whatever_the_order() -> None:
    for first, second in (((6500.0, 6500.0), (7000.0, None)), ((7000.0, None), (6500.0, 6500.0))):
        case = case_of(
            told("Daily", "2024-02-01", first, lasting=42),
            told("Post", "2024-06-12", second, when="2020-09-27/2020-11-09", lasting=44),
        )
        assert sides(case) == [["6500 people", "at least 7000 people"]]
        assert case.disputes[0].about == "fatalities of the war of 2020"
        assert not any(f.revised_by for f in case.figures)


APART = [
    ("two wars of two years", told("Post", "2024-06-12", (900.0, 900.0), when="2011-01-01/2011-12-31")),
    (
        "wars of two lengths",
        told("Post", "2024-06-12", (900.0, 900.0), when="2020-09-27/2020-11-09", lasting=5),
    ),
    ("a war and an attack", told("Post", "2024-06-12", (900.0, 900.0), "attack", "2020-10-01", 44)),
    ("some of the dead", told("Post", "2024-06-12", (900.0, 900.0), when="2020-10-01", part=True)),
    ("times that fit many wars", told("Post", "2024-06-12", (900.0, 900.0), when="2015-01-01/2024-12-31")),
    (
        "a war elsewhere",
        told("Post", "2024-06-12", (900.0, 900.0), when="2020-10-01", where=("Corland", "Bolton")),
    ),
]


@pytest.mark.parametrize(("why", "other"), APART, ids=[a[0] for a in APART])
def test_no_dispute(why: str, other: Page) -> None:
    war = told("Daily", "2024-02-01", (6500.0, 6500.0), when="2020-09-27/2020-11-09", lasting=44)
    assert sides(case_of(war, other)) == []


def test_attacks_on_two_towns_of_one_state_are_two() -> None:
    one = told("Daily", "2024-05-20", (40.0, 40.0), "attack", "2024-05-02", where=("Port Ann", "Arland"))
    other = told("Post", "2024-05-20", (12.0, 12.0), "attack", "2024-05-02", where=("Bolton", "Arland"))
    assert sides(case_of(one, other)) == []


def steps(case: Case) -> list[tuple[float | None, float | None]]:
    by_id = {f.id: f for f in case.figures}
    return sorted((f.low, by_id[f.revised_by].low) for f in case.figures if f.revised_by)


def test_people_on_the_move_are_one_flow_over_articles_days_apart() -> None:
    places = ("Farland", "Arland", "Borland")
    case = case_of(
        *(
            told(f"Paper {n}", published, (count, None), None, where=places, measure="displaced")
            for n, (published, count) in enumerate(
                [("2024-05-02", 28_000.0), ("2024-05-04", 70_000.0), ("2024-05-09", 100_000.0)]
            )
        )
    )
    assert steps(case) == [(28_000, 70_000), (70_000, 100_000)]
    assert sides(case) == []


NO_STEP = [
    ("a month later", "2024-06-20", ("Farland", "Arland", "Borland"), 70_000.0),
    ("of other places", "2024-05-04", ("Corland", "Bolton"), 70_000.0),
    ("a hundred times as many", "2024-05-04", ("Farland", "Arland", "Borland"), 3_000_000.0),
    ("fewer", "2024-05-04", ("Farland", "Arland", "Borland"), 20_000.0),
]


@pytest.mark.parametrize(("why", "published", "where", "count"), NO_STEP, ids=[n[0] for n in NO_STEP])
def test_what_is_no_revision(why: str, published: str, where: tuple[str, ...], count: float) -> None:
    first = told(
        "Daily",
        "2024-05-02",
        (28_000.0, 28_000.0),
        None,
        where=("Farland", "Arland", "Borland"),
        measure="displaced",
    )
    assert (
        steps(case_of(first, told("Post", published, (count, count), None, where=where, measure="displaced")))
        == []
    )
