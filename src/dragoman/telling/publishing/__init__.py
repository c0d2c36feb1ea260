"""A case as a read-only site of plain files, and who is hidden in it.

`hidden` says who is to be hidden and by which words, `telltale` knows a word in every spelling, `spotting` finds
them in a text, `redaction` takes them out of records. `quoting` says how much of an article is shown, `rows` and
`pages` write the site, `folder` keeps that only what was written is ever replaced, and `site` does all in order.
"""
