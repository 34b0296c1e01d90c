"""One idea of what may be wrong with a letter a file: each a function from a Reading to its findings."""
