"""A daily round-up of Labour news: collected, grouped, ranked, rendered, sent, and accounted for."""

__version__ = "0.1.0"
