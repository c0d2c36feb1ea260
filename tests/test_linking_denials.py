"""What one says and another denies is laid side by side; what merely stands near a denial is not."""

from __future__ import annotations

import pytest
from msgspec import structs

from dragoman.linking import link
from dragoman.model import EventReport, Span, StatementReport
from linking_readings import Page

Sentence = tuple[str, ...]
"""kind (`says`, `denies`, `accuses`), speaker, cue, what, after which nothing stands."""


def page(*told: Sentence, outlet: str = "Daily") -> Page:
    """An article of sentences `SPEAKER CUE WHAT.`; a denial is told by both voices, `unsure` by the statement alone.

    A speaker `It=Arland` is written as `It`, and Arland is meant.
    """
    made = Page(outlet=outlet)
    for kind, written, cue, what in told:
        speaker, _, meant = written.partition("=")
        span = made.say(f"{speaker} {cue} {what}.")
        at = span.start + len(speaker) + 1
        cued = Span(at, at + len(cue))
        content = Span(cued.end + 1, cued.end + 1 + len(what))
        who = made.arg(span, speaker)
        if meant:
            who = (structs.replace(who[0], entities=(made.entity(meant),)),)
        if kind != "accuses":
            stance = "says" if kind == "says" else "denies"
            made._add("statements", StatementReport(
                speaker=who[0], cue=cued, content=(content,), quote=False, sentence=span, rule="test", stance=stance,
                named=not meant,
            ))  # fmt: skip
        if kind in ("accuses", "denies"):
            code = "ACCUSE" if kind == "accuses" else "REJECT"
            made._add("events", EventReport(
                type=code, mode=None, status="happened", trigger=cued, who=who, whom=(), place=None, when=None,
                sentence=span, rule="test", confidence=0.8,
            ))  # fmt: skip
    return made


CLAIM = ("says", "Arland", "said that", "the soldiers burned Midvale")
FOUND = [
    ("by a word", CLAIM, ("denies", "Borland", "denied", "that anything was burned by its own troops")),
    ("pointing back", CLAIM, ("denies", "Borland", "denies", "it")),
    (
        "an accusation",
        ("accuses", "Arland", "accused", "Borland of theft"),
        ("denies", "Borland", "rejected", "the charge"),
    ),
]  # fmt: skip
NOT_FOUND = [
    ("the same speaker", CLAIM, ("denies", "Arland", "denied", "that it burned the bridge")),
    ("nothing in common", CLAIM, ("denies", "Borland", "denied", "plans of a new tunnel under the strait")),
    ("one voice alone", CLAIM, ("unsure", "Borland", "denies", "it")),
]


def denials(*pages: Page):
    return [d for d in link([p.source() for p in pages]).disputes if d.dispute_kind == "denial"]


@pytest.mark.parametrize(("name", "claim", "denial"), FOUND)
def test_a_claim_stands_against_its_denial(name, claim, denial):
    (found,) = denials(page(claim, denial))
    assert [c.value for c in found.claims] == [" ".join(told[1:]) for told in (claim, denial)]
    assert found.claims[0].evidence[0].text.startswith("Arland")


def test_it_is_called_by_the_whole_claim_and_by_who_claims_it():
    told = page(
        ("accuses", "Arland", "accused", "Borland of theft"), ("denies", "Borland", "rejected", "the charge")
    )
    assert [d.about for d in denials(told)] == ["Arland accused Borland of theft"]
    (named,) = denials(page(CLAIM, ("denies", "Borland", "denies", "it")))
    assert named.about == " ".join(CLAIM[1:])


def test_who_is_only_pointed_to_is_named_before_the_words():
    pointed = ("says", "It=Arland", "said that", "the soldiers burned Midvale")
    (found,) = denials(page(("says", "Arland", "said that", "it rained"), pointed, FOUND[0][2]))
    assert found.about == "Arland: “It said that the soldiers burned Midvale”"


@pytest.mark.parametrize(("name", "claim", "denial"), NOT_FOUND)
def test_what_is_no_denial_of_it_is_not_set_against_it(name, claim, denial):
    assert denials(page(claim, denial)) == []


def test_two_articles_that_tell_one_denial_are_one_dispute():
    told = (CLAIM, ("denies", "Borland", "denied", "that its soldiers burned it"))
    (found,) = denials(
        page(*told), page(("says", "Cora Cray", "said", "it rained all day"), *told, outlet="Post")
    )
    assert [len(c.evidence) for c in found.claims] == [2, 2]
    other = ("denies", "Borland", "denied", "that soldiers burned the harvest in the valley of the north")
    far = page(("says", "Corland", "says that", "smugglers burned harvest stores"), other, outlet="Post")
    assert len(denials(page(*told), far)) == 2


def test_an_accusation_whose_speaker_was_left_empty_is_shown_with_the_words_before_it() -> None:
    made = page(
        ("accuses", "Arland", "accused", "Borland of theft"), ("denies", "Borland", "denied", "any theft")
    )
    events = [e for e in made.reading["events"] if isinstance(e, EventReport)]
    made.reading["events"] = [structs.replace(e, who=()) if e.type == "ACCUSE" else e for e in events]
    (dispute,) = denials(made)
    assert dispute.claims[0].value == "Arland accused Borland of theft"
    made.reading["statements"][:0] = [
        StatementReport(
            speaker=None, cue=Span(7, 14), content=(Span(15, 31),), quote=False, sentence=Span(0, 32), rule="test"
        )
    ]  # fmt: skip
    made.reading["events"] = [e for e in made.reading["events"] if getattr(e, "type", "") != "ACCUSE"]
    (dispute,) = denials(made)
    assert dispute.claims[0].value == "Arland accused Borland of theft"
