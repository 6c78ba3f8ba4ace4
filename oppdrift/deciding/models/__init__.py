"""What the scores can and cannot separate, what it would cost, the decision, its release and its protocol."""
