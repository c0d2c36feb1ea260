"""States, organisations, groups and places: gazetteer names by their key, others by their words."""

from __future__ import annotations

from dragoman.gazetteer.cities import find_city
from dragoman.gazetteer.names import Entry, country_name, entries
from dragoman.languages import traits
from dragoman.model import Span
from dragoman.naming.declension import stem
from dragoman.naming.folding import fold
from dragoman.reading.names.drafts import Draft, Roster
from dragoman.reading.names.sides import capital_side, country_side, head_token
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.words import Words, plain
from dragoman.reading.syntax import Syntax, Token

_LONGEST_ACRONYM = 5


class Things:
    """Gives every spot that is no person its entity."""

    def __init__(self, syntax: Syntax, words: Words, roster: Roster) -> None:
        self.syntax = syntax
        self.words = words
        self.roster = roster
        self.countries: frozenset[str] = frozenset()
        self._by_words: dict[tuple[str, ...], Draft] = {}
        self._short: dict[str, Draft | None] = {}

    def name(self, spots: list[Spot]) -> dict[int, Draft]:
        """Spot (by its first token) -> entity. Longer names come first, so that short ones can join them."""
        found: dict[int, Draft] = {}
        self.countries = frozenset(s.entry.country for s in spots if s.entry is not None and s.entry.country)
        for spot in sorted(spots, key=lambda s: (s.entry is None, s.first - s.past, s.start)):
            if spot.is_people:
                continue
            draft, form = self._known(spot, spot.entry) if spot.entry else (self._unknown(spot), True)
            found[spot.first] = draft
            if form:
                draft.add_form(self._text(spot))
            head = head_token(self.syntax, spot)
            self._note_gender(draft, head)
            rule = "gazetteer" if spot.entry else "name"
            self.roster.mention(Span(spot.start, spot.end), head.i, (draft,), "name", rule)
        return found

    def _text(self, spot: Spot) -> str:
        return self.syntax.text[spot.start : spot.end]

    # --- known to the gazetteer

    def _known(self, spot: Spot, entry: Entry) -> tuple[Draft, bool]:
        if entry.kind == "capital" and entry.state:
            if capital_side(self.syntax, self.words, spot) == "actor":
                seat = _bloc_of(entry.key)
                if seat is not None:
                    return self.roster.keyed(seat, "organisation", entries()[seat].name), True
                return self.state(entry.state), True
            return self._keyed(entry.key, entry, "place"), True
        if entry.kind == "country":
            if country_side(self.syntax, self.words, spot) == "place":
                return self.roster.keyed(entry.key, "place", entry.name, entry.country), True
            return self.state(entry.key), True
        if entry.kind == "seat" and entry.state:
            if country_side(self.syntax, self.words, spot) == "place":
                return self._unknown(spot, place=True), True
            return self.state(entry.state), True
        draft = self._keyed(entry.key, entry, entry.type)
        if entry.kind == "organisation":
            if entry.state and draft.of is None:
                draft.of = self.state(entry.state)
            draft.plural = draft.plural or entry.type == "group"
            self._remember_short(spot, draft)
        return draft, True

    def _keyed(self, key: str, entry: Entry, kind: str) -> Draft:
        known = self.roster.known(key, entry.type if kind != "place" else "place")
        if known is not None:
            return known
        return self.roster.keyed(key, entry.type if kind != "place" else "place", entry.name, entry.country)

    def state(self, key: str) -> Draft:
        """The entity of a state."""
        entry = entries().get(key)
        code = key.removeprefix("country:") if key.startswith("country:") else None
        name = entry.name if entry is not None else country_name(code or key)
        return self.roster.keyed(key, "state", name, code)

    # --- not known

    def _unknown(self, spot: Spot, place: bool = False) -> Draft:
        kind = "place" if place or spot.type == "state" else spot.type
        name = self._text(spot)
        by = self._words(name, head_token(self.syntax, spot).morph.get("Case") == "Nom")
        known = self._by_words.get(by)
        if known is not None:
            self._better_name(known, spot)
            return known
        if kind == "organisation":
            joined = self._long_form(spot, by)
            if joined is not None:
                self._by_words[by] = joined
                return joined
        draft = Draft(kind, self._base(spot), plural=kind == "group")
        if kind == "place":
            base = self._base(spot)
            city = find_city(base, self.countries) if not _is_acronym(base) else None
            if city is not None:
                same = self.roster.known(city.key, "place")
                if same is not None:
                    self._by_words[by] = same
                    return same
                draft.key, draft.country, draft.name = city.key, city.country, city.name
        self._by_words[by] = self.roster.add(draft)
        if kind == "organisation":
            self._remember_short(spot, draft)
        return draft

    def _words(self, name: str, base: bool) -> tuple[str, ...]:
        parts = tuple(fold(w.strip(".,'’\"«»()")) for w in name.split())
        return tuple(stem(p, base) for p in parts) if traits(self.syntax.language).declines else parts

    def _base(self, spot: Spot) -> str:
        text = " ".join(self._text(spot).split())
        if not traits(self.syntax.language).declines:
            return text
        head = head_token(self.syntax, spot)
        if head.morph.get("Case") in ("Nom", None) or spot.past - spot.first > 1:
            return text
        lemma = head.lemma[:1].upper() + head.lemma[1:]
        return lemma if stem(fold(lemma)) == stem(fold(text)) else text

    def _better_name(self, draft: Draft, spot: Spot) -> None:
        if traits(self.syntax.language).declines and head_token(self.syntax, spot).morph.get("Case") == "Nom":
            draft.name = " ".join(self._text(spot).split()) if draft.key is None else draft.name

    def _remember_short(self, spot: Spot, draft: Draft) -> None:
        """Under which shorter names it may come back: its initials, its head word."""
        tokens = self.syntax.tokens[spot.first : spot.past]
        capitals = [t for t in tokens if t.text[0].isupper() and t.pos not in ("ADP", "DET", "CCONJ")]
        if len(tokens) < 2 or not capitals:
            return
        initials = "".join(t.text[0] for t in capitals) if len(capitals) > 1 else ""
        shorts = {initials, self._printed_in_brackets(spot)}
        for token in (capitals[0], capitals[-1]):
            if self.words.has("organisations", token):
                shorts.add(token.text)
        for short in shorts - {""}:
            folded = fold(short)
            self._short[folded] = draft if self._short.get(folded, draft) is draft else None

    def _printed_in_brackets(self, spot: Spot) -> str:
        """The acronym of "Long Form (ACR)", or ""."""
        after = self.syntax.text[spot.end : spot.end + 15].lstrip()
        close = after.find(")")
        inside = after[1:close] if after.startswith("(") and close > 2 else ""
        return inside if inside.isalnum() and sum(c.isupper() for c in inside) * 2 > len(inside) else ""

    def _long_form(self, spot: Spot, by: tuple[str, ...]) -> Draft | None:
        """The organisation whose acronym or head word this is."""
        if len(by) != 1:
            return None
        known = self._short.get(by[0])
        if known is not None:
            self._with_article(spot, known)
            return known
        short = self.words.short_names.get(plain(self._text(spot)))
        if short is None or self.roster.known(short[1], "organisation") is None:
            return None
        draft = self.roster.keyed(short[0], "organisation", entries()[short[0]].name)
        self._with_article(spot, draft)
        return draft

    def _with_article(self, spot: Spot, draft: Draft) -> None:
        """ "the Commission" is as much a form of it as "Commission"."""
        before = self.syntax.tokens[spot.first - 1] if spot.first else None
        if before is not None and self.words.has("definite", before) and before.pos == "DET":
            draft.add_form(self.syntax.text[before.start : spot.end])

    def _note_gender(self, draft: Draft, head: Token) -> None:
        if draft.gender is not None or traits(self.syntax.language).no_gender:
            return
        gender = head.morph.get("Gender")
        article = next((c for c in self.syntax.children(head.i, "det")), None)
        if article is not None and plain(article.text) in self.words.sets["feminine_articles"]:
            gender = "Fem"
        elif article is not None and plain(article.text) in self.words.sets["masculine_articles"]:
            gender = "Masc"
        elif traits(self.syntax.language).gender_by_ending and head.pos == "PROPN":
            text = plain(head.text)
            ends = text.endswith("e") and text not in self.words.sets["masculine_in_e"]
            gender = "Fem" if ends else "Masc"
        if gender is not None:
            draft.gender = {"Masc": "m", "Fem": "f", "Neut": "n"}.get(gender)


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) <= _LONGEST_ACRONYM


def _bloc_of(capital: str) -> str | None:
    """The bloc for which a capital stands rather than for its state: Brussels for the European Union."""
    from dragoman.gazetteer.names import organisations

    found = organisations().capitals.get(capital)
    return f"org:{found}" if found else None
