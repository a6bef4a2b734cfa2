"""Sealing what waits in the database: its rows, files and backups show nothing of what anyone wrote."""

from __future__ import annotations

import base64
import hashlib


class Broken(Exception):
    """Something was sealed with another key, or is not sealed at all."""


class Seal:
    """Closes and opens with a key made from a secret that stands in no database."""

    def __init__(self, secret: str) -> None:
        """The same ``secret``, such as the bot's token, gives the same key."""
        from cryptography.fernet import Fernet  # slow to load; only a bot with a database needs it

        # A token has more than 200 bits that nobody can guess, so one round of hashing makes a good key.
        key = hashlib.sha256(b"acupressure companion\0" + secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, content: bytes) -> bytes:
        """``content`` so that only the holder of the secret can read it; ASCII."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes | str) -> bytes:
        """What was closed. Raises ``Broken``."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed)
        except (InvalidToken, TypeError):
            raise Broken from None
