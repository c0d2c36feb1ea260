"""Attributions that the tree shows: a verb or noun with what is said below it."""

from __future__ import annotations

from dragoman.model import Span
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.phrase import REACH, below, noun_phrase, trimmed
from dragoman.reading.statements.speaker import is_first_or_second_person, is_passive, speaker_of_verb
from dragoman.reading.statements.words import CueWord, SpeechWords
from dragoman.reading.syntax import Syntax, Token

_CLAUSAL = frozenset({"VERB", "AUX"})
_BESIDE = frozenset({"aux", "aux:tense", "aux:pass", "compound:prt", "expl:comp", "expl:pass"})
_OUTSPOKEN = frozenset({"speech", "appeal", "evidence"})


def from_verb(c: Context, v: int, word: CueWord) -> Draft | None:
    """The attribution that verb `v` makes with what hangs below it.

    With no speaker it counts only where the sentence hides him on purpose ("it was announced that").
    """
    syntax = c.syntax
    if _is_reflexive(c, v):
        return None
    speaker = speaker_of_verb(c, v)
    if speaker is not None and is_first_or_second_person(syntax.tokens[speaker]):
        return None
    found = _said(c, v, word, speaker)
    if found is None:
        return None
    take, content = found
    kind = word.takes.get(take, word.kind)
    passive = is_passive(syntax, v)
    if speaker is None and not (take == "clause" and kind in _OUTSPOKEN and passive):
        return None
    if kind == "evidence" and syntax.tokens[v].morph.get("VerbForm") == "Inf":
        return None
    if speaker is not None and syntax.tokens[speaker].lemma.lower() in c.words.mute:
        return None
    if kind == "judgement" and take not in ("object", "clause") and passive:
        return None
    return Draft(
        rule=f"{kind}:{take}",
        cue=cue_span(syntax, v),
        cue_head=v,
        speaker=speaker,
        speaker_span=noun_phrase(syntax, speaker) if speaker is not None else None,
        content=content,
        quote=False,
        denied=any(t.morph.get("Polarity") == "Neg" for t in syntax.children(v, "advmod")),
    )


def _is_reflexive(c: Context, v: int) -> bool:
    """True where a reflexive pronoun makes another word of the verb, that tells nothing ("se trouver")."""
    if c.syntax.tokens[v].lemma.lower() not in c.words.never_reflexive:
        return False
    return any(
        t.dep.startswith("expl") and t.pos == "PRON" and t.text.lower().startswith("s")
        for t in c.syntax.children(v)
    )


def cue_span(syntax: Syntax, v: int) -> Span:
    """The verb with its auxiliaries and particle, where they stand together."""
    tokens, first, last = syntax.tokens, v, v
    near = {t.i for t in syntax.children(v) if t.dep in _BESIDE or (t.dep == "advmod" and t.pos == "PART")}
    while first - 1 in near:
        first -= 1
    while last + 1 in near:
        last += 1
    return Span(tokens[first].start, tokens[last].end)


def _said(c: Context, v: int, word: CueWord, speaker: int | None) -> tuple[str, tuple[Span, ...]] | None:
    syntax, takes = c.syntax, word.takes
    leave = frozenset(x for x in (v, speaker) if x is not None)
    children = [
        t for t in syntax.children(v) if t.i != speaker and abs(t.i - v) <= REACH and c.together(t.i, v)
    ]
    if "clause" in takes:
        for t in children:
            if t.dep == "ccomp" or (t.dep == "parataxis" and _is_told(c, v, t, word)):
                span = clause_span(c, t.i, v, speaker, leave)
                if span is not None:
                    return "clause", (span,)
        span = _after_complementizer(c, v)
        if span is not None:
            return "clause", (span,)
    passive = is_passive(syntax, v)
    pieces = [
        (take, t)
        for t in children
        if (take := _take(c, t, takes, passive)) is not None and t.text.lower() not in c.words.weekdays
    ]
    if all(take == "addressed" for take, _ in pieces):
        return None
    if len(pieces) == 1 and pieces[0][1].lemma.lower() in c.words.pointing:
        before = sentence_before(c, v)
        return (pieces[0][0], (before,)) if before is not None else None
    return _joined(c, v, pieces, leave)


def sentence_before(c: Context, v: int) -> Span | None:
    """The sentence before that of token `v`, which "об этом сообщил" points to."""
    number = c.syntax.tokens[v].sent - 1
    if number < 0:
        return None
    span = c.syntax.sentences[number].span
    if c.paragraphs_apart(span.start, c.syntax.tokens[v].start) > 1:
        return None
    return _checked(trimmed(c.syntax.text, *span))


def _is_told(c: Context, v: int, t: Token, word: CueWord) -> bool:
    """A clause set beside the verb is its content before it ("Nobody died, he said") or after a colon."""
    if t.i < v:
        return c.syntax.language == "en"
    following = c.syntax.tokens[v + 1] if v + 1 < len(c.syntax.tokens) else None
    return word.strong and following is not None and following.text == ":"


def _joined(
    c: Context, v: int, pieces: list[tuple[str, Token]], leave: frozenset[int]
) -> tuple[str, tuple[Span, ...]] | None:
    """One stretch where all that is said follows the cue, else one for each part."""
    syntax = c.syntax
    spans = []
    for _, t in pieces:
        indices = [k for k in below(syntax, t.i, leave) if (k > v) == (t.i > v) and c.together(k, v)]
        while len(indices) > 1 and syntax.tokens[indices[-1]].pos in ("PUNCT", "CCONJ"):
            indices.pop()
        spans.append(syntax.span(indices))
    if all(s.start >= syntax.tokens[v].end for s in spans):
        spans = [Span(min(s.start for s in spans), max(s.end for s in spans))]
    content = sorted(trimmed(syntax.text, s.start, s.end) for s in spans)
    chief = next((take for take, _ in pieces if take not in ("object", "addressed")), "object")
    return chief, tuple(s for s in content if s.end > s.start)


def _after_complementizer(c: Context, v: int) -> Span | None:
    """For "said ... that ..." which the tree does not join: from the complementizer to the sentence's end."""
    tokens = c.syntax.tokens
    _, past = c.sentence(v)
    for i in range(v + 1, min(past, v + 9)):
        token = tokens[i]
        if token.dep == "mark" and token.text.lower() in c.words.complementizers:
            clause = tokens[token.head]
            if (
                clause.dep in ("acl", "acl:relcl", "advcl")
                and c.syntax.child(clause.i, "nsubj", "nsubj:pass") is None
            ):
                return None
            return _checked(trimmed(c.syntax.text, token.end, tokens[past - 1].end))
        if token.pos in _CLAUSAL:
            return None
    return None


def _checked(span: Span) -> Span | None:
    return span if span.end - span.start > 1 else None


def _take(c: Context, t: Token, takes: dict[str, str], passive: bool) -> str | None:
    """Which of the things that the cue takes token `t` below it is."""
    syntax = c.syntax
    if t.dep == "obj" or (passive and t.dep == "nsubj:pass"):
        if t.pos == "PRON" and t.dep == "obj" and t.head > t.i:
            return None  # a relative or reflexive pronoun, or a clitic
        if t.pos == "PRON" and t.morph.get("PronType") in ("Rel", "Int", "Dem"):
            return None
        if "object" in takes:
            return "object"
        if "said" in takes and t.lemma.lower() in c.words.what_was_said:
            return "said"
        return (
            "addressed" if t.dep == "obj" and "infinitive" in takes and "appeal" in takes.values() else None
        )
    if t.dep == "xcomp" or (t.dep == "ccomp" and "clause" not in takes):
        forms = [t, *syntax.children(t.i, "aux", "aux:tense")]
        is_infinitive = t.pos in _CLAUSAL and any(f.morph.get("VerbForm", "Inf") == "Inf" for f in forms)
        take = "infinitive" if is_infinitive else "predicate"
        if take in takes:
            return take
        case = _case(syntax, t)
        return case if case in takes else None
    if t.dep in ("obl", "obl:arg", "obl:mod", "advcl", "nmod") and t.dep != "obl:agent":
        case = _case(syntax, t)
        return case if case in takes else None
    return None


def _case(syntax: Syntax, t: Token) -> str:
    found = syntax.child(t.i, "case", "mark")
    if found is None:
        return ""
    if syntax.language == "fr":
        return found.lemma.lower()
    return found.text.lower()


def clause_span(c: Context, head: int, v: int, speaker: int | None, leave: frozenset[int]) -> Span | None:
    """The words of a content clause: all below its head on its side of the cue, without "that".

    None where the clause is in another sentence than the cue: parsers run sentences together.
    """
    syntax = c.syntax
    indices = [k for k in below(syntax, head, leave) if c.together(k, v)]
    if head > v:
        floor = max(v, speaker) if speaker is not None and v < speaker < head else v
        indices = [k for k in indices if k > floor]
    else:
        ceiling = min(v, speaker) if speaker is not None and head < speaker < v else v
        indices = [k for k in indices if k < ceiling]
    mark = next((t for t in syntax.children(head, "mark") if t.text.lower() in c.words.complementizers), None)
    if mark is not None and v < mark.i < head:
        indices = [k for k in indices if k >= mark.i]
    while indices and _opens_clause(syntax.tokens[indices[0]], c.words):
        indices = indices[1:]
    if not indices:
        return None
    if head < v and _sentence_ends_between(syntax, indices[-1], v):
        return None
    span = syntax.span(indices)
    return _checked(trimmed(syntax.text, span.start, span.end))


def _sentence_ends_between(syntax: Syntax, last: int, v: int) -> bool:
    """True where a full stop stands between a clause and the cue after it."""
    tokens = syntax.tokens
    if tokens[last].text in (".", "…") and last + 1 < v:
        return True
    return any(
        t.text == "." or (t.text[-1:] in ("!", "?") and _is_capital(tokens, t.i))
        for t in tokens[last + 1 : v]
    )


def _is_capital(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper()


def _opens_clause(token: Token, words: SpeechWords) -> bool:
    return (token.pos == "PUNCT" and token.text in ",:;—–-") or (
        token.dep == "mark" and token.text.lower() in words.complementizers
    )


def from_noun(c: Context, n: int, word: CueWord) -> Draft | None:
    """ "The claim that", "his call for": a noun of speech with what it is about."""
    syntax, content = c.syntax, None
    for t in syntax.children(n):
        if t.i < n or t.i - n > REACH or not c.together(t.i, n):
            continue
        take = _noun_take(syntax, t, word)
        if take is not None:
            span = clause_span(c, t.i, n, None, frozenset({n}))
            if span is not None:
                content = (take, span)
                break
    if content is None:
        content = _beyond_speaker(c, n, word)
    if content is None:
        return None
    speaker = _speaker_of_noun(c, n, content[1])
    if speaker is None or is_first_or_second_person(syntax.tokens[speaker]):
        return None
    take, span = content
    token = syntax.tokens[n]
    return Draft(
        rule=f"{word.takes[take]}:noun-{take}",
        cue=Span(token.start, token.end),
        cue_head=n,
        speaker=speaker,
        speaker_span=noun_phrase(syntax, speaker),
        content=(span,),
        quote=False,
    )


def _beyond_speaker(c: Context, n: int, word: CueWord) -> tuple[str, Span] | None:
    """For "the promise of the president to": the content hangs on the speaker by mistake."""
    for name in c.syntax.children(n, "nmod"):
        if name.i < n or _case(c.syntax, name) not in c.words.noun_speakers:
            continue
        for t in c.syntax.children(name.i, "acl"):
            take = _noun_take(c.syntax, t, word)
            span = (
                clause_span(c, t.i, n, name.i, frozenset({n})) if take in ("infinitive", "clause") else None
            )
            if take is not None and span is not None:
                return take, span
    return None


def _noun_take(syntax: Syntax, t: Token, word: CueWord) -> str | None:
    if t.dep in ("acl", "ccomp", "xcomp", "acl:cleft"):
        if "clause" in word.takes and syntax.child(t.i, "nsubj", "nsubj:pass", "csubj") is not None:
            return "clause" if syntax.child(t.i, "mark") is not None or t.dep == "ccomp" else None
        if "infinitive" in word.takes and t.morph.get("VerbForm", "Inf") == "Inf":
            return "infinitive"
    if (
        t.dep == "nmod"
        and t.pos == "VERB"
        and "infinitive" in word.takes
        and t.morph.get("VerbForm") == "Inf"
    ):
        return "infinitive"
    if t.dep in ("nmod", "obl", "acl", "obl:arg"):
        case = _case(syntax, t)
        if case in word.takes:
            return case
    return None


def _speaker_of_noun(c: Context, n: int, content: Span) -> int | None:
    syntax = c.syntax
    for t in syntax.children(n, "nmod:poss", "obl:agent"):
        if not content.start <= t.start < content.end:
            return t.i
    for t in syntax.children(n, "nmod"):
        if content.start <= t.start < content.end:
            continue
        case = _case(syntax, t)
        if case in c.words.noun_speakers:
            return t.i
    token = syntax.tokens[n]
    above = syntax.tokens[token.head]
    if token.dep in ("obj", "obl", "xcomp", "obl:arg") and above.pos in _CLAUSAL:
        speaker = speaker_of_verb(c, above.i)
        if speaker is not None:
            return speaker
    return next((t.i for t in syntax.children(n, "det") if t.text.lower() in c.words.possessives), None)
