"""The people of a case: their names, their roles, and of their keys only what tells a right one from a wrong one.

They are kept in a file of their own beside the case, `inquiry.case.people`: a case is one file that is copied, handed
on and published, and no key may travel with it. The file is read anew whenever it has changed, so whoever is removed
is out at once, also while a server runs.
"""

from __future__ import annotations

import fcntl
import hmac
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec.structs import replace

from dragoman.store.errors import CaseError
from dragoman.telling.writing import write_whole

Role = Literal["reader", "analyst", "editor"]

ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do all that those before it may; what that is, `rights` says."""

LONGEST = 60
"""Code points of a name."""

MOST = 200
"""People of a case; a key is held against all of them."""

SIZE = 2**20
"""Bytes of the file, at most."""

KEY = 24
"""Random bytes of a key, which is made here and never chosen: no guessing reaches it, so a quick hash is enough, and a
stranger who tries keys costs no more than one who asks for a picture."""

NOT_IN_NAMES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that a name has none of: controls, marks that turn the direction of a line, what nobody sees."""


class NotSo(ValueError):
    """Nothing was changed in the list of people; the message says why, and what can be done."""


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the people. `hash` is of the key with `salt`, both hexadecimal; `since`: when the key was made."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
    role: Role
    salt: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    hash: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
    since: Annotated[str, msgspec.Meta(max_length=40)]

    def has(self, key: str) -> bool:
        """True where this is their key; it takes as long where it is not."""
        return hmac.compare_digest(_hashed(key, self.salt), self.hash)


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dragoman: Literal["people"] = "people"
    version: Literal[1] = 1
    people: Annotated[tuple[Member, ...], msgspec.Meta(max_length=MOST)] = ()


def _hashed(key: str, salt: str) -> str:
    return blake2b(
        key.encode("utf-8", "replace"), salt=bytes.fromhex(salt), person=b"dragoman-key"
    ).hexdigest()


class Team:
    """The people of the case at a path. Each question is answered by the file as it is at that moment."""

    def __init__(self, case: Path) -> None:
        case = Path(os.path.realpath(case))  # a link to a case has no other people than the case
        self.path = case.with_name(f"{case.name}.people")
        self._read_last: tuple[tuple[int, ...], tuple[Member, ...]] = (
            (),
            (),
        )  # changed as one: threads ask too
        self._were_any = False

    def members(self) -> tuple[Member, ...]:
        """Everybody, by name.

        Raises:
            CaseError: the file is there and cannot be read, or is no list of people.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._unread(error.strerror or "") from error
        state = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        known, members = self._read_last
        if state != known:
            members = self._read()
            self._read_last = (state, members)
        self._were_any = self._were_any or bool(members)
        return members

    def _read(self) -> tuple[Member, ...]:
        try:
            with self.path.open("rb") as file:
                content = file.read(SIZE + 1)
            if len(content) > SIZE:
                raise self._unread(f"it is longer than {SIZE} bytes")
            people = msgspec.json.decode(content, type=_Kept).people
        except OSError as error:
            raise self._unread(error.strerror or "") from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self._unread(str(error)) from error
        if len({_alike(member.name) for member in people}) < len(people):
            raise self._unread("two have one name")
        return tuple(sorted(people, key=lambda m: (m.name.casefold(), m.name)))

    def _unread(self, why: str) -> CaseError:
        return CaseError(
            f"{self.path}: the people of the case cannot be read ({why}), so nobody is let in. Put a copy of the file "
            "in its place, or move it away and add the people anew: dragoman people CASE add NAME"
        )

    def is_named(self) -> bool:
        """True where people are named for the case, or were since this was made: who takes the last of them out, or
        loses the file, opens the case to nobody."""
        return bool(self.members()) or self._were_any

    def owner_of(self, key: str) -> Member | None:
        """Whose key this is. It is held against everybody's, so that the time tells nothing."""
        right = [member for member in self.members() if member.has(key)]
        return right[0] if right else None

    def add(self, name: str, role: Role) -> str:
        """Add a person. Returns their key, which is kept nowhere.

        Raises:
            NotSo: the name is none, or taken, or there are too many.
            CaseError: the file cannot be read or written.
        """
        name = _named(name)
        with self._changing() as members:
            if taken := next((m.name for m in members if _alike(m.name) == _alike(name)), None):
                raise NotSo(f"{taken} is there already; for another key: dragoman people CASE key {taken!r}")
            if len(members) >= MOST:
                raise NotSo(f"there are {MOST} people already, and no more can be.")
            member, key = _with_new_key(Member(name=name, role=role, salt="", hash="", since=""))
            self._write([*members, member])
        return key

    def renew_key(self, name: str) -> str:
        """Give a person another key, which is returned; the one before opens nothing any more.

        Raises:
            NotSo: nobody has the name.
            CaseError: the file cannot be read or written.
        """
        with self._changing() as members:
            member, key = _with_new_key(_one(members, name))
            self._write([member if m.name == member.name else m for m in members])
        return key

    def set_role(self, name: str, role: Role) -> None:
        """Raises `NotSo`, `CaseError` as `renew_key` does."""
        with self._changing() as members:
            member = replace(_one(members, name), role=role)
            self._write([member if m.name == member.name else m for m in members])

    def remove(self, name: str) -> None:
        """Raises `NotSo`, `CaseError` as `renew_key` does."""
        with self._changing() as members:
            gone = _one(members, name)
            self._write([m for m in members if m is not gone])

    @contextmanager
    def _changing(self) -> Iterator[tuple[Member, ...]]:
        """Everybody as they are now; nobody else changes the list meanwhile."""
        try:
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as error:
            raise CaseError(f"{self.path.parent}: cannot be read ({error.strerror}).") from error
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield self.members()
        finally:
            os.close(folder)

    def _write(self, members: list[Member]) -> None:
        content = msgspec.json.format(msgspec.json.encode(_Kept(people=tuple(members))), indent=1) + b"\n"
        try:
            write_whole(self.path, [content], private=True)
        except OSError as error:
            raise CaseError(
                f"{self.path}: cannot be written ({error.strerror}). Check the folder's permissions."
            ) from error


def _named(name: str) -> str:
    """A name as it is kept."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST or any(unicodedata.category(c) in NOT_IN_NAMES for c in name):
        raise NotSo(f"a name has 1 to {LONGEST} letters, and no signs that nobody sees.")
    return name


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _one(members: tuple[Member, ...], name: str) -> Member:
    found = next((m for m in members if _alike(m.name) == _alike(" ".join(name.split()))), None)
    if found is None:
        there = ", ".join(m.name for m in members) or "nobody yet"
        raise NotSo(f"nobody of this case is called {name!r}; there are: {there}.")
    return found


def _with_new_key(member: Member) -> tuple[Member, str]:
    key, salt = secrets.token_urlsafe(KEY), secrets.token_hex(16)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return replace(member, salt=salt, hash=_hashed(key, salt), since=now), key
