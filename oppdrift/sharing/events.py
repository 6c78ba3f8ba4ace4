"""What happened here, in words."""

SENTENCES: dict = {}
