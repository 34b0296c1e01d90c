"""An email -> the hash under which it is approved and sent."""

import hashlib
import json

from digest.model.mail import Email


def sha256(email: Email) -> str:
    """The SHA-256 (hex) of subject, preheader, HTML and text; as JSON, so no part can run into the next."""
    parts = [email.subject, email.preheader, email.html, email.text]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()
