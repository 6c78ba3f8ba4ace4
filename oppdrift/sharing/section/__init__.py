"""What this room shows on the page of an idea."""
