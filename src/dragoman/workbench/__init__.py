"""The workbench: the case in a browser on this machine. `dragoman serve CASE` opens it."""
