"""Dated names of people, offices, bodies and places, and what they say about relevance. Pure."""
