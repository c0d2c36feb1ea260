"""Sentences by rules: tables that anyone can extend, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.languages import LIGHT
from dragoman.reading.light import light_syntax
from dragoman.reading.light.sentences import LONGEST, split_sentences

SPLITS = [
    ("de", ["Am 15. Mai tagte der Rat.", "Danach war Ruhe."]),
    ("de", ["Es kamen z. B. die Fischer, Dr. Weiß und H. Kern.", "Keiner blieb."]),
    ("de", ["„Wir gehen.“", "Dann ging er."]),
    ("de", ["„Was soll das?“ fragte der Fischer.", "Niemand wusste es."]),
    ("de", ["Die Zahl stieg auf 15.", "Die Stadt wuchs."]),
    ("de", ["Im 19. Jahrhundert stand hier ein Turm.", "Er fiel 1950.", "2009 kam ein neuer."]),
    ("es", ["El Sr. Paz vive en EE. UU. desde ayer.", "Nadie lo vio."]),
    ("es", ["¿Quién viene?", "Nadie, dijo J. R. Paz.", "Se fue a las 5 p. m. del lunes."]),
    ("es", ["«No vamos.»", "Luego se fue."]),
    ("uk", ["У 2019 р. тут жив ім. Лисенка хор.", "Потім він виїхав."]),
    ("uk", ["Ціна зросла до 3 млн. грн. за рік.", "Усі здивувалися."]),
    ("uk", ['"Ми йдемо!" – сказав рибалка.', "Ніхто не лишився."]),
    ("pl", ["Spotkał się m.in. z prof. Leśnym 15. dnia miesiąca.", "Potem wyjechał."]),
    ("pt", ["O Sr. Paz chegou.", "Ninguém o viu."]),
    ("tr", ["Toplantı 15. Katta yapıldı.", "Sonra herkes gitti."]),
    ("ar", ["هل وصل القارب؟", "لم يصل بعد."]),
    ("fa", ["قایق رسید؟", "نه هنوز."]),
    ("zh", ["船到了吗？", "还没有。", "他们在等。"]),
    ("uk", ["Рада засідала", "Посланці говорили.", "Кінець"]),
]


@pytest.mark.parametrize(("language", "sentences"), SPLITS)
def test_split(language: str, sentences: list[str]) -> None:
    joint = "\n" if language == "uk" and not sentences[0].endswith((".", "!", "?")) else " "
    text = joint.join(sentences) if language != "zh" else "".join(sentences)
    assert [text[s.start : s.end] for s in split_sentences(text, language)] == sentences


TEXTS = st.lists(
    st.sampled_from(
        ["Wort", "Der", " ", ". ", "15", "!", "?“", "„", "\n", "z.B.", "A.", "…", "。", "؟", "x" * 400]
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize("language", LIGHT)
@given(text=st.one_of(TEXTS, st.text(max_size=300)))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_nothing_overlaps(language: str, text: str) -> None:
    spans = split_sentences(text, language)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(0 < s.end - s.start <= LONGEST for s in spans)
    kept = "".join(text[s.start : s.end] for s in spans)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


@given(text=st.one_of(TEXTS, st.text(max_size=300)))
@settings(max_examples=60, deadline=None)
def test_every_word_is_its_own_head_in_its_own_sentence(text: str) -> None:
    syntax = light_syntax(text, "de")
    assert [t.i for t in syntax.tokens] == list(range(len(syntax.tokens)))
    assert all(t.head == t.i and text[t.start : t.end] == t.text for t in syntax.tokens)
    for n, sentence in enumerate(syntax.sentences):
        inside = syntax.tokens[sentence.first : sentence.past]
        assert all(t.sent == n and sentence.start <= t.start and t.end <= sentence.end for t in inside)


@pytest.mark.parametrize("piece", [". ", "A.", "z.B.", "15. ", "„", "!?", "x", '..."', "'-'"])
def test_work_grows_with_the_text_only(piece: str) -> None:
    """Each stop is looked at within fixed bounds, so ten thousand of them are split to the end."""
    text = piece * 10_000
    assert sum(s.end - s.start for s in split_sentences(text, "de")) <= len(text)
