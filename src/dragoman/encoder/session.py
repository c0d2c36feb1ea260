"""The encoder at run time: weights from the package's folder, run by onnxruntime in fp32 on one thread.

One thread and one window at a time within an article: the same bytes give the same scores whatever else is read.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.encoder.lexicon import FILE, Lexicon, read_lexicon
from dragoman.encoder.manifest import Manifest, WrongWeights, read_manifest
from dragoman.encoder.tokens import Sentence, Window, lay_out
from dragoman.encoder.vocabulary import make_tokenizer

Floats = NDArray[np.float32]
GRAPHS = ("encode", "about", "roles", "times")
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window: its words in the article, the sentence of each, and for each word (W rows) the heads' numbers.

    `solid` is True for words of letters or digits, False for punctuation.
    """

    words: tuple[tuple[int, int], ...]
    solid: tuple[bool, ...]
    sentence_of: tuple[int, ...]
    states: Floats
    trigger: Floats
    cue: Floats
    role_words: Floats
    time_words: Floats


class Session:
    """The four graphs, the tokenizer and the table of words of one folder of weights.

    Raises:
        WrongWeights: The folder is not whole, or was made for another decoder.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self._graphs = {name: _graph(folder / f"{name}.onnx", self.manifest) for name in GRAPHS}
        pieces, scores = _pieces(folder / "pieces.bin", self.manifest)
        self.tokenizer = make_tokenizer(pieces, scores, self.manifest.special.unknown)
        self.lexicon: Lexicon = read_lexicon(folder / FILE, _read(folder / FILE, self.manifest))

    @property
    def digest(self) -> str:
        return self.manifest.digest

    def encode(self, text: str, sentences: Sequence[Sentence], window: Window) -> Encoded:
        """Read one window of an article's text."""
        out = lay_out(sentences, window)
        words = out.words
        ids = [self.manifest.special.begin, *out.ids, self.manifest.special.end]
        pool = np.zeros((1, len(words), len(ids)), np.float32)
        for p, w in out.links:
            pool[0, w, p + 1] = 1
        pool /= np.maximum(pool.sum(-1, keepdims=True), 1)
        states = self._graphs["encode"].run(
            None,
            {
                "ids": np.array([ids], np.int64),
                "mask": np.ones((1, len(ids)), np.float32),
                "pool": pool,
            },
        )
        solid = tuple(any(c.isalnum() for c in text[a:b]) for a, b in words)
        return Encoded(tuple(words), solid, tuple(out.sentence_of), *(o[0] for o in states))

    def about(self, states: Floats, kinds: Sequence[int]) -> dict[str, Floats]:
        """Of triggers (E, 384) of the given kinds: `t`, and the logits of mode, status, weight, known and stance."""
        names = ("t", "mode", "status", "weight", "known", "stance")
        out = self._graphs["about"].run(names, {"at": states, "kind": np.array(kinds, np.int64)})
        return dict(zip(names, out, strict=True))

    def roles(self, x: Floats, t: Floats, away: Any, flags: Floats, mask: Floats) -> Floats:
        """Tags (E, L, 11) of the words around each trigger."""
        tags: Floats = self._graphs["roles"].run(
            None, {"x": x, "t": t, "away": away, "flags": flags, "mask": mask}
        )[0]
        return tags

    def times(self, feed: dict[str, object]) -> Floats:
        """Scores (E, K) of the choices of days."""
        scores: Floats = self._graphs["times"].run(None, feed)[0]
        return scores


@cache
def shared_session() -> Session:
    """The package's own weights, opened once a process."""
    return Session()


def _read(path: Path, manifest: Manifest) -> bytes:
    wanted = manifest.sha256.get(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WrongWeights(f"{path}: cannot be read ({error}); install Dragoman again") from error
    if sha256(data).hexdigest() != wanted:
        raise WrongWeights(f"{path}: not the file that manifest.json names; install Dragoman again")
    return data


def _graph(path: Path, manifest: Manifest) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(_read(path, manifest), options, providers=["CPUExecutionProvider"])


def _pieces(path: Path, manifest: Manifest) -> tuple[list[str], list[float]]:
    """The vocabulary: a count, then a score, a length and the UTF-8 of each piece."""
    data = _read(path, manifest)
    (count,) = struct.unpack_from("<I", data)
    pieces, scores, at = [], [], 4
    for _ in range(count):
        score, length = struct.unpack_from("<fH", data, at)
        at += 6
        pieces.append(data[at : at + length].decode())
        scores.append(score)
        at += length
    return pieces, scores
