"""Entities in the making: the roster of one article, to which every rule adds forms, roles and mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from dragoman.model import Entity, EntityType, Mention, Role, Span
from dragoman.reading.marks import Names

MentionKind = Literal["name", "demonym", "role", "pronoun", "nominal"]


@dataclass(slots=True, eq=False)
class RoleDraft:
    title: str
    of: Draft | None
    past: bool
    span: Span


@dataclass(slots=True, eq=False)
class Draft:
    """An entity while the article is read.

    Attributes:
        forms: Written form -> how often; in the order of their appearance.
        base: Forms that are in the base form for certain, the fullest last chosen as the name.
        gender: m, f or n where something told it; grammatical gender for things in French and Russian.
        plural: True for groups and forces.
        sort: What kind of force, body or group; merges only with its like.
    """

    type: EntityType
    name: str
    key: str | None = None
    country: str | None = None
    of: Draft | None = None
    forms: dict[str, int] = field(default_factory=dict)
    roles: list[RoleDraft] = field(default_factory=list)
    gender: str | None = None
    plural: bool = False
    sort: str = ""

    def add_form(self, form: str) -> None:
        tidy = " ".join(form.split())
        self.forms[tidy] = self.forms.get(tidy, 0) + 1


@dataclass(slots=True, eq=False)
class MentionDraft:
    start: int
    end: int
    head: int
    drafts: tuple[Draft, ...]
    kind: MentionKind
    rule: str


class Roster:
    """All drafts and mentions of one article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.mentions: list[MentionDraft] = []
        self._by_key: dict[tuple[str, str], Draft] = {}
        self._by_sort: dict[str, list[Draft]] = {}

    def add(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        if draft.sort:
            self._by_sort.setdefault(draft.sort, []).append(draft)
            family = draft.sort.partition(":")[0]
            self._by_sort.setdefault(family, []).append(draft)
        if draft.key is not None:
            self._by_key[draft.key, self._side(draft.type)] = draft
        return draft

    @staticmethod
    def _side(kind: EntityType) -> str:
        return "place" if kind == "place" else "actor"

    def known(self, key: str, kind: EntityType) -> Draft | None:
        """The draft with this key, as an actor or as a place."""
        return self._by_key.get((key, self._side(kind)))

    def of_sort(self, sort: str) -> list[Draft]:
        """Drafts of a sort (`force:peacekeeping`) or of a whole family (`force`), in the order of their making."""
        return self._by_sort.get(sort, [])

    def keyed(self, key: str, kind: EntityType, name: str, country: str | None = None) -> Draft:
        """The draft with this key, made on first use."""
        return self.known(key, kind) or self.add(Draft(kind, name, key=key, country=country))

    def mention(
        self, span: Span, head: int, drafts: tuple[Draft, ...], kind: MentionKind, rule: str
    ) -> MentionDraft:
        made = MentionDraft(span.start, span.end, head, drafts, kind, rule)
        self.mentions.append(made)
        return made

    def merge(self, kept: Draft, other: Draft) -> None:
        """Two drafts are one entity: the mentions and forms of the other go to the one kept."""
        for mention in self.mentions:
            if other in mention.drafts:
                mention.drafts = tuple(dict.fromkeys(kept if d is other else d for d in mention.drafts))
        for form, times in other.forms.items():
            kept.forms[form] = kept.forms.get(form, 0) + times
        kept.key, kept.country = kept.key or other.key, kept.country or other.country

    def names(self) -> Names:
        """The finished names: entities in the order of their first mention, mentions apart from each other."""
        kept = _without_overlaps(self.mentions)
        order: dict[int, int] = {}
        used: list[Draft] = []

        def place(draft: Draft) -> int:
            if id(draft) not in order:
                order[id(draft)] = len(used)
                used.append(draft)
            return order[id(draft)]

        mentions = tuple(
            Mention(
                start=m.start,
                end=m.end,
                text=self.text[m.start : m.end],
                entities=tuple(place(d) for d in m.drafts),
                kind=m.kind,
                rule=m.rule,
            )
            for m in kept
        )
        # `used` grows while it is walked: an owner may have no mention of its own
        return Names(entities=tuple(_finished(draft, place) for draft in used), mentions=mentions)


def _finished(draft: Draft, index: Callable[[Draft], int]) -> Entity:
    roles: dict[tuple[str, int | None], Role] = {}
    for role in draft.roles:
        of = index(role.of) if role.of is not None else None
        made = Role(title=("former " if role.past else "") + role.title, of=of, span=role.span)
        roles.setdefault((made.title, of), made)
    return Entity(
        name=draft.name,
        type=draft.type,
        forms=tuple(sorted(draft.forms)),
        key=draft.key,
        country=draft.country,
        of=index(draft.of) if draft.of is not None else None,
        roles=tuple(roles.values()),
    )


_RANK = {"name": 0, "nominal": 1, "demonym": 2, "role": 3, "pronoun": 4}


def _without_overlaps(mentions: list[MentionDraft]) -> list[MentionDraft]:
    """Sorted by start; of two that overlap the longer stays, a name before the rest."""
    by_start = sorted(mentions, key=lambda m: (m.start, -(m.end - m.start), _RANK[m.kind]))
    kept: list[MentionDraft] = []
    for mention in by_start:
        while kept and kept[-1].end > mention.start:
            last = kept[-1]
            if (last.end - last.start, -_RANK[last.kind]) >= (
                mention.end - mention.start,
                -_RANK[mention.kind],
            ):
                break
            kept.pop()
        else:
            kept.append(mention)
    return kept
