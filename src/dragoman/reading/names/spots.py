"""Where names stand in a text and of what type they are: gazetteer, the pipeline's voices, and repetition.

The gazetteer knows what it knows; a longer name of a pipeline that holds a gazetteer name wins where it
is a person or an organisation ("Michael Jordan", "Bank of America"). One name has one type in one article.
"""

from __future__ import annotations

from collections import defaultdict

from dragoman.gazetteer.cities import cities
from dragoman.gazetteer.names import Entry, Gazetteer
from dragoman.model import EntityType
from dragoman.naming.folding import fold
from dragoman.reading.names.edges import Edges
from dragoman.reading.names.spot import Spot, set_of
from dragoman.reading.names.words import Words, forms_of, is_patronymic, plain
from dragoman.reading.syntax import Syntax, Token

_NO_NAME_POS = frozenset({"VERB", "AUX", "ADP", "DET", "PRON", "ADV", "CCONJ", "SCONJ", "PART"})
_MAIN, _SECOND, _TITLED, _SURNAME, _LOCATED = 1.0, 1.2, 3.0, 5.0, 0.9
_CITY = 3.0
_LARGE = 50_000


class Spotter(Edges):
    """Finds the spots of one text, each cut to its edges."""

    def __init__(self, syntax: Syntax, words: Words, gazetteer: Gazetteer) -> None:
        super().__init__(syntax, words, gazetteer)
        self.owner: dict[int, Spot] = {}

    def spots(self) -> list[Spot]:
        """All spots, from the left; they do not overlap."""
        known = self._gazetteer_spots()
        seen = self._whole_names(self._pipeline_spots())
        votes = self._votes(seen)
        for spot in self._longer_than(seen, known, votes):
            self._put(spot)
        for spot in known:
            self._put(spot)
        for one in seen:
            decided = self._decide(one, votes)
            if decided is not None:
                self._put(decided)
        self._add_titled()
        self._add_repeated()
        for spot in set_of(self.owner.values()):
            self._find_title(spot)
        return sorted(set_of(self.owner.values()), key=lambda s: s.start)

    def _put(self, spot: Spot) -> None:
        if not any(i in self.owner for i in range(spot.first, spot.past)):
            for i in range(spot.first, spot.past):
                self.owner[i] = spot

    # --- the gazetteer

    def _gazetteer_spots(self) -> list[Spot]:
        found = []
        for hit in self.gazetteer.find(self.syntax.text):
            inside = self.syntax.tokens_in(hit.start, hit.end)
            if not inside or not self._is_meant(hit.start, inside, hit.entry):
                continue
            first, past, end = inside[0].i, inside[-1].i + 1, hit.end
            kind: EntityType = "group" if hit.entry.kind == "people" else hit.entry.type
            if hit.entry.kind == "territory" and past < len(self.tokens):
                after = self.tokens[past]
                if (
                    self.traits.unit_behind_place
                    and self.words.has("place_heads", after)
                    and after.sent == inside[0].sent
                ):
                    past, end = past + 1, after.end
            found.append(Spot(hit.start, end, first, past, kind, hit.entry))
        return found

    def _is_meant(self, start: int, inside: list[Token], entry: Entry) -> bool:
        token = inside[0]
        if len(inside) == 1 and token.pos in _NO_NAME_POS:
            opens = token.i == 0 or self.tokens[token.i - 1].sent != token.sent
            if opens or token.text.isupper() or token.text.islower():
                return False
        if entry.key.startswith("bloc:") and self.traits.blocs_take_article and entry.kind == "territory":
            return token.i > 0 and self.words.has("definite", self.tokens[token.i - 1])
        if start > token.start and entry.kind == "territory" and self.syntax.text[start - 1] == "-":
            return False  # "Юго-Западе"
        before = self.syntax.text[max(0, start - 6) : start]
        if entry.kind == "people" and before.endswith("-"):
            leaning = plain(before[:-1].split()[-1]) if before[:-1].split() else ""
            return not any(leaning.endswith(lean) for lean in self.words.sets["leanings"])
        return True

    # --- the pipelines

    def _pipeline_spots(self) -> list[tuple[Spot, bool]]:
        found = []
        for name in self.syntax.names:
            for first, past in self.pieces(name.start, name.end):
                trimmed = self.trim(first, past, name.type)
                if trimmed:
                    a, b = trimmed
                    if name.type == "person":
                        a, b = self.whole_person(a, b), self.past_person(b)
                        a = self.with_surname_before(a, b)
                    kind = name.type
                    if kind == "person" and _is_all_initials(
                        self.syntax.text[self.tokens[a].start : self.tokens[b - 1].end]
                    ):
                        kind = "organisation"  # "A.S.D."
                    spot = Spot(self.tokens[a].start, self.tokens[b - 1].end, a, b, kind)
                    found.append((spot, name.voice == "main"))
        return found

    def _whole_names(self, seen: list[tuple[Spot, bool]]) -> list[tuple[Spot, bool]]:
        """Where one voice hears a person's first and last name and the other only one of them, the whole name."""
        persons = [spot for spot, _ in seen if spot.type == "person" and spot.past - spot.first > 1]
        longer = {
            i: spot
            for spot in persons
            if self._is_one_name(spot)
            or (spot.past - spot.first > 2 and is_patronymic(self.tokens[spot.past - 1].text))
            for i in range(spot.first, spot.past)
        }
        found = []
        for spot, main in seen:
            whole = longer.get(spot.first, spot)
            part = whole.past >= spot.past and whole.past - whole.first > spot.past - spot.first
            found.append((whole if part else spot, main))
        return found

    def _is_one_name(self, spot: Spot) -> bool:
        """True where the tree joins all its words, capitals at the head of each."""
        inside = self.tokens[spot.first : spot.past]
        joined = all(t.dep in ("flat", "flat:name", "flat:foreign") for t in inside[1:])
        return joined and all(t.text[0].isupper() for t in inside)

    # --- types

    def _votes(self, seen: list[tuple[Spot, bool]]) -> dict[str, dict[EntityType, float]]:
        """How much speaks for each type of each name, in the whole article."""
        votes: dict[str, dict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
        surnames = set()
        for spot, main in seen:
            name = self._key(spot)
            kind: EntityType = "place" if spot.type == "state" else spot.type
            votes[name][kind] += _MAIN if main else _SECOND
            if spot.type == "person":
                parts = name.split(" ")
                if len(parts) > 1:
                    surnames.add(parts[-1])
            before = self.tokens[spot.first - 1] if spot.first else None
            if before is not None:
                if plain(before.text) in self.words.titles or self.ends_role(before.i):
                    votes[name]["person"] += _TITLED
                elif self.words.has("locative", before):
                    if kind != "person":
                        votes[name]["place"] += _LOCATED
                    elif spot.past - spot.first == 1 and _is_large_city(name):
                        votes[name]["place"] += _CITY
        for surname in surnames:
            if surname in votes:
                votes[surname]["person"] += _SURNAME
        for name in votes:
            # "Albin Kurti" taken for a place, where "Mr Kurti" speaks on
            last = name.rpartition(" ")[2]
            if last != name and votes.get(last, {}).get("person", 0.0) >= _TITLED:
                votes[name]["person"] += _SURNAME
        return votes

    def _key(self, spot: Spot) -> str:
        return " ".join(fold(self.tokens[i].text) for i in range(spot.first, spot.past))

    def _longer_than(
        self,
        seen: list[tuple[Spot, bool]],
        known: list[Spot],
        votes: dict[str, dict[EntityType, float]],
    ) -> list[Spot]:
        """Names of the pipelines that hold a gazetteer name and win over it."""
        covered: dict[int, Spot] = {i: k for k in known for i in range(k.first, k.past)}
        winners = []
        for spot, _ in seen:
            inner = set_of(covered[i] for i in range(spot.first, spot.past) if i in covered)
            if not inner or any(k.past - k.first >= spot.past - spot.first for k in inner):
                continue
            decided = self._decide((spot, True), votes)
            if decided is not None and self._wins(decided, inner):
                winners.append(decided)
        return sorted(winners, key=lambda s: (s.first - s.past, s.start))

    def _wins(self, spot: Spot, inner: list[Spot]) -> bool:
        if any(k.is_people for k in inner) and spot.type in ("person", "group", "place"):
            return False
        rest = [
            self.tokens[i]
            for i in range(spot.first, spot.past)
            if not any(k.first <= i < k.past for k in inner) and self.tokens[i].text[0].isalnum()
        ]
        if spot.type == "organisation":
            return any(t.text[0].isupper() for t in rest) and not self._is_body(rest)
        if spot.type == "person":
            return inner[-1].past == spot.past and len(inner) == 1 and all(t.text[0].isupper() for t in rest)
        capitals = [t for t in rest if t.text[0].isupper() and t.pos != "ADJ"]
        return bool(capitals) and len(inner) == 1 and not self.words.has("states", capitals[0])

    def _decide(self, seen: tuple[Spot, bool], votes: dict[str, dict[EntityType, float]]) -> Spot | None:
        """The spot with the type that its name has in this article, or None where it is no name."""
        spot, main = seen
        heard = votes[self._key(spot)]
        if not main and not self._second_is_right(spot, heard):
            return None
        kind = max(sorted(heard), key=lambda k: heard[k])
        single = spot.past - spot.first == 1
        head = self.tokens[spot.first]
        if kind != "person" and any(
            self.words.has("organisations", self.tokens[i]) and self.tokens[i].text[0].isupper()
            for i in ((spot.first, spot.past - 1) if not single else ())
        ):
            kind = "organisation"
        if kind == "organisation" and self._is_body(self.tokens[spot.first : spot.past]):
            return None
        if kind == "group" and not self._is_group(spot):
            return None
        if single and head.pos in _NO_NAME_POS and kind != "person":
            return None
        if single and self.traits.names_run_on and head.pos == "ADJ" and kind == "organisation":
            return None
        return Spot(spot.start, spot.end, spot.first, spot.past, kind)

    def _is_body(self, tokens: list[Token]) -> bool:
        """ "Foreign Ministry", "State Parliament": what belongs to a state is read by the rules for such bodies."""
        named = [t for t in tokens if t.pos not in ("ADP", "DET") and t.text[0].isalnum()]
        if not named:
            return False
        if any(f in self.words.ministry or f in self.words.ministries for t in named for f in forms_of(t)):
            return True
        for table in (self.words.bodies, self.words.forces):
            found = table.at(self.tokens, named[0].i)
            if found is not None and found[0] == named[-1].i + 1:
                return True
        return False

    def _second_is_right(self, spot: Spot, heard: dict[EntityType, float]) -> bool:
        token = self.tokens[spot.past - 1]
        opens = spot.first == 0 or self.tokens[spot.first - 1].sent != self.tokens[spot.first].sent
        return token.pos == "PROPN" and (not opens or sum(heard.values()) > _SECOND + _MAIN)

    def _is_group(self, spot: Spot) -> bool:
        last = self.tokens[spot.past - 1]
        few = spot.past - spot.first <= 2
        plural = last.morph.get("Number") == "Plur" or last.text.endswith("s")
        return few and plural and last.pos in ("NOUN", "PROPN") and not any(c.isdigit() for c in last.text)

    # --- what the pipelines missed

    def _add_titled(self) -> None:
        """A capitalised word after "Mr" is a person, whatever the pipeline says."""
        for token in self.tokens[:-1]:
            after = self.tokens[token.i + 1]
            if (
                plain(token.text) in self.words.polite
                and token.text[0].isupper()
                and after.i not in self.owner
                and after.text[0].isupper()
                and after.text[1:2].islower()
            ):
                past = after.i + 1
                while (
                    past < len(self.tokens)
                    and self.tokens[past].pos == "PROPN"
                    and self.tokens[past].text[0].isupper()
                    and past not in self.owner
                    and self.tokens[past].sent == after.sent
                ):
                    past += 1
                self._put(Spot(after.start, self.tokens[past - 1].end, after.i, past, "person"))

    def _add_repeated(self) -> None:
        """Further places of names found elsewhere in the article: full names, surnames, acronyms."""
        whole: dict[str, EntityType] = {}
        for spot in set_of(self.owner.values()):
            if spot.entry is None and spot.past - spot.first == 1:
                whole[fold(self.tokens[spot.first].text)] = spot.type
            if spot.type == "person" and spot.entry is None:
                last = self.tokens[spot.past - 1].text
                if len(last) > 2:
                    whole.setdefault(fold(last), "person")
        heads = self._organisation_heads()
        for token in self.tokens:
            if token.i in self.owner or not token.text[0].isupper() or len(token.text) < 3:
                continue
            kind = whole.get(fold(token.text))
            if kind is None and fold(token.text) in heads and self._follows_article(token.i):
                kind = "organisation"
            if kind is not None and plain(token.text) not in self.words.sets["no_names"]:
                self._put(Spot(token.start, token.end, token.i, token.i + 1, kind))

    def _organisation_heads(self) -> set[str]:
        """Words such as Commission or Council that head a longer name of the article: "the Commission" is it."""
        found: set[str] = set()
        for spot in set_of(self.owner.values()):
            if spot.type == "organisation" and spot.past - spot.first > 1:
                ends = (self.tokens[spot.first], self.tokens[spot.past - 1])
                found.update(fold(t.text) for t in ends if self.words.has("organisations", t))
        return found

    def _follows_article(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].pos == "DET" and self.words.has("definite", self.tokens[i - 1])

    def _find_title(self, spot: Spot) -> None:
        if spot.type != "person" or not spot.first:
            return
        before = self.tokens[spot.first - 1]
        low = plain(before.text)
        start = before.start
        if low == "." and spot.first > 1:
            before = self.tokens[spot.first - 2]
            low, start = plain(before.text) + ".", before.start
        gender = self.words.titles.get(low) or self.words.titles.get(plain(before.lemma))
        if gender is None:
            return
        spot.title = gender
        if low in self.words.polite or plain(before.lemma) in self.words.polite:
            spot.titled = " ".join(self.syntax.text[start : spot.end].split())


def _is_all_initials(text: str) -> bool:
    """True for "A.S.D.": letters with stops, and no name among them."""
    parts = text.replace(" ", "").split(".")
    return len(parts) > 2 and not parts[-1] and all(len(p) == 1 and p.isupper() for p in parts[:-1])


def _is_large_city(name: str) -> bool:
    found = cities(name)
    return bool(found) and found[0].population >= _LARGE
