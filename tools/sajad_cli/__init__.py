"""The command ``./sajad``: set up, run and test the project (standard library)."""
