"""An address -> the key under which it is one and the same reader."""

import unicodedata


def address_key(address: str) -> str:
    """Fold the spellings of an address that reach the same mailbox into one key.

    The domain is lower-cased and written in its ASCII form (IDNA 2008 with UTS 46 mapping, so that
    «straße.example» and its `xn--` form are one); the local part is NFC and case-folded. RFC 5321,
    section 2.4, lets a host tell `A@` from `a@`; hardly any does, and two copies to one person are
    the worse mistake. No provider's own rules (dots, «+tags») are applied: those are different
    addresses, and unsubscribing one must not touch the other. Folding twice changes nothing.
    """
    local, _, domain = address.strip().rpartition("@")
    return f"{_folded(local)}@{_domain(domain)}"


def _folded(text: str) -> str:
    """Canonical caseless form (Unicode 3.13, D145): decomposed before the folding, composed after it."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", decomposed.casefold())


def _domain(domain: str) -> str:
    """The ASCII form; a domain that IDNA refuses is merely folded: it will never receive anything anyway."""
    bare = domain
    while bare != (shorter := bare.rstrip(".").rstrip()):
        bare = shorter
    if bare.isascii():
        return bare.lower()
    import email_validator

    try:
        return email_validator.validate_email(f"a@{bare}", check_deliverability=False).ascii_domain.lower()
    except email_validator.EmailNotValidError:
        return _folded(bare)
