"""Makes a key that signs mail."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.notifications.engines.dkim import SELECTOR, key_file, keys, new_key, signer_of


@dataclass(frozen=True, slots=True)
class Signing:
    """A key, its file, whether it was made now, and the record to be published for it."""

    file: Path
    made: bool
    name: str
    record: str


def add_dkim_key(*, selector: str, short: bool = False) -> Signing:
    """Let there be a key for the selector in dkim.key; one that is there stays as it is. `short`: Ed25519 instead of RSA.

    The file is whole at every moment, and its owner's alone. `Refused` where the selector can't stand in a name, or its
    key is damaged.
    """
    if not SELECTOR.fullmatch(selector):
        raise Refused(
            Refusal(
                "bad-selector",
                "Nothing was made.",
                f"{selector[:40]!r} can't stand in a name.",
                "Write small letters, digits and hyphens.",
            )
        )
    file, known = key_file(), keys()
    made = selector not in known
    if made:
        known[selector] = new_key(short=short)
        _lay(file, "\n".join(f"{name}\n{pem}\n" for name, pem in known.items()))
    found = signer_of(selector, known[selector])
    if found is None:
        raise Refused(
            Refusal(
                "bad-dkim-key",
                "No record can be shown.",
                f"The key of {selector} in {file} is damaged.",
                "Put the file back from a backup, or choose another selector.",
            )
        )
    return Signing(file, made, found.name, found.record)


def _lay(file: Path, text: str) -> None:
    descriptor, written = tempfile.mkstemp(dir=file.parent, prefix=".dkim.key-")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(text)
    Path(written).replace(file)
