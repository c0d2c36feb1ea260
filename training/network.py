"""The network: an encoder of six layers, and heads on its words. Plain PyTorch; `export.py` writes it for onnxruntime.

Shapes: B windows, T pieces, W words, E triggers, L words around a trigger, K time choices, H = 384.
"""

from __future__ import annotations

import torch
from packed import Packed
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its name in every book

from dragoman.encoder.labels import ROLES, SLOTS, STANCES, STATUSES, TYPES
from dragoman.encoder.scope import STEPS
from dragoman.encoder.times import DISTANCES, FREE, GRAINS, RELATIONS


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, epsilon: float, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.rise, self.fall = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_a, self.norm_b = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(x.shape)
        x = self.norm_a(x + F.dropout(self.out(seen), self.drop, self.training))
        return self.norm_b(x + F.dropout(self.fall(F.gelu(self.rise(x))), self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, rows: int, layers: int, width: int = 384, heads: int = 12, inner: int = 1536,
                 positions: int = 512, epsilon: float = 1e-12, drop: float = 0.1) -> None:  # fmt: skip
        super().__init__()
        self.word, self.position = nn.Embedding(rows, width), nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, epsilon)
        self.layers = nn.ModuleList(Layer(width, heads, inner, epsilon, drop) for _ in range(layers))
        self.drop = drop

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]])
        x = F.dropout(x, self.drop, self.training)
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else bias)
        return x


def base_encoder(kept: list[int], layers: list[int]) -> Encoder:
    """The base's rows of the kept pieces and the named layers of its twelve."""
    f = Packed()
    m = Encoder(len(kept), len(layers), f.width, f.heads, f.inner, f.positions, f.epsilon)
    put = lambda t, v: t.data.copy_(torch.from_numpy(v))  # noqa: E731
    put(m.word.weight, f.matrix("emb.word", f.rows, f.width)[kept])
    put(
        m.position.weight,
        f.floats("emb.pos", f.positions, f.width) + f.floats("emb.type", f.types, f.width)[0],
    )
    put(m.norm.weight, f.floats("emb.ln.w", f.width))
    put(m.norm.bias, f.floats("emb.ln.b", f.width))
    for layer, n in zip(m.layers, layers, strict=True):
        for part, name, rows, columns in (
            ("out", "ao", f.width, f.width),
            ("rise", "fi", f.inner, f.width),
            ("fall", "fo", f.width, f.inner),
        ):
            put(getattr(layer, part).weight, f.matrix(f"l{n}.{name}.w", rows, columns))
            put(getattr(layer, part).bias, f.floats(f"l{n}.{name}.b", rows))
        layer.qkv.weight.data.copy_(
            torch.cat([torch.from_numpy(f.matrix(f"l{n}.{x}.w", f.width, f.width)) for x in "qkv"])
        )
        layer.qkv.bias.data.copy_(
            torch.cat([torch.from_numpy(f.floats(f"l{n}.{x}.b", f.width)) for x in "qkv"])
        )
        for part, name in (("norm_a", "aln"), ("norm_b", "oln")):
            put(getattr(layer, part).weight, f.floats(f"l{n}.{name}.w", f.width))
            put(getattr(layer, part).bias, f.floats(f"l{n}.{name}.b", f.width))
    return m


class Reader(nn.Module):
    """Encoder and heads.

    Word heads: trigger (no, or a type), cue (no, a cue, a bare quotation). Trigger heads: mode, status, weight, known,
    stance. Role head: tags of the words around a trigger. Time head: a score for each choice of days.
    """

    def __init__(self, encoder: Encoder, drop: float = 0.15, inner: int = 192) -> None:
        super().__init__()
        h = 384
        self.encoder, self.drop = encoder, nn.Dropout(drop)
        self.trigger, self.cue = nn.Linear(h, 1 + len(TYPES)), nn.Linear(h, 3)
        self.kind = nn.Embedding(len(TYPES) + 1, 64)
        self.about = nn.Linear(h + 64, 256)
        self.mode, self.status = nn.Linear(256, SLOTS), nn.Linear(256, len(STATUSES))
        self.weight, self.known, self.stance = (
            nn.Linear(256, 3),
            nn.Linear(256, 2),
            nn.Linear(256, len(STANCES)),
        )
        self.away = nn.Embedding(2 * STEPS + 1, 32)
        self.role_word, self.role_trigger = nn.Linear(h, inner), nn.Linear(h + 64, inner)
        self.role_both, self.role_away = (
            nn.Linear(inner, inner, bias=False),
            nn.Linear(32 + 2, inner, bias=False),
        )
        self.role_qkv, self.role_out = nn.Linear(inner, 3 * inner), nn.Linear(inner, inner)
        self.role_rise, self.role_fall = nn.Linear(inner, 2 * inner), nn.Linear(2 * inner, inner)
        self.role_norm_a, self.role_norm_b = nn.LayerNorm(inner), nn.LayerNorm(inner)
        self.role = nn.Linear(inner, 1 + 2 * len(ROLES))
        self.time_words, self.time_trigger = nn.Linear(h, 128), nn.Linear(h + 64 + len(STATUSES), 128)
        self.time_both = nn.Linear(128, 128, bias=False)
        self.grain, self.distance = nn.Embedding(GRAINS, 16), nn.Embedding(DISTANCES, 16)
        self.relation = nn.Embedding(len(FREE) + len(RELATIONS), 32)
        self.time_traits, self.time = nn.Linear(32 + 16 + 16 + 32 + 1, 128), nn.Linear(128, 1)

    def words(self, ids: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """ids, mask (B, T); pool (B, W, T): each word's share of its pieces -> (B, W, H)."""
        return torch.bmm(pool, self.encoder(ids, mask).float())

    def traits(self, at: Tensor, kind: Tensor) -> tuple[Tensor, Tensor]:
        """States of triggers (E, H) and their types (E) -> their states with the type, and the heads' common layer."""
        t = torch.cat([at, self.kind(kind)], -1)
        return t, self.drop(F.gelu(self.about(t)))

    def roles(self, x: Tensor, t: Tensor, away: Tensor, flags: Tensor, mask: Tensor) -> Tensor:
        """x (E, L, D) words around each trigger as `role_word` gives them, t (E, H + 64), away (E, L), flags (E, L, 2),
        mask (E, L) -> tags (E, L, 11)."""
        trigger = self.role_trigger(t)[:, None]
        z = x + trigger + self.role_both(x * trigger)
        z = F.gelu(z + self.role_away(torch.cat([self.away(away), flags], -1)))
        rows, length, inner = z.shape
        q, k, v = self.role_qkv(z).view(rows, length, 3, 4, inner // 4).permute(2, 0, 3, 1, 4)
        bias = torch.zeros(mask.shape).masked_fill(mask == 0, -1e4)[:, None, None, :]
        seen = (
            F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
            .transpose(1, 2)
            .reshape(z.shape)
        )
        z = self.role_norm_a(z + self.drop(self.role_out(seen)))
        z = self.role_norm_b(z + self.drop(self.role_fall(F.gelu(self.role_rise(z)))))
        return self.role(z)

    def times(self, x: Tensor, t: Tensor, status: Tensor, relation: Tensor, grain: Tensor, distance: Tensor,
              away: Tensor, same: Tensor) -> Tensor:  # fmt: skip
        """x (E, K, 128) states of the choices' words as `time_words` gives them (zero where they have none),
        t (E, H + 64), status (E, 6) chances -> scores (E, K)."""
        trigger = self.time_trigger(torch.cat([t, status], -1))[:, None]
        words = x
        told = torch.cat(
            [
                self.relation(relation),
                self.grain(grain),
                self.distance(distance),
                self.away(away),
                same[..., None],
            ],
            -1,
        )
        return self.time(
            self.drop(F.gelu(words + trigger + self.time_both(words * trigger) + self.time_traits(told)))
        ).squeeze(-1)
