"""Attributions by a phrase: *according to the ministry*, *selon lui*, *по словам министра*."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.phrase import below, head_of_phrase_at, noun_phrase, trimmed
from dragoman.reading.statements.speaker import is_first_or_second_person
from dragoman.reading.syntax import Syntax

_CLAUSAL = frozenset({"VERB", "AUX"})


def from_phrases(c: Context) -> Iterator[Draft]:
    """ "According to the ministry, ...": the clause around the phrase is what the ministry says."""
    for token in c.syntax.tokens:
        phrases = c.words.openings.get(token.text.lower())
        if not phrases or not c.is_readable(token.i):
            continue
        for phrase, leads_only in phrases:
            past = token.i + len(phrase)
            if not _stands_at(c.syntax, token.i, phrase):
                continue
            if leads_only and not _leads(c, token.i, past):
                continue
            draft = _according(c, token.i, past)
            if draft is not None:
                yield draft
            break


def _stands_at(syntax: Syntax, i: int, phrase: tuple[str, ...]) -> bool:
    tokens = syntax.tokens
    if i + len(phrase) >= len(tokens):
        return False
    return all(tokens[i + k].text.lower() == w for k, w in enumerate(phrase))


def _leads(c: Context, first: int, past: int) -> bool:
    """True where the phrase opens its sentence and is followed by a person or body."""
    if first != c.sentence(first)[0]:
        return False
    speaker = c.syntax.tokens[head_of_phrase_at(c.syntax, past)]
    return speaker.pos == "PROPN" or speaker.lemma.lower() in c.words.speakers


def _according(c: Context, first: int, past: int) -> Draft | None:
    syntax = c.syntax
    tokens = syntax.tokens
    if not c.together(first, past) or tokens[past].pos == "PUNCT":
        return None
    speaker = head_of_phrase_at(syntax, past)
    if tokens[speaker].morph.get("PronType") == "Rel":
        return None
    if tokens[speaker].pos in _CLAUSAL or is_first_or_second_person(tokens[speaker]):
        return None
    name = noun_phrase(syntax, speaker)
    name = Span(tokens[past].start, max(name.end, tokens[speaker].end))
    close = _closing_comma(c, first, speaker, name)
    if close is not None:
        name = Span(name.start, tokens[close - 1].end)
    governor = _governor(syntax, first, speaker)
    if governor is None:
        return None
    aside = _aside(syntax, first, speaker, name) if close is None else (first, close)
    indices = [k for k in below(syntax, governor) if not aside[0] <= k <= aside[1] and c.together(k, first)]
    left = [k for k in indices if k < aside[0]]
    right = [k for k in indices if k > aside[1]]
    content = []
    for part in (left, right):
        if part:
            span = syntax.span(part)
            span = trimmed(syntax.text, span.start, span.end)
            if span.end - span.start > 3:
                content.append(span)
    if not content:
        return None
    return Draft(
        rule="speech:according",
        cue=Span(tokens[first].start, tokens[past - 1].end),
        cue_head=first,
        speaker=speaker,
        speaker_span=name,
        content=tuple(content),
        quote=False,
    )


def _closing_comma(c: Context, first: int, speaker: int, name: Span) -> int | None:
    """The comma that ends the phrase at a sentence's head where the tree ran on ("Selon le ministre, le suivi ...").

    None where what follows may still name the speaker: a name, or more of a list.
    """
    if first != c.sentence(first)[0]:
        return None
    for token in c.syntax.tokens_in(c.syntax.tokens[speaker].end, name.end):
        if token.text == ",":
            rest = c.syntax.tokens_in(token.end, name.end)
            further = any(t.text == "," for t in rest)
            names = bool(rest) and (rest[0].pos == "PROPN" or rest[0].i in c.syntax.conjuncts(speaker))
            return token.i if rest and not names and (further or rest[0].pos == "DET") else None
    return None


def _governor(syntax: Syntax, first: int, speaker: int) -> int | None:
    """Head of the clause that the phrase qualifies."""
    tokens, here = syntax.tokens, speaker
    for _ in range(8):
        if (here != speaker and here < first) or here > speaker:
            token = tokens[here]
            clausal = token.pos in _CLAUSAL or syntax.child(here, "nsubj", "nsubj:pass", "cop") is not None
            if clausal or token.dep == "root":
                return here
        above = tokens[here].head
        if above == here or tokens[above].sent != tokens[speaker].sent:
            return here if here != speaker else None
        here = above
    return None


def _aside(syntax: Syntax, first: int, speaker: int, name: Span) -> tuple[int, int]:
    """Tokens of the phrase with all that hangs on its noun, up to the comma that closes it."""
    last = speaker
    for k in below(syntax, speaker):
        if k == last + 1 or (k > last and syntax.tokens[k].start < name.end):
            last = k
    mine = set(below(syntax, speaker))
    while last + 1 in mine:
        last += 1
    return first, last
