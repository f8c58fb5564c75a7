"""The machinery that turns archives and pages into plain values."""
