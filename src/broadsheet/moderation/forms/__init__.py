"""What the moderators' screens send."""
