"""Who and what takes part in a clause, by role."""

from __future__ import annotations

from dragoman.reading.clauses.predicates import Predicate, is_passive, lemma_of
from dragoman.reading.clauses.subjects import Subjects
from dragoman.reading.clauses.tree import Tree
from dragoman.reading.syntax import Argument, Token

_OBLIQUE = ("obl", "nmod", "iobj")
_LOOSE = ("advmod", "obl:npmod", "obl:tmod", "nmod:tmod", "obl:mod", "amod", "dep", "nummod")


class Arguments:
    """Collects the arguments of predicates."""

    def __init__(self, tree: Tree, subjects: Subjects) -> None:
        self.tree = tree
        self.subjects = subjects

    def of(self, predicate: Predicate) -> tuple[Argument, ...]:
        if predicate.head.pos == "NOUN" and predicate.verb is not predicate.head:
            found = self._of_noun(predicate)
        else:
            found = self._of_verb(predicate)
        return tuple(_without_doubles(found))

    # --- verbs ----------------------------------------------------------------------------------

    def _of_verb(self, predicate: Predicate) -> list[Argument]:
        head = predicate.head
        passive = is_passive(self.tree, head)
        found = []
        subject = self.subjects.of(predicate.top)
        if subject is not None:
            role = "patient" if passive else "agent"
            found.append(self._argument(role, subject.token, inherited=subject.inherited))
        words = (head, *predicate.carriers)
        direct = any(t.dep == "obj" for t in self.tree.kids[head.i])
        for word in words:
            around = (
                self._dependent(t, head, passive=passive, free=not direct) for t in self.tree.kids[word.i]
            )
            found.extend(argument for argument in around if argument)
        if gap := self._gap(predicate, found):
            found.append(gap)
        if not direct and not passive and (shared := self._shared_object(head)):
            found.append(shared)
        return found

    def _dependent(self, t: Token, verb: Token, *, passive: bool, free: bool) -> Argument | None:
        tree = self.tree
        dep = t.dep
        if t.pos == "PUNCT":
            return None
        if dep == "obj" and self._is_second_object(t):
            return self._resolved("other", t, verb)
        if self._is_governed(t, verb):
            return self._resolved("patient", t, verb)
        if dep == "obj":
            role = "time" if tree.kind(t) == "time" and not tree.case(t.i) else "patient"
            return self._resolved(role, t, verb)
        if dep == "obl:agent" and passive:
            return self._resolved("agent", t, verb, tree.case(t.i))
        if (where := tree.grammar.adverbs.get(t.lemma.lower())) and dep.startswith(
            ("advmod", "obl", "iobj", "expl:comp")
        ):
            return self._argument(where, t)
        if (
            dep == "xcomp"
            and free
            and not passive
            and t.pos == "PROPN"
            and not tree.kids_by(t.i, "case", "mark", "cop")
        ):
            return self._argument("patient", t)
        if dep.startswith(_OBLIQUE) or (dep == "dep" and tree.case(t.i)):
            case = tree.case(t.i)
            dative = lemma_of(tree, verb) in tree.grammar.dative_verbs
            rule = tree.role(t, case, tree.grammar.roles, passive=passive, dative=dative, free=free)
            if dep == "iobj" and (rule is None or not case) and t.morph.get("Case") != "Gen":
                rule = "recipient" if rule in (None, "other", "patient") else rule
            relative = tree.grammar.relative.get(t.lemma.lower()) if not case else None
            if rule is None and tree.kind(t) == "time":
                rule = "time"
            return self._resolved(relative or rule or "other", t, verb, case)
        if dep in _LOOSE:
            if tree.kind(t) == "time" and t.pos != "ADJ":
                return self._argument("time", t, tree.case(t.i))
            relative = tree.grammar.relative.get(t.lemma.lower())
            if relative:
                return self._resolved(relative, t, verb)
        return None

    def _is_second_object(self, t: Token) -> bool:
        """*лишил провинцию воды*: what stands in the genitive beside an object in the accusative."""
        return t.morph.get("Case") == "Gen" and any(
            other.dep == "obj" and other.i < t.i and other.morph.get("Case") == "Acc"
            for other in self.tree.kids[t.head]
        )

    def _is_governed(self, t: Token, verb: Token) -> bool:
        """*обменялись пленными*: the object of a verb that asks for another case than the accusative."""
        case = t.morph.get("Case")
        if not case or not t.dep.startswith(("obj", "obl", "iobj", "nmod")) or self.tree.case(t.i):
            return False
        return (
            self.tree.grammar.case_of.get(lemma_of(self.tree, verb)) == case and self.tree.kind(t) != "time"
        )

    def _resolved(self, role: str, t: Token, verb: Token, case: str = "") -> Argument | None:
        """The argument, with its antecedent in place of a relative word."""
        if not self.subjects.is_relative(t):
            return self._argument(role, t, case)
        noun = self.subjects.antecedent(verb)
        if role == "place" and not case:
            # "Lima, où": the place stands before the word, whatever the clause was hung on.
            near = next(
                (n for n in reversed(self.tree.tokens[max(0, t.i - 3) : t.i]) if n.pos in ("NOUN", "PROPN")),
                None,
            )
            noun = near or noun
        if noun is None:
            return None
        return self._argument(role, noun, case, inherited=True)

    def _gap(self, predicate: Predicate, found: list[Argument]) -> Argument | None:
        """*the treaty they signed*: the noun is what the relative clause, which has no word for it, lacks."""
        top, verb = predicate.top, predicate.head
        if top.dep != "acl:relcl" or verb.pos != "VERB":
            return None
        tree = self.tree
        if tree.child(top.i, ("nsubj",)) is None:
            return None
        for word in (verb, *predicate.carriers):
            for t in tree.kids[word.i]:
                if t.dep == "mark":
                    continue  # "le pays que": the relative word was taken for a conjunction
                if self.subjects.is_relative(t) or any(self.subjects.is_relative(d) for d in tree.kids[t.i]):
                    return None
                if t.dep in ("ccomp", "prep") or (t.dep == "xcomp" and word is verb):
                    return None
        noun = tree.tokens[top.head]
        if tree.kind(noun) == "time":
            return self._argument("time", noun, inherited=True)
        if any(a.role == "patient" for a in found):
            return None
        return self._argument("patient", noun, inherited=True)

    def _shared_object(self, verb: Token) -> Argument | None:
        """*attacked and seized the town*: the object of the second verb is that of the first."""
        for mate in self.tree.kids[verb.i]:
            if mate.dep == "conj" and mate.pos == "VERB" and mate.i - verb.i == 2:
                noun = self.tree.child(mate.i, ("obj",))
                if noun is not None and noun.i > mate.i and not self.subjects.is_relative(noun):
                    return self._argument("patient", noun, inherited=True)
        return None

    # --- nouns ----------------------------------------------------------------------------------

    def _of_noun(self, predicate: Predicate) -> list[Argument]:
        noun = predicate.head
        found = self._within(noun)
        if predicate.light is None:
            return found
        light = predicate.light
        passive = is_passive(self.tree, light)
        kind = self.tree.grammar.class_of_noun.get(noun.lemma.lower(), "transitive")
        doers: list[Argument] = []
        if not predicate.happens and not passive:
            subject = self.subjects.of(predicate.top)
            if subject is not None and subject.token.i != noun.i:
                doers.append(self._argument("agent", subject.token, inherited=subject.inherited))
        for word in predicate.carriers:
            for t in self.tree.kids[word.i]:
                if t.i == noun.i or t.dep.startswith("nsubj"):
                    continue
                if argument := self._around(t, predicate, light, passive=passive):
                    doers.append(argument)
        if any(a.role == "agent" for a in doers):
            found = [self._demoted(a, kind) for a in found if not self._is_pronoun(a.head)]
        return doers + found

    def _around(self, t: Token, predicate: Predicate, light: Token, *, passive: bool) -> Argument | None:
        """What hangs on a light verb belongs to its noun (*launched an attack on the town*)."""
        tree = self.tree
        if t.dep == "obj":
            return None
        if t.dep.startswith(_OBLIQUE) and t.dep != "obl:agent":
            case = tree.case(t.i)
            if (
                passive
                and tree.role(t, case, tree.grammar.roles, passive=True, dative=False, free=False) == "agent"
            ):
                return self._resolved("agent", t, light, case)
            rule = tree.role(t, case, tree.grammar.noun_roles, passive=False, dative=False, free=False)
            inner = rule not in (None, "of") and tree.kind(t) != "time" and bool(case)
            if rule and inner and not predicate.happens:
                return self._resolved(rule, t, light, case)
        return self._dependent(t, light, passive=passive, free=True)

    def _demoted(self, argument: Argument, kind: str) -> Argument:
        """Where the light verb names the doer, the noun's own `of` is what it is done to."""
        if argument.role == "agent" and argument.case and kind in ("ergative", "subjective", "transitive"):
            return Argument(
                "patient", argument.head, argument.start, argument.end, argument.case, argument.inherited
            )
        return argument

    def _is_pronoun(self, i: int) -> bool:
        token = self.tree.tokens[i]
        return token.dep in ("nmod:poss", "det") and token.pos in ("PRON", "DET")

    def _within(self, noun: Token) -> list[Argument]:
        """Arguments inside the noun's own phrase."""
        tree = self.tree
        kind = tree.grammar.class_of_noun.get(noun.lemma.lower(), "transitive")
        possessor = [t for t in tree.kids[noun.i] if _is_possessor(t)]
        has_doer = any(
            tree.case(t.i) in ("by", "par") for n in (noun, *tree.kids[noun.i]) for t in tree.kids[n.i]
        )
        found = []
        for t in possessor:
            role = "patient" if kind == "objective" or (has_doer and kind != "mutual") else "agent"
            found.append(self._argument(role, t))
        for t in tree.kids[noun.i]:
            if t in possessor:
                continue
            argument = self._noun_dependent(t, noun, kind, bool(possessor) or has_doer)
            if argument is not None:
                found.append(argument)
                if argument.role in ("agent", "patient") and (source := self._source_below(t, kind)):
                    found.append(source)
                elif argument.role in ("agent", "patient"):
                    found.extend(self._strayed_below(t, argument.role))
        return found

    def _is_against(self, case: str) -> bool:
        """True of a preposition that brings in an adversary, after a verb too."""
        rule = self.tree.grammar.roles.get(case)
        return isinstance(rule, dict) and rule.get("free") == "patient"

    def _strayed_below(self, side: Token, role: str) -> list[Argument]:
        """*l'attaque de l'armée contre le village*, *l'invasion du Tchad par le Niger*: the other side, hung on this.

        For who acts also a named place: *la visite du ministre en Bolivie*.
        """
        tree = self.tree
        wanted = ("patient", "with", "recipient", "place", "goal") if role == "agent" else ("agent",)
        found = []
        for t in tree.kids[side.i]:
            case = tree.case(t.i) if t.dep == "nmod" else ""
            if not case or (tree.kind(t) in ("thing", "time") and t.pos != "PROPN"):
                continue
            other = tree.role(t, case, tree.grammar.noun_roles, passive=False, dative=False, free=False)
            if other is not None and other in wanted and (other not in ("place", "goal") or t.pos == "PROPN"):
                found.append(self._argument(other, t, case))
        return found

    def _noun_dependent(self, t: Token, noun: Token, kind: str, has_doer: bool) -> Argument | None:
        tree = self.tree
        if t.dep.startswith(("nmod", "obl", "iobj")):
            case = tree.case(t.i)
            rule = tree.role(t, case, tree.grammar.noun_roles, passive=False, dative=False, free=False)
            if rule is None:
                rule = tree.role(t, case, tree.grammar.roles, passive=False, dative=False, free=True)
            if rule == "of":
                rule = self._role_of_of(t, kind, has_doer)
            elif rule == "patient" and kind == "mutual" and case and not self._is_against(case):
                rule = "topic"  # "talks on Kosovo": what they are about is no side of them
            return self._resolved(rule or "other", t, noun, case)
        if t.dep in ("compound", "amod") and self._names_actor(t):
            return self._argument("patient" if kind == "objective" else "agent", t, t.dep)
        if t.dep == "compound":
            role = {
                "transitive": "patient",
                "ergative": "patient",
                "objective": "patient",
                "mutual": "topic",
            }.get(kind)
            if tree.kind(t) == "place":
                role = "place"
            elif kind in ("ergative", "subjective") and tree.kind(t) in ("actor", "state"):
                role = "agent"
            elif tree.kind(t) == "time":
                role = "time"
            return self._argument(role or "means", t, "compound")
        if t.dep in _LOOSE and tree.kind(t) == "time":
            return self._argument("time", t)
        return None

    def _role_of_of(self, t: Token, kind: str, has_doer: bool) -> str:
        what = self.tree.kind(t)
        if what == "time":
            return "time"
        if kind in ("transitive", "objective"):
            return "patient"
        if kind == "ergative":
            if what == "place":
                return "source"
            return "patient" if has_doer else "agent"
        if kind == "mutual":
            return "agent" if what in ("actor", "state") else "topic"
        if what == "place":
            return "place"
        return "patient" if has_doer else "agent"

    def _source_below(self, t: Token, kind: str) -> Argument | None:
        """*le retrait des troupes russes de la ville*: the place hangs on the troops, and is where they leave from."""
        if kind != "ergative":
            return None
        for below in self.tree.kids[t.i]:
            if below.dep == "nmod" and self.tree.case(below.i) in ("de", "from", "из", "с"):
                described = any(d.dep == "amod" for d in self.tree.kids[t.i])
                if self.tree.kind(below) == "place" or (described and self.tree.kind(below) == "state"):
                    return self._argument("source", below, self.tree.case(below.i))
        return None

    def _names_actor(self, t: Token) -> bool:
        """An adjective of nationality, or a name used as one (*Azerbaijani offensive*, *NATO summit*)."""
        if t.dep == "amod":
            return t.lemma.lower() in self.tree.grammar.demonyms or (
                self.tree.grammar.language == "en" and t.text[:1].isupper() and t.i != 0
            )
        return t.text[:1].isupper() and self.tree.kind(t) in ("state", "actor")

    def _argument(self, role: str, token: Token, case: str = "", *, inherited: bool = False) -> Argument:
        start, end = self.tree.phrase(token.i)
        return Argument(role, token.i, start, end, case, inherited)


def _is_possessor(t: Token) -> bool:
    return t.dep == "nmod:poss" or (t.dep == "det" and t.morph.get("Poss") == "Yes")


def _without_doubles(found: list[Argument]) -> list[Argument]:
    kept: list[Argument] = []
    seen: set[tuple[str, int]] = set()
    for argument in found:
        key = (argument.role, argument.head)
        if key not in seen:
            seen.add(key)
            kept.append(argument)
    return kept
