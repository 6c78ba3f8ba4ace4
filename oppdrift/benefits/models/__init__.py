"""What became better, measured, and who else has taken the solution into use."""
