"""What a person chose to see, as their browser keeps it."""

from __future__ import annotations

from fastapi import Request

from dragoman.workbench.cookies import kept


def shows_doubtful(request: Request) -> bool:
    return kept("doubtful", request) == "1"
