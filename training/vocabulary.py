"""Which pieces of the base vocabulary are kept: those that the texts and common words of the languages need.

    python training/vocabulary.py OUT.json [TEXTS.jsonl ...]

Everything met in the given texts, the commonest words of the languages (package `wordfreq`) as they are, capitalised
and in capitals, all pieces of one letter, all Armenian and Georgian pieces, and those with the letter schwa.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from data import read_lines
from packed import Packed

WORDS = {"en": 60000, "fr": 60000, "ru": 60000, "uk": 50000, "es": 40000, "de": 40000, "ar": 30000, "tr": 30000,
         "pl": 12000, "pt": 12000, "it": 12000, "fa": 10000, "nl": 8000, "cs": 8000, "bg": 8000}  # fmt: skip
"""Language -> how many of its commonest words are covered."""
OWN_SCRIPTS = ("ARMENIAN", "GEORGIAN")
SINGLE = ("LATIN", "CYRILLIC", "ARMENIAN", "ARABIC", "GEORGIAN", "GREEK", "HEBREW")


def scripts(piece: str) -> set[str]:
    return {unicodedata.name(c, "?").split()[0] for c in piece if c.isalpha()}


def keep(packed: Packed, tokenizer: Any, texts: list[str]) -> list[int]:
    """Ids to keep, sorted; the five special ones come first as they do in the base."""
    import wordfreq

    kept = {packed.bos, packed.pad, packed.eos, packed.unk}
    for e in tokenizer.encode_batch(texts, add_special_tokens=False):
        kept.update(e.ids)
    for language, count in WORDS.items():
        words = wordfreq.top_n_list(language, count, wordlist="best")
        forms = [*words, *(w.capitalize() for w in words), *(w.upper() for w in words[:4000])]
        for e in tokenizer.encode_batch(forms, add_special_tokens=False):
            kept.update(e.ids)
    for i, piece in enumerate(packed.pieces):
        bare = piece.replace("\u2581", "")
        found = scripts(bare)
        alone = len(bare) <= 1 and (not found or found <= set(SINGLE))
        if alone or "\u0259" in bare.lower() or (found and any(found <= {s} for s in OWN_SCRIPTS)):
            kept.add(i)
    return sorted(kept)


def main() -> None:
    from dragoman.encoder.vocabulary import make_tokenizer

    packed = Packed()
    tokenizer = make_tokenizer(packed.pieces, packed.scores.tolist(), packed.unk)
    texts = [row["text"] for path in sys.argv[2:] for row in read_lines(Path(path))]
    ids = keep(packed, tokenizer, texts)
    Path(sys.argv[1]).write_text(json.dumps(ids))
    print(f"{len(ids)} pieces of {len(packed.pieces)} are kept")


if __name__ == "__main__":
    main()
