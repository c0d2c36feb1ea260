"""The time that a clause's own words give: which clause has which expression, and what stretch they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dragoman.model import Basis, Language, TimeMention, When
from dragoman.reading.event_time.scene import STEPS, Scene
from dragoman.reading.syntax import Clause
from dragoman.reading.times.lexicon import lexicon
from dragoman.reading.times.spot import role_before
from dragoman.reading.times.tense import sets_term
from dragoman.reading.times.words import time_words

_OPENING = ("since", "from", "between", "after")
_CLOSING = ("until", "to", "before", "and")
_LOOSE = frozenset(("", "of", "at", "from"))
_SETTING = frozenset(("since", "after", "before", "until"))
"""What a noun's own preposition can make of the time beside it."""
_BESIDE = ("nmod", "appos", "compound", "amod", "nummod")
_DAY = timedelta(days=1)
_RANGE = 6
"""Code points between the two ends of a range."""
_PHRASE = 7
"""Words a phrase has at most between the comma that sets it off and its time."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with days, and what its preposition makes of it."""

    mention: TimeMention
    role: str

    @property
    def first(self) -> date:
        return date.fromisoformat(self.mention.first or "")

    @property
    def last(self) -> date:
        return date.fromisoformat(self.mention.last or "")


@dataclass(frozen=True, slots=True)
class Own:
    """Clause -> its own time; and the clauses that only tell how long they lasted."""

    times: dict[int, When]
    lasting: frozenset[int]


def own_times(scene: Scene, times: tuple[TimeMention, ...]) -> Own:
    """What the clauses of a text tell of their time themselves."""
    held: dict[int, list[Timed]] = {}
    lasting: set[int] = set()
    for mention in times:
        has_days = mention.first is not None and mention.last is not None
        if not has_days and mention.type != "DURATION":
            continue
        owner = _owner(scene, mention)
        if owner is None or _means_nowadays(scene, mention, scene.clauses[owner]):
            continue
        if has_days:
            role = role_of(scene.syntax.text, mention, scene.syntax.language)
            if role in _LOOSE:
                role = _role_above(scene, mention, owner) or role
            if role == "by" and scene.clauses[owner].tense == "past":
                role = "until"  # *had left by October*: at some time up to then
            held.setdefault(owner, []).append(Timed(mention, role))
        else:
            lasting.add(owner)
    found = {i: when for i, timed in held.items() if (when := _combined(timed)) is not None}
    _date_nouns(scene, found)
    return Own(found, frozenset(lasting))


def _means_nowadays(scene: Scene, mention: TimeMention, clause: Clause) -> bool:
    """True for the *today* of *a party, today defunct*: it dates no deed."""
    words = time_words(scene.syntax.language).discourse.nowadays
    said = scene.syntax.text[mention.start : mention.end].replace("’", "'").lower()
    return clause.relation == "acl" and said in words


def _role_above(scene: Scene, mention: TimeMention, owner: int) -> str:
    """What the preposition of the noun beside a time makes of it (*after the bloody day of 16 August*), or ""."""
    syntax = scene.syntax
    roles = lexicon(syntax.language).roles
    token = syntax.head_of(mention.start, mention.end)
    for _ in range(STEPS):
        if token is None or token.head == token.i or not token.dep.startswith(_BESIDE):
            return ""
        token = syntax.tokens[token.head]
        if scene.owner.get(token.i) == owner:
            return ""
        for case in syntax.children(token.i, "case"):
            role = roles.get(case.text.lower(), "")
            if role in _SETTING:
                return role
    return ""


def role_of(text: str, mention: TimeMention, language: Language) -> str:
    """What the words before a time expression make of it: `since`, `until`, `by`, `before` ..., or ""."""
    return role_before(text, mention.start, lexicon(language))


def borrowed(
    when: When,
    why: str,
    *,
    start: str | None = "same",
    end: str | None = "same",
    basis: Basis = "inferred",
) -> When:
    """Another clause's time, with the reason for taking it over; `"same"` keeps an end as it is."""
    return When(
        start=when.start if start == "same" else start,
        end=when.end if end == "same" else end,
        basis="bounded" if when.basis == "bounded" else basis,
        why=why,
        span=when.span,
    )


# --- whose time it is -------------------------------------------------------------------------------


def _owner(scene: Scene, mention: TimeMention) -> int | None:
    """The clause that a time belongs to: the first above it, in its own paragraph."""
    token = scene.syntax.head_of(mention.start, mention.end)
    for _ in range(STEPS):
        if token is None:
            return None
        owner = scene.owner.get(token.i)
        if owner is not None and not mention.start <= token.start < mention.end:
            if scene.paragraph(scene.clauses[owner].start) != scene.paragraph(mention.start):
                return _beside(scene, mention)
            return _nearer(scene, mention, scene.clauses[owner])
        if token.head == token.i:
            return _beside(scene, mention)
        token = scene.syntax.tokens[token.head]
    return None


def _beside(scene: Scene, mention: TimeMention) -> int | None:
    """The first verb of its sentence and paragraph behind it, for a time that the tree hangs elsewhere."""
    paragraph = scene.paragraph(mention.start)
    for clause in scene.in_sentence(mention.start):
        behind = clause.start >= mention.end and scene.paragraph(clause.start) == paragraph
        if behind and (clause.kind == "verb" or clause.light):
            return clause.i
    return None


def _nearer(scene: Scene, mention: TimeMention, verb: Clause) -> int:
    """A participle before the time and its verb has it (*soldiers deployed since May left*)."""
    if mention.start > verb.start:
        return _set_off(scene, mention, verb)
    for clause in scene.in_sentence(mention.start):
        if clause.relation in ("acl", "relcl") and clause.end <= mention.start:
            same = scene.paragraph(clause.start) == scene.paragraph(mention.start)
            if same and "," not in scene.syntax.text[clause.end : mention.start]:
                return clause.i
    return verb.i


def _set_off(scene: Scene, mention: TimeMention, clause: Clause) -> int:
    """Behind a participle, a phrase set off by a comma belongs to the verb above (*..., during a raid in May*)."""
    parent = scene.parent(clause)
    if clause.relation not in ("acl", "relcl") or parent is None:
        return clause.i
    text = scene.syntax.text
    comma = text.rfind(",", clause.end, mention.start)
    if comma < 0 or text.count(" ", comma, mention.start) > _PHRASE:
        return clause.i
    opening = scene.syntax.tokens_in(comma + 1, mention.start)[:1]
    return parent.i if opening and opening[0].pos in ("ADP", "ADV") else clause.i


def _date_nouns(scene: Scene, found: dict[int, When]) -> None:
    """An event noun has the time of its past participle (*the ceasefire, signed on 9 May*), not that of a plan."""
    for clause in scene.clauses:
        parent = scene.parent(clause)
        if parent is None or clause.i not in found or clause.relation != "acl" or clause.tense != "past":
            continue
        planned = sets_term(scene.syntax, scene.syntax.tokens[clause.head])
        if any(parent.end <= t.start < clause.start for t in scene.syntax.children(parent.head, "nmod")):
            continue  # *the return of the villages, seized in May*: it may be told of the villages
        if parent.kind == "noun" and not parent.light and parent.i not in found and not planned:
            found[parent.i] = borrowed(found[clause.i], "As what is told of it.")


# --- what stretch they make -------------------------------------------------------------------------


def _combined(timed: list[Timed]) -> When | None:
    """One stretch from all the times of a clause: the finest that tells a point, else from start to end."""
    timed = _ranges(timed)
    points = [t for t in timed if t.role not in _OPENING and t.role not in _CLOSING]
    if points:
        best = min(points, key=lambda t: (t.last - t.first, t.mention.start))
        return best.mention.when(best.mention.first, best.mention.last)
    starts = [t for t in timed if t.role in _OPENING]
    ends = [t for t in timed if t.role in _CLOSING]
    if starts and ends:
        last = _end(ends[-1])
        return (
            starts[0].mention.when(starts[0].mention.first, last.isoformat())
            if last >= starts[0].first
            else None
        )
    if starts:
        return starts[0].mention.when(starts[0].mention.first, None)
    if ends and ends[0].role in ("and", "to"):
        return ends[0].mention.when(ends[0].mention.first, ends[0].mention.last)
    return ends[0].mention.when(None, _end(ends[0]).isoformat()) if ends else None


def _ranges(timed: list[Timed]) -> list[Timed]:
    """With *of* before a time that *to* follows read as *from*: French has one word for both (*du 3 au 9 mai*)."""
    found = list(timed)
    for i, (one, after) in enumerate(pairwise(timed)):
        near = after.mention.start - one.mention.end <= _RANGE
        if one.role == "of" and after.role == "to" and near:
            found[i] = Timed(one.mention, "from")
    return found


def _end(timed: Timed) -> date:
    return timed.first - _DAY if timed.role == "before" else timed.last
