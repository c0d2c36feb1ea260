"""What can go wrong with a case, said as the user's next step."""


class CaseError(Exception):
    """The case cannot be opened, read or written; the message names the file and what to do."""
