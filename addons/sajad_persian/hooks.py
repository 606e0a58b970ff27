def post_init_hook(env):
    """Bring people that were there before into the one spelling (row E3)."""
    env["res.partner"]._respell_stored()
    env["res.users"]._respell_stored()
