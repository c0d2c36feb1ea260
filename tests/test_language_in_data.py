"""What is of one language stands in `languages/`: no other module asks which language it has, or holds a word of one.

Where that is not so yet, the module stands here with how often. A number may fall, and then falls here too; nothing
may be added. A new trait of a language belongs in `languages/*/traits.yaml`, a word in the language's files.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import dragoman
from dragoman.languages import READ

ROOT = Path(dragoman.__file__).parent
NOT_ASKED = ("languages", "encoder/weights")
"""Folders that may."""

ASKS = {
    "gazetteer/names.py": 2,
    "intake/date_lines.py": 1,
    "intake/days.py": 1,
    "linking/actors.py": 1,
    "linking/doubts.py": 1,
    "linking/organisation_links.py": 4,
    "naming/stems.py": 1,
    "reading/clauses/arguments.py": 2,
    "reading/clauses/grammar.py": 1,
    "reading/clauses/predicates.py": 4,
    "reading/clauses/subjects.py": 1,
    "reading/frames.py": 1,
    "reading/parse.py": 4,
    "reading/repair/forms.py": 1,
    "reading/repair/main_verbs.py": 1,
    "reading/rules/actors.py": 1,
    "reading/rules/matching.py": 1,
    "reading/statements/__init__.py": 1,
    "reading/statements/indirect.py": 2,
    "reading/statements/inquit.py": 2,
    "reading/statements/quoted.py": 2,
    "reading/statements/speaker.py": 2,
    "reading/statements/stance.py": 1,
    "reading/states/finder.py": 1,
    "reading/times/tense.py": 1,
    "telling/citing.py": 1,
    "telling/exports/chronicle.py": 1,
    "telling/exports/docx.py": 1,
    "telling/exports/linked.py": 1,
    "telling/interface.py": 2,
    "telling/names_in.py": 1,
    "telling/tongue.py": 3,
}

SAYS = {
    "cli/words.py": 1,
    "intake/days.py": 1,
    "linking/entries/standing.py": 4,
    "naming/declension.py": 8,
    "naming/same.py": 1,
    "reading/clauses/arguments.py": 1,
    "reading/clauses/predicates.py": 1,
    "reading/event_time/scene.py": 2,
    "reading/names/people.py": 1,
    "reading/repair/phrases.py": 3,
    "reading/statements/quotation.py": 1,
    "reading/statements/stance.py": 1,
    "reading/states/relations.py": 1,
    "reading/times/calendar.py": 2,
    "reading/times/lexicon.py": 2,
    "telling/deciding.py": 2,
    "telling/declining.py": 3,
    "telling/publishing/telltale.py": 3,
    "telling/tongue.py": 4,
    "telling/typed_days.py": 4,
}


_CODED = re.compile(rf"[\"'](?:{'|'.join(READ)})[\"']")
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def _counted() -> tuple[Counter[str], Counter[str]]:
    """How often each module compares with the code of a language or has a table by such codes; and how many texts,
    docstrings aside, it has with a word of letters beyond ASCII."""
    asks: Counter[str] = Counter()
    says: Counter[str] = Counter()
    for file in ROOT.rglob("*.py"):
        name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        if name.startswith(NOT_ASKED) or (text.isascii() and not _CODED.search(text)):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        asks[name] = sum(map(_asks, nodes))
        says[name] = sum(id(node) not in prose and _says(node) for node in nodes)
    return +asks, +says


def _is_code(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in READ


def _asks(node: ast.AST) -> bool:
    if isinstance(node, ast.Dict):
        return any(_is_code(key) for key in node.keys)
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    return any(
        _is_code(one)
        for side in sides
        for one in (side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side])
    )


def _says(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and any(not word.isascii() for word in _WORD.findall(text))


def test_no_module_asks_which_language_it_has() -> None:
    assert _counted()[0] == Counter(ASKS)


def test_no_module_holds_a_word_of_a_language() -> None:
    assert _counted()[1] == Counter(SAYS)
