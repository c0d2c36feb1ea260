"""Examples -> padded tensors. What surrounds a trigger or a cue is bounded as the decoder bounds it."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from data import IGNORE, EventLabel, Example
from torch import Tensor

from dragoman.encoder.scope import around, steps
from dragoman.encoder.times import FREE


@dataclass(slots=True)
class Batch:
    examples: list[Example]
    ids: Tensor
    mask: Tensor
    pool: Tensor
    triggers: Tensor
    cues: Tensor


def in_batches(examples: list[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of like length with at most so many pieces, padding included, in an order of the generator's."""
    order = list(examples)
    rng.shuffle(order)
    out: list[list[Example]] = []
    for n in range(0, len(order), 256):
        batch: list[Example] = []
        for ex in sorted(order[n : n + 256], key=lambda e: len(e.ids)):
            if batch and (len(batch) + 1) * (len(ex.ids) + 2) > pieces:
                out.append(batch)
                batch = []
            batch.append(ex)
        out.append(batch)
    rng.shuffle(out)
    yield from out


def collate(examples: list[Example], bos: int, eos: int, pad: int) -> Batch:
    length = max(len(e.ids) for e in examples) + 2
    words = max(len(e.words) for e in examples)
    ids = torch.full((len(examples), length), pad)
    mask = torch.zeros(len(examples), length)
    pool = torch.zeros(len(examples), words, length)
    triggers = torch.full((len(examples), words), IGNORE)
    cues = torch.full((len(examples), words), IGNORE)
    for n, e in enumerate(examples):
        ids[n, : len(e.ids) + 2] = torch.tensor([bos, *e.ids, eos])
        mask[n, : len(e.ids) + 2] = 1
        share = [0] * len(e.words)
        for _, w in e.links:
            share[w] += 1
        for p, w in e.links:
            pool[n, w, p + 1] = 1 / share[w]
        triggers[n, : len(e.triggers)] = torch.tensor(e.triggers)
        cues[n, : len(e.cues)] = torch.tensor(e.cues)
    return Batch(examples, ids, mask, pool, triggers, cues)


@dataclass(slots=True)
class Around:
    """For E triggers: rows and words (E, L) to gather, distances, flags, mask, and the role tags (E, L)."""

    rows: Tensor
    at: Tensor
    words: Tensor
    away: Tensor
    flags: Tensor
    mask: Tensor
    tags: Tensor


def surroundings(picked: list[tuple[int, Example, EventLabel]]) -> Around:
    scopes = [around(e.at, ex.sentence_of, e.statement) for _, ex, e in picked]
    length = max(b - a for a, b in scopes)
    shape = (len(picked), length)
    words, away = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    flags, mask, tags = torch.zeros(*shape, 2), torch.zeros(shape), torch.full(shape, IGNORE)
    for n, ((a, b), (_, ex, e)) in enumerate(zip(scopes, picked, strict=True)):
        size = b - a
        words[n, :size] = torch.arange(a, b)
        away[n, :size] = torch.tensor([steps(w - e.at) for w in range(a, b)])
        flags[n, :size, 0] = float(e.statement)
        flags[n, :size, 1] = torch.tensor(
            [float(ex.sentence_of[w] == ex.sentence_of[e.at]) for w in range(a, b)]
        )
        mask[n, :size] = 1
        tags[n, :size] = torch.tensor(e.roles[a:b])
    rows, at = torch.tensor([r for r, _, _ in picked]), torch.tensor([e.at for _, _, e in picked])
    return Around(rows, at, words, away, flags, mask, tags)


@dataclass(slots=True)
class Choices:
    """For E events: K choices each, with the first and last word of those that have words (`worded`)."""

    first: Tensor
    last: Tensor
    worded: Tensor
    relation: Tensor
    grain: Tensor
    distance: Tensor
    away: Tensor
    same: Tensor
    possible: Tensor
    fitting: Tensor


def choices(picked: list[tuple[int, Example, EventLabel]]) -> Choices:
    most = max(len(ex.times) for _, ex, _ in picked)
    shape = (len(picked), most)
    first, last, relation, grain, distance, away = (torch.zeros(shape, dtype=torch.long) for _ in range(6))
    worded, same, possible, fitting = (torch.zeros(shape) for _ in range(4))
    for n, (_, ex, e) in enumerate(picked):
        for k, c in enumerate(ex.times):
            relation[n, k] = c.relation if c.words is None else len(FREE) + c.relation
            grain[n, k], distance[n, k] = c.grain, c.distance
            away[n, k] = steps(c.words[0] - e.at) if c.words else steps(0)
            if c.words:
                first[n, k], last[n, k], worded[n, k] = c.words[0], c.words[1] - 1, 1
                same[n, k] = float(ex.sentence_of[c.words[0]] == ex.sentence_of[e.at])
            possible[n, k] = float(c.possible)
        for k in e.times:
            fitting[n, k] = 1
    return Choices(first, last, worded, relation, grain, distance, away, same, possible, fitting)


def total_steps(examples: list[Example], pieces: int, epochs: int) -> int:
    padded = sum(len(e.ids) + 2 for e in examples)
    return epochs * math.ceil(padded * 1.1 / pieces)
