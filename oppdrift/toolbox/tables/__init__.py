"""Tables in and out: what offices keep in spreadsheets."""
