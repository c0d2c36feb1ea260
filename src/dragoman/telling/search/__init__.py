"""Search that finds: a query in a person's words -> facts, articles and names, best first, with counts.

`query` takes a query apart, `meaning` tells what may stand for each of its parts, `finding` looks for them
in the case and weighs what it finds.
"""

from dragoman.telling.search.finding import Found, search
from dragoman.telling.search.query import Query, parse_query

__all__ = ["Found", "Query", "parse_query", "search"]
