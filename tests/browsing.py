"""A case served for tests, and a real browser to look at it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"

PROGRAM = [sys.executable, "-m", "dragoman.cli"]

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str:
    """The path of a Chromium, or a skip that says how to get one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium found; on Debian: apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator[object]:
    """A real Chromium under Playwright."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@contextmanager
def served(case: Path, *options: str) -> Iterator[str]:
    """The address of a `dragoman serve` on the case."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*PROGRAM, "serve", str(case), "--port", str(port), "--no-browser", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/static/icon.svg", timeout=1).read()
                break
            except OSError:
                assert server.poll() is None, server.stderr and server.stderr.read()
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


COLOURS = (
    "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"
)
"""The rules of axe that colours decide: dark differs from light in nothing else."""


def axe_finds(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds wrong with an open page, in light and in dark: rule and the first places that break it."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there; it comes with: npm ci --prefix web")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((result) => result.violations)")
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(f"axe.run({COLOURS}).then((result) => result.violations)")
    page.emulate_media(color_scheme="light")
    return [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found]
