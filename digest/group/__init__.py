"""Items -> stories about one event, with the evidence for every join. Pure."""
