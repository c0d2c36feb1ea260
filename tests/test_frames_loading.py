"""How frames are read: what a construction asks for, which is taken, and what a broken file says."""

from __future__ import annotations

import pytest

from dragoman.reading.frames import BadFrame, Frame, _construction, demand, frame_data, frame_index, kinds

MODES = {
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    },
    "ASSAULT": {
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    },
}


def _made(language: str) -> set[tuple[str, str]]:
    index = frame_index(language)
    found = {
        (one.frame.type, one.frame.mode)
        for many in index.deeds.values()
        for one in many
        if one.frame.mode is not None
    }
    for many in index.operators.values():
        for one in many:
            for made in one.frame.becomes.values():
                type_, _, mode = made.partition("/")
                if mode:
                    found.add((type_, mode))
    return found


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_every_mode_is_reached_and_none_is_made_up(language: str) -> None:
    assert _made(language) == {(type_, mode) for type_, modes in MODES.items() for mode in modes}


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("withdraw obj:troop", "withdraw obj:@force"),
        ("withdraw obj:@force", "withdraw obj:@actor"),
        ("withdraw obj:@actor", "withdraw obj:*"),
        ("withdraw obj:*", "withdraw -obj"),
        ("withdraw -obj", "withdraw"),
    ],
)
def test_the_more_a_construction_asks_the_sooner_it_is_taken(more: str, less: str) -> None:
    frame = Frame(concept="try", type="RETREAT")
    ranks = [demand(_construction("try", frame, "verb", text, "en")) for text in (more, less)]
    assert ranks[0] > ranks[1]


def test_a_term_of_two_words_hangs_on_its_head() -> None:
    frame = Frame(concept="try", type="PROTEST")
    english = _construction("try", frame, "noun", "hunger_strike", "en")
    french = _construction("try", frame, "noun", "grève_de_la_faim", "fr")
    assert (english.head, french.head) == ("strike", "grève")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(BadFrame, match="unknown kind"):
        _construction("try", Frame(concept="try", type="AID"), "verb", "give obj:@gold", "en")


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_languages_have_the_same_kinds(language: str) -> None:
    assert set(kinds(language)) == set(kinds("en"))


def test_files_are_named_by_their_type() -> None:
    assert all(name in (data["type"].lower(), "operators") for name, data in frame_data())
