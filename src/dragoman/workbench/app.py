"""The workbench: a case in the browser, on this machine.

`create_app(path)` makes the application on one case; nothing in a request can name another file. Pages are
in `pages`, the JSON interface in `api`, what may pass in `safety`.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.store import CaseFile
from dragoman.workbench import api, beside, decide, glance, leaving, pages, pictures, searching
from dragoman.workbench.glance import now
from dragoman.workbench.jobs import Reading, Served
from dragoman.workbench.safety import LOCAL, Guard
from dragoman.workbench.show import Show


def create_app(path: Path, key: str | None = None, hosts: frozenset[str] = frozenset(LOCAL)) -> FastAPI:
    """The application on the case at `path`.

    `key`: what users must give where the server listens on more than localhost; `hosts`: the names it
    answers to.

    Raises:
        CaseError: the case cannot be opened.
    """
    case = Served(CaseFile(path))
    case.catch_up()
    case.file.mark_seen(now(), first=True)
    app = FastAPI(
        title="Dragoman",
        version=__version__,
        description="What a case knows: records as in `dragoman export --format jsonl`.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    guard = Guard(hosts, key)
    app.state.case = case
    app.state.guard = guard
    app.state.show = Show(path.stem, guard, case)
    app.state.reading = Reading(case)
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(packages=[("dragoman.workbench", "static")]), name="static")
    app.include_router(pages.router)
    app.include_router(glance.router)
    app.include_router(beside.router)
    app.include_router(leaving.router)
    app.include_router(pictures.router)
    app.include_router(decide.router)
    app.include_router(searching.router)
    app.include_router(api.router)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            return api.problem(error.status_code, str(error.detail), dict(error.headers or {}))
        page: Response = app.state.show.page(
            request, "refused.html", status=error.status_code, said=str(error.detail)
        )
        return page

    return app


def serve(path: Path, host: str = "127.0.0.1", port: int = 8765) -> None:
    """Serve the case until interrupted; on another address than localhost behind a key."""
    import gc
    import secrets
    import sys

    import uvicorn

    local = host in LOCAL
    key = None if local else secrets.token_urlsafe(18)
    names = frozenset(LOCAL) if local else frozenset({*LOCAL, host})
    app = create_app(path, key, names)
    address = f"http://{host}:{port}/" + (f"?key={key}" if key else "")
    print(f"{path} is open at {address}  (Ctrl+C ends)", file=sys.stderr)
    if not local:
        print(
            "Others on this network can reach it; give the address with its key only to them.",
            file=sys.stderr,
        )
    # What stands now stands as long as the server; the collector need not look through it under a request.
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.001)  # a page does not wait long for its turn beside a link
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
