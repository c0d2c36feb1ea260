"""Whatever is read, decided and taken back, in whatever steps: the case is that of linking all of it at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.case import Case
from dragoman.linking import Source, link
from dragoman.linking.memory import Memory, about, rules
from dragoman.model import Decision, Target
from dragoman.store import CaseFile, Stored
from linking_readings import Page
from test_linking_properties import cases

KINDS = ("event", "actor", "place", "statement", "figure", "state", "commitment", "storyline", "article")


@st.composite
def decisions(draw: st.DrawFn, sources: list[Source]) -> Decision:
    """Any decision on what stands somewhere in one or two of the articles, sensible or not."""
    kind = draw(st.sampled_from(["join", "split", "reject", "accept", "set", "rename"]))
    on = draw(st.sampled_from(KINDS))
    targets = []
    for source in draw(st.lists(st.sampled_from(sources), min_size=2, max_size=2)):
        start = draw(st.integers(0, 60))
        name = draw(st.sampled_from([None, *(e.name for e in source.reading.entities)]))
        names = name if on in ("actor", "place") else None
        targets.append(Target(kind=on, article=source.article.id, start=start, end=start + 20, name=names))
    field, value = draw(
        st.sampled_from([("when", "2024-05-01"), ("place", "Bolton"), ("type", "AID"), (None, "New")])
    )
    return Decision(
        kind=kind,
        targets=tuple(targets) if kind in ("join", "split") else tuple(targets[:1]),
        field=field if kind == "set" else None,
        value=value if kind in ("set", "rename") else None,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[list[Source] | Decision | None]:
    """Batches of articles, decisions, and undoings of the last (None), in any order."""
    steps: list[list[Source] | Decision | None] = [draw(cases)]
    known = list(steps[0])
    for _ in range(draw(st.integers(1, 4))):
        step = draw(cases | decisions(known) | st.none())
        steps.append(step)
        known += step if isinstance(step, list) else []
    return steps


def lines(made: object) -> list[bytes]:
    return [msgspec.json.encode(record) for record in made.records()]


def as_new(sources: list[Source]) -> list[Stored]:
    return [Stored(s.article, s.reading, s.vector) for s in sources]


def do(case: Case, step: list[Source] | Decision | None) -> None:
    if isinstance(step, list):
        case.file.add(as_new(step))
    elif step is None:
        case.file.undo()
    else:
        case.file.decide(step)  # also what the door would refuse: linking passes it over


quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("keeps", [True, False], ids=["one process", "a process each"])
@quick
@given(history=histories())
def test_steps_give_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, keeps: bool, history: list[list[Source] | Decision | None]
) -> None:
    path: Path = tmp_path_factory.mktemp("steps") / "x.case"
    with CaseFile(path, create=True) as file:
        case = Case(file)
        case.keeps_steps = keeps
        for step in history:
            do(case, step)
            case.link()
            if not keeps:
                case = Case(file)
        sources = [Source(s.article, s.reading, s.vector) for s in file.stored()]
        stand = [d for _, d, stands in file.decisions() if stands]
        whole = link(sources, stand)
        assert list(file.lines()) == lines(whole)
        doubts = [d for kind in ("event", "actor", "date") for d in file.doubts(kind, 10_000)]
        assert sorted(map(msgspec.json.encode, doubts)) == sorted(map(msgspec.json.encode, whole.doubts))


@quick
@given(history=histories())
def test_a_memory_changes_nothing(history: list[list[Source] | Decision | None]) -> None:
    memory = Memory(steps=True)
    sources: list[Source] = []
    stand: list[Decision] = []
    for step in history:
        if isinstance(step, list):
            sources += [s for s in step if s.article.id not in {k.article.id for k in sources}]
        elif step is not None:
            stand.append(step)
        elif stand:
            stand.pop()
        assert lines(link(sources, stand, memory=memory)) == lines(link(sources, stand))
        fewer = sources[1:]
        assert lines(link(fewer, stand, memory=memory)) == lines(link(fewer, stand))


def test_scores_outlive_the_process() -> None:
    memory = Memory()
    score = memory.score("Ada Arden", "Ada Ardin")
    assert memory.grown
    later = Memory(memory.content())
    assert later.score("Ada Ardin", "Ada Arden") == score
    assert not later.grown and not memory.grown


def test_a_file_forgets_what_other_rules_made(tmp_path: Path) -> None:
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.remember("names", rules(), b"x")
        assert file.remembered("names", rules()) == b"x"
        assert file.remembered("names", "others") is None
        file.remember("names", "others", b"y")
        assert file.remembered("names", rules()) is None


def test_a_step_is_made_anew_where_its_key_differs() -> None:
    made: Iterator[int] = iter(range(10))
    memory = Memory(steps=True)
    assert [memory.step("x", key, lambda: next(made)) for key in (1, 1, 2, 2, 1)] == [0, 0, 1, 1, 2]
    assert [Memory().step("x", 1, lambda: next(made)) for _ in range(2)] == [3, 4]


def test_which_decisions_are_about_a_kind() -> None:
    one, other = (
        Decision(kind="join", targets=(Target(kind=kind, article="a"),) * 2) for kind in ("actor", "event")
    )
    assert about([one, other], "actor", "place") == (one,)


PLACES_TOLD = [None, "Bolton", "Port Ann", "Midvale", "Farland"]
TOLD = ["Arland", "Borland", "Corland", "Ada Arden", "Boris Bolt", "Cora Cray", "Rebels", "Arland Guard"]


def told_by(number: int) -> Source:
    """An article of a case of many: of one of twenty stories, months apart, with what others of it tell as well."""
    chance = random.Random(f"article {number}")
    story = random.Random(f"story {number % 20}")
    begun = date(2024, 1, 1) + timedelta(days=20 * (number % 20))
    sides, place = story.sample(TOLD, 3), story.choice(PLACES_TOLD)
    after = chance.randrange(12)
    page = Page(
        f"Outlet {chance.randrange(9)}",
        chance.choice([None, *[str(begun + timedelta(days=after))] * 5]),
        language=chance.choice(["en", "fr"]),
        vector=[story.random() - 0.5 for _ in range(6)],
    )
    for n in range(chance.randint(1, 3)):
        day = chance.choice([None, str(begun + timedelta(days=chance.randrange(4)))])
        who, whom = chance.sample(sides, 2)
        dead = chance.choice([12.0, 12.0, 20.0])
        kind, status = (
            chance.choice(["CONSULT", "ASSAULT", "RETREAT"]),
            chance.choice(["happened"] * 4 + ["denied"]),
        )
        figures = chance.choice([(), (("fatalities", dead),)])
        page.event(
            f"Line {n}: {who} and {whom} of {number % 7}, {dead:g}.",
            *(kind, [who], [whom], day, place),
            status=status,  # type: ignore[arg-type]
            figures=figures,
        )
    if chance.random() < 0.3:
        page.state(f"{sides[0]} holds Farland.", "control", sides[0], "Farland", valid=f"{begun}/")
    if chance.random() < 0.3:
        page.promise("They will leave.", [sides[1]], "RETREAT", str(begun + timedelta(days=30)))
    if chance.random() < 0.5:
        words = story.choice(["we shall not leave before spring", "never again", "the road will stay open"])
        page.statement(f"{words}, they said.", sides[2], words)
    return page.source()


@pytest.mark.parametrize("seed", [1, 2], ids=["one order", "another order"])
def test_three_hundred_articles_in_steps_are_as_all_at_once(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    sources = [told_by(n) for n in range(300)]
    chance.shuffle(sources)
    gone, judged = sources[7], [s for s in sources[:60] if s.reading.events][:2]
    targets = tuple(
        Target(kind="event", article=s.article.id, start=t.start, end=t.end)
        for s in judged
        for t in [s.reading.events[0].trigger]
    )
    removed = Target(kind="article", article=gone.article.id)
    with CaseFile(tmp_path / "x.case", create=True) as file:
        case = Case(file)
        for first, last, decision in (
            (0, 60, Decision(kind="reject", targets=targets[:1])),
            (60, 250, Decision(kind="remove", targets=(removed,))),
            (250, 299, Decision(kind="join", targets=targets)),
            (299, 300, None),
        ):
            file.add(as_new(sources[first:last]))
            if decision is None:
                file.undo()
            else:
                file.decide(decision)
            case.link()
            stand = [d for _, d, stands in file.decisions() if stands]
            assert list(file.lines()) == lines(link(sources[:last], stand))
