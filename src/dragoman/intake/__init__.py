"""Intake: files, pages, archives, feeds, mails -> articles. Clean text, with the way back to what came.

`gather` is the room's door. What cannot be read becomes a `SetAside` with its reason; nothing is raised
for a bad input, and the rest is read.
"""

from __future__ import annotations

from dragoman.intake.gather import gather
from dragoman.intake.kinds import KINDS
from dragoman.intake.language import language_of

__all__ = ["KINDS", "gather", "language_of"]
