"""What ``./sajad test`` does, part by part."""
