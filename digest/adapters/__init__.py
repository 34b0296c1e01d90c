"""All input and output: feeds, processes, store, providers, notices."""
