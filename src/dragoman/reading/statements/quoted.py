"""Quotations and who said them: the cue beside, inside or around them, or the speaker still holding the floor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.headline import speaker_before_colon
from dragoman.reading.statements.indirect import cue_span
from dragoman.reading.statements.inquit import inquit_at, without
from dragoman.reading.statements.phrase import noun_phrase
from dragoman.reading.statements.quotation import Quotation
from dragoman.reading.statements.speaker import first_bare_noun, is_first_or_second_person, speaker_of_verb

_NEAR = 32
"""Tokens between a quotation and the verb that attributes it, at most."""
_WAITING = 8
"""Quotations without a speaker that a following one may give theirs, at most."""
_LABEL_WORDS = 4
_DASHES = "—–-"
_SIGNATURE = 16
"""Words behind a quotation that sign it, at most."""
_SPACE = " \t\u00a0\u202f\u2009"
_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue verbs of the text, in order; `strong` those that may stand beside a quotation."""

    all: Sequence[int]
    strong: Sequence[int]

    def between(self, first: int, past: int) -> Sequence[int]:
        return self.strong[bisect_left(self.strong, first) : bisect_left(self.strong, past)]

    def any_between(self, first: int, past: int) -> Sequence[int]:
        return self.all[bisect_left(self.all, first) : bisect_left(self.all, past)]


class _Indirect:
    """What the tree gave, to be asked what surrounds or precedes a place."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.spans = sorted(((s, d) for d in drafts for s in d.content), key=lambda x: x[0])
        self.starts = [s.start for s, _ in self.spans]
        self.closed = sorted((d for d in drafts if d.rule.startswith("speech:")), key=_end_of)
        self.ends = [_end_of(d) for d in self.closed]

    def around(self, q: Quotation) -> Draft | None:
        """The smallest statement that holds the quotation."""
        k = bisect_right(self.starts, q.inner_start)
        best: tuple[Span, Draft] | None = None
        for span, draft in self.spans[max(0, k - 40) : k]:
            fits = span.end >= q.inner_end - 2
            if fits and (best is None or span.end - span.start < best[0].end - best[0].start):
                best = span, draft
        return best[1] if best else None

    def last_before(self, position: int) -> tuple[int, Draft] | None:
        k = bisect_right(self.ends, position) - 1
        return (self.ends[k], self.closed[k]) if k >= 0 else None


def _end_of(draft: Draft) -> int:
    ends = [s.end for s in draft.content]
    ends += [s.end for s in (draft.cue, draft.speaker_span) if s is not None]
    return max(ends)


def attribute(c: Context, verbs: Sequence[int], drafts: Sequence[Draft]) -> list[Draft]:
    """Statements in quotation marks. `verbs` are the cue verbs, in order, `drafts` what the tree gave."""
    strong = [v for v in verbs if c.words.verb_cues[c.syntax.tokens[v].lemma.lower()].strong]
    cues, indirect = _Cues(verbs, strong), _Indirect(drafts)
    out: list[Draft] = []
    place: dict[int, int] = {}
    floor: tuple[int, Draft] | None = None
    waiting: list[Quotation] = []
    for q in c.quotations:
        draft = _attributed(c, q, cues, indirect)
        if draft is None:
            if not _stands_free(c, q):
                continue
            floor = _last_word(c, q, floor, indirect)
            if floor is None:
                waiting = [*waiting[-_WAITING:], q]
                continue
            out.append(_carried(q, floor[1], "speech:quote-continued"))
            floor = (q.end, floor[1])
            continue
        ahead = [w for w in waiting if w.goes_on or not c.paragraphs_apart(w.end, q.start)]
        out += [_carried(w, draft, "speech:quote-ahead") for w in ahead]
        waiting = []
        floor = (q.end, draft)
        head = draft.cue_head
        if head is not None and head in place:
            before = out[place[head]]
            out[place[head]] = replace(before, content=before.content + draft.content)
            continue
        if head is not None:
            place[head] = len(out)
        out.append(draft)
    return out


def _attributed(c: Context, q: Quotation, cues: _Cues, indirect: _Indirect) -> Draft | None:
    draft = _inside(c, q, cues) or _after(c, q, cues) or _before(c, q, cues) or _signed(c, q)
    if draft is not None or is_name(c, q):
        return draft
    around = indirect.around(q)
    if around is not None:
        kind = around.rule.split(":")[0]
        return _carried(q, around, f"{kind}:quote-within")
    return _loosely_before(c, q, cues)


def _signed(c: Context, q: Quotation) -> Draft | None:
    """ "The truce holds." — Ana Orr, mediator: a dash and a name, with nothing but a role behind."""
    text = c.syntax.text
    k = q.end
    while k < len(text) and text[k] in _SPACE + ".\n":
        k += 1
    if k >= len(text) or text[k] not in _DASHES or c.paragraphs_apart(q.end, k) > 1:
        return None
    while k < len(text) and text[k] in _SPACE + _DASHES:
        k += 1
    past = text.find("\n", k)
    tokens = c.syntax.tokens_in(k, past if past >= 0 else len(text))
    if not 0 < len(tokens) <= _SIGNATURE or any(t.pos in ("VERB", "AUX") for t in tokens):
        return None
    head = next((t for t in tokens if c.is_person(max(t.start, k))), None)
    if head is None or not text[k].isupper():
        return None
    stop = next(
        (t.start for t in tokens if t.text in (",", "(", ".") and t.start > head.start), tokens[-1].end
    )
    span = Span(q.inner_start, q.inner_end)
    return Draft("speech:quote-signed", None, None, head.i, Span(k, stop), (span,), True)


def _carried(q: Quotation, draft: Draft, rule: str) -> Draft:
    return replace(draft, rule=rule, content=(Span(q.inner_start, q.inner_end),), quote=True)


def _draft(c: Context, rule: str, verb: int, speaker: int, content: tuple[Span, ...]) -> Draft:
    return Draft(
        rule=rule,
        cue=cue_span(c.syntax, verb),
        cue_head=verb,
        speaker=speaker,
        speaker_span=noun_phrase(c.syntax, speaker),
        content=content,
        quote=True,
    )


def _inside(c: Context, q: Quotation, cues: _Cues) -> Draft | None:
    """An inquit set into the quotation: « ..., a déclaré X, ... »."""
    first, past = c.token_from(q.inner_start), c.token_from(q.inner_end)
    for v in cues.between(first + 2, past):
        found = inquit_at(c, v)
        if found is None or not found.inverted or found.first <= first + 1:
            continue
        parts = without(c, q.inner_start, q.inner_end, found)
        if parts:
            return _draft(c, "speech:inquit-inside", v, found.speaker, parts)
    return None


def _after(c: Context, q: Quotation, cues: _Cues) -> Draft | None:
    """ "...," said X; "...," X said; « ... », a dit X."""
    tokens = c.syntax.tokens
    if not _goes_on_after(c.syntax.text, q):
        return None
    first = past = c.token_from(q.end)
    while past < len(tokens) and past - first < _NEAR and c.quotation[past] < 0:
        if past > first and (not c.together(first, past) or tokens[past - 1].text in _ENDS):
            break
        past += 1
    if first < len(tokens) and is_name(c, q) and c.syntax.text[q.inner_end - 1] not in ",?!…":
        return None
    for v in cues.between(first, past):
        speaker = _speaker_in(c, v, first, past) if c.syntax.child(v, "mark") is None else None
        if speaker is not None:
            return _draft(c, "speech:quote-before-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    return _any_verb_after(c, q, first, past)


def _any_verb_after(c: Context, q: Quotation, first: int, past: int) -> Draft | None:
    """ "...," smiles the minister: right behind a quotation, an inverted verb attributes whatever it means."""
    tokens = c.syntax.tokens
    v = next((i for i in range(first, min(past, first + 4)) if tokens[i].pos == "VERB"), None)
    if v is None or any(t.pos not in ("AUX", "PUNCT", "PRON", "ADV") for t in tokens[first:v]):
        return _unknown_word_after(c, q, first, past)
    found = inquit_at(c, v)
    if found is None:
        return _unknown_word_after(c, q, first, past)
    if not found.inverted or not found.speaker < past:
        return None
    if c.syntax.text.count(" ", q.inner_start, q.inner_end) < 2:
        return None
    return _draft(c, "speech:quote-inverted", v, found.speaker, (Span(q.inner_start, q.inner_end),))


def _unknown_word_after(c: Context, q: Quotation, first: int, past: int) -> Draft | None:
    """« ... », soupire Nadia Cohen: a comma, one word that the tagger did not know for a verb, and somebody."""
    tokens = c.syntax.tokens
    if c.syntax.language == "en" or past - first < 3 or tokens[first].text not in (",", "—", "–"):
        return None
    v = first + 1 if tokens[first + 1].pos != "PUNCT" or tokens[first + 1].text.isalpha() else first + 2
    if v + 1 >= past or not tokens[v].text.isalpha() or not tokens[v].text.islower() or c.can_speak(v):
        return None
    if tokens[v].pos in ("ADP", "DET", "SCONJ", "CCONJ", "PRON") or tokens[v + 1].pos not in ("PROPN", "DET"):
        return None
    speaker = first_bare_noun(c, v)
    if speaker is None or speaker >= past or not c.can_speak(speaker):
        return None
    if c.syntax.text.count(" ", q.inner_start, q.inner_end) < 2:
        return None
    return _draft(c, "speech:quote-inverted", v, speaker, (Span(q.inner_start, q.inner_end),))


def _goes_on_after(text: str, q: Quotation) -> bool:
    """True where the sentence goes on behind the quotation: its last mark is a comma, or one follows."""
    k = q.end
    while k < len(text) and text[k] in _SPACE:
        k += 1
    follows = text[k] if k < len(text) else "\n"
    if text[q.inner_end - 1] in ",?!…—–-" or follows in ",—–-":
        return follows != "\n"
    return follows.islower()


def _speaker_in(c: Context, v: int, first: int, past: int) -> int | None:
    """The speaker of cue `v`, where it stands in the same stretch outside the quotation."""
    found = inquit_at(c, v)
    if found is None and c.syntax.language != "en":
        return None  # where the subject may follow, behind a quotation it does
    if found is not None and not found.inverted and not _nothing_else_said(c, v):
        return None
    speaker = found.speaker if found is not None else speaker_of_verb(c, v)
    if speaker is None or not first <= speaker < past:
        return None
    return None if is_first_or_second_person(c.syntax.tokens[speaker]) else speaker


def _subject_lost(c: Context, v: int) -> int | None:
    """The noun phrase right before the verb, where the tree gave it to a verb of the quotation that follows."""
    tokens, i = c.syntax.tokens, v - 1
    while i > 0 and v - i < 6 and tokens[i].dep in ("flat:name", "flat", "appos", "nmod", "compound"):
        i -= 1
    token = tokens[i] if i >= 0 else None
    if token is None or token.dep != "nsubj" or token.head <= v or not c.together(i, v):
        return None
    return i if c.quotation[token.head] >= 0 else None


def _nothing_else_said(c: Context, v: int) -> bool:
    """True where the verb has no object of its own but the hearer: in "“Dawn,” she denounced the plan" it has."""
    if c.syntax.tokens[v].lemma.lower() in c.words.told:
        return True
    return not any(v < t.i and c.quotation[t.i] < 0 for t in c.syntax.children(v, "obj"))


def _before(c: Context, q: Quotation, cues: _Cues) -> Draft | None:
    """X said: "..."; X said, "..."."""
    text = c.syntax.text
    k = q.start - 1
    while k >= 0 and (text[k] in _SPACE or text[k] == "\n"):
        k -= 1
    if k < 0 or text[k] not in ",:" or (text[k] == "," and c.paragraphs_apart(k, q.start)):
        return None
    past = c.token_from(q.start)
    first = _sentence_start(c, past)
    for v in reversed(cues.between(first, past)):
        if c.quotation[v] >= 0:
            continue
        found = inquit_at(c, v)
        speaker = found.speaker if found is not None else speaker_of_verb(c, v) or _subject_lost(c, v)
        if speaker is not None and not is_first_or_second_person(c.syntax.tokens[speaker]):
            return _draft(c, "speech:quote-after-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    if text[k] != ":":
        return None
    named = speaker_before_colon(c, first, past)
    if named is None:
        return _before_colon(c, q, first, past)
    return Draft(
        "speech:quote-colon", None, None, named[0], named[1], (Span(q.inner_start, q.inner_end),), True
    )


def _before_colon(c: Context, q: Quotation, first: int, past: int) -> Draft | None:
    """She turned to the crowd: "..."; whatever the verb, its subject speaks, if a person or body."""
    tokens = c.syntax.tokens
    for v in range(past - 1, first - 1, -1):
        if tokens[v].pos != "VERB" or c.quotation[v] >= 0:
            continue
        speaker = speaker_of_verb(c, v)
        if speaker is None or is_first_or_second_person(tokens[speaker]):
            continue
        able = tokens[speaker].pos in ("PROPN", "PRON") or tokens[speaker].lemma.lower() in c.words.speakers
        span = Span(q.inner_start, q.inner_end)
        return _draft(c, "speech:quote-after-colon", v, speaker, (span,)) if able else None
    return None


def _sentence_start(c: Context, past: int) -> int:
    """First token of the sentence before a quotation; earlier quotations in it are stepped over."""
    tokens, first = c.syntax.tokens, past
    while first > 0 and past - first < 3 * _NEAR:
        token, inside = tokens[first - 1], c.quotation[first - 1] >= 0
        if first < past and not c.together(first - 1, first):
            break
        if token.text in _ENDS and not inside:
            break
        if inside and token.text[-1] in _ENDS and first < past and tokens[first].text[:1].isupper():
            break
        first -= 1
    return first


def _loosely_before(c: Context, q: Quotation, cues: _Cues) -> Draft | None:
    """A cue before the quotation in its sentence, though the tree does not join them."""
    past = c.token_from(q.start)
    first = max(_sentence_start(c, past), past - 14)
    for v in reversed(cues.any_between(first, past)):
        strong = c.words.verb_cues[c.syntax.tokens[v].lemma.lower()].strong
        if not strong and (v < past - 8 or _is_label(c, q)):
            continue
        speaker = speaker_of_verb(c, v) if c.quotation[v] < 0 else None
        if speaker is not None and not is_first_or_second_person(c.syntax.tokens[speaker]):
            return _draft(c, f"{_kind(c, v)}:quote-near-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    return None


def _is_label(c: Context, q: Quotation) -> bool:
    """True for a few words held at arm's length, of which the first is a number or has a capital."""
    tokens = c.syntax.tokens_in(q.inner_start, q.inner_end)
    return len(tokens) <= _LABEL_WORDS and not tokens[0].text[0].islower()


def _kind(c: Context, v: int) -> str:
    return c.words.verb_cues[c.syntax.tokens[v].lemma.lower()].kind


def is_name(c: Context, q: Quotation) -> bool:
    """True for the name of a work, firm or operation in quotation marks."""
    syntax = c.syntax
    inner = syntax.text[q.inner_start : q.inner_end]
    tokens = syntax.tokens_in(q.inner_start, q.inner_end) if len(inner) < 80 else []
    first = c.token_from(q.start)
    if not 0 < len(tokens) <= 8 or inner[-1] in ",.!?" or first == 0:
        return False
    before = syntax.tokens[first - 1]
    if before.lemma.lower() in c.words.heralds or before.text.lower() in c.words.heralds:
        return True
    long_words = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    titled = bool(long_words) and all(t.text[0].isupper() for t in long_words)
    return titled and len(tokens) <= 6 and before.pos in ("NOUN", "PROPN", "ADJ", "DET", "ADP")


def _stands_free(c: Context, q: Quotation) -> bool:
    """True where the quotation is a sentence or more by itself."""
    text = c.syntax.text
    k = q.start - 1
    while k >= 0 and text[k] in _SPACE:
        k -= 1
    opens = k < 0 or text[k] in '\n.!?…»”":'
    ends = text[q.inner_end - 1] in _ENDS or q.goes_on or text[q.end : q.end + 1] in (".", "\n", "")
    return opens and ends and text.count(" ", q.inner_start, q.inner_end) >= 2


def _last_word(
    c: Context, q: Quotation, floor: tuple[int, Draft] | None, indirect: _Indirect
) -> tuple[int, Draft] | None:
    """Who spoke last before a quotation that has no cue, in its paragraph or at the end of the one before."""
    latest = indirect.last_before(q.start)
    if latest is not None and (floor is None or latest[0] > floor[0]):
        floor = latest
    if floor is None or q.start < floor[0]:
        return None
    apart = c.paragraphs_apart(floor[0], q.start)
    if apart == 0:
        return floor
    opening = c.breaks[bisect_right(c.breaks, q.start) - 1]
    said_last = len(c.syntax.text[floor[0] : opening].strip()) < 60 if opening - floor[0] < 300 else False
    opens = not c.syntax.text[opening : q.start].strip()
    return floor if apart == 1 and said_last and opens else None
