"""How often a wrong key may be given: a few times at once, then ever more seldom.

What is counted stays in memory. A key names nobody until it is right, so wrong ones are counted by the address that
they come from, and for the name that the server is asked by, from wherever they come; a wrong key counts for both.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

FREE = 5
"""Wrong keys from an address before one has to wait."""

FREE_OF_ALL = 50
"""Wrong keys for a name of the server, from all addresses, before one has to wait."""

FIRST = 2.0
"""Seconds of the first wait; each further wrong key doubles it."""

LONGEST = 900.0
"""Seconds that one waits at most."""

LONGEST_OF_ALL = 30.0
"""The same where many addresses gave wrong keys: a stranger shall not keep out those who have theirs."""

FORGOTTEN = 3600.0
"""Seconds after which wrong keys are no longer counted, from the last one on."""

HELD = 10_000
"""Addresses and names that are counted at once; the one that has been silent longest goes first."""


@dataclass(slots=True)
class _Wrong:
    n: int
    last: float


class Attempts:
    """Wrong keys of late. `clock`: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[tuple[str, str], _Wrong] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str, name: str) -> int:
        """Seconds until a key from an address is tried again; 0 where it is tried at once."""
        now = self._clock()
        with self._lock:
            left = max(
                self._left(("address", network(address)), FREE, LONGEST, now),
                self._left(("name", name), FREE_OF_ALL, LONGEST_OF_ALL, now),
            )
        return ceil(left)

    def wrong(self, address: str, name: str) -> None:
        """Count a wrong key."""
        now = self._clock()
        with self._lock:
            for key in (("address", network(address)), ("name", name)):
                known = self._held.pop(key, None)
                n = known.n if known and now - known.last < FORGOTTEN else 0
                self._held[key] = _Wrong(n + 1, now)
            while len(self._held) > HELD:
                self._held.popitem(last=False)

    def right(self, address: str) -> None:
        """Forget the wrong keys of an address from which the right one came."""
        with self._lock:
            self._held.pop(("address", network(address)), None)

    def _left(self, key: tuple[str, str], free: int, longest: float, now: float) -> float:
        known = self._held.get(key)
        if known is None or known.n < free or now - known.last >= FORGOTTEN:
            return 0.0
        wait = min(longest, FIRST * 2.0 ** min(known.n - free, 30))
        return max(0.0, known.last + wait - now)


def network(address: str) -> str:
    """What addresses of one household or firm have in common: all of IPv4, the first 64 bits of IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
