"""What a person chose to see, as their browser keeps it."""

from __future__ import annotations

from fastapi import Request


def cookie_of(request: Request) -> str:
    """The cookie of the choice: cookies know no ports, and a machine may serve two cases."""
    return f"doubtful-{request.url.port or 80}"


def shows_doubtful(request: Request) -> bool:
    return request.cookies.get(cookie_of(request)) == "1"
