"""The use cases: the only code that calls a stage and a port."""
