"""A case as a read-only site of plain files, and who is hidden in it.

`hidden` says who is to be hidden and which words give them away, `spotting` finds those words in a text, `redaction`
takes them out of records, `pages` writes the site, `folder` keeps that only what was written is ever replaced, and
`site` does all of it in order.
"""
