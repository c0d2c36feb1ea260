"""Templates -> pages, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dragoman.model.lines import Record
from dragoman.model.settable import VIEWED
from dragoman.model.sureness import RIGHT
from dragoman.telling.calendar import long_day, moment, said_days, stretch
from dragoman.telling.citing import note_text, quoted, reference
from dragoman.telling.interface import Interface, interface, language_for, to_say
from dragoman.telling.names_in import name_in
from dragoman.telling.phrases import phrase, said_by
from dragoman.telling.promises import stands
from dragoman.telling.tongue import Side, parted, tongue, unmarked
from dragoman.workbench.choices import shows_doubtful
from dragoman.workbench.cookies import forget, kept
from dragoman.workbench.menu import group_of, groups_for
from dragoman.workbench.offered import offered
from dragoman.workbench.rights import act_of, may, may_undo, person_of
from dragoman.workbench.safety import ONLY_LOOKING

if TYPE_CHECKING:
    from dragoman.workbench.jobs import Served
    from dragoman.workbench.notes import Notes
    from dragoman.workbench.safety import Guard


class _Fields(Environment):
    """Looks for what a template names among the keys of a dictionary first: most are, and an attribute that a
    dictionary lacks is slow to miss."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    """The templates, compiled once a process: they hold nothing of a case."""
    return _Fields(
        loader=PackageLoader("dragoman.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Show:
    """What all pages share: the case's title, the form token, the words of the interface."""

    def __init__(self, title: str, guard: Guard, served: Served, notes: Notes) -> None:
        self.title = title
        self.guard = guard
        self.served = served
        self.notes = notes
        self.environment = _environment()

    def words(self, request: Request) -> tuple[Callable[..., str], str]:
        """`say(text, **values)` in the language of who asks, and its code."""
        language = language_for(request.headers.get("accept-language", ""))
        return interface(language).say, language

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page; `context` are its names."""
        language = language_for(request.headers.get("accept-language", ""))
        face = interface(language)
        person = person_of(request)
        note = self.notes.take(kept("note", request))

        def link(**changes: Any) -> str:
            """The address of this page with other parameters; a value of None takes one out."""
            same = [
                (k, v) for k, v in request.query_params.multi_items() if k not in changes and k != "ticked"
            ]
            return "?" + urlencode(same + [(k, str(v)) for k, v in changes.items() if v is not None])

        told: dict[int, str] = {}  # events in words, which a page may say in a list and in a drawing
        marks = cache(lambda: self.served.marks)  # asked by every fact of the page, and by no page of a fault
        html = self.environment.get_template(template).render(
            case=self.title,
            linking=self.served.under_way,
            problem=self.served.problem,
            token=self.guard.token(request),
            visitor=person,
            may=lambda act: may(person, act),
            may_decide=lambda kind: may(person, act_of(kind)),
            may_undo=lambda who: may_undo(person, who),
            language=language,
            say=face.say,
            long_day=lambda day: long_day(day, face),
            moment=lambda at: moment(at, face),
            many=face.many,
            kind_of=face.type_word,
            said_day=lambda day: said_days(day, face),
            when_of=lambda fact: when_of(fact, face),
            by_then=lambda day: by_then(day, face),
            stretch=lambda value: stretch(value, face),
            amount=lambda fact: amount(fact, face),
            amount_of=face.number,
            called=lambda named: called(named, language),
            listed=lambda some: ", ".join(called(named, language) for named in some),
            office=face.office,
            quoted=lambda words: quoted(words, face),
            matter=lambda dispute: matter(dispute, face),
            says=lambda fact: says(fact, face),
            stands=lambda record: stands(record, face),
            revision=lambda value: revision(value, face),
            citation=lambda article, fact: citation(article, fact, face, str(request.base_url)),
            marks_of=lambda record: marks().of(record),
            tags_in_use=lambda: marks().tags(),
            STEP_WORDS=STEP_WORDS,
            sureness=lambda fact: sureness(fact, face),
            shows_doubtful=shows_doubtful(request),
            deed=lambda fact, plain=False: deed(fact, language, plain, told),
            link=link,
            here=request.url.path if request.method == "GET" else "",
            there=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            note=note,
            read_only=ONLY_LOOKING if self.guard.read_only else "",
            groups=groups_for(person),
            keeps=request.method == "GET"
            and status == 200
            and request.url.path in ("/", *VIEWED)
            and may(person, act_of("view")),
            pulse=self.served.last_linked if status == 200 and self.served.kept else None,
            acts=[
                kind
                for kind in (offered(request.url.path) if request.method == "GET" and status == 200 else ())
                if may(person, act_of(kind))
            ],
            group=group_of(request.url.path) if request.method == "GET" else "",
            query=dict(request.query_params),
            **context,
        )
        answer = HTMLResponse(html, status, headers={"Vary": "Accept-Language", "Content-Language": language})
        if note:
            forget(answer, request, "note")
        return answer


def called(named: Record, language: str) -> str:
    """What a reader calls an actor or a place: a state by its name in their language."""
    return name_in(named["name"], named.get("type") or named.get("kind"), language)


def matter(dispute: Record, face: Interface) -> str:
    """What a dispute is about; of numbers its measure in the reader's language: `dead: the war of 2020`."""
    measure, of, rest = dispute["about"].partition(" of ")
    word = face.type_word(measure)
    return f"{word}{face.say(':')} {rest}" if of and word != measure else str(dispute["about"])


def when_of(fact: Record, face: Interface) -> str:
    """The days of a fact in words; of what was done or said by a day it is not told that it went on until then."""
    return (by_then if fact["kind"] in ("event", "statement", "entry") else said_days)(fact["day"], face)


def by_then(day: str, face: Interface) -> str:
    """The days of what was done or said once: `until` a day is by then."""
    latest = day.removeprefix("until ")
    return (
        face.say(to_say("by {day}"), day=said_days(latest, face)) if latest != day else said_days(day, face)
    )


def says(fact: Record, face: Interface) -> str:
    """The verb of a statement, as who speaks wants it: `says`, `deny`; where nobody is named, `It is said`."""
    stance, who = fact["record"]["stance"], [_side(n) for n in fact["who"]]
    if not who:
        return face.say(f"stance of nobody: {stance}")
    many = tongue(face.language).is_many(who)
    return face.say(f"stance of many: {stance}" if many else f"stance: {stance}")


def amount(fact: Record, face: Interface) -> str:
    """A figure with its bounds, its unit and what it counts, in the reader's language."""
    said = face.amount(fact["record"])
    return f"{said}, {fact['about']}" if fact["about"] else said


_REVISED = re.compile(
    r"(?P<bound>>= |<= |at least |at most |about )?(?P<amount>\d+(?:\.\d+)?)(?: to (?P<most>\d+(?:\.\d+)?))?"
    r"(?: (?P<unit>\D.*))?"
)


def revision(value: str | None, face: Interface) -> str:
    """A number of a line or a dispute as readers write it: `>= 70000 people` -> `at least 70,000 people`."""
    told = _REVISED.fullmatch(value or "")
    if told is None:
        return said_days(value or "", face)
    amount, bound = float(told["amount"]), (told["bound"] or "").strip()
    least = None if bound in ("<=", "at most") else amount
    most = None if bound in (">=", "at least") else float(told["most"] or amount)
    return face.amount({"low": least, "high": most, "unit": told["unit"], "approx": bound == "about"})


STEP_WORDS = {"sure": to_say("sure"), "fair": to_say("fairly sure"), "doubtful": to_say("doubtful")}
"""The steps of `model.sureness` as texts of the interface."""


def sureness(fact: Record, face: Interface) -> str:
    """How often what is as sure as a fact was found to be right, in a sentence."""
    if fact["confidence"] == 1:
        return face.say("A person said that it is right.")
    share = RIGHT[fact["step"]]
    return face.say(
        "in whole articles {n} of 100 such events were right in everything told", n=round(100 * share)
    )


def citation(article: Record, fact: Record, face: Interface, base: str) -> str:
    """What is copied to cite a fact: its words, their source and the fact's own address, which stand alone."""
    address = f"{base}fact/{fact['id']}"
    return f"{quoted(fact['words'], face)} {note_text(reference(article), face, address)}"


def deed(fact: Record, language: str, plain: bool, known: dict[int, str]) -> Markup:
    """An event as a sentence whose names lead to who and where they are; `plain`: without links. `known`: what was told
    of the facts of this page, which is added to."""
    told = known.get(id(fact))
    if told is None:
        who, whom, place = ([_side(n) for n in fact[role]] for role in ("who", "whom", "place"))
        at, by = place[0] if place else None, said_by(fact["record"])
        told = known[id(fact)] = phrase(fact["code"], fact["status"], who, whom, at, language, by)
    if plain:
        return escape(unmarked(told))
    return Markup("".join(_linked(ref, escape(words)) for ref, words in parted(told)))


def _linked(ref: str | None, words: Markup) -> str:
    return f'<a href="/actors/{escape(ref)}"><bdi>{words}</bdi></a>' if ref else words


def _side(named: Record) -> Side:
    return Side(named["name"], named["kind"] or "group", named["id"]) if named["id"] else Side(named["name"])
