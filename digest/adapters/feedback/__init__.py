"""What a provider tells of its copies -> events, for those whose telling is a file of its own."""
