"""Signatures of webhooks, as the Standard Webhooks specification (v1, symmetric) has them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"
LEAST_KEY, MOST_KEY = 24, 64  # bytes, as the specification has it


def key_of(secret: str) -> bytes:
    """The key within a secret, which is `whsec_` and base64. Raises ValueError, without the secret in it."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("it has to be whsec_ and then base64") from None
    if not secret.startswith(PREFIX) or not LEAST_KEY <= len(key) <= MOST_KEY:
        raise ValueError(f"it has to be whsec_ and then base64 of {LEAST_KEY} to {MOST_KEY} random bytes")
    return key


def signed(message_id: str, timestamp_s: int, body: bytes, key: bytes) -> dict[str, str]:
    """The headers that say which message it is, when this attempt was made, and that both are ours."""
    content = f"{message_id}.{timestamp_s}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {"webhook-id": message_id, "webhook-timestamp": str(timestamp_s), "webhook-signature": f"v1,{signature}"}
