"""What hostile shapes cost: time and memory at three sizes, each shape in a process of its own.

    python quality/hostile.py                  all shapes of `shapes.py`
    python quality/hostile.py quotes records   some of them
    python quality/hostile.py quotes --write docs/quality.md     and put their lines in place of those before

Each file is read into a fresh case and linked, as `dragoman read` does it. Time is what the processor worked; memory is
the peak beyond the program with all that it loads to read a text. A shape is in proportion where four times the size
costs at most six times as much as one, give or take what any case costs. Linux tells a process its peak; elsewhere this
does not run.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from shapes import MORE, SHAPES, article, page

TIMES = (1, 2, 4)
SECONDS, MEGABYTES = 20, 700
"""Most that one article may cost."""

STEEP, SLACK = 6.0, 2.0
"""Most that four times the size may cost in times of one, with so many seconds more that may be chance."""

WATCHDOG = 900
NAME = 14
"""Letters of a line that are the name of its shape."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one size: how many of the shape, seconds of the processor, megabytes, articles read, things set aside.

    `read`: the article was in a language that is read, so that all of reading was attacked; True where there is none.
    """

    count: int
    seconds: float
    megabytes: float
    articles: int
    aside: int
    read: bool = True


def measure(name: str) -> Iterator[Cost]:
    """Read a shape at its sizes, in this process."""
    from dragoman.case import open as open_case
    from dragoman.languages import READ

    shape = SHAPES[name]
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        (folder / "warm.txt").write_text(article(MORE), encoding="utf-8")
        (folder / "warm.html").write_text(page(""), encoding="utf-8")
        with open_case(folder / "warm.case", create=True) as case:
            case.read([folder / "warm.txt", folder / "warm.html"])
            case.link()
        loaded = _status("VmRSS")
        for times in TIMES:
            path = folder / f"{times}{shape.kind}"
            made = shape.make(shape.base * times)
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
            del made
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
            begun = time.process_time()
            with open_case(folder / f"{times}.case", create=True) as case:
                summary = case.read([path])
                case.link()
                languages = {row["language"] for row in case.records("article")}
            seconds = time.process_time() - begun
            peak = max(0.0, _status("VmHWM") - loaded)
            articles = summary.read + sum(summary.kept.values())
            yield Cost(
                shape.base * times, seconds, peak, articles, len(summary.aside), languages <= set(READ)
            )


def _status(field: str) -> float:
    """Megabytes of a line of /proc/self/status."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1000
    raise LookupError(field)


def costs_of(name: str) -> list[Cost]:
    """Measure a shape in a process of its own; less than all sizes where it takes too long or breaks."""
    command = [sys.executable, __file__, "--here", name]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=WATCHDOG).stdout
    except subprocess.TimeoutExpired as late:
        done = late.stdout or b""
    return [Cost(**json.loads(line)) for line in done.splitlines()]


def shown(name: str, costs: Sequence[Cost]) -> str:
    """A line of the table."""
    numbers = "".join(f"{c.count:>11,}{c.seconds:>6.1f} s{c.megabytes:>5.0f} MB" for c in costs)
    return f"{name:<{NAME}}{SHAPES[name].what:<20}{numbers}  {judged(name, costs)}"


def judged(name: str, costs: Sequence[Cost]) -> str:
    """What is not as it should be, or "good"."""
    if len(costs) < len(TIMES):
        return "DID NOT END"
    first, last = costs[0], costs[-1]
    one = not SHAPES[name].many
    found = {
        "NOT READ": one and not all(cost.read for cost in costs),
        "NOT IN PROPORTION": last.seconds > STEEP * first.seconds + SLACK,
        f"OVER {SECONDS} S": one and max(cost.seconds for cost in costs) > SECONDS,
        f"OVER {MEGABYTES} MB": one and max(cost.megabytes for cost in costs) > MEGABYTES,
    }
    return ", ".join(what for what, is_so in found.items() if is_so) or "good"


def put_into(page: str, lines: Iterable[str], today: str) -> str:
    """A page with lines in its table of hostile shapes, in place of those of the same shapes; the others stay.

    Raises:
        LookupError: the page has no such table.
    """
    found = re.search(r"(?<=<!-- hostile -->\n).*?(?=<!-- end hostile -->)", page, re.S)
    if found is None:
        raise LookupError("<!-- hostile --> ... <!-- end hostile -->")
    named = {line[:NAME].strip(): line for line in [*found[0].splitlines(), *lines]}
    rows = [named[name].rstrip() for name in SHAPES if name in named]
    missing = [name for name in SHAPES if name not in named]
    said = f"Last changed {today}. " + (
        f"Not measured: {', '.join(missing)}." if missing else "All are measured."
    )
    table = "\n".join(["```", "$ python quality/hostile.py", *rows, "```"])
    return f"{page[: found.start()]}{said}\n\n{table}\n{page[found.end() :]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shapes", nargs="*")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the lines into the table of this page"
    )
    parser.add_argument("--beside", type=int, default=1, help="so many shapes at once, each on a processor")
    parser.add_argument("--here", choices=SHAPES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        for cost in measure(args.here):
            print(json.dumps({name: getattr(cost, name) for name in Cost.__slots__}), flush=True)
        return
    if unknown := set(args.shapes) - set(SHAPES):
        parser.error(f"no such shape: {', '.join(sorted(unknown))}; there are {', '.join(SHAPES)}")
    names = args.shapes or list(SHAPES)
    with ThreadPoolExecutor(args.beside) as pool:
        for name, costs in zip(names, pool.map(costs_of, names), strict=True):
            line = shown(name, costs)
            print(line, flush=True)
            if args.write:
                page = put_into(args.write.read_text("utf-8"), [line], datetime.date.today().isoformat())
                args.write.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
