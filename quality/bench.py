"""Measure everything that docs/quality.md says, and write it.

    python quality/bench.py                       print all figures
    python quality/bench.py --only speed          one part: seeds, sets, speed, memory, growth, large, hostile
    python quality/bench.py --write docs/quality.md           each part is written when it is measured
    python quality/bench.py --write docs/quality.md --resume  those that were not measured today
    python quality/bench.py --small               every part on a small sample, to see that it works: no figures

Accuracy needs the public data beside the project (`../shared`); where it is not there, the part says
so. Speed is given as ratios within one run, on articles recombined from the example case.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PROGRAM = Path(sys.executable).with_name("dragoman")
EXAMPLES = ROOT / "examples" / "withdrawal"


SETS = (
    "times",
    "quotes",
    "events",
    "names",
    "pages",
    "stories stories_translated",
    "stories stories_en",
    "agree stories_translated",
    "timeline timelines_fr/egypt",
    "timeline timelines_fr/libya",
)


@dataclass
class Sample:
    """How much of each part is measured; all parts together end in half an hour on two free cores.

    Attributes:
        sets: Those of the public sets.
        timed: Articles that are read twice with the encoder and twice without.
        read: Articles by which the memory of reading is measured.
        base: Articles that are read to make others of.
        growth: Articles of the cases that a hundred new ones come into; the first is what the others are held against.
        large: Events of the generated case; `questions`: of each sort that are asked of it.
        shapes: Hostile shapes; all where there are none.
    """

    sets: tuple[str, ...] = SETS
    timed: int = 150
    read: int = 200
    base: int = 60
    growth: tuple[int, ...] = (500, 2000)
    large: int = 200_000
    questions: int = 30
    shapes: tuple[str, ...] = ()


SMALL = Sample(
    sets=("names",),
    timed=8,
    read=12,
    base=12,
    growth=(60, 120),
    large=4_000,
    questions=2,
    shapes=("quotes", "headers"),
)

sample = Sample()

Figures = Iterator[tuple[str, str]]
"""(command, what it printed)."""


def seeds() -> Figures:
    """The five seed articles against their key."""
    if not (SHARED / "seeds").is_dir():
        yield "score_case.py", "skipped: ../shared/seeds is not there"
        return
    with tempfile.TemporaryDirectory() as temp:
        case, lines = Path(temp) / "seeds.case", Path(temp) / "seeds.jsonl"
        run(PROGRAM, "read", *sorted((SHARED / "seeds").glob("0*.txt")), "--case", case, "-q")
        run(PROGRAM, "export", case, "-o", lines)
        yield "score_case.py seeds.jsonl", run(sys.executable, SHARED / "score" / "score_case.py", lines)


def sets() -> Figures:
    """The public development sets."""
    if not (SHARED / "bench").is_dir():
        yield "bench.py", "skipped: ../shared/bench is not there"
        return
    for name in sample.sets:
        done = run(sys.executable, SHARED / "score" / "bench.py", *name.split(), "--run", str(PROGRAM))
        yield f"bench.py {name}", done


def speed() -> Figures:
    """All of reading against the bare parse of the same texts, in one process, as a ratio."""
    with tempfile.TemporaryDirectory() as temp:
        source = Path(temp) / "articles.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for n, (language, text) in enumerate(recombined(sample.timed)):
                row = {"id": n, "language": language, "text": text, "published": "2024-06-13"}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        bare = min(float(run(sys.executable, __file__, "--bare", source)) for _ in range(2))
        whole = min(float(run(sys.executable, __file__, "--whole", source)) for _ in range(2))
    yield (
        "make bench (speed)",
        f"{sample.timed} articles in three languages: bare parse {bare:.1f} s, annotate {whole:.1f} s: "
        f"ratio {whole / bare:.2f} (goal: at most 1.80 with the encoder; loading of the pipelines left out of both)",
    )


def memory() -> Figures:
    """Peak memory of `read` with two processes, all processes together."""
    import psutil

    with tempfile.TemporaryDirectory() as temp:
        folder = write_articles(Path(temp) / "in", sample.read)
        command = [
            str(PROGRAM),
            "read",
            str(folder),
            "--case",
            str(Path(temp) / "x.case"),
            "--processes",
            "2",
            "-q",
        ]
        running = subprocess.Popen(command)
        peak = 0
        while running.poll() is None:
            total = 0
            for process in [
                psutil.Process(running.pid),
                *psutil.Process(running.pid).children(recursive=True),
            ]:
                try:
                    total += process.memory_full_info().pss
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue
            peak = max(peak, total)
            time.sleep(0.3)
    yield (
        "make bench (memory)",
        f"read with two processes, three languages: peak {peak / 1e9:.2f} GB (goal: under 3 GB)",
    )


def growth() -> Figures:
    """Linking a hundred new articles into a case of many against the same into one of few; memory; bytes an article.

    The articles are readings made of real ones (`synthetic`), so that nothing but linking is timed. Sizes of the case:
    `DRAGOMAN_GROWTH`, the first is what the others are held against.
    """
    from itertools import islice

    from synthetic import Press

    from dragoman.store import CaseFile

    given = os.environ.get("DRAGOMAN_GROWTH")
    sizes = [int(size) for size in given.split(",")] if given else list(sample.growth)
    with tempfile.TemporaryDirectory() as temp:
        base = Path(temp) / "base.case"
        articles = write_articles(Path(temp) / "in", sample.base)
        run(PROGRAM, "read", articles, "--case", base, "--processes", "2", "-q")
        with CaseFile(base) as file:
            press = Press(file.stored())

        def add(case: Path, first: int, last: int) -> None:
            with CaseFile(case, create=True) as file:
                articles = press.articles(first, last)
                while some := list(islice(articles, 500)):
                    file.add(some)

        def linked(case: Path) -> tuple[float, float]:
            seconds, peak = run(sys.executable, __file__, "--link", case).split()[-2:]
            return float(seconds), float(peak)

        rows, first = [], 0.0
        for size in sizes:
            case = Path(temp) / f"{size}.case"
            add(case, 0, size)
            whole, _ = linked(case)
            add(case, size, size + NEW)
            again, peak = linked(case)
            first = first or again
            rows.append(
                f"{size:6,} articles linked at once {whole:6.1f} s; {NEW} more {again:6.1f} s "
                f"({1000 * again / (size + NEW):.1f} ms an article of the case, {again / first:.2f} of the first; "
                f"goal at 50,000: at most 1.50), peak {peak:.2f} GB, "
                f"{case.stat().st_size / (size + NEW) / 1000:.0f} kB an article"
            )
    yield (
        f"DRAGOMAN_GROWTH={','.join(map(str, sizes))} make bench (growth)",
        "\n".join(
            ["processor time of one process; readings of real length, made without the encoder", *rows]
        ),
    )


NEW = 100
"""Articles that come into a case anew."""


def time_link(case: Path) -> tuple[float, float]:
    """Processor seconds that linking a case takes, and the peak of this process in GB."""
    import resource

    from dragoman.case import Case
    from dragoman.store import CaseFile

    with CaseFile(case) as file:
        begun = time.process_time()
        Case(file).link(force=True)
        taken = time.process_time() - begun
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def large() -> Figures:
    """Pages and questions on a generated case: of `Sample.large` events, or as many as DRAGOMAN_LARGE says; where there
    is a Chromium, how soon its pages can be used, too."""
    events = os.environ.get("DRAGOMAN_LARGE", str(sample.large))
    script = Path(__file__).with_name("large.py")
    with tempfile.TemporaryDirectory() as temp:
        case = Path(temp) / "large.case"
        begun = time.perf_counter()
        run(sys.executable, script, "make", case, "--events", events)
        made = f"made in {time.perf_counter() - begun:.0f} s, {case.stat().st_size / 1e9:.1f} GB"
        figures = run(sys.executable, script, "time", case, "--questions", sample.questions)
        if shutil.which("chromium"):
            figures += f"\n{run(sys.executable, script, 'browse', case)}"
    yield f"DRAGOMAN_LARGE={events} make bench (large)", f"{int(events):,} events, {made}\n{figures}"


def hostile() -> Figures:
    """What hostile shapes cost, at three sizes each; see `hostile.py`."""
    script = Path(__file__).with_name("hostile.py")
    yield "make bench (hostile)", run(sys.executable, script, "--beside", 2, *sample.shapes)


PARTS: dict[str, Callable[[], Figures]] = {
    "seeds": seeds,
    "sets": sets,
    "speed": speed,
    "memory": memory,
    "growth": growth,
    "large": large,
    "hostile": hostile,
}


def run(*command: object) -> str:
    """Standard output of a command; ends the run with its standard error where it fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout.rstrip()


def example_paragraphs() -> dict[str, list[str]]:
    """Paragraphs of the example case by language, as `dragoman` itself cleans them."""
    from dragoman.intake import gather
    from dragoman.model import Article

    found: dict[str, list[str]] = {}
    for item in gather([EXAMPLES]):
        if isinstance(item, Article):
            found.setdefault(item.language, []).extend(p for p in re.split(r"\n+", item.text) if len(p) > 60)
    return {language: sorted(set(found[language])) for language in ("en", "fr", "ru")}


def recombined(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """`count` articles of four to eight paragraphs of the example case, half of them English."""
    chance = random.Random(seed)
    paragraphs = example_paragraphs()
    for n in range(count):
        language = ("en", "fr", "en", "ru")[n % 4]
        some = chance.sample(paragraphs[language], chance.randint(4, 8))
        yield language, "\n\n".join(some) + f"\n\nNo. {seed}-{n}."


def write_articles(folder: Path, count: int, seed: int = 0) -> Path:
    folder.mkdir()
    for n, (_, text) in enumerate(recombined(count, seed)):
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
    return folder


def time_bare(source: Path) -> float:
    """Seconds that the pipelines take for the texts, first use left out."""
    from dragoman.reading.parse import SlovnetPipeline, SpacyPipeline, pipeline

    texts: dict[str, list[str]] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.setdefault(row["language"], []).append(row["text"])
    for language in texts:
        list(pipeline(language).many(["Warm."]))
    begun = time.perf_counter()
    for language, some in texts.items():
        chosen = pipeline(language)
        if isinstance(chosen, SlovnetPipeline):
            list(chosen.many(some))
        elif isinstance(chosen, SpacyPipeline):
            for voice in filter(None, (chosen.main, chosen.second)):
                for _ in voice.pipe(some, batch_size=16):
                    pass
    return time.perf_counter() - begun


def time_whole(source: Path) -> float:
    """Seconds that `annotate` takes for the same lines, first use left out."""
    from dragoman.annotate import annotate_lines

    lines = source.read_bytes().splitlines()
    warm = [json.dumps({"id": 0, "language": code, "text": "Warm."}).encode() for code in ("en", "fr", "ru")]
    list(annotate_lines(warm))
    begun = time.perf_counter()
    for _ in annotate_lines(lines):
        pass
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--write", type=Path, help="write the figures into this file, between its marks")
    parser.add_argument("--resume", action="store_true", help="leave out parts that the file has of today")
    parser.add_argument("--small", action="store_true", help="small samples, to see that all works")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--whole", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--link", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.link:
        print(*time_link(args.link))
        return
    if args.bare or args.whole:
        print(time_bare(args.bare) if args.bare else time_whole(args.whole))
        return
    if args.small and args.write:
        parser.error("what --small gives are no figures")
    if args.small:
        global sample
        sample = SMALL
    begun = time.monotonic()
    for part in args.only or PARTS:
        if args.resume and args.write and is_of_today(args.write, part):
            print(f"{part}: measured today", flush=True)
            continue
        part_begun, rows = time.monotonic(), []
        for command, figures in PARTS[part]():
            print(f"$ {command}\n{figures}\n", flush=True)
            rows.append((command, figures))
        now = time.monotonic()
        print(f"{part} took {now - part_begun:.0f} s; {now - begun:.0f} s in all\n", flush=True)
        if args.write:
            put_between_marks(args.write, part, rows)


def between_marks(path: Path, part: str) -> re.Match[str]:
    """What stands in a file between `<!-- PART -->` and `<!-- end PART -->`, the marks as groups 1 and 3."""
    page = path.read_text(encoding="utf-8")
    found = re.search(rf"(<!-- {part} -->\n)(.*?)(<!-- end {part} -->)", page, re.S)
    if found is None:
        sys.exit(f"{path} has no <!-- {part} --> ... <!-- end {part} --> to put the figures into")
    return found


def is_of_today(path: Path, part: str) -> bool:
    """True where the figures of a part were written by this program today."""
    return between_marks(path, part)[2].startswith(f"Measured {datetime.date.today().isoformat()} on ")


def put_between_marks(path: Path, part: str, rows: list[tuple[str, str]]) -> None:
    """Replace what stands between the marks of a part; the rest of the file is by hand."""
    old = between_marks(path, part)
    cores, others = os.cpu_count() or 1, os.getloadavg()[2]
    block = "\n\n".join(f"```\n$ {command}\n{figures}\n```" for command, figures in rows)
    told = f"Measured {datetime.date.today().isoformat()} on {cores} cores, load {others:.1f}."
    page = f"{old.string[: old.end(1)]}{told}\n\n{block}\n{old.string[old.start(3) :]}"
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
