"""What of a mark is told: bars, lower ones where the second voice agrees, and votes on type and status."""

from __future__ import annotations

import pytest

from dragoman.encoder.calibration import Bars, chance
from dragoman.encoder.labels import STATUSES, TYPES
from dragoman.model.annotation import Participant, TimeLink, Trigger
from dragoman.reading.events.choice import Around, Voice, choose, likely_in, second_of, traits
from dragoman.reading.events.doubles import told_marks

BARS = Bars(
    weights="test",
    trigger=0.5,
    seconded=0.3,
    doubled=0.8,
    quote=0.5,
    alone={"who": 0.8, "whom": 0.8, "place": 0.8, "when": 0.8},
    agreed={"who": 0.4, "whom": 0.4, "place": 0.4, "when": 0.4},
    votes={"type": 2.0, "status": 2.0},
    speaker=0.5,
    differing=0.7,
    stance=0.5,
    said_alone=True,
    curves={},
    sound={"one": -1.0, "trigger": 1.0},
    said={},
)


def chances(labels: tuple[str, ...], **told: float) -> tuple[float, ...]:
    return tuple(told.get(label, 0.0) for label in labels)


def mark(start: int = 10, end: int = 15, score: float = 0.9, **changes: object) -> Trigger:
    fields: dict[str, object] = {
        "start": start, "end": end, "score": score, "type": "CONSULT", "types": chances(TYPES, CONSULT=0.6, AGREE=0.4),
        "mode": "visit", "mode_score": 0.9, "status": "happened",
        "statuses": chances(STATUSES, happened=0.7, planned=0.3),
        "weight": 2.0, "known": 0.1,
    }  # fmt: skip
    return Trigger(**(fields | changes))  # type: ignore[arg-type]


def who(start: int, end: int, score: float, role: str = "who") -> Participant:
    return Participant(start=start, end=end, role=role, score=score)  # type: ignore[arg-type]


def voice(**changes: object) -> Voice:
    fields: dict[str, object] = {
        "trigger": (10, 15),
        "sentence": 0,
        "type": "CONSULT",
        "mode": None,
        "status": "happened",
    }
    return Voice(**(fields | changes))  # type: ignore[arg-type]


def test_a_field_under_its_bar_is_left_empty() -> None:
    choice = choose(mark(participants=(who(0, 4, 0.79), who(20, 25, 0.81, "whom"))), None, BARS)
    assert choice.by_role("who") == ()
    assert [p.start for p in choice.by_role("whom")] == [20]
    assert choice.scores["who"] is None


def test_agreement_lowers_the_bar() -> None:
    told = mark(participants=(who(0, 4, 0.5), who(20, 25, 0.5, "whom")))
    assert choose(told, voice(who=((0, 9),)), BARS).by_role("who")
    assert not choose(told, voice(who=((0, 9),)), BARS).by_role("whom")


def test_mutual_deeds_agree_on_any_side() -> None:
    told = mark(mode=None, participants=(who(0, 4, 0.5),))
    assert choose(told, voice(whom=((0, 4),)), BARS).by_role("who")


def test_days_need_their_bar_too() -> None:
    link = TimeLink(relation="at", expression=0, start="2024-05-13", end="2024-05-13", score=0.6)
    told = mark(time=link, time_score=0.6)
    assert choose(told, None, BARS).time is None
    assert choose(told, voice(start="2024-05-13", end="2024-05-13"), BARS).time == link


def test_a_place_and_days_that_only_the_second_voice_tells_are_taken_for_the_same_deed() -> None:
    told = choose(mark(), voice(place=((50, 56),), start="2024-05-13", end="2024-05-13"), BARS)
    assert [(p.start, p.end) for p in told.by_role("place")] == [(50, 56)]
    assert told.by_second
    other = choose(mark(), voice(type="AID", place=((50, 56),), start="2024-05-13"), BARS)
    assert not other.by_role("place")
    assert not other.by_second


def test_the_second_voice_may_turn_a_close_call_but_no_clear_one() -> None:
    assert choose(mark(), voice(type="AGREE", mode=None), BARS).type == "AGREE"
    clear = mark(types=chances(TYPES, CONSULT=0.95, AGREE=0.05))
    assert choose(clear, voice(type="AGREE"), BARS).type == "CONSULT"
    assert choose(mark(), voice(trigger=(40, 44), type="AGREE"), BARS).type == "CONSULT"


def test_a_mode_is_told_where_it_is_likelier_than_not() -> None:
    assert choose(mark(), None, BARS).mode == "visit"
    assert choose(mark(mode_score=0.4), None, BARS).mode is None
    assert choose(mark(mode_score=0.4), voice(mode="phone"), BARS).mode == "phone"


def test_one_place_is_told_the_surest() -> None:
    told = mark(participants=(who(0, 4, 0.9, "place"), who(20, 25, 0.95, "place")))
    assert [p.start for p in choose(told, None, BARS).by_role("place")] == [20]


def test_the_second_voice_is_that_of_the_same_words_or_the_same_type_in_the_sentence() -> None:
    over, alike = voice(type="AID"), voice(trigger=(60, 66))
    assert second_of(mark(), 0, [alike, over]) is over
    assert second_of(mark(), 0, [alike]) is alike
    assert second_of(mark(), 1, [alike, over]) is None


TOLD = {
    "over the bar": ([mark(10, 15, 0.5), mark(30, 35, 0.49, type="AID")], [], [10]),
    "marks that share words are one event": ([mark(10, 20, 0.6), mark(15, 22, 0.9)], [], [15]),
    "the second voice lowers the bar": ([mark(10, 15, 0.3)], [voice()], [10]),
    "elsewhere it does not": ([mark(10, 15, 0.3)], [voice(trigger=(40, 44))], []),
    "a deed told twice in a sentence is told once": ([mark(10, 15, 0.9), mark(30, 35, 0.7)], [], [10]),
    "two clear ones are two": ([mark(10, 15, 0.9), mark(30, 35, 0.85)], [], [10, 30]),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told(name: str) -> None:
    marks, voices, starts = TOLD[name]
    assert [t.start for t, _ in told_marks(marks, [0] * len(marks), voices, BARS)] == starts


def test_confidence_rises_with_the_score_and_is_a_chance() -> None:
    chances_of = [
        chance(traits(t, choose(t, None, BARS), None, Around(80, 1)), BARS.sound)
        for t in (mark(score=s) for s in (0.3, 0.6, 0.95))
    ]
    assert chances_of == sorted(chances_of)
    assert all(0 <= c <= 1 for c in chances_of)


def test_each_further_side_and_where_days_come_from_are_traits() -> None:
    link = TimeLink(relation="at", expression=0, start="2020-03-04", end="2020-03-04", score=0.9)
    t = mark(participants=(who(0, 5, 0.9), who(20, 25, 0.8)), time=link, time_score=0.9)
    found = traits(t, choose(t, None, BARS), None, Around(200, 3))
    assert (found["number of who"], found["number of whom"], found["sentence"], found["marks"]) == (
        2,
        0,
        2,
        3,
    )
    assert found["days at"] == found["days named"] == 1
    undated = mark()
    assert traits(undated, choose(undated, None, BARS), None, Around(200, 3))["days none"] == 1


def test_beside_a_mark_count_those_of_its_sentence_that_are_likely() -> None:
    marks = [mark(10, 15), mark(30, 35, score=0.4), mark(40, 45, score=0.5), mark(120, 125)]
    assert likely_in(marks, [0, 0, 0, 100]) == {0: 2, 100: 1}
