"""What a network tells of a person, cut down to what is used: values of any kind in, a profile out."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from broadsheet.kernel.email import canonical, is_mailbox

LONGEST_NAME = 60
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Profile:
    """An identity, (`provider`, `uid`), and what its network says of it; each text is empty where nothing usable is.

    The address never leads to an account (ASVS 6.8.1); `vouched` says that the network confirmed it is the person's.
    """

    provider: str
    uid: str
    name: str = ""
    email: str = ""
    vouched: bool = False
    picture: str = ""

    @property
    def shown(self) -> str:
        """Return what tells this identity from others of its provider, for its owner alone."""
        return self.email or self.name

    @property
    def digest(self) -> str:
        """Return what stands for the identity where something is counted."""
        return hashlib.sha256(f"{self.provider} {self.uid}".encode()).hexdigest()


def read_profile(provider: str, uid: str, told: Mapping[str, Any], *, vouched: object = False) -> Profile:
    """Return the profile; `told` are a network's fields as they come, of whatever kind and length."""
    whole = " ".join(part for key in ("first_name", "last_name") if (part := readable(told.get(key))))
    name = readable(told.get("name")) or whole[:LONGEST_NAME].strip() or readable(told.get("username"))
    email = usable_email(told.get("email"))
    sure = bool(email) and (vouched is True or vouched == "true")
    return Profile(provider, uid, name, email, sure, usable_picture(told.get("picture")))


def readable(value: object) -> str:
    """Return the name without controls, invisible signs and runs of spaces, cut to 60; empty where none can be seen."""
    if not isinstance(value, str):
        return ""
    plain = "".join(sign if sign.isspace() or not _hidden(sign) else "" for sign in value[:1000])
    text = " ".join(unicodedata.normalize("NFC", plain).split())[:LONGEST_NAME].strip()
    return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else ""


def usable_email(value: object) -> str:
    """Return the address in its one form; empty where it is none."""
    if not isinstance(value, str) or len(value) > 254:
        return ""
    try:
        validate_email(value)
    except ValidationError:
        return ""
    found = canonical(value)
    return found if is_mailbox(found) else ""


def usable_picture(value: object) -> str:
    """Return the address of a picture on the web; empty for anything else, such as data: or javascript:."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or not value.isprintable() or " " in value:
        return ""
    return value if value.startswith(("https://", "http://")) else ""


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "C"
