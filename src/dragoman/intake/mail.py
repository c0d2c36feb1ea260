"""Mail: a newsletter, or an article that somebody sent on."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from dragoman.intake.days import read_stamp
from dragoman.intake.decode import NotTextError, decode
from dragoman.intake.found import DayFound, Found
from dragoman.intake.lines import Cut, lines_of
from dragoman.intake.page_facts import squeeze
from dragoman.intake.pages import fragment_text, read_page
from dragoman.intake.wording import mail_lines
from dragoman.model import SetAside

_PARTS = 200
_SUBJECT = re.compile(r"^\s{0,9}(?:[^\W\d_]{1,4}(?:\[\d{1,3}\])?\s?:\s{0,3}){1,9}(?=\S)")
_QUOTED = re.compile(r"(?m)^(?:>[ \t]?){1,20}")
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_BULK = ("List-Unsubscribe", "List-Id", "List-Post", "Feedback-ID")


def read_mail(path: str, data: bytes) -> Iterator[Found | SetAside]:
    """The text of a mail. Its `Date` is the day of publication only where it went to a list of readers:

    a single person's mail may carry an article of any age.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        yield _article(path, message)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        yield SetAside(path=path, reason=f"is no mail that could be read ({error})")


def _article(path: str, message: EmailMessage) -> Found | SetAside:
    plain = page = ""
    for part in [p for _, p in zip(range(_PARTS), message.walk(), strict=False)]:
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/plain" and not plain:
            plain = _text(part)
        elif kind == "text/html" and not page:
            page = _text(part)
    text = plain.strip()
    if page:
        read = read_page(path, page)
        marked = read.text if isinstance(read, Found) else fragment_text(page)
        text = marked if len(marked) > 0.5 * len(text) else text
    if not text.strip():
        return SetAside(
            path=path, reason="the mail has no text part", hint="Attachments are not read; save them."
        )
    bulk = any(message.get(name) for name in _BULK) or (message.get("Precedence") or "").lower() in (
        "bulk",
        "list",
    )
    day = read_stamp(message.get("Date")) if bulk else None
    sender = parseaddr(str(message.get("From") or ""))[0] if bulk else ""
    return Found(
        path=path,
        text=text,
        cuts=tuple(_envelope(text)),
        source="mail",
        title=squeeze(_SUBJECT.sub("", str(message.get("Subject") or ""))),
        outlet=squeeze(sender),
        published=DayFound(day, "the newsletter was sent on this day") if day else None,
    )


def _envelope(text: str) -> Iterator[Cut]:
    """Marks of quotation, the heads of mails sent on, and the signature below `-- `."""
    signature = _SIGNATURE.search(text)
    end = signature.start() if signature else len(text)
    if signature:
        yield Cut(end, len(text), "signature of the mail")
    for mark in _QUOTED.finditer(text, 0, end):
        yield Cut(*mark.span())
    for line in lines_of(text[:end]):
        if mail_lines().reason(line.text.lstrip("> ")) is not None:
            yield Cut(line.start, line.end, "line of the mail that carries the article")


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return decode(data, part.get_content_charset())
    except NotTextError:
        return ""
