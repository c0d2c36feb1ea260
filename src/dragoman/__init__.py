"""Dragoman reads raw news in several languages and builds a dated, sourced chronology.

The way through the house: `intake` (bytes -> Article), `reading` (Article -> Reading, one article
alone), `linking` (Readings -> Case), `store` (Case <-> SQL), `telling` (Case -> people). The nouns
are in `model`; the words of each language in `languages`; the commands in `cli`.
"""

__version__ = "0.1.0"
