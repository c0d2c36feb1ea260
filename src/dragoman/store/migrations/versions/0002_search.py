"""Full text: the words of articles and of facts, stemmed and with accents folded (see `store.words`)."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5(article UNINDEXED, words, tokenize = 'unicode61')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE record_words USING fts5(record UNINDEXED, words, tokenize = 'unicode61')"
    )
    # Articles that were read before are indexed when the case is linked next.
    op.execute("DELETE FROM note WHERE key = 'linked'")
