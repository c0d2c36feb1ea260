"""What must not be said wrongly across articles: promises that keep themselves, successions, lost denials."""

from __future__ import annotations

import pytest
from msgspec import structs

from dragoman.linking import Case, link
from linking_readings import Page


def case_of(*pages: Page) -> Case:
    return link([p.source() for p in pages], [], "2025-12-31")


def vowed(**kind: str) -> Page:
    page = Page(published="2024-05-02")
    return page.promise(
        "Arland vowed to free prisoners of Borland.",
        ["Arland"],
        "RETREAT",
        made="2024-05-01",
        event_mode="release",
        to=["Borland"],
        **kind,
    )


def freed(whom: str, when: str = "2024-05-20", published: str = "2024-05-21") -> Page:
    return Page(outlet="Post", published=published).event(
        f"Arland freed prisoners of {whom}.", "RETREAT", ["Arland"], [whom], when=when, mode="release"
    )


@pytest.mark.parametrize(
    ("why", "pages", "outcome"),
    [
        ("a deed by the same to the same settles it", (vowed(), freed("Borland")), "kept"),
        ("a deed to others does not", (vowed(), freed("Corland")), "open"),
        ("nor one before it was made", (vowed(), freed("Borland", "2024-04-20", "2024-04-21")), "open"),
    ],
)
def test_what_settles_a_promise(why: str, pages: tuple[Page, ...], outcome: str) -> None:
    (promise,) = case_of(*pages).commitments
    assert promise.outcome == outcome, why


def test_a_promise_is_not_kept_by_its_own_sentence() -> None:
    page = vowed()
    span = page.sentences[0]
    told = Page().event(
        "Arland vowed to free prisoners of Borland.",
        "RETREAT",
        ["Arland"],
        ["Borland"],
        when="2024-05-02",
        mode="release",
    )
    (event,) = told.reading["events"]
    page._add("events", structs.replace(event, sentence=span))  # type: ignore[type-var]
    (promise,) = case_of(page).commitments
    assert promise.settled_by is None
    assert promise.outcome == "open"


def force(number: float, published: str) -> Page:
    page = Page(outlet=f"Paper {number:g}", published=published)
    return page.figure(
        f"The Arland Guard has {number:g} soldiers in Midvale.", "troops", number, number, of="Arland Guard"
    )


def test_a_strength_told_years_later_is_a_succession() -> None:
    assert case_of(force(1200, "2023-03-03"), force(900, "2025-09-02")).disputes == ()


def said(text: str, stance: str = "says", outlet: str = "Daily", published: str = "2024-05-02") -> Page:
    page = Page(outlet=outlet, published=published).statement(f"Arland said {text}.", "Arland", text)
    (report,) = page.reading["statements"]
    page.reading["statements"] = [structs.replace(report, stance=stance)]  # type: ignore[type-var]
    return page


def test_a_statement_keeps_its_stance_and_is_not_merged_with_its_denial() -> None:
    words = "its planes had struck the market in Midvale at noon"
    records = case_of(said(words, "denies"), said(words, "says", "Post")).statements
    assert sorted(s.stance for s in records) == ["denies", "says"]
    (record,) = case_of(said(words, "denies"), said(words, "denies", "Post")).statements
    assert record.stance == "denies"
    assert len(record.evidence) == 2


def test_like_words_with_another_number_are_two_statements() -> None:
    def toll(number: float, outlet: str) -> Page:
        text = f"the number of soldiers killed in the attack on Midvale is now {number:g}"
        page = said(text, outlet=outlet)
        at = page.text.index(f"{number:g}")
        page._figure(page.sentences[0], "fatalities", number, number)
        assert at > 0
        return page

    assert len(case_of(toll(3, "Daily"), toll(6, "Post")).statements) == 2
    assert len(case_of(toll(3, "Daily"), toll(3, "Post")).statements) == 1


def raid(outlet: str, doer: str, beside: str = "") -> Page:
    text = f"{doer} struck Corland at Midvale{beside}."
    return Page(outlet=outlet).event(text, "ASSAULT", [doer], ["Corland"], when="2024-05-01", place="Midvale")


def test_two_attackers_on_one_side_do_not_clash() -> None:
    kinds = [d.dispute_kind for d in case_of(raid("Daily", "Arland"), raid("Post", "Borland")).disputes]
    assert kinds == ["side"]
    joint = case_of(raid("Daily", "Arland", " together with Borland"), raid("Post", "Borland"))
    assert joint.disputes == ()
