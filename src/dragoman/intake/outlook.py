"""Mails that Outlook saved as .msg, by python-oxmsg."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from oxmsg import Message

from dragoman.intake.budget import Budget, PartReader
from dragoman.intake.found import Found
from dragoman.intake.mail import MAIL_PARTS, Mail, attachment, of_mail
from dragoman.model import SetAside

# What the library and olefile let out on damaged files.
_FAULTS = (
    OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError, IndexError, RecursionError,
    LookupError, ArithmeticError, NotImplementedError,
)  # fmt: skip


def read_msg(path: str, data: bytes, budget: Budget, read: PartReader) -> Iterator[Found | SetAside]:
    """The text of the mail, and its attachments."""
    try:
        message = Message.load(io.BytesIO(data))
        headers = {k.lower(): v for k, v in message.message_headers.items()}
        mail = Mail(
            subject=_whole(message.subject),
            sender=_whole(message.sender),
            date=headers.get("date") or (message.sent_date.isoformat() if message.sent_date else ""),
            plain=_whole(message.body),
            page=_whole(message.html_body),
            bulk="list-unsubscribe" in headers or "list-id" in headers,
        )
        attached = [
            (_whole(a.file_name), a.file_bytes or b"") for a in islice(message.attachments, MAIL_PARTS)
        ]
    except _FAULTS as error:
        yield SetAside(
            path=path,
            reason=f"is no Outlook mail that could be read ({str(error)[:200]})",
            hint="Save it as .eml.",
        )
        return
    found = of_mail(path, mail)
    if isinstance(found, Found) or not attached:
        yield found
    for number, (name, content) in enumerate(attached, start=1):
        yield from attachment(f"{path}#{number}", name, content, mail, budget, read)


def _whole(text: str | None) -> str:
    """A text without the zeros that some programs fill its place with."""
    return (text or "").rstrip("\0")
