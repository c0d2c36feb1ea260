"""The machines of a Ray cluster. Ray is asked for only here, and only where a user names a cluster.

This machine must be one of the cluster's (`ray start --address`): Ray's protocol for outsiders needs more than core.
What goes to and fro is a shard's names and its counts; articles and readings lie in a folder that all machines share.
"""

from __future__ import annotations

import logging
import os
import re
import socket
from contextlib import suppress
from typing import Any

from dragoman.spreading.machines import Lost, Work
from dragoman.spreading.manifest import ReadingsError

HOW_TO_GET = (
    "Ray is not installed. Get it with: pip install 'dragoman[ray]', on each machine, in one version. "
    "`--on local --processes N` reads on this machine without it."
)
_ADDRESS = re.compile(r"ray://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})/?\Z")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_KNOCK = 5.0
"""Seconds that a cluster may take to answer at all."""
_CLIENT = 10001


def address_of(on: str) -> tuple[str, int]:
    """Host and port of `ray://HOST:PORT`.

    Raises:
        ReadingsError: it is written otherwise.
    """
    match = _ADDRESS.match(on)
    if match is None or not 0 < int(match[2]) < 65_536:
        raise ReadingsError(
            f"--on {on}: is no place to read on. It is `local`, or ray://HOST:PORT as `ray start --head` tells it."
        )
    return match[1].strip("[]"), int(match[2])


class OnRay:
    """A cluster, joined from this machine of it. Close it; the cluster goes on."""

    def __init__(self, on: str) -> None:
        """Join.

        Raises:
            ReadingsError: Ray is not installed, nobody answers there, or its versions do not agree.
        """
        host, port = address_of(on)
        # Ray tells its makers how it is used, unless it is told not to before it is imported.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        if host in _LOOPBACK:
            # Else Ray takes loopback to mean this machine's address on its network, where such a cluster is not.
            os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        try:
            import ray
        except ImportError as error:
            raise ReadingsError(HOW_TO_GET) from error
        self._ray = ray
        _knock(on, host, port)
        try:
            ray.init(
                address=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                log_to_driver=False,
                logging_level=logging.ERROR,
                configure_logging=False,
            )
        except (ray.exceptions.RayError, RuntimeError, ConnectionError, ValueError, OSError) as error:
            raise ReadingsError(
                f"--on {on}: this machine could not join ({_short(error)}). It must be one of the cluster's: give "
                f"`ray start --address={host}:{port}` on it first, with the same versions of Ray and Python."
            ) from error
        self._run: Any = ray.remote(num_cpus=1, max_retries=0, scheduling_strategy="SPREAD")(_run)
        self._under_way: dict[Any, Any] = {}
        if not self._processors():
            self.close()
            raise ReadingsError(f"--on {on}: the cluster offers no processor (--num-cpus).")

    def _processors(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 0))

    @property
    def width(self) -> int:
        return max(2, 2 * self._processors())

    def start(self, tag: Any, work: Work, given: Any) -> None:
        self._under_way[self._run.remote(work, given)] = tag

    def ended(self) -> list[tuple[Any, Any]]:
        done, _ = self._ray.wait(list(self._under_way), num_returns=1)
        return [(self._under_way.pop(one), self._given(one)) for one in done]

    def _given(self, one: Any) -> Any:
        """What a task gave. Where its own code failed, that is a fault of ours, and goes up."""
        try:
            return self._ray.get(one)
        except self._ray.exceptions.RayTaskError:
            raise
        except self._ray.exceptions.RayError as error:
            return Lost(_short(error))

    def close(self) -> None:
        for one in self._under_way:
            with suppress(self._ray.exceptions.RayError):
                self._ray.cancel(one, force=True)
        self._under_way.clear()
        self._ray.shutdown()


def _run(work: Work, given: Any) -> Any:
    """What a machine of the cluster runs."""
    return work(given)


def _knock(on: str, host: str, port: int) -> None:
    """Whether anybody listens there: Ray itself asks for minutes."""
    try:
        socket.create_connection((host, port), _KNOCK).close()
    except OSError as error:
        raise ReadingsError(
            f"--on {on}: nobody answers there ({error.strerror or error}). Start a cluster with `ray start --head` and "
            "name the address that it tells."
        ) from error
    if port == _CLIENT:
        raise ReadingsError(
            f"--on {on}: port {port} is that of Ray's client. Name the one that `ray start --head` tells, mostly 6379."
        )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
