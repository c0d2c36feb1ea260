"""Labels -> examples: gold of whole articles as windows of words with tags, for the network.

Nothing here knows the network. One example is one window (`dragoman.encoder.tokens`) with what careful readers found
in its own sentences; sentences of its context carry no labels, so that nothing is learnt twice.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from dragoman.encoder.labels import MODES, ROLES, STANCES, STATUSES, TYPES
from dragoman.encoder.times import TimeCandidate, candidates_of
from dragoman.encoder.tokens import Sentence, Window, lay_out, tokenize, windows_of

IGNORE = -100


@dataclass(slots=True)
class EventLabel:
    """An event at word `at` of the window. `roles` has a tag for each word (outside, or begin and inside of a role);
    `times` are the indices of the window's time choices that fit the reader's days (none: nothing is learnt)."""

    at: int
    type: int
    mode: int
    status: int
    weight: int
    known: int
    roles: list[int]
    times: list[int]
    statement: bool = False
    stance: int = IGNORE


@dataclass(slots=True)
class Example:
    article: str
    language: str
    window: Window
    ids: list[int]
    links: list[tuple[int, int]]
    words: list[tuple[int, int]]
    sentence_of: list[int]
    triggers: list[int]
    cues: list[int]
    times: list[TimeCandidate]
    events: list[EventLabel] = field(default_factory=list)


def read_lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def fold_of(article: str, folds: int = 5) -> int:
    """The fold of an article's story: a number that depends on its name alone, so that every run splits alike."""
    return int(sha256(story_of(article).encode()).hexdigest(), 16) % folds


def story_of(article: str) -> str:
    """Articles of one story share it: translations of one document, a running story by its month."""
    if article.startswith("ntrex_"):
        return re.sub(r"-(\w\w)$", "", article)
    if found := re.match(r"(egypt|libya)_(\d{4}-\d\d)", article):
        return found.group()
    return article


OWN = ("frames.jsonl", "written.jsonl")
"""Texts of our own with their events as offsets; they may be here whole."""


class Gold:
    """All that readers wrote down, by article."""

    def __init__(self, folder: Path, times: Path | None = None) -> None:
        self.articles: dict[str, Any] = {}
        for name in ("prepared.jsonl", "prepared_languages.jsonl"):
            self.articles |= {a["article"]: a for a in read_lines(folder / name)}
        self.events: dict[str, dict[int, list[Any]]] = defaultdict(dict)
        for path in [*sorted(folder.glob("read_*.jsonl")), folder / "languages.jsonl"]:
            for row in read_lines(path):
                self.events[row["article"]][row["n"]] = row["events"]
        self.statements: dict[str, list[Any]] = {}
        for path in sorted((folder / "statements").glob("read_*.jsonl")):
            self.statements |= {r["article"]: r["statements"] for r in read_lines(path)}
        by_digest = {digest_of(a["text"]): name for name, a in self.articles.items()}
        for path in sorted((Path(__file__).parent / "labels").glob("statements_*.jsonl")):
            for row in read_lines(path):
                name = by_digest[row["sha256"]]
                self.statements[name] = in_words(row, self.articles[name]["text"])
        self.own = {
            row["article"]: row
            for name in OWN
            if (path := Path(__file__).parent / "labels" / name).exists()
            for row in read_lines(path)
        }
        self.times = {r["id"]: r.get("times", []) for r in read_lines(times)} if times else {}

    def examples(self, names: Iterable[str], tokenizer: Any) -> Iterator[Example]:
        for name in names:
            for sentences, window in windows(self.articles[name], tokenizer):
                yield self._example(self.articles[name], sentences, window)

    def own_examples(self, tokenizer: Any) -> Iterator[Example]:
        """The windows of our own texts; of their statements and days nothing is learnt but what needs no expression."""
        for name, row in sorted(self.own.items()):
            for sentences, window in windows(row, tokenizer):
                example = blank(name, row, sentences, window, [], known=True, said=False)
                for event in row["events"]:
                    if window.first <= event["n"] < window.last:
                        own_event(example, event)
                yield example

    def _example(self, article: Any, sentences: list[Sentence], window: Window) -> Example:
        name, text = article["article"], article["text"]
        own = range(window.first, window.last)
        example = blank(
            name, article, sentences, window, self.times.get(name, []),
            known=name in self.events, said=name in self.statements,
        )  # fmt: skip
        spans = [(s["start"], s["end"]) for s in article["sentences"]]
        for n in own:
            for gold in self.events.get(name, {}).get(n, []):
                self._event(example, text, spans[n], gold, article["published"])
        for statement in self.statements.get(name, []):
            self._statement(example, text, spans, own, statement)
        return example

    def _event(
        self, ex: Example, text: str, sentence: tuple[int, int], gold: Any, published: str | None
    ) -> None:
        span = find(text, gold["trigger"], sentence)
        at = ex_words(ex, span) if span else []
        if not at:
            return
        kind = TYPES.index(gold["type"])
        for w in at:
            ex.triggers[w] = kind + 1
        roles = [0] * len(ex.words)
        for r, role in enumerate(ROLES[:3]):
            texts = [gold["place"]] if role == "place" else [e["text"] for e in gold[role]]
            for words in filter(None, texts):
                lay(roles, r, where(ex, text, words, sentence))
        mode = gold.get("mode")
        ex.events.append(
            EventLabel(
                at=at[0], type=kind, mode=MODES[kind].index(mode) + 1 if mode in MODES[kind] else 0,
                status=STATUSES.index(gold["status"]), weight=gold["weight"] - 1, known=int(bool(gold.get("known"))),
                roles=roles, times=fitting(gold.get("when"), ex.times),
            )
        )  # fmt: skip

    def _statement(self, ex: Example, text: str, spans: list[Any], own: range, gold: Any) -> None:
        n = gold["n"]
        content = [tuple(c) for c in gold["content"]]
        cue = near(text, gold["cue"], spans[n], content) if gold["cue"] else content[0]
        if n not in own:
            return
        at = ex_words(ex, cue)[:1]
        if not at or ex.cues[at[0]] == IGNORE:
            return
        ex.cues[at[0]] = 1 if gold["cue"] else 2
        roles = [0] * len(ex.words)
        for stretch in content:
            lay(roles, ROLES.index("content"), ex_words(ex, stretch))
        if gold["speaker"]:
            speaker = near(text, gold["speaker"]["text"], spans[n], content)
            lay(roles, ROLES.index("speaker"), ex_words(ex, speaker) if speaker else [])
        ex.events.append(
            EventLabel(
                at[0], IGNORE, IGNORE, IGNORE, IGNORE, IGNORE, roles, [], True, STANCES.index(gold["stance"])
            )
        )


def windows(row: Any, tokenizer: Any) -> Iterator[tuple[list[Sentence], Window]]:
    """The sentences of a text, with each window of them."""
    spans = [(s["start"], s["end"]) for s in row["sentences"]]
    sentences = tokenize(row["text"], spans, tokenizer)
    for window in windows_of(sentences):
        yield sentences, window


def blank(
    name: str, row: Any, sentences: list[Sentence], window: Window, times: Any, *, known: bool, said: bool
) -> Example:
    """A window laid out, with nothing marked in it; only where it is `known`, or what is `said`, is that learnt."""
    out = lay_out(sentences, window)
    own = [window.first <= s < window.last for s in out.sentence_of]
    return Example(
        name, row["language"], window, out.ids, out.links, out.words, out.sentence_of,
        [0 if known and here else IGNORE for here in own], [0 if said and here else IGNORE for here in own],
        candidates_of(times, out.words, row["published"]),
    )  # fmt: skip


def own_event(ex: Example, event: Any) -> None:
    """An event of our own texts, whose words are offsets."""
    at = ex_words(ex, tuple(event["trigger"]))
    if not at:
        return
    kind = TYPES.index(event["type"])
    for w in at:
        ex.triggers[w] = kind + 1
    roles = [0] * len(ex.words)
    for r, role in enumerate(ROLES[:3]):
        for span in [event["place"]] if role == "place" else event[role]:
            if span:
                lay(roles, r, ex_words(ex, tuple(span)))
    mode, weight = event.get("mode"), event.get("weight")
    ex.events.append(
        EventLabel(
            at=at[0], type=kind, mode=MODES[kind].index(mode) + 1 if mode in MODES[kind] else 0,
            status=STATUSES.index(event["status"]), weight=weight - 1 if weight else IGNORE, known=IGNORE, roles=roles,
            times=fitting(event["when"], ex.times) if "when" in event else [],
        )
    )  # fmt: skip


def digest_of(text: str) -> str:
    """What labels of ours name a text by: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(text.encode()).hexdigest()[:16]


def in_words(row: Any, text: str) -> list[Any]:
    """Statements that are kept as offsets, with their words from the text they were read in."""
    words = lambda span: text[span[0] : span[1]] if span else None  # noqa: E731
    return [
        s | {"cue": words(s["cue"]), "speaker": {"text": words(s["speaker"])} if s["speaker"] else None}
        for s in row["statements"]
    ]


def find(text: str, words: str, within: tuple[int, int]) -> tuple[int, int] | None:
    """Where words stand in a stretch of the text, preferring whole words."""
    start, end = within
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[start:end]):
        return found.start() + start, found.end() + start
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else None


def near(text: str, words: str, sentence: tuple[int, int], content: list[Any]) -> tuple[int, int] | None:
    """Words of a cue or speaker: outside the content where they can be, in the sentence or close to it."""
    low, high = min(sentence[0], content[0][0]), max(sentence[1], content[-1][1])
    best = None
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[max(0, low - 300) : high + 300]):
        a, b = found.start() + max(0, low - 300), found.end() + max(0, low - 300)
        inside = any(s < b and a < e for s, e in content)
        gap = min(min(abs(a - e), abs(b - s)) for s, e in content)
        rank = (inside, not (sentence[0] <= a < sentence[1]), gap)
        if best is None or rank < best[0]:
            best = (rank, (a, b))
    return best[1] if best else None


def ex_words(ex: Example, span: tuple[int, int] | None) -> list[int]:
    if span is None:
        return []
    return [i for i, (a, b) in enumerate(ex.words) if a < span[1] and span[0] < b]


def where(ex: Example, text: str, words: str, sentence: tuple[int, int]) -> list[int]:
    """The words of a side: in the event's sentence, or nearest before it within the window."""
    if span := find(text, words, sentence):
        return ex_words(ex, span)
    low = min((a for a, _ in ex.words), default=0)
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[low : sentence[0]])]
    return ex_words(ex, (spans[-1][0] + low, spans[-1][1] + low)) if spans else []


def lay(tags: list[int], role: int, words: list[int]) -> None:
    """Begin and inside of a role on words that carry none yet."""
    begun = False
    for w in words:
        if tags[w] == 0:
            tags[w] = 2 + 2 * role if begun else 1 + 2 * role
            begun = True


def fitting(when: Any, choices: list[TimeCandidate]) -> list[int]:
    """Which time choices say what the reader wrote: the closest ones, exact days first."""
    start, end = when or (None, None)
    if start is None and end is None:
        return [0]
    scored = [
        (gap, i)
        for i, c in enumerate(choices)
        if (gap := distance(start, end, (c.first, c.last))) is not None
    ]
    best = min((gap for gap, _ in scored), default=None)
    return [] if best is None else [i for gap, i in scored if gap <= best]


def distance(start: str | None, end: str | None, got: tuple[date | None, date | None]) -> int | None:
    """Days between two stretches, both bounds together; None where they tell different things."""
    total = 0
    for wanted, have in ((start, got[0]), (end, got[1])):
        if (wanted is None) != (have is None):
            return None
        if wanted is not None and have is not None:
            total += abs((date.fromisoformat(wanted) - have).days)
    length = (date.fromisoformat(end) - date.fromisoformat(start)).days if start and end else 30
    return total if total <= max(2, length // 3) else None
