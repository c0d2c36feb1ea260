"""How a speaker stands to what he is reported to say: by the word that reports it, then by what is said.

`denied that`, `demanded`, `pledged to` tell it by themselves (`speech.yaml`, `stances`); some words leave it to what
they bring in (`asked whether`, `asked them to`); a plain `said` leaves it to the content ("... must stop", "we will").
"""

from __future__ import annotations

from dragoman.model import Span, Stance
from dragoman.reading.statements.context import Context
from dragoman.reading.statements.draft import Draft
from dragoman.reading.statements.words import CueWord
from dragoman.reading.syntax import Token

_PLAIN_KINDS = frozenset({"speech", "belief"})
_MODAL = ("aux", "aux:tense", "advmod", "cop", "xcomp")


def stance_of(c: Context, draft: Draft) -> Stance:
    """The stance of one attribution; `says` where nothing tells more."""
    kind, _, take = draft.rule.partition(":")
    word = _word(c, draft)
    take = take.removeprefix("noun-")
    is_question = _is_question(c, draft.content)
    if word is not None:
        if is_question and "question" in word.by_take:
            return word.by_take["question"]
        if take in word.by_take:
            return word.by_take[take]
        if word.stance != "says":
            return word.stance
    if kind == "appeal":
        return "demands"
    turned = _turned_by_verb(c, draft)
    if turned is not None:
        return turned
    if kind in _PLAIN_KINDS and draft.content and _obliges(c, draft.content[0]):
        return "demands"
    if kind in _PLAIN_KINDS and not is_question and any(_commits(c, span) for span in draft.content):
        return "promises"
    return "says"


def _word(c: Context, draft: Draft) -> CueWord | None:
    if draft.cue_head is None:
        return None
    token = c.syntax.tokens[draft.cue_head]
    lemma = token.lemma.lower()
    table = c.words.noun_cues if ":noun-" in draft.rule or token.pos == "NOUN" else c.words.verb_cues
    return table.get(lemma)


def _turned_by_verb(c: Context, draft: Draft) -> Stance | None:
    """For "rejected claims that ...": what the noun brings in is told by who rejects it, and turned."""
    if draft.cue_head is None or ":noun-" not in draft.rule:
        return None
    noun = c.syntax.tokens[draft.cue_head]
    verb = c.words.verb_cues.get(c.syntax.tokens[noun.head].lemma.lower())
    if noun.dep != "obj" or verb is None or verb.stance not in ("denies", "doubts", "condemns"):
        return None
    return "denies" if verb.stance == "condemns" else verb.stance


def _is_question(c: Context, content: tuple[Span, ...]) -> bool:
    if not content:
        return False
    words = c.syntax.tokens_in(content[0].start, content[0].start + 1)
    if c.syntax.text[content[-1].start : content[-1].end + 1].rstrip(' »”"').endswith("?"):
        return True
    # Russian hides its word within: "готов ли он"
    near = [*words, *c.syntax.tokens_in(content[0].start, min(content[0].end, content[0].start + 30))]
    opens = words[0].text.lower() in c.words.questions if words else False
    return opens or (c.syntax.language == "ru" and any(t.text.lower() == "ли" for t in near))


def _obliges(c: Context, content: Span) -> bool:
    """True where the main verb of what is said is one of duty ("must", « il faut », «должны»), not of a date."""
    head = c.syntax.head_of(*content)
    if head is None:
        return False
    below = c.syntax.children(head.i, *_MODAL)
    told = [t for t in (head, *below) if content.start <= t.start < content.end and _duty(c, t)]
    if not told:
        return False
    return not any(t.lemma.lower() in c.words.set_for for t in below) and not _is_past(told[0])


def _commits(c: Context, content: Span) -> bool:
    """True where the speakers say of themselves what they will do ("we will", « nous allons », «не позволим»)."""
    head = c.syntax.head_of(*content)
    if head is None:
        return False
    spoken = any(t.text.lower() in c.words.selves for t in c.syntax.children(head.i, "nsubj"))
    if not spoken and head.morph.get("Person") != "1":
        return False
    if head.morph.get("Tense") == "Fut" or head.text.lower() in _futures(c, head):
        return True
    return any(t.lemma.lower() in c.words.coming for t in (head, *c.syntax.children(head.i, *_MODAL)))


def _futures(c: Context, verb: Token) -> tuple[str, ...]:
    """The verb's own forms of the future, where they are its infinitive with an ending (parsers mistake them)."""
    return tuple(verb.lemma.lower().removesuffix("e") + end for end in c.words.coming_ends)


def _duty(c: Context, token: Token) -> bool:
    return token.lemma.lower() in c.words.obliging or token.text.lower() in c.words.obliging


def _is_past(token: Token) -> bool:
    return token.morph.get("Tense") in ("Past", "Imp")
