"""Labels -> what is learnt: the split by story, tags of words, days that fit. Nothing here needs torch or the gold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

import data  # noqa: E402 - a script of training, which is no package

from dragoman.encoder.labels import MODES, STATUSES, TYPES  # noqa: E402
from dragoman.encoder.times import candidates_of  # noqa: E402


def test_translations_and_a_running_story_share_a_fold() -> None:
    assert len({data.fold_of(f"ntrex_harbour.12-{code}") for code in ("en", "fr", "ru")}) == 1
    assert (
        len({data.fold_of(f"libya_2011-03-{day}_ext_{n}") for n, day in enumerate(("02", "17", "30"))}) == 1
    )
    assert {data.fold_of(f"raw_en_article-{n}") for n in range(60)} == set(range(5))


def test_words_of_a_role_begin_and_go_on() -> None:
    tags = [0] * 6
    data.lay(tags, 1, [2, 3])
    data.lay(tags, 0, [3, 4])
    assert tags == [0, 0, 3, 4, 1, 0]


WORDS = [(0, 6), (7, 11), (12, 14), (15, 21)]
MONDAY = {"start": 15, "end": 21, "first": "2024-05-13", "last": "2024-05-13"}
FITTING = [
    (["2024-05-13", "2024-05-13"], {("2024-05-13", "2024-05-13")}),
    (["2024-05-14", "2024-05-15"], {("2024-05-14", "2024-05-15")}),
    (["2024-05-15", None], {("2024-05-15", None)}),
    (None, {(None, None)}),
    (["1990-01-01", "1990-12-31"], set()),
]


@pytest.mark.parametrize(("when", "wanted"), FITTING)
def test_days_that_a_reader_wrote_are_found_among_the_choices(
    when: list[str | None] | None, wanted: set[object]
) -> None:
    choices = candidates_of([MONDAY], WORDS, "2024-05-15")
    found = {choices[n] for n in data.fitting(when, choices)}
    assert {(c.first and c.first.isoformat(), c.last and c.last.isoformat()) for c in found} == wanted


def rows(name: str) -> list[dict[str, object]]:
    with (ROOT / "training" / "labels" / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", data.OWN)
def test_our_own_texts_are_labelled_with_what_stands_in_them(name: str) -> None:
    for row in rows(name):
        text = row["text"]
        assert isinstance(text, str)
        for event in row["events"]:  # type: ignore[attr-defined]
            assert event["type"] in TYPES
            assert event["status"] in STATUSES
            assert event["mode"] is None or event["mode"] in MODES[TYPES.index(event["type"])]
            places = [event["place"]] if event["place"] else []
            for start, end in [event["trigger"], *event["who"], *event["whom"], *places]:
                assert 0 <= start < end <= len(text)
                assert text[start:end].strip()


@pytest.mark.parametrize("name", ["statements_1.jsonl", "mentions_1.jsonl"])
def test_labels_of_others_texts_hold_no_word_of_them(name: str) -> None:
    """Offsets, digests, and the names of our own classes."""
    for row in rows(name):
        assert len(str(row["sha256"])) == 16
        for one in row.get("statements") or row.get("chains") or []:  # type: ignore[union-attr]
            words = [v for v in one.values() if isinstance(v, str)]
            assert all(len(word) <= len("organisation") for word in words), words
