"""What can be said of the code without a database."""
