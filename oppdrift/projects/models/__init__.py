"""What goes on after the decision: agreement, money, gatherings, coaches, guidance, reports."""
