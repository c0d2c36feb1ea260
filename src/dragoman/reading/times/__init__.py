"""Time expressions: found by their words (`spot_times`), then anchored to the calendar (`resolve_times`)."""

from dragoman.reading.times.resolve import resolve_times
from dragoman.reading.times.spot import Spotted, spot_times

__all__ = ["Spotted", "resolve_times", "spot_times"]
