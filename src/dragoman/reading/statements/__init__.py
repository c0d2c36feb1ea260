"""What was said, by whom: direct, indirect and mixed speech, beliefs, wishes, appeals and judgements.

`StatementReport.rule` is `<kind>:<construction>`. The kinds: `speech`, `belief`, `will`, `appeal`,
`judgement`, `naming`, `evidence`, `seeming`; only in `speech` and `evidence` is the content told as
a fact by its speaker. A construction that ends in `:negated` was denied ("did not say that").

A mixed statement ("said the plan was “dead”") gives two reports: the whole content, and its quoted words
with `quote` true (`...:quote-within`). The reporter's own text is nobody's statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Arg, Span, StatementReport, When
from dragoman.reading.marks import Names
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.indirect import from_noun, from_phrases, from_verb
from dragoman.reading.statements.phrase import trimmed
from dragoman.reading.statements.quotation import Quotation, find_quotations
from dragoman.reading.statements.quoted import QuotedText, attribute, outermost
from dragoman.reading.statements.words import speech_words
from dragoman.reading.syntax import Clause, Syntax

__all__ = ["find_statements"]

_VERBAL = frozenset({"VERB", "AUX", "ADJ"})


def find_statements(
    syntax: Syntax,
    clauses: Sequence[Clause],
    names: Names,
    clause_times: Sequence[When | None],
) -> tuple[StatementReport, ...]:
    """All statements of a text, by the place of their content.

    Works without clauses, names or times: the speaker then has no entity and the statement no time.
    """
    words = speech_words(syntax.language)
    verbs = [t.i for t in syntax.tokens if t.pos in _VERBAL and t.lemma.lower() in words.verbs]
    drafts: list[Draft] = []
    for v in verbs:
        draft = from_verb(syntax, v, words.verbs[syntax.tokens[v].lemma.lower()], words)
        if draft is not None:
            drafts.append(draft)
    for t in syntax.tokens:
        word = words.nouns.get(t.lemma.lower()) if t.pos == "NOUN" else None
        if word is not None:
            draft = from_noun(syntax, t.i, word, words)
            if draft is not None:
                drafts.append(draft)
    drafts += from_phrases(syntax, words)
    quotations = find_quotations(syntax.text)
    strong = [v for v in verbs if words.verbs[syntax.tokens[v].lemma.lower()].strong]
    texts = QuotedText(syntax, words, strong, outermost(quotations))
    quoted = attribute(texts, drafts)
    drafts = _without_doubles(drafts, quoted) + quoted
    when = {c.head: t for c, t in zip(clauses, clause_times, strict=False)}
    reports = (_report(syntax, names, when, texts, d) for d in drafts)
    return tuple(
        sorted((r for r in reports if r is not None), key=lambda r: (r.content[0], r.cue or r.content[0]))
    )


def _without_doubles(drafts: Iterable[Draft], quoted: Sequence[Draft]) -> list[Draft]:
    """Tree drafts, without those whose cue has its content in quotation marks already."""
    direct: dict[int, list[Span]] = {}
    for d in quoted:
        if d.cue_head is not None:
            direct.setdefault(d.cue_head, []).extend(d.content)
    kept = []
    for d in drafts:
        spans = direct.get(d.cue_head) if d.cue_head is not None else None
        if spans:
            size = sum(c.end - c.start for c in d.content)
            shared = sum(max(0, min(c.end, s.end) - max(c.start, s.start)) for c in d.content for s in spans)
            if shared > 0.8 * size or (shared > 0 and sum(s.end - s.start for s in spans) > 2 * size):
                continue
        kept.append(d)
    return kept


def _report(
    syntax: Syntax, names: Names, when: dict[int, When | None], texts: QuotedText, draft: Draft
) -> StatementReport | None:
    content = tuple(part for c in draft.content for part in _without_insertions(syntax.text, c))
    if not content:
        return None
    anchor = draft.cue.start if draft.cue is not None else content[0].start
    token = syntax.tokens_in(anchor, anchor + 1)
    sentence = syntax.sentences[token[0].sent].span if token else content[0]
    quote = draft.quote or all(_is_quoted(texts, c) for c in content)
    return StatementReport(
        speaker=_speaker(syntax, names, draft),
        cue=draft.cue,
        content=content,
        quote=quote,
        sentence=sentence,
        when=when.get(draft.cue_head) if draft.cue_head is not None else None,
        rule=draft.rule,
    )


def _is_quoted(texts: QuotedText, span: Span) -> bool:
    q: Quotation | None = texts.around(span.start) or texts.around((span.start + span.end) // 2)
    if q is None:
        return False
    shared = min(span.end, q.end) - max(span.start, q.start)
    return shared >= 0.9 * (span.end - span.start)


def _speaker(syntax: Syntax, names: Names, draft: Draft) -> Arg | None:
    if draft.speaker is None or draft.speaker_span is None:
        return None
    entities: list[int] = []
    for i in syntax.conjuncts(draft.speaker):
        token = syntax.tokens[i]
        for mention in names.within(token.start, token.end):
            entities += [e for e in mention.entities if e not in entities]
    return Arg(start=draft.speaker_span.start, end=draft.speaker_span.end, entities=tuple(entities))


def _without_insertions(text: str, span: Span) -> list[Span]:
    """The stretch without what an editor put into it in square brackets."""
    parts, start = [], span.start
    while True:
        opening = text.find("[", start, span.end)
        closing = text.find("]", opening, span.end) if opening >= 0 else -1
        if closing < 0:
            parts.append(trimmed(text, start, span.end))
            break
        parts.append(trimmed(text, start, opening))
        start = closing + 1
    return [p for p in parts if any(c.isalnum() for c in text[p.start : p.end])]
