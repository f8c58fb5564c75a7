"""From the shared data to the judge's model files: `python -m training`. Not part of what is installed."""
