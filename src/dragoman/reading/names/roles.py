"""Roles: "Armenian Prime Minister X", "X, the French president", "the president of Chad, X", "the Kremlin chief".

A role that stands by a name goes to that person; the rest wait for coreference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.languages import traits
from dragoman.model import Span
from dragoman.reading.names.drafts import Draft, RoleDraft
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.words import RoleWord, Words, plain
from dragoman.reading.syntax import Syntax, Token

_REACH = 7
"""Tokens between a role and what it is a role of, at most."""
_LINK = frozenset({"ADJ", "DET", "ADP", "NOUN", "PROPN", "ADV", "PART", "NUM"})


@dataclass(slots=True, eq=False)
class RoleMention:
    """A role as printed. `person` is who holds it, `of` what it is a role of, where the words say so.

    `first`, `past` bound its words; `reach` is past everything that belongs to it ("president of Chad").
    `definite`: "the president", as against "a president"; `counterpart`: "his Russian counterpart".
    """

    word: RoleWord
    first: int
    past: int
    reach: int
    head: int
    of: Draft | None
    person: Draft | None
    plural: bool
    former: bool
    past_role: bool
    definite: bool
    counterpart: bool = False

    def span(self, syntax: Syntax) -> Span:
        return Span(syntax.tokens[self.first].start, syntax.tokens[self.past - 1].end)


class Roles:
    """Finds the roles of one text and who holds them.

    `owners`: token -> the draft whose name covers it; `people`: token -> the state of an adjective;
    `spots`: token -> spot.
    """

    def __init__(
        self,
        syntax: Syntax,
        words: Words,
        spots: Mapping[int, Spot],
        owners: Mapping[int, Draft],
    ) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.words = words
        self.spots = spots
        self.owners = owners
        self._skip = frozenset(i for i, s in spots.items() if s.is_people)

    def find(self) -> list[RoleMention]:
        found = []
        i = 0
        while i < len(self.tokens):
            role = self._at(i)
            if role is None:
                i += 1
                continue
            found.append(role)
            i = max(role.past, i + 1)
        return found

    def _at(self, i: int) -> RoleMention | None:
        token = self.tokens[i]
        spot = self.spots.get(i)
        if token.pos not in ("NOUN", "PROPN", "ADJ", "X") or (spot is not None and not spot.is_people):
            return None
        counterpart = self.words.has("counterpart", token) and token.pos == "NOUN"
        found = self.words.roles.at(self.tokens, i, self._skip)
        if found is None and not counterpart:
            return None
        past, word = found or (i + 1, RoleWord("counterpart", False, None, "officials"))
        if any(k in self.spots and k not in self._skip for k in range(i, past)):
            return None
        if past == i + 1 and not counterpart and self._is_plain_word(token):
            return None
        first = i
        head = self._head(first, past)
        former, gone = self._former(first)
        of, reach = self._of(first, past, head)
        plural = self.tokens[head].morph.get("Number") == "Plur"
        person, reach = self._person(first, past, reach, head)
        if of is None and person is not None:
            of = self._of_after_name(reach)
        return RoleMention(
            word=word,
            first=first,
            past=past,
            reach=reach,
            head=head,
            of=of,
            person=person,
            plural=plural,
            former=former,
            past_role=gone,
            definite=self._is_definite(first),
            counterpart=counterpart and found is None,
        )

    def _is_plain_word(self, token: Token) -> bool:
        """ "a major protest", "general election": an adjective, not a rank."""
        return token.pos == "ADJ" or (
            token.dep in ("amod", "compound") and token.text.islower() and self._before_noun(token)
        )

    def _before_noun(self, token: Token) -> bool:
        head = self.tokens[token.head]
        return head.i > token.i and head.i not in self.spots and head.pos == "NOUN"

    def _head(self, first: int, past: int) -> int:
        if not traits(self.syntax.language).head_last:
            return first
        return next(
            (
                i
                for i in range(past - 1, first - 1, -1)
                if not first <= self.tokens[i].head < past or self.tokens[i].head == i
            ),
            past - 1,
        )

    def _former(self, first: int) -> tuple[bool, bool]:
        before = self._before(first)
        former = any(self.words.has("former", t) for t in before)
        gone = any(self.words.has("past", t) for t in before)
        text = plain(self.tokens[first].text)
        return (True, True) if text.startswith(tuple(self.words.sets["past_prefixes"])) else (former, gone)

    def _before(self, first: int) -> list[Token]:
        """Words of the same phrase before the role, nearest first."""
        found: list[Token] = []
        for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
            token = self.tokens[k]
            if token.sent != self.tokens[first].sent or token.pos not in (
                "ADJ",
                "DET",
                "PROPN",
                "PART",
                "NUM",
                "PUNCT",
                "X",
                "PRON",
            ):
                break
            if token.pos == "PUNCT" and token.text not in ("-", "'", "’"):
                break
            found.append(token)
            if token.pos == "DET":
                break
        return found

    def _is_definite(self, first: int) -> bool:
        before = self._before(first)
        if traits(self.syntax.language).no_articles:
            return True
        return any(self.words.has("definite", t) or t.morph.get("Poss") == "Yes" for t in before)

    def _of(self, first: int, past: int, head: int) -> tuple[Draft | None, int]:
        """What it is a role of: an adjective or name before it, or after it with or without a preposition."""
        for token in self._before(first):
            draft = self.owners.get(token.i)
            if draft is not None and draft.type != "person":
                return draft, past
        for k in range(first, past):
            if k in self._skip and k in self.owners:
                return self.owners[k], past
        k = past
        while k < min(len(self.tokens), past + _REACH) and self.tokens[k].sent == self.tokens[first].sent:
            draft = self.owners.get(k)
            if draft is not None:
                if draft.type == "person" or self._is_where(past, k):
                    break
                spot = self.spots.get(k)
                end = spot.past if spot is not None else k + 1
                # "the leader of the Kurds": of a people, which is not its state.
                return (None if spot is not None and self._is_a_people(spot, k) else draft), end
            if self.tokens[k].pos not in _LINK or self.tokens[k].pos in ("NUM",):
                break
            k += 1
        return None, past

    def _is_a_people(self, spot: Spot, k: int) -> bool:
        token = self.tokens[k]
        return spot.is_people and token.pos in ("NOUN", "PROPN") and token.morph.get("Number") == "Plur"

    def _is_where(self, past: int, k: int) -> bool:
        """ "a researcher in Baku": where someone works, not what the role is a role of."""
        return any(self.words.has("locative", t) and t.pos == "ADP" for t in self.tokens[past:k])

    def _of_after_name(self, i: int) -> Draft | None:
        """ "le président X de Russie": what stands with a preposition right after the name."""
        spot = self.spots.get(i)
        if spot is None or spot.past + 1 >= len(self.tokens):
            return None
        token = self.tokens[spot.past]
        if plain(token.text) not in self.words.sets["of"]:
            return None
        after = self.owners.get(spot.past + 1) or self.owners.get(spot.past + 2)
        return after if after is not None and after.type != "person" else None

    def _person(self, first: int, past: int, reach: int, head: int) -> tuple[Draft | None, int]:
        """Who holds the role: the name right after it, right before it in apposition, or tied to it by the tree."""
        after = self._name_after(reach) or (self._name_after(past) if reach != past else None)
        if after is not None:
            return after
        before = self._name_before(first)
        if before is not None:
            return before, reach
        for child in self.syntax.children(head, "appos", "flat", "flat:name"):
            draft = self._person_at(child.i)
            if draft is not None:
                return draft, reach
        token = self.tokens[head]
        if token.dep == "appos":
            return self._person_at(token.head), reach
        subject = self.syntax.child(head, "nsubj")
        if subject is not None and self.syntax.child(head, "cop") is not None:
            return self._person_at(subject.i), reach
        return None, reach

    def _name_after(self, k: int) -> tuple[Draft, int] | None:
        """The person named from token `k` on, where at most a comma, a title or a mark stands before the name."""
        for i in range(k, min(len(self.tokens), k + 3)):
            draft = self._person_at(i)
            if draft is not None:
                comma = any(self.tokens[j].text == "," for j in range(k, i))
                if comma and not self._closes(i):
                    return None
                return draft, i
            token = self.tokens[i]
            if token.pos not in ("PUNCT",) and plain(token.text) not in self.words.titles:
                return None
            if token.text in (".", ";", ":", "!", "?", "(", ")", "»", '"', "”"):
                return None
        return None

    def _closes(self, i: int) -> bool:
        """ "the president, X, said": a comma or the end of the sentence follows the name."""
        spot = self.spots.get(i)
        past = spot.past if spot is not None else i + 1
        return (
            past >= len(self.tokens)
            or self.tokens[past].text in (",", ".", ")", ";")
            or self.tokens[past].sent != self.tokens[i].sent
        )

    def _name_before(self, first: int) -> Draft | None:
        """ "X, the Armenian prime minister": a name, a comma, and only small words up to the role."""
        for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
            token = self.tokens[k]
            if token.sent != self.tokens[first].sent:
                return None
            if token.text in (",", "(", "–", "—"):
                draft = self._person_at(k - 1) if k else None
                return draft if draft is not None and self._in_apposition(first, k) else None
            if k in self.owners and self.owners[k].type == "person":
                return None
            if token.pos not in _LINK:
                return None
        return None

    def _in_apposition(self, first: int, comma: int) -> bool:
        """No list: the role itself is not the subject of what follows ("X, the president said")."""
        token = self.tokens[first]
        head = self.tokens[token.head]
        if self._comma_follows(first, comma):
            return True
        if token.dep in ("nsubj", "nsubj:pass") and head.pos in ("VERB", "AUX"):
            governed = self.syntax.child(head.i, "nsubj", "nsubj:pass")
            return governed is not None and governed.i < comma
        return True

    def _comma_follows(self, first: int, comma: int) -> bool:
        """ "X, the Russian president, landed": nothing but words of the role up to a second comma."""
        if self.tokens[comma].text != ",":
            return False
        for k in range(first + 1, min(len(self.tokens), first + 2 * _REACH)):
            if self.tokens[k].text == ",":
                return True
            if self.tokens[k].pos not in _LINK:
                return False
        return False

    def _person_at(self, i: int) -> Draft | None:
        draft = self.owners.get(i)
        return draft if draft is not None and draft.type == "person" else None


def give(role: RoleMention, syntax: Syntax) -> None:
    """Write the role to the person who holds it."""
    if role.person is None or role.counterpart:
        return
    role.person.roles.append(RoleDraft(role.word.title, role.of, role.past_role, role.span(syntax)))
    if role.word.gender is not None and role.person.gender is None and not role.plural:
        role.person.gender = role.word.gender
