"""Reading without a parser: what `reader.READING_LIGHT` runs on languages of `languages.LIGHT`."""
