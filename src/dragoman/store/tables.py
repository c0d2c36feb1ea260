"""The tables of a case. `migrations/` makes them; this module only names them for queries.

What was read (`article`, `set_aside`) and what people decided (`decision`) is the truth of a case.
The rest is computed from them by linking, and of that only what changed is written: `record` and what it is
found by, then what is counted from those (`cube`, `busy`, `pair`, `company`, `spot`), so that no page counts a
million rows; `doubt` is what linking leaves to people.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

note = Table(
    "note",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts about the case itself: `version` counts the changes of what linking depends on, `linked` is the
version from which the computed tables were made, `rules` says by which code their rows were made of records,
`renewed` counts how often they were."""

article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("outlet", String),
    Column("content", LargeBinary, nullable=False),  # msgpack of model.Article, see `packing`
    Column(
        "text", Text, nullable=False
    ),  # "" but in rows that older versions wrote, whose `content` lacks it
    Column("reading", LargeBinary, nullable=False),  # msgpack of model.Reading, see `packing`
    Column("vector", LargeBinary),  # of headline and lead, see `packing`
    Column("digest", LargeBinary),  # of the row, see `whole`
)

article_path = Table(
    "article_path",
    metadata,
    Column("article", String, ForeignKey("article.id"), primary_key=True),
    Column("path", String, primary_key=True),
)
"""Every place where an article was found; one text under two names is one article with two paths."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("path", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("hint", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),  # msgpack of model.Decision
    Column("undone", Integer, nullable=False, default=0),
    Column("digest", LargeBinary),  # of the row, see `whole`
    Column("undone_by", String),  # who took it back, and when; null where that is not known
    Column("undone_when", String),
)

record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True),  # made of its kind and id; the row of `record_words`
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("type", String),  # or measure; of a promise how it stands, see `model.standing`
    Column("mode", String),
    Column("status", String),
    Column("first", String),  # first day of its stretch, ISO; null where open or unknown
    Column("last", String),
    Column("stretch", String, nullable=False),  # its place in time, see `stretch_of`
    Column("length", Integer),  # its class of length, see `length_of`; null for a day, and for no day
    Column("made", String),  # first day of a commitment's making
    Column("known_from", String),
    Column("place", String),
    Column("languages", String, nullable=False),  # of its articles, each between blanks: " en fr "
    Column("confidence", Float),
    Column("independent", Integer),
    Column("name", Text),  # what lists call it: the name of an actor or place, the source of an article
    Column("content", LargeBinary, nullable=False),  # JSON, one line of the export, see `packing`
    Column("digest", Integer, nullable=False),  # of that line, see `rows.digest_of`
    Column("weight", Float),  # of an entry of the chronology
    Column("doubtful", Integer, nullable=False),  # 1 for an entry or event that is left out by default
)


CARRIED = (
    *("type", "status", "last", "length", "place", "languages", "confidence", "independent", "doubtful"),
)
"""Columns of `record` that `side` holds too."""

OFTEN = 2
"""From so many independent origins on, records have an index of their own."""


def _found_by(name: str, key: str, carried: tuple[str, ...] = ()) -> Table:
    """The records that have a key, by kind and time: a page of them is one scan of one stretch of the table.

    The columns of `record` by which its pages filter may come along, so that filtering reads no other table.
    """
    return Table(
        name,
        metadata,
        Column(key, String, primary_key=True),
        Column("kind", String, primary_key=True),
        Column("stretch", String, primary_key=True),
        Column("number", Integer, primary_key=True),
        *(Column(c, record.c[c].type, nullable=c != "doubtful") for c in carried),
        sqlite_with_rowid=False,
    )


side = _found_by("side", "actor", CARRIED)
"""Who takes part in a record, in any role; actor ids, or words where no actor is known."""

printed = _found_by("printed", "outlet")
"""Which outlets tell a record."""

told_in = Table(
    "told_in",
    metadata,
    Column("article", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

part = Table(
    "part",
    metadata,
    Column("storyline", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),  # of an article or an event of the storyline
    sqlite_with_rowid=False,
)

form = Table(
    "form",
    metadata,
    Column("form", String, primary_key=True),  # in small letters
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""What actors and places are called: ids, names and all written forms."""

cube = Table(
    "cube",
    metadata,
    Column("actor", String, primary_key=True),  # "" for all records
    Column("kind", String, primary_key=True),
    Column("type", String, primary_key=True),  # "" where there is none; so too below
    Column("status", String, primary_key=True),
    Column("languages", String, primary_key=True),
    Column("year", String, primary_key=True),
    Column("doubtful", Integer, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many records there are, in all and of each actor who takes part in many."""

busy = Table(
    "busy",
    metadata,
    Column("actor", String, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many records each actor of the case takes part in; entries, which rest on those, are left out."""

pair = Table(
    "pair",
    metadata,
    Column("a", String, primary_key=True),  # a < b
    Column("b", String, primary_key=True),
    Column("stretch", String, primary_key=True),  # as of `record`
    Column("type", String, primary_key=True),
    Column("mode", String, primary_key=True),
    Column("n", Integer, nullable=False),  # without those denied
    Column("denied", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many events two share, by their place in time; doubtful ones do not count."""

company = Table(
    "company",
    metadata,
    Column("actor", String, primary_key=True),
    Column("fewer", Integer, primary_key=True),  # events shared, as a negative number: most come first
    Column("other", String, primary_key=True),
    sqlite_with_rowid=False,
)

spot = Table(
    "spot",
    metadata,
    Column("place", String, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many events each place has; doubtful ones do not count."""

doubt = Table(
    "doubt",
    metadata,
    Column("number", Integer, primary_key=True),  # by what it is about, least sure first
    Column("about", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # JSON of model.Doubt, see `packing`
)
"""What a person should judge, see `model.Doubt`."""

remembered = Table(
    "remembered",
    metadata,
    Column("what", String, primary_key=True),
    Column("rules", String, nullable=False),  # a digest of what `content` depends on beside the case
    Column("content", LargeBinary, nullable=False),
)
"""What linking need not work out again; it may be emptied at any time."""

Index("busy_by_number", busy.c.n)
Index("form_by_id", form.c.id)
Index("doubt_by_kind", doubt.c.about, doubt.c.number)

# Ties go by number, which begins as the id does and takes a third of its room.
_r = record.c
_place = (_r.kind, _r.stretch, _r.number)
Index(
    "record_by_day",
    *(*_place, _r.type, _r.status, _r.languages, _r.independent, _r.place, _r.doubtful),
)
Index(
    "record_by_type",
    *(_r.kind, _r.type, _r.stretch, _r.number, _r.status, _r.languages, _r.mode, _r.doubtful),
    sqlite_where=_r.type.is_not(None),
)
Index(
    "record_by_status",
    *(_r.kind, _r.status, _r.stretch, _r.number, _r.doubtful),
    sqlite_where=_r.status.is_not(None),
)
Index(
    "record_by_place",
    *(_r.kind, _r.place, _r.stretch, _r.number, _r.doubtful),
    sqlite_where=_r.place.is_not(None),
)
Index("record_by_confidence", _r.kind, _r.confidence, sqlite_where=_r.confidence.is_not(None))
Index("record_told_often", *_place, _r.independent, _r.doubtful, sqlite_where=_r.independent >= OFTEN)
Index(
    "record_long",
    *(_r.kind, _r.length, _r.stretch, _r.number, _r.last, _r.type, _r.status, _r.place, _r.doubtful),
    sqlite_where=_r.length.is_not(None),
)
Index(
    "record_by_weight",
    *(
        _r.doubtful,
        _r.weight.desc(),
        _r.number,
        _r.stretch,
        _r.last,
        _r.status,
        _r.languages,
        _r.place,
    ),
    sqlite_where=_r.weight.is_not(None),
)
Index(
    "record_lines",
    *(_r.stretch, _r.last, _r.length, _r.doubtful, _r.status, _r.languages),
    sqlite_where=_r.weight.is_not(None),
)
Index(
    "record_at_by_weight",
    *(
        _r.place,
        _r.doubtful,
        _r.weight.desc(),
        _r.number,
        _r.stretch,
        _r.last,
        _r.length,
        _r.status,
        _r.languages,
    ),
    sqlite_where=_r.weight.is_not(None) & _r.place.is_not(None),
)
Index("record_told", _r.kind, _r.known_from.desc(), _r.number, _r.type, sqlite_where=_r.kind == "figure")
Index(
    "record_due",
    *(_r.kind, _r.last, _r.status, _r.made, _r.type, _r.stretch, _r.number, _r.doubtful),
    sqlite_where=_r.kind == "commitment",
)
