"""What stops a command, told in one sentence."""


class Trouble(Exception):
    """Its text is all that the person at the keyboard needs to read."""
