"""What has no struct: objects of JSON at an edge, and records as their lines hold them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""An object of JSON whose keys somebody else decides: pages, requests, what libraries give and take."""

Record = Json
"""A record of the case as its line has it, with the keys of its struct in `model.records`.

Linking makes structs and the store keeps their lines. Who tells them takes the line: it is what is exported, it is
asked by a field's name (what changed, what was set right), and of a long list most fields are never looked at.
"""
