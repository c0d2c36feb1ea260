"""What must hold for any set of articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.linking import Case, Source, link
from dragoman.linking.events import _tellings
from dragoman.linking.same_event import Scene, likeness, likeness_from, may_be_one, ruled_out_but
from dragoman.linking.shared import Shared
from dragoman.linking.sources import Library
from dragoman.linking.statements import NEXT, Saying, _may_be_one, _shelves_of
from dragoman.model import Reading, Span, StatementReport, Status
from linking_readings import Page

ACTORS = ["Arland", "Borland", "Ada Arden", "Boris Bolt", "Rebels", "Arland Guard"]
PLACES = [None, "Bolton", "Port Ann", "Midvale", "Farland"]
DAYS = [None, "2024-04-28", "2024-05-01", "2024-05-01/2024-05-10", "2024-05-01/", "2024"]
PUBLISHED = [None, "2024-04-30", "2024-05-02", "2024-05-20", "2024-05-02/"]
STATUSES: list[Status] = ["happened", "planned", "denied", "alleged"]


@st.composite
def pages(draw: st.DrawFn) -> Source:
    page = Page(
        draw(st.sampled_from(["Daily", "Post", "Echo"])),
        draw(st.sampled_from(PUBLISHED)),
        vector=draw(st.sampled_from([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]])),
    )
    actor = st.sampled_from(ACTORS)
    for n in range(draw(st.integers(1, 3))):
        page.event(
            f"Line {n}: {draw(actor)} and {draw(actor)} and 12.",
            draw(st.sampled_from(["CONSULT", "ASSAULT", "RETREAT"])),
            [draw(actor)],
            draw(st.lists(actor, max_size=1)),
            draw(st.sampled_from(DAYS)),
            draw(st.sampled_from(PLACES)),
            draw(st.sampled_from([None, "withdraw"])),
            draw(st.sampled_from(STATUSES)),
            figures=draw(st.sampled_from([(), (("fatalities", 12),), (("fatalities", 20),)])),
        )
    if draw(st.booleans()):
        page.state(
            f"{draw(actor)} holds Farland.",
            draw(st.sampled_from(["control", "deployment"])),
            draw(actor),
            "Farland",
            valid=draw(st.sampled_from(DAYS)),
        )
    if draw(st.booleans()):
        page.promise("They will leave.", [draw(actor)], "RETREAT", draw(st.sampled_from(DAYS)))
    if draw(st.booleans()):
        words = draw(st.sampled_from(["we shall not leave before spring", "never again"]))
        page.statement(f"{words}, they said.", draw(actor), words)
    return page.source()


cases = st.lists(pages(), min_size=1, max_size=5)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def as_bytes(case: Case) -> bytes:
    return msgspec.json.encode(list(case.records()))


@quick
@given(cases, st.randoms())
def test_order_does_not_change_the_case(sources: list[Source], random: object) -> None:
    shuffled = sorted(sources, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert as_bytes(link(shuffled)) == as_bytes(link(sources))


@quick
@given(cases)
def test_reading_again_changes_nothing(sources: list[Source]) -> None:
    assert as_bytes(link(sources + sources[:1])) == as_bytes(link(sources))


@quick
@given(cases)
def test_every_report_is_evidence_once_and_ids_are_unique(sources: list[Source]) -> None:
    case = link(sources)
    ids = [r.id for r in case.records()]
    assert len(ids) == len(set(ids))
    by_id = {s.article.id: s for s in sources}
    reports = [(s.article.id, e.sentence) for s in by_id.values() for e in s.reading.events]
    told = [(e.article, (e.start, e.end)) for event in case.events for e in event.evidence]
    assert set(reports) == set(told)
    assert sum(e.reports for e in case.events) == sum(
        len({x.article for x in e.evidence}) for e in case.events
    )
    for record in case.records():
        for e in getattr(record, "evidence", ()):
            assert by_id[e.article].article.text[e.start : e.end] == e.text


@quick
@given(cases)
def test_removing_an_article_removes_what_it_said_and_nothing_others_said(sources: list[Source]) -> None:
    gone = sources[0].article.id
    rest = [s for s in sources if s.article.id != gone]
    before, after = link(sources), link(rest)
    assert {a.id for a in after.articles} == {a.id for a in before.articles} - {gone}
    for kind in ("events", "statements", "figures", "commitments"):
        told = {
            (e.article, e.start, e.end)
            for r in getattr(before, kind)
            for e in r.evidence
            if e.article != gone
        }
        kept = {(e.article, e.start, e.end) for r in getattr(after, kind) for e in r.evidence}
        assert told == kept
    assert not any(e.article == gone for r in after.records() for e in getattr(r, "evidence", ()))


@quick
@given(cases)
def test_what_is_merged_could_be_one(sources: list[Source]) -> None:
    for event in link(sources).events:
        assert 1 <= event.independent <= event.reports
        assert 0.0 < event.confidence <= 1.0
        if event.when and event.when.start and event.when.end:
            assert event.when.start <= event.when.end
    for dispute in link(sources).disputes:
        assert len(dispute.claims) > 1


@quick
@given(cases, st.sampled_from([0.4, 0.55, 0.65, 0.8]))
def test_a_likeness_that_is_given_up_was_too_low(sources: list[Source], least: float) -> None:
    library = Library(sources)
    scene = Scene(library, lambda a, b: 1.0 if a == b else 0.5)
    for a, b in combinations(_tellings(library), 2):
        whole = likeness(a, b, scene)
        assert likeness_from(a, b, scene, least) == (whole if whole >= least else 0.0)


@quick
@given(cases)
def test_two_may_be_one_where_no_rule_keeps_them_apart(sources: list[Source]) -> None:
    library = Library(sources)
    scene = Scene(library, lambda a, b: 1.0 if a == b else 0.5)
    for a, b in combinations(_tellings(library), 2):
        assert may_be_one(a, b, scene) == (ruled_out_but(a, b, scene, None) is None)


@quick
@given(cases)
def test_readings_that_share_their_words_say_the_same(sources: list[Source]) -> None:
    def copied(source: Source) -> Reading:
        return msgspec.msgpack.decode(msgspec.msgpack.encode(source.reading), type=Reading)

    shared = Shared()
    sources = [replace(s, reading=copied(s)) for s in sources]
    lean = [replace(s, reading=shared.reading(copied(s))) for s in sources]
    for before, after in zip(sources, lean, strict=True):
        whole = [msgspec.structs.replace(e, sure=None) for e in before.reading.events]
        assert after.reading == msgspec.structs.replace(before.reading, events=tuple(whole))
        assert msgspec.json.encode(after.reading.figures) == msgspec.json.encode(before.reading.figures)
    assert as_bytes(link(lean)) == as_bytes(link(sources))


def pairs_of_shelves(sayings: list[Saying]) -> set[tuple[int, int]]:
    """The pairs that stand near each other on a shelf, shelf by shelf."""
    shelves: dict[tuple[str, ...], list[int]] = {}
    for n, saying in enumerate(sayings):
        for key in _shelves_of(saying):
            shelves.setdefault(key, []).append(n)
    near = ((a, b) for s in shelves.values() for i, a in enumerate(s) for b in s[i + 1 : i + 1 + NEXT])
    return {(a, b) for a, b in near if a != b}


@st.composite
def said(draw: st.DrawFn) -> list[Saying]:
    word = st.sampled_from(["we", "leave", "stay"])
    found = []
    for article in range(draw(st.integers(1, 4))):
        for number in range(draw(st.integers(0, 12))):
            words = tuple(draw(st.lists(word, max_size=20)))
            report = StatementReport(
                speaker=None, cue=None, content=(), quote=True, sentence=Span(0, 1), rule=""
            )
            speaker = draw(st.sampled_from([None, "ada", "boris"]))
            found.append(Saying(f"a-{article}", number, report, speaker, " ".join(words), words, Span(0, 1)))
    return found


@quick
@given(said())
def test_each_saying_meets_those_of_its_shelves_once(sayings: list[Saying]) -> None:
    at = {(s.article, s.number): n for n, s in enumerate(sayings)}
    met = [
        (at[a.article, a.number], at[b.article, b.number])
        for a, others in _may_be_one(sayings)
        for b in others
    ]
    assert len(met) == len(set(met))
    assert set(met) == pairs_of_shelves(sayings)
