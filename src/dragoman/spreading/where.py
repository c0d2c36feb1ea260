"""`--on`: where shards are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.spreading.machines import Here, Machines, Processes

LOCAL = "local"


@contextmanager
def machines(on: str, processes: int) -> Iterator[Machines]:
    """The machines that `--on` names; what they have under way ends when this is left.

    Raises:
        ReadingsError: see `on_ray.OnRay`.
    """
    made: Machines
    if on != LOCAL:
        from dragoman.spreading.on_ray import OnRay

        made = OnRay(on)
    else:
        made = Here() if processes <= 1 else Processes(processes)
    try:
        yield made
    finally:
        made.close()
