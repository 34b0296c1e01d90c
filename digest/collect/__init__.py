"""Feed bytes -> items: parsed, cleaned, canonical, with an identity. Pure."""
