"""From what a person names to the places in articles that a decision is tied to."""

from __future__ import annotations

import pytest

from dragoman.case import Case
from dragoman.model import Actor, MentionRef
from dragoman.store import CaseFile
from dragoman.telling.pointing import NotOne, targets
from records import FIRST, SECOND, structs


@pytest.fixture
def case(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        start = SECOND.index("Ruritanian")
        spelt = (
            MentionRef(article="a-1", start=0, end=9),
            MentionRef(article="a-2", start=start, end=start + 10),
        )
        other = Actor(
            id="p-3", name="Ruritania", type="organisation", forms=("Ruritania", "RR"), mentions=spelt[:1]
        )
        nowhere = Actor(id="p-4", name="Nobody", type="person", forms=("Nobody",))
        file.replace_records([*structs(), other, nowhere], file.state_of_reading())
        yield Case(file)


def target(case, wanted):
    return targets(case, "join", [wanted])[0]


def test_an_actor_is_named_where_it_is_written_so(case):
    by_id = target(case, "p-1")
    assert (by_id.kind, by_id.article, by_id.start, by_id.name) == ("actor", "a-1", 0, "Ruritania")


def test_letters_of_any_case_and_all_forms_find_an_actor(case):
    assert target(case, "rr").article == "a-1"


@pytest.mark.parametrize("wanted", ["Ruritania", "Nothing of this name", "Nobody"])
def test_what_is_not_one_is_said(case, wanted):
    with pytest.raises(NotOne, match=wanted):
        target(case, wanted)


def test_a_fact_is_rejected_wherever_it_is_told_and_joined_by_one_place(case):
    assert [t.article for t in targets(case, "reject", ["e-1"])] == ["a-1", "a-2"]
    assert [t.article for t in targets(case, "join", ["e-1", "e-2"])] == ["a-1", "a-2"]
    assert FIRST[target(case, "e-1").start :].startswith("Its soldiers")


def test_an_article_is_its_own_target(case):
    assert (target(case, "a-1").kind, target(case, "a-1").article) == ("article", "a-1")
