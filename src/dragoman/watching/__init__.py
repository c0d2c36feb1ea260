"""What comes in by itself: folders that are looked at again and again, feeds that are fetched where the user says so.

`folders` tells what appeared, `feeds` what addresses a list of feeds holds and what a feed links to, `fetching`
gets an address with all due care, `keeping` stores what came as it was, `loop` puts it together.
"""

from dragoman.watching.loop import Look, Watch

__all__ = ["Look", "Watch"]
