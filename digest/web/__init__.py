"""Thin server-rendered pages."""
