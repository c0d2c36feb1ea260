"""The pages on which articles come in: adding them, and what of all that was met could not be read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from dragoman.model import When
from dragoman.telling.interface import to_say
from dragoman.telling.typed_days import BadDay, typed_days
from dragoman.workbench.jobs import Given
from dragoman.workbench.permission import Ours
from dragoman.workbench.refusals import CannotBeDone
from dragoman.workbench.views import PAGE

router = APIRouter(include_in_schema=False)

UPLOAD = 32 * 1024 * 1024
"""Bytes of one uploaded file."""

TOGETHER = 256 * 1024 * 1024
"""Bytes of all files of an upload."""

FILES = 200
"""Files of one upload."""

TOO_MANY = to_say(
    "At most {n} files at once. Put more into a folder, and read that where the workbench was started."
)
TOO_LARGE = to_say(
    "{name}: more than {most}. Put it into a folder, and read that where the workbench was started."
)


@router.get("/add")
def add_page(request: Request) -> Response:
    job = request.app.state.reading
    page: Response = request.app.state.show.page(
        request,
        "add.html",
        job=job,
        reasons=Counter(i.reason for i in job.summary.aside).most_common() if job.summary else [],
        unread=sum(job.summary.kept.values()) if job.summary else 0,
        aside=bool(request.app.state.case.file.set_aside(1)),
    )
    return page


@router.post("/add", dependencies=[Ours])
async def add(
    request: Request,
    files: Annotated[list[UploadFile], File(default_factory=list)],
    text: Annotated[str, Form(max_length=2_000_000)] = "",
    title: Annotated[str, Form(max_length=300)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    day: Annotated[str, Form(max_length=100)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Read dropped files or a pasted text into the case, with what a person says of them."""
    given = _given(request, outlet, day, url)
    text = text.strip()
    if text and len(text.split()) == 1 and _is_address(text):
        raise CannotBeDone(
            "Addresses are not fetched. Open the page, and paste its text here or add it as a saved page.",
            back="/add",
        )
    taken = await _taken(files)
    if text:
        name = title.strip() or f"pasted {datetime.now(UTC):%Y-%m-%d %H.%M.%S}"
        taken.append((f"{name}.txt", f"{title.strip()}\n\n{text}".strip().encode()))
    if not taken:
        raise CannotBeDone("Choose files, or paste a text.", back="/add")
    if not request.app.state.reading.start(taken, given):
        raise CannotBeDone("A reading is under way. Wait until it is done.", 409, back="/add")
    return RedirectResponse("/add", 303)


async def _taken(files: list[UploadFile]) -> list[tuple[str, bytes]]:
    if len(files) > FILES:
        raise CannotBeDone(TOO_MANY, 413, "/add", n=str(FILES))
    taken: list[tuple[str, bytes]] = []
    room = TOGETHER
    for file in files:
        if not file.filename:
            continue  # what a browser sends where no file was chosen
        content = await file.read(min(UPLOAD, room) + 1)
        if len(content) > min(UPLOAD, room):
            most = f"{(UPLOAD if len(content) > UPLOAD else TOGETHER) // 2**20} MB"
            raise CannotBeDone(TOO_LARGE, 413, "/add", name=file.filename[:100], most=most)
        room -= len(content)
        taken.append((file.filename, content))
    return taken


def _is_address(text: str) -> bool:
    return text.casefold().startswith(("https://", "http://"))


def _given(request: Request, outlet: str, day: str, url: str) -> Given:
    """What a person says of the articles that are added."""
    _, language = request.app.state.show.words(request)
    url = url.strip()
    if url and (not _is_address(url) or len(url.split()) > 1):
        raise CannotBeDone("An address begins with https:// or http://.", back="/add")
    try:
        stretch = typed_days(day, language)
    except BadDay as error:
        raise CannotBeDone(str(error), back="/add") from error
    when = stretch and When(
        start=stretch.first.isoformat() if stretch.first else None,
        end=stretch.last.isoformat() if stretch.last else None,
        basis="stated",
        why="given by hand when it was added",
    )
    return Given(outlet=" ".join(outlet.split()) or None, url=url or None, published=when)


@router.get("/aside")
def set_aside(
    request: Request,
    reason: Annotated[str, Query(max_length=500)] = "",
    skip: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> Response:
    """Everything that was met and could not be read, with why and what can be done; and how many for each reason."""
    found = request.app.state.case.file.set_aside()
    chosen = [item for item in found if not reason or item.reason == reason]
    page: Response = request.app.state.show.page(
        request,
        "aside.html",
        reasons=Counter(item.reason for item in found).most_common(50),
        items=chosen[skip : skip + PAGE],
        chosen=reason,
        all=len(found),
        total=len(chosen),
        skip=skip,
        page=PAGE,
    )
    return page
