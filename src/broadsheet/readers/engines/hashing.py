"""Passwords as they are kept: Argon2id, few at a time."""

import os
import threading
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher

# At once: one a core. Each takes `memory_cost`, and readers' pages are drawn by the same machine.
_turns = threading.BoundedSemaphore(max(1, os.cpu_count() or 1))


class Argon2id(Argon2PasswordHasher):
    """Argon2id tuned to about 100 ms on one core; older hashes are renewed at the next log-in.

    The whole password counts, in Unicode's compatibility form (NIST SP 800-63B-4 3.1.1.2): the same word typed on
    another keyboard opens, too.
    """

    time_cost = 3
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash to keep."""
        with _turns:
            return super().encode(_same(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether the password is that of the hash."""
        with _turns:
            return super().verify(_same(password), encoded)


def _same(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
