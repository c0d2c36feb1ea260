"""The inquit: "said X" or "X said" beside a quotation, inside it, or set into a sentence between commas."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.reading.statements.phrase import NOMINAL, noun_phrase
from dragoman.reading.statements.speaker import is_first_or_second_person, is_passive, subject_of
from dragoman.reading.statements.words import SpeechWords
from dragoman.reading.syntax import Syntax, Token

_HINGE = frozenset(",—–-»”\"?!…“'")
_STOPS = frozenset('.,;:!?…—–"«»“”„()')
_GROUP = ("aux", "expl:comp", "expl:pass", "iobj", "obj", "advmod")


@dataclass(frozen=True, slots=True)
class Inquit:
    """Tokens `first` to `last` attribute what stands around them to the speaker at `speaker`."""

    first: int
    last: int
    verb: int
    speaker: int
    inverted: bool


def inquit_at(syntax: Syntax, v: int, words: SpeechWords) -> Inquit | None:
    """The inquit that the speech verb `v` makes, if it stands behind a comma, dash or quotation mark."""
    if is_passive(syntax, v) or not _is_finite(syntax, v):
        return None
    first = _group_start(syntax, v)
    behind = _hinge(syntax, first)
    if behind:
        speaker = _speaker_after(syntax, v, words)
        if speaker is not None:
            return Inquit(first, _end(syntax, v, speaker), v, speaker, True)
    subject = subject_of(syntax, v)
    if subject is not None and subject < v and not is_first_or_second_person(syntax.tokens[subject]):
        start = _phrase_start(syntax, subject)
        if _hinge(syntax, start) and v - subject < 30:
            return Inquit(start, _end(syntax, v, v), v, subject, False)
    return None


def _is_finite(syntax: Syntax, v: int) -> bool:
    form = syntax.tokens[v].morph.get("VerbForm")
    if form in ("Inf", "Ger", "Conv"):
        return False
    if form == "Part":
        return syntax.language == "en" or syntax.child(v, "aux", "aux:tense") is not None
    return True


def _group_start(syntax: Syntax, v: int) -> int:
    """First token of the verb with auxiliaries and clitics before it."""
    tokens, first = syntax.tokens, v
    while first > 0:
        before = tokens[first - 1]
        clitic = before.pos in ("AUX", "PRON", "ADV", "PART") and (before.head == v or before.pos == "AUX")
        if clitic and before.dep.startswith(_GROUP) and v - first < 6 and before.sent == tokens[v].sent:
            first -= 1
        else:
            break
    return first


def _hinge(syntax: Syntax, first: int) -> bool:
    """True where the token before is a comma, dash, quotation mark or question mark."""
    if first == 0:
        return False
    before = syntax.tokens[first - 1]
    if "\n" in syntax.text[before.end : syntax.tokens[first].start]:
        return False
    return before.text[-1:] in _HINGE


def _speaker_after(syntax: Syntax, v: int, words: SpeechWords) -> int | None:
    """Head of the noun phrase right after the verb: its subject, or an object that can only be one."""
    tokens = syntax.tokens
    subject = subject_of(syntax, v)
    if subject is not None and subject > v and subject - v < 25:
        return None if is_first_or_second_person(tokens[subject]) else subject
    left_subject = subject is not None and subject < v
    for child in syntax.children(
        v, "obj", "xcomp", "obl:arg", "dep", "appos", "obl", "obl:mod", "iobj", "conj"
    ):
        if child.i < v or child.i - v > 12 or child.pos not in NOMINAL:
            continue
        if syntax.child(child.i, "case") is not None or child.pos == "PRON":
            continue
        if _can_speak(syntax, child, words):
            return child.i
        if child.dep == "obj" and not left_subject and _nothing_but_adverbs(syntax, v, child.i):
            return child.i if child.pos == "PROPN" else None
    return None


def _can_speak(syntax: Syntax, token: Token, words: SpeechWords) -> bool:
    if token.lemma.lower() in words.speakers or token.text.lower() in words.speakers:
        return True
    return token.pos == "PROPN" or any(
        t.pos == "PROPN" for t in syntax.children(token.i, "appos", "flat", "flat:name")
    )


def _nothing_but_adverbs(syntax: Syntax, v: int, i: int) -> bool:
    return all(
        t.pos in ("ADV", "DET", "ADJ", "ADP", "PROPN", "NOUN", "PRON") for t in syntax.tokens[v + 1 : i]
    )


def _phrase_start(syntax: Syntax, head: int) -> int:
    start = noun_phrase(syntax, head).start
    i = head
    while i > 0 and syntax.tokens[i - 1].start >= start:
        i -= 1
    return i


def _end(syntax: Syntax, v: int, speaker: int) -> int:
    """Last token before the mark that closes the inquit; the speaker's apposition belongs to it."""
    tokens = syntax.tokens
    past = noun_phrase(syntax, speaker).end if speaker != v else tokens[v].end
    last = max(v, speaker)
    while last + 1 < len(tokens) and tokens[last + 1].start < past:
        last += 1
    last = _to_stop(syntax, last)
    apposition = syntax.child(speaker, "appos", "acl", "acl:relcl") if speaker != v else None
    if (
        apposition is not None
        and last + 1 < len(tokens)
        and tokens[last + 1].text == ","
        and apposition.i > last
    ):
        last = _to_stop(syntax, apposition.i)
    return last


def _to_stop(syntax: Syntax, i: int) -> int:
    tokens = syntax.tokens
    while (
        i + 1 < len(tokens)
        and tokens[i + 1].text[0] not in _STOPS
        and "\n" not in syntax.text[tokens[i].end : tokens[i + 1].start]
    ):
        i += 1
    return i
