"""Bytes -> text: byte order marks, declared charsets, UTF-8, UTF-16 without a mark, old code pages."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes
from ftfy import fix_encoding
from ftfy.badness import is_bad

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = ("cp1251", "cp1252", "koi8_r", "cp1250", "iso8859_2", "iso8859_5", "cp866", "cp1253", "cp1254")
_CYRILLIC_PAGES = ("cp1251", "koi8_r", "cp866", "iso8859_5")
_SAMPLE = 64 * 1024
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"(\xb5/\xfd", "zstandard data"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0c\x1b\x1a")
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_MENDED_CHARS = 20_000
"""Most code points of a line that is looked through for a wrong decoding."""
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


class NotTextError(ValueError):
    """The bytes are no text; the message says what they look like."""


def magic(data: bytes) -> str | None:
    """What well-known kind of binary data begins so, or None."""
    return next((name for start, name in _MAGIC if data.startswith(start)), None)


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML or XML text declares in its first 4,096 bytes, where Python knows it."""
    match = _DECLARED.search(data[:4096])
    return _known(match[1].decode("ascii")) if match else None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # "base64", "zlib" and the like are codecs too, but of bytes; latin-1 on the web means cp1252
    if not getattr(found, "_is_text_encoding", True) or found.name.startswith(
        ("idna", "punycode", "unicode", "raw")
    ):
        return None
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes, NFC, with lines ended by a single line feed.

    `declared` is what a header or the markup says. Valid UTF-8 is read as such even against it, for no
    other encoding looks like UTF-8 by chance.

    Raises:
        NotTextError: binary data; the message says what it looks like.
    """
    return tidy(mended(_decode(data, declared)))


def mended(text: str) -> str:
    """The text with lines put right that somebody decoded in a wrong code page and saved so (`grÃ¨ve`)."""
    if text.isascii() or not is_bad(text):
        return text
    return "\n".join(
        fix_encoding(line) if len(line) <= _MENDED_CHARS and is_bad(line) else line
        for line in text.split("\n")
    )


def tidy(text: str) -> str:
    """NFC, lines ended by a single line feed, no ligatures, control characters and lone surrogates as spaces."""
    text = _BREAKS.sub("\n", _ODD.sub(" ", text))
    if not text.isascii():
        text = text.translate(_LIGATURES) if _LIGATURE.search(text) else text
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return text


def _decode(data: bytes, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if (kind := magic(data)) is not None:
        raise NotTextError(f"is {kind}, not text")
    if b"\x00" in data:
        if wide := _utf16_unmarked(data):
            return data.decode(wide, "replace")
        raise NotTextError("is binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # cut within a character at the very end: a truncated file, not another encoding
        if error.start >= len(data) - 3 and error.start > 64:
            return data.decode("utf-8", "replace")
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _CONTROLS)) < len(sample) * 0.98:
        raise NotTextError("is binary data, not text")
    return data.decode(_known(declared) or _guess(sample) or "cp1252", "replace")


def _utf16_unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: the zero bytes of spaces and Latin letters stand on one side only."""
    sample = data[: _SAMPLE // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if others == 0 and zeros > len(sample) // 50:
            try:
                text = sample.decode(name)
            except UnicodeDecodeError:
                continue
            if sum(c.isprintable() or c.isspace() for c in text) > 0.98 * len(text):
                return name
    return None


def _guess(sample: bytes) -> str | None:
    # the letters of markup are no letters of the text
    sample = _TAGS.sub(b" ", sample) if b"<" in sample else sample
    best = from_bytes(sample, cp_isolation=list(_CODE_PAGES), threshold=0.4).best()
    guess = best.encoding if best else None
    # In Russian of a Cyrillic page nearly all letters are high bytes; in western text few are.
    high = sum(b >= 0x80 for b in sample)
    letters = high + sum(65 <= b < 91 or 97 <= b < 123 for b in sample)
    mostly_high = letters and high > 0.5 * letters
    if mostly_high and guess not in _CYRILLIC_PAGES:
        return max(_CYRILLIC_PAGES, key=lambda name: _cyrillic_score(sample, name))
    if not mostly_high and guess in _CYRILLIC_PAGES:
        return "cp1252"
    return guess


def _cyrillic_score(sample: bytes, name: str) -> int:
    """Lower-case Russian letters less upper-case ones: read in a wrong page the cases come out swapped."""
    text = sample.decode(name, "replace")
    return sum(("а" <= c <= "я") - ("А" <= c <= "Я") - 2 * (c in "�▒░│┤╣║") for c in text)
