"""Several machines on one: what config/ describes, started on 127.0.0.1."""
