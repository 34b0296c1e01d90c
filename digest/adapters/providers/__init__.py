"""The door to the mail: one file per provider, and none knows another."""
