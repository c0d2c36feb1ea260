"""Which tellings are one event, and what the merged record holds."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.linking import Case, Decision, link
from dragoman.model import Event, Span, Target
from linking_readings import Page

MEETING = {"type": "CONSULT", "who": ["Ada Arden"], "whom": ["Boris Bolt"], "when": "2024-05-01"}


def telling(outlet: str, published: str | None = "2024-05-02", **fields: Any) -> Page:
    told = {**MEETING, **fields}
    sentence = " ".join(
        [outlet, "tells of", *told.get("who", ()), *told.get("whom", ()), str(told.get("place") or "")]
    )
    return Page(outlet, published).event(f"{sentence}.", **told)


def events_of(*pages: Page) -> list[Event]:
    return list(link([p.source() for p in pages]).events)


ONE = [
    ("the same day and sides", {}, {}),
    ("a day and a month part", {}, {"when": "2024-05-01/2024-05-10"}),
    ("a day and no date at all, in articles of one day", {}, {"when": None}),
    ("the state for its president", {"whom": ["Boris Bolt", "Borland"]}, {"whom": ["Borland"]}),
    ("sides the other way round, of a meeting", {}, {"who": ["Boris Bolt"], "whom": ["Ada Arden"]}),
    ("all sides in who, of a meeting", {}, {"who": ["Ada Arden", "Boris Bolt"], "whom": []}),
    ("a place and none", {"place": "Bolton"}, {}),
    ("a place and its country", {"place": "Bolton"}, {"place": "Borland"}),
    ("alleged and told as fact", {"status": "alleged"}, {}),
    (
        "a visit to a state and to its president",
        {"mode": "visit", "whom": [], "place": "Bolton"},
        {"mode": "visit", "whom": ["Boris Bolt", "Borland"], "when": "2024-05-01/2024-05-31"},
    ),
    ("a mode and none", {"mode": "visit"}, {}),
    ("seized and stormed", {"type": "COERCE"}, {"type": "ASSAULT"}),
]

TWO = [
    ("two days", {}, {"when": "2024-05-04"}),
    ("two years", {"when": "2023"}, {"when": "2024"}),
    ("another side", {}, {"whom": ["Cora Cray"]}),
    ("two presidents of one state", {"whom": ["Boris Bolt"]}, {"whom": ["Cora Cray"]}),
    ("a plan and a deed", {"status": "planned"}, {}),
    ("a deed and its denial", {"status": "denied"}, {}),
    ("two types", {}, {"type": "AGREE"}),
    ("a visit and a telephone call", {"mode": "visit"}, {"mode": "phone"}),
    (
        "a visit and the return visit",
        {"mode": "visit", "when": "2024-05-01/2024-05-31"},
        {"mode": "visit", "who": ["Boris Bolt"], "whom": ["Ada Arden"], "when": None},
    ),
    ("two settlements", {"place": "Bolton"}, {"place": "Port Ann"}),
    (
        "attacker and attacked changed",
        {"type": "ASSAULT"},
        {"type": "ASSAULT", "who": ["Boris Bolt"], "whom": ["Ada Arden"]},
    ),
]


@pytest.mark.parametrize(("why", "left", "right"), ONE, ids=[c[0] for c in ONE])
def test_one_event(why: str, left: dict[str, Any], right: dict[str, Any]) -> None:
    events = events_of(telling("Daily", **left), telling("Post", **right))
    assert [e.reports for e in events] == [2]


@pytest.mark.parametrize(("why", "left", "right"), TWO, ids=[c[0] for c in TWO])
def test_two_events(why: str, left: dict[str, Any], right: dict[str, Any]) -> None:
    assert [e.reports for e in events_of(telling("Daily", **left), telling("Post", **right))] == [1, 1]


def test_an_article_that_tells_twice_is_one_report() -> None:
    page = telling("Daily").event("They spoke that day, Ada Arden and Boris Bolt.", **MEETING)
    (event,) = events_of(page)
    assert (event.reports, len(event.evidence)) == (1, 2)


def test_undated_tellings_of_articles_far_apart_are_two() -> None:
    assert (
        len(events_of(telling("Daily", "2024-05-02", when=None), telling("Post", "2024-11-02", when=None)))
        == 2
    )


def test_a_deed_after_an_article_appeared_is_not_told_in_it() -> None:
    assert (
        len(
            events_of(
                telling("Daily", "2024-05-02", when=None), telling("Post", "2024-06-02", when="2024-06-01")
            )
        )
        == 2
    )


def test_a_vague_telling_that_fits_two_events_stays_alone_and_is_asked() -> None:
    case = link(
        [
            telling("Daily", when="2024-05-01").source(),
            telling("Post", when="2024-05-08", published="2024-05-09").source(),
            telling("Echo", when="2024-05-01/2024-05-31", published="2024-06-01").source(),
        ]
    )
    assert [e.reports for e in case.events] == [1, 1, 1]
    assert len(case.undecided) == 1


def test_the_merged_record_keeps_what_is_most_exact() -> None:
    (event,) = events_of(
        telling("Daily", "2024-05-03", when="2024-05-01/2024-05-31"),
        telling("Post", "2024-05-02", when="2024-05-01", place="Bolton", mode="visit"),
    )
    assert event.when is not None
    assert (event.when.start, event.when.end) == ("2024-05-01", "2024-05-01")
    assert event.mode == "visit"
    assert event.place is not None
    assert event.known_from == "2024-05-02"
    assert event.confidence > 0.9


def test_a_war_keeps_each_side_on_both_sides() -> None:
    war: dict[str, Any] = {"type": "ASSAULT", "who": ["Arland", "Borland"], "whom": ["Arland", "Borland"]}
    (event,) = events_of(telling("Daily", **war), telling("Post", **war))
    assert set(event.who) == set(event.whom) and len(event.who) == 2


def test_two_vague_times_narrow_each_other() -> None:
    (event,) = events_of(
        telling("Daily", when="2024-04-25/2024-05-05"), telling("Post", when="2024-05-01/2024-05-10")
    )
    assert event.when is not None
    assert (event.when.start, event.when.end, event.when.basis) == ("2024-05-01", "2024-05-05", "inferred")


def test_the_place_acted_on_is_the_place_where_none_is_told() -> None:
    case = link(
        [Page().event("Rebels seized Midvale.", "COERCE", ["Rebels"], ["Midvale"], "2024-05-01").source()]
    )
    assert [e.place for e in case.events] == [p.id for p in case.places if p.name == "Midvale"]


def test_a_copy_adds_no_origin() -> None:
    words = (
        "The two sides spoke at length about the border and about trade and about the return of those who had fled. "
        * 3
    )
    pages = [telling("Daily"), telling("Post", "2024-05-03")]
    for page in pages:
        page.text = ""
        page.sentences.clear()
        page.mentions.clear()
        page.reading.clear()
        page.event(f"Ada Arden met Boris Bolt. {words}", **MEETING)
    case = link([p.source() for p in pages])
    (event,) = case.events
    assert (event.reports, event.independent) == (2, 1)
    assert [a.outlet for a in case.articles if a.copies_of] == ["Post"]


def test_one_article_tells_step_by_step() -> None:
    page = telling("Daily", mode="visit").event("Then they spoke, Ada Arden and Boris Bolt.", **MEETING)
    assert len(events_of(page)) == 2
    same = telling("Daily", mode="visit").event(
        "So it was, Ada Arden and Boris Bolt.", **{**MEETING, "mode": "visit"}
    )
    assert len(events_of(same)) == 1


BASES = [
    (
        "a day concluded within a month printed",
        ("2024-05-01/2024-05-31", "stated"),
        ("2024-05-02", "inferred"),
        "2024-05-02",
    ),
    ("a day printed", ("2024-05-01", "stated"), ("2024-04-28/2024-05-02", "inferred"), "2024-05-01"),
    (
        "a day printed and one concluded beside it",
        ("2024-05-01/2024-05-02", "stated"),
        ("2024-05-02/2024-05-03", "inferred"),
        "2024-05-01",
    ),
]


@pytest.mark.parametrize(("why", "left", "right", "start"), BASES, ids=[c[0] for c in BASES])
def test_the_better_founded_date_wins(
    why: str, left: tuple[str, Any], right: tuple[str, Any], start: str
) -> None:
    pages = [
        telling(outlet, when=when).based(basis)
        for outlet, (when, basis) in (("Daily", left), ("Post", right))
    ]
    (event,) = events_of(*pages)
    assert event.when is not None
    assert event.when.start == start


# --- decisions ------------------------------------------------------------------------------------


def decided(kind: Any, pages: list[Page], **fields: Any) -> Case:
    sources = [p.source() for p in pages]
    targets = tuple(Target(kind="event", article=s.article.id, start=0, end=4) for s in sources)
    return link(sources, [Decision(kind=kind, targets=targets, **fields)])


def test_a_person_can_join_what_rules_keep_apart() -> None:
    case = decided("join", [telling("Daily"), telling("Post", when="2024-05-04")])
    assert [e.reports for e in case.events] == [2]


def test_a_person_can_split_what_rules_join() -> None:
    case = decided("split", [telling("Daily"), telling("Post")])
    assert [e.reports for e in case.events] == [1, 1]


def test_what_a_person_rejects_is_gone_and_what_is_accepted_is_sure() -> None:
    assert decided("reject", [telling("Daily")]).events == ()
    assert [e.confidence for e in decided("accept", [telling("Daily")]).events] == [1.0]


def test_a_person_can_set_a_field() -> None:
    (event,) = decided("set", [telling("Daily")], field="when", value="2024-04-30").events
    assert event.when is not None
    assert (event.when.start, event.when.why) == ("2024-04-30", "set by hand")


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        ("whom", "cora cray; Nobody Known", ["Cora Cray", "Nobody Known"]),
        ("who", "", []),
        ("place", "Midvale", ["Midvale"]),
    ],
)
def test_sides_and_places_are_set_by_their_names(field: str, value: str, names: list[str]) -> None:
    page = telling("Daily").event(
        "Cora Cray left Midvale.", type="RETREAT", who=["Cora Cray"], place="Midvale"
    )
    source = page.source()
    met = source.reading.events[0].trigger
    target = Target(kind="event", article=source.article.id, start=met.start, end=met.end)
    case = link([source], [Decision(kind="set", targets=(target,), field=field, value=value)])
    (event,) = (e for e in case.events if e.type == "CONSULT")
    named = {r.id: r.name for r in (*case.actors, *case.places)}
    held = getattr(event, field) or ()
    refs = (held,) if isinstance(held, str) else held
    assert [named.get(ref, ref) for ref in refs] == names


@pytest.mark.parametrize(("kind", "types"), [("reject", ["CONSULT"]), ("set", ["CONSULT", "THREATEN"])])
def test_a_decision_is_about_one_fact_of_a_sentence(kind: Any, types: list[str]) -> None:
    page = telling("Daily").event("Arland accused Borland.", type="ACCUSE", who=["Arland"], whom=["Borland"])
    whole = Span(0, len(page.text))
    page.reading["events"] = [replace(e, sentence=whole) for e in page.reading["events"]]
    source = page.source()
    accused = source.reading.events[1].trigger
    target = Target(kind="event", article=source.article.id, start=accused.start, end=accused.end)
    decision = Decision(kind=kind, targets=(target,), field="type", value="THREATEN")
    assert sorted(e.type for e in link([source], [decision]).events) == types


def test_the_last_word_counts() -> None:
    source = telling("Daily").source()
    target = (Target(kind="event", article=source.article.id, start=0, end=4),)
    said = [Decision(kind="reject", targets=target), Decision(kind="accept", targets=target)]
    assert len(link([source], said).events) == 1
    assert len(link([source], said[::-1]).events) == 0


def test_an_article_without_a_date_appeared_after_what_it_tells() -> None:
    case = link([telling("Daily").source(), telling("Post", None, when=None).source()])
    undated = next(a for a in case.articles if a.outlet == "Post")
    assert undated.published is not None
    assert (undated.published.start, undated.published.end) == ("2024-05-01", None)
    assert undated.published.basis == "bounded"
    assert "Daily" in undated.published.why or "2024-05-01" in undated.published.why


def test_a_force_stands_with_its_state() -> None:
    """Who asks for a state finds what its troops did, unless it is the other side too."""
    for other in ("Borland", "Arland"):
        page = Page().event("Arland met League.", "CONSULT", ["Arland", "League"])
        case = link([page.event("Arland Guard shelled.", "ASSAULT", ["Arland Guard"], [other]).source()])
        names = {a.id: a.name for a in case.actors}
        event = next(e for e in case.events if e.type == "ASSAULT")
        who, whom = [names[r] for r in event.who], [names[r] for r in event.whom]
        assert (who, whom) == (["Arland Guard"] + ["Arland"] * (other != "Arland"), [other])
