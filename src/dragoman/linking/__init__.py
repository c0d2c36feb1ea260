"""Readings of many articles -> one case: actors, copies, storylines, events, states, outcomes, disputes.

`link` is a pure function of the set of sources and of people's decisions. It reads no text again, except
to compare the wording of copies and to quote the words that show a fact.
"""

from dragoman.linking.case import Case, link
from dragoman.linking.sources import Source
from dragoman.model import Decision

__all__ = ["Case", "Decision", "Source", "link"]
