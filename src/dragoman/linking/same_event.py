"""Are two tellings one event? First what rules it out, then what speaks for it, as lists that explain themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dragoman.linking.days import Stretch, gap
from dragoman.linking.sources import Library
from dragoman.model import EventReport
from dragoman.model.event_types import MUTUAL

LEARNT = "encoder:"
"""How the rule begins of what the encoder tells."""

LEAST_SURE = 0.15
"""Confidence under which a telling stands by itself."""

ALIKE = 5
"""Letters from which on two words that begin with them are taken for one."""

"""Types whose sides may change places: who meets whom is whom meets who."""

FAMILY: dict[tuple[str, str | None], str] = {("COERCE", "seize"): "ASSAULT", ("COERCE", None): "ASSAULT"}
"""Types and modes that one deed is told as: who storms a region also seizes it. Else the type is the family."""


def family_of(type: str, mode: str | None) -> str:
    return FAMILY.get((type, mode), type)


STANDING = {
    "happened": "deed",
    "ongoing": "deed",
    "alleged": "deed",
    "planned": "plan",
    "possible": "chance",
    "denied": "denial",
}
"""A plan is never the deed itself, nor its denial."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one article tells it, or what several tellings that are one have in common.

    Attributes:
        family: Its type, or the type that stands for several that one deed is told as.
        standing: Deed, plan, chance or denial.
        who, whom: Ids of those who act and are acted upon; words without an actor are left out.
        days: When, as far as the words say; for an undated deed, not after its article appeared.
        dated: True where the words say when.
        around: The days near which an undated deed is to be expected: those before its article appeared.
        values: Figures told of it, by measure.
        who_in_order, whom_in_order: As `who` and `whom`, as the words have them.
    """

    article: str
    number: int
    report: EventReport
    family: str
    standing: str
    who: frozenset[str]
    whom: frozenset[str]
    place: str | None
    days: Stretch
    dated: bool
    around: Stretch
    values: tuple[tuple[str, float | None, float | None], ...] = ()
    who_in_order: tuple[str, ...] = ()
    whom_in_order: tuple[str, ...] = ()

    @property
    def everyone(self) -> frozenset[str]:
        return self.who | self.whom


@dataclass(frozen=True, slots=True)
class Scene:
    """What one must know beyond the two tellings: who belongs to whom, where places are, which articles go together.

    `story` gives how near two articles are: 1 the same article or a copy, 0 nothing in common.
    """

    library: Library
    story: Callable[[str, str], float]
    _begun: dict[tuple[str, int], str] = field(default_factory=dict, repr=False, compare=False)

    def beginning(self, telling: Telling) -> str:
        """The first letters of the words that name the event, folded."""
        found = self._begun.get((telling.article, telling.number))
        if found is None:
            said = self.library.words(telling.article, *telling.report.trigger).casefold()[:ALIKE]
            found = self._begun[telling.article, telling.number] = said
        return found

    def one_side(self, a: str, b: str) -> float:
        """1 for one actor, 0.7 where one acts for the other, else 0."""
        if a == b:
            return 1.0
        kin = self.library.cast.kin
        return 0.7 if a in kin.get(b, ()) or b in kin.get(a, ()) else 0.0


# --- what rules it out ----------------------------------------------------------------------------


def too_doubtful(a: Telling, b: Telling, scene: Scene) -> bool:
    """What is hardly likely to be told rightly says nothing of another event."""
    return min(a.report.confidence, b.report.confidence) < LEAST_SURE


def other_kind(a: Telling, b: Telling, scene: Scene) -> bool:
    return a.family != b.family


def other_standing(a: Telling, b: Telling, scene: Scene) -> bool:
    return a.standing != b.standing


def other_mode(a: Telling, b: Telling, scene: Scene) -> bool:
    """Two modes of one type, as a visit and a telephone call."""
    modes = (a.report.mode, b.report.mode)
    return a.report.type == b.report.type and None not in modes and modes[0] != modes[1]


def other_days(a: Telling, b: Telling, scene: Scene) -> bool:
    return not a.days.meets(b.days) or (not a.dated and not b.dated and not a.around.meets(b.around))


def other_place(a: Telling, b: Telling, scene: Scene) -> bool:
    return (
        a.place is not None and b.place is not None and not scene.library.may_be_one_place(a.place, b.place)
    )


def other_sides(a: Telling, b: Telling, scene: Scene) -> bool:
    """Both name their sides, and the shorter list has somebody the longer one lacks."""
    if is_mutual(a, b):
        return _apart(a.everyone, b.everyone, scene)
    return _apart(a.who, b.who, scene) or _apart(a.whom, b.whom, scene)


def is_mutual(a: Telling, b: Telling) -> bool:
    """True where the sides may change places. Of two visits who came and who received is not open."""
    return a.family in MUTUAL and not (a.report.mode == b.report.mode == "visit")


def other_step(a: Telling, b: Telling) -> bool:
    """Two modes of one type in one article, one of them none: an article tells its story step by step."""
    return a.article == b.article and a.report.type == b.report.type and a.report.mode != b.report.mode


Rule = Callable[[Telling, Telling, Scene], bool]

RULED_OUT: tuple[Rule, ...] = (
    too_doubtful,
    other_days,
    other_kind,
    other_standing,
    other_mode,
    other_sides,
    other_place,
)


def ruled_out_but(a: Telling, b: Telling, scene: Scene, left_out: Rule | None) -> str | None:
    """The name of the first rule that keeps the two apart, with one rule left out, or None."""
    for rule in RULED_OUT:
        if rule is not left_out and rule(a, b, scene):
            return rule.__name__
    return None


_CHEAP_FIRST = sorted(RULED_OUT, key=lambda rule: rule in (other_days, other_sides, other_place))
"""The same rules; those that look at days, sides and places take longest."""


def may_be_one(a: Telling, b: Telling, scene: Scene) -> bool:
    """True where no rule keeps the two apart; what is cheap to tell is asked first."""
    for rule in _CHEAP_FIRST:  # noqa: SIM110  asked so often that a generator would cost as much as the rules
        if rule(a, b, scene):
            return False
    return True


def _apart(a: frozenset[str], b: frozenset[str], scene: Scene) -> bool:
    if not a or not b:
        return False
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    return not fewer <= more and not all(any(scene.one_side(x, y) for y in more) for x in fewer)


# --- what speaks for it ---------------------------------------------------------------------------


def shared_sides(a: Telling, b: Telling, scene: Scene) -> float:
    """How far the sides of the one are those of the other; less where one leaves a side out."""
    if is_mutual(a, b):
        return _shared(a.everyone, b.everyone, scene)
    acting, acted_on = _shared(a.who, b.who, scene), _shared(a.whom, b.whom, scene)
    if bool(a.whom) != bool(b.whom) or bool(a.who) != bool(b.who):
        return 0.75 * max(acting, acted_on)
    if not a.whom:
        return acting
    return (acting + acted_on) / 2 if a.who else acted_on


def _shared(a: frozenset[str], b: frozenset[str], scene: Scene) -> float:
    if not a or not b:
        return 0.0
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    total = sum(1.0 if x in more else max(scene.one_side(x, y) for y in more) for x in fewer)
    return total / len(fewer) * (0.8 + 0.2 * len(fewer) / len(more))


def dates_meet(a: Telling, b: Telling, scene: Scene) -> float:
    """1 for one day; less the longer the vaguer of the two stretches is; 0 where one is undated."""
    if not a.dated or not b.dated:
        return 0.0
    lengths = [x for x in (a.days.length, b.days.length) if x is not None]
    if len(lengths) < 2:
        return 0.2
    return next(
        value
        for days, value in ((3, 1.0), (11, 0.85), (31, 0.7), (100, 0.5), (10**9, 0.3))
        if max(lengths) <= days
    )


def same_frame(a: Telling, b: Telling, scene: Scene) -> float:
    """One concept, in whatever language, read both, or one word of one language names both, or they have one type and
    mode. The encoder's rule names its weights, and is no concept."""
    if _concept(a.report) == _concept(b.report) and not _concept(a.report).startswith(LEARNT):
        return 1.0
    if a.report.type == b.report.type and a.dated and b.dated:
        one_mode = a.report.mode is not None and a.report.mode == b.report.mode
        if one_mode or _named_alike(a, b, scene):
            return 1.0
    if (a.report.type, a.report.mode) != (b.report.type, b.report.mode):
        return 0.2
    return 0.8 if a.report.mode else 0.6


def _concept(report: EventReport) -> str:
    """*frame:withdraw-forces/retirer obj:@force* -> *frame:withdraw-forces*."""
    return report.rule.partition("/")[0]


def _named_alike(a: Telling, b: Telling, scene: Scene) -> bool:
    """True where the words that name them begin alike: *attacked*, *attack*."""
    one = scene.beginning(a)
    return len(one) >= ALIKE - 1 and one == scene.beginning(b)


def same_place(a: Telling, b: Telling, scene: Scene) -> float:
    if a.place is None or b.place is None:
        return 0.0
    return 1.0 if a.place == b.place else 0.5


def one_story(a: Telling, b: Telling, scene: Scene) -> float:
    return scene.story(a.article, b.article)


def figures_agree(a: Telling, b: Telling, scene: Scene) -> float:
    return float(any(x == y for x in a.values for y in b.values))


def figures_disagree(a: Telling, b: Telling, scene: Scene) -> float:
    return float(any(x[0] == y[0] and x != y for x in a.values for y in b.values))


def days_between(a: Telling, b: Telling, scene: Scene) -> float:
    """Undated tellings whose articles appeared far apart; 1 from a month."""
    if a.dated and b.dated:
        return 0.0
    apart = gap(a.days if a.dated else a.around, b.days if b.dated else b.around)
    return min((apart or 0) / 30, 1.0)


@dataclass(frozen=True, slots=True)
class Feature:
    value: Callable[[Telling, Telling, Scene], float]
    weight: float

    @property
    def name(self) -> str:
        return self.value.__name__


SAME_EVENT = (
    Feature(shared_sides, weight=0.45),
    Feature(dates_meet, weight=0.30),
    Feature(same_frame, weight=0.15),
    Feature(same_place, weight=0.10),
    Feature(one_story, weight=0.15),
    Feature(figures_agree, weight=0.10),
    Feature(figures_disagree, weight=-0.10),
    Feature(days_between, weight=-0.30),
)

ONE = 0.65
"""From this score two tellings are one event."""

OPEN = 0.55
"""From this score a person is asked."""


def likeness(a: Telling, b: Telling, scene: Scene) -> float:
    """The sum of what speaks for one event; call it only where nothing rules it out."""
    return round(sum([f.weight * f.value(a, b, scene) for f in SAME_EVENT]), 4)


_MOST = tuple(
    sum(f.weight for f in SAME_EVENT[n + 1 :] if f.weight > 0) + 0.001 for n in range(len(SAME_EVENT))
)
"""What the features after each can add at most, and a little for rounding."""


_STEPS = tuple((f.weight, f.value, most) for f, most in zip(SAME_EVENT, _MOST, strict=True))


def likeness_from(a: Telling, b: Telling, scene: Scene, least: float) -> float:
    """`likeness` where it is `least` or more; else 0, as soon as that is sure."""
    values = []
    total = 0.0
    for weight, of_feature, most in _STEPS:
        value = weight * of_feature(a, b, scene)
        values.append(value)
        total += value
        if total + most < least:
            return 0.0
    found = round(sum(values), 4)
    return found if found >= least else 0.0


def explain(a: Telling, b: Telling, scene: Scene) -> dict[str, float]:
    """The same sum, feature by feature."""
    return {f.name: round(f.weight * f.value(a, b, scene), 4) for f in SAME_EVENT}


def doubts(a: Telling, b: Telling, scene: Scene) -> tuple[str, ...]:
    """Codes for what leaves two tellings undecided: what one of them does not say, or says otherwise."""
    told = (
        ("undated", not a.dated or not b.dated),
        ("vague_date", a.dated and b.dated and dates_meet(a, b, scene) < 1.0),
        ("sides_differ", shared_sides(a, b, scene) < 1.0),
        ("place_unknown", a.place is None or b.place is None),
        ("other_words", same_frame(a, b, scene) < 1.0),
        ("figures_differ", figures_disagree(a, b, scene) > 0),
        ("far_apart", days_between(a, b, scene) > 0),
        ("other_story", one_story(a, b, scene) < SAME_STORY),
    )
    return tuple(code for code, holds in told if holds)


SAME_STORY = 0.5
"""From this nearness on, two articles plainly tell of one thing."""
