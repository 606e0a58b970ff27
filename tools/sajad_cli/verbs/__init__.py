"""What the larger verbs do."""
