"""Words and windows: what the encoder sees, the same in training and at run time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encoder.session import shared_session
from dragoman.encoder.tokens import MAX_PIECES, Sentence, tokenize, windows_of, words_of

WORDS = [
    ("The mayor's office", ["The", "mayor", "'", "s", "office"]),
    ("l’Ukraine et l'Azerbaïdjan", ["l", "’", "Ukraine", "et", "l", "'", "Azerbaïdjan"]),
    ("Санкт-Петербург, 5 мая", ["Санкт", "-", "Петербург", ",", "5", "мая"]),
    ("北京9日电", ["北", "京", "9", "日", "电"]),
    ("يوم ٱلجُمعة", ["يوم", "ٱلجُمعة"]),
    ("", []),
    (" \n\t", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[w[0][:12] for w in WORDS])
def test_words(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in words_of(text)] == words


@given(st.text(max_size=200))
def test_words_cover_all_but_space_and_do_not_overlap(text: str) -> None:
    spans = words_of(text)
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(a < b for a, b in spans)
    assert sum(b - a for a, b in spans) == len(covered)
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


@given(st.lists(st.integers(0, MAX_PIECES - 2), max_size=40))
def test_windows_hold_every_sentence_once_and_keep_their_bound(sizes: list[int]) -> None:
    sentences = [Sentence(0, (), (0,) * n, ()) for n in sizes]
    windows = list(windows_of(sentences))
    assert [n for w in windows for n in range(w.first, w.last)] == list(range(len(sizes)))
    assert all(sum(sizes[n] for n in w.sentences) <= MAX_PIECES - 2 for w in windows)
    assert all(n < w.first for w in windows for n in w.context)


HOSTILE = [
    "a" * 50_000,
    "\u200b" * 500,
    "🙂" * 400,
    "\x00\x01 \uffff",
    "e\u0301" * 300,
    "- " * 2000,
    "٠" * 100,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[f"{t[:2]!r} x {len(t)}" for t in HOSTILE])
def test_any_text_is_cut_within_bounds(text: str) -> None:
    [cut] = tokenize(text, [(0, len(text))], shared_session().tokenizer)
    assert len(cut.ids) <= MAX_PIECES - 2
    assert {w for _, w in cut.links} == set(range(len(cut.words))) or not cut.ids
    assert all(0 <= p < len(cut.ids) for p, _ in cut.links)
