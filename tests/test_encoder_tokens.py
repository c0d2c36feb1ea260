"""Words and windows: what the encoder sees, the same in training and at run time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.encoder.annotator import EncoderAnnotator
from dragoman.encoder.session import shared_session
from dragoman.encoder.tokens import (
    MAX_PIECES,
    WORDS_A_PIECE,
    Sentence,
    tokenize,
    tokenize_all,
    windows_of,
    words_of,
)

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


# --- a sentence that no window holds ----------------------------------------------------------------------

ROOM = MAX_PIECES - 2
LONG = {
    "words": "the crew left " * 400,
    "clauses": "the crew left the ship in the harbour, " * 200,
    "commas": "a," * 2_000,
    "a long word first": "ab" * 20_000 + " and then they left" * 100,
    "a long word last": "they left and " * 100 + "ab" * 20_000,
    "long words": ("ab" * 700 + " ") * 20,
    "han": "北京" * 800,
    "signs without pieces": "the crew left " + "\u02c5" * 6_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_every_word_of_a_long_sentence_is_read_once(text: str) -> None:
    tokenizer = shared_session().tokenizer
    before, after = "They came. ", " They went."
    whole = before + text + after
    past = len(before + text)
    spans = [(0, len(before)), (len(before), past), (past, len(whole))]
    cut = tokenize_all(whole, spans, tokenizer)
    assert [w for s in cut for w in s.words] == words_of(whole)
    assert all(len(s.ids) <= ROOM and len(s.words) <= WORDS_A_PIECE * (ROOM + 1) for s in cut)
    assert [n for w in windows_of(cut) for n in range(w.first, w.last)] == list(range(len(cut)))


def test_a_long_sentence_is_cut_near_its_middle_behind_a_pause() -> None:
    text = "the crew left the ship in the harbour, " * 60
    first, *_ = tokenize_all(text, [(0, len(text))], shared_session().tokenizer)
    assert text[: first.words[-1][1]].endswith("harbour,")
    assert len(first.ids) > ROOM / 4


def test_sentences_that_fit_are_cut_as_in_training() -> None:
    text = "They came to the harbour. They left it again, and nobody saw them."
    spans = [(0, 25), (26, len(text))]
    tokenizer = shared_session().tokenizer
    assert tokenize_all(text, spans, tokenizer) == tokenize(text, spans, tokenizer)


@given(st.lists(st.sampled_from(["word", "ab" * 900, ",", "北京", "\u200b", "e\u0301"]), max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_long_sentence_keeps_its_words(words: list[str]) -> None:
    text = " ".join(words)
    cut = tokenize_all(text, [(0, len(text))], shared_session().tokenizer)
    assert {w for s in cut for w in s.words} <= set(words_of(text))
    assert all(len(s.ids) <= ROOM for s in cut)
    missing = set(words_of(text)) - {w for s in cut for w in s.words}
    assert all(not text[a:b].isprintable() for a, b in missing)


def test_what_happens_at_the_end_of_a_long_sentence_is_marked() -> None:
    list_of = ", ".join(f"the village of Nordham {n}" for n in range(150))
    text = f"After talks about {list_of}, Arland's army attacked Borland and killed three soldiers."
    marks = EncoderAnnotator().annotate(text, "en", [(0, len(text))], [], "2024-05-03")
    assert any(text[t.start : t.end] in ("attacked", "killed") for t in marks.triggers)
