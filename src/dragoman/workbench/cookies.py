"""What the workbench keeps in a browser, and under which names."""

from __future__ import annotations

from typing import Literal

from fastapi import Request, Response

Kept = Literal["key", "visit", "doubtful", "note"]
"""The key of a server for one, the visit of a named person, whether what is doubtful is shown, the note of what was
just done."""


def name_of(what: Kept, request: Request) -> str:
    """The name of a cookie: cookies know no ports, and a machine may serve two cases."""
    return f"{what}-{request.url.port or 80}"


def kept(what: Kept, request: Request) -> str | None:
    """What the browser of a request keeps, or None."""
    return request.cookies.get(name_of(what, request))


def keep(
    answer: Response,
    request: Request,
    what: Kept,
    value: str,
    seconds: int | None = None,
    followed: bool = False,
) -> None:
    """Let a browser keep a value for so many seconds, or until it is closed. No script can read it.

    `followed`: it comes along where a person follows a link on another site, as one in a message; else not even then.
    """
    answer.set_cookie(
        name_of(what, request),
        value,
        max_age=seconds,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax" if followed else "strict",
    )


def forget(answer: Response, request: Request, what: Kept) -> None:
    """Let a browser keep it no longer."""
    answer.delete_cookie(name_of(what, request), httponly=True, samesite="strict")
