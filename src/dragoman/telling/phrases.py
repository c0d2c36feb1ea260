"""Events in words: `Russia withdrew peacekeepers from Angola`, never their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.languages.schema.pages import Deed
from dragoman.model.lines import Record
from dragoman.telling.interface import interface
from dragoman.telling.name_book import NameBook
from dragoman.telling.names_in import is_listed
from dragoman.telling.tongue import Side, Tongue, tongue

SENDERS = ("state", "organisation", "person")
FORCES = ("armed_force", "group")


def phrase(
    code: str,
    status: str,
    who: Sequence[Side],
    whom: Sequence[Side],
    place: Side | None,
    language: str,
    by: Side | None = None,
) -> str:
    """What happened as a sentence without its days; `by` is who denies or alleges it, where that is told.

    Names that have a `ref` stand between marks, see `tongue.parted`; `tongue.unmarked` takes these out.
    """
    spoken = tongue(language)
    words = interface(language).words
    whom = _named_once(whom)
    deeds = spoken.grammar.deeds
    deed = deeds.get(code) or deeds.get(code.partition("/")[0])
    told = _done(spoken, deed, status, who, whom) if who and deed else _noun(spoken, deed, code, who, whom)
    if place and not (len(whom) == 1 and spoken.plain(whom[0]) == spoken.plain(place)):
        told += f" {spoken.filled(spoken.grammar.place, place=[place])}"
    if by and (pattern := words.get(f"told by: {status}")):
        return str(pattern).format(deed=told, by=spoken.named([by]))
    return str(words.get(f"told: {status}", "{deed}")).format(deed=told)


def told_event(event: Record, book: NameBook) -> str:
    """A record of an event as a sentence in the language of the book; names between marks, see `tongue.parted`."""
    return phrase(
        code_of(event),
        event["status"],
        [book.side(ref) for ref in event["who"]],
        [book.side(ref) for ref in event["whom"]],
        book.side(event["place"]) if event["place"] else None,
        book.language,
        said_by(event),
    )


def code_of(event: Record) -> str:
    """`RETREAT/withdraw`."""
    return f"{event['type']}/{event['mode']}" if event.get("mode") else str(event["type"])


def said_by(event: Record) -> Side | None:
    """The words that name who alleges or denies an event; None where no source of it says so."""
    words = next(words_of(event, "attributed"), None)
    return Side(words, "state" if is_listed(words) else None) if words else None


def words_of(record: Record, field: str) -> Iterator[str]:
    """The words of a record's evidence that a field was taken from, the first of each sentence."""
    for evidence in record["evidence"]:
        held = evidence["fields"].get(field)
        if held:
            start, end = held if isinstance(held[0], int) else held[0]
            words = evidence["text"][start - evidence["start"] : end - evidence["start"]]
            if start >= evidence["start"] and words:
                yield words


def _done(spoken: Tongue, deed: Deed, status: str, who: Sequence[Side], whom: Sequence[Side]) -> str:
    senders = [s for s in who if s.kind in SENDERS]
    moved = [s for s in who if s.kind in FORCES]
    if deed.sends and senders and len(senders) + len(moved) == len(who):
        subject: Sequence[Side] = senders
        verb = _form(spoken, deed.sends, status, spoken.is_many(subject))
        verb = spoken.filled(verb, what=moved) if moved else _default(verb, deed.what or "")
    else:
        subject = _named_once(who)
        forms = deed.did if whom else deed.alone or deed.did
        verb = _form(spoken, forms, status, spoken.is_many(subject))
    after = f" {spoken.filled(deed.whom, whom=whom)}" if whom else ""
    return f"{spoken.named(subject)} {verb}{after}"


def _form(spoken: Tongue, forms: str, status: str, many: bool) -> str:
    first, _, second = forms.partition(" / ")
    infinitive = spoken.grammar.infinitive
    if infinitive is None:
        return second if many else first
    return f"{infinitive.lead}{second}" if status in infinitive.statuses else first


def _default(verb: str, what: str) -> str:
    head, _, rest = verb.partition("{")
    return head + what + rest.partition("}")[2]


def _named_once(sides: Sequence[Side]) -> list[Side]:
    """Without the states whose own force is named beside them: it says in its name whose it is."""
    forces = [s.name.casefold().split() for s in sides if s.kind in (*FORCES, "organisation")]
    return [s for s in sides if not (s.kind == "state" and any(_belongs(words, s.name) for words in forces))]


ALIKE = 4
"""First letters that a state's name shares with the word for its people: `Azer` in `Azerbaijani army`."""


def _belongs(force: Sequence[str], state: str) -> bool:
    return len(state) >= ALIKE and any(word.startswith(state.casefold()[:ALIKE]) for word in force)


def _noun(spoken: Tongue, deed: Deed | None, code: str, who: Sequence[Side], whom: Sequence[Side]) -> str:
    told = interface(spoken.language).type_word(code)
    if whom:
        told += f" {spoken.filled((deed and deed.of) or spoken.grammar.of, whom=whom)}"
    return f"{spoken.named(_named_once(who))}: {told}" if who else told
