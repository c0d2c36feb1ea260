"""Days as people type them: the examples beside the words, and what is no day."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED, load
from dragoman.model.settable import wrong_value
from dragoman.telling.typed_days import BadDay, typed_days

WORDS = {code: load(code, "typed_days") for code in SUPPORTED}
EXAMPLES = [(code, typed, str(kept)) for code in SUPPORTED for typed, kept in WORDS[code]["examples"].items()]
REFUSED = [(code, typed) for code in SUPPORTED for typed in WORDS[code]["refused"]]


@pytest.mark.parametrize(("language", "typed", "kept"), EXAMPLES)
def test_what_is_typed_is_understood(language, typed, kept):
    assert typed_days(typed, language).kept == kept
    assert typed_days(typed.upper(), language).kept == kept


@pytest.mark.parametrize(("language", "typed"), REFUSED)
def test_what_is_no_day_is_refused(language, typed):
    with pytest.raises(BadDay):
        typed_days(typed, language)


@pytest.mark.parametrize("typed", ["", "  ", "unknown", "Inconnu", "неизвестно"])
def test_a_day_may_be_unknown(typed):
    assert typed_days(typed) is None


PIECES = [
    "before",
    "avant",
    "до",
    "mid-",
    "12",
    "30",
    "2024",
    "June",
    "février",
    "мая",
    "/",
    "-",
    "–",
    ".",
    "{day}",
    "9999",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=7),
    st.sampled_from(["", " "]),
    st.sampled_from(sorted(SUPPORTED)),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_a_day_that_can_be_kept_or_refused(pieces, between, language):
    try:
        found = typed_days(between.join(pieces), language)
    except BadDay:
        return
    if found is not None:
        assert wrong_value("event", "when", found.kept) is None
        assert typed_days(found.kept, language) == found
