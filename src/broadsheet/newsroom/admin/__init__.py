"""What the desk shows of the newsroom's models: panels and lists."""
