def pre_init_hook(env):
    """Provide what the constraints on persons' numbers need of PostgreSQL."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
