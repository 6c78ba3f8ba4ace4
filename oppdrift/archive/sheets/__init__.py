"""What an office's spreadsheet says of an earlier round: which column is what, what each row means, what is wrong."""
