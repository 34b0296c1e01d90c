"""What a provider tells, once proven to be its own -> events in our words."""
