"""The doors to the world and the small tools at them, as Protocols; adapters implement them, `app` chooses."""
