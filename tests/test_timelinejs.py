"""Our `timelinejs` export in the real TimelineJS, in a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from browsing import browser
from dragoman.model import Entry, Event, When
from dragoman.telling.exports import export
from records import as_records, structs

TIMELINEJS = Path(__file__).parents[1] / "web" / "node_modules" / "@knight-lab" / "timelinejs" / "dist"

PAGE = """<!doctype html><meta charset="utf-8"><title>x</title>
<link rel="stylesheet" href="css/timeline.css">
<script src="js/timeline.js"></script>
<div id="t" style="width: 1000px; height: 600px"></div>
<script>
fetch("data.json").then((answer) => answer.json()).then((data) => {
  const options = { script_path: location.origin + "/js", hash_bookmark: false, font: null };
  window.timeline = new TL.Timeline("t", data, options);
});
</script>"""

pytestmark = pytest.mark.browser

WHENS = [
    When(start="2031-05-03", end="2031-05-03", basis="stated"),
    When(start="2031-05-01", end="2031-05-31", basis="stated"),
    When(start="1988-02-20", end=None, basis="stated"),
    When(start=None, end="2030-12-31", basis="bounded"),
    When(start="0998-01-01", end="0998-12-31", basis="stated"),
]


def events() -> list[Event]:
    first = next(r for r in structs() if isinstance(r, Event))
    return [replace(first, id=f"t-{n}", when=when) for n, when in enumerate(WHENS)]


@pytest.fixture
def address(tmp_path):
    if not TIMELINEJS.is_dir():
        pytest.skip("TimelineJS is not there; it comes with: npm ci --prefix web")
    shutil.copytree(TIMELINEJS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    records = as_records([*(r for r in structs() if not isinstance(r, (Entry, Event))), *events()])
    (tmp_path / "data.json").write_bytes(export(records, "timelinejs"))
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PYTHONUNBUFFERED": "1"},
    )
    try:
        port = server.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def test_timelinejs_shows_every_event_without_an_error(address, tmp_path):
    told = json.loads((tmp_path / "data.json").read_text("utf-8"))
    with browser() as running:
        page = running.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda r: faults.append(r.url) if r.status >= 400 else None)
        page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(address) else None)
        page.goto(f"{address}/index.html")
        page.wait_for_selector(".tl-timemarker")
        assert page.locator(".tl-timemarker").count() == len(told["events"]) == len(WHENS)
        # A slide for each event, and one for the title.
        assert page.locator(".tl-slide").count() == len(WHENS) + 1
        shown = page.locator(".tl-slide .tl-headline").all_inner_texts()
        assert sum("withdrew" in headline for headline in shown) == len(WHENS)
        written = page.locator(".tl-slide .tl-headline-date").all_inner_texts()
        dates = [d.strip() for d in written if d.strip()]
        assert sorted(dates) == sorted(e["display_date"] for e in told["events"])
        assert page.locator(".tl-slide-titleslide").inner_text().count("Left out") == 1
        assert faults == []
