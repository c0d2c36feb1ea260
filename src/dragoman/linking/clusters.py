"""Groups with walls: what is one stays together, what a person or a rule parted is never joined."""

from __future__ import annotations

from collections.abc import Iterable


class Clusters:
    """Union and find over the numbers 0 to n - 1, with walls between groups.

    Every order of the same joins and walls gives the same groups as long as no wall forbids a join;
    where one does, the earlier join wins, so callers join in a fixed order.
    """

    def __init__(self, size: int) -> None:
        self._up = list(range(size))
        self._walls: dict[int, set[int]] = {}

    def find(self, i: int) -> int:
        """The number that stands for the group of `i`: the smallest in it."""
        root = i
        while self._up[root] != root:
            root = self._up[root]
        while self._up[i] != root:
            self._up[i], i = root, self._up[i]
        return root

    def wall(self, i: int, j: int) -> None:
        """The groups of `i` and `j` are never joined from now on."""
        a, b = self.find(i), self.find(j)
        if a != b:
            self._walls.setdefault(a, set()).add(b)
            self._walls.setdefault(b, set()).add(a)

    def join(self, i: int, j: int) -> bool:
        """Make the two one; False where a wall stands between them."""
        a, b = sorted((self.find(i), self.find(j)))
        if a == b:
            return True
        if b in self._walls.get(a, ()):
            return False
        self._up[b] = a
        for other in self._walls.pop(b, ()):
            self._walls[other].discard(b)
            self._walls[other].add(a)
            self._walls.setdefault(a, set()).add(other)
        return True

    def groups(self, members: Iterable[int]) -> dict[int, list[int]]:
        """Number that stands for a group -> its members, in order."""
        found: dict[int, list[int]] = {}
        for i in members:
            found.setdefault(self.find(i), []).append(i)
        return found
