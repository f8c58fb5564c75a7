"""What tests of whole flows share."""

from tests.notifications.conftest import post

__all__ = ["post"]
