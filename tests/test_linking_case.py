"""The case as a whole: every kind of record, whatever the order of the articles."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest

from dragoman.linking import Case, Source, link
from dragoman.model import name_by_content
from linking_readings import Page


def sources() -> list[Source]:
    """Three articles that together yield a record of every kind."""
    first = (
        Page("Daily", "2024-05-02")
        .event(
            "Ada Arden met Boris Bolt in Bolton on May 1.",
            "CONSULT",
            ["Ada Arden"],
            ["Boris Bolt"],
            "2024-05-01",
            "Bolton",
            "visit",
        )
        .state(
            "Arland Guard has been in Midvale since 2020.",
            "deployment",
            "Arland Guard",
            place="Midvale",
            valid="2020-01-01/",
        )
        .promise("Arland will leave by June 2025.", ["Arland"], "RETREAT", "2025-06-01/2025-06-30")
        .event(
            "The attack by Rebels in Port Ann killed 12.",
            "ASSAULT",
            ["Rebels"],
            [],
            "2024-04-30",
            "Port Ann",
            figures=[("fatalities", 12)],
        )
    )
    second = (
        Page("Post", "2024-05-03")
        .event(
            "Boris Bolt received Ada Arden in early May.",
            "CONSULT",
            ["Ada Arden"],
            ["Boris Bolt"],
            "2024-05-01/2024-05-10",
            None,
            "visit",
        )
        .event(
            "The Arland Guard left Midvale on May 2.",
            "RETREAT",
            ["Arland Guard"],
            [],
            "2024-05-02",
            "Midvale",
            "withdraw",
        )
        .statement('Cora Cray said "all is well with the world".', "Cora Cray", "all is well with the world")
    )
    third = Page("Echo", "2024-05-02").event(
        "Rebels killed 20 in Port Ann.",
        "ASSAULT",
        ["Rebels"],
        [],
        "2024-04-30",
        "Port Ann",
        figures=[("fatalities", 20)],
    )
    return [first.source(), second.source(), third.source()]


def as_bytes(case: Case) -> bytes:
    return msgspec.json.encode(list(case.records()))


def test_every_kind_of_record_is_made() -> None:
    case = link(sources())
    for kind in (
        "articles",
        "actors",
        "places",
        "events",
        "statements",
        "figures",
        "states",
        "commitments",
        "disputes",
        "storylines",
    ):
        assert getattr(case, kind), kind


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_articles_changes_nothing(order: tuple[int, ...]) -> None:
    given = sources()
    assert as_bytes(link([given[i] for i in order])) == as_bytes(link(given))


def test_an_article_given_twice_counts_once() -> None:
    given = sources()
    assert as_bytes(link(given + given)) == as_bytes(link(given))


def test_ids_are_unique_and_evidence_quotes_the_text() -> None:
    given = sources()
    case = link(given)
    text = {s.article.id: s.article.text for s in given}
    ids = [r.id for r in case.records()]
    assert len(ids) == len(set(ids))
    told = [e for r in case.records() for e in getattr(r, "evidence", ())]
    assert told
    for e in told:
        assert text[e.article][e.start : e.end] == e.text


def test_a_reading_of_another_article_is_refused() -> None:
    one, other, _ = sources()
    with pytest.raises(ValueError, match="given with article"):
        link([Source(one.article, other.reading)])


def test_no_articles_make_an_empty_case() -> None:
    assert list(link([]).records()) == []


def test_names_by_content_keep_joints() -> None:
    assert name_by_content("x", "a", "bc") != name_by_content("x", "ab", "c")
