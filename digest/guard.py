"""An address -> whether it belongs to the public internet: where feeds may lead us, and where never (SSRF)."""
