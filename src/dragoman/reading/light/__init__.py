"""Reading without a parser: what `reader.READING_LIGHT` runs on the languages of `languages.LIGHT`.

Sentences by rules, time expressions by the same grammar as in all languages, names that the gazetteer knows, figures
with what stands beside them. Events and statements of these languages are an annotator's.
"""

from dragoman.reading.light.figures import find_light_figures
from dragoman.reading.light.names import find_light_names
from dragoman.reading.light.syntax import light_syntax

__all__ = ["find_light_figures", "find_light_names", "light_syntax"]
