"""The commands: words and options -> use cases, and what they answer -> a person's terminal or a log."""
