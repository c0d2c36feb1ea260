"""Words that fill the fields of states and commitments, and the entities that they stand for."""

from __future__ import annotations

from dragoman.languages import load
from dragoman.model import Arg, Mention
from dragoman.reading.frames import kinds
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Argument, Syntax, Token

_PHRASE = frozenset(
    {"acl", "acl:relcl", "advcl", "parataxis", "punct", "cc", "dep", "mark", "cop", "aux", "nsubj", "ccomp"}
)
_NAMING = ("appos", "flat", "flat:name", "compound", "nmod")


class Fillers:
    """Makes `Arg`s of tokens and says what sort of thing they stand for."""

    def __init__(self, syntax: Syntax, names: Names) -> None:
        self.syntax = syntax
        self.names = names
        self._kinds = kinds(syntax.language)
        self._city_words = frozenset(load(syntax.language, "states")["city_words"])

    def mention(self, token: Token) -> Mention | None:
        """The mention that the token is in or, for a common noun, the name that goes with it (*President Kovac*)."""
        found = self.names.at(token.start)
        if found is not None and found.entities and found.kind != "role":
            return found
        for below in self.syntax.children(token.i, *_NAMING):
            if below.dep in ("compound", "nmod") and token.pos != "PROPN":
                continue
            other = self.names.at(below.start)
            if other is not None and other.entities and other.kind in ("name", "nominal"):
                return other
        return found if found is not None and found.entities else None

    def arg(self, token: Token) -> Arg:
        """The whole phrase of the token, with the entities of its head and of what is coordinated with it."""
        syntax = self.syntax
        after = syntax.tokens[token.i + 1].text if token.i + 1 < len(syntax.tokens) else ""
        apart = _PHRASE | {"appos"} if token.pos == "PROPN" and after in (",", "(") else _PHRASE
        inside = syntax.subtree(token.i, apart)
        kept = [i for i in inside if syntax.tokens[i].dep != "case" or syntax.tokens[i].head != token.i]
        start, end = syntax.span(kept or [token.i])
        entities: list[int] = []
        for i in syntax.conjuncts(token.i):
            mention = self.mention(syntax.tokens[i])
            here = mention.entities if mention else self._place_meant(syntax.tokens[i])
            entities += [e for e in here if e not in entities]
        return Arg(start=start, end=end, entities=tuple(entities))

    def _place_meant(self, noun: Token) -> tuple[int, ...]:
        """*this enclave*: the territory named last; *Chilean territory*: Chile. Empty where neither is told."""
        if noun.lemma.lower() not in self._kinds["territory"]:
            return ()
        for t in self.syntax.children(noun.i, "amod", "nmod:poss"):
            owner = self.names.at(t.start)
            if owner is not None and owner.entities:
                return owner.entities
        for t in self.syntax.children(noun.i, "nmod", "appos", "flat", "flat:name", "compound"):
            name = self.names.at(t.start)
            if name is not None and name.entities and self._types(name.entities) <= {"place", "state"}:
                return name.entities
        pointed = any(
            t.dep == "det" and (t.morph.get("PronType") == "Dem" or t.morph.get("Definite") == "Def")
            for t in self.syntax.children(noun.i)
        )
        if not pointed or noun.lemma.lower() in self._city_words:
            return ()
        first = self.syntax.sentences[max(0, noun.sent - 1)].start
        for mention in reversed(self.names.within(first, noun.start)):
            if len(mention.entities) == 1 and mention.kind == "name":
                entity = self.names.entities[mention.entities[0]]
                if entity.type == "place" and (entity.key or "territory:").startswith(
                    ("territory:", "region:")
                ):
                    return mention.entities
        return ()

    def power(self, holder: Arg) -> Arg:
        """The state for whom a force holds something; the force itself where it has none."""
        owners: list[int] = []
        for e in holder.entities:
            entity = self.names.entities[e]
            chosen = entity.of if entity.type == "armed_force" and entity.of is not None else e
            if chosen not in owners:
                owners.append(chosen)
        return Arg(start=holder.start, end=holder.end, entities=tuple(owners))

    def named(self, token: Token) -> Arg:
        """The mention alone, where there is one: *Russian* of *Russian troops*."""
        mention = self.names.at(token.start)
        if mention is None:
            return self.arg(token)
        if token.dep in ("amod", "compound") and mention.kind == "nominal":
            return Arg(start=token.start, end=token.end, entities=self.owners(mention))
        return Arg(start=mention.start, end=mention.end, entities=mention.entities)

    def of_argument(self, argument: Argument) -> Arg:
        made = self.arg(self.syntax.tokens[argument.head])
        return Arg(start=argument.start, end=argument.end, entities=made.entities)

    def owners(self, mention: Mention) -> tuple[int, ...]:
        """The states or bodies that the mentioned entities belong to."""
        found = (self.names.entities[e].of for e in mention.entities)
        return tuple(dict.fromkeys(e for e in found if e is not None))

    def owner(self, token: Token) -> Arg | None:
        """Whose a force or mission is: *Russian* of *Russian soldiers*, *EU* of *an EU mission*."""
        mention = self.names.at(token.start)
        for t in self.syntax.children(token.i, "amod", "compound", "nmod:poss", "nmod", "det"):
            other = self.names.at(t.start)
            if other is not None and other.entities and other != mention:
                if self._types(other.entities) & {"state", "organisation", "group"}:
                    return Arg(start=other.start, end=other.end, entities=other.entities)
            elif other is not None and other == mention and t.dep in ("amod", "nmod:poss"):
                owners = self.owners(other)
                if owners:
                    return Arg(start=t.start, end=t.end, entities=owners)
        if mention is not None and (owners := self.owners(mention)):
            return Arg(start=token.start, end=token.end, entities=owners)
        return None

    def _types(self, entities: tuple[int, ...]) -> set[str]:
        return {self.names.entities[e].type for e in entities}

    def is_kind(self, token: Token, kind: str, extra: frozenset[str] = frozenset()) -> bool:
        """`actor`, `person`, `force`, `troops`, `place`, `body`, `club` or `pact`; `extra`: more words of the kind."""
        mention = self.mention(token)
        types = self._types(mention.entities) if mention else set()
        lemma = token.lemma.lower()
        if kind == "person":
            return "person" in types
        if kind == "actor":
            return bool(types - {"place"}) or (not types and lemma in self._kinds["actor"])
        if kind in ("force", "troops"):
            return "armed_force" in types or lemma in extra or (not types and lemma in self._kinds["force"])
        if kind == "place":
            if mention is not None and mention.kind == "demonym":
                return False
            return bool(types & {"place", "state"}) or (not types and bool(self._place_meant(token)))
        if kind == "body":
            return bool(types & {"state", "organisation"})
        if kind == "club":
            return "organisation" in types
        if kind == "pact":
            return lemma in self._kinds["agreement"] or lemma in self._kinds["ceasefire"]
        raise ValueError(f"no kind {kind!r}")
