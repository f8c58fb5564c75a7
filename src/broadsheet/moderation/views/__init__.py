"""The moderators' screens in the desk."""
