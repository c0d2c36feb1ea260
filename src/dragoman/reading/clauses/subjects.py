"""Who a clause's verb has as its subject: its own, or that of the clause it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.languages.schema.grammar import Control
from dragoman.reading.clauses.predicates import lemma_of
from dragoman.reading.clauses.tree import Tree
from dragoman.reading.syntax import Token

_OWN = ("nsubj", "nsubj:pass")
_OF_ANOTHER = Control()


@dataclass(frozen=True, slots=True)
class Subject:
    """`token` heads the noun phrase. `inherited`: it stands with another clause's verb."""

    token: Token
    inherited: bool


class Subjects:
    """Finds subjects, each once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._known: dict[int, Subject | None] = {}

    def of(self, verb: Token) -> Subject | None:
        """The subject on the surface: the one who acts, or for a passive verb the one acted on."""
        path: list[int] = []
        at: Token | None = verb
        found: Subject | None = None
        last = -1
        seen: set[int] = set()
        while at is not None and at.i not in seen:
            if at.i in self._known:
                found = self._known[at.i]
                break
            seen.add(at.i)
            path.append(at.i)
            last = at.i
            found, at = self._step(at)
            if found:
                break
            last = -1
        borrowed = Subject(found.token, True) if found else None
        for i in path:
            self._known[i] = found if i == last else borrowed
        return self._known[verb.i]

    def _step(self, verb: Token) -> tuple[Subject | None, Token | None]:
        """The subject, or the word whose subject it is."""
        tree = self.tree
        own = next((t for t in tree.kids[verb.i] if t.dep in _OWN), None)
        if own is not None:
            noun = self.antecedent(verb) if self.is_relative(own) else own
            return (Subject(noun, noun is not own), None) if noun else (None, None)
        head = tree.tokens[verb.head]
        if head is verb:
            return None, None
        if verb.dep == "conj":
            return None, head if _can_have_subject(tree, head) else None
        if verb.dep in ("xcomp", "ccomp", "obl", "csubj"):
            return self._controller(verb, head)
        if verb.dep == "advcl":
            if verb.morph.get("VerbForm") == "Fin":
                return None, None
            # "accused Chile of arming the rebels": the object does it.
            introduced = tree.case(verb.i) or tree.child(verb.i, ("mark",))
            return self._controller(verb, head) if introduced else (None, head)
        if verb.dep in ("acl", "amod"):
            return self._described(verb, head)
        if verb.dep == "acl:relcl":
            bare = not any(self.is_relative(t) for t in tree.kids[verb.i])
            return (
                (Subject(head, True), None) if bare and verb.morph.get("VerbForm") != "Fin" else (None, None)
            )
        return None, None

    def is_relative(self, token: Token) -> bool:
        return (
            token.pos in ("PRON", "SCONJ", "DET", "ADV") and token.lemma.lower() in self.tree.grammar.relative
        )

    def antecedent(self, verb: Token) -> Token | None:
        """The noun that the relative clause around this verb describes."""
        at = verb
        for _ in range(12):
            head = self.tree.tokens[at.head]
            if at.dep.startswith("acl"):
                return head if self.tree.is_nominal(head) else None
            if head is at or at.dep not in (
                "conj",
                "xcomp",
                "ccomp",
                "advcl",
                "aux",
                "cop",
                "obl",
                "nmod",
                "nmod:poss",
                "obj",
            ):
                return None
            at = head
        return None

    def _controller(self, verb: Token, head: Token) -> tuple[Subject | None, Token | None]:
        if verb.morph.get("VerbForm") == "Fin" or not _can_have_subject(self.tree, head):
            return None, None
        control = self._control(head)
        if control.by != "subject":
            other = self._commanded(head, control, verb)
            if other is not None:
                return Subject(other, True), None
        return None, head

    def _control(self, verb: Token) -> Control:
        return self.tree.grammar.control.get(lemma_of(self.tree, verb).removeprefix("se_"), _OF_ANOTHER)

    def _commanded(self, head: Token, control: Control, verb: Token) -> Token | None:
        for t in self.tree.kids[head.i]:
            if t.i == verb.i:
                continue
            if t.dep in ("obj", "iobj") and t.i < verb.i and control.by == "object":
                return t
            if isinstance(control.by, tuple) and t.dep.startswith(("obl", "iobj", "obj", "nmod")):
                case = self.tree.case(t.i)
                if (case or t.morph.get("Case", "")) in control.by:
                    return t
        return None

    def _described(self, verb: Token, head: Token) -> tuple[Subject | None, Token | None]:
        """*troops sent to*: the noun. *its plan to withdraw*: whoever has the plan, or announces it."""
        form = verb.morph.get("VerbForm")
        tree = self.tree
        gerund = tree.case(verb.i) or tree.child(verb.i, ("mark",))
        if head.pos == "ADJ" and _can_have_subject(tree, head):
            return None, head
        if form == "Part" and not gerund:
            above = tree.tokens[head.head]
            if tree.kind(head) == "time" and above.pos == "VERB":
                return None, above
            return Subject(head, True), None
        if form == "Fin" or not tree.is_nominal(head):
            return None, None
        for t in tree.kids[head.i]:
            if t.dep == "nmod:poss" or (t.dep == "nmod" and tree.case(t.i) in ("of", "de", "")):
                return Subject(t, True), None
        acts = tree.kind(head) in ("actor", "state")
        if gerund and head.dep == "obj" and self._control(tree.tokens[head.head]).by == "object":
            return Subject(head, True), None
        if gerund or not acts or head.lemma.lower() in tree.grammar.modality_of:
            above = tree.tokens[head.head]
            carries = (
                above is not head and head.dep in ("obj", "obl", "xcomp", "obl:arg") and above.pos == "VERB"
            )
            return None, above if carries else None
        return Subject(head, True), None


def _can_have_subject(tree: Tree, token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or any(
        t.dep in ("cop", "nsubj", "nsubj:pass") for t in tree.kids[token.i]
    )
