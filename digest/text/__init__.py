"""Tokens, sentences and cleaning: what several stages need of plain text. Pure."""
