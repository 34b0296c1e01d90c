"""A file per provider: how its API reads a call, answers it, lists events, and posts and proves its webhooks."""
