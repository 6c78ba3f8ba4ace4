"""Who listens to what in this process."""


def wake(topic: str) -> None:
    """Let those who listen to the topic look at it anew."""
