"""Count what words alone tell of events, from the labels and the frames, into the table beside the weights.

python training/lexicon.py --fold 0 --weights src/dragoman/encoder/weights [--gold ../shared/gold]

The fold that the weights never learnt is not counted either. The shares were chosen on one half of that fold, by
steps, and hold on the other (docs/evaluation.md).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from data import Gold, find, fold_of

from dragoman.encoder.labels import TYPES
from dragoman.encoder.lexicon import FILE, Counts, Lexicon, Shares, stem_of
from dragoman.encoder.tokens import words_of
from dragoman.languages import SUPPORTED
from dragoman.reading.frames import frame_data

SHARES = Shares(labels=0.45, frames=0.4)
LEAST_WORDS = 1000
"""A language with fewer words in its labels is read by the encoder alone: so few counts were measured to mislead."""

Span = tuple[int, int]
Marked = list[tuple[Span, str]]


def sentences(gold: Gold, fold: int) -> Iterator[tuple[str, str, Span, Marked]]:
    """Language, text, sentence, and the marked stretches in it with their types."""
    for name in sorted(n for n in gold.events if fold_of(n) != fold):
        article = gold.articles[name]
        for n, events in gold.events[name].items():
            s = article["sentences"][n]
            span = (s["start"], s["end"])
            found = [(find(article["text"], e["trigger"], span), e["type"]) for e in events]
            yield article["language"], article["text"], span, [(at, kind) for at, kind in found if at]
    for row in gold.own.values():
        for s in row["sentences"]:
            marked = [(tuple(e["trigger"]), e["type"]) for e in row["events"] if e["n"] == s["n"]]
            yield row["language"], row["text"], (s["start"], s["end"]), marked


def from_labels(gold: Gold, fold: int) -> dict[str, Counts]:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for language, text, (start, end), events in sentences(gold, fold):
        for a, b in ((a + start, b + start) for a, b in words_of(text[start:end])):
            here = [kind for (x, y), kind in events if x < b and a < y]
            if here and text[a].isalpha():
                found[language][stem_of(text[a:b], language)][here[0]] += 1
    return {language: plain(words) for language, words in found.items() if len(words) >= LEAST_WORDS}


def plain(words: dict[str, Counter[str]]) -> Counts:
    return {stem: dict(sorted(counts.items())) for stem, counts in sorted(words.items())}


def from_frames() -> dict[str, Counts]:
    """For each language and stem of a head word, how many concepts of each type it heads."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for _, data in frame_data():
        for concept in data.get("concepts", ()):
            kind = concept.get("type", data.get("type"))
            if kind not in TYPES:
                continue
            for language in SUPPORTED:
                written = concept.get(language) or {}
                for sort in ("verbs", "nouns"):
                    for term in filter(str.strip, str(written.get(sort) or "").split(",")):
                        found[language][stem_of(head_of(term.split()[0], sort, language), language)][
                            kind
                        ] += 1
    return {language: plain(words) for language, words in sorted(found.items())}


def head_of(term: str, sort: str, language: str) -> str:
    """The head word of a construction: of a verb the first, of a noun the last, in French the first."""
    words = term.split("_")
    return words[-1] if sort == "nouns" and language != "fr" else words[0]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    root = Path(__file__).parents[1]
    p.add_argument("--gold", type=Path, default=root.parent / "shared" / "gold")
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--fold", type=int, required=True)
    a = p.parse_args()
    gold = Gold(a.gold)
    labels = from_labels(gold, a.fold)
    total = Counter[str]()
    for words in labels.values():
        for counts in words.values():
            total.update(counts)
    prior = tuple(round(total[t] / total.total(), 4) for t in TYPES)
    data = msgspec.json.encode(Lexicon(SHARES, prior, labels, from_frames())) + b"\n"
    (a.weights / FILE).write_bytes(data)
    path = a.weights / "manifest.json"
    manifest: Any = json.loads(path.read_text())
    manifest["sha256"] = dict(sorted({**manifest["sha256"], FILE: sha256(data).hexdigest()}.items()))
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{len(data) / 1e3:.0f} kB: " + ", ".join(f"{k} {len(v)} words" for k, v in labels.items()))


if __name__ == "__main__":
    main()
