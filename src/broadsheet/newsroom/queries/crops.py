"""Which part of a picture is shown at a ratio: the newsroom's rule, as a door."""

from broadsheet.newsroom.rules.crops import crop_for

__all__ = ["crop_for"]
