"""Whether a sentence stands by itself as a line: each reason why not, with what is left of its worth.

What the words of a language say about it lies in `languages/*/chronology.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dragoman import languages
from dragoman.languages import SUPPORTED
from dragoman.languages.schema.pages import Chronology

SCRAP, SHORTEST, LONGEST = 28, 60, 300
"""Characters under which a line is no sentence, is short, and beyond which it is long."""

LEFT: dict[str, float] = {
    "scrap": 0.05,
    "short": 0.5,
    "long": 0.5,
    "paragraph": 0.2,
    "open": 0.4,
    "question": 0.05,
    "tweet": 0.05,
    "furniture": 0.1,
    "speaker": 0.15,
    "quotation": 0.3,
    "clock": 0.2,
    "verbless": 0.2,
    "leaning": 0.35,
    "pronoun": 0.3,
    "connective": 0.8,
    "list": 0.3,
    "nameless": 0.4,
    "denial": 0.2,
    "broken": 0.3,
}
"""What is left of a sentence's worth for each reason; several multiply."""

MOST_RUN_IN, LONGEST_OPENING = 260, 100
"""Code points within which a headline or caption ran into a sentence, and within which a clause opens it."""

STANDS = 0.06
"""Under so little, a sentence is not shown unless doubtful lines are asked for: a question, a tweet, several faults."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|‘[^’]{12,}’")
_TWEET = re.compile(r"(?:^|\s)[@#]\w|https?:|www\.|\bRT\b")
_CLOCK = re.compile(r"^\W*\d{1,2}\s?(?:[h:.]\s?\d{2})\b", re.IGNORECASE)
_ENDED = (".", "!", "…", "»", "”", '"', ")", "’")
_BEFORE_IT = re.compile(
    r"\s*(?:[-–—•*·▪]+\s+|\d{1,2}(?:er)?\s[^\W\d_]{3,9}(?:\s\d{4})?\s+(?=[A-ZÀ-Þ])|\d{1,2}\s[^\W\d_]{3,9}\s\d{4}\s+(?=[А-Я])|\([^()]{2,40}\)\s*[-–—:]\s+"
    r"|(?=[A-ZА-ЯÀ-Þ])[^.!?;:«“\"]{2,60}(?:\.\s\d{1,2}[^.!?]{0,30})?\([A-ZА-ЯÀ-Þ][\w .]{1,30}\)\s*[-–—]+\s+"
    r"|[A-ZА-ЯÀ-Þ][A-ZА-ЯÀ-Þ .'’-]{2,30}(?:,[^.!?;:]{2,40})?\s+[-–—]{1,2}\s+)"
)
"""A mark of a list, the day before an item of one, or where and by whom it was written: `MADRID, 3 May (MNA) - `."""


_STAMP = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\s(?:GMT|BST|UTC|CET|CEST|EST|EDT|MSK|UK)\b(?:\s(?:UK|Help))*\s(?=[A-ZÀ-Þ])"
)
"""The clock of a page, with its zone, before the first word of its text."""
_DATE_AS_HEADING = re.compile(r"\b\d{1,2}(?:er)?\s[^\W\d_]{3,9}\s\d{4}\s+(?=[A-ZА-ЯÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Words:
    """The data of a language, in small letters."""

    pronouns: frozenset[str]
    leaning: re.Pattern[str]
    connectives: re.Pattern[str]
    speaker: frozenset[str]
    furniture: re.Pattern[str]
    anywhere: re.Pattern[str]
    denials: re.Pattern[str]
    bounds: re.Pattern[str]
    behind: re.Pattern[str]
    run_in: re.Pattern[str] | None
    before_days: frozenset[str]
    verbs: frozenset[str]
    endings: tuple[str, ...]


@cache
def words_of(language: str) -> Words | None:
    """None for a language that is not read."""
    if language not in SUPPORTED:
        return None
    data = languages.words_of(Chronology, language, "chronology")
    return Words(
        pronouns=data.pronouns,
        leaning=_any_of(data.leaning),
        connectives=_any_of(data.connectives),
        speaker=data.speaker,
        furniture=_any_of(data.furniture),
        anywhere=_any_of(data.anywhere),
        denials=_any_of(data.denials),
        bounds=_ending(data.bounds),
        behind=_any_of(data.behind),
        run_in=_run_in(data.articles),
        before_days=data.before_days,
        verbs=data.verbs.words,
        endings=data.verbs.endings,
    )


def _any_of(openings: Iterable[str]) -> re.Pattern[str]:
    """What begins with one of these, as whole words; one that ends in an apostrophe goes on."""
    longest = sorted(openings, key=len, reverse=True)
    return re.compile("|".join(re.escape(o) + ("" if o.endswith("'") else r"(?!\w)") for o in longest))


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    """What ends in one of these, as whole words."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"(?:^|\W)(?:" + "|".join(re.escape(w) for w in longest) + r")\W*$")


def _run_in(articles: tuple[str, ...]) -> re.Pattern[str] | None:
    """Where a new sentence begins with no full stop before it: `if convicted A judge has ordered`."""
    if not articles:
        return None
    return re.compile(r"(?<=[\w)])\s+(?=(?:" + "|".join(articles) + r")\s[^\W\d_A-ZÀ-Þ]{3,})")


def unfit(text: str, language: str, told: bool, named: bool) -> tuple[str, ...]:
    """The reasons why a sentence does not stand by itself, as the keys of `LEFT`; none: it does.

    Args:
        told: An event or a statement was read in it, so there is a verb.
        named: It names somebody or some place.
    """
    said = " ".join(text.split())
    found: list[str] = []
    if len(said) < SCRAP:
        found.append("scrap")
    elif len(said) < SHORTEST:
        found.append("short")
    elif len(said) > LONGEST:
        found.append("long" if len(said) <= 1.4 * LONGEST else "paragraph")
    found += _marks(said)
    if not named:
        found.append("nameless")
    words = words_of(language)
    return (*found, *_by_words(said, words, told)) if words else tuple(found)


def begin_of(text: str, start: int) -> int:
    """Where the sentence at `start` of an article begins, if a parser began it amid its words: after the last full stop
    of its line, or with the line. *Fifty|-two people died* is no two."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if not before.strip() or before.rstrip()[-1] in _ENDS or len(before) > MOST_RUN_IN:
        return start
    last = max((m.end() for m in _END.finditer(before)), default=0)
    return line + last + len(before[last:]) - len(before[last:].lstrip())


_ENDS = ".!?…:;)]»”\"'’*|•–—"
_END = re.compile(r"[.!?…:;][)\]»”\"'’]*\s+")


def opening(text: str, language: str = "", title: str = "") -> int:
    """Code points before what the sentence itself says: marks of lists, the place and agency of a dispatch, a stamp of
    the page, the article's `title`, a caption or a heading that ran into it."""
    words = words_of(language)
    found = len(title) if title and text.startswith(title) and len(text) - len(title) >= SHORTEST else 0
    found = max(found, _heading(text, words) if words else 0)
    while (met := _BEFORE_IT.match(text, found)) and len(text) - met.end() > SHORTEST // 2:
        found = met.end()
    return found + len(text[found:]) - len(text[found:].lstrip())


def _heading(text: str, words: Words) -> int:
    """Code points of a headline, a caption and a date as a heading, before the sentence that they ran into."""
    found = 0
    for met in _STAMP.finditer(text[:MOST_RUN_IN]):
        found = met.end()
    for met in _DATE_AS_HEADING.finditer(text[:MOST_RUN_IN], found):
        before = _WORD.findall(text[found : met.start()])
        if not before or before[-1].casefold() not in words.before_days:
            found = met.end()
    for met in words.run_in.finditer(text[:MOST_RUN_IN], found) if words.run_in else ():
        if met.start() - found >= SCRAP:
            found = met.end()
    return found if len(text) - found >= SHORTEST else 0


def is_bound(text: str, at: int, language: str) -> bool:
    """Whether the day at a place of a sentence is only a bound of what it tells (`since 3 May`), or lies in an opening
    that tells what is known already (`After the truce of 3 May, ...`)."""
    words = words_of(language)
    if words is None:
        return False
    plain = text[:at].casefold().replace("’", "'")
    if words.bounds.search(plain):
        return True
    return at < LONGEST_OPENING and words.behind.match(plain.lstrip('«“"„–— ')) is not None


def worth_of(reasons: tuple[str, ...]) -> float:
    """What the reasons leave of 1."""
    left = 1.0
    for reason in reasons:
        left *= LEFT[reason]
    return left


def _marks(said: str) -> list[str]:
    found = []
    if said.rstrip(' »”")’').endswith("?"):
        found.append("question")
    elif not said.endswith(_ENDED):
        found.append("open")
    if _TWEET.search(said):
        found.append("tweet")
    if _CLOCK.match(said):
        found.append("clock")
    quoted = sum(len(m[0]) for m in _QUOTED.finditer(said))
    if said.count("[") != said.count("]") or said.count("(") != said.count(")"):
        found.append("broken")
    if quoted > 0.45 * len(said) or (said[:1] in '«“"„' and quoted > 0.25 * len(said)) or _unclosed(said):
        found.append("quotation")
    if " | " in said[:60]:
        found.append("furniture")
    if said.count(";") + said.count(" | ") + said.count("•") >= 3 or said.count(":") >= 3:
        found.append("list")
    return found


def _unclosed(said: str) -> bool:
    """A quotation that begins or ends elsewhere."""
    return (
        said.count("«") != said.count("»") or said.count("“") != said.count("”") or said.count('"') % 2 == 1
    )


def _by_words(said: str, words: Words, told: bool) -> list[str]:
    found = []
    plain = said.casefold().replace("’", "'")
    begin = plain.lstrip('«“"„–—-•*· ')
    if words.furniture.match(begin) or words.anywhere.search(plain):
        found.append("furniture")
    if words.denials.search(plain):
        found.append("denial")
    spoken = [w[0] for w in _WORD.finditer(_QUOTED.sub(" ", said).casefold().replace("’", "'"))]
    parts = {p for w in spoken for p in _parts(w)}
    if not words.speaker.isdisjoint(parts):
        found.append("speaker")
    if not told and not any(_is_verb(p, words) for p in parts):
        found.append("verbless")
    first = _WORD.search(begin)
    if first and first[0] in words.pronouns:
        found.append("pronoun")
    elif words.leaning.match(begin):
        found.append("leaning")
    elif words.connectives.match(begin):
        found.append("connective")
    return found


def _parts(word: str) -> tuple[str, ...]:
    """`j'ai` -> `j'`, `ai` and the whole."""
    if "'" not in word:
        return (word,)
    head, _, tail = word.partition("'")
    return (word, f"{head}'", tail)


def _is_verb(word: str, words: Words) -> bool:
    return word in words.verbs or (len(word) > 3 and word.endswith(words.endings))
