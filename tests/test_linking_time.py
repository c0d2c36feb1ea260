"""States opened and closed, and commitments with what came of them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.linking import Case, link
from dragoman.model import CommitmentReport, Outcome, TimeMention
from linking_readings import Page


def case_of(*pages: Page, today: str | None = None) -> Case:
    return link([p.source() for p in pages], today=today)


def stretches(case: Case, type: str) -> list[tuple[str | None, str | None]]:
    found = [s.valid for s in case.states if s.type == type]
    return sorted([(v.start, v.end) if v else (None, None) for v in found], key=str)


def deployed(outlet: str = "Daily", valid: str | None = "2020-11-10/") -> Page:
    return Page(outlet, "2024-04-20").state(
        f"{outlet}: Arland Guard has stood in Midvale.",
        "deployment",
        "Arland",
        "Arland Guard",
        "Midvale",
        valid,
    )


def withdrawal(when: str, who: str = "Arland Guard", place: str = "Midvale", outlet: str = "Post") -> Page:
    return Page(outlet, "2024-06-13").event(
        f"{outlet}: {who} left {place}.", "RETREAT", [who], [], when, place, "withdraw"
    )


def test_a_withdrawal_ends_a_deployment() -> None:
    case = case_of(deployed(), withdrawal("2024-06-12"))
    assert stretches(case, "deployment") == [("2020-11-10", "2024-06-12")]
    assert {e.rule for s in case.states for e in s.evidence} == {"state.deployment", "retreat.withdraw"}


def test_the_last_step_of_a_withdrawal_ends_it() -> None:
    case = case_of(deployed(), withdrawal("2024-04-17"), withdrawal("2024-06-12", outlet="Echo"))
    assert stretches(case, "deployment") == [("2020-11-10", "2024-06-12")]


@pytest.mark.parametrize(
    "other",
    [
        withdrawal("2019-06-12"),
        withdrawal("2024-06-12", who="Rebels"),
        withdrawal("2024-06-12", place="Port Ann"),
    ],
    ids=["before it began", "of others", "from elsewhere"],
)
def test_another_withdrawal_ends_nothing(other: Page) -> None:
    assert stretches(case_of(deployed(), other), "deployment") == [("2020-11-10", None)]


def test_a_deployment_begins_with_the_sending_of_troops() -> None:
    sent = Page("Post", "2020-11-11").event(
        "Arland sent Arland Guard to Midvale.",
        "MOBILIZE",
        ["Arland"],
        ["Arland Guard"],
        "2020-11-10",
        "Midvale",
        "troops",
    )
    assert stretches(case_of(deployed(valid=None), sent), "deployment") == [("2020-11-10", None)]


def control(outlet: str, holder: str, valid: str | None, lasting: str | None = None) -> Page:
    page = Page(outlet, "2024-05-02").state(
        f"{outlet}: {holder} held Farland.", "control", holder, "Farland", valid=valid
    )
    if lasting:
        span = page.sentences[0]
        page.lasting(span.start, span.start + 5, lasting)
    return page


def test_one_control_ends_when_the_next_begins() -> None:
    case = case_of(control("Daily", "Rebels", "1994-05-12/"), control("Post", "Arland", "2023-09-20/"))
    assert stretches(case, "control") == [("1994-05-12", "2023-09-20"), ("2023-09-20", None)]


def test_an_end_and_a_duration_give_a_beginning() -> None:
    case = case_of(control("Daily", "Rebels", "/", lasting="P30Y"), control("Post", "Arland", "2023-09-20/"))
    assert stretches(case, "control") == [("1993-09-19", "2023-09-20"), ("2023-09-20", None)]


def test_a_state_told_twice_is_one_with_the_bounds_of_both() -> None:
    case = case_of(control("Daily", "Rebels", "1994-05-12/"), control("Post", "Rebels", "/2023-09-19"))
    assert stretches(case, "control") == [("1994-05-12", "2023-09-19")]


def test_two_controls_of_one_holder_at_two_times_are_two() -> None:
    case = case_of(
        control("Daily", "Rebels", "1994-01-01/1995-01-01"),
        control("Post", "Rebels", "2001-01-01/2003-01-01"),
    )
    assert len(stretches(case, "control")) == 2


def office(outlet: str, value: str, valid: str | None = None) -> Page:
    return Page(outlet).state(
        f"{outlet}: Ada Arden of Arland.", "office", "Ada Arden", "Arland", valid=valid, value=value
    )


def test_a_value_that_says_nothing_more_gives_way() -> None:
    case = case_of(office("Daily", "in power", "2018-05-08/"), office("Post", "prime minister"))
    assert [(s.value, s.valid.start if s.valid else None) for s in case.states] == [
        ("prime minister", "2018-05-08")
    ]
    assert len(case_of(office("Daily", "president"), office("Post", "prime minister")).states) == 2


def test_power_without_a_country_is_the_one_office_that_is_held() -> None:
    bare = Page("Post").state(
        "Post: Ada Arden is in power.", "office", "Ada Arden", None, valid="2018-05-08/", value="leader"
    )
    case = case_of(office("Daily", "president"), bare)
    assert [(s.value, s.valid.start if s.valid else None) for s in case.states] == [
        ("president", "2018-05-08")
    ]
    assert len(case_of(office("Daily", "president"), office("Echo", "minister"), bare).states) == 3


def described(outlet: str, where: str) -> Page:
    """A deployment at a place that the words only describe."""
    return Page(outlet, "2024-04-20").state(
        f"{outlet}: Arland Guard has stood in {where}.",
        "deployment",
        "Arland",
        "Arland Guard",
        where,
        "2020-11-10/",
    )


def test_a_place_that_is_only_described_is_the_one_that_is_left() -> None:
    case = case_of(described("Daily", "the region"), described("Echo", "the north"), withdrawal("2024-06-12"))
    (state,) = [s for s in case.states if s.type == "deployment"]
    assert state.place in {p.id for p in case.places if p.name == "Midvale"}
    assert state.valid is not None
    assert state.valid.end == "2024-06-12"


# --- commitments ----------------------------------------------------------------------------------


def promise(due: str | None = "2024-11-01/2024-11-30", published: str = "2024-04-24", **more: object) -> Page:
    return Page("Daily", published).promise(
        "Arland Guard will leave Midvale.", ["Arland Guard"], "RETREAT", due, event_mode="withdraw"
    )


OUTCOMES: list[tuple[str, str | None, list[Page], str, Outcome]] = [
    ("before its time", "2024-11-01/2024-11-30", [withdrawal("2024-06-12")], "2025-01-01", "early"),
    ("in its time", "2024-11-01/2024-11-30", [withdrawal("2024-11-12")], "2025-01-01", "kept"),
    ("after its time", "2024-11-01/2024-11-30", [withdrawal("2024-12-24")], "2025-01-01", "late"),
    ("without a time", None, [withdrawal("2024-06-12")], "2025-01-01", "kept"),
    ("not yet", "2024-11-01/2024-11-30", [], "2024-11-15", "open"),
    ("never", "2024-11-01/2024-11-30", [], "2025-01-01", "overdue"),
    ("no time, no deed", None, [], "2025-01-01", "open"),
    (
        "done before it was promised",
        "2024-11-01/2024-11-30",
        [withdrawal("2024-04-01")],
        "2024-11-15",
        "open",
    ),
    (
        "done by others",
        "2024-11-01/2024-11-30",
        [withdrawal("2024-06-12", who="Rebels")],
        "2024-11-15",
        "open",
    ),
    (
        "done by its state",
        "2024-11-01/2024-11-30",
        [withdrawal("2024-06-12", who="Arland")],
        "2024-11-15",
        "early",
    ),
]


@pytest.mark.parametrize(("why", "due", "deeds", "today", "outcome"), OUTCOMES, ids=[c[0] for c in OUTCOMES])
def test_outcome(why: str, due: str | None, deeds: list[Page], today: str, outcome: Outcome) -> None:
    page = promise(due)
    page.entity("Arland")
    case = case_of(page, *deeds, today=today)
    (found,) = case.commitments
    assert found.outcome == outcome
    settled = {e.id for e in case.events} if deeds and outcome not in ("open", "overdue") else {None}
    assert found.settled_by in settled


MEETINGS = [
    ("on the day", "2024-06-01", "Bolton", "kept"),
    ("before the day", "2024-05-25", "Bolton", "overdue"),
    ("elsewhere", "2024-06-01", "Port Ann", "overdue"),
    ("a day later", "2024-06-02", "Bolton", "late"),
]


@pytest.mark.parametrize(("why", "when", "place", "outcome"), MEETINGS, ids=[c[0] for c in MEETINGS])
def test_a_meeting_is_kept_on_its_day_and_at_its_place(
    why: str, when: str, place: str, outcome: Outcome
) -> None:
    set_for = Page("Daily", "2024-05-24").promise(
        "Ada Arden and Boris Bolt will meet in Bolton on June 1.",
        ["Ada Arden", "Boris Bolt"],
        "CONSULT",
        "2024-06-01",
    )
    held = Page("Post", "2024-06-03").event(
        f"Ada Arden met Boris Bolt in {place}.", "CONSULT", ["Ada Arden"], ["Boris Bolt"], when, place
    )
    assert [c.outcome for c in case_of(set_for, held, today="2024-06-05").commitments] == [outcome]


def test_a_deed_denied_breaks_a_promise() -> None:
    refusal = Page("Post", "2024-12-02").event(
        "Arland Guard did not leave Midvale.",
        "RETREAT",
        ["Arland Guard"],
        [],
        "2024-11-30",
        "Midvale",
        "withdraw",
        "denied",
    )
    (found,) = case_of(promise(), refusal, today="2025-01-01").commitments
    assert found.outcome == "broken"


def test_the_deed_nearest_to_its_time_settles_it() -> None:
    case = case_of(
        promise(), withdrawal("2024-05-17"), withdrawal("2024-10-30", outlet="Echo"), today="2025-01-01"
    )
    (found,) = case.commitments
    nearest = [e.id for e in case.events if e.when and e.when.start == "2024-10-30"]
    assert [found.settled_by] == nearest


def test_without_a_day_the_latest_article_is_today() -> None:
    late = Page("Post", "2025-02-01").event(
        "Arland met Borland.", "CONSULT", ["Arland"], ["Borland"], "2025-01-31"
    )
    assert [c.outcome for c in case_of(promise()).commitments] == ["open"]
    assert [c.outcome for c in case_of(promise(), late).commitments] == ["unknown"]


def test_a_meeting_is_overdue_where_a_later_article_names_both_sides_and_tells_nothing_of_it() -> None:
    meeting = Page("Daily", "2024-04-24").promise(
        "Arland will meet Borland.", ["Arland", "Borland"], "CONSULT", "2024-06-01/2024-06-01"
    )
    late = Page("Post", "2025-02-01").event(
        "Arland blamed Borland.", "ACCUSE", ["Arland"], ["Borland"], "2025-01-31"
    )
    other = Page("Post", "2025-02-01").event("Arland slept.", "ACCUSE", ["Arland"], [], "2025-01-31")
    assert [c.outcome for c in case_of(meeting, late).commitments] == ["overdue"]
    assert [c.outcome for c in case_of(meeting, other).commitments] == ["unknown"]


def test_one_promise_in_two_articles_is_one() -> None:
    other = promise()
    other.outlet = "Post"
    case = case_of(promise(), other)
    assert [len(c.evidence) for c in case.commitments] == [2]
    later = promise("2026-01-01")
    later.outlet = "Post"
    assert len(case_of(promise(), later).commitments) == 2


def test_times_without_days_do_not_break_linking() -> None:
    page = promise(None)
    page.reading["times"] = [TimeMention(start=0, end=3, type="SET", value="P1D")]
    assert len(case_of(page).commitments) == 1


def planned(
    outlet: str,
    published: str,
    due: str,
    type: str = "RETREAT",
    mode: str | None = "withdraw",
    rule: str | None = None,
) -> Page:
    page = Page(outlet, published).promise(
        f"{outlet}: Arland will do so.", ["Arland"], type, due, event_mode=mode
    )
    if rule:
        (report,) = page.reading["commitments"]
        assert isinstance(report, CommitmentReport)
        page.reading["commitments"] = [replace(report, rule=rule)]
    return page


REPLACED = [
    ("a withdrawal for another time", planned("Post", "2024-05-02", "2024-06-30"), ["2024-06-30"]),
    ("the same withdrawal told again", planned("Post", "2024-05-02", "2025-11-30"), []),
    ("told earlier", planned("Post", "2023-05-02", "2024-06-30"), ["2025-11-30"]),
    ("of another sort", planned("Post", "2024-05-02", "2024-06-30", "AID", None), []),
]


@pytest.mark.parametrize(("why", "other", "due"), REPLACED, ids=[r[0] for r in REPLACED])
def test_a_plan_gives_way_to_a_later_one(why: str, other: Page, due: list[str]) -> None:
    case = case_of(planned("Daily", "2024-04-02", "2025-11-01/2025-11-30"), other)
    by_id = {c.id: c for c in case.commitments}
    found = [by_id[c.replaced_by].due for c in case.commitments if c.replaced_by]
    assert [w.end for w in found if w] == due


@pytest.mark.parametrize(("rule", "count"), [("commitment moved", 1), ("commitment schedule", 0)])
def test_a_meeting_gives_way_only_where_it_is_said_to_be_moved(rule: str, count: int) -> None:
    first = planned("Daily", "2024-04-02", "2024-05-03", "CONSULT", None)
    second = planned("Post", "2024-04-20", "2024-06-05", "CONSULT", None, rule)
    case = case_of(first, second, today="2024-05-20")
    assert len([c for c in case.commitments if c.replaced_by]) == count
    assert "overdue" not in {c.outcome for c in case.commitments if c.replaced_by}
