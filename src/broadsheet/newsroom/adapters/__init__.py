"""Where Wagtail calls us: its own ways of publishing, and the rows that its forms save."""
