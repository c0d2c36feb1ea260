"""The inquit: "said X" or "X said" beside a quotation, inside it, or set into a sentence between commas."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.indirect import cue_span
from dragoman.reading.statements.phrase import below, noun_phrase, trimmed
from dragoman.reading.statements.speaker import (
    is_first_or_second_person,
    is_passive,
    speaker_after,
    subject_of,
)
from dragoman.reading.syntax import Syntax, Token

_HINGE = frozenset(",—–-»”\"?!…“'")
_STOPS = frozenset('.,;:!?…—–"«»“”„()')
_GROUP = ("aux", "expl:comp", "expl:pass", "iobj", "obj", "advmod")
_VERBAL = frozenset({"VERB", "AUX"})
_LONGEST = 60
"""Words of an inquit after its verb, at most."""


@dataclass(frozen=True, slots=True)
class Inquit:
    """Tokens `first` to `last` attribute what stands around them to the speaker at `speaker`."""

    first: int
    last: int
    verb: int
    speaker: int
    inverted: bool


def inquit_at(c: Context, v: int) -> Inquit | None:
    """The inquit that the speech verb `v` makes, if it stands behind a comma, dash or quotation mark."""
    syntax = c.syntax
    if is_passive(syntax, v) or not _is_finite(syntax, v):
        return None
    first = _group_start(syntax, v)
    subject = subject_of(syntax, v)
    if subject is not None and first < subject < v and _hinge(c, first):  # « a-t-il dit »
        return Inquit(first, _end(c, v, v), v, subject, True)
    if _hinge(c, first) and syntax.tokens[v].lemma.lower() not in c.words.told:
        speaker = speaker_after(c, v)
        if speaker is not None:
            return Inquit(first, _end(c, v, speaker), v, speaker, True)
    if subject is None or not v - 30 < subject < v:
        subject = _beside(c, first)
    if subject is None or not c.together(subject, v) or is_first_or_second_person(syntax.tokens[subject]):
        return None
    start = c.token_from(noun_phrase(syntax, subject).start)
    if _hinge(c, start) and not any(t.pos in _VERBAL for t in syntax.tokens[subject:first] if t.dep != "acl"):
        return Inquit(start, _end(c, v, v), v, subject, False)
    return None


def _beside(c: Context, first: int) -> int | None:
    """The noun right before the verb, or before the apposition that stands between: "Ms. Orr, a nurse, said"."""
    tokens, i = c.syntax.tokens, first - 1
    if i > 0 and tokens[i].text == ",":
        i -= 1
        while i > 0 and first - i < 30 and tokens[i].text != "," and tokens[i].pos not in _VERBAL:
            i -= 1
        i -= 1
    return i if i >= 0 and tokens[i].pos in ("PROPN", "PRON", "NOUN") else None


def set_in(c: Context, v: int) -> Draft | None:
    """An attribution between commas, or at the end of a sentence, without quotation marks.

    "The troops, witnesses said, have left"; « Le retrait est achevé, a annoncé le ministère ».
    """
    found = inquit_at(c, v)
    syntax, tokens = c.syntax, c.syntax.tokens
    if found is None or c.quotation[v] >= 0:
        return None
    if not found.inverted and not _says_nothing_itself(c, found):
        return None
    first, past = c.sentence(v)
    around = [tokens[first : found.first], tokens[found.last + 1 : past]]
    if not around[0] or not any(t.pos in _VERBAL or t.dep == "root" for part in around for t in part):
        return None
    named = tokens[found.speaker]
    if not found.inverted and named.dep in ("appos", "flat", "nmod") and first <= named.head < found.first:
        return None  # "the minister, Ana Orr, denied it": what stands before the name is who speaks
    if not found.inverted and named.pos == "PROPN" and _only_names(c, around):
        return None  # the same, where the tree hangs the name elsewhere
    spans = (trimmed(syntax.text, part[0].start, part[-1].end) for part in around if part)
    parts = [s for s in spans if any(ch.isalnum() for ch in syntax.text[s.start : s.end])]
    return Draft(
        rule="speech:set-in",
        cue=cue_span(syntax, v),
        cue_head=v,
        speaker=found.speaker,
        speaker_span=noun_phrase(syntax, found.speaker),
        content=tuple(parts),
        quote=False,
    )


def _only_names(c: Context, around: list[list[Token]]) -> bool:
    """True where all that stands around is a noun for somebody who speaks."""
    if any(t.pos in _VERBAL for part in around for t in part):
        return False
    return any(t.pos == "NOUN" and c.can_speak(t.i) for t in around[0])


def as_said(c: Context, v: int) -> Draft | None:
    """ "As the ministry said, ...": the clause that the verb hangs on."""
    syntax, token = c.syntax, c.syntax.tokens[v]
    mark = syntax.child(v, "mark", "advmod", "case")
    if mark is None or mark.text.lower() not in c.words.as_said or token.dep not in ("advcl", "parataxis"):
        return None
    speaker = subject_of(syntax, v) or speaker_after(c, v, is_sure=True)
    if speaker is None or is_first_or_second_person(syntax.tokens[speaker]) or not c.together(v, token.head):
        return None
    if syntax.child(v, "ccomp", "xcomp") is not None:
        return None
    if syntax.tokens[speaker].pos != "PRON" and not c.can_speak(speaker):
        return None  # "as protests continue"
    aside = set(below(syntax, v))
    indices = [k for k in below(syntax, token.head) if k not in aside and c.together(k, v)]
    parts = [[k for k in indices if k < v], [k for k in indices if k > v]]
    spans = [trimmed(syntax.text, *syntax.span(part)) for part in parts if part]
    content = tuple(s for s in spans if any(ch.isalnum() for ch in syntax.text[s.start : s.end]))
    if not content:
        return None
    return Draft(
        "speech:as-said", cue_span(syntax, v), v, speaker, noun_phrase(syntax, speaker), content, False
    )


def _says_nothing_itself(c: Context, inquit: Inquit) -> bool:
    """True where the verb has no object or clause of its own before the mark that closes the inquit."""
    tokens = c.syntax.tokens
    if any(t.pos in _VERBAL for t in tokens[inquit.verb + 1 : inquit.last + 1]):
        return False
    if any(inquit.verb < t.i for t in c.syntax.children(inquit.verb, "obj", "ccomp", "xcomp")):
        return False
    after = tokens[inquit.last + 1] if inquit.last + 1 < len(tokens) else None
    return after is not None and after.text[:1] in ",.—–"


def _is_finite(syntax: Syntax, v: int) -> bool:
    morph = syntax.tokens[v].morph
    if morph.get("VerbForm") in ("Inf", "Ger", "Conv"):
        return syntax.language == "fr" and _group_start(syntax, v) < v - 1  # « ont fait savoir »
    if morph.get("VerbForm") == "Part":
        simple_past = syntax.language == "en" and morph.get("Tense") == "Past"  # taken for a participle
        clitic = v + 1 < len(syntax.tokens) and syntax.tokens[v + 1].text.startswith("-")  # « dit-elle »
        return simple_past or clitic or syntax.child(v, "aux", "aux:tense") is not None
    return True


def _group_start(syntax: Syntax, v: int) -> int:
    """First token of the verb with auxiliaries and clitics before it."""
    tokens, first = syntax.tokens, v
    while first > 0 and v - first < 6 and _belongs(tokens[first - 1], first, v):
        first -= 1
    return first


def _belongs(before: Token, first: int, v: int) -> bool:
    """True for an auxiliary, clitic or adverb that hangs on the group of verb `v`, which so far begins at `first`."""
    if not first <= before.head <= v:
        return False
    if before.pos == "AUX" or before.text.startswith("-"):
        return True
    if before.pos == "VERB":
        return before.dep in ("dep", "aux", "aux:caus")  # « fait savoir »
    return before.head == v and before.pos in ("PRON", "ADV", "PART") and before.dep.startswith(_GROUP)


def _hinge(c: Context, first: int) -> bool:
    """True where the token before is a comma, dash, quotation mark or question mark."""
    return first > 0 and c.together(first - 1, first) and c.syntax.tokens[first - 1].text[-1:] in _HINGE


def _end(c: Context, v: int, speaker: int) -> int:
    """Last token before the mark that closes the inquit; the speaker's apposition belongs to it."""
    syntax, tokens = c.syntax, c.syntax.tokens
    last = max(v, speaker)
    if speaker != v:
        past = noun_phrase(syntax, speaker).end
        while last + 1 < len(tokens) and tokens[last + 1].start < past:
            last += 1
    last = _to_stop(c, last)
    apposition = syntax.child(speaker, "appos", "acl", "acl:relcl") if speaker != v else None
    comma = last + 1 < len(tokens) and tokens[last + 1].text == ","
    if apposition is not None and comma and last < apposition.i < last + 40 and c.together(v, apposition.i):
        last = _to_stop(c, apposition.i)
    return last


def _to_stop(c: Context, i: int) -> int:
    tokens, limit = c.syntax.tokens, i + _LONGEST
    while i + 1 < len(tokens) and i < limit and tokens[i + 1].text[0] not in _STOPS and c.together(i, i + 1):
        i += 1
    return i


def without(c: Context, start: int, end: int, inquit: Inquit) -> tuple[Span, ...]:
    """The stretch `[start, end)` without the inquit in it."""
    text, tokens = c.syntax.text, c.syntax.tokens
    before = trimmed(text, start, tokens[inquit.first].start)
    begin = tokens[inquit.last].end
    while begin < end and text[begin] in " .,;—–-\u00a0\u202f":
        begin += 1
    after = trimmed(text, begin, end)
    return tuple(s for s in (before, after) if any(ch.isalnum() for ch in text[s.start : s.end]))
