"""Stretches of text from stretches of tree. Every walk is bounded, for a sentence may be a megabyte long."""

from __future__ import annotations

from dragoman.model import Span
from dragoman.reading.syntax import Syntax, Token

REACH = 250
"""Tokens that a content or speaker may lie away from its cue, and may count."""

_SHORT = 6
"""Words of a participle phrase that still belong to a name ("a report published in May"), at most."""

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ", "DET"})
_INSIDE_A_NAME = frozenset(
    {"det", "amod", "compound", "nmod:poss", "nummod", "flat", "flat:name", "flat:foreign", "case", "fixed"}
)
_ASIDE = frozenset({"acl:relcl", "parataxis", "punct", "cc", "mark", "cop", "discourse", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "expl:subj", "aux", "aux:tense", "aux:pass"})


def below(syntax: Syntax, i: int, leave: frozenset[int] = frozenset()) -> list[int]:
    """Token `i` and what hangs below it within reach, sorted; branches at tokens of `leave` are left out."""
    found: list[int] = []
    waiting = [i]
    while waiting and len(found) < 2 * REACH:
        j = waiting.pop()
        found.append(j)
        waiting.extend(t.i for t in syntax.children(j) if t.i not in leave and abs(t.i - i) <= REACH)
    found.sort()
    return found


def noun_phrase(syntax: Syntax, head: int) -> Span:
    """The words of a speaker: relative clauses, appositions after a comma and clause words left out."""
    tokens = syntax.tokens
    is_predicate = any(t.dep == "cop" for t in syntax.children(head))
    kept = [head]
    for child in syntax.children(head):
        if abs(child.i - head) > REACH or child.dep in _ASIDE:
            continue
        if child.dep in _SUBJECTS or (child.dep.startswith(("advmod", "obl", "advcl")) and is_predicate):
            continue
        if child.dep == "case":
            continue
        if child.dep in ("appos", "acl", "advcl", "dep") and _after_comma(syntax, head, child):
            continue
        words = below(syntax, child.i)
        if child.dep != "acl" or len(words) <= _SHORT:
            kept += words
    first, last = head, head
    kept_set = set(kept)
    while first - 1 in kept_set or (first - 2 in kept_set and tokens[first - 1].dep in ("punct", "case")):
        first -= 1
    while last + 1 in kept_set or (last + 2 in kept_set and _joins(tokens[last + 1])):
        last += 1
    while first < head and tokens[first].dep in ("punct", "case", "cc") and tokens[first].head == head:
        first += 1
    while last > head and tokens[last].pos == "PUNCT" and tokens[last].text not in ".)":
        last -= 1
    return Span(tokens[first].start, tokens[last].end)


def _joins(token: Token) -> bool:
    return token.dep in ("punct", "cc", "case")


def _after_comma(syntax: Syntax, head: int, child: Token) -> bool:
    if child.i < head:
        return False
    lowest = child.i
    for t in syntax.children(child.i):
        lowest = min(lowest, t.i)
    return any(
        syntax.tokens[k].text in (",", "—", "–", "-", "(") for k in range(max(head + 1, lowest - 1), child.i)
    )


def head_of_phrase_at(syntax: Syntax, i: int) -> int:
    """The head noun of the noun phrase that begins with token `i`."""
    tokens, here = syntax.tokens, i
    for _ in range(12):
        t = tokens[here]
        if t.dep in _INSIDE_A_NAME and t.head > here and tokens[t.head].sent == tokens[i].sent:
            here = t.head
        else:
            break
    if tokens[here].pos == "DET":  # whatever it hangs on, a noun follows
        return next(
            (k for k in range(here + 1, min(here + 4, len(tokens))) if tokens[k].pos in ("NOUN", "PROPN")),
            here,
        )
    return here


def trimmed(text: str, start: int, end: int, marks: bool = False) -> Span:
    """Without white space, commas and dashes at the ends; with `marks`, without quotation marks too."""
    outside = " \t\n\r\u00a0\u202f\u2009,;:—–" + ('«»“”„"' if marks else "")
    while start < end and text[start] in outside:
        start += 1
    while end > start and text[end - 1] in outside:
        end -= 1
    if end > start and text[end - 1] == "." and text[start:end].count(".") == 1:
        end -= 1
    if end - start > 2 and text[start] == "-" and text[start + 1] == " ":
        start += 2
    return Span(start, end)
