"""Which values can both hold, which revise each other, and what becomes a dispute."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking import Case, Decision, link
from dragoman.linking.values import Value, can_both_hold, duration_of, revises, rounding_of
from dragoman.model import Span, Target, TimeMention
from linking_readings import Page


def value(low: float | None, high: float | None, approx: bool = False, known: int | None = 1) -> Value:
    return Value("a", "", low, high, approx, known, Span(0, 1), Span(0, 1), "test")


BOTH = [
    ("the same", value(2000, 2000), value(2000, 2000)),
    ("some 2,000 and 1,900", value(2000, 2000, approx=True), value(1900, 1900)),
    ("2,000 and 1,960, of which it is the rounding", value(2000, 2000), value(1960, 1960)),
    ("50 and 51", value(50, 50), value(51, 51)),
    ("at least five and seven", value(5, None), value(7, 7)),
    ("about 6,500 and 6,800", value(6500, 6500, approx=True), value(6800, 6800)),
    ("up to ten and seven", value(None, 10), value(7, 7)),
    ("a range and a number in it", value(10, 20), value(15, 15)),
    ("ranges that meet", value(10, 20), value(20, 30)),
]
NOT_BOTH = [
    ("twelve and twenty", value(12, 12), value(20, 20)),
    ("at least thirty and twenty", value(30, None), value(20, 20)),
    ("some 2,000 and 3,000", value(2000, 2000, approx=True), value(3000, 3000)),
    ("2,000 and 1,400, which rounds to 1,000", value(2000, 2000), value(1400, 1400)),
    ("about 6,500 and more than 7,000", value(6500, 6500, approx=True), value(7000, None)),
    ("ranges apart", value(10, 20), value(21, 30)),
    ("12.7 and 12.9", value(12.7, 12.7), value(12.9, 12.9)),
]


@pytest.mark.parametrize(("why", "a", "b"), BOTH, ids=[c[0] for c in BOTH])
def test_both_hold(why: str, a: Value, b: Value) -> None:
    assert can_both_hold(a, b)
    assert can_both_hold(b, a)


@pytest.mark.parametrize(("why", "a", "b"), NOT_BOTH, ids=[c[0] for c in NOT_BOTH])
def test_not_both(why: str, a: Value, b: Value) -> None:
    assert not can_both_hold(a, b)
    assert not can_both_hold(b, a)


numbers = st.one_of(st.none(), st.integers(0, 10_000).map(float))


@given(numbers, numbers, st.booleans(), numbers, numbers, st.booleans())
def test_holding_is_mutual_and_a_value_agrees_with_itself(
    a: float | None, b: float | None, round_a: bool, c: float | None, d: float | None, round_b: bool
) -> None:
    one, other = value(a, b, round_a), value(c, d, round_b)
    assert can_both_hold(one, other) == can_both_hold(other, one)
    if a is None or b is None or a <= b:
        assert can_both_hold(one, one)


@pytest.mark.parametrize(
    ("number", "place"), [(6500, 100), (51, 1), (2000, 1000), (0, 1), (12.7, 1), (120_000, 10_000)]
)
def test_rounding(number: float, place: float) -> None:
    assert rounding_of(number) == place


def test_a_growing_count_is_revised_by_a_later_and_larger_one() -> None:
    assert revises(value(5, 5, known=1), value(7, 7, known=2), breaking=None)
    assert not revises(value(7, 7, known=1), value(5, 5, known=2), breaking=None)
    assert not revises(value(5, 5, known=3), value(7, 7, known=3), breaking=2)
    assert revises(value(5, 5, known=2), value(7, 7, known=2), breaking=2)


DURATIONS = [
    ("P3DE", None, (10957.5, 10957.5)),
    ("P40Y", "MORE_THAN", (14610.0, None)),
    ("P9M", "LESS_THAN", (None, 9 * 30.44)),
    ("PXD", None, None),
    ("P6W", None, (42.0, 42.0)),
]


@pytest.mark.parametrize(("timex", "mod", "bounds"), DURATIONS, ids=[d[0] for d in DURATIONS])
def test_durations(timex: str, mod: str | None, bounds: tuple[float | None, float | None] | None) -> None:
    found = duration_of(TimeMention(start=0, end=1, type="DURATION", value=timex, mod=mod))
    assert (found[:2] if found else None) == bounds


# --- disputes -------------------------------------------------------------------------------------


def attack(outlet: str, published: str, toll: float, when: str = "2024-05-01", **more: object) -> Page:
    return Page(outlet, published, vector=[1.0]).event(
        f"{outlet}: Rebels killed {toll:g} in Port Ann.",
        "ASSAULT",
        ["Rebels"],
        [],
        when,
        "Port Ann",
        figures=[("fatalities", toll)],
    )


def case_of(*pages: Page) -> Case:
    return link([p.source() for p in pages])


def sides(case: Case) -> list[list[str]]:
    return [[c.value for c in d.claims] for d in case.disputes]


def test_two_tolls_of_one_attack_are_a_dispute_with_both_sides() -> None:
    case = case_of(
        attack("Daily", "2024-05-09", 20), attack("Post", "2024-05-09", 12), attack("Echo", "2024-05-10", 12)
    )
    assert sides(case) == [["12 people", "20 people"]]
    assert [c.independent for c in case.disputes[0].claims] == [2, 1]
    assert case.disputes[0].dispute_kind == "figure"


NO_DISPUTE = [
    ("a toll that grew", [("2024-05-04", 12), ("2024-05-05", 20)]),
    ("two tolls of the first day", [("2024-05-01", 12), ("2024-05-01", 20)]),
    ("a part of the toll", [("2024-05-09", 20), ("2024-05-09", 3)]),
]


@pytest.mark.parametrize(("why", "told"), NO_DISPUTE, ids=[c[0] for c in NO_DISPUTE])
def test_no_dispute(why: str, told: list[tuple[str, float]]) -> None:
    assert sides(case_of(*(attack(f"Paper {n}", day, toll) for n, (day, toll) in enumerate(told)))) == []


def test_a_growing_toll_is_a_sequence() -> None:
    case = case_of(
        attack("Daily", "2024-05-02", 12), attack("Post", "2024-05-03", 20), attack("Echo", "2024-05-02", 7)
    )
    (count,) = case.counts
    assert [step.low for step in count.steps] == [7, 12, 20]


def test_tolls_of_two_attacks_are_no_dispute() -> None:
    case = case_of(
        attack("Daily", "2024-05-09", 12, "2024-05-01"), attack("Post", "2024-05-09", 20, "2024-05-07")
    )
    assert (len(case.events), sides(case)) == (2, [])


def test_an_article_that_gives_both_numbers_takes_no_side() -> None:
    both = attack("Post", "2024-05-09", 12).figure("Others say 20 died.", "fatalities", 20, 20)
    assert sides(case_of(attack("Daily", "2024-05-09", 20), both)) == []


def test_six_men_and_a_woman_are_seven() -> None:
    parts = Page("Post", "2024-05-09", vector=[1.0]).event(
        "Rebels killed 6 men and 1 woman in Port Ann.",
        "ASSAULT",
        ["Rebels"],
        [],
        "2024-05-01",
        "Port Ann",
        figures=[("fatalities", 6), ("fatalities", 1)],
    )
    assert sides(case_of(attack("Daily", "2024-05-09", 7), parts)) == []


def test_two_speakers_of_one_article_can_dispute() -> None:
    page = Page("Daily", "2024-05-09").event(
        "Rebels killed 20 in Port Ann on May 1, said Arden, Ada Arden; 12, said Boris Bolt.",
        "ASSAULT",
        ["Rebels"],
        [],
        "2024-05-01",
        "Port Ann",
        figures=[("fatalities", 20), ("fatalities", 12)],
    )
    assert sides(case_of(page)) == []
    page.quoted("Ada Arden", 0, 20).quoted("Boris Bolt", page.text.index("12"), page.text.index("12") + 2)
    assert sides(case_of(page)) == [["12 people", "20 people"]]


def territory(outlet: str, lasting: str, mod: str | None = None) -> Page:
    page = Page(outlet, "2024-05-02").state(
        f"{outlet}: Rebels held Farland for long.", "control", "Rebels", "Farland"
    )
    at = page.text.index("for long")
    page.reading["times"] = [TimeMention(start=at, end=at + 8, type="DURATION", value=lasting, mod=mod)]
    return page


def test_how_long_a_territory_was_held_can_be_disputed() -> None:
    case = case_of(territory("Daily", "P30Y"), territory("Post", "P40Y", "MORE_THAN"))
    assert [d.dispute_kind for d in case.disputes] == ["duration"]
    assert len(case.disputes[0].claims) == 2


@pytest.mark.parametrize("other", ["P30Y", "P3DE", "P29Y", "P6W"])
def test_a_duration_that_is_the_same_or_of_another_matter_is_no_dispute(other: str) -> None:
    assert case_of(territory("Daily", "P30Y"), territory("Post", other)).disputes == ()


def agreement(outlet: str, when: str) -> Page:
    return Page(outlet, "2024-05-06").event(
        f"{outlet}: Arland and Borland signed in Bolton.", "AGREE", ["Arland"], ["Borland"], when, "Bolton"
    )


def test_one_signing_told_for_two_days_is_a_dispute_on_its_date() -> None:
    case = case_of(agreement("Daily", "2024-05-01"), agreement("Post", "2024-05-03"))
    assert [(d.dispute_kind, [c.value for c in d.claims]) for d in case.disputes] == [
        ("date", ["2024-05-01", "2024-05-03"])
    ]
    assert case_of(agreement("Daily", "2024-05-01"), agreement("Post", "2024-05-21")).disputes == ()


def raid(outlet: str, who: str = "Rebels", status: str = "happened", when: str = "2024-05-01") -> Page:
    sentence = f"{outlet}: {who}, Borland, Port Ann."
    return Page(outlet, "2024-05-06", vector=[1.0]).event(
        sentence,
        "ASSAULT",
        [who],
        ["Borland"],
        when,
        "Port Ann",
        status=status,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        (raid("Post", status="denied"), ["outcome"]),
        (raid("Post", "Corland"), ["side"]),
        (raid("Post"), []),
        (raid("Post", status="denied", when="2024-05-03"), []),
        (raid("Post", "Corland", when="2024-05-03"), []),
        (raid("Post", status="planned"), []),
    ],
    ids=["denied", "by another", "the same", "denied of another day", "another on another day", "planned"],
)
def test_deeds_that_are_denied_or_laid_to_others(other: Page, kinds: list[str]) -> None:
    case = case_of(raid("Daily"), other)
    assert [d.dispute_kind for d in case.disputes] == kinds
    assert all(len(d.claims) == 2 for d in case.disputes)


def test_a_rejected_dispute_is_gone() -> None:
    sources = [attack("Daily", "2024-05-09", 20).source(), attack("Post", "2024-05-09", 12).source()]
    target = Target(kind="dispute", article=sources[0].article.id, start=0, end=5)
    assert link(sources).disputes
    assert link(sources, [Decision(kind="reject", targets=(target,))]).disputes == ()
