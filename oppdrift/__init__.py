"""Oppdrift: a municipality's programme for intrapreneurs, a whole year in one place."""

__version__ = "0.1.0"
