"""Benchmarks: `python -m bench [NAME …]` measures the figures of docs/reference/performance.md."""
