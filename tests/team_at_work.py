"""A case with named people, served to a client in this process, for tests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from fastapi.testclient import TestClient

from dragoman.workbench.app import create_app
from dragoman.workbench.team import Team

BASE = "http://localhost:8765"


def named(case: Path, **roles: str) -> dict[str, str]:
    """Name people for a case. Name -> key."""
    team = Team(case)
    return {name: team.add(name, role) for name, role in roles.items()}


def copied(case: Path, folder: Path) -> Path:
    return Path(shutil.copy(case, folder / "x.case"))


class Visitor(TestClient):
    """A browser of its own on an application."""

    def __init__(self, app, key: str = "", base: str = BASE) -> None:
        super().__init__(app, base_url=base, follow_redirects=False, raise_server_exceptions=False)
        self.came = self.come_in(key) if key else None

    @property
    def token(self) -> str:
        """What the forms of the pages carry that this visitor is shown."""
        found = re.search(r'name="token" value="([^"]+)"', self.get("/timeline").text)
        assert found
        return found[1]

    def come_in(self, key: str, back: str = "/"):
        return self.post("/login", data={"key": key, "token": self.token, "back": back})

    def give(self, where: str, files=None, json=None, **form):
        if json is not None:
            return self.post(where, json=json)
        return self.post(where, data={"token": self.token, **form}, files=files)


def app_on(case: Path):
    return create_app(case)
