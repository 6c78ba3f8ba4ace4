"""Three minutes each: rehearsals, the pitch day with its clock and screens, and what the panel says."""
