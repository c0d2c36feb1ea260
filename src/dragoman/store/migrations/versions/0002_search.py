"""Full text: the words of articles and of facts, stemmed and with accents folded (see `store.words`)."""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run("CREATE VIRTUAL TABLE article_words USING fts5(article UNINDEXED, words, tokenize = 'unicode61')")
    run("CREATE VIRTUAL TABLE record_words USING fts5(record UNINDEXED, words, tokenize = 'unicode61')")
    # Articles that were read before are indexed when the case is linked next.
    run("DELETE FROM note WHERE key = 'linked'")
