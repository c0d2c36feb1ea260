"""The words of what surrounds an article (`languages/*/cleaning.yaml`), made ready for matching lines.

All languages are matched at once: pages in one language leave their furniture in texts of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from dragoman.languages import SUPPORTED, load

FOLDERS = (*SUPPORTED, "common")
"""Folders of `languages/` whose words are matched; `common` holds those of languages that are not read."""

LINE_REASONS = ("sponsor", "menu", "related", "credit", "prompt", "rights", "byline")
"""Sections of whole lines, in the order in which they are asked."""

LONGEST = 300
"""Code points of the longest line that is matched against entries with a gap."""

_NAME_WORDS = 6
_SPACES = re.compile(r"\s+")
_AT_START = re.compile(r"[^\w\[@©(+…]+")
_AT_END = re.compile(r"[^\w\]%)]+")
_BEFORE_COLON = re.compile(r" ([:;?!])")
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
_ENDS = ".!?…。؟"
_CLOSERS = "\"'”’»)]› \u00a0"


def fold(line: str) -> str:
    """A line as it is compared: small letters, single spaces, straight apostrophes, letters at both ends."""
    rest = _even(line).strip()
    if start := _AT_START.match(rest):
        rest = rest[start.end() :]
    # from behind: a search for a run that ends the line begins anew at each of its signs
    end = _AT_END.match(rest[::-1])
    return rest[: len(rest) - end.end()] if end else rest


def _even(text: str) -> str:
    """Small letters, single spaces, none before a colon (French has one there)."""
    return _BEFORE_COLON.sub(r"\1", _SPACES.sub(" ", text.translate(_QUOTES)).casefold())


def ends_sentence(line: str) -> bool:
    """True where a line ends as a sentence does, closing quotation marks and brackets aside."""
    return line.rstrip(_CLOSERS).endswith(tuple(_ENDS))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry: `pieces` in their order; the first and last are bound to the ends unless `open_*`."""

    pieces: tuple[str, ...]
    open_start: bool
    open_end: bool
    name_at_end: bool = False

    def fits(self, folded: str, line: str) -> bool:
        at = 0
        for index, piece in enumerate(self.pieces):
            if index == 0 and not self.open_start:
                if not folded.startswith(piece):
                    return False
                at = len(piece)
                continue
            at = folded.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if self.name_at_end:
            return _is_name(folded[at:], line) and _bounded(folded, at)
        if not self.open_end:
            return folded.endswith(self.pieces[-1]) and (at == len(folded) or self.open_start)
        return _bounded(folded, at)


def _bounded(folded: str, at: int) -> bool:
    """True where no word is cut in two at `at`."""
    return at >= len(folded) or not (folded[at].isalnum() and folded[at - 1].isalnum())


def _is_name(rest: str, line: str) -> bool:
    count = len(rest.split())
    if not 0 < count <= _NAME_WORDS or line.rstrip(_CLOSERS).endswith((".", "!", "?")):
        return False
    last = line.split()[-count:]
    return bool(last) and (last[0].lstrip("\"'«“@(:")[:1].isupper() or last[0][:1] == "@")


def compile_entry(entry: str) -> Pattern | str:
    """An entry as a pattern, or the folded line itself where it has no gap."""
    named = entry.endswith("{name}")
    entry = entry.removesuffix("{name}") + ("…" if named else "")
    if "…" not in entry:
        return fold(entry)
    parts = [_even(p) for p in entry.split("…")]
    first, last = parts[0] == "", parts[-1] == ""
    pieces = tuple(p.strip() for p in parts if p.strip())
    return Pattern(pieces, open_start=first, open_end=last, name_at_end=named)


@dataclass(frozen=True, slots=True)
class LineMatcher:
    """Says for what reason, if any, a whole line is no part of the article."""

    exact: dict[str, str] = field(default_factory=dict)
    by_start: dict[str, list[tuple[Pattern, str]]] = field(default_factory=dict)
    others: list[tuple[Pattern, str]] = field(default_factory=list)

    def reason(self, line: str) -> str | None:
        if len(line) > LONGEST:
            return None
        folded = fold(line)
        if not folded:
            return None
        if reason := self.exact.get(folded):
            return reason
        candidates = self.by_start.get(_first_word(folded), [])
        return next((why for p, why in chain(candidates, self.others) if p.fits(folded, line)), None)

    def is_heading_of(self, line: str, reason: str) -> bool:
        """True where a line is an entry without a gap: "Read also", after which links may follow."""
        return self.exact.get(fold(line)) == reason


_WORD = re.compile(r"\w+|[^\w\s]")


def _first_word(folded: str) -> str:
    match = _WORD.match(folded)
    return match[0] if match else ""


def line_matcher() -> LineMatcher:
    """For whole lines that are no part of any article."""
    return _matcher(LINE_REASONS)


def comment_openers() -> LineMatcher:
    """For lines that open the readers' comments."""
    return _matcher(("comments",))


def page_end_openers() -> LineMatcher:
    """For lines that open what a page prints under every article."""
    return _matcher(("page_end",))


def mail_lines() -> LineMatcher:
    """For the lines of a mail that carries an article."""
    return _matcher(("mail",))


@cache
def _matcher(reasons: tuple[str, ...]) -> LineMatcher:
    matcher = LineMatcher()
    for reason in reasons:
        for entry in _all(reason):
            _add(matcher, compile_entry(entry), reason)
    return matcher


def _add(matcher: LineMatcher, pattern: Pattern | str, reason: str) -> None:
    if isinstance(pattern, str):
        matcher.exact.setdefault(pattern, reason)
    elif pattern.open_start:
        matcher.others.append((pattern, reason))
    else:
        matcher.by_start.setdefault(_first_word(pattern.pieces[0]), []).append((pattern, reason))


@dataclass(frozen=True, slots=True)
class Stub:
    """A sentence of a paywall. `kind`: what its number says, `share`, `read` or `chars`; `""` for none.

    `word`: its longest word in small letters; a text without it need not be searched.
    """

    pattern: re.Pattern[str]
    kind: str
    word: str


_LETTERS = re.compile(r"[^\W\d_]+")
_STUB_WORDS = r"(?:(?<!\w)[^\s.!?]{1,30}\s){0,7}(?<!\w)[^\s.!?]{1,30}"
_NUMBERS = {
    "{share}": r"(\d{1,2}(?:[.,]\d{1,2})?)",
    "{read}": r"(\d{1,2}(?:[.,]\d{1,2})?)",
    "{chars}": r"(\d{1,6})",
}


@cache
def stubs() -> tuple[Stub, ...]:
    """Those that give a number first: what they cover is not asked again."""
    found = [_stub(entry) for language in FOLDERS for entry in load(language, "cleaning")["stub"]]
    return tuple(sorted(found, key=lambda stub: stub.kind == ""))


def _stub(entry: str) -> Stub:
    kind, source = "", re.escape(entry.translate(_QUOTES))
    for mark, number in _NUMBERS.items():
        if re.escape(mark) in source:
            kind, source = mark.strip("{}"), source.replace(re.escape(mark), number)
    source = source.replace("'", "['’]").replace("%", r"\s?%").replace(r"\ ", r"\s{1,3}")
    source = source.replace(r"\s{1,3}\?", r"\s{0,3}\?")
    source = source.replace(re.escape("{words}"), _STUB_WORDS)
    word = max(_LETTERS.findall(re.sub(r"\{\w+\}", " ", entry)), key=len, default="")
    return Stub(re.compile(source + r"[.!…]{0,3}", re.IGNORECASE), kind, word.lower())


def _all(section: str) -> Iterable[str]:
    for language in FOLDERS:
        yield from load(language, "cleaning").get(section, ())


@cache
def _byline_labels() -> re.Pattern[str]:
    words = sorted({e.removesuffix("{name}").strip() for e in _all("byline")}, key=lambda w: (-len(w), w))
    return re.compile(r"(?:" + "|".join(map(re.escape, words)) + r")(?!\w)[\s:]{0,3}", re.IGNORECASE)


def byline_name(line: str) -> str:
    """The names on a byline, without the words before them."""
    return _byline_labels().sub("", line.strip(), count=1).strip() or line.strip()


@cache
def words_of(section: str) -> frozenset[str]:
    """The folded entries of a section of single words."""
    return frozenset(map(fold, _all(section)))


@cache
def label(section: str) -> re.Pattern[str]:
    """The words of a section (`published`, `updated`, `origin` ...) at the start of a line, longest first."""
    words = sorted({fold(w) for w in _all(section)}, key=lambda w: (-len(w), w))
    return re.compile(
        r"[^\w]{0,5}(?:" + "|".join(map(re.escape, words)) + r")(?!\w)[\s:\-–—|]{0,5}", re.IGNORECASE
    )


@cache
def outlet_names() -> dict[str, str]:
    """Folded name -> name, of outlets, agencies and aggregators."""
    data = load("common", "outlets")
    names = {fold(form): form for forms in data["wires"].values() for form in forms}
    return {**names, **{fold(n): n for n in (*data["aggregators"], *data["outlets"])}}


@cache
def aggregator_names() -> dict[str, str]:
    return {fold(n): n for n in load("common", "outlets")["aggregators"]}


@cache
def wire_forms() -> dict[str, str]:
    """Form as it is signed -> name of the agency."""
    return {form: name for name, forms in load("common", "outlets")["wires"].items() for form in forms}
