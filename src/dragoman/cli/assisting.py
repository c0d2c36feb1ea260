"""A case for assistants: `mcp`."""

from __future__ import annotations

from importlib.util import find_spec

from dragoman.cli.options import CasePath, app, fail


@app.command(
    epilog='Lines to try:  `dragoman mcp inquiry.case`  ·  in an assistant\'s settings: `{"command": "dragoman", '
    '"args": ["mcp", "/path/to/inquiry.case"]}`'
)
def mcp(case: CasePath) -> None:
    """Serve the case to an assistant (Model Context Protocol, over standard input and output); it can only read.

    Tools: chronology, search, fact, actor, as_of, disputes. Needs the extra: pip install 'dragoman[mcp]'.
    """
    if find_spec("mcp") is None:
        fail("the MCP server needs a package more: pip install 'dragoman[mcp]'")
    from dragoman import case as cases
    from dragoman.assistant import server

    with cases.open(case) as opened:
        opened.link()
        server(opened).run("stdio")
