"""Text recognition by Tesseract, where the user asks for it and the machine has it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

from dragoman.intake.decode import tidy
from dragoman.intake.found import Found
from dragoman.intake.kinds import NO_TEXT
from dragoman.model import SetAside

_LANGUAGES = ("eng", "fra", "rus")
_SECONDS = 120
"""Longest that one picture is looked at."""
_CHARS = 200_000


def needs_recognition(path: str, what: str, asked: bool) -> SetAside:
    """A picture or a scanned page that is set aside: `no text: needs OCR`."""
    hint = "Give --ocr to have Tesseract read it."
    if asked or shutil.which("tesseract") is None:
        hint = "Install Tesseract and give --ocr, or have it written down."
    return SetAside(path=path, reason=f"{NO_TEXT} ({what})", hint=hint)


def read_picture(path: str, data: bytes, ocr: bool) -> Found | SetAside:
    """The text on a picture."""
    if not ocr or shutil.which("tesseract") is None:
        return needs_recognition(path, "a picture", ocr)
    text = recognised(data)
    if text is None:
        return SetAside(path=path, reason="is a picture that Tesseract could not read")
    if not text.strip():
        return SetAside(path=path, reason="is a picture without a text that Tesseract could find")
    return Found(path=path, text=text, source="pdf")


def recognised(data: bytes) -> str | None:
    """The text of a picture's bytes; None where Tesseract gives up or takes too long."""
    command = ["tesseract", "stdin", "stdout", *(["-l", "+".join(found)] if (found := _languages()) else [])]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tidy(done.stdout.decode("utf-8", "replace"))[:_CHARS] if done.returncode == 0 else None


@cache
def _languages() -> tuple[str, ...]:
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=_SECONDS, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(code for code in _LANGUAGES if code in done.stdout.split())
