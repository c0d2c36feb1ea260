"""Two names that a text gives to one thing: *Smyrna, which the Turks call Izmir*; *Nice, Nizza in Italian*."""

from __future__ import annotations

from dragoman.reading.names.drafts import Draft, MentionDraft, Roster
from dragoman.reading.names.words import Words
from dragoman.reading.syntax import Syntax, Token

_NAMED = ("xcomp", "obj", "obl", "obl:arg", "appos", "attr", "nmod")
_CLAUSE = ("acl:relcl", "acl", "ccomp", "advcl")
_FARTHEST = 12
"""Tokens between a name and the verb that gives its other name."""


def join_aliases(syntax: Syntax, words: Words, roster: Roster, peoples: frozenset[int]) -> None:
    """Give the mentions of the other name to the entity named first. `peoples`: tokens of adjectives of states."""
    at = {
        t.i: m
        for m in roster.mentions
        if m.kind == "name" and len(m.drafts) == 1
        for t in syntax.tokens_in(m.start, m.end)
    }
    for i, second in sorted(at.items()):
        if syntax.tokens[i].i != second.head:
            continue
        first = _called(syntax, words, second, at) or _translated(syntax, words, second, at, peoples)
        if first is not None and _can_be_one(first.drafts[0], second.drafts[0]):
            roster.merge(first.drafts[0], second.drafts[0])


def _can_be_one(a: Draft, b: Draft) -> bool:
    """The other name is often heard as something else: of what sort the thing is, its first name says."""
    return a is not b and not (a.key and b.key) and (a.type == b.type or not b.key)


def _called(
    syntax: Syntax, words: Words, second: MentionDraft, at: dict[int, MentionDraft]
) -> MentionDraft | None:
    """The name before *which they call* or *known as*, its apposition passed over."""
    token = syntax.tokens[second.head]
    verb = syntax.tokens[token.head]
    if token.dep not in _NAMED or not words.has("calls", verb) or verb.dep not in _CLAUSE or verb.i > token.i:
        return None
    for _ in range(3):
        verb = syntax.tokens[verb.head]
        if verb.i in at:
            return at[verb.i]
        if verb.dep != "appos":
            break
    return _before_comma(syntax, syntax.tokens[second.head], words, at)


def _before_comma(
    syntax: Syntax, token: Token, words: Words, at: dict[int, MentionDraft]
) -> MentionDraft | None:
    """The name right before the comma and the relative pronoun, where the parser hung the clause elsewhere."""
    for k in range(token.i - 1, max(0, token.i - _FARTHEST), -1):
        if syntax.tokens[k].text == "," and words.has("which", syntax.tokens[k + 1]):
            return at.get(k - 1)
    return None


def _translated(
    syntax: Syntax, words: Words, second: MentionDraft, at: dict[int, MentionDraft], peoples: frozenset[int]
) -> MentionDraft | None:
    """*Nice, Nizza in Italian,*: a name, a comma, another name and its language."""
    inside = syntax.tokens_in(second.start, second.end)
    first, past = inside[0].i, inside[-1].i + 1
    if first < 2 or syntax.tokens[first - 1].text not in (",", "(") or past + 2 > len(syntax.tokens):
        return None
    after = syntax.tokens[past + 1 : past + 3]
    language = len(after) > 1 and words.has("language_of", syntax.tokens[past]) and after[0].i in peoples
    return at.get(first - 2) if language and after[1].text in (",", ")", ".", ";") else None
