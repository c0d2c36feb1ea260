"""Train the reader.

    python training/train.py --out weights.pt [--fold 0] [--layers 0,1,2,3,4,5] [--epochs 8]

With --fold, the articles of that fifth of the stories are left out (of a run for figures; `predict.py` reads them);
without it every article is learnt (of the run that ships). Uses an accelerator where torch finds one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from batches import Choices, choices, collate, in_batches, surroundings, total_steps
from data import IGNORE, Example, Gold, fold_of
from network import Reader, base_encoder
from packed import Packed
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its name in every book

from dragoman.encoder.labels import MODES, OFFSETS, SLOTS
from dragoman.encoder.vocabulary import make_tokenizer

OUTSIDE = 0.5
"""Weight of the tag for "no role": most words have it."""


SMOOTHING = 0.05
"""Readers differ in what is an event and of which type: no label is certain."""
HIDDEN = 0.07
"""Share of the pieces that are hidden (as the unknown piece) in training, so that no single word is relied on."""


def loss_of(
    model: Reader,
    batch_examples: list[Example],
    special: tuple[int, int, int],
    unknown: int,
    parts: dict[str, float],
) -> Tensor:
    b = collate(batch_examples, *special)
    b.ids = b.ids.masked_fill((torch.rand(b.ids.shape) < HIDDEN) & (b.mask > 0), unknown)
    with torch.autocast("cpu", torch.bfloat16):
        words = model.words(b.ids, b.mask, b.pool)
    x = model.drop(words.float())
    zero = x.new_zeros(())
    losses: dict[str, Tensor] = {}

    def add(name: str, weight: float, value: Tensor) -> None:
        losses[name] = weight * value

    if (b.triggers != IGNORE).any():
        add(
            "trigger",
            1.0,
            F.cross_entropy(
                model.trigger(x).flatten(0, 1),
                b.triggers.flatten(),
                ignore_index=IGNORE,
                label_smoothing=SMOOTHING * 0.4,
            ),
        )
    if (b.cues != IGNORE).any():
        add("cue", 0.8, F.cross_entropy(model.cue(x).flatten(0, 1), b.cues.flatten(), ignore_index=IGNORE))
    picked = [(n, ex, e) for n, ex in enumerate(b.examples) for e in ex.events]
    if picked:
        s = surroundings(picked)
        kinds = torch.tensor([len(MODES) if e.statement else e.type for _, _, e in picked])
        at = x[s.rows, s.at]
        t, about = model.traits(at, kinds)
        with torch.autocast("cpu", torch.bfloat16):
            tags = model.roles(
                gathered(model.role_word(x), s.rows, s.words), t, s.away, s.flags, s.mask
            ).float()
        weight = torch.tensor([OUTSIDE] + [1.0] * (tags.shape[-1] - 1))
        add(
            "role",
            1.0,
            F.cross_entropy(tags.flatten(0, 1), s.tags.flatten(), weight=weight, ignore_index=IGNORE),
        )
        column = lambda name: torch.tensor([getattr(e, name) for _, _, e in picked])  # noqa: E731
        if (column("status") != IGNORE).any():
            modes = model.mode(about)
            allowed = torch.full((len(MODES), SLOTS), -1e4)
            for k, m in enumerate(MODES):
                allowed[k, OFFSETS[k] : OFFSETS[k] + len(m) + 1] = 0
            events = [n for n, (_, _, e) in enumerate(picked) if not e.statement]
            wanted = torch.tensor([OFFSETS[picked[n][2].type] + picked[n][2].mode for n in events])
            add("mode", 0.3, F.cross_entropy(modes[events] + allowed[kinds[events]], wanted))
            add(
                "status",
                0.5,
                F.cross_entropy(
                    model.status(about), column("status"), ignore_index=IGNORE, label_smoothing=SMOOTHING
                ),
            )
            add("weight", 0.2, F.cross_entropy(model.weight(about), column("weight"), ignore_index=IGNORE))
            add("known", 0.2, F.cross_entropy(model.known(about), column("known"), ignore_index=IGNORE))
        if (column("stance") != IGNORE).any():
            add("stance", 0.5, F.cross_entropy(model.stance(about), column("stance"), ignore_index=IGNORE))
        timed = [n for n, (_, _, e) in enumerate(picked) if e.times]
        if timed:
            add(
                "time",
                0.4,
                time_loss(model, x, [picked[n] for n in timed], t[timed], model.status(about[timed])),
            )
    for name, value in losses.items():
        parts[name] = parts.get(name, 0.0) + float(value.detach())
    return sum(losses.values(), zero)


def gathered(words: Tensor, rows: Tensor, at: Tensor) -> Tensor:
    """words (B, W, D); rows (E), at (E, L) -> (E, L, D)."""
    flat = words.flatten(0, 1)
    return flat.index_select(0, (rows[:, None] * words.shape[1] + at).flatten()).view(*at.shape, -1)


def time_scores(model: Reader, x: Tensor, picked: list, t: Tensor, status: Tensor) -> tuple[Tensor, Choices]:
    c = choices(picked)
    words = model.time_words(x)
    rows = torch.tensor([row for row, _, _ in picked])
    states = 0.5 * (gathered(words, rows, c.first) + gathered(words, rows, c.last)) * c.worded[..., None]
    scores = model.times(
        states, t, status.softmax(-1).detach(), c.relation, c.grain, c.distance, c.away, c.same
    )
    return scores.masked_fill(c.possible == 0, -1e4), c


def time_loss(model: Reader, x: Tensor, picked: list, t: Tensor, status: Tensor) -> Tensor:
    scores, c = time_scores(model, x, picked, t, status)
    chance = scores.log_softmax(-1)
    return -(chance.masked_fill(c.fitting == 0, -1e4).logsumexp(-1)).mean()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    p.add_argument(
        "--times", type=Path, required=True, help="what `annotate` tells of the articles (their times)"
    )
    p.add_argument("--kept", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--fold", type=int)
    p.add_argument("--limit", type=int)
    p.add_argument("--init", type=Path, help="go on from these weights")
    p.add_argument("--layers", default="0,1,2,3,4,5,6,7")
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--pieces", type=int, default=1800)
    p.add_argument("--lr", type=float, default=1.2e-4)
    p.add_argument("--head-lr", type=float, default=8e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    base, kept = Packed(), json.loads(a.kept.read_text())
    row = {old: new for new, old in enumerate(kept)}
    tokenizer = make_tokenizer(
        [base.pieces[i] for i in kept], [float(base.scores[i]) for i in kept], row[base.unk]
    )
    special = (row[base.bos], row[base.eos], row[base.pad])
    gold = Gold(a.gold, a.times)
    names = sorted(n for n in gold.events if a.fold is None or fold_of(n) != a.fold)
    if a.limit:
        names = rng.sample(names, a.limit)
    examples = [*gold.examples(names, tokenizer), *gold.own_examples(tokenizer)]
    events = [e for ex in examples for e in ex.events if not e.statement]
    pieces, said = sum(len(e.ids) for e in examples), sum(e.statement for ex in examples for e in ex.events)
    print(
        f"{len(names)} articles, {len(examples)} windows, {pieces} pieces, {len(events)} events "
        f"({sum(bool(e.times) for e in events)} with a choice of days), {said} statements",
        flush=True,
    )
    model = Reader(base_encoder(kept, [int(n) for n in a.layers.split(",")]))
    if a.init:
        model.load_state_dict(torch.load(a.init, weights_only=True)["state"], strict=False)
    model.encoder.word.weight.requires_grad_(False)
    model.encoder.position.weight.requires_grad_(False)
    steps = total_steps(examples, a.pieces, a.epochs)
    body = [q for n, q in model.named_parameters() if n.startswith("encoder.") and q.requires_grad]
    heads = [q for n, q in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": a.lr}, {"params": heads, "lr": a.head_lr}], weight_decay=0.01
    )
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, (steps - n) / max(1, steps - warm)))
    )
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    )
    for epoch in range(a.epochs):
        model.train()
        parts: dict[str, float] = {}
        began, count = time.time(), 0
        for batch in in_batches(examples, a.pieces, rng):
            loss = loss_of(model, batch, special, row[base.unk], parts)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            count += 1
            if epoch == 0 and count % 20 == 0:
                print(
                    f"  {count} {time.time() - began:.0f} s "
                    + " ".join(f"{k} {v / count:.3f}" for k, v in parts.items()),
                    flush=True,
                )
        print(f"epoch {epoch + 1}: {count} steps, {time.time() - began:.0f} s, cpu {time.process_time():.0f}: "
              + " ".join(f"{k} {v / count:.3f}" for k, v in parts.items()), flush=True)  # fmt: skip
        state = {k: v for k, v in average.module.state_dict().items() if not k.startswith("encoder.word.")}
        torch.save(
            {
                "state": state,
                "layers": a.layers,
                "kept": kept,
                "fold": a.fold,
                "seed": a.seed,
                "epoch": epoch + 1,
            },
            a.out,
        )
    assert math.isfinite(loss.item())


if __name__ == "__main__":
    main()
