"""Read articles of the gold with weights that did not see them: marks for fitting and figures.

python training/predict.py --weights FOLDER --times TIMES.jsonl --fold 0 --out marks.jsonl
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
from data import Gold, fold_of

from dragoman.encoder.annotator import EncoderAnnotator
from dragoman.encoder.session import Session


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    p.add_argument("--times", type=Path, required=True)
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--fold", type=int, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    gold, annotator = Gold(a.gold, a.times), EncoderAnnotator(Session(a.weights))
    encode = msgspec.json.encode
    with a.out.open("wb") as out:
        for name in sorted(n for n in gold.events if fold_of(n) == a.fold):
            article = gold.articles[name]
            spans = [(s["start"], s["end"]) for s in article["sentences"]]
            marks = annotator.annotate(
                article["text"], article["language"], spans, gold.times.get(name, []), article["published"]
            )
            out.write(encode({"id": name, "language": article["language"], "annotation": marks}) + b"\n")


if __name__ == "__main__":
    main()
