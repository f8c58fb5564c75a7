"""Answers to other libraries that want to send mail."""
