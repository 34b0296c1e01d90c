"""The fuse box: the only room that knows which adapter stands behind a port, and the only one that reads the clock."""
