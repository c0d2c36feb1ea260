"""Encodings: marks, declarations, UTF-16 without a mark, old code pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake.decode import NotTextError, declared_charset, decode, mended, tidy

RUSSIAN = (
    "Экипажи портовых паромов прекратили работу в понедельник и заявили, что не вернутся до переговоров."
)
FRENCH = (
    "Les équipages ont cessé le travail à la suite d’un désaccord : « c’est fini », dit-on à l’arrière-garde."
)
GERMAN = "Die Besatzungen der Fähren streiken für höhere Löhne; die Gespräche führten zu nichts, heißt es."
ENGLISH = "The crews of the harbour ferries stopped work on Monday."

CASES = [
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "utf-16"),
    (FRENCH, "cp1252"),
    (FRENCH, "utf-8-sig"),
    (FRENCH, "utf-16-le"),
    (FRENCH.replace("’", "'"), "latin-1"),
    (GERMAN, "cp1252"),
    (ENGLISH, "utf-16-be"),
    (ENGLISH, "utf-16-le"),
    (ENGLISH, "ascii"),
    (ENGLISH, "utf-32"),
]


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=[f"{t[:8]} {e}" for t, e in CASES])
def test_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b'<meta charset="base64">', None),
        (b'<meta charset="no-such-thing">', None),
        (b"<p>charset</p>", None),
    ],
)
def test_declared_charset(data: bytes, charset: str | None) -> None:
    assert declared_charset(data) == charset


def test_a_declared_page_is_believed_unless_it_is_utf8() -> None:
    assert decode("Привет всем".encode("cp1251"), "cp1251") == "Привет всем"
    assert decode("Привет всем".encode(), "cp1251") == "Привет всем"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 x", b"PK\x03\x04rest", b"\x89PNG\r\n", bytes(range(256)) * 9, b"\x00\x01\x02" * 50],
    ids=["pdf", "zip", "png", "all bytes", "nulls"],
)
def test_binary_data_are_named(data: bytes) -> None:
    with pytest.raises(NotTextError, match="not text"):
        decode(data)


def test_tidy() -> None:
    assert tidy("a\r\nb\rc\u2028d\x00e") == "a\nb\nc\nd e"
    assert tidy("e\u0301") == "é"
    assert tidy("\ud800") == "?"


@given(st.text())
def test_utf8_is_read_back(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    data = tidied.encode()
    if (
        not data.startswith((b"%PDF", b"PK\x03\x04", b"GIF8", b"BZh", b"(\xb5/\xfd"))
        and "\ufeff" not in tidied
    ):
        assert decode(data) == tidy(mended(tidied))


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1251", "shift_jis", "utf-7", "utf-16", "hz"])
)
def test_any_bytes_are_text_or_named(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except NotTextError as error:
        assert str(error)
    else:
        assert text == tidy(text)
