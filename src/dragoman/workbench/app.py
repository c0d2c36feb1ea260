"""The workbench: a case in the browser, on this machine.

`create_app(path)` makes the application on one case; nothing in a request can name another file. Pages are
in `pages`, the JSON interface in `api`, what may pass in `safety`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.store import CaseError
from dragoman.telling.deciding import now
from dragoman.workbench import (
    acts,
    adding,
    api,
    beside,
    bulk,
    decide,
    doubt,
    feeding,
    front,
    glance,
    hand,
    kept,
    leaving,
    pages,
    palette,
    people,
    pictures,
    promises,
    refusals,
    relations,
    searching,
    visits,
)
from dragoman.workbench.door import Door
from dragoman.workbench.jobs import Reading, Served, ServedFile
from dragoman.workbench.notes import Notes
from dragoman.workbench.outbox import Outbox
from dragoman.workbench.rights import owner
from dragoman.workbench.safety import ANY, LOCAL, ONLY_LOOKING, Guard
from dragoman.workbench.show import Show
from dragoman.workbench.team import Team
from dragoman.workbench.visits import Visits

if TYPE_CHECKING:
    import socket

    import uvicorn


def create_app(
    path: Path, key: str | None = None, hosts: frozenset[str] = frozenset(LOCAL), read_only: bool = False
) -> FastAPI:
    """The application on the case at `path`.

    `key`: what users must give where the server listens on more than localhost and no people are named for the
    case; `hosts`: the names it answers to; `read_only`: nobody can change anything by it.

    Raises:
        CaseError: the case cannot be opened, or its people cannot be read.
    """
    team = Team(path)
    team.members()
    case = Served(ServedFile(path))
    case.catch_up()
    if read_only:
        case.file.only_looking = ONLY_LOOKING
    else:
        case.file.mark_seen(now(), first=True)
    outbox = Outbox()

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        outbox.close()

    app = FastAPI(
        title="Dragoman",
        version=__version__,
        description="What a case knows: records as in `dragoman export --format jsonl`.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=life,
    )
    guard = Guard(hosts, key, read_only)
    app.state.case = case
    app.state.guard = guard
    app.state.visits = Visits(guard, team, owner("reader" if read_only else "editor"))
    app.state.notes = Notes()
    app.state.show = Show(path.stem, guard, case, app.state.notes)
    app.state.reading = Reading(case)
    app.state.outbox = outbox
    app.add_middleware(Door, guard=guard, visits=app.state.visits)
    app.mount("/static", StaticFiles(packages=[("dragoman.workbench", "static")]), name="static")
    for module in (
        front,
        people,
        pages,
        palette,
        glance,
        doubt,
        beside,
        leaving,
        pictures,
        relations,
        promises,
        decide,
        acts,
        bulk,
        hand,
        kept,
        feeding,
        adding,
        searching,
        visits,
        api,
    ):
        # As they stand: `include_router` would make each route, with what it reads of a request, again for every app.
        app.router.routes.extend(module.router.routes)
    refusals.install(app)
    return app


def serve(
    path: Path, host: str = "127.0.0.1", port: int = 8765, browser: bool = False, read_only: bool = False
) -> None:
    """Serve the case until interrupted: to the people who are named for it, each by their key, or where there are none
    to one person, on another address than localhost behind a key of the server.

    `browser`: open the user's browser on it; `read_only`: nobody can change anything by it.
    """
    import gc
    import secrets
    import sys

    import uvicorn

    from dragoman.workbench.patience import Patient

    local = host in LOCAL
    people = Team(path).members()
    key = None if local or people else secrets.token_urlsafe(18)
    names = LOCAL if local else {*LOCAL, host, *(_own_names() if host in ANY else ())}
    app = create_app(path, key, frozenset(names), read_only)
    listening = _listen(host, port)
    for n, address in enumerate(addresses(host, port, key)):
        print(f"{path} is open at {address}  (Ctrl+C ends)" if not n else f"or at {address}", file=sys.stderr)
    if people:
        told = ", ".join(f"{member.name} ({member.role})" for member in people)
        print(f"It asks each for their key: {told}", file=sys.stderr)
    elif not local:
        print(
            "Others on this network can reach it; give the address with its key only to them.",
            file=sys.stderr,
        )
    # What stands now stands as long as the server; the collector need not look through it under a request.
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.001)  # a page does not wait long for its turn beside a link
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, http=Patient)
    server = uvicorn.Server(config)
    if browser:
        _open_when_ready(server, addresses(host, port, key)[0])
    server.run([listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address, taken before anything is promised about it.

    Raises:
        CaseError: the address is taken, or is none of this machine's.
    """
    import socket

    try:
        family, kind, proto, _, at = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, proto)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(at)
    except OSError as error:
        raise CaseError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Perhaps another workbench is open there: "
            f"look at it, or give this one another port, as with --port {port % 65_535 + 1}."
        ) from error
    return listening


def addresses(host: str, port: int, key: str | None) -> list[str]:
    """Where the server can be reached from this machine and, if it listens there, from others."""
    places = [host]
    if host in ANY:
        places = ["localhost", *_own_names()]
    asked = f"?key={key}" if key else ""
    return [f"http://{f'[{p}]' if ':' in p and not p.startswith('[') else p}:{port}/{asked}" for p in places]


def _own_names() -> list[str]:
    """The name of this machine and the address by which it reaches others; nothing is sent to find it."""
    import socket

    found = [socket.gethostname().lower()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the way to it is looked up
            found.append(probe.getsockname()[0])
        except OSError:
            pass  # a machine without a network has no address to tell
    return found


def _open_when_ready(server: uvicorn.Server, address: str) -> None:
    import threading
    import time
    import webbrowser

    def wait() -> None:
        while not server.started and not server.should_exit:
            time.sleep(0.05)
        if server.started:
            webbrowser.open(address)

    threading.Thread(target=wait, daemon=True).start()
