"""Pieces of the vocabulary -> the tokenizer of the package `tokenizers` that cuts text into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def make_tokenizer(pieces: Sequence[str], scores: Sequence[float], unknown: int) -> Any:
    """A Unigram tokenizer with offsets: NFKC, soft hyphens and zero-width signs dropped, spaces collapsed.

    Args:
        pieces: Texts of the pieces, in the order of the encoder's rows.
        scores: Log probability of each.
        unknown: Index of the piece for what no other covers.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u200b-\u200f\ufeff\u00ad]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return tokenizer
