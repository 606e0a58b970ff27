def pre_init_hook(env):
    """Provide what the constraints on persons' numbers need of PostgreSQL."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def post_init_hook(env):
    """Bring people that were there before into the one spelling (row E3)."""
    env["res.partner"]._respell_stored()
    env["res.users"]._respell_stored()
