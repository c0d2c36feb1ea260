"""Articles and readings are pressed, the index of their words keeps no second text, others leave out what has no key.

An article that is not what was written stays as it is, so that this is told when it is read. Cases are linked anew
when they are used next, which presses the records and makes the indexes of words again.
"""

import msgspec

from dragoman.store.migrations import Run
from dragoman.store.packing import ARTICLES, READINGS, is_packed
from dragoman.store.whole import ARTICLE, digest


def upgrade(run: Run) -> None:
    columns = ", ".join(ARTICLE)
    for name in list(run("SELECT id FROM article").scalars()):
        row = run(f"SELECT {columns}, digest FROM article WHERE id = ?", (name,)).one()._mapping
        if is_packed(row["content"]) or row["digest"] != digest(*(row[column] for column in ARTICLE)):
            continue
        with_text = {**msgspec.msgpack.decode(row["content"]), "text": row["text"]}
        new = {
            **row,
            "content": ARTICLES.pack(msgspec.msgpack.encode(with_text)),
            "text": "",
            "reading": READINGS.pack(row["reading"]),
        }
        made = digest(*(new[column] for column in ARTICLE))
        run(
            "UPDATE article SET content = ?, text = ?, reading = ?, digest = ? WHERE id = ?",
            (new["content"], new["text"], new["reading"], made, name),
        )
    for table, more in (("article_words", ""), ("record_words", ", columnsize = 0")):
        run(f"DROP TABLE {table}")
        run(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize = 'unicode61'{more})")
    run("DROP INDEX record_by_type")
    run("DROP INDEX record_by_status")
    run(
        "CREATE INDEX record_by_type ON record (kind, type, stretch, id, status, languages) WHERE type IS NOT NULL"
    )
    run("CREATE INDEX record_by_status ON record (kind, status, stretch, id) WHERE status IS NOT NULL")
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
