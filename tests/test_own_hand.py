"""The analyst's own hand: stars, tags, notes, facts by their words; two people's decisions joined, never in silence."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Decision, Target
from dragoman.model.settable import bad_words, problem
from dragoman.telling.deciding import BadDecision
from dragoman.telling.joining import contradict, join, read_back, written
from dragoman.telling.own_hand import Marks

EVENT = Target(kind="event", article="a-1", start=10, end=14)
OTHER = Target(kind="event", article="a-1", start=40, end=44)
ANNA = Target(kind="actor", article="a-1", start=0, end=4, name="Anna")
BORIS = Target(kind="actor", article="a-1", start=20, end=25, name="Boris")
GIVEN = (("type", "AID"), ("when", "2031-05-03"), ("who", "Anna"))


def made(kind, *targets, **more):
    return Decision(kind=kind, targets=targets or (EVENT,), who="x", when="2031-01-01T00:00:00+00:00", **more)


@pytest.mark.parametrize(
    ("decision", "right"),
    [
        (made("star"), True),
        (made("star", EVENT, value="x"), False),
        (made("tag", EVENT, value="to ask"), True),
        (made("tag", EVENT, value=""), False),
        (made("tag", EVENT, value="x" * 61), False),
        (made("note", ANNA, value="a line\nanother"), True),
        (made("note", ANNA, value="x" * 2_001), False),
        (made("star", EVENT, ANNA), False),
        (made("add", given=GIVEN), True),
        (made("add", ANNA, given=GIVEN), False),
        (made("add"), False),
        (made("add", given=(("type", "NOTHING"),)), False),
        (made("add", given=(*GIVEN, ("confidence", "1"))), False),
        (made("add", given=(("type", "AID"), ("mode", "firearms"))), False),
        (made("add", given=(("type", "AID"), ("when", "May 2031"))), False),
        (made("accept", given=GIVEN), False),
    ],
)
def test_what_the_hand_may_do(decision, right):
    assert (problem(decision) is None and bad_words(decision) is None) is right


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (made("accept"), made("reject"), True),
        (made("accept"), made("reject", OTHER), False),
        (made("accept"), made("accept"), False),
        (made("set", field="when", value="2031-05-03"), made("set", field="when", value="2031-05-04"), True),
        (made("set", field="when", value="2031-05-03"), made("set", field="place", value="Lund"), False),
        (made("rename", ANNA, value="A"), made("rename", ANNA, value="B"), True),
        (made("join", ANNA, BORIS), made("split", BORIS, ANNA), True),
        (made("join", ANNA, BORIS), made("rename", ANNA, value="B"), False),
        (
            made("remove", Target(kind="article", article="a-1")),
            made("set", field="when", value="2031-05-03"),
            True,
        ),
        (made("star"), made("reject"), False),
    ],
)
def test_which_decisions_contradict_each_other(one, other, expected):
    assert contradict(one, other) is contradict(other, one) is expected


def test_a_file_comes_back_as_it_was_and_twice_brings_nothing():
    kept = [(1, made("accept"), True), (2, made("add", given=GIVEN), True), (3, made("star"), False)]
    back = read_back("\n".join(written(kept)))
    assert back == [kept[0][1], kept[1][1]], "what was taken back stays at home"
    again = join(kept, back)
    assert (again.new, again.known, again.conflicts) == ([], 2, [])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r", "\n", "\0"])
def test_a_note_may_hold_whatever_parts_lines(sign):
    kept = [(1, made("note", value="ask", why=f"a{sign}b"), True), (2, made("accept"), True)]
    assert read_back("".join(f"{line}\n" for line in written(kept))) == [kept[0][1], kept[1][1]]


def test_decisions_are_held_against_those_on_the_same_alone(monkeypatch):
    looked = []

    def noted(one, other):
        looked.append((one, other))
        return contradict(one, other)

    monkeypatch.setattr("dragoman.telling.joining.contradict", noted)
    about = [Target(kind="event", article=f"a-{n}", start=1, end=2) for n in range(300)]
    mine = [(n, made("accept", target), True) for n, target in enumerate(about)]
    joined = join(mine, [made("reject", target) for target in about])
    assert [c.number for c in joined.conflicts] == list(range(300))
    assert len(looked) == 300


DECIDED = st.builds(
    lambda kind, targets, value: made(kind, *targets, value=value),
    st.sampled_from(["accept", "reject", "join", "split", "rename", "remove", "star", "view", "unview"]),
    st.lists(st.sampled_from([EVENT, OTHER, ANNA, BORIS, Target(kind="article", article="a-1")]), max_size=2),
    st.sampled_from(["A", "a", "B"]),
)


@given(st.lists(st.tuples(DECIDED, st.booleans()), max_size=8), DECIDED)
def test_none_that_contradicts_is_missed(held, one):
    mine = [(n, decision, stands) for n, (decision, stands) in enumerate(held)]
    last = next((n for n, d, stands in reversed(mine) if stands and contradict(d, one)), None)
    if one not in {d for _, d, _ in mine}:
        assert [c.number for c in join(mine, [one]).conflicts] == ([] if last is None else [last])


def test_conflicts_are_shown_and_nothing_of_them_is_new():
    mine = [(1, made("accept"), True), (2, made("star"), False)]
    joined = join(mine, [made("reject"), made("star"), made("tag", EVENT, value="to ask")])
    assert [d.kind for d in joined.new] == ["tag"]
    assert [(c.theirs.kind, c.number, c.stands) for c in joined.conflicts] == [
        ("reject", 1, True),
        ("star", 2, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"dragoman": "decisions", "version": 2}',
        '{"dragoman": "decisions", "version": 1}\n{"kind": "burn", "targets": []}',
        '{"dragoman": "decisions", "version": 1}\n{"kind": "accept", "targets": []}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"dragoman": "decisions", "version": ' + "9" * 5_000 + "}",
        '{"dragoman": "decisions", "version": 1}\n' + '{"targets":' + "[" * 100_000,
    ],
    ids=lambda text: text[-20:],
)
def test_what_is_no_file_of_decisions_is_refused(text):
    with pytest.raises(BadDecision):
        read_back(text)


def test_marks_are_found_by_the_words_they_are_on():
    marks = Marks(
        [
            (1, made("star"), True),
            (2, made("tag", ANNA, value="to ask"), True),
            (3, made("tag", EVENT, value="gone"), False),
            (4, made("accept"), True),
        ]
    )
    proof = {"article": "a-1", "start": 5, "end": 30, "fields": {"trigger": [10, 14]}}
    event = {"kind": "event", "id": "event-1", "evidence": [proof]}
    assert [m.kind for m in marks.of(event)] == ["star"]
    assert [m.words for m in marks.of({"kind": "actor", "id": "x", "forms": ["anna", "Anna K."]})] == [
        "to ask"
    ]
    assert marks.of({**event, "evidence": [{**proof, "fields": {"trigger": [40, 44]}}]}) == []
    assert marks.tags() == ["to ask"]


def test_a_decision_of_before_is_read():
    old = msgspec.msgpack.encode({"kind": "accept", "targets": [{"kind": "event", "article": "a-1"}]})
    assert msgspec.msgpack.decode(old, type=Decision).given == ()
