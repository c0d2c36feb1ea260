"""The gold of one fold, so that the scorers count articles that the shipped weights did not see.

python training/fold.py 0 ../shared/gold/read_*.jsonl > fold0.jsonl
python ../shared/score/gold.py ../shared/gold/prepared.jsonl fold0.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from data import fold_of, read_lines


def main() -> None:
    fold = int(sys.argv[1])
    for path in sys.argv[2:]:
        for row in read_lines(Path(path)):
            if fold_of(row["article"]) == fold:
                print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
