"""The tables of accounts."""

from broadsheet.readers.models.acceptance import Acceptance, Consent
from broadsheet.readers.models.account import ALPHABET, Block, LoginLink, Reader, ReaderManager, new_user_id
from broadsheet.readers.models.captcha import SpentChallenge
from broadsheet.readers.models.closure import Closure
from broadsheet.readers.models.departure import Departure, DepartureLink, FormerAddress
from broadsheet.readers.models.identity import AwaitedIdentity
from broadsheet.readers.models.retention import Kept
from broadsheet.readers.models.session import ReaderSession

__all__ = [
    "ALPHABET",
    "Acceptance",
    "AwaitedIdentity",
    "Block",
    "Closure",
    "Consent",
    "Departure",
    "DepartureLink",
    "FormerAddress",
    "Kept",
    "LoginLink",
    "Reader",
    "ReaderManager",
    "ReaderSession",
    "SpentChallenge",
    "new_user_id",
]
