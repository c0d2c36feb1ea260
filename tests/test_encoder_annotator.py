"""The shipped encoder on articles of our own: what it marks, the same each time; wrong weights are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dragoman.encoder.annotator import EncoderAnnotator
from dragoman.encoder.calibration import shared_bars
from dragoman.encoder.labels import TYPES
from dragoman.encoder.manifest import WrongWeights, read_manifest
from dragoman.encoder.session import WEIGHTS, Session, shared_session
from dragoman.model.annotation import Annotation

TEXTS = {
    "en": "Police arrested forty demonstrators in the harbour district on Sunday.",
    "fr": "La police a arrêté quarante manifestants dans le quartier du port dimanche.",
    "ru": "Полиция задержала сорок демонстрантов в портовом районе в воскресенье.",
    "uk": "Поліція затримала сорок демонстрантів у портовому районі в неділю.",
    "es": "La policía detuvo a cuarenta manifestantes en el barrio del puerto el domingo.",
    "de": "Die Polizei nahm am Sonntag im Hafenviertel vierzig Demonstranten fest.",
}


def marked(text: str, language: str = "en") -> Annotation:
    return EncoderAnnotator().annotate(text, language, [(0, len(text))], [], "2024-05-13")


@pytest.mark.parametrize("language", TEXTS)
def test_one_arrest_in_six_languages(language: str) -> None:
    text = TEXTS[language]
    best = max(marked(text, language).triggers, key=lambda t: t.score)
    assert (best.type, best.status) == ("COERCE", "happened")
    who = [text[p.start : p.end] for p in best.by_role("who")]
    assert any(word in " ".join(who) for word in ("olice", "Полиция", "Поліція", "policía", "Polizei"))


def test_every_span_is_made_of_whole_words_of_the_text() -> None:
    for language, text in TEXTS.items():
        for t in marked(text, language).triggers:
            for a, b in [(t.start, t.end), *((p.start, p.end) for p in t.participants)]:
                assert 0 <= a < b <= len(text)
                assert a == 0 or not (text[a - 1].isalnum() and text[a].isalnum())
                assert b == len(text) or not (text[b - 1].isalnum() and text[b].isalnum())


def test_the_same_text_gives_the_same_bytes_whatever_was_read_before() -> None:
    alone = msgspec.json.encode(marked(TEXTS["fr"]))
    for text in TEXTS.values():
        marked(text)
    assert msgspec.json.encode(marked(TEXTS["fr"])) == alone


def test_an_article_without_words_has_no_marks() -> None:
    assert marked("").triggers == ()
    assert EncoderAnnotator().annotate("\n\n", "en", [], [], None).triggers == ()


def test_bars_belong_to_the_weights() -> None:
    assert shared_bars().weights == shared_session().digest


def test_weights_of_another_layout_are_refused(tmp_path: Path) -> None:
    manifest = msgspec.json.decode((WEIGHTS / "manifest.json").read_bytes())
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode(manifest | {"layout": 99}))
    with pytest.raises(WrongWeights, match="layout 99"):
        read_manifest(tmp_path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    for path in WEIGHTS.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "pieces.bin").write_bytes(b"\0" * 100)
    with pytest.raises(WrongWeights, match=r"pieces\.bin"):
        Session(tmp_path)


@pytest.mark.parametrize(
    ("language", "text", "word", "wanted"),
    [
        ("fr", "Deux suspects ont été relâchés dimanche matin.", "relâchés", "RETREAT"),
        ("fr", "Des heurts ont éclaté mardi en fin de manifestation.", "heurts", "PROTEST"),
        ("en", "Two suspects were released on Sunday morning.", "released", "RETREAT"),
        ("ru", "Двух подозреваемых отпустили в воскресенье утром.", "отпустили", "RETREAT"),
    ],
)
def test_what_the_labels_say_of_a_word_is_heard(language: str, text: str, word: str, wanted: str) -> None:
    lexicon = shared_session().lexicon
    assert TYPES[int(lexicon.types(word, language).argmax())] == wanted
    at = text.index(word)
    (mark,) = [t for t in marked(text, language).triggers if t.start <= at < t.end]
    assert mark.type == wanted


def test_a_word_that_no_label_has_moves_no_type() -> None:
    lexicon = shared_session().lexicon
    told = lexicon.types("zzyzx", "en")
    assert np.allclose(told, lexicon.types("qwrtp", "fr"))
    assert TYPES[int(told.argmax())] == TYPES[int(np.argmax(lexicon.prior))]


def test_too_few_labels_say_nothing_of_a_language() -> None:
    lexicon = shared_session().lexicon
    assert lexicon.knows("fr")
    assert not lexicon.knows("de")
