"""What has come into a list since a person last looked at it.

Articles are numbered in the order in which they came, see `seen`; what is told in no older article is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dragoman.store import tables as t
from dragoman.store.questions import AT_ONCE

MOST = 3_000
"""Articles that are looked at; where more have come, only that there are more is told."""

_ROWID: sa.ColumnClause[int] = sa.literal_column("article.rowid", sa.Integer)


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """When a person marked a list as seen (an ISO moment in UTC), and the number of the last article then."""

    at: str
    articles: int


def last_look(connection: sa.Connection, address: str, who: str) -> Look | None:
    """The last look of a person at the list of an address; None where there was none."""
    value = connection.execute(sa.select(t.note.c.value).where(t.note.c.key == _key(address, who))).scalar()
    return msgspec.json.decode(value, type=Look) if value else None


def look(connection: sa.Connection, address: str, who: str, at: str) -> None:
    """Mark what is in a list as seen."""
    value = msgspec.json.encode(Look(at=at, articles=last_article(connection))).decode()
    written = insert(t.note).values(key=_key(address, who), value=value)
    connection.execute(written.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def last_article(connection: sa.Connection) -> int:
    """The number of the article that came last; 0 where there is none."""
    last = sa.select(sa.func.coalesce(sa.func.max(_ROWID), 0)).select_from(t.article)
    return int(connection.execute(last).scalar_one())


def came_after(connection: sa.Connection, number: int) -> list[str]:
    """Ids of the articles that came after the one of a number, `MOST` and one of them at most, in their order."""
    query = sa.select(t.article.c.id).where(number < _ROWID).order_by(_ROWID)
    return list(connection.execute(query.limit(MOST + 1)).scalars())


def told_by(connection: sa.Connection, articles: Sequence[str]) -> list[int]:
    """Numbers of the records that these articles tell, alone or with others."""
    found: set[int] = set()
    for start in range(0, len(articles), AT_ONCE):
        query = sa.select(t.told_in.c.number).where(
            t.told_in.c.article.in_(articles[start : start + AT_ONCE])
        )
        found.update(connection.execute(query).scalars())
    return sorted(found)


def _key(address: str, who: str) -> str:
    """A name of a note that tells neither how long an address is nor who looked."""
    told = f"{who}\n{address}".encode(errors="replace")
    return f"looked {blake2b(told, digest_size=16).hexdigest()}"
