"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes], private: bool = False) -> None:
    """Write beside a file and put it in its place when all is there; what was there stays until then, and if it fails.

    What is no file, such as a pipe or a device, is written to as it is. `private`: no other user of this computer may
    read it, else it may be read by whom the file before could.

    Raises:
        OSError: it cannot be written. What the pieces raise, they raise here.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    place = Path(os.path.realpath(path))
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            if private:
                beside.chmod(0o600)  # while it is empty
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if place.exists() and not private:
            beside.chmod(place.stat().st_mode & 0o7777)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
