"""What is of one language stands in `languages/`: no other module asks which language it has, or holds a word of one.

Where that is not so yet, the module stands here with how often. A number may fall, and then falls here too; nothing
may be added. A new trait of a language belongs in `languages/*/traits.yaml`, a word in the language's files.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
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
    "telling/tongue.py": 4,
    "telling/typed_days.py": 4,
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(ROOT.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if not name.startswith(NOT_ASKED):
            yield name, ast.parse(file.read_text(encoding="utf-8"))


def _is_code(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in READ


def _asks(tree: ast.Module) -> int:
    """Comparisons with the code of a language, and tables by such codes."""
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            listed = [
                e for s in sides for e in (s.elts if isinstance(s, ast.Tuple | ast.Set | ast.List) else [s])
            ]
            found += any(_is_code(e) for e in listed)
        elif isinstance(node, ast.Dict):
            found += any(_is_code(k) for k in node.keys)
    return found


_WORD = re.compile(r"[^\W\d_]{2,}")


def _says(tree: ast.Module) -> int:
    """Texts, other than docstrings, with a word that has letters beyond ASCII, no pattern among them."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return sum(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and any(not word.isascii() for word in _WORD.findall(node.value))
        for node in ast.walk(tree)
    )


def test_no_module_asks_which_language_it_has() -> None:
    assert Counter({name: n for name, tree in _modules() if (n := _asks(tree))}) == Counter(ASKS)


def test_no_module_holds_a_word_of_a_language() -> None:
    assert Counter({name: n for name, tree in _modules() if (n := _says(tree))}) == Counter(SAYS)
