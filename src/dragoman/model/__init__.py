"""The nouns that all rooms share. Every record is frozen; every offset counts Unicode code points.

The way of the data: bytes -> `Article` -> `Reading` (one article alone) -> the records of a case
(`Actor` ... `Storyline`), which are what `dragoman export --format jsonl` writes, a line each.

Days are ISO strings (`"2024-06-12"`); a stretch holds both of its end days. Unknown is `None`,
never a guess.
"""

from __future__ import annotations

from dragoman.model.articles import Article, Removed, SetAside
from dragoman.model.basics import (
    Basis,
    EntityType,
    Language,
    Outcome,
    Record,
    Span,
    Stance,
    Status,
    When,
    name_by_content,
)
from dragoman.model.decisions import Decision, Doubt, Target
from dragoman.model.reading import (
    Arg,
    CommitmentReport,
    Entity,
    EventReport,
    Fault,
    FigureMention,
    Mention,
    Occasion,
    Reading,
    Role,
    StatementReport,
    StateReport,
    TimeMention,
)
from dragoman.model.records import (
    Actor,
    ArticleRecord,
    CaseRecord,
    Claim,
    Commitment,
    Dispute,
    Event,
    Evidence,
    Figure,
    MentionRef,
    Place,
    State,
    Statement,
    Storyline,
)

__all__ = [
    "Actor",
    "Arg",
    "Article",
    "ArticleRecord",
    "Basis",
    "CaseRecord",
    "Claim",
    "Commitment",
    "CommitmentReport",
    "Decision",
    "Dispute",
    "Doubt",
    "Entity",
    "EntityType",
    "Event",
    "EventReport",
    "Evidence",
    "Fault",
    "Figure",
    "FigureMention",
    "Language",
    "Mention",
    "MentionRef",
    "Occasion",
    "Outcome",
    "Place",
    "Reading",
    "Record",
    "Removed",
    "Role",
    "SetAside",
    "Span",
    "Stance",
    "State",
    "StateReport",
    "Statement",
    "StatementReport",
    "Status",
    "Storyline",
    "Target",
    "TimeMention",
    "When",
    "name_by_content",
]
