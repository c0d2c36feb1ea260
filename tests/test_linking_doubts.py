"""What linking leaves to a person, and what a person's answer does to it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.linking import link
from dragoman.linking.decisions import Verdicts
from dragoman.linking.doubts import doubtful_actors, doubtful_dates
from dragoman.model import Actor, ArticleRecord, Decision, MentionRef, Target, When
from dragoman.naming.same import same
from dragoman.store import CaseFile
from linking_readings import Page


def telling(outlet: str, published: str, when: str | None) -> Page:
    page = Page(outlet, published)
    page.event("Arland met Borland.", type="CONSULT", who=["Arland"], whom=["Borland"], when=when)
    return page


def sources() -> list:
    return [
        telling("Daily", "2024-05-02", "2024-05-01").source(),
        telling("Post", "2024-05-09", "2024-05-08").source(),
        telling("Echo", "2024-06-01", "2024-05-01/2024-05-31").source(),
    ]


def about_event(kind: str, *ids: str) -> Decision:
    case = link(sources())
    evidence = {e.id: e.evidence[0] for e in case.events}
    spans = [(evidence[i].article, evidence[i].fields["trigger"]) for i in ids]
    targets = tuple(Target(kind="event", article=a, start=s.start, end=s.end) for a, s in spans)
    return Decision(kind=kind, targets=targets)


def test_a_telling_that_fits_two_events_is_a_doubt_with_its_reasons():
    case = link(sources())
    (doubt,) = case.doubts
    assert doubt.about == "event"
    assert {doubt.left, doubt.right} <= {e.id for e in case.events}
    assert {"several_fit", "vague_date"} <= set(doubt.why)


@pytest.mark.parametrize(("kind", "together"), [("join", True), ("split", False)])
def test_an_answer_settles_the_doubt_in_every_later_link(kind, together):
    (doubt,) = link(sources()).doubts
    told = {e.id: e.evidence[0].article for e in link(sources()).events}
    settled = link(sources(), [about_event(kind, doubt.left, doubt.right)])
    assert settled.doubts == ()
    both = {told[doubt.left], told[doubt.right]}
    assert any(both <= {e.article for e in event.evidence} for event in settled.events) is together


def person(name: str, country: str | None = None, mentions: int = 1) -> Actor:
    at = tuple(MentionRef(article=f"a-{n}", start=0, end=len(name)) for n in range(mentions))
    ref = f"p-{name}"
    return Actor(id=ref, name=name, type="person", forms=(name,), mentions=at, country=country)


def score(a: str, b: str) -> float:
    return same(a, b).score


ASKED = [
    (["Nikol Pashinyan", "Nikolas Pashinian"], {"near_spelling"}),
    (["Kovalenko", "Oleh Kovalenko", "Iryna Kovalenko"], {"surname_alone"}),
    (["Oleh Kovalenko", "Iryna Kovalenko"], set()),
    (["Oleh Kovalenko", "Ada Arden"], set()),
    (["Kovalenko", "Ada Arden"], set()),
]


@pytest.mark.parametrize(("names", "why"), ASKED)
def test_which_persons_are_asked_about(names, why):
    found = list(doubtful_actors([person(n) for n in names], Verdicts(), score))
    assert {code for d in found for code in d.why} == why


def test_a_surname_is_not_asked_about_with_somebody_of_another_country():
    found = list(doubtful_actors([person("Arden", "XA"), person("Ada Arden", "XB")], Verdicts(), score))
    assert found == []


def test_persons_kept_apart_are_not_asked_about_again():
    persons = [replace(person("Kovalenko"), mentions=(MentionRef(article="b", start=0, end=9),))]
    persons.append(person("Oleh Kovalenko"))
    (doubt,) = doubtful_actors(persons, Verdicts(), score)
    targets = tuple(
        Target(kind="actor", article=p.mentions[0].article, start=0, end=9, name=p.name) for p in persons
    )
    split = Verdicts([Decision(kind="split", targets=targets)])
    assert doubt.why == ("surname_alone",)
    assert list(doubtful_actors(persons, split, score)) == []


def article(text: str, published: When | None = None) -> ArticleRecord:
    nothing = dict.fromkeys(("url", "title", "outlet", "aggregator", "wire", "byline", "missing_share"))
    return ArticleRecord(id="a", path="a.txt", language="en", published=published, text=text, **nothing)


TWO_DAYS = [
    ("London, 03/04/2024. Talks began.", ("2024-04-03", "2024-03-04")),
    ("London, 3-4-2024: talks began.", ("2024-04-03", "2024-03-04")),
    ("London, 13/04/2024. Talks began.", None),
    ("London, 04/04/2024. Talks began.", None),
    ("Version 1.2.3.2024 of the list", None),
    ("x" * 500 + " 03/04/2024", None),
]


@pytest.mark.parametrize(("text", "days"), TWO_DAYS)
def test_which_dates_have_two_readings(text, days):
    found = [d.values for d in doubtful_dates([article(text)], [])]
    assert found == ([days] if days else [])


def test_french_puts_the_day_first():
    assert list(doubtful_dates([replace(article("Paris, 03/04/2024"), language="fr")], [])) == []


def test_a_dated_article_is_not_asked_about():
    known = When(start="2024-04-03", end="2024-04-03", basis="stated")
    assert list(doubtful_dates([article("03/04/2024", known)], [])) == []


def test_doubts_are_kept_least_sure_first_and_replaced_by_the_next_link(tmp_path):
    (doubt,) = link(sources()).doubts
    surer = replace(doubt, sure=0.99, left="a")
    with CaseFile(tmp_path / "x.case", create=True) as case:
        case.replace_records([], case.state_of_reading(), [surer, doubt])
        assert case.doubts("event", 9) == [doubt, surer]
        assert case.doubts("event", 1) == [doubt]
        assert case.doubts_by_kind() == {"event": 2}
        case.replace_records([], case.state_of_reading())
        assert case.doubts_by_kind() == {}
