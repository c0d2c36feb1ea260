"""Reads FollowTheMoney entities (JSON Lines) with the followthemoney package and prints what it finds wrong.

Run by `build/ftm/bin/python`, which has that package; see followthemoney.in.
"""

import json
import sys

from followthemoney import model
from followthemoney.exc import InvalidData

entities = [json.loads(line) for line in sys.stdin]
schema_of = {e["id"]: model.get(e["schema"]) for e in entities}
for entity in entities:
    try:
        schema_of[entity["id"]].validate(entity)
    except InvalidData as error:
        print(entity["schema"], entity["id"], error.errors)
        continue
    proxy = model.get_proxy(entity)
    for prop in proxy.iterprops():
        given = entity["properties"].get(prop.name, [])
        if sorted(set(given)) != sorted(proxy.get(prop)):
            print(entity["schema"], prop.name, given, "is read as", proxy.get(prop))
        for ref in proxy.get(prop) if prop.range is not None else []:
            if ref not in schema_of or not schema_of[ref].is_a(prop.range):
                print(entity["schema"], prop.name, ref, "is no", prop.range.name)
print(len(entities), "entities")
