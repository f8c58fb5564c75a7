"""The newsroom's own machinery, without models: picture metadata, cleaned markup, notice marks."""
