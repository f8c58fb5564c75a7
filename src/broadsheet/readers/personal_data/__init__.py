"""What readers holds about a person, for the register of personal data; importing it registers all of it."""

from broadsheet.readers.personal_data import acceptances, account, departure, pictures, sessions, ways_in

__all__ = ["acceptances", "account", "departure", "pictures", "sessions", "ways_in"]
