"""Quotations and who said them: the cue beside, inside or around them, or the speaker still holding the floor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.model import Span
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.indirect import cue_span
from dragoman.reading.statements.inquit import Inquit, inquit_at
from dragoman.reading.statements.phrase import noun_phrase, trimmed
from dragoman.reading.statements.quotation import Quotation
from dragoman.reading.statements.speaker import is_first_or_second_person, speaker_of_verb
from dragoman.reading.statements.words import SpeechWords
from dragoman.reading.syntax import Syntax

_NEAR = 32
"""Tokens between a quotation and the verb that attributes it, at most."""
_SPACE = " \t\u00a0\u202f\u2009"
_ENDS = ".!?…"


@dataclass(slots=True)
class QuotedText:
    """The outermost quotations of a text, with what is needed to look around them."""

    syntax: Syntax
    words: SpeechWords
    cues: list[int]
    outer: list[Quotation]
    _starts: list[int] = field(default_factory=list)
    _outer_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [t.start for t in self.syntax.tokens]
        self._outer_starts = [q.start for q in self.outer]

    def around(self, position: int) -> Quotation | None:
        """The outermost quotation that holds a code point."""
        k = bisect_right(self._outer_starts, position) - 1
        return self.outer[k] if k >= 0 and position < self.outer[k].end else None

    def token_from(self, position: int) -> int:
        """Index of the first token that begins at or after a code point."""
        return bisect_left(self._starts, position)

    def cues_between(self, first: int, past: int) -> list[int]:
        return self.cues[bisect_left(self.cues, first) : bisect_left(self.cues, past)]


def outermost(quotations: Sequence[Quotation]) -> list[Quotation]:
    found, past = [], -1
    for q in quotations:
        if q.start >= past and q.inner_end > q.inner_start:
            found.append(q)
            past = q.end
    return found


def attribute(texts: QuotedText, indirect: Sequence[Draft]) -> list[Draft]:
    """Statements in quotation marks, in order. `indirect` is what the tree gave."""
    spans = sorted((c.start, c.end, n) for n, d in enumerate(indirect) for c in d.content)
    starts = [s for s, _, _ in spans]
    out: list[Draft] = []
    by_cue: dict[int, int] = {}
    floor: tuple[int, Draft] | None = None
    waiting: list[Quotation] = []
    closed = sorted((d for d in indirect if d.rule.startswith("speech:")), key=_end_of)
    ends = [_end_of(d) for d in closed]
    for q in texts.outer:
        draft = _inside(texts, q) or _after(texts, q) or _before(texts, q)
        if draft is None and not is_name(texts, q):
            draft = _within(q, indirect, spans, starts) or _loosely_before(texts, q)
        if draft is None and _stands_free(texts, q):
            floor = _last_word(texts.syntax.text, q, floor, closed, ends)
            if floor is None:
                waiting.append(q)
                continue
            out.append(_carried(q, floor[1], "speech:quote-continued"))
            floor = (q.end, floor[1])
            continue
        if draft is None:
            continue
        out += [
            _carried(w, draft, "speech:quote-ahead")
            for w in waiting
            if _one_paragraph(texts.syntax.text, w.end, q.start)
        ]
        waiting = []
        floor = (q.end, draft)
        head = draft.cue_head
        if head is not None and head in by_cue:
            before = out[by_cue[head]]
            out[by_cue[head]] = replace(before, content=before.content + draft.content)
            continue
        if head is not None:
            by_cue[head] = len(out)
        out.append(draft)
    return out


def _end_of(draft: Draft) -> int:
    ends = [c.end for c in draft.content]
    if draft.cue is not None:
        ends.append(draft.cue.end)
    if draft.speaker_span is not None:
        ends.append(draft.speaker_span.end)
    return max(ends)


def _draft(texts: QuotedText, rule: str, verb: int, speaker: int | None, content: tuple[Span, ...]) -> Draft:
    syntax = texts.syntax
    return Draft(
        rule=rule,
        cue=cue_span(syntax, verb),
        cue_head=verb,
        speaker=speaker,
        speaker_span=noun_phrase(syntax, speaker) if speaker is not None else None,
        content=content,
        quote=True,
    )


def _carried(q: Quotation, draft: Draft, rule: str) -> Draft:
    return replace(draft, rule=rule, content=(Span(q.inner_start, q.inner_end),), quote=True)


def _inside(texts: QuotedText, q: Quotation) -> Draft | None:
    """An inquit set into the quotation: « ..., a déclaré X, ... »."""
    syntax = texts.syntax
    first, past = texts.token_from(q.inner_start), texts.token_from(q.inner_end)
    for v in texts.cues_between(first + 2, past):
        found = inquit_at(syntax, v, texts.words)
        if found is None or not found.inverted or found.first <= first + 1:
            continue
        parts = _without(texts, q, found)
        if parts:
            return _draft(texts, "speech:inquit-inside", v, found.speaker, parts)
    return None


def _without(texts: QuotedText, q: Quotation, inquit: Inquit) -> tuple[Span, ...]:
    tokens = texts.syntax.tokens
    before = trimmed(texts.syntax.text, q.inner_start, tokens[inquit.first].start)
    begin = tokens[inquit.last].end
    text = texts.syntax.text
    while begin < q.inner_end and text[begin] in " .,;—–-":
        begin += 1
    after = trimmed(text, begin, q.inner_end)
    return tuple(
        s for s in (before, after) if s.end > s.start and any(c.isalnum() for c in text[s.start : s.end])
    )


def _after(texts: QuotedText, q: Quotation) -> Draft | None:
    """ "...," said X; "...," X said; « ... », a dit X."""
    syntax, text = texts.syntax, texts.syntax.text
    joined = _joint_after(text, q)
    if not joined:
        return None
    first = texts.token_from(q.end)
    past = first
    while past < len(syntax.tokens) and past - first < _NEAR:
        token = syntax.tokens[past]
        between = text[syntax.tokens[past - 1].end : token.start] if past else ""
        if "\n" in between or (past > first and syntax.tokens[past - 1].text in _ENDS):
            break
        if texts.around(token.start) is not None:
            break
        past += 1
    for v in texts.cues_between(first, past):
        speaker = _speaker_in(texts, v, first, past)
        if speaker is not None:
            return _draft(texts, "speech:quote-before-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    return None


def _joint_after(text: str, q: Quotation) -> bool:
    """True where the sentence goes on behind the quotation: its last mark is a comma, or one follows."""
    last = text[q.inner_end - 1]
    k = q.end
    while k < len(text) and text[k] in _SPACE:
        k += 1
    follows = text[k] if k < len(text) else "\n"
    if last in ",?!…—–-" or follows in ",—–-":
        return follows != "\n"
    return follows.islower()


def _speaker_in(texts: QuotedText, v: int, first: int, past: int) -> int | None:
    """The speaker of cue `v`, where it stands in the same stretch outside the quotation."""
    syntax = texts.syntax
    found = inquit_at(syntax, v, texts.words)
    speaker = found.speaker if found is not None else speaker_of_verb(syntax, v, texts.words)
    if speaker is None or not first <= speaker < past:
        return None
    return None if is_first_or_second_person(syntax.tokens[speaker]) else speaker


def _before(texts: QuotedText, q: Quotation) -> Draft | None:
    """X said: "..."; X said, "..."."""
    syntax, text = texts.syntax, texts.syntax.text
    k = q.start - 1
    while k >= 0 and (text[k] in _SPACE or text[k] == "\n"):
        k -= 1
    if k < 0 or text[k] not in ",:" or (text[k] == "," and "\n" in text[k : q.start]):
        return None
    past = texts.token_from(q.start)
    first = _sentence_start(texts, past, q)
    for v in reversed(texts.cues_between(first, past)):
        if texts.around(syntax.tokens[v].start) is not None:
            continue
        found = inquit_at(syntax, v, texts.words)
        speaker = found.speaker if found is not None else speaker_of_verb(syntax, v, texts.words)
        if speaker is not None and not is_first_or_second_person(syntax.tokens[speaker]):
            return _draft(texts, "speech:quote-after-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    return None


def _sentence_start(texts: QuotedText, past: int, q: Quotation) -> int:
    """First token of the sentence before a quotation; earlier quotations in it are stepped over."""
    syntax, first = texts.syntax, past
    while first > 0 and past - first < 3 * _NEAR:
        token = syntax.tokens[first - 1]
        gap = syntax.text[token.end : syntax.tokens[first].start] if first < past else ""
        outside = texts.around(token.start) is None
        if "\n" in gap or (outside and token.text in _ENDS):
            break
        if (
            not outside
            and token.text[-1] in _ENDS
            and first < past
            and syntax.tokens[first].text[:1].isupper()
        ):
            break
        first -= 1
    return first


def _within(
    q: Quotation, indirect: Sequence[Draft], spans: list[tuple[int, int, int]], starts: list[int]
) -> Draft | None:
    """The quoted words of an indirect statement: he said that it was "over"."""
    k = bisect_right(starts, q.inner_start) - 1
    best: tuple[int, Draft] | None = None
    for start, end, n in reversed(spans[max(0, k - 40) : k + 1]):
        if end >= q.inner_end - 2 and (best is None or end - start < best[0]):
            best = (end - start, indirect[n])
    if best is None:
        return None
    kind = best[1].rule.split(":")[0]
    return replace(
        best[1], rule=f"{kind}:quote-within", content=(Span(q.inner_start, q.inner_end),), quote=True
    )


def _loosely_before(texts: QuotedText, q: Quotation) -> Draft | None:
    """A cue before the quotation in its sentence, though the tree does not join them."""
    syntax = texts.syntax
    past = texts.token_from(q.start)
    first = max(_sentence_start(texts, past, q), past - 14)
    for v in reversed(texts.cues_between(first, past)):
        if texts.around(syntax.tokens[v].start) is not None:
            continue
        speaker = speaker_of_verb(syntax, v, texts.words)
        if speaker is not None and not is_first_or_second_person(syntax.tokens[speaker]):
            return _draft(texts, "speech:quote-near-cue", v, speaker, (Span(q.inner_start, q.inner_end),))
    return None


def is_name(texts: QuotedText, q: Quotation) -> bool:
    """True for the name of a work, firm or operation in quotation marks."""
    syntax, text = texts.syntax, texts.syntax.text
    inner = text[q.inner_start : q.inner_end]
    tokens = syntax.tokens_in(q.inner_start, q.inner_end) if len(inner) < 80 else []
    if not 0 < len(tokens) <= 8 or inner[-1] in ",.!?":
        return False
    first = texts.token_from(q.start)
    if first > 0:
        before = syntax.tokens[first - 1]
        if before.lemma.lower() in texts.words.heralds or before.text.lower() in texts.words.heralds:
            return True
    proper = [t for t in tokens if t.text[:1].isupper() or t.text[:1].isdigit()]
    long_words = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    titled = len(tokens) <= 6 and bool(long_words) and all(t in proper for t in long_words)
    if not titled:
        return False
    return first > 0 and syntax.tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ", "DET", "ADP")


def _stands_free(texts: QuotedText, q: Quotation) -> bool:
    """True where the quotation is a sentence or more by itself."""
    text = texts.syntax.text
    k = q.start - 1
    while k >= 0 and text[k] in _SPACE:
        k -= 1
    opens = k < 0 or text[k] in '\n.!?…»”":'
    ends = text[q.inner_end - 1] in _ENDS or q.goes_on or text[q.end : q.end + 1] in (".", "\n", "")
    return opens and ends and text.count(" ", q.inner_start, q.inner_end) >= 2


def _last_word(
    text: str, q: Quotation, floor: tuple[int, Draft] | None, closed: list[Draft], ends: list[int]
) -> tuple[int, Draft] | None:
    """Who spoke last before a quotation that has no cue, in its paragraph or at the end of the one before."""
    k = bisect_right(ends, q.start) - 1
    if k >= 0 and (floor is None or ends[k] > floor[0]):
        floor = (ends[k], closed[k])
    if floor is None or q.start < floor[0]:
        return None
    if _one_paragraph(text, floor[0], q.start):
        return floor
    between = text[floor[0] : q.start] if q.start - floor[0] < 300 else ""
    before_break, _, rest = between.partition("\n")
    near = bool(between) and len(before_break) < 60 and rest.strip() == ""
    return floor if near else None


def _one_paragraph(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) < 0
