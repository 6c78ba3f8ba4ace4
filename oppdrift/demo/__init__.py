"""The demo: an invented municipality and the reference year of the programme, as data and as a story of deeds."""
