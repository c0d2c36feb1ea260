"""Where a text names someone who is hidden: in any spelling, script, case or case ending, in words made of the name,
within addresses and behind entities. Rather too much than too little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.naming.folding import fold
from dragoman.telling.publishing.disguise import Disguised, parted, written_with_digits
from dragoman.telling.publishing.hidden import RUN, Hidden
from dragoman.telling.publishing.telltale import decoded, is_beside, is_month, is_patronymic, is_word

WITHIN_ADDRESS = 4

_PIECE = re.compile(r"\S+")

_SIGN = re.compile(r"//|www\.|@|%[0-9A-Fa-f]{2}|&#?\w{1,10};|\\u[0-9A-Fa-f]{4}|xn--|[\w-]\.[\w-]{2,20}/")
"""What shows that a piece is no running text: an address, an account, or letters that are written as codes."""

_STOP = re.compile(r"[.!?…:;\n\"“”«»()\[\]—–]")


@dataclass(frozen=True, slots=True)
class Spot:
    """`text[start:end]` names one who is hidden; `who` is None where it may be somebody else of the name."""

    start: int
    end: int
    who: Hidden | None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    marks: frozenset[tuple[int, int]]
    """(hidden, word) that it is."""

    @property
    def is_name(self) -> bool:
        return self.text[:1].isupper()


class Spotter:
    """Finds the words of those who are hidden. `others`: names that others of the case bear, folded, which hold such
    words; `common`: hidden words, folded, that are common words where they are written small."""

    def __init__(
        self, hidden: Sequence[Hidden], others: Iterable[str] = (), common: Iterable[str] = ()
    ) -> None:
        self.hidden = tuple(hidden)
        self.others = frozenset(others)
        self.common = frozenset(common)
        self._known: dict[str, frozenset[tuple[int, int]]] = {}
        self._words = [(h, w, word) for h, one in enumerate(hidden) for w, word in enumerate(one.words)]

    def spots(self, text: str) -> list[Spot]:
        """All places, in order, none within another."""
        if not self.hidden:
            return []
        found = [
            Spot(m.start(), m.end(), None)
            for m in (_PIECE.finditer(text) if _SIGN.search(text) else ())
            if _SIGN.search(m[0]) and self._in_address(m[0])
        ]
        found += self._disguised(written_with_digits(text))
        tokens = [_Token(m.start(), m.end(), m[0], self._marks_at(text, m)) for m in RUN.finditer(text)]
        tokens = self._joined(text, tokens)
        if any(t.marks for t in tokens):
            found += self._runs(text, tokens)
        found += [s for s in self._disguised(parted(text)) if not _inside(s, found)]
        return _one_after_another(text, sorted(found, key=lambda s: s.start))

    def marks(self, token: str) -> frozenset[tuple[int, int]]:
        """Which hidden words a run of letters is."""
        known = self._known.get(token)
        if known is None:
            if len(self._known) > 500_000:
                self._known.clear()
            known = self._known[token] = frozenset(
                (h, w) for h, w, word in self._words if is_word(token, word, self.common)
            )
        return known

    def _marks_at(self, text: str, found: re.Match[str]) -> frozenset[tuple[int, int]]:
        marks = self.marks(found[0])
        return frozenset() if marks and is_month(text, found.start(), found.end()) else marks

    def _in_address(self, address: str) -> bool:
        plainly = decoded(address)
        if self._names(plainly):
            return True
        plain = "".join(c for c in fold(plainly) if c.isalnum())
        return any(
            word.role == "surname" and len(word.folded) >= WITHIN_ADDRESS and word.folded in plain
            for _, _, word in self._words
        )

    def _disguised(self, words: Iterable[Disguised]) -> Iterator[Spot]:
        """Those of the words in disguise that are surnames of the hidden."""
        for start, end, plain, apart in words:
            marks = self.marks(plain)
            if apart:
                folded = fold(plain)
                marks |= {
                    (h, w)
                    for h, w, word in self._words
                    if len(word.folded) >= WITHIN_ADDRESS and word.folded in folded
                }
            who = {h for h, w in marks if self.hidden[h].words[w].role == "surname"}
            if who:
                yield Spot(start, end, self.hidden[min(who)] if len(who) == 1 else None)

    def _names(self, text: str) -> bool:
        """Does a text without sentences name someone?"""
        tokens = [_Token(m.start(), m.end(), m[0], self.marks(m[0].title())) for m in RUN.finditer(text)]
        whole = {i for i, t in enumerate(tokens) if any(self._alone(mark) for mark in t.marks)}
        return bool(whole) or any(True for _ in self._sequences(text, tokens))

    def _alone(self, mark: tuple[int, int]) -> bool:
        return self.hidden[mark[0]].words[mark[1]].role != "part"

    def _joined(self, text: str, tokens: list[_Token]) -> list[_Token]:
        """Words that the end of a line or an apostrophe parts, where only together they are a hidden one."""
        made: list[_Token] = []
        for token in tokens:
            before = made[-1] if made else None
            if (
                before
                and not (before.marks and token.marks)
                and _PARTED.fullmatch(text, before.end, token.start)
            ):
                both = self.marks(before.text + token.text)
                if both and not (before.marks or token.marks):
                    made[-1] = _Token(before.start, token.end, before.text + token.text, both)
                    continue
            made.append(token)
        return made

    def _runs(self, text: str, tokens: list[_Token]) -> list[Spot]:
        found: list[Spot] = []
        taken = [False] * len(tokens)
        for h, first, last in self._sequences(text, tokens):
            if not any(taken[first : last + 1]):
                taken[first : last + 1] = [True] * (last + 1 - first)
                found.append(Spot(tokens[first].start, tokens[last].end, self.hidden[h]))
        at = 0
        while at < len(tokens):
            marks = [m for m in tokens[at].marks if self._alone(m)]
            if taken[at] or not marks:
                at += 1
                continue
            last = self._end(text, tokens, taken, at, {h for h, _ in marks})
            spot = self._spot(text, tokens, at, last)
            if spot:
                found.append(spot)
            at = last + 1
        return found

    def _sequences(self, text: str, tokens: list[_Token]) -> Iterable[tuple[int, int, int]]:
        """Whole names of several words: (hidden, first token, last token), the longest at each place."""
        for at, token in enumerate(tokens):
            best: tuple[int, int] | None = None
            for h in {h for h, _ in token.marks}:
                for words in self.hidden[h].sequences:
                    last = at + len(words) - 1
                    if last >= len(tokens) or (best and last <= best[1]):
                        continue
                    if all((h, w) in tokens[at + n].marks for n, w in enumerate(words)) and all(
                        _is_joint(text, tokens[n], tokens[n + 1]) for n in range(at, last)
                    ):
                        best = (h, last)
            if best:
                yield best[0], at, best[1]

    def _end(self, text: str, tokens: list[_Token], taken: list[bool], at: int, who: set[int]) -> int:
        """The last token of a name that begins at a token."""
        last = at
        while (
            last + 1 < len(tokens) and not taken[last + 1] and _is_joint(text, tokens[last], tokens[last + 1])
        ):
            after = tokens[last + 1]
            if "," in text[tokens[last].end : after.start] and "surname" in self._roles(after):
                break  # another mention, no `Surname, Given`
            mine = {h for h, w in after.marks if h in who and self._alone((h, w))}
            if mine or is_patronymic(after.text) or _is_initial(text, after):
                last += 1
            elif (
                after.is_name
                and last + 2 < len(tokens)
                and {h for h, _ in tokens[last + 2].marks} & who
                and _is_joint(text, after, tokens[last + 2])
                and last + 2 < len(tokens)
                and self._roles(tokens[last]) == {"given"}
            ):
                last += 2
            else:
                break
        while (
            last > at
            and _is_initial(text, tokens[last])
            and text[tokens[last].end : tokens[last].end + 1] != "."
        ):
            last -= 1
        return last

    def _roles(self, token: _Token) -> set[str]:
        return {self.hidden[h].words[w].role for h, w in token.marks if self._alone((h, w))}

    def _spot(self, text: str, tokens: list[_Token], first: int, last: int) -> Spot | None:
        run = tokens[first : last + 1]
        score: dict[int, int] = {}
        for token in run:
            for h in {h for h, w in token.marks if self._alone((h, w))}:
                score[h] = score.get(h, 0) + 1
        most = max(score.values())
        best = [h for h, n in score.items() if n == most]
        who = self.hidden[best[0]] if len(best) == 1 else None
        start, end = run[0].start, run[-1].end
        roles = set().union(*(self._roles(t) for t in run))
        before = tokens[first - 1] if first and _is_joint(text, tokens[first - 1], tokens[first]) else None
        after = (
            tokens[last + 1]
            if last + 1 < len(tokens) and _is_joint(text, tokens[last], tokens[last + 1])
            else None
        )
        if roles == {"given"}:
            if (
                after
                and after.is_name
                and text[run[-1].end : after.start] == " "
                and not is_beside(after.text)
            ):
                if " ".join(fold(t.text) for t in (*run, after)) in self.others:
                    return None  # somebody else's given name, whom the case knows
                who = None
        elif "given" not in roles and before and self._is_other(text, tokens, first):
            who = None
        while (
            first
            and _is_joint(text, tokens[first - 1], tokens[first])
            and _is_initial(text, tokens[first - 1])
        ):
            first -= 1
            start = tokens[first].start
        return Spot(start, end, who)

    def _is_other(self, text: str, tokens: list[_Token], first: int) -> bool:
        """Does a given name that is not the hidden one's stand before the surname?"""
        before, own = tokens[first - 1], tokens[first]
        if not before.is_name or text[before.end : own.start] not in (" ", "-", "\n", "\xa0"):
            return False
        if f"{fold(before.text)} {fold(own.text)}" in self.others:
            return True
        if len(before.text) == 1 or is_beside(before.text):
            return False
        begins = before.start == 0 or _STOP.search(text, max(before.start - 2, 0), before.start)
        return not begins


_PARTED = re.compile(r"-[ \t]*\n\s*|['’ʼ`´]")
_JOINT = re.compile(r"[\s.,'’ʼ`´·=_-]{1,3}")


def _is_joint(text: str, one: _Token, two: _Token) -> bool:
    """Can two words be parts of one name, by what stands between them?"""
    between = text[one.end : two.start]
    if not _JOINT.fullmatch(between) or between.count("\n") > 1:
        return False
    return "." not in between or len(one.text) == 1


_AFTER_INITIAL = (".", " ", "\xa0", "'", "’")


def _is_initial(text: str, token: _Token) -> bool:
    return len(token.text) == 1 and token.is_name and text[token.end : token.end + 1] in _AFTER_INITIAL


def _one_after_another(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """Spots that overlap as one, and those of one and the same with nothing but a blank between them."""
    found: list[Spot] = []
    for spot in spots:
        before = found[-1] if found else None
        over = before is not None and spot.start < before.end
        if before and (over or (before.who is spot.who and not text[before.end : spot.start].strip())):
            who = before.who if before.who is spot.who else None
            found[-1] = Spot(before.start, max(before.end, spot.end), who)
        else:
            found.append(spot)
    return found


def _inside(spot: Spot, found: Sequence[Spot]) -> bool:
    return any(other.start < spot.end and spot.start < other.end for other in found)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text with its hidden names replaced, and the way from places of the old text to those of the new."""

    text: str
    _edges: tuple[tuple[int, int, int, int], ...]
    """(old start, old end, new start, new end) of what was replaced, in order."""

    def at(self, offset: int, end: bool = False) -> int:
        """Where a place of the old text is; within a name its beginning, or its end."""
        n = bisect_left(self._edges, (offset + 1,)) - 1
        if n < 0:
            return offset
        old_start, old_end, new_start, new_end = self._edges[n]
        if offset >= old_end:
            return new_end + offset - old_end
        return new_end if end and offset > old_start else new_start


def rewritten(text: str, spots: Sequence[Spot], withheld: str) -> Rewritten:
    """A text with what `Spotter.spots` found in it replaced."""
    pieces: list[str] = []
    edges: list[tuple[int, int, int, int]] = []
    at = length = 0
    for spot in spots:
        said = spot.who.pseudonym if spot.who else withheld
        kept = text[at : spot.start]
        pieces += [kept, said]
        start = length + len(kept)
        edges.append((spot.start, spot.end, start, start + len(said)))
        at, length = spot.end, start + len(said)
    return Rewritten("".join([*pieces, text[at:]]), tuple(edges))


def common_words(counts: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    """Of words by (times written small, times in all) those that are common words and only by chance a name too."""
    return frozenset(word for word, (small, every) in counts.items() if small > 1 and small * COMMON >= every)


COMMON = 5
"""One in so many written small makes a common word: `may`, `king`, `march`."""
