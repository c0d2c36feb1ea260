"""What was said, by whom: direct, indirect and mixed speech, beliefs, wishes, appeals and judgements.

`StatementReport.rule` is `<kind>:<construction>`. The kinds: `speech`, `belief`, `will`, `appeal`,
`judgement`, `naming`, `evidence`, `seeming`; only in `speech` and `evidence` is the content told as
a fact by its speaker. What the article says was not said ("did not say that") is `denied`; what its speaker
says is not so ("denied that") has the stance `denies` (see `stance`).

A mixed statement ("said the plan “would not live to see the spring”") gives two reports: the whole content, and
its quoted words with `quote` true (`...:quote-within`); where these are a few words without a verb ("was “dead”"),
the whole alone, with `quote` true. The reporter's own text is nobody's statement.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.model import Arg, Span, StatementReport, When
from dragoman.reading.marks import Names
from dragoman.reading.statements.according import from_phrases
from dragoman.reading.statements.context import Context, context_of
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.headline import from_headlines
from dragoman.reading.statements.indirect import from_noun, from_verb
from dragoman.reading.statements.inquit import as_said, set_in
from dragoman.reading.statements.phrase import trimmed
from dragoman.reading.statements.quoted import attribute
from dragoman.reading.statements.stance import stance_of
from dragoman.reading.statements.words import speech_words
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["find_statements"]

_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_BETWEEN = frozenset({"PUNCT", "CCONJ", "AUX", "ADP"})
"""What may stand between a content and the next cue of its speaker."""
_LEAST_QUOTED = 4
"""Words without a verb that, quoted within what is said, are something said by themselves, at least."""
_PLAIN = ("speech:clause", "speech:set-in", "speech:according", "speech:as-said", "speech:headline")


def find_statements(
    syntax: Syntax,
    clauses: Sequence[Clause],
    names: Names,
    clause_times: Sequence[When | None],
) -> tuple[StatementReport, ...]:
    """All statements of a text, by the place of their content.

    Works without clauses, names or times: the speaker then has no entity and the statement no time.
    """
    c = context_of(syntax, speech_words(syntax.language))
    verbs = [
        t.i
        for t in syntax.tokens
        if t.pos in _VERBAL and t.lemma.lower() in c.words.verb_cues and c.is_readable(t.i)
    ]
    told = _told(c, verbs)
    quoted = attribute(c, verbs, told)
    folded = [d for d in quoted if _is_word_held_off(c, d)]
    quoted = [d for d in quoted if d not in folded]
    told = _reporters_own(c, _without_doubles(told, quoted), quoted)
    told = [replace(d, quote=True) if _holds_any(d, folded) else d for d in told]
    when = {clause.head: t for clause, t in zip(clauses, clause_times, strict=False)}
    reports = (_report(c, names, when, d) for d in told + quoted)
    return tuple(
        sorted(
            (r for r in reports if r is not None), key=lambda r: (r.content[0], r.cue or r.content[0], r.rule)
        )
    )


def _is_word_held_off(c: Context, draft: Draft) -> bool:
    """A few quoted words without a verb within what is said ("a “dark cloud”"): the whole is told, they are no more."""
    if not draft.rule.endswith(":quote-within"):
        return False
    words = [t for s in draft.content for t in c.syntax.tokens_in(*s) if t.pos != "PUNCT"]
    return len(words) < _LEAST_QUOTED and not any(t.pos in ("VERB", "AUX") for t in words)


def _holds_any(draft: Draft, folded: Sequence[Draft]) -> bool:
    inner = [s for d in folded for s in d.content]
    return any(a.start <= b.start and b.end <= a.end for a in draft.content for b in inner)


def _told(c: Context, verbs: Sequence[int]) -> list[Draft]:
    """What the tree gives: each cue verb's content, that of nouns, and phrases like "according to"."""
    phrases = list(from_phrases(c))
    spent = {d.cue.start for d in phrases if d.cue is not None}
    drafts: list[Draft] = []
    for v in verbs:
        if any(c.starts[k] in spent for k in range(max(0, v - 2), v + 1)):
            continue  # « à en croire » is a phrase, not a verb
        word = c.words.verb_cues[c.syntax.tokens[v].lemma.lower()]
        draft = (as_said(c, v) or set_in(c, v)) if word.strong else None
        draft = draft or from_verb(c, v, word)
        if draft is not None:
            drafts.append(draft)
    for t in c.syntax.tokens:
        noun = c.words.noun_cues.get(t.lemma.lower()) if t.pos == "NOUN" else None
        draft = from_noun(c, t.i, noun) if noun is not None and c.is_readable(t.i) else None
        if draft is not None:
            drafts.append(draft)
    return [*_up_to_next_cue(c, drafts), *phrases, *from_headlines(c)]


def _up_to_next_cue(c: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Contents that end where their speaker is told to say something else ("said that ..., adding that ...")."""
    by_speaker: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.speaker is not None and d.cue_head is not None:
            by_speaker.setdefault(d.speaker, []).append(d)
    return [
        replace(d, content=tuple(_cut_at(c, d, by_speaker.get(d.speaker, ()))))
        if d.speaker is not None
        else d
        for d in drafts
    ]


def _cut_at(c: Context, draft: Draft, others: Sequence[Draft]) -> Iterator[Span]:
    tokens = c.syntax.tokens
    for span in draft.content:
        cues = [d.cue_head for d in others if d is not draft and d.cue_head is not None]
        inside = [i for i in cues if span.start < tokens[i].start < span.end]
        last = min(inside, default=0) - 1
        while last > 0 and tokens[last].pos in _BETWEEN and tokens[last].start > span.start:
            last -= 1
        if not inside or last + 1 in inside or tokens[last].start < span.start:
            yield span  # no comma or conjunction parts the two
        else:
            yield Span(span.start, tokens[last].end)


def _reporters_own(c: Context, told: Sequence[Draft], quoted: Sequence[Draft]) -> list[Draft]:
    """Only what the reporter attributes: not what a speaker says of others in the words quoted from him.

    Inside an indirect statement a second one counts only where it is one of saying ("he said that Paris
    had announced ...").
    """
    spoken = _Cover([s for d in quoted for s in d.content])
    content = _Cover([s for d in told for s in d.content])
    clauses = _Cover([s for d in told if _is_clause(d) for s in d.content])
    kept = []
    for d in told:
        cue = d.cue if d.cue is not None else d.content[0]
        if spoken.holds(cue) or (
            d.rule == "speech:set-in" and all(spoken.holds(_less(s)) for s in d.content)
        ):
            continue
        if not d.rule.startswith(_PLAIN) and (clauses if ":noun-" in d.rule else content).holds(cue):
            continue
        kept.append(d)
    return kept


def _less(span: Span) -> Span:
    """The stretch without the quotation mark and space that it may end in."""
    return Span(span.start, max(span.start, span.end - 2))


def _is_clause(draft: Draft) -> bool:
    return draft.rule.endswith(":clause") or draft.rule.startswith(_PLAIN)


class _Cover:
    """The union of stretches."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.merged: list[Span] = []
        for s in sorted(spans):
            if self.merged and s.start <= self.merged[-1].end:
                self.merged[-1] = Span(self.merged[-1].start, max(s.end, self.merged[-1].end))
            else:
                self.merged.append(s)

    def holds(self, span: Span) -> bool:
        k = bisect_right(self.merged, (span.start, sys.maxsize)) - 1
        return k >= 0 and span.end <= self.merged[k].end


def _without_doubles(drafts: Iterable[Draft], quoted: Sequence[Draft]) -> list[Draft]:
    """Tree drafts, without those whose cue has its content in quotation marks already."""
    direct: dict[int, list[Span]] = {}
    for d in quoted:
        if d.cue_head is not None:
            direct.setdefault(d.cue_head, []).extend(d.content)
    kept = []
    for d in drafts:
        spans = direct.get(d.cue_head) if d.cue_head is not None else None
        if spans and d.rule == "speech:set-in":
            continue
        if spans:
            size = sum(c.end - c.start for c in d.content)
            shared = sum(max(0, min(c.end, s.end) - max(c.start, s.start)) for c in d.content for s in spans)
            if shared > 0.8 * size or (shared > 0 and sum(s.end - s.start for s in spans) > 2 * size):
                continue
        kept.append(d)
    return kept


def _report(c: Context, names: Names, when: dict[int, When | None], draft: Draft) -> StatementReport | None:
    syntax = c.syntax
    content = tuple(part for s in draft.content for part in _without_insertions(syntax.text, s))
    if not content:
        return None
    anchor = draft.cue.start if draft.cue is not None else content[0].start
    token = syntax.tokens_in(anchor, anchor + 1)
    sentence = syntax.sentences[token[0].sent].span if token else content[0]
    quote = draft.quote or all(_is_quoted(c, s) for s in content)
    speaker = _speaker(c, names, draft)
    return StatementReport(
        speaker=speaker,
        cue=draft.cue,
        content=content,
        quote=quote,
        sentence=sentence,
        when=when.get(draft.cue_head) if draft.cue_head is not None else None,
        rule=draft.rule,
        denied=draft.denied,
        stance=stance_of(c, draft),
        named=draft.speaker is None or syntax.tokens[draft.speaker].pos not in ("PRON", "DET"),
    )


def _is_quoted(c: Context, span: Span) -> bool:
    i = min(c.token_from(span.start), len(c.quotation) - 1)
    k = c.quotation[i]
    if k < 0:
        return False
    q = c.quotations[k]
    return min(span.end, q.end) - max(span.start, q.start) >= 0.9 * (span.end - span.start)


def _speaker(c: Context, names: Names, draft: Draft) -> Arg | None:
    if draft.speaker is None or draft.speaker_span is None:
        return None
    syntax = c.syntax
    entities: list[int] = []
    for i in syntax.conjuncts(draft.speaker):
        for j in (i, *_explaining(syntax, i)):
            token = syntax.tokens[j]
            found = [e for m in names.within(token.start, token.end) for e in m.entities if e not in entities]
            entities += found
            if found:
                break
    if not entities:
        entities += _named_at_end(c, names, draft.speaker_span)
    if not entities and _is_nobody(c, draft.speaker):
        return None
    start, end = _before_quotation(c, draft.speaker, draft.speaker_span)
    start += len(syntax.text[start:end]) - len(syntax.text[start:end].lstrip("-"))  # « dit-il »
    return Arg(start=start, end=end, entities=tuple(entities))


def _is_nobody(c: Context, i: int) -> bool:
    """True for what a tree may call a subject though it cannot speak: an adverb, a weekday, a torn-off clitic."""
    token = c.syntax.tokens[i]
    adverb = token.pos == "ADV" and token.text[0].islower()
    return adverb or token.text.lower() in c.words.weekdays or len(token.text.strip("-")) < 2


def _before_quotation(c: Context, head: int, span: Span) -> Span:
    """The speaker's words up to a quotation that the tree made a part of them."""
    for token in c.syntax.tokens_in(c.syntax.tokens[head].end, span.end):
        k = c.quotation[token.i]
        if token.i > head and k >= 0 and c.quotation[head] != k:
            return trimmed(c.syntax.text, span.start, max(c.syntax.tokens[head].end, c.quotations[k].start))
    return span


def _named_at_end(c: Context, names: Names, span: Span) -> tuple[int, ...]:
    """The name that a tree hung further in: « le chef de la diplomatie européenne, Josep Borrell »."""
    for token in c.syntax.tokens_in(span.start, span.end):
        before = c.syntax.text[: token.start].rstrip()[-1:]
        if token.dep == "appos" and token.pos == "PROPN" and before == ",":
            mention = names.at(token.start)
            if mention is not None and mention.end >= span.end - 1:
                return mention.entities
    return ()


def _explaining(syntax: Syntax, i: int) -> list[int]:
    """The name that explains a noun: "the minister, Claire Morel", « M. Morel », « l'agence de presse Havas »."""
    named = [t.i for t in syntax.children(i, "appos", "flat", "flat:name")]
    if syntax.language == "fr":  # a noun that no preposition joins is an apposition, whatever it is called
        beside = (t for t in syntax.children(i, "nmod", "amod") if t.i > i and t.text[0].isupper())
        named += [t.i for t in beside if syntax.child(t.i, "case") is None]
    return named


def _without_insertions(text: str, span: Span) -> list[Span]:
    """The stretch without what an editor put into it in square brackets."""
    parts, start = [], span.start
    while True:
        opening = text.find("[", start, span.end)
        closing = text.find("]", opening, span.end) if opening >= 0 else -1
        if closing < 0:
            parts.append(_balanced(text, trimmed(text, start, span.end)))
            break
        parts.append(_balanced(text, trimmed(text, start, opening)))
        start = closing + 1
    return [p for p in parts if any(c.isalnum() for c in text[p.start : p.end])]


_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"))


def _balanced(text: str, span: Span) -> Span:
    """Without a quotation mark at an end whose partner is outside."""
    start, end = span
    for opening, closing in _PAIRS:
        inside = text[start:end]
        if inside.endswith(closing) and opening not in inside[:-1]:
            end -= 1
        if inside.startswith(opening) and closing not in inside[1:]:
            start += 1
    return trimmed(text, start, end)
