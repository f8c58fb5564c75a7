"""The shipped models: what a text is likely to be, and where it stands among others. No network, one core."""
