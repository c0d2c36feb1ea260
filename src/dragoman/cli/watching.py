"""Keeping a case up to date by itself: `watch`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import app, complain, fail, say

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.telling.alerts import Notify
    from dragoman.watching import Look
    from dragoman.watching.fetching import Fetcher


@app.command(
    epilog="Lines to try:  `dragoman watch inquiry.case ~/articles`  ·  "
    "`dragoman watch inquiry.case feeds.opml --online --every 900`  ·  `dragoman watch inquiry.case inbox/ --once`"
)
def watch(
    case: Annotated[
        Path, typer.Argument(metavar="CASE", help="The case to read into; made where there is none.")
    ],
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER|FEEDFILE...", help="Folders and files to look at; .opml: a list of feeds."
        ),
    ],
    online: Annotated[
        bool, typer.Option("--online", help="Fetch the feeds of .opml lists and the pages that they link to.")
    ] = False,
    every: Annotated[int, typer.Option(min=1, max=86_400, help="Seconds between two looks.")] = 30,
    once: Annotated[bool, typer.Option("--once", help="Look once, read what is there, and end.")] = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            help="Where fetched pages are kept as they were (default: CASE without its ending, -fetched)."
        ),
    ] = None,
    notify: Annotated[
        bool,
        typer.Option("--notify", help="Say on the desktop too, by notify-send, that a view got something."),
    ] = False,
) -> None:
    """Read what appears in folders, and with --online in feeds, until interrupted.

    A view that gets something new says so in a line (`dragoman views`). Fetched pages are kept as they were, as WARC
    with address, time and SHA-256. robots.txt is heeded.
    """
    from dragoman import case as cases
    from dragoman.store.errors import CaseError
    from dragoman.telling.alerts import desktop
    from dragoman.watching import Watch
    from dragoman.watching.feeds import NoFeeds
    from dragoman.watching.keeping import Kept

    fetcher = _checked(paths, online)
    show = desktop() if notify else None
    if notify and show is None:
        complain(
            "there is no notify-send here, so only this terminal tells what is new. On Debian: apt install "
            "libnotify-bin"
        )
    try:
        with cases.open(case, create=True) as opened:
            kept = Kept(keep or case.with_name(f"{case.stem}-fetched")) if fetcher else None
            watched = Watch(opened, paths, fetcher, kept)
            if not once:
                print(f"dragoman: watching for {case} (Ctrl+C ends)", file=sys.stderr)
            due = 0.0
            while True:
                feeds = time.monotonic() >= due
                if feeds:
                    due = time.monotonic() + (float("inf") if once else every)
                try:
                    before = _last(opened)
                    _show(watched.look(feeds))
                    _alert(opened, before, show)
                except CaseError as error:
                    if once:
                        raise
                    complain(f"{error} Trying again.")
                if once and not watched.folders.settling():
                    return
                time.sleep(min(every, 1) if watched.folders.settling() else every)
    except NoFeeds as error:
        fail(str(error))
    except KeyboardInterrupt:
        print("dragoman: stopped. What was read is in the case.", file=sys.stderr)
        raise typer.Exit(130) from None
    finally:
        if fetcher:
            fetcher.close()


def _checked(paths: list[Path], online: bool) -> Fetcher | None:
    """A fetcher where one is needed and allowed; ends where a path cannot be watched."""
    from dragoman import __version__
    from dragoman.watching.feeds import NoFeeds, addresses_in, is_list

    for path in paths:
        if str(path).startswith(("http:", "https:")):
            fail(f"{path}: addresses are not watched by themselves; put the feed into a list, feeds.opml.")
        if not path.exists():
            fail(f"{path} does not exist.")
    lists = [path for path in paths if is_list(path)]
    if not lists:
        return None
    try:
        n = len({address for path in lists for address in addresses_in(path)})
    except NoFeeds as error:
        fail(str(error))
    if not online:
        fail(
            f"{lists[0]} lists feeds ({n} addresses in all); to fetch them, say --online. Nothing was fetched."
        )
    from dragoman.watching.fetching import Fetcher
    from dragoman.watching.loop import AGENT

    return Fetcher(AGENT.format(version=__version__))


def _last(opened: Case) -> int:
    """The number of the last article of a case."""
    from dragoman.store.looked import last_article

    with opened.file.asking() as connection:
        return last_article(connection)


def _alert(opened: Case, before: int, show: Notify | None) -> None:
    """Say which views got something new by the articles after the one of a number."""
    from dragoman.telling.alerts import alerts

    if _last(opened) == before:
        return
    for view, n, first in alerts(opened, before):
        say(f"{time.strftime('%H:%M')} {n} new in “{view.name}”: {first}")
        if show is not None:
            try:
                show(f"{n} new in “{view.name}”", first)
            except (OSError, subprocess.SubprocessError) as error:
                complain(f"the desktop could not be told ({error}).")
    sys.stdout.flush()


def _show(look: Look) -> None:
    if look.is_empty:
        return
    at = time.strftime("%H:%M")
    if look.fetched:
        say(f"{at} fetched {look.fetched} pages")
    if look.read is not None and (look.read.read or look.read.aside):
        say(f"{at} read {look.read.read} articles; {look.read.known} were known")
        for item in look.read.aside:
            say(f"      set aside {item.path}: {item.reason}")
    for address, why in look.faults:
        say(f"      not fetched {address}: {why}")
    sys.stdout.flush()
