"""Quotation marks: which stretches they hold, whatever the marks and however they are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.statements.quotation import find_quotations

ROWS = [
    ("“Stay,” he said.", ["Stay,"]),
    ("« Restez », dit-il.", ["Restez"]),
    ("«\u00a0Restez\u00a0», dit-il.", ["Restez"]),
    ("«Останьтесь», — сказал он.", ["Останьтесь"]),
    ("„Wir bleiben“, sagte er.", ["Wir bleiben"]),
    ('"Stay," he said. "We go."', ["Stay,", "We go."]),
    ("''Stay,'' he said.", ["Stay,"]),
    ("'Stay,' he said.", ["Stay,"]),
    ("He spoke of ” progress “.", ["progress"]),
    ("It was “purely technical” And “surmountable”.", ["purely technical", "surmountable"]),
    ("“We go. »", ["We go."]),
    ("“He said ‘no’ to us.”", ["He said ‘no’ to us.", "no"]),
    ("«Газета «Утро» закрыта», — сказал он.", ["Газета «Утро» закрыта", "Утро"]),
    ("«Газета «Утро», — сказал он.", ["Газета «Утро", "Утро"]),
    ("The voters' choice and the owners' loss", []),
    ("It isn't what they've said, y'know.", []),
    ("A 5'10\" man ran.", []),
    ("“It never closed. The rest is ours.", ["It never closed."]),
    ("", []),
    ("”", []),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_quotations(text: str, wanted: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in find_quotations(text)] == wanted


def test_speech_goes_on_over_paragraphs() -> None:
    first, second = find_quotations("“We lost it.\n\n“All of it,” she said.")
    assert first.goes_on and not first.closed
    assert second.closed and not second.goes_on


@given(st.text(alphabet="ab .,\n«»“”„\"'‘’", max_size=200))
def test_stretches_are_within_the_text_and_nest(text: str) -> None:
    found = find_quotations(text)
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert q.start <= q.inner_start <= q.inner_end <= q.end
        assert "\n" not in text[q.start : q.end]
    doubles = [q for q in found if not q.single]
    for a in doubles:
        for b in doubles:
            apart = a.end <= b.start or b.end <= a.start
            nested = (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
            assert apart or nested


@pytest.mark.parametrize("unit", ["“ and then ", "« ", '"a ', "'a ", "» “ "])
def test_a_megabyte_of_marks_gives_an_answer(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert all(q.end <= len(text) for q in find_quotations(text))
