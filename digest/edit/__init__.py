"""Ranked stories -> an edition: lead, five to know, sections, comment, subject. Pure."""
