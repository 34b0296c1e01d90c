"""config.toml, the files beside it and DIGEST_* secrets -> frozen Settings."""
