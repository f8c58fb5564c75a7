"""What can be done with mail and bell; one verb a file."""
