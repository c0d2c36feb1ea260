"""A reading as one line of `dragoman annotate`: plain JSON, offsets into the text as it came."""

from __future__ import annotations

from dragoman.model import Arg, Reading, When
from dragoman.model.lines import Json


def annotation(name: str | int, reading: Reading, explain: bool = False) -> Json:
    """The marks of one text. `name` is the caller's id for it; every span is `[start, end]`.

    With `explain`, each mark also tells the rule that made it, events and times how sure and why. Where a stage of
    reading failed, `faults` says which and how; what it would have given is empty. Of a text that is too long,
    `read_until` says how many of its code points were read; `marked_until`, in how many events and statements were
    looked for, where there are too many of them.
    """
    marks = _marks(name, reading)
    if reading.read_until is not None:
        marks["read_until"] = reading.read_until
    if reading.marked_until is not None:
        marks["marked_until"] = reading.marked_until
    if reading.faults:
        marks["faults"] = [{"stage": f.stage, "message": f.message} for f in reading.faults]
    if explain:
        for mark, figure in zip(marks["figures"], reading.figures, strict=True):
            mark["rule"] = figure.rule
        for mark, said in zip(marks["statements"], reading.statements, strict=True):
            mark["rule"] = said.rule
        for mark, time in zip(marks["times"], reading.times, strict=True):
            mark |= {"basis": time.basis, "why": time.why}
        for mark, event in zip(marks["events"], reading.events, strict=True):
            mark |= {
                "rule": event.rule,
                "contexts": list(event.contexts),
                "attributed": _span(event.attributed),
                "why_when": event.when.why if event.when else None,
            }
    return marks


def _marks(name: str | int, reading: Reading) -> Json:
    return {
        "id": name,
        "language": reading.language,
        "names": [
            {
                "start": m.start,
                "end": m.end,
                "type": reading.entities[m.entities[0]].type if m.entities else None,
                "name": reading.entities[m.entities[0]].name if m.entities else m.text,
            }
            for m in reading.mentions
            if m.kind in ("name", "demonym")
        ],
        "times": [
            {
                "start": t.start,
                "end": t.end,
                "type": t.type,
                "value": t.value,
                "first": t.first,
                "last": t.last,
            }
            for t in reading.times
        ],
        "figures": [
            {
                "start": f.start,
                "end": f.end,
                "measure": f.measure,
                "low": f.low,
                "high": f.high,
                "unit": f.unit,
                "approx": f.approx,
            }
            for f in reading.figures
        ],
        "statements": [
            {
                "speaker": _span(s.speaker),
                "cue": list(s.cue) if s.cue else None,
                "content": [list(c) for c in s.content],
                "quote": s.quote,
                "stance": s.stance,
            }
            for s in reading.statements
        ],
        "events": [
            {
                "trigger": list(e.trigger),
                "type": e.type,
                "mode": e.mode,
                "status": e.status,
                "who": [[a.start, a.end] for a in e.who],
                "whom": [[a.start, a.end] for a in e.whom],
                "place": _span(e.place),
                "when": _when(e.when),
                "confidence": e.confidence,
                "sure": {f: getattr(e.sure, f) for f in e.sure.__struct_fields__} if e.sure else None,
            }
            for e in reading.events
        ],
    }


def _span(arg: Arg | None) -> list[int] | None:
    return [arg.start, arg.end] if arg else None


def _when(when: When | None) -> Json | None:
    return {"start": when.start, "end": when.end, "basis": when.basis} if when else None
