"""A few lines over `onnx.helper`: operators as functions, weights as int8 with a scale, expanded at load.

A matrix is kept as int8 with one scale an output; Cast and Mul expand it. onnxruntime folds these once when it loads
the file, so that what runs is fp32 (dynamic int8 changed the type of one sentence in eight, and the answer with the
batch).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 9


class Graph:
    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        self._count = 0

    def input(self, name: str, kind: str, *shape: str | int) -> str:
        element = {"float": TensorProto.FLOAT, "int": TensorProto.INT64}[kind]
        self.inputs.append(helper.make_tensor_value_info(name, element, shape))
        return name

    def output(self, name: str, value: str, *shape: str | int) -> None:
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def __call__(self, op: str, *inputs: str, **attributes: Any) -> str:
        self._count += 1
        out = f"{op.lower()}_{self._count}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], **attributes))
        return out

    def constant(self, value: Any, kind: Any = np.float32) -> str:
        self._count += 1
        name = f"c{self._count}"
        array = np.array(value, dtype=kind, order="C")
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def matrix(self, weight: NDArray[np.float32]) -> str:
        """(out, in) -> its transpose (in, out) in int8 columns with one scale each, expanded."""
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / 127
        rows = np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8)
        return self(
            "Mul",
            self("Cast", self.constant(rows.T, np.int8), to=TensorProto.FLOAT),
            self.constant(scale[None]),
        )

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32] | None = None) -> str:
        y = self("MatMul", x, self.matrix(weight))
        return y if bias is None else self("Add", y, self.constant(bias))

    def rows(self, table: NDArray[np.float32], at: str) -> str:
        """Rows of an int8 table, expanded only where they are asked for."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        small = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        picked = self("Cast", self("Gather", self.constant(small, np.int8), at), to=TensorProto.FLOAT)
        return self("Mul", picked, self("Gather", self.constant(scale), at))

    def gelu(self, x: str) -> str:
        half = self("Mul", x, self.constant(0.5))
        bent = self("Erf", self("Mul", x, self.constant(2**-0.5)))
        return self("Mul", half, self("Add", bent, self.constant(1.0)))

    def norm(self, x: str, weight: Any, bias: Any, epsilon: float) -> str:
        return self(
            "LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=epsilon
        )

    def attention(self, x: str, qkv: tuple[Any, Any], bias: str, heads: int, width: int) -> str:
        """x (B, T, width), bias (B, 1, 1, T)."""
        every = self(
            "Reshape", self.linear(x, *qkv), self.constant([0, 0, 3, heads, width // heads], np.int64)
        )
        every = self("Transpose", every, perm=[2, 0, 3, 1, 4])
        q, k, v = (self("Gather", every, self.constant(n, np.int64), axis=0) for n in range(3))
        q = self("Mul", q, self.constant((width // heads) ** -0.5))
        scores = self("Add", self("MatMul", q, self("Transpose", k, perm=[0, 1, 3, 2])), bias)
        seen = self("MatMul", self("Softmax", scores, axis=-1), v)
        return self(
            "Reshape", self("Transpose", seen, perm=[0, 2, 1, 3]), self.constant([0, 0, width], np.int64)
        )

    def shut(self, mask: str) -> str:
        """mask (B, T) -> what is added to attention scores, (B, 1, 1, T)."""
        closed = self("Mul", self("Sub", mask, self.constant(1.0)), self.constant(1e4))
        return self("Unsqueeze", closed, self.constant([1, 2], np.int64))

    def model(self) -> Any:
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.weights)
        made = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="dragoman"
        )
        made.ir_version = IR_VERSION
        onnx.checker.check_model(made)
        return made
