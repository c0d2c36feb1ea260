"""What is found by looking at neighbours alone is what looking at everything would find: thousands of marks of one
article, or of one window, are not held against each other.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.encoder.times import candidates_of
from dragoman.model.annotation import Trigger
from dragoman.reading.events.choice import Voice, second_of
from dragoman.reading.events.doubles import told_marks
from dragoman.reading.statements.joint import Shelves
from test_events_choice import BARS, mark, voice

COVERED = st.sets(st.integers(0, 200), max_size=40)


@given(st.lists(COVERED, max_size=12), COVERED)
def test_the_nearest_of_many_sayings(held: list[set[int]], asked: set[int]) -> None:
    def alike(a: set[int], b: set[int]) -> bool:
        return bool(a & b) and 2 * len(a & b) >= min(len(a), len(b))

    shelves = Shelves(held)
    best = max(range(len(held)), key=lambda n: (len(asked & held[n]), -n), default=None)
    assert shelves.nearest(asked) == (best if best is not None and alike(asked, held[best]) else None)
    assert shelves.holds_alike(asked) == any(alike(asked, one) for one in held)


def test_a_saying_is_held_against_those_around_it() -> None:
    shelves = Shelves({n * 100 + k for k in range(20)} for n in range(1_000))
    assert shelves.near({50_000, 50_001}) == [500]


MARKS = st.builds(
    lambda start, length, score, kind: mark(start, start + length, score, type=kind),
    st.integers(0, 60),
    st.integers(1, 6),
    st.sampled_from([0.2, 0.35, 0.6, 0.85]),
    st.sampled_from(["CONSULT", "AID"]),
)
VOICES = st.builds(
    lambda start, kind: voice(trigger=(start, start + 4), sentence=start // 20, type=kind),
    st.integers(0, 60),
    st.sampled_from(["CONSULT", "AID"]),
)


@given(st.lists(MARKS, max_size=12), st.lists(VOICES, max_size=6))
@settings(deadline=None)
def test_the_marks_that_are_told(marks: list[Trigger], voices: list[Voice]) -> None:
    kept: list[tuple[Trigger, Voice | None]] = []
    for t in sorted(marks, key=lambda m: (-m.score, m.start)):
        second = second_of(t, t.start // 20, voices)
        here = second is not None and second.trigger[0] < t.end and t.start < second.trigger[1]
        bar = BARS.seconded if here else BARS.trigger
        if any(k.start // 20 == t.start // 20 and k.type == t.type for k, _ in kept):
            bar = max(bar, BARS.doubled)
        if t.score >= bar and not any(t.start < k.end and k.start < t.end for k, _ in kept):
            kept.append((t, second))
    told = told_marks(marks, [m.start // 20 for m in marks], voices, BARS)
    assert told == sorted(kept, key=lambda m: m[0].start)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=20), st.data())
def test_the_words_of_a_time_expression(sizes: list[tuple[int, int]], data: Any) -> None:
    words, at = [], 0
    for length, gap in sizes:
        words.append((at + gap, at + gap + length))
        at += gap + length
    start = data.draw(st.integers(0, at))
    time = {"start": start, "end": start + data.draw(st.integers(1, 8)), "first": "2024-05-13", "last": None}
    inside = [n for n, (a, b) in enumerate(words) if a < time["end"] and time["start"] < b]
    found = {c.words for c in candidates_of([time], words, None) if c.words}
    assert found == ({(inside[0], inside[-1] + 1)} if inside else set())
