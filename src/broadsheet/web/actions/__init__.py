"""What the public face lets other domains do together."""
