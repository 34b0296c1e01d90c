"""Email and audience -> batches, links and messages; answers -> states. Pure."""
