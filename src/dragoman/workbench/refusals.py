"""Answers that say no: what cannot be done, why, and what a person can do about it in the browser."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from dragoman.store import CaseError
from dragoman.telling.interface import to_say
from dragoman.workbench.rights import person_of
from dragoman.workbench.safety import local


class CannotBeDone(HTTPException):
    """What a person wanted cannot be done; `said` is a text of the interface with `values` in its places."""

    def __init__(self, said: str, status: int = 400, back: str = "/", **values: str) -> None:
        super().__init__(status, said.format(**values) if values else said)
        self.said, self.values, self.back = said, values, local(back)


FAILED = to_say("This page could not be made. Nothing that was kept is lost.")


def install(app: FastAPI) -> None:
    """Let the application answer its refusals with pages, and those of the JSON interface with JSON."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if isinstance(error, CannotBeDone) and not _is_interface(request):
            say, _ = app.state.show.words(request)
            said = say(error.said, **error.values)
            return refuse(request, error.status_code, said, back=error.back)
        return refuse(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def misunderstood(request: Request, error: RequestValidationError) -> Response:
        if _is_interface(request):
            # What was given is not said back: it may be as long as the request.
            said = [{k: e[k] for k in ("type", "loc", "msg")} for e in error.errors()[:20]]
            return JSONResponse({"detail": said}, 422)
        return refuse(request, 422, "; ".join(map(_in_words, error.errors()[:5])))


def failed(request: Request, error: Exception) -> Response:
    """The answer to a request that broke: what a case says of itself, else that it is logged."""
    if isinstance(error, CaseError):
        return refuse(request, 503, str(error))
    return refuse(request, 500, FAILED, advise=True)


def refuse(
    request: Request,
    status: int,
    said: str,
    headers: dict[str, str] | None = None,
    advise: bool = False,
    back: str = "/",
) -> Response:
    """An answer that says no: a page, JSON for a program, and to whom the case is not open no word of the case."""
    if _is_interface(request):
        return JSONResponse({"detail": said}, status, headers)
    if person_of(request) is None:
        return PlainTextResponse(said, status, headers)
    page: Response = request.app.state.show.page(
        request, "refused.html", status=status, said=said, advise=advise, back=back
    )
    page.headers.update(headers or {})
    return page


def _is_interface(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _in_words(error: dict[str, object]) -> str:
    where = error.get("loc")
    name = where[-1] if isinstance(where, (tuple, list)) and where else ""
    said = str(error.get("msg", "")).removeprefix("Value error, ")
    return f"{str(name)[:40]}: {said[:200]}"
