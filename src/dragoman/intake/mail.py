"""Mail: a newsletter, a notice to the press, an article that somebody sent on, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from dragoman.intake.budget import Budget, PartReader
from dragoman.intake.days import find_days, read_stamp
from dragoman.intake.decode import NotTextError, decode, tidy
from dragoman.intake.found import DayFound, Found
from dragoman.intake.headers import BoundedHeaders, any_of, header
from dragoman.intake.kinds import ending, passed_over
from dragoman.intake.lines import Cut, lines_of
from dragoman.intake.packed import part_name
from dragoman.intake.page_facts import squeeze
from dragoman.intake.pages import fragment_text, read_page
from dragoman.intake.wording import label, mail_lines
from dragoman.model import SetAside

MAIL_PARTS = 200
"""Most parts of one mail that are looked at."""
_SUBJECT = re.compile(r"^\s{0,9}(?:[^\W\d_]{1,4}(?:\[\d{1,3}\])?\s?:\s{0,3}){1,9}(?=\S)")
_QUOTED = re.compile(r"(?m)^(?:>[ \t]?){1,20}")
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_BULK = ("List-Unsubscribe", "List-Id", "List-Post", "Feedback-ID")
# What `email` lets out on damaged mails, as its issue list shows.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
_LABEL = 20
"""Code points among which a line of a mail's head has its colon."""
_SENT_ON = 2
"""Fewest lines of a mail's head within its text ("From: ...", "Date: ...") that show a mail that was sent on."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says. `plain` and `page` are its text, as text and as markup; `bulk`: sent to a list."""

    subject: str
    sender: str
    date: str
    plain: str
    page: str
    bulk: bool


def read_mail(path: str, data: bytes, budget: Budget, read: PartReader) -> Iterator[Found | SetAside]:
    """The text of a mail, then its attachments, numbered from 1, a mail that was sent on as one too."""
    try:
        message = BytesParser(policy=BoundedHeaders()).parsebytes(data)
    except _FAULTS as error:
        yield SetAside(path=path, reason=f"is no mail that could be read ({str(error)[:200]})")
        return
    yield from _of_message(path, message, budget, read)


def _of_message(path: str, message: Message, budget: Budget, read: PartReader) -> Iterator[Found | SetAside]:
    texts: dict[str, str] = {}
    charset: str | None = None
    attached: list[Message] = []
    more = False
    for number, part in enumerate(_parts(message)):
        if number >= MAIL_PARTS:
            more = True
            break
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not _is_attached(part):
            if kind not in texts:
                charset = charset or _charset(part)
                texts[kind] = _text(part)
        elif not (kind.startswith("image/") and part.get("Content-ID") and not _is_attached(part)):
            attached.append(part)
    mail = Mail(
        subject=header(message, "Subject", charset),
        sender=header(message, "From", charset),
        date=header(message, "Date"),
        plain=texts.get("text/plain", ""),
        page=texts.get("text/html", ""),
        bulk=any_of(message, _BULK) or header(message, "Precedence").lower() in ("bulk", "list"),
    )
    found = of_mail(path, mail)
    if isinstance(found, Found) or not attached:
        yield found
    for number, part in enumerate(attached, start=1):
        yield from _attached(f"{path}#{number}", part, mail, budget, read)
    if more:
        yield SetAside(
            path=f"{path}#more", reason=f"the mail has more than {MAIL_PARTS} parts", hint="Save them."
        )


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail within the mail is one."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack += reversed(_inner(part))
        else:
            yield part


def _inner(part: Message) -> list[Message]:
    """The parts of a part of several; `get_payload` decodes the others, and stumbles over damaged ones."""
    held = part.get_payload() if part.is_multipart() else []
    return [p for p in held if isinstance(p, Message)] if isinstance(held, list) else []


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _attached(
    path: str, part: Message, mail: Mail, budget: Budget, read: PartReader
) -> Iterator[Found | SetAside]:
    inner = _inner(part)
    if part.get_content_type() == "message/rfc822" and inner:
        if not budget.enter():
            yield SetAside(
                path=path, reason=f"lies more than {budget.depth} containers deep", hint="Save it."
            )
            return
        yield from _of_message(path, inner[0], budget, read)
        budget.leave()
        return
    content = _payload(part)
    kinds = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
    name = _file_name(part) or f"part{kinds.get(part.get_content_type(), '')}"
    yield from attachment(path, name, content, mail, budget, read)


def _file_name(part: Message) -> str:
    try:
        return tidy(part.get_filename() or "")
    except _FAULTS:
        return ""


def attachment(
    path: str, name: str, content: bytes, mail: Mail, budget: Budget, read: PartReader
) -> Iterator[Found | SetAside]:
    """What an attached file holds. Its name is no date; it was written on the day of the mail at the latest."""
    shown = f"{path}/{part_name(name)}"
    if reason := passed_over(part_name(name).rsplit("/", 1)[-1]):
        yield SetAside(path=shown, reason=reason[0], hint=reason[1])
        return
    if not budget.take(len(content)):
        yield SetAside(path=shown, reason="lies beyond what one mail may unpack to", hint="Save it.")
        return
    sent = read_stamp(mail.date)
    until = DayFound(sent, "the mail that it is attached to was sent on this day", "until") if sent else None
    for found in read(shown, ending(name), content, budget):
        if isinstance(found, Found) and found.published is None:
            yield replace(found, published=until)
        else:
            yield found


def of_mail(path: str, mail: Mail) -> Found | SetAside:
    """The article of a mail's text."""
    text = mail.plain.strip()
    if mail.page:
        read = read_page(path, mail.page)
        marked = read.text if isinstance(read, Found) else fragment_text(mail.page)
        text = marked if len(marked) > 0.5 * len(text) else text
    if not text.strip():
        return SetAside(path=path, reason="the mail has no text part")
    title = tidy(mail.subject)
    return Found(
        path=path,
        text=text,
        cuts=tuple(_envelope(text)),
        source="mail",
        title=squeeze(_SUBJECT.sub("", title)),
        outlet=squeeze(parseaddr(mail.sender)[0]) if mail.bulk else None,
        published=_day(mail, text),
    )


def _day(mail: Mail, text: str) -> DayFound | None:
    """The day of a mail's text: of one that was sent on its own day, else the day it was sent.

    Where somebody else's words are quoted, and nothing says when they were written, that is the latest.
    """
    shown = [line.text.lstrip("> ") for line in lines_of(text)]
    heads = [line for line in shown if ":" in line[:_LABEL] and _is_head(line)]
    inner = [day for line in heads if (day := _sent(line))]
    if inner and len(heads) >= _SENT_ON:
        return DayFound(inner[-1], "the mail that was sent on gives this day")
    day = read_stamp(mail.date)
    if day is None:
        return None
    if mail.bulk:
        return DayFound(day, "the newsletter was sent on this day")
    if len(heads) >= _SENT_ON or text.lstrip().startswith(">"):
        return DayFound(day, "the mail that carries it was sent on this day", "until")
    return DayFound(day, "the mail was sent on this day")


def _is_head(line: str) -> bool:
    return mail_lines().reason(line.lstrip("> ")) is not None


def _sent(line: str) -> str | None:
    match = label("mail_date").match(line)
    if match is None:
        return None
    days = find_days(line[match.end() :], "und")
    return days[0].day if days else read_stamp(line[match.end() :])


def _envelope(text: str) -> Iterator[Cut]:
    """Marks of quotation, the heads of mails sent on, and the signature below `-- `."""
    signature = _SIGNATURE.search(text)
    end = signature.start() if signature else len(text)
    if signature:
        yield Cut(end, len(text), "signature of the mail")
    for mark in _QUOTED.finditer(text, 0, end):
        yield Cut(*mark.span())
    for line in lines_of(text[:end]):
        if _is_head(line.text):
            yield Cut(line.start, line.end, "line of the mail that carries the article")


def _text(part: Message) -> str:
    try:
        return decode(_payload(part), _charset(part))
    except NotTextError:
        return ""


def _payload(part: Message) -> bytes:
    """The bytes of a part; none where its coding is damaged."""
    try:
        data = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    """The charset that a part states, if it can be read at all: it may hold anything."""
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None
